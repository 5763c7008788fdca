"""What CLDR knows of how a language writes quantities, so that a table has to say only the rest.

Number signs, words for large numbers, months and the order of dates, currencies, units: https://cldr.unicode.org/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name, list_currencies
from babel.units import format_unit

from briefbook.model.amounts import UNITS

# Numbers that between them call for every plural form there is.
_COUNTS = (Decimal(0), Decimal(1), Decimal(2), Decimal(3), Decimal(6), Decimal(11), Decimal(100), Decimal("1.5"))
_SKELETONS = ("yMMMMd", "yMMMd", "MMMMd", "MMMd", "yMMMM", "yMMM", "y")
_FIELD = re.compile(r"'([^']*)'|y+|M+|L+|d+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Known:
    """Number signs, words for powers of ten, names and order of dates, currencies and units, as pairs of word and meaning."""

    decimals: frozenset[str] = frozenset({"."})
    groups: frozenset[str] = frozenset({","})
    scales: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    dates: tuple[str, ...] = ()
    currencies: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[str, str, Decimal | None], ...] = ()


@lru_cache
def known_of(language: str) -> Known:
    """What CLDR knows of a language; of one it does not have, only how most write numbers."""
    locale = _locale_of(language)
    if locale is None:
        return Known()
    decimals, groups = _signs(locale)
    return Known(
        frozenset(decimals), frozenset(groups), tuple(_scales(locale)), tuple(_months(locale)), tuple(_dates(locale)),
        tuple(_currencies(locale)), tuple(_spans(locale)),
    )


def _locale_of(language: str) -> Locale | None:
    for code in (language, language.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _cleaned(text: str) -> str:
    """A phrase of CLDR without marks of direction, and with plain spaces."""
    return re.sub(r"[\u200e\u200f\u061c]", "", text).replace("\u00a0", " ").replace("\u202f", " ").strip()


def _signs(locale: Locale) -> tuple[set[str], set[str]]:
    """The signs for decimals and for groups of digits, in any of the numerals the language uses."""
    systems = {locale.default_numbering_system, *locale.other_numbering_systems.values()}
    found = [locale.number_symbols.get(system, {}) for system in systems]
    decimals = {_cleaned(str(symbols["decimal"])) for symbols in found if symbols.get("decimal")}
    groups = {str(symbols["group"]).replace("\u00a0", " ").replace("\u202f", " ") for symbols in found if symbols.get("group")}
    return decimals, groups - decimals


def _scales(locale: Locale) -> Iterator[tuple[str, int]]:
    """Words for large numbers and their power of ten."""
    for length in ("long", "short"):
        for by_power in locale.compact_decimal_formats.get(length, {}).values():
            for power, pattern in by_power.items():
                written = _cleaned(str(pattern.pattern).replace("'", ""))
                word = written.strip("0 ")
                if word and "0" in written and "0" not in word:
                    yield word, len(power) - written.count("0")


def _months(locale: Locale) -> Iterator[tuple[str, int]]:
    """Names of months, in full and shortened; none in languages that number them."""
    # Names as they stand alone only where dates use them: others are inherited, and Babel may give those of another language.
    alone = "LLL" in str(locale.datetime_skeletons.get("yMMMM", ""))
    for context in ("format", "stand-alone") if alone else ("format",):
        for width in ("wide", "abbreviated"):
            names = locale.months[context][width].items()
            yield from ((_cleaned(name), number) for number, name in names if not any(char.isdigit() for char in name))


def _dates(locale: Locale) -> Iterator[str]:
    """How dates are put together, with `{year}`, `{month}` and `{day}` in place of their parts, as regular expressions."""
    patterns = [str(locale.date_formats["long"].pattern)]
    patterns += [str(locale.datetime_skeletons[name].pattern) for name in _SKELETONS if name in locale.datetime_skeletons]
    number = re.fullmatch(r"\d+(\D+)", locale.months["format"]["wide"][5])
    for pattern in patterns:
        if "E" not in pattern and "G" not in pattern:
            yield "".join(_part(field, number[1] if number else "") for field in _FIELD.finditer(_cleaned(pattern)))


def _part(field: re.Match[str], after_month: str) -> str:
    part = field[0]
    if field[1] is not None:
        return re.escape(field[1])
    if part.startswith("y"):
        return "{year}"
    if part[0] in "ML":
        return "{month}" + (after_month if len(part) > 2 else "")
    if part.startswith("d"):
        return "{day}"
    return r"\s?" if part.isspace() else re.escape(part) + ("?" if part in ",." else "")


def _currencies(locale: Locale) -> Iterator[tuple[str, str]]:
    """Names of currencies in all their forms, with the ISO code."""
    for code in sorted(list_currencies()):
        names = {get_currency_name(code, count=float(count), locale=locale) for count in _COUNTS}
        names |= {get_currency_name(code, locale=locale), str(locale.currency_symbols.get(code, code))}
        yield from ((_cleaned(name), code) for name in sorted(names) if name != code)


def _spans(locale: Locale) -> Iterator[tuple[str, str, Decimal | None]]:
    """Words for units; with a number where a word says both, as the Arabic dual does."""
    for unit, name in UNITS.items():
        for count in _COUNTS:
            for length in ("long", "short"):
                written = _cleaned(format_unit(count if count % 1 else int(count), name, length=length, locale=locale))
                if name in written or not written:
                    continue
                word = re.sub(r"[\d.,٫]+", "", written).strip()
                yield word, unit, None if any(char.isdigit() for char in written) else count
