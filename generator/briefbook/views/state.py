"""The state of play, and the front page in all languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from briefbook.model.briefing import ABOUT
from briefbook.model.facts import Actor, Deadline, Event, Figure
from briefbook.views import addresses
from briefbook.views.actor import who_line
from briefbook.views.blocks import ChartBlock, Head, Picture, Record, foot_of, head_of
from briefbook.views.desk import Desk
from briefbook.views.dispute import Board, deadline_line, the_board
from briefbook.views.editions import Moment, moments
from briefbook.views.figure import Leading, leading_value, spark_of
from briefbook.views.spans import last_day, recent_block
from briefbook.views.stages import news
from briefbook.wording.markdown import Md, attribute

_MOST_LATEST = 6
_MOST_KEY_FIGURES = 8
_MOST_PARTIES = 10


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its name, its leading value, its basis, as of when, and its course where it has one."""

    name: Md
    value: Leading
    course: Picture | None


@dataclass(frozen=True, slots=True)
class StatePage(Record):
    """Where things stand, on one page."""

    lead: Md
    note: Md
    board: Board
    more_disputes: Md
    cards: tuple[Card, ...]
    more_figures: Md
    latest: tuple[Md, ...]
    more_events: Md
    news: Md
    following: tuple[Md, ...]
    timeline: ChartBlock | None
    more_timeline: Md
    actors: tuple[Md, ...]
    more_actors: Md
    moments: tuple[Moment, ...]
    more_editions: Md


@dataclass(frozen=True, slots=True)
class Door:
    """The way into one language, in that language."""

    lang: Md
    direction: Md
    title: Md
    lead: Md
    enter: Md


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The page at the top of the site, in all its languages."""

    head: Head
    doors: tuple[Door, ...]


def state_page(desk: Desk) -> StatePage:
    """The state of play in one language."""
    about, briefing = desk.briefing.about, desk.briefing
    happened = [e for e in briefing.events if not e.planned and not e.withdrawn]
    figures = [f for id_ in about.key_figures if isinstance(f := briefing.facts.get(str(id_)), Figure)]
    disputes = [d for d in briefing.disputes if not d.withdrawn]
    # In the order of the template, so that notes are numbered as they are read.
    fields = {
        "lead": desk.text(about.lead),
        "note": desk.text(about.note),
        "cards": tuple(_card(desk, figure) for figure in figures[:_MOST_KEY_FIGURES]),
        "more_figures": desk.to(addresses.index_of(desk.code, "figures"), desk.label("more.figures")),
        "board": the_board(desk),
        "more_disputes": desk.to(addresses.index_of(desk.code, "disputes"), desk.label("more.disputes")),
        "latest": tuple(desk.event_line(e) for e in reversed(happened[-_MOST_LATEST:])),
        "more_events": desk.to(addresses.index_of(desk.code, "events"), desk.label("more.events")),
        "news": news(desk),
        "following": tuple(_ahead(desk)),
        "timeline": recent_block(desk, disputes, [e for e in briefing.events if not e.withdrawn], last_day(desk)),
        "more_timeline": desk.to(addresses.timeline(desk.code), desk.label("more.timeline")),
        "actors": _parties(desk),
        "more_actors": desk.to(addresses.index_of(desk.code, "actors"), desk.label("more.actors")),
        "moments": moments(desk),
        "more_editions": desk.to(addresses.editions(desk.code), desk.label("more.editions")),
    }
    head = head_of(desk, desk.text(about.title), (), about=ABOUT)
    return StatePage(head=head, foot=foot_of(desk), referrers=(), **fields)  # type: ignore[arg-type]


def front_page(desk: Desk) -> FrontPage:
    """The front page; `desk` is that of the first language."""
    doors = []
    for code in desk.briefing.languages:
        here = Desk(desk.briefing, desk.languages, code, desk.uri)
        about = desk.briefing.about
        enter = here.to(addresses.home(code), here.label("front.enter", language=here.language.own_name))
        doors.append(Door(
            attribute(code), Md(here.language.direction), here.text(about.title), here.text(about.lead), enter,
        ))
    return FrontPage(head_of(desk, desk.text(desk.briefing.about.title), ()), tuple(doors))


def _card(desk: Desk, figure: Figure) -> Card:
    return Card(desk.link(figure.id), leading_value(desk, figure), spark_of(desk, figure))


def _ahead(desk: Desk) -> Iterator[Md]:
    """What is due after the date of the newest text, by date: planned events and open deadlines."""
    until = last_day(desk)
    planned = [e for e in desk.briefing.events if e.planned and not e.withdrawn]
    open_ = [d for x in desk.briefing.disputes for d in x.deadlines if d.met is None and d.date.last() > until]
    due: list[Event | Deadline] = sorted([*planned, *open_], key=lambda item: item.date.sort_key())
    for item in due:
        yield desk.event_line(item) if isinstance(item, Event) else deadline_line(desk, item)


def _parties(desk: Desk) -> tuple[Md, ...]:
    """The parties to disputes, those to most of them first, and what each is."""
    parties = (party for dispute in desk.briefing.disputes if not dispute.withdrawn for party in dispute.parties)
    counts = Counter(str(party) for party in parties)
    order = sorted(counts, key=lambda id_: (-counts[id_], id_))[:_MOST_PARTIES]
    found = (desk.briefing.facts.get(id_) for id_ in order)
    return tuple(who_line(desk, actor) for actor in found if isinstance(actor, Actor))
