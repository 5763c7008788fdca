"""Words that may stand at a place in a text, found longest first without trying each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Lexicon(Generic[T]):
    """Words and what they mean. With `spaced`, a word ends where its letters do; else only Latin letters keep together."""

    def __init__(self, words: Mapping[str, T], *, spaced: bool) -> None:
        self._words = {word.lower(): meaning for word, meaning in words.items() if word}
        self._spaced = spaced
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, low: str, place: int) -> tuple[int, T] | None:
        """The end and the meaning of the longest word that starts at `place` of a text in small letters."""
        if place >= len(low):
            return None
        for length in self._lengths.get(low[place], ()):
            end = place + length
            word = low[place:end]
            if end <= len(low) and word in self._words and self._whole(low, end):
                return end, self._words[word]
        return None

    def _whole(self, low: str, end: int) -> bool:
        if end >= len(low) or not low[end - 1].isalpha() or not low[end].isalpha():
            return True
        return not self._spaced and not (low[end - 1].isascii() and low[end].isascii())
