"""From a finding about a field to a diagnostic about a spot in a file: exact to the character, with its fix if it has one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefbook.diagnostics import Diagnostic, Edit, Fix, Lines, Place
from briefbook.reading.binding import Spot, find
from briefbook.reading.yamledit import CannotEdit, delete_entry, delete_item, replace_scalar, replace_word, span
from briefbook.reading.yamltree import Node
from briefbook.rules.finding import Finding, Remedy

# In one text; each is tried on the whole of it. Once these are made, the next check offers more.
_MOST_FIXES = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A value where it stands: under which key or position (`step`) of what."""

    node: Node
    step: str | int | None = None
    within: Standing | None = None


class Locator:
    """Finds the spots of findings in the `texts` of files, each of which is measured once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._lines = cache(lambda file: Lines(texts.get(file, "")))
        # A text may be found wrong a thousand times: each word is looked for once.
        self._found: dict[tuple[str, int, int, str], list[int]] = {}
        self._fixes: Counter[tuple[str, int]] = Counter()

    def diagnostic(self, finding: Finding, fact: Spot | None) -> Diagnostic:
        """The finding at its exact spot. `fact` is where the fact stands that it is about, if it stands anywhere."""
        place, fix = Place(""), None
        if fact is not None:
            spot = find(fact, finding.path)
            offset = self._word(spot.node, finding.word, finding.before) if finding.word else None
            place = spot.key if finding.on_key else self._place(spot.node, offset)
            fix = self._fix(fact, finding, offset) if finding.fix else None
        return Diagnostic(finding.code, finding.severity, finding.message, place, finding.hint, fix)

    def _place(self, node: Node, offset: int | None) -> Place:
        return node.place if offset is None else Place(node.place.file, *self._lines(node.place.file).position(offset))

    def _word(self, node: Node, word: str, before: int) -> int | None:
        """Where `word` starts, the first or that behind so many; in a text over several lines its blanks may be line ends."""
        text = self._texts.get(node.place.file, "")
        start, end = span(text, node)
        if node.style in ("|", ">"):
            start = min(end, text.find("\n", start) + 1 or text.find("\r", start) + 1)  # behind its header
        key = (node.place.file, start, end, word)
        if (found := self._found.get(key)) is None:
            found = self._found[key] = [match.start() for match in _pattern(word).finditer(text, start, end)]
        return found[min(before, len(found) - 1)] if found else None

    def _fix(self, fact: Spot, finding: Finding, offset: int | None) -> Fix | None:
        standing, remedy = stand(fact.node, finding.path), finding.fix
        assert remedy
        text = (standing.node.place.file, standing.node.start)
        self._fixes[text] += 1
        if self._fixes[text] > _MOST_FIXES:
            return None
        try:
            edit = self._edit(standing, remedy, finding.word, offset)
        except CannotEdit:
            return None
        return Fix(remedy.description, (edit,))

    def _edit(self, standing: Standing, remedy: Remedy, word: str | None, offset: int | None) -> Edit:
        text = self._texts[standing.node.place.file]
        if remedy.new is None:
            return delete(text, standing)
        if word is None:
            return replace_scalar(text, standing.node, remedy.new)
        return replace_word(text, standing.node, word, remedy.new, offset)


def stand(node: Node, path: Sequence[str | int]) -> Standing:
    """The deepest value on `path`, with all that it stands in; steps that name nothing are passed over."""
    standing = Standing(node)
    for step in path:
        value = standing.node.value
        if isinstance(value, dict) and str(step) in value:
            standing = Standing(value[str(step)], str(step), standing)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            standing = Standing(value[step], step, standing)
    return standing


def delete(text: str, standing: Standing) -> Edit:
    """Take a value out of what it stands in; of a list or mapping with nothing else, that as well."""
    around = standing.within
    if around is None:
        raise CannotEdit(f"nothing would be left at {standing.node.place}")
    if isinstance(around.node.value, dict | list) and len(around.node.value) == 1:
        return delete(text, around)
    if isinstance(standing.step, int):
        return delete_item(text, around.node, standing.step)
    return delete_entry(text, around.node, str(standing.step))


def everything(tree: Node) -> Iterator[Standing]:
    """Every value under a tree, the tree itself first."""
    open_ = [Standing(tree)]
    while open_:
        standing = open_.pop()
        yield standing
        value = standing.node.value
        if isinstance(value, dict):
            open_ += [Standing(node, key, standing) for key, node in value.items()]
        elif isinstance(value, list):
            open_ += [Standing(node, position, standing) for position, node in enumerate(value)]


@cache
def _pattern(word: str) -> re.Pattern[str]:
    # What follows an id would make it another one.
    end = r"(?![a-z0-9-])" if word.startswith("[[") else ""
    return re.compile(r"\s+".join(map(re.escape, word.split())) + end if word.split() else re.escape(word))
