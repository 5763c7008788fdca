"""Feeds of what changed (Atom, https://www.rfc-editor.org/rfc/rfc4287): of a language, and of each dispute and actor in it.

An entry is an edition. What is not frozen yet is in no feed, so that an entry, once read, stays what it was.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_DNS, uuid5
from xml.etree import ElementTree as ET

from briefbook.history import Foreign, History, Name, Stage, Topic, Version, ids_of, pieces
from briefbook.model.briefing import kind_of
from briefbook.model.facts import AnyFact
from briefbook.views import addresses
from briefbook.views.desk import Desk
from briefbook.views.stages import edition_plain, has_feed, minor_plain, now_called
from briefbook.wording.language import Language

_ATOM = "http://www.w3.org/2005/Atom"
# What ids are made within; see `_urn`.
_SPACE = uuid5(NAMESPACE_DNS, "briefbook")
# Whoever comes later finds the others on the page of changes.
_MOST_ENTRIES = 50
# What no XML may hold, not even as a reference: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: where it stands from the top of the site, and all of it."""

    uri: str
    content: bytes


def feed_title(desk: Desk, fact: AnyFact | None = None) -> str:
    """What a feed is called, that of all changes or of a fact."""
    briefing = desk.plain(desk.briefing.about.title)
    what = f"{briefing} – {desk.name(fact)}" if fact else briefing
    return desk.language.colon(what, desk.labels["page.changes"])


def feeds_of(history: History, languages: Mapping[str, Language]) -> Iterator[Feed]:
    """Every feed of a briefing that has editions; none of one that has not. That of a fact is at its former addresses too."""
    if not history.versions:
        return
    for code in languages:
        page = addresses.changes(code)
        yield Feed(addresses.feed_of(page), _feed(_Teller(Desk(history.now, languages, code, page), history)))
        for fact in filter(has_feed, history.now.facts.values()):
            teller = _Teller(Desk(history.now, languages, code, addresses.page_of(code, fact)), history, fact)
            content = _feed(teller)
            for id_ in (fact.id, *fact.formerly):
                yield Feed(addresses.feed_of(addresses.address(code, kind_of(fact), id_)), content)


@dataclass(frozen=True)
class _Teller:
    """What one feed is made of: the desk of the page that it goes with, and the fact that it is about, if any."""

    desk: Desk
    history: History
    fact: AnyFact | None = None

    def entries(self) -> list[tuple[Version, Stage]]:
        """The editions that it tells of, newest first: for a fact, those in which something of substance changed, or was noted."""
        ids = ids_of(self.fact) if self.fact else None
        found = [(version, stage) for version, stage in self.history.editions if ids is None or ids & stage.moved]
        return found[:_MOST_ENTRIES]

    def told(self, stage: Stage) -> Stage:
        """As much of a stage as it tells."""
        return Stage(stage.before, stage.after, stage.about(ids_of(self.fact))) if self.fact else stage

    @property
    def scope(self) -> str:
        """What it is about, the same as long as that exists: the first id of a fact."""
        return str((*self.fact.formerly, self.fact.id)[0]) if self.fact else ""

    def address(self, page: str) -> str:
        """The address of a page: whole where the site's is known, else from where the feed lies."""
        return self.located(addresses.web_path(page))

    def located(self, path: str) -> str:
        """The same of any place from the top of the site."""
        site = self.desk.briefing.address
        if site:
            return f"{site.rstrip('/')}/{path}"
        return posixpath.relpath(f"/{path}", f"/{posixpath.dirname(self.uri)}") + ("/" if path.endswith("/") else "")

    @property
    def uri(self) -> str:
        """Where the feed lies."""
        return addresses.feed_of(self.desk.uri)


def _feed(teller: _Teller) -> bytes:
    desk, entries = teller.desk, teller.entries()
    newest = entries[0][0] if entries else teller.history.versions[0]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": desk.code})
    _add(root, "id", _urn(teller.history.versions[0], desk.code, teller.scope, "feed"))
    _add(root, "title", feed_title(desk, teller.fact))
    _add(root, "updated", _moment(newest))
    _add(_add(root, "author"), "name", desk.plain(desk.briefing.about.title))
    _link(root, "self", teller.located(teller.uri), "application/atom+xml")
    _link(root, "alternate", teller.address(desk.uri), "text/html")
    for version, stage in entries:
        _entry(root, teller, version, teller.told(stage))
    ET.indent(root)
    return f"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{ET.tostring(root, encoding='unicode')}\n".encode()


def _entry(root: ET.Element, teller: _Teller, version: Version, stage: Stage) -> None:
    desk, entry = teller.desk, ET.SubElement(root, "entry")
    _add(entry, "id", _urn(version, desk.code, teller.scope, "entry"))
    _add(entry, "title", _title(desk, stage, version))
    _add(entry, "updated", _moment(version))
    _link(entry, "alternate", f"{teller.address(addresses.changes(desk.code))}#edition-{version.id}", "text/html")
    if version.note:
        _add(entry, "summary", desk.plain(version.note))
    content = _add(entry, "content", "".join(_html(teller, version, stage)))
    content.set("type", "html")


def _title(desk: Desk, stage: Stage, version: Version) -> str:
    edition = edition_plain(desk, version)
    if stage.before is None or not stage.substance:
        return edition
    count = desk.language.count("changes", sum(stage.substance.values()))
    return desk.labels.fill("changes.in-edition", edition=edition, n=count)


def _html(teller: _Teller, version: Version, stage: Stage) -> Iterator[str]:
    """What changed, as HTML that stands on its own wherever it is shown."""
    desk = teller.desk
    yield f'<div lang="{html.escape(desk.code)}" dir="{desk.language.direction}">'
    if version.reconstructed:
        yield f"<p><em>{html.escape(desk.labels['changes.reconstructed'])}</em></p>"
    if version.note:
        yield f"<p>{html.escape(desk.plain(version.note))}</p>"
    for topic in stage.topics:
        yield from _topic(teller, topic)
    yield from (f"<p>{html.escape(words)}</p>" for words in _rest(desk, stage, version))
    yield "</div>"


def _topic(teller: _Teller, topic: Topic) -> Iterator[str]:
    lines = sorted((line for line in topic.lines if not line.folded), key=lambda line: not line.noted)
    if lines:
        yield f"<h3>{_words(teller, topic.heading)}</h3><ul>"
        yield from (f"<li>{_words(teller, line.words)}</li>" for line in lines)
        yield "</ul>"


def _words(teller: _Teller, words: Mapping[str, str]) -> str:
    return "".join(_piece(teller, piece) for piece in pieces(words[teller.desk.code]))


def _piece(teller: _Teller, piece: str | Name | Foreign) -> str:
    """A piece of words; a name leads to the page that the fact has now, where that has an address of its own."""
    match piece:
        case str():
            return html.escape(piece)
        case Foreign():
            direction = teller.desk.direction(piece.code)
            return f'<span lang="{html.escape(piece.code)}" dir="{direction}">{html.escape(piece.words)}</span>'
    briefing = teller.desk.briefing
    fact = briefing.facts.get(now_called(briefing, piece.id))
    if fact is None or not briefing.address:
        return html.escape(piece.words)
    address = teller.address(addresses.page_of(teller.desk.code, fact))
    return f'<a href="{html.escape(address)}">{html.escape(piece.words)}</a>'


def _rest(desk: Desk, stage: Stage, version: Version) -> Iterator[str]:
    """What there is to say beside changes of substance."""
    if stage.before is None:
        yield desk.labels.fill("changes.first", n=desk.language.count("entries", sum(version.kinds.values())))
    elif not stage.topics:
        yield desk.labels["change.none"]
    if stage.minor:
        yield minor_plain(desk, stage)


def _urn(version: Version, *names: str) -> str:
    """An id that nothing about the site's address, title or look has a part in: made of what an edition says, which never
    changes, and of what the feed or entry is of it.
    """
    return uuid5(_SPACE, "\n".join([version.id, version.digest, *names])).urn


def _moment(version: Version) -> str:
    return f"{version.day.isoformat()}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _ILLEGAL.sub("", text) or None
    return element


def _link(parent: ET.Element, rel: str, href: str, type_: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": type_, "href": _ILLEGAL.sub("", href)})
