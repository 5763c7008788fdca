"""The inline Markdown that authors write, taken apart into spans.

CommonMark emphasis, strong, code and links, plus `[[id]]`; no HTML, images, headings or lists. Whatever is not
one of these stays the plain characters it was, so that nothing an author types can become markup by accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LINK_SCHEMES = ("http", "https", "mailto")
# Spans in spans; markup that goes deeper stays the characters it was.
DEEPEST = 20
# So many texts are remembered with what was read in them; ten thousand facts have about a hundred thousand.
MOST_TEXTS = 400_000
# What reading refuses in a file, and an entity could still bring in: control characters and those that turn text round.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters that mean themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Characters shown as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Spans in emphasis (`em`) or strong emphasis (`strong`)."""

    tag: str
    inside: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A link to an address on the web; `safe` is false where its scheme is none of `LINK_SCHEMES`."""

    url: str
    inside: tuple[Span, ...]

    @property
    def safe(self) -> bool:
        """Whether a reader may be sent there."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return False
        return parts.scheme in LINK_SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


@dataclass(frozen=True, slots=True)
class Mention:
    """`[[id]]`, `[[id#key]]` or `[[id|words]]`: a link to a fact, or a figure's value."""

    id: str
    key: str | None
    words: str | None


Span = Plain | Code | Styled | OutsideLink | Mention

# What a reader of Markdown changes before it reads, and what may be markup.
_CHANGED = re.compile(r"[\r\x00]")
_MARKED = re.compile(r"[\[\]*_`\\&\n\r\x00]")
MENTION = re.compile(r"\[\[\s*([^\[\]|#\s]+)\s*(?:#\s*([^\[\]|\s]+)\s*)?(?:\|([^\[\]]+))?\]\]")


@lru_cache(maxsize=MOST_TEXTS)
def parse(text: str) -> tuple[Span, ...]:
    """The spans of one text, in order. Never fails: what is not understood is plain."""
    if not _MARKED.search(text):
        return (Plain(_shown(text)),) if text else ()
    if not _MARKED.search(MENTION.sub("", text)) and not _CHANGED.search(text):
        return tuple(_around_mentions(text))
    tokens = _READER.parseInline(text)[0].children or []
    return _gather(tokens)


def _around_mentions(text: str) -> Iterator[Span]:
    """The spans of a text that has no other markup, as most have; to read them as Markdown takes far longer."""
    done = 0
    for match in MENTION.finditer(text):
        if match.start() > done:
            yield Plain(_shown(text[done : match.start()]))
        yield _mention(match)
        done = match.end()
    if done < len(text):
        yield Plain(_shown(text[done:]))


def every_span(spans: Sequence[Span]) -> Iterator[Span]:
    """All spans, also those inside others."""
    for span in spans:
        yield span
        if isinstance(span, Styled | OutsideLink):
            yield from every_span(span.inside)


def plain_text(spans: Sequence[Span]) -> str:
    """The characters alone; a mention gives its words, or else its id."""
    return "".join(
        plain_text(s.inside) if isinstance(s, Styled | OutsideLink)
        else (s.words or s.id) if isinstance(s, Mention) else s.text
        for s in spans
    )


def _mention(match: re.Match[str]) -> Mention:
    return Mention(match[1], match[2], match[3] and match[3].strip())


def _mention_rule(state: StateInline, silent: bool) -> bool:
    match = MENTION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.meta = {"mention": _mention(match)}
    state.pos = match.end()
    return True


class _Reader(MarkdownIt):
    """Which addresses are safe is judged, and reported, by OutsideLink; here every link is taken as written."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name and argument are markdown-it's
        return True


def _reader() -> MarkdownIt:
    reader = _Reader("zero").enable(["emphasis", "backticks", "link", "escape", "entity", "newline"])
    reader.inline.ruler.before("link", "mention", _mention_rule)
    return reader


_READER = _reader()


def _gather(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The spans of a flat run of tokens, without recursion."""
    levels: list[list[Span]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting > 0:
            opened.append(token)
            if len(opened) <= DEEPEST:
                levels.append([])
            else:
                levels[-1].append(Plain(token.markup or "["))
        elif token.nesting < 0:
            opener = opened.pop()
            if len(opened) < DEEPEST:
                inside = tuple(levels.pop())
                levels[-1].append(_wrapped(opener, inside))
            else:
                levels[-1].append(Plain(token.markup or f"]({opener.attrGet('href')})"))
        else:
            levels[-1].append(_leaf(token))
    return tuple(levels[0])


def _leaf(token: Token) -> Span:
    if token.type == "mention":
        return cast("Mention", token.meta["mention"])
    if token.type in ("softbreak", "hardbreak"):
        return Plain(" ")
    content = _shown(token.content)
    return Code(content) if token.type == "code_inline" else Plain(content)


def _shown(content: str) -> str:
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", content)


def _wrapped(token: Token, inside: tuple[Span, ...]) -> Span:
    if token.type == "link_open":
        return OutsideLink(str(token.attrGet("href") or ""), inside)
    return Styled(token.tag, inside)
