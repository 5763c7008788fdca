"""The tables that say what the checks on words know about languages: whether they can be read, and say what is meant."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import pytest

from briefbook.rules.letters import letter_table, script_of
from briefbook.rules.phrases import compiled
from briefbook.rules.vocabulary import Words, every_table, is_common, words_of

KNOWN = {
    "called", "spaced", "scripts", "own", "density", "characters", "invisible", "quotes", "brackets", "marks", "close-up", "abbreviations",
    "doubled-allowed", "doubled-particles", "suffixes", "relative", "authorities", "outlets", "loaded", "foreign", "function", "established", "common", "everyday",
}  # fmt: skip


@pytest.mark.parametrize("words", every_table(), ids=lambda words: str(words.language))
def test_a_table_has_nothing_that_nobody_reads(words: Words) -> None:
    assert set() == set(words.table) - KNOWN
    assert words.scripts <= set(letter_table().ranges)
    assert words.own <= words.scripts
    described = files("briefbook.rules").joinpath("data", "README.md").read_text(encoding="utf-8")
    assert [] == [name for name in words.table if f"`{name}`" not in described]


@pytest.mark.parametrize("words", every_table(), ids=lambda words: str(words.language))
def test_what_stands_in_place_of_a_character_is_one_of_the_language(words: Words) -> None:
    wrong = [(old, new) for old, new in {**words.instead, **words.old}.items() if new and words.usual and new not in words.usual]
    assert [] == wrong
    assert [] == [old for old, new in {**words.instead, **words.old}.items() if old == new]


@pytest.mark.parametrize("words", every_table(), ids=lambda words: str(words.language))
def test_every_phrase_can_be_found_by_its_signs(words: Words) -> None:
    for phrases in filter(None, (words.relative, words.authorities, words.loaded, words.foreign)):
        assert set(range(len(phrases.found))) == {n for found in phrases.by_sign.values() for n in found}


PHRASES = [
    ("this/last year", "It rose Last  year.", True, "Last  year"),
    ("this/last year", "It rose last yearly.", True, None),
    ("experts also? say", "experts say", True, "experts say"),
    ("experts also? say", "Experts also say", True, "Experts also say"),
    ("not/so long ago", "so long ago", True, "so long ago"),
    ("gab … zu", "Er gab es ihm dann zu.", True, "gab es ihm dann zu"),
    ("gab … zu", "Er gab es. Und zu.", True, None),
    ("# days ago", "2.5 days ago", True, "2.5 days ago"),
    ("people's", "people’s", True, "people’s"),
    ("専門家 ら? は …… 指摘", "専門家らは、そうだと指摘した", False, "専門家らは、そうだと指摘"),
    ("専門家 ら? は …… 指摘", "専門家は言う。そう指摘した", False, None),
]


@pytest.mark.parametrize(("phrase", "text", "spaced", "found"), PHRASES)
def test_phrases_are_written_as_words(phrase: str, text: str, spaced: bool, found: str | None) -> None:
    match = re.search(compiled(phrase, spaced), text, re.IGNORECASE)
    assert found == (match and match[0])


@pytest.mark.parametrize(
    ("letter", "script"), [("a", "Latin"), ("я", "Cyrillic"), ("漢", "Han"), ("ー", "Katakana"), ("ン", "Katakana"), ("ң", "Cyrillic"), ("ᚠ", "Runic")]
)
def test_letters_have_scripts(letter: str, script: str) -> None:
    assert script == script_of(letter)


def test_no_letter_is_in_two_scripts() -> None:
    ranges = sorted(pair for ranges in letter_table().ranges.values() for pair in ranges)
    assert [] == [(one, other) for one, other in pairwise(ranges) if other[0] <= one[1]]


@pytest.mark.parametrize("word", ["users", "Partnership", "companies", "planning", "made", "justice", "agreed"])
def test_common_words_are_known_in_every_form(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["Nordwind", "Marlowe", "Azure"])
def test_names_are_no_common_words(word: str) -> None:
    assert not is_common(word)


def test_a_language_has_its_own_table_or_that_of_its_kind_or_none() -> None:
    assert words_of("en-GB") is not None
    assert words_of("xx") is None
