"""What the case files of rules do not show: that rules find nothing where there is nothing, and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from briefbook.model.briefing import Briefing
from briefbook.model.facts import About
from briefbook.model.text import LocalText
from briefbook.reading.loading import Reading
from briefbook.rules import Circumstances, Finding, check
from briefbook.rules.registry import RULES

TODAY = Circumstances(date(2026, 11, 23))
EMPTY = Briefing(("en",), About(title=LocalText.parse("T")), {})
SOUND = """
briefing: {title: {en: A quarrel, ja: 争い}, key_figures: [price]}
sources: {paper: {publisher: The Paper, language: en, kind: newsroom, url: https://example.org/}}
actors:
  acme:
    kind: organization
    name: {en: Acme, ja: アクメ}
    formerly: [acme-inc]
    summary: {en: "see [[price#first|here]] and [this](https://example.org/)", ja: "[[price]]を参照"}
    roles: [{post: {en: host, ja: 主催}, at: acme, from: 2019, cites: [paper]}]
figures:
  price: {title: {en: Price, ja: 価格}, values: [{key: first, amount: 1 USD, as_of: 2024, status: confirmed, cites: [paper]}]}
"""


def test_there_are_rules_and_each_says_what_it_finds() -> None:
    assert len(RULES) >= 7
    assert [] == [rule.__name__ for rule in RULES if not (rule.__doc__ or "").strip()[:1].isupper()]


def test_an_empty_briefing_breaks_no_rule() -> None:
    assert [] == check(EMPTY, TODAY)


def test_a_sound_briefing_breaks_no_rule(facts: Callable[..., Reading]) -> None:
    reading = facts(SOUND)
    assert [] == check(reading.briefing, TODAY)
    assert [] == reading.diagnostics


def test_the_same_briefing_gives_the_same_findings(facts: Callable[..., Reading]) -> None:
    briefing = facts(SOUND.replace("price#first", "cost").replace("ja: 争い", "de: Streit")).briefing
    first = check(briefing, TODAY)
    assert {"R001", "L001", "L002"} == {finding.code for finding in first}
    assert first == check(briefing, TODAY)


def test_what_is_written_but_broken_is_not_unknown(facts: Callable[..., Reading]) -> None:
    briefing = facts("terms: {agi: {name: AGI, definition: '[[acme]] [[other]]'}}\n").briefing
    expected = ["“acme”", "“other”"]
    assert expected == [finding.message.rpartition(" ")[2] for finding in check(briefing, TODAY)]
    assert expected[1:] == [finding.message.rpartition(" ")[2] for finding in check(briefing, TODAY, frozenset({"acme"}))]


def test_the_briefing_itself_is_no_fact_to_link_to(facts: Callable[..., Reading]) -> None:
    reading = facts("briefing: {title: T}\nterms: {agi: {name: AGI, definition: 'see [[briefing]]'}}\n")
    assert ["no fact has the id “briefing”"] == [found.message for found in reading.diagnostics]


@pytest.mark.parametrize("kind", ["key_figures: [agi]", "lead: 'see [[nobody]]'"])
def test_the_briefing_itself_is_judged_too(facts: Callable[..., Reading], kind: str) -> None:
    reading = facts(f"briefing: {{title: T, {kind}}}\nterms: {{agi: {{name: AGI, definition: x}}}}\n")
    assert 1 == len(reading.diagnostics)
    assert reading.diagnostics[0].code in ("R001", "R002")


def test_a_finding_is_an_error_unless_it_says_otherwise() -> None:
    assert "error" == Finding("X001", "acme", (), "wrong").severity
