"""The key of a chart: what each shape means, in a line above it. The caller gives the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefbook.charts.chart import Row, symbol
from briefbook.charts.lettering import Text, estimated_width, leading
from briefbook.charts.theme import SMALL, WIDTH


@dataclass(frozen=True, slots=True)
class Sign:
    """How a kind of mark is drawn."""

    shape: str
    colour: str
    hollow: bool = False
    size: int = 90
    # How far above its place it is drawn in the key, to stand in the middle of the line.
    lift: float = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key laid out: its symbols, its words, and the height they take."""

    symbols: list[Row]
    texts: list[Text]
    height: int


def laid_out(signs: Mapping[str, Sign], words: Mapping[str, str], used: Iterable[str]) -> Key:
    """The signs that are used and have a word, in their own order, in as many lines as they need."""
    present = frozenset(used)
    x, y, row = 0.0, 14.0, leading(SMALL) + 4
    found = Key([], [], 0)
    shown = [(sign, words[kind]) for kind, sign in signs.items() if kind in present and kind in words]
    for sign, word in shown:
        width = 18 + estimated_width(word) + 20
        if x and x + width > WIDTH:
            x, y = 0.0, y + row
        found.symbols.append(symbol(x + 8, y - 4 - sign.lift, sign.shape, sign.colour, hollow=sign.hollow, size=sign.size))
        found.texts.append(Text(x + 20, y, word, colour="muted"))
        x += width
    return Key(found.symbols, found.texts, round(y) + 10 if shown else 0)
