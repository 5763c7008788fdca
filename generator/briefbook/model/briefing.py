"""A whole briefing: every fact by id, who refers to whom, and how to walk through all that is written in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import cast

from briefbook.model.base import Value
from briefbook.model.facts import KINDS, About, Actor, AnyFact, Dispute, Event, Figure, Source, Term
from briefbook.model.prose import Mention, every_span, parse
from briefbook.model.text import LocalText, Ref, Speaker

# Where a value stands inside its fact: field names as written, and positions in lists.
Path = tuple[str | int, ...]

# What the briefing's own record is called where facts have ids; no fact may be called so.
ABOUT = "briefing"

KIND_OF: Mapping[type[AnyFact], str] = MappingProxyType({type_: kind for kind, type_ in KINDS.items()})


def kind_of(fact: AnyFact) -> str:
    """The kind's name in files and addresses: `actors`, `events` and so on."""
    return KIND_OF[type(fact)]


@dataclass(frozen=True)
class Briefing:
    """All facts of a briefing. `languages` are those of the site, the first being the one others fall back to."""

    languages: tuple[str, ...]
    about: About
    facts: Mapping[str, AnyFact] = field(default_factory=dict)
    # Facts too broken to be shown, as far as they could be read, so that rules can judge what is right in them.
    broken: Mapping[str, Value] = field(default_factory=dict)
    # For each language, the facts with texts that may be behind the other languages, and where in them.
    stale: Mapping[str, Mapping[str, tuple[Path, ...]]] = field(default_factory=dict)
    # Where the site is published; empty where that is not known.
    address: str = ""

    def __post_init__(self) -> None:
        ordered = {id_: self.facts[id_] for id_ in sorted(self.facts)}
        object.__setattr__(self, "facts", MappingProxyType(ordered))

    def written(self) -> Iterator[tuple[str, Value]]:
        """Everything that authors wrote, also what is broken, by id; what the briefing says of itself comes first."""
        yield ABOUT, self.about
        yield from self.facts.items()
        yield from self.broken.items()

    def others(self, language: str) -> tuple[str, ...]:
        """The languages to fall back to from `language`, in order."""
        return tuple(other for other in self.languages if other != language)

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor, by id."""
        return cast("tuple[Actor, ...]", self._of("actors"))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every event, oldest first."""
        return tuple(sorted(cast("tuple[Event, ...]", self._of("events")), key=lambda e: (e.date.sort_key(), e.id)))

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """Every dispute: the live ones first, then by the latest change, newest first."""
        found = sorted(cast("tuple[Dispute, ...]", self._of("disputes")), key=lambda d: d.current.from_.sort_key())
        found.reverse()
        return tuple(sorted(found, key=lambda d: (bool(d.withdrawn), not d.current.status.live)))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, by id."""
        return cast("tuple[Figure, ...]", self._of("figures"))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source, by id."""
        return cast("tuple[Source, ...]", self._of("sources"))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term, by id."""
        return cast("tuple[Term, ...]", self._of("terms"))

    def events_of(self, id_: str) -> tuple[Event, ...]:
        """The events that name a dispute or an actor, oldest first."""
        return tuple(e for e in self.events if id_ in e.disputes or any(part.id == id_ for part in e.actors))

    def figures_of(self, id_: str) -> tuple[Figure, ...]:
        """The figures that name a dispute or an actor."""
        return tuple(f for f in self.figures if id_ in f.disputes or id_ in f.actors)

    @cached_property
    def referrers(self) -> Mapping[str, tuple[str, ...]]:
        """For each id, the ids of the facts that refer to it in any way."""
        found: dict[str, set[str]] = {}
        for fact in self.facts.values():
            for _, reference in references(fact):
                if reference.id != fact.id:
                    found.setdefault(reference.id, set()).add(fact.id)
        return {id_: tuple(sorted(by)) for id_, by in found.items()}

    def _of(self, kind: str) -> tuple[AnyFact, ...]:
        return tuple(fact for fact in self.facts.values() if isinstance(fact, KINDS[kind]))


@dataclass(frozen=True, slots=True)
class Reference:
    """That something names a fact: its id, a figure's value in it, the kinds it may be of, the words as written."""

    id: str
    key: str | None
    kinds: tuple[str, ...]
    written: str


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every single value under `value` with the path to it, records and lists taken apart."""
    if isinstance(value, Value):
        for name, info in type(value).model_fields.items():
            yield from leaves(getattr(value, name, None), (*path, info.alias or name))
    elif isinstance(value, tuple | list):
        for position, item in enumerate(value):
            yield from leaves(item, (*path, position))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif value is not None:
        yield path, value


def records(value: object, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Every record under `value`, itself included, with the path to it."""
    if isinstance(value, Value):
        yield path, value
        for name, info in type(value).model_fields.items():
            yield from records(getattr(value, name, None), (*path, info.alias or name))
    elif isinstance(value, tuple | list):
        for position, item in enumerate(value):
            yield from records(item, (*path, position))


def texts(value: object) -> Iterator[tuple[Path, LocalText]]:
    """Every text under `value`, also the words that stand for a speaker."""
    for path, leaf in leaves(value):
        text = leaf.words if isinstance(leaf, Speaker) else leaf
        if isinstance(text, LocalText):
            yield path, text


def references(value: object) -> Iterator[tuple[Path, Reference]]:
    """Everything under `value` that names a fact: fields, and `[[id]]` in texts."""
    for path, leaf in leaves(value):
        if isinstance(leaf, Ref):
            yield path, Reference(str(leaf), None, leaf.kinds, str(leaf))
        elif isinstance(leaf, Speaker) and leaf.ref is not None:
            yield path, Reference(str(leaf.ref), None, leaf.ref.kinds, str(leaf.ref))
    for path, text in texts(value):
        for language, written in text.written():
            where = path if language is None else (*path, language)
            yield from ((where, found) for found in _mentions(written))


def _mentions(written: str) -> Sequence[Reference]:
    spans = every_span(parse(written)) if "[[" in written else ()
    return [
        Reference(s.id, s.key, ("figures",) if s.key else (), f"[[{s.id}") for s in spans if isinstance(s, Mention)
    ]
