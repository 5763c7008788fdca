"""Which pages a briefing has: the one list of them, with what they are called and where they stand in the navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefbook.model.briefing import Briefing, kind_of
from briefbook.model.facts import KINDS, Actor, AnyFact, Dispute, Event, Figure, Source, Term
from briefbook.views import addresses
from briefbook.views.actor import actor_page, actors_page
from briefbook.views.blocks import ChartBlock
from briefbook.views.coverage import coverage_page
from briefbook.views.desk import Desk
from briefbook.views.dispute import dispute_page, disputes_page
from briefbook.views.event import event_page, events_page
from briefbook.views.figure import figure_page, figures_page
from briefbook.views.moved import moved_page
from briefbook.views.source import source_page, sources_page
from briefbook.views.state import front_page, state_page, timeline_page
from briefbook.views.term import term_page, terms_page
from briefbook.wording.language import Language

_LISTS: Mapping[str, Callable[[Desk], object]] = {
    "disputes": disputes_page, "actors": actors_page, "events": events_page, "figures": figures_page,
    "sources": sources_page, "terms": terms_page,
}
# The order of the navigation; hand-written pages follow.
_NAVIGATION = ("disputes", "timeline", "actors", "events", "figures", "sources", "terms", "coverage")
# Entries of it that are no lists of facts.
_SINGLE: Mapping[str, Callable[[str], str]] = {"timeline": addresses.timeline, "coverage": addresses.coverage}


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
    charts: tuple[ChartBlock, ...] = ()
    in_nav: bool = False
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of the navigation of one language."""

    title: str
    uri: str


def outlines(briefing: Briefing, languages: Mapping[str, Language]) -> Iterator[Outline]:
    """Every page of the site, in a fixed order."""
    yield _front(briefing, languages)
    for code in briefing.languages:
        yield _state(briefing, languages, code)
        yield _listed(briefing, languages, code, addresses.timeline, timeline_page, "timeline", "page.timeline")
        yield _listed(briefing, languages, code, addresses.coverage, coverage_page, "coverage", "page.coverage")
        for kind in KINDS:
            yield from _of_kind(briefing, languages, code, kind)


def navigation(code: str, languages: Mapping[str, Language], own: Sequence[NavEntry] = ()) -> list[NavEntry]:
    """The navigation of one language: the state of play, the lists, then the site's `own` pages."""
    labels = languages[code].labels
    lists = [
        NavEntry(labels[f"page.{name}"], _SINGLE[name](code)) if name in _SINGLE
        else NavEntry(labels[f"kind.{name}"], addresses.index_of(code, name))
        for name in _NAVIGATION
    ]
    return [NavEntry(labels["page.state"], addresses.home(code)), *lists, *own]


def _of_kind(briefing: Briefing, languages: Mapping[str, Language], code: str, kind: str) -> Iterator[Outline]:
    def at(language: str) -> str:
        return addresses.index_of(language, kind)

    yield _listed(briefing, languages, code, at, _LISTS[kind], kind, f"kind.{kind}")
    for fact in briefing.facts.values():
        if kind_of(fact) == kind:
            yield _fact(briefing, languages, code, fact)
            yield from (_moved(briefing, languages, code, fact, old) for old in fact.formerly)


def _front(briefing: Briefing, languages: Mapping[str, Language]) -> Outline:
    desk = Desk(briefing, languages, briefing.languages[0], addresses.FRONT)
    homes = {code: addresses.home(code) for code in briefing.languages}
    about = briefing.about
    return Outline(
        addresses.FRONT, desk.code, desk.plain(about.title), desk.plain(about.lead), "front.md", front_page(desk), homes,
        searchable=False,
    )


def _state(briefing: Briefing, languages: Mapping[str, Language], code: str) -> Outline:
    desk = Desk(briefing, languages, code, addresses.home(code))
    record = state_page(desk)
    title, description = desk.labels["page.state"], desk.plain(briefing.about.lead)
    return _outline(desk, addresses.home, title, description, "state.md", record, in_nav=True)


def _listed(
    briefing: Briefing, languages: Mapping[str, Language], code: str, at: Callable[[str], str],
    view: Callable[[Desk], object], template: str, label: str,
) -> Outline:
    desk = Desk(briefing, languages, code, at(code))
    title = desk.labels[label]
    description = desk.language.colon(desk.plain(briefing.about.title), title)
    return _outline(desk, at, title, description, f"{template}.md", view(desk), in_nav=True)


def _fact(briefing: Briefing, languages: Mapping[str, Language], code: str, fact: AnyFact) -> Outline:
    def at(language: str) -> str:
        return addresses.page_of(language, fact)

    desk = Desk(briefing, languages, code, at(code))
    template = f"{kind_of(fact).removesuffix('s')}.md"
    record = _record(desk, fact)
    return _outline(desk, at, desk.name(fact), _described(desk, fact), template, record)


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


def _moved(
    briefing: Briefing, languages: Mapping[str, Language], code: str, fact: AnyFact, old: str
) -> Outline:
    def at(language: str) -> str:
        return addresses.address(language, kind_of(fact), old)

    desk = Desk(briefing, languages, code, at(code))
    return _outline(desk, at, desk.name(fact), desk.name(fact), "moved.md", moved_page(desk, fact), searchable=False)


def _outline(
    desk: Desk, at: Callable[[str], str], title: str, description: str, template: str, record: object, *,
    in_nav: bool = False, searchable: bool = True,
) -> Outline:
    alternates = {code: at(code) for code in desk.briefing.languages}
    return Outline(
        desk.uri, desk.code, title, description, template, record, alternates, _charts(record), in_nav, searchable
    )


def _charts(record: object) -> tuple[ChartBlock, ...]:
    fields = getattr(type(record), "__dataclass_fields__", {})
    return tuple(block for name in fields if isinstance(block := getattr(record, name), ChartBlock))
