"""References to facts that are not there are taken out, and then the facts that were there for those references alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefbook.asof.rebuilding import is_text, names_fact, rebuilt, texts_in
from briefbook.canonical import Facts
from briefbook.model.briefing import ABOUT
from briefbook.model.facts import KINDS, About
from briefbook.model.prose import MENTION
from briefbook.reading.yamltree import Data

# Kinds of fact that are there for others, and what of their own they may be there for.
_SERVING: dict[str, tuple[str, ...]] = {"actors": ("roles", "relations"), "terms": (), "sources": ()}
# Where the name of a fact stands, the first that there is.
_NAMED = ("title", "name", "publisher")

Sections = Mapping[str, Facts]


def linked(before: Sections, after: Sections, languages: Sequence[str]) -> dict[str, Facts]:
    """The facts of `after`, which were those of `before`, with no reference that leads nowhere, and none that nobody needs."""
    needed = _needed(before)
    while True:
        made = _cut(before, after, languages)
        without = needed - _needed(made)
        left = {kind: {id_: fact for id_, fact in facts.items() if kind == ABOUT or id_ not in without} for kind, facts in made.items()}
        left = {kind: facts for kind, facts in left.items() if facts}
        if left == after:
            return left
        after = left


def _needed(sections: Sections) -> set[str]:
    """The facts of serving kinds that others refer to, or that have something of their own."""
    kind_of = {id_: kind for kind in _SERVING for id_ in sections.get(kind, {})}
    found = {id_ for id_, kind in kind_of.items() if any(_field(sections[kind][id_], name) for name in _SERVING[kind])}
    for id_, fact, annotation in _facts(sections):
        found.update(named for named in references(fact, annotation) if named != id_ and named in kind_of)
    return found


def references(data: Data, annotation: object) -> set[str]:
    """The ids that something names, in fields and in texts."""
    found: set[str] = set()

    def see(value: str, field: object, language: str | None) -> str:
        if language is None and names_fact(field):
            found.add(value)
        return value

    rebuilt(data, annotation, see)
    for _, _, text in texts_in(data, annotation):
        found.update(match[1] for match in MENTION.finditer(text))
    return found


def _facts(sections: Sections) -> Iterator[tuple[str, Data, object]]:
    """Every fact with its id and type, also what the briefing says of itself."""
    if ABOUT in sections:
        yield ABOUT, sections[ABOUT], About
    for kind, type_ in KINDS.items():
        yield from ((id_, fact, type_) for id_, fact in sections.get(kind, {}).items())


def _cut(before: Sections, after: Sections, languages: Sequence[str]) -> dict[str, Facts]:
    """The facts with references to nothing but facts that are there; those that lose what they need are gone."""
    cutter = _Cutter.of(before, after, languages)
    made: dict[str, Facts] = {}
    for kind, type_ in KINDS.items():
        new = {id_: rebuilt(fact, type_, cutter.leaf) for id_, fact in after.get(kind, {}).items()}
        made[kind] = {id_: fact for id_, fact in new.items() if fact is not None}
    about = rebuilt(after.get(ABOUT), About, cutter.leaf)
    return {**({ABOUT: about} if isinstance(about, dict) else {}), **{kind: facts for kind, facts in made.items() if facts}}


@dataclass(frozen=True)
class _Cutter:
    """Which facts, and which values of figures, are not there any more, and what they were called."""

    gone: Mapping[str, Data]
    values: Mapping[str, tuple[Data, frozenset[str]]]
    languages: Sequence[str]

    @classmethod
    def of(cls, before: Sections, after: Sections, languages: Sequence[str]) -> _Cutter:
        there = {id_ for kind in KINDS for id_ in after.get(kind, {})}
        gone = {id_: fact for kind in KINDS for id_, fact in before.get(kind, {}).items() if id_ not in there}
        figures = after.get("figures", {})
        return cls(gone, {id_: (figure, _keys(figure)) for id_, figure in figures.items()}, languages)

    def leaf(self, value: str, annotation: object, language: str | None) -> str | None:
        if language is None and names_fact(annotation):
            return None if value in self.gone else value
        return MENTION.sub(lambda match: self._words(match, language), value) if is_text(annotation) and "[[" in value else value

    def _words(self, match: re.Match[str], language: str | None) -> str:
        """A mention as it may stay, or the words it was to show."""
        id_, key, words = match[1], match[2], match[3]
        if id_ in self.gone:
            return words.strip() if words else _name(self.gone[id_], language, self.languages) or id_
        figure, keys = self.values.get(id_, (None, frozenset()))
        if figure is None or not key or key in keys:
            return match[0]
        return f"[[{id_}|{words.strip() if words else _name(figure, language, self.languages) or id_}]]"


def _keys(figure: Data) -> frozenset[str]:
    values = _field(figure, "values")
    found = (_field(value, "key") for value in (values if isinstance(values, list) else ()))
    return frozenset(key for key in found if isinstance(key, str))


def _field(data: Data, name: str) -> Data:
    return data.get(name) if isinstance(data, dict) else None


def _name(fact: Data, language: str | None, languages: Sequence[str]) -> str:
    """What a fact is called, in a language or else in the first there is."""
    name = next((found for field in _NAMED if (found := _field(fact, field))), "")
    shown = next((name[code] for code in (language or "", *languages, *name) if code in name), "") if isinstance(name, dict) else name
    return MENTION.sub(lambda match: match[3] or match[1], shown) if isinstance(shown, str) else ""
