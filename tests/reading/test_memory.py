"""What is kept between checks: a check with it finds what one without it finds, and judges only what has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from briefbook.model.fingerprints import Lock, compare, renewed, units_of
from briefbook.reading import loading, memory
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.memory import Memory
from briefbook.rules import Circumstances, registry, words
from briefbook.rules.inquiry import Inquiry

DAY = date(2026, 7, 1)
FACTS = {
    "briefing.yml": "briefing:\n  title: {en: The quay, ja: 岸壁}\n  as_of: 2026-06-01\n",
    "actors.yml": """\
actors:
  norvik:
    kind: organization
    name: {en: Norvik Energy, ja: ノルヴィク・エナジー}
    cites: [gazette-1]
  ida-holm:
    kind: person
    name: {en: Ida Holm, ja: イダ・ホルム}
    roles:
      - {post: {en: chief executive, ja: 最高経営責任者}, at: norvik, from: 2020-01-01, until: 2024-01-31, cites: [gazette-1]}
    cites: [gazette-1]
""",
    "events.yml": """\
events:
  quay-sold:
    date: 2025-03-01
    title: {en: Norvik Energy sells its quay, ja: ノルヴィク・エナジー、岸壁を売却}
    summary:
      en: "[[norvik|Norvik Energy]] sold its quay for [[price|a price]] of $13 million."
      ja: "[[norvik|ノルヴィク・エナジー]]は岸壁を[[price|代金]]1300万ドルで売却した。"
    actors: [norvik]
    status: confirmed
    cites: [gazette-2]
  quay-built:
    date: 2019-03-01
    title: {en: Norvik Energy builds a quay, ja: ノルヴィク・エナジー、岸壁を建設}
    actors: [norvik]
    status: confirmed
    cites: [gazette-1, gazette-2]
""",
    "figures.yml": """\
figures:
  price:
    title: {en: Price of the quay, ja: 岸壁の代金}
    values:
      - {amount: 13 million USD, as_of: 2025-03-01, status: confirmed, cites: [gazette-2]}
""",
    "sources.yml": """\
sources:
  gazette-1: {publisher: {en: The Quay Gazette, ja: 岸壁新報}, title: A quay, published: 2020-02-01, language: en, kind: primary}
  gazette-2: {publisher: {en: The Quay Gazette, ja: 岸壁新報}, title: It is sold, published: 2025-03-02, language: en, kind: primary}
""",
    "terms.yml": """\
terms:
  quay:
    name: {en: quay, ja: 岸壁}
    definition: {en: A place for ships., ja: 船を着ける場所。}
    avoid: {en: [pier]}
""",
}

# Each changes one fact or two, so that something is found in another, or no longer: file, what stands there, what instead.
EDITS = {
    "a wrong number": [("events", "$13 million", "$14 million")],
    "a number that nothing explains": [("events", "1300万ドル", ""), ("figures", "13 million", "14 million")],
    "a source published too early": [("sources", "2025-03-02", "2024-03-02")],
    "a source that is gone": [("sources", "gazette-2:", "gazette-3:")],
    "a name spelt otherwise": [("actors", "Norvik Energy", "Norwik Energy")],
    "a post left earlier": [
        ("events", "sold its quay", "sold its quay, said Ida Holm, chief executive of Norvik Energy,"),
        ("actors", "2024-01-31", "2024-02-01"),
    ],
    "a wording to avoid": [("terms", "[pier]", "[quay for]")],
    "a slip in a name": [("events", "Norvik Energy builds", "Norvick Energy builds")],
    "a translation behind": [("terms", "A place for ships.", "A place for small ships.")],
    "a later date of the briefing": [("briefing", "2026-06-01", "2023-06-01")],
    "a fact too broken to read": [("figures", "    title", "    titel")],
    "a file that is no YAML": [("figures", "figures:", "figures: [")],
    "an id used twice": [("terms", "  quay:", "  price:")],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    facts = tmp_path / "facts"
    facts.mkdir()
    for name, text in FACTS.items():
        (facts / name).write_text(text, encoding="utf-8")
    return facts


def kept(folder: Path) -> Path:
    return folder.parent / "cache" / "checks.json"


def check(folder: Path, *, remembering: bool = True, lock: Lock | None = None) -> Reading:
    now = Circumstances(DAY, lock) if lock else Circumstances(DAY)
    memory = Memory(kept(folder)) if remembering else None
    return read_folder(folder, ("en", "ja"), folder.parent, circumstances=now, advice=True, memory=memory)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The facts that rules are asked about."""
    asked: set[str] = set()

    def ask(inquiries: Sequence[Inquiry], about: Sequence[frozenset[str]]) -> list[list[object]]:
        asked.update(*about)
        return [list(inquiry.judge(ids)) for inquiry, ids in zip(inquiries, about, strict=True)]

    monkeypatch.setattr(registry, "ask_all", ask)
    return asked


def test_the_facts_have_something_to_find(folder: Path) -> None:
    assert [] == [found for found in check(folder, remembering=False).diagnostics if found.code[0] not in "DE"]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_check_that_remembers_finds_what_one_that_does_not_finds(
    folder: Path, edit: list[tuple[str, str, str]]
) -> None:
    clean = check(folder, remembering=False)
    lock = renewed(compare(units_of(clean.briefing), Lock()), lambda _, __: True)
    before = check(folder, lock=lock)
    for file, old, new in edit:
        _replace(folder, f"{file}.yml", old, new)
    after = check(folder, lock=lock)
    assert check(folder, remembering=False, lock=lock).diagnostics == after.diagnostics
    assert before.diagnostics != after.diagnostics
    # And back again, with what was kept of the edited facts.
    for name, text in FACTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert before.diagnostics == check(folder, lock=lock).diagnostics


def test_what_has_not_changed_is_not_judged_again(folder: Path, judged: set[str]) -> None:
    check(folder)
    assert {"quay-sold", "quay-built", "norvik"} <= judged
    judged.clear()
    _replace(folder, "events.yml", "sold its quay", "sold the quay")
    check(folder)
    assert "quay-sold" in judged
    assert "quay-built" not in judged
    assert "norvik" not in judged


def test_a_fact_may_move_to_another_file(folder: Path, judged: set[str]) -> None:
    expected = [(found.code, found.message) for found in check(folder).diagnostics]
    (folder / "terms.yml").rename(folder / "words.yml")
    judged.clear()
    assert sorted(expected) == sorted((found.code, found.message) for found in check(folder).diagnostics)
    assert "norvik" not in judged


def test_facts_that_refer_to_what_changed_are_judged_again(folder: Path, judged: set[str]) -> None:
    check(folder)
    judged.clear()
    _replace(folder, "sources.yml", "2025-03-02", "2025-03-03")
    check(folder)
    assert {"quay-sold", "quay-built", "price"} <= judged
    assert "norvik" not in judged


def test_the_words_of_facts_that_have_not_changed_are_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(folder)
    read: list[str] = []
    monkeypatch.setattr(words, "_groups", lambda id_, *_: read.append(id_) or ())
    check(folder)
    assert [] == read


def test_in_other_languages_all_is_judged_as_it_should_be(folder: Path) -> None:
    check(folder)
    third = read_folder(
        folder, ("en", "ja", "de"), folder.parent, circumstances=Circumstances(DAY), memory=Memory(kept(folder))
    )
    assert {"L001"} <= {found.code for found in third.diagnostics}


def test_what_is_known_of_a_fact_in_a_file_with_errors_is_not_that_it_is_not_there(folder: Path) -> None:
    _replace(folder, "sources.yml", "sources:", "sources:\n  gazette-0: {}\n  gazette-0: {}")
    before = [found.code for found in check(folder).diagnostics]
    _replace(folder, "sources.yml", "2025-03-02", "2024-03-02")
    expected = [found.code for found in check(folder, remembering=False).diagnostics]
    assert expected == [found.code for found in check(folder).diagnostics]
    assert "H305" in set(expected) - set(before)


def test_what_a_site_shows_is_never_what_was_kept(folder: Path) -> None:
    check(folder)
    text = kept(folder).read_text(encoding="utf-8")
    assert "Gazette" in text
    body = text.partition("\n")[2].replace("Gazette", "Garbage").encode()
    kept(folder).write_bytes(memory._head(body) + b"\n" + body)
    found = check(folder)
    assert "The Quay Gazette" == dict(found.briefing.sources[0].publisher.by_language)["en"]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda raw: raw[:-10],
    "one byte wrong": lambda raw: raw[: len(raw) // 2] + b"\x00" + raw[len(raw) // 2 + 1 :],
    "other words": lambda raw: raw.replace(b"quay", b"pier"),
    "empty": lambda _: b"",
    "too deep": lambda _: b"[" * 100_000,
    "another head": lambda _: b"0 0\n{}",
    "no text": lambda _: b"\xff\xfe",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_spoilt_is_as_good_as_not_there(folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    expected = check(folder).diagnostics
    kept(folder).write_bytes(spoil(kept(folder).read_bytes()))
    assert expected == check(folder).diagnostics
    assert expected == check(folder).diagnostics


@pytest.mark.parametrize(
    "content", ["[]", "[{}]", '[{"x": 1}, {}]', '[{}, {"alone": 1}]', '{"facts": {"x": [1]}, "cleared": {}}', "[{}, {}, 1]"]
)
def test_what_is_not_as_it_is_written_is_not_believed(folder: Path, content: str) -> None:
    expected = check(folder).diagnostics
    kept(folder).write_bytes(memory._head(content.encode()) + b"\n" + content.encode())
    assert expected == check(folder).diagnostics


def test_what_other_code_kept_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch, judged: set[str]) -> None:
    check(folder)
    judged.clear()
    monkeypatch.setattr(memory, "fingerprint", lambda *_: "another version")
    check(folder)
    assert "norvik" in judged


def test_it_may_be_deleted_at_any_time(folder: Path) -> None:
    expected = check(folder).diagnostics
    kept(folder).unlink()
    assert expected == check(folder).diagnostics


def test_where_nothing_can_be_kept_all_is_found_all_the_same(folder: Path) -> None:
    (folder.parent / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert check(folder, remembering=False).diagnostics == check(folder).diagnostics


def test_nothing_is_kept_of_facts_that_are_gone(folder: Path) -> None:
    def facts() -> int:
        return len(json.loads(kept(folder).read_bytes().partition(b"\n")[2])[0])

    check(folder)
    before = facts()
    (folder / "terms.yml").unlink()
    check(folder)
    assert before - 1 == facts()


def test_nothing_is_written_where_nothing_changed(folder: Path) -> None:
    check(folder)
    before = kept(folder).stat()
    check(folder)
    assert (before.st_ino, before.st_mtime_ns) == (kept(folder).stat().st_ino, kept(folder).stat().st_mtime_ns)


def test_two_checks_may_keep_at_once(folder: Path) -> None:
    one, other = Memory(kept(folder)), Memory(kept(folder))
    found = [
        read_folder(folder, ("en", "ja"), folder.parent, circumstances=Circumstances(DAY), memory=memory).diagnostics
        for memory in (one, other, one)
    ]
    assert found[0] == found[1] == found[2]
    assert ["checks.json"] == [path.name for path in kept(folder).parent.iterdir()]


def test_what_is_wrong_with_a_file_is_told_every_time(folder: Path) -> None:
    _replace(folder, "terms.yml", "    avoid", "    name: again\n    avoid")
    told = [found for found in check(folder).diagnostics if found.code == "Y003"]
    assert 1 == len(told)
    assert told == [found for found in check(folder).diagnostics if found.code == "Y003"]


def test_nobody_asks_where_anything_stands_in_files_that_are_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefbook.reading.sheet.read_tree", _never)
    assert [] == loading.read_folder(folder, ("en", "ja"), folder.parent, circumstances=Circumstances(DAY)).diagnostics


def _replace(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _never(*_: object) -> None:
    raise AssertionError("this should not have been asked")
