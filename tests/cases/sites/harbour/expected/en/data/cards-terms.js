(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"draught": {"kind": "term", "name": "draught", "lines": [["withdrawn", "Withdrawn on December 2024: No page uses it."], ["text", "How deep a ship lies in the water."]]},
"dredging-term": {"kind": "term", "name": "dredging", "lines": [["text", "Taking mud out of a basin, as Kaimori Port Authority does."]]}
}};
