"""Which quantities of two texts are the same, which contradict each other, and which stand in one of them only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefbook.rules.quantities.quantity import Family, Quantity, Reading

Pair = tuple[Quantity, Quantity]
# Decides whether a quantity of one text needs no partner, since the other text tells it in another way.
Explained = Callable[[Quantity], bool]

# A number whose unit is left out can be a number of any of these.
_COUNTABLE = frozenset({Family.MONEY, Family.SHARE, Family.SPAN, Family.COUNT, Family.ORDINAL})
# More quantities without a partner than any text has that people wrote for each other.
_MOST = 50
# The same of those asked whether they say it too.
_MOST_ASKED = 300
# One digit, one part of a date or the scale is all that differs.
_SLIP = 1.9
_SAME, _NEAR, _SLIP_OF_CURRENCY = 3.0, 2.0, 0.4


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs that agree, that differ in nothing but the currency, that contradict each other; and what has no partner."""

    same: tuple[Pair, ...]
    other_currency: tuple[Pair, ...]
    different: tuple[Pair, ...]
    left_only: tuple[Quantity, ...]
    right_only: tuple[Quantity, ...]


def compare(left: Sequence[Quantity], right: Sequence[Quantity], left_explained: Explained, right_explained: Explained) -> Comparison:
    """Match each quantity with its likeliest partner; what remains contradicts each other or stands alone."""
    matched = _matched(left, right)
    ones, others = _rest(left, (a for a, _, _ in matched)), _rest(right, (b for _, b, _ in matched))
    if not ones and not others:
        same = tuple((a, b) for a, b, score in matched if score >= _NEAR)
        return Comparison(same, tuple((a, b) for a, b, score in matched if score < _NEAR), (), (), ())
    balanced = {family: _number_of(left, family) == _number_of(right, family) for family in Family}
    ones = [q for q in ones if not _repeated(q, right, balanced)]
    others = [q for q in others if not _repeated(q, left, balanced)]
    explained = {id(q) for q in ones if left_explained(q)} | {id(q) for q in others if right_explained(q)}
    different = _paired(ones, others, explained, len(left), len(right))
    ones, others = ([q for q in found if id(q) not in explained] for found in (ones, others))
    return Comparison(
        tuple((a, b) for a, b, score in matched if score >= _NEAR),
        tuple((a, b) for a, b, score in matched if score < _NEAR),
        tuple(different),
        tuple(q for q in _rest(ones, (a for a, _ in different)) if not _repeated(q, right, {})),
        tuple(q for q in _rest(others, (b for _, b in different)) if not _repeated(q, left, {})),
    )


def _matched(left: Sequence[Quantity], right: Sequence[Quantity]) -> list[tuple[Quantity, Quantity, float]]:
    """Pairs that can be the same, each with how sure that is: what is alike in all goes first."""
    found = [(a, b, _SAME) for a, b in _alike_in_all(left, right)]
    ones, others = _rest(left, (a for a, _, _ in found)), _rest(right, (b for _, b, _ in found))
    if not ones or not others:
        return sorted(found, key=lambda entry: entry[1].start)
    place = {id(q): position / len(side) for side in (left, right) for position, q in enumerate(side)}
    scored = [
        (_likeness(a, b, place[id(a)] - place[id(b)]), i, j)
        for i, a in enumerate(ones[:_MOST]) for j, b in enumerate(others[:_MOST])
    ]
    found += [(ones[i], others[j], score) for score, i, j in _best(scored)]
    return sorted(found, key=lambda entry: entry[1].start)


def _alike_in_all(left: Sequence[Quantity], right: Sequence[Quantity]) -> Iterator[Pair]:
    waiting: dict[tuple[Reading, frozenset[str]], list[Quantity]] = {}
    for quantity in reversed(right):
        waiting.setdefault((quantity.first, quantity.bounds), []).append(quantity)
    for quantity in left:
        if same := waiting.get((quantity.first, quantity.bounds)):
            yield quantity, same.pop()


def _best(scored: list[tuple[float, int, int]]) -> Iterator[tuple[float, int, int]]:
    """The pairs with the highest scores, each side of a pair taken once."""
    left: set[int] = set()
    right: set[int] = set()
    for score, i, j in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield score, i, j


def _likeness(a: Quantity, b: Quantity, apart: float) -> float:
    """How surely two quantities are the same; 0 where they cannot be."""
    if _alike(a.first, b.first) == _SLIP_OF_CURRENCY:
        # A range may be read as bare numbers too; that they are equal says nothing for its currency.
        return 0.5 + 0.2 * (1 - abs(apart)) + (0.2 if a.bounds == b.bounds else 0.0)
    best = max((_alike(one, other) - 0.1 * rank for rank, one, other in _readings(a, b) if _alike(one, other)), default=0.0)
    if not best:
        return 0.0
    near = 0.2 * (1 - abs(apart))
    return max(best, 0.5) + near + (0.2 if a.bounds == b.bounds else 0.0)


def _readings(a: Quantity, b: Quantity) -> Iterator[tuple[int, Reading, Reading]]:
    """Pairs of readings, the likeliest first. Two that are both unlikely count only where the likely ones are of two kinds."""
    for i, one in enumerate(a.readings):
        for j, other in enumerate(b.readings):
            if not (i and j) or a.first.family is not b.first.family:
                yield i + j, one, other


def _alike(a: Reading, b: Reading) -> float:
    if a.family is not b.family:
        return _across_families(a, b)
    if a.family is Family.DATE:
        return _same_day(a, b)
    if a.family is Family.MONEY:
        return 0.0 if a.value != b.value else _SAME if set(a.units) & set(b.units) else _SLIP_OF_CURRENCY
    return _SAME if _close(a, b) else 0.0


def _close(a: Reading, b: Reading) -> bool:
    (one, one_unit), (other, other_unit) = a.measure, b.measure
    if a.family is Family.FRACTION:
        return abs(one - other) < Decimal("0.001")
    return one == other and one_unit == other_unit


def _across_families(a: Reading, b: Reading) -> float:
    """A number without its unit, and one half as 50%."""
    pair = {a.family, b.family}
    if pair == {Family.FRACTION, Family.SHARE}:
        one, other = (reading.value * (100 if reading.family is Family.FRACTION else 1) for reading in (a, b))
        return _NEAR if abs(one - other) < Decimal("0.5") else 0.0
    if pair <= _COUNTABLE and pair & {Family.COUNT, Family.ORDINAL} and a.value == b.value:
        return _NEAR
    return 0.0


def _same_day(a: Reading, b: Reading) -> float:
    """Dates agree where both say a part of them; the more parts, the surer."""
    both = [(one, other) for one, other in zip(a.day, b.day, strict=True) if one is not None and other is not None]
    if not both or any(one != other for one, other in both):
        return 0.0
    return _SAME if a.day == b.day else _NEAR + 0.1 * len(both)


def _rest(all_: Sequence[Quantity], taken: Iterator[Quantity]) -> list[Quantity]:
    gone = {id(quantity) for quantity in taken}
    return [quantity for quantity in all_ if id(quantity) not in gone]


def _number_of(quantities: Sequence[Quantity], family: Family) -> int:
    return sum(quantity.first.family is family for quantity in quantities)


def _repeated(quantity: Quantity, others: Sequence[Quantity], balanced: dict[Family, bool]) -> bool:
    """Whether the other text says it too, only not as often. Where both have as many, one of them was put for another."""
    if balanced.get(quantity.first.family):
        return False
    said = dict.fromkeys(reading for q in others[:_MOST_ASKED] for reading in q.readings)
    return any(_alike(one, other) >= _NEAR or _within(one, other) for other in said for one in quantity.readings)


def _within(one: Reading, other: Reading) -> bool:
    return one.family is other.family is Family.DATE and _same_day(one, other) > 0


def _paired(ones: list[Quantity], others: list[Quantity], explained: set[int], total_left: int, total_right: int) -> list[Pair]:
    """What is left on both sides, each with what it was most likely meant to be. What is `explained` must be all but the same."""
    scored = [
        (max(contrast - abs(i / total_left - j / total_right), 0.1), i, j)
        for i, a in enumerate(ones[:_MOST]) for j, b in enumerate(others[:_MOST])
        if (contrast := _contrast(a, b)) > (_SLIP if {id(a), id(b)} & explained else 0) and not {id(a), id(b)} <= explained
    ]
    return sorted(((ones[i], others[j]) for _, i, j in _best(scored)), key=lambda pair: pair[1].start)


def _contrast(a: Quantity, b: Quantity) -> float:
    """How surely one was meant to be the other; 0 where the two have nothing to do with each other.

    “The two” come and go with style, so that they are no slip for five; for three they may be.
    """
    if (a.implied or b.implied) and (a.first.family is not Family.SPAN or a.first.units != b.first.units or a.spelled is b.spelled):
        return 0.0
    if Family.COUNT in (a.first.family, b.first.family) and (a.soft or b.soft) and abs(a.first.value - b.first.value) > 1:
        return 0.0
    return max((_opposed(one, other) for one in a.readings for other in b.readings), default=0.0)


def _opposed(a: Reading, b: Reading) -> float:
    if a.family is not b.family:
        return 0.0
    if a.family is Family.DATE:
        return _other_day(a, b)
    if a.family is Family.SPAN and a.measure[1] != b.measure[1]:
        return 0.0
    one, other = _digits(a.value), _digits(b.value)
    return 3.0 if one == other else 2.0 if len(one) == len(other) and _changes(one, other) == 1 else 1.0


def _other_day(a: Reading, b: Reading) -> float:
    if [part is None for part in a.day] != [part is None for part in b.day]:
        both = [one == other for one, other in zip(a.day, b.day, strict=True) if one is not None and other is not None]
        return float(sum(both)) if both else 0.0
    return 1.0 + sum(one == other for one, other in zip(a.day, b.day, strict=True))


def _digits(value: Decimal) -> str:
    return str(abs(value).normalize().as_tuple().digits)


def _changes(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
