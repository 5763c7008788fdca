"""One change: to which fact and where in it, of what kind, how much it matters, and what was and is there.

The kinds are a promise to whoever reads them as data; `generator/DIFF.md` explains each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from briefbook.model.base import Value
from briefbook.model.briefing import Path


class Importance(StrEnum):
    """Whether a reader of the old version would be told something wrong, or something less (`substance`), or not."""

    SUBSTANCE = "substance"
    MINOR = "minor"


class ChangeKind(StrEnum):
    """What happened. In a list of changes of one fact, this is their order too."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    REMOVED = "removed"
    MERGED = "merged"
    STATUS_MOVED = "status-moved"
    OUTCOME_ADDED = "outcome-added"
    TREND_CHANGED = "trend-changed"
    TREND_SET = "trend-set"
    STEP_ADDED = "step-added"
    HAPPENED = "happened"
    VALUE_REPLACED = "value-replaced"
    VALUE_CORRECTED = "value-corrected"
    VALUE_ADDED = "value-added"
    VALUE_LEADING = "value-leading"
    VALUE_REMOVED = "value-removed"
    CLAIM_FELL = "claim-fell"
    CLAIM_STATUS = "claim-status"
    DEADLINE_MET = "deadline-met"
    DEADLINE_MISSED = "deadline-missed"
    DEADLINE_ADDED = "deadline-added"
    POSITION_ENDED = "position-ended"
    POSITION_ADDED = "position-added"
    RECORD_ADDED = "record-added"
    ACCOUNT_ADDED = "account-added"
    ANSWER_ADDED = "answer-added"
    STAKE_ADDED = "stake-added"
    QUESTION_ADDED = "question-added"
    QUESTION_CLOSED = "question-closed"
    ROLE_ENDED = "role-ended"
    ROLE_ADDED = "role-added"
    RELATION_ENDED = "relation-ended"
    RELATION_ADDED = "relation-added"
    ITEM_REMOVED = "item-removed"
    CORRECTED = "corrected"
    SET = "set"
    UNSET = "unset"
    ATTRIBUTED = "attributed"
    SOURCED = "sourced"
    SOURCE_DEAD = "source-dead"
    SOURCE_ARCHIVED = "source-archived"
    CITES_ADDED = "cites-added"
    CITES_REMOVED = "cites-removed"
    PASSAGE = "passage"
    LINKED = "linked"
    UNLINKED = "unlinked"
    NOTED = "noted"
    REWRITTEN = "rewritten"
    REWORDED = "reworded"
    TRANSLATED = "translated"
    RETRANSLATED = "retranslated"
    RENAMED = "renamed"
    CHECKED = "checked"


class Category(StrEnum):
    """The few sorts that changes are counted by."""

    FACTS = "facts"
    DISPUTES = "disputes"
    FIGURES = "figures"
    CLAIMS = "claims"
    ACTORS = "actors"
    DETAILS = "details"
    SOURCES = "sources"
    NOTES = "notes"
    TEXTS = "texts"
    WORDING = "wording"
    TRANSLATIONS = "translations"
    UPKEEP = "upkeep"


_K = ChangeKind
_SORTED: Mapping[Category, tuple[ChangeKind, ...]] = MappingProxyType({
    Category.FACTS: (_K.ADDED, _K.WITHDRAWN, _K.REINSTATED, _K.REMOVED, _K.MERGED, _K.HAPPENED),
    Category.DISPUTES: (
        _K.STATUS_MOVED, _K.OUTCOME_ADDED, _K.TREND_CHANGED, _K.TREND_SET, _K.STEP_ADDED, _K.DEADLINE_MET, _K.DEADLINE_MISSED,
        _K.DEADLINE_ADDED, _K.QUESTION_ADDED, _K.QUESTION_CLOSED, _K.STAKE_ADDED,
    ),
    Category.FIGURES: (_K.VALUE_REPLACED, _K.VALUE_CORRECTED, _K.VALUE_ADDED, _K.VALUE_LEADING, _K.VALUE_REMOVED),
    Category.CLAIMS: (
        _K.CLAIM_FELL, _K.CLAIM_STATUS, _K.POSITION_ENDED, _K.POSITION_ADDED, _K.RECORD_ADDED, _K.ACCOUNT_ADDED,
        _K.ANSWER_ADDED, _K.ATTRIBUTED,
    ),
    Category.ACTORS: (_K.ROLE_ENDED, _K.ROLE_ADDED, _K.RELATION_ENDED, _K.RELATION_ADDED),
    Category.DETAILS: (_K.ITEM_REMOVED, _K.CORRECTED, _K.SET, _K.UNSET, _K.LINKED, _K.UNLINKED),
    Category.SOURCES: (
        _K.SOURCED, _K.SOURCE_DEAD, _K.SOURCE_ARCHIVED, _K.CITES_ADDED, _K.CITES_REMOVED, _K.PASSAGE,
    ),
    Category.NOTES: (_K.NOTED,),
    Category.TEXTS: (_K.REWRITTEN,),
    Category.WORDING: (_K.REWORDED,),
    Category.TRANSLATIONS: (_K.TRANSLATED, _K.RETRANSLATED),
    Category.UPKEEP: (_K.RENAMED, _K.CHECKED),
})
_CATEGORY_OF = {kind: category for category, kinds in _SORTED.items() for kind in kinds}
_ORDER = {kind: position for position, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the fact `fact`, which is one of `section`.

    `path` leads to what changed, in the newer briefing unless it is there no more. `before` and `after` are values of the
    model, None where there was or is none. `item` is the member of a list that it happened to, as it is now. `languages`
    are those in which a text changed; empty where it is the same in all.
    """

    kind: ChangeKind
    importance: Importance
    fact: str
    section: str
    path: Path = ()
    before: object = None
    after: object = None
    item: Value | None = None
    languages: tuple[str, ...] = ()

    @property
    def category(self) -> Category:
        """The sort it is counted under."""
        return Category.SOURCES if self.section == "sources" and self.kind is ChangeKind.ADDED else _CATEGORY_OF[self.kind]

    @property
    def minor(self) -> bool:
        """Whether it may be folded away."""
        return self.importance is Importance.MINOR

    @property
    def field(self) -> str:
        """The name of the field that changed, as it is written in a file; empty for the fact as a whole."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    def sort_key(self) -> tuple[bool, int, str]:
        """Of one fact, substance first, then by kind."""
        return self.minor, _ORDER[self.kind], ".".join(f"{step:05}" if isinstance(step, int) else step for step in self.path)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a fact, from which changes are told."""

    fact: str
    section: str
    path: Path = ()
    item: Value | None = None

    def at(self, *steps: str | int, item: Value | None = None) -> Spot:
        """A place further in; `item` where that is a member of a list."""
        return Spot(self.fact, self.section, (*self.path, *steps), item or self.item)

    def change(
        self, kind: ChangeKind, before: object = None, after: object = None, *, minor: bool = False,
        languages: tuple[str, ...] = (),
    ) -> Change:
        """A change here."""
        importance = Importance.MINOR if minor else Importance.SUBSTANCE
        return Change(kind, importance, self.fact, self.section, self.path, before, after, self.item, languages)
