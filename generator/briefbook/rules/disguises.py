"""Names in which another character stands for one that looks like it: the digit 0 for O, the ideograph 口 for ロ (W205)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefbook.rules.letters import letter_table
from briefbook.rules.lexicon import KANA, LONGEST, Lexicon
from briefbook.rules.remark import Remark, Text, did_you_mean

_WITH_DIGITS = re.compile(r"(?<![A-Za-z0-9@#/._-])(?=[A-Za-z]*[01])(?=[01]*[A-Za-z])[A-Za-z01]{4,}(?![A-Za-z0-9@/_]|\.[a-z]|-\d)")
_SHORTEST = 3


def disguised_names(text: Text, lexicon: Lexicon) -> Iterator[Remark]:
    """What looks like an actor's name and is spelt with other characters."""
    if "0" in text.shown or "1" in text.shown:
        for match in _WITH_DIGITS.finditer(text.shown):
            if right := _without_digits(match[0], lexicon):
                yield from _remark(text, match.start(), match.end(), right, lexicon)
    if text.words is not None and "Katakana" in text.words.own and _stand_ins().search(text.shown):
        for match in _runs().finditer(text.shown):
            for start, end, right in _in_run(match[0], lexicon) if _stand_ins().search(match[0]) else ():
                yield from _remark(text, match.start() + start, match.start() + end, right, lexicon)


def _remark(text: Text, start: int, end: int, right: str, lexicon: Lexicon) -> Iterator[Remark]:
    piece = text.shown[start:end]
    if piece not in lexicon.names and not lexicon.inside_name(text.shown, start, end):
        yield Remark("W205", start, end, f"“{piece}” is no name or alias of anybody here", did_you_mean(right))


def _without_digits(piece: str, lexicon: Lexicon) -> str | None:
    low = piece.lower().replace("0", "o")
    return next((lexicon.cased[said] for one in "li" if (said := low.replace("1", one)) in lexicon.cased), None)


def _in_run(run: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The names of which a run of syllables has all but the characters, the longest first, none within another."""
    alike = letter_table().katakana
    # What each character, or two of them, may be meant to be; those that are no syllables stay what they are.
    places = [(m.start(), m.end(), alike.get(m[0], m[0])) for m in re.finditer(rf"{_any(alike)}|.", run)]
    meant = "".join(char for _, _, char in places)
    done = 0
    for first in range(len(meant)):
        for last in range(min(len(meant), first + LONGEST), first + _SHORTEST - 1, -1):
            start, end = places[first][0], places[last - 1][1]
            if first >= done and meant[first:last] in lexicon.cased and _stands_for(run, start, end, meant[first:last]):
                done = last
                yield start, end, lexicon.cased[meant[first:last]]
                break


def _stands_for(run: str, start: int, end: int, name: str) -> bool:
    """Whether it is written otherwise than the name, and no syllables go on before or behind it."""
    beside = run[start - 1 : start] + run[end : end + 1]
    return run[start:end] != name and not re.search(rf"[{KANA}]", beside)


@lru_cache(maxsize=1)
def _stand_ins() -> re.Pattern[str]:
    return re.compile(_any(letter_table().katakana))


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    """Syllables, and what may stand for some."""
    return re.compile(rf"(?:[{KANA}]|{_any(letter_table().katakana)})+")


def _any(alike: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(alike, key=len, reverse=True)))
