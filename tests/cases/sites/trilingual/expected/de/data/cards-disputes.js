(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "de", "dir": "ltr", "close": "Schließen", "cards": {
"dam": {"kind": "Streitfrage", "name": "Wer den Damm bezahlt", "lines": [["text", "Muss das Tal zahlen?"], ["state", "<span class=\"bb-state bb-state--escalated\">verschärft</span> Februar 2024"], ["trend", "<span class=\"bb-trend bb-trend--worsening\">spitzt sich zu</span> Niemand spricht."]]}
}};
