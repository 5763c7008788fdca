"""Author text is untrusted: put anywhere on a page and rendered by anyone’s Markdown, it shows its own characters only.

Each attack is written out as a page would have it, in every place a page has for text, and rendered by
Python-Markdown as we set it up, by Python-Markdown with what people add to it, and by a CommonMark reader.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from markdown import Markdown  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from briefbook.model.prose import Mention, parse, plain_text
from briefbook.wording.markdown import Md, attribute, escape, link, ruby, tagged, written

OURS = ("attr_list", "md_in_html", "tables", "toc")
ADDED = (
    "abbr", "admonition", "def_list", "footnotes", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.blocks.details",
    "pymdownx.blocks.html", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.keys",
    "pymdownx.magiclink", "pymdownx.mark", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tasklist", "pymdownx.tilde",
)


@dataclass
class Shown(HTMLParser):
    """What a reader gets: the characters, the elements, and every attribute that leads or does anything."""

    text: str = ""
    elements: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, page: str) -> Shown:
        shown = cls()
        shown.feed(page)
        shown.close()
        shown.text = " ".join(shown.text.split())
        return shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, _data: str) -> None:
        self.elements.append("<!-- -->")

    def handle_decl(self, _decl: str) -> None:
        self.elements.append("<!>")

    def handle_pi(self, _data: str) -> None:
        self.elements.append("<?>")


def python_markdown(*extensions: str) -> Callable[[str], str]:
    reader = Markdown(extensions=list(extensions))
    return lambda page: reader.reset().convert(page)


RENDERERS: dict[str, Callable[[str], str]] = {
    "ours": python_markdown(*OURS),
    "with what people add": python_markdown(*OURS, *ADDED),
    "commonmark": MarkdownIt("commonmark").enable("table").render,
}
PLACES = {
    "paragraph": "{}",
    "end of a paragraph": "Before {}",
    "between words": "Before {} after",
    "right beside words": "Before{}after",
    "heading": "## {}",
    "list item": "- {}",
    "numbered item": "1. {}",
    "table cell": "| a | b |\n| --- | --- |\n| {} | x |",
    "table head": "| {} | b |\n| --- | --- |\n| a | x |",
    "block in HTML": '<div class="box" markdown>\n\n{}\n\n</div>',
    "list in HTML": '<div class="box" markdown>\n\n- {}\n- x\n\n</div>',
    "element in a line": 'Before <span class="box">{}</span>',
    "emphasis": "<strong>{}</strong> x",
    "second line": "Before\n{}",
    "before a heading": "{}\n\n## x",
    "link text": "[{}](https://example.org/)",
}

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "script across the end": "</script><script>alert(1)",
    "image with a handler": '<img src=x onerror="alert(1)">',
    "svg": "<svg/onload=alert(1)>",
    "frame": "<iframe src='javascript:alert(1)'></iframe>",
    "closing tags": "</div></span></p></li></td></table>",
    "half a tag": "<a href='",
    "tag over the end": "<div markdown='1",
    "style": "<style>*{display:none}</style>",
    "comment": "<!-- hidden -->",
    "open comment": "<!--",
    "chart mark": "<!--chart:timeline-->",
    "cdata": "<![CDATA[ x ]]>",
    "processing": "<?php echo 1 ?>",
    "doctype": "<!DOCTYPE html>",
    "autolink": "<https://evil.example/>",
    "autolink of script": "<javascript:alert(1)>",
    "mail autolink": "<a@evil.example>",
    "address": "https://evil.example/x?a=1&b=2",
    "address in capitals": "HTTPS://EVIL.EXAMPLE",
    "www": "www.evil.example",
    "ftp": "ftp://evil.example",
    "mail": "write to a.b+c@evil.example now",
    "mail with underscore": "a_b@evil.example",
    "entities of a tag": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "numbered entities": "&#60;script&#62;",
    "double entities": "&amp;lt;script&amp;gt;",
    "entity without end": "&ltscript&gt",
    "template": "{{ 7*7 }}",
    "template statement": "{% include 'secret' %}",
    "template comment": "{# x #}",
    "attribute list": "{: onclick=alert(1) }",
    "attribute list of emphasis": "*x*{: onclick=alert(1) }",
    "attribute list of a link": "[x](https://example.org/){: onclick=alert(1) }",
    "id": "x { #evil }",
    "class": "x {.evil}",
    "reference": "[x][evil]",
    "definition of a reference": "[evil]: https://evil.example/",
    "footnote": "x[^1]",
    "definition of a footnote": "[^1]: evil",
    "abbreviation": "*[HTML]: evil",
    "definition": ": evil",
    "term and definition": "term :   evil",
    "snippet": '--8<-- "/etc/passwd"',
    "snippet of one line": '-8<- "/etc/passwd"',
    "heading": "# evil",
    "deep heading": "###### evil ######",
    "rule": "---",
    "rule of stars": "* * *",
    "rule of underscores": "___",
    "underline": "===",
    "single underline": "=",
    "list": "- evil",
    "list of stars": "* evil",
    "list of pluses": "+ evil",
    "numbered list": "1. evil",
    "list with bracket": "1) evil",
    "long numbered list": "123456789. evil",
    "task": "[ ] evil",
    "done task": "- [x] evil",
    "quotation": "> evil",
    "fence": "``` evil",
    "fence of tildes": "~~~ evil",
    "admonition": "!!! note",
    "details": "??? note",
    "open details": '???+ note "evil"',
    "tabs": '=== "evil"',
    "table row": "| a | b |",
    "bars": "a | b | c",
    "ruler of a table": "--- | ---",
    "right ruler": ":---:",
    "contents": "[TOC]",
    "deleted": "~~evil~~",
    "subscript": "H~2~O",
    "superscript": "x^2^",
    "inserted": "^^evil^^",
    "marked": "==evil==",
    "keys": "++ctrl+alt+del++",
    "critic": "{++evil++} {--evil--} {~~a~>b~~} {==x==} {>>y<<}",
    "emoji": ":smile:",
    "emoji with underscores": ":white_check_mark:",
    "icon": ":material-home:",
    "time": "10:30:15",
    "backslashes": r"\ \\ \* \[ \< a\b",
    "backslash at the end": "x\\",
    "quotes": "\" ' ` ´",
    "backtick": "`",
    "code": "`<b>{{ x }}</b> | \\ &amp;`",
    "code of attributes": "`x`{: .evil}",
    "emphasis out of balance": "**a *b** c*",
    "underscores": "snake_case __init__ _x_",
    "image": "![x](https://example.org/x.png)",
    "image in a line": "see ![x](https://example.org/x.png)",
    "image by reference": "![x][evil]",
    "link in words": "[x](https://example.org/)](javascript:alert(1))",
    "mention and more": "[[acme|x]]](javascript:alert(1))",
    "mention then address": "[[acme]](javascript:alert(1))",
    "mention then definition": "[[acme]]: javascript:alert(1)",
    "mention after an exclamation": "hear![[acme]]",
    "words of a mention": "[[acme|<b>{{x}}</b> ](javascript:alert)]]",
    "link with quotes": '[x](https://example.org/"onclick="alert)',
    "link with a title": '[x](https://example.org/ "onclick=alert(1)")',
    "link with angles": "[x](<https://example.org/a b>)",
    "link with braces": "[x](https://example.org/{{7*7}})",
    "link with stars": "[x](https://example.org/*a*_b_~c~^d^==e==)",
    "link with brackets": "[x](https://example.org/(a)[b])",
    "link with entity": "[x](https://example.org/?a&copy;b&amp;lt;c)",
    "link with backslash": r"[x](https://example.org/\)y)",
    "link with bars": "[x](https://example.org/a|b)",
    "link of mail": "[x](mailto:a@example.org?subject=y)",
    "script link": "[x](javascript:alert(1))",
    "script link in capitals": "[x](JaVaScRiPt:alert(1))",
    "script link by entity": "[x](&#x6a;avascript:alert(1))",
    "script link by named entity": "[x](javascript&colon;alert(1))",
    "script link with tab": "[x](java&Tab;script:alert(1))",
    "script link with newline": "[x](java&NewLine;script:alert(1))",
    "script link with control": "[x](&#1;javascript:alert(1))",
    "data link": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "vbscript link": "[x](vbscript:x)",
    "file link": "[x](file:///etc/passwd)",
    "link without scheme": "[x](//evil.example/)",
    "relative link": "[x](../../evil/)",
    "script link in angles": "[x](<javascript:alert(1)>)",
    "link in link": "[a [b](javascript:x) c](https://example.org/)",
    "image in link": "[![x](https://example.org/x.png)](https://example.org/)",
    "handler in words": 'x" onmouseover="alert(1)',
    "zero width": "a\u200bb\u200dc\ufeffd",
    "Japanese": "「*強調*」と_下線_、｛｝＜＞",
    "numbers": "US$5 and 20–49% #1 @home",
    "stash of Python-Markdown": "klzzwxh:0001 wzxhzdk:0",
    "marks": "+ - = : ! ? > %",
    "name ending in a hash": "C#",
    "emoji in a word": "a:smile:b",
    "emoji by number": "as 1:100:5",
    "formula": "$x$",
    "prices": "US$79–134 billion (US$5)",
    "formula on its own": "$$x$$",
    "formula with brackets": r"\(x\) \[x\]",
    "block of details": "/// details",
    "block of HTML": "/// html | script",
    "end of a block": "///",
    "leading blanks": "&#32;&#32;&#32;&#32;x",
    "leading blank and heading": "&#32;# x",
    "leading tab": "&Tab;x",
    "line end and heading": "x&#10;&#10;# y",
    "unseen line end and heading": "x&#x2028;# y",
    "trailing blanks": "x&#32;&#32;",
    "mark in halves": r"\==evil=\=",
    "mark around a link that is dropped": "=[=](javascript:x)evil==",
    "blanks in a link that is dropped": "[&#32;&#32;](javascript:x)&#32;&#32;# x",
    "wide blanks": "&nbsp;x\u3000y",
}
ATTACKS |= {f"first {c}": f"{c} x" for c in "#+-=:!?>%|~^`*_$/@.;,"} | {f"first {c} alone": c for c in "#+-=:!?>%|~^`*_$/@"}


def mention(found: Mention) -> Md:
    return link(escape(found.words or found.id), f"../{found.id}.md")


def addresses_of(shown: Shown) -> list[str | None]:
    return [value for _, name, value in shown.attributes if name in ("href", "src", "action", "formaction", "data")]


# What the author's own spans may come out as; anything else was not theirs to write.
OWN_ELEMENTS = {"em", "strong", "code", "a"}
OWN_LINKS = ("https://example.org/", "mailto:a@example.org", "../acme.md")


def faults(text: str, markdown: str, renderer: str, own_elements: set[str]) -> list[str]:
    """In which places something else is shown than `text`, or something is there that its author may not bring."""
    found = []
    for place, frame in PLACES.items():
        if place == "link text" and "](" in markdown:
            continue
        shown = Shown.of(RENDERERS[renderer](frame.format(markdown)))
        empty = Shown.of(RENDERERS[renderer](frame.format("zzz")))
        expected = " ".join(empty.text.replace("zzz", text).split())
        if expected != shown.text:
            found.append(f"{place}: shows {shown.text!r} and not {expected!r}")
        elements = list(shown.elements)
        for element in empty.elements:
            if element in elements:
                elements.remove(element)
        if more := set(elements) - own_elements:
            found.append(f"{place}: brings {sorted(more)}")
        found += [f"{place}: leads to {url}" for url in addresses_of(shown) if not (url or "").startswith(OWN_LINKS)]
        found += [f"{place}: sets {attribute}" for attribute in sorted(names_of(shown) - OWN_ATTRIBUTES)]
    return found


def names_of(shown: Shown) -> set[str]:
    return {f"{tag} {name}" for tag, name, _ in shown.attributes}


OWN_ATTRIBUTES = {"a href", "div class", "div markdown", "span class", "h2 id"}


def visible(text: str) -> str:
    return plain_text(parse(text))


CASES = [
    pytest.param(text, renderer, id=f"{attack}-{renderer}") for renderer in RENDERERS for attack, text in ATTACKS.items()
]


@pytest.mark.parametrize(("text", "renderer"), CASES)
def test_prose_shows_its_own_characters_and_nothing_else(text: str, renderer: str) -> None:
    assert [] == faults(visible(text), written(parse(text), mention), renderer, OWN_ELEMENTS)


@pytest.mark.parametrize(("text", "renderer"), CASES)
def test_plain_characters_show_themselves_and_nothing_else(text: str, renderer: str) -> None:
    assert [] == faults(text, escape(text), renderer, set())


ATTRIBUTE_PLACES = {
    "paragraph": "{}",
    "list item": "- {}",
    "table cell": "| a | b |\n| --- | --- |\n| {} | x |",
    "heading": "## {}",
    "block in HTML": '<div class="box" markdown>\n\n{}\n\n</div>',
}


@pytest.mark.parametrize(("text", "renderer"), CASES)
def test_an_attribute_holds_its_text_and_nothing_else(text: str, renderer: str) -> None:
    for frame in ATTRIBUTE_PLACES.values():
        page = RENDERERS[renderer](frame.format(f'<span title="{attribute(text)}">zzz</span>'))
        shown = Shown.of(page)
        titles = [value for tag, name, value in shown.attributes if name == "title"]
        assert [" ".join(text.split())] == titles, page
        assert Shown.of(RENDERERS[renderer](frame.format("<span>zzz</span>"))).elements == shown.elements
        assert names_of(shown) <= OWN_ATTRIBUTES | {"span title"}


@pytest.mark.parametrize(("text", "renderer"), CASES)
def test_words_marked_as_another_language_keep_their_mark_and_bring_no_other(text: str, renderer: str) -> None:
    markdown = tagged(written(parse(text), mention), 'x" onclick="alert(1)', "rtl", "borrowed")
    shown = Shown.of(RENDERERS[renderer](markdown))
    span = [(name, value) for tag, name, value in shown.attributes if tag == "span"]
    assert [("class", "borrowed"), ("lang", 'x" onclick="alert(1)'), ("dir", "rtl")] == span
    assert set(shown.elements) <= OWN_ELEMENTS | {"p", "span"}


@pytest.mark.parametrize("text", [*ATTACKS.values(), "a\nb", "a\r\n\r\nb", "\n\n# a", "a\n    b"], ids=ascii)
def test_escaped_text_is_one_line(text: str) -> None:
    assert len(escape(text).splitlines()) <= 1
    assert len(attribute(text).splitlines()) <= 1


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"], ids=ascii)
def test_escaped_text_is_one_line_by_every_measure(character: str) -> None:
    assert 1 == len(escape(f"a{character}# b").splitlines())


@pytest.mark.parametrize("entity", ["&#x2028;", "&#x2029;"])
def test_prose_is_one_line_by_every_measure(entity: str) -> None:
    assert 1 == len(written(parse(f"a{entity}# b"), mention).splitlines())


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize(
    "text", ["    x", "\tx", "  # x", " - x", "    - x"], ids=repr
)
def test_blanks_at_the_start_open_nothing(text: str, renderer: str) -> None:
    """Quotes, authors and names come without having been folded."""
    assert [] == faults(text, escape(text), renderer, set())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("[a *b*](https://example.org/x_y?a=1&b=2#c)", "[a <em>b</em>](https://example.org/x_y?a=1&b=2#c)"),
        ("[a](javascript:b)", "a"),
        ("see [[acme]] and [[acme|them]]", "see [acme](../acme.md) and [them](../acme.md)"),
        ("a * b_c [d]", r"a \* b\_c &#91;d&#93;"),
    ],
)
def test_what_authors_may_write_is_written_out(text: str, expected: str) -> None:
    assert expected == written(parse(text), mention)


@pytest.mark.parametrize(
    "text", ["13 October – 5%", "28. Oktober", "（AGI）", "a, b; c: d (e)", "Q&A", "don’t", "a/b", "2025-10-28", "R&D – 5+ %"]
)
def test_everyday_text_stays_readable_in_the_source(text: str) -> None:
    assert text.replace("&", "&amp;").replace("Q&#", "Q&") == html.unescape(escape(text)).replace("&", "&amp;")
    assert len(re.findall(r"&#|\\", escape(text))) <= text.count("28. ") * 2


def test_finished_markdown_is_not_escaped_by_templates() -> None:
    assert "*a*" == Md("*a*").__html__()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("../actors/acme.md", "[x](../actors/acme.md)"),
        ("#note-1", "[x](#note-1)"),
        ("https://example.org/a(b)c", "[x](https://example.org/a%28b%29c)"),
        ("https://example.org/a b", "[x](https://example.org/a%20b)"),
        ("https://example.org/日本", "[x](https://example.org/%E6%97%A5%E6%9C%AC)"),
        ("https://example.org/%E6%97%A5", "[x](https://example.org/%E6%97%A5)"),
        ('https://example.org/"<>`{}|\\^[]*', "[x](https://example.org/%22%3C%3E%60%7B%7D%7C%5C%5E%5B%5D%2A)"),
    ],
)
def test_an_address_cannot_end_its_link(address: str, expected: str) -> None:
    assert expected == link(Md("x"), address)


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("text", ["[" * 10_000, "*" * 10_000, "`" * 10_000, "[[a|" * 3_000, "<" * 10_000, "_a" * 5_000], ids=lambda t: t[:4])
def test_no_text_takes_a_renderer_long(text: str, renderer: str) -> None:
    """A parse that grows with the square of this would not come back."""
    assert Shown.of(RENDERERS[renderer](written(parse(text), mention))).text


def test_a_reading_stands_above_the_name_and_in_brackets_where_it_cannot() -> None:
    shown = Shown.of(ruby("港湾局（HA）", "こうわんきょく"))
    assert ("港湾局（こうわんきょく）（HA）", ["ruby", "rp", "rt", "rp"]) == (shown.text, shown.elements)
    assert "<ruby>HA<rp" in ruby("HA", "エイチエー")
