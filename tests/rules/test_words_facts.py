"""The checks on words within facts: what a text stands beside, who says it, what kind of text it is, and where a finding is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from briefbook.model.briefing import Briefing
from briefbook.reading.loading import read_folder
from briefbook.rules.words import wrong_words

LONG = "The two companies agreed on a licence that runs to 2032, on a share of revenue with a cap, and on a panel of experts."


@pytest.fixture
def briefing(tmp_path: Path) -> Callable[..., Briefing]:
    """A briefing of the facts given as YAML."""

    def read(facts: str, *languages: str) -> Briefing:
        (tmp_path / "facts.yml").write_text(facts, encoding="utf-8")
        return read_folder(tmp_path, languages or ("en", "ja")).briefing

    return read


def codes(briefing: Briefing) -> list[tuple[str, str]]:
    return [(finding.code, ".".join(map(str, finding.path))) for finding in wrong_words(briefing)]


def event(**fields: object) -> str:
    fair = {"date": "2024", "title": {"en": "A fair", "ja": "見本市"}, "status": "confirmed", **fields}
    return yaml.safe_dump({"events": {"fair": fair}}, allow_unicode=True)


def test_an_authority_is_named_by_said_by(briefing: Callable[..., Briefing]) -> None:
    summary = {"en": "Experts say it is vital.", "ja": "専門家によると不可欠という。"}
    unnamed = [("W209", "summary.en"), ("W209", "summary.ja")]
    assert unnamed == codes(briefing(event(summary=summary)))
    assert [] == codes(briefing(event(summary=summary, said_by={"en": "Reuters", "ja": "ロイター"})))


def test_who_speaks_may_be_unnamed(briefing: Callable[..., Briefing]) -> None:
    people = {"en": "people familiar with the matter, quoted by a paper", "ja": "事情に詳しい関係者"}
    assert [] == codes(briefing(event(status="reported", said_by=people)))


def test_the_same_text_twice_is_untranslated(briefing: Callable[..., Briefing]) -> None:
    same = {"en": "The contract ended in May.", "ja": "The contract ended in May."}
    assert [("W211", "summary.ja")] == codes(briefing(event(summary=same)))


def test_languages_that_were_swapped_are_seen(briefing: Callable[..., Briefing]) -> None:
    swapped = {"en": "契約は5月に終わった。", "ja": "The contract ended in May."}
    assert [("W211", "summary.en"), ("W211", "summary.ja")] == codes(briefing(event(summary=swapped)))


@pytest.mark.parametrize("same", ["GPT-4o", "13.75", "AGI", "2025-10-28", "DeepSeek", "nippon.com"])
def test_what_is_the_same_in_both_languages_may_be_so(briefing: Callable[..., Briefing], same: str) -> None:
    assert [] == codes(briefing(event(title={"en": same, "ja": same})))


def test_a_text_once_for_all_languages_is_in_none(briefing: Callable[..., Briefing]) -> None:
    assert [] == codes(briefing(event(title="The contract 契約")))
    assert [("W201", "title")] == codes(briefing(event(title="The cоntract")))


def test_where_there_is_one_language_every_text_is_in_it(briefing: Callable[..., Briefing]) -> None:
    assert [("W208", "title")] == codes(briefing(event(title="It ended recently"), "en"))


def test_far_too_short(briefing: Callable[..., Briefing]) -> None:
    assert [("W212", "summary.ja")] == codes(briefing(event(summary={"en": LONG, "ja": "2社が合意した。"})))
    right = "両社は、2032年までのライセンス、上限付きの収益分配、専門家による判定で合意した。"
    assert [] == codes(briefing(event(summary={"en": LONG, "ja": right})))
    assert [] == codes(briefing(event(summary={"en": "Both agreed on it.", "ja": "合意。"})))


def test_headlines_may_have_spaces_in_them(briefing: Callable[..., Briefing]) -> None:
    spaced = "両社が合意 契約を改定"
    assert [] == codes(briefing(event(title={"en": "Both agree", "ja": spaced})))
    assert [("W207", "note.ja")] == codes(briefing(event(note={"en": "Both agree.", "ja": spaced})))


def test_names_are_only_judged_for_their_letters(briefing: Callable[..., Briefing]) -> None:
    facts = """
actors:
  a: {kind: organization, name: {en: The Recently Group, ja: Recently}, aliases: {en: [a reported name], ja: [今年社, users]}}
  b: {kind: organization, name: {en: Gооd Group, ja: 系统社}, aliases: {ja: [ГГ]}}
sources:
  s: {publisher: {en: This Year, ja: This Year}, title: "Вчера, en détail", language: ru, kind: trade}
"""
    expected = [("W201", "name.en"), ("W203", "name.ja"), ("W202", "aliases.ja.0")]
    assert expected == codes(briefing(facts))


def test_a_title_in_its_source_s_language_is_read_in_that(briefing: Callable[..., Briefing]) -> None:
    source = "sources: {{s: {{publisher: P, title: {title}, language: ja, kind: trade}}}}"
    assert [] == codes(briefing(source.format(title="今年の users")))
    assert [("W203", "title")] == codes(briefing(source.format(title="系统")))


def test_a_wording_to_avoid_may_stand_where_it_is_spoken_of(briefing: Callable[..., Briefing]) -> None:
    term = "{name: {en: restructuring, ja: 組織再編}, definition: {en: A change., ja: 再構成とはしない。}, avoid: {ja: [再構成]}}"
    note = {"en": "Not a reconstruction.", "ja": "「再構成」ではない。"}
    link = {"en": "[[restructuring]] it is.", "ja": "[[restructuring]]である。"}

    def facts(**fields: object) -> str:
        return f"terms: {{restructuring: {term}}}\n" + event(**fields)

    assert [("W206", "note.ja")] == codes(briefing(facts(note=note)))
    assert [] == codes(briefing(facts(note=note, summary=link)))
    assert [("W206", "note.ja")] == codes(briefing(facts(note={**note, "ja": "再構成である。"}, summary=link)))


def test_a_name_that_is_often_written_so_is_no_slip(briefing: Callable[..., Briefing]) -> None:
    actor = "actors: {firm: {kind: organization, name: {en: Marlowe, ja: マーロウス}}}\n"

    def facts(number: int) -> str:
        notes = [f"  e{n}: {{date: 2024, title: X, status: confirmed, note: {{en: Marlow met., ja: 会った。}}}}" for n in range(number)]
        return actor + "events:\n" + "\n".join(notes) + "\n"

    assert [("W205", "note.en")] * 2 == codes(briefing(facts(2)))
    assert [] == codes(briefing(facts(3)))


def test_facts_that_are_broken_are_judged_as_far_as_they_go(tmp_path: Path) -> None:
    broken = "events: {fair: {title: {en: It ended recently, ja: 終わる}, date: someday}}\nactors: {a: {name: 12}}\n"
    (tmp_path / "facts.yml").write_text(broken, encoding="utf-8")
    found = read_folder(tmp_path, ("en", "ja")).briefing
    assert [("W208", "title.en")] == codes(found)


def findings(briefing: Briefing) -> Iterator[tuple[str | None, int, str | None]]:
    for finding in wrong_words(briefing):
        yield finding.word, finding.before, finding.fix.new if finding.fix else None


def test_a_finding_says_which_of_several_it_means_and_what_is_certain(briefing: Callable[..., Briefing]) -> None:
    note = {"en": "Now [[fair|or now]] we “now” know.", "ja": "条項(1)と(覚書)の系统１つ:終"}
    expected = [
        ("Now", 0, None),
        ("now", 0, None),
        ("系统", 0, None),
        ("１", 0, "1"),
        ("(", 0, "（"),
        (")", 0, "）"),
        ("(", 1, "（"),
        (")", 1, "）"),
        (":", 0, "："),
    ]
    assert expected == list(findings(briefing(event(note=note))))


def test_half_a_pair_is_not_mended(briefing: Callable[..., Briefing]) -> None:
    assert [("(", 0, None)] == list(findings(briefing(event(note={"en": "A: 1 (2).", "ja": "条項(1) 2"}))))


def test_what_markdown_parts_is_found_but_not_mended(briefing: Callable[..., Briefing]) -> None:
    found = list(findings(briefing(event(note={"en": "Ａ**Ｂ** met.", "ja": "Ａ社は会った。"}))))
    assert [("Ａ**Ｂ", 0, None), ("Ａ", 0, "A")] == found


GERMAN = """
actors: {firma: {kind: organization, name: {de: Nordwind, ar: نوردويند}}}
events:
  e:
    date: 2024
    status: confirmed
    title: {de: Die Messe, ar: المعرض}
    summary: {de: "%s", ar: "%s"}
"""
THIRD = [
    ("Es begann dieses Jahr.", "بدأ المعرض.", "W208", "de", "dieses Jahr"),
    ("Experten sagen, es sei gut.", "بدأ المعرض.", "W209", "de", "Experten sagen"),
    ("Er gab zu, dass es endet.", "بدأ المعرض.", "W210", "de", "gab zu"),
    ("Es ist the end.", "بدأ المعرض.", "W204", "de", "the"),
    ("Die Nordwnd AG wartet.", "بدأ المعرض.", "W205", "de", "Nordwnd"),
    ("Die NORDWIND wartet.", "بدأ المعرض.", "W205", "de", "NORDWIND"),
    ("Die Меsse beginnt.", "بدأ المعرض.", "W201", "de", "Меsse"),
    ("Es ist „gut, sagt sie.", "بدأ المعرض.", "W213", "de", "„"),
    ("Es begann.", "بدأ المعرض هذا العام.", "W208", "ar", "هذا العام"),
    ("Es begann.", "شرکة كبيرة", "W203", "ar", "شرکة"),
    ("Es begann.", "بدأ المعرض users هنا.", "W204", "ar", "users"),
    ("Es begann.", "بدأ المعرض, ثم انتهى.", "W207", "ar", ","),
    ("Es begann.", "بدأ Привет المعرض.", "W202", "ar", "Привет"),
]


@pytest.mark.parametrize(("german", "arabic", "code", "language", "word"), THIRD)
def test_other_languages_are_tables_only(
    briefing: Callable[..., Briefing], german: str, arabic: str, code: str, language: str, word: str
) -> None:
    found = list(wrong_words(briefing(GERMAN % (german, arabic), "de", "ar")))
    assert [(code, ("summary", language), word)] == [(f.code, f.path, f.word) for f in found]


@pytest.mark.parametrize("german", ["Nordwinds Messe begann am Morgen.", "Die Größe ist 12,5 %, z. B. hier.", "Das „gute“ Ende, »so«."])
def test_right_german_is_let_pass(briefing: Callable[..., Briefing], german: str) -> None:
    assert [] == codes(briefing(GERMAN % (german, "بدأ المعرض في مايو."), "de", "ar"))


def test_a_language_without_a_table_is_judged_for_what_is_wrong_in_any(briefing: Callable[..., Briefing]) -> None:
    facts = "events: {e: {date: 2024, status: confirmed, title: {ru: Мiсто и GPT-модель, th: งาน\u200bใหญ่}}}"
    assert [("W201", "title.ru")] == codes(briefing(facts, "ru", "th"))


def test_a_form_of_a_language_has_the_table_of_the_language(briefing: Callable[..., Briefing]) -> None:
    facts = "events: {e: {date: 2024, status: confirmed, title: {en-GB: It ended recently}}}"
    assert [("W208", "title.en-GB")] == codes(briefing(facts, "en-GB"))
