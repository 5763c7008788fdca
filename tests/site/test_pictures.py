"""Every kind of page as it is drawn, by day and by night, on a desk and on a telephone: kept as pictures, judged by machine.

The pictures lie in `pages/` where BRIEFBOOK_OUTPUT says, with `index.html` to look at them side by side. That pages say
their language and speak it is asked in test_mkdocs.py, of every page.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from builtsites import BuiltSite
from serving import served

pytest.importorskip("selenium", reason="selenium is not installed")

from browsing import Browser

# One page of each kind, by what it is called in the output.
KINDS = {
    "state": "", "disputes": "disputes/", "dispute": "disputes/agi-clause/", "beside": "disputes/agi-clause/side-by-side/",
    "timeline": "timeline/", "actors": "actors/", "person": "actors/sam-altman/", "organisation": "actors/microsoft/",
    "events": "events/", "event": "events/definitive-agreement-october-2025/",
    "figures": "figures/", "figure": "figures/microsoft-investment-press-total/",
    "sources": "sources/", "source": "sources/wired-2025-06-27/", "terms": "terms/", "term": "terms/agi/",
    "coverage": "coverage/", "changes": "changes/", "editions": "editions/", "edition": "editions/2025-09-12/",
    "own": "method/", "print": "print/",
}
# These are of all languages.
COMMON = {"front": "", "missing": "404.html"}
SCHEMES = {"light": "default", "dark": "slate"}
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# As much of a page as is kept, in screens; less of those that take long to draw.
_MOST_SCREENS = 3
_VERY_LONG = 30
# Where what fits begins, and what has to be seen of the last of them.
_TOPS = "return [...document.querySelectorAll(arguments[0])].map(element => element.getBoundingClientRect().top)"
_LEFTS = _TOPS.replace("top", "left")
_LINE = 16
_LOOKING = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")


def test_every_kind_of_page_is_pictured(real_site: BuiltSite) -> None:
    """A page of a new kind, which lies in a folder of its own, is to be looked at too."""
    pictured = {page.partition("/")[0] for page in KINDS.values()}
    handwritten = {"cite", "corrections", "unknown"}  # of the kind of `method`
    folders = {name.split("/")[1] for name, _, _ in real_site.in_language() if name.count("/") > 1}
    assert set() == folders - pictured - handwritten


@pytest.mark.parametrize("code", ["en", "ja"])
def test_pages_as_they_are_drawn(real_site: BuiltSite, browser: Browser, code: str) -> None:
    pages = {kind: f"{code}/{page}" for kind, page in KINDS.items()} | (COMMON if code == real_site.languages[0] else {})
    # What moves is at rest neither for a judge nor for a picture.
    browser.still()
    with served(real_site.folder) as address:
        objections = [objection for kind, page in pages.items() for objection in _look(browser, address + page, f"{kind}-{code}")]
        _write_index(browser.output / "pages")
        assert [] == objections
        assert [] == browser.complaints()
        assert [] == [url for url in browser.requests() if not url.startswith((address, "data:", "blob:", "chrome:"))]


@pytest.mark.parametrize("code", ["en", "ja"])
def test_the_state_of_play_is_one_screen(real_site: BuiltSite, browser: Browser, code: str) -> None:
    """Its lead, key figures, every dispute, what happened last and what comes next are there without scrolling."""
    width, height = SIZES["desk"]
    browser.width(width, height)
    with served(real_site.folder) as address:
        browser.open(f"{address}{code}/")
        parts = (".bb-lead", ".bb-card", ".bb-board tbody tr", ".bb-desk__news li")
        tops = {css: browser.run(_TOPS, css) for css in parts}
    assert [] == [css for css, found in tops.items() if not found]
    assert {} == {css: found for css, found in tops.items() if max(found) > height - _LINE}


def test_names_stay_in_sight_where_nothing_is_to_move(real_site: BuiltSite, browser: Browser) -> None:
    """What keeps the names of a timeline’s lanes in its box is written as an animation, which some ask not to have."""
    browser.still()
    browser.width(*SIZES["phone"])
    with served(real_site.folder) as address:
        browser.open(f"{address}en/timeline/")
        browser.until(lambda: browser.find("svg [data-stays=lane]"))
        browser.until(lambda: min(browser.run(_LEFTS, "svg [data-stays=lane]")) >= 0)


# ---- The test of the test


@pytest.mark.parametrize(("body", "expected"), [
    ("<p>Well and good</p>", []),
    ('<p style="color: #999">Too pale</p>', ["contrast 2.85: p “Too pale”"]),
    ('<p style="color: #999; font-size: 30px">Too pale</p>', ["contrast 2.85: p “Too pale”"]),
    ('<p style="color: #888; font-size: 30px">Pale and large</p>', []),
    ('<div style="background: #333"><p style="background: #fff8; color: #888">Between</p></div>', ["contrast 1.35: p “Between”"]),
    ('<p style="color: #999; visibility: hidden">Unseen</p>', []),
    ('<p style="width: 9em; overflow: hidden; white-space: nowrap">What nobody can read to its end</p>',
     ["cut off: p “What nobody can read to its en”"]),
    ('<p style="width: 3000px">Far too wide</p>', ["scrolls sideways: 3008 of 1440"]),
    ('<div class="md-header"><a href="#">One</a><a href="#" style="margin-left: -9px">Two</a></div>', ["overlap: a “One” and a “Two”"]),
    ('<div class="md-header"><a href="#">One <button>in it</button></a> <a href="#">Two</a></div>', []),
])
def test_what_a_machine_objects_to(tmp_path: Path, browser: Browser, body: str, expected: list[str]) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>A page</title><body>{body}", encoding="utf-8")
    browser.width(*SIZES["desk"])
    with served(tmp_path) as address:
        browser.open(address)
        assert expected == browser.run(_LOOKING)


def _look(browser: Browser, url: str, name: str) -> Iterator[str]:
    """Picture a page in each way; gives what a machine objects to."""
    for size, (width, height) in SIZES.items():
        browser.width(width, height)
        # Anew, for scripts may look at the width only once.
        browser.open(url)
        for scheme, painted in SCHEMES.items():
            browser.paint(painted)
            yield from (f"{name} {size} {scheme}: {objection}" for objection in browser.run(_LOOKING))
            _keep(browser, f"{name}-{size}-{scheme}")


def _keep(browser: Browser, name: str) -> None:
    folder = browser.output / "pages"
    folder.mkdir(exist_ok=True)
    width, height, whole = browser.run("return [innerWidth, innerHeight, document.documentElement.scrollHeight]")
    kept = height if whole > _VERY_LONG * height else min(whole, _MOST_SCREENS * height)
    clip = {"x": 0, "y": 0, "width": width, "height": kept, "scale": 1}
    wanted = {"format": "jpeg", "quality": 65, "optimizeForSpeed": True, "captureBeyondViewport": kept > height, "clip": clip}
    data = browser.driver.execute_cdp_cmd("Page.captureScreenshot", wanted)["data"]
    (folder / f"{name}.jpg").write_bytes(base64.b64decode(data))


def _write_index(folder: Path) -> None:
    """A page that shows all pictures there are, those of one kind on a line."""
    names = sorted(path.stem for path in folder.glob("*.jpg"))
    kinds = sorted({name.partition("-")[0] for name in names})
    lines = [
        f"<h2>{html.escape(kind)}</h2><div>"
        + "".join(f'<a href="{name}.jpg"><img src="{name}.jpg" alt="{name}" title="{name}" loading="lazy"></a>' for name in names if name.partition("-")[0] == kind)
        + "</div>"
        for kind in kinds
    ]
    style = "body{font:14px sans-serif}div{display:flex;gap:8px;overflow-x:auto;align-items:start}img{height:520px;border:1px solid #999}"
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(lines)}", encoding="utf-8")
