"""What is told of hand-written pages: where exactly, what is left alone, and how a page accepts it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefbook.cli import main
from briefbook.diagnostics import Diagnostic
from briefbook.handwritten import HandWritten, hand_written, read_hand_written
from briefbook.model.briefing import Briefing
from briefbook.proofreading import proofread
from briefbook.reading.loading import Reading
from briefbook.rules.words import reader_of
from briefbook.wording.labels import load_labels
from briefbook.wording.language import languages_of

LANGUAGES = ("en", "ja")
DAY = date(2025, 7, 1)
FACTS = """\
actors:
  acme: {kind: organization, name: {en: Acme, ja: アクメ}, formerly: [acme-inc]}
figures:
  price:
    title: {en: Price, ja: 価格}
    values: [{key: first, amount: 3 million USD, as_of: 2025, status: confirmed, cites: [paper]}]
sources:
  paper: {publisher: {en: The Paper, ja: ペーパー紙}, language: en, kind: primary}
"""
ENGLISH = "# A page\n\nIt tells of Acme.\n"


@pytest.fixture
def briefing(facts: Callable[..., Reading]) -> Briefing:
    return facts(FACTS).briefing


def read(briefing: Briefing, **pages: str | bytes) -> tuple[list[HandWritten], list[Diagnostic]]:
    """`en=…` is `page.md` of English; what is found on all of them."""
    files = [
        (f"{code}/page.md", f"{code}.md", text.encode() if isinstance(text, str) else text)
        for code, text in pages.items()
    ]
    read, found = read_hand_written(files, LANGUAGES)
    return read, found + proofread(read, briefing, LANGUAGES, DAY)


def told(briefing: Briefing, **pages: str | bytes) -> list[str]:
    return [f"{one.place} {one.code}" for one in sorted(read(briefing, **pages)[1], key=lambda one: one.place)]


JAPANESE = """\
---
title: 概要
description: 今年の話
hide: [toc]
---

# 概要

アクメは、今年、系统を導入した。`今年`の[[acmee]]。
- 今年の[系统](今年.md "今年")
<!-- 今年 [[nobody]] -->

```text
今年 [[nobody]]
```

    今年の[系统]

<div title="系统">系統</div>
"""
JAPANESE_TOLD = [
    "ja.md:3:14 W208",
    "ja.md:9:6 W208",
    "ja.md:9:9 W203",
    "ja.md:9:22 R001",
    "ja.md:10:3 W208",
    "ja.md:10:7 W203",
]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_places_are_exact_whatever_ends_lines(briefing: Briefing, mark: str, newline: str) -> None:
    page = (mark + JAPANESE).replace("\n", newline)
    assert JAPANESE_TOLD == told(briefing, en=ENGLISH, ja=page)


def test_front_matter_is_read_whatever_ends_lines(briefing: Briefing) -> None:
    pages, _ = read(briefing, ja=JAPANESE.replace("\n", "\r\n"))
    assert ("概要", "今年の話") == (pages[0].title, pages[0].description)
    assert pages[0].body.startswith("\n# 概要\n")


@pytest.mark.parametrize(
    ("front", "places"),
    [
        ('title: "今年の「話」"', ["ja.md:2:9 W208"]), ("title: '今年'", ["ja.md:2:9 W208"]), ("title: >-\n  長い\n  今年の話", ["ja.md:4:3 W208"]),
        ("title: 長い\n  今年の話", ["ja.md:3:3 W208"]), ("tags: [今年]\nother: 今年", []),
    ],
)  # fmt: skip
def test_what_front_matter_says_to_readers_is_judged(briefing: Briefing, front: str, places: list[str]) -> None:
    assert places == told(briefing, en=ENGLISH, ja=f"---\n{front}\n---\nアクメの話。\n")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1. 一覧\n\n    今年の話\n\n        今年 = 1\n", ["ja.md:3:5 W208"]),
        ("!!! note\n\n    今年の話\n", ["ja.md:3:5 W208"]),
        ("本文[^1]。\n\n[^1]: 今年の話\n\n    今年の続き\n", ["ja.md:3:7 W208", "ja.md:5:5 W208"]),
        ("本文。\n\n    今年 = 1\n\n    今年 = 2\n", []),
        ("本文。\n    今年の話\n", ["ja.md:2:5 W208"]),
    ],
)
def test_indented_words_are_prose_where_a_list_or_note_holds_them(
    briefing: Briefing, text: str, places: list[str]
) -> None:
    assert places == told(briefing, en="Words.\n", ja=text)


def test_facts_and_values_there_are_not_are_told(briefing: Briefing) -> None:
    page = "[[acme]], [[acme-inc]], [[price#first]], [[price#last|one]], [[acme#first]]\n"
    found = read(briefing, en=page, ja=page)[1]
    expected = [("R001", 11, "it is now called “acme”"), ("R003", 42, "its keys: first"), ("R002", 62, None)]
    assert expected == [(one.code, one.place.column, one.hint) for one in found if one.place.file == "en.md"]


ACCEPTING = "---\nignore:\n  - {{code: W208, why: the name of a column{until}}}\n  - code: L003\n    why: for readers of English\n---\nWhat we did this year.\n"


def test_a_page_accepts_findings_for_a_reason(briefing: Briefing) -> None:
    assert [] == told(briefing, en=ACCEPTING.format(until=""))
    assert [] == told(briefing, en=ACCEPTING.format(until=", until: 2025-07-01"))
    assert ["en.md:3:52 I001", "en.md:7:13 W208"] == told(briefing, en=ACCEPTING.format(until=", until: 2025-06-30"))


def test_accepting_what_is_not_found_is_told(briefing: Briefing) -> None:
    page = ACCEPTING.format(until="").replace("this year", "in 2024")
    assert ["en.md:3:12 I002", "ja.md:1:1 L003"] == [*told(briefing, en=page), *told(briefing, ja="本文。\n")]


@pytest.mark.parametrize(
    ("front", "places"),
    [
        ("ignore: {code: W208}", ["F002 2:1"]), ("ignore: W208", ["F003 2:9"]), ("title: T\nignore:\n  - {code: w208, why: x}", ["F007 4:12"]),
        ("ignore: {code: W208, why: x, untill: 2026}", ["F001 2:30"]), ("ignore: [", ["Y002 3:1"]),
    ],
)  # fmt: skip
def test_a_wrong_ignore_is_told_at_its_place(briefing: Briefing, front: str, places: list[str]) -> None:
    found = read(briefing, en=f"---\n{front}\n---\nWords.\n", ja="本文。\n")[1]
    assert places == [f"{one.code} {one.place.line}:{one.place.column}" for one in found]


@pytest.mark.parametrize(
    ("english", "japanese", "places"),
    [
        ("# A\n\n## B\n\n## C\n", "# あ\n\n## い\n", ["ja.md:3:5 P003"]),
        ("# A\n\n## B\n", "# あ\n\n## い\n\n### う\n\n本文。\n", ["ja.md:5:1 P003"]),
        ("## A\n\n### B\n\n## C\n", "## あ\n\n## い\n\n### う\n", ["ja.md:3:1 P003"]),
        ("# A\n\n## B\n", "---\ntitle: あ\n---\n## い\n", []),
        ("# A\n\nB\n---\n\n##C\n\n---\n", "# あ\n\n## い {#b}\n\n## う ##\n", []),
        ("## A\n\n```\n## no\n```\n<!--\n## no\n-->\n", "## あ\n\n~~~\n# no\n## no\n~~~\n\n#\n", []),
        ("Words.\n", "本文。\n", []),
    ],
)
def test_headings_that_part_are_told(briefing: Briefing, english: str, japanese: str, places: list[str]) -> None:
    assert places == [line for line in told(briefing, en=english, ja=japanese) if "P003" in line]


def test_how_headings_part_is_said(briefing: Briefing) -> None:
    found = next(
        one for one in read(briefing, en="# A\n\n## B\n\n## C\n", ja="# あ\n\n## い\n")[1] if one.code == "P003"
    )
    assert "the headings are not those of the “en” page: 1 of level 2 against 2" == found.message
    assert "here they part: en.md:5:1 has “## C”" == found.hint


@pytest.mark.parametrize(
    ("page", "title", "places"),
    [
        ("# About *[[acme]]*\n", "About acme", ["en.md:1:10 T002"]),
        (
            "---\ntitle: About [it](https://acme.example/)\n---\n",
            "About [it](https://acme.example/)",
            ["en.md:2:19 T002"],
        ),
        ("# About *`[[acme]]`* {#about}\n", "About [[acme]]", []),
        ("# A [sic] page # \n\n[[acme]]\n", "A [sic] page", []),
    ],
)
def test_a_title_holds_no_link(briefing: Briefing, page: str, title: str, places: list[str]) -> None:
    assert places == [line for line in told(briefing, en=page) if "T002" in line]
    assert title == read(briefing, en=page)[0][0].title


def test_comments_keep_what_stands_in_them(briefing: Briefing) -> None:
    languages = languages_of(LANGUAGES, {code: load_labels(code, None)[0] for code in LANGUAGES})
    pages, _ = read(briefing, en="<!-- [[acme]] --> [[acme]]\n")
    assert "<!-- [[acme]] --> [Acme](../actors/acme.md)\n" == hand_written(
        pages[0], pages, briefing, languages
    ).markdown.replace("(actors", "(../actors")


def test_check_tells_of_pages_and_lets_them_be_ignored(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert 0 == CliRunner().invoke(main, ["new", str(site)]).exit_code
    page = site / "content" / "pages" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nIt was rewritten this year.\n", encoding="utf-8")
    line = page.read_text(encoding="utf-8").count("\n")
    checked = CliRunner().invoke(main, ["check", "-f", str(site / "mkdocs.yml"), "--format", "json"])
    expected = ("W208", {"file": "content/pages/en/about.md", "line": line, "column": 18})
    assert [expected] == [(one["code"], one["place"]) for one in json.loads(checked.stdout)]
    ignored = CliRunner().invoke(
        main, ["check", "-f", str(site / "mkdocs.yml"), "--ignore", "W208", "--format", "json"]
    )
    assert "[]\n" == ignored.stdout


def test_a_briefing_is_read_once_for_its_facts_and_its_pages(briefing: Briefing) -> None:
    assert reader_of(briefing) is reader_of(briefing)
