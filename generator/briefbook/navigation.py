"""The navigation of each language, as MkDocs has it: split from the one tree that MkDocs builds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as HostPage

from briefbook.host import inert
from briefbook.pages import NavEntry


def as_config(by_language: Mapping[str, Sequence[NavEntry]]) -> list[dict[str, object]]:
    """What to give MkDocs as `nav`: a section for each language, named by its code."""
    return [{code: as_nav(entries)} for code, entries in by_language.items()]


def as_nav(entries: Iterable[NavEntry], place: Callable[[str], str] = str) -> list[dict[str, object]]:
    """Entries as MkDocs and Zensical read them; `place` says where a page lies for the host."""
    return [
        {inert(entry.title): as_nav(entry.entries, place) if entry.entries else place(entry.uri)} for entry in entries
    ]


def split(nav: Navigation, files: Files, homes: Mapping[str, str]) -> dict[str, Navigation]:
    """A navigation for each language, with its own home, and previous and next pages that stay in the language."""
    found = {}
    for section in nav.items:
        assert isinstance(section, Section)
        pages = list(_pages(section))
        for page, before, after in zip(pages, [None, *pages[:-1]], [*pages[1:], None], strict=True):
            page.previous_page, page.next_page = before, after
        for item in section.children:
            item.parent = None
        language = Navigation(list(section.children), pages)
        home = files.get_file_from_path(homes[section.title])
        language.homepage = home.page if home else None
        found[section.title] = language
    return found


def _pages(section: Section) -> Iterator[HostPage]:
    for item in section.children:
        if isinstance(item, Section):
            yield from _pages(item)
        elif isinstance(item, HostPage):
            yield item
