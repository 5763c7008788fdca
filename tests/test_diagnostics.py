"""How findings are put before people and machines."""

from __future__ import annotations

import json

import pytest

from briefbook.diagnostics import (
    Diagnostic,
    Place,
    Severity,
    as_github,
    as_json,
    as_text,
    has_errors,
    in_order,
    summary,
)


def found(
    code: str = "X001", line: int = 1, column: int = 1, *, file: str = "a.yml", message: str = "wrong",
    hint: str | None = None, severity: Severity = Severity.ERROR,
) -> Diagnostic:
    return Diagnostic(code, severity, message, Place(file, line, column), hint)


WARNING = found("W001", severity=Severity.WARNING)


def test_a_place_reads_as_editors_and_terminals_expect() -> None:
    assert "facts/a.yml:3:14" == str(Place("facts/a.yml", 3, 14))


def test_order_is_by_file_line_column_and_code() -> None:
    expected = [
        found("B", 1, 2), found("A", 1, 10), found("B", 1, 10), found("A", 2, 1), found("A", 10, 1),
        found("A", 1, 1, file="b.yml"),
    ]
    assert expected == in_order(reversed(expected))


def test_the_same_finding_is_told_once() -> None:
    assert [found()] == in_order([found(), found()])


@pytest.mark.parametrize(
    ("findings", "expected"), [([], False), ([WARNING], False), ([WARNING, found()], True)], ids=["none", "warning", "error"]
)
def test_only_errors_are_errors(findings: list[Diagnostic], expected: bool) -> None:
    assert expected == has_errors(findings)


@pytest.mark.parametrize(
    ("errors", "warnings", "expected"),
    [
        (0, 0, "no problems found"),
        (1, 0, "1 error"),
        (2, 0, "2 errors"),
        (0, 1, "1 warning"),
        (2, 1, "2 errors, 1 warning"),
        (1, 3, "1 error, 3 warnings"),
    ],
)
def test_the_summary_counts_in_words(errors: int, warnings: int, expected: str) -> None:
    assert expected == summary([found()] * errors + [WARNING] * warnings)


def shown(line: str | None, column: int = 1, hint: str | None = None) -> list[str]:
    return as_text(found(column=column, line=7, hint=hint), lambda _: line).splitlines()


def test_a_finding_shows_its_line_with_a_caret_and_the_hint() -> None:
    expected = [
        "a.yml:7:6: error [X001] wrong",
        "    7 | key: value",
        "      |      ^",
        "    hint: do better",
    ]
    # Without the caret's own bar: the columns alone must agree.
    actual = shown("key: value", 6, "do better")
    assert expected[0] == actual[0]
    assert expected[1] == actual[1]
    assert expected[2].index("^") == actual[2].index("^")
    assert expected[3] == actual[3]


def test_without_a_line_there_is_no_excerpt() -> None:
    assert ["a.yml:7:1: error [X001] wrong"] == shown(None)


def test_the_caret_stands_under_wide_characters_as_a_terminal_sets_them() -> None:
    _, line, caret = shown("日本: x", 5)
    assert 4 + 2 == caret.index("^") - line.index("日"), "two wide characters, a colon and a blank"


def test_the_caret_stands_right_after_combining_marks() -> None:
    _, line, caret = shown("cafe\u0301: x", 8)
    assert 6 == caret.index("^") - line.index("c")


def test_a_long_line_is_cut_around_the_place() -> None:
    _, line, caret = shown("a" * 1000 + "HERE" + "b" * 1000, 1001)
    assert len(line) < 120
    assert "HERE" == line[caret.index("^") :][:4]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x1b", "\x00", "\t", "\u200b", "\u200f"])
def test_an_excerpt_cannot_disguise_itself(character: str) -> None:
    _, line, _ = shown(f"a: {character}x")
    assert "    7 | a: \N{REPLACEMENT CHARACTER}x" == line


@pytest.mark.parametrize("character", ["\u202e", "\x1b", "\r", "\n"])
def test_a_message_cannot_disguise_itself(character: str) -> None:
    text = as_text(found(message=f"“a{character}b” is not a field", hint=f"did you mean {character}?"), lambda _: None)
    assert character not in text.replace("\n    hint", "", 1)


def test_json_holds_every_field_in_the_letters_it_has() -> None:
    text = as_json([found(message="「あ」", hint=None), WARNING])
    assert "「あ」" in text
    assert {
        "code": "X001", "severity": "error", "message": "「あ」", "place": {"file": "a.yml", "line": 1, "column": 1},
        "hint": None,
    } == json.loads(text)[0]
    assert "warning" == json.loads(text)[1]["severity"]


def test_no_findings_are_an_empty_array() -> None:
    assert [] == json.loads(as_json([]))


def test_a_workflow_command_names_the_place() -> None:
    diagnostic = found("Y002", 3, 4, message="wrong", hint="do better")
    assert "::error file=a.yml,line=3,col=4,title=Y002::wrong (do better)" == as_github(diagnostic)


def test_a_warning_is_a_warning_there_too() -> None:
    assert as_github(WARNING).startswith("::warning ")


def test_information_is_a_notice_there_and_a_note_in_the_summary() -> None:
    information = found("E401", severity=Severity.INFO)
    assert as_github(information).startswith("::notice ")
    assert "1 error, 2 notes" == summary([information, found(), information])
    assert not has_errors([information])


def test_nothing_an_author_wrote_ends_a_workflow_command() -> None:
    diagnostic = found(file="a,b:c%.yml", message="100%\n::error::gotcha\r", hint="x\ny")
    assert (
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,title=X001::100%25%0A::error::gotcha%0D (x%0Ay)"
        == as_github(diagnostic)
    )
