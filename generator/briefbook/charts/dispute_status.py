"""The status of disputes over time: a band for each stretch, in the colour of its tone, with the status written on it.

Where the word is wider than its band, it stands below, led to by a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefbook.charts.axes import Tick, Timescale, axis_height, time_axis
from briefbook.charts.chart import Chart, Row, addressed, assembled, boxes, line, lines
from briefbook.charts.lettering import Text, estimated_width, leading, lettering, wrapped
from briefbook.charts.theme import NORMAL, PALETTE, SMALL, WIDTH

Tone = Literal["open", "negotiating", "escalated", "in-court", "closed"]
_MARGIN = 36
_BAND = 24
_LEAST = 5.0
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """How a dispute stood from `start` to `end`; `status` is the word for it, `tone` its colour."""

    lane: str
    status: str
    tone: Tone
    start: date
    end: date
    href: str | None


@dataclass(frozen=True, slots=True)
class _Band:
    """A span with its place; `below` is the row its word stands in, or None where the word stands on the band."""

    span: StatusSpan
    left: float
    right: float
    below: int | None

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def word_left(self) -> float:
        """Where a word below starts: under its band, pushed in at the chart's end."""
        return min(self.middle, WIDTH - estimated_width(self.span.status))


def status_bands(
    name: str, spans: Sequence[StatusSpan], lanes: Sequence[str], ticks: Sequence[Tick], first: date, last: date
) -> Chart:
    """Every span in its lane, from `first` to `last`; a lane without a name takes no line for it."""
    scale = Timescale(first, last, _MARGIN, WIDTH - _MARGIN)
    top = axis_height(ticks)
    y, rows, texts, leaders = float(top), list[Row](), list[Text](), list[Row]()
    for lane in lanes:
        for written in wrapped(lane, WIDTH - 8, NORMAL, bold=True) if lane else ():
            y += leading(NORMAL)
            texts.append(Text(0, y, written, size=NORMAL, bold=True, halo=True))
        bands = _bands([span for span in spans if span.lane == lane], scale)
        y += 6
        for band in bands:
            rows.append(_row(band, y))
            texts.append(_word(band, y))
            leaders += _leader(band, y)
        below = max((band.below + 1 for band in bands if band.below is not None), default=0)
        y += _BAND + below * leading(SMALL) + (8 if below else 0) + 10
    axis, labels = time_axis(ticks, scale, top, y)
    return assembled(
        name, (WIDTH, y), [*axis, lines(leaders), boxes(rows, "marks", corner=3), *lettering([*labels, *texts])],
        ((span.href, f"{span.lane} {span.status}".strip()) for span in spans),
    )


def _bands(spans: Sequence[StatusSpan], scale: Timescale) -> list[_Band]:
    """The bands of a lane in their order, each at least so wide that it can be seen."""
    ends: list[float] = []
    found: list[_Band] = []
    edge = scale.left
    for span in sorted(spans, key=lambda s: (s.start, s.end, s.status)):
        left = max(scale.start(span.start), edge)
        right = max(scale.end(span.end), left + _LEAST + _GAP)
        edge = right
        band = _Band(span, left, right - _GAP, None)
        if estimated_width(span.status) + 10 > band.right - band.left:
            band = _Band(span, band.left, band.right, _free_row(ends, band.word_left))
            _take(ends, band)
        found.append(band)
    return found


def _free_row(ends: Sequence[float], left: float) -> int:
    return next((row for row, end in enumerate(ends) if end <= left), len(ends))


def _take(ends: list[float], band: _Band) -> None:
    assert band.below is not None
    if band.below == len(ends):
        ends.append(0.0)
    ends[band.below] = band.word_left + estimated_width(band.span.status) + 10


def _row(band: _Band, top: float) -> Row:
    span, colour = band.span, PALETTE[f"tone-{band.span.tone}"]
    return {
        "x": round(band.left, 1), "x2": round(band.right, 1), "y": top, "y2": top + _BAND, "fill": colour,
        "stroke": colour, "lane": span.lane, "status": span.status, "start": span.start.isoformat(),
        "end": span.end.isoformat(),
    } | addressed(span.href)


def _word(band: _Band, top: float) -> Text:
    if band.below is None:
        return Text(band.left + 7, top + 16, band.span.status, colour="on-tone", href=band.span.href)
    y = top + _BAND + 8 + leading(SMALL) * (band.below + 1) - 4
    return Text(band.word_left, y, band.span.status, halo=True, href=band.span.href)


def _leader(band: _Band, top: float) -> list[Row]:
    """From a band to the row of its word below; drawn behind the words, which keep it off with their halo."""
    if band.below is None:
        return []
    y = top + _BAND + 8 + leading(SMALL) * (band.below + 1) - 4
    return [line(band.middle, top + _BAND, band.middle, y - SMALL + 2)]
