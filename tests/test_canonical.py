"""Facts in canonical form: they say what they said, whoever wrote them how, and every difference is one of substance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefbook import canonical
from briefbook.canonical import canonical_files
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.yamltree import read_tree

FACTS = Path(__file__).parents[1] / "content" / "facts"
LANGUAGES = ("en", "ja")
ACTOR = """\
actors:
  acme:
    kind: organization
    name: {en: Acme, ja: アクメ}
    ids: {wikidata: Q1, lei: X}
    cites: [gazette, {quote: "a  b", source: courier}]
    summary:
      ja: 港を運営する。
      en: >-
        It runs the
        harbour.
    formerly:
"""
CANONICAL = """\
actors:
  acme:
    kind: organization
    name:
      en: Acme
      ja: アクメ
    ids:
      lei: X
      wikidata: Q1
    summary:
      en: It runs the harbour.
      ja: 港を運営する。
    cites:
      - gazette
      - source: courier
        quote: a  b
"""
# What YAML would take for something else, and what it would not.
DIFFICULT = [
    "", " ", "true", "null", "~", "012", "12", "-5", "1.5", "no", "2025-05-06", "2024?", "../2019", "- a", "-a", "a: b", "a:", ":a", "a #b", "a#b",
    "#a", "'a", '"a"', "it's", 'say "so"', "back\\slash", "[[acme]]", "{a}", "a, b", "!tag", "&a", "*a", "|", ">", "%", "@a", "`a`", "?", "? a", "---",
    "--- a", "...", "... a", "<<", "=", "two  spaces", " before", "behind ", "a\nb", "a\tb", "\ufeffa", "a\u00a0b", "\u3000港", "「港」", "🚢", "a: 'b' \"c\" #d",
]


def test_the_real_facts_say_what_they_said(tmp_path: Path) -> None:
    before = read_folder(FACTS, LANGUAGES, judged=False)
    after = stored(canonical_files(before.texts, LANGUAGES), tmp_path)
    assert before.briefing == after.briefing
    assert len(before.briefing.facts) > 400


def test_what_is_canonical_stays_as_it_is(tmp_path: Path) -> None:
    once = canonical_files(read_folder(FACTS, LANGUAGES, judged=False).texts, LANGUAGES)
    assert once == canonical_files(stored(once, tmp_path).texts, LANGUAGES)


def test_fields_are_in_the_order_of_the_model_and_a_value_is_a_line() -> None:
    assert {"actors.yml": CANONICAL} == canonical_files({"a.yml": ACTOR}, LANGUAGES)


def test_how_facts_are_spread_and_ordered_makes_no_difference() -> None:
    one, two = "terms:\n  b: {name: B, definition: '2'}\n", "# first\nterms:\n  a: {definition: 1st, name: A}\n"
    together = 'terms:\n  b: {name: B, definition: "2"}\n  a:\n    name: A\n    definition: 1st\n'
    expected = 'terms:\n  a:\n    name: A\n    definition: 1st\n  b:\n    name: B\n    definition: "2"\n'
    assert {"terms.yml": expected} == canonical_files({"x/1.yml": one, "2.yaml": two}, LANGUAGES)
    assert {"terms.yml": expected} == canonical_files({"z.yml": together}, LANGUAGES)


def test_dates_and_amounts_stay_as_they_were_written(tmp_path: Path) -> None:
    text = "figures: {cost: {title: Cost, values: [{status: confirmed, as_of: 2024-05~, amount: over 13.0 billion USD}, {as_of: 2024, status: confirmed, amount: 50}]}}"
    written = canonical_files({"1.yml": text}, LANGUAGES)["figures.yml"]
    assert all(f"{line}\n" in written for line in ("amount: over 13.0 billion USD", "as_of: 2024-05~", "as_of: 2024", "amount: 50"))
    assert stored({"1.yml": text}, tmp_path).briefing == stored({"1.yml": written}, tmp_path).briefing


@pytest.mark.parametrize("text", DIFFICULT)
def test_any_text_reads_as_it_was(text: str) -> None:
    said = json.dumps(text, ensure_ascii=False).replace("\ufeff", "\\ufeff")
    before = f"actors: {{acme: {{kind: group, name: x, cites: [{{source: s, quote: {said}}}], ids: {{{said or 'k'}: {said}}}}}}}"
    written = canonical_files({"1.yml": before}, LANGUAGES)["actors.yml"]
    assert tree(before) == tree(written)


def test_nothing_is_quoted_that_need_not_be() -> None:
    plain = [text for text in DIFFICULT if canonical._scalar(text) == text]
    assert ["1.5", "no", "2025-05-06", "2024?", "../2019", "-a", ":a", "a#b", "it's", 'say "so"', "back\\slash", "a, b", "two  spaces", "a\u00a0b", "「港」", "🚢"] == plain


def test_a_very_long_name_is_still_one() -> None:
    before = f"actors: {{acme: {{kind: group, name: x, ids:\n  {{? {'k' * 2000}\n   : v}}}}}}"
    assert tree(before) == tree(canonical_files({"1.yml": before}, LANGUAGES)["actors.yml"])


def test_more_than_one_file_can_hold_becomes_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(canonical, "_FULL", 1000)
    text = "terms:\n" + "".join(f"  t{number}: {{name: N{number}, definition: {'x' * 200}}}\n" for number in range(5))
    files = canonical_files({"1.yml": text}, LANGUAGES)
    assert ["terms-2.yml", "terms.yml"] == sorted(files)
    assert {f"t{number}" for number in range(5)} == set(stored(files, tmp_path).briefing.facts)


def stored(files: dict[str, str], folder: Path) -> Reading:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return read_folder(folder, LANGUAGES, judged=False)


def tree(text: str) -> object:
    node, found = read_tree(text, "1.yml")
    assert [] == found
    assert node is not None
    return node.data()
