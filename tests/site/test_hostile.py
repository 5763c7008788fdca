"""Facts written by an enemy: nothing of them may be alive, neither in the Markdown nor in the built site.

The case `hostile` is built twice: as it is, and with every attack replaced by a harmless word. Whatever markup the
first has and the second has not was brought in by an attack.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from builtsites import BuiltSite
from enemies import MARK, hostile_facts
from htmlpages import Element, read_html
from sitecases import case, products

# 7191 × 7, which the attacks ask to be worked out.
EVALUATED = b"50337"
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "ping", "background")
# A Markdown link to an address with a scheme.
_LINK = re.compile(r"(?<!\\)\]\(\s*<?([a-zA-Z][a-zA-Z0-9+.-]*):")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def test_what_is_refused_is_dead_in_the_markdown_too(tmp_path: Path) -> None:
    schemes = {
        (name, unescape(scheme).lower())
        for name, content in products(case("hostile"), tmp_path).items() if name.endswith(".md")
        for scheme in _LINK.findall(content.decode())
    }
    assert set() == {(name, scheme) for name, scheme in schemes if scheme not in ("http", "https", "mailto")}


def test_attacks_bring_no_files(hostile_site: BuiltSite, harmless_site: BuiltSite) -> None:
    assert [*harmless_site.files] == [*hostile_site.files]


def test_attacks_bring_no_elements_and_attributes(hostile_site: BuiltSite, harmless_site: BuiltSite) -> None:
    allowed = {shape for page in harmless_site.pages.values() for shape in _shapes(page)}
    brought = {shape for page in hostile_site.pages.values() for shape in _shapes(page)} - allowed
    assert set() == brought


def test_attacks_bring_no_classes(hostile_site: BuiltSite, harmless_site: BuiltSite) -> None:
    allowed = {css for page in harmless_site.pages.values() for e in page.all() for css in e.classes}
    assert set() == {css for page in hostile_site.pages.values() for e in page.all() for css in e.classes} - allowed


def test_attacks_bring_no_scripts_and_styles(hostile_site: BuiltSite, harmless_site: BuiltSite) -> None:
    allowed = {words for page in harmless_site.pages.values() for words in _programs(page)}
    found = {words for page in hostile_site.pages.values() for words in _programs(page) if MARK in words}
    assert set() == found - allowed


def test_attacks_bring_no_addresses_but_links_on_the_web(hostile_site: BuiltSite) -> None:
    schemes = {
        (e.tag, name, urlsplit(e.attributes[name].strip()).scheme.lower())
        for page in hostile_site.pages.values() for e in page.all() for name in _ADDRESSES if name in e.attributes
    }
    assert set() == {(tag, name, scheme) for tag, name, scheme in schemes if scheme not in ("", "http", "https", "mailto", "data")}
    assert set() == {(tag, name) for tag, name, scheme in schemes if scheme == "data" and (tag, name) != ("img", "src")}
    assert {("a", "href")} >= {(tag, name) for tag, name, scheme in schemes if scheme in ("http", "https", "mailto")}


def test_nothing_in_attacks_is_worked_out(hostile_site: BuiltSite) -> None:
    assert [] == [name for name, content in hostile_site.files.items() if EVALUATED in content]


def test_attacks_are_shown_as_they_were_typed(hostile_site: BuiltSite) -> None:
    titles = hostile_facts()["events"]
    shown = {id_: next(hostile_site.pages[f"en/events/{id_}/index.html"].all("h1")).text for id_ in titles}
    typed = {id_: " ".join(unescape(event["title"]).split()) for id_, event in titles.items()}
    # What is Markdown in them is meant as such: a link, code.
    inline = {"event-5", "event-6"}
    assert {i: t for i, t in typed.items() if i not in inline} == {i: t for i, t in shown.items() if i not in inline}


def test_spreadsheets_run_nothing(hostile_site: BuiltSite) -> None:
    cells = [
        cell
        for name, content in hostile_site.files.items() if name.endswith(".csv")
        for row in csv.reader(content.decode("utf-8-sig").splitlines()) for cell in row
    ]
    assert [] == [cell for cell in cells if cell.lstrip().startswith(_FORMULA)]
    assert any("'=cmd" in cell for cell in cells)


def test_search_indexes_hold_no_markup_of_attacks(hostile_site: BuiltSite, harmless_site: BuiltSite) -> None:
    for code in hostile_site.languages:
        name = f"{code}/search/search_index.json"
        allowed, found = (_indexed(site.files[name]) for site in (harmless_site, hostile_site))
        assert set() == found - allowed


def _shapes(page: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each element with the names of its attributes."""
    return ((element.tag, tuple(sorted(element.attributes))) for element in page.all())


def _programs(page: Element) -> Iterator[str]:
    return ("".join(map(str, e.inside)) for e in page.all("script", "style"))


def _indexed(index: bytes) -> set[tuple[str, tuple[str, ...]]]:
    return {
        shape
        for entry in json.loads(index)["docs"] for part in ("title", "text")
        for shape in _shapes(read_html(entry[part]))
    }

