(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "ja", "dir": "ltr", "close": "閉じる", "cards": {
"draught": {"kind": "用語", "name": "喫水", "lines": [["withdrawn", "2024年12月に取り下げ：使われていない。"], ["text", "船が水に沈んでいる深さ。"]]},
"dredging-term": {"kind": "用語", "name": "浚渫", "lines": [["text", "港の底の泥をさらうこと。海森港湾局が行う。"]]}
}};
