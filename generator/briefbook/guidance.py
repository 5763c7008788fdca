"""What each field of a fact is for, with an example of how it is written: for editors, by the schema, and for skeletons.

The model knows no words; here stands, once, what is said of its fields. A test holds that it names all of them and no others.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from briefbook.model.base import Value
from briefbook.model.claims import Citation, Claim, Evidence, Settled, Statement, Status
from briefbook.model.facts import (
    About,
    Account,
    Actor,
    ChangeNote,
    Deadline,
    Dispute,
    Event,
    Fact,
    Figure,
    FigureValue,
    Ignore,
    OpenQuestion,
    Part,
    Position,
    Read,
    Relation,
    Role,
    Source,
    SourceKind,
    Step,
    Term,
    Trend,
    Withdrawal,
)


@dataclass(frozen=True, slots=True)
class Note:
    """What a field is for, in a sentence or two, and how it is written where its type does not tell.

    `asked`: the check asks for it although the model does not. `later`: a new fact never has it. In an example `LANG`
    stands for a language of the site.
    """

    says: str
    example: str = ""
    asked: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it is written in a file: its name, its type, whether a fact can do without it, and what is said of it.

    `type` is the record, choice or value itself; `many` says that the field holds a list of it.
    """

    name: str
    type: Any
    many: bool
    required: bool
    note: Note

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it is one of, if it is one of some."""
        return tuple(self.type) if isinstance(self.type, type) and issubclass(self.type, StrEnum) else ()

    @property
    def record(self) -> type[Value] | None:
        """The record it holds, if it holds one."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, Value) else None


_TITLE = "What its page is called."
_FROM, _UNTIL = (
    Note("Since when; leave it out where you do not know."),
    Note("Until when; leave it out while it lasts."),
)
_BETWEEN = {"from": _FROM, "until": _UNTIL}
_IGNORE = Note(
    "Findings that are known and accepted: which, why, and when to look again.",
    "{code: W206, why: quoted as an example, until: 2030-01-01}",
)
_READING = Note("How the name is read, in the languages whose script does not tell.", "{LANG: …}")
_ALIASES = Note("Other names that occur in texts: by language, or one list for all.", "[Acme Inc.]")
_ACTORS, _DISPUTES = Note("The actors it is about."), Note("The disputes it belongs to.")

# What is said of the fields of each type. A type's notes serve those that are made from it, unless they have their own.
NOTES: Mapping[type[Value], Mapping[str, Note]] = {
    About: {
        "title": Note("What the briefing is called."),
        "lead": Note("Where things stand, in two to four sentences."),
        "as_of": Note("The date of the newest text that anything here rests on."),
        "note": Note("What is printed with that date."),
        "key_figures": Note("The figures that the state of play shows."),
        "ignore": _IGNORE,
    },
    Fact: {
        "id": Note("The name it stands under, for ever."),
        "formerly": Note("Ids it had before; their addresses lead to this one.", "[old-id]", later=True),
        "withdrawn": Note("That it was published and no longer holds: since when, and why.", later=True),
        "note": Note("What a reader must know beside it: doubts, what it does not cover."),
        "confidence": Note("How sure you are, in your judgement."),
        "checked": Note("The day it was last looked at."),
        "changes": Note("What you changed that readers should know of, in your words, the oldest first.", later=True),
        "ignore": _IGNORE,
    },
    ChangeNote: {"on": Note("The day on which you changed it."), "note": Note("What changed, and why.")},
    Withdrawal: {"on": Note("Since when it no longer holds."), "why": Note("What was wrong with it.")},
    Ignore: {
        "code": Note("The code of the finding, as reports print it.", "W206"),
        "why": Note("Why it is accepted.", "quoted as an example"),
        "until": Note("The day on which it is to be looked at again."),
    },
    Citation: {
        "source": Note("The id of the source."),
        "quote": Note("Its own words, at most a dozen.", "at most a dozen words"),
        "at": Note("Where in it: page or section."),
        "note": Note("What a reader must know of this source here."),
    },
    Evidence: {
        "said_by": Note(
            "Whose word it is, an actor or source, or words for somebody else; needed unless confirmed or scheduled."
        ),
        "said_on": Note("When it was said, if that is not the date of the thing itself."),
        "cites": Note("The sources it rests on, by id, or {source: id, quote: …, at: …, note: …}.", asked=True),
        "note": Note("What a reader must know beside it: doubts, what it does not cover."),
        "confidence": Note("How sure you are, in your judgement."),
    },
    Claim: {"status": Note("How it stands.")},
    Settled: {"status": Note("How it stands; confirmed unless you say otherwise.")},
    Statement: {"text": Note("What is said to be so."), "date": Note("The date it speaks of.")},
    Actor: {
        "kind": Note("What sort of actor it is."),
        "name": Note("The name that texts use."),
        "full_name": Note("The name in full."),
        "aliases": _ALIASES,
        "reading": _READING,
        "ids": Note("Elsewhere on the web.", "{wikidata: Q42, site: https://example.org/}"),
        "summary": Note("Who it is, in one to three sentences."),
        "roles": Note("Posts of a person."),
        "relations": Note("How it stands to other actors; write each once, the other side is worked out."),
        "cites": Note("The sources that the summary rests on."),
    },
    Role: {"post": Note("What the post is called."), "at": Note("The actor it is held at."), **_BETWEEN},
    Relation: {
        "kind": Note("How the actor stands to the other."),
        "to": Note("The other actor."),
        "words": Note("What is printed in place of the usual words for its kind."),
        **_BETWEEN,
    },
    Part: {"id": Note("The actor."), "part": Note("Which part it had.")},
    Event: {
        "date": Note("When it was or will be, no more exactly than is known."),
        "title": Note("A headline; of a report it says whose."),
        "summary": Note("What happened, in one to four sentences."),
        "actors": Note("Who took part: ids, or {id: actor-id, part: …}.", "[actor-id]"),
        "disputes": _DISPUTES,
        "planned": Note("That it still lies ahead.", "true"),
    },
    Figure: {
        "title": Note("What is counted or measured."),
        "definition": Note("What exactly is measured, and what it must not be compared with."),
        "actors": _ACTORS,
        "disputes": _DISPUTES,
        "values": Note("Every value it was ever given."),
    },
    FigureValue: {
        "key": Note("A name for it, for [[figure#key]] and for replaces.", "first-offer"),
        "amount": Note("The amount, or date: or words: in its place.", asked=True),
        "date": Note("The value of a figure that is a date.", "2032"),
        "words": Note("The source's own inexact wording, shown in place of the amount."),
        "basis": Note("What it is reckoned on."),
        "as_of": Note("The date it speaks of."),
        "leading": Note("That it is the one to print first; otherwise the latest that stands.", "true"),
        "replaces": Note("The key of the value that it corrects.", "other-key"),
    },
    Dispute: {
        "title": Note(_TITLE),
        "question": Note("What they disagree on: one sentence, with a question mark."),
        "summary": Note("Where it stands, in two to four sentences."),
        "parties": Note("The actors that disagree."),
        "forum": Note("Where it is fought: talks, a court …"),
        "stakes": Note("What hangs on it."),
        "positions": Note("What each side says, without “Acme says”: the page adds who."),
        "record": Note("What the record shows."),
        "accounts": Note("Competing answers to a question of fact."),
        "history": Note("How it moved, oldest first."),
        "trend": Note("Where it is heading, in your judgement."),
        "deadlines": Note("Dates by which something has or had to happen."),
        "open_questions": Note("What is not known, and what would settle it."),
        "outcome": Note("How it ended."),
        "related": Note("Other disputes it bears on."),
    },
    Position: {
        "by": Note("Who holds it."),
        "text": Note("What they hold."),
        "since": _FROM,
        "until": _UNTIL,
    },
    Account: {
        "question": Note("The question of fact."),
        "answers": Note("What is answered, and by whom."),
        "reading": Note("What you make of it."),
        "confidence": Note("How sure you are of that."),
    },
    Step: {
        "status": Note("Where the dispute stood from then on."),
        "claim_status": Note("How this claim stands; confirmed unless you say otherwise."),
        "from": Note("Since when."),
        "why": Note("What moved it, in one line."),
    },
    Trend: {"direction": Note("Where to."), "why": Note("Why you think so."), "as_of": Note("As of which date.")},
    Deadline: {
        "date": Note("The day by which."),
        "title": Note("What has to happen."),
        "met": Note("Whether it was met; leave it out while it is open or not known.", "true"),
    },
    OpenQuestion: {"question": Note("What is not known."), "settled_by": Note("What would settle it.")},
    Source: {
        "publisher": Note("Who published it."),
        "title": Note("The title as printed, in the source's own language.", '"the title as printed"'),
        "subject": Note("What it says, in a few words."),
        "author": Note("Who wrote it.", "Jane Doe"),
        "url": Note("The publisher's own page; leave it out where you do not know it.", "https://example.org/page"),
        "archived_url": Note("A copy that lasts.", "https://archive.example.org/page"),
        "published": Note("When it was published."),
        "accessed": Note("When you read it."),
        "language": Note("The language it is in, as en, ja, pt-BR.", "en"),
        "kind": Note("How near it is to what it tells."),
        "paywall": Note("That readers have to pay.", "true"),
        "read": Note("How much of it you read."),
        "read_through": Note("Where the copy was.", "Example Digest"),
    },
    Term: {
        "name": Note("The wording to use."),
        "reading": _READING,
        "aliases": _ALIASES,
        "definition": Note("What it means here."),
        "avoid": Note("Wordings not to use."),
        "cites": Note("The sources that the definition rests on."),
    },
}

# What is said of the words that a field may be one of, where the word itself does not say it.
CHOICES: Mapping[type[StrEnum], Mapping[str, str]] = {
    Status: {
        Status.CONFIRMED: "a primary document says so, or nobody disputes it",
        Status.REPORTED: "somebody says so",
        Status.PROPOSED: "put forward, not agreed",
        Status.PLEDGED: "promised, not yet done",
        Status.SCHEDULED: "set for a day to come",
        Status.DENIED: "said not to be so",
        Status.DISPUTED: "said to be so by some and not by others",
        Status.PROJECTED: "reckoned for a time to come",
        Status.SUPERSEDED: "corrected or replaced by a later one",
        Status.EXPIRED: "no longer in force",
        Status.UNVERIFIED: "could not be looked up",
        Status.RETRACTED: "taken back by whoever said it",
    },
    SourceKind: {
        SourceKind.PRIMARY: "the document itself",
        SourceKind.NEWSROOM: "a newspaper, agency or broadcaster",
        SourceKind.TRADE: "the specialist press",
        SourceKind.AGGREGATOR: "what repeats others",
    },
    Read: {
        Read.FULL: "all of it",
        Read.EXCERPT: "a part of it",
        Read.COPY: "only through somebody else",
        Read.LINK: "not at all",
    },
}


def fields_of(type_: type[Value]) -> Iterator[Field]:
    """The fields of a type as an author meets them: its own, then those of what it is made from; what every fact has last."""
    line = [base for base in type_.__mro__ if issubclass(base, Value)]
    ranked = [base for base in line if base is not Fact] + [base for base in line if base is Fact]
    own = {base: set(base.__annotations__) for base in line}
    order = {name: position for position, base in reversed(list(enumerate(ranked))) for name in own[base]}
    for name, info in sorted(type_.model_fields.items(), key=lambda item: order[item[0]]):
        written, (inner, many) = info.alias or name, _type_of(info.annotation)
        note = next(NOTES[base][written] for base in line if written in NOTES.get(base, {}))
        yield Field(written, inner, many, info.is_required(), note)


def _type_of(annotation: object) -> tuple[Any, bool]:
    """What stands in a field, and whether as a list: behind `… | None`, `Annotated[…]` and `tuple[…, ...]`."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type_of(parts[0])
    if origin in (typing.Union, types.UnionType):
        return _type_of(next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return _type_of(parts[0])[0], True
    return annotation, False
