"""Drawings small enough for a cell of a table or a card: the course of a dispute, the course of a figure.

They show the shape of things and no words; what they show is written beside them, and in full on the fact's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from briefbook.charts.axes import Timescale
from briefbook.charts.chart import Chart, Row, assembled, boxes, line, lines, symbol, symbols
from briefbook.charts.dispute_status import StatusSpan
from briefbook.charts.theme import PALETTE

_STRIP = (132, 14)
_SPARK = (96, 26)
_EDGE = 4.0
# A stretch of a day is still seen.
_LEAST = 2.5


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """An amount and its day. Points of one `series` are joined by a line; one that no longer `stands` is hollow."""

    at: date
    low: Decimal
    high: Decimal
    stands: bool
    series: str


def strip(name: str, spans: Sequence[StatusSpan], first: date, last: date) -> Chart:
    """The stretches of one dispute in the colours of their tones, on the time that all strips of a table share."""
    width, height = _STRIP
    scale = Timescale(first, last, 0.0, float(width))
    rows: list[Row] = []
    edge = 0.0
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        left = max(scale.start(span.start), edge)
        edge = min(max(scale.end(span.end), left + _LEAST), width)
        colour = PALETTE[f"tone-{span.tone}"]
        rows.append({
            "x": round(min(left, width - _LEAST), 1), "x2": round(edge, 1), "y": 3, "y2": height - 3, "fill": colour,
            "stroke": colour, "status": span.status, "start": span.start.isoformat(), "end": span.end.isoformat(),
        })
    ground = lines([line(0, height / 2, width, height / 2, "grid")])
    return assembled(name, (width, height), [ground, boxes(rows, "marks")], ())


def spark(name: str, points: Sequence[SparkPoint]) -> Chart:
    """A figure's amounts by their day, lowest at the bottom; a range is a bar, and nothing is averaged."""
    width, height = _SPARK
    ordered = sorted(points, key=lambda p: (p.at, p.low))
    scale = Timescale(ordered[0].at, ordered[-1].at, _EDGE, width - _EDGE)
    least, most = min(p.low for p in points), max(p.high for p in points)

    def up(number: Decimal) -> float:
        share = float((number - least) / (most - least)) if most > least else 0.5
        return round(height - _EDGE - share * (height - 2 * _EDGE), 1)

    joined: list[Row] = []
    for series in dict.fromkeys(p.series for p in ordered):
        own = [p for p in ordered if p.series == series]
        joined += [
            line(scale.start(a.at), up(a.high), scale.start(b.at), up(b.high), "line")
            for a, b in pairwise(own)
        ]
    joined += [line(scale.start(p.at), up(p.low), scale.start(p.at), up(p.high), "mark") for p in ordered if p.low != p.high]
    marks = [
        symbol(scale.start(p.at), up(p.high), "circle", "mark" if p.stands else "fallen", hollow=not p.stands, size=20)
        for p in ordered
    ]
    return assembled(name, (width, height), [*([lines(joined)] if joined else []), symbols(marks, "marks")], ())
