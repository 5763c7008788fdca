"""How a language writes amounts: "more than US$13 billion", 「130億ドル超」, "20–49%", 「4兆8000億円」.

Numbers keep every digit they were given. Words for large numbers come from CLDR's compact formats
(https://cldr.unicode.org/translation/number-currency-formats/number-symbols), or, in languages that pile them up as
Japanese does, from the labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.localedata import LocaleDataDict, load
from babel.numbers import format_decimal, get_currency_name, get_minus_sign_symbol

from briefbook.model.amounts import PERCENT, UNITS, Amount, Bound
from briefbook.wording.labels import Labels

_MOST_DECIMALS = 4
# Numbers that show by their size that no word is left out behind them.
_GROUPED_FROM = 1_000


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written: its digits, and the word that scales them."""

    digits: str
    scale: str = ""

    def __str__(self) -> str:
        return self.digits + self.scale


def word_amount(amount: Amount, locale: Locale, labels: Labels) -> str:
    """The amount in words and digits of a language."""
    negative = amount.high < 0
    size = replace(amount, low=abs(amount.low), high=abs(amount.high)) if negative else amount
    shown = _with_unit(size, _digits(size, locale, labels), locale, labels)
    if negative:
        # The sign goes before all of it, a currency too: -US$13 billion.
        shown = get_minus_sign_symbol(locale) + shown
    if amount.bound is Bound.EXACT:
        return shown
    return labels.fill(f"amounts.{amount.bound.value.replace(' ', '-')}", amount=shown)


def _digits(amount: Amount, locale: Locale, labels: Labels) -> str:
    high = _worded(amount.high, locale, labels)
    if not amount.is_range:
        return str(high)
    low = _worded(amount.low, locale, labels)
    if high.scale and not low.scale and 0 < amount.low < _GROUPED_FROM:
        # “100–2 million” would be read as a hundred million.
        high = _Number(_grouped(amount.high, locale))
    shared = low.scale == high.scale and labels["amounts.range-repeats-scale"] == "no"
    return labels.fill("amounts.range", low=low.digits if shared else str(low), high=str(high))


def _with_unit(amount: Amount, digits: str, locale: Locale, labels: Labels) -> str:
    if amount.unit == PERCENT:
        return re.sub(r"[#0,.]+", lambda _: digits, _positive(locale.percent_formats[None].pattern), count=1)
    if amount.unit in UNITS:
        own = labels.get(f"amounts.units.{amount.unit}")
        return own.format(amount=digits) if own else _unit_pattern(amount, locale).replace("{0}", digits)
    if amount.is_money:
        pattern = labels.get(f"amounts.money.{amount.unit}")
        if pattern:
            return pattern.format(amount=digits)
        name = get_currency_name(amount.unit, count=float(amount.high), locale=locale)
        return f"{digits} {name}"
    return digits


def _unit_pattern(amount: Amount, locale: Locale) -> str:
    """CLDR's words for a unit, with `{0}` for the number; the longest there are, English if there are none."""
    for known in (locale, Locale("en")):
        data: dict[str | int | None, Any] = dict(load(str(known)).items())
        lengths = LocaleDataDict(data)["unit_patterns"].get(UNITS[amount.unit], {})
        for length in ("long", "short", "narrow"):
            forms = lengths.get(length, {})
            for form in (known.plural_form(amount.high), "other"):
                # Some languages have a form for one or two that holds no number; it would swallow ours.
                if "{0}" in (pattern := str(forms.get(form, ""))):
                    return pattern
    raise AssertionError("CLDR has every one of UNITS in English")


def _worded(value: Decimal, locale: Locale, labels: Labels) -> _Number:
    if abs(value) < Decimal(labels["amounts.words-from"]):
        return _Number(_grouped(value, locale))
    scales = {int(power): word for power, word in labels.under("amounts.scales").items()}
    if scales:
        return _Number(_piled(value, scales))
    return _compact(value, locale) or _Number(_grouped(value, locale))


def _grouped(value: Decimal, locale: Locale) -> str:
    return format_decimal(value, locale=locale, decimal_quantization=False)


def _piled(value: Decimal, scales: dict[int, str]) -> str:
    """137億5000万: each scale word after its own group of digits; the digits of a group are not grouped again."""
    parts, rest = [], abs(value)
    for power in sorted(scales, reverse=True):
        whole, rest = divmod(rest, Decimal(10) ** power)
        if whole:
            parts.append(f"{whole:f}{scales[power]}")
    if rest:
        parts.append(f"{rest.normalize():f}")
    return ("-" if value < 0 else "") + "".join(parts)


def _compact(value: Decimal, locale: Locale) -> _Number | None:
    """The number with CLDR's scale word, if that takes few enough decimals to lose none."""
    formats = locale.compact_decimal_formats
    # Some languages, Chinese among them, have but one form of each scale word, and CLDR calls it the short one.
    patterns = formats["long"] if "long" in formats else formats["short"]
    powers = sorted((int(power) for power in patterns["other"]), reverse=True)
    power = next((p for p in powers if abs(value) >= p), None)
    if power is None:
        return None
    zeros = _positive(patterns["other"][str(power)].pattern).count("0")
    scaled = value / (Decimal(power) / Decimal(10) ** (zeros - 1))
    if not zeros or -int(scaled.normalize().as_tuple().exponent) > _MOST_DECIMALS:
        return None
    plural = locale.plural_form(scaled)
    pattern = _positive(patterns.get(plural, patterns["other"]).get(str(power), patterns["other"][str(power)]).pattern)
    digits = format_decimal(scaled, locale=locale, decimal_quantization=False)
    before, _, after = re.sub("0+", "\0", pattern.replace("'", ""), count=1).partition("\0")
    return _Number(before + digits, after)


def _positive(pattern: object) -> str:
    """The half of a CLDR number pattern that is for positive numbers: the sign is put before them in any case."""
    return str(pattern).partition(";")[0]
