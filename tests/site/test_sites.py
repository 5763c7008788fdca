"""Whole sites: everything made of each folder under tests/cases/sites must be exactly what lies in its `expected/`.

Markdown and chart specifications are compared, not HTML and SVG: upgrades of theme and renderer change nothing here.
"""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from sitecases import Files, SiteCase, all_cases, differences, products, store, stored

_MOST_LINES = 60


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_site(case: SiteCase, tmp_path: Path, update: bool) -> None:
    actual = products(case, tmp_path)
    if update:
        store(actual, case.expected)
    expected = stored(case.expected)
    found = differences(expected, actual)
    shutil.rmtree(case.changed, ignore_errors=True)
    if found:
        store({name: content for name, content in actual.items() if expected.get(name) != content}, case.changed)
    assert [] == found, _told(case, found, expected, actual)


def _told(case: SiteCase, found: list[str], expected: Files, actual: Files) -> str:
    """What differs, the first lines of how, and how to accept it."""
    how = (line for name in sorted({*expected} & {*actual}) for line in _diff(name, expected[name], actual[name]))
    shown = [line for line, _ in zip(how, range(_MOST_LINES), strict=False)]
    accept = f"what came instead lies in {case.changed}; accept it with: pytest tests/site/test_sites.py --update"
    return "\n".join([f"site case “{case.name}”", *found, *shown, accept])


def _diff(name: str, expected: bytes, actual: bytes) -> list[str]:
    before, after = (content.decode("utf-8", "replace").splitlines() for content in (expected, actual))
    return list(difflib.unified_diff(before, after, f"expected/{name}", f"changed/{name}", lineterm="", n=1))
