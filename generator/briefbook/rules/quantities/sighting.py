"""A quantity while it is being read: what it may be, and what neighbours may still make of it."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.rules.quantities.numerals import Number
from briefbook.rules.quantities.quantity import Family, Reading


@dataclass(slots=True)
class Sighting:
    """What stands from `start` to `end`: after a currency sign if `signed`, the lower end of a range if `to_next`."""

    readings: list[Reading]
    start: int
    end: int
    number: Number | None = None
    spelled: bool = False
    soft: bool = False
    implied: bool = False
    signed: bool = False
    to_next: bool = False

    @property
    def family(self) -> Family:
        """The family of the likeliest reading."""
        return self.readings[0].family

    @property
    def unitless(self) -> bool:
        """Whether it is a number that does not say of what."""
        return self.number is not None and any(reading.family is Family.COUNT for reading in self.readings)
