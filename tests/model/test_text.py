"""Texts by language, names, ids and speakers: what may be written, and what is said of a near miss."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic_core import PydanticCustomError

from briefbook.model.text import LocalText, Names, Slug, Speaker, SpeakerRef, is_id

TEXT = "write {en: words, ja: 言葉}, or one bare text for every language"
QUOTES = "put the text in quotes: a comma inside {…} ends it"
NAMES = "write [one, two], or {en: [one, two], ja: [三]}"
IDS = "ids are a-z, 0-9 and -, and start with a letter"


def refusal(parse: Callable[[object], object], written: object) -> tuple[str, str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        parse(written)
    context = caught.value.context or {}
    return caught.value.type, context["message"], context["hint"]


def test_a_bare_text_serves_every_language() -> None:
    text = LocalText.parse("Acme")
    assert ("Acme", "ja") == text.choose("ja", ("en",))
    assert () == text.missing(("en", "ja"))
    assert [(None, "Acme")] == list(text.written())


def test_a_text_is_given_in_its_language() -> None:
    text = LocalText.parse({"en": "court", "ja": "裁判所"})
    assert ("裁判所", "ja") == text.choose("ja", ("en",))
    assert [("en", "court"), ("ja", "裁判所")] == list(text.written())


@pytest.mark.parametrize(
    ("written", "others", "expected"),
    [
        ({"en": "court"}, ("en",), ("court", "en")),
        ({"de": "Gericht", "en": "court"}, ("en", "de"), ("court", "en")),
        ({"de": "Gericht", "en": "court"}, ("de", "en"), ("Gericht", "de")),
        ({"fr": "tribunal", "de": "Gericht"}, ("en",), ("Gericht", "de")),
    ],
)
def test_a_missing_text_is_borrowed_and_says_from_where(
    written: dict[str, str], others: tuple[str, ...], expected: tuple[str, str]
) -> None:
    text = LocalText.parse(written)
    assert expected == text.choose("ja", others)
    assert ("ja",) == text.missing(("ja",))


@pytest.mark.parametrize("written", ["  two\n  lines ", {"en": "two\tlines\n"}, {"en": "two \u2028 lines"}])
def test_white_space_is_folded(written: object) -> None:
    assert "two lines" == LocalText.parse(written).choose("en", ())[0]


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("", "a text is empty", "write it, or leave the field out"),
        (" \n ", "a text is empty", "write it, or leave the field out"),
        ({"en": ""}, "a text is empty", "write it, or leave the field out"),
        (2024, "a text is expected here, not the number 2024", 'put it in quotes: "2024"'),
        (None, "a text is expected here", TEXT),
        (True, "a text is expected here", TEXT),
        ([], "a text is expected here", TEXT),
        ({}, "a text is expected here", TEXT),
        ({"english": "x"}, "“english” is not a language code", TEXT),
        ({"EN": "x"}, "“EN” is not a language code", TEXT),
        ({"en_GB": "x"}, "“en_GB” is not a language code", TEXT),
        ({"en": "one", "two": None}, "the text under “two” is not text", QUOTES),
        ({"en": "one", "and more": None}, "“and more” is not a language code", QUOTES),
        ({"en": 5}, "the text under “en” is not text", QUOTES),
        ({"en": ["x"]}, "the text under “en” is not text", QUOTES),
    ],
    ids=str,
)
def test_what_is_no_text_is_named(written: object, message: str, hint: str) -> None:
    assert ("text", message, hint) == refusal(LocalText.parse, written)


@pytest.mark.parametrize("code", ["en", "ja", "haw", "zh-Hant", "pt-BR", "sr-Latn-RS"])
def test_language_codes_are_those_of_bcp_47(code: str) -> None:
    assert ("x", code) == LocalText.parse({code: "x"}).choose(code, ())


def test_equal_texts_are_equal_and_hash_alike() -> None:
    one, other = LocalText.parse({"en": "a", "ja": "b"}), LocalText.parse({"ja": "b", "en": "a"})
    assert one == other
    assert hash(one) == hash(other)


def test_names_serve_their_language_and_every_language() -> None:
    assert ("a", "b") == Names.parse(["a", " b "]).in_("ja")
    by_language = Names.parse({"en": ["a"], "ja": ["あ", "い"]})
    assert (("a",), ("あ", "い"), ()) == tuple(by_language.in_(code) for code in ("en", "ja", "de"))
    assert ("a", "あ", "い") == by_language.all()


@pytest.mark.parametrize("written", ["a", None, 5, {"en": "a"}, {"en": [5]}, ["a", ""], [["a"]], {"en": None}], ids=str)
def test_what_are_no_names_is_named(written: object) -> None:
    assert ("text", "a list of names is expected here", NAMES) == refusal(Names.parse, written)


def test_names_stand_under_language_codes() -> None:
    assert "“english” is not a language code" == refusal(Names.parse, {"english": ["a"]})[1]


@pytest.mark.parametrize("written", ["a", "acme", "acme-2", "a-b-c", "x9", "a" * 100])
def test_an_id(written: str) -> None:
    assert is_id(written)
    assert written == Slug.parse(written)


@pytest.mark.parametrize(
    "written",
    ["", "A", "Acme", "2024", "9a", "-a", "a-", "a--b", "a_b", "a b", "a.b", "é", "日本", "a\n", "ａ", "a/b", "a" * 101],
)
def test_what_is_no_id(written: str) -> None:
    assert not is_id(written)
    assert ("id", f"“{written}” is not an id", IDS) == refusal(Slug.parse, written)


@pytest.mark.parametrize("written", [None, ["a"], {"a": "b"}], ids=str)
def test_what_is_not_even_a_word_is_no_id(written: object) -> None:
    assert ("id", "this is not an id", IDS) == refusal(Slug.parse, written)


def test_a_speaker_is_a_fact_or_words() -> None:
    assert Speaker(ref=SpeakerRef("acme")) == Speaker.parse("acme")
    words = {"en": "people involved", "ja": "関係者"}
    assert Speaker(words=LocalText.parse(words)) == Speaker.parse(words)


@pytest.mark.parametrize("written", ["people involved", "Acme", "関係者"])
def test_words_in_one_language_are_no_speaker(written: str) -> None:
    """Who said it has to be there in every language, so a bare text can only be an id."""
    hint = "name an actor or source by its id, or write words in each language: {en: …, ja: …}"
    assert ("id", f"“{written}” is not an id", hint) == refusal(Speaker.parse, written)


@pytest.mark.parametrize("written", [None, [], {}, True], ids=str)
def test_a_speaker_is_not_nothing(written: object) -> None:
    assert ("text", "a text is expected here", TEXT) == refusal(Speaker.parse, written)
