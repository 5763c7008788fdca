"""The pages about editions: the list of them, one page for each, and the state of play as each of them showed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefbook.history import History, Stage, Version
from briefbook.model.dates import When
from briefbook.model.facts import KINDS, Dispute, DisputeStatus
from briefbook.views import addresses
from briefbook.views.blocks import Record, crumbs_home, foot_of, head_of
from briefbook.views.citing import Reference, as_code
from briefbook.views.desk import EMPTY, Desk, chip
from briefbook.views.stages import StageBlock, stage_block, standing_of
from briefbook.wording.markdown import Md, escape, link

# So many of the newest are shown on the state of play, and compared with the briefing as it is now.
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in the list: its day, what its authors said of it, how many facts it holds and how much had changed."""

    day: Md
    tag: Md
    note: Md
    facts: Md
    changes: Md
    full: Md


@dataclass(frozen=True, slots=True)
class EditionsPage(Record):
    """The list of editions, newest first."""

    rows: tuple[EditionRow, ...]


@dataclass(frozen=True, slots=True)
class EditionPage(Record):
    """One edition: what it is and holds, how to cite it, what changed with it, and what has changed since."""

    tag: Md
    note: Md
    holds: Md
    statuses: tuple[Md, ...]
    full: Md
    cite: Md
    bibtex: Md
    csl: Md
    neighbours: tuple[Md, ...]
    changed: StageBlock | None
    since: StageBlock | None
    unsaid: Md


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of play as an edition showed it."""

    id: Md
    day: Md
    about: Md
    tag: Md
    lead: Md
    board: tuple[Md, ...]
    changes: Md


def editions_page(desk: Desk) -> EditionsPage:
    """The list in one language."""
    history = _history(desk)
    rows = tuple(_row(desk, version, stage) for version, stage in history.editions)
    head = head_of(desk, desk.label("page.editions"), crumbs_home(desk))
    return EditionsPage(head, foot_of(desk), (), rows)


def edition_page(desk: Desk, version: Version) -> EditionPage:
    """The page of one edition in one language."""
    history = _history(desk)
    ids = [each.id for each in history.versions]
    place = ids.index(version.id)
    stage = history.editions[len(ids) - 1 - place][1]
    since = history.since(version) if place >= len(ids) - _SHOWN else None
    reference = _reference(desk, version)
    head = head_of(desk, escape(edition_title(desk, version)), _crumbs(desk))
    return EditionPage(
        head, foot_of(desk), (), _tag(desk, version), desk.text(version.note), _holds(desk, version), tuple(_statuses(desk, version)),
        _full(desk, version), _cite(desk, reference), as_code(reference.bibtex()), as_code(reference.csl()),
        tuple(_neighbours(desk, history, place)),
        _told(desk, stage) if stage.before else None,
        _told(desk, since) if since and since.topics else None,
        desk.label("edition.nothing-since" if since else "edition.too-long"),
    )


def edition_title(desk: Desk, version: Version) -> str:
    """What an edition is called."""
    return desk.labels.fill("edition.title", date=_day(desk, version))


def moments(desk: Desk) -> tuple[Moment, ...]:
    """The newest editions on the state of play, oldest first; none where there is nothing to compare."""
    versions = desk.history.versions[-_SHOWN:] if desk.history else ()
    return tuple(_moment(desk, version) for version in versions) if len(versions) > 1 else ()


def _told(desk: Desk, stage: Stage) -> StageBlock:
    """What changed, without what the page has said above."""
    return replace(stage_block(desk, stage), standing=EMPTY, note=EMPTY)


def _history(desk: Desk) -> History:
    assert desk.history is not None, "there is no page of editions without any"
    return desk.history


def _crumbs(desk: Desk) -> tuple[Md, ...]:
    return (*crumbs_home(desk), desk.to(addresses.editions(desk.code), desk.label("page.editions")))


def _day(desk: Desk, version: Version) -> str:
    return desk.language.date(When.parse(version.id))


def _tag(desk: Desk, version: Version) -> Md:
    return standing_of(desk, version)


def _row(desk: Desk, version: Version, stage: Stage) -> EditionRow:
    about = desk.to(addresses.edition(desk.code, version.id), escape(_day(desk, version)))
    facts = escape(desk.language.number(sum(version.kinds.values())))
    changes = escape(desk.language.number(sum(stage.substance.values()))) if stage.before else desk.label("edition.first")
    return EditionRow(about, _tag(desk, version), desk.text(version.note), facts, changes, _full(desk, version))


def _full(desk: Desk, version: Version) -> Md:
    """The way to the whole of it, where editions are published so."""
    if desk.history is None or not desk.history.published:
        return EMPTY
    depth = addresses.web_path(desk.uri).removeprefix("./").count("/")
    target = f"{'../' * depth}{addresses.edition_in_full(version.id)}/{desk.code}/"
    return link(desk.label("edition.full"), target)


def _holds(desk: Desk, version: Version) -> Md:
    """How many facts of which kinds."""
    counts = [
        desk.label("change.counted", what=desk.label(f"kind.{kind}"), n=desk.language.number(version.kinds[kind]))
        for kind in KINDS if version.kinds.get(kind)
    ]
    return Md(desk.labels["comma"].join(counts))


def _statuses(desk: Desk, version: Version) -> Iterator[Md]:
    for status in DisputeStatus:
        if number := version.statuses.get(status.value):
            shown = chip("state", status.value, desk.label(f"dispute-status.{status.value}"))
            yield Md(f'<span class="bb-whole">{shown} {escape(desk.language.number(number))}</span>')


def _reference(desk: Desk, version: Version) -> Reference:
    url = desk.address if "://" in desk.address else ""
    return Reference(
        desk.plain(desk.briefing.about.title), desk.code, version.id, version.day, edition_title(desk, version), url
    )


def _cite(desk: Desk, reference: Reference) -> Md:
    date = desk.language.date(When.parse(reference.edition))
    address = Md(f'<span lang="zxx">{escape(desk.address)}</span>')
    return desk.label("edition.cite", briefing=reference.title, date=date, address=address)


def _neighbours(desk: Desk, history: History, place: int) -> Iterator[Md]:
    """The ways to the edition before and the one after."""
    for name, other in (("edition.before", place - 1), ("edition.after", place + 1)):
        if 0 <= other < len(history.versions):
            version = history.versions[other]
            yield desk.to(addresses.edition(desk.code, version.id), desk.label(name, date=_day(desk, version)))


def _moment(desk: Desk, version: Version) -> Moment:
    then = Desk(version.briefing, desk.languages, desk.code, desk.uri)
    stage = next(stage for found, stage in _history(desk).editions if found.id == version.id)
    changes = desk.label("edition.changes", n=desk.language.number(sum(stage.substance.values()))) if stage.before else EMPTY
    about = desk.to(addresses.edition(desk.code, version.id), desk.label("edition.about", date=_day(desk, version)))
    return Moment(
        escape(version.id), escape(_day(desk, version)), about, _tag(desk, version), escape(then.plain(version.briefing.about.lead)),
        tuple(_stood(desk, then, dispute) for dispute in version.briefing.disputes if not dispute.withdrawn), changes,
    )


def _stood(desk: Desk, then: Desk, dispute: Dispute) -> Md:
    """A dispute and its status then; it leads to what it is now, where it still is."""
    status = dispute.current.status.value
    name = escape(then.name(dispute))
    there = desk.briefing.facts.get(dispute.id)
    shown = link(name, addresses.relative(addresses.page_of(desk.code, there), desk.uri)) if there else name
    return Md(f"{chip('state', status, desk.label(f'dispute-status.{status}'))} {shown}")
