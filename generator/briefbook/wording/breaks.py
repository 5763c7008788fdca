"""Where lines may end in languages that set no blanks between words: after phrases, and not within a date or an amount.

Phrases are found by BudouX, a small learned model for each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

import budoux

_MODELS: Mapping[str, Callable[[], budoux.Parser]] = MappingProxyType({
    "ja": budoux.load_default_japanese_parser,
    "zh-hans": budoux.load_default_simplified_chinese_parser,
    "zh-hant": budoux.load_default_traditional_chinese_parser,
    "th": budoux.load_default_thai_parser,
})
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_THAI = re.compile(r"[ก-๛]")
# What must not begin a line, and what must not end one.
NOT_FIRST = frozenset("、。，．・：；？！）」』】〕〉》］｝ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜％%,.)]:;!?’”")
NOT_LAST = frozenset("「『（【〔〈《［｛([‘“")
# The models were taught running text and do not know names: one in letters, digits or katakana, or in katakana and letters, holds together.
_NAME = re.compile(r"[A-Za-z0-9.,'’&/+\-]{2}|[ァ-ヺー][ァ-ヺーA-Za-z0-9]|・.")
# A long one may be parted between its words, if these are not too short; a long range in its middle.
_LONG = 12
# Nothing shorter is parted.
_SHORT = 5
_JOINT = re.compile(r"(?<=\w{3})・(?=\w{3})|〜(?=.{3})")
# A blank ends a phrase in any case, and so does a colon before more than a word.
_CHUNK = re.compile(r"(?:[^\s：]|：(?!\S{4}))+：?\s*|：\s*|\s+")
# Dates and amounts in the signs of Chinese and Japanese, which are read as one, with a short word that goes with them.
_WHOLE = re.compile(
    r"(?:\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日)(?:時点|現在|ごろ|以降|以前|半ば)?"
    r"|\d[\d,.]*[兆億亿万萬][\d,.兆億亿万萬]*(?:ドル|円|ポンド|ユーロ|美元|元)?"
)


def model_of(code: str) -> str | None:
    """Which model knows the phrases of a language; none for languages that part words by blanks."""
    first, *rest = code.lower().split("-")
    if first == "zh":
        return "zh-hant" if _TRADITIONAL & set(rest) and "hans" not in rest else "zh-hans"
    return first if first in _MODELS else None


def model_by_script(text: str) -> str | None:
    """Which model knows the phrases of a text of which only the letters are known: that for kana, or for Thai."""
    return "ja" if _KANA.search(text) else "th" if _THAI.search(text) else None


@lru_cache(maxsize=20_000)
def phrases(text: str, model: str) -> tuple[str, ...]:
    """The text in pieces after each of which a line may end; together they are the text."""
    ends: list[int] = []
    for chunk in _CHUNK.finditer(text):
        ends += [chunk.start() + end for end in _ends(chunk[0], model)]
    return tuple(text[start:end] for start, end in pairwise([0, *ends]))


def wholes(text: str) -> Iterator[tuple[int, int]]:
    """Where each date and amount in a text begins and ends."""
    return (match.span() for match in _WHOLE.finditer(text))


@lru_cache
def _parser(model: str) -> budoux.Parser:
    return _MODELS[model]()


def _ends(text: str, model: str) -> Iterator[int]:
    """Where the phrases of a text without blanks end."""
    kept, last, at = list(wholes(text)), 0, 0
    for piece in _parser(model).parse(text):
        at += len(piece)
        if at == len(text) or (_may_end(text, at, last) and not any(start < at < end for start, end in kept)):
            if at - last > _LONG:
                yield from (joint.end() for joint in _JOINT.finditer(text, last, at - 1))
            yield at
            last = at


def _may_end(text: str, at: int, last: int) -> bool:
    """Whether a line may end before the character at `at`: not where one sign would stand alone, or a short word in two."""
    alone = at - last == 1 or len(text.rstrip()) - at == 1 or len(text.rstrip()) < _SHORT
    return not alone and text[at] not in NOT_FIRST and text[at - 1] not in NOT_LAST and not _NAME.match(text, at - 1)
