"""How well a briefing is sourced, in numbers: its facts by how many and what sources, by age, by language.

Counted once, here, for the command and for the page; words and look are theirs. Facts that were withdrawn do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefbook.model.briefing import Briefing, kind_of, records, texts
from briefbook.model.claims import Claim, Status
from briefbook.model.facts import KINDS, AnyFact, Read, Source, SourceKind, Step

# Columns, by name, from the best to the worst.
_NUMBERS = ("three", "two", "one", "none")
_NEAREST = (*(kind.value for kind in SourceKind), "none")
_READ = (*(way.value for way in Read), "none")
_AGES: Mapping[str, timedelta] = {
    "quarter": timedelta(days=92), "year": timedelta(days=366), "three-years": timedelta(days=1096), "older": timedelta.max,
}
_LOOKED_AT: Mapping[str, timedelta] = {
    "month": timedelta(days=31), "half-year": timedelta(days=183), "year": timedelta(days=366), "older": timedelta.max,
}
_LANGUAGES: tuple[str, ...] = ("complete", "incomplete", "stale")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of numbers: of what, how many in all, and how many for each column."""

    name: str
    total: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers. Where the rows are no more than a part of the whole each, `total` sums them up."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tables say of a briefing: how many facts and claims, and `grids` by name.

    `number`, `nearest` and `read`: facts by kind of fact, and how many sources they rest on, the nearest kind of source
    among these, and how the best read of them was read. `standing`: claims by how they stand, and how many sources they
    cite. `age`: facts by how old the newest of their sources was on the briefing’s date. `looked-at`: facts by how long
    ago they were last looked at; only where the day is known. `languages`: facts by language, and whether all that is
    written in them is written in it.
    """

    facts: int
    claims: int
    grids: Mapping[str, Grid]


def coverage_of(briefing: Briefing, day: date | None = None, stale: Collection[tuple[str, str]] = ()) -> Coverage:
    """Counts it all. `day` is the day to count ages from; `stale` are pairs of a language and the id of a fact whose
    texts in it are older than those they translate.
    """
    sources = {str(source.id): source for source in briefing.sources}
    there = [fact for fact in briefing.facts.values() if fact.withdrawn is None]
    resting = [(fact, _cited(fact, sources)) for fact in there if not isinstance(fact, Source)]
    claims = [record for fact in there for _, record in records(fact) if isinstance(record, Claim | Step)]
    grids = [
        _by_kind("number", _NUMBERS, resting, lambda cited: _number(len(cited))),
        _by_kind("nearest", _NEAREST, resting, _nearest),
        _by_kind("read", _READ, resting, _best_read),
        _standing(claims),
        *_ages(briefing, resting),
        *([_looked_at(briefing, there, day)] if day else []),
        _languages(briefing, there, frozenset(stale)),
    ]
    return Coverage(len(there), len(claims), {grid.name: grid for grid in grids})


def as_data(coverage: Coverage) -> dict[str, object]:
    """The same as plain data, for JSON: for each grid its rows by name, each with its numbers by column."""
    def numbers(grid: Grid, row: Row) -> dict[str, int]:
        return {"total": row.total, **dict(zip(grid.columns, row.counts, strict=True))}

    grids = {name: {row.name: numbers(grid, row) for row in grid.rows} for name, grid in coverage.grids.items()}
    return {"facts": coverage.facts, "claims": coverage.claims, **grids}


def as_lines(coverage: Coverage) -> list[str]:
    """The same as lines of text for a terminal."""
    lines = [f"{coverage.facts} facts, {coverage.claims} claims"]
    for grid in coverage.grids.values():
        rows = [*grid.rows, *([grid.total] if grid.total else [])]
        cells = [["", "total", *grid.columns], *([row.name, str(row.total), *map(str, row.counts)] for row in rows)]
        lines += ["", _HEADINGS[grid.name], *_aligned(cells)]
    return lines


_HEADINGS = {
    "number": "Facts by number of sources",
    "nearest": "Facts by the nearest kind of source they rest on",
    "read": "Facts by how the best read of their sources was read",
    "standing": "Claims by number of sources",
    "age": "Facts by the age of their newest source on the briefing’s date",
    "looked-at": "Facts by how long ago they were last looked at",
    "languages": "Facts by language",
}

_Resting = Sequence[tuple[AnyFact, Sequence[Source]]]


def _by_kind(name: str, columns: tuple[str, ...], resting: _Resting, column: Callable[[Sequence[Source]], str]) -> Grid:
    return _grid(name, columns, [kind for kind in KINDS if kind != "sources"], ((kind_of(f), column(c)) for f, c in resting))


def _grid(name: str, columns: tuple[str, ...], rows: Iterable[str], found: Iterable[tuple[str, str]]) -> Grid:
    """Rows in the order given, without empty ones, and their sum."""
    counted: Counter[Hashable] = Counter(found)
    made = [(row, tuple(counted[row, column] for column in columns)) for row in rows]
    kept = tuple(Row(row, sum(counts), counts) for row, counts in made if any(counts))
    sums = tuple(sum(row.counts[n] for row in kept) for n in range(len(columns)))
    return Grid(name, columns, kept, Row("all", sum(sums), sums) if kept else None)


def _cited(fact: AnyFact, sources: Mapping[str, Source]) -> list[Source]:
    named = {str(cite.source) for _, record in records(fact) for cite in getattr(record, "cites", ())}
    return [sources[id_] for id_ in sorted(named) if id_ in sources]


def _number(sources: int) -> str:
    return _NUMBERS[-1 - min(sources, 3)]


def _nearest(cited: Sequence[Source]) -> str:
    return min((source.kind.value for source in cited), key=_NEAREST.index, default="none")


def _best_read(cited: Sequence[Source]) -> str:
    return min((source.read.value for source in cited), key=_READ.index, default="none")


def _standing(claims: Iterable[Claim | Step]) -> Grid:
    found = ((claim.standing.value, _number(len({cite.source for cite in claim.cites}))) for claim in claims)
    return _grid("standing", _NUMBERS, [status.value for status in Status], found)


def _ages(briefing: Briefing, resting: _Resting) -> Iterator[Grid]:
    as_of = briefing.about.as_of
    if as_of is None:
        return

    def age(cited: Sequence[Source]) -> str:
        newest = max((source.published.sort_key()[0] for source in cited if source.published), default=None)
        return _age(newest, as_of.sort_key()[1], _AGES)

    yield _by_kind("age", (*_AGES, "unknown"), resting, age)


def _looked_at(briefing: Briefing, facts: Iterable[AnyFact], day: date) -> Grid:
    """A fact without a date of its own was last looked at when the briefing was."""
    looked = ((kind_of(fact), fact.checked or briefing.about.as_of) for fact in facts)
    found = ((kind, _age(when.sort_key()[1] if when else None, day, _LOOKED_AT)) for kind, when in looked)
    return _grid("looked-at", (*_LOOKED_AT, "unknown"), KINDS, found)


def _age(when: date | None, day: date, bands: Mapping[str, timedelta]) -> str:
    return "unknown" if when is None else next(name for name, longest in bands.items() if day - when <= longest)


def _languages(briefing: Briefing, facts: Sequence[AnyFact], stale: frozenset[tuple[str, str]]) -> Grid:
    """No sum: every fact stands in every row. Nothing is told to be stale where nobody has looked."""
    columns = _LANGUAGES if stale else _LANGUAGES[:2]
    rows = []
    for language in briefing.languages:
        lacking = {fact.id for fact in facts if any(text.missing((language,)) for _, text in texts(fact))}
        old = {fact.id for fact in facts if (language, fact.id) in stale} - lacking
        counts = (len(facts) - len(lacking) - len(old), len(lacking), len(old))
        rows.append(Row(language, len(facts), counts[: len(columns)]))
    return Grid("languages", columns, tuple(rows))


def _aligned(cells: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in cells]
