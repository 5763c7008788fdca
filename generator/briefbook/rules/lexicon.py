"""The names a briefing knows, by everything that they are looked up by.

A name is whatever an actor, a term, a publisher or an author is called. Only actors' names are taken for what others
may be misspellings of. How a lexicon is filled is told in `learning.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
KANA = "ァ-ヺー"
# A word where spaces part them: letters of any script.
WORD = re.compile(r"[^\W\d_]+")
# Where they do not: syllables of names in Katakana, with Latin letters right behind (group 2), or Latin words alone.
_RUN = re.compile(rf"([{KANA}]+(?:[・＝=][{KANA}]+)*)([{LATIN}]+)?|[{LATIN}0-9]+(?:[&.+'’-][{LATIN}0-9]+)*")
_PARTS = re.compile(r"[&.+'’-]")
JOINTS = re.compile(r"[・＝=\s\-‐]+")
# No name of one word is as long; longer runs of letters are not compared with names.
LONGEST = 60


def tokens_of(text: str, spaced: bool) -> frozenset[str]:
    """The words in `text` that may be names or foreign."""
    if spaced:
        return frozenset(WORD.findall(text))
    found: set[str] = set()
    for match in _RUN.finditer(text):
        found.add(match[0])
        if match[2]:
            found.add(match[1])
            found.add(match[2])
        # What is nothing but letters has no parts.
        if not match[0].isalnum():
            found.update(_PARTS.split(match[0]))
            if match[1]:
                found.update(JOINTS.split(match[1]))
    return frozenset(found)


@dataclass(slots=True)
class Lexicon:
    """The names a briefing knows."""

    # Every name as written, of anything, in any language.
    names: set[str] = field(default_factory=set)
    # Every word of these names.
    parts: set[str] = field(default_factory=set)
    # Names that texts in a language may have as they are, though in another script: by language.
    at_home: dict[str, set[str]] = field(default_factory=dict)
    publishers: set[str] = field(default_factory=set)
    # What a misspelt name may have been meant to be, by what is left of it without one letter (see `near`).
    meant: dict[str, set[str]] = field(default_factory=dict)
    # Right forms by what they are in lower case.
    cased: dict[str, str] = field(default_factory=dict)
    # Right forms by what they are without what joins their parts.
    joined: dict[str, str] = field(default_factory=dict)
    # Names of one word with a capital within, by what stands before it: `Nord` to (`Wind`, `NordWind`).
    parted: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    # Given names and family names that only mean somebody together: family name to given names.
    given: dict[str, set[str]] = field(default_factory=dict)
    # The other way: given name to family names.
    family: dict[str, set[str]] = field(default_factory=dict)
    # What an actor's name is in another script, by what it is in Latin letters, and the other way; spellings one slip apart.
    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    in_latin: dict[str, str] = field(default_factory=dict)
    variants: dict[str, set[str]] = field(default_factory=dict)
    # Names of several words, by each of their words.
    longer: dict[str, set[str]] = field(default_factory=dict)
    # What somebody's full name is, by a part of it that is not in Latin letters.
    full: dict[str, str] = field(default_factory=dict)
    # Names by a letter in them, unless it is in ASCII; by their length and a letter at its place; by their beginning.
    lettered: dict[str, set[str]] = field(default_factory=dict)
    placed: dict[tuple[int, int, str], set[str]] = field(default_factory=dict)
    begun: dict[str, set[str]] = field(default_factory=dict)
    # By language, what a term is called there, by what it is called elsewhere.
    terms: dict[str, dict[str, str]] = field(default_factory=dict)

    def guess(self, piece: str) -> str | None:
        """The name that `piece`, in which letters are wrong, was probably meant to be."""
        for part in (piece, piece[:-1], piece[1:]):
            if name := self._guess(part):
                return name
        return None

    def _guess(self, piece: str) -> str | None:
        if not 3 <= len(piece) <= LONGEST or any(piece[:length] in self.names for length in range(4, len(piece))):
            return None
        alike = {name for at, c in enumerate(piece) for name in self.placed.get((len(piece), at, c), ())}
        fitting = [n for n in alike if 3 * sum(a == b for a, b in zip(n, piece, strict=True)) >= len(n)]
        near = get_close_matches(piece, sorted({*fitting, *self.begun.get(piece[:4], ())}), n=1, cutoff=0.3)
        return near[0] if near else None

    def has_publisher(self, text: str) -> bool:
        """Whether `text` names somebody who publishes."""
        return any(name in text and _stands_alone(name, text) for name in self.publishers)

    def inside_name(self, text: str, start: int, end: int) -> bool:
        """Whether the piece from `start` to `end` is only a part of a name that stands there."""
        return self.name_around(text, start, end, longer=True) is not None

    def name_around(self, text: str, start: int, end: int, *, longer: bool = False) -> str | None:
        """The longest name that stands there and covers the piece from `start` to `end`, or is `longer` than it."""
        piece = text[start:end]
        first = WORD.search(piece)
        held = self.lettered.get(piece[0], ()) if not piece.isascii() else self.longer.get(first[0], ()) if first else ()
        covering = []
        for name in held:
            at = text.find(name, max(end - len(name), 0), start + len(name))
            if 0 <= at <= start and at + len(name) >= end and (len(name) > len(piece) or not longer):
                covering.append(name)
        return max(covering, key=len, default=None)

    def near(self, word: str) -> str | None:
        """The actor's name of which `word` is one slip away: a letter wrong, missing, doubled, or two swapped."""
        found = {name for key in shortened(word.lower()) for name in self.meant.get(key, ())}
        fitting = sorted(name for name in found if name.lower() != word.lower() and one_slip(word.lower(), name.lower()))
        return fitting[0] if fitting else None


def shortened(word: str) -> list[str]:
    """A word, and what is left of it without any one letter; two words a slip apart share one of these."""
    return [word, *{word[:at] + word[at + 1 :] for at in range(len(word))}]


def one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two neighbours swapped is all that parts two words."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right or left == right[1:]


def _stands_alone(name: str, text: str) -> bool:
    return not name.isascii() or re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text) is not None
