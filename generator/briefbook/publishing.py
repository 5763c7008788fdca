"""A briefing with its editions: each is built in full in a folder of its own within the site, so that one host serves all.

A door. Where an edition is not built, as in a preview, a page of few words stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

from briefbook.editions import editions_path, list_editions
from briefbook.model.dates import When
from briefbook.rendering import Asset
from briefbook.showing import Wish, wishing
from briefbook.site import Settings, Site
from briefbook.views import addresses
from briefbook.wording.language import Language

# How a browser gets from the top of an edition to the top of the living site.
_UP = "../../"


def build_editions(settings: Settings, site: Path, build: Callable[[Path], object]) -> Iterator[str]:
    """Build every edition, oldest first, into its place in a site that is built already; says which, one by one."""
    for folder in list_editions(editions_path(settings.facts)):
        with wishing(Wish(edition=folder.name, beside=_UP)):
            build(site / addresses.edition_in_full(folder.name))
        yield folder.name


def placeholders(site: Site) -> Iterator[Asset]:
    """What stands in the place of each edition until that is built, where pages lead to it."""
    if site.settings.archive:
        for version in site.history.versions:
            uri = f"{addresses.edition_in_full(version.id)}"
            yield Asset(f"{uri}/index.html", _placeholder(version.id, site.languages, ""))
            for code in site.languages:
                yield Asset(f"{uri}/{code}/index.html", _placeholder(version.id, site.languages, "../"))


def _placeholder(edition: str, languages: Mapping[str, Language], up: str) -> bytes:
    """A page that says in every language that an edition is not there in full, and leads to what is."""
    rows = []
    for code, language in languages.items():
        words = language.labels.fill("edition.not-here", date=language.date(When.parse(edition)))
        target = f"{up}{_UP}{addresses.web_path(addresses.edition(code, edition))}"
        rows.append(f'<p lang="{code}" dir="{language.direction}"><a href="{escape(target)}">{escape(words)}</a></p>')
    first = next(iter(languages))
    head = f'<!doctype html>\n<html lang="{first}"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
    title = f'<meta name="viewport" content="width=device-width"><title>{escape(edition)}</title></head><body>'
    return "\n".join([head + title, *rows, "</body></html>\n"]).encode()
