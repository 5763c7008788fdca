"""Lines end after phrases, and never within a name, a date or an amount; whatever is found, no character is lost."""

from __future__ import annotations

import pytest

from briefbook.wording.breaks import NOT_FIRST, NOT_LAST, model_by_script, model_of, phrases, wholes


@pytest.mark.parametrize(("text", "expected"), [
    ("港湾局は泥をさらったのか？", "港湾局は|泥を|さらったのか？"),
    # A short word is not parted, and no sign stands alone.
    ("関係者", "関係者"),
    ("全体像", "全体像"),
    ("見込んだ額", "見込んだ額"),
    # Nor is a name, of whichever letters; the models know neither names nor digits.
    ("オープンタイドAIの主張", "オープンタイドAIの|主張"),
    ("インディア・トゥデイの記事", "インディア・トゥデイの|記事"),
    ("2025年7〜9月期の決算", "2025年7〜9月期の|決算"),
    ("2026年4月27日に改定した", "2026年4月27日に|改定した"),
    ("4兆8000億円を超える", "4兆8000億円を|超える"),
    # One that fills a line by itself may be, between its words.
    ("ウォーター・ストリート・ジャーナルの報道", "ウォーター・|ストリート・|ジャーナルの|報道"),
    ("港新聞：港湾局を提訴", "港新聞：|港湾局を|提訴"),
    ("（確度：高）", "（確度：高）"),
    # Blanks are ends of words in any case.
    ("NPR の 記事", "NPR |の |記事"),
    ("", ""),
])
def test_japanese(text: str, expected: str) -> None:
    assert expected == "|".join(phrases(text, "ja"))


@pytest.mark.parametrize(("code", "text"), [
    ("zh", "港务局什么时候会清理港口的淤泥？"), ("zh-TW", "港務局什麼時候會清理港口的淤泥？"), ("th", "การท่าเรือจะขุดลอกเมื่อใด"),
])
def test_other_languages(code: str, text: str) -> None:
    model = model_of(code)
    assert model is not None
    found = phrases(text, model)
    assert text == "".join(found)
    assert len(found) > 2


@pytest.mark.parametrize("text", ["彼は「よい」と言った。（そして）去った！　またね…", "（A）「B」『C』、D。E：F〜G", "「「」」", "。", " ", "a b　c"])
def test_nothing_is_lost_and_no_sign_stands_where_it_may_not(text: str) -> None:
    found = phrases(text, "ja")
    assert text == "".join(found)
    assert not {piece[0] for piece in found[1:]} & NOT_FIRST
    assert not {piece[-1] for piece in found[:-1]} & NOT_LAST


def test_which_model() -> None:
    assert ["ja", "ja", "zh-hans", "zh-hans", "zh-hant", "zh-hant", "th", None, None] == [
        model_of(code) for code in ("ja", "ja-JP", "zh", "zh-Hans-HK-x", "zh-TW", "zh-Hant", "th", "en", "ko")
    ]
    assert ["ja", "th", None, None] == [model_by_script(text) for text in ("港の泥", "ท่าเรือ", "港湾局", "harbour")]


def test_wholes() -> None:
    text = "2026年4月27日時点で130億ドル超、5月11日、約27%、1年間、「2030年」"
    assert ["2026年4月27日時点", "130億ドル", "5月11日", "1年", "2030年"] == [text[start:end] for start, end in wholes(text)]
