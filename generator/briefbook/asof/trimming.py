"""What of a fact is later than a day, by the dates in it and those of its sources, is taken out; what ended later goes on again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from briefbook.asof.moment import Moment
from briefbook.asof.rebuilding import names_fact, needed, rebuilt
from briefbook.canonical import Facts
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT
from briefbook.model.claims import OWN_VOICE, Evidence, Status
from briefbook.model.dates import When
from briefbook.model.facts import (
    KINDS,
    About,
    Actor,
    Deadline,
    Dispute,
    Event,
    Figure,
    Term,
)
from briefbook.reading.yamltree import Data

Record = dict[str, Data]

# What each date of a record tells, by the name of its field. One that has not begun, or was not said, is no record yet.
BEGINS = frozenset({"from", "since", "date", "as_of", "said_on", "on"})
ENDS = frozenset({"until"})
# When the authors did something to a fact: looked at it, or withdrew it.
LOOKED = frozenset({"checked", "accessed"})
NOTED = frozenset({"on"})
# These are looked at in another way, or say nothing of when the record they stand in came to be.
OTHERS = frozenset({("Source", "published"), ("About", "as_of"), ("FigureValue", "date"), ("Ignore", "until")})
# Claims that speak of what lies ahead; they are made before the date they name.
_AHEAD = frozenset({Status.SCHEDULED, Status.PROJECTED, Status.PLEDGED, Status.PROPOSED})


def trimmed(sections: Mapping[str, Facts], moment: Moment) -> dict[str, Facts]:
    """Every section with the facts that were there by then, and what was in them. References are left as they are."""
    trimmer = _Trimmer(moment, sections.get("sources", {}))
    found: dict[str, Facts] = {}
    for kind, type_ in KINDS.items():
        made = {id_: trimmer.trim(fact, type_) for id_, fact in sections.get(kind, {}).items() if id_ not in trimmer.later}
        there: Facts = {id_: fact for id_, fact in made.items() if fact is not None}
        found |= {kind: there} if there else {}
    about = trimmer.trim(sections.get(ABOUT), About)
    return {ABOUT: about, **found} if isinstance(about, dict) else found


def when_of(written: Data) -> When | None:
    """The date that stands there, if any."""
    return None if written is None else When.parse(written)


def last_known(about: Data, now: date) -> date:
    """The last day that facts know of: that of the briefing, or else `now`."""
    as_of = when_of(about.get("as_of")) if isinstance(about, dict) else None
    return min(as_of.last(), now) if as_of else now


class _Trimmer:
    """Knows the day, and which sources were published by then."""

    def __init__(self, moment: Moment, sources: Mapping[str, Data]) -> None:
        self.moment = moment
        self.published = {id_: day for id_, source in sources.items() if (day := self._public(source)) is not None}
        self.later = frozenset(sources) - frozenset(self.published)

    def trim(self, fact: Data, type_: type[Value]) -> Data:
        return rebuilt(fact, type_, self._leaf, self._judged)

    def _public(self, source: Data) -> date | None:
        """Since when a source certainly was there, if by then. One without a date was there when it was looked at, or always."""
        assert isinstance(source, dict)
        published, accessed = when_of(source.get("published")), when_of(source.get("accessed"))
        told = published or accessed
        if told is None:
            return date.min
        over = self.moment.over(told) if published else self._looked(told)
        return min(told.first(), self.moment.day) if over else None

    def _looked(self, when: When) -> bool:
        return when.first() <= self.moment.day

    def _leaf(self, value: str, annotation: object, language: str | None) -> str | None:
        return None if language is None and names_fact(annotation) and value in self.later else value

    def _judged(self, type_: type[Value], before: Record, kept: Record) -> Record | None:
        """What is left of a record, if anything."""
        if issubclass(type_, Evidence) and any(before.get(field) and field not in kept for field in ("cites", "said_by")):
            return None
        if not self._dates(type_, before, kept):
            return None
        if "withdrawn" in before and "withdrawn" not in kept and any(_owing(kept, type_)):
            return None  # a tombstone, of which not enough is left to stand again
        return self._of_kind(type_, before, kept)

    def _dates(self, type_: type[Value], before: Record, kept: Record) -> bool:
        """Whether the record was there by then, with `kept` made to fit."""
        fields = [name for name in kept if (type_.__name__, name) not in OTHERS]
        for field in [name for name in fields if name in LOOKED | ENDS]:
            when = _when(kept[field])
            if not (self._looked(when) if field in LOOKED else self._ends(when, before, kept)):
                del kept[field]
        return all(self._began(type_, field, before, kept) for field in fields if field in BEGINS)

    def _ends(self, end: When, before: Record, kept: Record) -> bool:
        """Whether an end was known: it had come, or it lies ahead to this day and every source for it was there."""
        moment = self.moment
        return moment.present or moment.over(end) or (moment.planned(end) and kept.get("cites") == before.get("cites"))

    def _began(self, type_: type[Value], field: str, before: Record, kept: Record) -> bool:
        when, moment = _when(kept[field]), self.moment
        if field in NOTED:
            return self._looked(when)
        if not moment.present and not moment.begun(when, self._days(kept)):
            if field == "said_on" or not self._announced(type_, when, kept):
                return False
            if issubclass(type_, Event):
                kept["planned"] = True
        if when.interval and when.end and not self._ends(When(when.end, when.end), before, kept):
            if when.start:
                kept[field] = f"{when.start}/.."
            elif field not in needed(type_):
                del kept[field]
        return True

    def _announced(self, type_: type[Value], when: When, kept: Record) -> bool:
        """Whether it was known by then that it would come."""
        status = kept.get("claim_status", kept.get("status"))
        ahead = type_ is Deadline or kept.get("planned") is True or status in _AHEAD or self.moment.planned(when)
        return ahead and bool(kept.get("cites"))

    def _days(self, kept: Record) -> list[date]:
        """When the sources of a claim were published."""
        cites = kept.get("cites")
        named = [cite.get("source") if isinstance(cite, dict) else cite for cite in (cites if isinstance(cites, list) else ())]
        return [self.published[source] for source in named if isinstance(source, str) and source in self.published]

    def _of_kind(self, type_: type[Value], before: Record, kept: Record) -> Record | None:
        """What follows for one kind of record and no other."""
        lost = bool(before.get("cites")) and "cites" not in kept
        if type_ is Term and lost:
            return None
        if type_ is Actor and lost:
            kept.pop("summary", None)
        elif type_ is Figure:
            _reopen(before, kept)
        elif type_ is Dispute and _count(kept, "history") < _count(before, "history"):
            _without_undated_outcome(kept)
        elif type_ is Deadline and not self.moment.present and not self.moment.over(_when(kept["date"])):
            kept.pop("met", None)
        elif type_ is About and "as_of" in kept and not self.moment.present:
            kept["as_of"] = self.moment.day.isoformat()
        return kept


def _when(written: Data) -> When:
    return When.parse(written)


def _count(record: Record, field: str) -> int:
    items = record.get(field)
    return len(items) if isinstance(items, list) else 0


def _without_undated_outcome(dispute: Record) -> None:
    """An outcome that has no date of its own came with the last status, which is not there any more."""
    outcome = dispute.get("outcome")
    if isinstance(outcome, dict) and "date" not in outcome:
        del dispute["outcome"]


def _owing(data: Data, type_: object) -> Iterator[bool]:
    """Something for every claim that lacks sources, or the one whose word it is, as those of withdrawn facts may."""
    found: list[bool] = []

    def judge(record: type[Value], _: Record, kept: Record) -> Record:
        if issubclass(record, Evidence):
            status = kept.get("claim_status", kept.get("status", Status.CONFIRMED))
            if not kept.get("cites") or (status not in OWN_VOICE and "said_by" not in kept):
                found.append(True)
        return kept

    rebuilt(data, type_, lambda value, *_: value, judge)
    yield from found


def _reopen(before: Record, figure: Record) -> None:
    """Have values stand again that were superseded by one that is not there; what is not replaced by any, replaces none."""
    was, values = _values(before), _values(figure)
    keys = {value.get("key") for value in values} - {None}
    for value in values:
        if value.get("replaces") not in keys:
            value.pop("replaces", None)
        if value.get("status") == Status.SUPERSEDED and _stood(value, was, values):
            value["status"] = str(Status.REPORTED if "said_by" in value else Status.CONFIRMED)


def _stood(value: Record, was: Sequence[Record], values: Sequence[Record]) -> bool:
    """Whether what superseded a value is not there: whatever replaces it, or else all that is newer."""
    key = value.get("key")
    replacing = [other for other in was if key is not None and other.get("replaces") == key]
    if replacing:
        return not any(other.get("replaces") == key for other in values)
    return bool(_newer(value, was)) and not _newer(value, values)


def _newer(value: Record, others: Sequence[Record]) -> list[Record]:
    mine = _when(value["as_of"]).sort_key()
    return [other for other in others if _when(other["as_of"]).sort_key() > mine]


def _values(figure: Record) -> list[Record]:
    values = figure.get("values")
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
