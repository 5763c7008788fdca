"""The regular expression that finds where quantities begin in a language, and what each kind of beginning means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefbook.rules.quantities.dates import Reader, date_patterns, time_patterns
from briefbook.rules.quantities.numerals import digits_pattern, one_of, words_pattern
from briefbook.rules.quantities.tables import Table, table_of

# Things that are named by letters and digits together, in any language: addresses, models, forms, versions, clauses.
_NAMED = (
    r"https?://\S+",
    r"(?<![A-Za-z])(?!(?:mid|end|early|late|pre|post|sub|non|year|the)-)(?-i:[a-z]*[A-Z])[A-Za-z]*(?:-[A-Za-z]+)*-\d[A-Za-z0-9.-]*(?<![.-])",
    r"(?-i:\d+(?:-[A-Z]|[AC-JLN-SU-Z])(?![A-Za-z]))",
    r"\d+\([a-z]\)|\d+[a-z]-\d+",
)
_VERSION = r"\d+(?:\.\d+){2,}"
# The same where points group digits: 1.250.000 is a number.
_VERSION_AMONG_POINTS = r"(?!\d{1,3}(?:\.\d{3})+(?!\d|\.\d))" + _VERSION
# Letters with digits right behind them, unless they are a currency.
_ATTACHED = r"(?<![A-Za-z])[A-Za-z]+\d[A-Za-z0-9.-]*"
_WORDS = re.compile(r"[^\W_]+")
_CODE = r"(?<![A-Za-z])(?-i:[A-Z]{3})"


@dataclass(frozen=True, slots=True)
class Scanner:
    """`pattern` finds where quantities begin, its groups naming their kinds; `dates` reads those that are dates."""

    pattern: re.Pattern[str]
    dates: dict[str, Reader]
    signs: re.Pattern[str]
    words: frozenset[str]

    def promising(self, low: str) -> bool:
        """Whether a text in small letters can have a quantity at all; a cheap question that spares most texts the search."""
        return bool(self.signs.search(low)) or not self.words.isdisjoint(_WORDS.findall(low))


@lru_cache
def scanner_of(language: str) -> Scanner:
    """The scanner of a language."""
    table = table_of(language)
    told = [*date_patterns(table), *time_patterns(table)]
    version = _VERSION_AMONG_POINTS if "." in table.groups else _VERSION
    parts = [("skip", "|".join([*table.passed_over, *_NAMED, version])), *((name, pattern) for name, pattern, _ in told), *_numbers(table)]
    pattern = "|".join(f"(?P<{name}>{part})" for name, part in parts if part)
    begins = r"(?:(?<![^\W_])|(?![^\W_]))(?!\s)" if table.spaced else f"(?!{table.never_begins})"
    return Scanner(
        re.compile(f"{begins}(?:{pattern})", re.IGNORECASE), {name: reader for name, _, reader in told}, *_promise(table)
    )


def _promise(table: Table) -> tuple[re.Pattern[str], frozenset[str]]:
    words = [*table.numerals, *table.ordinals, *table.fractions, *table.wholes, *table.months]
    if table.spaced:
        return re.compile(r"[\d½¼¾]"), frozenset(word.lower() for phrase in words for word in _WORDS.findall(phrase))
    firsts = {word[0] for word in [*words, *table.written_digits, *table.multipliers]}
    return re.compile(rf"[\d½¼¾{re.escape(''.join(sorted(firsts)))}]"), frozenset()


def _numbers(table: Table) -> Iterator[tuple[str, str]]:
    digits = digits_pattern(table)
    small = "|".join([r"\d{1,12}", _characters(table)] if table.written_digits else [r"\d{1,12}"])
    sign = rf"(?P<sign>(?:(?<![A-Za-z])(?:{one_of(table.signs) or '(?!)'})|{_CODE})\s?)(?P<signed_digits>{digits})"
    yield "fraction", _told(table, table.fractions, table.fraction_forms, "fraction", small)
    yield "ordinal", _told(table, table.ordinals, table.ordinal_forms, "ordinal", small)
    yield "whole", _whole(table, one_of(table.wholes)) if table.wholes else ""
    yield "signed", sign
    yield "attached", _ATTACHED
    yield "digits", digits
    yield "words", words_pattern(table)


def _told(table: Table, words: Iterable[str], forms: tuple[str, ...], name: str, number: str) -> str:
    """Words of a kind, or forms with `{n}` (and `{of}`) in them."""
    found = [_whole(table, one_of(words))] if words else []
    for position, form in enumerate(forms):
        filled = form.replace("{n}", f"(?P<{name}_n{position}>{number})").replace("{of}", f"(?P<{name}_of{position}>{number})")
        found.append(filled)
    return "|".join(found)


def _characters(table: Table) -> str:
    return f"[{re.escape(''.join([*table.written_digits, *table.multipliers]))}]{{1,8}}"


def _whole(table: Table, pattern: str) -> str:
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])" if table.spaced else f"(?:{pattern})"
