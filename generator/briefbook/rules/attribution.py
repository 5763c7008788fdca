"""Whether every statement says what it rests on and whose word it is (codes C…)."""

from __future__ import annotations

from collections.abc import Container, Iterator

from briefbook.model.briefing import EVERYONE, Briefing, Path, records
from briefbook.model.claims import OWN_VOICE, Evidence
from briefbook.model.facts import Step
from briefbook.rules.finding import Finding


def uncited(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """C001: a claim without a citation."""
    for id_, path, claim in _claims(briefing, among):
        if not claim.cites:
            hint = "add cites: [source-id]"
            yield Finding("C001", id_, path, f"{_name(path)} cites no source", hint, on_key=True)


def unattributed(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """C002: a claim we may not state in our own voice, that does not say whose word it is."""
    for id_, path, claim in _claims(briefing, among):
        standing = getattr(claim, "claim_status" if isinstance(claim, Step) else "status", None)
        if standing is None or standing in OWN_VOICE or claim.said_by is not None:
            continue
        message = f"{_name(path)} is {standing.value}, but does not say by whom"
        hint = "add said_by: an actor’s or source’s id, or words in each language"
        yield Finding("C002", id_, path, message, hint, on_key=True)


def _claims(briefing: Briefing, among: Container[str]) -> Iterator[tuple[str, Path, Evidence]]:
    for id_, fact in briefing.written(among):
        if getattr(fact, "withdrawn", None):
            continue
        for path, record in records(fact):
            if isinstance(record, Evidence):
                yield id_, path, record


def _name(path: Path) -> str:
    if not path:
        return "this event"
    named = [f"{step + 1}" if isinstance(step, int) else step for step in path]
    return f"“{' '.join(named)}”"


