(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"blog": {"kind": "aggregator", "name": "Quay Notes", "lines": [["read", "not read, address only"]]},
"filing": {"kind": "primary source", "name": "Harbour Court registry", "lines": [["text", "the claim as filed"], ["date", "13 May 2024"], ["read", "read in full"]]},
"gazette-2024": {"kind": "newsroom", "name": "Kaimori Gazette", "lines": [["text", "<span lang=\"ja\" dir=\"ltr\">港の対立、法廷へ</span>"], ["date", "June 2024"], ["read", "read in part, behind a paywall"]]},
"trade-note": {"kind": "trade press", "name": "Dredging Today", "lines": [["text", "yearly survey"], ["read", "read through a copy (a reader’s copy)"]]}
}};
