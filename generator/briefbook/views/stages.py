"""Editions and what changed between them as pages show it: the page of changes, and pieces for other pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from briefbook.comparison import Category
from briefbook.history import Foreign, History, Name, Stage, Topic, Version, pieces
from briefbook.model.base import once
from briefbook.model.briefing import Briefing
from briefbook.model.dates import When
from briefbook.model.facts import Actor, AnyFact, Dispute
from briefbook.model.prose import Mention, Plain
from briefbook.views import addresses
from briefbook.views.desk import EMPTY, Desk, chip, spaced
from briefbook.wording.markdown import Md, escape, link, tagged, written

# Older editions are told in a line each.
MOST_IN_FULL = 12


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """What is told of one dispute, of the briefing itself, or of one kind of fact: what the authors noted first."""

    heading: Md
    lines: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class StageBlock:
    """What changed from one edition to the next, or since the last.

    `anchor` is where it stands on its page, `title` the edition's day, if it is `frozen`; `standing` says so if the edition was put together
    later, `note` is the authors' word on it. `total` and `counts` say how many changes of substance there are; those
    that are minor are folded under the words of `folded`. `quiet` is what to say where there is nothing to tell.
    """

    anchor: str
    frozen: bool
    title: Md
    standing: Md
    note: Md
    total: Md
    counts: Md
    topics: tuple[TopicBlock, ...]
    folded: Md
    minor: tuple[TopicBlock, ...]
    quiet: Md


def stage_block(desk: Desk, stage: Stage) -> StageBlock:
    """One stage. The names of facts lead to the pages that these have now."""
    version = stage.after
    minor = tuple(block for topic in stage.topics if (block := _minor(desk, topic)).lines)
    return StageBlock(
        f"edition-{version.id}" if version else "since", version is not None,
        _about(desk, version) if version else desk.label("changes.since"),
        standing_of(desk, version),
        desk.text(version.note) if version else EMPTY,
        _total(desk, stage) if stage.substance else EMPTY, escape(_counts(desk, stage.substance)),
        tuple(block for topic in stage.topics if (block := _topic(desk, topic)).lines),
        escape(minor_plain(desk, stage)) if minor else EMPTY, minor, _quiet(desk, stage),
    )


def _about(desk: Desk, version: Version) -> Md:
    """An edition's day, leading to the page about it."""
    return desk.to(addresses.edition(desk.code, version.id), _day(desk, version.day))


def standing_of(desk: Desk, version: Version | None) -> Md:
    """That an edition was put together later, if it was."""
    return chip("edition", "reconstructed", desk.label("changes.reconstructed")) if version and version.reconstructed else EMPTY


def summary_line(desk: Desk, stage: Stage) -> Md:
    """An edition in a line: its day, how it stands, the authors' note, how much changed."""
    assert stage.after is not None
    day = Md(f'<span class="bb-date">{_about(desk, stage.after)}</span>')
    return spaced(day, standing_of(desk, stage.after), desk.text(stage.after.note), _quiet(desk, stage) or _total(desk, stage))


def told(desk: Desk, words: Mapping[str, str]) -> Md:
    """Words of the history in the desk's language, names as links to the pages that there are now."""
    return written([_span(piece) for piece in pieces(words[desk.code])], lambda mention: _linked(desk, mention))


def _span(piece: str | Name | Foreign) -> Plain | Mention:
    match piece:
        case Name():
            return Mention(piece.id, None, piece.words)
        case Foreign():
            return Mention("", piece.code, piece.words)
    return Plain(piece)


def _linked(desk: Desk, mention: Mention) -> Md:
    words = escape(mention.words or mention.id)
    if mention.id:
        return desk.link(now_called(desk.briefing, mention.id), words)
    return tagged(words, mention.key or "", desk.direction(mention.key or ""))


def news(desk: Desk) -> Md:
    """A line for other pages on what changed last, leading to the page that tells it; nothing where no edition is."""
    history = desk.history
    if history is None or history.newest is None:
        return EMPTY
    target = addresses.changes(desk.code)
    if history.pending and history.pending.substance:
        date_, n = _day(desk, history.newest.day), _total(desk, history.pending)
        return desk.to(target, desk.label("changes.since-edition", date=date_, n=n))
    edition, stage = _edition(desk, history.newest), history.editions[0][1]
    words = desk.label("changes.in-edition", edition=edition, n=_total(desk, stage)) if stage.before else edition
    return desk.to(target, words)


def followed(desk: Desk, fact: AnyFact | None) -> Md:
    """When something of substance last changed about a dispute or an actor, and the feed to follow it by."""
    history = desk.history
    if not has_feed(fact) or history is None or history.newest is None:
        return EMPTY
    version = history.moved_last(fact)
    if version is None:
        last = desk.label("changes.never", date=_day(desk, history.versions[0].day))
    else:
        last = desk.label("changes.last", edition=_to_edition(desk, history, version))
    feed = desk.to(addresses.feed_of(addresses.page_of(desk.code, fact)), desk.label("changes.follow"))
    return spaced(last, Md(f'<span class="bb-feed">{feed}</span>'))


def _to_edition(desk: Desk, history: History, version: Version) -> Md:
    """A link to what changed in an edition: to the very place, where it is told in full."""
    in_full = any(version is shown for shown, _ in history.editions[:MOST_IN_FULL])
    target = addresses.relative(addresses.changes(desk.code), desk.uri)
    return link(_edition(desk, version), f"{target}#edition-{version.id}" if in_full else target)


def has_feed(fact: AnyFact | None) -> TypeGuard[Dispute | Actor]:
    """Whether a fact is of the kinds that can be followed on their own."""
    return isinstance(fact, Dispute | Actor)


def _topic(desk: Desk, topic: Topic) -> TopicBlock:
    notes = tuple(Md(f'<span class="bb-remark">{told(desk, line.words)}</span>') for line in topic.lines if line.noted)
    lines = tuple(told(desk, line.words) for line in topic.lines if not line.minor)
    return TopicBlock(told(desk, topic.heading), notes + lines)


def edition_plain(desk: Desk, version: Version) -> str:
    """What an edition is called, as characters alone."""
    return desk.labels.fill("changes.edition", date=_day_plain(desk, version.day))


def minor_plain(desk: Desk, stage: Stage) -> str:
    """How many minor changes of each category there are, as characters alone."""
    return desk.labels.fill("change.minor", counts=_counts(desk, stage.minor))


def _minor(desk: Desk, topic: Topic) -> TopicBlock:
    return TopicBlock(told(desk, topic.heading), tuple(told(desk, line.words) for line in topic.lines if line.folded))


def _day_plain(desk: Desk, day: date) -> str:
    return desk.language.date(When.parse(day.isoformat()))


def _day(desk: Desk, day: date) -> Md:
    return escape(_day_plain(desk, day))


def _edition(desk: Desk, version: Version) -> Md:
    return escape(edition_plain(desk, version))


def _total(desk: Desk, stage: Stage) -> Md:
    return escape(desk.language.count("changes", sum(stage.substance.values())))


def _counts(desk: Desk, counts: Mapping[str, int]) -> str:
    """How many changes of each category there are, in the order of these."""
    return desk.labels["comma"].join(_counted(desk, counts))


def _counted(desk: Desk, counts: Mapping[str, int]) -> Iterator[str]:
    for category in Category:
        if n := counts.get(category.value):
            what = desk.labels[f"change.category.{category.value}"]
            yield desk.labels.fill("change.counted", what=what, n=desk.language.number(n))


def _quiet(desk: Desk, stage: Stage) -> Md:
    if stage.before is None and stage.after is not None:
        entries = desk.language.count("entries", sum(stage.after.kinds.values()))
        return desk.label("changes.first", n=entries)
    return EMPTY if stage.topics else desk.label("change.none")


@once
def _new_ids(briefing: Briefing) -> Mapping[str, str]:
    return {str(former): fact.id for fact in briefing.facts.values() for former in fact.formerly}


def now_called(briefing: Briefing, id_: str) -> str:
    """The id that a fact has now."""
    return id_ if id_ in briefing.facts else _new_ids(briefing).get(id_, id_)
