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


# Backslash escapes keep the text readable; braces and bars need entities, which also stop Jinja and table cells.
_ACTIVE = {c: f"\\{c}" for c in "\\`*_[]"} | {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "|": "&#124;", "~": "&#126;", "^": "&#94;",
}
_ESCAPES = str.maketrans(_ACTIVE)
_PAIRED = re.compile(r"(==|\+\+|::|!!|\?\?|--(?=8<)|(?<![A-Za-z0-9]):(?=[A-Za-z0-9_+-]+:))")
# Before a link or mention, an exclamation mark would make an image of it.
_AT_END = re.compile(r"!$")
_AT_START = re.compile(r"^(?:[#+\-=:!?>%]|\d{1,9}(?=[.)]))")
_WEB_ADDRESS = re.compile(r"(https?|ftp):(?=//)|\bwww\.(?=\w)", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.)")


def escape(text: str) -> Md:
    """`text` as Markdown that shows exactly these characters, wherever on a line it is put."""
    plain = " ".join(text.split()) if "\n" in text or "\r" in text else text
    safe = plain.translate(_ESCAPES)
    safe = _PAIRED.sub(lambda m: _entities(m[0]), safe)
    safe = _WEB_ADDRESS.sub(lambda m: m[0][:-1] + _entities(m[0][-1]), safe)
    safe = _MAIL_ADDRESS.sub("&#64;", safe)
    safe = _AT_END.sub("&#33;", safe)
    return Md(_AT_START.sub(lambda m: _entities(m[0]), safe))


def attribute(text: str) -> Md:
    """`text` for use inside a double-quoted HTML attribute."""
    escaped = html.escape(" ".join(text.split()), quote=True)
    return Md("".join(_entities(c) if c in "{}`*_[]\\|~^" else c for c in escaped))


def link(words: Md, address: str) -> Md:
    """A Markdown link to one of our own pages, or to an address on the web."""
    safe = quote(address, safe="/:?#@!$&'+,;=%-._~")
    return Md(f"[{words}]({safe})")


def tagged(words: Md, lang: str, direction: str, css: str = "") -> Md:
    """`words` marked as being in another language than what surrounds them."""
    class_ = f' class="{css}"' if css else ""
    return Md(f'<span{class_} lang="{attribute(lang)}" dir="{direction}">{words}</span>')


def written(spans: Sequence[Span], mention: Callable[[Mention], Md]) -> Md:
    """Spans as Markdown; `mention` says what to put for `[[id]]`."""
    return Md("".join(_one(span, mention, first=position == 0) for position, span in enumerate(spans)))


def _one(span: Span, mention: Callable[[Mention], Md], *, first: bool) -> str:
    match span:
        case Plain(text):
            # Only at the very start can a character open a block; elsewhere it would just be noise.
            return escape(text) if first else escape("\N{WORD JOINER}" + text)[1:]
        case Code(text):
            return f"<code>{escape(chr(0x2060) + text)[1:]}</code>"
        case Styled(tag, inside):
            return f"<{tag}>{written(inside, mention)}</{tag}>"
        case OutsideLink(url, inside) if span.safe:
            return link(written(inside, mention), url)
        case OutsideLink(_, inside):
            return written(inside, mention)
        case Mention():
            return mention(span)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" for c in text)
