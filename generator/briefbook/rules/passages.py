"""Texts as readers see them, each character with the place it was written at.

Marks of Markdown are left out, and what is no prose (code, addresses, ids) is one neutral character, so that a check
reads sentences and can still point at what an author typed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

# Stands for code, addresses and the names that `[[id]]` becomes.
STAND_IN = "\ufffc"

_ADDRESS = r"| (?P<address>(?<![a-zA-Z+.-])[a-zA-Z][a-zA-Z+.-]*://[!-~]+ | (?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w)"
_EITHER = r"""(?P<code>(?<!`)(`+)(?!`).*?(?<!`)\2(?!`))
    | \[\[ [^\[\]|]* \| (?P<words>[^\[\]]+) \]\]
    | (?P<mention>\[\[ [^\[\]|]+ \]\])
    | (?P<image>!?)\[ (?P<label>(?:[^\[\]]|\[\[[^\[\]]*\]\])*) \] \( [^()]* (?:\([^()]*\)[^()]*)* \) (?:\{[^{}]*\})?
    <address>
    | (?P<tag></?[a-zA-Z][^<>]*> | <[a-z]+:[^<>\s]+>)
    | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<mark>\*+(?=\S) | (?<=\S)\*+ | (?<!\w)_+(?=\w) | (?<=[^\W_])_++(?!\w))
    """
_FLAGS = re.VERBOSE | re.DOTALL | re.ASCII
_MARKUP = re.compile(_EITHER.replace("<address>", _ADDRESS), _FLAGS)
# For texts without an address: it need not be asked of every letter whether one begins there.
_NO_ADDRESSES = re.compile(rf"(?=[`\[!<&\\*_])(?:{_EITHER.replace('<address>', '')})", _FLAGS)
_MARKED = re.compile(r"[\[`*_\\<&@]|://")
_STANDING = ("code", "mention", "address", "entity")


class Field(Enum):
    """What kind of text it is; not everything holds for each."""

    PROSE = auto()
    HEADLINE = auto()
    # A name of something, a publisher's for example.
    NAME = auto()
    # Something as printed elsewhere.
    PRINTED = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text as readers see it. `steps` says where runs of it begin: here, and in what was written."""

    text: str
    written: str
    steps: tuple[tuple[int, int], ...]

    def place(self, offset: int) -> int:
        """Where the character at `offset` was written."""
        if not self.steps:
            return offset
        here, there = self.steps[bisect_right(self.steps, (offset, len(self.written))) - 1]
        return there + offset - here

    def typed(self, start: int, end: int) -> str:
        """What an author typed for the characters from `start` to `end`."""
        return self.written[self.place(start) : self.place(end - 1) + 1]


def passage(written: str, start: int = 0, end: int | None = None) -> Passage:
    """One text of a fact, or a part of a page from `start` to `end`."""
    end = len(written) if end is None else end
    if start == 0 and end == len(written) and not _MARKED.search(written):
        return Passage(written, written, ())
    pieces: list[str] = []
    steps: list[tuple[int, int]] = []
    length = 0
    for piece, at in _pieces(written, start, end):
        pieces.append(piece)
        steps.append((length, at))
        length += len(piece)
    return Passage("".join(pieces), written, tuple(steps))


def _pieces(written: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    at = start
    pattern = _MARKUP if "://" in written or "@" in written else _NO_ADDRESSES
    for match in pattern.finditer(written, start, end):
        if match.start() > at:
            yield written[at : match.start()], at
        kept = "words" if match["words"] else "label" if match["label"] else None
        if match["escaped"]:
            yield match["escaped"], match.start("escaped")
        elif kept == "words":
            yield match["words"].rstrip(), match.start("words")
        elif kept == "label":
            # Words under a picture are none of the sentence around it.
            edge = [(STAND_IN, match.start())] if match["image"] else []
            yield from (*edge, *_pieces(written, *match.span("label")), *edge)
        elif match.lastgroup in _STANDING or match["code"]:
            yield STAND_IN, match.start()
        at = match.end()
    if at < end:
        yield written[at:end], at


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
# A text in quotes, in a block, or plain; the last two may go on in lines that are indented.
_SAID_IN_FRONT = re.compile(
    r"""^(?:title|description)[ \t]*:[ \t]*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|[>|][-+]?[ \t]*\n(?P<block>(?:[ \t]+[^\n]*\n)*[ \t]+[^\n]*)"""
    r"""|(?P<plain>[^\s"'>|][^\n]*(?:\n[ \t]+\S[^\n]*)*))[ \t]*$""",
    re.MULTILINE,
)
# Fenced code, comments, tables' rulers: no prose at all.
_NO_PROSE = re.compile(
    r"^[ \t]*(```|~~~).*?^[ \t]*\1[^\n]*$|<!--(?:(?!<!--).)*?-->|<(script|style|svg|pre)\b(?:(?!<\2).)*?</\2>"
    r"|^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$|^\[(?!\^)[^\]]+\]:[^\n]*$|\{[:#.][^{}\n]*\}|\[\^[^\]]+\](?!:)|\{[%{][^{}]*[%}]\}",
    re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
# What a line may begin with before its words: quotation, list, task, admonition.
_LEAD = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]+(?:\[[ xX]\][ \t]+)?|[ \t]*(?:!!!|\?\?\?\+?)[ \t]+\w+[ \t]*|[ \t]*#{1,6}[ \t]+|[ \t]*:[ \t]+|[ \t]*\[\^[^\]]+\]:[ \t]+|=+$")
_NEW_BLOCK = re.compile(r"[ \t]*(?:$|#{1,6}[ \t]|[-*+][ \t]|\d+[.)][ \t]|>|\||!!!|\?\?\?|=== |\[\^[^\]]+\]:)")


def page_passages(page: str) -> Iterator[tuple[Passage, Field]]:
    """The paragraphs, headings, list entries and table cells of a hand-written page of Markdown."""
    begin = 0
    if match := _FRONT_MATTER.match(page):
        begin = match.end()
        for said in _SAID_IN_FRONT.finditer(page, *match.span(1)):
            yield passage(page, *said.span(said.lastgroup or 0)), Field.HEADLINE
    # Blanks of the same length keep every offset what it is in the page.
    prose = _without_indented_code(_NO_PROSE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), page), page)
    for start, end, field in _blocks(prose, begin):
        for first, last in _cells(prose, start, end):
            block = passage(prose, first, last)
            if block.text.strip():
                yield Passage(block.text, page, block.steps or ((0, first),)), field


# What holds the indented lines that follow: an entry of a list, a definition, a footnote, an admonition, a tab.
_HOLDER = re.compile(r"[ \t]*(?:(?:[-*+:]|\d+[.)])[ \t]|\[\^[^\]]+\]:|!!!|\?\?\?|===)")


def _without_indented_code(prose: str, page: str) -> str:
    """The same with blanks for lines that are code because they are indented deeper than what holds them, after a gap.

    `prose` is the page with blanks for what is no prose; what stood there still ends a list.
    """
    lines = prose.splitlines(keepends=True)
    holders, gap = [0], True
    for number, (line, written) in enumerate(zip(lines, page.splitlines(), strict=True)):
        words = written.lstrip(" \t")
        indent = len(written[: len(written) - len(words)].expandtabs(4))
        while words and indent < holders[-1]:
            holders.pop()
        if not line.strip():
            gap = True
        elif gap and indent >= holders[-1] + 4:
            lines[number] = re.sub(r"[^\n]", " ", line)  # the lines right below are code as well
        else:
            gap = False
            if _HOLDER.match(line):
                holders.append(indent // 4 * 4 + 4)
    return "".join(lines)


def _blocks(page: str, begin: int) -> Iterator[tuple[int, int, Field]]:
    """From where to where each block of lines goes that belong together."""
    start, at = begin, begin
    for line in page[begin:].splitlines(keepends=True):
        if _NEW_BLOCK.match(line) or _HEADING.match(page, start):
            yield start, at, _field(page, start)
            start = at
        at += len(line)
    yield start, at, _field(page, start)


def _field(page: str, start: int) -> Field:
    return Field.HEADLINE if _HEADING.match(page, start) else Field.PROSE


def _cells(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a table's row, or the block as it is, without what only marks it as what it is."""
    lead = _LEAD.match(page, start, end)
    start = lead.end() if lead else start
    while end > start and page[end - 1].isspace():
        end -= 1
    while start < end and page[start].isspace():
        start += 1
    if page.startswith("|", start, end):
        for cell in re.finditer(r"(?:\\\||[^|\n])+", page[start:end]):
            text = cell[0]
            left = start + cell.start() + len(text) - len(text.lstrip())
            yield left, left + len(text.strip())
    elif start < end:
        yield start, end
