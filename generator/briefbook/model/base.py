"""The base of every type of the model: closed, frozen, strict; and the error a written value raises.

Closed means that a key nobody knows is an error, not a surprise on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

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


def bad_value(kind: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """An error about one written value; `kind` is `date`, `amount`, `id`, `text` … and decides its code."""
    # The message is passed as data: pydantic would read braces in a template as fields.
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint or ""})


def once(work: Callable[[S], T]) -> Callable[[S], T]:
    """Have `work` on a record, or on a whole briefing, done but once for each: they never change.

    What came of it is kept with the record and goes when it goes.
    """
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def known(subject: S) -> T:
        # Frozen they are for whoever sets attributes; this is none of their fields, and no part of what they say.
        kept = vars(subject)
        if name not in kept:
            kept[name] = work(subject)
        return cast("T", kept[name])

    return known
