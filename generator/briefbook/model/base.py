"""The base of every type of the model: closed, frozen, strict; and the error a written value raises.

Closed means that a key nobody knows is an error, not a surprise on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Generic, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

S = TypeVar("S")
T = TypeVar("T")


class Value(BaseModel):  # noqa: PLW1641  (pydantic makes the hash of a frozen record)
    """A frozen record that knows all its fields and guesses nothing."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True,
    )

    def __eq__(self, other: object) -> bool:
        """By type and fields, and by nothing else that is kept with a record (see `once`)."""
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name, None) == getattr(other, name, None) for name in type(self).model_fields)

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """Another record with other values, and nothing of what is kept with this one (see `once`)."""
        copied = super().model_copy(update=update, deep=deep)
        for name in vars(copied).keys() - type(self).model_fields.keys():
            del vars(copied)[name]
        return copied


def bad_value(kind: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """An error about one written value; `kind` is `date`, `amount`, `id`, `text` … and decides its code."""
    # The message is passed as data: pydantic would read braces in a template as fields.
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint or ""})


class once(Generic[S, T]):  # noqa: N801  # used like a word of the language
    """Work on a record, or on a whole briefing, that is done but once for each: they never change.

    What came of it is kept with the record and goes when it goes.
    """

    def __init__(self, work: Callable[[S], T]) -> None:
        self._work = work
        self._name = f"{work.__module__}.{work.__qualname__}"
        update_wrapper(self, work)

    def __call__(self, subject: S) -> T:
        """What comes of it."""
        # Frozen they are for whoever sets attributes; this is none of their fields, and no part of what they say.
        kept = vars(subject)
        if self._name not in kept:
            kept[self._name] = self._work(subject)
        return cast("T", kept[self._name])

    def keep(self, subject: S, result: T) -> None:
        """Take as known what comes of it."""
        vars(subject)[self._name] = result
