"""Cards beside links, and notes that open in place: their files, and what readers get with mouse, keyboard and finger."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builtsites import BuiltSite, mkdocs
from htmlpages import Element, read_html
from serving import served
from sitecases import case

from briefbook.chartcache import ChartCache
from briefbook.export import export_site
from briefbook.site import Settings, open_site

if TYPE_CHECKING:
    from browsing import Browser
    from selenium.webdriver.remote.webelement import WebElement

KINDS = "actors|disputes|events|figures|sources|terms"
WIDE, PHONE = 1440, 390
PANEL = ".bb-panel"
# A link in a sentence, and one that heads a list.
SENTENCE = ("ja/terms/dredging-term/", ".bb-account a[href*='actors/port-authority']")
LIST = ("ja/actors/", "li a[href*='mira-tanabe']")
# Two notes at one mark.
TOGETHER = ("en/events/nordwind-sues/", ".bb-cite")


# ---- Files


def test_every_link_to_a_fact_has_its_card(built: BuiltSite) -> None:
    cards = {code: _cards(built, code) for code in built.languages}
    missing = {
        (name, code, kind, id_)
        for name, code, page in built.in_language() for link in _content(page).all("a")
        for kind, id_ in _fact(built, name, code, link) if id_ not in cards[code].get(kind, {})
    }
    assert set() == missing


def test_attacks_bring_no_markup_into_cards(hostile_site: BuiltSite, harmless_site: BuiltSite) -> None:
    allowed, found = (
        {
            (element.tag, *sorted(element.attributes))
            for code in site.languages for kind in _cards(site, code).values() for card in kind.values()
            for words in _words(card) for element in read_html(words).all() if element.tag
        }
        for site in (harmless_site, hostile_site)
    )
    reading = {("ruby",), ("rp", "data-search-exclude"), ("rt", "data-search-exclude")}
    assert {("span", "class"), ("span", "dir", "lang"), ("strong",), *reading} >= allowed
    assert set() == found - allowed


def test_every_note_leads_back_to_where_it_is_cited(built: BuiltSite) -> None:
    wrong = []
    for name, page in built.pages.items():
        notes = {e.attributes["id"]: e.parent for e in page.all("span") if re.fullmatch(r"note-\d+", e.attributes.get("id", ""))}
        marks = [e for e in page.all("sup") if "bb-cite" in e.classes]
        places = [mark.attributes.get("id", "") for mark in marks]
        if not any(places):  # a page that says things twice, in two columns
            assert [] == page.with_class("bb-back"), name
            continue
        assert len(places) == len({*places} - {""}), f"{name}: marks without a name of their own"
        for id_, note in notes.items():
            cited = [m.attributes["id"] for m in marks if any(a.attributes["href"] == f"#{id_}" for a in m.all("a"))]
            assert note is not None
            back = [a.attributes["href"].removeprefix("#") for span in note.with_class("bb-back") for a in span.all("a")]
            if sorted(cited) != sorted(back):
                wrong.append(f"{name}#{id_}: cited at {cited}, leads back to {back}")
    assert [] == wrong


def test_ways_back_are_worded(harbour_site: BuiltSite) -> None:
    worded = {
        a.attributes.get("aria-label", "")
        for _, code, page in harbour_site.in_language() if code == "ja"
        for span in page.with_class("bb-back") for a in span.all("a")
    }
    assert {"本文に戻る", "本文に戻る（2か所目）"} <= worded


def test_a_template_may_leave_out_what_notes_lead_back_to(tmp_path: Path) -> None:
    wanted = case("minimal")
    folder = wanted.copied(tmp_path / "site")
    (folder / "overrides" / "pages").mkdir(parents=True)
    template = '{% import "_parts.md" as parts with context %}\n{{ parts.top(page) }}\n{{ parts.bottom(page) }}\n'
    (folder / "overrides" / "pages" / "event.md").write_text(template, encoding="utf-8")
    site = open_site(Settings(
        folder, wanted.languages, folder / "facts", folder / "pages", tmp_path / "cache", folder / "overrides"
    ))
    event = next(page for page in site.pages if page.uri == "en/events/mill-closes.md")
    assert "note-1" in event.markdown
    assert "#cite-" not in event.markdown


# ---- Cards


def test_a_mouse_opens_a_card_and_can_go_into_it(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        link = _at(browser, address, LIST)
        assert [] == [url for url in browser.requests() if "/data/cards-" in url], "nothing is asked for before it is needed"
        _point(browser, link)
        panel = _panel(browser)
        assert ("ja", "人物") == (panel.get_attribute("lang"), _shown(browser, "kind"))
        name = "const name = document.querySelector('.bb-panel__name ruby');"
        assert ["田辺美良", "たなべ みら"] == browser.run(f"{name} return [name.firstChild.data, name.querySelector('rt').textContent]")
        assert "――元同僚、2024年6月" in _shown(browser, "post"), "a post on somebody’s word keeps whose"
        assert panel.get_attribute("id") == link.get_attribute("aria-describedby")
        assert [f"{address}ja/data/cards-actors.js"] == [url for url in browser.requests() if "/data/cards-" in url]
        _point(browser, browser.find(f"{PANEL}__title")[0])
        _pause(browser, 600)
        assert [panel] == browser.find(PANEL), "it stays while the mouse is on it"
        _point(browser, browser.find("h1")[0])
        browser.until(lambda: not browser.find(PANEL))
        assert [] == browser.complaints()


def test_passing_over_a_link_opens_nothing(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        link = _at(browser, address, LIST)
        _point(browser, link)
        _point(browser, browser.find("h1")[0])
        _pause(browser, 700)
        assert [] == browser.find(PANEL)


def test_escape_closes_a_card_and_it_stays_closed(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        link = _at(browser, address, SENTENCE)
        _point(browser, link)
        _panel(browser)
        _press(browser, "Escape")
        assert [] == browser.find(PANEL)
        _pause(browser, 700)
        assert [] == browser.find(PANEL)


def test_the_focus_opens_a_card(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        link = _at(browser, address, SENTENCE)
        _tab_to(browser, link)
        assert "海森港湾局" == _shown(browser, "name", _panel(browser))
        assert link == browser.driver.switch_to.active_element
        _press(browser, "Escape")
        assert [] == browser.find(PANEL)
        assert link == browser.driver.switch_to.active_element
        _press(browser, "Tab", shift=True)
        _press(browser, "Tab")
        _panel(browser)
        _press(browser, "Tab")
        assert [] == browser.find(PANEL), "the card goes with the focus"
        assert link != browser.driver.switch_to.active_element


def test_a_tap_in_a_sentence_opens_a_card_and_a_second_follows(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        _phone(browser)
        page, there = f"{address}{SENTENCE[0]}", f"{address}ja/actors/port-authority/"
        link = _at(browser, address, SENTENCE)
        _tap(browser, link)
        panel = _panel(browser)
        assert ("dialog", page) == (panel.get_attribute("role"), browser.driver.current_url)
        assert there == browser.find(f"{PANEL}__name")[0].get_attribute("href")
        assert "閉じる" == browser.find(f"{PANEL}__close")[0].get_attribute("aria-label")
        assert _inside(browser, panel)
        _tap(browser, browser.find(f"{PANEL}__close")[0])
        browser.until(lambda: not browser.find(PANEL))
        _tap(browser, link)
        _panel(browser)
        _tap(browser, browser.find("h1")[0])
        browser.until(lambda: not browser.find(PANEL))
        _tap(browser, link)
        _panel(browser)
        _tap(browser, link)
        browser.until(lambda: browser.driver.current_url == there)


def test_a_tap_on_what_heads_a_list_follows_at_once(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        _phone(browser)
        _tap(browser, _at(browser, address, LIST))
        browser.until(lambda: browser.driver.current_url == f"{address}ja/actors/mira-tanabe/")


def test_without_the_file_of_cards_links_are_links(harbour_site: BuiltSite, browser: Browser, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(harbour_site.folder, copy, ignore=shutil.ignore_patterns("cards-*.js"))
    with served(copy) as address:
        link = _at(browser, address, SENTENCE)
        _point(browser, link)
        _pause(browser, 800)
        assert [] == browser.find(PANEL)
        assert {f"{address}ja/data/cards-actors.js"} == {words.split()[0] for words in browser.complaints()}
        _phone(browser)
        _tap(browser, _at(browser, address, SENTENCE))
        browser.until(lambda: browser.driver.current_url == f"{address}ja/actors/port-authority/")


def test_cards_work_from_a_disk_and_under_a_strict_policy(harbour_site: BuiltSite, browser: Browser, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(harbour_site.folder, copy)
    page = copy / SENTENCE[0] / "index.html"
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    page.write_text(page.read_text(encoding="utf-8").replace("<head>", f"<head>{policy}"), encoding="utf-8")
    with served(copy) as address:
        _point(browser, _at(browser, address, SENTENCE))
        assert "海森港湾局" == _shown(browser, "name", _panel(browser))
    # A browser on a disk does not open folders as pages; links with the name of the page do lead there.
    from_disk = page.read_text(encoding="utf-8").replace(policy, "").replace("port-authority/", "port-authority/index.html")
    page.write_text(from_disk, encoding="utf-8")
    browser.open(page.as_uri())
    _point(browser, browser.find(SENTENCE[1])[0])
    assert "海森港湾局" == _shown(browser, "name", _panel(browser))


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_from_right_to_left_cards_stay_in_the_window(trilingual_site: BuiltSite, browser: Browser, width: int) -> None:
    with served(trilingual_site.folder) as address:
        browser.width(width)
        for page in ("ar/disputes/dam/", "ar/figures/"):
            browser.open(address + page)
            for link in browser.find(".md-content__inner :is(li, td, h3) a:is([href*='actors/'], [href*='figures/'])")[:4]:
                browser.run("arguments[0].scrollIntoView({block: 'center'})", link)
                _point(browser, link)
                panel = _panel(browser)
                assert ("ar", "rtl") == (panel.get_attribute("lang"), panel.get_attribute("dir"))
                assert _inside(browser, panel), (page, link.text)
                browser.picture(f"card-ar-{width}")
                _press(browser, "Escape")
        assert width >= browser.run("return document.documentElement.scrollWidth")


def test_an_export_has_cards_too(browser: Browser, tmp_path: Path) -> None:
    site = case("trilingual").opened(tmp_path / "cache")
    report = export_site(site, tmp_path / "out", cache=ChartCache(site.settings.cache))
    for code in site.languages:
        written = {p.name: p.read_bytes() for p in (report.target / code / "docs" / "data").glob("cards-*.js")}
        assert {a.uri.rpartition("/")[2]: a.content for a in site.assets if a.uri.startswith(f"{code}/data/")} == written
    done = mkdocs("build", "--quiet", "--strict", "-f", report.target / "mkdocs.ar.yml")
    assert 0 == done.returncode, done.stdout + done.stderr
    with served(report.target / "site") as address:
        browser.open(f"{address}ar/disputes/dam/")
        _point(browser, browser.find(".bb-facts a[href*='actors/valley']")[0])
        assert "مجلس الوادي" == _shown(browser, "name", _panel(browser))


# ---- Notes


def test_a_note_opens_in_place(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        first, second = _marks(browser, address)
        second.click()
        panel = _panel(browser)
        assert f"{address}{TOGETHER[0]}" == browser.driver.current_url, "the page stays where it is"
        assert ["1", "2"] == [str(li.get_property("value")) for li in browser.find(f"{PANEL} li")]
        assert ["2"] == [str(li.get_property("value")) for li in browser.find(f"{PANEL}__asked")]
        assert ("dialog", "Note 1 Note 2") == (panel.get_attribute("role"), panel.get_attribute("aria-label"))
        assert ("Note 2", "true", "false") == (
            second.get_attribute("aria-label"), second.get_attribute("aria-expanded"), first.get_attribute("aria-expanded")
        )
        assert [] == browser.find(f"{PANEL} [id]"), "no name stands twice on the page"
        assert [] == browser.find(f"{PANEL} .bb-back")
        assert _inside(browser, panel)
        browser.picture("note")
        second.click()
        assert [] == browser.find(PANEL), "a second click closes it"
        first.click()
        _panel(browser)
        browser.find("h1")[0].click()
        assert [] == browser.find(PANEL), "so does a click anywhere else"
        assert first == browser.driver.switch_to.active_element
        first.click()
        browser.find(f"{PANEL} li a")[0].click()
        browser.until(lambda: "/en/sources/" in browser.driver.current_url)


def test_a_note_by_keyboard(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        first, second = _marks(browser, address)
        browser.run("arguments[0].focus()", first)
        _press(browser, "Enter")
        panel = _panel(browser)
        assert panel == browser.driver.switch_to.active_element
        _press(browser, "Escape")
        assert ([], first) == (browser.find(PANEL), browser.driver.switch_to.active_element)
        _press(browser, "Enter")
        _press(browser, "Tab", shift=True)
        assert ([], first) == (browser.find(PANEL), browser.driver.switch_to.active_element)
        _press(browser, "Enter")
        for _ in browser.find(f"{PANEL} :is(a, button)"):
            _press(browser, "Tab")
        assert browser.find(PANEL), "the focus is on its last link"
        _press(browser, "Tab")
        assert ([], second) == (browser.find(PANEL), browser.driver.switch_to.active_element), "and goes on after the mark"


def test_a_note_by_finger(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        _phone(browser)
        first, _ = _marks(browser, address)
        _tap(browser, first)
        assert _inside(browser, _panel(browser))
        _tap(browser, browser.find(f"{PANEL}__close")[0])
        browser.until(lambda: not browser.find(PANEL))


def test_without_script_notes_are_at_the_foot_and_lead_back(harbour_site: BuiltSite, browser: Browser) -> None:
    with served(harbour_site.folder) as address:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        _, second = _marks(browser, address)
        second.click()
        browser.until(lambda: browser.driver.current_url.endswith("#note-2"))
        browser.find("li:has(#note-2) .bb-back a")[0].click()
        browser.until(lambda: browser.driver.current_url.endswith("#cite-1"))
        assert [] == browser.find(PANEL)


# ---- What these tests share


def _cards(site: BuiltSite, code: str) -> dict[str, dict[str, Any]]:
    """What the files of cards of a language hold, by kind and id."""
    found = {}
    for kind in KINDS.split("|"):
        content = site.files.get(f"{code}/data/cards-{kind}.js", b"").decode()
        if content:
            data = json.loads(content.partition(" = ")[2].rstrip().removesuffix(";"))
            assert code == data["lang"]
            found[kind] = data["cards"]
    return found


def _words(card: dict[str, Any]) -> Iterator[str]:
    yield from (card["kind"], card["name"], card.get("reading", ""))
    yield from (words for _, words in card["lines"])


def _content(page: Element) -> Element:
    return next(page.all("article"))


def _fact(site: BuiltSite, name: str, code: str, link: Element) -> Iterator[tuple[str, str]]:
    """The kind and id of the fact that a link leads to, if it leads to one in its language."""
    target = site.target(name, link.attributes.get("href", "")) or ""
    found = re.fullmatch(rf"{code}/({KINDS})/([a-z0-9-]+)/index\.html", target)
    if found and target != name and not _moved(site, target):
        yield found[1], found[2]


def _moved(site: BuiltSite, target: str) -> bool:
    return any("http-equiv" in meta.attributes for meta in _content(site.pages[target]).all("meta"))


def _at(browser: Browser, address: str, place: tuple[str, str]) -> WebElement:
    """Open a page; gives a link on it."""
    browser.open(address + place[0])
    return browser.find(f".md-content {place[1]}")[0]


def _marks(browser: Browser, address: str) -> list[WebElement]:
    browser.open(address + TOGETHER[0])
    return browser.find(f"{TOGETHER[1]}:has(a + a) a")


def _panel(browser: Browser) -> WebElement:
    found: list[WebElement] = browser.until(lambda: browser.find(PANEL))
    return found[0]


def _shown(browser: Browser, part: str, _: WebElement | None = None) -> str:
    return browser.find(f"{PANEL}__{part}")[0].text


def _inside(browser: Browser, element: WebElement) -> bool:
    """Whether an element is wholly in the window, below the site's header."""
    return bool(browser.run(
        "const box = arguments[0].getBoundingClientRect(), page = document.documentElement;"
        "return box.left >= 0 && box.top >= 0 && box.right <= page.clientWidth && box.bottom <= innerHeight", element
    ))


def _point(browser: Browser, element: WebElement) -> None:
    """Move the mouse to an element; a line of it, where it has several."""
    x, y = _middle(browser, element)
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})


def _tap(browser: Browser, element: WebElement) -> None:
    x, y = _middle(browser, element)
    browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _middle(browser: Browser, element: WebElement) -> tuple[float, float]:
    x, y = browser.run(
        "arguments[0].scrollIntoView({block: 'nearest'}); const box = arguments[0].getClientRects()[0];"
        "return [box.left + box.width / 2, box.top + box.height / 2]", element
    )
    return x, y


def _phone(browser: Browser) -> None:
    browser.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": PHONE, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    )
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})


_KEYS = {"Escape": 27, "Tab": 9, "Enter": 13}


def _press(browser: Browser, key: str, *, shift: bool = False) -> None:
    """Press a key, wherever the focus is."""
    told = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key], "modifiers": 8 if shift else 0}
    text = {"text": "\r"} if key == "Enter" else {}
    browser.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyDown", **told, **text})
    browser.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp", **told})


def _tab_to(browser: Browser, link: WebElement) -> None:
    for _ in range(80):
        _press(browser, "Tab")
        if browser.driver.switch_to.active_element == link:
            return
    raise AssertionError("the keyboard does not get there")


def _pause(browser: Browser, milliseconds: int) -> None:
    """Let a reader's time pass: what must not happen cannot be waited for."""
    browser.driver.execute_async_script("setTimeout(arguments[1], arguments[0])", milliseconds)
