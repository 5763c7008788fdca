"""The checks on words over hand-written pages: what of a page is prose, and where in the page something is."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from briefbook.model.prose import parse, plain_text
from briefbook.reading.loading import read_folder
from briefbook.rules.passages import STAND_IN, Field, page_passages, passage
from briefbook.rules.words import Reader

CASES = Path(__file__).parent.parent / "cases" / "words"
PAGE = """---
title: Openaiの条項
description: 今年の契約
other: users
---

# users（利用者）

<!-- users -->
これは`users`の[契約](https://example.org/users)で、[[users]]と
[[users|系统]]を**usersが**使う。

- 今年の一覧
    - users の一覧
1. ＯＫ

| 列 | users |
| --- | :---: |
| 平台 | `平台` |

```yaml
users: users
```

    users

<div class="users">users</div>
[link]: https://example.org/users
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_folder(CASES, ("en", "ja")).briefing)


def test_every_remark_is_where_its_words_are(reader: Reader) -> None:
    found = [(PAGE.count("\n", 0, r.start) + 1, PAGE[r.start : r.end], r.remark.code) for r in reader.page(PAGE, "ja")]
    expected = [
        (2, "Openai", "W205"),
        (3, "今年", "W208"),
        (7, "users", "W204"),
        (11, "系统", "W203"),
        (11, "users", "W204"),
        (13, "今年", "W208"),
        (14, "users", "W204"),
        (15, "ＯＫ", "W207"),
        (17, "users", "W204"),
        (19, "平台", "W204"),
        (27, "users", "W204"),
    ]
    assert expected == found


def test_a_page_is_judged_in_its_language(reader: Reader) -> None:
    assert [] == reader.page("users met 10 times", "en")
    assert ["W204"] == [r.remark.code for r in reader.page("利用者 met 10 times", "en")]
    assert [] == reader.page("users, 利用者, пользователи", "xx")


def test_headings_and_cells_stand_alone() -> None:
    shown = [(part.text, field) for part, field in page_passages("# A\nB\nc\n\n| d | e |\n|---|---|\n| f | |\n> g\n")]
    prose = Field.PROSE
    assert [("A", Field.HEADLINE), ("B\nc", prose), ("d", prose), ("e", prose), ("f", prose), ("g", prose)] == shown


@pytest.mark.parametrize(
    "written",
    [
        "plain",
        "a *b* **c** `d` e_f_g _h_",
        "[a](https://example.org/x_(y)) and [b *c*](mailto:a@example.org)",
        "[[id|words]] and [[id#key|*words*]] が",
        r"\*a\* 2 * 3 = 6 and a_b",
        "[not a link] (really) ] [",
        "a `b ``c`` d",
    ],
)
def test_readers_see_the_same_text_as_the_pages_show(written: str) -> None:
    shown = passage(written)
    codeless = plain_text(parse(written)).replace("d e", f"{STAND_IN} e") if "`d`" in written else plain_text(parse(written))
    assert "`b" in written or codeless == shown.text
    for at, char in enumerate(shown.text):
        assert char in (STAND_IN, written[shown.place(at)])


@pytest.mark.parametrize("hostile", ["[" * 20_000, "`" * 20_000, "a@" * 20_000, "<!--" * 20_000, "*_" * 20_000, "[[a|" * 9_000, "w" * 200_000 + "@"])
def test_no_text_takes_for_ever(reader: Reader, hostile: str) -> None:
    for language in ("en", "ja"):
        reader.page(hostile, language)


def test_whatever_is_typed_remarks_lie_within_it(reader: Reader) -> None:
    pieces = [*"aAbé 　\t\n\nあアー漢统德дα한ا().,、。「」[]|`*_!?-・'’“”\"0１Ａｱ\u200b\u0301\ufeff<>&;:#@/\\", "[[", "]]", "OpenAI", "マイクロソフト", "今年"]
    pieces += ["専門家", "認め", "now ", "experts say", "孫", "justice", "的", "```", "---\n", "| "]
    typing = Random(7)  # what fails must fail again
    for _ in range(500):
        text = "".join(typing.choices(pieces, k=typing.randrange(1, 60)))
        for language in ("en", "ja", "xx"):
            assert [] == [r for r in reader.page(text, language) if not 0 <= r.start < r.end <= len(text)], text
