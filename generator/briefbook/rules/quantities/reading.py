"""From a text to the quantities in it: one pass from left to right, each thing found read with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from briefbook.rules.quantities.joining import joined
from briefbook.rules.quantities.numerals import Number, number_at, value_of
from briefbook.rules.quantities.quantity import Family, Quantity, Reading
from briefbook.rules.quantities.scanner import Scanner, scanner_of
from briefbook.rules.quantities.sighting import Sighting
from briefbook.rules.quantities.tables import Table, table_of
from briefbook.rules.quantities.visible import Visible, visible

# So far before a number its qualifier may begin.
_REACH = 30
# Years that four bare digits are taken to mean.
_YEARS = range(1500, 2200)
_SMALL = 3


@lru_cache(maxsize=50_000)
def read(language: str, text: str, names: frozenset[str] = frozenset()) -> tuple[Quantity, ...]:
    """The quantities of a text, in their order. What stands in `names` is a name, whatever digits it has."""
    seen, scanner = visible(text), scanner_of(language)
    if not scanner.promising(seen.low):
        return ()
    table = table_of(language)
    named = [match.span() for name in names if name in seen.text for match in re.finditer(re.escape(name), seen.text)]
    found = [s for s in _sightings(table, scanner, seen) if not any(a < s.end and s.start < b for a, b in named)]
    found = joined(table, seen, found)
    read = [_quantity(table, seen, sighting) for sighting in found]
    for position, sighting in enumerate(found):
        if sighting.to_next:
            bounds = read[position].bounds | read[position + 1].bounds
            read[position : position + 2] = [replace(end, bounds=bounds) for end in read[position : position + 2]]
    return tuple(read)


def _sightings(table: Table, scanner: Scanner, seen: Visible) -> Iterator[Sighting]:
    place = 0
    while match := scanner.pattern.search(seen.text, place):
        sighting = _sighting(table, scanner, seen, match)
        place = max(match.end(), sighting.end if sighting else 0, place + 1)
        if sighting and sighting.readings:
            yield sighting


def _sighting(table: Table, scanner: Scanner, seen: Visible, match: re.Match[str]) -> Sighting | None:
    kind = match.lastgroup or ""
    if kind in ("skip", "attached"):
        return None
    if kind in scanner.dates:
        return _dated(table, scanner, match, kind)
    if kind == "whole":
        value, unit = table.wholes[_entry(match[0])]
        return Sighting([Reading(Family.SPAN, value, (unit,))], *match.span(), spelled=True)
    if kind == "fraction":
        return _told(table, match, kind, Family.FRACTION)
    if kind == "ordinal":
        return _told(table, match, kind, Family.ORDINAL)
    group = "signed_digits" if kind == "signed" else kind
    number = number_at(table, seen.low, match.start(group), match[group])
    return None if number is None else _number(table, seen, match, number)


def _dated(table: Table, scanner: Scanner, match: re.Match[str], kind: str) -> Sighting | None:
    readings = list(scanner.dates[kind](match))
    if not readings:
        return None
    year, month, day = readings[0].day
    if day and table.short_years and not (year or month):
        readings.append(Reading(Family.SPAN, Decimal(day), ("day",)))
    alone = readings[0].family is Family.DATE and year is None and (month is None or day is None)
    return Sighting(readings, *match.span(), soft=alone or kind.startswith("soft"))


def _told(table: Table, match: re.Match[str], kind: str, family: Family) -> Sighting | None:
    """An ordinal number or a fraction, as a word or in figures."""
    given = {name: text for name, text in match.groupdict().items() if text and name.startswith(f"{kind}_")}
    words = table.fractions if family is Family.FRACTION else table.ordinals
    if not given:
        value = words[_entry(match[0])]
        return Sighting([Reading(family, _decimal(value))], *match.span(), spelled=True, soft=True)
    numbers = {name.removeprefix(f"{kind}_").rstrip("0123456789"): value_of(table, text) for name, text in given.items()}
    number, of = numbers.get("n"), numbers.get("of", Decimal(1))
    if number is None or not of:
        return None
    readings = [Reading(family, number / of)]
    if family is Family.ORDINAL and 1 <= number <= 31 and not table.short_years:
        readings.append(Reading(Family.DATE, day=(None, None, int(number))))
    return Sighting(readings, *match.span(), soft=True)


def _number(table: Table, seen: Visible, match: re.Match[str], number: Number) -> Sighting | None:
    """A number with the unit before or behind it."""
    implied = match[0].strip().lower() in table.ones
    value, end = _and_a_half(table, seen.low, number.end, number.value)
    if match.lastgroup == "signed":
        units = table.currencies.at(match["sign"].strip().lower(), 0)
        if units is None:
            return None
        found = Sighting([Reading(Family.MONEY, value, units[1])], match.start(), end, number)
        found.signed = True
        return found
    reading, further = _with_unit(table, seen.low, end, value)
    if implied and reading is None and not number.power:
        return None
    if reading is not None and reading.family is Family.SPAN and end == number.end:
        value, further = _and_a_half(table, seen.low, further, value)
        reading = Reading(Family.SPAN, value * (reading.value / number.value if number.value else 1), reading.units)
    readings = [reading] if reading else _bare(table, number, value)
    if reading and reading.units == ("year",) and table.short_years and number.bare and 10 <= value == number.value < 100:
        readings.append(Reading(Family.DATE, day=(2000 + int(value), None, None)))
    found = Sighting(readings, match.start(), further, number, spelled=number.spelled)
    found.soft = found.implied = implied
    return found


def _bare(table: Table, number: Number, value: Decimal) -> list[Reading]:
    """Four digits without anything are a year, where the language writes years so."""
    count = Reading(Family.COUNT, value)
    if not number.bare or value != int(value) or not 1000 <= value <= 9999:
        return [count]
    year = Reading(Family.DATE, day=(int(value), None, None))
    return [year, count] if int(value) in _YEARS and not table.short_years else [count, year]


def _with_unit(table: Table, low: str, end: int, value: Decimal) -> tuple[Reading | None, int]:
    """What the number is a number of, by the longest word behind it, and where that ends."""
    at = end + 1 if low[end : end + 1] in (" ", "-") and end < len(low) else end
    if connector := table.connectors.at(low, at):
        at = connector[0] + (low[connector[0] : connector[0] + 1] == " ")
    found: list[tuple[int, Reading]] = []
    if share := table.shares.at(low, at):
        found.append((share[0], Reading(Family.SHARE, value * share[1][0], (share[1][1],))))
    if money := table.currencies.at(low, at):
        found.append((money[0], Reading(Family.MONEY, value, money[1])))
    if span := table.spans.at(low, at):
        found.append((span[0], Reading(Family.SPAN, value * span[1][0], (span[1][1],))))
    if not found:
        counter = table.counters.at(low, end)
        return None, counter[0] if counter else end
    further, reading = max(found, key=lambda pair: pair[0])
    return reading, further


def _and_a_half(table: Table, low: str, end: int, value: Decimal) -> tuple[Decimal, int]:
    half = table.halves.match(low, end)
    return (value + Decimal("0.5"), half.end()) if half else (value, end)


def _quantity(table: Table, seen: Visible, sighting: Sighting) -> Quantity:
    bounds, start, end = _bounds(table, seen, sighting)
    first = sighting.readings[0]
    few = first.family in (Family.COUNT, Family.SPAN) and first.value <= _SMALL and sighting.spelled
    return Quantity(
        tuple(sighting.readings), sighting.start, sighting.end, seen.said(sighting.start, sighting.end), seen.said(start, end),
        bounds, sighting.spelled, sighting.soft or few, sighting.implied,
    )


def _bounds(table: Table, seen: Visible, sighting: Sighting) -> tuple[frozenset[str], int, int]:
    """How the quantity is qualified, and from where to where it stands with its qualifiers."""
    found, start, end = set(), sighting.start, sighting.end
    first = max(0, start - _REACH)
    family = sighting.readings[0].family
    if before := table.before.search(seen.low[first:start]):
        word = before[0].strip()
        if not (family is Family.SPAN and word in table.during):
            found.add(table.bounds[0][(before.lastindex or 1) - 1])
            start = first + before.start()
    if after := table.after.match(seen.low, end):
        found.add(table.bounds[1][(after.lastindex or 1) - 1])
        end = after.end()
    if family in (Family.DATE, Family.TIME, Family.ORDINAL):
        found &= {"about"}
    return frozenset(found), start, end


def _entry(written: str) -> str:
    """A phrase as it stands in a table."""
    return " ".join(written.lower().split())


def _decimal(value: int | Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
