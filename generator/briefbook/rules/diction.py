"""Words an author should not use: those a term replaces, dates that rot, authorities without a name, verbs that judge
(W206, W208–W210).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from briefbook.model.briefing import Briefing
from briefbook.model.facts import Term
from briefbook.model.text import LocalText, Names
from briefbook.rules.passages import Field
from briefbook.rules.remark import Remark, Text
from briefbook.rules.usage import Usage
from briefbook.rules.vocabulary import Words

_SENTENCE_END = re.compile(r"[.!?。！？\n]")


@dataclass(frozen=True, slots=True)
class Avoided:
    """A wording that a term replaces: whose it is, and what is right."""

    term: str
    right: str


@dataclass(slots=True)
class Preferences:
    """The wordings to avoid in one language."""

    avoided: dict[str, Avoided] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    # In lower case, the first words of all of them, in languages that put spaces between words.
    signs: frozenset[str] = frozenset()


def preferences(briefing: Briefing, words: Mapping[str, Words | None]) -> dict[str, Preferences]:
    """What the terms of a briefing want avoided, by language."""
    found = {language: Preferences() for language in briefing.languages}
    for id_, fact in briefing.written():
        avoid, name = getattr(fact, "avoid", None), getattr(fact, "name", None)
        if isinstance(fact, Term) and isinstance(avoid, Names) and isinstance(name, LocalText):
            for language, wanted in found.items():
                for wording in avoid.in_(language):
                    wanted.avoided[wording.lower()] = Avoided(id_, name.choose(language, briefing.others(language))[0])
    for language, wanted in found.items():
        table = words.get(language)
        _compile(wanted, spaced=table is None or table.spaced)
    return found


def _compile(wanted: Preferences, *, spaced: bool) -> None:
    if not wanted.avoided:
        return
    by_first: dict[str, list[str]] = {}
    for wording in sorted(wanted.avoided, key=lambda w: (-len(w), w)):
        by_first.setdefault(wording[0], []).append(re.escape(wording[1:]))
    either = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    wanted.pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)" if spaced else either, re.IGNORECASE)
    firsts = [re.search(r"[^\W\d_]+", wording) for wording in wanted.avoided]
    wanted.signs = frozenset(match[0] for match in firsts if match) if spaced and all(firsts) else frozenset()


def avoided_wordings(
    text: Text, usage: Usage, wanted: Preferences | None, links: Callable[[str, str], bool]
) -> Iterator[Remark]:
    """W206: a wording that a term of this briefing replaces by another; `links` tells whether a fact links to a term.

    Who speaks of the term itself may quote the wording: its own fact, facts that link to it, pages.
    """
    if wanted is None or wanted.pattern is None or text.words is None or text.field in (Field.NAME, Field.PRINTED):
        return
    if wanted.signs and wanted.signs.isdisjoint(text.lowered):
        return
    for match in wanted.pattern.finditer(text.shown):
        avoided = wanted.avoided[match[0].lower()]
        if text.quoted(match.start(), match.end()) and (not text.fact or links(text.fact, avoided.term)):
            continue
        if text.fact == avoided.term or _in_longer_word(text, match) or usage.lexicon.inside_name(text.shown, match.start(), match.end()):
            continue
        message = f"“{match[0]}” is a wording to avoid (term “{avoided.term}”)"
        yield Remark("W206", match.start(), match.end(), message, f"write “{avoided.right}”")


def _in_longer_word(text: Text, match: re.Match[str]) -> bool:
    """Whether letters of the same kind around it make it part of another word, where no spaces tell."""
    if text.words is None or text.words.spaced:
        return False
    before, after = text.shown[: match.start()], text.shown[match.end() :]
    if re.match(r"[ァ-ヺ]", match[0]) and re.search(r"[ァ-ヺー]$", before):
        return True
    if re.search(r"[ァ-ヺー]$", match[0]) and re.match(r"[ァ-ヺー]", after):
        return True
    if match[0][0].isascii() and re.search(r"[A-Za-z]$", before):
        return True
    if match[0][-1].isascii() and re.match(r"[A-Za-z]", after):
        return True
    # One ideograph before makes another word of it (青天井); two are a word of their own (組織再構成).
    alone = re.search(r"[一-鿿]+$", before)
    return bool(re.match(r"[一-鿿]", match[0]) and alone and len(alone[0]) == 1)


def relative_dates(text: Text, usage: Usage) -> Iterator[Remark]:
    """W208: words such as “this year”, which stop being true."""
    if text.words is None or text.words.relative is None or text.field in (Field.NAME, Field.PRINTED):
        return
    for hit in text.words.relative.find(text.shown, text.signs):
        if text.quoted(hit.start, hit.end) or _is_named_so(text, hit.start) or usage.lexicon.inside_name(text.shown, hit.start, hit.end):
            continue
        message = f"“{text.shown[hit.start : hit.end]}” is only true when it is written"
        yield Remark("W208", hit.start, hit.end, message, hit.advice or "write the date, which stays true")


def _is_named_so(text: Text, start: int) -> bool:
    """Whether a capital within a sentence makes a name of it, as in the title of a newspaper."""
    before = text.shown[:start].rstrip()
    return text.shown[start].isupper() and bool(before) and (before[-1].isalnum() or before[-1] in ",’")


def unnamed_authorities(text: Text, usage: Usage) -> Iterator[Remark]:
    """W209: experts, sources, critics who have no name, in a record that does not say whose word it is."""
    if text.words is None or text.words.authorities is None or text.attributed or text.field is not Field.PROSE:
        return
    for hit in text.words.authorities.find(text.shown, text.signs):
        if text.quoted(hit.start, hit.end) or _names_an_outlet(text, hit.start, hit.end, usage):
            continue
        piece = text.shown[hit.start : hit.end]
        hint = "say who, or name the outlet that quotes them; or say it in said_by"
        yield Remark("W209", hit.start, hit.end, f"“{piece}”: an authority without a name", hint)


# In characters to either side.
_LONGEST_SENTENCE = 1_000


def _names_an_outlet(text: Text, start: int, end: int, usage: Usage) -> bool:
    """Whether the sentence says who published it."""
    first, last = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
    ends = [match.end() for match in _SENTENCE_END.finditer(text.shown, first, start)]
    behind = _SENTENCE_END.search(text.shown, end, last)
    sentence = text.shown[ends[-1] if ends else first : behind.start() if behind else last]
    shows = text.words is not None and text.words.outlets.search(sentence) is not None
    return shows or usage.lexicon.has_publisher(sentence)


def loaded_words(text: Text) -> Iterator[Remark]:
    """W210: words that judge what they tell, outside quotation marks."""
    if text.words is None or text.words.loaded is None or text.field in (Field.NAME, Field.PRINTED):
        return
    for hit in text.words.loaded.find(text.shown, text.signs):
        if not text.quoted(hit.start, hit.end):
            piece = text.shown[hit.start : hit.end]
            hint = f"plainer: {hit.advice}" if hit.advice else "say only what the record shows"
            yield Remark("W210", hit.start, hit.end, f"“{piece}” judges what it tells", hint)
