"""The checks on words, W201 to W214, over every text of a briefing, and over a hand-written page.

First everything is read and the briefing's own names and habits are learnt; then each text is judged.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from briefbook.model.base import Value, once
from briefbook.model.briefing import EVERYONE, Briefing, Path, leaves
from briefbook.model.claims import Evidence
from briefbook.model.facts import Actor, Source, Term
from briefbook.model.text import LocalText, Names, Speaker
from briefbook.rules.counterparts import far_too_short, untranslated
from briefbook.rules.diction import (
    Preferences,
    avoided_wordings,
    loaded_words,
    preferences,
    relative_dates,
    unnamed_authorities,
)
from briefbook.rules.finding import Finding, Remedy
from briefbook.rules.foreign import foreign_words
from briefbook.rules.inquiry import Inquiry
from briefbook.rules.known import NOTHING_KNOWN, Known, Tokens
from briefbook.rules.learning import learn
from briefbook.rules.lexicon import tokens_of
from briefbook.rules.names import misspelt_names, two_spellings
from briefbook.rules.passages import Field, Passage, page_passages, passage
from briefbook.rules.punctuation import unbalanced, wrong_marks
from briefbook.rules.remark import Remark, Text
from briefbook.rules.scripts import misplaced_letters
from briefbook.rules.usage import judge, observe
from briefbook.rules.vocabulary import Words, words_of

_NAMES = ("name", "full_name", "aliases", "publisher", "author", "read_through")
# Wordings that are listed because they are wrong.
_UNJUDGED = ("avoid",)
# Where two of these find something in the same piece, the first says it.
_ONE_IS_ENOUGH = ("W201", "W203", "W205", "W202", "W206", "W204", "W214")


_LINK = re.compile(r"\[\[\s*([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class PageRemark:
    """What is remarked about a hand-written page; `start` and `end` count characters of the page."""

    start: int
    end: int
    remark: Remark


class Reader:
    """Has read a whole briefing, and judges texts by what it learnt."""

    def __init__(self, briefing: Briefing, known: Known = NOTHING_KNOWN) -> None:
        self._briefing, self._languages = briefing, briefing.languages
        self._words = {language: words_of(language) for language in briefing.languages}
        self._groups: dict[str, list[list[Text]]] = {}
        self._linked: dict[str, frozenset[str]] = {}
        self._said = {id_: self._tokens(id_, fact, known) for id_, fact in briefing.written()}
        self._usage = observe(learn(briefing), self._words, self._said)
        self._wanted = preferences(briefing, self._words)

    def odd_facts(self) -> frozenset[str]:
        """The facts with words in them that are looked for."""
        odd = self._usage.odd()
        return frozenset(
            id_ for id_, said in self._said.items() if not all(odd.isdisjoint(tokens) for tokens in said.values())
        )

    def findings(self, among: Container[str] = EVERYONE) -> Iterator[Finding]:
        """What is wrong with the words of the briefing."""
        for id_, fact in self._briefing.written(among):
            for group in self._groups_of(id_, fact):
                yield from self._findings(group)

    def _findings(self, group: list[Text]) -> Iterator[Finding]:
        whole = [*untranslated(group, self._usage), *far_too_short(group)]
        left = {text.language for text, remark in whole if remark.code == "W211"}
        for text, remark in whole:
            yield _finding(text, remark, whole=True)
        for text in group:
            for remark in self._judge(text):
                if not (text.language in left and remark.code in ("W202", "W204", "W205")):
                    yield _finding(text, remark)

    def _tokens(self, id_: str, fact: Value, known: Known) -> Tokens:
        if (tokens := known.tokens(id_)) is None:
            tokens = self._read(id_, fact)
            known.keep_tokens(id_, tokens)
        return tokens

    def _read(self, id_: str, fact: Value) -> Tokens:
        """The words of a fact, by language; those of languages without a table under none."""
        said: dict[str, set[str]] = {}
        for group in self._groups_of(id_, fact):
            for text in group:
                language = text.language if text.words is not None and text.language is not None else ""
                said.setdefault(language, set()).update(text.tokens)
        return {language: frozenset(tokens) for language, tokens in said.items()}

    def _groups_of(self, id_: str, fact: Value) -> list[list[Text]]:
        if id_ not in self._groups:
            self._groups[id_] = list(_groups(id_, fact, self._words))
        return self._groups[id_]

    def page(self, page: str, language: str) -> list[PageRemark]:
        """What is wrong with the words of a hand-written page, in order."""
        texts = [_text(part, field, language, self._words.get(language)) for part, field in page_passages(page)]
        for text in texts:
            if text.words is not None:
                judge(self._usage, text.tokens, language, text.words)
        found = [_on_page(text, remark) for text in texts for remark in self._judge(text)]
        return sorted(found, key=lambda r: (r.start, r.remark.code))

    def _judge(self, text: Text) -> Iterator[Remark]:
        wanted: Preferences | None = self._wanted.get(text.language or "")
        found = [
            *misplaced_letters(text, self._usage.lexicon, self._languages),
            *misspelt_names(text, self._usage),
            *avoided_wordings(text, self._usage, wanted, self._links),
            *foreign_words(text, self._usage),
            *two_spellings(text, self._usage),
        ]
        yield from _one_for_each_piece(found) if len(found) > 1 else found
        if text.signs:
            yield from relative_dates(text, self._usage)
            yield from unnamed_authorities(text, self._usage)
            yield from loaded_words(text)
        yield from wrong_marks(text)
        yield from unbalanced(text)

    def _links(self, fact: str, other: str) -> bool:
        if fact not in self._linked:
            texts = [text.passage.written for group in self._groups[fact] for text in group]
            self._linked[fact] = frozenset(id_ for written in texts for id_ in _LINK.findall(written))
        return other in self._linked[fact]


def wrong_words(briefing: Briefing, known: Known = NOTHING_KNOWN) -> Inquiry:
    """W201 to W214: words and marks that are wrong, foreign, misspelt, or better avoided."""
    reader = Reader(briefing, known)
    reader_of.keep(briefing, reader)
    return Inquiry("words", reader.findings, _names_in(briefing), reader.odd_facts())


@once
def reader_of(briefing: Briefing) -> Reader:
    """The one reader of a briefing, kept with it: pages are judged after facts, and reading all of them takes its time."""
    return Reader(briefing)


def _names_in(briefing: Briefing) -> str:
    """All that is learnt from facts about names and wordings, in one text."""
    learnt = ("kind", "name", "full_name", "aliases", "avoid", "publisher", "author")
    kinds = (Actor, Term, Source)
    named = (
        (id_, [repr(getattr(fact, field, None)) for field in learnt])
        for id_, fact in briefing.written() if isinstance(fact, kinds)
    )
    return repr(list(named))


def _one_for_each_piece(found: list[Remark]) -> Iterator[Remark]:
    taken = bytearray(max(remark.end for remark in found))
    for remark in sorted(found, key=lambda r: (_ONE_IS_ENOUGH.index(r.code), r.start)):
        if not any(taken[remark.start : remark.end]):
            taken[remark.start : remark.end] = b"\1" * (remark.end - remark.start)
            yield remark


def _groups(id_: str, fact: Value, words: dict[str, Words | None]) -> Iterator[list[Text]]:
    """The texts of a fact, each together with the same text in other languages."""
    for path, leaf in leaves(fact):
        text = leaf.words if isinstance(leaf, Speaker) else leaf
        field = _field(fact, path)
        if field is None:
            continue
        if isinstance(text, LocalText):
            said = [(language, written, path if language is None else (*path, language)) for language, written in text.written()]
        elif isinstance(text, Names):
            said = [(lang, name, (*path, lang, n)) for lang, names in text.by_language.items() for n, name in enumerate(names)]
        else:
            continue
        attributed = field is Field.PROSE and _is_attributed(fact, path)
        group = []
        for language, written, where in said:
            spoken = _language(fact, language, field, words)
            group.append(_text(passage(written), field, spoken, words.get(spoken or ""), id_, where, attributed=attributed))
        yield group


def _language(fact: Value, language: str | None, field: Field, words: dict[str, Words | None]) -> str | None:
    """The language of a text; of one that serves all of them, the site’s only one or that of the source it is from."""
    if language is not None:
        return language
    if field is Field.PRINTED and isinstance(fact, Source):
        return str(getattr(fact, "language", "")) or None
    return next(iter(words)) if len(words) == 1 else None


def _field(fact: Value, path: Path) -> Field | None:
    named = [step for step in path if isinstance(step, str)]
    last = named[-1] if named else ""
    if last in _UNJUDGED:
        return None
    if last in _NAMES:
        return Field.NAME
    if last == "title":
        return Field.PRINTED if isinstance(fact, Source) else Field.HEADLINE
    return Field.PROSE


def _text(
    part: Passage, field: Field, language: str | None, words: Words | None, fact: str = "", path: Path = (), *, attributed: bool = False
) -> Text:
    spaced = words is None or words.spaced
    tokens = tokens_of(part.text, spaced)
    lowered = frozenset(map(str.lower, tokens)) if spaced else frozenset()
    signs = words.signs_in(part.text, lowered) if words else frozenset()
    return Text(part, field, words, language, tokens, lowered, signs, fact, path, attributed)


def _is_attributed(fact: Value, path: Path) -> bool:
    """Whether a record around the text says whose word it is, or the text is what says so."""
    here: object = fact
    for step in path:
        if step == "said_by" or (isinstance(here, Evidence) and getattr(here, "said_by", None) is not None):
            return True
        here = _below(here, step)
    return False


def _below(here: object, step: str | int) -> object:
    if isinstance(step, int):
        return here[step] if isinstance(here, tuple | list) and step < len(here) else None
    return getattr(here, step, getattr(here, f"{step}_", None))


def _finding(text: Text, remark: Remark, *, whole: bool = False) -> Finding:
    if whole:
        return Finding(remark.code, text.fact, text.path, remark.message, remark.hint, remark.severity)
    word = text.passage.typed(remark.start, remark.end)
    earlier = text.passage.written.count(word, 0, text.passage.place(remark.start))
    fix = None
    # With marks of Markdown inside, what would be left of them is for the author to say.
    if remark.right is not None and word == text.shown[remark.start : remark.end]:
        fix = Remedy(f"write “{remark.right}” for “{word}”" if remark.right else "delete an invisible character", remark.right)
    return Finding(
        remark.code, text.fact, text.path, remark.message, remark.hint, remark.severity, word=word, before=earlier, fix=fix
    )


def _on_page(text: Text, remark: Remark) -> PageRemark:
    return PageRemark(text.passage.place(remark.start), text.passage.place(remark.end - 1) + 1, remark)
