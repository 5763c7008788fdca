"""Amounts: printed in any language they read as the same, two languages never disagree, and one that was changed does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from briefbook.fixing import as_amount
from briefbook.model.amounts import UNITS, Amount, Bound
from briefbook.model.dates import PartialDate
from briefbook.rules.quantities import Family, compare, read
from briefbook.rules.quantities.matching import Comparison
from briefbook.rules.quantities.quantity import IN_SMALLEST
from briefbook.wording.amounts import word_amount
from briefbook.wording.labels import LabelFile, load_labels, shipped_languages
from briefbook.wording.language import Language

# Labels of a site of its own, for languages that the package has tables for and no labels.
LABELS = Path(__file__).parents[1] / "cases" / "sites" / "trilingual" / "overrides" / "labels"
CODES = sorted({*shipped_languages(), *(file.stem for file in LABELS.glob("*.yml"))})
MONEY = ("USD", "JPY", "EUR", "GBP")


@cache
def language_of(code: str) -> Language:
    own = LABELS / f"{code}.yml"
    return Language(code, load_labels(code, LabelFile(own.name, own.read_bytes()) if own.is_file() else None)[0])


@st.composite
def numbers(draw: st.DrawFn) -> Decimal:
    """As briefings have them: few digits, and perhaps many zeros."""
    digits = draw(st.integers(1, 99_999))
    return Decimal(digits).scaleb(draw(st.integers(-2, 11))).normalize()


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """An amount, as it is read from a file."""
    unit = draw(st.sampled_from([*MONEY, "%", "", "years", "months", "gigawatts"]))
    bound = draw(st.sampled_from(["", *(bound.value for bound in Bound if bound is not Bound.EXACT)]))
    number = draw(numbers())
    numbers_ = f"{number:f}"
    if draw(st.booleans()):
        numbers_ += f" to {number + draw(numbers()):f}"
    return Amount.parse(f"{bound} {numbers_} {unit}".strip())


@given(amounts())
def test_what_is_written_reads_as_the_same(amount: Amount) -> None:
    assert amount == Amount.parse(str(amount))


TYPED = st.text("0123456789.,-−% toabunerlimUSDJPY〜", max_size=30) | st.text(max_size=12) | st.integers() | st.none()


@given(TYPED)
def test_whatever_is_typed_is_an_amount_or_is_refused(typed: object) -> None:
    try:
        amount = Amount.parse(typed)
    except PydanticCustomError:
        return
    assert amount == Amount.parse(str(amount))


@given(st.text("0123456789., USDusdMilLonbper%percent", max_size=24))
def test_a_fix_is_an_amount_and_needs_none_itself(typed: str) -> None:
    if meant := as_amount(typed):
        Amount.parse(meant)
        assert as_amount(meant) is None


def printed(amount: Amount, code: str) -> str:
    language = language_of(code)
    return word_amount(amount, language.locale, language.labels)


@given(amounts(), st.sampled_from(CODES))
def test_what_is_printed_reads_as_the_same(amount: Amount, code: str) -> None:
    text = printed(amount, code)
    assume(not any(unit in text for unit in UNITS.values()))
    ends = [reading for quantity in read(code, text) for reading in quantity.readings]
    for end in {amount.low, amount.high}:
        assert any(_says(reading.measure[0], reading.family, end, amount.unit) for reading in ends), text


def _says(value: Decimal, family: Family, end: Decimal, unit: str) -> bool:
    # A length of time and the like is measured in its smallest unit.
    factor = IN_SMALLEST[unit][1] if family is Family.SPAN and unit in IN_SMALLEST else 1
    return value == end * factor


def compared(one: tuple[str, str], other: tuple[str, str]) -> Comparison:
    return compare(read(*one), read(*other), lambda _: False, lambda _: False)


PAIRS = st.sampled_from([(one, other) for one in CODES for other in CODES if one != other])


@given(amounts(), PAIRS)
def test_two_languages_never_disagree(amount: Amount, pair: tuple[str, str]) -> None:
    one, other = ((code, printed(amount, code)) for code in pair)
    found = compared(one, other)
    assert ((), (), (), ()) == (found.different, found.other_currency, found.left_only, found.right_only), (one, other)


@given(amounts(), amounts(), PAIRS)
@example(Amount.parse("10 billion USD"), Amount.parse("100 billion USD"), ("en", "ja"))
def test_two_different_amounts_always_disagree(amount: Amount, changed: Amount, pair: tuple[str, str]) -> None:
    # What differs is a number, or the currency; the same kind of unit, so that it is a slip and not another matter.
    assume({amount.low, amount.high}.isdisjoint({changed.low, changed.high}))
    changed = Amount(changed.low, changed.high, amount.unit, amount.bound)
    one, other = (pair[0], printed(amount, pair[0])), (pair[1], printed(changed, pair[1]))
    found = compared(one, other)
    assert found.different or found.left_only or found.right_only, (one, other)


@given(amounts(), st.sampled_from(MONEY), PAIRS)
def test_another_currency_always_disagrees(amount: Amount, currency: str, pair: tuple[str, str]) -> None:
    assume(amount.is_money and amount.unit != currency)
    changed = Amount(amount.low, amount.high, currency, amount.bound)
    one, other = (pair[0], printed(amount, pair[0])), (pair[1], printed(changed, pair[1]))
    assert compared(one, other).other_currency, (one, other)


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS, DAYS, PAIRS)
def test_dates_agree_where_they_are_the_same_and_nowhere_else(one: date, other: date, pair: tuple[str, str]) -> None:
    days = [PartialDate.parse(str(day)) for day in (one, other)]
    texts = [(code, language_of(code).partial(day)) for code, day in zip(pair, days, strict=True)]
    found = compared(*texts)
    assert (days[0] == days[1]) == (not (found.different or found.left_only or found.right_only)), texts


@given(st.text("0123456789.,$€£¥%億万兆円ドル約超 bnmilionandyears年月日-–〜", max_size=60), PAIRS)
def test_anything_can_be_read_and_compared_with_anything(text: str, pair: tuple[str, str]) -> None:
    found = compared((pair[0], text), (pair[0], text))
    assert ((), ()) == (found.different, found.other_currency)
    compared((pair[0], text), (pair[1], text))
