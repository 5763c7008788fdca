"""Marks and spaces: of the wrong width, doubled, unbalanced; and words written twice (W207, W213)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefbook.rules.letters import letter_table
from briefbook.rules.passages import Field
from briefbook.rules.phrases import NEVER
from briefbook.rules.remark import Remark, Text, did_you_mean
from briefbook.rules.vocabulary import Words

_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:[０-９Ａ-Ｚａ-ｚ．，]*[０-９Ａ-Ｚａ-ｚ])?")
_NARROW = re.compile(r"[ｦ-ﾟ]+")
_TWICE = re.compile(r"(?<![\w-])([^\W\d_]+)\s+\1(?![\w-])", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_DOUBLED = re.compile(r"([。、，．؟،؛])[。、，．؟،؛]+|(?<![.,;:!?])([,;:])\2(?![,;:])|(?<![.])[.]{2}(?=\s|$)|,\.|;,|,;|。、|、。|[！!]{2,}|[？?]{2,}")
_TWO_MARKS = re.compile(r"[。、，．؟،؛,;:.！!？?][。、，．؟،؛,;:.！!？?]")
_PAIRED = "()[]{}（）［］｛｝「」『』"
_PAIR = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|［[^［］]*］|\{[^{}]*\}|「[^「」]*」|『[^『』]*』")
_IDEOGRAPHS = re.compile(r"[一-鿿々]{2}")
_SAME = re.compile(r"([一-鿿々]{2,6})\1|([ァ-ヺー]{3,})\2|([ぁ-ゖ]{3,6})\3")
# Brackets that close something in Latin letters, as in “OS (Linux)”, belong to those letters.
_LATIN_BRACKET = re.compile(r"(?<=[A-Za-z0-9])[ ]?\([A-Za-z0-9 .,:;&+/'’–-]+\)")
_ENUMERATED = re.compile(r"(?:^|[\s(、。])(?:[a-z]|[ivx]{1,4}|\d{1,2})\)")


@dataclass(frozen=True, slots=True)
class _Marks:
    """What to look for in one language."""

    wrong: re.Pattern[str] | None
    any_wrong: re.Pattern[str]
    gap: re.Pattern[str] | None
    straight: re.Pattern[str] | None
    loose: re.Pattern[str] | None
    opening: frozenset[str]
    # What opened, by what closes it.
    closing: dict[str, frozenset[str]]
    any_bracket: re.Pattern[str]


def wrong_marks(text: Text) -> Iterator[Remark]:
    """W207: punctuation, letters, digits and spaces of the wrong width; what is doubled."""
    if text.field is Field.PRINTED:
        return
    yield from _widths(text)
    if text.words is None:
        return
    marks = _marks(text.words)
    if text.field is not Field.NAME:
        yield from _foreign_marks(text, text.words, marks)
        yield from _spacing(text, text.words, marks)
        yield from _repeated(text, text.words)


def unbalanced(text: Text) -> Iterator[Remark]:
    """W213: a bracket or quotation mark without its other half."""
    if text.words is None or text.field is Field.PRINTED:
        return
    marks = _marks(text.words)
    shown = text.shown
    if marks.any_bracket.search(shown) is None:
        return
    numbered = {match.end() - 1 for match in _ENUMERATED.finditer(shown)}
    open_: list[tuple[int, str]] = []
    for match in marks.any_bracket.finditer(shown):
        at, mark = match.start(), match[0]
        if mark in marks.closing and open_ and open_[-1][1] in marks.closing[mark]:
            open_.pop()
        elif mark in marks.opening:
            open_.append((at, mark))
        elif at not in numbered and not _is_apostrophe(shown, at):
            yield Remark("W213", at, at + 1, f"“{mark}” closes nothing that is open", "add the other half, or delete this one")
            return
    for at, mark in open_:
        yield Remark("W213", at, at + 1, f"“{mark}” is not closed", "add the other half, or delete this one")


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] in "’'" or (text[at] == '"' and text[at - 1 : at].isdigit())


def _widths(text: Text) -> Iterator[Remark]:
    if text.shown.isascii():
        return
    for pattern, called in ((_WIDE, "full-width"), (_NARROW, "half-width")):
        for match in pattern.finditer(text.shown):
            right = unicodedata.normalize("NFKC", match[0])
            yield Remark("W207", match.start(), match.end(), f"“{match[0]}” is {called}", did_you_mean(right), right=right)


def _foreign_marks(text: Text, words: Words, marks: _Marks) -> Iterator[Remark]:
    # Most texts have none of the marks at all, which is faster to see than that none stands beside a letter.
    some = marks.wrong is not None and marks.any_wrong.search(text.shown) and marks.wrong.search(text.shown)
    wrong = _wrong_marks(text, marks.wrong) if marks.wrong is not None and some else {}
    for at, mark in wrong.items():
        # Where spaces part words, one may be missing behind the mark too; and half a pair is worse than a wrong pair.
        certain = not words.spaced and (mark not in _PAIRED or _mates(text.shown).get(at) in wrong)
        right = words.marks[mark]
        message = f"“{mark}” is not how {words.called} is punctuated"
        yield Remark("W207", at, at + 1, message, did_you_mean(right), right=right if certain else None)
    if marks.straight is not None:
        for match in marks.straight.finditer(text.shown):
            message = f"straight quotation marks around {words.called}"
            yield Remark("W207", match.start(), match.start() + 1, message, f"write {words.listed('quotes')[0]}")


def _wrong_marks(text: Text, wrong: re.Pattern[str]) -> dict[int, str]:
    """The wrong marks by where they stand; not those that belong to Latin letters."""
    spared = {n for match in _LATIN_BRACKET.finditer(text.shown) for n in range(match.start(), match.end())}
    found = (match for match in wrong.finditer(text.shown) if match.start() not in spared)
    return {match.start(): match[0] for match in found if not _ends_abbreviation(text.shown, match)}


@lru_cache(maxsize=8)
def _mates(text: str) -> dict[int, int]:
    """Where the other half of each bracket stands."""
    pairs = [(match.start(), match.end() - 1) for match in _PAIR.finditer(text)]
    return {**dict(pairs), **{closing: opening for opening, closing in pairs}}


def _ends_abbreviation(text: str, match: re.Match[str]) -> bool:
    """Whether it belongs to the Latin letters before it, as in “U.S.” or a brand’s name."""
    return match[0] in ".!?" and bool(re.match(r"[A-Za-z]", text[match.start() - 1 : match.start()]))


def _spacing(text: Text, words: Words, marks: _Marks) -> Iterator[Remark]:
    if "  " in text.shown or " \u00a0" in text.shown:
        for match in _SPACES.finditer(text.shown):
            if not text.passage.typed(match.start(), match.end()).isspace():
                continue  # something stands between them that readers do not see
            yield Remark("W207", match.start(), match.end(), "more than one space", "write one", right=" ")
    if marks.gap is not None and text.field is not Field.HEADLINE:
        for match in marks.gap.finditer(text.shown):
            piece = text.shown[match.start() - 1 : match.end() + 1]
            # Between ideographs it may part a family name from a given name.
            right = None if _IDEOGRAPHS.fullmatch(piece[0] + piece[-1]) else piece[0] + piece[-1]
            message = f"a space within {words.called} words: “{piece}”"
            yield Remark("W207", match.start() - 1, match.end() + 1, message, "delete it", right=right)
    if marks.loose is not None:
        for match in marks.loose.finditer(text.shown):
            yield Remark("W207", match.start(), match.end(), f"a space before “{match[1]}”", "delete it", right=match[1])


def _repeated(text: Text, words: Words) -> Iterator[Remark]:
    for match in _DOUBLED.finditer(text.shown) if _TWO_MARKS.search(text.shown) else ():
        right = match[0][0] if len(set(match[0])) == 1 else None
        message = f"doubled punctuation: “{match[0]}”"
        yield Remark("W207", match.start(), match.end(), message, "write one mark", right=right)
    allowed = words.listed("doubled-allowed")
    if words.spaced:
        for match in _TWICE.finditer(text.shown):
            named = match[0][0].isupper() and match[0].split()[1][0].isupper()
            if match[1].lower() not in allowed and not named:
                yield Remark("W207", match.start(), match.end(), f"a word written twice: “{match[0]}”", f"write “{match[1]}”")
        return
    for match in _SAME.finditer(text.shown):
        if match[0] not in allowed:
            once = next(group for group in match.groups() if group)
            yield Remark("W207", match.start(), match.end(), f"a word written twice: “{match[0]}”", f"write “{once}”")
    for particle in words.listed("doubled-particles"):
        if (at := text.shown.find(particle)) >= 0:
            yield Remark("W207", at, at + len(particle), f"a particle written twice: “{particle}”", "write it once")


def _touching(wrong: str, beside: str) -> re.Pattern[str] | None:
    """Finds marks beside letters of the language, and brackets with only a space between."""
    if not wrong:
        return None
    opening, closing = (r"\(" if r"\(" in wrong else "(?!)"), (r"\)" if r"\)" in wrong else "(?!)")
    return re.compile(
        rf"(?<=[{beside}])[{wrong}]|[{wrong}](?=[{beside}])|(?<=[{beside}] ){opening}|{closing}(?= [{beside}])"
    )


def _narrow(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark)


@lru_cache(maxsize=64)
def _marks(words: Words) -> _Marks:
    own = "".join(letter_table().inside(script) for script in sorted(words.own))
    wrong = "".join(re.escape(mark) for mark in words.marks)
    # Marks that belong to either neighbour count as well: “」,” is as wrong as “語,”.
    beside = own + ("" if words.spaced else "「」『』、。（）〜")
    # Single quotation marks are also apostrophes, so they are left alone.
    pairs = [pair for pair in (*words.listed("quotes"), *words.listed("brackets")) if pair[0] != pair[1] and pair[0] not in "‘‚"]
    # A bracket of the wrong width is wrong, but it closes what the right one would.
    closing = {pair[1]: frozenset(other[0] for other in pairs if _narrow(other[1]) == _narrow(pair[1])) for pair in pairs}
    return _Marks(
        _touching(wrong, beside),
        re.compile(f"[{wrong}]") if wrong else NEVER,
        None if words.spaced else re.compile(rf"(?<=[{own}])[ \u3000\u00a0]+(?=[{own}])"),
        None if words.spaced else re.compile(rf"(\"|(?<![A-Za-z])')(?=[^\"']*[{own}])[^\"']*\1"),
        re.compile(rf"(?<=[^\W\d_])[ \u00a0]+([{re.escape(str(words.table['close-up']))}])(?=\s|$)") if "close-up" in words.table else None,
        frozenset(pair[0] for pair in pairs),
        closing,
        re.compile("[" + "".join(re.escape(c) for pair in pairs for c in pair) + "]"),
    )
