"""What a briefing said before: its editions as versions, and what changed from each to the next and since the last of them.

Pure; `chronicle.py` makes it of the editions on disk. What changed is told in every language of the site already, each name of
a fact marked as such, so that pages and feeds can lead to it in their own way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from briefbook.comparison import Category, Change
from briefbook.model.briefing import Briefing
from briefbook.model.facts import AnyFact
from briefbook.model.text import LocalText

# No text of facts or labels holds these.
_OPENS, _DIVIDES, _CLOSES = "\x02", "\x1f", "\x03"
_NAME = re.compile(f"{_OPENS}([^{_DIVIDES}]*){_DIVIDES}([^{_CLOSES}]*){_CLOSES}")
# Before the code of a language, where the id of a fact would be.
_FOREIGN = "@"
_NO_MARKS = str.maketrans("", "", _OPENS + _DIVIDES + _CLOSES)

Words = Mapping[str, str]


@dataclass(frozen=True)
class Version:
    """An edition: its id and day, the authors' note, whether it was put together later, and how many facts of each kind
    and disputes in each status it has. `digest` is a fingerprint of its facts. What it says is read when it is asked for, which may raise `EditionError`.
    """

    id: str
    day: date
    note: LocalText | None
    reconstructed: bool
    kinds: Mapping[str, int]
    statuses: Mapping[str, int]
    digest: str
    read: Callable[[], Briefing] = field(repr=False, compare=False)

    @cached_property
    def briefing(self) -> Briefing:
        """Its facts, in the languages that the site has now; which of their texts were stale is not known."""
        return self.read()


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a fact within words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change, told by language. `concerns` are the facts it is about, its own first; `category` and `kind` are as
    in the comparison. The words hold marked names; see `pieces`.
    """

    fact: str
    section: str
    category: str
    kind: str
    minor: bool
    concerns: tuple[str, ...]
    words: Words

    @property
    def noted(self) -> bool:
        """Whether it is a note on a change in the authors' own words."""
        return self.category == Category.NOTES

    @property
    def folded(self) -> bool:
        """Whether it may be folded away: it is minor, and nothing that the authors wanted to be known."""
        return self.minor and not self.noted


@dataclass(frozen=True, slots=True)
class Topic:
    """What changed about one dispute, about the briefing itself or about facts of one kind: `id` is theirs."""

    id: str
    heading: Words
    lines: tuple[Line, ...]

    def about(self, ids: frozenset[str]) -> Topic:
        """The same with what concerns a fact alone, by any of its ids."""
        return Topic(self.id, self.heading, tuple(line for line in self.lines if not ids.isdisjoint(line.concerns)))


@dataclass(frozen=True)
class Stage:
    """The way from one version to the next. No version before: the first of all. None after: the briefing as it is now.

    `topics` hold what changed in the order it is told, in each what is minor last.
    """

    before: Version | None
    after: Version | None
    topics: tuple[Topic, ...]
    compare: Callable[[], tuple[Change, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The same as typed records; both versions are read for them."""
        return self.compare()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every change."""
        return tuple(line for topic in self.topics for line in topic.lines)

    @property
    def substance(self) -> Mapping[str, int]:
        """How many changes of substance there are, by category."""
        return Counter(line.category for line in self.lines if not line.minor)

    @property
    def minor(self) -> Mapping[str, int]:
        """How many minor changes there are, by category; notes of the authors are none."""
        return Counter(line.category for line in self.lines if line.folded)

    @cached_property
    def moved(self) -> frozenset[str]:
        """The facts that a change of substance or a note of the authors concerns."""
        return frozenset(id_ for line in self.lines if not line.folded for id_ in line.concerns)

    def about(self, ids: frozenset[str]) -> tuple[Topic, ...]:
        """What changed that concerns a fact, by any of its ids; topics without any are left out."""
        return tuple(topic for topic in (topic.about(ids) for topic in self.topics) if topic.lines)


@dataclass(frozen=True)
class History:
    """All editions, oldest first, and the stages between them, with the first; after them what changed since, unless
    the newest edition is what the briefing says `now` (`frozen`). `published` says that each is to be found in full.
    """

    versions: tuple[Version, ...]
    stages: tuple[Stage, ...]
    now: Briefing
    frozen: bool
    published: bool = False
    # By the id of an edition.
    until_now: Callable[[str], Stage] = field(default=lambda _: Stage(None, None, ()), repr=False, compare=False)

    def since(self, version: Version) -> Stage:
        """The whole way from an edition to the briefing as it is now."""
        if self.frozen and version == self.newest:
            return Stage(version, None, ())
        last = self.stages[-1]
        return last if last.before == version and last.after is None else self.until_now(version.id)

    @property
    def newest(self) -> Version | None:
        """The last edition."""
        return self.versions[-1] if self.versions else None

    @property
    def pending(self) -> Stage | None:
        """What changed since the last edition, if anything."""
        last = self.stages[-1] if self.stages else None
        return last if last is not None and last.after is None and last.topics else None

    @property
    def editions(self) -> tuple[tuple[Version, Stage], ...]:
        """Every edition with the stage that led to it, newest first."""
        return tuple((stage.after, stage) for stage in reversed(self.stages) if stage.after is not None)

    @cached_property
    def moved(self) -> Mapping[str, Version]:
        """For each fact, the last edition with a change of substance that concerns it."""
        return {id_: version for version, stage in reversed(self.editions) for id_ in stage.moved}

    def moved_last(self, fact: AnyFact) -> Version | None:
        """The last edition with a change of substance that concerns a fact, whatever its id was."""
        found = (self.moved[id_] for id_ in ids_of(fact) if id_ in self.moved)
        return max(found, key=lambda version: version.day, default=None)


def none_yet(now: Briefing) -> History:
    """The history of a briefing that has no editions."""
    return History((), (), now, frozen=False)


def ids_of(fact: AnyFact) -> frozenset[str]:
    """The id of a fact and those that it had."""
    return frozenset([str(fact.id), *map(str, fact.formerly)])


def marked(id_: str, words: str) -> str:
    """The name of a fact, to be put into words."""
    return f"{_OPENS}{id_}{_DIVIDES}{unmarked(words)}{_CLOSES}"


def foreign(code: str, words: str) -> str:
    """Words of another language than those around them."""
    return marked(f"{_FOREIGN}{code}", words)


def unmarked(words: str) -> str:
    """Words that cannot be taken for marks."""
    return words.translate(_NO_MARKS)


def pieces(words: str) -> Iterator[str | Name | Foreign]:
    """Words with marks, taken apart."""
    end = 0
    for found in _NAME.finditer(words):
        yield from filter(None, [words[end : found.start()]])
        yield Foreign(found[1][1:], found[2]) if found[1].startswith(_FOREIGN) else Name(found[1], found[2])
        end = found.end()
    yield from filter(None, [words[end:]])


def plainly(words: str) -> str:
    """Words with marks as characters alone."""
    return "".join(piece if isinstance(piece, str) else piece.words for piece in pieces(words))
