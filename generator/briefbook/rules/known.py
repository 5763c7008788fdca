"""What earlier checks found out about facts, so that a check of what has changed need not judge all the rest again.

A fact is known by its content and that of all it refers to. Where a rule found nothing in it, it will find nothing
again, as long as nothing else has changed that the rule looks at: its circumstances, which each rule names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from briefbook.model.base import Value
from briefbook.model.briefing import Briefing, referred
from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry

# The words of a fact, by language.
Tokens = Mapping[str, frozenset[str]]
# Asks inquiries, each about its own facts.
Ask = Callable[[Sequence[Inquiry], Sequence[frozenset[str]]], list[list[Finding]]]


@dataclass(slots=True)
class Note:
    """What is known of one fact: a fingerprint of its content, the ids of all it refers to, its words."""

    digest: str
    refers: tuple[str, ...] | None = None
    tokens: Tokens | None = None


@dataclass
class Known:
    """Notes on facts by id, and for each rule its circumstances and the keys of facts in which it found nothing in them."""

    notes: Mapping[str, Note] = field(default_factory=dict)
    cleared: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def recall(self, facts: Iterable[tuple[str, Value]]) -> None:
        """Have the facts know what they refer to, as far as that was noted; and note the rest."""
        for id_, fact in facts:
            if note := self.notes.get(id_):
                if note.refers is None:
                    note.refers = referred(fact)
                else:
                    referred.keep(fact, note.refers)

    def tokens(self, id_: str) -> Tokens | None:
        """The words of a fact, if they were noted."""
        note = self.notes.get(id_)
        return note.tokens if note else None

    def keep_tokens(self, id_: str, tokens: Tokens) -> None:
        """Note the words of a fact."""
        if note := self.notes.get(id_):
            note.tokens = tokens

    def judged(self, briefing: Briefing, inquiries: Sequence[Inquiry], ask: Ask) -> list[Finding]:
        """What the inquiries find, each asked only about facts in which it may find anything."""
        every = frozenset(id_ for id_, _ in briefing.written())
        contexts = [_digest(repr((briefing.languages, str(briefing.about.as_of), i.circumstances))) for i in inquiries]
        asked = [self._open(inquiry, context, every) for inquiry, context in zip(inquiries, contexts, strict=True)]
        answers = ask(inquiries, asked)
        for inquiry, context, found in zip(inquiries, contexts, answers, strict=True):
            self._clear(inquiry, context, every - {finding.fact for finding in found})
        return [finding for found in answers for finding in found]

    def _open(self, inquiry: Inquiry, context: str, facts: frozenset[str]) -> frozenset[str]:
        """The facts that an inquiry has not yet found to be clear."""
        before, clear = self.cleared.get(inquiry.name, ("", frozenset()))
        if before != context or not clear:
            return facts
        return frozenset(id_ for id_ in facts if id_ in inquiry.always or self._keys.get(id_) not in clear)

    def _clear(self, inquiry: Inquiry, context: str, facts: frozenset[str]) -> None:
        if self.notes:
            keys = (key for id_, key in self._keys.items() if id_ in facts and id_ not in inquiry.always)
            self.cleared[inquiry.name] = context, frozenset(keys)

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """What each fact is known by: its own content, and for each id it refers to what stands there, if anything."""
        digests = {id_: note.digest for id_, note in self.notes.items()}
        return {
            id_: _digest(" ".join([note.digest, *(f"{other}:{digests.get(other, '')}" for other in note.refers)]))
            for id_, note in self.notes.items()
            if note.refers is not None
        }


NOTHING_KNOWN = Known()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
