"""The one list of rules, and the function that runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Briefing
from briefbook.rules.agreement import disagreeing_quantities
from briefbook.rules.attribution import unattributed, uncited
from briefbook.rules.chronology import (
    contradictory_values,
    disordered_disputes,
    impossible_lives,
    impossible_sources,
    later_than_sources,
    misplaced_plans,
    reversed_spans,
)
from briefbook.rules.circumstances import Circumstances
from briefbook.rules.evidence import stale_facts, weak_evidence
from briefbook.rules.finding import Finding
from briefbook.rules.ignoring import without_ignored
from briefbook.rules.likeness import likely_duplicates, orphans
from briefbook.rules.references import broken_replacements, clashing_former_ids, unknown_references
from briefbook.rules.roles import misdated_roles
from briefbook.rules.staleness import stale_translations
from briefbook.rules.texts import links_in_links, missing_translations, unknown_languages, unsafe_links
from briefbook.rules.words import wrong_words

Rule = Callable[[Briefing], Iterator[Finding]]
TimedRule = Callable[[Briefing, Circumstances], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    reversed_spans, disordered_disputes, later_than_sources, contradictory_values, misdated_roles, weak_evidence,
    likely_duplicates, orphans, disagreeing_quantities, wrong_words,
    broken_replacements, clashing_former_ids, missing_translations, uncited, unattributed, unknown_languages, unsafe_links, links_in_links,
)

# Rules that ask for the day of the check.
TIMED_RULES: tuple[TimedRule, ...] = (misplaced_plans, impossible_sources, impossible_lives, stale_facts)


def check(
    briefing: Briefing, circumstances: Circumstances, written: frozenset[str] = frozenset(), *, advice: bool = False
) -> list[Finding]:
    """Everything the rules find. `written` are ids that stand in the files, also of facts too broken to be read.

    What is no more than information is left out unless `advice` is asked for.
    """
    found = list(unknown_references(briefing, written))
    for rule in RULES:
        found.extend(rule(briefing))
    for timed in TIMED_RULES:
        found.extend(timed(briefing, circumstances))
    found.extend(stale_translations(briefing, circumstances.agreed))
    shown = without_ignored(briefing, found, circumstances)
    return [finding for finding in shown if advice or finding.severity is not Severity.INFO]
