"""Lines break where the script lets them, keep every letter, and end evenly."""

from __future__ import annotations

import pytest

from briefbook.charts.lettering import balanced, estimated_width, shortened, wrapped


@pytest.mark.parametrize(("text", "lines"), [
    ("US District Court, Northern District of California", ["US District Court,", "Northern District", "of California"]),
    ("ソフトバンクグループ", ["ソフトバンクグループ"]),
    ("シンキング・マシンズ研究所", ["シンキング・", "マシンズ研究所"]),
    ("カリフォルニア州司法長官", ["カリフォルニア州", "司法長官"]),
    ("", [""]),
])
def test_balanced(text: str, lines: list[str]) -> None:
    assert balanced(text, 124, most=3) == lines


@pytest.mark.parametrize("text", ["彼は「よい」と言った。そして、去った。" * 4, "スーパーインテリジェンス" * 4])
def test_no_line_starts_with_what_may_not(text: str) -> None:
    lines = wrapped(text, 90)
    assert "".join(lines) == text
    assert not {line[0] for line in lines} & set("。、」ェー")
    assert not {line[-1] for line in lines} & set("「")


def test_a_word_too_long_is_cut_and_not_lost() -> None:
    assert "".join(wrapped("x" * 200, 100)) == "x" * 200


def test_what_does_not_fit_says_so() -> None:
    assert wrapped("one two three four five six", 60, most=2)[-1].endswith("…")
    assert estimated_width(shortened("a" * 99, 100)) <= 100


def test_marks_above_letters_take_no_room() -> None:
    assert estimated_width("が") == estimated_width("が")


@pytest.mark.parametrize(("text", "lines"), [
    ("港の泥をさらうのは誰か", ["港の泥を", "さらうのは誰か"]),
    ("港湾局が第二泊地の費用を開示", ["港湾局が", "第二泊地の", "費用を開示"]),
    ("การท่าเรือจะขุดลอกเมื่อใดกันแน่", ["การท่าเรือจะขุด", "ลอกเมื่อใดกันแน่"]),
])
def test_a_line_ends_after_a_phrase(text: str, lines: list[str]) -> None:
    assert balanced(text, 90) == lines
    assert "".join(wrapped(text, 30)) == text, "nor is anything lost where there is no room for one"


def test_what_is_cut_has_no_blanks_that_were_not_there() -> None:
    assert wrapped("港の泥をさらうのは誰なのかは、まだ分かっていない", 100, most=2)[-1] == "さらうのは誰な…"
