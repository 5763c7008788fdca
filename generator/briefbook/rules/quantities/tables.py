"""How a language writes quantities: what CLDR knows of it, and what `data/quantities.<language>.yml` adds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from briefbook.rules.quantities.cldr import known_of
from briefbook.rules.quantities.lexicon import Lexicon

# Units of a measure that count in several of a smaller one, as a decade does: how many, and of which.
Span = tuple[Decimal, str]


@dataclass(frozen=True)
class Table:
    """All that reading needs to know of one language. `complete` says that there is a table of its own, not CLDR alone."""

    language: str
    complete: bool
    spaced: bool
    numerals: Mapping[str, Decimal]
    ones: frozenset[str]
    written_digits: Mapping[str, int]
    multipliers: Mapping[str, int]
    decimals: str
    groups: str
    powers: Mapping[str, int]
    scales: Lexicon[int]
    attached: Lexicon[int]
    shares: Lexicon[tuple[int, str]]
    currencies: Lexicon[tuple[str, ...]]
    spans: Lexicon[Span]
    wholes: Mapping[str, Span]
    connectors: Lexicon[None]
    halves: re.Pattern[str]
    fractions: Mapping[str, Fraction]
    ordinals: Mapping[str, int]
    months: Mapping[str, int]
    eras: Mapping[str, int]
    dates: tuple[str, ...]
    soft_dates: frozenset[str]
    ordinal_forms: tuple[str, ...]
    fraction_forms: tuple[str, ...]
    time_forms: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bounds: tuple[tuple[str, ...], tuple[str, ...]]
    during: frozenset[str]
    ranges: re.Pattern[str]
    lists: re.Pattern[str]
    counters: Lexicon[str]
    counter_words: tuple[str, ...]
    passed_over: tuple[str, ...]
    signs: tuple[str, ...]
    power_names: Mapping[int, str]
    relative_dates: re.Pattern[str]
    short_years: bool
    never_begins: str


@lru_cache
def table_of(language: str) -> Table:
    """The table of a language; of one nobody wrote a table for, what CLDR knows."""
    own = _own(language) or _own(language.split("-", maxsplit=1)[0])
    return _table(language, own or {}, complete=own is not None)


def _own(language: str) -> dict[str, Any] | None:
    file = files("briefbook") / "rules" / "data" / f"quantities.{language}.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else None


def _table(language: str, own: dict[str, Any], *, complete: bool) -> Table:
    spaced = bool(own.get("spaced", True))
    known = known_of(language)
    powers, attached = _scales(own, dict(known.scales))
    names = _currencies(own, known.currencies)
    spans, wholes = _spans(own, known.spans)
    # Where numbers have characters of their own, months are numbered.
    months = {**(dict(known.months) if "digits" not in own else {}), **_numbers(own, "months")}
    dates, soft = _dates(own, known.dates)
    shares = {str(word): (int(by), "%") for by, words in own.get("shares", {1: ["%"]}).items() for word in words}
    before, after = own.get("before", {}), own.get("after", {})
    return Table(
        language=language, complete=complete, spaced=spaced,
        numerals=_numerals(own), ones=frozenset(map(str, own.get("ones", ()))),
        written_digits=_numbers(own, "digits"), multipliers=_numbers(own, "multipliers"),
        decimals="".join(sorted(known.decimals)), groups="".join(sorted(known.groups)),
        powers=powers, scales=Lexicon(powers, spaced=spaced), attached=Lexicon(attached, spaced=spaced),
        shares=Lexicon({**shares, **dict.fromkeys(own.get("points", ()), (1, "points")), "٪": (1, "%")}, spaced=spaced),
        currencies=Lexicon(names, spaced=spaced), spans=Lexicon(spans, spaced=spaced), wholes=wholes,
        connectors=Lexicon(dict.fromkeys(own.get("connectors", ())), spaced=False),
        halves=re.compile("|".join(own.get("halves", ())) or r"(?!)"),
        fractions={word.lower(): Fraction(str(part)) for word, part in own.get("fractions", {}).items()},
        ordinals={word.lower(): number for word, number in _numbers(own, "ordinals").items()}, months=months, eras=_numbers(own, "eras"), dates=dates, soft_dates=soft,
        ordinal_forms=tuple(own.get("ordinal-forms", ())), fraction_forms=tuple(own.get("fraction-forms", ())),
        time_forms=tuple(own.get("time-forms", ())),
        before=_ending(before, spaced), after=_starting(after, spaced), bounds=(tuple(before), tuple(after)),
        during=frozenset(own.get("during", ())),
        ranges=_joint(own.get("ranges", ["–", "-", "〜"])), lists=_joint(own.get("lists", [","])),
        counters=Lexicon({word: word for word in own.get("counters", ())}, spaced=spaced),
        counter_words=tuple(own.get("counters", ())), passed_over=tuple(own.get("passed-over", ())),
        power_names={power: word for word, power in reversed(known.scales) if len(word) > 1 or not word.isascii()},
        relative_dates=re.compile("|".join(own.get("relative-dates", ())) or r"(?!)", re.IGNORECASE),
        signs=tuple(word for word in names if any(unicodedata.category(char) == "Sc" for char in word) or word in map(str.lower, own.get("currency-words-before", ()))),
        never_begins=str(own.get("never-begins", r"\s")), short_years=bool(own.get("short-years", False)),
    )


def _numbers(own: dict[str, Any], key: str) -> dict[str, int]:
    return {str(word): int(number) for word, number in own.get(key, {}).items()}


def _numerals(own: dict[str, Any]) -> dict[str, Decimal]:
    """Numbers in words, with those the language puts together out of tens and ones."""
    words = {str(word).lower(): Decimal(str(number)) for word, number in own.get("numerals", {}).items()}
    units = {**{word: value for word, value in words.items() if value < 10}, **{w: Decimal(1) for w in own.get("compound-ones", ())}}
    tens = {word: value for word, value in words.items() if value >= 20 and value % 10 == 0 and value < 100}
    for form in own.get("compounds", ()):
        words |= {form.format(ten=t, unit=u): tv + uv for t, tv in tens.items() for u, uv in units.items()}
    return words


def _scales(own: dict[str, Any], known: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Words for large numbers, and the letters that stand for them right behind digits."""
    letters = {word: power for word, power in known.items() if len(word) == 1 and word.isascii()}
    words = {word: power for word, power in known.items() if word not in letters}
    return {**words, **_numbers(own, "scales")}, {**letters, **_numbers(own, "attached")}


def _currencies(own: dict[str, Any], known: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Names and signs of currencies. One sign may stand for several: the likeliest comes first."""
    found: dict[str, list[str]] = {}
    for word, code in [(str(w), c) for codes, words in own.get("currencies", {}).items() for w in words for c in codes.split()]:
        found.setdefault(word.lower(), []).append(code)
    for word, code in known:
        if word.lower() not in found:
            found[word.lower()] = [code]
        found.setdefault(code.lower(), [code])
    return {word: tuple(codes) for word, codes in found.items()}


def _spans(own: dict[str, Any], known: Sequence[tuple[str, str, Decimal | None]]) -> tuple[dict[str, Span], dict[str, Span]]:
    """Words for units, and words that say number and unit in one."""
    units = {word: (Decimal(1), unit) for word, unit, whole in known if whole is None and word}
    wholes = {word.lower(): (whole, unit) for word, unit, whole in known if whole is not None and word not in units and whole > 1}
    units |= {word: (Decimal(1), unit) for word, unit, whole in known if whole == 1 and word}
    units |= {str(word): _span(unit) for unit, words in own.get("spans", {}).items() for word in words}
    wholes |= {str(word).lower(): _span(unit) for word, unit in own.get("wholes", {}).items()}
    return units, wholes


def _span(written: str) -> Span:
    number, _, unit = str(written).rpartition(" ")
    return Decimal(number or 1), unit


def _dates(own: dict[str, Any], known: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    soft = [str(form) for form in own.get("soft-dates", ())]
    forms = [*soft, *map(str, own.get("dates", ())), r"{year}-{month2}-{day}", *known]
    return tuple(dict.fromkeys(forms)), frozenset(soft)


def _alternatives(words: Iterable[str], *, spaced: bool) -> str:
    """One of some phrases, which may be regular expressions; whole words where words are set apart."""
    found = "|".join(sorted((str(word).replace(" ", r"\s") for word in words), key=len, reverse=True))
    return rf"(?<![^\W_])(?:{found})" if spaced else f"(?:{found})"


def _ending(by_bound: Mapping[str, list[str]], spaced: bool) -> re.Pattern[str]:
    """Finds a qualifier at the end of what stands before a number; which one is the group's number."""
    found = "|".join(f"({_alternatives(words, spaced=spaced)})" for words in by_bound.values())
    return re.compile(rf"(?:{found})\s?\Z" if found else r"(?!)")


def _starting(by_bound: Mapping[str, list[str]], spaced: bool) -> re.Pattern[str]:
    found = "|".join(f"({_alternatives(words, spaced=spaced)})" for words in by_bound.values())
    end = r"(?![^\W_])" if spaced else ""
    return re.compile(rf"\s?(?:{found}){end}" if found else r"(?!)")


def _joint(words: Iterable[str]) -> re.Pattern[str]:
    found = "|".join(rf"\s{re.escape(w)}\s" if w.isalpha() and w.isascii() else rf"\s?{re.escape(w)}\s?" for w in map(str, words))
    return re.compile(found or r"(?!)")
