"""`mkdocs serve` while something is broken: the server lives, the last good pages stay, and all that is wrong is on them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from builtsites import configured, mkdocs
from serving import comes_true, fetched, mkdocs_serving
from sitecases import case

from briefbook.wording.labels import Labels, load_labels

if TYPE_CHECKING:
    from browsing import Browser

LANGUAGES = ("en", "ja")
SLIP = "terms:\n  slip: {name: slip}\n"
MENDED = "terms:\n  slip: {name: slip, definition: A slip of the pen.}\n"
OVERLAY = "<briefbook-overlay"
# What is broken, by the file; where the page then says it is, and what is wrong there.
BROKEN = {
    "facts/slip.yml": (SLIP, "facts/slip.yml:2:3", "“definition” is missing"),
    "pages/en/odd.md": ("# Odd\n\n[[nobody]]\n", "pages/en/odd.md:3:1", "no fact has the id “nobody”"),
    "overrides/labels/ja.yml": ("page: {nope: x}\n", "overrides/labels/ja.yml:1:14", "“page.nope” is not a label there is"),
    "overrides/pages/term.md": ("# A\n\n{{ page. }}\n", "term.md:3", "expected name or number"),
    # MkDocs has emptied the site by the time it finds these.
    "overrides/main.html": ('{% extends "base.html" %}\n{% if %}\n', "overrides/main.html:2", "Expected an expression"),
    "overrides/partials/footer.html": ("{{ nobody.at.all }}\n", "overrides/partials/footer.html:1", "&#39;nobody&#39; is undefined"),
    "mkdocs.yml": ("site_name: briefing\nplugins: [\n", "mkdocs.yml:3:1", "expected the node content"),
}


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served: where its files lie, its address, and what the server has said."""

    folder: Path
    address: str
    log: Path

    def answers(self, page: str) -> tuple[int, str]:
        """The status and the words of a page."""
        try:
            with urlopen(self.address + page, timeout=30) as answer:  # noqa: S310  # our own server
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def shows(self, page: str, words: str) -> bool:
        """Whether a page has the words in the end."""
        return comes_true(lambda: words in fetched(self.address + page))

    def is_whole(self) -> bool:
        """Whether there is a page in the end with nothing laid over it."""
        return comes_true(lambda: "A small briefing" in (page := fetched(f"{self.address}en/")) and OVERLAY not in page)

    def said(self) -> str:
        """All that the server has said."""
        return self.log.read_text(encoding="utf-8")

    @contextmanager
    def broken(self, name: str, text: str) -> Iterator[None]:
        """Break a file, and mend it in the end."""
        path = self.folder / name
        before = path.read_bytes() if path.is_file() else None
        put(path, text)
        try:
            assert self.shows("en/", OVERLAY), self.said()
            yield
        finally:
            if before is None:
                path.unlink()
            else:
                put(path, before.decode())
            assert self.is_whole(), self.said()


def put(path: Path, text: str) -> None:
    """Write a file in one stroke, so that the server sees one change."""
    descriptor, name = tempfile.mkstemp()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(name, path)


@contextmanager
def serving(folder: Path, *broken: str) -> Iterator[Served]:
    """Serve the smallest case, with files that are broken from the start."""
    case("minimal").copied(folder / "case")
    config = configured(folder / "case", LANGUAGES)
    for name in ("overrides/labels", "overrides/pages", "overrides/partials"):
        (folder / "case" / name).mkdir(parents=True)
    for name in broken:
        (folder / "case" / name).write_text(BROKEN[name][0], encoding="utf-8")
    with mkdocs_serving(config, folder / "log.txt") as address:
        yield Served(folder / "case", address, folder / "log.txt")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site that is all right."""
    with serving(tmp_path_factory.mktemp("good")) as served:
        assert served.is_whole(), served.said()
        yield served


@cache
def words(code: str) -> Labels:
    """What the overlay says in a language."""
    return load_labels(code)[0]


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_over_the_last_good_page(good: Served, name: str) -> None:
    text, place, message = BROKEN[name]
    with good.broken(name, text):
        for code, counted in {"en": "1 error", "ja": "エラー1件"}.items():
            status, page = good.answers(f"{code}/actors/mill/")
            assert (200, True) == (status, "The mill" in page)
            assert [] == [said for said in (place, message, counted, words(code)["preview.title"]) if said not in page]
        assert 200 == good.answers("assets/briefbook.css")[0]
    assert OVERLAY not in good.answers("ja/actors/mill/")[1]


def test_what_was_mended_is_seen(good: Served) -> None:
    path = good.folder / "facts" / "slip.yml"
    with good.broken("facts/slip.yml", SLIP):
        put(path, MENDED)
        assert good.shows("ja/terms/slip/", "A slip of the pen."), good.said()
        assert OVERLAY not in good.answers("ja/terms/slip/")[1]


def test_every_error_is_there_with_its_line_and_warnings_beside(good: Served) -> None:
    facts = "terms:\n  slip: {name: slip}\n  trip: {name: trip, definition: 'A [[trap]].'}\n  flip: {name: flip, definition: A., knid: 3}\n"
    with good.broken("facts/slip.yml", facts):
        page = good.answers("en/")[1]
    assert [] == [place for place in ("slip.yml:2:3", "slip.yml:3:37", "slip.yml:4:38") if f"facts/{place}" not in page]
    assert "<code><bdi>  <mark>s</mark>lip: {name: slip}</bdi></code>" in page
    assert ("3 errors" in page, "<summary>1 warning</summary>" in page) == (True, True)


def test_an_address_without_a_page_tells_it_too(good: Served) -> None:
    with good.broken("facts/slip.yml", SLIP):
        status, page = good.answers("ja/terms/never/")
        assert (404, True, True) == (status, OVERLAY in page, words("ja")["preview.title"] in page)
        assert "livereload(" in page, "it cannot know when the page is there"
        assert (404, False) == ((answer := good.answers("ja/slip.svg"))[0], OVERLAY in answer[1])


def test_each_failure_can_be_told_from_the_one_before(good: Served) -> None:
    marks = []
    for _ in range(2):
        with good.broken("facts/slip.yml", SLIP):
            marks += [mark_of(good.answers(page)[1]) for page in ("en/", "ja/")]
    assert (marks[0], marks[2], True) == (marks[1], marks[3], marks[0] != marks[2])


def test_the_terminal_tells_it_without_a_traceback(tmp_path: Path) -> None:
    with serving(tmp_path, "facts/slip.yml") as served:
        assert served.shows("", OVERLAY), served.said()
        put(served.folder / "facts" / "slip.yml", SLIP * 2)
        assert comes_true(lambda: "Y001" in fetched(served.address) or "facts/slip.yml:3:1" in fetched(served.address))
        said = served.said()
    assert ("facts/slip.yml:2:3: error [F002]" in said, "Traceback" in said) == (True, False)


@pytest.mark.parametrize("name", ["facts/slip.yml", "overrides/pages/term.md", "overrides/main.html"])
def test_a_server_that_starts_with_errors_lives_and_recovers(tmp_path: Path, name: str) -> None:
    _, place, message = BROKEN[name]
    with serving(tmp_path, name) as served:
        assert served.shows("", place), served.said()
        for page, code in {"": "en", "ja/": "ja", "ja/actors/mill/": "ja"}.items():
            status, text = served.answers(page)
            assert (200, True) == (status, "livereload(" in text)
            assert [] == [said for said in (place, message, words(code)["preview.waiting"]) if said not in text]
        (served.folder / name).unlink()
        assert served.is_whole(), served.said()
        assert served.shows("ja/actors/mill/", "The mill")


def test_a_strict_server_does_not_start_with_errors(tmp_path: Path) -> None:
    case("minimal").copied(tmp_path / "case")
    config = configured(tmp_path / "case", LANGUAGES)
    (tmp_path / "case" / "facts" / "slip.yml").write_text(SLIP, encoding="utf-8")
    done = mkdocs("serve", "--strict", "-f", config, "-a", "127.0.0.1:0")
    assert (1, True) == (done.returncode, "“definition” is missing" in done.stderr)


def test_a_folder_of_facts_named_while_serving_is_watched(good: Served) -> None:
    settings, other = (good.folder / "mkdocs.yml").read_text(encoding="utf-8"), good.folder / "other"
    other.mkdir()
    (other / "all.yml").write_text((good.folder / "facts" / "all.yml").read_text(encoding="utf-8"), encoding="utf-8")
    with good.broken("mkdocs.yml", settings.replace("facts: facts", "facts: nowhere")):
        put(good.folder / "mkdocs.yml", settings.replace("facts: facts", "facts: other"))
        assert good.is_whole(), good.said()
        put(other / "slip.yml", SLIP)
        assert good.shows("en/", "other/slip.yml:2:3"), good.said()


def test_a_build_fails_as_ever_and_never_holds_any_of_it(tmp_path: Path) -> None:
    case("minimal").copied(tmp_path / "case")
    config, site = configured(tmp_path / "case", LANGUAGES), tmp_path / "site"
    assert 0 == mkdocs("build", "-f", config, "-d", site).returncode
    files = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert [] == [path.name for path, content in files.items() if b"briefbook-overlay" in content or "overlay" in path.name]
    (tmp_path / "case" / "facts" / "slip.yml").write_text(SLIP, encoding="utf-8")
    assert 1 == mkdocs("build", "-f", config, "-d", site).returncode
    assert files == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


# ---- In a real browser


def test_an_author_reads_puts_away_and_mends(good: Served, browser: Browser) -> None:
    path = good.folder / "facts" / "slip.yml"
    browser.open(f"{good.address}ja/")
    assert not browser.find("briefbook-overlay")
    with good.broken("facts/slip.yml", SLIP):
        browser.until(lambda: is_open(browser))
        browser.picture("ja-overlay")
        press(browser, "s")
        assert not browser.run("return document.querySelector('#__search').checked"), "a key went through to the page"
        press(browser, "\ue00c")  # Escape
        # A dialog tells that it was closed a moment after it is.
        browser.until(lambda: "エラー1件" == browser.run(f"return {ROOT}.activeElement?.textContent"))
        assert not is_open(browser)
        browser.open(f"{good.address}ja/actors/")
        assert not is_open(browser), "put away is put away"
        browser.run(f"{ROOT}.querySelector('.again').click()")
        assert is_open(browser)
        browser.run(f"{ROOT}.querySelector('form button').click()")
        browser.until(lambda: not is_open(browser))
        put(path, SLIP + "  trip: {name: trip}\n")
        browser.until(lambda: is_open(browser))
        assert "エラー2件" == browser.run(f"return {ROOT}.querySelector('.count').textContent")
        put(path, MENDED)
        browser.until(lambda: not browser.find("briefbook-overlay"))
    assert [] == browser.complaints()


def test_an_author_who_starts_with_errors_gets_the_site(tmp_path: Path, browser: Browser) -> None:
    with serving(tmp_path, "facts/slip.yml") as served:
        assert served.shows("", OVERLAY), served.said()
        browser.open(f"{served.address}en/terms/slip/")
        assert is_open(browser)
        browser.width(390)
        browser.picture("en-overlay-at-the-start-narrow")
        assert 390 >= browser.run("return document.documentElement.scrollWidth")
        put(served.folder / "facts" / "slip.yml", MENDED)
        browser.until(lambda: "A slip of the pen." in browser.run("return document.body.textContent"))


def mark_of(page: str) -> str:
    """By what a page knows the failure that it shows."""
    return page.partition('data-build="')[2].partition('"')[0]


ROOT = "document.querySelector('briefbook-overlay').shadowRoot"


def is_open(browser: Browser) -> bool:
    """Whether the findings lie over the page, so that nothing else can be reached."""
    return bool(browser.run(f"return !!document.querySelector('briefbook-overlay') && !!{ROOT}.querySelector('dialog:modal')"))


def press(browser: Browser, key: str) -> None:
    """Press a key wherever the focus is."""
    from selenium.webdriver import ActionChains

    ActionChains(browser.driver).send_keys(key).perform()
