"""The navigation of each language, as MkDocs has it: split from the one tree that MkDocs builds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as HostPage

from briefbook.host import inert
from briefbook.pages import NavEntry


def as_config(by_language: Mapping[str, Sequence[NavEntry]]) -> list[dict[str, list[dict[str, str]]]]:
    """What to give MkDocs as `nav`: a section for each language, named by its code."""
    return [{code: [{inert(entry.title): entry.uri} for entry in entries]} for code, entries in by_language.items()]


def split(nav: Navigation, files: Files, homes: Mapping[str, str]) -> dict[str, Navigation]:
    """A navigation for each language, with its own home, and previous and next pages that stay in the language."""
    found = {}
    for section in nav.items:
        assert isinstance(section, Section)
        pages = [item for item in section.children if isinstance(item, HostPage)]
        for page, before, after in zip(pages, [None, *pages[:-1]], [*pages[1:], None], strict=True):
            page.parent, page.previous_page, page.next_page = None, before, after
        language = Navigation(list(section.children), pages)
        home = files.get_file_from_path(homes[section.title])
        language.homepage = home.page if home else None
        found[section.title] = language
    return found
