"""Dates as people know them: to the day, the month or the year, certain or not, alone or as an interval.

The written form is EDTF, ISO 8601-2 (https://www.loc.gov/standards/datetime/): level 0 dates and level 0 and 1
intervals and qualifications, without seasons and times of day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from pydantic_core import core_schema

from briefbook.model.base import bad_value

FORMS = "2024-05-13, 2024-05, 2024, 2024-05~ (about), 2024? (uncertain), 2024-05-13/2024-06-02, 2019/.."
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[?~%])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day of the Gregorian calendar, with what EDTF calls its qualification."""

    year: int
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read one EDTF date; raises a `date` error that names what is wrong."""
        match = _DATE.fullmatch(text)
        if not match:
            raise bad_value("date", f"“{text}” is not a date", f"write it like one of: {FORMS}")
        year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
        assert year is not None
        _must_exist(text, year, month, day)
        mark = match["mark"] or ""
        return cls(year, month, day, uncertain=mark in ("?", "%"), approximate=mark in ("~", "%"))

    def first(self) -> date:
        """The first day it can mean; for ordering and drawing, never for display."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The last day it can mean; for ordering and drawing, never for display."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        mark = {(True, True): "%", (True, False): "?", (False, True): "~"}.get((self.uncertain, self.approximate), "")
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts) + mark


@dataclass(frozen=True, slots=True)
class When:
    """A date or an interval. A single date has `start == end`; an open or unknown end is `None`."""

    start: PartialDate | None
    end: PartialDate | None
    interval: bool = False

    @classmethod
    def parse(cls, written: object) -> When:
        """Read an EDTF date or interval; a bare whole number is a year. Raises a `date` error."""
        if isinstance(written, When):
            return written
        text = str(written) if isinstance(written, int) and not isinstance(written, bool) else written
        if not isinstance(text, str):
            raise bad_value("date", "a date is expected here", f"write it like one of: {FORMS}")
        left, slash, right = text.strip().partition("/")
        if not slash:
            single = PartialDate.parse(left)
            return cls(single, single)
        if "/" in right:
            raise bad_value("date", f"“{text}” is not a date", f"write it like one of: {FORMS}")
        start, end = (None if side in ("", "..") else PartialDate.parse(side) for side in (left, right))
        if start is None and end is None:
            raise bad_value("date", f"“{text}” names neither a start nor an end", f"write it like one of: {FORMS}")
        if start and end and end.last() < start.first():
            raise bad_value("date", f"“{text}” ends before it starts", f"did you mean {end}/{start}?")
        return cls(start, end, interval=True)

    def first(self) -> date:
        """The first day it can mean (`date.min` with an open start)."""
        return self.start.first() if self.start else date.min

    def last(self) -> date:
        """The last day it can mean (`date.max` with an open end)."""
        return self.end.last() if self.end else date.max

    def sort_key(self) -> tuple[date, date, str]:
        """Chronological; of two with the same first day the more precise one first."""
        return (self.first() if self.start else self.last(), self.last(), str(self))

    def __str__(self) -> str:
        if not self.interval:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        mark, day = r"[?~%]?", r"\d{4}(-\d{2}(-\d{2})?)?"
        return {
            "description": f"A date in EDTF: {FORMS}",
            "anyOf": [
                {"type": "string", "pattern": rf"^({day}{mark}|(\.\.)?)(/({day}{mark}|(\.\.)?))?$"},
                {"type": "integer", "minimum": 1, "maximum": 9999},
            ],
        }


def _must_exist(text: str, year: int, month: int | None, day: int | None) -> None:
    if year == 0:
        raise bad_value("date", f"“{text}”: years start at 0001")
    if month is not None and not 1 <= month <= 12:
        raise bad_value("date", f"“{text}” has no such month: {month:02}", "months run from 01 to 12")
    if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        days = calendar.monthrange(year, month)[1]
        raise bad_value("date", f"“{text}” has no such day: {day:02}", f"{year:04}-{month:02} has {days} days")
