"""Findings put before people: of very many the ones that matter, of some codes only, at exact places."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from briefbook.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    Lines,
    Place,
    Severity,
    as_json,
    as_report,
    as_text,
    chosen,
    excerpts,
)
from briefbook.reading.loading import Reading


def found(code: str, line: int = 1, severity: Severity = Severity.ERROR, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(code, severity, f"wrong {line}", Place("a.yml", line), None, fix)


def report(diagnostics: list[Diagnostic], most: int = 0) -> list[str]:
    return as_report(diagnostics, lambda _: None, most).splitlines()


def test_few_findings_are_all_shown() -> None:
    few = [found("A001", n) for n in range(1, 4)]
    assert report(few) == report(few, 3)
    assert 3 == len(report(few))


def test_of_many_findings_every_code_is_shown_then_errors_and_the_rest_is_counted() -> None:
    many = [found("A001", n) for n in range(1, 10_001)]
    many += [found("L001", n, Severity.WARNING) for n in range(1, 501)] + [found("W201", 1, Severity.WARNING)]
    lines = report(many, 5)
    assert [
        "a.yml:1:1: error [A001] wrong 1", "a.yml:2:1: error [A001] wrong 2", "a.yml:3:1: error [A001] wrong 3",
        "a.yml:1:1: warning [L001] wrong 1", "a.yml:1:1: warning [W201] wrong 1",
        "… and 10,496 more (9,997 errors, 499 warnings): A001 ×9,997, L001 ×499",
        "    hint: --max 0 shows all, --select CODE those of one code",
    ] == lines


def test_files_are_read_once_for_all_excerpts() -> None:
    asked: list[str] = []

    def text_of(file: str) -> str:
        asked.append(file)
        return "one\r\n日本\n"

    line_of = excerpts(text_of)
    assert ["one", "日本", None, None] == [line_of(Place("a", line)) for line in (1, 2, 3, 0)]
    assert ["a"] == asked


def test_without_a_text_there_is_no_line() -> None:
    assert excerpts(lambda _: None)(Place("a", 1)) is None


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], ["C001", "C002", "L001", "L002"]),
        (["C"], [], ["C001", "C002"]),
        (["C", "L001"], [], ["C001", "C002", "L001"]),
        ([], ["L"], ["C001", "C002"]),
        ([], ["L", "C001"], ["C002"]),
        (["L001"], ["L"], ["L001"]),
        (["L"], ["L001"], ["L002"]),
        (["L"], ["L"], []),
        (["c001"], [], ["C001"]),
        ([""], ["L"], ["C001", "C002"]),
    ],
)
def test_codes_are_chosen_by_how_they_start_and_the_longer_start_decides(select: list[str], ignore: list[str], expected: list[str]) -> None:
    every = [found(code) for code in ("C001", "C002", "L001", "L002")]
    assert expected == [one.code for one in chosen(every, select, ignore)]


FIX = Fix("write “x” for “y”", (Edit("a.yml", 3, "y", "x"),))


def test_a_fix_is_offered_in_words() -> None:
    assert "    fix: write “x” for “y” (--fix does it)" == as_text(found("A001", fix=FIX), lambda _: None).splitlines()[-1]


def test_json_tells_a_fix_where_there_is_one() -> None:
    with_fix, without = json.loads(as_json([found("A001", fix=FIX), found("A002")]))
    assert {"description": "write “x” for “y”", "edits": [{"file": "a.yml", "offset": 3, "old": "y", "new": "x"}]} == with_fix["fix"]
    assert "fix" not in without


TEXT = "one\r\n日本 𠮷\n\n😀"


@pytest.mark.parametrize(
    ("offset", "position"), [(0, (1, 1)), (2, (1, 3)), (5, (2, 1)), (8, (2, 4)), (9, (2, 5)), (10, (3, 1)), (11, (4, 1)), (12, (4, 2))]
)
def test_places_and_offsets_are_two_names_of_the_same(offset: int, position: tuple[int, int]) -> None:
    lines = Lines(TEXT)
    assert position == lines.position(offset)
    assert offset == lines.offset(*position)


def test_a_place_beyond_the_text_is_its_end() -> None:
    assert [len(TEXT)] * 3 == [Lines(TEXT).offset(*place) for place in ((9, 1), (0, 1), (4, 99))]


FACTS = """\
# 港 😀{tab}comment
actors:
  port: {{kind: organization, name: {{en: "港{tab}𠮷", ja: 港}}}}
events:
  # 日本
  one: {{date: 2025, title: {{en: "😀😀{tab}", ja: "𠮷田　{tab}の件"}}, status: certain, cites: [nobody]}}
  two:
    date: ２０２５-13
    title: {{en: 𠮷𠮷, ja: "[[無]] 😀[[nowhere]]"}}
    status: confirmed
    cites: [port]
"""
EXPECTED = [("F007", "certain"), ("R001", "nobody"), ("F004", "２０２５-13"), ("R001", "[[nowhere]]"), ("R002", "port]\n")]


@pytest.mark.parametrize("tab", [" ", "\t"], ids=["blank", "tab"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_places_are_exact_in_any_file(facts: Callable[..., Reading], tab: str, newline: str, mark: str) -> None:
    text = FACTS.format(tab=tab)
    reading = facts(mark + text.replace("\n", newline))
    at = {(one.code, one.place.line, one.place.column) for one in reading.diagnostics}
    for code, words in EXPECTED:
        offset = text.rindex(words)
        assert (code, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)) in at
    for one in reading.diagnostics:
        assert text.splitlines()[one.place.line - 1] == reading.line_of(one.place)
