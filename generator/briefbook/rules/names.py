"""Names that are spelt in ways nobody bears: slips, wrong capitals, halves in another script, two spellings (W205, W214)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefbook.rules.disguises import disguised_names
from briefbook.rules.lexicon import KANA, LATIN, LONGEST, one_slip
from briefbook.rules.passages import Field
from briefbook.rules.remark import Remark, Text, did_you_mean
from briefbook.rules.usage import Usage

_FAMILY = re.compile(rf" ([{LATIN}]{{4,}})")
_GIVEN = re.compile(rf"([{LATIN}]{{4,}}) $")
_LATIN_BEFORE = re.compile(rf"(?:[{LATIN}0-9]+[ .&/-])+$")
_LATIN_AFTER = re.compile(rf"(?:[ .&/-][{LATIN}0-9]+)+")
# A given name in one script, the rest of the name in another.
_HALF = re.compile(
    rf"(?<![{KANA}])(?P<given>[{KANA}]+)[・＝](?P<family>[{LATIN}]{{2,}})"
    rf"|(?<![{LATIN}])(?P<given_latin>[{LATIN}]{{2,}})[・＝](?P<family_kana>[{KANA}]+)"
    rf"|(?P<surname>[\u4e00-\u9fff]{{1,4}}) ?(?P<rest>[{LATIN}]{{3,}})"
)


def misspelt_names(text: Text, usage: Usage) -> Iterator[Remark]:
    """W205: what is probably an actor's name, but no name or alias of one."""
    if text.words is None or text.field in (Field.NAME, Field.PRINTED):
        return
    yield from disguised_names(text, usage.lexicon)
    if not text.tokens.isdisjoint(usage.slips):
        yield from _slips(text, usage)
    yield from _parted(text, usage)
    yield from _given_names(text, usage)
    yield from _family_names(text, usage)
    if not text.words.spaced:
        yield from _halves(text, usage)


def two_spellings(text: Text, usage: Usage) -> Iterator[Remark]:
    """W214: one text that writes the same name in two ways."""
    if text.words is None or text.field in (Field.NAME, Field.PRINTED):
        return
    if "Latin" not in text.words.own:
        for word in sorted(text.tokens & usage.lexicon.elsewhere.keys()):
            yield from _both_scripts(text, word, usage)
    for word in sorted(text.tokens & usage.lexicon.variants.keys()):
        others = sorted(text.tokens & usage.lexicon.variants[word])
        if others and word > others[0]:
            match = _anywhere(word).search(text.shown)
            if match:
                message = f"“{word}” is also written “{others[0]}” in this text"
                yield Remark("W214", match.start(), match.end(), message, "write a name in one way throughout a text")


def _both_scripts(text: Text, word: str, usage: Usage) -> Iterator[Remark]:
    other = next((o for o in usage.lexicon.elsewhere[word] if o in text.shown), None)
    if other is None or word.isupper():
        return
    for match in _anywhere(word).finditer(text.shown):
        start, end = _latin_words_around(text.shown, match)
        # With other words it names a product, an address or something else.
        alone = text.shown[start:end] in usage.lexicon.elsewhere
        if alone and not text.aside(start, end) and not usage.lexicon.inside_name(text.shown, start, end):
            message = f"“{text.shown[start:end]}” is also written “{other}” in this text"
            yield Remark("W214", start, end, message, "write a name in one way throughout a text")
            return


def _latin_words_around(text: str, match: re.Match[str]) -> tuple[int, int]:
    before = _LATIN_BEFORE.search(text, max(match.start() - LONGEST, 0), match.start())
    after = _LATIN_AFTER.match(text, match.end())
    return before.start() if before else match.start(), after.end() if after else match.end()


def _slips(text: Text, usage: Usage) -> Iterator[Remark]:
    for token in sorted(text.tokens & usage.slips.keys()):
        slip = usage.slips[token]
        if slip.why == "case" and text.shown.isupper() and len(text.lowered) > 2:
            continue  # all of it is in capitals
        for match in _anywhere(token).finditer(text.shown):
            if not usage.lexicon.inside_name(text.shown, match.start(), match.end()):
                is_it = "is written otherwise" if slip.why == "case" else "is no name or alias of anybody here"
                yield Remark("W205", match.start(), match.end(), f"“{token}” {is_it}", did_you_mean(slip.right))


def _parted(text: Text, usage: Usage) -> Iterator[Remark]:
    """A name of one word that is written as two."""
    for first in sorted(text.tokens & usage.lexicon.parted.keys()):
        for second, name in sorted(usage.lexicon.parted[first]):
            if second not in text.tokens:
                continue
            for match in re.finditer(rf"(?<![A-Za-z0-9.{KANA}])({re.escape(first)}[ ・‐-]{re.escape(second)})(?![A-Za-z0-9])", text.shown):
                if not usage.lexicon.inside_name(text.shown, match.start(), match.end()):
                    yield Remark("W205", match.start(), match.end(), f"“{match[0]}” is one word", did_you_mean(name))


def _given_names(text: Text, usage: Usage) -> Iterator[Remark]:
    """A slip in a given name, which only the family name behind it makes certain."""
    for family in sorted(text.tokens & usage.lexicon.given.keys()):
        givens = usage.lexicon.given[family]
        for match in _anywhere(family).finditer(text.shown):
            before = _GIVEN.search(text.shown, max(match.start() - LONGEST, 0), match.start())
            if before is None or before[1] in givens:
                continue
            near = next((given for given in sorted(givens) if one_slip(before[1].lower(), given.lower())), None)
            if near and before[1] not in usage.lexicon.parts:
                message = f"“{before[1]} {family}” is no name or alias of anybody here"
                yield Remark("W205", before.start(1), match.end(), message, did_you_mean(f"{near} {family}"))


def _family_names(text: Text, usage: Usage) -> Iterator[Remark]:
    """A slip in a family name that is another's, or a form of it, unless the given name before it says who is meant."""
    for given in sorted(text.tokens & usage.lexicon.family.keys()):
        families = usage.lexicon.family[given]
        for match in _anywhere(given).finditer(text.shown):
            behind = _FAMILY.match(text.shown, match.end())
            if behind is None or behind[1] in usage.lexicon.parts:
                continue
            low = behind[1].lower()
            near = next((f for f in sorted(families) if one_slip(low, f.lower()) and low != f"{f.lower()}s"), None)
            if near:
                message = f"“{given} {behind[1]}” is no name or alias of anybody here"
                yield Remark("W205", match.start(), behind.end(1), message, did_you_mean(f"{given} {near}"))


def _halves(text: Text, usage: Usage) -> Iterator[Remark]:
    """Half a name in the script of the text, the other half in Latin letters: 「X justice」."""
    if not any(token.isascii() and token.isalpha() and len(token) > 1 for token in text.tokens):
        return
    for match in _HALF.finditer(text.shown):
        known, other, start = _known_half(match, usage)
        full = usage.lexicon.full.get(known)
        if full and not _is_abbreviation(other) and (not match["surname"] or other.islower() or other in usage.lexicon.parts):
            message = f"“{text.shown[start : match.end()]}” is half a name and half something else"
            yield Remark("W205", start, match.end(), message, did_you_mean(full))


def _known_half(match: re.Match[str], usage: Usage) -> tuple[str, str, int]:
    """The half in the script of the text, the other half, and where the name begins."""
    if match["given"]:
        return match["given"], match["family"], match.start()
    if match["family_kana"]:
        return match["family_kana"], match["given_latin"], match.start()
    known = match["surname"]
    # Ideographs before a surname are other words.
    while known and known not in usage.lexicon.full:
        known = known[1:]
    return known, match["rest"], match.end("surname") - len(known)


def _is_abbreviation(word: str) -> bool:
    return any(c.isupper() for c in word[1:])


@lru_cache(maxsize=10_000)
def _anywhere(word: str) -> re.Pattern[str]:
    """Finds a word that stands alone: not within another, an address or a handle."""
    if word.isascii():
        return re.compile(rf"(?<![A-Za-z0-9_À-ɏ@#/.]){re.escape(word)}(?![A-Za-z0-9_À-ɏ@/]|\.[a-z])")
    if re.match(rf"[{KANA}]", word):
        return re.compile(rf"(?<![{KANA}]){re.escape(word)}(?![{KANA}])")
    return re.compile(re.escape(word))
