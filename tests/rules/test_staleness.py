"""What is stale and what is not: facts as they were when their wordings agreed, facts as they are now, and what is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from briefbook.model.briefing import Briefing
from briefbook.model.fingerprints import NOTHING_AGREED, Lock, compare, renewed, stale_fields, units_of
from briefbook.reading.loading import Reading
from briefbook.rules import Circumstances, check
from briefbook.rules.staleness import stale_translations

Facts = Callable[..., Reading]

BEFORE = """
briefing: {title: {en: A quarrel, ja: 争い}}
disputes:
  berth:
    title: {en: Berth, ja: 岸壁}
    question: {en: Whose berth is it?, ja: 岸壁は誰のものか}
    parties: [acme]
    history:
      - {status: open, from: 2024, why: {en: It began., ja: 始まった。}, cites: [paper]}
      - {status: in-court, from: 2025, why: {en: It went to court., ja: 裁判になった。}, cites: [paper]}
      - {status: moot, from: 2026, why: {en: It fell away., ja: 消滅した。}, cites: [paper]}
    record:
      - {text: {en: One thing., ja: 一つ。}, status: reported, said_by: {en: people, ja: 関係者}, cites: [paper]}
      - {text: {en: Two things., ja: 二つ。}, status: reported, said_by: {en: people, ja: 関係者}, cites: [paper]}
actors:
  acme: {kind: organization, name: {en: Acme, ja: アクメ}, summary: {en: Makes things., ja: 製造業。}}
sources:
  paper: {publisher: The Paper, language: en, kind: newsroom}
"""
BEGAN = "      - {status: open, from: 2024, why: {en: It began., ja: 始まった。}, cites: [paper]}\n"
COURT = "      - {status: in-court, from: 2025, why: {en: It went to court., ja: 裁判になった。}, cites: [paper]}\n"
ACME = "acme: {kind: organization, name: {en: Acme, ja: アクメ}, summary: {en: Makes things., ja: 製造業。}}"
NEW_STEP = "      - {status: negotiating, from: 2023, why: {en: They talked., ja: 交渉した。}, cites: [paper]}\n"

STALE = {
    "the translation": ("Makes things.", "Makes good things.", ["acme/summary/ja"]),
    "the first language": ("製造業。", "大手製造業。", ["acme/summary/en"]),
    "what the briefing says": ("A quarrel", "A dispute", ["briefing/title/ja"]),
    "an item of a list": ("It went to court.", "It went to a high court.", ["berth/history/1/why/ja"]),
    "an item that moved too": (BEGAN + COURT, COURT.replace("went to", "is in") + BEGAN, ["berth/history/0/why/ja"]),
    "an item behind a new one": (BEGAN + COURT, NEW_STEP + BEGAN + COURT.replace("went to", "is in"), ["berth/history/2/why/ja"]),
    "an item before one that is gone": (BEGAN + COURT, BEGAN.replace("began", "started"), ["berth/history/0/why/ja"]),
    "words for a speaker": ("said_by: {en: people,", "said_by: {en: insiders,", ["berth/record/0/said_by/ja", "berth/record/1/said_by/ja"]),
    "one of several that were alike": (
        "Two things., ja: 二つ。}, status: reported, said_by: {en: people,",
        "Two things., ja: 二つ。}, status: reported, said_by: {en: insiders,",
        ["berth/record/1/said_by/ja"],
    ),
    "a fact under a new id": (ACME, "acme-inc: {formerly: [acme], " + ACME[7:].replace("Makes", "Sells"), ["acme-inc/summary/ja"]),
    "a fact with errors": (ACME, ACME.replace("organization", "company").replace("Makes", "Sells"), ["acme/summary/ja"]),
    "a change of one character": ("Makes things.", "Makes things!", ["acme/summary/ja"]),
    "a link": ("Makes things.", "'[[berth|Makes]] things.'", ["acme/summary/ja"]),
}
NOT_STALE = {
    "nothing changed": ("", ""),
    "both changed": ("{en: Makes things., ja: 製造業。}", "{en: Sells things., ja: 販売業。}"),
    "both changed in an item that moved": (BEGAN + COURT, COURT.replace("went to", "is in").replace("になった", "中") + BEGAN),
    "a new text": ("summary: {en: Makes", "full_name: {en: Acme Inc., ja: アクメ社}, summary: {en: Makes"),
    "a new fact": (ACME, f"{ACME}\n  widget: {{kind: product, name: {{en: Widget, ja: ウィジェット}}}}"),
    "a new item before all others": (BEGAN, NEW_STEP + BEGAN),
    "a new item in the middle": (BEGAN, BEGAN + NEW_STEP),
    "an item gone": (BEGAN, ""),
    "items in another order": (BEGAN + COURT, COURT + BEGAN),
    "one more item like another": (BEGAN, BEGAN + BEGAN),
    "a text gone": (", summary: {en: Makes things., ja: 製造業。}", ""),
    "a fact gone": (f"actors:\n  {ACME}\n", ""),
    "a translation gone": ("{en: Makes things., ja: 製造業。}", "{en: Makes things.}"),
    "the same for all languages now": ("{en: Makes things., ja: 製造業。}", "Makes things."),
    "a fact under a new id": (ACME, "acme-inc: {formerly: [acme], " + ACME[7:]),
    "another line break": ("{en: Makes things., ja: 製造業。}", "{en: Makes\n      things., ja: 製造業。}"),
    "another way to quote": ("Makes things.", '"Makes things."'),
    "another encoding of the same letters": ("ja: 製造業。", 'ja: "製造業。"'),
    "another order of languages": ("{en: Makes things., ja: 製造業。}", "{ja: 製造業。, en: Makes things.}"),
    "another kind of field": ("kind: organization", "kind: group"),
}


def lock_of(briefing: Briefing) -> Lock:
    return renewed(compare(units_of(briefing), NOTHING_AGREED), lambda _standing, _language: False)


def found(briefing: Briefing, lock: Lock) -> list[str]:
    return sorted("/".join(map(str, (f.fact, *f.path))) for f in stale_translations(briefing, lock))


def changed(old: str, new: str, text: str = BEFORE) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("case", STALE)
def test_stale(case: str, facts: Facts) -> None:
    old, new, expected = STALE[case]
    lock = lock_of(facts(BEFORE).briefing)
    assert expected == found(facts(changed(old, new)).briefing, lock)


@pytest.mark.parametrize("case", NOT_STALE)
def test_not_stale(case: str, facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    assert [] == found(facts(changed(*NOT_STALE[case])).briefing, lock)


def test_letters_composed_or_not_are_the_same_text(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE.replace("製造業。", "ガ業")).briefing)
    assert [] == found(facts(BEFORE.replace("製造業。", "カ\u3099業")).briefing, lock)


def test_without_a_lock_nothing_is_stale(facts: Facts) -> None:
    assert [] == found(facts(BEFORE).briefing, NOTHING_AGREED)


def test_what_is_said(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    finding = next(iter(stale_translations(facts(changed("Makes", "Sells")).briefing, lock)))
    assert ("S601", "warning", ("summary", "ja")) == (finding.code, finding.severity, finding.path)
    assert "“summary” in “ja” may be out of date: “en” changed since they were last seen to agree" == finding.message
    assert "bring it up to date; or, where it still says the same: briefbook translations --accept acme" == finding.hint


def test_what_the_briefing_says_of_itself_can_be_accepted_alone(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    finding = next(iter(stale_translations(facts(changed("A quarrel", "B")).briefing, lock)))
    assert str(finding.hint).endswith("briefbook translations --accept briefing")


def test_a_change_taken_back_is_no_change(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    changed_once = facts(changed("Makes", "Sells")).briefing
    kept = renewed(compare(units_of(changed_once), lock), lambda _standing, _language: False)
    assert ["acme/summary/ja"] == found(changed_once, kept)
    assert [] == found(facts(BEFORE).briefing, kept)


def test_after_accepting_the_next_change_is_found(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    second = facts(changed("Makes", "Sells")).briefing
    accepted = renewed(compare(units_of(second), lock), lambda _standing, _language: True)
    assert [] == found(second, accepted)
    assert ["acme/summary/ja"] == found(facts(changed("Makes", "Buys")).briefing, accepted)


THREE = """
actors: {acme: {kind: organization, name: Acme, summary: {de: drei, en: three, fr: trois}}}
"""
LANGUAGES = ("en", "de", "fr")


@pytest.mark.parametrize(("now", "expected"), [
    ("{de: drei, en: four, fr: trois}", ["acme/summary/de", "acme/summary/fr"]),
    ("{de: vier, en: four, fr: trois}", ["acme/summary/fr"]),
    ("{de: vier, en: four, fr: quatre}", []),
    ("{de: drei, en: four}", ["acme/summary/de"]),
    ("{de: drei, en: three, fr: trois, es: tres}", []),
])
def test_three_languages(now: str, expected: list[str], facts: Facts) -> None:
    lock = lock_of(facts(THREE, languages=LANGUAGES).briefing)
    after = changed("{de: drei, en: three, fr: trois}", now, THREE)
    assert expected == found(facts(after, languages=LANGUAGES).briefing, lock)


def test_of_three_languages_one_can_be_accepted_and_another_stay_behind(facts: Facts) -> None:
    lock = lock_of(facts(THREE, languages=LANGUAGES).briefing)
    four = facts(THREE.replace("three", "four"), languages=LANGUAGES).briefing
    german = renewed(compare(units_of(four), lock), lambda _standing, language: language == "de")
    assert ["acme/summary/fr"] == found(four, german)
    caught_up = facts(THREE.replace("three", "four").replace("trois", "quatre"), languages=LANGUAGES).briefing
    assert [] == found(caught_up, german)
    five = facts(THREE.replace("three", "five"), languages=LANGUAGES).briefing
    assert ["acme/summary/de", "acme/summary/fr"] == found(five, german)


def test_where_a_page_can_say_so(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    briefing = facts(changed("Makes", "Sells")).briefing
    assert {"ja": {"acme": (("summary",),)}} == stale_fields(briefing, lock)
    assert {} == stale_fields(briefing, NOTHING_AGREED)


def test_what_a_check_against_one_lock_found_says_nothing_of_another(facts: Facts) -> None:
    lock = lock_of(facts(BEFORE).briefing)
    briefing = facts(changed("Makes", "Sells")).briefing
    check(briefing, Circumstances(date(2026, 7, 1), NOTHING_AGREED))
    assert {"ja": {"acme": (("summary",),)}} == stale_fields(briefing, lock)
    check(briefing, Circumstances(date(2026, 7, 1), lock))
    assert {"ja": {"acme": (("summary",),)}} == stale_fields(briefing, lock)
