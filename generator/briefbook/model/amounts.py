"""Amounts of money, shares, durations and counts, exactly as they were given: no floats, nothing rounded.

The written form is plain English, read strictly: "over 13 billion USD", "20 to 49 %", "about 7 years".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from babel.numbers import list_currencies
from pydantic_core import core_schema

from briefbook.model.base import bad_value

FORMS = "13 billion USD, over 13 billion USD, about 27 %, 20 to 49 %, up to 92 billion USD, 4.8 trillion JPY, 7 years, 50"


class Bound(StrEnum):
    """How a number is meant when it is not meant exactly."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at least"
    NEARLY = "nearly"
    UP_TO = "up to"
    UNDER = "under"


_BOUNDS = {
    "about": Bound.ABOUT, "around": Bound.ABOUT, "roughly": Bound.ABOUT, "approximately": Bound.ABOUT,
    "over": Bound.OVER, "more than": Bound.OVER, "at least": Bound.AT_LEAST,
    "nearly": Bound.NEARLY, "almost": Bound.NEARLY, "close to": Bound.NEARLY,
    "up to": Bound.UP_TO, "at most": Bound.UP_TO, "under": Bound.UNDER, "less than": Bound.UNDER,
}
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
# Written unit → the CLDR unit it is worded with (https://cldr.unicode.org/).
UNITS = {
    "year": "duration-year", "month": "duration-month", "week": "duration-week", "day": "duration-day",
    "hour": "duration-hour", "minute": "duration-minute", "megawatt": "power-megawatt", "gigawatt": "power-gigawatt",
    "kilometre": "length-kilometer", "tonne": "mass-tonne",
}
PERCENT = "%"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?:(?P<bound>{'|'.join(sorted(_BOUNDS, key=len, reverse=True))})\s+)?(?P<sign>[-−])?(?P<low>{_NUMBER})"
    rf"(?:\s*(?P<lowscale>{'|'.join(_SCALES)})?\s*(?:to|-|–|〜)\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?P<scale>{'|'.join(_SCALES)}))?(?:\s*(?P<unit>%|[A-Za-z]+))?",
    re.ASCII,
)
# The same for validators of any language, which need not know what each part is called.
_WRITTEN = rf"^\s*(?:{re.sub(r'[?]P<[a-z]+>', '', _AMOUNT.pattern)})\s*$"
# Codes that ISO 4217 gives to what nobody pays with: metals, bond market units, funds, tests and none at all.
_NO_MONEY = frozenset({"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XPD", "XPT", "XRE", "XTS", "XXX"})
_CURRENCIES = frozenset(list_currencies()) - _NO_MONEY
# More digits than this are a slip, and so few that no arithmetic on them rounds.
MOST_DIGITS = 24
_EXACT = Context(prec=3 * MOST_DIGITS)


@dataclass(frozen=True, slots=True)
class Amount:
    """`low` to `high` (equal where there is one number) of `unit`, as far as `bound` says.

    `unit` is an ISO 4217 currency code, `%`, a key of `UNITS`, or empty for a plain count.
    """

    low: Decimal
    high: Decimal
    unit: str = ""
    bound: Bound = Bound.EXACT

    @classmethod
    def parse(cls, written: object) -> Amount:
        """Read a written amount; a bare whole number is a count. Raises an `amount` error."""
        if isinstance(written, Amount):
            return written
        text = str(written) if isinstance(written, int) and not isinstance(written, bool) else written
        match = _AMOUNT.fullmatch(text.strip()) if isinstance(text, str) else None
        if not match:
            shown = f"“{text}” is not an amount" if isinstance(text, str) else "an amount is expected here"
            raise bad_value("amount", shown, f"write it like one of: {FORMS}")
        if match["sign"] and match["high"]:
            raise bad_value("amount", f"“{text}”: a range cannot be negative")
        scale = match["scale"] or ""
        high = _scaled(match["high"] or match["low"], scale)
        low = _scaled(match["low"], (match["lowscale"] or scale) if match["high"] else scale)
        if match["high"] and low >= high:
            raise bad_value("amount", f"“{text}” runs from the larger to the smaller", "write the smaller number first")
        if match["sign"]:
            low = high = -low
        return cls(low, high, _unit(match["unit"], str(text)), _BOUNDS.get(match["bound"] or "", Bound.EXACT))

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.low != self.high

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit not in ("", PERCENT) and self.unit not in UNITS

    def __str__(self) -> str:
        bound = "" if self.bound is Bound.EXACT else f"{self.bound} "
        numbers = f"{self.low:f}" + (f" to {self.high:f}" if self.is_range else "")
        return f"{bound}{numbers} {self.unit}".strip()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        return {
            "description": f"An amount as people write it: {FORMS}",
            "anyOf": [{"type": "string", "pattern": _WRITTEN}, {"type": "integer"}],
        }


def _scaled(digits: str, scale: str) -> Decimal:
    written = digits.replace(",", "")
    if len(written.replace(".", "")) + _SCALES.get(scale, 0) > MOST_DIGITS:
        shown = digits if len(digits) <= 2 * MOST_DIGITS else f"{digits[:MOST_DIGITS]}…"
        raise bad_value("amount", f"“{shown}” has too many digits", f"at most {MOST_DIGITS} are read, with those of the scale")
    value = Decimal(written).scaleb(_SCALES.get(scale, 0), _EXACT)
    # 13.0 billion and 13 billion are the same amount; keep one form of each.
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(_EXACT)


def _unit(written: str | None, text: str) -> str:
    if not written or written == PERCENT:
        return written or ""
    singular = written.removesuffix("s")
    if singular in UNITS:
        return singular
    if written in _CURRENCIES:
        return written
    hint = f"did you mean {written.upper()}?" if written.upper() in _CURRENCIES else (
        f"use an ISO 4217 code such as USD, %, or one of {', '.join(sorted(unit + 's' for unit in UNITS))}"
    )
    raise bad_value("amount", f"“{text}” has an unknown unit: {written}", hint)
