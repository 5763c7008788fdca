"""A text as a reader sees it, in the plainest characters, with the way back to the characters as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefbook.model.prose import Code, Mention, OutsideLink, Span, Styled, parse

# Stands for what has no words of its own here: a value that is looked up, characters shown as typed.
HIDDEN = "\N{OBJECT REPLACEMENT CHARACTER}"
# Marks of direction, joiners and the like, which take no room; and soft hyphens.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Full-width forms of ASCII, spaces of every width, dashes that are hyphens or minus signs.
_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5E)}
_PLAIN |= dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
_PLAIN |= {0x2010: "-", 0x2011: "-", 0x2212: "-", 0xFF5E: "〜", 0x2053: "〜", 0xFFE5: "¥", 0xFFE1: "£", 0xFFE0: "¢"}


@dataclass(frozen=True, slots=True)
class Visible:
    """The text (`text`, and `low` in small letters of the same length), the characters as written, and its mentions."""

    text: str
    low: str
    written: str
    offsets: Sequence[int]
    mentions: tuple[Mention, ...]

    def said(self, start: int, end: int) -> str:
        """The characters as written from `start` to `end`."""
        return self.written[self.offsets[start] : self.offsets[end - 1] + 1] if end > start else ""


@lru_cache(maxsize=50_000)
def visible(text: str) -> Visible:
    """What a reader sees of one text."""
    mentions: list[Mention] = []
    written = "".join(_seen(parse(text), mentions))
    offsets: Sequence[int] = range(len(written))
    plain = written
    if not written.isascii():
        if _UNSEEN.search(written):
            offsets = [place for place, char in enumerate(written) if not _UNSEEN.match(char)]
            plain = _UNSEEN.sub("", written)
        plain = plain.translate(_PLAIN)
    return Visible(plain, _small(plain), written, offsets, tuple(mentions))


def _small(plain: str) -> str:
    """The text in small letters, of the same length: a few letters have none that is one character."""
    low = plain.lower()
    return low if len(low) == len(plain) else "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)


def _seen(spans: Sequence[Span], mentions: list[Mention]) -> Iterator[str]:
    for span in spans:
        if isinstance(span, Styled | OutsideLink):
            yield from _seen(span.inside, mentions)
        elif isinstance(span, Mention):
            mentions.append(span)
            yield span.words or HIDDEN
        else:
            yield HIDDEN if isinstance(span, Code) else span.text

