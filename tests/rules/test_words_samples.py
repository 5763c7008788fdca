"""Invented sentences in three languages: garbles that must be found, with their code, and sentences that are right.

Nobody looked at the tables when writing them; what was missed then is in the tables now.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.reading.loading import read_folder
from briefbook.rules.words import PageRemark, Reader

CASES = Path(__file__).parent.parent / "cases" / "words"
Judge = Callable[[str, str], list[PageRemark]]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Reader(read_folder(CASES, ("en", "ja", "de")).briefing).page


GARBLED = {
    "ja": [
        ("サティア・ナдела氏が述べた。", "W201"), ("Масаёси Сон氏が述べた。", "W202"), ("Microsoft的戦略を見直す。", "W204"),
        ("軟件の開発を進める。", "W204"), ("用户が増えた。", "W203"), ("市場份額を拡大した。", "W203"), ("首席执行官が述べた。", "W203"),
        ("投资を行う。", "W203"), ("契約はporqueだ。", "W204"), ("however、両社は合意した。", "W204"), ("companyは反対した。", "W204"),
        ("altman氏が述べた。", "W205"), ("アルトマソ氏が述べた。", "W205"), ("マイクロンフトが出資した。", "W205"), ("今年度の売上高は増えた。", "W208"),
        ("先週末に合意した。", "W208"), ("昨今の情勢を受けて動いた。", "W208"), ("足元では交渉が続く。", "W208"),
        ("ある関係者は、契約が近いと語った。", "W209"), ("事情に詳しい人物によると、契約は近い。", "W209"), ("両社は契約を結んだ｡", "W207"),
        ("｢契約｣を結んだ。", "W207"), ("オープンＡＩの契約。", "W207"), ("「合意した」」と述べた。", "W213"), ("同社はついに白旗を揚げた。", "W210"),
        ("氏は嘘をついた。", "W210"), ("オーブンAIが述べた。", "W205"), ("発表會が開かれた。", "W203"), ("合意書を签署した。", "W203"), ("AGI条款を見直す。", "W204"),
        ("\u200eグーグルの契約。", "W203"), ("云计算の契約。", "W203"), ("孫正义氏が述べた。", "W203"), ("孫Masayoshi氏が述べた。", "W205"),
    ],
    "en": [
        ("Sam Альтман said so.", "W202"), ("Sаtya Nadella said so.", "W201"), ("Mr. Nadellla spoke.", "W205"), ("MicroSoft invested.", "W205"),
        ("Soft-Bank invested.", "W205"), ("The 協議 ended.", "W204"), ("The company的 staff left.", "W201"), ("OpenAI、Microsoft agreed.", "W207"),
        ("They agreed。", "W207"), ("The agreement pero not signed.", "W204"), ("The firm avec its owner met.", "W204"), ("In the last quarter it rose.", "W208"),
        ("Earlier this month it fell.", "W208"), ("As of today it is open.", "W208"), ("At this point it is open.", "W208"), ("In recent years it grew.", "W208"),
        ("A person close to the deal said it was near.", "W209"), ("An insider said it was near.", "W209"), ("Observers expect a deal.", "W209"),
        ("It is said that a deal is near.", "W209"), ("Reportedly, a deal is near.", "W209"), ("One official warned that a deal is near.", "W209"),
        ("He confessed that it failed.", "W210"), ("It caved in to Microsoft.", "W210"), ("The chairman lashed out at the offer.", "W210"),
        ("The board board met.", "W207"), ("It cost $10bn.. Then it ended.", "W207"), ("It was (agreed] then.", "W213"), ("The contraсt ended.", "W201"),
        ("OpenAl signed.", "W205"), ("Gooogle bought it.", "W205"), ("Itâ€™s done.", "W203"), ("It’s a don´t case.", "W207"), ("The teh deal ended.", "W204"),
        ("The goverment agreed.", "W204"), ("The revenu share was cut.", "W204"),
    ],
    "de": [
        ("Die Firma 協議 endete.", "W204"), ("Sie haben agreed gesagt.", "W204"), ("Der Vertrag however endete.", "W204"), ("Die company unterschrieb.", "W204"),
        ("Dieses Jahr stieg der Preis.", "W208"), ("Letzten Monat fiel er.", "W208"), ("Kürzlich wurde er beendet.", "W208"), ("Derzeit ist er offen.", "W208"),
        ("Vor zwei Jahren begann er.", "W208"), ("Vor 3 Monaten begann er.", "W208"), ("Vor wenigen Tagen begann er.", "W208"), ("Gestern wurde er beendet.", "W208"),
        ("Heute ist er offen.", "W208"), ("In Kürze endet er.", "W208"), ("Experten zufolge ist er wichtig.", "W209"), ("Laut Insidern ist er nah.", "W209"),
        ("Beobachter sagen, er sei nah.", "W209"), ("Kritiker warnen davor.", "W209"), ("Er gab zu, dass es scheiterte.", "W210"),
        ("Die Firma weigerte sich zu unterschreiben.", "W210"), ("Der Vertrag  endete.", "W207"), ("Der Vertrag endete , sagte er.", "W207"),
        ("Er sagte „ja dazu.", "W213"), ("Micorsoft investierte.", "W205"), ("Openai investierte.", "W205"), ("Nadela sprach.", "W205"),
        ("Der Vertrag（von 2019）endete.", "W207"), ("Der Vertrаg endete.", "W201"), ("VertrÃ¤ge endeten.", "W203"), ("Der Vertrag endete。", "W207"),
        ("Wie geht´s dem Vertrag?", "W207"),
    ],
}  # fmt: skip

RIGHT = {
    "ja": [
        "AI企業のOpenAIは、GPU不足を理由に発表を延ばした。", "目的と標的を定め、的確に動いた。", "公的な支援と私的な利用を分けた。", "米国的な経営とは異なる。",
        "翌年以降の見直しを定めた。", "契約は現在価値で評価した。", "「最近の動き」と題する記事を載せた。", "Transformer型のモデルを使う。", "API経由で提供する。",
        "1〜3月期の売上高は5%増えた。", "『The Information』が報じた。", "米紙ウォール・ストリート・ジャーナルによると、関係者が語った。", "裁判所は責任を認めなかった。",
        "契約を認める方針を示した。", "々の字と〆切と〇印を使う。", "ヶ月とカ月とか月を混ぜない。", "髙島屋と山﨑氏。", "S-1と8-Kを提出した。", "¥4.8兆と€5を払った。",
        "ときどき、いろいろ、まあまあの結果だ。", "次々と、続々と、着々と進めた。", "人々の声、数々の例、時々刻々。", "OpenAI o3とo4-miniを使う。", "メールはa@example.jpへ。",
        "時刻は午後3:30だ。", "比は1:2だった。", "e-mailとWi-Fiを使う。", "拒否権を行使した。", "提案を断った。", "関係者3人が証言した。", "専門家パネルは認定した。",
        "業界団体が声明を出した。", "一部の条項を改めた。", "水平台と専用戸口、社員工場と訴訟案件。", "事情に詳しい弁護士を選んだ。", "足元の石を拾った。",
        "夏季度重なる雨のため延期した。", "会社員の給与と契約社員の待遇。",
    ],
    "en": [
        "The 27% stake, held since 2025-10-28, is worth $135bn.", "It was the last month of the year.", "By then the deal was now public.", "An expert panel decides.",
        "Analyst Dan Ives said so.", "Three people who testified said so.", "The court admitted the evidence.", "She was admitted to the bar.",
        "The judge refused to dismiss the case.", "The naïve résumé of São Paulo’s Müller.", "A vis-à-vis and a laissez-faire policy.",
        "Per se, pro rata, ad hoc, inter alia and de facto.", "It had had an effect that that court saw.", "He said, “The deal (of 2019) is ‘done’.”",
        "Items: a) one; b) two.", "The µm and β version.", "The U.S. v. Microsoft case; Musk v. Altman.", "It went from $10bn to $20bn... and more.",
        "An AI-first, cloud-native, GPU-hungry start-up.", "It uses GPT-4o, o3-mini, and Claude 3.5 Sonnet.", "The googling users and amazons.",
        "They azure the sky.", "The Son-led fund; Son’s words.", "A co-pilot flew; the copilot landed.", "An open AI debate was held.", "A soft bank of snow.",
        "The soonest it can end is 2032.", "The current ratio is 1.5; alternating current.", "The claim was filed; she claimed damages.", "It slammed into a wall.",
        "New York, New York; Duran Duran.", "Aye aye, sir; bye bye.", "The Tokyo Stock Exchange (東京証券取引所) said so.", "A source says what it is cited for.",
        "At this point in the contract a clause begins.", "One official of the court signed it.", "An analyst at Wedbush said that it would end.",
    ],
    "de": [
        "Der Vertrag vom 28. Oktober 2025 gilt bis 2032.", "Die KI-Firma OpenAI und ihr CEO Sam Altman.", "Das Open-Source-Modell wurde veröffentlicht.",
        "Der Deal kam im Team zustande.", "Die Start-ups und Chips, Clouds und Software.", "Das Unternehmen nutzt Azure und GitHub Copilot.",
        "Er sagte: „Ja“, und ging.", "Er sagte: »Ja«, und ging.", "Das Gericht lehnte die Klage ab.", "Sie, die die Firma leitete, ging.",
        "Das, das er kannte, endete.", "Der Experte Max Müller sagte das.", "Die heutige Fassung von 2019.", "In jenem Jahr stieg der Preis.", "Im Jahr davor fiel er.",
        "Zwei Jahre vor dem Vertrag begann er.", "Der Preis betrug 1.250,50 €.", "Z. B. und d. h. sind Abkürzungen.", "Die GmbH & Co. KG.", "Straße, Größe, Übermaß.",
        "Das Gericht gab der Klage statt.", "Die Firma weigert sich nicht.", "Am 24. Mai, um 15:30 Uhr.", "Das Wort „today“ steht im Titel.",
        "Die New York Times berichtete.", "US-Dollar und EU-Kommission.", "Die E-Mail kam an.", "Die Aktie fiel um 5 %.", "Das 21-Tage-Fenster.",
        "Vor Gericht und vor Zeugen sprach er.",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "code"), [(code, *one) for code, found in GARBLED.items() for one in found], ids=str)
def test_what_is_garbled_is_found(judge: Judge, language: str, text: str, code: str) -> None:
    assert code in [found.remark.code for found in judge(text, language)]


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, found in RIGHT.items() for text in found], ids=str)
def test_what_is_right_is_left_alone(judge: Judge, language: str, text: str) -> None:
    assert [] == [(text[found.start : found.end], found.remark.code) for found in judge(text, language)]


def test_numbers_of_an_enumeration_close_no_bracket(judge: Judge) -> None:
    assert "W213" not in [found.remark.code for found in judge("1) 契約、2) 覚書。3) 定款。", "ja")]
