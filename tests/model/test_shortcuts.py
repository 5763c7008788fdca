"""Shortcuts lead where the long way leads: texts read without a reader of Markdown, work done but once, walks kept."""

from __future__ import annotations

from random import Random

import pytest

from briefbook.model import prose
from briefbook.model.base import once
from briefbook.model.briefing import Briefing, leaves, records, references, referred, texts
from briefbook.model.facts import About, Dispute, Part
from briefbook.model.prose import Mention, Plain, parse
from briefbook.model.text import LocalText

PIECES = [
    *"ab c[]|#*_`\\&<>!()日本。\n\r\x00\x0b\u202e-",
    "[[a|b]]",
    "[[x-y]]",
    "[[f#k]]",
    "[[ a | b c ]]",
    "[[a|*b*]]",
    "&amp;",
    "  \n",
    "\n ",
    "http://a.example",
    "[[あ|い]]",
    "[[a#]]",
    "[b](https://a.example)",
    "[[",
    "]]",
]


def test_texts_are_read_as_markdown_reads_them() -> None:
    chance = Random(3)
    for _ in range(20_000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(9)))
        long_way = prose._gather(prose._READER.parseInline(text)[0].children or [])
        assert long_way == parse(text), text


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("plain", (Plain("plain"),)),
        ("[[a]]", (Mention("a", None, None),)),
        ("see [[a#b|the words ]] here", (Plain("see "), Mention("a", "b", "the words"), Plain(" here"))),
        ("a\u202eb", (Plain("a\ufffdb"),)),
    ],
)
def test_most_texts_need_no_reader_of_markdown(text: str, spans: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "_READER", None)
    assert spans == parse.__wrapped__(text)


DISPUTE = Dispute.model_validate(
    {
        "id": "berth",
        "title": "A berth",
        "question": {"en": "Whose is [[the-berth]]?", "ja": "誰の物か？"},
        "parties": ["one", "two"],
        "history": [
            {
                "status": "open",
                "from": "2024",
                "why": "A letter",
                "cites": ["gazette", {"source": "post", "at": "p. 2"}],
                "said_by": "one",
            }
        ],
    }
)


def test_a_record_is_walked_through_once() -> None:
    assert leaves(DISPUTE) is leaves(DISPUTE)
    assert references(DISPUTE) is references(DISPUTE)
    expected = {("title",), ("question",), ("history", 0, "why"), ("history", 0, "cites", 1, "at")}
    assert expected == {path for path, _ in texts(DISPUTE)}
    there = [path for path, _ in records(DISPUTE)]
    assert () == there[0]
    assert {(), ("history", 0), ("history", 0, "cites", 0), ("history", 0, "cites", 1)} == set(there)
    assert ("gazette", "one", "post", "the-berth", "two") == referred(DISPUTE)


def test_what_was_worked_out_is_no_part_of_the_record() -> None:
    walked, fresh = Part(id="a"), Part(id="a")
    leaves(walked)
    assert fresh == walked
    assert fresh.model_dump() == walked.model_dump()
    assert repr(fresh) == repr(walked)


def test_a_changed_copy_keeps_nothing_of_what_was_worked_out() -> None:
    assert ("gazette", "one", "post", "the-berth", "two") == referred(DISPUTE)
    copied = DISPUTE.model_copy(update={"question": LocalText({}, "Whose?")})
    assert ("gazette", "one", "post", "two") == referred(copied)
    assert copied == copied.model_copy()


def test_work_is_done_but_once_for_each_briefing() -> None:
    done = []

    @once
    def count(briefing: Briefing) -> int:
        done.append(briefing)
        return len(done)

    one, other = (Briefing(("en",), About(title=LocalText({}, "A"))) for _ in range(2))
    assert [1, 1, 2, 1] == [count(one), count(one), count(other), count(one)]
    count.keep(other, 7)
    assert 7 == count(other)


def test_a_briefing_can_be_asked_for_some_of_its_facts() -> None:
    briefing = Briefing(("en",), About(title=LocalText({}, "A")), {"berth": DISPUTE})
    assert ["briefing", "berth"] == [id_ for id_, _ in briefing.written()]
    assert ["berth"] == [id_ for id_, _ in briefing.written({"berth"})]
