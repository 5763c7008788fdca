"""`briefbook export`: what it writes, what it refuses, and that both hosts build from it the same site in every language.

Read off the built HTML of a tiny site (cases/export), with stock MkDocs and Material and, where it is installed, Zensical.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from briefbook.chartcache import ChartCache
from briefbook.export import MARKER, ExportError, ExportReport, export_site
from briefbook.portable import portable
from briefbook.rendering import Page
from briefbook.site import Settings, Site, open_site

CASE = Path(__file__).parent / "cases" / "export"
LANGUAGES = ("en", "ja")
ADDRESS = "https://example.org/briefing/"
HOSTS = ("mkdocs", "zensical")
# Elements without an end tag.
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# One page of each sort, by its place within a language.
SORTS = ("index.md", "timeline.md", "events/index.md", "events/weir-raised.md", "actors/mill.md", "figures/weir-height.md", "notes.md")
WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass
class Element:
    """An element with its attributes, the language it is in, and the text right inside it."""

    tag: str
    attributes: dict[str, str]
    lang: str
    text: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


class Html(HTMLParser):
    """A built page as a list of elements, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        inherited = self._open[-1].lang if self._open else ""
        element = Element(tag, attributes, attributes.get("lang", inherited))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text.append(data)

    def all(self, tag: str, **wanted: str) -> list[Element]:
        names = {name.rstrip("_"): value for name, value in wanted.items()}
        return [e for e in self.elements if e.tag == tag and all(e.get(n) == v for n, v in names.items())]


@dataclass(frozen=True)
class Built:
    """An export that a host has built: its folder, and the pages below `site/`."""

    folder: Path

    @cached_property
    def pages(self) -> dict[Path, Html]:
        paths = sorted((self.folder / "site").rglob("*.html"))
        return {path: Html(path.read_text(encoding="utf-8")) for path in paths}

    def page(self, lang: str, inner: str) -> tuple[Path, Html]:
        return self.at(self.path(lang, inner))

    def path(self, lang: str, inner: str) -> Path:
        name = inner.removesuffix("index.md") if inner.endswith("index.md") else inner.removesuffix(".md")
        return self.folder / "site" / lang / name / "index.html"

    def at(self, path: Path) -> tuple[Path, Html]:
        return path, self.pages[path]

    def of(self, lang: str) -> dict[Path, Html]:
        """The pages of a language. Hosts give the page for missing ones addresses from the top of the server."""
        return {p: html for p, html in self.pages.items() if p.is_relative_to(self.folder / "site" / lang) and p.name != "404.html"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return open_site(Settings(CASE, LANGUAGES, CASE / "facts", CASE / "pages", tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def exported(site: Site, tmp_path_factory: pytest.TempPathFactory) -> ExportReport:
    return write(site, tmp_path_factory.mktemp("export") / "out")


@pytest.fixture(scope="module", params=HOSTS)
def built(request: pytest.FixtureRequest, exported: ExportReport, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _build(request.param, exported.target, tmp_path_factory.mktemp(request.param) / "out")


@pytest.fixture(scope="module", params=HOSTS)
def built_for_address(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp(request.param)
    report = write(site, folder / "export", site_url=ADDRESS.rstrip("/"))
    return _build(request.param, report.target, folder / "out")


def write(site: Site, target: Path, site_url: str | None = None) -> ExportReport:
    return export_site(site, target, site_url=site_url, cache=ChartCache(site.settings.cache))


def _build(host: str, source: Path, folder: Path) -> Built:
    """Build every language of an export, as its README says, failing on any warning."""
    shutil.copytree(source, folder)
    for code in LANGUAGES:
        command = [*_command(host), "build", "--strict", "-f", f"mkdocs.{code}.yml"]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8",
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        )
        assert 0 == done.returncode, done.stdout + done.stderr
    return Built(folder)


def _command(host: str) -> list[str]:
    if host == "mkdocs":
        return [sys.executable, "-m", "mkdocs"]
    beside = str(Path(sys.executable).parent)
    program = shutil.which("zensical", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if program is None:
        pytest.skip("Zensical is not installed (pip install briefbook[zensical])")
    return [program]


# --- What both hosts make of it


def test_every_page_says_its_language_and_direction(built: Built) -> None:
    found = {
        (path.relative_to(built.folder / "site").parts[0], html.all("html")[0].get("lang"), html.all("body")[0].get("dir"))
        for code in LANGUAGES for path, html in built.of(code).items()
    }

    assert {("en", "en", "ltr"), ("ja", "ja", "ltr")} == found


def test_every_page_is_built(built: Built, site: Site) -> None:
    expected = {built.path(page.lang, page.uri.partition("/")[2]) for page in site.pages if page.uri != "index.md"}

    assert expected == set(built.of("en")) | set(built.of("ja"))


def test_every_link_and_file_is_there(built: Built) -> None:
    assert [] == sorted(_dead(built))


def _dead(built: Built) -> Iterator[str]:
    for path in (*built.of("en"), *built.of("ja"), built.folder / "site" / "index.html"):
        for address in _addresses(built.pages[path]):
            if urlsplit(address).scheme:
                continue
            target = _followed(path, address)
            fragment = unquote(urlsplit(address).fragment)
            if not target.is_file() or (fragment and fragment not in _ids(built, target)):
                yield f"{path.relative_to(built.folder)}: {address}"


def _addresses(html: Html) -> list[str]:
    return [value for e in html.elements for name in ("href", "src", "xlink:href") if (value := e.attributes.get(name)) is not None]


def _followed(path: Path, address: str) -> Path:
    """The file that a browser gets for an address on the page at `path`."""
    inner = unquote(urlsplit(address).path)
    target = Path(os.path.normpath(path.parent / inner)) if inner else path
    return target / "index.html" if target.is_dir() else target


def _ids(built: Built, path: Path) -> set[str]:
    # Material's own script makes these two.
    return {e.get("id") for e in built.pages[path].elements} | {"__search", "__drawer"}


@pytest.mark.parametrize("inner", SORTS)
@pytest.mark.parametrize(("here", "there"), [("en", "ja"), ("ja", "en")])
def test_the_switch_leads_to_the_same_page(built: Built, here: str, there: str, inner: str) -> None:
    path, html = built.page(here, inner)

    links = html.all("a", class_="bb-switch__link")

    assert list(LANGUAGES) == [link.get("hreflang") for link in links]
    assert [built.path(here, inner)] == [_followed(path, link.get("href")) for link in links if link.get("aria-current")]
    assert [built.path(there, inner)] == [_followed(path, link.get("href")) for link in links if link.get("hreflang") == there]


def test_there_is_one_switch_on_a_page(built: Built) -> None:
    _, html = built.page("ja", "notes.md")

    assert (1, 0) == (len(html.all("div", class_="md-header__option bb-switch")), len(html.all("div", class_="md-select")))


def test_the_switch_leads_home_where_a_page_has_no_translation(built: Built) -> None:
    path, html = built.page("en", "alone.md")

    link = html.all("a", class_="bb-switch__link", hreflang="ja")[0]

    assert built.path("ja", "index.md") == _followed(path, link.get("href"))
    assert ["en", "x-default"] == _alternates(html)


@pytest.mark.parametrize("inner", SORTS)
def test_search_engines_are_told_of_the_same_pages(built: Built, inner: str) -> None:
    path, html = built.page("ja", inner)

    targets = {e.get("hreflang"): _followed(path, e.get("href")) for e in html.all("link", rel="alternate")}

    otherwise = built.folder / "site" / "index.html" if inner == "index.md" else built.path("en", inner)
    assert {"en": built.path("en", inner), "ja": built.path("ja", inner), "x-default": otherwise} == targets


def test_with_an_address_search_engines_get_whole_addresses(built_for_address: Built) -> None:
    _, html = built_for_address.page("ja", "actors/mill.md")

    found = {e.get("hreflang"): e.get("href") for e in html.all("link", rel="alternate")}

    here, there = f"{ADDRESS}ja/actors/mill/", f"{ADDRESS}en/actors/mill/"
    assert {"en": there, "ja": here, "x-default": there} == found
    assert [here] == [e.get("href") for e in html.all("link", rel="canonical")]


def test_with_an_address_the_page_for_missing_ones_finds_its_files(built_for_address: Built, site: Site) -> None:
    html = built_for_address.pages[built_for_address.folder / "site" / "ja" / "404.html"]

    paths = [urlsplit(address).path for address in _addresses(html) if not address.startswith("#")]
    missing = [p for p in paths if not p.startswith("/briefing/ja/")]

    assert [] == missing
    assert site.languages["ja"].labels["not-found.title"] == "".join(html.all("h1")[0].text)


def _alternates(html: Html) -> list[str]:
    return [e.get("hreflang") for e in html.all("link", rel="alternate")]


def test_nothing_is_fetched_from_elsewhere(built: Built) -> None:
    fetched = {
        e.get(name)
        for html in built.pages.values() for e in html.elements for name in ("href", "src")
        if e.tag != "a" and e.get("rel") not in ("canonical", "alternate") and re.match(r"(https?:)?//", e.get(name))
    }
    styles = "".join("".join(e.text) for html in built.pages.values() for e in html.all("style"))

    assert set() == fetched
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", styles)


def test_no_english_is_left_on_japanese_pages(built: Built) -> None:
    """Neither in what is read nor in what is read aloud; what is borrowed says that it is in English."""
    found = {words for html in built.of("ja").values() for e in html.elements if e.lang == "ja" for words in _shown(e)}

    # The abbreviations that the Japanese labels hold.
    assert set() == {words for words in found if WORD.search(re.sub("CSV|PDF", "", words))}


def _shown(element: Element) -> Iterator[str]:
    if element.tag not in ("script", "style"):
        yield " ".join(element.text).strip()
    for name in ("title", "aria-label", "alt", "placeholder"):
        yield element.get(name)


def test_what_scripts_say_is_in_the_language_too(built: Built) -> None:
    _, html = built.page("ja", "index.md")

    words = json.loads("".join(html.all("script", id="__config")[0].text))["translations"]

    # Zensical 0.0.73 has no Japanese for this one; only its button for copying code says it, which needs `content.code.copy`.
    assert {} == {name: text for name, text in words.items() if WORD.search(text) and name != "clipboard.error"}


def test_borrowed_text_is_marked(built: Built) -> None:
    _, html = built.page("ja", "events/weir-raised.md")

    borrowed = [e for e in html.elements if "bb-borrowed" in e.get("class").split()]

    assert {("en", "The mill raised the weir.")} == {(e.lang, "".join(e.text)) for e in borrowed}


def test_titles_cannot_break_out(built: Built) -> None:
    _, html = built.page("en", "events/weir-raised.md")

    assert 'The "weir" & its <raising> - Mill and River' == "".join(html.all("title")[0].text).strip()
    assert [] == html.all("raising")


def test_a_former_address_leads_on(built: Built) -> None:
    path, html = built.page("ja", "actors/old-mill.md")

    target = html.all("meta", **{"http-equiv": "refresh"})[0].get("content").partition("url=")[2]

    assert built.path("ja", "actors/mill.md") == _followed(path, target)


def test_the_first_page_of_a_language_names_the_site_once(built: Built) -> None:
    _, html = built.page("ja", "index.md")

    assert 1 == "".join(html.all("title")[0].text).count("水車と川")


def test_charts_link_to_their_facts(built: Built) -> None:
    path, html = built.page("ja", "timeline.md")

    targets = {_followed(path, e.get("xlink:href")) for e in html.all("a") if e.get("xlink:href")}

    assert {built.path("ja", "events/weir-raised.md"), built.path("ja", "disputes/weir.md")} == targets


def test_pictures_are_there(built: Built) -> None:
    path, html = built.page("en", "notes.md")

    pictures = [_followed(path, e.get("src")) for e in html.all("img")]

    docs = built.folder / "site" / "en"
    assert [docs / "img" / "plan.svg", docs / "shared" / "marks" / "mark.svg"] == pictures


def test_the_front_page_leads_into_every_language(built: Built) -> None:
    path, html = built.at(built.folder / "site" / "index.html")

    doors = {e.lang: _followed(path, e.get("href")) for e in html.all("a")}

    assert {code: built.path(code, "index.md") for code in LANGUAGES} == doors
    assert {"en": "Mill and River", "ja": "水車と川"} == {e.lang: "".join(e.text) for e in html.all("h1")}


def test_search_is_in_the_language(built: Built) -> None:
    index = next((built.folder / "site" / "ja").rglob("search*.json"))

    found = json.loads(index.read_text(encoding="utf-8"))
    text = json.dumps(found, ensure_ascii=False)

    assert ["ja"] == found["config"]["lang"]
    assert "粉をひく" in text
    assert "Grinds corn" not in text


def test_what_lines_need_is_on_the_page_alone(built: Built) -> None:
    """Breaks after phrases and readings: in neither titles nor tables of contents nor the search."""
    path, html = built.page("ja", "actors/council.md")
    index = next((built.folder / "site" / "ja").rglob("search*.json")).read_text(encoding="utf-8")
    titles = [entry["title"] for entry in json.loads(index).get("docs", json.loads(index).get("items", []))]

    assert ["かわのひょうぎかい"] == ["".join(e.text) for e in html.all("rt")]
    assert not re.search(r"<title>[^<]*(?:wbr|かわ)", path.read_text(encoding="utf-8"))
    assert html.all("wbr")
    assert "川の評議会" in titles
    assert "wbr" not in index
    assert not [title for title in titles if "かわ" in title]
    assert not [e for e in html.elements if "md-nav" in e.get("class") and "かわ" in "".join(e.text)]


# --- What is written


def test_the_markdown_is_what_the_plugin_gives_mkdocs(exported: ExportReport, tmp_path: Path) -> None:
    given = {uri: text for uri, text in _from_plugin(tmp_path).items() if uri != "index.md"}

    written = {
        path.relative_to(exported.target).as_posix().replace("/docs/", "/", 1): _body(path.read_text(encoding="utf-8"))
        for path in exported.target.rglob("docs/**/*.md")
    }

    # What must differ: the links of drawings, and addresses outside the language.
    same = {uri: text.replace(" xlink:href=", " href=").replace("(shared/", "(../") for uri, text in written.items()}
    assert given == same


def _from_plugin(folder: Path) -> dict[str, str]:
    config = load_config(str(CASE / "mkdocs.yml"), site_dir=str(folder / "site"))
    config.plugins["briefbook"].config.cache_dir = str(folder / "cache")
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(Files([]), config=config)
    return {file.src_uri: _body(file.content_string) for file in files.documentation_pages()}


def _body(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n\n", "", text, count=1, flags=re.DOTALL)


def test_the_configuration_is_plain(exported: ExportReport, site: Site) -> None:
    config = yaml.safe_load((exported.target / "mkdocs.ja.yml").read_text(encoding="utf-8"))

    assert ["search"] == [name for plugin in config["plugins"] for name in plugin]
    assert "水車と川" == config["site_name"]
    words = site.languages["ja"].labels
    assert {words["page.state"]: "index.md"} == config["nav"][0]
    about = [{"覚え書き": "notes.md"}, {words["page.coverage"]: "coverage.md"}, {words["page.print"]: "print.md"}]
    assert {words["page.about"]: about} == config["nav"][-1]
    assert "site_url" not in config
    switches = [site.languages["ja"].labels[f"palette.{scheme}"] for scheme in ("light", "dark", "system")]
    assert switches == [option["toggle"]["name"] for option in config["theme"]["palette"]]


def test_fact_pages_stay_out_of_the_navigation(exported: ExportReport) -> None:
    config = yaml.safe_load((exported.target / "mkdocs.en.yml").read_text(encoding="utf-8"))

    listed = [uri for entry in config["nav"] for uri in entry.values() if isinstance(uri, str)]

    kinds = ("actors", "disputes", "events", "figures", "sources", "terms")
    assert [] == [uri for uri in listed if uri.startswith(kinds) and not uri.endswith("/index.md")]
    assert sorted(["/disputes/weir/*.md", *(f"/{kind}/*.md" for kind in kinds)]) == config["not_in_nav"].split("\n")


def test_the_report_counts(exported: ExportReport) -> None:
    assert {"en": 21, "ja": 20} == exported.pages
    assert len([p for p in exported.target.rglob("*") if p.is_file()]) == exported.files
    assert () == exported.warnings
    assert f"{exported.files} files written to {exported.target}: 21 pages in en, 20 pages in ja." == str(exported)


# --- Where it is written


def test_an_earlier_export_is_replaced_wholly(site: Site, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    first = _listing(write(site, target).target)
    (target / "en" / "docs" / "stale.md").write_text("old", encoding="utf-8")

    write(site, target)

    assert first == _listing(target)
    assert [target] == list(target.parent.iterdir())


def _listing(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_an_empty_folder_will_do(site: Site, tmp_path: Path) -> None:
    assert (tmp_path / MARKER).is_file() is False

    write(site, tmp_path)

    assert (tmp_path / MARKER).is_file()


def test_a_folder_with_anything_else_is_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")

    with pytest.raises(ExportError, match="not empty and not an earlier export"):
        write(site, tmp_path)

    assert {"thesis.txt": b"years of work"} == _listing(tmp_path)


def test_a_file_is_refused(site: Site, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("", encoding="utf-8")

    with pytest.raises(ExportError, match="is a file"):
        write(site, target)


def test_the_sources_are_refused(site: Site) -> None:
    with pytest.raises(ExportError, match="among the site's sources"):
        write(site, CASE / "pages" / "out")

    assert not (CASE / "pages" / "out").exists()


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "/briefing/"])
def test_what_is_no_address_is_refused(site: Site, tmp_path: Path, address: str) -> None:
    with pytest.raises(ExportError, match="not the address of a site"):
        write(site, tmp_path / "out", site_url=address)

    assert [] == list(tmp_path.iterdir())


def test_a_failure_leaves_what_was_there(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    before = _listing(write(site, target).target)

    def full_disk(path: Path, _: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(ExportError, match="No space left"):
        write(site, target)

    assert before == _listing(target)
    assert [target] == list(tmp_path.iterdir())


def test_a_failed_move_brings_back_what_was_there(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    before = _listing(write(site, target).target)
    rename: Callable[[Path, Path], Path] = Path.rename

    def fail_once(self: Path, to: Path) -> Path:
        if self.name.startswith(".out.") and not self.name.endswith(".old"):
            raise OSError(16, "Device or resource busy", str(self))
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(ExportError, match="busy"):
        write(site, target)

    assert before == _listing(target)
    assert [target] == list(tmp_path.iterdir())


# --- Hand-written addresses


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[a](mill.md) ![b](img/x.png)", "[a](mill.md) ![b](img/x.png)"),
        ("[up](../actors/mill.md#top)", "[up](../actors/mill.md#top)"),
        ("![x](../../marks/x.png)", "![x](../shared/marks/x.png)"),
        ('![x](../../marks/x.png#f "T")', '![x](../shared/marks/x.png#f "T")'),
        ("![x](../../marks/gone.png)", "![x](../../marks/gone.png)"),
        ("![x](../../../marks/x.png)", "![x](../../../marks/x.png)"),
        ("[![x](../../marks/x.png)](mill.md)", "[![x](../shared/marks/x.png)](mill.md)"),
        ('<img src="../../../marks/x.png">', '<img src="../../shared/marks/x.png">'),
        ("`![x](../../marks/x.png)`", "`![x](../../marks/x.png)`"),
        ("```\n![x](../../marks/x.png)\n```", "```\n![x](../../marks/x.png)\n```"),
        ("[ja](../../ja/why/b.md#c)", '<a href="../../../ja/why/b/#c">ja</a>'),
    ],
)
def test_hand_written_addresses(written: str, expected: str) -> None:
    assert expected == portable(_page(written), {"marks/x.png"}.__contains__, "").text


def test_a_link_to_another_language_is_whole_where_the_address_is_known() -> None:
    done = portable(_page("[ja](../../ja/why/b.md#c)"), set[str]().__contains__, ADDRESS)

    assert (f"[ja]({ADDRESS}ja/why/b/#c)", ()) == (done.text, done.warnings)


@pytest.mark.parametrize("written", ["[ja](../../ja/why/b.md)", '<img src="x.png">', '<a href="../b/">b</a>'])
def test_what_only_one_host_gets_right_is_said(written: str) -> None:
    assert 1 == len(portable(_page(written), set[str]().__contains__, "").warnings)


@pytest.mark.parametrize("written", ['<img src="https://example.org/x.png">', '<a href="#top">top</a>', "[b](b.md)", "`<img src='x.png'>`"])
def test_what_every_host_gets_right_is_not_said(written: str) -> None:
    assert () == portable(_page(written), set[str]().__contains__, "").warnings


def _page(markdown: str) -> Page:
    return Page("en/why/a.md", "en", "ltr", "A", "", markdown, {"en": "en/why/a.md"})
