"""The last hand on a page's Markdown: where its lines may end, in languages that set no blanks between words.

Headings, headlines and what stands in narrow columns get a `<wbr>` after each phrase, and the style sheet then forbids every other
break in them (`word-break: keep-all`). Browsers of one maker could find phrases themselves (`auto-phrase`), and in Japanese
only; this way lines end at the same places in all of them, without a script, and in a site built from an export too. A `<wbr>`
is no character: titles, tables of contents, search indexes and what a reader copies stay as they were.

Running text breaks anywhere, as it does in print, but not within a date or an amount. And no blank stands beside a sign
that brings its own room.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefbook.wording.breaks import model_of, phrases, wholes

# Scripts that browsers break anywhere; in Thai they look for words themselves.
_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# The columns in which lines are short.
_NARROW = frozenset({"bb-question", "bb-card__name", "bb-card__foot", "bb-brief", "bb-group", "bb-facts--strip"})
_DIVISION = re.compile(r'<div class="(?P<css>[^"]*)"(?:[^<>]* lang="(?P<lang>[^"]*)")?')
_HEADING = re.compile(r"(#{1,6} +)(.*?)((?: +\{[^{}]*\})?)$")
# An event in a list: its date, then its title, which is written like a headline.
_HEADLINE = re.compile(r'- <span class="bb-date"[^<>]*>[^<>]*</span> \[')
_CELLS = re.compile(r"(?<!\\)\|")
# What is left alone: fenced code, and HTML that holds more than a line of words, each to its end; code that is indented,
# and the addresses of links.
_SEALS = re.compile(r" {0,3}(?:(?P<fence>```|~~~)|<(?P<tag>form|fieldset|script|style|svg|pre)\b)")
_ALONE = re.compile(r" {4}|\t| {0,3}\*?\[[^\]]+\]:")
# What a reader does not see or what cannot be parted: comments, the numbers of notes, words with readings, tags, links
# but for their words, attributes, code. Then a character in the writing of HTML or Markdown, a sign of Markdown's, and text.
_TOKEN = re.compile(
    r"(?P<markup><!--.*?-->|<(?P<tag>sup|ruby)\b.*?</(?P=tag)>|<[^<>]*>|\]\((?:[^()]|\([^()]*\))*\)|\]\[[^\]]*\]"
    r"|!?\[|\]|\{[^{}]*\}|`[^`]*`)|(?P<written>&#?\w+;|\\.)|(?P<sign>[*_~=^+`\\<>{}&!])|(?P<text>[^<>\[\]{}`&\\*_~=^+!]+)"
)
# After these a break would part what belongs together.
_CLINGS = ("<sup", "{", "`", "*", "_", "~", "=", "^", "+")
# Signs as wide as a letter, most of it room. Between them and a blank there may be tags that show nothing themselves.
_ROOM_AFTER, _ROOM_BEFORE = frozenset("、。，．：；？！）」』】〕〉》"), frozenset("（「『【〔〈《")
_BARE = re.compile(r"(?:<(?:strong|em|/strong|/em|sup\b.*</sup)>|!?\[|\]\([^()]*\))*")
# The mark of a list or a quotation is no part of the words.
_MARK = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+|>\s?)*(?:\[[ x]\] )?")
_OPEN, _CLOSE = '<span class="bb-whole">', "</span>"


def typeset(markdown: str, code: str) -> str:
    """A page's Markdown in a language, with what its lines need."""
    return "\n".join(_lines(markdown.split("\n"), code)) if _SCRIPT.search(markdown) else markdown


def typeset_name(name: str, code: str) -> str:
    """A name without tags, as the host's navigation shows it in a narrow column."""
    model = model_of(code)
    return "<wbr>".join(phrases(name, model)) + "<wbr>" if model and _SCRIPT.search(name) else name


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: in which language, and whether its column is narrow."""

    code: str
    narrow: bool


def _lines(lines: Sequence[str], code: str) -> Iterator[str]:
    places, end = [_Place(code, narrow=False)], ""
    for line in lines:
        if end:
            end = "" if end in line else end
            yield line
        elif seals := _SEALS.match(line):
            end = seals["fence"] or f"</{seals['tag']}>"
            end = "" if end in line[seals.end() :] else end
            yield line
        else:
            if division := _DIVISION.match(line):
                css, lang = division["css"].split(), division["lang"]
                places.append(_Place(lang or places[-1].code, places[-1].narrow or not _NARROW.isdisjoint(css)))
            elif line.startswith("</div>") and len(places) > 1:
                places.pop()
            yield _line(line, places[-1])


def _line(line: str, place: _Place) -> str:
    model = model_of(place.code)
    # A tag that goes over several lines is not taken apart.
    if model is None or not _SCRIPT.search(line) or _ALONE.match(line) or line.count("<") != line.count(">"):
        return line
    if heading := _HEADING.match(line):
        return heading[1] + _set(heading[2], model, narrow=True) + heading[3]
    if line.startswith("|"):
        return "|".join(_cell(cell, model) for cell in _CELLS.split(line))
    mark = _MARK.match(line)
    start = mark.end() if mark else 0
    return line[:start] + _set(line[start:], model, narrow=place.narrow or bool(_HEADLINE.match(line)))


def _cell(cell: str, model: str) -> str:
    return cell.replace(words, _set(words, model, narrow=True)) if (words := cell.strip()) else cell


def _set(source: str, model: str, *, narrow: bool) -> str:
    """Words with what their lines need."""
    words = _Words(source)
    words.leave_out_blanks()
    words.keep_wholes()
    if narrow and _SCRIPT.search(words.seen):
        words.end_after_phrases(model)
    return str(words)


@dataclass
class _Words:
    """A stretch of Markdown and what a reader sees of it, to which tags can be added between any two characters."""

    source: str
    seen: str = ""
    # Where each character seen begins in the source, and whether it is itself there.
    _starts: list[int] = field(default_factory=list)
    _plain: list[bool] = field(default_factory=list)
    # What comes in, by place in the source: at the end of something, at the beginning of something.
    _ends: dict[int, str] = field(default_factory=dict)
    _begins: dict[int, str] = field(default_factory=dict)
    _left_out: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for token in _TOKEN.finditer(self.source):
            seen, plain = _seen(token), token["text"] is not None
            self.seen += seen
            self._starts += range(token.start(), token.end()) if plain else [token.start()] * len(seen)
            self._plain += [plain] * len(seen)

    def leave_out_blanks(self) -> None:
        """No blank stands right beside a sign that has room in itself."""
        for at in range(1, len(self.seen) - 1):
            if self.seen[at] == " " and self._has_room(at):
                self._left_out.add(self._starts[at])

    def keep_wholes(self) -> None:
        """No line ends within a date or an amount."""
        for start, end in wholes(self.seen):
            first, last = self._starts[start], self._starts[end - 1]
            if last - first == end - 1 - start:
                self._begins[first] = _OPEN
                self._ends[last + 1] = _CLOSE

    def end_after_phrases(self, model: str) -> None:
        """A line may end after each phrase, where there is no blank anyway. The last one too: the style sheet goes by that."""
        end = 0
        for phrase in phrases(self.seen, model):
            end += len(phrase)
            place = self._starts[end - 1] + 1
            blank = self.seen[end - 1].isspace() or self.seen[end : end + 1].isspace()
            if self._plain[end - 1] and not blank and not self.source.startswith(_CLINGS, place):
                self._ends[place] = self._ends.get(place, "") + "<wbr>"

    def __str__(self) -> str:
        if not (self._ends or self._left_out):
            return self.source
        return "".join(
            self._ends.get(at, "") + self._begins.get(at, "") + ("" if at in self._left_out else character)
            for at, character in enumerate(self.source)
        ) + self._ends.get(len(self.source), "")

    def _has_room(self, at: int) -> bool:
        """Whether the blank at `at` stands beside such a sign, and nothing is shown around it that is no character."""
        gaps = (self.source[self._starts[i] + 1 : self._starts[i + 1]] for i in (at - 1, at))
        beside = self.seen[at - 1] in _ROOM_AFTER or self.seen[at + 1] in _ROOM_BEFORE
        return beside and all(self._plain[at - 1 : at + 2]) and all(map(_BARE.fullmatch, gaps))


def _seen(token: re.Match[str]) -> str:
    """What a reader sees of a token."""
    if token["markup"] is not None:
        return ""
    return html.unescape(token[0].removeprefix("\\")) if token["written"] else token[0]
