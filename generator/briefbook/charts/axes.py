"""Axes: where the ticks of a time or of a number go, and how a chart draws them. The caller words them.

Months and years start where the calendar says; numbers are round ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import altair as alt

from briefbook.charts.chart import line, lines
from briefbook.charts.lettering import Text, estimated_width, leading, wrapped
from briefbook.charts.theme import SMALL

Precision = Literal["year", "month"]
_MONTHS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)))
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_TICK_WIDTH = 82


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is written there."""

    value: date | Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Timescale:
    """Where a day stands between `left` and `right`; a day has a width, so that the last one is drawn whole."""

    first: date
    last: date
    left: float
    right: float

    def start(self, day: date) -> float:
        """Where a day begins."""
        return self._at(day.toordinal())

    def end(self, day: date) -> float:
        """Where a day ends."""
        return self._at(day.toordinal() + 1)

    def _at(self, ordinal: int) -> float:
        days = self.last.toordinal() + 1 - self.first.toordinal()
        share = (ordinal - self.first.toordinal()) / max(days, 1)
        return round(self.left + (self.right - self.left) * min(max(share, 0.0), 1.0), 1)


def date_ticks(first: date, last: date, most: int = 8) -> tuple[tuple[date, Precision], ...]:
    """The starts of years or of months from `first` to `last`, as many as are readable; at least one tick."""
    for step in _MONTHS:
        found = tuple(_starts(first, last, step))
        if len(found) <= most:
            precision: Precision = "year" if step >= 12 else "month"
            return tuple((day, precision) for day in found) or ((first, "month"),)
    return ((first, "year"),)


def number_ticks(low: Decimal, high: Decimal, most: int = 6) -> tuple[Decimal, ...]:
    """Round numbers, evenly spaced, from `low` or less to `high` or more; one number alone is seen from zero."""
    if low == high:
        low, high = (min(low, Decimal(0)), max(high, Decimal(0))) if low else (Decimal(0), Decimal(1))
    most = max(most, 3)  # around zero, two can never be enough
    magnitude = (high - low).adjusted() - 1
    while True:
        for multiple in _ROUND:
            step = multiple.scaleb(magnitude)
            start, stop = _floor(low / step), -_floor(-high / step)
            if stop - start < most:
                return tuple(_plain(step * count) for count in range(start, stop + 1))
        magnitude += 1


def time_axis(ticks: Sequence[Tick], scale: Timescale, top: float, bottom: float) -> tuple[list[alt.Chart], list[Text]]:
    """A line down from each tick, and its label above `top`, never out of the chart at either side."""
    found = [(scale.start(tick.value), tick.label) for tick in ticks if isinstance(tick.value, date)]
    texts = []
    for x, label in found:
        written = wrapped(label, _TICK_WIDTH)
        half = max(estimated_width(one) for one in written) / 2
        middle = min(max(x, half), scale.right + scale.left - half)
        for row, one in enumerate(written):
            y = top - 7 - leading(SMALL) * (len(written) - 1 - row)
            texts.append(Text(middle, y, one, "middle", "muted"))
    return [lines([line(x, top, x, bottom, "grid") for x, _ in found], "date-ticks")] if found else [], texts


def axis_height(ticks: Sequence[Tick]) -> int:
    """How much room the labels of a time axis need above it."""
    rows = max((len(wrapped(tick.label, _TICK_WIDTH)) for tick in ticks), default=1)
    return rows * leading(SMALL) + 6


def _starts(first: date, last: date, step: int) -> Iterator[date]:
    """The first days of every `step`th month, counted from year 0."""
    months = first.year * 12 + first.month - 1 + (first.day > 1)
    for month in range(-(-months // step) * step, last.year * 12 + last.month, step):
        if 1 <= month // 12 <= 9999:
            yield date(month // 12, month % 12 + 1, 1)


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value(rounding="ROUND_FLOOR"))


def _plain(number: Decimal) -> Decimal:
    """Without an exponent: 5000000000 and not 5E+9."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
