(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"dam": {"kind": "dispute", "name": "Who pays for the dam", "lines": [["text", "Must the valley pay?"], ["state", "<span class=\"bb-state bb-state--escalated\">escalated</span> February 2024"], ["trend", "<span class=\"bb-trend bb-trend--worsening\">worsening</span> Nobody talks."]]}
}};
