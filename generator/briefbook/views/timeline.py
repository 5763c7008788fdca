"""The timeline: every event drawn and listed by dispute, how the disputes moved, and what readers may choose from it.

What a script needs to know of an event stands on its date in the lists, so that it need not be asked for; the choice
is shown by that script alone, and nothing is lost without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.model.claims import Status
from briefbook.model.dates import PartialDate, When
from briefbook.model.facts import Actor, Dispute, Event
from briefbook.views.blocks import ChartBlock, Group, Record, crumbs_home, foot_of, head_of, in_reading_order
from briefbook.views.desk import Desk, spaced
from briefbook.views.dispute import all_statuses
from briefbook.views.spans import NO_DISPUTE, days_of, month_of, room, timeline_block
from briefbook.wording.markdown import Md, attribute, escape

_PLANNED = "planned"
# A longer time is chosen by years alone.
_MOST_YEARS = 50


@dataclass(frozen=True, slots=True)
class Lane(Group):
    """The events of a dispute; `id` is what the script knows it by, as attributes hold it."""

    id: Md


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: what stands for it in an address, and its words. Both as attributes hold them."""

    value: Md
    words: Md


@dataclass(frozen=True, slots=True)
class Year:
    """A year that can be chosen, or its months."""

    year: Option
    months: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Controls:
    """What readers may choose, and between which days the events lie. `words` are as attributes hold them, for they stand in HTML."""

    disputes: tuple[Option, ...]
    actors: tuple[Option, ...]
    kinds: tuple[Option, ...]
    years: tuple[Year, ...]
    first: Md
    last: Md
    words: Mapping[str, Md]


@dataclass(frozen=True, slots=True)
class TimelinePage(Record):
    """Every event, drawn and listed by dispute, and how the disputes moved."""

    controls: Controls | None
    timeline: ChartBlock | None
    lanes: tuple[Lane, ...]
    statuses: ChartBlock | None


def timeline_page(desk: Desk) -> TimelinePage:
    """The timeline."""
    events = [e for e in desk.briefing.events if not e.withdrawn]
    disputes = [d for d in desk.briefing.disputes if not d.withdrawn and any(d.id in e.disputes for e in events)]
    timeline = timeline_block(desk, disputes, events, others=True)
    # In the order of the template.
    controls, lanes = _controls(desk, disputes, events), tuple(_lanes(desk, disputes, events))
    statuses = all_statuses(desk)
    head = head_of(desk, desk.label("page.timeline"), crumbs_home(desk))
    return TimelinePage(head, foot_of(desk), (), controls, timeline, lanes, statuses)


def _lanes(desk: Desk, disputes: Sequence[Dispute], events: Sequence[Event]) -> Iterable[Lane]:
    for dispute in disputes:
        lines = tuple(_line(desk, e) for e in events if dispute.id in e.disputes)
        yield Lane(desk.link(dispute.id), f"lane-{dispute.id}", lines, attribute(dispute.id))
    others = tuple(_line(desk, e) for e in events if not e.disputes)
    if others:
        yield Lane(desk.label("heading.other-events"), "other-events", others, attribute(NO_DISPUTE))


def _line(desk: Desk, event: Event) -> Md:
    """An event in a list: its date, with what the script knows it by, its link, and how it stands."""
    start, end = days_of(event)
    actors = " ".join(dict.fromkeys(str(part.id) for part in event.actors))
    known = {"event": event.id, "from": start.isoformat(), "to": end.isoformat(), "actors": actors, "kind": _kind(event)}
    data = " ".join(f'data-{name}="{attribute(value)}"' for name, value in known.items())
    when = escape(desk.language.date(event.date))
    return spaced(Md(f'<span class="bb-date" {data}>{when}</span>'), desk.link(event.id), desk.standing(event))


def _kind(event: Event) -> str:
    """What readers choose by: how it stands; what lies ahead is planned, whoever says so, as in the drawing."""
    return _PLANNED if event.planned else event.standing.value


def _controls(desk: Desk, disputes: Sequence[Dispute], events: Sequence[Event]) -> Controls | None:
    """What can be chosen; nothing to choose from where there are not at least two events."""
    if len(events) < 2:
        return None
    days = [day for event in events for day in days_of(event)]
    first, last = room([min(days)], [max(days)])
    number = desk.language.number
    words = desk.labels.under("timeline")
    # The script counts; how a number is written is said here.
    words["count"] = desk.labels.fill("timeline.count", shown="{shown}", all=number(len(events)))
    words["numbers"] = "|".join(map(number, range(len(events) + 1)))
    return Controls(
        tuple(_disputes(desk, disputes, events)), tuple(_actors(desk, events)), tuple(_kinds(desk, events)),
        tuple(years_between(desk, min(days), max(days))), attribute(first.isoformat()), attribute(last.isoformat()),
        {name: attribute(word) for name, word in words.items()},
    )


def _disputes(desk: Desk, disputes: Sequence[Dispute], events: Sequence[Event]) -> Iterable[Option]:
    for dispute in disputes:
        yield _option(dispute.id, desk.name(dispute))
    if any(not e.disputes for e in events):
        yield _option(NO_DISPUTE, desk.labels["heading.other-events"])


def _actors(desk: Desk, events: Sequence[Event]) -> Iterable[Option]:
    ids = dict.fromkeys(str(part.id) for event in events for part in event.actors)
    found = [fact for id_ in ids if isinstance(fact := desk.briefing.facts.get(id_), Actor)]
    return (_option(actor.id, desk.name(actor)) for actor in in_reading_order(desk, found))


def _kinds(desk: Desk, events: Sequence[Event]) -> Iterable[Option]:
    present = {_kind(event) for event in events}
    words = {status.value: desk.labels[f"status.{status.value}"] for status in Status}
    words[_PLANNED] = desk.labels["chart.key.planned"]
    return (_option(kind, word) for kind, word in words.items() if kind in present)


def years_between(desk: Desk, first: date, last: date) -> Iterable[Year]:
    """Every year from the first day to the last, and the months of each, unless that would be too many."""
    for year in range(first.year, last.year + 1):
        in_it = [date(year, m, 1) for m in range(1, 13) if first.replace(day=1) <= date(year, m, 1) <= last]
        months = tuple(_option(f"{day.year:04}-{day.month:02}", desk.language.date(month_of(day))) for day in in_it)
        whole = When(PartialDate(year), PartialDate(year))
        named = _option(f"{year:04}-01", desk.language.date(whole))
        yield Year(named, months if last.year - first.year < _MOST_YEARS else ())


def _option(value: str, words: str) -> Option:
    return Option(attribute(value), attribute(words))
