"""Facts as plain data, gone through by the model: what stands in a field is known by the field, and nothing is read twice."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from functools import cache

from briefbook.canonical import may_hold, record_in
from briefbook.model.base import Value
from briefbook.model.claims import Citation
from briefbook.model.facts import Fact, Part
from briefbook.model.text import LocalText, Ref, Speaker
from briefbook.reading.yamltree import Data

# What a single text becomes, by the kind of field it stands in and its language, if any. None takes out what has none.
Leaf = Callable[[str, object, str | None], str | None]
# What a record becomes: its type, how it was, and what is left of it.
Judge = Callable[[type[Value], dict[str, Data], dict[str, Data]], dict[str, Data] | None]


def rebuilt(data: Data, annotation: object, leaf: Leaf, judge: Judge | None = None) -> Data:
    """The same with every single text as `leaf` has it, and every record as `judge` has it; None if nothing is left.

    Lists and fields lose what is taken out; a record that so loses a field it cannot be without is taken out itself.
    """
    if isinstance(data, list):
        return [new for item in data if (new := rebuilt(item, annotation, leaf, judge)) is not None]
    if isinstance(data, str):
        return leaf(data, annotation, None)
    if not isinstance(data, dict):
        return data
    record = record_in(annotation)
    return _texts(data, annotation, leaf) if record is None else _record(data, record, leaf, judge)


def _texts(data: dict[str, Data], annotation: object, leaf: Leaf) -> Data:
    """Texts or names by language, or outside ids by name."""
    field = LocalText if is_text(annotation) else None
    return {key: leaf(value, field, key) if isinstance(value, str) else value for key, value in data.items()}


def _record(data: dict[str, Data], record: type[Value], leaf: Leaf, judge: Judge | None) -> Data:
    fields = fields_of(record)
    made = {name: rebuilt(data[name], fields[name], leaf, judge) for name in data if data[name] is not None}
    kept: dict[str, Data] = {name: value for name, value in made.items() if value is not None and (value != [] or data[name] == [])}
    if any(name not in kept for name in needed(record)):
        return None
    return judge(record, data, kept) if judge else kept


@cache
def fields_of(record: type[Value]) -> dict[str, object]:
    """The fields of a kind of record as they are called in a file, and what each holds."""
    return {info.alias or name: info.annotation for name, info in record.model_fields.items()}


@cache
def needed(record: type[Value]) -> frozenset[str]:
    """The fields that it cannot be without; the id of a fact stands outside of it."""
    needed = {info.alias or name for name, info in record.model_fields.items() if info.is_required()}
    return frozenset(needed - {"id"} if issubclass(record, Fact) else needed)


def is_text(annotation: object) -> bool:
    """Whether a field so annotated holds text in the languages of the site."""
    return may_hold(annotation, LocalText) or may_hold(annotation, Speaker)


def names_fact(annotation: object) -> bool:
    """Whether a bare word in a field so annotated is the id of a fact."""
    if isinstance(annotation, type):
        return issubclass(annotation, Ref | Citation | Part | Speaker)
    return any(names_fact(part) for part in typing.get_args(annotation))


def texts_in(data: Data, annotation: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str | None, str]]:
    """Every text, with the path of its field and its language."""
    if isinstance(data, list):
        for position, item in enumerate(data):
            yield from texts_in(item, annotation, (*path, position))
    elif isinstance(data, str):
        if may_hold(annotation, LocalText):
            yield path, None, data
    elif isinstance(data, dict) and (record := record_in(annotation)):
        for name, value in data.items():
            yield from texts_in(value, fields_of(record)[name], (*path, name))
    elif isinstance(data, dict) and is_text(annotation):
        yield from ((path, language, text) for language, text in data.items() if isinstance(text, str))
