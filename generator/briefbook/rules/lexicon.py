"""What a briefing itself teaches about words: the names it knows, and how it writes them.

A name is whatever an actor, a term, a publisher or an author is called. Only actors' names are taken for what others
may be misspellings of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from briefbook.model.briefing import Briefing
from briefbook.model.facts import Actor, ActorKind, Source, Term
from briefbook.model.text import LocalText, Names
from briefbook.rules.vocabulary import is_common

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
KANA = "ァ-ヺー"
# A word where spaces part them: letters of any script.
_WORD = re.compile(r"[^\W\d_]+")
# Where they do not: syllables of names in Katakana, with Latin letters right behind (group 2), or Latin words alone.
_RUN = re.compile(rf"([{KANA}]+(?:[・＝=][{KANA}]+)*)([{LATIN}]+)?|[{LATIN}0-9]+(?:[&.+'’-][{LATIN}0-9]+)*")
_WITHIN = re.compile(rf"([A-Z][a-z]+)([A-Z][A-Za-z]+)|([{KANA}]+)([A-Za-z]+)")
_PARTS = re.compile(r"[&.+'’-]")
_JOINTS = re.compile(r"[・＝=\s\-‐]+")
_GLOSS = re.compile(r"[（(]([^（）()]+)[）)]")
_SHORTEST = {"kana": 4, "latin": 5}


def tokens_of(text: str, spaced: bool) -> frozenset[str]:
    """The words in `text` that may be names or foreign."""
    if spaced:
        return frozenset(_WORD.findall(text))
    found: set[str] = set()
    for match in _RUN.finditer(text):
        found.add(match[0])
        found.update(_PARTS.split(match[0]))
        if match[2]:
            found.add(match[1])
            found.add(match[2])
        if match[1]:
            found.update(_JOINTS.split(match[1]))
    return frozenset(found)


@dataclass(slots=True)
class Lexicon:
    """The names a briefing knows."""

    # Every name as written, of anything, in any language.
    names: set[str] = field(default_factory=set)
    # Every word of these names.
    parts: set[str] = field(default_factory=set)
    # Names that texts in a language may have as they are, though in another script: by language.
    at_home: dict[str, set[str]] = field(default_factory=dict)
    publishers: set[str] = field(default_factory=set)
    # What a misspelt name may have been meant to be, by what is left of it without one letter (see `near`).
    meant: dict[str, set[str]] = field(default_factory=dict)
    # Right forms by what they are in lower case.
    cased: dict[str, str] = field(default_factory=dict)
    # Right forms by what they are without what joins their parts.
    joined: dict[str, str] = field(default_factory=dict)
    # Names of one word with a capital within, by what stands before it: `Open` to (`AI`, `OpenAI`).
    parted: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    # Given names and family names that only mean somebody together: family name to given names.
    given: dict[str, set[str]] = field(default_factory=dict)
    # What an actor's name is in another script, by what it is in Latin letters, and the other way; spellings one slip apart.
    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    in_latin: dict[str, str] = field(default_factory=dict)
    variants: dict[str, set[str]] = field(default_factory=dict)
    # Names of several words, by each of their words.
    longer: dict[str, set[str]] = field(default_factory=dict)
    # What somebody's full name is, by a part of it that is not in Latin letters.
    full: dict[str, str] = field(default_factory=dict)
    # Names by a letter in them, unless it is in ASCII; by their length and a letter at its place; by their beginning.
    lettered: dict[str, set[str]] = field(default_factory=dict)
    placed: dict[tuple[int, int, str], set[str]] = field(default_factory=dict)
    begun: dict[str, set[str]] = field(default_factory=dict)
    # By language, what a term is called there, by what it is called elsewhere.
    terms: dict[str, dict[str, str]] = field(default_factory=dict)

    def guess(self, piece: str) -> str | None:
        """The name that `piece`, in which letters are wrong, was probably meant to be."""
        for part in (piece, piece[:-1], piece[1:]):
            if name := self._guess(part):
                return name
        return None

    def _guess(self, piece: str) -> str | None:
        if len(piece) < 3 or any(piece[:length] in self.names for length in range(4, len(piece))):
            return None
        alike = {name for at, c in enumerate(piece) for name in self.placed.get((len(piece), at, c), ())}
        fitting = [n for n in alike if 3 * sum(a == b for a, b in zip(n, piece, strict=True)) >= len(n)]
        near = get_close_matches(piece, sorted({*fitting, *self.begun.get(piece[:4], ())}), n=1, cutoff=0.3)
        return near[0] if near else None

    def has_publisher(self, text: str) -> bool:
        """Whether `text` names somebody who publishes."""
        return any(name in text for name in self.publishers)

    def inside_name(self, text: str, start: int, end: int) -> bool:
        """Whether the piece from `start` to `end` is only a part of a name that stands there."""
        return self.name_around(text, start, end, longer=True) is not None

    def name_around(self, text: str, start: int, end: int, *, longer: bool = False) -> str | None:
        """The longest name that stands there and covers the piece from `start` to `end`, or is `longer` than it."""
        piece = text[start:end]
        first = _WORD.search(piece)
        held = self.lettered.get(piece[0], ()) if not piece.isascii() else self.longer.get(first[0], ()) if first else ()
        covering = []
        for name in held:
            at = text.find(name, max(end - len(name), 0), start + len(name))
            if 0 <= at <= start and at + len(name) >= end and (len(name) > len(piece) or not longer):
                covering.append(name)
        return max(covering, key=len, default=None)

    def near(self, word: str) -> str | None:
        """The actor's name of which `word` is one slip away: a letter wrong, missing, doubled, or two swapped."""
        found = {name for key in _shortened(word.lower()) for name in self.meant.get(key, ())}
        fitting = sorted(name for name in found if name.lower() != word.lower() and one_slip(word.lower(), name.lower()))
        return fitting[0] if fitting else None


def learn(briefing: Briefing) -> Lexicon:
    """The names of a briefing, those of broken facts included."""
    lexicon = Lexicon(at_home={language: set() for language in briefing.languages})
    for _, fact in briefing.written():
        if isinstance(fact, Actor):
            _learn_actor(lexicon, fact, briefing.languages)
        elif isinstance(fact, Term):
            _learn_term(lexicon, fact, briefing.languages)
        elif isinstance(fact, Source):
            for text in (getattr(fact, "publisher", None), getattr(fact, "author", None)):
                for language, name in _spellings(text):
                    lexicon.publishers.add(name)
                    _know(lexicon, name, language, briefing.languages)
    return lexicon


def _learn_actor(lexicon: Lexicon, actor: Actor, languages: Iterable[str]) -> None:
    person = getattr(actor, "kind", None) is ActorKind.PERSON
    names = [name for part in ("name", "full_name") for _, name in _spellings(getattr(actor, part, None))]
    for name in (*names, *(name for _, name in _listed(getattr(actor, "aliases", None)))):
        # An actor's name is understood in every language.
        _know(lexicon, name, None, languages)
        for unit in _units(name, person):
            _expect(lexicon, unit)
        if person:
            _learn_person(lexicon, name)
    _learn_pairs(lexicon, getattr(actor, "name", None), getattr(actor, "aliases", None), person=person)


def _learn_term(lexicon: Lexicon, term: Term, languages: tuple[str, ...]) -> None:
    name = getattr(term, "name", None)
    listed = [*_spellings(name), *_listed(getattr(term, "aliases", None))]
    for language, spelling in listed:
        _know(lexicon, spelling, language, languages, everywhere=False)
    right = dict(_spellings(name))
    for language, spelling in listed:
        for other, there in right.items():
            if language and other and other != language:
                lexicon.terms.setdefault(other, {}).setdefault(_plain(spelling).lower(), there)


def _know(lexicon: Lexicon, name: str, language: str | None, languages: Iterable[str], *, everywhere: bool = True) -> None:
    """Take in a name, what stands in brackets behind it, and its words."""
    for spelling in (name, _plain(name), *_GLOSS.findall(name)):
        if not spelling:
            continue
        lexicon.names.add(spelling)
        lexicon.parts.update(tokens_of(spelling, spaced=False))
        lexicon.parts.update(tokens_of(spelling, spaced=True))
        _index(lexicon, spelling)
        for home in languages if everywhere else (language,) if language else languages:
            if home in lexicon.at_home:
                lexicon.at_home[home].add(spelling)


def _index(lexicon: Lexicon, spelling: str) -> None:
    words = _WORD.findall(spelling)
    if len(words) > 1 or (words and words[0] != spelling):
        for word in words:
            lexicon.longer.setdefault(word, set()).add(spelling)
    if spelling.isascii():
        return
    for c in spelling:
        if not c.isascii():
            lexicon.lettered.setdefault(c, set()).add(spelling)
    for name in {spelling, *_JOINTS.split(spelling)}:
        for at, c in enumerate(name):
            lexicon.placed.setdefault((len(name), at, c), set()).add(name)
        if len(name) > 4:
            lexicon.begun.setdefault(name[:4], set()).add(name)


def _units(name: str, person: bool) -> Iterator[str]:
    """What may be misspelt of a name: all of it, its words, of a person the family name."""
    name = _plain(name)
    words = [word for word in _JOINTS.split(name) if word]
    yield name
    yield from words[-1:] if person else words


def _expect(lexicon: Lexicon, unit: str) -> None:
    if unit.isascii() and is_common(unit):
        return
    if not unit.isupper() or len(unit) >= _SHORTEST["latin"]:
        lexicon.cased.setdefault(unit.lower(), unit)
    if parts := _WITHIN.fullmatch(unit):
        first, second = parts[1] or parts[3], parts[2] or parts[4]
        lexicon.parted.setdefault(first, set()).add((second, unit))
    joined = _JOINTS.sub("", unit)
    if joined != unit:
        lexicon.joined.setdefault(joined, unit)
    shortest = _SHORTEST["latin" if unit[0].isascii() else "kana"]
    if len(unit) >= shortest and _spelt_out(unit):
        for key in _shortened(unit.lower()):
            lexicon.meant.setdefault(key, set()).add(unit)


def _learn_person(lexicon: Lexicon, name: str) -> None:
    words = [word for word in _JOINTS.split(_plain(name)) if word]
    if len(words) > 1:
        lexicon.given.setdefault(words[-1], set()).add(words[0])
        if not words[0].isascii():
            lexicon.full.setdefault(words[0], name)
            lexicon.full.setdefault(words[-1], name)
    elif words and _ideographic(words[0]):
        for length in range(1, min(len(words[0]), 3) + 1):
            # The longest name that begins so is the one that was meant.
            begin = words[0][:length]
            lexicon.full[begin] = max(lexicon.full.get(begin, ""), words[0], key=len)


def _learn_pairs(lexicon: Lexicon, name: object, aliases: object, *, person: bool) -> None:
    """Learn how the same name is spelt in different scripts, and in different ways in the same one."""
    spelt = [_plain(spelling) for _, spelling in _spellings(name)]
    for latin in (spelling for spelling in spelt if spelling.isascii()):
        others = [spelling for spelling in spelt if not spelling.isascii()]
        parts = {word: tuple(dict.fromkeys(_units(other, person)) for other in others) for word in _units(latin, person)}
        for word, found in parts.items():
            lexicon.elsewhere[word] = tuple(unit for units in found for unit in units if len(unit) > 1)
        lexicon.in_latin.update(dict.fromkeys(others, latin))
    units = {unit for spelling in (*spelt, *(n for _, n in _listed(aliases))) for unit in _units(spelling, person)}
    syllabic = sorted(unit for unit in units if len(unit) >= _SHORTEST["kana"] and not unit.isascii())
    for one in syllabic:
        for other in syllabic:
            if one_slip(one, other):
                lexicon.variants.setdefault(one, set()).add(other)


def _spellings(text: object) -> list[tuple[str | None, str]]:
    return list(text.written()) if isinstance(text, LocalText) else []


def _listed(names: object) -> list[tuple[str | None, str]]:
    if not isinstance(names, Names):
        return []
    listed: list[tuple[str | None, str]] = [(lang, name) for lang, every in names.by_language.items() for name in every]
    return [*listed, *((None, name) for name in names.shared)]


def _plain(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return _GLOSS.sub("", name).strip()


def _spelt_out(name: str) -> bool:
    """Whether a name is written in letters, of which one may be wrong, and not in ideographs."""
    return not any(unicodedata.name(c, "").startswith("CJK") for c in name)


def _ideographic(name: str) -> bool:
    return all(unicodedata.name(c, "").startswith("CJK UNIFIED") for c in name)


def _shortened(word: str) -> list[str]:
    return [word, *{word[:at] + word[at + 1 :] for at in range(len(word))}]


def one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two neighbours swapped is all that parts two words."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right or left == right[1:]
