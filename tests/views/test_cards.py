"""Cards: what is said of a fact in a few words; whose word it is stays with it, and nothing in it is alive."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefbook.model.briefing import Briefing
from briefbook.reading.loading import Reading
from briefbook.views.cards import Card, cards_of, shortened
from briefbook.wording.labels import load_labels
from briefbook.wording.language import languages_of
from briefbook.wording.markdown import ruby

Facts = Callable[..., Reading]

CODES = ("en", "ja")
PAPER = "sources: {paper: {publisher: {en: The Paper, ja: 紙の新聞}, kind: newsroom, language: en}}\n"
MILL = """
actors:
  mill: {kind: organization, name: {en: The Mill, ja: 製粉所}}
"""


def card(briefing: Briefing, code: str, kind: str, id_: str) -> Card:
    languages = languages_of(CODES, {each: load_labels(each)[0] for each in CODES})
    return cards_of(briefing, languages, code)[kind][id_]


def lines(shown: Card) -> dict[str, str]:
    return {line.role: str(line.words) for line in shown.lines}


def test_a_person_has_a_reading_and_present_posts_alone(facts: Facts) -> None:
    briefing = facts(MILL + """  tanabe:
    kind: person
    name: {en: Mira Tanabe, ja: 田辺美良}
    reading: {ja: たなべみら}
    summary: {en: Runs the mill., ja: 製粉所を率いる。}
    roles:
      - {post: {en: head, ja: 代表}, at: mill, from: 2020}
      - {post: {en: clerk, ja: 事務員}, at: mill, from: 2010, until: 2020}
""").briefing

    english, japanese = (card(briefing, code, "actors", "tanabe") for code in CODES)

    assert ("person", "Mira Tanabe", "") == (english.kind, english.name, english.reading)
    assert {"post": "head, The Mill", "text": "Runs the mill."} == lines(english)
    assert ("人物", ruby("田辺美良", "たなべみら"), "") == (japanese.kind, japanese.name, japanese.reading)
    assert {"post": "製粉所代表", "text": "製粉所を率いる。"} == lines(japanese)


def test_a_figure_keeps_its_status_and_whose_word_it_is(facts: Facts) -> None:
    briefing = facts(PAPER + MILL + """  oda: {kind: person, name: {en: Oda, ja: 小田}}
figures:
  debt:
    title: {en: Debt, ja: 負債}
    values:
      - {amount: over 13 billion USD, as_of: 2024, status: confirmed, cites: [paper]}
      - {amount: about 5 billion USD, as_of: 2025, status: reported, said_by: oda, said_on: 2025-03-01, confidence: low, cites: [paper]}
""").briefing

    english, japanese = (lines(card(briefing, code, "figures", "debt")) for code in CODES)

    assert "<strong>about US$5 billion</strong> as of 2025" == english["value"]
    assert "<strong>約50億ドル</strong>（2025年時点）" == japanese["value"]
    assert ">reported</span>" in english["standing"]
    assert "— according to Oda, 1 March 2025" in english["standing"]
    assert "(low confidence)" == english["doubt"]
    assert "小田氏" in japanese["standing"], "persons are named as running text names them"


def test_a_source_says_how_it_was_read(facts: Facts) -> None:
    briefing = facts("""
sources:
  filing:
    publisher: {en: Registry, ja: 登記所}
    subject: {en: the claim, ja: 訴状}
    published: 2024-05-13
    kind: primary
    language: en
    paywall: true
    read: copy
    read_through: {en: an archive, ja: 保存庫}
""").briefing

    shown = card(briefing, "en", "sources", "filing")

    assert ("primary source", "Registry") == (shown.kind, shown.name)
    assert {"text": "the claim", "date": "13 May 2024", "read": "read through a copy (an archive), behind a paywall"} == lines(shown)


def test_what_is_borrowed_says_its_language(facts: Facts) -> None:
    briefing = facts("terms: {wage: {name: {en: wage}, definition: {en: What is paid.}}}\n").briefing

    shown = card(briefing, "ja", "terms", "wage")

    assert ("用語", '<span lang="en" dir="ltr">wage</span>') == (shown.kind, shown.name)
    assert {"text": '<span lang="en" dir="ltr">What is paid.</span>'} == lines(shown)


def test_a_title_is_in_the_language_of_its_source(facts: Facts) -> None:
    briefing = facts("sources: {paper: {publisher: Gazette, title: 港の対立, kind: newsroom, language: ja}}\n").briefing

    assert {'<span lang="ja" dir="ltr">港の対立</span>', "港の対立"} == {
        lines(card(briefing, code, "sources", "paper"))["text"] for code in CODES
    }


def test_a_withdrawn_fact_says_so_first(facts: Facts) -> None:
    briefing = facts(
        "actors: {ghost: {kind: group, name: Ghosts, summary: They haunt., withdrawn: {on: 2025-02-01, why: It was a ship.}}}\n"
    ).briefing

    shown = card(briefing, "en", "actors", "ghost")

    assert ["withdrawn", "text"] == [line.role for line in shown.lines]
    assert "Withdrawn on 1 February 2025: It was a ship." == shown.lines[0].words


def test_links_and_markup_are_stripped(facts: Facts) -> None:
    briefing = facts(MILL + """terms:
  wage:
    name: <b>wage</b>
    definition: "Paid by [[mill]], *in full*, see [there](https://x.example/) & <script>alert(1)</script>."
""").briefing

    shown = card(briefing, "en", "terms", "wage")

    assert "&lt;b&gt;wage&lt;/b&gt;" == shown.name
    assert {"text": "Paid by The Mill, in full, see there &amp; &lt;script&gt;alert(1)&lt;/script&gt;."} == lines(shown)


@pytest.mark.parametrize(("text", "most", "expected"), [
    ("Short.", 20, "Short."),
    ("One sentence. Another sentence. A third.", 33, "One sentence. Another sentence."),
    ("It was sold by Acme Inc. for nothing at all.", 30, "It was sold by Acme Inc. for…"),
    ("Sold to Mr. Oda and his heirs for good.", 20, "Sold to Mr. Oda and…"),
    ("The mill stood still in July. It was so for long.", 40, "The mill stood still in July."),
    ("Nobody bought it. Nobody asked for it either.", 30, "Nobody bought it."),
    ("“It is over!” she said. Nobody answered her call.", 30, "“It is over!” she said."),
    ("One word after the other without any end", 20, "One word after the…"),
    ("泥をさらう。港湾局が行う。費用は分かっていない。", 30, "泥をさらう。港湾局が行う。"),
    ("港の底の泥をさらい、沖に捨てる作業のこと。", 30, "港の底の泥をさらい…"),
    ("كلفة السد كبيرة جدا. ولا أحد يعرفها.", 30, "كلفة السد كبيرة جدا."),
    ("Unbrokenletterswithoutend", 10, "Unbrokenle…"),
])
def test_texts_are_cut_where_a_sentence_ends(text: str, most: int, expected: str) -> None:
    assert expected == shortened(text, most)
