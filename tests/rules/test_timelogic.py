"""What case files cannot show of rules about time, posts, evidence and likeness: days that are not known, broken facts, crowds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from briefbook.diagnostics import Severity
from briefbook.model.dates import When
from briefbook.reading.loading import Reading
from briefbook.rules import Circumstances
from briefbook.rules.certainty import before, earliest, latest
from briefbook.rules.chronology import (
    contradictory_values,
    disordered_disputes,
    impossible_lives,
    impossible_sources,
    later_than_sources,
    misplaced_plans,
    reversed_spans,
)
from briefbook.rules.evidence import stale_facts, weak_evidence
from briefbook.rules.likeness import likely_duplicates, orphans
from briefbook.rules.roles import misdated_roles

RULES = (
    reversed_spans, disordered_disputes, later_than_sources, contradictory_values, misdated_roles, weak_evidence,
    likely_duplicates, orphans,
)
TIMED_RULES = (misplaced_plans, impossible_sources, impossible_lives, stale_facts)
LATE = """
briefing: {title: T, as_of: 2020-01-01}
events: {fair: {date: 2019-12-31, title: Fair, planned: true, status: scheduled, cites: [paper], checked: 2019-05-01}}
sources: {paper: {publisher: The Paper, language: en, kind: primary, published: 2019, accessed: 2019-06-01}}
"""
BROKEN = """
actors:
  acme: {kind: organisation, name: Acme, relations: [{kind: owns, to: acme, from: 2024, until: 2023}]}
  roe: {kind: person, roles: [{post: chief executive, at: acme, from: 2024-13}]}
events:
  fair: {date: soon, title: [Fair], actors: acme, planned: perhaps, cites: paper}
figures:
  price: {title: Price, values: [{amount: lots, as_of: 2024, status: confirmed, replaces: none}]}
disputes:
  pay: {title: Pay, history: [{status: opened, from: 2024}], outcome: {date: 2020}, deadlines: [{met: true}]}
sources:
  paper: {published: never, url: nowhere, accessed: 2020}
terms:
  gear: {definition: {en: 'a [[wheel]]'}}
"""


@pytest.mark.parametrize("rule", TIMED_RULES, ids=lambda rule: rule.__name__)
def test_without_a_day_nothing_is_said_of_today(facts: Callable[..., Reading], rule: Callable[..., object]) -> None:
    briefing = facts(LATE).briefing
    unknown = list(rule(briefing, Circumstances(date.min)))  # type: ignore[call-overload]
    assert [] == [finding for finding in unknown if finding.code != "H304" or finding.severity is not Severity.ERROR]


def test_a_clock_that_is_behind_the_briefing_is_not_believed(facts: Callable[..., Reading]) -> None:
    briefing = facts(LATE).briefing
    behind = Circumstances(date(1980, 1, 1))
    assert [] == [*stale_facts(briefing, behind), *impossible_lives(briefing, behind)]
    assert ["the briefing’s date, 2020-01-01, is yet to come"] == [f.message for f in impossible_sources(briefing, behind)]


def test_broken_facts_break_no_rule(facts: Callable[..., Reading]) -> None:
    briefing = facts(BROKEN).briefing
    assert briefing.broken
    found = [finding for rule in RULES for finding in rule(briefing)]
    found += [finding for timed in TIMED_RULES for finding in timed(briefing, Circumstances(date(2026, 11, 23)))]
    assert ["H301"] == [finding.code for finding in found if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-05-13", "2024-05-14", True), ("2024-05-13", "2024-05-13", False), ("2024-05", "2024-05-31", False),
        ("2024-05", "2024-06", True), ("2023", "2024", True), ("2024~", "2025", False), ("2023", "2024?", False),
        ("2020/..", "2024", False), ("../2020", "2024", True), ("2019", "2020/..", True), ("2019", "../2020", False),
    ],
)
def test_dates_are_compared_where_they_are_certain(one: str, other: str, expected: bool) -> None:
    assert expected is before(When.parse(one), When.parse(other))


def test_what_is_doubtful_has_no_first_and_last_day() -> None:
    assert (date(2024, 5, 1), date(2024, 5, 31)) == (earliest(When.parse("2024-05")), latest(When.parse("2024-05")))
    assert (None, None) == (earliest(When.parse("2024-05?")), latest(When.parse("2024-05~")))
    assert (None, None) == (earliest(None), latest(None))


def test_in_a_crowd_of_events_only_neighbours_are_compared(facts: Callable[..., Reading]) -> None:
    """Three hundred events of one actor on one day, two of them alike."""
    lines = [f"  e{n}: {{date: 2024-05-13, title: 'Case {n} of gear and wheel', status: confirmed, actors: [acme], cites: [paper]}}" for n in range(300)]
    lines += ["  twin: {date: 2024-05-13, title: 'Case 7 of gears and wheel', status: confirmed, actors: [acme], cites: [paper]}"]
    briefing = facts("actors: {acme: {kind: organization, name: Acme}}\nevents:\n" + "\n".join(lines)).briefing
    assert [("twin", "this looks like “e7”; both are of about 2024-05-13")] == [(f.fact, f.message) for f in likely_duplicates(briefing)]


def test_a_language_without_knowledge_of_titles_is_left_alone(facts: Callable[..., Reading]) -> None:
    briefing = facts(
        "actors:\n  roe:\n    kind: person\n    name: Roe\n    roles: [{post: {de: Vorstandschefin}, at: acme, from: 2020, cites: [paper]}]\n"
        "  acme: {kind: organization, name: Acme}\n"
        "events: {fair: {date: 2024, title: {de: Die frühere Vorstandschefin Roe spricht}, actors: [roe], status: confirmed, cites: [paper]}}\n",
        languages=("de",),
    ).briefing
    assert [] == list(misdated_roles(briefing))
