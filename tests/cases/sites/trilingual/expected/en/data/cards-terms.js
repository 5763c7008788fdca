(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"dam-term": {"kind": "term", "name": "dam", "lines": [["text", "What holds water back."]]}
}};
