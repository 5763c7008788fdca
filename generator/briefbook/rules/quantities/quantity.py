"""What a quantity in a text is: its possible readings, how it is qualified, and the words it stands in.

A range is two quantities, so that “20–49%” and “20% up to 49%” are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Family(StrEnum):
    """What is measured; only quantities of one family can contradict each other."""

    MONEY = "amount of money"
    SHARE = "percentage"
    COUNT = "number"
    SPAN = "measure"
    DATE = "date"
    ORDINAL = "ordinal number"
    FRACTION = "fraction"
    TIME = "time of day"


# A year, month and day, any of which may be left to the reader.
Day = tuple[int | None, int | None, int | None]

# Measures that are told in more than one unit, in the smallest of them.
IN_SMALLEST = {
    "year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60), "gigawatt": ("megawatt", 1000),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a quantity. `units` are all that a word may mean: a “dollar” is of several countries."""

    family: Family
    value: Decimal = Decimal(0)
    units: tuple[str, ...] = ()
    day: Day = (None, None, None)

    @property
    def measure(self) -> tuple[Decimal, tuple[str, ...]]:
        """The value in the smallest unit: 18 months for a year and a half."""
        if self.family is Family.SPAN and self.units[0] in IN_SMALLEST:
            unit, factor = IN_SMALLEST[self.units[0]]
            return self.value * factor, (unit,)
        return self.value, self.units

    def __str__(self) -> str:
        if self.family is Family.DATE:
            return _shown_day(self.day)
        if self.family is Family.TIME:
            return f"{int(self.value) // 60:02}:{int(self.value) % 60:02}"
        if self.family is Family.FRACTION:
            return f"about {self.value:.3f}" if self.value * 100 % 5 else f"{self.value.normalize():f}"
        if self.family is Family.ORDINAL:
            return f"number {plain(self.value)}"
        unit = self.units[0] if self.units else ""
        if self.family is Family.SPAN:
            return f"{plain(self.value)} {unit}{'' if self.value == 1 else 's'}"
        return f"{plain(self.value)}{'' if unit == '%' else ' '}{unit}".strip()


@dataclass(frozen=True)
class Quantity:
    """A quantity as it stands in a text, from `start` to `end` of what a reader sees.

    `readings` come in the order of likelihood. `said` are the words, `qualified` those with their qualifier;
    `spelled` says that there are no digits, `soft` that another language may well do without it, `implied` that there is
    no number at all, as in “a year”.
    """

    readings: tuple[Reading, ...]
    start: int
    end: int
    said: str
    qualified: str
    bounds: frozenset[str] = frozenset()
    spelled: bool = False
    soft: bool = False
    implied: bool = False

    @property
    def first(self) -> Reading:
        """The likeliest reading."""
        return self.readings[0]

    @cached_property
    def families(self) -> frozenset[Family]:
        """The families of all its readings."""
        return frozenset(reading.family for reading in self.readings)


def plain(value: Decimal) -> str:
    """A number with its thousands set apart: 10,000,000,000."""
    return f"{value.normalize():,f}"


def _shown_day(day: Day) -> str:
    year, month, date = day
    if year is not None:
        return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, date) if part is not None)])
    named = [f"{name} {part}" for name, part in (("month", month), ("day", date)) if part is not None]
    return ", ".join(named)
