"""How well statements are sourced: how many sources, how near, how read, how long ago looked at (codes E…).

Most of it is no mistake, only something an author should know, so it is told as information and stops nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, timedelta

from briefbook.diagnostics import Severity
from briefbook.model.briefing import ABOUT, EVERYONE, Briefing, Path, records
from briefbook.model.claims import FALLEN, Claim, Confidence, Status
from briefbook.model.dates import When
from briefbook.model.facts import Read, Source, SourceKind, Step
from briefbook.rules.certainty import before, day_of_check
from briefbook.rules.circumstances import Circumstances
from briefbook.rules.finding import Finding

# A fact that was last looked at longer ago than this is told to be stale.
STALE_AFTER = timedelta(days=180)

_NOT_READ = frozenset({Read.LINK})
_NOT_ITSELF = frozenset({Read.LINK, Read.COPY})
# Who reads that a claim is doubtful has been told enough.
_DOUBTED = frozenset({Confidence.LOW, Confidence.MEDIUM})

_Judged = tuple[str, str, str, Severity]


def weak_evidence(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """E401 (information): confirmed on one source that is not primary. E402: on aggregators only; a warning where
    it is confirmed in our own voice. E403 (warning): on sources that nobody read. E404 (information): confirmed through copies only.
    """
    sources = {str(source.id): source for source in briefing.sources}
    for fact in (fact for fact in briefing.facts.values() if fact.id in among):
        for path, record in records(fact) if fact.withdrawn is None else ():
            if isinstance(record, Claim | Step) and record.standing not in FALLEN:
                named = {str(cite.source) for cite in record.cites}
                cited = [sources[id_] for id_ in sorted(named) if id_ in sources]
                # Of a source that is not there, or is broken, nothing can be said.
                if cited and len(cited) == len(named):
                    yield from _judged(fact.id, path, record, cited, fact.confidence)


def _judged(id_: str, path: Path, claim: Claim | Step, cited: list[Source], of_fact: Confidence | None) -> Iterator[Finding]:
    doubted = not _DOUBTED.isdisjoint((claim.confidence, of_fact))
    # What nobody read need not also be told to be far away.
    found = [_unread(claim, cited, doubted), _few(claim, cited, doubted), _far(claim, cited, doubted)]
    if found[0] is not None and found[0][0] == "E403":
        found = found[:1]
    for code, message, hint, severity in filter(None, found):
        yield Finding(code, id_, (*path, "cites"), message, hint, severity, on_key=True)


def _few(claim: Claim | Step, cited: list[Source], doubted: bool) -> _Judged | None:
    if claim.standing is not Status.CONFIRMED or doubted or len(cited) > 1:
        return None
    if cited[0].kind in (SourceKind.PRIMARY, SourceKind.AGGREGATOR):
        return None
    message = f"this is confirmed, but rests on one source, “{cited[0].id}”, which is not primary"
    return "E401", message, "cite the document itself or a second source, if there is one", Severity.INFO


def _far(claim: Claim | Step, cited: list[Source], doubted: bool) -> _Judged | None:
    if doubted or claim.standing is Status.UNVERIFIED or any(source.kind is not SourceKind.AGGREGATOR for source in cited):
        return None
    hint = "cite the original that they name; else say whose word it is in said_by:, or how sure you are in confidence:"
    if claim.standing is Status.CONFIRMED and claim.said_by is None:
        return "E402", "this is confirmed, but rests on aggregators only", hint, Severity.WARNING
    return "E402", "this rests on aggregators only", hint, Severity.INFO


def _unread(claim: Claim | Step, cited: list[Source], doubted: bool) -> _Judged | None:
    ways = {source.read for source in cited}
    if ways <= _NOT_READ:
        message = "this rests on sources that were not read"
        return "E403", message, "read one of them, or cite what was read", Severity.WARNING
    if claim.standing is Status.CONFIRMED and not doubted and ways <= _NOT_ITSELF:
        message = "this is confirmed, but every source for it was read through somebody else’s copy"
        return "E404", message, "read one of them where it was published, if that can be done", Severity.INFO
    return None


def stale_facts(briefing: Briefing, circumstances: Circumstances) -> Iterator[Finding]:
    """E405 (information): facts that were last looked at more than 180 days before the day of the check.

    A fact without a date of its own was last looked at when the briefing was: that is told once.
    """
    day = day_of_check(briefing, circumstances)
    if day is None:
        return
    if _stale(briefing.about.as_of, day):
        yield _looked_at(ABOUT, ("as_of",), briefing.about.as_of, day)
    for fact in briefing.facts.values():
        if fact.withdrawn is None and _stale(fact.checked, day):
            yield _looked_at(fact.id, ("checked",), fact.checked, day)


def _stale(when: When | None, day: date) -> bool:
    return before(when, day, STALE_AFTER)


def _looked_at(id_: str, path: Path, when: When | None, day: date) -> Finding:
    days = (day - when.last()).days if when else 0
    message = f"{'what has no date of its own' if id_ == ABOUT else 'this'} was last looked at {days} days ago"
    return Finding("E405", id_, path, message, "look at it again, and move the date on", Severity.INFO)
