(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"contract": {"kind": "primary source", "name": "Sela Power", "lines": [["text", "the contract"], ["date", "30 March 2025"], ["read", "read in full"]]},
"herald": {"kind": "newsroom", "name": "The Herald", "lines": [["text", "the walkout"], ["date", "1 March 2024"], ["read", "read through a copy (a library), behind a paywall"]]}
}};
