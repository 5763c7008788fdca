"""Nothing that was written gets lost: every text, name, quotation, amount and address of the case is on a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builtsites import BuiltSite
from sitecases import case

from briefbook.model.amounts import Amount
from briefbook.model.briefing import leaves
from briefbook.model.facts import AnyFact
from briefbook.model.prose import Code, Plain, every_span, parse
from briefbook.model.text import LocalText, Names, Speaker
from briefbook.site import Site


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return case("harbour").opened(tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("code", ["en", "ja"])
def test_everything_written_is_shown(harbour: Site, harbour_site: BuiltSite, code: str) -> None:
    shown = _folded(" ".join(page.text for _, lang, page in harbour_site.in_language() if lang == code))
    written = {(fact.id, words) for fact in harbour.briefing.facts.values() for words in _written(harbour, fact, code)}
    assert set() == {(id_, words) for id_, words in written if _folded(words) not in shown}


@pytest.mark.parametrize(("code", "words"), [("en", "more than ¥5 billion"), ("ja", "50億円超")])
def test_a_figure_is_its_value_in_descriptions_too(harbour: Site, code: str, words: str) -> None:
    assert words in next(page.description for page in harbour.pages if page.uri == f"{code}/index.md")


def _written(site: Site, fact: AnyFact, code: str) -> Iterator[str]:
    """Everything in a fact that a reader has to find, as characters."""
    others = site.briefing.others(code)
    for path, leaf in leaves(fact):
        if isinstance(leaf, Names):
            yield from leaf.in_(code)
        elif isinstance(leaf, Amount):
            yield site.languages[code].amount(leaf)
        elif isinstance(leaf, LocalText):
            yield from _pieces(leaf.choose(code, others)[0])
        elif isinstance(leaf, Speaker) and leaf.words:
            yield from _pieces(leaf.words.choose(code, others)[0])
        elif path[-1] in ("quote", "url", "archived_url") or path[0] == "ids" or path == ("reading", code):
            yield str(leaf)


def _pieces(text: str) -> Iterator[str]:
    """The characters of a text, without what a mention of a fact becomes."""
    return (span.text for span in every_span(parse(text)) if isinstance(span, Plain | Code))


def _folded(text: str) -> str:
    """The characters alone: spaces come and go with markup."""
    return "".join(c for c in text if not c.isspace() and c not in "\u2066\u2067\u2068\u2069\u200e\u200f")
