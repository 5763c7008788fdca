"""What a page's lines need goes in where it is safe: what is shown stays the same, and so does all that is no text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import markdown  # type: ignore[import-untyped]
from sitecases import SiteCase, all_cases

from briefbook.host import MARKDOWN_EXTENSIONS
from briefbook.typesetting import typeset, typeset_name

WHOLE = '<span class="bb-whole">'


@pytest.mark.parametrize(("written", "expected"), [
    # Headings, headlines, cells and narrow columns end after phrases.
    ("## 何が懸かっているか { #stakes }", "## 何が<wbr>懸かっているか<wbr> { #stakes }"),
    ("| [港の泥を巡る対立](a_(b).md) | --- |", "| [港の<wbr>泥を<wbr>巡る<wbr>対立<wbr>](a_(b).md) | --- |"),
    ('- <span class="bb-date">5月</span> [港湾局、泥をさらう](e.md)', '- <span class="bb-date">5月</span> [港湾局、<wbr>泥を<wbr>さらう<wbr>](e.md)'),
    (
        '<div class="bb-question" markdown>\n\n誰が[港湾局](a.md)の泥をさらうのか？\n\n</div>\n\n誰が泥をさらうのか？',
        '<div class="bb-question" markdown>\n\n誰が<wbr>[港湾局](a.md)の<wbr>泥を<wbr>さらうのか？<wbr>\n\n</div>\n\n誰が泥をさらうのか？',
    ),
    # A note's number stays at what it proves; marks of Markdown's own stay what they are.
    ("| 港の泥<sup>[1](#note-1)</sup> を |", "| 港の泥<sup>[1](#note-1)</sup> を<wbr> |"),
    ("# **港の泥**を*さらう*のか", "# **港の<wbr>泥**を*さらう*のか<wbr>"),
    # Dates and amounts hold together anywhere.
    ("[4月](a.md)は2026年4月27日まで。", f"[4月](a.md)は{WHOLE}2026年4月27日</span>まで。"),
    # No blank beside a sign that has room in itself, but between it and a mark there is one.
    ("<strong>編集部の見方：</strong> 「港」 （確度：高）", "<strong>編集部の見方：</strong>「港」（確度：高）"),
    ('[港](a.md)。 <span class="bb-status">未確認</span> （注）', '[港](a.md)。 <span class="bb-status">未確認</span> （注）'),
    ("- 「港」 [泥](a.md)", "- 「港」[泥](a.md)"),
    ("**要点：** 港", "**要点：** 港"),
    # What is no text, or not ours to set.
    ("```\n# 港の泥を 2026年4月27日\n```", "```\n# 港の泥を 2026年4月27日\n```"),
    ("    # 2026年4月27日", "    # 2026年4月27日"),
    ('[港]: a.md "2026年4月27日"', '[港]: a.md "2026年4月27日"'),
    ('<form lang="ja">\n<option>2026年4月27日</option>\n</form>', '<form lang="ja">\n<option>2026年4月27日</option>\n</form>'),
    ('<a title="2026年4月27日"\nhref="2026年4月27日">港</a>', '<a title="2026年4月27日"\nhref="2026年4月27日">港</a>'),
    ('[↩](#c){ title="2026年4月27日" } `2026年4月27日`', '[↩](#c){ title="2026年4月27日" } `2026年4月27日`'),
    ("# <ruby>港湾局<rt>こうわんきょく</rt></ruby>", "# <ruby>港湾局<rt>こうわんきょく</rt></ruby>"),
])
def test_japanese(written: str, expected: str) -> None:
    assert expected == typeset(written, "ja")


def test_each_part_by_its_own_language() -> None:
    page = '# 何が懸かっているか\n\n<div class="x" lang="ja" dir="ltr" markdown>\n\n## 何が懸かっているか\n\n</div>\n\n## 何が懸かっているか'
    assert page.replace("## 何が懸かっているか\n", "## 何が<wbr>懸かっているか<wbr>\n") == typeset(page, "en")
    assert "## การท่าเรือจะขุดลอก" == typeset("## การท่าเรือจะขุดลอก", "th")
    assert "<wbr>" in typeset("## 港务局什么时候会清理港口的淤泥", "zh-CN")


def test_names_in_the_hosts_navigation() -> None:
    assert "この<wbr>ブリーフィングに<wbr>ついて<wbr>" == typeset_name("このブリーフィングについて", "ja")
    assert "About this" == typeset_name("About this", "ja")
    assert "何が懸かっているか" == typeset_name("何が懸かっているか", "en")


@pytest.mark.parametrize("case", [case for case in all_cases() if "ja" in case.languages], ids=lambda case: case.name)
def test_nothing_else_changes(case: SiteCase, tmp_path: Path) -> None:
    """Every page of these sites says the same as before, to the last attribute; only blanks go."""
    for page in case.opened(tmp_path).pages:
        before, after = (markdown(text, extensions=[*MARKDOWN_EXTENSIONS, "toc"]) for text in (page.markdown, typeset(page.markdown, page.lang)))
        assert _bare(before) == _bare(after), page.uri


def _bare(page: str) -> str:
    page = re.sub(rf"<wbr>|{WHOLE}([^<]*)</span>", r"\1", page)
    return re.sub(r"\s", "", page)
