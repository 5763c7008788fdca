"""Words are found by what they begin with, and the longest of them first, as if each were tried."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest

from briefbook.rules.quantities.numerals import one_of, value_of
from briefbook.rules.quantities.tables import table_of


@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE])
@pytest.mark.parametrize("language", ["en", "ja", "de", "ar"])
def test_words_that_begin_alike_are_tried_together(language: str, flags: re.RegexFlag) -> None:
    table = table_of(language)
    words = [
        str(word)
        for word in (
            *table.numerals,
            *table.months,
            *table.powers,
            *table.signs,
            *table.counter_words,
            "May",
            "may",
            "mayor",
            "m²",
        )
    ]
    each = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))
    chance = Random(1)
    for _ in range(2000):
        text = "".join(chance.choice([*words, " ", "x", "1"]) for _ in range(3))
        text = text.upper() if chance.random() < 0.2 else text
        for end in ("", r"(?!\w)"):
            plain, grouped = (re.compile(f"(?:{pattern}){end}", flags) for pattern in (each, one_of(words)))
            assert [m.span() for m in plain.finditer(text)] == [m.span() for m in grouped.finditer(text)], text


def test_there_may_be_no_words() -> None:
    assert "" == one_of([])


@pytest.mark.parametrize(
    ("written", "value"),
    [("0", "0"), ("007", "7"), ("1" * 28, "1" * 28), ("٣", "3"), ("1,000", "1000"), ("9" * 41, None), ("1½", "1.5")],
)
def test_digits_are_worth_what_they_say(written: str, value: str | None) -> None:
    found = value_of(table_of("en"), written)
    assert found == (None if value is None else Decimal(value))
