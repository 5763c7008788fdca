"""Claims: what somebody says is so, with who, when, on what evidence, and how it stands today."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field

from briefbook.model.base import Value
from briefbook.model.dates import When
from briefbook.model.text import LocalText, SourceRef, Speaker

T = TypeVar("T")


class Status(StrEnum):
    """How a claim stands."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    PROPOSED = "proposed"
    PLEDGED = "pledged"
    SCHEDULED = "scheduled"
    DENIED = "denied"
    DISPUTED = "disputed"
    PROJECTED = "projected"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    RETRACTED = "retracted"


# These we may state in our own voice; anything else must say whose word it is.
OWN_VOICE = frozenset({Status.CONFIRMED, Status.SCHEDULED})
# These no longer stand, so they are never what a figure leads with.
FALLEN = frozenset({Status.SUPERSEDED, Status.EXPIRED, Status.DENIED, Status.RETRACTED})


class Confidence(StrEnum):
    """How sure the authors are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Citation(Value):
    """A source and, where given, the passage in it."""

    source: SourceRef
    quote: str | None = None
    at: LocalText | None = None
    note: LocalText | None = None

    @classmethod
    def parse(cls, written: object) -> object:
        """Let a bare id stand for a citation without further detail."""
        return {"source": written} if isinstance(written, str) else written


Cite = Annotated[Citation, BeforeValidator(Citation.parse)]
Many = Annotated[tuple[T, ...], Field(strict=False)]
Cites = Annotated[tuple[Cite, ...], Field(strict=False)]
Choice = Field(strict=False)


class Evidence(Value):
    """What stands behind a statement: whose word, when, on what sources, how sure."""

    said_by: Speaker | None = None
    said_on: When | None = None
    cites: Cites = ()
    note: LocalText | None = None
    confidence: Annotated[Confidence, Choice] | None = None


class Claim(Evidence):
    """Anything that states that something is so."""

    status: Annotated[Status, Choice]

    @property
    def standing(self) -> Status:
        """How the claim stands."""
        return self.status


class Settled(Claim):
    """A claim that is taken as confirmed unless it says otherwise: posts, relations, deadlines."""

    status: Annotated[Status, Choice] = Status.CONFIRMED


class Statement(Claim):
    """A claim in words, of a date where it has one."""

    text: LocalText
    date: When | None = None
