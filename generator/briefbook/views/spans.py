"""Charts over time: the ticks of their axes in words, the timeline of events, the bands of dispute statuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from briefbook.charts.axes import Tick, date_ticks
from briefbook.charts.dispute_status import StatusSpan, Tone, status_bands
from briefbook.charts.strip import strip
from briefbook.charts.timeline import TimelineMark, timeline
from briefbook.model.claims import Status
from briefbook.model.dates import PartialDate, When
from briefbook.model.facts import Dispute, DisputeStatus, Event
from briefbook.views.blocks import ChartBlock, Picture, chart_block, key_words
from briefbook.views.desk import Desk
from briefbook.wording.markdown import escape

_TONES = {
    DisputeStatus.OPEN: "open", DisputeStatus.NEGOTIATING: "negotiating", DisputeStatus.ESCALATED: "escalated",
    DisputeStatus.IN_COURT: "in-court",
}
_RECENT_YEARS = 2
# What scripts know the lane of events by that belong to no dispute; never an id.
NO_DISPUTE = "."


@dataclass(frozen=True, slots=True)
class PostSpan:
    """A post, who holds it or where (the id of an actor), and since and until when."""

    post: str
    other: str
    start: When
    end: When | None


def worded_ticks(desk: Desk, first: date, last: date, most: int = 8) -> list[Tick]:
    """Ticks for a time axis, worded in the page's language."""
    ticks = []
    for day, precision in date_ticks(first, last, most):
        year = PartialDate(day.year)
        shown = When(year, year) if precision == "year" else month_of(day)
        ticks.append(Tick(day, desk.language.date(shown)))
    return ticks


def last_day(desk: Desk) -> date:
    """The day up to which the briefing knows anything: its as-of date, or its latest event."""
    about = desk.briefing.about
    known = [e.date.last() for e in desk.briefing.events if not e.planned and e.date.end]
    steps = [s.from_.first() for d in desk.briefing.disputes for s in d.history if s.from_.start]
    return about.as_of.last() if about.as_of else max([*known, *steps], default=date.min)


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
    desk: Desk, disputes: Sequence[Dispute], events: Sequence[Event], *, title: str | None = None, named: bool = True,
    others: bool = False,
) -> ChartBlock | None:
    """Events in a lane for each dispute; an event that belongs to two stands in both.

    With `others` those that belong to none have the last lane.
    """
    rows: list[tuple[Dispute | None, Event]] = [(d, e) for d in disputes for e in events if d.id in e.disputes]
    rows += [(None, e) for e in events if others and not e.disputes]
    if not rows:
        return None
    marks = [_mark(desk, d, e) for d, e in rows]
    first, last = room([m.start for m in marks], [m.end for m in marks])
    lanes = tuple(dict.fromkeys(mark.lane for mark in marks))
    sketch = partial(
        timeline, "timeline", marks, lanes, worded_ticks(desk, first, last), first, last,
        key_words=key_words(desk, "confirmed", "reported", "planned"), named=named,
    )
    columns = [desk.labels[f"chart.timeline.{column}"] for column in ("date", "event", "dispute", "status")]
    plain = [
        (desk.language.date(e.date), desk.name(e), _lane(desk, d), desk.labels[f"status.{e.status.value}"]) for d, e in rows
    ]
    cells = [
        (escape(desk.language.date(e.date)), desk.link(e.id), desk.link(d.id) if d else escape(_lane(desk, d)), desk.standing(e))
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
    spans = [span for d in disputes for span in _spans(desk, d, until, lanes[d.id])]
    first, last = room([s.start for s in spans], [s.end for s in spans])
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


def strips(desk: Desk, disputes: Sequence[Dispute], until: date) -> dict[str, Picture]:
    """The course of each dispute, by its id, drawn small and all on the same time."""
    spans = {d.id: _spans(desk, d, until) for d in disputes}
    every = [s for some in spans.values() for s in some]
    if not every:
        return {}
    first, last = min(s.start for s in every), max(s.end for s in every)
    return {
        d.id: Picture(
            partial(strip, f"strip-{d.id}", spans[d.id], first, last),
            desk.labels.fill("chart.strip.title", dispute=desk.name(d)), _course(desk, d),
        )
        for d in disputes
    }


def strip_years(desk: Desk, disputes: Sequence[Dispute], until: date) -> str:
    """The years that the strips run over."""
    first = min((step[2] for d in disputes for step in _steps(d, until)), default=until)
    start, end = PartialDate(first.year), PartialDate(until.year)
    return desk.language.span(When(start, start), When(end, end))


def posts_block(desk: Desk, posts: Sequence[PostSpan]) -> ChartBlock | None:
    """Posts as bands, oldest first, where there are at least two; one without an end runs up to the newest text."""
    known = [p for p in posts if p.start.start]
    if len(known) < 2:
        return None
    known.sort(key=lambda p: (p.start.sort_key(), p.other, p.post))
    until = max([last_day(desk), *(p.start.first() for p in known)])
    rows = [(p, _post_name(desk, p), desk.language.span(p.start, p.end)) for p in known]
    spans = [_post_band(desk, post, name, period, until) for post, name, period in rows]
    first, last = room([s.start for s in spans], [s.end for s in spans])
    lanes = list(dict.fromkeys(name for _, name, _ in rows))
    sketch = partial(status_bands, "posts", spans, lanes, worded_ticks(desk, first, last), first, last)
    columns = [desk.labels[f"chart.posts.{column}"] for column in ("post", "who", "period")]
    plain = [(p.post, desk.name(desk.briefing.facts[p.other]), period) for p, _, period in rows]
    cells = [(escape(p.post), desk.link(p.other), escape(period)) for p, _, period in rows]
    title, description = desk.labels["chart.posts.title"], desk.labels["chart.posts.description"]
    return chart_block(desk, sketch, title, description, columns, cells, plain)


def _post_band(desk: Desk, post: PostSpan, name: str, period: str, until: date) -> StatusSpan:
    start = post.start.first()
    end = post.end.last() if post.end and post.end.end else until
    tone: Tone = "closed" if post.end else "open"
    return StatusSpan(name, period, tone, start, max(end, start), desk.href(desk.briefing.facts[post.other]))


def _post_name(desk: Desk, post: PostSpan) -> str:
    return desk.labels.fill("role.line", post=post.post, other=desk.name(desk.briefing.facts[post.other]))


def _course(desk: Desk, dispute: Dispute) -> str:
    """How a dispute moved, in words: each status and since when."""
    steps = sorted(dispute.history, key=lambda step: step.from_.sort_key())
    words = [
        desk.labels.fill(
            "chart.strip.step", status=desk.labels[f"dispute-status.{step.status.value}"],
            date=desk.language.date(step.from_),
        )
        for step in steps
    ]
    return desk.labels["chart.strip.then"].join(words)


def _spans(desk: Desk, dispute: Dispute, until: date, lane: str = "") -> list[StatusSpan]:
    return [
        StatusSpan(
            lane, desk.labels[f"dispute-status.{status.value}"], _TONES.get(status, "closed"), start, end,  # type: ignore[arg-type]
            desk.href(dispute),
        )
        for status, _, start, end in _steps(dispute, until)
    ]


def days_of(event: Event) -> tuple[date, date]:
    """The days that an event's date may mean, the first and the last; what is open at one end is its other end."""
    start = event.date.first() if event.date.start else event.date.last()
    return start, event.date.last() if event.date.end else event.date.first()


def _mark(desk: Desk, dispute: Dispute | None, event: Event) -> TimelineMark:
    start, end = days_of(event)
    return TimelineMark(
        lane=_lane(desk, dispute), start=start, end=end, title=desk.name(event), when=desk.language.date(event.date),
        href=desk.href(event), planned=event.planned, reported=event.status is not Status.CONFIRMED,
        event=event.id, dispute=dispute.id if dispute else NO_DISPUTE,
    )


def _lane(desk: Desk, dispute: Dispute | None) -> str:
    return desk.name(dispute) if dispute else desk.labels["heading.other-events"]


def _steps(dispute: Dispute, until: date) -> list[tuple[DisputeStatus, When, date, date]]:
    steps = sorted(dispute.history, key=lambda s: s.from_.sort_key())
    starts = [s.from_.first() if s.from_.start else s.from_.last() for s in steps]
    # A step that began after `until`, or on the day of the next, still needs a visible stretch of time.
    ends = [max(end, start + timedelta(days=7)) for start, end in zip(starts, [*starts[1:], until], strict=True)]
    return [(s.status, s.from_, a, b) for s, a, b in zip(steps, starts, ends, strict=True)]


def room(starts: Sequence[date], ends: Sequence[date]) -> tuple[date, date]:
    """The span of a chart, with a little room at both ends."""
    first, last = min(starts), max(ends)
    margin = max((last - first) // 40, timedelta(days=10))
    return first - margin, last + margin
