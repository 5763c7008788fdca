"""How languages write amounts: exactly, in their own digits, words and order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

import pytest

from briefbook.model.amounts import UNITS, Amount
from briefbook.wording.labels import load_labels
from briefbook.wording.language import Language


@cache
def language(code: str) -> Language:
    return Language(code, load_labels(code)[0])


def worded(code: str, written: str) -> str:
    """Blanks of every width are one blank here: which of them a language takes, CLDR changes from time to time."""
    words = language(code).amount(Amount.parse(written))
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in words).strip("\u2068\u2069")


def table(words: Mapping[str, str]) -> list[object]:
    return [pytest.param(written, expected, id=written) for written, expected in words.items()]


ENGLISH = {
    "13 billion USD": "US$13 billion",
    "over 13 billion USD": "more than US$13 billion",
    "at least 13 billion USD": "at least US$13 billion",
    "nearly 14 billion USD": "nearly US$14 billion",
    "up to 92 billion USD": "up to US$92 billion",
    "about 13 billion USD": "about US$13 billion",
    "under 3 %": "less than 3%",
    "79 to 134 billion USD": "US$79–134 billion",
    "900 million to 1.2 billion USD": "US$900 million–1.2 billion",
    "about 20 to 49 %": "about 20–49%",
    "20 to 49 %": "20–49%",
    "about 27 %": "about 27%",
    "26.79 %": "26.79%",
    "0.5 %": "0.5%",
    "-5 %": "-5%",
    "13.75 billion USD": "US$13.75 billion",
    "493.8 million USD": "US$493.8 million",
    "137.5 billion USD": "US$137.5 billion",
    "4.8 trillion JPY": "¥4.8 trillion",
    "1 million EUR": "€1 million",
    "250 thousand GBP": "£250,000",
    "1,234,567 USD": "US$1,234,567",
    "123,456,789.12 USD": "US$123,456,789.12",
    "1 CHF": "1 Swiss franc",
    "1.5 million CHF": "1.5 million Swiss francs",
    "7 years": "7 years",
    "1 year": "1 year",
    "5 to 7 years": "5–7 years",
    "3 weeks": "3 weeks",
    "1.5 gigawatts": "1.5 gigawatts",
    "2 million tonnes": "2 million tonnes",
    "about -5 %": "about -5%",
    "about 36 hours": "about 36 hours",
    "0": "0",
    "50": "50",
    "1234": "1,234",
    "2 million": "2 million",
    "-13 billion USD": "-US$13 billion",
}
JAPANESE = {
    "13 billion USD": "130億ドル",
    "over 13 billion USD": "130億ドル超",
    "at least 13 billion USD": "130億ドル以上",
    "nearly 14 billion USD": "140億ドル近く",
    "up to 92 billion USD": "最大920億ドル",
    "about 27 %": "約27%",
    "under 3 %": "3%未満",
    "20 to 49 %": "20〜49%",
    "26.79 %": "26.79%",
    "79 to 134 billion USD": "790億〜1340億ドル",
    "900 million to 1.2 billion USD": "9億〜12億ドル",
    "13.75 billion USD": "137億5000万ドル",
    "493.8 million USD": "4億9380万ドル",
    "865.8 million USD": "8億6580万ドル",
    "137.5 billion USD": "1375億ドル",
    "4.8 trillion JPY": "4兆8000億円",
    "123,456,789.12 USD": "1億2345万6789.12ドル",
    "1,234,567 USD": "123万4567ドル",
    "10,000 USD": "1万ドル",
    "9,999 USD": "9,999ドル",
    "20 million JPY": "2000万円",
    "10.5 JPY": "10.5円",
    "1 million EUR": "100万ユーロ",
    "3 GBP": "3ポンド",
    "2 million": "200万",
    "-13 billion USD": "-130億ドル",
    "1.5 gigawatts": "1.5 ギガワット",
    "7 years": "7年",
    "5 to 7 years": "5〜7年",
    "3 weeks": "3週間",
    "12 days": "12日間",
}
# Languages that nobody has worded: bounds stay English, everything else is theirs.
GERMAN = {
    "13 billion USD": "US$13 Milliarden",
    "over 13 billion USD": "more than US$13 Milliarden",
    "13.75 billion USD": "US$13,75 Milliarden",
    "1 million EUR": "€1 Million",
    "2 million EUR": "€2 Millionen",
    "4.8 trillion JPY": "¥4,8 Billionen",
    "1,234,567 USD": "US$1.234.567",
    "26.79 %": "26,79 %",
    "20 to 49 %": "20–49 %",
    "7 years": "7 Jahre",
    "1 year": "1 Jahr",
    "5 CHF": "5 Schweizer Franken",
}
FRENCH = {
    "13 billion USD": "US$13 milliards",
    "1 million EUR": "€1 million",
    "2 million EUR": "€2 millions",
    "1,234,567 USD": "US$1 234 567",
    "26.79 %": "26,79 %",
    "7 years": "7 ans",
    "1 year": "1 an",
    "3 weeks": "3 semaines",
}
ARABIC = {
    "13 billion USD": "US$13 مليار",
    "10 million USD": "US$10 ملايين",
    "26.79 %": "26.79%",
    "7 years": "7 سنوات",
    "12 days": "12 يومًا",
    "1 to 2 years": "1–2 سنة",
    "2 years": "2 سنة",
}
HINDI = {
    "13 billion USD": "US$13 अरब",
    "493.8 million USD": "US$49.38 करोड़",
    "1,234,567 USD": "US$12,34,567",
    "79 to 134 billion USD": "US$79 अरब–1.34 खरब",
    "26.79 %": "26.79%",
    "12 days": "12 दिन",
    "7 years": "7 वर्ष",
}
CHINESE = {"13 billion USD": "US$130亿", "493.8 million USD": "US$4.938亿", "26.79 %": "26.79%", "7 years": "7年"}


@pytest.mark.parametrize(("written", "expected"), table(ENGLISH))
def test_english(written: str, expected: str) -> None:
    assert expected == worded("en", written)


@pytest.mark.parametrize(("written", "expected"), table(JAPANESE))
def test_japanese(written: str, expected: str) -> None:
    assert expected == worded("ja", written)


@pytest.mark.parametrize(("written", "expected"), table(GERMAN))
def test_german(written: str, expected: str) -> None:
    assert expected == worded("de", written)


@pytest.mark.parametrize(("written", "expected"), table(FRENCH))
def test_french(written: str, expected: str) -> None:
    assert expected == worded("fr", written)


@pytest.mark.parametrize(("written", "expected"), table(ARABIC))
def test_arabic(written: str, expected: str) -> None:
    assert expected == worded("ar", written)


@pytest.mark.parametrize(("written", "expected"), table(HINDI))
def test_hindi(written: str, expected: str) -> None:
    assert expected == worded("hi", written)


@pytest.mark.parametrize(("written", "expected"), table(CHINESE))
def test_chinese(written: str, expected: str) -> None:
    assert expected == worded("zh", written)


LANGUAGES = ("en", "ja", "de", "fr", "ar", "hi", "zh", "ko", "ru", "es", "th", "fa", "he", "sw", "bn", "tr")


@pytest.mark.parametrize("code", ["ar", "fa", "he"])
def test_an_amount_stands_apart_in_a_line_from_right_to_left(code: str) -> None:
    words = language(code).amount(Amount.parse("20 to 49 %"))
    assert ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}") == (words[0], words[-1])


NUMBERS = (
    "13.75 billion USD", "493.8 million USD", "1.2345 million USD", "1.23456 billion USD", "12.3456789 billion USD",
    "123,456,789.12 USD", "0.000001 USD", "26.79 %", "1234.5678 %", "4.8 trillion JPY", "12345.678 trillion JPY",
    "999,999 USD", "1,000,001", "1.5 million CHF", "3.14159 CHF",
)


def significant(text: str) -> str:
    """The digits of a text without the zeros at both ends, which scale words stand for."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.category(c) == "Nd").strip("0")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("written", NUMBERS)
def test_no_digit_is_lost(code: str, written: str) -> None:
    words = worded(code, written)
    assert ";" not in words
    if code == "ja":
        assert Decimal(str(Amount.parse(written)).split()[0]) == _from_japanese(words)
    else:
        assert significant(str(Amount.parse(written))) == significant(words)


def _from_japanese(words: str) -> Decimal:
    total, digits = Decimal(0), ""
    for character in words.replace(",", ""):
        if character.isdecimal() or character == ".":
            digits += character
        elif power := {"万": 4, "億": 8, "兆": 12}.get(character):
            total, digits = total + Decimal(digits) * 10**power, ""
        else:
            break
    return total + Decimal(digits or 0)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("written", ["1.23456 gigawatts", "1234.56789 megawatts"])
def test_no_digit_is_lost_before_a_unit(code: str, written: str) -> None:
    assert significant(written) == significant(worded(code, written))


def test_both_ends_of_a_range_stand_before_a_unit() -> None:
    assert "1.2345–1.2349 gigawatts" == worded("en", "1.2345 to 1.2349 gigawatts")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_has_a_word(code: str, unit: str) -> None:
    words = worded(code, f"7 {unit}s")
    assert UNITS[unit] not in words
    assert "7" in "".join(str(unicodedata.digit(c, c)) for c in words)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("currency", ["USD", "JPY", "EUR", "CHF", "XAF", "BTN"])
def test_every_currency_has_a_name(code: str, currency: str) -> None:
    assert len(worded(code, f"5 {currency}")) > 1
