(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "de", "dir": "ltr", "close": "Schließen", "cards": {
"contract": {"kind": "Primärquelle", "name": "Selawerke", "lines": [["text", "der Vertrag"], ["date", "30. März 2025"], ["read", "vollständig gelesen"]]},
"herald": {"kind": "Redaktion", "name": "Der Herold", "lines": [["text", "der Auszug"], ["date", "1. März 2024"], ["read", "in einer Wiedergabe gelesen (eine Bücherei), kostenpflichtig"]]}
}};
