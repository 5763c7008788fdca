"""A dispute's page: what each side says, what the record shows, how it moved; and the list of all disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefbook.model.claims import Status
from briefbook.model.dates import When
from briefbook.model.facts import Account, Deadline, Dispute, Position, Step
from briefbook.views import addresses
from briefbook.views.actor import figure_line
from briefbook.views.blocks import (
    ChartBlock,
    Picture,
    Record,
    crumbs_home,
    crumbs_to,
    foot_of,
    head_of,
    in_reading_order,
    note_of,
    referrers_of,
)
from briefbook.views.desk import EMPTY, Desk, Said, chip, spaced
from briefbook.views.spans import last_day, status_block, strip_years, strips, timeline_block
from briefbook.wording.markdown import Md, escape


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A dispute on the board: where it stands, where it is heading, why, since when, what comes next."""

    dispute: Md
    status: Md
    trend: Md
    why: Md
    since: Md
    following: Md
    live: bool
    course: Picture | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The board: a row for each dispute, the years its courses are drawn over, and how many are live and closed."""

    rows: tuple[BoardRow, ...]
    years: Md
    all: Md
    live: Md
    closed: Md

    @property
    def mixed(self) -> bool:
        """Whether there is anything to choose between."""
        return len({row.live for row in self.rows}) > 1


@dataclass(frozen=True, slots=True)
class Side:
    """What one party says."""

    heading: Md
    says: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """Competing answers to a question, and our reading of them."""

    question: Md
    answers: tuple[Md, ...]
    reading: Md
    confidence: Md


@dataclass(frozen=True, slots=True)
class Open:
    """An open question, and what would settle it."""

    question: Md
    settled_by: Md


@dataclass(frozen=True, slots=True)
class DisputePage(Record):
    """One dispute."""

    question: Md
    row: BoardRow
    summary: Md
    note: Md
    parties: tuple[Md, ...]
    forum: Md
    outcome: Md
    sides: tuple[Side, ...]
    record: tuple[Md, ...]
    stakes: tuple[Md, ...]
    contests: tuple[Contest, ...]
    status_chart: ChartBlock
    history: tuple[Md, ...]
    deadlines: tuple[Md, ...]
    figures: tuple[Md, ...]
    timeline: ChartBlock | None
    events: tuple[Md, ...]
    questions: tuple[Open, ...]
    related: tuple[Md, ...]
    beside: Md


@dataclass(frozen=True, slots=True)
class DisputesPage(Record):
    """The board of all disputes, and how they moved."""

    board: Board
    chart: ChartBlock | None


def dispute_page(desk: Desk, dispute: Dispute) -> DisputePage:
    """The page of one dispute."""
    events, figures = desk.briefing.events_of(dispute.id), desk.briefing.figures_of(dispute.id)
    shown = {f.id for f in (*events, *figures)} | {*dispute.related, *dispute.parties}
    outcome = dispute.outcome
    fields = {
        "question": desk.text(dispute.question),
        "row": board_row(desk, dispute),
        "summary": desk.text(dispute.summary),
        "note": note_of(desk, dispute),
        "parties": tuple(desk.link(id_) for id_ in dispute.parties),
        "forum": desk.text(dispute.forum),
        "outcome": _dated(desk, desk.said(outcome, desk.text(outcome.text)), outcome.date) if outcome else EMPTY,
        "sides": _sides(desk, dispute),
        "record": tuple(_dated(desk, desk.said(r, desk.text(r.text)), r.date) for r in dispute.record),
        "stakes": tuple(desk.said(s, desk.text(s.text)).line for s in dispute.stakes),
        "contests": tuple(_contest(desk, account) for account in dispute.accounts),
        "status_chart": status_block(desk, [dispute], last_day(desk)),
        "history": tuple(_step(desk, step) for step in sorted(dispute.history, key=lambda s: s.from_.sort_key())),
        "deadlines": tuple(deadline_line(desk, d) for d in sorted(dispute.deadlines, key=lambda d: d.date.sort_key())),
        "figures": tuple(figure_line(desk, f.id) for f in in_reading_order(desk, figures)),
        "timeline": timeline_block(desk, [dispute], events),
        "events": tuple(desk.event_line(e) for e in events),
        "questions": tuple(Open(desk.text(q.question), desk.text(q.settled_by)) for q in dispute.open_questions),
        "related": tuple(desk.link(id_) for id_ in dispute.related),
        "beside": _beside(desk, dispute),
        "referrers": referrers_of(desk, dispute, shown),
    }
    head = head_of(desk, desk.title(dispute), crumbs_to(desk, "disputes"), dispute)
    return DisputePage(head=head, foot=foot_of(desk, dispute), **fields)  # type: ignore[arg-type]


def _beside(desk: Desk, dispute: Dispute) -> Md:
    """The way to the dispute in all languages side by side, where there are several."""
    if len(desk.briefing.languages) < 2:
        return EMPTY
    return desk.to(addresses.beside(desk.code, dispute), desk.label("beside.read"))


def disputes_page(desk: Desk) -> DisputesPage:
    """The board of all disputes."""
    board, chart = the_board(desk), all_statuses(desk)
    head = head_of(desk, desk.label("kind.disputes"), crumbs_home(desk))
    return DisputesPage(head, foot_of(desk), (), board, chart)


def the_board(desk: Desk) -> Board:
    """A row for each dispute that was not withdrawn."""
    disputes = [d for d in desk.briefing.disputes if not d.withdrawn]
    until = last_day(desk)
    courses = strips(desk, disputes, until)
    rows = tuple(board_row(desk, d, courses.get(d.id)) for d in disputes)
    live = sum(row.live for row in rows)
    counts = {"all": len(rows), "live": live, "closed": len(rows) - live}
    words = {name: desk.label(f"board.{name}", n=desk.language.number(n)) for name, n in counts.items()}
    return Board(rows, escape(strip_years(desk, disputes, until)), **words)


def all_statuses(desk: Desk) -> ChartBlock | None:
    """The bands of all disputes."""
    disputes = [d for d in desk.briefing.disputes if not d.withdrawn]
    return status_block(desk, disputes, last_day(desk)) if disputes else None


def board_row(desk: Desk, dispute: Dispute, course: Picture | None = None) -> BoardRow:
    """A dispute as the board shows it, with its course drawn where there is one."""
    step = dispute.current
    trend = dispute.trend
    direction = chip("trend", trend.direction.value, desk.label(f"trend.{trend.direction.value}")) if trend else EMPTY
    return BoardRow(
        dispute=desk.link(dispute.id),
        status=chip("state", step.status.value, desk.label(f"dispute-status.{step.status.value}")),
        trend=direction,
        why=desk.text(trend.why) if trend else desk.said(step, desk.text(step.why)).brief,
        since=escape(desk.language.date(step.from_)),
        following=_following(desk, dispute),
        live=step.status.live,
        course=course,
    )


def deadline_line(desk: Desk, deadline: Deadline) -> Md:
    """A deadline in a list, and whether it was kept."""
    past = deadline.date.last() <= last_day(desk)
    outcome = {True: "met", False: "missed", None: "unknown" if past else "open"}[deadline.met]
    said = desk.said(deadline, desk.text(deadline.title)).quiet
    return spaced(
        _date(desk.language.date(deadline.date)), said, chip("deadline", outcome, desk.label(f"deadline.{outcome}"))
    )


def _sides(desk: Desk, dispute: Dispute) -> tuple[Side, ...]:
    """The parties in their own order, then anybody else who holds something."""
    holders = dict.fromkeys([*dispute.parties, *(p.by for p in dispute.positions)])
    sides = []
    for holder in holders:
        held = sorted((p for p in dispute.positions if p.by == holder), key=_since)
        if held:
            lines = tuple(
                spaced(_date(desk.language.span(p.since, p.until)), desk.said(p, desk.text(p.text)).line) for p in held
            )
            sides.append(Side(desk.label("side.says", who=desk.mentioned(holder)), lines))
    return tuple(sides)


def _since(position: Position) -> tuple[date, date, str]:
    return position.since.sort_key() if position.since else (date.min, date.min, "")


def _contest(desk: Desk, account: Account) -> Contest:
    return Contest(
        desk.text(account.question),
        tuple(_dated(desk, desk.said(a, desk.text(a.text)), a.date) for a in account.answers),
        desk.text(account.reading),
        desk.label(f"confidence.{account.confidence.value}") if account.confidence else EMPTY,
    )


def _step(desk: Desk, step: Step) -> Md:
    status = chip("state", step.status.value, desk.label(f"dispute-status.{step.status.value}"))
    said = desk.said(step, desk.text(step.why))
    return spaced(
        _date(desk.language.date(step.from_)), status, said.quiet if step.standing is Status.CONFIRMED else said.line
    )


def _dated(desk: Desk, said: Said, when: When | None) -> Md:
    return spaced(_date(desk.language.date(when)) if when else EMPTY, said.line)


def _date(words: str) -> Md:
    return Md(f'<span class="bb-date">{escape(words)}</span>') if words else EMPTY


def _following(desk: Desk, dispute: Dispute) -> Md:
    """What comes next: the first date after the as-of date that a deadline or planned event names."""
    after = last_day(desk)
    dates = [(d.date, desk.text(d.title)) for d in dispute.deadlines if d.met is None and d.date.last() > after]
    dates += [(e.date, desk.link(e.id)) for e in desk.briefing.events_of(dispute.id) if e.planned]
    if not dates:
        return EMPTY
    when, what = min(dates, key=lambda pair: pair[0].sort_key())
    return spaced(_date(desk.language.date(when)), what)
