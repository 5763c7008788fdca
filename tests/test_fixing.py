"""Certain fixes: what is offered and, as much, what is not; and that a file keeps all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from briefbook.catalogue import codes
from briefbook.diagnostics import Diagnostic, Edit, Fix, Place, Severity
from briefbook.fixing import FIXABLE, as_amount, as_date, as_id, as_language, difference, fix_files, mended, offered
from briefbook.reading.loading import read_folder
from briefbook.reading.yamledit import apply
from briefbook.rules import Circumstances, registry

LANGUAGES = ("en", "ja")
TODAY = Circumstances(date(2025, 7, 1))
BASE = """\
actors:
  union: {kind: group, name: {en: Dockers’ Union, ja: 港湾労組}}
  port: {kind: organization, name: {en: Port Authority, ja: 港湾局}, formerly: [quay]}
sources:
  gazette: {publisher: {en: Gazette, ja: 官報}, language: en, kind: primary}
"""
EVENT = "events:\n  strike: {{date: {date}, title: {title}, status: {status}, cites: {cites}, {more}}}\n"
FILLED = {"date": "2025", "title": "T", "status": "confirmed", "cites": "[gazette]", "more": "actors: [union]"}


def event(**fields: str) -> str:
    return EVENT.format(**(FILLED | fields))


def checked(folder: Path) -> Callable[[], tuple[Sequence[Diagnostic], Mapping[str, str]]]:
    def check() -> tuple[Sequence[Diagnostic], Mapping[str, str]]:
        reading = read_folder(folder, LANGUAGES, folder, circumstances=TODAY)
        return reading.diagnostics, reading.texts

    return check


def fixed(folder: Path, text: str) -> str:
    """What `--fix` makes of one file beside the base."""
    (folder / "base.yml").write_text(BASE, encoding="utf-8")
    (folder / "facts.yml").write_bytes(text.encode())
    fix_files(checked(folder), folder)
    assert BASE == (folder / "base.yml").read_text(encoding="utf-8")
    return (folder / "facts.yml").read_bytes().decode()


CERTAIN = [
    ("a kind's case", event().replace("events:", "Events:"), event()),
    ("a kind in the singular", event().replace("events:", "event:"), event()),
    ("a field's case", event(more="Actors: [union]"), event()),
    ("a field's blanks", event(more="said by: port"), event(more="said_by: port")),
    ("a field in full width", event(more="ｎｏｔｅ: x"), event(more="note: x")),
    ("a field with two letters swapped", event().replace("title", "titel"), event()),
    ("a field with a letter too few", event().replace("status", "statu"), event()),
    ("a status's case", event(status="CONFIRMED"), event()),
    ("a status with a letter too many", event(status="confirmmed"), event()),
    ("a status in quotes", event(status='"Confirmed"'), event(status='"confirmed"')),
    ("a date in full width", event(date="２０２５－０５"), event(date="2025-05")),
    ("a Japanese date", event(date="2025年5月6日"), event(date="2025-05-06")),
    ("one source", event(cites="gazette"), event()),
    ("two sources", "terms:\n  t:\n    name: T\n    definition: D\n    cites: gazette, gazette # c\n", "terms:\n  t:\n    name: T\n    definition: D\n    cites: [gazette, gazette] # c\n"),
    ("yes", event(more="planned: yes"), event(more="planned: true")),
    ("a number for a text", event(title="2025"), event(title='"2025"')),
    ("a reference's case", event(cites="[Gazette]"), event()),
    ("a reference's blanks", event(more='actors: ["Union ", {id: PORT}]'), event(more='actors: ["union", {id: port}]')),
    ("an id's case", event().replace("strike", "The_Strike"), event().replace("strike", "the-strike")),
    ("a former id", event(more="actors: [quay]"), event(more="actors: [port]")),
    ("a former id in a text", event(title='"at [[quay|the quay]], [[quay-2]]"'), event(title='"at [[port|the quay]], [[quay-2]]"')),
    ("a language's code", event(title="{EN: T, ja: 題}"), event(title="{en: T, ja: 題}")),
    ("a needless entry", event(more="ignore: {code: L001, why: x}"), event().replace(", actors: [union]", "")),
    (
        "one needless entry of two", event(more="ignore: [{code: L001, why: x}, {code: C002, why: y}]"),
        event().replace(", actors: [union]", ""),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CERTAIN], ids=[case[0] for case in CERTAIN])
def test_what_is_certain_is_fixed(tmp_path: Path, text: str, expected: str) -> None:
    assert expected == fixed(tmp_path, text)


UNCERTAIN = [
    ("a kind like none", "evidence: {}\n"),
    ("a field like two", event(more="nome: x")),
    ("a field like one of another record", event(more="parties: [union]")),
    ("a field that is there already", event(more="Status: confirmed")),
    ("a status like none", event(status="certain")),
    ("a date of two orders", event(date="05/06/2025")),
    ("a date that could be an interval", event(date="2025/05/06")),
    ("two years or a month", event(date="2011–12")),
    ("a day there is not", event(date="2025年2月30日")),
    ("a date upside down", event(date="2025/2024")),
    ("a reference like one", event(cites="[gazete]")),
    ("an id in use", event() + "  Strike: {date: 2025, title: T, status: confirmed, cites: [gazette]}\n"),
    ("two ids alike", event().replace("strike", "The_Strike") + "  THE-STRIKE: {date: 2025, title: T, status: confirmed, cites: [gazette]}\n"),
    ("a missing field", event(more="").replace("title: T, ", "")),
    ("perhaps", event(more="planned: perhaps")),
    ("a missing source", event(cites="[]")),
    ("broken YAML", "events: {a: [\n"),
    ("a language there is not", event(title="{english: T, ja: 題}")),
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("契約, そして覚書を結んだ。", "契約、そして覚書を結んだ。"), ("契約,  Acmeの覚書。", "契約、Acmeの覚書。"), ("注: 契約を結んだ。", "注：契約を結んだ。"),
        ("契約 (覚書) を結んだ。", "契約（覚書）を結んだ。"), ("契約,覚書を結んだ。", "契約、覚書を結んだ。"),
        ("港湾局 (Port Authority) の契約。", "港湾局（Port Authority）の契約。"), ("OS (Linux) の契約。", "OS (Linux) の契約。"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("layout", ['{{en: Title., ja: "{}"}}', "\n      en: Title.\n      ja: >-\n        {}\n        続き。\n   "])
def test_a_wide_mark_takes_the_space_beside_the_narrow_one(tmp_path: Path, written: str, meant: str, layout: str) -> None:
    def note(words: str) -> str:
        return f"terms:\n  t:\n    name: T\n    cites: [gazette]\n    definition: {layout.format(words)}\n"

    assert note(meant) == fixed(tmp_path, note(written))


@pytest.mark.parametrize("text", [case[1] for case in UNCERTAIN], ids=[case[0] for case in UNCERTAIN])
def test_what_is_not_certain_is_left_alone(tmp_path: Path, text: str) -> None:
    assert text == fixed(tmp_path, text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("２０２５", "2025"), ("２０２５-05", "2025-05"), ("2025-5-6", "2025-05-06"), ("2025-5", "2025-05"), ("2025–05–06", "2025-05-06"),
        ("2025−05", "2025-05"), ("2025年", "2025"), ("２０２５年１２月", "2025-12"), ("2025-05 / 2025-06", "2025-05/2025-06"),
        ("2025-5/2025-6-1", "2025-05/2025-06-01"), ("2025年5月6日/2025年6月", "2025-05-06/2025-06"), ("2025-5~", "2025-05~"),
        ("２０２５？", "2025?"),
        ("2025-05", None), ("2025/05/06", None), ("05/06/2025", None), ("2025.05.06", None), ("6 May 2025", None), ("2011–12", None),
        ("2024–2025", None), ("2025-13", None), ("2025-5-32", None), ("10²", None), ("令和7年5月", None), ("", None), ("25-05-06", None),
    ],
)  # fmt: skip
def test_a_date_is_meant_in_one_way_or_not(written: str, meant: str | None) -> None:
    assert meant == as_date(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("13 billion usd", "13 billion USD"), ("13 Billion USD", "13 billion USD"), ("USD 13 billion", "13 billion USD"),
        ("Over usd 13 Billion", "over 13 billion USD"), ("５０％", "50%"), ("50 percent", "50 %"), ("50 Per Cent", "50 %"), ("20～49%", "20〜49%"),
        ("７ Years", "7 years"), ("1，000", "1,000"), ("13  billion   USD", "13 billion USD"),
        ("13 billion USD", None), ("$13 billion", None), ("13 m USD", None), ("13 billion dollars", None), ("１３０億円", None), ("1,5 million", None),
        ("10²", None), ("½", None), ("a lot", None), ("13 billion XYZ", None), ("49 to 20 %", None),
    ],
)  # fmt: skip
def test_an_amount_is_meant_in_one_way_or_not(written: str, meant: str | None) -> None:
    assert meant == as_amount(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Mill_2", "mill-2"), (" The  Mill ", "the-mill"), ("ＭＩＬＬ", "mill"), ("a--b", "a-b"), ("2mill", None), ("工場", None), ("a.b", None), ("", None)],
)
def test_an_id_is_meant_or_not(written: str, meant: str | None) -> None:
    assert meant == as_id(written)


@pytest.mark.parametrize(
    ("written", "meant"), [("EN", "en"), ("en_us", "en-US"), ("zh-hant", "zh-Hant"), ("english", None), ("en", None), ("日", None)]
)
def test_a_language_is_meant_or_not(written: str, meant: str | None) -> None:
    assert meant == as_language(written)


MANY = """\
# 港の事実 😀
Events:
  The_Strike:   # the id
    date: ２０２５年５月６日\t# 日付 𠮷
    Title:
      EN: >-
        The strike
        begins
      ja: ストライキが始まる
    actors: [Union, {id: PORT}]   # two

    status: 'Confirmed'  # 確認
    cites: gazette # one
    ignore:
      # for later
      - code: L001
        why: long ago
"""
MANY_FIXED = """\
# 港の事実 😀
events:
  the-strike:   # the id
    date: 2025-05-06\t# 日付 𠮷
    title:
      en: >-
        The strike
        begins
      ja: ストライキが始まる
    actors: [union, {id: port}]   # two

    status: 'confirmed'  # 確認
    cites: [gazette] # one
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_comments_layout_line_ends_and_mark_stay(tmp_path: Path, mark: str, newline: str) -> None:
    assert mark + MANY_FIXED.replace("\n", newline) == fixed(tmp_path, mark + MANY.replace("\n", newline))


def test_it_tells_what_was_done_and_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    (tmp_path / "facts.yml").write_text(event(status="Confirmed", more="actors: [unoin]"), encoding="utf-8")
    result = fix_files(checked(tmp_path), tmp_path)
    assert "1 problem fixed in 1 file." == str(result)
    assert (["F007"], ["facts.yml"], ["R001"], []) == (
        [one.code for one in result.made], result.files, [one.code for one in result.left if one.severity is Severity.ERROR], result.failed,
    )


def test_only_what_is_wanted_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    (tmp_path / "facts.yml").write_text(event(status="Confirmed", date="2025-5"), encoding="utf-8")
    result = fix_files(checked(tmp_path), tmp_path, lambda found: [one for one in found if one.code == "F004"])
    assert event(status="Confirmed", date="2025-05") == (tmp_path / "facts.yml").read_text(encoding="utf-8")
    assert ["F004"] == [one.code for one in result.made]


def test_nothing_is_written_where_there_is_nothing_to_fix(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    before = (tmp_path / "base.yml").stat().st_mtime_ns
    result = fix_files(checked(tmp_path), tmp_path)
    assert ("0 problems fixed in 0 files.", before) == (str(result), (tmp_path / "base.yml").stat().st_mtime_ns)


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_fixed(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(event(status="Confirmed").replace("strike", name[0] * 3), encoding="utf-8")
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    check = checked(tmp_path)
    found, texts = check()
    (tmp_path / "a.yml").write_text("# somebody else was here\n", encoding="utf-8")
    result = fix_files(lambda: (found, texts), tmp_path)
    assert "# somebody else was here\n" == (tmp_path / "a.yml").read_text(encoding="utf-8")
    assert (["b.yml"], 1, True) == (result.files, len(result.failed), "has changed since it was read" in result.failed[0])


def test_a_difference_shows_what_would_change(tmp_path: Path) -> None:
    (tmp_path / "facts.yml").write_text(BASE + "# 港\nterms:\n  t:\n    Name: T\n    definition: D", encoding="utf-8")
    found, texts = checked(tmp_path)()
    shown = difference(offered(found, texts), texts)
    assert shown.startswith("--- a/facts.yml\n+++ b/facts.yml\n@@")
    assert "-    Name: T\n+    name: T\n" in shown
    assert "     definition: D\n\\ No newline at end of file\n" in shown
    assert "" == difference([], texts)


def diagnostic(fix: Fix | None, line: int = 1) -> Diagnostic:
    return Diagnostic("X001", Severity.ERROR, "wrong", Place("a.yml", line, 1), None, fix)


def test_of_two_fixes_of_the_same_words_one_is_made() -> None:
    text = "a: one two\n"
    one = diagnostic(Fix("1", (Edit("a.yml", 3, "one", "1"),)))
    both = diagnostic(Fix("2", (Edit("a.yml", 3, "one two", "3"),)), 2)
    again = diagnostic(Fix("1", (Edit("a.yml", 3, "one", "1"),)), 3)
    assert ({"a.yml": "a: 1 two\n"}, [one, again]) == mended([both, again, one], {"a.yml": text})


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    text = "a: one two\nb: one\n"
    first = diagnostic(Fix("1", (Edit("a.yml", 3, "one", "1"),)))
    second = diagnostic(Fix("2", (Edit("a.yml", 14, "one", "1"), Edit("a.yml", 3, "one two", "3"))), 2)
    assert ({"a.yml": "a: 1 two\nb: one\n"}, [first]) == mended([first, second], {"a.yml": text})


def test_a_fix_that_would_break_the_file_is_not_made() -> None:
    broken = diagnostic(Fix("1", (Edit("a.yml", 3, "one", "["),)))
    assert ({}, []) == mended([broken], {"a.yml": "a: one\n"})


def test_a_fix_of_an_unknown_file_is_not_made() -> None:
    assert ({}, []) == mended([diagnostic(Fix("1", (Edit("b.md", 0, "x", "y"),)))], {"a.yml": "a: one\n"})


def test_every_offer_says_what_it_does_and_does_it(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    (tmp_path / "facts.yml").write_text(MANY, encoding="utf-8")
    found, texts = checked(tmp_path)()
    fixes = [one.fix for one in offered(found, texts) if one.fix]
    assert [] != fixes
    for fix in fixes:
        assert fix.description.startswith(("write “", "put it in quotes", "delete this entry"))
        assert apply(texts["facts.yml"], fix.edits) != texts["facts.yml"]


def test_findings_without_a_fix_stay_as_they_are() -> None:
    found = [diagnostic(None), Diagnostic("F001", Severity.ERROR, "x", Place("gone.yml"))]
    assert found == offered(found, {"a.yml": "a: 1\n"})


WORDS = [
    ("a comma in Japanese", "ja: 港,船", "ja: 港、船"),
    ("full-width digits", "ja: 港の２０２５年", "ja: 港の2025年"),
    ("half-width katakana", "ja: ﾊｰﾊﾞｰの船", "ja: ハーバーの船"),
    ("both brackets", 'ja: "港(ship)と船"', 'ja: "港（ship）と船"'),
    ("the one of two that is wrong", "ja: 3,000の港,船", "ja: 3,000の港、船"),
    ("a mark twice", "ja: 港と船。。", "ja: 港と船。"),
    ("an unseen character", "ja: 港\u200bと船", "ja: 港と船"),
    ("a letter in two parts", "ja: か\u3099と船", "ja: がと船"),
    ("folded over lines", "ja: >-\n        港と\n        船,岸", "ja: >-\n        港と船、岸"),
]  # fmt: skip
NOT_WORDS = [
    ("a name like another", "ja: 港湾労且と船"),
    ("a comma without a space in English", "en: a，b"),
]
TERM = "terms:\n  t:\n    name: {{en: thing, ja: もの}}\n    definition:\n      {}\n"


def words_fixed(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("LOCAL_RULES", "LOCAL_ADVICE", "GLOBAL_RULES"):
        monkeypatch.setattr(registry, name, ())
    return fixed(folder, TERM.format(text))


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in WORDS], ids=[case[0] for case in WORDS])
def test_wrong_marks_and_letters_are_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str) -> None:
    assert TERM.format(expected) == words_fixed(tmp_path, text, monkeypatch)


@pytest.mark.parametrize("text", [case[1] for case in NOT_WORDS], ids=[case[0] for case in NOT_WORDS])
def test_words_of_which_nobody_is_sure_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert TERM.format(text) == words_fixed(tmp_path, text, monkeypatch)


def test_explanations_say_which_codes_have_fixes() -> None:
    assert sorted(FIXABLE) == sorted(one.code for one in codes().values() if one.fix != "none")
