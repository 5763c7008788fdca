"""The numbers that say how well a briefing is sourced, as they are counted and as they are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from briefbook.coverage import Coverage, Grid, as_data, as_lines, coverage_of
from briefbook.model.briefing import Briefing
from briefbook.model.facts import About
from briefbook.model.text import LocalText
from briefbook.reading.loading import Reading

FACTS = """
briefing: {title: T, as_of: 2024-06-30}
actors:
  acme: {kind: organization, name: {en: Acme, ja: アクメ}}
  roe: {kind: person, name: Roe, summary: {en: A person.}, cites: [paper, {source: paper, at: page 2}]}
  ghost: {kind: person, name: Ghost, withdrawn: {on: 2024, why: There is none.}, cites: [paper]}
events:
  fair: {date: 2024-05, title: Fair, status: confirmed, cites: [filing, paper, digest], checked: 2024-10-01}
  feast: {date: 2020, title: Feast, status: reported, said_by: digest, cites: [digest]}
sources:
  filing: {publisher: The Court, language: en, kind: primary, published: 2024-05-13, read: excerpt}
  paper: {publisher: The Paper, language: en, kind: newsroom, published: 2023-01}
  digest: {publisher: The Digest, language: en, kind: aggregator, read: link}
"""


@pytest.fixture
def coverage(facts: Callable[..., Reading]) -> Coverage:
    return coverage_of(facts(FACTS).briefing, date(2024, 10, 15))


def rows(grid: Grid) -> dict[str, dict[str, int]]:
    """The numbers above nought, by row and column."""
    return {row.name: {c: n for c, n in zip(grid.columns, row.counts, strict=True) if n} for row in grid.rows}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("number", {"actors": {"one": 1, "none": 1}, "events": {"three": 1, "one": 1}}),
        ("nearest", {"actors": {"newsroom": 1, "none": 1}, "events": {"primary": 1, "aggregator": 1}}),
        ("read", {"actors": {"full": 1, "none": 1}, "events": {"full": 1, "link": 1}}),
        ("standing", {"confirmed": {"three": 1}, "reported": {"one": 1}}),
        ("age", {"actors": {"three-years": 1, "unknown": 1}, "events": {"quarter": 1, "unknown": 1}}),
        ("looked-at", {"actors": {"half-year": 2}, "events": {"month": 1, "half-year": 1}, "sources": {"half-year": 3}}),
        ("languages", {"en": {"complete": 7}, "ja": {"complete": 6, "incomplete": 1}}),
    ],
)
def test_facts_are_counted(coverage: Coverage, name: str, expected: dict[str, dict[str, int]]) -> None:
    assert expected == rows(coverage.grids[name])


def test_what_was_withdrawn_does_not_count(coverage: Coverage) -> None:
    assert (7, 2) == (coverage.facts, coverage.claims)


def test_rows_add_up(coverage: Coverage) -> None:
    for grid in coverage.grids.values():
        assert all(row.total == sum(row.counts) for row in grid.rows), grid.name
        if grid.total is not None:
            assert grid.total.counts == tuple(map(sum, zip(*(row.counts for row in grid.rows), strict=True)))


def test_without_a_day_nothing_is_said_of_today(facts: Callable[..., Reading]) -> None:
    briefing = facts(FACTS).briefing
    assert "looked-at" not in coverage_of(briefing).grids
    assert coverage_of(briefing) == coverage_of(briefing)


def test_stale_translations_are_told_apart_from_missing_ones(facts: Callable[..., Reading]) -> None:
    grid = coverage_of(facts(FACTS).briefing, stale={("ja", "acme"), ("ja", "roe")}).grids["languages"]
    assert {"en": {"complete": 7}, "ja": {"complete": 5, "incomplete": 1, "stale": 1}} == rows(grid)


def test_a_briefing_of_nothing_has_coverage() -> None:
    coverage = coverage_of(Briefing(("en",), About(title=LocalText.parse("T"))))
    assert (0, 0) == (coverage.facts, coverage.claims)
    assert as_lines(coverage)[0] == "0 facts, 0 claims"


def test_lines_are_aligned(coverage: Coverage) -> None:
    lines = as_lines(coverage)
    start = lines.index("Facts by the nearest kind of source they rest on")
    assert [
        "          total  primary  newsroom  trade  aggregator  none",
        "  actors      2        0         1      0           0     1",
        "  events      2        1         0      0           1     0",
        "  all         4        1         1      0           1     1",
    ] == lines[start + 1 : start + 5]


def test_data_says_the_same(coverage: Coverage) -> None:
    data = json.loads(json.dumps(as_data(coverage)))
    assert (7, 2) == (data["facts"], data["claims"])
    assert {"total": 2, "three": 1, "two": 0, "one": 1, "none": 0} == data["number"]["events"]
    assert set(coverage.grids) == set(data) - {"facts", "claims"}
