"""Charts over time: the ticks of their axes in words, the timeline of events, the bands of dispute statuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from briefbook.charts.axes import Tick, date_ticks
from briefbook.charts.dispute_status import StatusSpan, status_bands
from briefbook.charts.timeline import TimelineMark, timeline
from briefbook.model.claims import Status
from briefbook.model.dates import PartialDate, When
from briefbook.model.facts import Dispute, DisputeStatus, Event
from briefbook.views.blocks import ChartBlock, chart_block, key_words
from briefbook.views.desk import Desk
from briefbook.wording.markdown import escape

_TONES = {
    DisputeStatus.OPEN: "open", DisputeStatus.NEGOTIATING: "negotiating", DisputeStatus.ESCALATED: "escalated",
    DisputeStatus.IN_COURT: "in-court",
}
_RECENT_YEARS = 2


def worded_ticks(desk: Desk, first: date, last: date, most: int = 8) -> list[Tick]:
    """Ticks for a time axis, worded in the page's language."""
    ticks = []
    for day, precision in date_ticks(first, last, most):
        year = PartialDate(day.year)
        shown = When(year, year) if precision == "year" else month_of(day)
        ticks.append(Tick(day, desk.language.date(shown)))
    return ticks


def month_of(day: date) -> When:
    """The month a day lies in."""
    month = PartialDate(day.year, day.month)
    return When(month, month)


def recent_block(desk: Desk, disputes: Sequence[Dispute], events: Sequence[Event], until: date) -> ChartBlock | None:
    """The events of the last two years, small and without their names."""
    since = until.replace(year=max(until.year - _RECENT_YEARS, 1), day=1)
    recent = [e for e in events if e.date.last() >= since]
    cut = len(recent) < len(events)
    title = desk.labels.fill("chart.timeline.recent", date=desk.language.date(month_of(since))) if cut else None
    return timeline_block(desk, disputes, recent, title=title, named=False)


def timeline_block(
    desk: Desk, disputes: Sequence[Dispute], events: Sequence[Event], *, title: str | None = None, named: bool = True
) -> ChartBlock | None:
    """Events in a lane for each dispute; an event that belongs to two stands in both."""
    rows = [(d, e) for d in disputes for e in events if d.id in e.disputes]
    if not rows:
        return None
    marks = [_mark(desk, d, e) for d, e in rows]
    first, last = _room([m.start for m in marks], [m.end for m in marks])
    lanes = tuple(desk.name(d) for d in disputes if any(row[0] is d for row in rows))
    sketch = partial(
        timeline, "timeline", marks, lanes, worded_ticks(desk, first, last), first, last,
        key_words=key_words(desk, "confirmed", "reported", "planned"), named=named,
    )
    columns = [desk.labels[f"chart.timeline.{column}"] for column in ("date", "event", "dispute", "status")]
    plain = [
        (desk.language.date(e.date), desk.name(e), desk.name(d), desk.labels[f"status.{e.status.value}"]) for d, e in rows
    ]
    cells = [
        (escape(desk.language.date(e.date)), desk.link(e.id), desk.link(d.id), desk.standing(e))
        for d, e in rows
    ]
    return chart_block(
        desk, sketch, title or desk.labels["chart.timeline.title"], desk.labels["chart.timeline.description"], columns, cells, plain
    )


def status_block(desk: Desk, disputes: Sequence[Dispute], until: date) -> ChartBlock:
    """The statuses of disputes as bands, the last one drawn up to `until`."""
    rows = [(d, *row) for d in disputes for row in _steps(d, until)]
    # Alone on its own page a dispute needs no name beside its band.
    lanes = {d.id: desk.name(d) if len(disputes) > 1 else "" for d in disputes}
    spans = [
        StatusSpan(
            lanes[d.id], desk.labels[f"dispute-status.{s.value}"], _TONES.get(s, "closed"), start, end, desk.href(d)  # type: ignore[arg-type]
        )
        for d, s, _, start, end in rows
    ]
    first, last = _room([s.start for s in spans], [s.end for s in spans])
    sketch = partial(
        status_bands, "status", spans, list(lanes.values()), worded_ticks(desk, first, last), first, last
    )
    columns = [desk.labels[f"chart.status.{column}"] for column in ("dispute", "status", "since")]
    plain = [(desk.name(d), desk.labels[f"dispute-status.{s.value}"], desk.language.date(when)) for d, s, when, _, _ in rows]
    cells = [
        (desk.link(d.id), escape(desk.labels[f"dispute-status.{s.value}"]), escape(desk.language.date(when)))
        for d, s, when, _, _ in rows
    ]
    return chart_block(
        desk, sketch, desk.labels["chart.status.title"], desk.labels["chart.status.description"], columns, cells, plain
    )


def _mark(desk: Desk, dispute: Dispute, event: Event) -> TimelineMark:
    start = event.date.first() if event.date.start else event.date.last()
    end = event.date.last() if event.date.end else event.date.first()
    return TimelineMark(
        lane=desk.name(dispute), start=start, end=end, title=desk.name(event), when=desk.language.date(event.date),
        href=desk.href(event), planned=event.planned, reported=event.status is not Status.CONFIRMED,
    )


def _steps(dispute: Dispute, until: date) -> list[tuple[DisputeStatus, When, date, date]]:
    steps = sorted(dispute.history, key=lambda s: s.from_.sort_key())
    starts = [s.from_.first() if s.from_.start else s.from_.last() for s in steps]
    # A step that began after `until`, or on the day of the next, still needs a visible stretch of time.
    ends = [max(end, start + timedelta(days=7)) for start, end in zip(starts, [*starts[1:], until], strict=True)]
    return [(s.status, s.from_, a, b) for s, a, b in zip(steps, starts, ends, strict=True)]


def _room(starts: Sequence[date], ends: Sequence[date]) -> tuple[date, date]:
    """The span of a chart, with a little room at both ends."""
    first, last = min(starts), max(ends)
    margin = max((last - first) // 40, timedelta(days=10))
    return first - margin, last + margin
