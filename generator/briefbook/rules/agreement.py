"""Whether the languages of a text give the same amounts, shares, numbers and dates (codes N1…).

Each language is compared with the first of the site that the text is written in; a finding points at the other one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from briefbook.diagnostics import Severity
from briefbook.model.amounts import PERCENT, UNITS, Amount
from briefbook.model.briefing import Briefing, Path, texts
from briefbook.model.dates import When
from briefbook.model.facts import Actor, Event, Figure, FigureValue, Source, Term
from briefbook.model.prose import Mention
from briefbook.model.text import LocalText
from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry
from briefbook.rules.quantities import Comparison, Family, Quantity, Reading, compare, read, table_of, visible
from briefbook.rules.slips import likely_slip

_CODES = {Family.MONEY: "N101", Family.DATE: "N103"}
# These are told in words so freely that a language without a table of its own is not judged by them.
_NEED_A_TABLE = frozenset({Family.COUNT, Family.SPAN, Family.ORDINAL, Family.FRACTION, Family.TIME})
# Smaller numbers come and go with style: “the five companies”, or their five names.
_STYLE = {Family.COUNT: 12, Family.SPAN: 3}
_BOUNDS = {
    "about": "about", "over": "more than", "at least": "at least", "nearly": "nearly", "up to": "at most", "under": "less than",
}
_BELOW = frozenset({"nearly", "under"})


@dataclass(frozen=True, slots=True)
class _Side:
    """One text in one language, with its quantities."""

    language: str
    text: str
    quantities: tuple[Quantity, ...]

    def quoted(self, words: str) -> str:
        return f"“{words}” ({self.language})"


def disagreeing_quantities(briefing: Briefing) -> Inquiry:
    """N101–N106: what the languages of a text say differently.

    N101: an amount of money. N102: a number, share or length of time. N103: a date. N104: a currency. N105 (warning):
    a quantity that stands in one language only. N106 (warning): “about”, “up to” and their like.
    """
    names = _names(briefing)
    return Inquiry("quantities", partial(_disagreeing, briefing, names), sorted(names))


def _disagreeing(briefing: Briefing, names: frozenset[str], among: Container[str]) -> Iterator[Finding]:
    for id_, fact in briefing.written(among):
        for path, text in texts(fact):
            if len(text.by_language) > 1:
                yield from _judge(briefing, names, id_, path, text)


def _judge(briefing: Briefing, names: frozenset[str], id_: str, path: Path, text: LocalText) -> Iterator[Finding]:
    languages = [language for language in briefing.languages if language in text.by_language]
    sides = [_Side(code, text.by_language[code], read(code, text.by_language[code], names)) for code in languages]
    for side in sides:
        yield from _impossible(id_, path, side)
    for other in sides[1:]:
        first = sides[0]
        if first.quantities or other.quantities:
            compared = compare(first.quantities, other.quantities, _told_by(briefing, other), _told_by(briefing, first))
            yield from _findings(id_, path, first, other, compared)


def _impossible(id_: str, path: Path, side: _Side) -> Iterator[Finding]:
    for quantity in side.quantities:
        if not _exists(quantity.first):
            message = f"{side.quoted(quantity.said)} is a date that does not exist"
            yield Finding("N103", id_, (*path, side.language), message, word=quantity.said)


def _exists(reading: Reading) -> bool:
    year, month, day = reading.day
    if month is not None and not 1 <= month <= 12:
        return False
    # Without a year it may be a leap year.
    return day is None or 1 <= day <= (monthrange(year or 2000, month)[1] if month else 31)


def _findings(id_: str, path: Path, first: _Side, other: _Side, compared: Comparison) -> Iterator[Finding]:
    known = table_of(first.language).complete and table_of(other.language).complete
    there = (*path, other.language)
    wrong_years: set[int | None] = set()
    for one, two in compared.different:
        if not (_exists(one.first) and _exists(two.first)) or not (known or two.first.family not in _NEED_A_TABLE):
            continue
        if years := _only_years(one.first, two.first):
            if years <= wrong_years:
                continue
            wrong_years |= years
        yield _contradiction(id_, there, first, other, one, two)
    for one, two in compared.other_currency:
        message = f"{first.quoted(one.said)} is in {one.first.units[0]}; {other.quoted(two.said)} is in {two.first.units[0]}"
        yield Finding("N104", id_, there, message, "the number is the same, the currency is not", word=two.said)
    yield from _years(id_, path, first, other, compared, wrong_years)
    if not known:
        return
    for one, two in compared.same:
        if not _same_bounds(one, two):
            message = f"{first.quoted(one.qualified)} says {_bound(one)}; {other.quoted(two.qualified)} says {_bound(two)}"
            yield Finding("N106", id_, there, message, None, Severity.WARNING, word=two.qualified)
    yield from _alone(id_, path, first, other, compared.left_only)
    yield from _alone(id_, path, other, first, compared.right_only)


def _only_years(one: Reading, two: Reading) -> set[int | None]:
    """The two years, where nothing else differs: both ends of a range share one slip."""
    return {one.day[0], two.day[0]} if one.day[0] != two.day[0] and one.day[1:] == two.day[1:] else set()


def _years(
    id_: str, path: Path, first: _Side, other: _Side, compared: Comparison, told: set[int | None]
) -> Iterator[Finding]:
    """Years that only one side has, of dates that agree as far as both tell them: “March 2026”, and 「3月」 after 2027年."""
    here = [q for q in _unknown_years(compared.same, other) if q.first.day[0] not in told]
    there = [q for q in _unknown_years([(two, one) for one, two in compared.same], first) if q.first.day[0] not in told]
    for one, two in zip(here, there, strict=False):
        message = f"{first.quoted(one.said)} is of {one.first.day[0]}; {other.quoted(two.said)} is of {two.first.day[0]}"
        yield Finding("N103", id_, (*path, other.language), message, "the year differs", word=two.said)
    for side, missing, alone in ((first, other, here[len(there) :]), (other, first, there[len(here) :])):
        for quantity in alone:
            message = f"{side.quoted(quantity.said)} is of {quantity.first.day[0]}, a year that is not in “{missing.language}”"
            yield Finding("N105", id_, (*path, side.language), message, None, Severity.WARNING, word=quantity.said)


def _unknown_years(pairs: Iterable[tuple[Quantity, Quantity]], other: _Side) -> list[Quantity]:
    """Dates with a year, matched by dates without one, in a text that has years, but not that one."""
    known = {reading.day[0] for quantity in other.quantities for reading in quantity.readings} - {None}
    return [
        one for one, two in pairs
        if known and one.first.family is Family.DATE is two.first.family and two.first.day[0] is None
        and one.first.day[0] not in {None, *known}
    ]


def _contradiction(id_: str, path: Path, first: _Side, other: _Side, one: Quantity, two: Quantity) -> Finding:
    reading, instead = _opposed(one, two)
    code = _CODES.get(instead.family, "N102")
    message = f"{first.quoted(one.said)} is {reading}; {other.quoted(two.said)} is {instead}"
    hint = likely_slip(reading, instead, one.said, two.said, table_of(first.language), table_of(other.language))
    return Finding(code, id_, path, message, hint, word=two.said)


def _opposed(one: Quantity, two: Quantity) -> tuple[Reading, Reading]:
    """The first readings of the same kind."""
    pairs = ((a, b) for a in one.readings for b in two.readings if a.family is b.family)
    return next(pairs, (one.first, two.first))


def _alone(id_: str, path: Path, side: _Side, missing: _Side, quantities: tuple[Quantity, ...]) -> Iterator[Finding]:
    for quantity in quantities:
        if _needs_a_partner(quantity, missing):
            message = f"{side.quoted(quantity.said)}, that is {quantity.first}, has nothing to match it in “{missing.language}”"
            hint = "say it in every language, or in none"
            yield Finding("N105", id_, (*path, side.language), message, hint, Severity.WARNING, word=quantity.said)


def _needs_a_partner(quantity: Quantity, missing: _Side) -> bool:
    """Whether it is certain that the other text should say it too."""
    family = quantity.first.family
    if quantity.soft or family in (Family.ORDINAL, Family.FRACTION, Family.TIME):
        return False
    if family is Family.DATE:
        return not table_of(missing.language).relative_dates.search(missing.text)
    return quantity.first.value > _STYLE.get(family, -1) and not (quantity.spelled and family is Family.COUNT)


def _same_bounds(one: Quantity, two: Quantity) -> bool:
    return one.bounds == two.bounds or bool(one.bounds & two.bounds) or bool(one.bounds & _BELOW and two.bounds & _BELOW)


def _bound(quantity: Quantity) -> str:
    return " and ".join(f"“{_BOUNDS[bound]}”" for bound in sorted(quantity.bounds)) or "exactly that"


def _names(briefing: Briefing) -> frozenset[str]:
    """Names with a number in them, which is none: of actors, of terms, of those who publish sources."""
    found: set[str] = set()
    for fact in briefing.facts.values():
        if isinstance(fact, Actor | Term):
            texts_ = [fact.name, fact.full_name] if isinstance(fact, Actor) else [fact.name]
            listed = [(language, words) for text in texts_ if text for language, words in text.written()]
            listed += [(language, word) for language in briefing.languages for word in fact.aliases.in_(language)]
        elif isinstance(fact, Source):
            listed = list(fact.publisher.written())
        else:
            continue
        found.update(words for language, words in listed if read(language or briefing.languages[0], words))
    return frozenset(found)


def _told_by(briefing: Briefing, side: _Side) -> Callable[[Quantity], bool]:
    """Whether a quantity that the text of `side` does not have in words is given by something it mentions."""

    def given(quantity: Quantity) -> bool:
        # Where a mention has words of its own with a number in them, those have been read.
        told = [m for m in visible(side.text).mentions if not (m.words and read(side.language, m.words))]
        mentioned = [reading for mention in told for reading in _readings(briefing, side.language, mention)]
        return any(_same(one, other) for one in quantity.readings for other in mentioned)

    return given


def _same(one: Reading, other: Reading) -> bool:
    if one.family is not other.family:
        return False
    if one.family is Family.DATE:
        both = [(a, b) for a, b in zip(one.day, other.day, strict=True) if a is not None]
        return all(a == b for a, b in both)
    return one.measure == other.measure or (one.value == other.value and bool(set(one.units) & set(other.units)))


def _readings(briefing: Briefing, language: str, mention: Mention) -> Iterator[Reading]:
    """What a reader learns, or can look up, at a mention: a figure's values, an event's date, numbers in a title."""
    fact = briefing.facts.get(mention.id)
    if isinstance(fact, Figure):
        values = [fact.value(mention.key)] if mention.key else list(fact.values)
        for value in values:
            if isinstance(value, FigureValue):
                yield from _of_amount(value.amount)
                yield from _of_date(value.date)
    if isinstance(fact, Event):
        yield from _of_date(fact.date)
    title = getattr(fact, "title", None)
    if isinstance(title, LocalText) and not mention.words:
        words, chosen = title.choose(language, briefing.others(language))
        yield from (reading for quantity in read(chosen, words) for reading in quantity.readings)


def _of_amount(amount: Amount | None) -> Iterator[Reading]:
    if amount is not None:
        family = Family.SHARE if amount.unit == PERCENT else Family.MONEY if amount.is_money else Family.COUNT
        family = Family.SPAN if amount.unit in UNITS else family
        yield from (Reading(family, value, (amount.unit,) if amount.unit else ()) for value in _ends(amount))


def _ends(amount: Amount) -> tuple[Decimal, ...]:
    return (amount.low, amount.high) if amount.is_range else (amount.high,)


def _of_date(when: When | None) -> Iterator[Reading]:
    for date in (when.start, when.end) if when else ():
        if date is not None:
            yield Reading(Family.DATE, day=(date.year, date.month, date.day))
