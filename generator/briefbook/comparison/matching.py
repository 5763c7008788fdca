"""Which items of a list are the same items, changed or not: by identity first, then by what they say, never by position.

So one item more at the top of a list does not make all the others different.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefbook.comparison.likeness import main_text, text_likeness
from briefbook.comparison.sameness import form
from briefbook.model.base import Value
from briefbook.model.claims import Citation, Statement
from briefbook.model.facts import Deadline, FigureValue, Part, Position, Relation, Role, Step

# Two items that share what items are known by, but no more of their words than this, are two.
_SAME_PLACE = 0.2
# Of items that share nothing else, so much of their words must be the same.
_SAME_WORDS = 0.5
# Beyond so many pairs left over, nobody edited them one by one.
_MOST_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class Pairing:
    """Positions: of items in both lists, of those that are gone, of those that are new."""

    both: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    new: tuple[int, ...]


def paired(before: Sequence[Value], after: Sequence[Value]) -> Pairing:
    """Pair the items of two lists; each is taken once."""
    rest, others = dict(enumerate(before)), dict(enumerate(after))
    both = []
    for found in _rounds():
        for i, j in list(found(rest, others)):
            both.append((i, j))
            del rest[i], others[j]
    return Pairing(tuple(sorted(both, key=lambda pair: pair[1])), tuple(rest), tuple(others))


_Items = dict[int, Value]
_Round = Callable[[_Items, _Items], Iterable[tuple[int, int]]]


def _rounds() -> Iterator[_Round]:
    yield _equal
    for level in range(3):
        yield lambda rest, others, level=level: _of_one_identity(rest, others, level)  # type: ignore[misc]
    yield lambda rest, others: _best(rest, others, _SAME_WORDS)


def _equal(rest: _Items, others: _Items) -> Iterator[tuple[int, int]]:
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(others):
        waiting[form(others[j])].append(j)
    for i, item in rest.items():
        if same := waiting.get(form(item)):
            yield i, same.pop()


def _of_one_identity(rest: _Items, others: _Items, level: int) -> Iterator[tuple[int, int]]:
    buckets: dict[Hashable, tuple[_Items, _Items]] = defaultdict(lambda: ({}, {}))
    for side, items in enumerate((rest, others)):
        for position, item in items.items():
            keys = _identities(item)
            if level < len(keys) and keys[level] is not None:
                buckets[keys[level]][side][position] = item
    for ones, twos in buckets.values():
        if ones and twos:
            yield from _best(ones, twos, 0.0 if _named(next(iter(ones.values()))) else _SAME_PLACE)


def _named(item: Value) -> bool:
    """Whether its identity is enough, whatever else it says."""
    return isinstance(item, Citation | Part | Relation | Step) or (isinstance(item, FigureValue) and item.key is not None)


def _identities(item: Value) -> Sequence[Hashable]: # noqa: PLR0911  # one table of types
    """What an item is known by, the surest first; None where that is not given."""
    match item:
        case FigureValue():
            return item.key and ("key", item.key), (item.as_of, item.said_by), (item.as_of,)
        case Position():
            return (item.by, item.since, item.said_by), (item.by, item.since), (item.by,)
        case Step():
            return (item.from_, item.status), (item.from_,)
        case Role():
            return (item.at, item.from_), (item.at,)
        case Relation():
            return (item.kind, item.to, item.from_), (item.kind, item.to)
        case Citation():
            return (item.source, item.quote), (item.source,)
        case Part():
            return ((item.id,),)
        case Deadline():
            return ((item.date,),)
        case Statement():
            return item.date and (item.date, item.said_by), item.date and (item.date,)
    return ()


def _best(rest: _Items, others: _Items, least: float) -> Iterator[tuple[int, int]]:
    """The pairs most alike, of those that are alike at least so much; of equals those that stand first."""
    if len(rest) * len(others) > _MOST_PAIRS:
        return
    scored = [(-_alike(one, other), i, j) for i, one in rest.items() for j, other in others.items()]
    left, right = set(rest), set(others)
    for score, i, j in sorted(scored):
        if -score >= least and i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield i, j


def _alike(one: Value, other: Value) -> float:
    if isinstance(one, FigureValue) and isinstance(other, FigureValue):
        return _alike_values(one, other)
    if isinstance(one, Position) and isinstance(other, Position) and one.by != other.by:
        return 0.0
    return text_likeness(main_text(one), main_text(other))


def _alike_values(one: FigureValue, other: FigureValue) -> float:
    """Two values with keys of their own are two values, unless all they say is the same."""
    same = [
        one.amount == other.amount and one.date == other.date, one.as_of == other.as_of, one.said_by == other.said_by,
        text_likeness(one.basis, other.basis) > _SAME_WORDS or one.basis is other.basis, one.words == other.words,
    ]
    if one.key != other.key and one.key and other.key:
        return 1.0 if all(same) else 0.0
    return sum(same) / len(same)
