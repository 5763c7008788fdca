"""How languages write dates, counts, lists and each other’s names."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest

from briefbook.model.dates import When
from briefbook.wording.labels import Labels, load_labels, shipped_languages
from briefbook.wording.language import Language, languages_of


@cache
def language(code: str) -> Language:
    return Language(code, load_labels(code)[0])


def plain(text: str) -> str:
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)


DATES = {
    "en": {
        "2025-10-28": "28 October 2025", "2024-05": "May 2024", "2024": "2024", "2024-05~": "about May 2024",
        "2024?": "2024 (date not verified)", "2024%": "about 2024 (date not verified)",
        "2024-05-13/2024-06-02": "13 May 2024 – 2 June 2024", "2019/..": "since 2019", "../2019": "until 2019",
        "2024-05~/..": "since about May 2024", "2019?/2020": "2019 – 2020 (date not verified)", "0794": "794",
        "2024/2024": "2024",
    },
    "ja": {
        "2025-10-28": "2025年10月28日", "2024-05": "2024年5月", "2024": "2024年", "2024-05~": "2024年5月ごろ",
        "2024?": "2024年（日付は未確認）", "2024-05-13/2024-06-02": "2024年5月13日〜2024年6月2日", "2019/..": "2019年から",
        "../2019": "2019年まで", "2019/2020?": "2019年〜2020年（日付は未確認）",
    },
    "de": {"2025-10-28": "28. Oktober 2025", "2024-05": "Mai 2024", "2024": "2024", "2024~": "about 2024"},
    "fr": {"2025-10-28": "28 octobre 2025", "2024-05": "mai 2024", "2024": "2024"},
    "ar": {"2025-10-28": "28 أكتوبر 2025", "2024-05": "مايو 2024", "2024": "2024"},
    "hi": {"2025-10-28": "28 अक्टूबर 2025", "2024-05": "मई 2024", "2024": "2024"},
    "zh": {"2025-10-28": "2025年10月28日", "2024-05": "2024年5月", "2024": "2024年"},
    "ko": {"2025-10-28": "2025년 10월 28일"},
    "es": {"2025-10-28": "28 de octubre de 2025"},
    "pt-BR": {"2025-10-28": "28 de outubro de 2025"},
    "en-US": {"2025-10-28": "October 28, 2025"},
}


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        pytest.param(code, written, expected, id=f"{code}-{written}")
        for code, words in DATES.items() for written, expected in words.items()
    ],
)
def test_dates(code: str, written: str, expected: str) -> None:
    assert expected == plain(language(code).date(When.parse(written)))


@pytest.mark.parametrize("code", DATES)
@pytest.mark.parametrize(("written", "unsaid"), [("2031-05", ("1", "31")), ("2031", ("1", "5", "05", "12"))])
def test_a_date_never_says_more_than_was_written(code: str, written: str, unsaid: tuple[str, ...]) -> None:
    numbers = "".join(c if c.isdecimal() else " " for c in language(code).date(When.parse(written))).split()
    assert set() == set(numbers) & set(unsaid)


def test_a_span_may_be_open_at_either_end() -> None:
    english, start, end = language("en"), When.parse("2019"), When.parse("2020-05")
    assert ["2019 – May 2020", "since 2019", "until May 2020", ""] == [
        english.span(start, end), english.span(start, None), english.span(None, end), english.span(None, None),
    ]


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [("en", 0, "0 events"), ("en", 1, "1 event"), ("en", 2, "2 events"), ("en", 1234, "1,234 events"), ("ja", 1, "1件"),
     ("ja", 1234, "1,234件"), ("de", 1, "1 event"), ("de", 1234, "1.234 events"), ("hi", 0, "0 event")],
)
def test_counts_take_the_plural_form_of_their_language(code: str, number: int, expected: str) -> None:
    assert expected == language(code).count("events", number)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (11, "many"), (100, "other")]
)
def test_a_language_may_have_six_plural_forms(number: int, expected: str) -> None:
    forms = {f"count.events.{form}": form for form in ("zero", "one", "two", "few", "many", "other")}
    assert expected == Language("ar", Labels("ar", forms)).count("events", number)


@pytest.mark.parametrize(
    ("code", "items", "expected"),
    [
        ("en", [], ""), ("en", ["a"], "a"), ("en", ["a", "b"], "a and b"), ("en", ["a", "b", "c"], "a, b and c"),
        ("ja", ["あ", "い", "う"], "あ、い、う"), ("de", ["a", "b", "c"], "a, b und c"), ("ar", ["a", "b"], "a وb"),
    ],
)
def test_lists(code: str, items: list[str], expected: str) -> None:
    assert expected == language(code).list(items)


def test_colons() -> None:
    assert ["a: b", "a：b"] == [language(code).colon("a", "b") for code in ("en", "ja")]


@pytest.mark.parametrize(
    ("code", "name", "direction"),
    [("en", "English", "ltr"), ("ja", "日本語", "ltr"), ("de", "Deutsch", "ltr"), ("fr", "Français", "ltr"),
     ("ar", "العربية", "rtl"), ("fa", "فارسی", "rtl"), ("he", "עברית", "rtl"), ("ur", "اردو", "rtl"),
     ("hi", "हिन्दी", "ltr"), ("pt-BR", "Português (Brasil)", "ltr")],
)
def test_a_language_knows_its_own_name_and_direction(code: str, name: str, direction: str) -> None:
    assert (name, direction) == (language(code).own_name, language(code).direction)


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [("en", "ja", "Japanese"), ("ja", "en", "英語"), ("de", "ja", "Japanisch"), ("en", "xx", "xx"), ("en", "pt-BR", "Portuguese")],
)
def test_a_language_knows_the_names_of_others(code: str, other: str, expected: str) -> None:
    assert expected == language(code).name_of(other)


@pytest.mark.parametrize("code", ["xx", "tlh", "x-klingon", "zz-ZZ"])
def test_a_language_that_cldr_does_not_know_is_worded_in_english(code: str) -> None:
    found = language(code)
    assert ("28 October 2025", "ltr") == (found.date(When.parse("2025-10-28")).replace("October 28, 2025", "28 October 2025"), found.direction)
    assert "a, b and c" == found.list(["a", "b", "c"]).replace(", and", " and")
    assert found.own_name


def test_languages_keep_the_order_of_the_site() -> None:
    labels = {code: load_labels(code)[0] for code in ("ja", "en")}
    assert ["ja", "en"] == list(languages_of(("ja", "en"), labels))


@pytest.mark.parametrize("code", shipped_languages())
def test_a_language_that_comes_with_the_package_is_complete(code: str) -> None:
    assert [] == load_labels(code)[1]
