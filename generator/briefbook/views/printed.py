"""The print edition: the whole briefing on one page, in the order of a report, its links leading to places within it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from briefbook.model.briefing import ABOUT
from briefbook.model.dates import PartialDate, When
from briefbook.model.facts import Actor, ActorKind, Dispute, Event, Figure, Term
from briefbook.views.actor import posts_of
from briefbook.views.blocks import (
    ChartBlock,
    Picture,
    Record,
    Table,
    citation_of,
    crumbs_home,
    foot_of,
    head_of,
    in_reading_order,
)
from briefbook.views.desk import EMPTY, Desk, spaced
from briefbook.views.dispute import Board, Contest, Open, Side, all_statuses, dispute_page, the_board
from briefbook.views.figure import values_table
from briefbook.views.spans import last_day, strips
from briefbook.wording.markdown import Md, escape


@dataclass(frozen=True, slots=True)
class PrintedDispute:
    """A dispute as a chapter."""

    anchor: str
    title: Md
    question: Md
    status: Md
    since: Md
    trend: Md
    why: Md
    course: Picture | None
    parties: tuple[Md, ...]
    forum: Md
    summary: Md
    note: Md
    outcome: Md
    sides: tuple[Side, ...]
    record: tuple[Md, ...]
    stakes: tuple[Md, ...]
    contests: tuple[Contest, ...]
    history: tuple[Md, ...]
    deadlines: tuple[Md, ...]
    questions: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact in a list: its place to link to, what it is called, and what is said of it."""

    anchor: str
    name: Md
    text: Md


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries under a heading."""

    heading: Md
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure with all its values."""

    anchor: str
    name: Md
    definition: Md
    values: Table


@dataclass(frozen=True, slots=True)
class PrintPage(Record):
    """The whole briefing. `subtitle` says what it is; the title is the briefing's own."""

    subtitle: Md
    hint: Md
    lead: Md
    note: Md
    citation: Md
    board: Board
    statuses: ChartBlock | None
    disputes: tuple[PrintedDispute, ...]
    years: tuple[Entries, ...]
    figures: tuple[PrintedFigure, ...]
    actors: tuple[Entries, ...]
    terms: tuple[Entry, ...]


def print_page(desk: Desk) -> PrintPage:
    """The print edition in one language."""
    here = frozenset(id_ for id_, fact in desk.briefing.facts.items() if _printed(fact))
    desk = replace(desk, here=here, returning=False)
    about = desk.briefing.about
    disputes = [d for d in desk.briefing.disputes if not d.withdrawn]
    courses = strips(desk, disputes, last_day(desk))
    # In the order of the page, so that notes are numbered as they are read.
    fields = {
        "subtitle": desk.label("page.print"),
        "hint": desk.label("print.hint"),
        "lead": desk.text(about.lead),
        "note": desk.text(about.note),
        "citation": citation_of(desk, desk.labels["page.print"]),
        "board": _board(desk),
        "statuses": all_statuses(desk),
        "disputes": tuple(_dispute(desk, d, courses.get(d.id)) for d in disputes),
        "years": _years(desk),
        "figures": tuple(_figure(desk, f) for f in in_reading_order(desk, desk.briefing.figures) if isinstance(f, Figure) and _printed(f)),
        "actors": _actors(desk),
        "terms": tuple(_term(desk, t) for t in in_reading_order(desk, desk.briefing.terms) if isinstance(t, Term) and _printed(t)),
    }
    head = head_of(desk, desk.text(about.title), crumbs_home(desk), about=ABOUT)
    return PrintPage(head=head, foot=foot_of(desk), referrers=(), **fields)  # type: ignore[arg-type]


def _board(desk: Desk) -> Board:
    """The board without its small drawings, which stand in the chapters."""
    board = the_board(desk)
    return replace(board, rows=tuple(replace(row, course=None) for row in board.rows))


def _printed(fact: object) -> bool:
    return isinstance(fact, Dispute | Event | Figure | Actor | Term) and fact.withdrawn is None


def _dispute(desk: Desk, dispute: Dispute, course: Picture | None) -> PrintedDispute:
    page = dispute_page(desk, dispute)
    return PrintedDispute(
        desk.anchor(dispute.id), desk.title(dispute), page.question, page.row.status, page.row.since, page.row.trend,
        page.row.why, course, page.parties, page.forum, page.summary, page.note, page.outcome, page.sides, page.record,
        page.stakes, page.contests, page.history, page.deadlines, page.questions,
    )


def _years(desk: Desk) -> tuple[Entries, ...]:
    """Every event with its account, by year, oldest first."""
    found = []
    events = [event for event in desk.briefing.events if _printed(event)]
    for year, group in groupby(events, key=lambda e: e.date.sort_key()[0].year):
        whole = PartialDate(year)
        heading = escape(desk.language.date(When(whole, whole)))
        found.append(Entries(heading, tuple(_event(desk, event) for event in group)))
    return tuple(found)


def _event(desk: Desk, event: Event) -> Entry:
    date = Md(f'<span class="bb-date">{escape(desk.language.date(event.date))}</span>')
    said = desk.said(event, desk.text(event.summary)) if event.summary else desk.said(event, EMPTY)
    return Entry(desk.anchor(event.id), spaced(date, desk.title(event)), said.line)


def _figure(desk: Desk, figure: Figure) -> PrintedFigure:
    return PrintedFigure(desk.anchor(figure.id), desk.title(figure), desk.text(figure.definition), values_table(desk, figure))


def _actors(desk: Desk) -> tuple[Entries, ...]:
    found = []
    for kind in ActorKind:
        some = [actor for actor in desk.briefing.actors if actor.kind is kind and _printed(actor)]
        if some:
            entries = tuple(_actor(desk, a) for a in in_reading_order(desk, some) if isinstance(a, Actor))
            found.append(Entries(desk.label(f"actor-kinds.{kind.value}"), entries))
    return tuple(found)


def _actor(desk: Desk, actor: Actor) -> Entry:
    posts = posts_of(desk, actor)
    summary = Md(f"{desk.text(actor.summary)}{desk.marks(actor.cites)}")
    return Entry(desk.anchor(actor.id), desk.title(actor), spaced(Md(f'<span class="bb-what">{posts}</span>') if posts else EMPTY, summary))


def _term(desk: Desk, term: Term) -> Entry:
    return Entry(desk.anchor(term.id), desk.title(term), Md(f"{desk.text(term.definition)}{desk.marks(term.cites)}"))
