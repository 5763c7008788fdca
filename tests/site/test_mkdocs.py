"""What `mkdocs build` makes of whole sites: languages, navigation, links, search, and what must not be published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from builtsites import BuiltSite, configured, language_of, mkdocs
from htmlpages import Element
from sitecases import case

from briefbook.search import SEPARATOR

# Attributes whose words are seen or heard.
_WORDED = ("title", "aria-label", "placeholder", "alt", "aria-description")
# What a page makes a browser fetch by itself.
_FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "embed": "src",
    "object": "data", "image": "href", "use": "href",
}
_FETCHED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "manifest", "modulepreload"}
# Every kind of file that belongs into a published site.
_PUBLISHED = [
    r"(index|404)\.html",
    r"{lang}/([a-z0-9-]+/){{0,2}}index\.html",
    r"{lang}/disputes/[a-z0-9-]+/side-by-side/index\.html",
    r"{lang}/data/[a-z0-9-]+\.csv",
    r"{lang}/data/cards-[a-z]+\.js",
    r"{lang}/((disputes|actors)/[a-z0-9-]+/)?changes\.atom",
    r"{lang}/search/search_index\.json",
    r"assets/[a-z-]+\.(css|js|svg|png|ico)",
    r"assets/(images|javascripts|stylesheets)/.+\.(png|js|css|map)",
    r"assets/javascripts/lunr/(min/)?[a-z.-]+\.js",
    r"({lang}/)?sitemap\.xml",
    r"editions/[0-9-]{{10}}/({lang}/)?index\.html",
]
# The same in more than one language.
_NAMES = {"briefbook", "Navigation", "BibTeX", "CSL-JSON"}


def test_every_page_says_its_language(built: BuiltSite) -> None:
    expected = {name: code for name, code, _ in built.in_language()} | {"index.html": built.languages[0]}
    # What stands in the place of an edition in full is of all languages.
    actual = {name: language_of(page) for name, page in built.pages.items() if not re.fullmatch(r"404\.html|editions/.*", name)}
    assert expected == actual


def test_every_page_runs_as_its_script_does(trilingual_site: BuiltSite) -> None:
    expected = {name: "rtl" if code == "ar" else "ltr" for name, code, _ in trilingual_site.in_language()}
    actual = {name: next(page.all("body")).attributes.get("dir") for name, _, page in trilingual_site.in_language()}
    assert expected == actual


def test_the_page_of_all_languages_and_the_missing_page_speak_each_of_them(built: BuiltSite) -> None:
    for name in ("index.html", "404.html"):
        content = next(built.pages[name].all("article"))
        assert {*built.languages} <= {element.lang for element in content.all()}, name


def test_search_engines_are_told_of_every_translation(trilingual_site: BuiltSite) -> None:
    told = {name: _alternates(page) for name, page in trilingual_site.pages.items() if name != "404.html"}
    wrong = []
    for name, rows in told.items():
        for lang, href in rows.items():
            there = trilingual_site.target(name, href)
            if not href.startswith(trilingual_site.address):
                wrong.append(f"{name}: {lang} is not absolute: {href}")
            elif there is None:
                wrong.append(f"{name}: {lang} leads nowhere: {href}")
            elif rows != told[there]:
                wrong.append(f"{name}: {there} does not say the same")
        if not {*trilingual_site.languages} <= {*rows}:
            wrong.append(f"{name}: names only {sorted(rows)}")
    assert [] == wrong
    assert trilingual_site.address == told["index.html"].get("x-default")


def test_the_language_switch_leads_to_the_same_page_and_back(built: BuiltSite) -> None:
    wrong = []
    for name, code, page in built.in_language():
        for other in built.languages:
            same = f"{other}/{name.partition('/')[2]}"
            expected = same if same in built.files else f"{other}/index.html"
            if expected != (there := _switched(built, name, page, other)):
                wrong.append(f"{name} → {other}: {there}, not {expected}")
            elif there == same and name != _switched(built, same, built.pages[same], code):
                wrong.append(f"{same} → {code} does not lead back")
    assert [] == wrong


def test_what_comes_before_and_after_is_in_the_same_language(built: BuiltSite) -> None:
    leaving = [
        (name, element.attributes["href"])
        for name, code, page in built.in_language() for element in page.all("link", "a")
        if {"prev", "next"} & {*element.attributes.get("rel", "").split()}
        and not (built.target(name, element.attributes["href"]) or "").startswith(f"{code}/")
    ]
    assert [] == leaving


def test_the_navigation_stays_in_its_language(built: BuiltSite) -> None:
    leaving = {
        (name, href)
        for name, code, page in built.in_language() for nav in page.all("nav")
        for href in (a.attributes["href"] for a in nav.all("a") if "href" in a.attributes and not a.has(css="bb-switch"))
        if not href.startswith(("#", "http")) and not (built.target(name, href) or "").startswith(f"{code}/")
    }
    assert set() == leaving


def test_the_interface_speaks_the_language_of_the_page(built: BuiltSite) -> None:
    """A word of the interface that stands on a page and on its translation has not been translated."""
    first = built.languages[0]
    own = {name.partition("/")[2]: _interface(page, first) for name, code, page in built.in_language() if code == first}
    foreign = {
        (code, words)
        for name, code, page in built.in_language() if code != first
        for words in _interface(page, code) & own.get(name.partition("/")[2], set()) - _NAMES
    }
    assert set() == foreign


def test_nothing_on_an_arabic_page_is_in_latin_letters(trilingual_site: BuiltSite) -> None:
    """All facts and labels of the case are there in Arabic, so whatever is left over was written by a program."""
    latin = {
        words.strip()
        for _, code, page in trilingual_site.in_language() if code == "ar"
        for element in page.all("head", "body") for words in _words(element, "ar") if re.search("[A-Za-z]", words)
    }
    assert set() == latin - _NAMES


def test_every_internal_link_leads_somewhere(built: BuiltSite) -> None:
    assert [] == _broken_links(built)


def test_every_note_is_referred_to(built: BuiltSite) -> None:
    idle = [
        f"{name}#{anchor}"
        for name, page in built.pages.items() for anchor in sorted(built.anchors[name])
        if re.fullmatch(r"note-\d+", anchor) and not any(a.attributes.get("href") == f"#{anchor}" for a in page.all("a"))
    ]
    assert [] == idle


def test_nothing_of_the_workshop_is_published(built: BuiltSite) -> None:
    lang = f"({'|'.join(built.languages)})"
    allowed = re.compile("|".join(f"({pattern.format(lang=lang)})" for pattern in _PUBLISHED))
    assert [] == [name for name in built.files if not allowed.fullmatch(name)]


def test_nothing_is_fetched_from_another_host(built: BuiltSite) -> None:
    fetched = [(name, href) for name, page in built.pages.items() for href in _fetched(page)]
    fetched += [(name, href) for name, content in built.files.items() if name.endswith(".css") for href in _in_css(content)]
    outside = [(name, href) for name, href in fetched if urlsplit(href).netloc and urlsplit(href).scheme != "data"]
    assert [] == outside


def test_each_language_has_a_search_index_of_its_own(built: BuiltSite) -> None:
    indexes = {name for name in built.files if name.endswith("search_index.json")}
    assert {f"{code}/search/search_index.json" for code in built.languages} == indexes
    for code in built.languages:
        index = json.loads(built.files[f"{code}/search/search_index.json"])
        assert ([code], SEPARATOR) == (index["config"]["lang"], index["config"]["separator"])
        places = {f"{code}/{doc['location'].partition('#')[0]}index.html" for doc in index["docs"]}
        assert places <= {*built.files}
        sought = {name for name, lang, page in built.in_language() if lang == code and not _moved(page)}
        # What says again what other pages say is not found besides them.
        assert {name for name in sought if not re.search(r"/(side-by-side|print|changes)/index\.html$", name)} == places


def test_each_page_looks_for_the_index_of_its_language(built: BuiltSite) -> None:
    for name, code, page in built.in_language():
        config = json.loads("".join(_script(page, "__config")))
        assert f"{code}/search/search_index.json" == built.target(name, f"{config['base']}search/search_index.json"), name


def test_a_page_that_moved_leads_on(harbour_site: BuiltSite) -> None:
    page = harbour_site.pages["ja/actors/nord-wind/index.html"]
    refresh = next(m for m in page.all("meta") if m.attributes.get("http-equiv") == "refresh")
    address = refresh.attributes["content"].partition("url=")[2]
    assert "ja/actors/nordwind/index.html" == harbour_site.target("ja/actors/nord-wind/index.html", address)


def test_sites_without_a_folder_for_each_page_are_refused(tmp_path: Path) -> None:
    """Links in charts and from former addresses are made for a folder for each page."""
    wanted = case("minimal")
    config = configured(wanted.copied(tmp_path / "case"), wanted.languages, use_directory_urls=False)
    done = mkdocs("build", "-f", config, "-d", tmp_path / "site")
    assert 0 != done.returncode
    assert "briefbook needs use_directory_urls: true" in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


def _alternates(page: Element) -> dict[str, str]:
    links = (e.attributes for e in page.all("link") if "alternate" in e.attributes.get("rel", "").split() and "hreflang" in e.attributes)
    return {link["hreflang"]: link["href"] for link in links}


def _switched(site: BuiltSite, name: str, page: Element, other: str) -> str | None:
    """Where the language switch on a page leads to for the language `other`."""
    links = [a for a in page.all("a") if a.has(css="bb-switch") and a.attributes.get("hreflang") == other]
    assert 1 == len(links), f"{name}: {len(links)} switches to {other}"
    return site.target(name, links[0].attributes["href"])


def _interface(page: Element, code: str) -> set[str]:
    """The words on a page that are not its content: around the article, and in attributes."""
    found = set()
    for element in page.all():
        if not element.has(tag="article"):
            found |= {element.attributes[name] for name in _WORDED if name in element.attributes and element.lang == code}
    for element, words in next(page.all("body")).texts():
        if not element.has(tag="article") and element.lang == code:
            found.add(words.strip())
    # The page's own name may be repeated around it, and be the same in both; what has no letters needs no translation.
    names = {title.text for title in page.all("h1")}
    return {words for words in found - names if re.search(r"[^\W\d_]", words)}


def _words(element: Element, code: str) -> Iterator[str]:
    """All words below an element that are in a language: characters, attributes, and what machines read out."""
    for holder, words in element.texts():
        if holder.lang == code:
            yield words
    for holder in element.all():
        if holder.lang == code:
            yield from (holder.attributes[name] for name in _WORDED if name in holder.attributes)
            if holder.tag == "meta" and holder.attributes.get("name") == "description":
                yield holder.attributes["content"]


def _addresses(page: Element) -> Iterator[str]:
    for element in page.all():
        for name in ("href", "src", "data", "action", "xlink:href"):
            if name in element.attributes:
                yield element.attributes[name]
        if element.attributes.get("http-equiv") == "refresh":
            yield element.attributes["content"].partition("url=")[2]


def _is_ours(href: str, site: BuiltSite) -> bool:
    return not urlsplit(href).scheme or bool(site.address and href.startswith(site.address))


def _broken_links(site: BuiltSite) -> list[str]:
    return [
        f"{name}: {href}: {problem}"
        for name, page in site.pages.items() for href in _addresses(page)
        if _is_ours(href, site) and (problem := _broken(site, name, href))
    ]


def _broken(site: BuiltSite, name: str, href: str) -> str:
    there = site.target(name, href)
    if there is None:
        return "no such file"
    anchor = urlsplit(href).fragment
    # Material's own script makes these while the page is open.
    if not anchor or anchor.startswith("__"):
        return ""
    return "" if anchor in site.anchors.get(there, ()) else "no such anchor"


def _fetched(page: Element) -> Iterator[str]:
    for element in page.all():
        if element.tag in _FETCHED and (href := element.attributes.get(_FETCHED[element.tag])):
            yield href
        if element.tag == "link" and _FETCHED_LINKS & {*element.attributes.get("rel", "").split()}:
            yield element.attributes["href"]
        yield from (part.split()[0] for part in element.attributes.get("srcset", "").split(",") if part.strip())
        yield from _in_css(element.attributes.get("style", "").encode())
        if element.tag == "style":
            yield from _in_css("".join(map(str, element.inside)).encode())


def _in_css(content: bytes) -> Iterable[str]:
    text = content.decode()
    return re.findall(r"url\(\s*['\"]?([^'\")]+)", text) + re.findall(r"@import\s+['\"]([^'\"]+)", text)


def _script(page: Element, id_: str) -> Iterator[str]:
    return (str(part) for e in page.all("script") if e.attributes.get("id") == id_ for part in e.inside)


def _moved(page: Element) -> bool:
    return any(e.attributes.get("http-equiv") == "refresh" for e in page.all("meta"))
