"""Text in charts: how wide it can get in any font, where it breaks, and how it is drawn.

Fonts differ between the machine that draws and the one that shows, so nothing is measured: widths are estimated by
kind of character, on the wide side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import altair as alt

from briefbook.charts.theme import LEADING, PALETTE, SMALL
from briefbook.wording.breaks import NOT_FIRST, NOT_LAST, model_by_script, phrases

Anchor = Literal["start", "middle", "end"]
_NARROW = frozenset("iljtfrI.,:;'|!()[]/ ·-")
_BROAD = frozenset("mwMW@%—…")
# Where there is no room for a phrase: a word of letters and digits holds together, and so does one of katakana, with what
# names its kind; other wide characters may stand alone.
_PIECES = re.compile(r"\s+|[^\s\u3000-\u9fff\uf900-\ufaff\uac00-\ud7a3\uff00-\uffef]+|[ァ-ヺー]+[州県市国社側系版製氏]?|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text at a place; `colour` is a name of the palette. `halo` keeps lines from running through it."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    colour: str = "ink"
    size: int = SMALL
    bold: bool = False
    halo: bool = False
    href: str | None = None
    # Set where it stays in sight when a chart is wider than its box and is moved along: what it is, for scripts.
    stays: str | None = None


def estimated_width(text: str, size: int = SMALL, *, bold: bool = False) -> float:
    """How many pixels a line can be expected to need at most."""
    return round(sum(map(_em, text)) * size * (1.12 if bold else 1.0), 1)


def wrapped(text: str, width: float, size: int = SMALL, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The text in lines no wider than `width`, at most `most` of them; what does not fit then ends in “…”."""
    lines = _filled(text, width, size, bold=bold)
    if most is None or len(lines) <= most:
        return lines
    rest = re.sub(r"\s+", " ", text)
    for line in lines[: most - 1]:
        rest = rest.lstrip().removeprefix(line)
    return [*lines[: most - 1], shortened(rest.lstrip(), width, size, bold=bold)]


def balanced(text: str, width: float, size: int = SMALL, *, most: int | None = None) -> list[str]:
    """Like `wrapped`, but with lines of about the same length: no last line of one character."""
    lines = wrapped(text, width, size, most=most)
    narrower = width
    while len(lines) > 1:
        narrower -= size / 2
        closer = _filled(text, narrower, size)
        if len(closer) > len(lines) or _cut(text, closer, width, size):
            break
        lines = closer
    return lines


def shortened(text: str, width: float, size: int = SMALL, *, bold: bool = False) -> str:
    """The text, cut with “…” where it would be wider than `width`."""
    if estimated_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and estimated_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def leading(size: int) -> int:
    """The distance from one line of text to the next."""
    return round(size * LEADING)


def lettering(texts: Iterable[Text]) -> list[alt.Chart]:
    """The layers that write the texts; a mark can have only one alignment, so texts of a kind go together."""
    ordered = sorted(texts, key=_kind)
    layers = []
    for kind, group in groupby(ordered, key=_kind):
        rows = [_row(text) for text in group]
        linked, plain = [row for row in rows if "href" in row], [row for row in rows if "href" not in row]
        layers += [_layer(kind, chosen) for chosen in (plain, linked) if chosen]
    return layers


def _kind(text: Text) -> tuple[Anchor, int, bool, bool]:
    return (text.anchor, text.size, text.bold, text.halo)


def _row(text: Text) -> dict[str, object]:
    row: dict[str, object] = {
        "x": round(text.x, 1), "y": round(text.y, 1), "text": text.text, "fill": PALETTE[text.colour],
    }
    return row | ({"href": text.href} if text.href else {}) | ({"data": {"stays": text.stays}} if text.stays else {})


def _layer(kind: tuple[Anchor, int, bool, bool], rows: Sequence[dict[str, object]]) -> alt.Chart:
    anchor, size, bold, halo = kind
    align: dict[Anchor, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        x=alt.X("x", type="quantitative", scale=None, axis=None),
        y=alt.Y("y", type="quantitative", scale=None, axis=None),
        text=alt.Text("text", type="nominal"),
    )
    # The halo lies over the letters unless the drawing says `paint-order: stroke`, which Vega cannot.
    drawn: alt.Chart = base.mark_text(
        align=align[anchor], baseline="alphabetic", fontSize=size, fontWeight=600 if bold else 400,
        stroke=PALETTE["paper"] if halo else None, strokeWidth=4, strokeJoin="round",
    ).encode(fill=alt.Fill("fill", type="nominal", scale=None, legend=None))
    if "href" in rows[0]:
        drawn = drawn.encode(href=alt.Href("href", type="nominal"))
    return drawn


def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.95
    return 0.72 if character.isupper() else 0.65 if character.isdigit() else 0.6


def _filled(text: str, width: float, size: int, *, bold: bool = False) -> list[str]:
    """Each line as full as it gets."""
    lines = [""]
    for piece in _pieces(text, width, size, bold=bold):
        if not lines[-1] or estimated_width((lines[-1] + piece).rstrip(), size, bold=bold) <= width:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line for long in lines for line in _broken(long.strip(), width, size)]


def _cut(text: str, lines: Sequence[str], width: float, size: int) -> bool:
    """Whether lines break a word, which balance is not worth."""
    pieces = _pieces(text, width, size)
    ends = {len("".join(pieces[:count]).replace(" ", "")) for count in range(len(pieces) + 1)}
    at = 0
    for written in lines:
        at += len(written.replace(" ", ""))
        if at not in ends:
            return True
    return False


def _pieces(text: str, width: float, size: int, *, bold: bool = False) -> list[str]:
    """What a line is made of: words; phrases in scripts that part no words, and their pieces where one is too wide."""
    model = model_by_script(text)
    pieces: list[str] = []
    for phrase in phrases(text, model) if model else [text]:
        fits = model and estimated_width(phrase.strip(), size, bold=bold) <= width
        pieces += re.findall(r"\s+|\S+", phrase) if fits else _words(phrase)
    return [" " if piece.isspace() else piece for piece in pieces]


def _words(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and (piece[0] in NOT_FIRST or pieces[-1][-1] in NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _broken(line: str, width: float, size: int) -> list[str]:
    """A line with one word too long for it, cut in parts of about the same length."""
    needed = -int(-estimated_width(line, size) // width)
    if needed < 2 or len(line) < 2:
        return [line]
    kept = -(-len(line) // needed)
    while kept > 1 and (estimated_width(line[:kept], size) > width or line[kept] in NOT_FIRST):
        kept -= 1
    return [line[:kept], *_broken(line[kept:].lstrip(), width, size)]
