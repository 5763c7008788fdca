"""Prose: whatever an author types, readers see just the characters it says, in every reader of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from briefbook.model.prose import DEEPEST, Mention, Span, every_span, parse, plain_text
from briefbook.rules.passages import page_passages, passage
from briefbook.wording.markdown import Md, attribute, escape, link, written

PIECES = st.sampled_from([
    *"ab漢あé \t*_`~^=+-#>!?:;.,|&<>[](){}\\/'\"@$%0189\u00a0\u3000", "**", "__", "``", "[[", "]]", "[[a|", "[[a#b]]", "](", "](x)",
    "](https://x.example/)", "](javascript:x)", "![", "<b>", "</b>", "<!--", "-->", "&amp;", "&lt;", "&#10;", "&#x2028;", "&copy", "{{", "}}",
    "{%", "{: .x }", "{.x}", "[^1]", "[^1]:", "https://", "www.", "a@b.c", ":smile:", "1.", "1)", "- ", "# ", "> ", "```", "~~~",
    "---", "===", "!!!", "///", "--8<--", "++", "==", "[TOC]", "\n", "\n\n", "\r\n", "\u2028", "e\u0301", "👩‍🚀",
])
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20)
PLACES = {
    "paragraph": "{}", "inside": "Before {} after", "beside": "Before{}after", "heading": "## {}", "list": "- {}", "number": "1. {}",
    "cell": "| a | b |\n| --- | --- |\n| {} | x |", "block": '<div class="box" markdown>\n\n{}\n\n</div>',
    "line": 'Before <span class="box">{}</span>', "second line": "Before\n{}", "above a heading": "{}\n\n## x",
}


class Shown(HTMLParser):
    """What a reader of a page gets."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.brought: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)
        self.close()
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.brought.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, _data: str) -> None:
        self.brought.append(("comment", ()))


def _python_markdown() -> Callable[[str], str]:
    reader = Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"])
    return lambda page: reader.reset().convert(page)


RENDERERS = {"Python-Markdown": _python_markdown(), "CommonMark": MarkdownIt("commonmark").enable("table").render}
OWN = {("em", ()), ("strong", ()), ("code", ()), ("a", ("href",))}


def wrong(text: str, markdown: str, place: str, own: set[tuple[str, tuple[str, ...]]]) -> list[str]:
    """How what is rendered differs from a page that shows `text` there."""
    found = []
    for name, render in RENDERERS.items():
        shown, empty = Shown(render(PLACES[place].format(markdown))), Shown(render(PLACES[place].format("zzz")))
        expected = " ".join(empty.text.replace("zzz", text).split())
        if expected != shown.text:
            found.append(f"{name} shows {shown.text!r} and not {expected!r}")
        if more := set(shown.brought) - set(empty.brought) - own:
            found.append(f"{name} has {more}")
    return found


def mention(found: Mention) -> Md:
    return link(escape(found.words or found.id), "../x.md")


@given(TEXTS, st.sampled_from(sorted(PLACES)))
def test_plain_characters_show_themselves(text: str, place: str) -> None:
    kept = "".join(c for c in text if c == "\n" or not ("\x00" <= c <= "\x1f" or "\x7f" <= c <= "\x9f"))
    assert [] == wrong(kept or "x", escape(kept or "x"), place, set())


@given(TEXTS, st.sampled_from(sorted(PLACES)))
def test_prose_shows_its_own_characters(text: str, place: str) -> None:
    spans = parse(text)
    if visible := plain_text(spans):
        assert [] == wrong(visible, written(spans, mention), place, OWN)


@given(TEXTS)
def test_no_character_of_prose_is_lost(text: str) -> None:
    kept = "".join(c for c in text if c.isalnum())
    assert set(plain_text(parse(text))) - {"\N{REPLACEMENT CHARACTER}"} <= set(text) | set(" &<>©\n\u2028\t")
    if not any(mark in text for mark in "[&`\\"):
        assert kept == "".join(c for c in plain_text(parse(text)) if c.isalnum())


def _depth(span: Span) -> int:
    return 1 + max((_depth(inner) for inner in getattr(span, "inside", ())), default=0)


@given(TEXTS, st.integers(1, 400))
def test_prose_nests_only_so_deep(text: str, times: int) -> None:
    spans = parse(text * times)
    assert max(map(_depth, spans), default=0) <= DEEPEST + 1
    assert list(every_span(spans))[: len(spans)] is not None


@given(TEXTS)
def test_an_attribute_stays_an_attribute(text: str) -> None:
    shown: list[list[tuple[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
            shown.append(attrs)

    Reader(convert_charrefs=True).feed(f'<p title="{attribute(text)}">x</p>')
    assert [[("title", " ".join(text.split()))]] == shown


@given(TEXTS)
def test_every_character_that_is_shown_knows_where_it_was_typed(text: str) -> None:
    read = passage(text)
    for offset, character in enumerate(read.text):
        assert character in (text[read.place(offset)], "\ufffc")


_UNSEEN = re.compile("[\x0b-\x1f\x85\u2028\u2029]")


@given(st.lists(TEXTS, max_size=6).map("\n\n".join))
def test_every_character_of_a_page_knows_where_it_was_typed(page: str) -> None:
    # Pages with line ends that nobody sees are refused before anybody reads them.
    page = _UNSEEN.sub(" ", page)
    for read, _ in page_passages(page):
        for offset, character in enumerate(read.text):
            # Blanks stand for what is no prose.
            assert character in (page[read.place(offset)], "\ufffc", " ")
