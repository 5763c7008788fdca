"""What readers do: the built sites in a real browser, served from this machine and cut off from any other.

Pictures of every kind of page are in test_pictures.py.
"""

from __future__ import annotations

import pytest
from builtsites import BuiltSite
from serving import served

pytest.importorskip("selenium", reason="selenium is not installed")

from browsing import Browser
from selenium.webdriver.common.keys import Keys

PHONE = 390
# What is searched for, and a page that has to be found, by language.
SEARCHES = {
    "en": {"revenue share": "disputes/revenue-share/", "AGI clause": "disputes/agi-clause/", "US$13 billion": "figures/microsoft-commitments/"},
    "ja": {
        "収益分配": "disputes/revenue-share/", "AGI条項": "disputes/agi-clause/",
        "孫正義": "actors/masayoshi-son/", "1300億ドル": "figures/foundation-stake-value/",
        # Of these any page will do: every 月 and every 億 is a word to the search.
        "2025年10月28日": "", "1300億": "",
    },
}
PAGES = ("", "disputes/revenue-share/", "figures/microsoft-stake-in-talks/", "timeline/", "actors/")


@pytest.mark.parametrize("code", ["en", "ja"])
def test_readers_of_a_language(real_site: BuiltSite, browser: Browser, code: str) -> None:
    """Reads the state of play, a dispute and a figure; switches the language; searches."""
    with served(real_site.folder) as address:
        _reads(browser, f"{address}{code}/", code)
        _switches(browser, f"{address}{code}/", code)
        for words, expected in SEARCHES[code].items():
            _searches(browser, f"{address}{code}/", words, expected)
        _is_at_peace(browser, address)


def test_readers_from_right_to_left(trilingual_site: BuiltSite, browser: Browser) -> None:
    with served(trilingual_site.folder) as address:
        browser.open(f"{address}ar/")
        assert ("ar", "rtl") == (_language(browser), browser.run("return getComputedStyle(document.body).direction"))
        _sees_a_chart(browser)
        browser.picture("ar")
        _searches(browser, f"{address}ar/", "المجلس", "events/walkout/")
        browser.width(PHONE)
        for page in ("ar/", "ar/disputes/dam/", "ar/figures/cost/", "ar/actors/"):
            browser.open(address + page)
            assert PHONE >= browser.run("return document.documentElement.scrollWidth"), page
        _is_at_peace(browser, address)


def test_attacks_do_nothing(hostile_site: BuiltSite, browser: Browser) -> None:
    with served(hostile_site.folder) as address:
        for page in [name for name, code, _ in hostile_site.in_language() if code == "en"]:
            browser.open(address + hostile_site.web_path(page))
            assert [] == browser.run("return window.said"), page
            assert "none" != browser.run("return getComputedStyle(document.body).display"), page
        browser.open(f"{address}en/")
        _type(browser, "danger")
        browser.until(lambda: browser.find(".md-search-result__item a"))
        assert [] == browser.run("return window.said")
        _is_at_peace(browser, address)


def _reads(browser: Browser, home: str, code: str) -> None:
    for page in PAGES:
        browser.open(home + page)
        assert code == _language(browser)
        _sees_a_chart(browser)


def _sees_a_chart(browser: Browser) -> None:
    chart = browser.until(lambda: browser.find(".bb-chart__drawing svg"))[0]
    assert chart.is_displayed()
    assert chart.size["width"] > 100
    assert chart.size["height"] > 30


def _switches(browser: Browser, home: str, code: str) -> None:
    other = "ja" if code == "en" else "en"
    page = "disputes/revenue-share/"
    browser.open(home + page)
    browser.find(f".bb-switch a[hreflang={other}]")[0].click()
    browser.until(lambda: browser.driver.current_url != home + page)
    assert home.replace(f"/{code}/", f"/{other}/") + page == browser.driver.current_url
    assert other == _language(browser)


def _searches(browser: Browser, home: str, words: str, expected: str) -> None:
    browser.open(home)
    _type(browser, words)
    browser.until(lambda: browser.find(".md-search-result__item a"))
    found = [link.get_attribute("href") or "" for link in browser.find(".md-search-result__item a")]
    assert [] == [href for href in found if not href.startswith(home)], words
    assert any(href.startswith(home + expected) for href in found), (words, found)


def _type(browser: Browser, words: str) -> None:
    """Search for words; the theme looks at them when a key is let go, which inserted text does not do."""
    field = browser.find("input[data-md-component=search-query]")[0]
    browser.run("arguments[0].focus()", field)
    field.send_keys(words)
    field.send_keys(Keys.ARROW_RIGHT)


def _language(browser: Browser) -> str:
    return str(browser.run("return document.documentElement.lang"))


def _is_at_peace(browser: Browser, address: str) -> None:
    """No page complained, nobody else was asked for anything."""
    assert [] == browser.complaints()
    assert [] == [url for url in browser.requests() if not url.startswith((address, "data:", "blob:", "chrome:"))]
