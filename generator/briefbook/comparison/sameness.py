"""Whether two values of the model say the same: by their fields alone, whatever else is kept with a record."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from briefbook.model.base import Value


def same(one: object, other: object) -> bool:
    """Whether all that is written in them is the same."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Value):
        return all(same(getattr(one, name), getattr(other, name)) for name in type(one).model_fields)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def form(value: object) -> Hashable:
    """Something to look a value up by: equal for two that are the same."""
    if isinstance(value, Value):
        return type(value), tuple(form(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, tuple):
        return tuple(map(form, value))
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    assert isinstance(value, Hashable)
    return value


def place_of(item: Value, items: Sequence[Value]) -> int:
    """Where in a list this very item stands."""
    return next(position for position, other in enumerate(items) if other is item)
