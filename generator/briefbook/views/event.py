"""An event's page, and the list of all events."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from briefbook.model.dates import PartialDate, When
from briefbook.model.facts import Event
from briefbook.views.blocks import Group, Record, crumbs_home, crumbs_to, foot_of, head_of, referrers_of
from briefbook.views.desk import Desk, Said, spaced
from briefbook.wording.markdown import Md, escape


@dataclass(frozen=True, slots=True)
class EventPage(Record):
    """One event: when, what, who, what it belongs to, on whose word."""

    date: Md
    planned: Md
    summary: Said
    actors: tuple[Md, ...]
    disputes: tuple[Md, ...]
    before: Md
    after: Md


@dataclass(frozen=True, slots=True)
class EventsPage(Record):
    """All events by year, newest first."""

    count: Md
    years: tuple[Group, ...]


def event_page(desk: Desk, event: Event) -> EventPage:
    """The page of one event."""
    summary = desk.said(event, desk.text(event.summary or event.title))
    actors = tuple(
        spaced(desk.link(part.id), desk.label("part", part=desk.text(part.part)) if part.part else Md(""))
        for part in event.actors
    )
    events = desk.briefing.events
    at = events.index(event)
    before, after = events[at - 1] if at else None, events[at + 1] if at + 1 < len(events) else None
    fields = {
        "date": escape(desk.language.date(event.date)),
        "planned": desk.label("event.planned") if event.planned else Md(""),
        "summary": summary,
        "actors": actors,
        "disputes": tuple(desk.link(id_) for id_ in event.disputes),
        "before": desk.event_line(before) if before else Md(""),
        "after": desk.event_line(after) if after else Md(""),
        "referrers": referrers_of(desk, event, {*event.disputes, *(part.id for part in event.actors)}),
    }
    head = head_of(desk, desk.title(event), crumbs_to(desk, "events"), event)
    return EventPage(head=head, foot=foot_of(desk, event), **fields)  # type: ignore[arg-type]


def events_page(desk: Desk) -> EventsPage:
    """The list of all events, newest first."""
    known = desk.briefing.events
    by_year = [(year, list(group)) for year, group in groupby(known, key=lambda e: e.date.sort_key()[0].year)]
    years = tuple(_year(desk, year, group) for year, group in reversed(by_year))
    count = escape(desk.language.count("events", len(known)))
    head = head_of(desk, desk.label("kind.events"), crumbs_home(desk))
    return EventsPage(head, foot_of(desk), (), count, years)


def _year(desk: Desk, year: int, events: list[Event]) -> Group:
    whole = PartialDate(year)
    heading = escape(desk.language.date(When(whole, whole)))
    return Group(heading, f"year-{year}", tuple(desk.event_line(event) for event in reversed(events)))
