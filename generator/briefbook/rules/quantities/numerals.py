"""Numbers in digits, in words and in Chinese characters, with the words that scale them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefbook.rules.quantities.tables import Table

_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
# More digits than any amount has; what is longer is no quantity, and would cost time.
_MOST_DIGITS = 40
_MOST_CHARACTERS = 12
# So many digits a sum of decimals keeps.
_EXACT_DIGITS = 28


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text: up to where, its value, the power of ten named with it, and how it is written."""

    end: int
    value: Decimal
    power: int = 0
    spelled: bool = False
    grouped: bool = False

    @property
    def bare(self) -> bool:
        """Whether it is nothing but digits."""
        return not (self.power or self.spelled or self.grouped)


def digits_pattern(table: Table) -> str:
    """A number in digits, with the signs of the language."""
    group, point = (f"[{re.escape(signs)}]" if signs else r"(?!)" for signs in (table.groups, table.decimals))
    return rf"(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{point}\d+)?[½¼¾]?|[½¼¾]"


def words_pattern(table: Table) -> str:
    """A number without digits: a word for one, or characters for them where what follows shows that a number is meant."""
    found = []
    if table.numerals:
        found.append(rf"(?<![^\W_])(?:{one_of(table.numerals)})(?![^\W_])")
    if table.ones:
        found.append(rf"(?<![^\W_])(?:{one_of(table.ones)})(?=[\s-](?:{one_of(table.powers)}|[^\W_]+))(?![^\W_])")
    if table.written_digits:
        characters = "".join([*table.written_digits, *table.multipliers])
        followers = one_of([*table.counter_words, *(word for word in table.powers if word not in table.multipliers)])
        found.append(rf"[{characters}]{{1,{_MOST_CHARACTERS}}}(?={followers})")
    return "|".join(found) or r"(?!)"


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(map(str, words), key=len, reverse=True):
        by_first.setdefault(word[:1].lower(), []).append(word)
    # Words that begin alike stand together, so that one look at a letter rules out all of the others.
    return "|".join(_beginning_alike(found) for found in by_first.values())


def _beginning_alike(words: Sequence[str]) -> str:
    written = [re.escape(word).replace(r"\ ", r"\s") for word in words]
    first = words[0][:1]
    if len(words) == 1 or not first.isalnum() or any(word[:1] != first for word in words):
        return "|".join(written)
    return f"{first}(?:{'|'.join(word[1:] for word in written)})"


def number_at(table: Table, low: str, start: int, written: str) -> Number | None:
    """The number that begins at `start` with `written`, with all words that scale it: 4兆8000億, 13.75 billion."""
    value = value_of(table, written)
    if value is None:
        return None
    grouped = any(sign in written for sign in table.groups) and not written.isdigit()
    end, power = _scaled(table, low, start + len(written), digits=written[-1].isdigit())
    total, least = value.scaleb(power), power
    while power and (piled := _next_pile(table, low, end)):
        more, following, further = piled
        if following >= least or more.scaleb(following) >= Decimal(10) ** least:
            break
        total, end, least = total + more.scaleb(following), further, following
        power = max(power, following)
    return Number(end, total, power, not any(char.isdigit() for char in written), grouped)


def value_of(table: Table, written: str) -> Decimal | None:  # noqa: PLR0911  # one answer for each way to write a number
    """What digits, a word or characters stand for."""
    if len(written) > _MOST_DIGITS:
        return None
    if len(written) <= _EXACT_DIGITS and written.isascii() and written.isdecimal():
        return Decimal(written)
    low = written.lower()
    if low in table.ones:
        return Decimal(1)
    if low in table.numerals:
        return table.numerals[low]
    if written[0] in table.written_digits or written[0] in table.multipliers:
        return _characters(table, written)
    part = _PARTS.get(written[-1], Decimal(0))
    plain = written.rstrip("".join(_PARTS))
    for sign in table.groups:
        plain = plain.replace(sign, "") if not _is_point(table, plain, sign) else plain
    for sign in table.decimals:
        plain = plain.replace(sign, ".")
    try:
        return Decimal(plain or 0) + part
    except ArithmeticError:
        return None


def _is_point(table: Table, plain: str, sign: str) -> bool:
    """Whether a sign that may group digits divides off decimals here, as in languages that use it for both."""
    return sign in table.decimals and plain.count(sign) == 1


def _characters(table: Table, written: str) -> Decimal | None:
    """千二百三十四, or 二〇二五 digit by digit."""
    if not any(char in table.multipliers for char in written):
        figures = "".join(str(table.written_digits[char]) for char in written)
        return Decimal(figures)
    total, waiting = 0, 0
    for char in written:
        if char in table.multipliers:
            total += (waiting or 1) * int(table.multipliers[char])
            waiting = 0
        else:
            waiting = waiting * 10 + table.written_digits[char]
    return Decimal(total + waiting)


def _scaled(table: Table, low: str, end: int, *, digits: bool) -> tuple[int, int]:
    """Past all words that scale the number ending at `end`, and by which power of ten: 千万 is seven."""
    if digits and (found := table.attached.at(low, end)):
        return found
    power = 0
    while True:
        at = end + 1 if low[end : end + 1] in (" ", "-") else end
        scale = table.scales.at(low, at)
        if scale is None or (power and at > end and not table.spaced):
            return end, power
        unit = table.spans.at(low, at)
        if unit is not None and unit[0] > scale[0]:
            return end, power  # the word is the beginning of a unit, as in 兆瓦
        end, power = scale[0], power + scale[1]


_PILE = re.compile(r"\d+(?:[.,]\d+)*")


def _next_pile(table: Table, low: str, end: int) -> tuple[Decimal, int, int] | None:
    """The number right behind a word that scales: its digits' value, power and end."""
    if table.spaced and low[end - 1 : end].isascii():
        return None
    at = end + 1 if table.spaced and low[end : end + 1] == " " else end
    match = _PILE.match(low, at) or _written_pile(table, low, at)
    value = value_of(table, match[0]) if match else None
    if match is None or value is None:
        return None
    further, power = _scaled(table, low, match.end(), digits=False)
    return (value, power, further) if power or at == end else None


def _written_pile(table: Table, low: str, at: int) -> re.Match[str] | None:
    if not table.written_digits:
        return None
    return re.compile(f"[{''.join([*table.written_digits, *table.multipliers])}]+").match(low, at)
