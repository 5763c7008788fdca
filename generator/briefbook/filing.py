"""Which file of facts a new one belongs in, and where in it: found from what lies there, so that nobody has to say it.

A place is found without touching anything else: comments stay with the facts they are about, and lines end as they did.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefbook.diagnostics import Diagnostic, Edit
from briefbook.model.dates import PartialDate, When
from briefbook.model.facts import AnyFact
from briefbook.reading.yamledit import CannotEdit, line_break, span
from briefbook.reading.yamltree import Node, read_tree

# A stretch of time in the name of a file: 2023, 2015-2022, 2025-h1, 2025-q3, 2025-06.
_PERIOD = re.compile(
    r"(?<!\d)(\d{4})(?:-(?:(?P<to>\d{4})|[hH](?P<half>[12])|[qQ](?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?(?![\d-])"
)
_BREAK = re.compile(r"\r\n|\r|\n")
_EMPTY_OR_COMMENT = re.compile(r"(?:\r\n|\r|\n)( *)(#[^\r\n]*)?(?=[\r\n]|\Z)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of facts as it was read: its name as shown, its text, and its tree unless it is broken."""

    name: str
    text: str
    tree: Node | None
    found: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, name: str, text: str) -> Sheet:
        """The sheet that `text` is."""
        tree, found = read_tree(text, name)
        return cls(name, text, tree, tuple(found))

    @property
    def broken(self) -> Diagnostic | None:
        """What keeps it from being read, if anything does."""
        return self.found[-1] if self.tree is None and self.found else None

    @property
    def sections(self) -> Mapping[str, Node]:
        """What stands at its top, by name."""
        return self.tree.value if self.tree is not None and isinstance(self.tree.value, dict) else {}

    def ids(self, kind: str) -> list[str]:
        """The ids of that kind, in the order they stand in."""
        section = self.sections.get(kind)
        return list(section.value) if section is not None and isinstance(section.value, dict) else []

    def takes(self, kind: str) -> bool:
        """Whether facts of that kind stand in it on lines of their own, so that one can be put between."""
        return bool(self.ids(kind)) and not self.sections[kind].style and not (self.tree and self.tree.style)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of a fact that is to be filed."""

    kind: str
    id: str
    when: When | None = None
    sort: str | None = None
    language: str | None = None


def file_for(newcomer: Newcomer, sheets: Sequence[Sheet], facts: Mapping[str, AnyFact], home: str) -> str:
    """The name of the file it goes into: the one that fits best, or a new one. `home` is the folder of facts, as shown."""
    holders = [sheet for sheet in sheets if sheet.takes(newcomer.kind)]
    if not holders:
        return Path(home, f"{newcomer.kind}.yml").as_posix()
    if len(holders) > 1 and all(len(sheet.ids(newcomer.kind)) == 1 for sheet in holders):
        # One fact a file is how it is done here.
        folder = Counter(os.path.dirname(sheet.name) for sheet in holders).most_common(1)[0][0]
        return Path(folder, f"{newcomer.id}.yml").as_posix()
    for fitness in _fitness(newcomer, facts):
        best = max(fitness(sheet) for sheet in holders)
        holders = [sheet for sheet in holders if fitness(sheet) == best]
    return holders[0].name


def _fitness(newcomer: Newcomer, facts: Mapping[str, AnyFact]) -> Iterator[Callable[[Sheet], float]]:
    """What makes a file fit, the weightiest first; each only decides between those that fit equally well before."""
    kind, when = newcomer.kind, newcomer.when

    def share(name: str, value: str) -> Callable[[Sheet], float]:
        return lambda sheet: (
            sum(getattr(facts.get(id_), name, None) == value for id_ in sheet.ids(kind)) / len(sheet.ids(kind))
        )

    if newcomer.sort:
        yield share("kind", newcomer.sort)
    if newcomer.language:
        yield share("language", newcomer.language)
    if kind == "events" and when is not None:
        yield lambda sheet: _named_after(sheet, when)
        yield lambda sheet: -min((_apart(when, dated) for _, dated in _dates(sheet, kind, facts)), default=10**6)
    words = set(re.findall(r"[a-z]{2,}", newcomer.id))
    yield (
        lambda sheet: (
            sum(len(words & set(re.findall(r"[a-z]{2,}", id_))) for id_ in sheet.ids(kind)) / len(sheet.ids(kind))
        )
    )
    yield lambda sheet: len(sheet.ids(kind))


def _dates(sheet: Sheet, kind: str, facts: Mapping[str, AnyFact]) -> list[tuple[str, When]]:
    """The dated facts of a file, as they stand."""
    dated = (
        (id_, getattr(facts.get(id_), "date", None) or getattr(facts.get(id_), "published", None))
        for id_ in sheet.ids(kind)
    )
    return [(id_, when) for id_, when in dated if isinstance(when, When)]


def _apart(one: When, other: When) -> int:
    """How many days lie between two dates."""
    return abs((one.sort_key()[0] - other.sort_key()[0]).days)


def _named_after(sheet: Sheet, when: When) -> float:
    """How well the name of a file says that `when` is in it: the shorter its stretch of time, the better."""
    first, last = when.sort_key()[0], when.last()
    spans = [period for period in _periods(Path(sheet.name).stem) if period[0] <= first and last <= period[1]]
    return max((-(end - start).days for start, end in spans), default=-(10**6))


def _periods(name: str) -> Iterator[tuple[date, date]]:
    for match in _PERIOD.finditer(name):
        year = int(match[1])
        months = (1, 12)
        if match["half"]:
            months = (6 * int(match["half"]) - 5, 6 * int(match["half"]))
        elif match["quarter"]:
            months = (3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
        elif match["month"]:
            months = (int(match["month"]), int(match["month"]))
        if year:
            yield PartialDate(year, months[0]).first(), PartialDate(int(match["to"] or year) or year, months[1]).last()


# Where in the file.


def insertion(sheet: Sheet, newcomer: Newcomer, lines: Sequence[str], facts: Mapping[str, AnyFact]) -> Edit:
    """The edit that puts a fact, given as `lines`, into a file. Raises `CannotEdit` where its kind is written in brackets."""
    kind, text = newcomer.kind, sheet.text
    root = sheet.tree
    if root is None or root.value is None:
        return _at_end(sheet, _indented([f"{kind}:", *_indented(lines, 2)], 0))
    if not isinstance(root.value, dict) or root.style:
        raise CannotEdit(f"{sheet.name} is no list of facts on lines of their own")
    column = next(iter(root.keys.values())).column - 1 if root.keys else 0
    if kind not in root.value:
        return _at_end(sheet, _indented([f"{kind}:", *_indented(lines, 2)], column))
    section = root.value[kind]
    if not isinstance(section.value, dict) or not section.value:
        return _into_empty(sheet, kind, _indented(lines, column + 2))
    if section.style:
        raise CannotEdit(
            f"the {kind} in {sheet.name} stand in brackets; put each on lines of its own, or name another file"
        )
    own = next(iter(section.keys.values())).column - 1
    body = _indented(_stepped(lines, section), own)
    neighbour = _neighbour(sheet, newcomer, facts)
    if neighbour is None:
        return _between(sheet, _line_end(text, root.key_spans[kind][1]), body, apart=False)
    end = max(span(text, section.value[neighbour])[1], section.key_spans[neighbour][1])
    return _between(sheet, _with_comments(text, _line_end(text, end), own), body)


def _neighbour(sheet: Sheet, newcomer: Newcomer, facts: Mapping[str, AnyFact]) -> str | None:
    """The fact that it goes behind; none where it goes before all. By date, where those in the file are in order."""
    ids, dated = sheet.ids(newcomer.kind), _dates(sheet, newcomer.kind, facts)
    if newcomer.when is None or len(dated) < len(ids):
        return ids[-1]
    when, keys = newcomer.when.sort_key(), [one.sort_key() for _, one in dated]
    if keys == sorted(keys):
        return next((id_ for id_, one in reversed(dated) if one.sort_key() <= when), None)
    if keys == sorted(keys, reverse=True):
        return next((id_ for id_, one in reversed(dated) if one.sort_key() >= when), None)
    return ids[-1]


def _indented(lines: Sequence[str], by: int) -> list[str]:
    return [" " * by + line for line in lines]


def _stepped(lines: Sequence[str], section: Node) -> list[str]:
    """The same with fields as far within their fact as those of its neighbours."""
    assert isinstance(section.value, dict)
    steps = [
        next(iter(fact.keys.values())).column - section.keys[id_].column
        for id_, fact in section.value.items()
        if fact.keys and not fact.style
    ]
    step = Counter(steps).most_common(1)[0][0] if steps else 2
    return [" " * step + line[2:] if line.startswith("  ") else line for line in lines]


def _into_empty(sheet: Sheet, kind: str, body: Sequence[str]) -> Edit:
    """Below a kind that nothing stands under yet."""
    assert sheet.tree is not None
    section, after = sheet.sections[kind], sheet.tree.key_spans[kind][1]
    start, end = span(sheet.text, section)
    if start == end:
        return _between(sheet, _line_end(sheet.text, after), body, apart=False)
    if isinstance(section.value, list | str | int):
        raise CannotEdit(f"what stands under {kind} in {sheet.name} are no facts")
    if sheet.text[end : _line_end(sheet.text, end)].strip():
        raise CannotEdit(f"delete what stands behind “{kind}:” in {sheet.name}, or name another file")
    newline = line_break(sheet.text)
    start = len(sheet.text[:start].rstrip(" "))
    return Edit(sheet.name, start, sheet.text[start:end], newline + newline.join(body))


def _at_end(sheet: Sheet, body: Sequence[str]) -> Edit:
    text, newline = sheet.text, line_break(sheet.text)
    gap = ""
    if text.strip("\r\n "):
        gap = newline * max(0, 2 - len(_BREAK.findall(text[len(text.rstrip("\r\n \t")) :])))
    return Edit(sheet.name, len(text), "", gap + newline.join(body) + newline)


def _between(sheet: Sheet, offset: int, body: Sequence[str], *, apart: bool = True) -> Edit:
    """After the line that ends at `offset`; with a blank line before, if `apart`, and behind."""
    newline = line_break(sheet.text)
    following = _BREAK.match(sheet.text, offset)
    rest = sheet.text[following.end() :] if following else ""
    gap = newline if rest and not re.match(r"[ \t]*(?:[\r\n]|\Z)", rest) else ""
    return Edit(sheet.name, offset, "", newline * (2 if apart else 1) + newline.join(body) + gap)


def _with_comments(text: str, end: int, column: int) -> int:
    """Where a fact ends with the comments that stand within it, at its end."""
    probe = end
    while match := _EMPTY_OR_COMMENT.match(text, probe):
        if match[2] and len(match[1]) <= column:
            break
        probe = match.end()
        end = probe if match[2] else end
    return end


def _line_end(text: str, offset: int) -> int:
    found = _BREAK.search(text, offset)
    return found.start() if found else len(text)
