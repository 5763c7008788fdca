"""What is fed with bytes: each target must come to an end without an exception, and keep what it promises."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from briefbook.diagnostics import as_github, as_json, as_report
from briefbook.fixing import mended, offered
from briefbook.model.prose import Mention, every_span, parse, plain_text
from briefbook.reading.loading import read_folder
from briefbook.reading.yamltree import Refused, decode
from briefbook.rules import Circumstances
from briefbook.rules.passages import page_passages, passage
from briefbook.rules.quantities import compare, read
from briefbook.wording.markdown import Md, escape, link, written

DAY = Circumstances(date(2026, 11, 24))
CODES = ("en", "ja", "de", "ar", "zh", "fr")
# Memory, where the machine has such a folder: a file is written for every try.
_HOME = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108  # a folder of our own is made in it


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="briefbook-fuzz-", dir=_HOME))


def reading(raw: bytes) -> None:
    """A fact file of these bytes: read, checked, reported in every style, and mended."""
    (_folder() / "facts.yml").write_bytes(raw)
    result = read_folder(_folder(), ("en", "ja"), _folder(), circumstances=DAY, advice=True)
    found = offered(result.diagnostics, result.texts)
    as_report(found, result.line_of, 20)
    as_json(found)
    assert all("\n" not in as_github(one) for one in found)
    for name, text in result.texts.items():
        lines = text.splitlines() or [""]
        assert all(one.place.line <= len(lines) + 1 for one in found if one.place.file == name)
    after, _ = mended(found, result.texts)
    for text in after.values():
        decode(text.encode(), "facts.yml")


def prose(raw: bytes) -> None:
    """A text of these bytes: taken apart, written as Markdown, rendered; and read as a page."""
    text = _text(raw)
    spans = parse(text)
    list(every_span(spans))
    shown = written(spans, _mention)
    _RENDERER.render(shown)
    assert "<script" not in shown.lower()
    read_as = passage(text)
    assert all(c in (text[read_as.place(n)], "\ufffc") for n, c in enumerate(read_as.text))
    plain_text(spans)
    try:
        page = decode(raw, "page.md").replace("\r\n", "\n").replace("\r", "\n")
    except Refused:
        return
    list(page_passages(page))


def quantities(raw: bytes) -> None:
    """Texts of these bytes in two languages: their quantities read and compared; a text never contradicts itself."""
    text = _text(raw[1:])
    one, other = CODES[(raw[:1] or b"\0")[0] % len(CODES)], CODES[(raw[:1] or b"\0")[0] // len(CODES) % len(CODES)]
    left, right = (read(code, text) for code in (one, other))
    assert all(quantity.said for quantity in left)
    compare(left, right, lambda _: False, lambda _: False)
    same = compare(left, left, lambda _: False, lambda _: False)
    assert not same.different
    assert not same.other_currency


TARGETS: dict[str, Callable[[bytes], None]] = {"reading": reading, "prose": prose, "quantities": quantities}
_RENDERER = MarkdownIt("commonmark").enable("table")


def _mention(found: Mention) -> Md:
    return link(escape(found.words or found.id), "../x.md")


def _text(raw: bytes) -> str:
    return " ".join(raw.decode("utf-8", "ignore").split())
