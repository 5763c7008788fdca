"""Dates and times of day in running text, as the forms of a language's table describe them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from briefbook.rules.quantities.numerals import one_of, value_of
from briefbook.rules.quantities.quantity import Day, Family, Reading
from briefbook.rules.quantities.tables import Table

Reader = Callable[[re.Match[str]], tuple[Reading, ...]]
_NAMES = ("year", "shortyear", "era", "erayear", "month", "month2", "day", "hour", "minute")
_FIELDS = re.compile(r"\{([A-Za-z0-9]+)\}")
# Years that a bare number of two digits may mean lie within so many years of this one.
_PIVOT, _CENTURY = 1970, 100


def date_patterns(table: Table) -> Iterator[tuple[str, str, Reader]]:
    """A name, a regular expression and what it means, for each form of a date."""
    for position, form in enumerate(table.dates):
        name = f"{'soft' if form in table.soft_dates else 'date'}{position}"
        pattern = _expanded(form, name, table)
        if pattern is not None:
            yield name, _guarded(pattern, table), _date_reader(name, table)


def time_patterns(table: Table) -> Iterator[tuple[str, str, Reader]]:
    """The same for times of day. A form that starts with “+” tells hours after noon."""
    for position, form in enumerate(table.time_forms):
        name = f"time{position}"
        pattern = _expanded(form.removeprefix("+"), name, table)
        if pattern is not None:
            yield name, _guarded(pattern, table), _time_reader(name, 12 if form.startswith("+") else 0)


def _guarded(pattern: str, table: Table) -> str:
    before = r"(?<![^\W_])" if table.spaced else r"(?<![\dA-Za-z])"
    return rf"{before}(?:{pattern})(?:(?<!\d)|(?!\d))"


def _expanded(form: str, name: str, table: Table) -> str | None:
    parts = _parts(table)
    used = {field for field in _FIELDS.findall(form) if field in _NAMES}
    if any(not parts[field] for field in used):
        return None

    def put(field: re.Match[str]) -> str:
        plain = field[1].lower()
        return f"(?:{parts[plain]})" if field[1].isupper() else f"(?P<{name}_{plain}>{parts[plain]})"

    return _FIELDS.sub(put, form) if used else None


def _parts(table: Table) -> dict[str, str]:
    characters = "".join([*table.written_digits, *table.multipliers])
    small = rf"\d{{1,2}}|[{re.escape(characters)}]{{1,3}}" if characters else r"\d{1,2}"
    long = rf"\d{{4}}|[{re.escape(''.join(table.written_digits))}]{{4}}" if characters else r"\d{4}"
    months = small if not table.months else _months(table)
    return {
        "year": long, "shortyear": r"\d{2}", "era": one_of(table.eras), "erayear": rf"{small}|元", "month": months,
        "month2": r"\d{1,2}", "day": small, "hour": small, "minute": r"\d{2}|\d",
    }


def _months(table: Table) -> str:
    """Names of months. One that begins with a capital letter is none without it: “May” is, “may” is not."""
    capital = one_of(name for name in table.months if name[:1].isupper())
    small = one_of(name for name in table.months if not name[:1].isupper())
    kinds = [f"(?-i:{capital})" if capital else "", small]
    return f"(?:{'|'.join(kind for kind in kinds if kind)})(?![^\\W_])"


def _date_reader(name: str, table: Table) -> Reader:
    named = {month.lower(): number for month, number in table.months.items()}

    def read(match: re.Match[str]) -> tuple[Reading, ...]:
        part = {field: match[f"{name}_{field}"] for field in _NAMES if f"{name}_{field}" in match.re.groupindex}
        day: Day = (_year(part, table), _month(part, table, named), _whole(part.get("day"), table))
        return (Reading(Family.DATE, day=day),) if _told(day) else ()

    return read


def _time_reader(name: str, added: int) -> Reader:
    def read(match: re.Match[str]) -> tuple[Reading, ...]:
        part = {field: match[f"{name}_{field}"] for field in _NAMES if f"{name}_{field}" in match.re.groupindex}
        hour, minute = int(part["hour"]), int(part.get("minute") or 0)
        if hour > 24 or minute > 59:
            return ()
        hour = hour % 12 + added if added else hour
        return (Reading(Family.TIME, Decimal(hour * 60 + minute)),)

    return read


def _year(part: dict[str, str], table: Table) -> int | None:
    if part.get("era"):
        number = 1 if part["erayear"] == "元" else _whole(part["erayear"], table)
        return table.eras[part["era"]] + number - 1 if number else None
    if part.get("shortyear"):
        short = int(part["shortyear"])
        return next(year for year in range(_PIVOT, _PIVOT + _CENTURY) if year % _CENTURY == short)
    return _whole(part.get("year"), table)


def _month(part: dict[str, str], table: Table, named: dict[str, int]) -> int | None:
    written = part.get("month") or part.get("month2")
    if written is None:
        return None
    return named.get(written.lower()) or _whole(written, table)


def _whole(written: str | None, table: Table) -> int | None:
    if not written:
        return None
    value = value_of(table, written)
    return int(value) if value is not None and value == int(value) else None


def _told(day: Day) -> bool:
    """Whether it says anything. 31 February and month 13 are dates too, wrong ones, and no other language will agree."""
    return any(part is not None for part in day)
