(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "de", "dir": "ltr", "close": "Schließen", "cards": {
"leila": {"kind": "Einzelperson", "name": "Leila Haddat", "lines": [["post", "Sprecherin, Talrat"]]},
"sela-power": {"kind": "Unternehmen oder Verband", "name": "Selawerke", "lines": [["text", "Baut den Damm."]]},
"turbine": {"kind": "Erzeugnis", "name": "Turbine", "lines": []},
"valley": {"kind": "Gruppe", "name": "Talrat", "lines": []}
}};
