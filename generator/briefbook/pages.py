"""Which pages a briefing has: the one list of them, with what they are called and where they stand in the navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from briefbook.history import History
from briefbook.model.briefing import Briefing, kind_of
from briefbook.model.facts import KINDS, Actor, AnyFact, Dispute, Event, Figure, Source, Term
from briefbook.views import addresses
from briefbook.views.actor import actor_page, actors_page
from briefbook.views.beside import beside_page
from briefbook.views.blocks import Picture
from briefbook.views.changelog import changes_page
from briefbook.views.coverage import coverage_page
from briefbook.views.desk import Desk
from briefbook.views.dispute import dispute_page, disputes_page
from briefbook.views.editions import edition_page, edition_title, editions_page
from briefbook.views.event import event_page, events_page
from briefbook.views.feeds import feed_title
from briefbook.views.figure import figure_page, figures_page
from briefbook.views.moved import moved_page
from briefbook.views.printed import print_page
from briefbook.views.source import source_page, sources_page
from briefbook.views.stages import has_feed
from briefbook.views.state import front_page, state_page
from briefbook.views.term import term_page, terms_page
from briefbook.views.timeline import timeline_page
from briefbook.wording.language import Language

_LISTS: Mapping[str, Callable[[Desk], object]] = {
    "disputes": disputes_page, "actors": actors_page, "events": events_page, "figures": figures_page,
    "sources": sources_page, "terms": terms_page,
}
# The order of the navigation; what is about the briefing itself follows in a section of its own.
_NAVIGATION = ("disputes", "timeline", "actors", "events", "figures", "sources", "terms")
# Entries of it that are no lists of facts.
_SINGLE: Mapping[str, Callable[[str], str]] = {"timeline": addresses.timeline}


@dataclass(frozen=True, slots=True)
class Follow:
    """The feed of a page: its place from the top of the site, and what it is called."""

    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A page before it is rendered. `template` and `view` are names within their folders; `record` is what the
    view made; `former` marks the page of an old address.
    """

    uri: str
    lang: str
    title: str
    description: str
    template: str
    record: object
    alternates: Mapping[str, str]
    pictures: tuple[Picture, ...] = ()
    in_nav: bool = False
    searchable: bool = True
    feed: Follow | None = None


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of the navigation of one language: a page, or a section of `entries`, which has no `uri` of its own."""

    title: str
    uri: str
    entries: tuple[NavEntry, ...] = ()

    def pages(self) -> Iterator[NavEntry]:
        """The entry itself, or those of the section."""
        if not self.entries:
            yield self
        for entry in self.entries:
            yield from entry.pages()


@dataclass(frozen=True, slots=True)
class Book:
    """What all pages are made of: the facts, the words of each language, and what was said before."""

    briefing: Briefing
    languages: Mapping[str, Language]
    history: History | None = None

    def desk(self, code: str, uri: str) -> Desk:
        """The desk for a page in a language."""
        return Desk(self.briefing, self.languages, code, uri, history=self.history)


def outlines(
    briefing: Briefing, languages: Mapping[str, Language], history: History | None = None
) -> Iterator[Outline]:
    """Every page of the site, in a fixed order. Without a `history` nothing is told of editions."""
    book = Book(briefing, languages, history)
    yield _front(book)
    for code in briefing.languages:
        yield _state(book, code)
        if history is not None and history.versions:
            # What it names can be found on the pages that it leads to.
            page = _listed(book, code, addresses.changes, changes_page, "changes", "page.changes")
            yield replace(page, searchable=False, feed=_all_changes(book.desk(code, page.uri)))
        yield _listed(book, code, addresses.timeline, timeline_page, "timeline", "page.timeline")
        yield _listed(book, code, addresses.coverage, coverage_page, "coverage", "page.coverage")
        # All of it can be found on its own page, where a search should lead.
        yield replace(_listed(book, code, addresses.printed, print_page, "print", "page.print"), searchable=False)
        for kind in KINDS:
            yield from _of_kind(book, code, kind)
        if history and history.versions:
            yield from _of_editions(book, code, history)


def navigation(
    code: str, languages: Mapping[str, Language], own: Sequence[NavEntry] = (), *, editions: bool = False
) -> list[NavEntry]:
    """The navigation of one language: the state of play, the lists, then what is about the briefing itself, beginning
    with the site's `own` pages. Where there are `editions`, there are pages of them and of what changed.
    """
    labels = languages[code].labels
    lists = [
        NavEntry(labels[f"page.{name}"], _SINGLE[name](code)) if name in _SINGLE
        else NavEntry(labels[f"kind.{name}"], addresses.index_of(code, name))
        for name in _NAVIGATION
    ]
    told = (
        NavEntry(labels["page.changes"], addresses.changes(code)), NavEntry(labels["page.editions"], addresses.editions(code)),
    )
    about = (*own, *(told if editions else ()), NavEntry(labels["page.coverage"], addresses.coverage(code)), NavEntry(labels["page.print"], addresses.printed(code)))
    section = NavEntry(labels["page.about"], "", about)
    return [NavEntry(labels["page.state"], addresses.home(code)), *lists, section]


def _of_kind(book: Book, code: str, kind: str) -> Iterator[Outline]:
    def at(language: str) -> str:
        return addresses.index_of(language, kind)

    yield _listed(book, code, at, _LISTS[kind], kind, f"kind.{kind}")
    for fact in book.briefing.facts.values():
        if kind_of(fact) == kind:
            yield _fact(book, code, fact)
            if isinstance(fact, Dispute) and len(book.briefing.languages) > 1:
                yield _beside(book, code, fact)
            yield from (_moved(book, code, fact, old) for old in fact.formerly)


def _of_editions(book: Book, code: str, history: History) -> Iterator[Outline]:
    yield _listed(book, code, addresses.editions, editions_page, "editions", "page.editions")
    for version in history.versions:
        def at(language: str, id_: str = version.id) -> str:
            return addresses.edition(language, id_)

        desk = book.desk(code, at(code))
        title, description = edition_title(desk, version), desk.plain(version.note)
        yield _outline(desk, at, title, description or title, "edition.md", edition_page(desk, version))


def _front(book: Book) -> Outline:
    desk = book.desk(book.briefing.languages[0], addresses.FRONT)
    homes = {code: addresses.home(code) for code in book.briefing.languages}
    about = book.briefing.about
    return Outline(
        addresses.FRONT, desk.code, desk.plain(about.title), desk.plain(about.lead), "front.md", front_page(desk), homes,
        searchable=False,
    )


def _state(book: Book, code: str) -> Outline:
    desk = book.desk(code, addresses.home(code))
    record = state_page(desk)
    title, description = desk.labels["page.state"], desk.plain(book.briefing.about.lead)
    return replace(_outline(desk, addresses.home, title, description, "state.md", record, in_nav=True), feed=_all_changes(desk))


def _listed(
    book: Book, code: str, at: Callable[[str], str], view: Callable[[Desk], object], template: str, label: str,
) -> Outline:
    desk = book.desk(code, at(code))
    title = desk.labels[label]
    description = desk.language.colon(desk.plain(book.briefing.about.title), title)
    return _outline(desk, at, title, description, f"{template}.md", view(desk), in_nav=True)


def _fact(book: Book, code: str, fact: AnyFact) -> Outline:
    def at(language: str) -> str:
        return addresses.page_of(language, fact)

    desk = book.desk(code, at(code))
    template = f"{kind_of(fact).removesuffix('s')}.md"
    record = _record(desk, fact)
    feed = _followed(desk, addresses.feed_of(desk.uri), fact) if has_feed(fact) else None
    return replace(_outline(desk, at, desk.name(fact), _described(desk, fact), template, record), feed=feed)


def _all_changes(desk: Desk) -> Follow | None:
    return _followed(desk, addresses.feed_of(addresses.changes(desk.code)))


def _followed(desk: Desk, uri: str, fact: AnyFact | None = None) -> Follow | None:
    """A feed, if there is one: without editions there is none."""
    return Follow(uri, feed_title(desk, fact)) if desk.history and desk.history.versions else None


def _beside(book: Book, code: str, dispute: Dispute) -> Outline:
    def at(language: str) -> str:
        return addresses.beside(language, dispute)

    desk = book.desk(code, at(code))
    title = desk.labels.fill("beside.title", page=desk.name(dispute))
    return _outline(desk, at, title, _described(desk, dispute), "beside.md", beside_page(desk, dispute), searchable=False)


def _record(desk: Desk, fact: AnyFact) -> object:
    match fact:
        case Actor():
            return actor_page(desk, fact)
        case Event():
            return event_page(desk, fact)
        case Dispute():
            return dispute_page(desk, fact)
        case Figure():
            return figure_page(desk, fact)
        case Source():
            return source_page(desk, fact)
        case Term():
            return term_page(desk, fact)


def _described(desk: Desk, fact: AnyFact) -> str:
    """One sentence for search engines and previews; a claim keeps its attribution even here."""
    match fact:
        case Dispute():
            return desk.plain(fact.question)
        case Event():
            words = desk.plain(fact.summary or fact.title)
            who = desk.speaker_plain(fact)
            return f"{words} {desk.labels.fill('claim.said-by', who=who)}" if who else words
        case Actor():
            return desk.plain(fact.summary) or desk.name(fact)
        case Figure() | Term():
            return desk.plain(fact.definition) or desk.name(fact)
        case Source():
            return desk.name(fact)


def _moved(book: Book, code: str, fact: AnyFact, old: str) -> Outline:
    def at(language: str) -> str:
        return addresses.address(language, kind_of(fact), old)

    desk = book.desk(code, at(code))
    return _outline(desk, at, desk.name(fact), desk.name(fact), "moved.md", moved_page(desk, fact), searchable=False)


def _outline(
    desk: Desk, at: Callable[[str], str], title: str, description: str, template: str, record: object, *,
    in_nav: bool = False, searchable: bool = True,
) -> Outline:
    alternates = {code: at(code) for code in desk.briefing.languages}
    return Outline(
        desk.uri, desk.code, title, description, template, record, alternates, tuple(_pictures(record)), in_nav, searchable
    )


def _pictures(value: object) -> Iterator[Picture]:
    """Every drawing in a record, also those in records and lists within it."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _pictures(item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _pictures(getattr(value, item.name))
