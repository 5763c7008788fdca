"""Whether time runs forwards: beginnings before ends, statements before what reports them, plans ahead (codes H…).

Only dates that are certain are compared; see `certainty`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TypeVar

from briefbook.diagnostics import Severity
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT, EVERYONE, Briefing, Path, records
from briefbook.model.claims import FALLEN, Claim, Evidence, Statement, Status
from briefbook.model.dates import When
from briefbook.model.facts import Deadline, Event, Fact, FigureValue, Source, Step
from briefbook.rules.certainty import TIME_ZONES, before, day_of_check, earliest, latest
from briefbook.rules.circumstances import Circumstances
from briefbook.rules.finding import Finding

F = TypeVar("F", bound=Fact)

# Claims of these kinds speak of what was already so; a plan or what became of it may name a later date than its source.
_OF_THE_PAST = frozenset({Status.CONFIRMED, Status.REPORTED, Status.DISPUTED, Status.UNVERIFIED})
# The day in the address of an archived copy, as web archives write it.
_ARCHIVED_ON = re.compile(r"/(?:web/)?((?:19|20)\d\d)([01]\d)([0-3]\d)\d{0,6}(?:[a-z]{2}_)?/")


def reversed_spans(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """H301: a post, relation or position that ends before it begins."""
    for id_, path, record in _records(briefing, among):
        start = getattr(record, "from_", None) or getattr(record, "since", None)
        end = getattr(record, "until", None)
        if isinstance(start, When) and isinstance(end, When) and before(end, start):
            message = f"this ends on {end}, before it begins on {start}"
            yield Finding("H301", id_, (*path, "until"), message, "set one of the two dates right", word=str(end))


def disordered_disputes(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """H303: statuses of a dispute out of order, an outcome outside its time, a deadline missed before it came."""
    for dispute in _standing_facts(briefing.disputes, among):
        yield from _history_order(dispute.id, dispute.history)
        if dispute.outcome is not None and dispute.outcome.date is not None:
            yield from _outcome_order(dispute.id, dispute.outcome.date, dispute.history)
        yield from _deadlines(dispute.id, dispute.deadlines, briefing.about.as_of)


def _history_order(id_: str, history: tuple[Step, ...]) -> Iterator[Finding]:
    newest: When | None = None
    for position, step in enumerate(history):
        start, path = step.from_, ("history", position, "from")
        if before(start, newest):
            message = f"this status begins on {start}, before the one above it, which begins on {newest}"
            yield Finding("H303", id_, path, message, "the history runs from the oldest to the newest status", word=str(start))
        elif position and _same_day(start, history[position - 1].from_) and history[position - 1].status is not step.status:
            message = f"two statuses begin on {start}"
            yield Finding("H303", id_, path, message, "keep the later one, or set the dates right", Severity.WARNING, word=str(start))
        newest = max((d for d in (newest, start) if d is not None and earliest(d) is not None), key=When.sort_key, default=None)


def _same_day(one: When, other: When) -> bool:
    return one == other and earliest(one) is not None and earliest(one) == latest(one)


def _outcome_order(id_: str, when: When, history: tuple[Step, ...]) -> Iterator[Finding]:
    path: Path = ("outcome", "date")
    if all(before(when, step.from_) for step in history):
        begun = min((step.from_ for step in history), key=When.sort_key)
        message = f"the outcome, on {when}, comes before the dispute began, on {begun}"
        yield Finding("H303", id_, path, message, "set one of the dates right", word=str(when))
        return
    later = next((step for step in history if step.status.live and before(when, step.from_)), None)
    if later is not None:
        message = f"the outcome is of {when}, but the dispute is “{later.status.value}” from {later.from_}"
        hint = "date the outcome by what ended the dispute, or leave it out while it goes on"
        yield Finding("H303", id_, path, message, hint, Severity.WARNING, word=str(when))


def _deadlines(id_: str, deadlines: Iterable[Deadline], as_of: When | None) -> Iterator[Finding]:
    for position, deadline in enumerate(deadlines):
        met, when = deadline.met, deadline.date
        if met is None or not before(as_of, when):
            continue
        # One can be met early; a note says how.
        if met and deadline.note is None:
            message = f"this deadline, {when}, is told to be met, and lies after the briefing’s date, {as_of}"
            hint = "say in a note how it was met early, or leave met: out while it is open"
            yield Finding("H303", id_, ("deadlines", position, "met"), message, hint, Severity.WARNING)
        elif not met:
            message = f"this deadline, {when}, is told to be missed, but lies after the briefing’s date, {as_of}"
            yield Finding("H303", id_, ("deadlines", position, "met"), message, "leave met: out while it is open")


def misplaced_plans(briefing: Briefing, circumstances: Circumstances) -> Iterator[Finding]:
    """H304: a planned event whose date has passed, or one that lies ahead and is not marked as planned."""
    as_of, day = briefing.about.as_of, day_of_check(briefing, circumstances)
    for event in _standing_facts(briefing.events):
        when = event.date
        looked_at = before(when, event.checked)
        found = _passed(when, as_of, None if looked_at else day) if event.planned else _ahead(when, as_of, day)
        if found is not None:
            message, hint, severity = found
            yield Finding("H304", event.id, ("date",), message, hint, severity, word=str(when))


_Judged = tuple[str, str, Severity]


def _passed(when: When, as_of: When | None, day: date | None) -> _Judged | None:
    if before(when, as_of):
        message = f"this is planned for {when}, which had passed by the briefing’s own date, {as_of}"
        return message, "say what became of it, and delete planned: true", Severity.ERROR
    if before(when, day):
        message = f"this was planned for {when}, which has passed"
        hint = "look whether it happened; where that cannot be found out, say so in a note, and when you looked in checked:"
        return message, hint, Severity.INFO
    return None


def _ahead(when: When, as_of: When | None, day: date | None) -> _Judged | None:
    if before(as_of, when, TIME_ZONES):
        message = f"this is dated {when}, after the briefing’s own date, {as_of}, and is not marked as planned"
    elif before(day, when, TIME_ZONES):
        message = f"this is dated {when}, which is yet to come, and is not marked as planned"
    else:
        return None
    return message, "set the date right, or write planned: true", Severity.ERROR


def later_than_sources(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """H305 (warning): something that was so only after every source for it was published. H307: said after them."""
    published = {str(source.id): latest(source.published) for source in briefing.sources}
    for fact in _standing_facts(briefing.facts.values(), among):
        for path, record in records(fact):
            newest = _published(record, published, max) if isinstance(record, Evidence) else None
            for field, when, code, what in _dated(record) if newest else ():
                if before(newest, when, TIME_ZONES):
                    message = f"{what} {when}, after every source cited for it; the newest is of {newest}"
                    hint = "set the date right, or cite a source that can know"
                    yield Finding(code, fact.id, (*path, field), message, hint, Severity.WARNING, word=str(when))


def _dated(record: object) -> Iterator[tuple[str, When | None, str, str]]:
    """The dates of a claim that its sources must be able to know: field, date, code, and how a message starts."""
    if isinstance(record, Evidence):
        yield "said_on", record.said_on, "H307", "this was said on"
    if isinstance(record, Step) and record.standing in _OF_THE_PAST:
        yield "from", record.from_, "H305", "this status begins on"
    if not isinstance(record, Claim) or record.standing not in _OF_THE_PAST:
        return
    if isinstance(record, FigureValue) and record.date is None:
        yield "as_of", record.as_of, "H305", "this value is as of"
    elif isinstance(record, Statement) or (isinstance(record, Event) and not record.planned):
        yield "date", record.date, "H305", "this is dated"


def _published(
    value: Value, published: Mapping[str, date | None], which: Callable[[list[date]], date]
) -> date | None:
    """When the first or last of the sources of a claim or fact was published; nothing where it is not known of each."""
    days = [published.get(cite.source) for _, record in records(value) for cite in getattr(record, "cites", ())]
    known = [day for day in days if day is not None]
    return which(known) if known and len(known) == len(days) else None


def impossible_sources(briefing: Briefing, circumstances: Circumstances) -> Iterator[Finding]:
    """H306: a source looked at or archived before it was published, or newer than the briefing or the day of the check."""
    as_of, day = briefing.about.as_of, day_of_check(briefing, circumstances)
    if before(circumstances.day if circumstances.day != date.min else None, as_of, TIME_ZONES):
        message = f"the briefing’s date, {as_of}, is yet to come"
        yield Finding("H306", ABOUT, ("as_of",), message, "it is the date of the newest text read", Severity.WARNING)
    for id_, fact in briefing.written():
        if isinstance(fact, Source) and not getattr(fact, "withdrawn", None):
            yield from _source_dates(id_, fact)
            yield from _source_now(id_, fact, as_of if id_ in briefing.referrers else None, day)


def _source_dates(id_: str, source: Source) -> Iterator[Finding]:
    published, accessed = getattr(source, "published", None), getattr(source, "accessed", None)
    if before(accessed, published, TIME_ZONES):
        message = f"this was looked at on {accessed}, before it was published on {published}"
        yield Finding("H306", id_, ("accessed",), message, "set one of the two dates right", word=str(accessed))
    archived = _archived_on(getattr(source, "archived_url", None))
    if archived is not None and before(archived, published, TIME_ZONES):
        message = f"the archived copy is of {archived}, before this was published on {published}"
        yield Finding("H306", id_, ("archived_url",), message, "give the address of a later copy", Severity.WARNING)


def _source_now(id_: str, source: Source, as_of: When | None, day: date | None) -> Iterator[Finding]:
    for field in ("published", "accessed"):
        when = getattr(source, field, None)
        if before(day, when, TIME_ZONES):
            message, hint = f"this date, {when}, is yet to come", "set it right"
        elif field == "published" and before(as_of, when, TIME_ZONES):
            message = f"this was published on {when}; the briefing says that its newest text is of {as_of}"
            hint = "move as_of: of the briefing on, once the facts have been looked at"
        else:
            continue
        yield Finding("H306", id_, (field,), message, hint, Severity.WARNING, word=str(when))


def _archived_on(address: str | None) -> date | None:
    match = _ARCHIVED_ON.search(address or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def impossible_lives(briefing: Briefing, circumstances: Circumstances) -> Iterator[Finding]:
    """H308 (warning): a fact withdrawn before any source for it was published; withdrawn, checked or changed on a day to come;
    notes on changes out of order.
    """
    day = day_of_check(briefing, circumstances)
    published = {str(source.id): earliest(source.published) for source in briefing.sources}
    for fact in briefing.facts.values():
        on = fact.withdrawn.on if fact.withdrawn else None
        oldest = _published(fact, published, min) if on else None
        if before(on, oldest, TIME_ZONES):
            message = f"this was withdrawn on {on}, before any source for it was published; the oldest is of {oldest}"
            yield Finding("H308", fact.id, ("withdrawn", "on"), message, "set the date right", Severity.WARNING, word=str(on))
        dates: tuple[tuple[Path, When | None], ...] = (
            (("withdrawn", "on"), on), (("checked",), fact.checked),
            *((("changes", position, "on"), note.on) for position, note in enumerate(fact.changes)),
        )
        for path, when in dates:
            if before(day, when, TIME_ZONES):
                message = f"this date, {when}, is yet to come"
                yield Finding("H308", fact.id, path, message, "set it right", Severity.WARNING, word=str(when))
        yield from _disordered_notes(fact)


def _disordered_notes(fact: Fact) -> Iterator[Finding]:
    for position, (earlier, later) in enumerate(pairwise(note.on for note in fact.changes), start=1):
        if before(later, earlier):
            message = f"this note on a change is of {later}, the one above it of {earlier}"
            yield Finding(
                "H308", fact.id, ("changes", position, "on"), message, "notes run from the oldest to the newest",
                Severity.WARNING, word=str(later),
            )


def contradictory_values(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """H309: values that replace each other in a circle, a replaced value that still stands, a superseded one that is the newest."""
    for figure in _standing_facts(briefing.figures, among):
        circles = _circles(figure.values)
        yield from _circular(figure.id, figure.values, circles)
        yield from _still_standing(figure.id, figure.values, {position for circle in circles for position in circle})
        yield from _newest_superseded(figure.id, figure.values)


def _circular(id_: str, values: tuple[FigureValue, ...], circles: list[list[int]]) -> Iterator[Finding]:
    for group in circles:
        keys = [str(values[position].key) for position in group]
        message = f"these values replace each other in a circle: {' → '.join([*keys, keys[0]])}"
        yield Finding("H309", id_, ("values", group[0], "replaces"), message, "replaces: names the older value")


def _circles(values: tuple[FigureValue, ...]) -> list[list[int]]:
    """Each circle once, from its first value on, as positions in the order of who replaces whom."""
    place: dict[str | None, int] = {}
    for position, value in enumerate(values):
        place.setdefault(value.key, position)
    after = {n: place[v.replaces] if v.replaces in place and v.replaces else None for n, v in enumerate(values)}
    found: list[list[int]] = []
    done: set[int] = set()
    for start in range(len(values)):
        trail: list[int] = []
        here: int | None = start
        while here is not None and here not in done:
            done.add(here)
            trail.append(here)
            here = after[here]
        # A value that replaces itself is told by another rule.
        if here in trail and after[here] != here:
            found.append(trail[trail.index(here) :])
    return found


def _still_standing(id_: str, values: tuple[FigureValue, ...], circle: set[int]) -> Iterator[Finding]:
    replaced = {other.replaces for other in values if other.replaces and other.replaces != other.key}
    for position, value in enumerate(values):
        if value.key not in replaced or position in circle or value.status in FALLEN:
            continue
        message = f"this value is {value.status.value}, but another one replaces it"
        hint = "write status: superseded or retracted, or delete replaces: from the other"
        yield Finding("H309", id_, ("values", position, "status"), message, hint, Severity.WARNING)


def _newest_superseded(id_: str, values: tuple[FigureValue, ...]) -> Iterator[Finding]:
    """Only where an older one still stands: what superseded all of them may be another figure."""
    replaced = {other.replaces for other in values if other.replaces}
    for position, value in enumerate(values):
        if value.status is not Status.SUPERSEDED or value.key in replaced:
            continue
        others = [other for other in values if other is not value]
        if any(other.stands for other in others) and all(before(other.as_of, value.as_of) for other in others):
            message = f"this value, as of {value.as_of}, is superseded, but every other one is older"
            hint = "add the value that took its place, or say in another status how it stands"
            yield Finding("H309", id_, ("values", position, "status"), message, hint, Severity.WARNING)


def _records(briefing: Briefing, among: Container[str]) -> Iterator[tuple[str, Path, Value]]:
    """Every record of every fact that was not withdrawn, also of broken ones."""
    for id_, fact in briefing.written(among):
        if not getattr(fact, "withdrawn", None):
            yield from ((id_, path, record) for path, record in records(fact))


def _standing_facts(facts: Iterable[F], among: Container[str] = EVERYONE) -> Iterator[F]:
    """Those that were not withdrawn."""
    return (fact for fact in facts if fact.withdrawn is None and fact.id in among)
