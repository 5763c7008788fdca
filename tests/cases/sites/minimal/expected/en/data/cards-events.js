(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"mill-closes": {"kind": "event", "name": "The mill closes", "lines": [["date", "2 March 2024"], ["standing", "<span class=\"bb-status bb-status--confirmed\">confirmed</span> <span class=\"bb-grade bb-grade--single\">one outlet</span>"]]}
}};
