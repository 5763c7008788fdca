"""Numbers that share a unit: in “20–49%”, “79 to 134 billion dollars”, 「7〜9月」 what is said of one goes for both."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from briefbook.rules.quantities.quantity import Family, Reading
from briefbook.rules.quantities.sighting import Sighting
from briefbook.rules.quantities.tables import Table
from briefbook.rules.quantities.visible import Visible

_LONGEST_JOINT = 12


def joined(table: Table, seen: Visible, found: list[Sighting]) -> list[Sighting]:
    """The sightings, each with the readings that it takes over from the one it is joined with."""
    pairs = list(pairwise(found))
    _take_months(table, seen, pairs)
    found = _with_years(found)
    for left, right in reversed(list(pairwise(found))):
        between = seen.low[left.end : right.start]
        if len(between) <= _LONGEST_JOINT:
            if table.ranges.fullmatch(between):
                _share(left, right, certain=True)
                left.to_next = left.family is right.family
                _months(left, right)
            elif table.lists.fullmatch(between):
                _share(left, right, certain=False)
    return found


def _take_months(table: Table, seen: Visible, pairs: list[tuple[Sighting, Sighting]]) -> None:
    """Read the 7 of 「7〜9月」 as a month."""
    for left, right in reversed(pairs):
        between = seen.low[left.end : right.start]
        if left.unitless and right.family is Family.DATE and len(between) <= _LONGEST_JOINT and table.ranges.fullmatch(between):
            _take(left, _part_of_date(left, right), first=True)


def _share(left: Sighting, right: Sighting, *, certain: bool) -> None:
    """Give each what only the other says. What is `certain` is likelier than what it seemed alone."""
    year = Family.DATE in (left.family, right.family) and Family.MONEY in (left.family, right.family)
    if left.number is not None and right.number is not None and not year:
        _take(left, _inherited(left, right), first=certain)
        _take(right, _inherited(right, left) if left.signed and certain else [], first=certain)
    elif left.unitless and right.family is Family.DATE:
        _take(left, _part_of_date(left, right), first=certain)


def _take(sighting: Sighting, readings: list[Reading], *, first: bool) -> None:
    own = [reading for reading in sighting.readings if reading not in readings]
    sighting.readings = [*readings, *own] if first else [*own, *readings]


def _inherited(one: Sighting, other: Sighting) -> list[Reading]:
    assert one.number is not None
    assert other.number is not None
    giving, value = other.readings[0], one.number.value
    scaled = value.scaleb(other.number.power) if not one.number.power and not one.number.spelled and other.number.power else None
    values = [value] if scaled is None else [value, scaled] if one.number.grouped else [scaled, value]
    if one.unitless and giving.family in (Family.MONEY, Family.SHARE, Family.SPAN):
        factor = giving.value / other.number.value if other.number.value and giving.family is Family.SHARE else Decimal(1)
        return [Reading(giving.family, number * factor, giving.units) for number in values]
    if one.unitless and giving.family is Family.COUNT:
        return [Reading(Family.COUNT, number) for number in values] if scaled is not None else []
    if one.family is Family.MONEY and giving.family in (Family.MONEY, Family.COUNT):
        return [Reading(Family.MONEY, number, one.readings[0].units) for number in values]
    return []


def _part_of_date(left: Sighting, right: Sighting) -> list[Reading]:
    """The 1 of “1–3 May”, the 7 of 「7〜9月」."""
    _, month, day = right.readings[0].day
    assert left.number is not None
    if not left.number.bare or left.number.value != int(left.number.value):
        return []
    number = int(left.number.value)
    if day is not None and 1 <= number <= 31:
        return [Reading(Family.DATE, day=(None, None, number))]
    if day is None and month is not None and 1 <= number <= 12:
        return [Reading(Family.DATE, day=(None, number, None))]
    return []


def _months(left: Sighting, right: Sighting) -> None:
    """From January to September is nine months; and of a quarter, the last month may be all that is named."""
    if not (left.family is Family.DATE is right.family):
        return
    (year, first, day), (other_year, last, other_day) = left.readings[0].day, right.readings[0].day
    if first and last and day is None is other_day:
        left.soft = True
        right.readings.append(Reading(Family.SPAN, Decimal((last - first) % 12 + 1), ("month",)))
        if year is None and other_year is not None and first < last:
            left.readings[0] = Reading(Family.DATE, day=(other_year, first, None))
        if other_year is None and year is not None and first < last:
            right.readings[0] = Reading(Family.DATE, day=(year, last, None))


def _with_years(found: list[Sighting]) -> list[Sighting]:
    """2025年 right before 7〜9月 is the year of July."""
    kept: list[Sighting] = []
    for sighting in found:
        before = kept[-1] if kept else None
        if before and before.end == sighting.start and before.family is Family.DATE is sighting.family:
            year, (none, month, day) = before.readings[0].day, sighting.readings[0].day
            if year[1] is None is year[2] and none is None and month is not None:
                kept.pop()
                sighting.start = before.start
                sighting.readings = [Reading(Family.DATE, day=(year[0], month, day))]
        kept.append(sighting)
    return kept
