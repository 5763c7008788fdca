"""Phrases that a table lists, and how they are found in a text.

A phrase is written as words with spaces between its parts: `/` between alternatives, `?` behind a part that may be
missing, `…` for a few words of any kind and `……` for many, `#` for a number. Where a language puts no spaces between
words, the parts follow each other without any.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

NEVER = re.compile(r"(?!)")
_NUMBER = r"\d+(?:[.,]\d+)*"
# What may stand between two parts of a phrase: few words, or many, but never the end of a sentence.
_GAPS = {True: {"…": r"(?:\s+[^\s.!?]+){0,4}?", "……": r"(?:\s+[^\s.!?]+){0,12}?"}, False: {"…": "[^。！？]{0,15}?", "……": "[^。！？]{0,80}?"}}


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found, from `start` to `end` of a text, and what to write instead, if its table says so."""

    start: int
    end: int
    advice: str | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases to look for, what to write instead, and the phrases in which they mean something else."""

    found: tuple[tuple[re.Pattern[str], str | None], ...]
    unless: re.Pattern[str]
    # Which phrases there can be, by a word or part of a word that is in them, in lower case.
    by_sign: Mapping[str, tuple[int, ...]]

    def find(self, text: str, signs: frozenset[str]) -> Iterator[Hit]:
        """The phrases in `text`, none within another; `signs` are those that are in it."""
        possible = {n for sign in signs & self.by_sign.keys() for n in self.by_sign[sign]}
        hits = [(m.start(), -m.end(), self.found[n][1]) for n in possible for m in self.found[n][0].finditer(text)]
        if not hits:
            return
        spared = _spared(self.unless, text)
        done = 0
        for start, end, advice in sorted(hits, key=lambda hit: hit[:2]):
            at = bisect_left(spared, (-end, 0)) - 1
            if start >= done and not (at >= 0 and start < spared[at][1]):
                done = -end
                yield Hit(start, done, advice)


def compiled(elements: str, spaced: bool) -> str:
    """The pattern for one phrase, as it is written in a table."""
    parts: list[str] = []
    for element in elements.split():
        gap = _GAPS[spaced].get(element)
        if gap is not None:
            parts.append(gap)
            continue
        optional = element.endswith("?") and len(element) > 1
        choice = "|".join(_alternative(word) for word in element.removesuffix("?").split("/"))
        joint = r"\s+" if spaced and parts else ""
        parts.append(f"(?:{joint}(?:{choice})){'?' if optional else ''}")
    # A gap brings the space before its own words; one is still due before the word behind it.
    pattern = "".join(parts)
    return rf"(?<!\w){pattern}(?!\w)" if spaced else pattern


def _alternative(word: str) -> str:
    return _NUMBER if word == "#" else re.escape(word).replace("'", "['’]")


def read_phrases(section: Mapping[str, object], spaced: bool) -> Phrases:
    """The phrases of a section of a table."""
    entries = [_entry(entry) for entry in cast("list[object]", section["found"])]
    flags = re.IGNORECASE if spaced else re.NOFLAG
    by_sign: dict[str, tuple[int, ...]] = {}
    for n, (phrase, _) in enumerate(entries):
        for sign in _signs(phrase, spaced):
            by_sign[sign] = (*by_sign.get(sign, ()), n)
    unless = "|".join(compiled(phrase, spaced) for phrase in cast("list[str]", section.get("unless") or []))
    found = tuple((re.compile(compiled(phrase, spaced), flags), right) for phrase, right in entries)
    return Phrases(found, re.compile(unless, re.IGNORECASE) if unless else NEVER, MappingProxyType(by_sign))


def _entry(written: object) -> tuple[str, str | None]:
    if isinstance(written, dict):
        ((phrase, right),) = written.items()
        return str(phrase), str(right)
    return str(written), None


def _signs(phrase: str, spaced: bool) -> frozenset[str]:
    """The alternatives of the part of a phrase that must be there and is rarest; of their words the first."""
    needed = [e.split("/") for e in phrase.split() if e not in ("…", "……", "#") and not e.endswith("?")]
    if spaced:
        return frozenset(re.split(r"[^\w]", word.lower())[0] for word in needed[0])
    return frozenset(max(needed, key=lambda words: min(map(_weight, words))))


def _weight(word: str) -> int:
    """How telling a part of a phrase is: ideographs are rarer than syllables."""
    return sum(3 if c >= "\u4e00" else 1 for c in word)


def _spared(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """From where to where the phrases go in which others mean something else; those that overlap as one."""
    spans: list[tuple[int, int]] = []
    match = pattern.search(text)
    while match is not None:
        if spans and match.start() < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end()))
        else:
            spans.append((match.start(), match.end()))
        match = pattern.search(text, match.start() + 1)
    return spans
