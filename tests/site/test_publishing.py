"""The recipes of generator/PUBLISHING.md, each for real: the living site with its editions on every kind of host, and on none."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from dumbstore import Store
from htmlpages import read_html
from recipes import NGINX, ask, crawled, nginx, recipe, run, store_serving, with_aws

from briefbook.offline import to_file
from briefbook.scaffolding import create_site

if TYPE_CHECKING:
    from browsing import Browser

TOP, BELOW = "https://briefing.example/", "https://www.example/team/briefing/"
EDITIONS = ("2025-10-01", "2025-10-08")
FRONTS = tuple(f"editions/{day}/" for day in EDITIONS)
LIVING_PAGES = 40
HASHED = "assets/javascripts/bundle."


def briefbook(folder: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "briefbook", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small briefing with two editions, which say something else each."""
    root = tmp_path_factory.mktemp("published") / "project"
    create_site(root, ["en", "ja"])
    settings, figures = root / "mkdocs.yml", root / "content" / "facts" / "figures.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("- briefbook:\n", "- briefbook:\n      archive: true\n"), encoding="utf-8")
    with (root / "content" / "pages" / "en" / "about.md").open("a", encoding="utf-8") as page:
        page.write("\n<script>window.smuggled = 1</script>\n")
    for day, amount in zip(EDITIONS, ("under 5 million EUR", "under 6 million EUR"), strict=True):
        briefbook(root, "snapshot", "--no-build", "--date", day)
        figures.write_text(figures.read_text(encoding="utf-8").replace(amount, "under 6 million EUR"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def whole(project: Path) -> Path:
    """The folder with the site and all its editions, as the first recipe builds it."""
    build = recipe("briefbook build --editions --site-url")
    assert build.strip() == f"briefbook build --editions --site-url {TOP}"
    briefbook(project, *build.split()[1:])
    return project / "site"


@pytest.fixture(scope="module")
def below(project: Path) -> Path:
    """The folder www of another site, with the site and its editions below a path."""
    www = project / "www"
    briefbook(project, "build", "--editions", "--site-url", BELOW, "-d", str(www / "team" / "briefing"))
    (www / "index.html").write_text("Another site.", encoding="utf-8")
    return www


@dataclass(frozen=True)
class Hosted:
    """Where nginx serves the two."""

    top: str
    other: str

    @property
    def below(self) -> str:
        """The one below a path."""
        return f"{self.other}team/briefing/"


@pytest.fixture(scope="module")
def _with_nginx() -> None:
    """Asked for first, so that nothing is built in vain."""
    if not NGINX:
        pytest.skip("there is no nginx here")


@pytest.fixture(scope="module")
def hosted(_with_nginx: None, whole: Path, below: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """Both sites on nginx, with everything the recipes ask for."""
    folder = tmp_path_factory.mktemp("nginx") / "etc"
    copy = folder.parent / "briefing"
    shutil.copytree(whole, copy / "site")
    run(recipe("find site -type f"), copy)
    run(recipe("python3 - site"), copy)
    other = "server {\n listen 80;\n server_name www.example;\n root /srv/www;\n" + recipe("# in a server block") + "}\n"
    policy = (copy / "briefing-csp.conf").read_text(encoding="utf-8")
    with nginx(folder, policy, recipe("# /etc/nginx/sites-available/briefing"), other, briefing=str(copy / "site"), www=str(below)) as (top, www):
        yield Hosted(top, www)


# --- nginx ---


def test_a_set_of_editions_is_served_as_a_whole(hosted: Hosted) -> None:
    found = crawled(hosted.top, TOP)
    assert {} == {address: status for address, status in found.items() if status != 200}
    for prefix in ("", *FRONTS):
        pages = [address for address in found if address.startswith(hosted.top + prefix) and address.endswith("/")]
        assert len(pages) > LIVING_PAGES, prefix


def test_below_a_path_nothing_leads_out_of_it(hosted: Hosted) -> None:
    found = crawled(hosted.below, BELOW)
    assert {} == {address: status for address, status in found.items() if status != 200}
    assert len(found) > 3 * LIVING_PAGES
    assert (301, "/team/briefing/") == ((got := ask(hosted.below[:-1])).status, got.headers["location"])
    assert b"Another site." == ask(hosted.other).body


@pytest.mark.parametrize("page", ["en/", "ja/actors/", "editions/2025-10-01/ja/"])
def test_pages_are_kept_for_five_minutes_and_then_asked_for_by_their_mark(hosted: Hosted, page: str) -> None:
    for address in (hosted.top + page, hosted.below + page):
        got = ask(address)
        assert ("public, max-age=300", "text/html; charset=utf-8") == (got.headers["cache-control"], got.headers["content-type"])
        assert 304 == ask(address, If_None_Match=got.headers["etag"]).status


def test_only_what_has_its_hash_in_its_name_is_kept_for_good(hosted: Hosted, whole: Path) -> None:
    assets = [path.relative_to(whole).as_posix() for path in (whole / "assets").rglob("*") if path.is_file() and path.suffix != ".gz"]
    kept = {name for name in assets if "immutable" in ask(hosted.top + name).headers["cache-control"]}
    assert kept == {name for name in assets if re.search(r"\.[0-9a-f]{8}\.min\.(js|css)$", name)}
    assert {"bundle", "search", "main", "palette"} == {Path(name).name.partition(".")[0] for name in kept}


@pytest.mark.parametrize("page", ["en/", "en/data/cards-events.js", "nowhere/"])
def test_headers_keep_readers_safe(hosted: Hosted, page: str) -> None:
    for address in (hosted.top + page, hosted.below + page):
        headers = ask(address).headers
        assert ("nosniff", "no-referrer") == (headers["x-content-type-options"], headers["referrer-policy"])
        assert "geolocation=()" in headers["permissions-policy"]
        scripts = next(part for part in headers["content-security-policy"].split("; ") if part.startswith("script-src "))
        assert ("'unsafe-inline'" in scripts, scripts.count("'sha256-") > 2) == (False, True)


@pytest.mark.parametrize("name", ["en/", "assets/briefbook.css", "en/search/search_index.json", "en/data/cards-events.js"])
def test_what_can_be_packed_is(hosted: Hosted, name: str) -> None:
    plain = ask(hosted.top + name)
    for base in (hosted.top, hosted.below):  # packed beforehand, and on the way
        packed = ask(base + name, Accept_Encoding="gzip")
        assert ("gzip", "Accept-Encoding") == (packed.headers["content-encoding"], packed.headers["vary"])
    assert plain.body == gzip.decompress(ask(hosted.top + name, Accept_Encoding="gzip").body)


def test_what_was_packed_beforehand_is_sent_so(hosted: Hosted) -> None:
    assert "content-length" in ask(f"{hosted.top}en/", Accept_Encoding="gzip").headers
    assert "content-length" not in ask(f"{hosted.below}en/", Accept_Encoding="gzip").headers


@pytest.mark.parametrize("page", ["nowhere/", "ja/actors/nobody/", "editions/1999-01-01/en/", "assets/", "en/data/"])
def test_a_missing_page_is_said_to_be_missing_in_every_language(hosted: Hosted, page: str) -> None:
    for base, path in ((hosted.top, "/"), (hosted.below, "/team/briefing/")):
        got = ask(base + page)
        assert (404, False) == (got.status, "cache-control" in got.headers)
        sections = [e for e in read_html(got.body.decode()).all("section") if "lang" in e.attributes]
        assert ["en", "ja"] == [section.attributes["lang"] for section in sections]
        links = [link.attributes["href"] for section in sections for link in section.all("a")]
        assert [f"{path}en/", f"{path}ja/"] == links
        assert [200, 200] == [ask(base + link.removeprefix(path)).status for link in links]


def test_tables_are_text_in_the_right_letters(hosted: Hosted, whole: Path) -> None:
    name = next(path for path in sorted(whole.glob("ja/data/*.csv"))).relative_to(whole).as_posix()
    assert "text/csv; charset=utf-8" == ask(hosted.top + name).headers["content-type"]


def test_the_policy_stops_nothing_but_what_is_foreign(hosted: Hosted, browser: Browser) -> None:
    for page in ("", "en/", "ja/timeline/", "en/disputes/quay-four/", "editions/2025-10-01/ja/", "nowhere/"):
        browser.open(hosted.top + page)
        assert [] == [said for said in browser.complaints() if "404 (Not Found)" not in said]
    browser.open(f"{hosted.top}ja/")
    search(browser, "港湾局")
    assert [] == browser.complaints()


def test_a_script_that_slipped_into_a_page_does_not_run(hosted: Hosted, unpacked: Path, browser: Browser) -> None:
    browser.open(f"{hosted.top}en/about/")
    [said] = browser.complaints()
    assert ("Content Security Policy" in said, None) == (True, browser.run("return window.smuggled"))
    # Where nobody sets a policy it does.
    browser.open((unpacked / "en" / "about" / "index.html").as_uri())
    assert 1 == browser.run("return window.smuggled")


# --- a store of objects ---


@pytest.fixture(scope="module")
def store(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that was filled by the first of its recipes."""
    folder = tmp_path_factory.mktemp("store")
    run(recipe("# $BUCKET"), whole.parent, PATH=with_aws(folder), BUCKET="a-bucket", STORE=str(folder / "objects"))
    return Store(folder / "objects")


@pytest.fixture(scope="module")
def plain(whole: Path, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same with the second."""
    folder = tmp_path_factory.mktemp("plain")
    shutil.copytree(store.folder, folder / "objects")
    run(recipe("# for a store without"), whole.parent, PATH=with_aws(folder), BUCKET="a-bucket", STORE=str(folder / "objects"))
    return Store(folder / "objects")


def test_a_store_with_index_documents_serves_all_of_it(store: Store, whole: Path) -> None:
    assert set(store.keys) == {path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()}
    with store_serving(store, website=True) as address:
        found = crawled(address, TOP)
        assert (404, 302) == (ask(f"{address}nowhere/").status, ask(f"{address}en").status)
    assert {} == {where: status for where, status in found.items() if status != 200}
    assert len(found) > 3 * LIVING_PAGES


def test_a_plain_store_serves_all_of_it(plain: Store) -> None:
    with store_serving(plain, website=False) as address:
        found = crawled(address, TOP)
    assert {} == {where: status for where, status in found.items() if status != 200}
    assert len(found) > 3 * LIVING_PAGES


def test_without_keys_for_folders_a_plain_store_does_not(store: Store) -> None:
    with store_serving(store, website=False) as address:
        assert (200, 404) == (ask(address).status, ask(f"{address}en/").status)


def test_a_store_is_told_how_long_things_are_kept_and_what_they_are(plain: Store) -> None:
    kept = {key for key, said in plain.keys.items() if "immutable" in said["cache-control"]}
    assert kept == {key for key in plain.keys if re.search(r"\.[0-9a-f]{8}\.min\.(js|css)(\.map)?$", key)}
    assert {"public, max-age=300"} == {said["cache-control"] for key, said in plain.keys.items() if key not in kept}
    assert {"text/html; charset=utf-8"} == {said["content-type"] for key, said in plain.keys.items() if key.endswith("/")}


def test_a_second_upload_deletes_what_is_gone_and_nothing_else(plain: Store, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    shutil.copytree(plain.folder, tmp_path / "objects")
    shutil.copytree(whole, folder / "site")
    (folder / "site" / "en" / "about" / "index.html").unlink()
    [bundle] = (folder / "site" / "assets" / "javascripts").glob("bundle.*.min.js")
    bundle.unlink()
    run(recipe("# $BUCKET"), folder, PATH=with_aws(tmp_path), BUCKET="a-bucket", STORE=str(tmp_path / "objects"))
    assert {"en/about/index.html"} == set(plain.keys) - set(Store(tmp_path / "objects").keys)


# --- from a folder ---


@pytest.fixture(scope="module")
def unpacked(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it comes out of the zip, somewhere with a difficult name."""
    commands = tmp_path_factory.mktemp("commands")
    (commands / "briefbook").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefbook "$@"\n', encoding="utf-8")
    (commands / "briefbook").chmod(0o755)
    run(recipe("briefbook build --editions --offline"), project, PATH=f"{commands}:{os.environ['PATH']}")
    target = tmp_path_factory.mktemp("elsewhere") / "a b#c" / "港"
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(project / "briefing.zip"), str(target)], check=True)
    return target / "briefing"


def test_every_link_in_a_folder_leads_to_a_file(unpacked: Path) -> None:
    wrong = []
    for page in unpacked.rglob("*.html"):
        for element in read_html(page.read_text(encoding="utf-8")).all("a", "link", "script", "img"):
            href = element.attributes.get("src") or element.attributes.get("href", "")
            path = unquote(urlsplit(href).path)
            if urlsplit(href).scheme == "" and path and not (page.parent / path).is_file():
                wrong.append((page.relative_to(unpacked), href))
    assert [] == wrong
    assert [] == [path.name for path in unpacked.rglob("*") if path.name in ("404.html", "sitemap.xml", "search_index.json")]


@pytest.mark.parametrize(("address", "file"), [
    ("actors/", "actors/index.html"), ("../", "../index.html"), ("..", "../index.html"), (".", "index.html"), ("./", "index.html"),
    ("../../ja/#board", "../../ja/index.html#board"), ("a/?h=x", "a/index.html?h=x"), ("#notes", "#notes"), ("", ""), ("a.css", "a.css"),
    ("https://a.example/b/", "https://a.example/b/"), ("mailto:a@b.example", "mailto:a@b.example"), ("/en/", "/en/"), ("//a.example/", "//a.example/"),
])
def test_addresses_of_folders_become_those_of_files(address: str, file: str) -> None:
    assert file == to_file(address)


def test_a_reader_without_a_network_misses_nothing(unpacked: Path, browser: Browser) -> None:
    from selenium.webdriver import ActionChains

    browser.open("about:blank")
    browser.requests()
    browser.open((unpacked / "index.html").as_uri())
    browser.find("main a[hreflang=ja], main a[href='ja/index.html']")[0].click()
    browser.until(lambda: "ja" == browser.run("return document.documentElement.lang"))
    browser.run("document.querySelector('header a[hreflang=en]').click()")
    browser.until(lambda: browser.driver.current_url.endswith("/en/index.html"))
    for code, words in {"en": "authority", "ja": "港湾局"}.items():
        browser.open((unpacked / code / "index.html").as_uri())
        search(browser, words)
        browser.run("document.querySelector('.md-search-result__link').click()")
        browser.until(lambda: "/sources/" in browser.driver.current_url or "/actors/" in browser.driver.current_url)
        assert code == browser.run("return document.documentElement.lang")
    browser.open((unpacked / "en" / "disputes" / "quay-four" / "index.html").as_uri())
    ActionChains(browser.driver).move_to_element(browser.find("article a[href*='/actors/']")[0]).perform()
    assert browser.until(lambda: browser.find("#bb-panel"))
    browser.open((unpacked / "editions" / EDITIONS[0] / "ja" / "index.html").as_uri())
    assert [] == browser.complaints()
    assert [] == [url for url in browser.requests() if not url.startswith(("file:", "data:", "about:"))]


def test_a_timeline_is_narrowed_without_a_server_in_the_other_language_too(unpacked: Path, browser: Browser) -> None:
    shown = "return [...document.querySelectorAll('.bb-chart__drawing a[data-event]')].filter(e => e.checkVisibility()).length"
    browser.open((unpacked / "en" / "timeline" / "index.html").as_uri())
    every = browser.run(shown)
    browser.run("""const field = document.querySelector('form.bb-timeline').elements.namedItem('actor');
        field.value = 'blue-heron'; field.dispatchEvent(new Event('change', {bubbles: true}))""")
    some = browser.run(shown)
    browser.run("document.querySelector('header a[hreflang=ja]').click()")
    browser.until(lambda: browser.driver.current_url.endswith("/ja/timeline/index.html?actor=blue-heron"))
    assert (True, some) == (0 < some < every, browser.run(shown))
    assert [] == browser.complaints()


def search(browser: Browser, words: str) -> None:
    """Search as a reader does, until there is something."""
    browser.run("document.querySelector('label[for=__search]').click()")
    browser.find("input.md-search__input")[0].send_keys(words)
    browser.until(lambda: browser.find(".md-search-result__link"))
