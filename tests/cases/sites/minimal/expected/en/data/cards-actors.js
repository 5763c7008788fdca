(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"mill": {"kind": "organisation", "name": "The mill", "lines": []}
}};
