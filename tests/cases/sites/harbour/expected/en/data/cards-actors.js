(window.briefbookCards ??= {})[document.currentScript.src] = {"lang": "en", "dir": "ltr", "close": "Close", "cards": {
"ghost-line": {"kind": "organisation", "name": "Ghost Line", "lines": [["withdrawn", "Withdrawn on 1 February 2025: It turned out to be a ship and not a company."]]},
"harbour-court": {"kind": "court", "name": "Harbour Court", "lines": []},
"kaimori-maru": {"kind": "product", "name": "Kaimori Maru", "lines": []},
"mira-tanabe": {"kind": "person", "name": "Mira Tanabe", "lines": [["post", "director, Kaimori Port Authority, founder, Tideworks <span class=\"bb-status bb-status--reported\">reported</span> <span class=\"bb-said-by\">— according to a former colleague, June 2024</span>"], ["text", "Director of the port authority."]]},
"nordwind": {"kind": "organisation", "name": "Nordwind Lines", "lines": [["text", "A shipping company with two berths. See its register and The third berth."]]},
"oda": {"kind": "person", "name": "<span lang=\"ja\" dir=\"ltr\">小田誠</span>", "lines": [["post", "<span lang=\"ja\" dir=\"ltr\">代表</span>, Ship owners’ group"], ["text", "<span lang=\"ja\" dir=\"ltr\">船主会の代表。</span>"]]},
"port-authority": {"kind": "regulator", "name": "Kaimori Port Authority", "lines": []},
"prefecture": {"kind": "government", "name": "Kaimori Prefecture", "lines": []},
"ship-owners": {"kind": "group", "name": "Ship owners’ group", "lines": [["doubt", "(low confidence)"]]},
"tide-works": {"kind": "organisation", "name": "Tideworks", "lines": []}
}};
