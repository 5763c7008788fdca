"""Where each page lives: the one scheme of addresses, the same in every language."""

from __future__ import annotations

import posixpath

from briefbook.model.briefing import kind_of
from briefbook.model.facts import AnyFact

FRONT = "index.md"


def home(language: str) -> str:
    """The state of play of a language."""
    return f"{language}/index.md"


def index_of(language: str, kind: str) -> str:
    """The page that lists all facts of a kind."""
    return f"{language}/{kind}/index.md"


def page_of(language: str, fact: AnyFact) -> str:
    """The permanent page of a fact."""
    return address(language, kind_of(fact), fact.id)


def address(language: str, kind: str, id_: str) -> str:
    """The page of the fact of that kind and id, whether or not it exists."""
    return f"{language}/{kind}/{id_}.md"


def timeline(language: str) -> str:
    """The timeline of a language."""
    return f"{language}/timeline.md"


def coverage(language: str) -> str:
    """The page of a language that says how well the briefing is sourced."""
    return f"{language}/coverage.md"


def printed(language: str) -> str:
    """The whole briefing on one page."""
    return f"{language}/print.md"


def changes(language: str) -> str:
    """The page of a language that tells what changed from edition to edition."""
    return f"{language}/changes.md"


def feed_of(page: str) -> str:
    """The Atom feed of what changed about the fact on a page, or, for the page of changes, about all."""
    if page == changes(page.partition("/")[0]):
        return page.removesuffix(".md") + ".atom"
    return f"{page.removesuffix('.md')}/changes.atom"


def beside(language: str, dispute: AnyFact) -> str:
    """A dispute in all languages side by side."""
    return f"{language}/disputes/{dispute.id}/side-by-side.md"


def editions(language: str) -> str:
    """The list of editions."""
    return f"{language}/editions/index.md"


def edition(language: str, id_: str) -> str:
    """The page about one edition: what changed in it, and how to cite it."""
    return f"{language}/editions/{id_}.md"


def edition_in_full(id_: str) -> str:
    """The folder of a whole edition, a site of its own, in a site that is published with its editions."""
    return f"editions/{id_}"


def data_of(page: str, name: str) -> str:
    """The CSV file beside a chart on `page`."""
    language, _, rest = page.partition("/")
    slug = rest.removesuffix(".md").replace("/", "-")
    return f"{language}/data/{slug}-{name}.csv"


def cards_of(language: str, kind: str) -> str:
    """The file with the cards of all facts of a kind, in one language."""
    return f"{language}/data/cards-{kind}.js"


def relative(target: str, page: str) -> str:
    """How `page` links to the file `target`, both given from the top of the site."""
    return posixpath.relpath(f"/{target}", posixpath.dirname(f"/{page}"))


def web_path(page: str) -> str:
    """The address a page is served at, from the top of the site, with a folder for each page."""
    folder = page.removesuffix("index.md") if page.endswith("index.md") else page.removesuffix(".md") + "/"
    return folder or "./"


def file_relative(target: str, page: str) -> str:
    """How a reader's browser gets from `page` to the file `target`."""
    return posixpath.relpath(f"/{target}", "/" + web_path(page).removeprefix("./"))


def web_relative(target: str, page: str) -> str:
    """How a reader's browser gets from `page` to `target`, both being pages."""
    path = posixpath.relpath("/" + web_path(target).rstrip("./"), "/" + web_path(page).rstrip("./") or "/")
    return path + "/"
