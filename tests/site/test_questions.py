"""Readers' questions: each is answered, with its source, at most two clicks from the state of play, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from asking import Answer, clicks, objection
from builtsites import BuiltSite

MOST_CLICKS = 2
# A small site: the state of play leads to a list, the list to the page with the answer, that one to a page too far away.
_PAGES = {
    "": '<a href="list/">The list</a>',
    "list/": '<a href="../stake/">The stake</a>',
    "stake/": '<ul><li>27%<sup class="bb-cite"><a href="#note-1">1</a></sup></li></ul><a href="../far/">Further</a>',
    "far/": '<p>27%<sup class="bb-cite"><a href="#note-1">1</a></sup></p>',
    "sources/ledger/": "The Ledger",
}
_NOTES = '<div class="bb-notes"><ol><li><span id="note-1"></span><a href="{up}sources/ledger/">The Ledger</a>, 27%</li></ol></div>'
_STAKE = Answer("stake/", ("27%",), "The Ledger")


@cache
def _questions() -> list[dict[str, Any]]:
    return list(yaml.safe_load(Path(__file__).with_name("questions.yml").read_text(encoding="utf-8")))


def _answers(question: dict[str, Any], code: str) -> Iterator[Answer]:
    for answer in question["answers"]:
        yield Answer(answer["at"], tuple(answer[code]["words"]), answer[code]["source"])


def test_questions_are_answered_with_their_source_two_clicks_away(real_site: BuiltSite) -> None:
    questions = _questions()
    assert 20 <= len(questions)
    unanswered = []
    for code in real_site.languages:
        away = clicks(real_site, code)
        unanswered += [
            f"{code}: {question['question']} {answer.at}: {found}: {answer.words}"
            for question in questions for answer in _answers(question, code)
            if (found := objection(real_site, code, answer, MOST_CLICKS, away))
        ]
    assert [] == unanswered


# ---- The test of the test


@pytest.mark.parametrize(("changed", "answer", "expected"), [
    ({}, _STAKE, ""),
    ({}, Answer("stake/", ("28%",), "The Ledger"), "the answer is not there"),
    ({}, Answer("stake/", ("27%",), "The Herald"), "the answer is there, but citing The Ledger"),
    ({}, Answer("far/", ("27%",), "The Ledger"), "the page is 3 clicks away"),
    ({}, Answer("gone/", ("27%",), "The Ledger"), "there is no such page"),
    # The source stands on the page, but not with the answer.
    ({"stake/": '<p>27%</p><p>So much.<sup class="bb-cite"><a href="#note-1">1</a></sup></p>'}, _STAKE,
     "the answer is there, but citing nobody"),
    # The words stand on the page, but not together.
    ({"stake/": "<p>Microsoft</p><p>27%</p>"}, Answer("stake/", ("Microsoft", "27%"), "The Ledger"), "the answer is not there"),
    # Ways that no reader would call a way.
    ({"list/": '<details><a href="../stake/">The stake</a></details>'}, _STAKE, "no link leads to the page"),
    ({"list/": '<svg><a href="../stake/">The stake</a></svg>'}, _STAKE, "no link leads to the page"),
    ({"list/": '<a href="../stake/"></a>'}, _STAKE, "no link leads to the page"),
    ({"": '<a href="print/">Everything</a>', "print/": '<a href="../stake/">The stake</a>'}, _STAKE, "no link leads to the page"),
    ({"": '<a href="../ja/">日本語</a>', "../ja/": '<a href="../en/stake/">27%</a>'}, _STAKE, "no link leads to the page"),
])
def test_what_readers_would_object_to(tmp_path: Path, changed: dict[str, str], answer: Answer, expected: str) -> None:
    site = _small_site(tmp_path, {**_PAGES, **changed})
    assert expected == objection(site, "en", answer, MOST_CLICKS, clicks(site, "en"))


def _small_site(folder: Path, pages: dict[str, str]) -> BuiltSite:
    for name, content in pages.items():
        path = folder / "en" / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        notes = _NOTES.format(up="../" * name.count("/"))
        path.write_text(f"<html><body><article>{content}{notes}</article></body></html>", encoding="utf-8")
    return BuiltSite(folder, ("en", "ja"))
