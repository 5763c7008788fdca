"""How alike two texts are, cheaply: by the words they share, or, in scripts without spaces, by the pairs of characters."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from briefbook.model.base import Value
from briefbook.model.text import LocalText
from briefbook.rules.quantities import visible

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々"
_RUN = re.compile(rf"[{_CJK}]+|(?:(?![{_CJK}])[^\W_])+")
# The field that says what an item of a list is about.
_MAIN = ("text", "title", "question", "why", "post", "words")


def likeness(one: str, other: str) -> float:
    """From 0, nothing shared, to 1, the same words in whatever order."""
    if one == other:
        return 1.0
    left, right = _units(one), _units(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def text_likeness(one: LocalText | None, other: LocalText | None) -> float:
    """The same for texts in languages: where one language stayed as it was, it is the same text."""
    if one is None or other is None:
        return 0.0
    pairs = [(words, other.by_language.get(language or "", other.shared)) for language, words in one.written()]
    if one.shared is not None:
        pairs = [(one.shared, words) for _, words in other.written()]
    return max((likeness(words, others) for words, others in pairs if others is not None), default=0.0)


def main_text(item: Value) -> LocalText | None:
    """The text by which an item of a list is known."""
    found = (getattr(item, name, None) for name in _MAIN)
    return next((text for text in found if isinstance(text, LocalText)), None)


@lru_cache(maxsize=20_000)
def _units(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for run in _RUN.findall(visible(text).low):
        if re.match(rf"[{_CJK}]", run):
            found.update(run[at : at + 2] for at in range(max(len(run) - 1, 1)))
        else:
            found[run] += 1
    return found
