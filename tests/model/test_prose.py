"""Authors' inline Markdown, taken apart: what is markup, what is a mention, and that nothing makes it fail."""

from __future__ import annotations

import pytest

from briefbook.model.prose import (
    Code,
    Mention,
    OutsideLink,
    Plain,
    Span,
    Styled,
    every_span,
    parse,
    plain_text,
)


def em(*inside: Span) -> Styled:
    return Styled("em", inside)


def strong(*inside: Span) -> Styled:
    return Styled("strong", inside)


def link(url: str, *inside: Span) -> OutsideLink:
    return OutsideLink(url, inside)


X = Plain("x")

SPANS = [
    ("x", (X,)),
    ("*x*", (em(X),)),
    ("_x_", (em(X),)),
    ("**x**", (strong(X),)),
    ("`x`", (Code("x"),)),
    ("`` a`b ``", (Code("a`b"),)),
    ("[x](https://e.org)", (link("https://e.org", X),)),
    ("[*x*](https://e.org)", (link("https://e.org", em(X)),)),
    ("[x](https://e.org 'a title')", (link("https://e.org", X),)),
    ("*a **x** b*", (em(Plain("a "), strong(X), Plain(" b")),)),
    ("snake_case_name", (Plain("snake_case_name"),)),
    ("2 * 3 * 4", (Plain("2 * 3 * 4"),)),
    ("\\*x\\*", (Plain("*x*"),)),
    ("&lt;b&gt; &amp; &#x41;", (Plain("<b> & A"),)),
    ("「*x*」", (Plain("「"), em(X), Plain("」"))),
]
MENTIONS = [
    ("[[acme]]", Mention("acme", None, None)),
    ("[[acme|the firm]]", Mention("acme", None, "the firm")),
    ("[[price#first]]", Mention("price", "first", None)),
    ("[[price#first|three]]", Mention("price", "first", "three")),
    ("[[ price # first | three ]]", Mention("price", "first", "three")),
    ("[[acme|アクメ]]", Mention("acme", None, "アクメ")),
    # Not ids, but a rule can only report what it is shown.
    ("[[Acme]]", Mention("Acme", None, None)),
    ("[[アクメ]]", Mention("アクメ", None, None)),
]
PLAIN = [
    "# x", "## x", "- x", "* x", "+ x", "1. x", "> x", "---", "```", "| a | b |", "<b>x</b>", "<script>x</script>",
    "<!-- x -->", "<https://e.org>", "https://e.org", "[x]: https://e.org", "[x][y]", "[x]", "[^1]", "{: #x }", "{{ x }}",
    "{% x %}", "[[]]", "[[acme|]]", "[[two words]]", "[[a|b]c]]", "[[", "]]", "[", "*", "**", "`", "\\", "&", "&nope;",
    "~~x~~", "==x==", "--8<-- 'x'", "!!! note", ":smile:",
]


def filled(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without empty ones, which the parser leaves around strong emphasis."""
    return tuple(
        Styled(span.tag, filled(span.inside)) if isinstance(span, Styled) else span for span in spans if span != Plain("")
    )


@pytest.mark.parametrize(("text", "expected"), SPANS, ids=repr)
def test_markup_becomes_spans(text: str, expected: tuple[Span, ...]) -> None:
    assert expected == filled(parse(text))


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=repr)
def test_double_brackets_name_a_fact(text: str, expected: Mention) -> None:
    assert (expected,) == parse(text)
    assert (Plain("by "), expected, Plain(", now")) == parse(f"by {text}, now")
    assert (em(expected),) == parse(f"*{text}*")


def test_double_brackets_in_code_or_behind_a_backslash_name_nothing() -> None:
    assert (Code("[[acme]]"),) == parse("`[[acme]]`")
    assert "[[acme]]" == plain_text(parse(r"\[[acme]]"))
    assert [] == [span for span in every_span(parse(r"\[[acme]]")) if isinstance(span, Mention)]


@pytest.mark.parametrize("text", PLAIN)
def test_everything_else_is_the_characters_it_was(text: str) -> None:
    assert (Plain(text),) == parse(text)


def test_an_image_is_no_image() -> None:
    assert (Plain("!"), link("https://e.org/x.png", X)) == parse("![x](https://e.org/x.png)")


def test_lines_run_on() -> None:
    assert "a b c" == plain_text(parse("a\nb  \nc"))


def test_every_span_looks_inside() -> None:
    text = "*[[a]] **[x](https://e.org)***"
    assert {"Mention", "OutsideLink", "Plain", "Styled"} == {type(s).__name__ for s in every_span(parse(text))}


def test_plain_text_keeps_words_and_drops_markup() -> None:
    assert "the firm, acme and a link" == plain_text(parse("*[[x|the firm]]*, [[acme]] and [a `link`](https://e.org)"))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://e.org", True),
        ("http://e.org/a?b#c", True),
        ("HTTPS://E.ORG", True),
        ("mailto:a@e.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("ftp://e.org", False),
        ("//e.org", False),
        ("/x", False),
        ("x", False),
        ("#x", False),
        ("https:e.org", False),
        ("https://", False),
        ("https:///x", False),
        (" javascript:x", False),
        ("java\nscript:x", False),
        ("", False),
    ],
)
def test_only_the_web_and_mail_are_safe_to_lead_to(url: str, safe: bool) -> None:
    assert safe == OutsideLink(url, ()).safe


@pytest.mark.parametrize("url", ["http://[bad", "http://[::1", "http://a\u2100b.com/"], ids=ascii)
def test_an_address_that_cannot_be_taken_apart_is_not_safe(url: str) -> None:
    assert OutsideLink(url, ()).safe is False


@pytest.mark.parametrize(
    "written",
    ["[x](http://[bad)", "[x](http://[::1)", "[x](<http://[v1.x]/>)", "[x](http://a\u2100b.com/)", "[x](http://e.org:99999999/)",
     "[x](http://xn--a/)", "[x](http://%zz/)", "[x](<http://a b/>)"],
    ids=ascii,
)
def test_no_link_an_author_writes_makes_it_fail(written: str) -> None:
    assert all(span.safe in (True, False) for span in every_span(parse(written)) if isinstance(span, OutsideLink))


HOSTILE = {
    "brackets": "[" * 10_000,
    "closing brackets": "]" * 10_000,
    "double brackets": "[[" * 5_000,
    "half mentions": "[[a" * 4_000,
    "half mentions with words": "[[a|" * 3_000,
    "mention of blanks": "[[a" + " " * 10_000 + "#" + " " * 10_000,
    "stars": "*" * 10_000,
    "stars and letters": "*a" * 5_000,
    "underscores": "_a " * 5_000,
    "opening strong": "**a " * 3_000,
    "backticks": "`" * 10_000,
    "backticks of every length": "".join("`" * length + " " for length in range(140)),
    "links": "[a](" * 3_000,
    "closed links": "[" * 3_000 + "a" + "](https://e.org)" * 3_000,
    "ampersands": "&" * 10_000,
    "backslashes": "\\" * 9_999,
    "entities": "&#x110000;&#0;&#xD800;" * 500,
    "control characters": "".join(map(chr, range(32))),
    "lone surrogate": "a\ud800b",
    "everything": "*_`[]()!\\&<>{}|~^#:\n" * 500,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_makes_it_fail_or_run_long(text: str) -> None:
    assert plain_text(parse(text))
    assert list(every_span(parse(text)))


@pytest.mark.parametrize("depth", [500, 5_000])
def test_no_nesting_is_too_deep(depth: int) -> None:
    assert plain_text(parse("*a " * depth + "b" + " a*" * depth))


@pytest.mark.parametrize(
    "entity",
    ["&#0;", "&#x7;", "&#x1b;", "&#x85;", "&#x9b;", "&#xfffe;", "&#xd800;", "&#x202E;", "&#8238;", "&#x2066;", "&#x2028;", "&#x2029;"],
)
def test_an_entity_cannot_bring_in_what_may_not_be_written(entity: str) -> None:
    assert plain_text(parse(f"a{entity}b")) in ("ab", "a b", "a\N{REPLACEMENT CHARACTER}b", f"a{entity}b")
