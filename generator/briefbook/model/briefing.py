"""A whole briefing: every fact by id, who refers to whom, and how to walk through all that is written in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import cast

from briefbook.model.base import Value, once
from briefbook.model.facts import KINDS, About, Actor, AnyFact, Dispute, Event, Figure, Source, Term
from briefbook.model.prose import Mention, every_span, parse
from briefbook.model.text import LocalText, Ref, Speaker

# Where a value stands inside its fact: field names as written, and positions in lists.
Path = tuple[str | int, ...]

# What the briefing's own record is called where facts have ids; no fact may be called so.
ABOUT = "briefing"

KIND_OF: Mapping[type[AnyFact], str] = MappingProxyType({type_: kind for kind, type_ in KINDS.items()})


class _Everyone:
    def __contains__(self, _: object) -> bool:
        return True


# All facts there are, where some may be picked.
EVERYONE: Container[str] = _Everyone()


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

    def written(self, among: Container[str] = EVERYONE) -> Iterator[tuple[str, Value]]:
        """Everything that authors wrote, also what is broken, by id; what the briefing says of itself comes first."""
        every = ((ABOUT, self.about), *self.facts.items(), *self.broken.items())
        return ((id_, value) for id_, value in every if id_ in among)

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
            for id_ in referred(fact):
                if id_ != fact.id:
                    found.setdefault(id_, set()).add(fact.id)
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands under a record: every single value, every record with itself as the first, every text; each with its path."""

    leaves: tuple[tuple[Path, object], ...]
    records: tuple[tuple[Path, Value], ...]
    texts: tuple[tuple[Path, LocalText], ...]


def leaves(value: object) -> Iterable[tuple[Path, object]]:
    """Every single value under `value` with the path to it, records and lists taken apart."""
    return _contents(value).leaves


def records(value: object) -> Iterable[tuple[Path, Value]]:
    """Every record under `value`, itself included, with the path to it."""
    return _contents(value).records


def texts(value: object) -> Iterable[tuple[Path, LocalText]]:
    """Every text under `value`, also the words that stand for a speaker."""
    return _contents(value).texts


def references(value: object) -> Iterable[tuple[Path, Reference]]:
    """Everything under `value` that names a fact: fields, and `[[id]]` in texts."""
    return _references_of(value) if isinstance(value, Value) else _references(value)


@once
def referred(value: Value) -> tuple[str, ...]:
    """The ids of all that a record refers to."""
    return tuple(sorted({reference.id for _, reference in references(value)}))


def _contents(value: object) -> Contents:
    return _contents_of(value) if isinstance(value, Value) else _walked(value)


@once
def _contents_of(value: Value) -> Contents:
    return _walked(value)


@once
def _references_of(value: Value) -> tuple[tuple[Path, Reference], ...]:
    return _references(value)


def _walked(value: object) -> Contents:
    leaves: list[tuple[Path, object]] = []
    records: list[tuple[Path, Value]] = []
    _walk(value, (), leaves, records)
    said = ((path, leaf.words if isinstance(leaf, Speaker) else leaf) for path, leaf in leaves)
    texts = tuple((path, text) for path, text in said if isinstance(text, LocalText))
    return Contents(tuple(leaves), tuple(records), texts)


def _walk(value: object, path: Path, leaves: list[tuple[Path, object]], records: list[tuple[Path, Value]]) -> None:
    form = _form_of(type(value))
    match form.sort:
        case _Sort.RECORD:
            records.append((path, cast("Value", value)))
            written = vars(value)
            for name, called in form.fields:
                # Broken records lack what could not be read.
                if (item := written.get(name)) is not None:
                    _walk(item, (*path, called), leaves, records)
        case _Sort.LIST:
            for position, item in enumerate(cast("Sequence[object]", value)):
                _walk(item, (*path, position), leaves, records)
        case _Sort.MAPPING:
            for key, item in cast("Mapping[str, object]", value).items():
                _walk(item, (*path, key), leaves, records)
        case _Sort.LEAF if value is not None:
            leaves.append((path, value))


class _Sort(Enum):
    RECORD, LIST, MAPPING, LEAF = range(4)


@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type are taken apart: a record into its fields, each with what it is called in a file."""

    sort: _Sort
    fields: tuple[tuple[str, str], ...] = ()


_FORMS: dict[type, _Form] = {}


def _form_of(type_: type) -> _Form:
    if type_ not in _FORMS:
        _FORMS[type_] = _new_form(type_)
    return _FORMS[type_]


def _new_form(type_: type) -> _Form:
    if issubclass(type_, Value):
        return _Form(_Sort.RECORD, tuple((name, info.alias or name) for name, info in type_.model_fields.items()))
    if issubclass(type_, tuple | list):
        return _Form(_Sort.LIST)
    return _Form(_Sort.MAPPING if issubclass(type_, Mapping) else _Sort.LEAF)


def _references(value: object) -> tuple[tuple[Path, Reference], ...]:
    found: list[tuple[Path, Reference]] = []
    for path, leaf in leaves(value):
        if isinstance(leaf, Ref):
            found.append((path, Reference(str(leaf), None, leaf.kinds, str(leaf))))
        elif isinstance(leaf, Speaker) and leaf.ref is not None:
            found.append((path, Reference(str(leaf.ref), None, leaf.ref.kinds, str(leaf.ref))))
    for path, text in texts(value):
        for language, written in text.written():
            where = path if language is None else (*path, language)
            found += ((where, mention) for mention in _mentions(written))
    return tuple(found)


def _mentions(written: str) -> Sequence[Reference]:
    spans = every_span(parse(written)) if "[[" in written else ()
    return [
        Reference(s.id, s.key, ("figures",) if s.key else (), f"[[{s.id}") for s in spans if isinstance(s, Mention)
    ]
