"""Markdown that is safe to print, and how authors' text becomes it.

`Md` marks text that may be printed as it is; everything else is escaped when a template prints it. The escapes are
those that CommonMark and Python-Markdown (with the extensions people add to it) both understand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from briefbook.model.prose import Code, Mention, OutsideLink, Plain, Span, Styled


class Md(str):
    """Finished Markdown."""

    __slots__ = ()

    def __html__(self) -> str:
        """What template engines ask for before they escape anything."""
        return str(self)


# Backslash escapes keep the text readable; the others need entities, which also stop Jinja, table cells and formulas.
_ACTIVE = {c: f"\\{c}" for c in "\\`*_"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {c: f"&#{ord(c)};" for c in "{}|~^$[]"}
_ESCAPES = str.maketrans(_ACTIVE)
_PAIRED = re.compile(r"(==|\+\+|::|!!|\?\?|--(?=8<)|:(?=[A-Za-z0-9_+-]+:))")
# Before a link or mention, an exclamation mark would make an image of it; at the end of a heading, hashes are dropped.
_AT_END = re.compile(r"!$|#+(?= ?$)")
_AT_START = re.compile(r"^( ?)([#+\-=:!?>%/]|\d{1,9}(?=[.)]))")
_WEB_ADDRESS = re.compile(r"(https?|ftp):(?=//)|\bwww\.(?=\w)", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.)")
_ADDED = re.compile(r"(.*?)((?:（[^（）]*）)?)", re.DOTALL)
# Blanks, and all that any program takes for the end of a line; blanks of a width of their own are kept.
_BLANKS = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


def escape(text: str) -> Md:
    """`text` as Markdown that shows exactly these characters, wherever on a line it is put; runs of blanks as one."""
    safe = _BLANKS.sub(" ", text).translate(_ESCAPES)
    safe = _PAIRED.sub(lambda m: _entities(m[0]), safe)
    safe = _WEB_ADDRESS.sub(lambda m: m[0][:-1] + _entities(m[0][-1]), safe)
    safe = _MAIL_ADDRESS.sub("&#64;", safe)
    safe = _AT_END.sub(lambda m: _entities(m[0]), safe)
    return Md(_AT_START.sub(lambda m: m[1] + _entities(m[2]), safe))


def attribute(text: str) -> Md:
    """`text` for use inside a double-quoted HTML attribute."""
    escaped = html.escape(" ".join(text.split()), quote=True)
    return Md("".join(_entities(c) if c in "{}`*_[]\\|~^$" else c for c in escaped))


def link(words: Md, address: str) -> Md:
    """A Markdown link to one of our own pages, or to an address on the web."""
    safe = quote(address, safe="/:?#@!$&'+,;=%-._~")
    return Md(f"[{words}]({safe})")


def tagged(words: Md, lang: str, direction: str, css: str = "") -> Md:
    """`words` marked as being in another language than what surrounds them."""
    class_ = f' class="{css}"' if css else ""
    return Md(f'<span{class_} lang="{attribute(lang)}" dir="{direction}">{words}</span>')


def ruby(words: str, reading: str) -> Md:
    """`words` with how they are read above them, in brackets where a browser cannot set it so. No search finds it here,
    and what follows the name in brackets of its own is not part of what is read.
    """
    name, added = _ADDED.fullmatch(words).groups()  # type: ignore[union-attr]  # it takes anything
    brackets = (f"<rp data-search-exclude>{sign}</rp>" for sign in "（）")
    return Md(f"<ruby>{name}{f'<rt data-search-exclude>{reading}</rt>'.join(brackets)}</ruby>{added}")


def written(spans: Sequence[Span], mention: Callable[[Mention], Md]) -> Md:
    """Spans as Markdown; `mention` says what to put for `[[id]]`."""
    return Md("".join(_one(span, mention, first=position == 0) for position, span in enumerate(_joined(spans))))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The same spans with what is shown without a mark in one piece, so that no two halves make a mark between them."""
    found: list[Span] = []
    for span in spans:
        shown = _joined(span.inside) if isinstance(span, OutsideLink) and not span.safe else [span]
        for piece in shown:
            if isinstance(piece, Plain) and found and isinstance(found[-1], Plain):
                found[-1] = Plain(found[-1].text + piece.text)
            else:
                found.append(piece)
    return found


def _one(span: Span, mention: Callable[[Mention], Md], *, first: bool) -> str:
    match span:
        case Plain(text):
            # Only at the very start can a character open a block; elsewhere it would just be noise.
            return escape(text) if first else escape("\N{WORD JOINER}" + text)[1:]
        case Code(text):
            return f"<code>{escape(chr(0x2060) + text)[1:]}</code>"
        case Styled(tag, inside):
            return f"<{tag}>{written(inside, mention)}</{tag}>"
        case OutsideLink(url, inside):
            return link(written(inside, mention), url)
        case Mention():
            return mention(span)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" for c in text)
