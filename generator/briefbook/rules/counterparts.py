"""A text beside the same text in other languages: left as it was, or far too short (W211, W212)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefbook.rules.letters import letter_table
from briefbook.rules.lexicon import LATIN
from briefbook.rules.passages import STAND_IN, Field
from briefbook.rules.remark import Remark, Text
from briefbook.rules.usage import Usage
from briefbook.rules.vocabulary import Words

# A text that takes less than this share of what its counterpart takes has lost something …
_SHARE = 0.3
# … unless the counterpart is short itself, in characters of English.
_SHORT = 90
# What the name of something linked to is taken to be long.
_NAME_LENGTH = 12
_FEW = 3
_LATIN_WORDS = re.compile(rf"[{LATIN}0-9]+(?:[&.+'’-][{LATIN}0-9]+)*")


def untranslated(siblings: Sequence[Text], usage: Usage) -> Iterator[tuple[Text, Remark]]:
    """W211: a text that is not in the language it is given for."""
    for text in siblings:
        if text.words is None or text.field in (Field.NAME, Field.PRINTED):
            continue
        twin = next((other for other in siblings if other is not text and other.shown == text.shown), None)
        if reason := _not_in_its_language(text, text.words, twin, usage):
            yield text, Remark("W211", 0, len(text.shown), reason, f"write it in {text.words.called}")


def far_too_short(siblings: Sequence[Text]) -> Iterator[tuple[Text, Remark]]:
    """W212: a text that says much less than the same text in another language."""
    sayings = [text for text in siblings if text.field in (Field.PROSE, Field.HEADLINE)]
    sized = [(text, _size(text)) for text in sayings if text.words and text.words.density]
    if len(sized) < 2:
        return
    longest, most = max(sized, key=lambda pair: pair[1])
    for text, size in sized:
        if most >= _SHORT and size < _SHARE * most:
            called = longest.words.called if longest.words else ""
            message = f"this takes about {round(100 * size / most)} % of the room that {called} takes for the same"
            yield text, Remark("W212", 0, len(text.shown), message, "see whether something was left out")


def _size(text: Text) -> float:
    """How long it is, in characters of English."""
    density = text.words.density if text.words and text.words.density else 1
    names = text.shown.count(STAND_IN)
    return (len(text.shown) - names) / density + names * _NAME_LENGTH


def _not_in_its_language(text: Text, words: Words, twin: Text | None, usage: Usage) -> str | None:
    if "Latin" not in words.own:
        if _letters(words).search(text.shown):
            return None
        strange = usage.strange.get(text.language or "", set())
        latin = _LATIN_WORDS.findall(text.shown)
        if len(latin) > 1 and text.shown not in usage.lexicon.names and any(word in strange or word in usage.slips for word in latin):
            return f"this is the same as in “{twin.language}”" if twin else f"there is no {words.called} in this"
        return None
    if not text.shown.isascii() and _mostly_foreign(text, words, usage):
        return f"most of this is not {words.called}"
    if twin is not None and twin.words is not None and _language_of(text, words, twin.words) is twin.words:
        return f"this is the same as in “{twin.language}”"
    return None


def _mostly_foreign(text: Text, words: Words, usage: Usage) -> bool:
    others = len(_other_letters(words).findall(text.shown))
    own = len(_letters(words).findall(text.shown)) if others > _FEW else 0
    return others > own and others > _FEW and text.shown not in usage.lexicon.names


def _language_of(text: Text, words: Words, other: Words) -> Words | None:
    """Which of two languages a text is in, by its small words; None where they do not tell."""
    mine, theirs = len(text.lowered & words.function), len(text.lowered & other.function)
    return None if mine == theirs else words if mine > theirs else other


@lru_cache(maxsize=64)
def _other_letters(words: Words) -> re.Pattern[str]:
    return re.compile(f"(?![{''.join(letter_table().inside(script) for script in sorted(words.own))}])[^\\W\\d_\x00-\x7f]")


@lru_cache(maxsize=64)
def _letters(words: Words) -> re.Pattern[str]:
    return re.compile(f"[{''.join(letter_table().inside(script) for script in sorted(words.own))}]")
