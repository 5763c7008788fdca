"""Findings that authors have accepted, with a reason and until a date (codes I…)."""

from __future__ import annotations

from collections.abc import Iterable

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Briefing
from briefbook.model.facts import About, Fact, Ignore
from briefbook.rules.circumstances import Circumstances
from briefbook.rules.finding import Finding


def without_ignored(briefing: Briefing, found: Iterable[Finding], circumstances: Circumstances) -> list[Finding]:
    """`found` without what its facts ignore, and with what is wrong with ignoring.

    I001: an `ignore` that has run out; what it hid is shown again. I002: one that hides nothing.
    """
    accepted = {(id_, entry.code): (n, entry) for id_, n, entry in _entries(briefing)}
    used: set[tuple[str, str]] = set()
    shown: list[Finding] = []
    for finding in found:
        key = (finding.fact, finding.code)
        if key in accepted:
            used.add(key)
        if key not in accepted or _lapsed(accepted[key][1], circumstances):
            shown.append(finding)
    for (id_, code), (position, entry) in accepted.items():
        path = ("ignore", position, "until" if (id_, code) in used else "code")
        if (id_, code) not in used:
            message = f"nothing here is found by {code} any more"
            shown.append(Finding("I002", id_, path, message, "delete this entry", Severity.WARNING))
        elif _lapsed(entry, circumstances):
            message = f"ignoring {code} ended on {entry.until}"
            hint = f"mend what {code} finds, or set a later date; the reason given was: {entry.why}"
            shown.append(Finding("I001", id_, path, message, hint, Severity.WARNING))
    return shown


def is_ignored(briefing: Briefing, code: str) -> bool:
    """Whether any fact ignores a code."""
    return any(entry.code == code for _, _, entry in _entries(briefing))


def _entries(briefing: Briefing) -> Iterable[tuple[str, int, Ignore]]:
    for id_, fact in briefing.written():
        if isinstance(fact, Fact | About):
            yield from ((id_, position, entry) for position, entry in enumerate(getattr(fact, "ignore", ())))


def _lapsed(entry: Ignore, circumstances: Circumstances) -> bool:
    return entry.until is not None and entry.until.last() < circumstances.day
