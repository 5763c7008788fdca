"""How one quantity most likely came to be written for another, in a line for whoever mends it."""

from __future__ import annotations

from decimal import Decimal

from briefbook.rules.quantities import Family, Reading
from briefbook.rules.quantities.quantity import plain
from briefbook.rules.quantities.tables import Table

_PARTS = ("year", "month", "day")


def likely_slip(right: Reading, wrong: Reading, said: str, instead: str, first: Table, other: Table) -> str | None:
    """A hint on `wrong`, written `instead` of `right` in the language of `other`; None where there is nothing to add."""
    if right.family is Family.DATE:
        return _other_parts(right, wrong)
    if right.family in (Family.MONEY, Family.COUNT) and (scale := _scale(instead, other) or _scale(said, first)):
        return f"{scale}: {in_words(right.value, first)} is {in_words(right.value, other)}"
    return _digits(plain(right.value), plain(wrong.value))


def in_words(value: Decimal, table: Table) -> str:
    """A number with the language’s words for large numbers: 10 billion, 137億5000万."""
    powers = sorted((power for power in table.power_names if Decimal(10) ** power <= abs(value)), reverse=True)
    if not powers:
        return plain(value)
    if table.spaced:
        return f"{value.scaleb(-powers[0]).normalize():f} {table.power_names[powers[0]]}"
    parts, rest = [], value
    for power in powers:
        whole, rest = divmod(rest, Decimal(10) ** power)
        parts += [f"{whole:f}{table.power_names[power]}"] if whole else []
    return "".join([*parts, f"{rest.normalize():f}" if rest else ""])


def _scale(said: str, table: Table) -> str | None:
    """What the largest scale word in some words stands for; none where that is plain from its name."""
    if table.spaced:
        return None
    found = [(power, word) for power, word in table.power_names.items() if word in said]
    return f"{max(found)[1]} is 10^{max(found)[0]}" if found else None


def _digits(right: str, wrong: str) -> str | None:
    if len(right) != len(wrong):
        return None
    places = [i for i, (a, b) in enumerate(zip(right, wrong, strict=True)) if a != b]
    if len(places) == 2 and right[places[0]] == wrong[places[1]] and right[places[1]] == wrong[places[0]]:
        return "two digits have changed places"
    return "one digit differs" if len(places) == 1 and len(right) > 1 else None


def _other_parts(right: Reading, wrong: Reading) -> str | None:
    both = list(zip(_PARTS, right.day, wrong.day, strict=True))
    differing = [name for name, one, other in both if one is not None and other is not None and one != other]
    named = f"the {' and the '.join(differing)} {'differs' if len(differing) == 1 else 'differ'}"
    return named if differing else None
