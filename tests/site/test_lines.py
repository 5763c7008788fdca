"""Japanese as readers see it: lines that end after phrases, readings above names; and nothing of that anywhere else.

And the page's colours, which follow the reader's system until told otherwise.
"""

from __future__ import annotations

import json
import re

import pytest
from builtsites import BuiltSite
from serving import served

pytest.importorskip("selenium", reason="selenium is not installed")

from browsing import Browser

PAGES = ("", "disputes/", "disputes/berth/", "figures/", "actors/", "timeline/", "coverage/")
# Where a line begins within a phrase, as the two characters around its end; not in a phrase wider than its column.
BROKEN = """
const found = [];
for (const box of document.querySelectorAll(':lang(ja):has(> wbr)')) {
  const lines = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (lines.nextNode()) {
    const text = lines.currentNode, range = document.createRange();
    if (text.parentElement !== box || !text.data.trim()) continue;
    let last = null;
    for (let at = 0; at < text.length; at++) {
      range.setStart(text, at); range.setEnd(text, at + 1);
      const [place] = range.getClientRects();
      if (!place) continue;
      if (last !== null && place.top > last + 3 && /[\\p{L}\\p{N}]{2}/u.test(text.data.slice(at - 1, at + 1))) found.push(text.data);
      last = place.top;
    }
  }
}
return found;
"""


def test_what_programs_read_has_nothing_of_it(harbour_site: BuiltSite) -> None:
    index = harbour_site.files["ja/search/search_index.json"].decode()
    titles = {entry["location"]: entry["title"] for entry in json.loads(index)["docs"]}
    assert "田辺美良" == titles["actors/mira-tanabe/"]
    for name, code, page in harbour_site.in_language():
        html = harbour_site.files[name].decode()
        head = html.partition("</head>")[0]
        assert "wbr" not in head, name
        assert not re.search(r'"[^"<>]*<(?:wbr|ruby|rt)|&lt;(?:wbr|ruby|rt)', html), name
        if name.endswith("mira-tanabe/index.html") and code == "ja":
            assert "たなべ" not in head
            assert ["たなべ みら"] == [rt.text for rt in page.all("rt")]
            assert any("たなべ みら" in line.text and line.text.startswith("読み") for line in page.all("li")), "there it can be found"
    for name, content in harbour_site.files.items():
        if name.endswith((".json", ".csv", ".js", ".xml")) and name.startswith(("ja/", "en/")):
            assert b"wbr" not in content, name


def test_every_heading_and_cell_in_japanese_is_set(harbour_site: BuiltSite) -> None:
    """Also the host's own table of contents."""
    page = harbour_site.pages["ja/disputes/berth/index.html"]
    headings = [e for e in page.all("h1", "h2", "h3") if e.lang == "ja" and len(e.text) > 8]
    assert headings
    assert [] == [e.text for e in headings if not any(e.all("wbr"))]
    names = [e for e in page.with_class("md-ellipsis") if len(e.text) > 8 and any(p.tag == "nav" for p in e.ancestors)]
    assert names
    assert [] == [e.text for e in names if not any(e.all("wbr"))]
    assert not any(harbour_site.pages["en/disputes/berth/index.html"].all("wbr"))


@pytest.mark.parametrize("width", [390, 1000, 1440])
def test_lines_end_after_phrases(harbour_site: BuiltSite, browser: Browser, width: int) -> None:
    with served(harbour_site.folder) as address:
        browser.width(width)
        for page in PAGES:
            browser.open(f"{address}ja/{page}")
            assert [] == browser.run(BROKEN), page
            assert [] == browser.run(
                "return [...document.querySelectorAll('.bb-whole')].filter(e => e.getClientRects().length > 1).map(e => e.textContent)"
            ), page
            assert width >= browser.run("return document.documentElement.scrollWidth"), page


def test_what_is_copied_is_the_name(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        browser.open(f"{address}ja/actors/mira-tanabe/")
        copied = browser.run("getSelection().selectAllChildren(document.querySelector('h1')); return getSelection().toString()")
        assert "田辺美良" == str(copied).strip()
        crumbs, reading = (
            browser.run("return document.querySelector(arguments[0]).getBoundingClientRect().toJSON()", part) for part in (".bb-crumbs", "rt")
        )
        assert crumbs["bottom"] <= reading["top"] + 2, "the reading has a place of its own"


def test_colours_are_those_of_the_system_until_told_otherwise(real_site: BuiltSite, browser: Browser) -> None:
    with served(real_site.folder) as address:
        _prefer(browser, "dark")
        browser.open(f"{address}ja/")
        browser.until(lambda: _scheme(browser) == "slate")
        _prefer(browser, "light")
        browser.until(lambda: _scheme(browser) == "default")
        for leads_to, then in (("ライトモードに切り替える", "default"), ("ダークモードに切り替える", "slate"), ("システムの設定に合わせる", "default")):
            switch = next(e for e in browser.find("form[data-md-component=palette] label") if e.is_displayed())
            assert leads_to == switch.get_attribute("title")
            switch.click()
            browser.until(lambda: _scheme(browser) == then)  # noqa: B023  # asked at once
        _prefer(browser, "dark")
        browser.until(lambda: _scheme(browser) == "slate")


def _prefer(browser: Browser, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def _scheme(browser: Browser) -> str:
    return str(browser.run("return document.body.dataset.mdColorScheme"))
