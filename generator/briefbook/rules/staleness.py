"""Whether every wording has kept up with those in other languages (codes S6…)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Briefing
from briefbook.model.fingerprints import Lock, stale_texts
from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry


def stale_translations(briefing: Briefing, lock: Lock) -> Inquiry:
    """S601 (warning): a wording that has stayed the same since one in another language changed."""
    return Inquiry("translations", partial(_stale, briefing, lock), lock.digest)


def _stale(briefing: Briefing, lock: Lock, among: Container[str]) -> Iterator[Finding]:
    for standing in stale_texts(briefing, lock, among):
        unit = standing.unit
        for language, changed in standing.stale.items():
            field = next(step for step in reversed(unit.path) if isinstance(step, str))
            message = f"“{field}” in “{language}” may be out of date: {_named(changed)} changed since they were last seen to agree"
            hint = f"bring it up to date; or, where it still says the same: briefbook translations --accept {unit.fact}"
            yield Finding("S601", unit.fact, (*unit.path, language), message, hint, Severity.WARNING)


def _named(languages: tuple[str, ...]) -> str:
    quoted = [f"“{language}”" for language in languages]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
