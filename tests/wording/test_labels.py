"""Interface words: that the shipped languages have the same, and that a site’s own are held to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter

import pytest

from briefbook.diagnostics import Diagnostic
from briefbook.wording.labels import LabelFile, Labels, load_labels, shipped_languages
from briefbook.wording.language import Language

# A language may have more or fewer of these: plural forms, currencies, words for numbers, a locale.
FREE = re.compile(r"(count\.[^.]+|amounts\.money|amounts\.scales|amounts\.units)\..*|cldr")


def shipped(code: str) -> dict[str, str]:
    return dict(load_labels(code)[0].words)


# These a language may leave out.
NEED_NOT_SAY = {
    "borrowed.notice": {"language"},  # its own name, where it can say so without
}


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def fixed(words: dict[str, str]) -> set[str]:
    return {name for name in words if not FREE.fullmatch(name)}


def own(code: str, text: str) -> tuple[Labels, list[Diagnostic]]:
    return load_labels(code, LabelFile(f"labels/{code}.yml", text.encode()))


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{one.place} {one.severity} {one.code}" for one in found]


def test_english_and_japanese_come_with_the_package() -> None:
    assert {"en", "ja"} <= set(shipped_languages())


@pytest.mark.parametrize("code", shipped_languages())
def test_shipped_languages_have_the_same_names(code: str) -> None:
    assert fixed(shipped("en")) == fixed(shipped(code))


@pytest.mark.parametrize("code", shipped_languages())
def test_shipped_languages_have_the_same_placeholders(code: str) -> None:
    english, other = shipped("en"), shipped(code)
    assert {} == {
        name: (english[name], other[name])
        for name in sorted(fixed(english) & set(other))
        if placeholders(english[name]) - NEED_NOT_SAY.get(name, set()) != placeholders(other[name]) - NEED_NOT_SAY.get(name, set())
    }


@pytest.mark.parametrize("code", shipped_languages())
def test_shipped_labels_are_filled_in(code: str) -> None:
    assert [] == [name for name, words in shipped(code).items() if not words.strip() or words == "None"]


@pytest.mark.parametrize("code", shipped_languages())
def test_money_and_counts_have_their_number(code: str) -> None:
    words = shipped(code)
    money = {name: text for name, text in words.items() if name.startswith("amounts.money.")}
    counts = {name: text for name, text in words.items() if name.startswith("count.")}
    assert {"amount"} == {found for text in money.values() for found in placeholders(text)}
    assert {"n"} == {found for text in counts.values() for found in placeholders(text)}
    assert {name.rpartition(".")[0] for name in counts} == {
        name.rpartition(".")[0] for name in counts if name.endswith(".other")
    }, "every count has the form “other”"


def test_japanese_is_worded_in_japanese() -> None:
    """Words that are left in English show up on a Japanese page."""
    latin = {n: w for n, w in shipped("ja").items() if re.search(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}", "", w))}
    assert set() == {name for name in latin if latin[name] == shipped("en")[name]} - {"cldr", "outside.lei", "outside.wikidata"}


def test_a_site_may_word_what_it_likes() -> None:
    labels, found = own("en", "status: {reported: said to be}\nclaim:\n  said-by: 'says {who}'\n")
    assert ([], "said to be", "says a") == (found, labels["status.reported"], labels.fill("claim.said-by", who="a"))
    assert "confirmed" == labels["status.confirmed"]


def test_a_label_there_is_not_is_told_with_the_nearest() -> None:
    _, found = own("en", "status:\n  reportd: said\nfoo: bar\n")
    assert ["labels/en.yml:2:12 error L011", "labels/en.yml:3:6 error L011"] == told(found)
    assert ["did you mean “status.reported”?", None] == [one.hint for one in found]


def test_other_placeholders_are_told_with_the_right_ones() -> None:
    _, found = own("en", 'date:\n  since: "since {day}"\n  range: "{start} – {end"\n  until: "{}"\n')
    assert ["labels/en.yml:2:10 error L012", "labels/en.yml:3:10 error L012", "labels/en.yml:4:10 error L012"] == told(found)
    assert "the English one reads: since {date}" == found[0].hint


@pytest.mark.parametrize("text", ["claim: {said-by: it is said}", 'date: {range: "{start}"}', 'amounts: {over: "more"}'])
def test_a_missing_placeholder_is_told(text: str) -> None:
    assert ["L012"] == [one.code for one in own("en", text + "\n")[1]]


@pytest.mark.parametrize("placeholder", ["{who.__class__}", "{who!r}", "{who:>40}"])
def test_a_placeholder_is_a_name_and_nothing_more(placeholder: str) -> None:
    assert ["L012"] == [one.code for one in own("en", f'claim: {{said-by: "by {placeholder}"}}\n')[1]]


@pytest.mark.parametrize(
    "text", ['count: {events: {few: "{n} x", other: "{n} y"}}', 'amounts: {money: {CHF: "CHF {amount}"}}'], ids=["plural", "money"]
)
def test_a_language_may_have_words_that_english_has_not(text: str) -> None:
    assert [] == own("en", text + "\n")[1]


def test_a_new_language_is_told_what_it_lacks_and_borrows_it() -> None:
    labels, found = own("de", "status: {reported: berichtet}\n")
    assert ["labels/de.yml:1:1 warning L010"] == told(found)
    assert ("berichtet", "confirmed") == (labels["status.reported"], labels["status.confirmed"])
    assert int(found[0].message.split()[0]) == len(fixed(shipped("en"))) - 1


def test_a_language_without_any_words_is_told_once_and_stays_usable() -> None:
    labels, found = load_labels("de")
    assert ["labels/de.yml:1:1 warning L010"] == told(found)
    assert fixed(shipped("en")) <= set(labels.words)


def test_a_new_language_without_counts_borrows_them() -> None:
    assert Language("de", own("de", "status: {reported: berichtet}\n")[0]).count("events", 2)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"status: [\n", "Y002"),
        (b"status: {a: 1, a: 2}\n", "Y003"),
        (b"status: &x {reported: y}\n", "Y004"),
        ("status: {reported: 報道}\n".encode("shift_jis"), "Y001"),
        (b"- status\n", "L011"),
        (b"status\n", "L011"),
    ],
)
def test_a_file_of_labels_is_read_as_strictly_as_facts(raw: bytes, code: str) -> None:
    labels, found = load_labels("en", LabelFile("labels/en.yml", raw))
    assert code in [one.code for one in found]
    assert "reported" == labels["status.reported"], "and the words of the package stay"


def test_an_empty_file_of_labels_changes_nothing() -> None:
    assert (load_labels("en")[0], []) == own("en", "# to be written\n")


@pytest.mark.parametrize("text", ["comma: [a, b]", "status: {reported: true}", "status: {reported: 5}"])
def test_a_label_is_text(text: str) -> None:
    assert [] != own("en", text + "\n")[1]


@pytest.mark.parametrize(
    "text", ["amounts: {words-from: many}", "amounts: {scales: {thousand: k}}", "amounts: {range-repeats-scale: perhaps}"]
)
def test_what_steers_numbers_is_looked_at(text: str) -> None:
    assert [] != own("en", text + "\n")[1]


@pytest.mark.parametrize("read", [lambda labels: labels["nope"], lambda labels: labels.fill("nope")])
def test_a_word_the_package_never_had_is_a_fault_of_the_package(read: Callable[[Labels], str]) -> None:
    with pytest.raises(KeyError):
        read(load_labels("en")[0])


def test_words_under_a_name() -> None:
    labels = Labels("en", {"a.b": "1", "a.c.d": "2", "ab.c": "3"})
    assert {"b": "1", "c.d": "2"} == labels.under("a")
    assert labels.get("x") is None
