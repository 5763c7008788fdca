"""Case files: a file of facts and, behind a line, the report that it must give, to the letter.

`pytest tests/test_cases.py --update` writes what comes out now; read the difference before you keep it.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from briefbook.diagnostics import as_text, summary
from briefbook.reading.loading import read_folder
from briefbook.rules import Circumstances

HERE = Path(__file__).parent
CASES = sorted(case for folder in ("reading", "rules") for case in (HERE / "cases" / folder).glob("*.yml"))
EXPECTED = "# --- expected\n"
LANGUAGES = re.compile(r"^# languages: (.+)$", re.MULTILINE)
TODAY = re.compile(r"^# today: (.+)$", re.MULTILINE)
# Shows what is no more than information too.
ADVICE = re.compile(r"^# advice$", re.MULTILINE)
CODE = re.compile(r"\b[A-Z]\d{3}\b")
# The file in which a code is tested that no YAML text alone can bring about, or that is about other files than facts.
ELSEWHERE = {
    "Y001": "reading/test_loading.py",
    "Y006": "reading/test_yamltree.py",
    "L010": "wording/test_labels.py",
    "L011": "wording/test_labels.py",
    "L012": "wording/test_labels.py",
    "S601": "rules/test_staleness.py",
}
LAYERS = ("model", "reading", "rules", "wording")
JUDGED_BY_RULES = re.compile(r"[RCLTIHED]\d{3}")


def name_of(case: Path) -> str:
    return case.relative_to(HERE / "cases").with_suffix("").as_posix()


def parts_of(case: Path) -> tuple[str, str]:
    """The facts, and the report that is expected of them."""
    given, line, expected = case.read_text(encoding="utf-8").partition(EXPECTED)
    assert line or not expected
    return given, "".join(row.removeprefix("#").removeprefix(" ") for row in expected.splitlines(keepends=True))


def report_on(facts: str, folder: Path) -> str:
    (folder / "facts.yml").write_text(facts, encoding="utf-8")
    found = LANGUAGES.search(facts)
    languages = tuple(found[1].split(", ")) if found else ("en", "ja")
    day = TODAY.search(facts)
    today = Circumstances(date.fromisoformat(day[1] if day else "2026-11-23"))
    reading = read_folder(folder, languages, folder, circumstances=today, advice=ADVICE.search(facts) is not None)
    blocks = [as_text(diagnostic, reading.line_of) for diagnostic in reading.diagnostics]
    return "\n".join([*blocks, summary(reading.diagnostics)]) + "\n"


def as_comments(report: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in report.splitlines())


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_case(case: Path, tmp_path: Path, update: bool) -> None:
    given, expected = parts_of(case)
    report = report_on(given, tmp_path)
    if update:
        case.write_text(given + EXPECTED + as_comments(report), encoding="utf-8")
    else:
        assert as_comments(expected) == as_comments(report)


def codes_in_source() -> set[str]:
    package = Path(str(files("briefbook")))
    sources = [path for layer in LAYERS for path in (package / layer).rglob("*.py")]
    return {code for path in sources for code in re.findall(r"[\"']([A-Z]\d{3})[\"']", path.read_text(encoding="utf-8"))}


def codes_told(case: Path) -> set[str]:
    return set(re.findall(r"(?:error|warning|info) \[([A-Z]\d{3})\]", parts_of(case)[1]))


def test_there_are_codes_and_cases() -> None:
    assert len(codes_in_source()) > 20
    assert len(CASES) > 20


@pytest.mark.parametrize("code", sorted(codes_in_source()))
def test_every_code_has_a_case(code: str) -> None:
    if code in ELSEWHERE:
        assert code in (HERE / ELSEWHERE[code]).read_text(encoding="utf-8")
    else:
        assert [] != [case for case in CASES if code in codes_told(case)], f"no case file expects {code}"


@pytest.mark.parametrize("code", sorted(filter(JUDGED_BY_RULES.fullmatch, codes_in_source() - set(ELSEWHERE))))
def test_every_rule_has_a_case_that_it_lets_pass(code: str) -> None:
    """`r001-not-….yml` is what R001 must not flag."""
    passes = sorted((HERE / "cases" / "rules").glob(f"{code.lower()}-not-*.yml"))
    assert [] != passes, f"no case file {code.lower()}-not-….yml"
    assert [] == [name_of(case) for case in passes if code in codes_told(case)]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_case_is_about_what_its_name_says(case: Path) -> None:
    named = re.match(r"([a-z]\d{3})-(not-)?", case.name)
    assert named, "name a case after the code it is about"
    assert (named[2] is None) == (named[1].upper() in codes_told(case))
