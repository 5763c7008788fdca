(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"paper": {"kind": "newsroom", "name": "The Valley Paper", "lines": [["read", "read in full"]]}
}};
