"""The base of every type of the model: closed, frozen, strict; and the error a written value raises.

Closed means that a key nobody knows is an error, not a surprise on a page.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Value(BaseModel):
    """A frozen record that knows all its fields and guesses nothing."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True,
    )


def bad_value(kind: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """An error about one written value; `kind` is `date`, `amount`, `id`, `text` … and decides its code."""
    # The message is passed as data: pydantic would read braces in a template as fields.
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint or ""})
