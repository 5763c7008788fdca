"""The values of a figure: each as a mark of its own, where its date and its amount put it.

Nothing is averaged and no line joins what different people said. A shape says how the number is meant: a point, a
range, a floor, a ceiling; a hollow one no longer stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from briefbook.charts import key
from briefbook.charts.axes import Tick, Timescale, axis_height, time_axis
from briefbook.charts.chart import Chart, Row, addressed, assembled, boxes, line, lines, symbol, symbols
from briefbook.charts.key import Key, Sign
from briefbook.charts.lettering import Text, balanced, estimated_width, lettering, wrapped
from briefbook.charts.placing import Box, Label, placed
from briefbook.charts.theme import PALETTE, WIDTH

ValueKind = Literal["exact", "about", "over", "at-least", "nearly", "up-to", "under", "range"]
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
# A line at the value, and an arrow away from it to where the true number may lie.
_CEILING = "M-1,0L1,0M0,0L0,1.2M-.5,1.1L0,2L.5,1.1Z"
_FLOOR = "M-1,0L1,0M0,0L0,-1.2M-.5,-1.1L0,-2L.5,-1.1Z"
_SIGNS: Mapping[str, Sign] = MappingProxyType({
    "exact": Sign("circle", "mark"),
    "about": Sign("diamond", "mark", size=120),
    "nearly": Sign("diamond", "mark", size=120),
    "over": Sign(_FLOOR, "mark", size=220, lift=-6),
    "at-least": Sign(_FLOOR, "mark", size=220, lift=-6),
    "up-to": Sign(_CEILING, "mark", size=220, lift=6),
    "under": Sign(_CEILING, "mark", size=220, lift=6),
    "range": Sign("M-.4,-1L.4,-1L.4,1L-.4,1Z", "mark", size=120),
    "fallen": Sign("circle", "fallen", hollow=True),
})
_UP, _DOWN = frozenset({"over", "at-least"}), frozenset({"up-to", "under"})
_STEM = 16
_HALF = 7.0
_SIDE = 24
_LABEL_WIDTH = 170


@dataclass(frozen=True, slots=True)
class ValueMark:
    """One value: what somebody put the figure at, for the days `at` to `at_end`. `stands` is false once it fell."""

    at: date
    at_end: date
    low: Decimal
    high: Decimal
    kind: ValueKind
    label: str
    said_by: str
    status: str
    stands: bool
    href: str | None
    when: str = ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where dates and amounts stand."""

    time: Timescale
    low: Decimal
    high: Decimal
    top: float
    bottom: float

    def y(self, amount: Decimal) -> float:
        """The height of an amount."""
        share = (amount - self.low) / (self.high - self.low) if self.high > self.low else Decimal("0.5")
        return round(self.bottom - float(share) * (self.bottom - self.top), 1)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A value with its place: `x` may stand aside from its date's where marks would hide each other."""

    mark: ValueMark
    x: float
    high: float
    low: float
    left: float
    right: float

    @property
    def box(self) -> Box:
        """What its mark covers, arrow and all."""
        above = _STEM if self.mark.kind in _UP else _HALF
        below = _STEM if self.mark.kind in _DOWN else _HALF
        return Box(self.x - _HALF, self.high - above, self.x + _HALF, self.low + below)


def figure_values(
    name: str, marks: Sequence[ValueMark], date_ticks: Sequence[Tick], number_ticks: Sequence[Tick], first: date,
    last: date, *, key_words: Mapping[str, str] = _NO_WORDS,
) -> Chart:
    """Every value with its amount and its speaker. `key_words` names the kinds, and “fallen” what no longer stands."""
    legend = key.laid_out(_SIGNS, key_words, _used(marks))
    plot = _plot(legend, marks, (date_ticks, number_ticks), (first, last))
    drawn = _drawn(marks, plot)
    spans = [row for one in drawn for row in _spans(one)]
    labels = placed([_label(one) for one in drawn], [one.box for one in drawn], [_covered(row) for row in spans],
                    _room(plot))
    axis, texts = time_axis(date_ticks, plot.time, plot.top - 10, plot.bottom)
    grid, amounts = _number_axis(number_ticks, plot)
    layers = [
        *axis, lines(grid, "number-ticks"), lines([label.leader for label in labels if label.leader], "leaders"),
        lines(spans, width=1.5),
        boxes([_bar(one) for one in drawn if one.mark.kind == "range"], "ranges"),
        symbols([_point(one) for one in drawn if one.mark.kind != "range"], "values"), symbols(legend.symbols),
    ]
    written = lettering([*legend.texts, *texts, *amounts, *(text for label in labels for text in label.texts)])
    return assembled(name, (WIDTH, plot.bottom + 8), [*layers, *written], ((m.href, _name(m)) for m in marks))


def _used(marks: Sequence[ValueMark]) -> set[str]:
    return {mark.kind for mark in marks} | ({"fallen"} if any(not mark.stands for mark in marks) else set())


def _plot(
    legend: Key, marks: Sequence[ValueMark], ticks: tuple[Sequence[Tick], Sequence[Tick]], days: tuple[date, date]
) -> _Plot:
    """Room for the marks; higher with many of them, for their labels."""
    amounts = [tick.value for tick in ticks[1] if isinstance(tick.value, Decimal)]
    amounts += [amount for mark in marks for amount in (mark.low, mark.high)]
    left = max((estimated_width(tick.label) for tick in ticks[1]), default=0) + _SIDE + 6
    top = legend.height + axis_height(ticks[0]) + 10.0
    height = min(300 + 24 * max(len(marks) - 6, 0), 900)
    return _Plot(
        Timescale(*days, min(left, WIDTH / 3), WIDTH - _SIDE), min(amounts, default=Decimal(0)),
        max(amounts, default=Decimal(1)), top, top + height,
    )


def _room(plot: _Plot) -> Box:
    return Box(plot.time.left - _SIDE + 6, plot.top - 10, WIDTH, plot.bottom + 4)


def _number_axis(ticks: Sequence[Tick], plot: _Plot) -> tuple[list[Row], list[Text]]:
    edge = plot.time.left - _SIDE
    found = [(plot.y(tick.value), tick.label) for tick in ticks if isinstance(tick.value, Decimal)]
    grid = [line(edge + 4, y, WIDTH, y, "grid") for y, _ in found]
    return grid, [Text(edge, y + 4, label, "end", "muted") for y, label in found]


def _drawn(marks: Sequence[ValueMark], plot: _Plot) -> list[_Drawn]:
    """The values by date; one that would lie on another moves aside, until it is seen."""
    found: list[_Drawn] = []
    for mark in sorted(marks, key=lambda m: (m.at, m.at_end, -m.high, m.said_by, m.label)):
        left, right = plot.time.start(mark.at), plot.time.end(mark.at_end)
        middle, at = (left + right) / 2, 0
        while True:
            aside = middle + 15 * ((at + 1) // 2) * (1 if at % 2 else -1)
            one = _Drawn(mark, aside, plot.y(mark.high), plot.y(mark.low), left, right)
            if not any(_hides(one, other) for other in found):
                break
            at += 1
        found.append(one)
    return found


def _hides(one: _Drawn, other: _Drawn) -> bool:
    return abs(one.x - other.x) < 2 * _HALF and one.high - 10 < other.low and other.high - 10 < one.low


def _label(one: _Drawn) -> Label:
    """The amount, under it who said so, and of a fallen value also how it stands."""
    mark = one.mark
    small = [balanced(mark.said_by, _LABEL_WIDTH, most=2)] if mark.said_by else []
    if not mark.stands and mark.status:
        small.append(wrapped(mark.status, _LABEL_WIDTH, most=1))
    lines_ = [*wrapped(mark.label, _LABEL_WIDTH, bold=True), *(text for part in small for text in part)]
    return Label(tuple(lines_), "ink" if mark.stands else "muted", mark.href)


def _colour(mark: ValueMark) -> str:
    return "mark" if mark.stands else "fallen"


def _spans(one: _Drawn) -> list[Row]:
    """A thin line over the days a value may be of, where that is more than its mark covers."""
    if one.right - one.left <= 2 * _HALF and one.left - _HALF <= one.x <= one.right + _HALF:
        return []
    ends = (one.high, one.low) if one.mark.kind == "range" else (one.high,)
    left, right = min(one.left, one.x), max(one.right, one.x)
    return [line(left, y, right, y, _colour(one.mark)) for y in ends]


def _covered(span: Row) -> Box:
    left, right, y = (float(str(span[field])) for field in ("x", "x2", "y"))
    return Box(left, y - 2, right, y + 2)


def _point(one: _Drawn) -> Row:
    sign, mark = _SIGNS[one.mark.kind], one.mark
    drawn = symbol(one.x, one.high, sign.shape, _colour(mark), hollow=not mark.stands, size=sign.size)
    return drawn | _said(mark)


def _bar(one: _Drawn) -> Row:
    colour = PALETTE[_colour(one.mark)]
    return {
        "x": round(one.x - 4, 1), "x2": round(one.x + 4, 1), "y": one.high, "y2": one.low,
        "fill": colour if one.mark.stands else PALETTE["paper"], "stroke": colour,
    } | _said(one.mark)


def _said(mark: ValueMark) -> Row:
    """What the value itself is, for whoever reads the chart and not the drawing."""
    return {
        "at": mark.at.isoformat(), "at_end": mark.at_end.isoformat(), "low": float(mark.low), "high": float(mark.high),
        "kind": mark.kind, "label": mark.label, "said_by": mark.said_by, "status": mark.status, "stands": mark.stands,
    } | addressed(mark.href)


def _name(mark: ValueMark) -> str:
    return " – ".join(part for part in (mark.when, mark.label, mark.said_by, mark.status) if part)
