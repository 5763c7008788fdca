"""The kinds of fact: actor, event, figure, dispute, source, term; and what a briefing says of itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from briefbook.model.amounts import Amount
from briefbook.model.base import Value, bad_value
from briefbook.model.claims import (
    FALLEN,
    Choice,
    Cites,
    Claim,
    Confidence,
    Evidence,
    Many,
    Settled,
    Statement,
    Status,
)
from briefbook.model.dates import When
from briefbook.model.text import ActorRef, DisputeRef, FigureRef, Key, LocalText, Names, Slug, no_names


class Withdrawal(Value):
    """A fact that was published and no longer holds: since when, and why."""

    on: When
    why: LocalText


class ChangeNote(Value):
    """What the authors changed about a fact, in their words: on which day, and what a reader should know of it."""

    on: When
    note: LocalText


class Ignore(Value):
    """That a finding about this fact is known and accepted: which, why, and until when that is to be looked at again."""

    code: str = Field(pattern=r"^[A-Z][0-9]{3}$")
    why: str
    until: When | None = None


def _as_list(written: object) -> object:
    """Let one record stand for a list of one."""
    return [written] if isinstance(written, dict) else written


class Fact(Value):
    """What every fact has. `id` is the key it stands under."""

    id: Slug
    formerly: Many[Slug] = ()
    withdrawn: Withdrawal | None = None
    note: LocalText | None = None
    confidence: Annotated[Confidence, Choice] | None = None
    checked: When | None = None
    changes: Many[ChangeNote] = ()
    ignore: Annotated[tuple[Ignore, ...], BeforeValidator(_as_list), Field(strict=False)] = ()


class ActorKind(StrEnum):
    """What sort of actor it is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PRODUCT = "product"
    COURT = "court"
    REGULATOR = "regulator"
    GOVERNMENT = "government"
    GROUP = "group"


class RelationKind(StrEnum):
    """How one actor stands to another; read from the actor it is written under."""

    PART_OF = "part-of"
    OWNS = "owns"
    CONTROLS = "controls"
    FOUNDED = "founded"
    INVESTS_IN = "invests-in"
    ACQUIRED = "acquired"
    SUPPLIES = "supplies"
    LICENSES_TO = "licenses-to"
    PARTNER_OF = "partner-of"
    COMPETES_WITH = "competes-with"
    REGULATES = "regulates"
    SUES = "sues"
    REVIEWS = "reviews"


class Role(Settled):
    """A post that a person held at an actor."""

    post: LocalText
    at: ActorRef
    from_: When | None = Field(None, alias="from")
    until: When | None = None


class Relation(Settled):
    """How the actor stands, or stood, to another."""

    kind: Annotated[RelationKind, Choice]
    to: ActorRef
    words: LocalText | None = None
    from_: When | None = Field(None, alias="from")
    until: When | None = None


def _web_address(written: object) -> object:
    if isinstance(written, str) and (
        not written.startswith(("https://", "http://")) or any(c.isspace() or c in "<>\"'`\\" for c in written)
    ):
        raise bad_value("url", f"“{written}” is not a web address", "write the whole of it, starting with https://")
    return written


Url = Annotated[str, BeforeValidator(_web_address)]


def _with_web_addresses(ids: dict[str, str]) -> dict[str, str]:
    """Let through only ids of which the site, which is linked as it is written, is a web address."""
    if "site" in ids:
        _web_address(ids["site"])
    return ids


class Actor(Fact):
    """A person, company, court or other party."""

    kind: Annotated[ActorKind, Choice]
    name: LocalText
    full_name: LocalText | None = None
    aliases: Names = Field(default_factory=no_names)
    # How the name is read, in the languages whose script does not tell.
    reading: dict[str, str] = Field(default_factory=dict)
    ids: Annotated[dict[str, str], AfterValidator(_with_web_addresses)] = Field(default_factory=dict)
    summary: LocalText | None = None
    roles: Many[Role] = ()
    relations: Many[Relation] = ()
    cites: Cites = ()

    @property
    def title(self) -> LocalText:
        """What the page is called."""
        return self.name


class Part(Value):
    """An actor in an event, and its part there."""

    id: ActorRef
    part: LocalText | None = None

    @classmethod
    def parse(cls, written: object) -> object:
        """Let a bare id stand for an actor whose part needs no words."""
        return {"id": written} if isinstance(written, str) else written


class Event(Fact, Claim):
    """Something that happened, was said or reported to happen, or is due (`planned`)."""

    date: When
    title: LocalText
    summary: LocalText | None = None
    actors: Annotated[tuple[Annotated[Part, BeforeValidator(Part.parse)], ...], Field(strict=False)] = ()
    disputes: Many[DisputeRef] = ()
    planned: bool = False


class FigureValue(Claim):
    """One value that a figure was given: an amount, a date, or words where neither will do."""

    key: Key | None = None
    amount: Amount | None = None
    date: When | None = None
    words: LocalText | None = None
    basis: LocalText | None = None
    as_of: When
    leading: bool = False
    replaces: Key | None = None

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if self.amount is None and self.date is None and self.words is None:
            raise bad_value("value", "a value needs an amount, a date or words", "add one, such as amount: 13 billion USD")
        if self.amount is not None and self.date is not None:
            raise bad_value("value", "a value is an amount or a date, not both", "make two figures of it")
        return self

    @property
    def stands(self) -> bool:
        """Whether it has not been superseded, denied, retracted or run out."""
        return self.status not in FALLEN


class Figure(Fact):
    """One quantity and every value it was given."""

    title: LocalText
    definition: LocalText | None = None
    actors: Many[ActorRef] = ()
    disputes: Many[DisputeRef] = ()
    values: Annotated[tuple[FigureValue, ...], Field(strict=False, min_length=1)]

    def value(self, key: str | None) -> FigureValue | None:
        """The value named `key`; without a key the one to print first (see `leading`)."""
        if key is None:
            return self.leading
        return next((v for v in self.values if v.key == key), None)

    @property
    def leading(self) -> FigureValue:
        """The value marked so; else the latest that stands; else the latest."""
        marked = [v for v in self.values if v.leading]
        standing = [v for v in self.values if v.stands]
        return max(marked or standing or self.values, key=lambda v: v.as_of.sort_key())


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    NEGOTIATING = "negotiating"
    ESCALATED = "escalated"
    IN_COURT = "in-court"
    DECIDED = "decided"
    RESOLVED = "resolved"
    MOOT = "moot"
    NOT_PURSUED = "not-pursued"
    DORMANT = "dormant"

    @property
    def live(self) -> bool:
        """Whether it is still being fought."""
        return self in (self.OPEN, self.NEGOTIATING, self.ESCALATED, self.IN_COURT)


class Direction(StrEnum):
    """Where a dispute is heading."""

    EASING = "easing"
    UNCHANGED = "unchanged"
    WORSENING = "worsening"


class Position(Claim):
    """What a party holds."""

    by: ActorRef
    text: LocalText
    since: When | None = None
    until: When | None = None


class Account(Value):
    """Competing answers to one question of fact, and the authors' reading of them."""

    question: LocalText
    answers: Annotated[tuple[Statement, ...], Field(strict=False, min_length=1)]
    reading: LocalText
    confidence: Annotated[Confidence, Choice] | None = None


class Step(Evidence):
    """One status of a dispute, from when, and why. How the claim itself stands is its `claim_status`."""

    status: Annotated[DisputeStatus, Choice]
    claim_status: Annotated[Status, Choice] = Status.CONFIRMED
    from_: When = Field(alias="from")
    why: LocalText

    @property
    def standing(self) -> Status:
        """How the claim stands."""
        return self.claim_status


class Trend(Value):
    """Where it is heading, in the authors' judgement."""

    direction: Annotated[Direction, Choice]
    why: LocalText
    as_of: When


class Deadline(Settled):
    """A date by which something has or had to happen; `met` is unknown or open where it is absent."""

    date: When
    title: LocalText
    met: bool | None = None


class OpenQuestion(Value):
    """What is not known, and what would settle it."""

    question: LocalText
    settled_by: LocalText | None = None


class Dispute(Fact):
    """A question on which parties disagree."""

    title: LocalText
    question: LocalText
    summary: LocalText | None = None
    parties: Annotated[tuple[ActorRef, ...], Field(strict=False, min_length=1)]
    forum: LocalText | None = None
    stakes: Many[Statement] = ()
    positions: Many[Position] = ()
    record: Many[Statement] = ()
    accounts: Many[Account] = ()
    history: Annotated[tuple[Step, ...], Field(strict=False, min_length=1)]
    trend: Trend | None = None
    deadlines: Many[Deadline] = ()
    open_questions: Many[OpenQuestion] = ()
    outcome: Statement | None = None
    related: Many[DisputeRef] = ()

    @property
    def current(self) -> Step:
        """The latest step of its history."""
        return max(self.history, key=lambda step: step.from_.sort_key())


class SourceKind(StrEnum):
    """How near a source is to what it tells."""

    PRIMARY = "primary"
    NEWSROOM = "newsroom"
    TRADE = "trade"
    AGGREGATOR = "aggregator"


class Read(StrEnum):
    """How much of a source the authors read."""

    FULL = "full"
    EXCERPT = "excerpt"
    COPY = "copy"
    LINK = "link"


class Source(Fact):
    """Where something is written."""

    publisher: LocalText
    title: LocalText | None = None
    subject: LocalText | None = None
    author: LocalText | None = None
    url: Url | None = None
    archived_url: Url | None = None
    published: When | None = None
    accessed: When | None = None
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    kind: Annotated[SourceKind, Choice]
    paywall: bool = False
    read: Annotated[Read, Choice] = Read.FULL
    read_through: LocalText | None = None


class Term(Fact):
    """A word and how this briefing uses it."""

    name: LocalText
    reading: dict[str, str] = Field(default_factory=dict)
    aliases: Names = Field(default_factory=no_names)
    definition: LocalText
    avoid: Names = Field(default_factory=no_names)
    cites: Cites = ()

    @property
    def title(self) -> LocalText:
        """What the page is called."""
        return self.name


class About(Value):
    """What a briefing says of itself."""

    title: LocalText
    lead: LocalText | None = None
    as_of: When | None = None
    note: LocalText | None = None
    key_figures: Many[FigureRef] = ()
    ignore: Annotated[tuple[Ignore, ...], BeforeValidator(_as_list), Field(strict=False)] = ()


AnyFact = Actor | Event | Figure | Dispute | Source | Term

# The one table of kinds: the word facts stand under in a file and in an address, and the type they have.
KINDS: dict[str, type[AnyFact]] = {
    "disputes": Dispute, "actors": Actor, "events": Event, "figures": Figure, "sources": Source, "terms": Term,
}
