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
from markdown import Markdown
from markdown_it import MarkdownIt

from briefbook.model.prose import Mention, parse, plain_text
from briefbook.wording.markdown import Md, attribute, escape, link, tagged, written

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

    def handle_comment(self, data: str) -> None:
        self.elements.append("<!-- -->")

    def handle_decl(self, decl: str) -> None:
        self.elements.append("<!>")

    def handle_pi(self, data: str) -> None:
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
    "open details": "???+ note \"evil\"",
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
    "handler in words": "x\" onmouseover=\"alert(1)",
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


IMAGE = "an exclamation mark before a link makes an image of it, which is fetched from where the author says"
HASH = "hashes at the end of a heading are dropped"
FORMULA = "dollar signs make formulas"
EMOJI = "a colon right after a letter or digit begins an emoji too"
BLOCK = "three slashes at the start of a line open a block"
BLANKS = "blanks at the start, from an entity, make code of it or let a heading through"
LINE_END = "U+2028 stays, and finishing a page splits lines there"
CONTENTS = "the marker is looked for after escapes are gone"
HOLES = {
}


def cases() -> list[object]:
    return [
        pytest.param(
            text, renderer, id=f"{attack}-{renderer}",
            marks=[pytest.mark.xfail(strict=True, reason=HOLES[attack, renderer])] if (attack, renderer) in HOLES else [],
        )
        for renderer in RENDERERS for attack, text in ATTACKS.items()
    ]


@pytest.mark.parametrize(("text", "renderer"), cases())
def test_prose_shows_its_own_characters_and_nothing_else(text: str, renderer: str) -> None:
    assert [] == faults(visible(text), written(parse(text), mention), renderer, OWN_ELEMENTS)


@pytest.mark.parametrize(("text", "renderer"), cases())
def test_plain_characters_show_themselves_and_nothing_else(text: str, renderer: str) -> None:
    assert [] == faults(text, escape(text), renderer, set())
