"""Fixes that are certain: offered with what was found, and made in the files with `check --fix`.

Certain means that nobody who knows the format could have meant anything else. Where two readings are possible, such
as `05/06/2025`, nothing is offered.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path

from pydantic_core import PydanticCustomError

from briefbook.diagnostics import Diagnostic, Edit, Fix, Lines, Place, in_order
from briefbook.model.amounts import Amount
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT
from briefbook.model.claims import Confidence, Status
from briefbook.model.dates import When
from briefbook.model.facts import KINDS, ActorKind, Direction, DisputeStatus, Read, RelationKind, SourceKind
from briefbook.model.text import is_id
from briefbook.reading.locating import Standing, delete, everything
from briefbook.reading.yamledit import CannotEdit, apply, rename_key, replace_scalar, replace_word, save, span
from briefbook.reading.yamltree import Node, read_tree

# Enough for fixes that bring to light what others can be made for; one more round would change nothing.
_ROUNDS = 8


def offered(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[Diagnostic]:
    """The same findings, each with its fix where there is one that is certain. `texts` are those of the fact files."""
    found = list(diagnostics)
    desk = _Desk(texts, found)
    mendable = [one.code in _MENDERS and one.place.file in texts for one in found]
    return [
        _with_its_space(one, texts) if one.fix else desk.with_fix(one) if may_be else one
        for one, may_be in zip(found, mendable, strict=True)
    ]


def mended(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[dict[str, str], list[Diagnostic]]:
    """The new text of every file that fixes change, and the findings whose fixes these are.

    Of fixes that want to change the same words only the first is made; the next check finds the other one again.
    """
    # By file, in the order of places, so that only neighbours need to be looked at.
    edits: dict[str, list[Edit]] = {file: [] for file in texts}
    made: list[Diagnostic] = []
    for one in in_order(diagnostics):
        if one.fix and all(edit.file in texts and _fits(edit, edits[edit.file]) for edit in one.fix.edits):
            made.append(one)
            for edit in one.fix.edits:
                if edit not in _beside(edit, edits[edit.file]):
                    insort(edits[edit.file], edit)
    after = {file: apply(texts[file], changes) for file, changes in edits.items() if changes}
    unsound = {file for file, text in after.items() if not _still_reads(texts[file], text, file)}
    sound = [one for one in made if one.fix and not unsound & {edit.file for edit in one.fix.edits}]
    return {file: text for file, text in after.items() if file not in unsound}, sound


def difference(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """What the fixes would change, as a unified diff; nothing where there is nothing to fix."""
    after, _ = mended(diagnostics, texts)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for file in sorted(after)
        for line in difflib.unified_diff(
            texts[file].splitlines(keepends=True), after[file].splitlines(keepends=True), f"a/{file}", f"b/{file}"
        )
    )


@dataclass
class Mended:
    """What `--fix` came to: the findings that are mended, the files changed, what is left, and what went wrong."""

    made: list[Diagnostic] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    left: list[Diagnostic] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """One line, as: 3 problems fixed in 2 files."""
        problems, files = len(self.made), len(self.files)
        return f"{problems:,} problem{'' if problems == 1 else 's'} fixed in {files:,} file{'' if files == 1 else 's'}."


Check = Callable[[], tuple[Sequence[Diagnostic], Mapping[str, str]]]


def fix_files(check: Check, home: Path, wanted: Callable[[Sequence[Diagnostic]], Sequence[Diagnostic]] = list) -> Mended:
    """Make every certain fix in the files, checking again until there is none left to make.

    `check` reads all files anew and gives what was found and the texts; files are named from `home`. Only findings
    that `wanted` lets through are fixed, and told of.
    """
    result = Mended()
    for _ in range(_ROUNDS):
        found, texts = check()
        result.left = offered(wanted(found), texts)
        after, made = mended(result.left, texts)
        written = {file for file, text in after.items() if _saved(home / file, texts[file], text, result)}
        done = [one for one in made if one.fix and all(edit.file in written for edit in one.fix.edits)]
        result.made += done
        result.files = sorted({*result.files, *written})
        if not written or result.failed:
            break
    return result


def _saved(path: Path, before: str, after: str, result: Mended) -> bool:
    try:
        save(path, before, after)
    except (OSError, CannotEdit) as error:
        result.failed.append(f"{path}: {error}")
        return False
    return True


def _fits(edit: Edit, others: Sequence[Edit]) -> bool:
    """Whether an edit overlaps none of `others`, which are in order and do not overlap either, or is one of them."""
    return all(edit == other or edit.end <= other.offset or other.end <= edit.offset for other in _beside(edit, others))


def _beside(edit: Edit, others: Sequence[Edit]) -> Sequence[Edit]:
    """Those that could touch the same words: the last before it and all that start within it."""
    first = bisect_left(others, edit.offset, key=lambda other: other.offset)
    last = bisect_right(others, edit.end, key=lambda other: other.offset)
    return others[max(0, first - 1) : last]


def _still_reads(before: str, after: str, file: str) -> bool:
    """Whether a file reads at least as well as before: it does not lose its tree, nor gain mistakes of YAML."""
    (old, found), (new, found_now) = read_tree(before, file), read_tree(after, file)
    return (new is not None or old is None) and len(found_now) <= len(found)


class _Desk:
    """The files as trees, each read when it is asked for."""

    def __init__(self, texts: Mapping[str, str], found: Sequence[Diagnostic]) -> None:
        self.texts = texts
        # Where the same is said of the same file.
        self.alike: dict[tuple[str, str, str], set[Place]] = {}
        for one in found:
            self.alike.setdefault((one.place.file, one.code, one.message), set()).add(one.place)
        self.pages = cache(lambda file: _Page(file, texts[file]))

    def with_fix(self, diagnostic: Diagnostic) -> Diagnostic:
        try:
            fix = _MENDERS[diagnostic.code](self, self.pages(diagnostic.place.file), diagnostic)
        except CannotEdit:
            return diagnostic
        return _with_its_space(replace(diagnostic, fix=fix), self.texts)

    def reword(self, page: _Page, found: Diagnostic, old: str, new: str) -> Fix | None:
        """The fix that writes `new` for `old` at the place of a finding.

        Where `old` stands several times in a text, and is not found wrong each time, nobody knows for certain which is meant.
        """
        offset = page.lines.offset(found.place.line, found.place.column)
        node = page.around(offset)
        if node is None:
            return None
        places = [page.lines.offset(at.line, at.column) for at in self.alike[found.place.file, found.code, found.message]]
        if page.text.count(old, node.start, node.end) != sum(node.start <= at < node.end for at in places):
            return None
        return page.reword(offset, old, new)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id under which a fact is written, as it is written."""
        found: set[str] = set()
        for file in self.texts:
            tree = self.pages(file).tree
            sections = tree.value if tree is not None and isinstance(tree.value, dict) else {}
            for kind, facts in sections.items():
                if kind in KINDS and isinstance(facts.value, dict):
                    found.update(facts.value)
        return frozenset(found)


class _Page:
    """One file: its values and keys by line and column."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.tree, _ = read_tree(text, name)

    @cached_property
    def _standings(self) -> Sequence[Standing]:
        return tuple(everything(self.tree)) if self.tree is not None else ()

    @cached_property
    def _values(self) -> dict[Place, Standing]:
        return {one.node.place: one for one in self._standings if not isinstance(one.node.value, dict | list)}

    @cached_property
    def _mappings(self) -> dict[Place, Standing]:
        return {one.node.place: one for one in self._standings if isinstance(one.node.value, dict)}

    @cached_property
    def _keys(self) -> dict[Place, tuple[Standing, str]]:
        return {place: (one, key) for one in self._standings for key, place in one.node.keys.items()}

    def value(self, place: Place) -> Standing | None:
        """The text, number or the like that stands there."""
        return self._values.get(place)

    def mapping(self, place: Place) -> Standing | None:
        """The mapping that stands there."""
        return self._mappings.get(place)

    def key(self, place: Place) -> tuple[Standing, str] | None:
        """The mapping and the key in it that stands there."""
        return self._keys.get(place)

    @cached_property
    def lines(self) -> Lines:
        """For places within texts."""
        return Lines(self.text)

    def write(self, standing: Standing, new: str | int | bool | None) -> Fix:
        """The fix that writes `new` in place of a value."""
        old = self.text[slice(*span(self.text, standing.node))]
        shown = f"“{new}”" if isinstance(new, str) else {True: "true", False: "false"}.get(bool(new), "")
        return Fix(f"write {shown} for “{old}”", (replace_scalar(self.text, standing.node, new),))

    @cached_property
    def _texts(self) -> tuple[list[int], list[Node]]:
        """Every text, by where it starts."""
        nodes = sorted((one.node for one in self._values.values() if isinstance(one.node.value, str)), key=lambda node: node.start)
        return [node.start for node in nodes], nodes

    def around(self, offset: int) -> Node | None:
        """The text that a character belongs to."""
        starts, nodes = self._texts
        position = bisect_right(starts, offset) - 1
        return nodes[position] if position >= 0 and offset < nodes[position].end else None

    def reword(self, offset: int, old: str, new: str) -> Fix | None:
        """The fix that writes `new` for the words that stand just there; None where they do not, letter by letter."""
        node = self.around(offset)
        if node is None or not self.text.startswith(old, offset):
            return None
        edit = replace_word(self.text, node, old, new, offset)
        return Fix(f"write “{new}” for “{old}”" if new else f"delete U+{ord(old[0]):04X}", (edit,))

    def rename(self, mapping: Node, key: str, new: str) -> Fix:
        """The fix that writes `new` in place of a key."""
        return Fix(f"write “{new}” for “{key}”", (rename_key(self.text, mapping, key, new),))


Mender = Callable[[_Desk, _Page, Diagnostic], Fix | None]
_HINTED = re.compile(r"^did you mean “([^”]+)”\?$")
_LISTED = re.compile(r"^(?:one of|the fields are|the kinds are): (.+)$")
_QUOTE = "put it in quotes: "


def _field(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """F001: a key that is certainly one there is."""
    if (entry := page.key(found.place)) is None:
        return None
    standing, key = entry
    meant = _certain(key, {*KINDS, ABOUT} if standing.within is None else _fields())
    return page.rename(standing.node, key, meant) if meant in _named(found.hint or "") and meant else None


def _shape(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """F003: one id where a list is expected; `yes` or `no`; a number where text is expected."""
    standing = page.value(found.place)
    if standing is None:
        return None
    written = standing.node.value
    if (found.hint or "").startswith(_QUOTE):
        return _quoted(page, standing)
    if found.message.endswith("a list is expected here") and isinstance(written, str):
        return _listed(page, standing, written)
    if found.message.endswith("true or false is expected here") and isinstance(written, str):
        meant = _YES_AND_NO.get(written.casefold())
        return None if meant is None else page.write(standing, meant)
    return None


_YES_AND_NO = {"yes": True, "no": False, "on": True, "off": False, "true": True, "false": False}


def _quoted(page: _Page, standing: Standing) -> Fix | None:
    value = standing.node.value
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return Fix("put it in quotes", (replace_scalar(page.text, standing.node, str(value)),))


def _listed(page: _Page, standing: Standing, written: str) -> Fix | None:
    """Brackets around ids."""
    start, end = span(page.text, standing.node)
    source = page.text[start:end]
    if standing.node.style or not all(is_id(part.strip()) for part in written.split(",")):
        return None
    return Fix(f"write “[{source}]”, a list", (Edit(page.name, start, source, f"[{source}]"),))


def _date(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """F004: a date that can be read in one way only."""
    standing = page.value(found.place)
    if standing is None or not isinstance(standing.node.value, str):
        return None
    meant = as_date(standing.node.value)
    return page.write(standing, meant) if meant else None


# No long dash: 2011–12 may be two years.
_DASHES = re.compile("[\u2010\u2011\u2212\uff0d\u30fc]")
_LONG = re.compile(r"(\d{4})[\u2013\u2014](\d{1,2})[\u2013\u2014](\d{1,2})(?!\d)")
_UNPADDED = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d|-\d)", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?", re.ASCII)


def as_date(written: str) -> str | None:
    """The EDTF date that a text certainly means and is not, as `2025-05-06` for `２０２５年５月６日`; else None."""
    text = _narrow(_DASHES.sub("-", _LONG.sub(r"\1-\2-\3", written))).strip()
    text = _EAST_ASIAN.sub(lambda found: "-".join(part for part in found.groups() if part), text)
    text = _UNPADDED.sub(lambda found: "-".join(part.zfill(2) for part in found.groups() if part), text)
    text = re.sub(r"\s*/\s*", "/", text)
    return text if text != written and _parses(When.parse, text) else None


def _amount(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """F005: an amount that can be read in one way only."""
    standing = page.value(found.place)
    if standing is None or not isinstance(standing.node.value, str):
        return None
    meant = as_amount(standing.node.value)
    return page.write(standing, meant) if meant else None


_CODE_FIRST = re.compile(r"^((?:[a-z]+ )*)([A-Z]{3}) ?([\d].*)$", re.ASCII)
_PERCENT = re.compile(r"\b(?:percent|per cent|pct)\b")


def as_amount(written: str) -> str | None:
    """The amount that a text certainly means and is not, as `13 billion USD` for `Usd 13 Billion`; else None."""
    text = _narrow(written.replace("\uff5e", "\u301c")).strip()
    text = _PERCENT.sub("%", re.sub(r"\s+", " ", text.lower()))
    for code in (text, re.sub(r"(?<![a-z])[a-z]{3}(?![a-z])", lambda found: found[0].upper(), text)):
        for candidate in (code, _CODE_FIRST.sub(r"\1\3 \2", code)):
            if candidate != written and _parses(Amount.parse, candidate):
                return candidate
    return None


def _id(desk: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """F006: an id that is one but for its case and its blanks: that of a fact where it is named, a free one where it stands."""
    if entry := page.key(found.place):
        standing, key = entry
        meant = as_id(key)
        others = [other for other in desk.ids if other != key and as_id(other) == meant]
        top = standing.within is not None and standing.within.within is None
        return page.rename(standing.node, key, meant) if meant and top and not others else None
    value = page.value(found.place)
    if value is None or not isinstance(value.node.value, str):
        return None
    meant = as_id(value.node.value)
    known = [other for other in desk.ids if meant and as_id(other) == meant]
    return page.write(value, meant) if meant and len(known) == 1 else None


def as_id(written: str) -> str | None:
    """The id that a text is but for capitals, full-width letters, blanks and `_`; None where that is no id either."""
    text = re.sub(r"[\s_-]+", "-", _narrow(written).strip().lower()).strip("-")
    return text if is_id(text) else None


def _word(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """F007: one of a field's words, misspelt; a number that must be text; a language's code; blanks around an address."""
    if (wrong := _NO_LANGUAGE.search(found.message)) and (standing := page.mapping(found.place)):
        meant = as_language(wrong[1])
        return page.rename(standing.node, wrong[1], meant) if meant else None
    standing = page.value(found.place)
    if standing is None:
        return None
    if (found.hint or "").startswith(_QUOTE):
        return _quoted(page, standing)
    written = standing.node.value
    meant = _meant(written, standing.step, found) if isinstance(written, str) else None
    return page.write(standing, meant) if meant else None


_NO_LANGUAGE = re.compile(r"“([^”]+)” is not a language code$")


def _meant(written: str, step: str | int | None, found: Diagnostic) -> str | None:
    if "is not a web address" in found.message:
        bare = written.strip()
        return bare if bare != written and not re.search(r"\s", bare) else None
    if step == "language":
        return as_language(written)
    meant = _certain(written, _words())
    return meant if meant in _named(found.hint or "") else None


def _named(hint: str) -> list[str]:
    """What a hint offers: the nearest, or all there is."""
    near, listed = _HINTED.match(hint), _LISTED.match(hint)
    return [near[1]] if near else listed[1].split(", ") if listed else []


def as_language(written: str) -> str | None:
    """The language code that a text is but for its case and `_`, as `en-GB` for `EN_gb`; else None."""
    first, *rest = re.split(r"[-_]", _narrow(written).strip())
    code = "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)])
    return code if code != written and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else None


def _renamed(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """R001: an id that a fact had formerly."""
    now, old = re.match(r"it is now called “([^”]+)”$", found.hint or ""), re.search(r"“([^”]+)”$", found.message)
    if not now or not old:
        return None
    description = f"write “{now[1]}” for “{old[1]}”"
    standing = page.value(found.place)
    if standing is not None and standing.node.value == old[1]:
        return Fix(description, (replace_scalar(page.text, standing.node, now[1]),))
    offset = page.lines.offset(found.place.line, found.place.column)
    if re.compile(rf"\[\[{re.escape(old[1])}(?![a-z0-9-])").match(page.text, offset):
        return Fix(description, (Edit(page.name, offset + 2, old[1], now[1]),))
    return None


def _needless(_: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """I002: an `ignore` that hides nothing is deleted."""
    standing = page.value(found.place)
    if standing is None or standing.step != "code" or standing.within is None:
        return None
    return Fix("delete this entry", (delete(page.text, standing.within),))


_OTHER_WIDTH = re.compile(r"“(?P<old>[^”]+)” is (?:(?:full|half)-width|not how .+ is punctuated)$")
# Brackets and quotation marks are left: changing one and not the other would be worse.
_MARKS = frozenset(",.!?:;%，．！？：；％、。")
_TWICE = re.compile(r"doubled punctuation: “(?P<once>[。、，,؛،])(?P=once)”$")


def _marks(desk: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """W207: letters, digits and marks of the wrong width; a mark written twice."""
    if twice := _TWICE.search(found.message):
        return desk.reword(page, found, twice["once"] * 2, twice["once"])
    wrong, right = _OTHER_WIDTH.search(found.message), _HINTED.match(found.hint or "")
    if not wrong or not right:
        return None
    old, new = wrong["old"], right[1]
    if not old.isalnum() and old not in _MARKS:
        return None
    behind = page.text[page.lines.offset(found.place.line, found.place.column) + len(old) :][:1]
    if old in _MARKS and new.isascii() and new != "%" and not behind.isspace():
        return None  # a space may have to follow
    return desk.reword(page, found, old, new)


def _with_its_space(found: Diagnostic, texts: Mapping[str, str]) -> Diagnostic:
    """The same; where a fix writes a full-width mark, which brings its own space, the space beside the narrow one goes too."""
    if found.fix is None or found.code != "W207":
        return found
    edits = tuple(_widened(edit, texts.get(edit.file, "")) for edit in found.fix.edits)
    return replace(found, fix=replace(found.fix, edits=edits))


def _widened(edit: Edit, text: str) -> Edit:
    if edit.new.isascii() or len(edit.old) != 1 or edit.old not in _SPACED:
        return edit
    start, end = edit.offset, edit.end
    if edit.old in _OPENING:
        while text[start - 1 : start] in _SPACES:
            start -= 1
    else:
        while text[end : end + 1] in _SPACES:
            end += 1
    # What begins or ends a line is layout.
    if text[start - 1 : start] in _ENDS or text[end : end + 1] in _ENDS:
        return edit
    return Edit(edit.file, start, text[start:end], edit.new)


# Narrow marks that a space stands beside: before those that open, else behind.
_OPENING = frozenset("([")
_SPACED = frozenset(",.!?:;)]") | _OPENING
_SPACES, _ENDS = frozenset(" \u00a0"), frozenset(["", "\r", "\n"])


_INVISIBLE = re.compile(r"an invisible character, U\+(?P<code>200B|2060|FEFF|00AD) ")
_MISREAD = re.compile(r"“(?P<old>[^”]+|[^”]*”?)” is UTF-8 that was read in another encoding$")
_ONE_CHARACTER = re.compile(r"“(?P<whole>.)” is written as two characters")


def _letters(desk: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """W203: a character that nobody sees, a letter in two parts, or letters that were read in another encoding."""
    if unseen := _INVISIBLE.match(found.message):
        return desk.reword(page, found, chr(int(unseen["code"], 16)), "")
    if parted := _ONE_CHARACTER.match(found.message):
        return desk.reword(page, found, unicodedata.normalize("NFD", parted["whole"]), parted["whole"])
    misread, right = _MISREAD.match(found.message), _HINTED.match(found.hint or "")
    return desk.reword(page, found, misread["old"], right[1]) if misread and right else None


def _name(desk: _Desk, page: _Page, found: Diagnostic) -> Fix | None:
    """W205: a name with other capitals."""
    wrong, right = re.match(r"“([^”]+)” is written otherwise$", found.message), _HINTED.match(found.hint or "")
    if not wrong or not right or wrong[1].casefold() != right[1].casefold():
        return None
    return desk.reword(page, found, wrong[1], right[1])


_MENDERS: Mapping[str, Mender] = {
    "F001": _field, "F003": _shape, "F004": _date, "F005": _amount, "F006": _id, "F007": _word, "R001": _renamed,
    "I002": _needless, "W203": _letters, "W205": _name, "W207": _marks,
}

# The codes of findings that may have a fix.
FIXABLE = frozenset(_MENDERS)


def _parses(parse: Callable[[object], object], text: str) -> bool:
    try:
        parse(text)
    except PydanticCustomError:
        return False
    return True


def _certain(wrong: str, known: Iterable[str]) -> str | None:
    """The one of `known` that differs by case and blanks alone, or else by one letter; None where several do."""
    names = sorted(known)
    same = [name for name in names if _bare(name) == _bare(wrong)]
    near = same or [name for name in names if len(name) > 3 and _one_letter_apart(_bare(wrong), _bare(name))]
    return near[0] if len(near) == 1 and near[0] != wrong else None


# Full-width forms alone: a wider folding would make 102 of 10².
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _narrow(text: str) -> str:
    return text.translate(_NARROW)


@lru_cache(maxsize=10_000)
def _bare(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", _narrow(word).strip().casefold())


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two that changed places make the difference."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@cache
def _fields() -> frozenset[str]:
    """The names of all fields that any record has."""
    found, open_ = {"id"}, [Value]
    while open_:
        type_ = open_.pop()
        open_ += type_.__subclasses__()
        found.update(info.alias or name for name, info in type_.model_fields.items())
    return frozenset(found)


@cache
def _words() -> frozenset[str]:
    """The words of all fields that take one of a few."""
    choices: tuple[type[StrEnum], ...] = (ActorKind, Confidence, Direction, DisputeStatus, Read, RelationKind, SourceKind, Status)
    return frozenset(word.value for choice in choices for word in choice)
