(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"owed": {"kind": "figure", "name": "Wages owed", "lines": [["value", "<strong>€12,000</strong> as of March 2024"], ["standing", "<span class=\"bb-status bb-status--confirmed\">confirmed</span> <span class=\"bb-grade bb-grade--single\">one outlet</span>"]]}
}};
