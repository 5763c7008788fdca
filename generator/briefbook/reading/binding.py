"""From a tree of YAML nodes to a fact of the model, with every mistake told at its own line and column."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.model.base import Value
from briefbook.reading.yamltree import Data, Node
from briefbook.suggestions import suggestions

V = TypeVar("V", bound=Value)

# Kind of mistake, as pydantic or the model names it → our code.
_CODES = {"extra_forbidden": "F001", "missing": "F002", "date": "F004", "amount": "F005", "id": "F006"}
_SHAPES = {
    "model_type": "a mapping (field: value) is expected here",
    "model_attributes_type": "a mapping (field: value) is expected here",
    "dict_type": "a mapping (name: value) is expected here",
    "tuple_type": "a list is expected here",
    "string_type": "text is expected here",
    "bool_type": "true or false is expected here",
}
_ABSENT = object()
# The fields that have a form of their own: what something else is not, and how to write it.
_FORMS = {
    "language": ("a language code", "write en, ja, pt-BR"),
    "code": ("the code of a finding", "write it as reports do, such as L001"),
}
_OWN = frozenset({"date", "amount", "id", "text", "value", "url"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and the place of the key it stands under."""

    key: Place
    node: Node


def bind(type_: type[V], spot: Spot, what: str, given: dict[str, object] | None = None) -> tuple[V | None, list[Diagnostic]]:
    """The record written at `spot`, or everything that keeps it from being one. `what` names it in messages."""
    data = spot.node.data()
    if not isinstance(data, dict):
        message = f"{what}: a mapping (field: value) is expected here"
        return None, [Diagnostic("F003", Severity.ERROR, message, spot.node.place)]
    found = [_given(what, name, spot.node.keys[name]) for name in given or {} if name in data]
    try:
        return type_.model_validate({**data, **(given or {})}), found
    except ValidationError as error:
        details = [one for one in error.errors(include_url=False) if not _follows(spot, one)]
        return None, found + [_diagnostic(type_, spot, what, detail) for detail in details]


def bind_quickly(type_: type[V], data: Data, given: dict[str, object] | None = None) -> V | None:
    """The same record, if nothing at all is wrong with it; `bind` tells what is."""
    if not isinstance(data, dict) or not data.keys().isdisjoint(given or ()):
        return None
    try:
        return type_.model_validate({**data, **(given or {})})
    except ValidationError:
        return None


def salvage(type_: type[V], spot: Spot, given: dict[str, object]) -> tuple[V | None, frozenset[str]]:
    """What can be read of a broken fact, and the fields that cannot, which it lacks. For rules only, never for pages."""
    data = spot.node.data()
    if not isinstance(data, dict):
        return None, frozenset()
    right: dict[str, Any] = {}
    refused: set[str] = set()
    for name, info in type_.model_fields.items():
        written = {**data, **given}.get(info.alias or name, _ABSENT)
        try:
            if written is not _ABSENT:
                right[name] = _field_of(type_, name).validate_python(written)
        except ValidationError:
            refused.add(info.alias or name)
    return cast("V", type_.model_construct(None, **right)), frozenset(refused)


@cache
def _field_of(type_: type[Value], name: str) -> TypeAdapter[Any]:
    """What reads one field of a record by itself."""
    info = type_.model_fields[name]
    annotation: Any = Annotated[info.annotation, info]
    return TypeAdapter(annotation)


def find(spot: Spot, path: Sequence[str | int]) -> Spot:
    """The deepest node on `path`; steps that name no node (pydantic's own labels) are passed over."""
    for step in path:
        value = spot.node.value
        if isinstance(value, dict) and str(step) in value:
            spot = Spot(spot.node.keys[str(step)], value[str(step)])
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            spot = Spot(value[step].place, value[step])
    return spot


def did_you_mean(wrong: str, right: Sequence[str]) -> str | None:
    """A hint naming the nearest of `right`, or None where nothing is near."""
    return suggestions(tuple(right)).hint(wrong)


def _diagnostic(type_: type[Value], spot: Spot, what: str, detail: ErrorDetails) -> Diagnostic:  # noqa: PLR0911  # one answer for each sort of mistake
    kind, path = detail["type"], detail["loc"]
    context = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        return _unknown_field(_record_at(type_, path[:-1]), what, str(path[-1]), find(spot, path).key)
    if kind == "missing":
        message = f"{what}: “{path[-1]}” is missing{_within(path[:-1])}"
        return Diagnostic("F002", Severity.ERROR, message, find(spot, path[:-1]).key)
    at = find(spot, path).node.place
    if kind in _OWN:
        message = f"{what}: {context.get('message', detail['msg'])}"
        return Diagnostic(_CODES.get(kind, "F007"), Severity.ERROR, message, at, context.get("hint") or None)
    if kind == "enum":
        return _not_one_of(what, str(path[-1]), detail["input"], str(context["expected"]), at)
    if kind in _SHAPES:
        hint = f'put it in quotes: "{detail["input"]}"' if kind == "string_type" and _is_number(detail["input"]) else None
        return Diagnostic("F003", Severity.ERROR, f"{what}: “{path[-1]}”: {_SHAPES[kind]}", at, hint)
    if kind == "string_pattern_mismatch" and path[-1] in _FORMS:
        form, hint = _FORMS[str(path[-1])]
        return Diagnostic("F007", Severity.ERROR, f"{what}: “{detail['input']}” is not {form}", at, hint)
    if kind == "too_short":
        return Diagnostic("F002", Severity.ERROR, f"{what}: “{path[-1]}” needs at least one entry", at)
    return Diagnostic("F007", Severity.ERROR, f"{what}: “{path[-1]}”: {detail['msg']}", at)


def _follows(spot: Spot, detail: ErrorDetails) -> bool:
    """Whether it only follows from other mistakes: a list that is short because its entries were refused."""
    return detail["type"] == "too_short" and bool(find(spot, detail["loc"]).node.value)


def _given(what: str, name: str, at: Place) -> Diagnostic:
    hint = f"the {name} is the name that the fact stands under: delete this"
    return Diagnostic("F001", Severity.ERROR, f"{what}: “{name}” is not a field there is", at, hint)


def _not_one_of(what: str, field: str, written: object, expected: str, at: Place) -> Diagnostic:
    allowed = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    if written is None:
        return Diagnostic("F007", Severity.ERROR, f"{what}: “{field}” is empty", at, f"one of: {', '.join(allowed)}")
    message = f"{what}: “{written}” is not a {field} there is"
    near = did_you_mean(str(written), allowed)
    return Diagnostic("F007", Severity.ERROR, message, at, near or f"one of: {', '.join(allowed)}")


def _unknown_field(type_: type[Value] | None, what: str, name: str, at: Place) -> Diagnostic:
    known = [info.alias or field for field, info in type_.model_fields.items() if field != "id"] if type_ else []
    if type_ and type_.__name__ == "Part":
        known.append("id")
    hint = did_you_mean(name, known) or (f"the fields are: {', '.join(known)}" if known else None)
    return Diagnostic("F001", Severity.ERROR, f"{what}: “{name}” is not a field there is", at, hint)


def _within(path: Sequence[str | int]) -> str:
    named = [f"{step + 1}" if isinstance(step, int) else step for step in path]
    return f" in {' '.join(named)}" if named else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _record_at(type_: type[Value], path: Sequence[str | int]) -> type[Value] | None:
    """The record type that `path` leads to from `type_`, so that a hint can name its fields."""
    current: type[Value] | None = type_
    for step in path:
        if current is None or not isinstance(step, str):
            continue
        fields = {info.alias or name: info for name, info in current.model_fields.items()}
        current = _record_in(fields[step].annotation) if step in fields else current
    return current


def _record_in(annotation: object) -> type[Value] | None:
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return annotation
    return next((found for arg in typing.get_args(annotation) if (found := _record_in(arg))), None)
