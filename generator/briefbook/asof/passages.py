"""What a person must read in facts of a past day, since no date tells: texts that may know what came later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefbook.asof.rebuilding import fields_of, texts_in
from briefbook.asof.trimming import LOOKED
from briefbook.canonical import Facts, record_in
from briefbook.model.briefing import ABOUT, Path
from briefbook.model.claims import FALLEN
from briefbook.model.facts import KINDS, About
from briefbook.model.prose import MENTION, parse, plain_text
from briefbook.reading.yamltree import Data
from briefbook.rules.quantities.quantity import Day, Family
from briefbook.rules.quantities.reading import read


class Why(StrEnum):
    """Why something is to be read."""

    LATER = "names a later date"
    GONE = "named a fact that is not there"
    FALLEN = "may have fallen only later"
    LOST = "stands in a fact that lost something"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where to read: a fact, the path of a field in it, and all the reasons, with the dates that are named."""

    fact: str
    path: Path
    reasons: tuple[Why, ...]
    dates: tuple[str, ...] = ()

    @property
    def only_lost(self) -> bool:
        """Whether nothing speaks for reading it but that its fact lost something."""
        return self.reasons == (Why.LOST,)

    def __str__(self) -> str:
        reasons = [f"{why.value} ({', '.join(self.dates)})" if why is Why.LATER else why.value for why in self.reasons]
        return f"{self.fact} {shown(self.path)}: {'; '.join(reasons)}"


def shown(path: Path) -> str:
    """A path as people count: `positions[2]/text` is the text of the second position."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f"/{step}" for step in path).removeprefix("/")


def passages(
    before: Mapping[str, Facts], after: Mapping[str, Facts], languages: Sequence[str], day: date
) -> tuple[Passage, ...]:
    """Everything to be read in the facts `after`, which were those of `before` before they were taken back to `day`."""
    found: list[Passage] = []
    for id_, fact, was, type_ in _facts(before, after):
        lost = _said(fact) != _said(was)
        texts: dict[Path, list[tuple[str | None, str]]] = {}
        for path, language, text in texts_in(fact, type_):
            texts.setdefault(path, []).append((language, text))
        dropped = _mentions(was, type_) - _mentions(fact, type_)
        old = {text for _, _, text in texts_in(was, type_)}
        for path, written in texts.items():
            dates = tuple(sorted({day_ for language, text in written for day_ in _later(text, language or languages[0], day)}))
            mended = bool(dropped) and any(text not in old for _, text in written)
            reasons = [(Why.LATER, bool(dates)), (Why.GONE, mended), (Why.LOST, lost)]
            if told := tuple(why for why, holds in reasons if holds):
                found.append(Passage(id_, path, told, dates))
        found += [Passage(id_, path, (Why.FALLEN,)) for path in _fallen(fact, type_) if lost]
    return tuple(found)


def _facts(before: Mapping[str, Facts], after: Mapping[str, Facts]) -> Iterator[tuple[str, Data, Data, object]]:
    """Every fact that is left with its id, how it was, and its type; what the briefing says of itself comes first."""
    if ABOUT in after:
        yield ABOUT, after[ABOUT], before[ABOUT], About
    for kind, type_ in KINDS.items():
        yield from ((id_, fact, before[kind][id_], type_) for id_, fact in after.get(kind, {}).items())


def _said(fact: Data) -> Data:
    """A fact without the days on which somebody looked at it."""
    return {name: value for name, value in fact.items() if name not in LOOKED} if isinstance(fact, dict) else fact


def _mentions(fact: Data, type_: object) -> set[str]:
    return {match[0] for _, _, text in texts_in(fact, type_) for match in MENTION.finditer(text)}


def _later(text: str, language: str, day: date) -> Iterator[str]:
    """The dates in a text that are certainly later than the day."""
    for quantity in read(language, plain_text(parse(text))):
        if quantity.first.family is Family.DATE and _is_later(quantity.first.day, day):
            yield str(quantity.first)


def _is_later(told: Day, day: date) -> bool:
    year, month, of_month = told
    if year is None:
        return False
    return (year, month or 0, of_month or 0) > (day.year, day.month if month else 0, day.day if of_month else 0)


def _fallen(data: Data, annotation: object, path: Path = ()) -> Iterator[Path]:
    """Every status that something came to have, by no date that is told."""
    if isinstance(data, list):
        for position, item in enumerate(data):
            yield from _fallen(item, annotation, (*path, position))
    elif isinstance(data, dict) and (record := record_in(annotation)):
        if data.get("status") in FALLEN:
            yield (*path, "status")
        for name, value in data.items():
            yield from _fallen(value, fields_of(record)[name], (*path, name))
