"""Whose titles are whose, in each language that is known; and that the files of languages fit together."""

from __future__ import annotations

import pytest

from briefbook.rules.posts import Names, known_languages, titles_of

PERSONS = {"Jane Roe": "roe", "Roe": "roe", "Ken Ito": "ito", "ジェーン・ロー": "roe", "ロー": "roe", "伊藤健": "ito", "伊藤": "ito", "孫": "son"}
ORGS = {"Acme": "acme", "Widget": "widget", "アクメ": "acme", "ウィジェット": "widget"}
NAMES = Names(PERSONS, ORGS, frozenset(PERSONS.values()), frozenset(ORGS.values()))
CEO, CTO, CHAIR, PRESIDENT = "chief-executive", "chief-technology-officer", "chairman", "president"


def told(language: str, text: str) -> list[tuple[str, str | None, tuple[str, ...], str]]:
    """Person, organisation, offices, and how: `former`, `interim` or nothing."""
    titles = titles_of(language)
    assert titles is not None
    return [
        (t.person, t.org, tuple(sorted(t.offices)), "former" if t.former else "interim" if t.interim else "")
        for t in titles.ties(text, NAMES)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Acme chief executive Jane Roe said", ("roe", "acme", (CEO,), "")),
        ("en", "Acme’s CEO, Jane Roe, said", ("roe", "acme", (CEO,), "")),
        ("en", "Jane Roe, interim chief executive of Acme", ("roe", "acme", (CEO,), "interim")),
        ("en", "[[roe|Ms Roe]], a lawyer, met the former Widget chairman and president Ken Ito", ("ito", "widget", (CHAIR, PRESIDENT), "former")),
        ("en", "ex-CTO [[roe]]", ("roe", None, (CTO,), "former")),
        ("en", "Jane Roe (former chief executive of *Acme*)", ("roe", "acme", (CEO,), "former")),
        ("ja", "アクメのロー最高技術責任者（CTO）が", ("roe", "acme", (CTO,), "")),
        ("ja", "元アクメCEOのロー氏が", ("roe", "acme", (CEO,), "former")),
        ("ja", "[[acme]]の[[roe|ロー氏]]", None),
        ("ja", "ウィジェットの伊藤健前会長兼社長が", ("ito", "widget", (CHAIR, PRESIDENT), "former")),
        ("ja", "孫会長が", ("son", None, (CHAIR,), "")),
        ("ja", "ロー氏（暫定CEO）が", ("roe", None, (CEO,), "interim")),
        ("ja", "[[roe|ジェーン・ロー]]CEOらを迎え入れ", ("roe", None, (CEO,), "")),
    ],
)
def test_a_title_is_given_to_somebody(language: str, text: str, expected: tuple[str, str | None, tuple[str, ...], str] | None) -> None:
    assert ([] if expected is None else [expected]) == told(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Acme’s chief executive, Jane Roe and Ken Ito met"),
        ("en", "Acme’s chief executive met Jane Roe"),
        ("en", "a chief executive and Jane Roe"),
        ("en", "Acme chief executives Jane Roe and Ken Ito"),
        ("en", "the CEO Roeder"),
        ("en", "Acme’s chairmanship: Jane Roe"),
        ("ja", "アクメ取締役会、ロー氏を支持"),
        ("ja", "ウィジェットCEO、ロー氏と会談"),
        ("ja", "子孫会長"),
        ("ja", "フロー社長"),
        ("ja", "委員会委員のロー氏"),
    ],
)
def test_a_title_beside_a_name_is_not_always_theirs(language: str, text: str) -> None:
    assert [] == told(language, text)


def test_a_title_between_two_names_belongs_to_the_first() -> None:
    assert [("roe", None, (CEO,), "")] == told("ja", "ローCEOの伊藤氏評")


def test_an_assistant_is_not_the_one_assisted() -> None:
    assert [("ito", "widget", ("vice-president",), "")] == told("en", "Widget vice president Ken Ito")
    assert [("ito", "widget", ("vice-president",), "")] == told("ja", "ウィジェットの伊藤副社長")


def test_languages_know_the_same_offices() -> None:
    offices = {language: set(titles.offices) - {"none"} for language in known_languages() if (titles := titles_of(language))}
    assert ("en", "ja") == tuple(offices)
    assert offices["en"] == offices["ja"]


def test_a_language_nobody_wrote_down_has_no_titles() -> None:
    assert titles_of("tlh") is None
    assert titles_of("en-GB") is titles_of("en")


def test_what_is_far_from_a_title_is_not_read() -> None:
    between = "and so on " * 40
    assert [("roe", None, (CEO,), ""), ("ito", None, (CTO,), "former")] == told("en", f"CEO Jane Roe {between} ex-CTO Ken Ito")
