"""One text that is judged for its words, and a remark about a piece of it.

Facts and hand-written pages are judged alike; only who asks turns remarks into findings with a path or an offset.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Path
from briefbook.rules.passages import Field, Passage
from briefbook.rules.vocabulary import Words


@dataclass(slots=True, eq=False)
class Text:
    """A text in a language. `words` is None where the language has no table or the text serves several languages."""

    passage: Passage
    field: Field
    words: Words | None
    language: str | None
    # Words and names in it: runs of letters, as written.
    tokens: frozenset[str]
    # The same in lower case, in languages that put spaces between words; nothing in others.
    lowered: frozenset[str] = frozenset()
    # What hints at phrases that its language's table lists.
    signs: frozenset[str] = frozenset()
    # The fact and the place in it; none on a page.
    fact: str = ""
    path: Path = ()
    # Whether the record it belongs to says whose word it is.
    attributed: bool = False

    @property
    def shown(self) -> str:
        """What readers see."""
        return self.passage.text

    def quoted(self, start: int, end: int) -> bool:
        """Whether the piece from `start` to `end` stands in quotation marks."""
        return self.words is not None and _within(self.words.quoted, self.shown, start, end)

    def aside(self, start: int, end: int) -> bool:
        """Whether it stands in brackets or quotation marks."""
        return self.quoted(start, end) or (self.words is not None and _within(self.words.bracketed, self.shown, start, end))


@dataclass(frozen=True, slots=True)
class Remark:
    """What is remarked about a text from `start` to `end`; `right` is what it must be, where that is certain."""

    code: str
    start: int
    end: int
    message: str
    hint: str | None = None
    severity: Severity = Severity.WARNING
    right: str | None = None


def did_you_mean(right: str | None) -> str | None:
    """The hint that names the right form, if there is one."""
    return f"did you mean “{right}”?" if right else None


def _within(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    enclosed = _enclosed(pattern, text)
    at = bisect_right(enclosed, (start, 0)) - 1
    return at >= 0 and enclosed[at][0] < start and end < enclosed[at][1]


@lru_cache(maxsize=8)
def _enclosed(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in pattern.finditer(text)]
