"""A source's page with everything that rests on it, and the list of all sources."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.model.facts import Read, Source, SourceKind
from briefbook.views.blocks import Group, Record, crumbs_home, crumbs_to, foot_of, head_of, note_of, referrers_of
from briefbook.views.desk import EMPTY, Desk, spaced
from briefbook.wording.markdown import Md, escape, link, tagged


@dataclass(frozen=True, slots=True)
class SourcePage(Record):
    """One source: what it is, where it is, how it was read."""

    rows: tuple[tuple[Md, Md], ...]
    note: Md


@dataclass(frozen=True, slots=True)
class SourcesPage(Record):
    """All sources by kind, each with the number of facts that rest on it."""

    intro: Md
    kinds: tuple[Group, ...]


def source_page(desk: Desk, source: Source) -> SourcePage:
    """The page of one source."""
    rows = tuple((desk.label(f"source.{name}"), value) for name, value in _rows(desk, source) if value)
    note, referrers = note_of(desk, source), referrers_of(desk, source)
    head = head_of(desk, desk.title(source), crumbs_to(desk, "sources"), source)
    return SourcePage(head, foot_of(desk, source), referrers, rows, note)


def sources_page(desk: Desk) -> SourcesPage:
    """The list of all sources."""
    kinds = []
    for kind in SourceKind:
        some = [s for s in desk.briefing.sources if s.kind is kind]
        some.sort(key=lambda s: (desk.plain(s.publisher).casefold(), str(s.published or ""), s.id))
        if some:
            kinds.append(Group(desk.label(f"source-kinds.{kind.value}"), f"kind-{kind.value}", tuple(_line(desk, s) for s in some)))
    head = head_of(desk, desk.label("kind.sources"), crumbs_home(desk))
    return SourcesPage(head, foot_of(desk), (), desk.label("sources.intro"), tuple(kinds))


def _line(desk: Desk, source: Source) -> Md:
    count = len(desk.briefing.referrers.get(source.id, ()))
    return spaced(desk.reference(source), escape(desk.language.count("facts", count)))


def _rows(desk: Desk, source: Source) -> list[tuple[str, Md]]:
    language = desk.language
    title = EMPTY
    if source.title is not None:
        other = desk.languages.get(source.language)
        words = escape(desk.plain(source.title))
        title = words if source.language == desk.code else tagged(words, source.language, other.direction if other else "auto")
    read = desk.label(f"read.{source.read.value}")
    if source.read_through is not None:
        read = desk.label("read.through", how=read, whom=desk.text(source.read_through))
    return [
        ("publisher", desk.text(source.publisher)),
        ("title", title),
        ("subject", desk.text(source.subject)),
        ("author", desk.text(source.author)),
        ("address", link(escape(source.url), source.url) if source.url else EMPTY),
        ("archived", link(escape(source.archived_url), source.archived_url) if source.archived_url else EMPTY),
        ("published", escape(language.date(source.published)) if source.published else EMPTY),
        ("accessed", escape(language.date(source.accessed)) if source.accessed and source.read is not Read.LINK else EMPTY),
        ("language", escape(language.name_of(source.language))),
        ("kind", desk.label(f"source-kind.{source.kind.value}")),
        ("paywall", desk.label("source.paywall-yes") if source.paywall else EMPTY),
        ("read", read),
    ]
