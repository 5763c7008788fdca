"""How a lexicon is filled with the names of a briefing: actors, terms, publishers, authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from briefbook.model.briefing import Briefing
from briefbook.model.facts import Actor, ActorKind, Source, Term
from briefbook.model.text import LocalText, Names
from briefbook.rules.lexicon import JOINTS, KANA, LONGEST, WORD, Lexicon, one_slip, shortened, tokens_of
from briefbook.rules.vocabulary import is_common

_WITHIN = re.compile(rf"([A-Z][a-z]+)([A-Z][A-Za-z]+)|([{KANA}]+)([A-Za-z]+)")
_GLOSS = re.compile(r"[（(]([^（）()]+)[）)]")
# Shorter names are too like other words.
_SHORTEST = {"kana": 4, "latin": 5}
_SHORTEST_HALF = 4


def learn(briefing: Briefing) -> Lexicon:
    """The names of a briefing, those of broken facts included."""
    lexicon = Lexicon(at_home={language: set() for language in briefing.languages})
    published: set[tuple[str | None, str]] = set()
    for _, fact in briefing.written():
        if isinstance(fact, Actor):
            _learn_actor(lexicon, fact, briefing.languages)
        elif isinstance(fact, Term):
            _learn_term(lexicon, fact, briefing.languages)
        elif isinstance(fact, Source):
            for text in (getattr(fact, "publisher", None), getattr(fact, "author", None)):
                published.update(_spellings(text))
    # Many sources have one publisher.
    for language, name in published:
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
    words = WORD.findall(spelling)
    if len(words) > 1 or (words and words[0] != spelling):
        for word in words:
            lexicon.longer.setdefault(word, set()).add(spelling)
    if spelling.isascii():
        return
    for c in spelling:
        if not c.isascii():
            lexicon.lettered.setdefault(c, set()).add(spelling)
    for name in {spelling, *JOINTS.split(spelling)}:
        for at, c in enumerate(name):
            lexicon.placed.setdefault((len(name), at, c), set()).add(name)
        if len(name) > 4:
            lexicon.begun.setdefault(name[:4], set()).add(name)


def _units(name: str, person: bool) -> Iterator[str]:
    """What may be misspelt of a name: all of it, its words, of a person the family name."""
    name = _plain(name)
    words = [word for word in JOINTS.split(name) if word]
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
    for first, second in _halves(unit):
        lexicon.parted.setdefault(first, set()).update({(second, unit), (second.capitalize(), unit)})
    joined = JOINTS.sub("", unit)
    if joined != unit:
        lexicon.joined.setdefault(joined, unit)
    shortest = _SHORTEST["latin" if unit[0].isascii() else "kana"]
    if shortest <= len(unit) <= LONGEST and _spelt_out(unit):
        for key in shortened(unit.lower()):
            lexicon.meant.setdefault(key, set()).add(unit)


def _halves(unit: str) -> Iterator[tuple[str, str]]:
    """The two words as which a name of one word may be written by mistake; not two that mean something."""
    for at in range(_SHORTEST_HALF, len(unit) - _SHORTEST_HALF + 1) if unit.isascii() and unit.isalpha() else ():
        if not (is_common(unit[:at]) and is_common(unit[at:])):
            yield unit[:at], unit[at:]


def _learn_person(lexicon: Lexicon, name: str) -> None:
    words = [word for word in JOINTS.split(_plain(name)) if word]
    if len(words) > 1:
        lexicon.given.setdefault(words[-1], set()).add(words[0])
        lexicon.family.setdefault(words[0], set()).add(words[-1])
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
