"""The checks on words: what each must find, with the right form, and what none may flag."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Briefing
from briefbook.reading.loading import read_folder
from briefbook.rules.words import PageRemark, Reader, wrong_words

CASES = Path(__file__).parent.parent / "cases" / "words"
Judge = Callable[[str, str], list[PageRemark]]


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return read_folder(CASES, ("en", "ja")).briefing


@pytest.fixture(scope="module")
def judge(briefing: Briefing) -> Judge:
    return Reader(briefing).page


# What was found garbled in the article that the first briefing started from: the sentence, the piece, the code, and the
# right form where there is one.
ARTICLE = [
    ("CEOのサム・アльтManchester氏は述べた。", "サム・アльтManchester", "W201", "サム・アルトマン"),
    ("マイクロソフトのナ德拉CEOは述べた。", "ナ德拉", "W203", "ナデラ"),
    ("会社の系统を見直す。", "系统", "W203", "系統"),
    ("識者の评论が出た。", "评论", "W203", "評論"),
    ("AIの平台を提供する。", "平台", "W204", "プラットフォーム、基盤"),
    ("OpenAI 的社員に尋ねる。", "的社", "W204", "の"),
    ("契約 respecto の話し合い。", "respecto", "W204", None),
    ("孫 justice氏が会見した。", "孫 justice", "W205", "孫正義"),
    ("justice社長が会見した。", "justice", "W204", None),
    ("MICROSOFTが出資した。", "MICROSOFT", "W205", "Microsoft"),
    ("Partnershipを見直す。", "Partnership", "W204", None),
    ("usersが増えた。", "users", "W204", None),
    ("Artificial Superintelligenceを目指す。", "Artificial Superintelligence", "W206", "人工超知能（ASI）"),
    ("2030年までの再構成計画を承認する。", "再構成", "W206", "組織再編"),
    ("儲けと株式の割当を求める。", "株式の割当", "W206", "持ち分"),
    ("新しいボイス機能を使う。", "ボイス機能", "W206", "音声機能"),
    ("新しいボイス能力を使う。", "ボイス能力", "W206", "音声機能"),
    ("マイクロフトが出資した。", "マイクロフト", "W205", "マイクロソフト"),
    ("マイクロソフトが出資し、Microsoftが売る。", "Microsoft", "W214", None),
    ("サティア・ナデラ氏が話し、Satya Nadella氏が書いた。", "Satya Nadella", "W214", None),
    ("今年5月に合意した。", "今年", "W208", None),
    ("契約(覚書)を結ぶ。", "(", "W207", "（"),
    ("契約(覚書)を結ぶ。", ")", "W207", "）"),
    ("条項:解釈が分かれる。", ":", "W207", "："),
    ("全額投資を発表した。", "全額投資", "W206", "オールイン"),
]

# Other accidents of translation, typing and copying.
JAPANESE = [
    ("マイクロソフトト社が出資した。", "マイクロソフトト", "W205", "マイクロソフト"),
    ("Micorsoftが出資した。", "Micorsoft", "W205", "Microsoft"),
    ("Openaiの契約。", "Openai", "W205", "OpenAI"),
    ("openaiの契約。", "openai", "W205", "OpenAI"),
    ("ソフトバンクグルプが出資した。", "ソフトバンクグルプ", "W205", "ソフトバンクグループ"),
    ("ハルトマン氏が述べた。", "ハルトマン", "W205", "アルトマン"),
    ("サムアルトマン氏が述べた。", "サムアルトマン", "W205", "サム・アルトマン"),
    ("サム・Altman氏が述べた。", "サム・Altman", "W205", "サム・アルトマン"),
    ("Sam・アルトマン氏が述べた。", "Sam・アルトマン", "W205", "サム・アルトマン"),
    ("オープン・AIが述べた。", "オープン・AI", "W205", "オープンAI"),
    ("オプンAIが述べた。", "オプンAI", "W205", "オープンAI"),
    ("グーгл社が買収した。", "グーгл", "W201", "グーグル"),
    ("Гоогле社が買収した。", "Гоогле", "W202", None),
    ("Microsоftが出資した。", "Microsоft", "W201", "Microsoft"),
    ("合意は한국어で書かれた。", "한국어", "W202", None),
    ("サムスン삼성が参加した。", "サムスン삼성", "W201", None),
    ("合意は مرحبا と書かれた。", "مرحبا", "W202", None),
    ("合意はไทยで書かれた。", "ไทย", "W202", None),
    ("合意はעבריתで書かれた。", "עברית", "W202", None),
    ("マイクロ\u200bソフトが出資した。", "\u200b", "W203", None),
    ("\ufeffグーグルが買収した。", "\ufeff", "W203", None),
    ("契約\u00adを結んだ。", "\u00ad", "W203", None),
    ("か\u3099いしゃと結んだ。", "か\u3099", "W203", None),
    ("会社は発布会を开いた。", "开", "W203", "開"),
    ("这の会社。", "这", "W203", None),
    ("关係を見直す。", "关係", "W203", "関係"),
    ("新技術を發表した。", "發表", "W203", "発表"),
    ("両社の關係。", "關係", "W203", "関係"),
    ("縺薙ｌ縺ｯ困る。", "縺薙ｌ縺", "W203", None),
    ("ã\x81“ã‚Œは困る。", "ã\x81“ã‚Œ", "W203", "これ"),
    ("人工智能の契約。", "人工智能", "W204", "人工知能"),
    ("美国の企業。", "美国", "W204", "米国"),
    ("the agreementを結んだ。", "the agreement", "W204", None),
    ("revenue shareを見直す。", "revenue share", "W204", "収益分配"),
    ("Manchesterの会社。", "Manchester", "W204", None),
    ("去年、合意した。", "去年", "W208", None),
    ("先月の会見で述べた。", "先月", "W208", None),
    ("現在は協議中である。", "現在", "W208", None),
    ("両社は最近、対立した。", "最近", "W208", None),
    ("このほど合意した。", "このほど", "W208", None),
    ("専門家によると、優位は揺らぐ。", "専門家によると", "W209", None),
    ("関係者によると、契約は近い。", "関係者によると", "W209", None),
    ("専門家は、技術の確保が不可欠だと指摘している。", "専門家は、技術の確保が不可欠だと指摘", "W209", None),
    ("業界では再編が近いとみられている。", "業界では再編が近いとみ", "W209", None),
    ("一部では不満の声が上がったと報じられ、疑問も残る。", "一部では不満", "W209", None),
    ("同社は誤りを認めた。", "誤りを認め", "W210", None),
    ("隠していたことを認めた。", "たことを認め", "W210", None),
    ("同社は提案を拒んだ。", "拒んだ", "W210", None),
    ("社長は豪語した。", "豪語", "W210", None),
    ("内情を暴露した。", "暴露し", "W210", None),
    ("ＯｐｅｎＡＩの契約。", "ＯｐｅｎＡＩ", "W207", "OpenAI"),
    ("１３０億ドルを出資した。", "１３０", "W207", "130"),
    ("ｸﾞｰｸﾞﾙが買収した。", "ｸﾞｰｸﾞﾙ", "W207", "グーグル"),
    ("契約 を結んだ。", "約 を", "W207", None),
    ("契約　を結んだ。", "約　を", "W207", None),
    ('"独占"の条項。', '"', "W207", None),
    ("合意した。。次に移る。", "。。", "W207", None),
    ("契約をを結んだ。", "をを", "W207", None),
    ("契約契約を結んだ。", "契約契約", "W207", None),
    ("本当か?と尋ねた。", "?", "W207", "？"),
    ("1つ目,2つ目を挙げ,述べた。", ",", "W207", "、"),
    ("「合意した。", "「", "W213", None),
    ("合意した（覚書。", "（", "W213", None),
    ("合意した」と述べた。", "」", "W213", None),
    ("「合意（覚書」）と述べた。", "」", "W213", None),
    ("ウィンドサーフを買収し、ウインドサーフの技術を使う。", "ウインドサーフ", "W214", None),
]

ENGLISH = [
    ("Then MICROSOFT invested.", "MICROSOFT", "W205", "Microsoft"),
    ("It was Openai who said so.", "Openai", "W205", "OpenAI"),
    ("It was openai who said so.", "openai", "W205", "OpenAI"),
    ("Then Micorsoft’s stake rose.", "Micorsoft", "W205", "Microsoft"),
    ("Then Mircosoft invested.", "Mircosoft", "W205", "Microsoft"),
    ("Then Gogle bought it.", "Gogle", "W205", "Google"),
    ("Mr Nadela said so.", "Nadela", "W205", "Nadella"),
    ("Satia Nadella said so.", "Satia Nadella", "W205", "Satya Nadella"),
    ("It was Open AI that said so.", "Open AI", "W205", "OpenAI"),
    ("A Soft Bank spokesman said so.", "Soft Bank", "W205", "SoftBank"),
    ("Then Microsоft invested.", "Microsоft", "W201", "Microsoft"),
    ("The cοmpany signed.", "cοmpany", "W201", "company"),
    ("Then Αmazon signed.", "Αmazon", "W201", "Amazon"),
    ("OpenAIの board met.", "OpenAIの", "W201", None),
    ("The Привет company met.", "Привет", "W202", None),
    ("The company met in 서울 twice.", "서울", "W202", None),
    ("The company met مرحبا twice.", "مرحبا", "W202", None),
    ("Then Gooɡle bought it.", "Gooɡle", "W203", "Google"),
    ("The compa\u200bny met.", "\u200b", "W203", None),
    ("The cafe\u0301 closed.", "e\u0301", "W203", None),
    ("Googleâ€™s board met.", "â€™", "W203", "’"),
    ("Then 全額投資 was announced.", "全額投資", "W204", None),
    ("Then ソフトバンク invested.", "ソフトバンク", "W204", None),
    ("Then オープンAI signed.", "オープンAI", "W204", "OpenAI"),
    ("The deal respecto the licence.", "respecto", "W204", None),
    ("The firm und its owner met.", "und", "W204", None),
    ("The reconstruction plan was approved.", "reconstruction plan", "W206", "restructuring"),
    ("It gets a profit share of 20%.", "profit share", "W206", "revenue share"),
    ("The the contract ended.", "The the", "W207", None),
    ("The contract  ended.", "  ", "W207", None),
    ("The contract ended , they said.", " ,", "W207", None),
    ("The contract ended,, they said.", ",,", "W207", None),
    ("The contract（of 2019）ended.", "（", "W207", "("),
    ("The Ｇoogle contract ended.", "Ｇ", "W207", "G"),
    ("It rose this year.", "this year", "W208", None),
    ("It fell last month.", "last month", "W208", None),
    ("It fell recently.", "recently", "W208", None),
    ("It is currently open.", "currently", "W208", None),
    ("It is open today.", "today", "W208", None),
    ("It is now open.", "now", "W208", None),
    ("It began two years ago.", "two years ago", "W208", None),
    ("It rose in recent months.", "in recent months", "W208", None),
    ("Experts say it is vital.", "Experts say", "W209", None),
    ("Sources said it was near.", "Sources said", "W209", None),
    ("Critics have argued so.", "Critics have argued", "W209", None),
    ("Industry insiders believe it.", "insiders believe", "W209", None),
    ("Some people think so.", "Some people think", "W209", None),
    ("Many believe so.", "Many believe", "W209", None),
    ("According to analysts it will end.", "According to analysts", "W209", None),
    ("People familiar with the matter called it near.", "People familiar with", "W209", None),
    ("It is widely believed to be near.", "It is widely believed", "W209", None),
    ("He admitted that it had failed.", "admitted", "W210", None),
    ("The company refused to sign.", "refused", "W210", None),
    ("She claimed falsely that it ended.", "claimed falsely", "W210", None),
    ("The chairman slammed the offer.", "slammed", "W210", None),
    ("The chairman boasted of it.", "boasted", "W210", None),
    ("It is “done, they said.", "“", "W213", None),
    ("It is (done, they said.", "(", "W213", None),
    ("It is done), they said.", ")", "W213", None),
]


def found(judge: Judge, text: str, language: str) -> list[tuple[str, str]]:
    return [(text[remark.start : remark.end], remark.remark.code) for remark in judge(text, language)]


def hint_on(judge: Judge, text: str, language: str, piece: str, code: str) -> str:
    hints = [r.remark.hint for r in judge(text, language) if (text[r.start : r.end], r.remark.code) == (piece, code)]
    return hints[0] or "" if hints else ""


@pytest.mark.parametrize(("text", "piece", "code", "right"), ARTICLE + JAPANESE, ids=str)
def test_what_is_wrong_in_japanese_is_found(judge: Judge, text: str, piece: str, code: str, right: str | None) -> None:
    assert (piece, code) in found(judge, text, "ja")
    assert right is None or f"“{right}”" in hint_on(judge, text, "ja", piece, code)


@pytest.mark.parametrize(("text", "piece", "code", "right"), ENGLISH, ids=str)
def test_what_is_wrong_in_english_is_found(judge: Judge, text: str, piece: str, code: str, right: str | None) -> None:
    assert (piece, code) in found(judge, text, "en")
    assert right is None or f"“{right}”" in hint_on(judge, text, "en", piece, code)


RIGHT_IN_JAPANESE = [
    "OpenAIとMicrosoftはGPT-4oをAzureで提供し、CopilotとGitHubのAI機能に使う。",
    "AGI、CEO、IP、GPT、Windsurfを扱う。",
    "拉致問題を戦略的、主観的、具体的に論じた。",
    "台の上に平らな板を置いた。",
    "水平台を置いた。",
    "AGI(Artificial General Intelligence)の実現",
    "AGI（Artificial General Intelligence）の実現",
    "比率は20〜49%となる。",
    "β版とα線、5μmの膜を測った。",
    "孫氏と孫正義氏、サム・アルトマンCEOが会った。",
    "德永氏が述べた。",
    "キム・ミンジ（김민지）氏が述べた。",
    "マイクロソフト（Microsoft）が出資した。",
    "マイクロソフトがMicrosoft Azureを売る。",
    "米マイクロソフト社とオープンAI財団、ソフトバンクグループが集まった。",
    "青天井の予算を組んだ。",
    "持続的な支配関係を認めず、仮差し止めを認めなかった。",
    "独占的な利用を認めた契約である。",
    "裁判所は会社の責任を認めた。",
    "「誤りを認めた」との見出しが付いた。",
    "問題がないと認めたものではない。",
    "2026年3月31日現在の持ち分。",
    "発表の時点で最近接の値を使う。",
    "提携の今後を話し合い、同年、翌年も続けた。",
    "社長は「今年が勝負だ」と語った。",
    "フィナンシャル・タイムズによると、関係者は契約が近いと話した。",
    "独立した専門家パネルが判断する。",
    "ロイターは関係者の話として伝えた。",
    "nippon.comとhttps://example.org/userに載った。",
    "`元CEO`と`ナ德拉`は記事のまま。",
    "ゴーグルとミラクルの話。",
    "サービス「Bedrock」を使う。",
    "10時30分、3.5兆円、1,000人、10:30の便。",
    "本当か？　そうである。",
    "ますます、それぞれ、一人一人が考える。",
    "米タイム誌によると、関係者は契約が近いと話した。",
    "一次産品とインテリアと水晶体。",
    "![図](a.png) ![表](b.png)を見る。",
    "U.S.の企業とAmazon.comの契約。",
]

RIGHT_IN_ENGLISH = [
    "OpenAI’s and Microsoft's lawyers met the Googles of this world; Altman-led talks failed.",
    "An oracle spoke; the alphabet has 26 letters; they like to windsurf and to google.",
    "Nadella, Satya Nadella and Sam Altman met Masayoshi Son (孫正義).",
    "The headline was “全額投資” in the original.",
    "Masayoshi Son, 孫正義, is chairman.",
    "The café in Zürich sells β-carotene and 5 μm film for naïve people.",
    "The last year of the contract is 2029; the next year it ended.",
    "“This year matters”, he said.",
    "It was in Industry Today.",
    "She was admitted to the bar; the court refused an injunction.",
    "They have a right of first refusal.",
    "“I refused”, she said.",
    "Analysts at Goldman Sachs said so.",
    "A panel of experts must agree.",
    "People involved, the Financial Times reported, said so: people familiar with it.",
    "It is 12.5%, or 1,250 of 10,000 (see table); a) one and b) two.",
    "He had had enough. That that is true is clear.",
    "A 6\" pipe and a 5' beam are in the yard.",
    "It was in USA Today, the U.S., the UK, etc., and in Inc., e.g. twice.",
    "The Daily Planet reported that people familiar with it said so.",
    "Insiders told the Daily Planet of it; insiders say so, she told the Planet.",
    "A Googler had to pour concrete; yin and yang.",
    "Wait... what?! It ended; “yes”, (he said).",
    "Read `respecto` and [[id-of-a-fact]] or [this](https://example.org/recently).",
]


@pytest.mark.parametrize("text", RIGHT_IN_JAPANESE)
def test_what_is_right_in_japanese_is_let_pass(judge: Judge, text: str) -> None:
    assert [] == found(judge, text, "ja")


@pytest.mark.parametrize("text", RIGHT_IN_ENGLISH)
def test_what_is_right_in_english_is_let_pass(judge: Judge, text: str) -> None:
    assert [] == found(judge, text, "en")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_sentences_as_newspapers_print_them_are_let_pass(judge: Judge, language: str) -> None:
    sentences = (CASES / f"clean.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert 40 <= len(sentences)
    assert [] == [(sentence, found(judge, sentence, language)) for sentence in sentences if judge(sentence, language)]


def test_the_briefing_that_the_tests_go_by_is_clean(briefing: Briefing) -> None:
    assert [] == [(finding.code, finding.fact, finding.word) for finding in wrong_words(briefing)]


def test_only_letters_that_cannot_be_right_are_errors(judge: Judge) -> None:
    every = [(text, "ja") for text, *_ in ARTICLE + JAPANESE] + [(text, "en") for text, *_ in ENGLISH]
    errors = {r.remark.code for text, language in every for r in judge(text, language) if r.remark.severity is Severity.ERROR}
    assert {"W201", "W203"} == errors
