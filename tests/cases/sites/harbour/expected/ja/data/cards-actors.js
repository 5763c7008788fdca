(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ja", "dir": "ltr", "close": "閉じる", "cards": {
"ghost-line": {"kind": "企業・団体", "name": "ゴーストライン", "lines": [["withdrawn", "2025年2月1日に取り下げ：会社ではなく船だった。"]]},
"harbour-court": {"kind": "裁判所", "name": "海事裁判所", "lines": []},
"kaimori-maru": {"kind": "製品", "name": "海森丸", "lines": []},
"mira-tanabe": {"kind": "人物", "name": "<ruby>田辺美良<rp data-search-exclude>（</rp><rt data-search-exclude>たなべ みら</rt><rp data-search-exclude>）</rp></ruby>", "lines": [["post", "海森港湾局局長、タイドワークス創業者 <span class=\"bb-status bb-status--reported\">報道ベース</span> <span class=\"bb-said-by\">――元同僚、2024年6月</span>"], ["text", "港湾局長。"]]},
"nordwind": {"kind": "企業・団体", "name": "ノルトヴィント海運", "lines": [["text", "二つの岸壁（two）を使う海運会社。登記と第3岸壁を参照。"]]},
"oda": {"kind": "人物", "name": "小田誠", "lines": [["post", "船主会代表"], ["text", "船主会の代表。"]]},
"port-authority": {"kind": "規制当局", "name": "海森港湾局", "lines": []},
"prefecture": {"kind": "政府機関", "name": "海森県", "lines": []},
"ship-owners": {"kind": "グループ", "name": "船主会", "lines": [["doubt", "（確度：低）"]]},
"tide-works": {"kind": "企業・団体", "name": "タイドワークス", "lines": []}
}};
