"""Words of another language that were left in a text (W204).

In a language that is not written in Latin letters every Latin word must be a name this briefing knows or an established
one; elsewhere, and for words that share the script, tables list what is sometimes left in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefbook.rules.lexicon import LATIN
from briefbook.rules.passages import Field
from briefbook.rules.remark import Remark, Text, did_you_mean
from briefbook.rules.usage import Usage
from briefbook.rules.vocabulary import Words, is_common

_WORD = rf"[{LATIN}0-9]+(?:[&.+'’-][{LATIN}0-9]+)*"
_WORDS = re.compile(rf"{_WORD}(?:[ \u00a0]+(?:& )?{_WORD})*")
_ONE_WORD = re.compile(_WORD)
_LONGEST_NAME = 8


def foreign_words(text: Text, usage: Usage) -> Iterator[Remark]:
    """W204: words in `text` that belong to another language."""
    words = text.words
    if words is None or text.field in (Field.NAME, Field.PRINTED):
        return
    strange = usage.strange.get(words_key(text), set())
    if not text.tokens.isdisjoint(strange):
        for match in _WORDS.finditer(text.shown):
            yield from _in_run(text, match, strange, usage)
    if words.foreign is not None and text.signs:
        yield from _listed(text, words, usage)
    yield from _particles(text, words, usage)


def words_key(text: Text) -> str:
    """The language under which a text's strange words are kept."""
    return text.language or ""


def _in_run(text: Text, run: re.Match[str], strange: set[str], usage: Usage) -> Iterator[Remark]:
    """The strange words among Latin words that follow each other, neighbours taken together."""
    found = [(m.start(), m.end()) for m in _ONE_WORD.finditer(text.shown, run.start(), run.end())]
    named = _named(text.shown, found, usage.lexicon.at_home.get(words_key(text), set()))
    odd = [
        not named[n] and text.shown[a:b] in strange and not _goes_with_name(text.shown, found, named, n, usage)
        for n, (a, b) in enumerate(found)
    ]
    n = 0
    while n < len(found):
        if not odd[n]:
            n += 1
            continue
        last = n
        # Small words between strange ones belong to them.
        while last + 1 < len(found) and not named[last + 1] and (odd[last + 1] or text.shown[slice(*found[last + 1])].islower()):
            last += 1
        start, end = found[n][0], found[last][1]
        if not text.aside(start, end):
            yield _left_in(text, start, end, usage)
        n = last + 1


def _left_in(text: Text, start: int, end: int, usage: Usage) -> Remark:
    piece = text.shown[start:end]
    right = usage.lexicon.terms.get(words_key(text), {}).get(piece.lower())
    called = text.words.called if text.words else ""
    hint = did_you_mean(right) or f"write it in {called}; if it is a name, add it to the aliases of an actor or a term"
    return Remark("W204", start, end, f"“{piece}” is no {called}, and no name this briefing knows", hint)


def _named(text: str, found: list[tuple[int, int]], names: set[str]) -> list[bool]:
    """For each word whether it belongs to a name of several words."""
    named = [False] * len(found)
    for first in range(len(found)):
        for last in range(min(len(found), first + _LONGEST_NAME) - 1, first, -1):
            if text[found[first][0] : found[last][1]] in names:
                named[first : last + 1] = [True] * (last + 1 - first)
                break
    return named


def _goes_with_name(text: str, found: list[tuple[int, int]], named: list[bool], n: int, usage: Usage) -> bool:
    """Whether a capitalised word that is no common one stands beside a name: it then belongs to a longer name."""
    word = text[slice(*found[n])]
    if not word[0].isupper() or is_common(word):
        return False
    beside = [other for other in (n - 1, n + 1) if 0 <= other < len(found)]
    return any(named[other] or _is_name(text[slice(*found[other])], usage) for other in beside)


def _is_name(word: str, usage: Usage) -> bool:
    return word in usage.lexicon.names or (word in usage.lexicon.parts and not is_common(word))


def _listed(text: Text, words: Words, usage: Usage) -> Iterator[Remark]:
    assert words.foreign is not None
    for hit in words.foreign.find(text.shown, text.signs):
        piece = text.shown[hit.start : hit.end]
        if words.spaced:
            if not piece.islower() or text.aside(hit.start, hit.end) or _in_foreign_name(text.shown, hit.start, hit.end, usage):
                continue
        elif _inside_longer(text.shown, hit.start, words) or usage.lexicon.inside_name(text.shown, hit.start, hit.end):
            continue
        hint = did_you_mean(hit.advice) or f"write it in {words.called}, or mark it as a quotation"
        yield Remark("W204", hit.start, hit.end, f"“{piece}” is no {words.called}", hint)


def _in_foreign_name(text: str, start: int, end: int, usage: Usage) -> bool:
    """Whether it stands between words with capitals, or within a name."""
    before, after = text[:start].split()[-1:], text[end:].split()[:1]
    capital = [word[:1].isupper() for word in (*before, *after)]
    return (len(capital) == 2 and all(capital)) or usage.lexicon.inside_name(text, start, end)


def _inside_longer(text: str, start: int, words: Words) -> bool:
    """Whether an ideograph right before makes it the end of another word."""
    return not words.spaced and start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff" and "\u4e00" <= text[start] <= "\u9fff"


def _particles(text: Text, words: Words, usage: Usage) -> Iterator[Remark]:
    """A particle of another language behind a name: 「X 的社員」."""
    for particle, right in words.after_names.items():
        at = text.shown.find(particle)
        while at > 0:
            before = text.shown[:at].rstrip(" ")
            name = _ONE_WORD.findall(before[-40:])
            spaced = len(before) < at
            known = bool(name) and before.endswith(name[-1]) and (spaced or name[-1] in usage.lexicon.names)
            if known and re.match(r"[\u4e00-\u9fff]", text.shown[at + 1 : at + 2]):
                message = f"“{particle}” behind a name is no {words.called}"
                yield Remark("W204", at, at + 2, message, f"did you mean “{right}”?")
            at = text.shown.find(particle, at + 1)

