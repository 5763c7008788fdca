(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "de", "dir": "ltr", "close": "Schließen", "cards": {
"dam-term": {"kind": "Begriff", "name": "Staudamm", "lines": [["text", "Was Wasser staut."]]}
}};
