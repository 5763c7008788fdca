"""The one list of rules, and the function that runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefbook.model.briefing import Briefing
from briefbook.rules.attribution import unattributed, uncited
from briefbook.rules.circumstances import Circumstances
from briefbook.rules.finding import Finding
from briefbook.rules.ignoring import without_ignored
from briefbook.rules.references import broken_replacements, clashing_former_ids, unknown_references
from briefbook.rules.texts import missing_translations, unknown_languages, unsafe_links

Rule = Callable[[Briefing], Iterator[Finding]]
TimedRule = Callable[[Briefing, Circumstances], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    broken_replacements, clashing_former_ids, missing_translations, uncited, unattributed, unknown_languages, unsafe_links,
)

# Rules that ask for the day of the check.
TIMED_RULES: tuple[TimedRule, ...] = ()


def check(briefing: Briefing, circumstances: Circumstances, written: frozenset[str] = frozenset()) -> list[Finding]:
    """Everything the rules find. `written` are ids that stand in the files, also of facts too broken to be read."""
    found = list(unknown_references(briefing, written))
    for rule in RULES:
        found.extend(rule(briefing))
    for timed in TIMED_RULES:
        found.extend(timed(briefing, circumstances))
    return without_ignored(briefing, found, circumstances)
