"""The timeline as readers use it: chosen by dispute, actor, status and time, drawn wider, on a phone, without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from builtsites import BuiltSite
from serving import served
from sitecases import case

from briefbook.model.facts import Event

if TYPE_CHECKING:
    from pathlib import Path

    from browsing import Browser

WIDE, PHONE = 1440, 390
FORM = "form.bb-timeline"
# What a reader sees: the events of the lists and of the drawing by lane, in the order they stand.
LISTED = """return [...document.querySelectorAll('.bb-lane .bb-date[data-event]')].filter(e => e.checkVisibility())
    .map(e => e.closest('.bb-lane').dataset.lane + ' ' + e.dataset.event)"""
DRAWN = """return [...document.querySelectorAll('.bb-chart__drawing a[data-event]')].filter(e => e.checkVisibility())
    .map(e => e.dataset.lane + ' ' + e.dataset.event)"""
PLACES = """return Object.fromEntries([...document.querySelectorAll('.bb-chart__drawing a[data-event]')].map(e =>
    [e.dataset.lane + ' ' + e.dataset.event, e.querySelector('path').getCTM().e]))"""
# Pairs of lines of text in the drawing that lie over one another.
MEETING = """const svg = document.querySelector('.bb-chart__drawing:has(a[data-event]) svg');
    const boxes = [...svg.querySelectorAll('text')].map(e => [e.getBoundingClientRect(), e.textContent]);
    return boxes.flatMap(([a, one], n) => boxes.slice(n + 1).filter(([b]) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3).map(([, other]) => [one, other]))"""
# Whether something in the drawing can be seen in its box.
IN_BOX = """const box = document.querySelector('.bb-chart__drawing:has(a[data-event])').getBoundingClientRect();
    return [...document.querySelectorAll(arguments[0])].every(e => { const r = e.getBoundingClientRect();
        return r.left >= box.left - 1 && r.left < box.right && r.right > box.left })"""
CHOOSE = """const field = document.querySelector('form.bb-timeline').elements.namedItem(arguments[0]);
    field.value = arguments[1]; field.dispatchEvent(new Event('change', {bubbles: true})); return field.value"""


@pytest.fixture
def address(harbour_site: BuiltSite) -> Iterator[str]:
    with served(harbour_site.folder) as found:
        yield found


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> tuple[Event, ...]:
    briefing = case("harbour").opened(tmp_path_factory.mktemp("cache")).briefing
    return tuple(event for event in briefing.events if not event.withdrawn)


def test_an_actor_is_chosen_in_drawing_and_lists(browser: Browser, address: str, events: tuple[Event, ...]) -> None:
    wanted = {event.id for event in events if any(part.id == "nordwind" for part in event.actors)}
    browser.open(f"{address}en/timeline/")
    every = browser.run(LISTED)
    assert sorted(every) == sorted(browser.run(DRAWN))
    assert {event.id for event in events} == {line.split()[1] for line in every}
    assert _count(browser) == f"Events shown: {len(events)} of {len(events)}"
    _choose(browser, "actor", "nordwind")
    shown = browser.run(LISTED)
    assert wanted == {line.split()[1] for line in shown}
    assert sorted(shown) == sorted(browser.run(DRAWN))
    assert sorted(line for line in every if line.split()[1] in wanted) == sorted(shown)
    assert _count(browser) == f"Events shown: {len(wanted)} of {len(events)}"
    assert {"actor": ["nordwind"]} == parse_qs(urlsplit(browser.driver.current_url).query)
    _press(browser, "reset")
    assert every == browser.run(LISTED)
    assert "" == urlsplit(browser.driver.current_url).query
    assert [] == browser.complaints()


@pytest.mark.parametrize(("code", "said"), [("en", "Events shown: {n} of {all}"), ("ja", "表示中の出来事：{all}件中{n}件")])
def test_a_choice_can_be_linked_to(browser: Browser, address: str, events: tuple[Event, ...], code: str, said: str) -> None:
    """By dispute, status and time; and it goes along when the language is switched."""
    wanted = [event.id for event in events if "dredging" in event.disputes and event.status == "denied"]
    query = "?dispute=dredging&kind=denied&from=2024-03&to=2024-12&zoom=2"
    browser.open(f"{address}{code}/timeline/{query}")
    assert ["secret-talks"] == wanted
    assert ["dredging secret-talks"] == browser.run(LISTED) == browser.run(DRAWN)
    assert _count(browser) == said.format(n=1, all=len(events))
    other = "ja" if code == "en" else "en"
    href = browser.find(f"header a[hreflang={other}]")[0].get_attribute("href") or ""
    assert (f"/{other}/timeline/", parse_qs(query[1:])) == (urlsplit(href).path, parse_qs(urlsplit(href).query))
    browser.open(href)
    assert ["dredging secret-talks"] == browser.run(LISTED)


def test_time_is_chosen_with_what_lies_across_its_ends(browser: Browser, address: str) -> None:
    browser.open(f"{address}en/timeline/?from=2023-06&to=2024-05")
    assert {"silting", "works-begin", "pledge", "nordwind-sues"} == {line.split()[1] for line in browser.run(LISTED)}
    # An end before the beginning means that month.
    _choose(browser, "from", "2025-01")
    assert {"first-ruling"} == {line.split()[1] for line in browser.run(DRAWN)}
    assert "2025-01" == _chosen(browser, "to")


def test_nothing_that_fits_is_said(browser: Browser, address: str) -> None:
    browser.open(f"{address}en/timeline/?actor=harbour-court&kind=denied")
    assert [] == browser.run(LISTED) == browser.run(DRAWN)
    assert "No event fits all of this." in _count(browser)


def test_what_nobody_can_choose_is_not_chosen(browser: Browser, address: str, events: tuple[Event, ...]) -> None:
    browser.open(f"{address}en/timeline/?actor=nobody&from=x&zoom=-5&h=kept#lane-berth")
    assert {event.id for event in events} == {line.split()[1] for line in browser.run(LISTED)}
    assert ("h=kept", "lane-berth") == urlsplit(browser.driver.current_url)[3:]
    assert [] == browser.complaints()


def test_zoom_moves_marks_and_keeps_names_apart(browser: Browser, address: str) -> None:
    browser.open(f"{address}en/timeline/")
    before, size = browser.run(PLACES), _drawing(browser)
    letters = _letters(browser)
    for _ in range(2):
        _press(browser, "in")
    after = browser.run(PLACES)
    left, right = "dredging nordwind-sues", "dredging reopening-day"
    assert 3.5 < (after[right] - after[left]) / (before[right] - before[left]) < 4.5
    # Not stretched: letters stay as they were, and there are more dates.
    assert letters == pytest.approx(_letters(browser), rel=0.05)
    assert 4 * size["width"] == pytest.approx(_drawing(browser)["width"], rel=0.01)
    assert [] == browser.run(MEETING)
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.run(IN_BOX, "[data-stays=lane]")
    assert "4" == parse_qs(urlsplit(browser.driver.current_url).query)["zoom"][0]
    _press(browser, "whole")
    assert (before, size) == (browser.run(PLACES), _drawing(browser))


def test_the_keyboard_zooms_and_stays_where_it_is(browser: Browser, address: str) -> None:
    browser.open(f"{address}en/timeline/")
    browser.run("document.querySelector('.bb-chart__drawing a[data-event=pledge]').focus()")
    focused = "return document.activeElement.dataset.event"
    for key, zoom in (("+", 2), ("+", 4), ("-", 2), ("0", 1)):
        browser.driver.switch_to.active_element.send_keys(key)
        assert zoom == browser.run("return document.querySelector('.bb-chart__drawing svg').viewBox.baseVal.width / 720")
        assert "pledge" == browser.run(focused)
    # One stop for each event, whatever is shown.
    stops = "return document.querySelectorAll('.bb-chart__drawing a[data-event]:not([tabindex])').length"
    every = browser.run(stops)
    _choose(browser, "dispute", "berth")
    assert (14, 3) == (every, browser.run(stops))


def test_names_do_not_meet_in_a_full_timeline(browser: Browser, real_site: BuiltSite) -> None:
    with served(real_site.folder) as found:
        for code in ("en", "ja"):
            for width in (WIDE, PHONE):
                browser.width(width)
                for query in ("", "?kind=reported", "?zoom=4", "?from=2025-01&zoom=2"):
                    browser.open(f"{found}{code}/timeline/{query}")
                    assert [] == browser.run(MEETING), (code, width, query)
                    assert width >= browser.run("return document.documentElement.scrollWidth")
                browser.picture(f"{code}-timeline-chosen-{width}")
        assert [] == browser.complaints()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("code", ["en", "ja"])
def test_a_phone_opens_it_at_the_newest_end(browser: Browser, address: str, code: str, script: bool) -> None:
    browser.width(PHONE)
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
    browser.open(f"{address}{code}/timeline/")
    assert browser.run(IN_BOX, "a[data-event=second-basin] path, [data-stays]")
    assert not browser.run(IN_BOX, "a[data-event=silting] path")
    _scroll(browser, -10_000)
    assert browser.run(IN_BOX, "a[data-event=until-then] path, [data-stays]")
    assert browser.run("return document.documentElement.scrollWidth") <= PHONE


def test_without_script_there_is_everything_but_the_choice(browser: Browser, address: str, events: tuple[Event, ...]) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.open(f"{address}ja/timeline/?actor=nordwind")
    assert {event.id for event in events} == {line.split()[1] for line in browser.run(LISTED)}
    assert sorted(browser.run(LISTED)) == sorted(browser.run(DRAWN))
    controls = "return [...document.querySelectorAll('main :is(select, button, input, [role=status])')].filter(e => e.checkVisibility()).length"
    assert 0 == browser.run(controls)


def test_from_right_to_left(browser: Browser, trilingual_site: BuiltSite) -> None:
    with served(trilingual_site.folder) as found:
        browser.open(f"{found}ar/timeline/?zoom=2")
        assert "الأحداث المعروضة: 4 من 4" == _count(browser)
        assert browser.run(IN_BOX, "[data-stays], a[data-event=opening] path")
        assert [] == browser.run(MEETING)
        browser.width(PHONE)
        assert browser.run("return document.documentElement.scrollWidth") <= PHONE
        assert [] == browser.complaints()


def test_from_a_disk(browser: Browser, harbour_site: BuiltSite) -> None:
    page: Path = harbour_site.folder / "en" / "timeline" / "index.html"
    browser.open(f"{page.as_uri()}?dispute=berth")
    assert {"berth"} == {line.split()[0] for line in browser.run(LISTED)} == {line.split()[0] for line in browser.run(DRAWN)}
    _press(browser, "in")
    assert [] == browser.complaints()


@pytest.mark.parametrize("page", ["en/", "en/disputes/dredging/"])
def test_small_timelines_keep_their_links(browser: Browser, address: str, page: str) -> None:
    browser.open(address + page)
    links = browser.find(".bb-chart__drawing a[data-event]:not([tabindex])")
    assert links
    for link in links:
        assert link.get_attribute("aria-label")
        address_of = browser.run("return new URL(arguments[0].href.baseVal, location.href).href", link)
        assert f"{address}en/events/{link.get_attribute('data-event')}/" == address_of
    assert [] == browser.find(FORM)


def _choose(browser: Browser, name: str, value: str) -> None:
    assert value == browser.run(CHOOSE, name, value)


def _chosen(browser: Browser, name: str) -> str:
    return str(browser.run("return document.querySelector('form.bb-timeline').elements.namedItem(arguments[0]).value", name))


def _press(browser: Browser, name: str) -> None:
    button = browser.find(f"{FORM} button[name={name}]")[0]
    browser.run("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def _count(browser: Browser) -> str:
    status = browser.find(f"{FORM} [role=status]")[0]
    assert status.is_displayed()
    return status.text


def _drawing(browser: Browser) -> dict[str, Any]:
    return dict(browser.find(".bb-chart__drawing svg")[0].size)


def _letters(browser: Browser) -> float:
    return float(browser.run("return document.querySelector('[data-stays=lane]').getBoundingClientRect().height"))


def _scroll(browser: Browser, by: int) -> None:
    """Move the drawing in its box, and let the browser show it."""
    browser.run("document.querySelector('.bb-chart__drawing').scrollBy({left: arguments[0], behavior: 'instant'})", by)
    browser.driver.execute_cdp_cmd("Page.captureScreenshot", {})
