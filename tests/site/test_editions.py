"""A site that is published with its editions: each says what it is on every page, leads to what is now, and stays as it was."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from builtsites import BuiltSite, environment
from htmlpages import Element
from serving import briefbook_serving, comes_true, fetched, served

from briefbook.scaffolding import create_site
from briefbook.site import Settings, open_site
from briefbook.snapshot import Remarks, take_snapshot

if TYPE_CHECKING:
    from browsing import Browser

ADDRESS = "https://briefing.example/deep/"
FIRST, SECOND = "2026-07-01", "2026-08-01"
LANGUAGES = ("en", "ja")
NOTE = {"en": "The first & only note.", "ja": "最初の注記。"}


@dataclass(frozen=True)
class Published:
    """A site with two editions: its folder of sources, and the whole as it was built."""

    root: Path
    whole: BuiltSite

    def edition(self, id_: str) -> BuiltSite:
        """One edition, as a site of its own."""
        return BuiltSite(self.whole.folder / "editions" / id_, LANGUAGES, f"{ADDRESS}editions/{id_}/")

    @property
    def living(self) -> dict[str, Element]:
        """The pages of the living site."""
        return {name: page for name, page in self.whole.pages.items() if not name.startswith("editions/")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    root = tmp_path_factory.mktemp("editions") / "site"
    make(root)
    briefbook(root, "build", "--editions", "--strict")
    return Published(root, BuiltSite(root / "site", LANGUAGES, ADDRESS))


def make(root: Path) -> None:
    """A new site with an edition, then with a fact less and one renamed and another edition, then with a word changed."""
    create_site(root, list(LANGUAGES))
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("# site_url: https://briefing.example.org/", f"site_url: {ADDRESS}")
    config.write_text(text.replace("  - briefbook:\n", "  - briefbook:\n      archive: true\n"), encoding="utf-8")
    for code in LANGUAGES:
        with (root / "content" / "pages" / code / "about.md").open("a", encoding="utf-8") as page:
            page.write("\n[*](editions/index.md) [*](changes.md)\n")
    freeze(root, FIRST, Remarks(NOTE, reconstructed=True))
    edit(root, "terms.yml", r"(?s)  historic-right:\n.*", "")
    for path in (root / "content").rglob("facts/*.yml"):
        edit(root, path.name, "historic-right", "berth-plan")
        edit(root, path.name, "blue-heron", "heron")
    edit(root, "actors.yml", "  heron:\n", "  heron:\n    formerly: [blue-heron]\n")
    freeze(root, SECOND, Remarks({}))
    edit(root, "disputes.yml", "May the port authority give", "Will the port authority give")


def edit(root: Path, name: str, pattern: str, right: str) -> None:
    path = root / "content" / "facts" / name
    path.write_text(re.sub(pattern, right, path.read_text(encoding="utf-8")), encoding="utf-8")


def freeze(root: Path, day: str, remarks: Remarks) -> None:
    content = root / "content"
    settings = Settings(root, LANGUAGES, content / "facts", content / "pages", root / ".cache", root / "site_overrides")
    site = open_site(settings, date.fromisoformat(day))
    assert site.usable, site.diagnostics
    take_snapshot(site, root / "mkdocs.yml", date.fromisoformat(day), remarks)


def briefbook(root: Path, *arguments: str, status: int = 0) -> str:
    command = [sys.executable, "-m", "briefbook", *arguments]
    world = {**environment(), "SOURCE_DATE_EPOCH": "1785628800"}  # 2 August 2026
    done = subprocess.run(command, cwd=root, env=world, capture_output=True, encoding="utf-8", check=False)
    said = done.stdout + done.stderr
    assert status == done.returncode, said
    assert "Traceback" not in said
    return said


def target(page: str, href: str) -> str:
    """The file of the whole site that a browser on a page gets for a link into it; nothing for another host."""
    found = urlsplit(urljoin(ADDRESS + BuiltSite.web_path(page), href))
    if not found.geturl().startswith(ADDRESS):
        return ""
    path = unquote(found.path.removeprefix(urlsplit(ADDRESS).path))
    return f"{path}index.html" if path.endswith("/") or not path else path


# --- what is published ---


def test_one_host_serves_all_of_it(published: Published) -> None:
    files, broken = published.whole.files, []
    for name, page in published.whole.pages.items():
        for element in page.all():
            for attribute in ("href", "src"):
                href = element.attributes.get(attribute, "")
                # The page for what is missing is served at any address.
                there = target(name, href) if href and not href.startswith(("data:", "mailto:", "#")) else ""
                if there and there not in files and posixpath.basename(name) != "404.html":
                    broken.append((name, href))
    assert [] == broken


@pytest.mark.parametrize("id_", [FIRST, SECOND])
def test_every_page_of_an_edition_says_what_it_is_and_leads_to_now(published: Published, id_: str) -> None:
    edition = published.edition(id_)
    words = {"en": {FIRST: "1 July 2026", SECOND: "1 August 2026"}[id_], "ja": {FIRST: "2026年7月1日", SECOND: "2026年8月1日"}[id_]}
    pages = [*edition.in_language()]
    assert {"en/index.html", "ja/disputes/quay-four/index.html", "en/print/index.html", "ja/about/index.html"} <= {name for name, _, _ in pages}
    for name, code, page in pages:
        notice, = page.with_class("bb-showing")
        assert words[code] in notice.text, name
        link, = notice.all("a")
        there = target(f"editions/{id_}/{name}", link.attributes["href"])
        assert there in published.living, (name, there)
        assert code == there.partition("/")[0]
        others = [a.attributes["href"] for a in page.with_class("bb-switch")[0].all("a")]
        assert {f"editions/{id_}/en", f"editions/{id_}/ja"} == {"/".join(target(f"editions/{id_}/{name}", a).split("/")[:3]) for a in others}
        assert there.startswith(f"{code}/{'' if gone(name) else kept(name)}"), (name, there)


def kept(name: str) -> str:
    """Where a page is now, within its language."""
    return name.partition("/")[2].replace("actors/blue-heron/", "actors/heron/")


def gone(name: str) -> bool:
    return "historic-right" in name


def test_a_page_that_is_no_more_says_so(published: Published) -> None:
    page = published.edition(FIRST).pages["en/terms/historic-right/index.html"]
    link, = page.with_class("bb-showing")[0].all("a")
    assert "en/index.html" == target(f"editions/{FIRST}/en/terms/historic-right/index.html", link.attributes["href"])
    assert "no longer" in link.text


def test_only_what_was_put_together_later_says_so(published: Published) -> None:
    said = [published.edition(id_).pages["en/index.html"].with_class("bb-showing")[0].text for id_ in (FIRST, SECOND)]
    assert [True, False] == ["put together later" in words for words in said]
    assert [False, True] == ["the newest edition" in words for words in said]


def test_search_engines_pass_editions_over(published: Published) -> None:
    for id_ in (FIRST, SECOND):
        edition = published.edition(id_)
        for name, page in edition.pages.items():
            if posixpath.basename(name) == "404.html":
                continue
            robots = [meta.attributes["content"] for meta in page.all("meta") if "robots" == meta.attributes.get("name")]
            links = {link.attributes["rel"]: link.attributes["href"] for link in page.all("link")}
            assert ["noindex"] == robots, name
            assert links["canonical"].startswith("../") or links["canonical"].startswith(ADDRESS), name
            assert target(f"editions/{id_}/{name}", links["canonical"]) in published.living, name
        assert not [name for name in edition.files if "sitemap" in name]
    indexed = [name for name, page in published.living.items() if any("robots" == m.attributes.get("name") for m in page.all("meta"))]
    assert [] == indexed
    assert b"editions/2026-07-01/en" not in published.whole.files["sitemap.xml"]


def test_an_edition_knows_the_editions_up_to_itself(published: Published) -> None:
    for id_, known in ((FIRST, {FIRST}), (SECOND, {FIRST, SECOND})):
        pages = published.edition(id_).pages
        assert known == {name.split("/")[2] for name in pages if re.match(r"ja/editions/2", name)}
        # It was all that was said: nothing had changed since.
        assert "Since the last edition" not in pages["en/changes/index.html"].text
    link, = published.edition(FIRST).pages["ja/changes/index.html"].with_class("bb-showing")[0].all("a")
    assert "ja/changes/index.html" == target(f"editions/{FIRST}/ja/changes/index.html", link.attributes["href"])


def test_an_edition_says_what_was_said_then(published: Published) -> None:
    pages = [published.edition(FIRST).pages, published.edition(SECOND).pages, published.living]
    questions = [page["en/disputes/quay-four/index.html"].text for page in pages]
    assert [True, True, False] == ["May the port authority give" in words for words in questions]
    assert [True, False, False] == ["en/terms/historic-right/index.html" in page for page in pages]


# --- the pages about editions ---


def test_the_list_leads_to_every_edition(published: Published) -> None:
    for code in LANGUAGES:
        page = published.living[f"{code}/editions/index.html"]
        led = {target(f"{code}/editions/index.html", a.attributes["href"]) for a in page.all("a") if "href" in a.attributes}
        for id_ in (FIRST, SECOND):
            assert {f"{code}/editions/{id_}/index.html", f"editions/{id_}/{code}/index.html"} <= led
        assert NOTE[code] in page.text


def test_an_edition_can_be_cited(published: Published) -> None:
    for code in LANGUAGES:
        page = published.living[f"{code}/editions/{FIRST}/index.html"]
        bibtex, csl = ("".join(words for _, words in block.texts()) for block in page.all("pre"))
        url = f"{ADDRESS}{code}/editions/{FIRST}/"
        item, = json.loads(csl)
        assert (url, [[2026, 7, 1]], code, FIRST) == (item["URL"], item["issued"]["date-parts"], item["language"], item["version"])
        assert re.match(r"@misc\{[a-z0-9-]+,\n", bibtex)
        assert f"url = {{{url}}}" in bibtex
        assert url in page.text


def test_what_changed_is_told_on_the_page_of_an_edition(published: Published) -> None:
    first, second = (published.living[f"en/editions/{id_}/index.html"] for id_ in (FIRST, SECOND))
    assert "historic right” was removed" in second.text
    assert "Question reworded (English)" in second.text
    assert "Question reworded (English)" in first.text, "and on older ones all that has changed since"


# --- without them, and on their own ---


def test_a_copy_without_editions_says_so(published: Published, tmp_path: Path) -> None:
    briefbook(published.root, "build", "--strict", "-d", str(tmp_path / "site"))
    plain = BuiltSite(tmp_path / "site", LANGUAGES, ADDRESS)
    for code in LANGUAGES:
        page = plain.pages[f"editions/{FIRST}/{code}/index.html"]
        there = [target(f"editions/{FIRST}/{code}/index.html", a.attributes["href"]) for a in page.all("a")]
        assert [f"{each}/editions/{FIRST}/index.html" for each in LANGUAGES] == there
    same = {name for name, content in plain.files.items() if published.whole.files.get(name) == content}
    assert {name for name in plain.files if not name.startswith("editions/")} <= same


def test_one_edition_alone_leads_to_the_published_site(published: Published, tmp_path: Path) -> None:
    briefbook(published.root, "build", "--edition", FIRST, "-d", str(tmp_path / "site"))
    page = BuiltSite(tmp_path / "site", LANGUAGES).pages["ja/actors/blue-heron/index.html"]
    link, = page.with_class("bb-showing")[0].all("a")
    assert f"{ADDRESS}ja/actors/heron/" == link.attributes["href"]


def test_editions_are_left_as_they_are(published: Published) -> None:
    assert "is this edition" not in briefbook(published.root, "check")
    for folder in sorted((published.root / "content" / "editions").iterdir()):
        if folder.is_dir():
            assert {"facts", "manifest.json", "pages"} >= {path.name for path in folder.iterdir()} - {"translations.lock"}


def test_wishes_that_cannot_be_met_are_refused(published: Published, tmp_path: Path) -> None:
    there = ("-d", str(tmp_path / "site"))
    assert "did you mean “2026-07-01”" in briefbook(published.root, "build", "--edition", "2026-07-02", *there, status=1)
    assert "one at a time" in briefbook(published.root, "build", "--edition", FIRST, "--editions", *there, status=2)
    assert "one at a time" in briefbook(published.root, "serve", "--edition", FIRST, "--compare", FIRST, status=2)
    assert "no edition “nothing”" in briefbook(published.root, "serve", "--edition", "nothing", status=2)
    assert not (tmp_path / "site").exists()
    copy = tmp_path / "copy"
    shutil.copytree(published.root, copy)
    (copy / "content" / "editions" / FIRST / "facts" / "actors.yml").write_text("actors: {}\n", encoding="utf-8")
    assert "not as it was when the edition was frozen" in briefbook(copy, "build", "--edition", FIRST, *there, status=1)
    (copy / "mkdocs.yml").write_text((copy / "mkdocs.yml").read_text(encoding="utf-8").replace("archive: true", "archive: false"), encoding="utf-8")
    assert "archive: true" in briefbook(copy, "build", "--editions", *there, status=2)


# --- what was known on a day ---


def test_what_was_known_on_a_day_comes_from_the_edition_there_was(published: Published, tmp_path: Path) -> None:
    briefbook(published.root, "build", "--as-of", "2026-07-31", "-d", str(tmp_path / "site"))
    page = BuiltSite(tmp_path / "site", LANGUAGES).pages["en/disputes/quay-four/index.html"]
    notice, = page.with_class("bb-showing")
    assert "as of 31 July 2026, from the edition of 1 July 2026" in notice.text
    assert "put together later" in notice.text
    assert "May the port authority give" in page.text


def test_a_day_before_all_editions_goes_by_dates_and_says_so(published: Published, tmp_path: Path) -> None:
    briefbook(published.root, "build", "--as-of", "2025-06-01", "-d", str(tmp_path / "site"))
    site = BuiltSite(tmp_path / "site", LANGUAGES)
    assert "no edition is so old" in site.pages["en/index.html"].with_class("bb-showing")[0].text
    assert "en/events/draft-plan/index.html" in site.files, "of 3 February 2025"
    assert "en/events/hearing/index.html" not in site.files, "of 1 July 2025"
    assert "en/events/hearing/index.html" in published.living


def test_a_day_that_is_yet_to_come_is_refused(published: Published, tmp_path: Path) -> None:
    there = str(tmp_path / "site")
    assert "yet to come" in briefbook(published.root, "build", "--as-of", "2026-08-03", "-d", there, status=1)
    assert not Path(there).exists()


# --- for reviewers ---


def test_an_edition_is_served_as_it_was(published: Published, tmp_path: Path) -> None:
    with briefbook_serving(published.root / "mkdocs.yml", tmp_path / "log", "--edition", FIRST) as address:
        page = f"{address}deep/en/terms/historic-right/"
        assert comes_true(lambda: "This is the edition of 1 July 2026" in fetched(page)), (tmp_path / "log").read_text(encoding="utf-8")
        # There is no living site beside a preview.
        assert "bb-showing" in fetched(page)
        assert "as it is now" not in fetched(page)


def test_what_differs_is_marked_while_serving_and_follows_edits(published: Published, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(published.root, root)
    with briefbook_serving(root / "mkdocs.yml", tmp_path / "log", "--compare", SECOND) as address:
        page = f"{address}deep/en/disputes/quay-four/"
        assert comes_true(lambda: 'class="bb-compared"' in fetched(page)), (tmp_path / "log").read_text(encoding="utf-8")
        assert "question reworded (English)" in fetched(page)
        assert 'class="bb-compared"' not in fetched(f"{address}deep/en/terms/berth-plan/")
        edit(root, "terms.yml", "a port says", "a harbour says")
        assert comes_true(lambda: "a harbour says" in fetched(f"{address}deep/en/terms/berth-plan/"))
        assert 'class="bb-compared"' in fetched(f"{address}deep/en/terms/berth-plan/")


# --- the slider ---


def test_a_reader_slides_through_the_editions(published: Published, browser: Browser) -> None:
    with served(published.whole.folder) as address:
        browser.open(f"{address}ja/")
        shown = "return [...document.querySelectorAll('.bb-moment')].filter((one) => one.offsetHeight).map((one) => one.dataset.day)"
        assert ["2026年8月1日"] == browser.run(shown)
        browser.run(
            "const slider = document.querySelector('.bb-through input'); slider.value = 0; slider.dispatchEvent(new Event('input'))"
        )
        assert ["2026年7月1日"] == browser.run(shown)
        assert "2026年7月1日" == browser.run("return document.querySelector('.bb-through output').textContent")
