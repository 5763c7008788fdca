"""Writes a site as plain folders that stock MkDocs with Material, or Zensical, builds without this package.

A door: the same pages and files as the plugin hands to MkDocs, put on disk all together or not at all.
"""

from __future__ import annotations

import posixpath
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown import markdown  # type: ignore[import-untyped]

from briefbook.chartcache import ChartCache
from briefbook.host import MARKDOWN_EXTENSIONS, SCRIPTS, STYLE_SHEETS, inert, interface_file
from briefbook.navigation import as_nav
from briefbook.portable import SHARED, Portable, portable
from briefbook.rendering import Page, assets, drawn, front_matter, illustrated
from briefbook.search import settings_of
from briefbook.site import Settings, Site
from briefbook.typesetting import typeset
from briefbook.views import addresses
from briefbook.views.blocks import Picture

MARKER = ".briefbook-export"
FEATURES = ("navigation.tabs", "navigation.top", "toc.follow")
_MARK = "Written by `briefbook export`, which replaces this folder wholly when it is run again.\n"

class ExportError(Exception):
    """The export cannot be made as asked, for the reason it says; what was there before is as it was."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: where, how many pages in each language, how many files in all.

    `warnings` say what will not be right with every host.
    """

    target: Path
    pages: Mapping[str, int]
    files: int
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = ", ".join(f"{count} pages in {code}" for code, count in self.pages.items())
        return f"{self.files} files written to {self.target}: {counts}."


@dataclass(frozen=True)
class _Export:
    """What all parts of one export need to know. `site_url` is empty where the site's address is not known."""

    site: Site
    site_url: str
    features: tuple[str, ...]
    cache: ChartCache | None

    @cached_property
    def portable(self) -> Mapping[str, Portable]:
        """The texts of the hand-written pages."""
        own = {page.uri for page in self.site.own_pages}
        folder = self.site.settings.pages
        return {
            page.uri: portable(page, lambda path: (folder / path).is_file(), self.site_url)
            for page in self.site.pages if page.uri in own
        }

    def pages(self, code: str) -> list[Page]:
        """The pages of a language; the front page belongs to none."""
        return [page for page in self.site.pages if page.lang == code and page.uri != addresses.FRONT]

    def draw(self, block: Picture, page: Page) -> str:
        """A chart. Zensical would bend its links, which are HTML, if it knew them; it does not know this older name."""
        svg = self.cache.drawn(block, page) if self.cache else drawn(block, page)
        return re.sub(r'(<a\b[^>]*?)\shref="', r'\1 xlink:href="', svg)


def export_site(
    site: Site, target: Path, *, site_url: str | None = None, features: Sequence[str] = FEATURES,
    cache: ChartCache | None = None,
) -> ExportReport:
    """Write `site` into the folder `target`, in place of an earlier export there, of which nothing remains.

    Raises ExportError for an address that is none, and for a target that holds anything but an earlier export.
    The facts must have no errors.
    """
    assert site.usable, "a site with errors must not be exported"
    export = _Export(site, _address(site_url), tuple(features), cache)
    place = _place(target, site.settings)
    staging = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        content = dict(_files(export))
        for name, data in content.items():
            _write(staging / name, data)
        _put(staging, place)
    except OSError as problem:
        raise ExportError(f"{problem.filename or place}: {problem.strerror}; {target} was left as it was") from problem
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    counts = {code: len(export.pages(code)) for code in site.languages}
    warnings = tuple(warning for text in export.portable.values() for warning in text.warnings)
    return ExportReport(place, counts, len(content), warnings)


def _address(site_url: str | None) -> str:
    """The site's address with a slash at its end, or nothing."""
    if not site_url:
        return ""
    parts = urlsplit(site_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ExportError(f"“{site_url}” is not the address of a site; it would look like https://example.org/briefing/")
    return site_url.rstrip("/") + "/"


def _place(target: Path, settings: Settings) -> Path:
    """Where to write, links followed. Refused: whatever holds, or is part of, anything but an earlier export."""
    place = target.resolve()
    for source in (settings.facts, settings.pages, settings.overrides):
        if source is not None and place.is_relative_to(source.resolve()):
            raise ExportError(f"{target} lies among the site's sources; export to a folder outside {source}")
    if place.exists() and not place.is_dir():
        raise ExportError(f"{target} is a file; export needs a folder")
    if place.is_dir() and any(place.iterdir()) and not (place / MARKER).is_file():
        raise ExportError(f"{target} is not empty and not an earlier export; name another folder, or empty it first")
    return place


def _files(export: _Export) -> Iterator[tuple[str, bytes]]:
    """Every file of the export: its place and its bytes."""
    yield MARKER, _MARK.encode()
    yield "README.md", _read_me(export.site).encode()
    yield from _tree(package_files("briefbook") / "export_theme" / "overrides", "overrides")
    for code in export.site.languages:
        yield f"mkdocs.{code}.yml", _config(export, code).encode()
        yield from _language(export, code)
    yield "site/index.html", _front(export).encode()


def _language(export: _Export, code: str) -> Iterator[tuple[str, bytes]]:
    """The documents of one language."""
    docs = f"{code}/docs"
    for page in export.pages(code):
        yield f"{docs}/{_within(page.uri)}", _document(export, page).encode()
        for asset in assets(page):
            yield f"{docs}/{_within(asset.uri)}", asset.content
    for asset in export.site.assets:
        if asset.uri.startswith(f"{code}/"):
            yield f"{docs}/{_within(asset.uri)}", asset.content
    for theme in ("theme", "export_theme"):
        yield from _tree(package_files("briefbook") / theme / "assets", f"{docs}/assets")
    folder = export.site.settings.pages
    yield from _own_files(folder / code, docs)
    shared = {path for page in export.pages(code) if (it := export.portable.get(page.uri)) for path in it.shared}
    for path in sorted(shared):
        yield f"{docs}/{SHARED}/{path}", (folder / path).read_bytes()


def _within(uri: str) -> str:
    """A place within its language."""
    return uri.partition("/")[2]


def _tree(folder: Traversable, to: str) -> Iterator[tuple[str, bytes]]:
    """The files in a folder of the package."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _tree(item, f"{to}/{item.name}")
        else:
            yield f"{to}/{item.name}", item.read_bytes()


def _own_files(folder: Path, to: str) -> Iterator[tuple[str, bytes]]:
    """What lies beside the hand-written pages of a language: images and the like."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and path.suffix != ".md" and not any(part.startswith(".") for part in parts):
            yield f"{to}/{'/'.join(parts)}", path.read_bytes()


def _document(export: _Export, page: Page) -> str:
    """A page as a Markdown file."""
    own = export.portable.get(page.uri)
    text = typeset(own.text, page.lang) if own else illustrated(page, export.draw)
    return front_matter(_meta(export, page)) + text


def _meta(export: _Export, page: Page) -> dict[str, object]:
    """What the templates need to know of a page."""
    meta: dict[str, object] = {"description": inert(page.description), "lang": page.lang, "direction": page.direction}
    if page.title != export.site.title(page.lang):  # or the site's name would stand twice in the window's title
        meta = {"title": inert(page.title), **meta}
    if not page.searchable:
        meta["search"] = {"exclude": True}
    if len(export.site.languages) > 1:
        meta["alternates"] = [_alternate(export, page, code) for code in export.site.languages]
        meta["otherwise"] = _otherwise(export, page)
    if page.feed is not None:
        meta["feed"] = {"href": addresses.file_relative(page.feed.uri, page.uri), "title": inert(page.feed.title)}
    return meta


def _alternate(export: _Export, page: Page, code: str) -> dict[str, object]:
    """The page in a language: relative for readers, absolute for search engines where the address is known.

    Where there is none, the language's state of play `instead`.
    """
    language = export.site.languages[code]
    target = page.alternates.get(code)
    link = addresses.web_relative(target or addresses.home(code), page.uri)
    row: dict[str, object] = {"lang": code, "name": language.own_name, "direction": language.direction, "link": link}
    if target is None:
        return {**row, "instead": True}
    return {**row, "url": export.site_url + addresses.web_path(target)} if export.site_url else row


def _otherwise(export: _Export, page: Page) -> str:
    """Where readers of any other language go: from a state of play to the front page, else to the first language."""
    first = next(page.alternates[code] for code in export.site.languages if code in page.alternates)
    target = addresses.FRONT if page.uri == addresses.home(page.lang) else first
    if export.site_url:
        return export.site_url + addresses.web_path(target).removeprefix("./")
    return addresses.web_relative(target, page.uri)


def _config(export: _Export, code: str) -> str:
    """The configuration of one language, in the words that MkDocs and Zensical share."""
    words = export.site.languages[code].labels
    entries = export.site.navigation(code)
    index = settings_of(code)
    values: dict[str, object] = {
        "site_name": inert(export.site.title(code)),
        **({"site_url": f"{export.site_url}{code}/"} if export.site_url else {}),
        "copyright": inert(export.site.title(code)),  # at the foot of every page, as in the plugin's theme
        "docs_dir": f"{code}/docs",
        "site_dir": f"site/{code}",
        "use_directory_urls": True,
        "theme": _theme(export, code),
        "nav": as_nav(entries, _within),
        "not_in_nav": _outside({page.uri for entry in entries for page in entry.pages()}, export.pages(code)),
        "plugins": [{"search": {"lang": index["lang"], "separator": index["separator"]}}],
        "markdown_extensions": [*MARKDOWN_EXTENSIONS, {"toc": {"permalink": False}}],
        "extra_css": [*STYLE_SHEETS, "assets/export.css"],
        "extra_javascript": list(SCRIPTS),
        # `alternate` switches the language switch on; what it shows comes from each page's front matter.
        "extra": {
            "language": code, "alternate": len(export.site.languages) > 1, "generator": False,
            "not_found": {"title": words["not-found.title"], "text": words["not-found.text"]},
        },
        "validation": {"links": {"anchors": "warn", "absolute_links": "warn"}},
    }
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)


def _theme(export: _Export, code: str) -> dict[str, object]:
    language = export.site.languages[code]
    words = language.labels
    system, light, dark = "(prefers-color-scheme)", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"
    return {
        "name": "material",
        "variant": "classic",  # Zensical's templates as Material's; Material has no others
        "custom_dir": "overrides",
        "language": interface_file(code),
        "direction": language.direction,
        "font": False,
        "features": list(export.features),
        # First as the reader's system is, also when that changes. A switch says what it leads to.
        "palette": [
            {"media": system, "toggle": {"icon": "material/weather-sunny", "name": inert(words["palette.light"])}},
            {"media": light, "scheme": "default", "toggle": {"icon": "material/weather-night", "name": inert(words["palette.dark"])}},
            {"media": dark, "scheme": "slate", "toggle": {"icon": "material/theme-light-dark", "name": inert(words["palette.system"])}},
        ],
    }


def _outside(listed: set[str], pages: Sequence[Page]) -> str:
    """The pages outside the navigation, as patterns: whole folders where they lie in one."""
    rest = [_within(page.uri) for page in pages if page.uri not in listed]
    return "\n".join(sorted({f"/{folder}/*.md" if (folder := posixpath.dirname(uri)) else f"/{uri}" for uri in rest}))


def _front(export: _Export) -> str:
    """The front page in all languages, as plain HTML beside the languages' built sites."""
    page = next(page for page in export.site.pages if page.uri == addresses.FRONT)
    body = markdown(typeset(page.markdown, page.lang), extensions=list(MARKDOWN_EXTENSIONS))
    content = re.sub(r'(?<=href=")([^":?#]+\.md)(?=["#])', lambda match: addresses.web_relative(match[1], page.uri), body)
    rows = [{"lang": code, "href": _href(export, target)} for code, target in page.alternates.items()]
    rows.append({"lang": "x-default", "href": _href(export, page.uri)})
    title = " · ".join(dict.fromkeys(export.site.title(code) for code in export.site.languages))
    return _templates().get_template("front.html").render(
        page=page, title=title, alternates=rows, content=content
    )


def _href(export: _Export, target: str) -> str:
    """An address as the front page gives it."""
    path = addresses.web_path(target)
    return export.site_url + path.removeprefix("./") if export.site_url else path


def _read_me(site: Site) -> str:
    title = site.title(next(iter(site.languages)))
    return _templates().get_template("README.md").render(title=title, languages=list(site.languages))


def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("briefbook", "export_theme"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _put(staging: Path, place: Path) -> None:
    """Move the finished folder to its place. What was there comes back if that fails."""
    if not place.exists():
        staging.rename(place)
        return
    old = staging.with_name(f"{staging.name}.old")
    place.rename(old)
    try:
        staging.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old)
