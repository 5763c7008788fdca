"""Amounts: what may be written, what exactly it comes to, and what is said of a near miss."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from briefbook.model.amounts import FORMS, PERCENT, UNITS, Amount, Bound

LIKE = f"write it like one of: {FORMS}"
UNIT = (
    "use an ISO 4217 code such as USD, %, or one of days, gigawatts, hours, kilometres, megawatts, minutes, months, "
    "tonnes, weeks, years"
)


def refusal(written: object) -> tuple[str, str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        Amount.parse(written)
    context = caught.value.context or {}
    return caught.value.type, context["message"], context["hint"]


def amount(low: str, unit: str = "", bound: Bound = Bound.EXACT, high: str | None = None) -> Amount:
    return Amount(Decimal(low), Decimal(high or low), unit, bound)


GOOD = [
    ("13 billion USD", amount("13000000000", "USD")),
    ("13.75 billion USD", amount("13750000000", "USD")),
    ("493.8 million USD", amount("493800000", "USD")),
    ("4.8 trillion JPY", amount("4800000000000", "JPY")),
    ("3 thousand EUR", amount("3000", "EUR")),
    ("1,234,567 USD", amount("1234567", "USD")),
    ("1,000.5 USD", amount("1000.5", "USD")),
    ("1.0 billion USD", amount("1000000000", "USD")),
    ("0 USD", amount("0", "USD")),
    ("27 %", amount("27", PERCENT)),
    ("27%", amount("27", PERCENT)),
    ("26.79 %", amount("26.79", PERCENT)),
    ("-5 %", amount("-5", PERCENT)),
    ("−5 %", amount("-5", PERCENT)),
    ("about -5 %", amount("-5", PERCENT, Bound.ABOUT)),
    ("7 years", amount("7", "year")),
    ("1 year", amount("1", "year")),
    ("1.5 gigawatts", amount("1.5", "gigawatt")),
    ("50", amount("50")),
    (50, amount("50")),
    (0, amount("0")),
    (-5, amount("-5")),
    ("2 million", amount("2000000")),
    ("  13   billion  USD ", amount("13000000000", "USD")),
    ("20 to 49 %", amount("20", PERCENT, high="49")),
    ("20-49%", amount("20", PERCENT, high="49")),
    ("20–49 %", amount("20", PERCENT, high="49")),
    ("20〜49 %", amount("20", PERCENT, high="49")),
    ("79 to 134 billion USD", amount("79000000000", "USD", high="134000000000")),
    ("900 million to 1.2 billion USD", amount("900000000", "USD", high="1200000000")),
    ("about 20 to 49 %", amount("20", PERCENT, Bound.ABOUT, high="49")),
    ("3 to 4", amount("3", high="4")),
    ("5 to 7 years", amount("5", "year", high="7")),
]
BOUNDS = {
    "about": Bound.ABOUT, "around": Bound.ABOUT, "roughly": Bound.ABOUT, "approximately": Bound.ABOUT,
    "over": Bound.OVER, "more than": Bound.OVER, "at least": Bound.AT_LEAST, "nearly": Bound.NEARLY,
    "almost": Bound.NEARLY, "close to": Bound.NEARLY, "up to": Bound.UP_TO, "at most": Bound.UP_TO,
    "under": Bound.UNDER, "less than": Bound.UNDER,
}


@pytest.mark.parametrize(("written", "expected"), GOOD, ids=str)
def test_an_amount_is_read_exactly(written: object, expected: Amount) -> None:
    assert expected == Amount.parse(written)


@pytest.mark.parametrize(("words", "bound"), BOUNDS.items(), ids=str)
def test_every_way_to_bound_a_number(words: str, bound: Bound) -> None:
    assert amount("3", PERCENT, bound) == Amount.parse(f"{words} 3 %")


def test_every_bound_can_be_written() -> None:
    assert set(Bound) - {Bound.EXACT} == set(BOUNDS.values())


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_in_singular_and_plural(unit: str) -> None:
    assert amount("2", unit) == Amount.parse(f"2 {unit}s") == Amount.parse(f"2 {unit}")


@pytest.mark.parametrize("expected", [found for _, found in GOOD], ids=str)
def test_an_amount_written_out_is_read_back_as_the_same(expected: Amount) -> None:
    assert expected == Amount.parse(str(expected))
    assert expected is Amount.parse(expected)


def test_the_same_amount_has_one_form() -> None:
    assert str(Amount.parse("13.0 billion USD")) == str(Amount.parse("13,000 million USD")) == "13000000000 USD"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0.12345678901234567890123 %", "0.12345678901234567890123 %"),
        ("-0.12345678901234567890123 %", "-0.12345678901234567890123 %"),
        ("123456789012.345678901234 USD", "123456789012.345678901234 USD"),
        ("999999999999 trillion USD", "999999999999000000000000 USD"),
    ],
)
def test_no_digit_is_lost_of_as_many_as_are_read(written: str, expected: str) -> None:
    assert expected == str(Amount.parse(written))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234567890123456789012345 USD", "1234567890123456789012345"),
        ("0.123456789012345678901234 %", "0.123456789012345678901234"),
        ("1 to 1,000,000,000,000 trillion USD", "1,000,000,000,000"),
        ("9" * 5000 + " USD", "9" * 24 + "…"),
    ],
    ids=lambda value: value[:30],
)
def test_a_number_with_more_digits_than_can_be_kept_is_refused(written: str, number: str) -> None:
    assert ("amount", f"“{number}” has too many digits", "at most 24 are read, with those of the scale") == refusal(written)


@pytest.mark.parametrize("digits", [29, 5000])
def test_a_number_too_long_to_be_meant_is_read_or_refused_but_never_fails(digits: int) -> None:
    written = "9" * digits + " USD"
    try:
        read = str(Amount.parse(written))
    except PydanticCustomError:
        read = written
    assert written == read


BAD = [
    ("13 bilion USD", "“13 bilion USD” is not an amount", LIKE),
    ("13 Billion USD", "“13 Billion USD” is not an amount", LIKE),
    ("1,34 billion USD", "“1,34 billion USD” is not an amount", LIKE),
    ("1,34 billion", "“1,34 billion” is not an amount", LIKE),
    ("1,000,00 USD", "“1,000,00 USD” is not an amount", LIKE),
    ("1 000 USD", "“1 000 USD” is not an amount", LIKE),
    ("1_000 USD", "“1_000 USD” is not an amount", LIKE),
    ("$13 billion", "“$13 billion” is not an amount", LIKE),
    ("USD 13 billion", "“USD 13 billion” is not an amount", LIKE),
    ("130億ドル", "“130億ドル” is not an amount", LIKE),
    ("１３ billion USD", "“１３ billion USD” is not an amount", LIKE),
    ("13 billion USD.", "“13 billion USD.” is not an amount", LIKE),
    ("1e9 USD", "“1e9 USD” is not an amount", LIKE),
    ("13. USD", "“13. USD” is not an amount", LIKE),
    (".5 %", "“.5 %” is not an amount", LIKE),
    ("- 5 %", "“- 5 %” is not an amount", LIKE),
    ("+5 %", "“+5 %” is not an amount", LIKE),
    ("3 per cent", "“3 per cent” is not an amount", LIKE),
    ("10 % of revenue", "“10 % of revenue” is not an amount", LIKE),
    ("over about 3 %", "“over about 3 %” is not an amount", LIKE),
    ("over3 %", "“over3 %” is not an amount", LIKE),
    ("Over 3 %", "“Over 3 %” is not an amount", LIKE),
    ("1 to 2 to 3 USD", "“1 to 2 to 3 USD” is not an amount", LIKE),
    ("billion USD", "“billion USD” is not an amount", LIKE),
    ("usd", "“usd” is not an amount", LIKE),
    ("", "“” is not an amount", LIKE),
    ("13 billion usd", "“13 billion usd” has an unknown unit: usd", "did you mean USD?"),
    ("13 billion Usd", "“13 billion Usd” has an unknown unit: Usd", "did you mean USD?"),
    ("13 billion dollars", "“13 billion dollars” has an unknown unit: dollars", UNIT),
    ("13 billion UDS", "“13 billion UDS” has an unknown unit: UDS", UNIT),
    ("3 percent", "“3 percent” has an unknown unit: percent", UNIT),
    ("3 quadrillion", "“3 quadrillion” has an unknown unit: quadrillion", UNIT),
    ("3 kilometers", "“3 kilometers” has an unknown unit: kilometers", UNIT),
    ("49 to 20 %", "“49 to 20 %” runs from the larger to the smaller", "write the smaller number first"),
    ("1 billion to 900 million USD", "“1 billion to 900 million USD” runs from the larger to the smaller",
     "write the smaller number first"),
    ("-5 to 8 %", "“-5 to 8 %”: a range cannot be negative", ""),
    (True, "an amount is expected here", LIKE),
    (None, "an amount is expected here", LIKE),
    (3.5, "an amount is expected here", LIKE),
    (["3 %"], "an amount is expected here", LIKE),
]


@pytest.mark.parametrize(("written", "message", "hint"), BAD, ids=str)
def test_a_near_miss_is_named_with_the_right_form(written: object, message: str, hint: str) -> None:
    assert ("amount", message, hint) == refusal(written)


def test_a_negative_range_is_refused_for_being_negative() -> None:
    assert "“-8 to 5 %”: a range cannot be negative" == refusal("-8 to 5 %")[1]


@pytest.mark.parametrize(
    ("written", "is_money", "is_range"),
    [("1 USD", True, False), ("1 %", False, False), ("1 year", False, False), ("1", False, False), ("1 to 2 USD", True, True)],
)
def test_what_sort_of_amount_it_is(written: str, is_money: bool, is_range: bool) -> None:
    found = Amount.parse(written)
    assert (is_money, is_range) == (found.is_money, found.is_range)
