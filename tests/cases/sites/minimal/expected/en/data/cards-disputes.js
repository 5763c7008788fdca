(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"wages": {"kind": "dispute", "name": "Unpaid wages", "lines": [["text", "Who owes the wages?"], ["state", "<span class=\"bb-state bb-state--open\">open</span> 2 March 2024"]]}
}};
