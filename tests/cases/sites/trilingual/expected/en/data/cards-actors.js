(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"leila": {"kind": "person", "name": "Leila Haddad", "lines": [["post", "speaker, the Valley Council"]]},
"sela-power": {"kind": "organisation", "name": "Sela Power", "lines": [["text", "Builds the dam."]]},
"turbine": {"kind": "product", "name": "the turbine", "lines": []},
"valley": {"kind": "group", "name": "the Valley Council", "lines": []}
}};
