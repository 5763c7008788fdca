"""Letters that do not belong: scripts mixed in one word, foreign scripts, characters a language does not use (W201–W204).

What is foreign to a language, and which characters it has, is in its table; what the scripts are, in `data/scripts.yml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefbook.diagnostics import Severity
from briefbook.rules.letters import letter_table, script_of
from briefbook.rules.lexicon import Lexicon
from briefbook.rules.passages import Field
from briefbook.rules.remark import Remark, Text, did_you_mean
from briefbook.rules.vocabulary import Words, words_of

# Signs, marks and spaces that any text may have; what of them is wrong in a language is a matter of punctuation.
_SIGNS = (
    r"\x09\x0a\x0d\x20-\x40\x5b-\x60\x7b-\x7e\xa0-\xa9\xab\xac\xae-\xb9\xbb-\xbf\xd7\xf7\u02bb\u02bc\u2000-\u200a\u2010-\u2027\u202f-\u205f"
    r"\u2070-\u209c\u20a0-\u20c0\u2100-\u2bff\u3000-\u3004\u3008-\u3020\u3030-\u303d\u3200-\u33ff\ufe0e\ufe0f\uff01-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\uffe0-\uffee\ufffc\U0001f000-\U0001faff\U000e0100-\U000e01ef"
)
# Show nothing, whatever category they are in.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0\ufffd")
_LETTER = re.compile(r"[^\W\d_]")
_MIXED_ANYWHERE = re.compile(r"[A-Za-z](?=[\u0370-\u03ff\u0400-\u052f])|[\u0370-\u03ff\u0400-\u052f](?=[A-Za-z])")
# UTF-8 that was read as Windows-1252 or Latin-1.
_HIGH = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD = re.compile(rf"(?:Ã{_HIGH}|â€[\x80-\xbf™œ“”˜¦¢\x9d]?|Â[\xa0-\xbf])+|(?:[\xe3-\xe9]{_HIGH}{{2}}){{2,}}")


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Which characters of a language need a look."""

    doubtful: re.Pattern[str]
    # Letters that a foreign one would be in one word with, and what joins the parts of a name.
    joining: re.Pattern[str]
    # Letters that make up one word or compound.
    compound: re.Pattern[str]


def misplaced_letters(text: Text, lexicon: Lexicon, languages: tuple[str, ...]) -> Iterator[Remark]:
    """W201 to W204: letters in `text` that its language does not have; `languages` are those of the site."""
    yield from _misread(text)
    if text.words is None or not text.words.scripts:
        yield from _mixed_anywhere(text, lexicon)
        return
    done = 0
    for match in _bounds(text.words).doubtful.finditer(text.shown):
        if match.start() >= done:
            for remark in _judge(text, text.words, lexicon, languages, match.start()):
                done = remark.end
                yield remark


def _judge(text: Text, words: Words, lexicon: Lexicon, languages: tuple[str, ...], at: int) -> Iterator[Remark]:
    char = text.shown[at]
    if char in words.invisible:
        return
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cn", "Co", "Cs") or char in _BLANK:
        yield _unseen(text, at)
    elif category.startswith("M"):
        yield from _detached(text, at)
    elif category[0] == "L" or category == "Nd":
        script = script_of(char)
        if script in words.scripts:
            yield from _unusual(text, words, lexicon, at)
        else:
            yield from _foreign(text, words, lexicon, languages, at, script)


def _unseen(text: Text, at: int) -> Remark:
    code = f"U+{ord(text.shown[at]):04X}"
    name = unicodedata.name(text.shown[at], "no character").lower()
    return Remark("W203", at, at + 1, f"an invisible character, {code} ({name})", "delete it", Severity.ERROR, right="")


def _detached(text: Text, at: int) -> Iterator[Remark]:
    whole = unicodedata.normalize("NFC", text.shown[max(at - 1, 0) : at + 1])
    if len(whole) == 1 and at:
        message = f"“{whole}” is written as two characters, a letter and a mark (U+{ord(text.shown[at]):04X})"
        yield Remark("W203", at - 1, at + 1, message, f"write “{whole}” as one character: normalise the file to NFC", right=whole)


def _unusual(text: Text, words: Words, lexicon: Lexicon, at: int) -> Iterator[Remark]:
    """A character in a script of the language that the language does not use, with the word around it."""
    if unicodedata.east_asian_width(text.shown[at]) in "FH":
        return  # a matter of width
    start, end = _around(text.shown, at, at + 1, _bounds(words).compound, 40 if words.spaced else 3)
    strange = [c for c in text.shown[start:end] if _bounds(words).doubtful.fullmatch(c) and script_of(c) in words.scripts]
    certain = any(not _possible(c, words) for c in strange)
    if not certain and (text.field is Field.NAME or _is_anybodys(text.shown, start, end, set(strange), lexicon)):
        return
    piece = text.shown[start:end]
    listed = ", ".join(f"{c} (U+{ord(c):04X})" for c in dict.fromkeys(strange))
    said = "does not have" if certain else "hardly uses"
    message = f"“{piece}” has a character that {words.called} {said}: {listed}"
    right = meant_by(piece, words, lexicon)
    yield Remark("W203", start, end, message, did_you_mean(right), Severity.ERROR if certain else Severity.WARNING)


def _foreign(
    text: Text, words: Words, lexicon: Lexicon, languages: tuple[str, ...], at: int, script: str
) -> Iterator[Remark]:
    """Letters of a script that the language does not have: inside a word, or words of their own."""
    family = next((w.own for code in languages if (w := words_of(code)) and script in w.own), frozenset({script}))
    start, end = _run(text.shown, at, family)
    if _is_symbol(text.shown, start, end) or (text.field is not Field.NAME and _in_a_name(text.shown, start, end, lexicon)):
        if name := lexicon.name_around(text.shown, start, end):
            yield from _name_left_in(text, words, lexicon, start, name)
        return
    left, right = _around(text.shown, start, end, _bounds(words).joining, 40)
    if any(neighbour.isalpha() for neighbour in (text.shown[start - 1 : start] if left < start else "", text.shown[end : right][:1])):
        piece = text.shown[left:right]
        seen = ", ".join(sorted({script_of(c) for c in piece if c.isalpha()}))
        message = f"“{piece}” mixes letters of several scripts: {seen}"
        hint = did_you_mean(meant_by(piece, words, lexicon))
        yield Remark("W201", left, right, message, hint, Severity.ERROR, _same_name(piece, lexicon))
    elif len(family) > 1 or any(script in w.own for code in languages if (w := words_of(code))):
        if not text.aside(start, end) and text.field is not Field.NAME:
            message = f"“{text.shown[start:end]}” is no {words.called} and no name this briefing knows"
            yield Remark("W204", start, end, message, f"write it in {words.called}")
    else:
        message = f"“{text.shown[start:end]}” is written in {script} letters, which {words.called} does not use"
        yield Remark("W202", start, end, message, did_you_mean(meant_by(text.shown[start:end], words, lexicon)))


def _name_left_in(text: Text, words: Words, lexicon: Lexicon, start: int, name: str) -> Iterator[Remark]:
    """An actor's name in the script of another language, where it does not explain the name in this one."""
    right = lexicon.in_latin.get(name)
    if right is None or text.field is Field.NAME or "Latin" not in words.own:
        return
    at = text.shown.find(name, max(start - len(name), 0))
    near = len(right) + 10
    explains = right in text.shown[max(at - near, 0) : at + len(name) + near]
    if at >= 0 and not explains and not text.aside(at, at + len(name)):
        message = f"“{name}” is not how {words.called} writes this name"
        yield Remark("W204", at, at + len(name), message, did_you_mean(right))


def _misread(text: Text) -> Iterator[Remark]:
    if not text.shown.isascii():
        for match in _MISREAD.finditer(text.shown):
            right = _unmisread(match[0])
            message = f"“{match[0]}” is UTF-8 that was read in another encoding"
            hint = did_you_mean(right) or "type it again"
            yield Remark("W203", match.start(), match.end(), message, hint, Severity.ERROR, right)


def _unmisread(piece: str) -> str | None:
    # Five bytes mean nothing in Windows-1252; programs keep them as they are.
    raw = bytearray()
    for char in piece:
        try:
            raw += char.encode("cp1252") if ord(char) > 0xFF else bytes([ord(char)])
        except UnicodeEncodeError:
            return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _mixed_anywhere(text: Text, lexicon: Lexicon) -> Iterator[Remark]:
    """What is wrong in any language: Latin letters and letters that look like them in one word; blanks within it."""
    done = 0
    for match in _MIXED_ANYWHERE.finditer(text.shown):
        start, end = _around(text.shown, match.start(), match.end(), _LETTER, 40)
        foreign = [c for c in text.shown[start:end] if not c.isascii()]
        if start < done or (len(foreign) == 1 and foreign[0] in letter_table().symbols):
            continue
        done = end
        piece = text.shown[start:end]
        seen = ", ".join(sorted({script_of(c) for c in piece}))
        hint = did_you_mean(meant_by(piece, None, lexicon))
        yield Remark("W201", start, end, f"“{piece}” mixes letters of several scripts: {seen}", hint, Severity.ERROR, _same_name(piece, lexicon))


def _same_name(piece: str, lexicon: Lexicon) -> str | None:
    """The name that differs from `piece` in nothing a reader can see."""
    same = "".join(letter_table().alike.get(c, c) for c in piece)
    return same if same in lexicon.names or same in lexicon.parts else None


def meant_by(piece: str, words: Words | None, lexicon: Lexicon) -> str | None:
    """What `piece` was probably meant to be: the same in the right letters, or the known name nearest to it."""
    same = "".join(letter_table().alike.get(c, c) for c in piece)
    if same != piece and same.isascii():
        return lexicon.cased.get(same.lower(), same)
    if name := lexicon.guess(piece):
        return name
    if words is None:
        return None
    instead = {**words.instead, **words.old}
    right = "".join(instead.get(c, c) for c in piece)
    known = len(right) == len(piece) and all(_usual(c, words) for c in right)
    return right if known and right != piece else None


@lru_cache(maxsize=64)
def _bounds(words: Words) -> _Bounds:
    fine = [_SIGNS, words.letters, re.escape(words.usual)]
    known = {"Latin": words.letters, "Han": words.usual}
    fine += [letter_table().inside(script) for script in sorted(words.scripts) if not known.get(script)]
    replaced = "".join(re.escape(c) for c in (*words.instead, *words.old))
    doubtful = f"[^{''.join(fine)}]" + (f"|[{replaced}]" if replaced else "")
    hiragana, han = letter_table().inside("Hiragana"), letter_table().inside("Han")
    letter = r"[^\W\d_]"
    return _Bounds(
        re.compile(doubtful),
        re.compile(letter if words.spaced else rf"(?![{hiragana}{han}])(?:{letter}|・)"),
        re.compile(letter if words.spaced else rf"(?![{hiragana}A-Za-z]){letter}"),
    )


def _around(text: str, start: int, end: int, letter: re.Pattern[str], most: int) -> tuple[int, int]:
    """From where to where letters go on around a piece, `most` on either side."""
    first, last = start, end
    while first > max(start - most, 0) and letter.match(text, first - 1):
        first -= 1
    while last < min(end + most, len(text)) and letter.match(text, last):
        last += 1
    return first, last


def _run(text: str, at: int, family: frozenset[str]) -> tuple[int, int]:
    """From where to where words of the same scripts go, spaces between them included."""

    def goes_on(place: int) -> bool:
        return unicodedata.category(text[place])[0] == "M" or script_of(text[place]) in family

    start = end = at
    while start > 0 and goes_on(start - 1):
        start -= 1
    ahead = at
    while ahead < len(text) and (text[ahead] == " " or goes_on(ahead)):
        ahead += 1
        end = ahead if text[ahead - 1] != " " else end
    return start, end


def _is_symbol(text: str, start: int, end: int) -> bool:
    """Whether it is a single letter that stands for a quantity, such as the μ of μm."""
    if end - start != 1 or text[start] not in letter_table().symbols:
        return False
    return not re.match(r"[a-z]", text[max(start - 1, 0) : start]) and not re.match(r"[A-Za-z]{4}", text[end : end + 4])


def _in_a_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the piece is a name that this briefing knows, or part of one that the text has in full."""
    piece = text[start:end]
    part = any(piece in name and name in text for name in lexicon.lettered.get(piece[0], ()))
    return part or piece in lexicon.names or lexicon.inside_name(text, start, end)


def _is_anybodys(text: str, start: int, end: int, strange: set[str], lexicon: Lexicon) -> bool:
    """Whether every strange character stands beside the same neighbour in somebody’s name."""
    places = [at for at in range(start, end) if text[at] in strange]
    return all(
        any(text[at - 1 : at + 1] in name or text[at : at + 2] in name for name in lexicon.lettered.get(text[at], ())) for at in places
    )


def _possible(char: str, words: Words) -> bool:
    """Whether the language may have a character at all."""
    if words.possible is None:
        return char in words.instead and not words.letters
    try:
        char.encode(words.possible)
    except UnicodeEncodeError:
        return False
    return True


def _usual(char: str, words: Words) -> bool:
    return not _bounds(words).doubtful.match(char)
