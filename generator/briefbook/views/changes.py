"""Changes in words: one sentence each, in one language, as characters for a terminal or a feed, or as Markdown with links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate

from briefbook.comparison import Category, Change, ChangeKind
from briefbook.model.amounts import Amount
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT, Briefing
from briefbook.model.claims import Claim, Confidence, Statement, Status
from briefbook.model.dates import When
from briefbook.model.evidence import Grade
from briefbook.model.facts import (
    KINDS,
    Account,
    Actor,
    ActorKind,
    AnyFact,
    ChangeNote,
    Deadline,
    Direction,
    Dispute,
    DisputeStatus,
    Event,
    Figure,
    FigureValue,
    OpenQuestion,
    Part,
    Position,
    Read,
    Relation,
    RelationKind,
    Role,
    Source,
    SourceKind,
    Step,
    Trend,
    Withdrawal,
)
from briefbook.model.text import LocalText, Ref, Speaker
from briefbook.views.desk import Desk
from briefbook.wording.language import Language
from briefbook.wording.markdown import Md, escape, link

_K = ChangeKind
# A text that tells which item is meant need not be told in full; and so much is shown on either side of a change in one.
_CALLED, _BESIDE, _SHOWN = 70, 25, 300
# A word, or a character of a script without spaces, or a mark. Beyond so many of them, common ones are passed over.
_UNIT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]|(?:(?![\u3040-\u30ff\u3400-\u9fff々])\w)+|\s+|[^\w\s]")
_QUICK = 1_000
_ELLIPSIS = "…"
_SECTIONS = (ABOUT, *KINDS)
# The labels that word each sort of choice.
_CHOICES: Mapping[type[StrEnum], str] = {
    Status: "status", DisputeStatus: "dispute-status", Direction: "trend", ActorKind: "actor-kind", SourceKind: "source-kind",
    Read: "read", Confidence: "confidence", Grade: "grade",
}
# Of these it is told what they were, even where only the wording changed.
_NAMES = frozenset({"name", "full_name", "title"})
# Marks of quotation in what is itself put between such marks.
_INNER = str.maketrans("“”„«»「」", "‘’‚‹›『』")
# Characters that a host of comments would take for a person or a number of its own.
_CALLS = str.maketrans({"@": "@\N{WORD JOINER}", "#": "#\N{WORD JOINER}"})


class Voice:
    """Words as characters alone. `old` and `new` are desks in one language, one for each briefing.

    `heading` is the dispute whose name stands above what is told, so that it need not be said again; none unless it does.
    """

    heading = ""

    def __init__(self, old: Desk, new: Desk) -> None:
        self.old, self.new = old, new

    def under(self, id_: str) -> Voice:  # noqa: ARG002  # for voices that say so
        """The voice for what is told under the name of a dispute."""
        return self

    @property
    def language(self) -> Language:
        """The language spoken."""
        return self.new.language

    def words(self, text: str) -> str:
        """Finished characters."""
        return text

    def foreign(self, text: str, code: str) -> str:  # noqa: ARG002  # for voices that say so
        """The words of a text in the language `code`."""
        return self.words(text)

    def say(self, name: str, /, **values: str) -> str:
        """An interface word with finished values put in."""
        return self.new.labels.fill(name, **values)

    def listed(self, items: Iterable[str]) -> str:
        """Finished items as one phrase."""
        return self.language.list(items)

    def joined(self, items: Iterable[str]) -> str:
        """Finished items with commas."""
        return self.new.labels["comma"].join(item for item in items if item)

    def named(self, id_: str, *, quoted: bool = False) -> str:
        """What a fact is called now, or was called when it was still there. `quoted` says that it is put in quotation marks."""
        return self._name(id_, quoted=quoted)

    def _name(self, id_: str, *, quoted: bool) -> str:
        desk = self.new if id_ in self.new.briefing.facts else self.old
        fact = desk.briefing.facts.get(id_)
        name = desk.name(fact) if fact else id_
        return name.translate(_INNER) if quoted else name


class MarkdownVoice(Voice):
    """Words as Markdown; names lead to `address`, where that knows one."""

    def __init__(self, old: Desk, new: Desk, address: Callable[[AnyFact], str | None]) -> None:
        super().__init__(old, new)
        self.address = address

    def words(self, text: str) -> Md:
        """Characters that mean nothing but themselves."""
        return escape(text.translate(_CALLS))

    def say(self, name: str, /, **values: str) -> Md:
        """An interface word with finished values put in."""
        return self.new.label(name, **values)

    def listed(self, items: Iterable[str]) -> Md:
        """Finished items as one phrase."""
        return Md(super().listed(items))

    def joined(self, items: Iterable[str]) -> Md:
        """Finished items with commas."""
        return Md(super().joined(items))

    def named(self, id_: str, *, quoted: bool = False) -> Md:
        """A link, if the fact is still there and has an address."""
        fact, words = self.new.briefing.facts.get(id_), self.words(self._name(id_, quoted=quoted))
        address = self.address(fact) if fact else None
        return link(words, address) if address else words


@dataclass(frozen=True, slots=True)
class Told:
    """A change and its sentence."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """What changed about one dispute, or about facts of one kind that belong to none: substance, then what is minor.

    `id` is that of the dispute, or of the kind.
    """

    id: str
    heading: str
    told: tuple[Told, ...]

    @property
    def substance(self) -> tuple[Told, ...]:
        """What must not be folded away."""
        return tuple(told for told in self.told if not told.change.minor)

    @property
    def minor(self) -> tuple[Told, ...]:
        """What may be."""
        return tuple(told for told in self.told if told.change.minor)


def tell_all(voice: Voice, changes: Sequence[Change]) -> tuple[Group, ...]:
    """All changes in words: of the briefing itself, of each dispute with its events and figures, of the other kinds."""
    gathered: dict[str, list[Change]] = {}
    for change in changes:
        gathered.setdefault(disputes_of(change, voice.old.briefing, voice.new.briefing)[0], []).append(change)
    order = [ABOUT, *(d.id for d in voice.new.briefing.disputes), *(d.id for d in voice.old.briefing.disputes), *KINDS]
    return tuple(_group(voice, id_, gathered[id_]) for id_ in dict.fromkeys(order) if id_ in gathered)


def disputes_of(change: Change, before: Briefing, after: Briefing) -> tuple[str, ...]:
    """The disputes that a change is about, that under which it is told first; its kind where it is about none."""
    fact = after.facts.get(change.fact) or before.facts.get(change.fact)
    if isinstance(fact, Dispute):
        return (change.fact,)
    known = {d.id for side in (before, after) for d in side.disputes}
    return tuple(str(id_) for id_ in getattr(fact, "disputes", ()) if id_ in known) or (change.section,)


def counted(voice: Voice, changes: Iterable[Change]) -> list[tuple[str, int]]:
    """How many changes there are of each category, in the order of these."""
    found = [change.category for change in changes]
    return [(voice.say(f"change.category.{c.value}"), found.count(c)) for c in Category if c in found]


def tell(voice: Voice, change: Change) -> str:
    """One change as a sentence that stands on its own."""
    return _Teller(voice, change).sentence()


def _group(voice: Voice, id_: str, changes: Sequence[Change]) -> Group:
    if id_ == ABOUT:
        heading = voice.say("change.fact.briefing")
    else:
        heading = voice.say(f"kind.{id_}") if id_ in KINDS else voice.named(id_)
    # The dispute itself first, then the others by weight.
    ordered = sorted(changes, key=lambda change: (change.minor, change.fact != id_, _SECTIONS.index(change.section), _newest(change)))
    speaking = voice.under(id_)
    return Group(id_, heading, tuple(Told(change, tell(speaking, change)) for change in ordered))


def _newest(change: Change) -> int:
    """New events stand before what changed of others, the latest first."""
    return -change.after.date.sort_key()[1].toordinal() if isinstance(change.after, Event) else 0


@dataclass(frozen=True)
class _Teller:
    """Words one change. What was is read in the older briefing, what is in the newer one."""

    voice: Voice
    change: Change

    def sentence(self) -> str:
        kind = self.change.kind
        if kind is _K.ADDED:
            return self._added()
        if kind in (_K.REWRITTEN, _K.REWORDED, _K.TRANSLATED, _K.RETRANSLATED):
            return self._text()
        return self._say(kind.value, **self._values())

    def _say(self, name: str, **values: str) -> str:
        return self.voice.say(f"change.says.{name}", fact=self._fact(), **values)

    def _fact(self) -> str:
        section = self.change.section
        if section == ABOUT:
            return self.voice.say("change.fact.briefing")
        if self.change.fact == self.voice.heading:
            return self.voice.say("change.fact.this")
        fact = self._fact_itself()
        name = self.voice.named(self.change.fact, quoted=not isinstance(fact, Actor))
        if isinstance(fact, Actor):
            return self.voice.say("person", name=name) if fact.kind is ActorKind.PERSON else name
        return self.voice.say(f"change.fact.{section}", name=name)

    def _fact_itself(self) -> AnyFact | None:
        id_ = self.change.fact
        return self.voice.new.briefing.facts.get(id_) or self.voice.old.briefing.facts.get(id_)

    def _values(self) -> dict[str, str]:  # noqa: C901, PLR0911, PLR0912  # one table of what each kind tells
        before, after = self.change.before, self.change.after
        match self.change.kind:
            case _K.WITHDRAWN if isinstance(after, Withdrawal):
                return {"date": self._value(after.on), "why": self._value(after.why)}
            case _K.STATUS_MOVED if isinstance(before, Step) and isinstance(after, Step):
                return {"before": self._value(before.status), **self._step(after)}
            case _K.STEP_ADDED if isinstance(after, Step):
                return self._step(after)
            case _K.TREND_CHANGED | _K.TREND_SET if isinstance(after, Trend):
                return self._trend(before, after)
            case _K.VALUE_ADDED | _K.VALUE_REPLACED | _K.VALUE_CORRECTED | _K.VALUE_LEADING if isinstance(after, FigureValue):
                was = {"before": self._value(before, old=True)} if before is not None else {}
                return {**was, "after": self._with_basis(self._value(after), after)}
            case _K.VALUE_REMOVED:
                return {"before": self._value(before, old=True)}
            case _K.CLAIM_FELL | _K.CLAIM_STATUS | _K.ATTRIBUTED | _K.SOURCED:
                return {"item": self._item(), "before": self._value(before, old=True), "after": self._value(after)}
            case _K.CITES_ADDED | _K.PASSAGE:
                return {"item": self._item(), "sources": self._value(after)}
            case _K.CITES_REMOVED:
                return {"item": self._item(), "sources": self._value(before, old=True)}
            case _K.DEADLINE_MET | _K.DEADLINE_MISSED | _K.DEADLINE_ADDED if isinstance(self.change.item, Deadline):
                deadline = self.change.item
                return {"date": self._value(deadline.date), "text": self._value(deadline.title)}
            case _K.POSITION_ADDED | _K.POSITION_ENDED if isinstance(after, Position):
                return self._position(after)
            case _K.ANSWER_ADDED if isinstance(after, Statement):
                return {"question": self._question(), "text": self._with_basis(self._value(after.text), after)}
            case _K.ACCOUNT_ADDED | _K.RECORD_ADDED | _K.STAKE_ADDED | _K.QUESTION_ADDED | _K.OUTCOME_ADDED:
                return {"text": self._stated(after)}
            case _K.ROLE_ADDED | _K.ROLE_ENDED | _K.RELATION_ADDED | _K.RELATION_ENDED if isinstance(after, Role | Relation):
                return self._tie(after)
            case _K.QUESTION_CLOSED:
                return {"text": self._stated(before, old=True)}
            case _K.ITEM_REMOVED:
                return {"what": self._field(self._list_name()), "text": self._stated(before, old=True)}
            case _K.CORRECTED | _K.RENAMED | _K.MERGED:
                return {"what": self._what(), "before": self._value(before, old=True), "after": self._value(after)}
            case _K.SET | _K.LINKED:
                return {"what": self._what(), "after": self._value(after)}
            case _K.UNSET | _K.UNLINKED:
                return {"what": self._what(), "before": self._value(before, old=True)}
            case _K.SOURCE_DEAD | _K.SOURCE_ARCHIVED:
                return {"before": self._value(before, old=True), "after": self._value(after)}
            case _K.NOTED if isinstance(after, ChangeNote):
                return {"date": self._value(after.on), "text": self._value(after.note)}
            case _K.CHECKED:
                return {"date": self._value(after)}
        return {}

    def _added(self) -> str:
        fact = self.change.after
        line = self.voice.say(f"change.added.{self.change.section}", name=self.voice.named(self.change.fact, quoted=not isinstance(fact, Actor)))
        detail = self._detail(fact)
        return self.voice.say("change.with-detail", line=line, detail=detail) if detail else line

    def _detail(self, fact: object) -> str:
        match fact:
            case Event():
                return self.voice.joined([self._value(fact.date), self._basis(fact)])
            case Figure():
                return self.voice.joined([self._value(fact.leading), self._basis(fact.leading)])
            case Dispute():
                return self._value(fact.current.status)
            case Actor():
                return self._value(fact.kind)
        return ""

    def _step(self, step: Step) -> dict[str, str]:
        return {"after": self._value(step.status), "date": self._value(step.from_), "why": self._value(step.why)}

    def _trend(self, before: object, after: Trend) -> dict[str, str]:
        was = {"before": self._value(before.direction)} if isinstance(before, Trend) else {}
        return {**was, "after": self._value(after.direction), "date": self._value(after.as_of), "why": self._value(after.why)}

    def _position(self, position: Position) -> dict[str, str]:
        who, text = self._speaker(position.by), self._value(position.text)
        if self.change.kind is _K.POSITION_ENDED:
            return {"who": who, "text": text, "date": self._value(position.until)}
        return {"who": who, "text": self._with_basis(text, position)}

    def _tie(self, tie: Role | Relation) -> dict[str, str]:
        if self.change.kind in (_K.ROLE_ENDED, _K.RELATION_ENDED):
            return {"text": self._stated(tie), "date": self._value(tie.until)}
        period = self.voice.words(self.voice.language.span(tie.from_, tie.until))
        text = self._stated(tie)
        return {"text": self.voice.say("change.with-detail", line=text, detail=period) if period else text}

    def _stated(self, item: object, *, old: bool = False) -> str:  # noqa: PLR0911  # one table of types
        """What an item of a list says, with whose word it is."""
        match item:
            case Account() | OpenQuestion():
                return self._value(item.question, old=old)
            case Position() | Statement():
                return self._with_basis(self._value(item.text, old=old), item)
            case Deadline():
                return self.voice.joined([self._value(item.date), self._value(item.title, old=old)])
            case Step():
                return self.voice.joined([self._value(item.status), self._value(item.from_)])
            case Role():
                return self.voice.say("role.short", post=self._value(item.post, old=old), at=self.voice.named(str(item.at)))
            case Relation():
                other = self._speaker(str(item.to))
                if item.words is not None:
                    return self.voice.say("relation.own-words", words=self._value(item.words, old=old), other=other)
                return self.voice.say(f"relation.{item.kind.value}.forward", other=other)
        return self._value(item, old=old)

    def _item(self) -> str:
        """The item that a change happened to, quoted; or words for the fact as a whole."""
        item = self.change.item
        if item is None:
            return self.voice.say("change.itself")
        bare = replace(self.change, item=None)
        words = _Teller(self.voice, bare)._called(item)  # noqa: SLF001  # its own kind
        return self.voice.say("change.quoted", text=type(words)(words.translate(_INNER)))

    def _called(self, item: Value) -> str:
        match item:
            case Position() | Statement():
                return self.voice.words(_cut(self._plain(item.text)))
            case Deadline():
                return self.voice.words(_cut(self._plain(item.title)))
            case Account() | OpenQuestion():
                return self.voice.words(_cut(self._plain(item.question)))
            case FigureValue():
                return self.voice.joined([self._value(item), self.voice.say("as-of.short", date=self._value(item.as_of))])
            case Part():
                return self.voice.named(str(item.id))
        return self._stated(item)

    def _question(self) -> str:
        fact, position = self._fact_itself(), self.change.path[1]
        assert isinstance(fact, Dispute)
        assert isinstance(position, int)
        return self.voice.words(_cut(self._plain(fact.accounts[position].question)))

    def _what(self) -> str:
        """The field that changed, and of which item."""
        named = [step for step in self.change.path if isinstance(step, str)]
        if not named:
            return ""
        own = "account_reading" if named[-1] == "reading" and isinstance(self.change.item, Account) else named[-1]
        if self.change.item is not None:
            return self.voice.say("change.of", what=self._field(own), item=self._item())
        # A record that is no member of a list, as the trend: the reason for it.
        return self.voice.say("change.of", what=self._field(own), item=self._field(named[0])) if len(named) > 1 else self._field(own)

    def _list_name(self) -> str:
        return next(step for step in reversed(self.change.path) if isinstance(step, str))

    def _field(self, name: str) -> str:
        return self.voice.say("change.field." + name.replace("_", "-"))

    def _with_basis(self, words: str, claim: Claim) -> str:
        basis = self._basis(claim)
        return self.voice.say("change.with-detail", line=words, detail=basis) if basis else words

    def _basis(self, claim: Claim) -> str:
        """From when, how it stands unless that is beyond doubt, and who says so."""
        parts = []
        if isinstance(claim, FigureValue):
            parts.append(self.voice.say("as-of.short", date=self._value(claim.as_of)))
        elif isinstance(claim, Position) and (claim.since or claim.until):
            parts.append(self.voice.words(self.voice.language.span(claim.since, claim.until)))
        elif isinstance(claim, Statement) and claim.date:
            parts.append(self._value(claim.date))
        if claim.status is not Status.CONFIRMED:
            parts.append(self._value(claim.status))
        if claim.said_by is not None:
            parts.append(self.voice.say("change.according", who=self._value(claim.said_by)))
        return self.voice.joined(parts)

    def _text(self) -> str:
        """A text that changed: which, and, where that is more than wording, from what to what."""
        before, after = self.change.before, self.change.after
        assert isinstance(before, LocalText)
        assert isinstance(after, LocalText)
        codes = self.change.languages or self.voice.new.briefing.languages
        languages = self.voice.words(self.voice.language.list(self.voice.language.name_of(code) for code in codes))
        if self.change.minor and self.change.kind is not _K.REWRITTEN and (self.change.kind is _K.TRANSLATED or self.change.field not in _NAMES):
            return self._say(self.change.kind.value, what=self._what(), languages=languages)
        shown = self.voice.new.code if self.voice.new.code in codes else codes[0]
        one, other = _excerpts(_said(self.voice.old, before, shown), _said(self.voice.new, after, shown))
        before_words, after_words = (self.voice.foreign(words.translate(_INNER), shown) for words in (one, other))
        values = {"what": self._what(), "before": before_words, "after": after_words}
        if self.change.kind is _K.RETRANSLATED:
            return self._say("retranslated-in-substance", languages=languages, **values)
        return self._say("rewritten", **values)

    def _plain(self, text: LocalText, *, old: bool = False) -> str:
        return (self.voice.old if old else self.voice.new).plain(text)

    def _speaker(self, id_: str) -> str:
        fact = self.voice.new.briefing.facts.get(id_) or self.voice.old.briefing.facts.get(id_)
        name = self.voice.named(id_)
        return self.voice.say("person", name=name) if isinstance(fact, Actor) and fact.kind is ActorKind.PERSON else name

    def _value(self, value: object, *, old: bool = False) -> str:  # noqa: C901, PLR0911, PLR0912  # one table of types
        """Any value of the model in words."""
        voice, language = self.voice, self.voice.language
        match value:
            case None:
                return voice.say("change.nobody" if self.change.kind is _K.ATTRIBUTED else "change.nothing")
            case bool():
                return voice.say(f"change.{'yes' if value else 'no'}")
            case Amount():
                return voice.words(language.amount(value))
            case When():
                return voice.words(language.date(value))
            case LocalText():
                return voice.words(self._plain(value, old=old))
            case FigureValue():
                return voice.words((voice.old if old else voice.new).value_plain(value))
            case Speaker(words=LocalText() as words):
                return voice.words(self._plain(words, old=old))
            case Speaker(ref=Ref() as ref):
                return self._publisher_or_actor(str(ref))
            case Ref():
                return voice.named(str(value))
            case RelationKind():
                return voice.say(f"relation.{value.value}.noun")
            case StrEnum() if type(value) in _CHOICES:
                return voice.say(f"{_CHOICES[type(value)]}.{value.value}")
            case tuple():
                return voice.listed(self._member(item, old=old) for item in value)
            case dict():
                return voice.joined(voice.words(f"{key} {item}") for key, item in value.items())
            case Value():
                fact = getattr(value, "id", None)
                return voice.named(str(fact)) if fact else self._stated_once(value, old=old)
        return voice.words(str(value))

    def _stated_once(self, value: Value, *, old: bool) -> str:
        known = isinstance(value, Account | OpenQuestion | Position | Statement | Deadline | Step | Role | Relation)
        if isinstance(value, Trend):
            return self._value(value.direction)
        return self._stated(value, old=old) if known else ""

    def _member(self, item: object, *, old: bool) -> str:
        known = {**self.voice.old.briefing.facts, **self.voice.new.briefing.facts} if isinstance(item, str) else {}
        if not isinstance(item, str) or item not in known:
            return self._value(item, old=old)
        if isinstance(known[item], Actor):
            return self._speaker(item)
        return self.voice.say("change.quoted", text=self.voice.named(item, quoted=True))

    def _publisher_or_actor(self, id_: str) -> str:
        fact = self.voice.new.briefing.facts.get(id_) or self.voice.old.briefing.facts.get(id_)
        return self._value(fact.publisher) if isinstance(fact, Source) else self._speaker(id_)


def _said(desk: Desk, text: LocalText, code: str) -> str:
    """The wording in one language, as `desk` prints what is mentioned in it."""
    chosen = text.by_language.get(code, text.shared)
    return desk.plain(LocalText({}, chosen)) if chosen is not None else desk.plain(text)


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Both texts, of what they have in common no more than a little beside each change."""
    one, other = _UNIT.findall(before), _UNIT.findall(after)
    matcher = SequenceMatcher(None, one, other, autojunk=len(one) + len(other) > _QUICK)
    shown: tuple[list[str], list[str]] = ([], [])
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            run = _shortened(one[a:a_end], first=not a and not b, last=a_end == len(one) and b_end == len(other))
            shown[0].append(run)
            shown[1].append(run)
        else:
            shown[0].extend(one[a:a_end])
            shown[1].extend(other[b:b_end])
    return _fitting("".join(shown[0])), _fitting("".join(shown[1]))


def _shortened(run: Sequence[str], *, first: bool, last: bool) -> str:
    """What two texts have in common; at their beginning and end only what is beside the change counts."""
    head = [] if first else _upto(run)
    tail = [] if last else _upto(run[::-1])[::-1]
    if len("".join([*head, *tail])) + _BESIDE >= len("".join(run)):
        return "".join(run)
    return f"{''.join(head).rstrip()}{_ELLIPSIS}{''.join(tail).lstrip()}"


def _upto(run: Sequence[str]) -> Sequence[str]:
    """The first few words, or characters where there are no words."""
    lengths = accumulate(map(len, run))
    return run[: sum(length <= _BESIDE for length in lengths) + 1]


def _fitting(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + _ELLIPSIS


def _cut(text: str) -> str:
    return text if len(text) <= _CALLED else text[:_CALLED].rsplit(" ", 1)[0].rstrip(",;:、。") + _ELLIPSIS

