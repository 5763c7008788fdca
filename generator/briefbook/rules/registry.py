"""The one list of rules, and the function that runs them all."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Briefing
from briefbook.model.fingerprints import suspects
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
from briefbook.rules.ignoring import is_ignored, without_ignored
from briefbook.rules.inquiry import Inquiry
from briefbook.rules.known import NOTHING_KNOWN, Known
from briefbook.rules.likeness import likely_duplicates, orphans
from briefbook.rules.references import broken_replacements, clashing_former_ids, unknown_references
from briefbook.rules.roles import misdated_roles
from briefbook.rules.sharing import ask_all
from briefbook.rules.staleness import stale_translations
from briefbook.rules.texts import links_in_links, missing_translations, unknown_languages, unsafe_links
from briefbook.rules.words import wrong_words

Rule = Callable[[Briefing], Iterable[Finding]]
LocalRule = Callable[[Briefing, Container[str]], Iterable[Finding]]
TimedRule = Callable[[Briefing, Circumstances], Iterable[Finding]]

# Rules that look at one fact and at those it refers to, and at nothing else but the languages and the date of the briefing.
LOCAL_RULES: tuple[LocalRule, ...] = (
    reversed_spans, disordered_disputes, later_than_sources, contradictory_values,
    broken_replacements, missing_translations, uncited, unattributed, unknown_languages, unsafe_links, links_in_links,
)

# The same, of rules that give advice about so many facts that they are best asked on their own.
LOCAL_ADVICE: tuple[LocalRule, ...] = (weak_evidence,)

# Rules that look at one fact in the light of all.
INFORMED_RULES: tuple[Callable[..., Inquiry], ...] = (misdated_roles, disagreeing_quantities, wrong_words)

# Rules that look at everything.
GLOBAL_RULES: tuple[Rule, ...] = (likely_duplicates, clashing_former_ids)

# The same, of rules that find nothing but information, each with its code. Without need they are not asked.
GLOBAL_ADVICE: tuple[tuple[str, Rule], ...] = (("D502", orphans),)

# All of these together: no rule that asks for the day of the check.
RULES: tuple[Callable[..., Iterable[Finding]], ...] = (
    unknown_references, *LOCAL_RULES, *LOCAL_ADVICE, *INFORMED_RULES, *GLOBAL_RULES, *(rule for _, rule in GLOBAL_ADVICE),
)

# Rules that ask for the day of the check.
TIMED_RULES: tuple[TimedRule, ...] = (misplaced_plans, impossible_sources, impossible_lives, stale_facts)


def check(
    briefing: Briefing, circumstances: Circumstances, written: frozenset[str] = frozenset(), *,
    known: Known = NOTHING_KNOWN, advice: bool = False,
) -> list[Finding]:
    """Everything the rules find. `written` are ids that stand in the files, also of facts too broken to be read.

    What is no more than information is left out unless `advice` is asked for. What is `known` from earlier checks is not
    judged again.
    """
    known.recall(briefing.written())
    stale = stale_translations(briefing, circumstances.agreed)
    found = known.judged(briefing, [*_inquiries(briefing, written, known), stale], ask_all)
    suspects.keep(briefing, (circumstances.agreed, frozenset(finding.fact for finding in found if finding.code == "S601")))
    for rule in GLOBAL_RULES:
        found.extend(rule(briefing))
    for code, advising in GLOBAL_ADVICE:
        if advice or is_ignored(briefing, code):
            found.extend(advising(briefing))
    for timed in TIMED_RULES:
        found.extend(timed(briefing, circumstances))
    shown = without_ignored(briefing, found, circumstances)
    return [finding for finding in shown if advice or finding.severity is not Severity.INFO]


def _inquiries(briefing: Briefing, written: frozenset[str], known: Known) -> Iterator[Inquiry]:
    def alone(among: Container[str]) -> Iterator[Finding]:
        yield from unknown_references(briefing, written, among)
        for local in LOCAL_RULES:
            yield from local(briefing, among)

    yield Inquiry("alone", alone)
    yield from (Inquiry(rule.__name__, partial(rule, briefing)) for rule in LOCAL_ADVICE)
    yield misdated_roles(briefing)
    yield disagreeing_quantities(briefing)
    yield wrong_words(briefing, known)
