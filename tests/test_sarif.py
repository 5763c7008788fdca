"""The SARIF log: valid by the standard's own schema, exact to the character, stable when lines move."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from briefbook.catalogue import codes
from briefbook.diagnostics import Diagnostic, Edit, Fix, Place, Severity
from briefbook.sarif import as_sarif

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json"
TEXT = "actors:\r\n  日本:\r\n    # 😀\r\n    name: 𠮷田\tx\r\n"
FIX = Fix("write “x”", (Edit("港 1.yml", TEXT.index("𠮷"), "𠮷田", "x"), Edit("港 1.yml", TEXT.index("x\r"), "x\r\n", "")))


@cache
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def found(code: str = "C001", line: int = 4, column: int = 11, file: str = "港 1.yml", **more: Any) -> Diagnostic:
    return Diagnostic(code, more.pop("severity", Severity.ERROR), more.pop("message", "wrong"), Place(file, line, column), **more)


def log(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str] | None = None, **more: Any) -> Any:
    written = json.loads(as_sarif(diagnostics, (texts or {"港 1.yml": TEXT}).get, "1.2.3", **more))
    assert [] == [f"{list(error.path)}: {error.message}" for error in validator().iter_errors(written)]
    return written["runs"][0]


EVERYTHING = [
    found(), found("L001", severity=Severity.WARNING, hint="do so"), found(fix=FIX), found(file=""), found(file="not/there.yml"),
    found("X999"), found("E401", severity=Severity.INFO), found(line=99), found(message="“a\n\x1b” %{x}"),
]


@pytest.mark.parametrize("diagnostics", [[], EVERYTHING, *([one] for one in EVERYTHING)], ids=lambda found: str(len(found)))
def test_it_is_valid(diagnostics: list[Diagnostic]) -> None:
    assert len(diagnostics) == len(log(diagnostics)["results"])


def test_the_schema_would_say_no() -> None:
    """Or else the test above would say nothing."""
    assert [] != list(validator().iter_errors({"version": "2.1.0", "runs": [{}]}))


def test_a_result_names_rule_level_message_and_place() -> None:
    run = log([found("L001", severity=Severity.WARNING, hint="do so")])
    (result,) = run["results"]
    assert ("L001", "warning", {"text": "wrong (do so)"}) == (result["ruleId"], result["level"], result["message"])
    assert "L001" == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    location = result["locations"][0]["physicalLocation"]
    assert {"uri": "%E6%B8%AF%201.yml", "uriBaseId": "%SRCROOT%"} == location["artifactLocation"]
    assert {"startLine": 4, "startColumn": 11, "snippet": {"text": "    name: 𠮷田\tx"}} == location["region"]


def test_columns_count_characters_not_bytes_nor_utf_16() -> None:
    assert "unicodeCodePoints" == log([])["columnKind"]


def test_every_code_is_described() -> None:
    rules = log([])["tool"]["driver"]["rules"]
    assert list(codes()) == [rule["id"] for rule in rules]
    for rule in rules:
        assert rule["name"].isidentifier()
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"].endswith((".", ")"))
        assert "## Wrong" in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_rules_say_where_they_are_explained_if_that_is_known() -> None:
    rules = log([], help_uri="https://example.org/CODES.md")["tool"]["driver"]["rules"]
    assert f"https://example.org/CODES.md#{rules[0]['id'].lower()}" == rules[0]["helpUri"]


def test_a_fix_says_what_to_write_where() -> None:
    (fix,) = log([found(fix=FIX)])["results"][0]["fixes"]
    assert "write “x”" == fix["description"]["text"]
    (change,) = fix["artifactChanges"]
    assert "%E6%B8%AF%201.yml" == change["artifactLocation"]["uri"]
    assert [
        ({"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 13}, "x"),
        ({"startLine": 4, "startColumn": 14, "endLine": 5, "endColumn": 1}, ""),
    ] == [(part["deletedRegion"], part["insertedContent"]["text"]) for part in change["replacements"]]


def marks(diagnostics: Sequence[Diagnostic], text: str) -> list[str]:
    return [next(iter(result["partialFingerprints"].values())) for result in log(diagnostics, {"港 1.yml": text})["results"]]


def test_fingerprints_stay_when_lines_move() -> None:
    before = marks([found(line=2, column=3), found()], TEXT)
    assert before == marks([found(line=5, column=3), found(line=7, column=11)], "# a\r\n# b\r\n\r\n" + TEXT)


def test_fingerprints_stay_when_a_line_is_indented_otherwise() -> None:
    assert marks([found()], TEXT) == marks([found(column=9)], TEXT.replace("    name", "  name"))


@pytest.mark.parametrize("other", [found("C002"), found(message="other"), found(line=2), found(file="b.yml")], ids=["code", "message", "line", "file"])
def test_fingerprints_differ_where_findings_do(other: Diagnostic) -> None:
    one, two = marks([found(), other], TEXT)
    assert one != two


def test_the_same_finding_twice_on_a_line_has_two_fingerprints() -> None:
    assert 2 == len(set(marks([found(), found(column=12)], TEXT)))
