"""The print edition on paper, and disputes side by side: what is promised of pages that say everything."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from builtsites import BuiltSite
from htmlpages import Element
from serving import served

if TYPE_CHECKING:
    from browsing import Browser


@pytest.mark.parametrize("code", ["en", "ja"])
def test_the_print_edition_has_a_cover_contents_and_page_numbers(harbour_site: BuiltSite, browser: Browser, code: str) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    with served(harbour_site.folder) as address:
        browser.open(f"{address}{code}/print/")
        options = {"preferCSSPageSize": True, "printBackground": True}
        made = browser.driver.execute_cdp_cmd("Page.printToPDF", options)
    paper = pypdf.PdfReader(io.BytesIO(base64.b64decode(made["data"])))
    # Some of the characters come out as their compatibility forms.
    texts = [unicodedata.normalize("NFKC", page.extract_text()) for page in paper.pages]
    assert (595, 842) == tuple(round(float(side)) for side in paper.pages[0].mediabox[2:])
    assert not re.search(r"(?m)^1$", texts[0])
    assert [str(number) for number in range(2, len(texts) + 1)] == [_number(text) for text in texts[1:]]
    titles = [e.text for e in harbour_site.pages[f"{code}/print/index.html"].all("h2")]
    contents = "".join(texts[1].split())
    assert [] == [title for title in titles[1:] if unicodedata.normalize("NFKC", "".join(title.split())) not in contents]


def _number(text: str) -> str:
    """The number at the foot of a page, wherever the reader of the file puts it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next(line for line in (lines[-1], lines[0]) if line.isdigit())


def test_the_print_edition_holds_every_fact_once(built: BuiltSite) -> None:
    for code in built.languages:
        name = f"{code}/print/index.html"
        ids = [e.attributes["id"] for e in built.pages[name].all() if e.attributes.get("id", "").startswith("fact-")]
        pages = {
            other.split("/")[2] for other, lang, page in built.in_language()
            if lang == code and re.fullmatch(rf"{code}/(disputes|events|figures|actors|terms)/[^/]+/index\.html", other)
            and not any(m.attributes.get("http-equiv") == "refresh" for m in page.all("meta")) and not page.with_class("bb-tombstone")
        }
        assert len(ids) == len({*ids})
        assert pages == {id_.removeprefix("fact-") for id_ in ids}


def test_its_links_stay_on_it(built: BuiltSite) -> None:
    for code in built.languages:
        name = f"{code}/print/index.html"
        article = next(built.pages[name].all("article"))
        kinds = re.compile(rf"{code}/(disputes|events|figures|actors|terms)/[^/]+/index\.html")
        leaving = [href for href in _hrefs(article) if kinds.fullmatch(built.target(name, href) or "")]
        assert [] == leaving


def test_every_passage_stands_beside_its_own_in_each_language(built: BuiltSite) -> None:
    found = [(name, page) for name, _, page in built.in_language() if name.endswith("/side-by-side/index.html")]
    assert found
    for name, page in found:
        rows = page.with_class("bb-beside__row")
        expected = [name.partition("/")[0], *(code for code in built.languages if not name.startswith(f"{code}/"))]
        assert 5 < len(rows)
        for row in rows:
            cells = row.with_class("bb-beside__cell")
            assert expected == [cell.attributes["lang"] for cell in cells], name
            assert len({bool(cell.text) for cell in cells}) == 1, (name, row.text)
            assert len({len(cell.with_class("bb-cite")) for cell in cells}) == 1, (name, row.text)


def _hrefs(element: Element) -> list[str]:
    crumbs = {id(a) for e in element.with_class("bb-crumbs") for a in e.all("a")}
    return [a.attributes["href"] for a in element.all("a") if "href" in a.attributes and id(a) not in crumbs]
