"""Quantities read as people write them, in each language that has a table and in some that have none."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from briefbook.model.amounts import UNITS, Amount, Bound
from briefbook.model.dates import PartialDate
from briefbook.rules.quantities import Family, Quantity, compare, read
from briefbook.wording.amounts import word_amount
from briefbook.wording.labels import LabelFile, load_labels
from briefbook.wording.language import Language

PRINTED = ("en", "ja", "de", "ar", "zh", "fr", "es", "it", "pt", "ko", "nl", "pl", "sv", "tr", "cs", "uk")


# Labels that a site brings for languages the package has none for.
LABELS = Path(__file__).parent.parent / "cases" / "sites" / "trilingual" / "overrides" / "labels"


def language_of(code: str) -> Language:
    own = LABELS / f"{code}.yml"
    return Language(code, load_labels(code, LabelFile(own.name, own.read_bytes()) if own.is_file() else None)[0])


def shown(language: str, text: str) -> list[str]:
    """Each quantity as the likeliest reading, with what it is qualified by."""
    return [" ".join([*sorted(q.bounds), str(q.first)]) for q in read(language, text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("$10bn", ["10,000,000,000 USD"]),
    ("US$13.75 billion", ["13,750,000,000 USD"]),
    ("13.75 billion USD", ["13,750,000,000 USD"]),
    ("nearly $14bn", ["nearly 14,000,000,000 USD"]),
    ("up to about $650m", ["about 650,000,000 USD"]),
    ("¥4.8tn (about $33.2bn or $32bn)", ["4,800,000,000,000 JPY", "about 33,200,000,000 USD", "32,000,000,000 USD"]),
    ("€1,250,000.50", ["1,250,000.5 EUR"]),
    ("a billion dollars", ["1,000,000,000 USD"]),
    ("two hundred million euros", ["200,000,000 EUR"]),
    ("$79–134bn", ["79,000,000,000 USD", "134,000,000,000 USD"]),
    ("$79bn–$134bn", ["79,000,000,000 USD", "134,000,000,000 USD"]),
    ("$15bn + $35bn", ["15,000,000,000 USD", "35,000,000,000 USD"]),
    ("20–49%", ["20%", "49%"]),
    ("between 20 and 49 per cent", ["20", "49%"]),
    ("low- to mid-30s", ["30"]),
    ("5 percentage points", ["5 points"]),
    ("28 October 2025", ["2025-10-28"]),
    ("October 28th, 2025", ["2025-10-28"]),
    ("on the 24th", ["number 24"]),
    ("the 24 companies", ["24"]),
    ("July–September 2025", ["2025-07", "2025-09"]),
    ("1–3 May 2024", ["day 1", "2024-05-03"]),
    ("11 or 12 May 2026", ["11", "2026-05-12"]),
    ("in mid-2025", ["2025"]),
    ("fiscal 2026", ["2026"]),
    ("he may march in", []),
    ("since May", ["month 5"]),
    ("a year of talks", ["1 year"]),
    ("an eight-year contract", ["8 years"]),
    ("two and a half years", ["2.5 years"]),
    ("twenty-one directors", ["21"]),
    ("a dozen", ["12"]),
    ("over seven years", ["7 years"]),
    ("more than seven years", ["over 7 years"]),
    ("nearly half", ["nearly 0.5"]),
    ("two-thirds", ["about 0.667"]),
    ("the third tranche", ["number 3"]),
    ("10:30 p.m.", ["22:30"]),
    ("a third party, tens of billions, a multibillion deal, 24/7", []),
    ("GPT-4o, GPT-3, MAI-1-preview, H100, Form 10-K, 10-Q, S-1, 6(b) orders, 10b-5, v2.1.3, D01, 5G", []),
    ("[a link](https://example.org/2024/10) and `10%`", ["a link"][:0]),
    ("[[some-id-2024]] and [[x#2024|27%]]", ["27%"]),
    ("**about 27%**", ["about 27%"]),
])
def test_english(text: str, expected: list[str]) -> None:
    assert expected == shown("en", text)


@pytest.mark.parametrize(("text", "expected"), [
    ("100億ドル", ["10,000,000,000 USD"]),
    ("１００億ドル", ["10,000,000,000 USD"]),
    ("4兆8000億円", ["4,800,000,000,000 JPY"]),
    ("137億5000万ドル", ["13,750,000,000 USD"]),
    ("4億9380万ドル", ["493,800,000 USD"]),
    ("1億2千万", ["120,000,000"]),
    ("三千五百万円", ["35,000,000 JPY"]),
    ("1,250人", ["1,250"]),
    ("約130億ドル、1000億ドル超、140億ドル近く、最大500億ドル", [
        "about 13,000,000,000 USD", "over 100,000,000,000 USD", "nearly 14,000,000,000 USD", "up to 50,000,000,000 USD"]),
    ("50億豪ドル", ["5,000,000,000 AUD"]),
    ("790億〜1340億ドル", ["79,000,000,000 USD", "134,000,000,000 USD"]),
    ("100〜200億ドル", ["10,000,000,000 USD", "20,000,000,000 USD"]),
    ("20〜49%", ["20%", "49%"]),
    ("２０～４９％", ["20%", "49%"]),
    ("3割5分", ["30%", "5 minutes"]),
    ("30%台前半〜半ば", ["30%"]),
    ("2025年10月28日", ["2025-10-28"]),
    ("二〇二五年十月二十八日", ["2025-10-28"]),
    ("令和7年10月", ["2025-10"]),
    ("2025年7〜9月期", ["2025-07", "2025-09"]),
    ("2024〜26年", ["2024", "26 years"]),
    ("同月22日", ["day 22"]),
    ("5日間", ["5 days"]),
    ("6日後", ["6 days"]),
    ("1年半", ["1.5 years"]),
    ("2025年半ば", ["2025"]),
    ("15カ月", ["15 months"]),
    ("2年以上", ["at least 2 years"]),
    ("1年近く", ["nearly 1 year"]),
    ("三つの部分、二段階、5社", ["3", "2", "5"]),
    ("3分の1", ["about 0.333"]),
    ("2回目の100億ドル", ["number 2", "10,000,000,000 USD"]),
    ("午後3時30分", ["15:30"]),
    ("一部、一方、第三者、十分、万一、三菱、四半期、数十億ドル、十数人、百貨店、唯一、一致、九州、2桁", []),
    ("GPT-4o、S-1、10-Q、AGI条項、D01、H100", []),
])
def test_japanese(text: str, expected: list[str]) -> None:
    assert expected == shown("ja", text)


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("de", "mehr als 13,75 Milliarden US-Dollar am 24. Mai 2024", ["over 13,750,000,000 USD", "2024-05-24"]),
    ("de", "1.250 Leute, etwa 27,5 %, einundzwanzig Tage", ["1,250", "about 27.5%", "21 days"]),
    ("de", "zwischen 12 und 14,5 Mrd. Euro", ["12", "14,500,000,000 EUR"]),
    ("ar", "أكثر من 13.75 مليار دولار أمريكي في 24 مايو 2024", ["over 13,750,000,000 USD", "2024-05-24"]),
    ("ar", "نحو ٢٧٫٥٪ خلال عامين", ["about 27.5%", "2 years"]),
    ("zh", "约137.5亿美元，2025年10月28日，4.8万亿日元，三年", [
        "about 13,750,000,000 USD", "2025-10-28", "4,800,000,000,000 JPY", "3 years"]),
    ("zh", "100兆瓦、1.2吉瓦、三兆瓦，3兆美元，2兆日元，5百万瓦，100兆瓦时", [
        "100 megawatts", "1.2 gigawatts", "3 megawatts", "3,000,000,000,000 USD", "2,000,000,000,000 JPY", "5 megawatts", "100 megawatt-hours"]),
    ("fr", "13,75 milliards le 24 mai 2024, 27,5 %", ["13,750,000,000", "2024-05-24", "27.5%"]),
    ("xx", "10.5% in 2024", ["10.5%", "2024"]),
])
def test_other_languages(language: str, text: str, expected: list[str]) -> None:
    assert expected == shown(language, text)


def test_what_is_joined_may_share_its_unit() -> None:
    first = read("en", "between 20 and 49 per cent")[0]
    assert ["20", "20%"] == [str(reading) for reading in first.readings]


def test_the_words_are_those_of_the_text() -> None:
    found = read("ja", "出資額は約１００億ドル（\u2068130億ドル\u2069）")
    assert ["１００億ドル", "130億ドル"] == [quantity.said for quantity in found]
    assert "約１００億ドル" == found[0].qualified


def amounts(number: int) -> list[Amount]:
    """Amounts of every kind, the same in every run."""
    dice = random.Random(20261123)  # not for secrets
    bounds = [bound for bound in Bound if bound is not Bound.EXACT]
    found = []
    for _ in range(number):
        unit = dice.choice(["USD", "USD", "JPY", "EUR", "%", "", *UNITS])
        low = Decimal(dice.randint(1, 9999)).scaleb(dice.choice([0, 0, 0, 2, 5, 6, 8, 9, 11] if unit in ("USD", "JPY", "EUR", "") else [0, -1]))
        high = low if dice.random() < 0.7 else low * dice.choice([2, 3, 10])
        found.append(Amount(low, high, unit, dice.choice([Bound.EXACT, *bounds])))
    return found


def is_said_by(amount: Amount, quantities: tuple[Quantity, ...], *, with_units: bool) -> bool:
    ends = [amount.low, amount.high] if amount.is_range else [amount.high]
    read_ = [[(r.value, r.units if with_units else ()) for r in q.readings if r.family is not Family.DATE] for q in quantities]
    if len(read_) != len(ends):
        return False
    return all(
        any(value == end and (not with_units or amount.unit in units or (not amount.unit and not units)) for value, units in readings)
        for end, readings in zip(ends, read_, strict=True)
    )


@pytest.mark.parametrize("code", PRINTED)
def test_what_is_printed_reads_as_the_same(code: str) -> None:
    language = language_of(code)
    complete = code in ("en", "ja", "de", "ar", "zh")
    wrong = []
    for amount in amounts(400):
        printed = word_amount(amount, language.locale, language.labels)
        if any(unit in printed for unit in UNITS.values()):
            continue  # Babel lacks the unit in this language, and names it by its id
        if not is_said_by(amount, read(code, printed), with_units=complete):
            wrong.append((str(amount), printed, shown(code, printed)))
    assert [] == wrong


@pytest.mark.parametrize("code", PRINTED[1:])
def test_what_is_printed_agrees_between_languages(code: str) -> None:
    one, other = language_of("en"), language_of(code)
    for amount in amounts(200):
        texts = [word_amount(amount, language.locale, language.labels) for language in (one, other)]
        if any(unit in text for unit in UNITS.values() for text in texts):
            continue
        compared = compare(read("en", texts[0]), read(code, texts[1]), lambda _: False, lambda _: False)
        assert ((), ()) == (compared.different, compared.other_currency), texts


@pytest.mark.parametrize("code", PRINTED)
def test_what_is_printed_of_a_date_reads_as_the_same(code: str) -> None:
    language, dice = language_of(code), random.Random(20261123)  # not for secrets
    for _ in range(200):
        year, month, day = dice.randint(1900, 2099), dice.randint(1, 12), dice.randint(1, 28)
        for parts in ((year, month, day), (year, month, None), (year, None, None)):
            printed = language.partial(PartialDate(*parts))
            days = [reading.day for quantity in read(code, printed) for reading in quantity.readings if reading.family is Family.DATE]
            assert [parts] == days, printed
