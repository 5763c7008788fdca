(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"wage": {"kind": "term", "name": "wage", "lines": [["text", "What is paid for work."]]}
}};
