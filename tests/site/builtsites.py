"""Sites as `mkdocs build` really makes them: how to build one, and what lies in it."""

from __future__ import annotations

import os
import posixpath
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from htmlpages import Element, html_element, read_html

REPOSITORY = Path(__file__).parents[2]
_ANYWHERE = "https://anywhere.invalid/"


@dataclass
class BuiltSite:
    """A site that was built into `folder`; `address` is where it says it will be published, if it does."""

    folder: Path
    languages: tuple[str, ...]
    address: str = ""

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file, by its place."""
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file()}

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Every HTML page, read, by its place."""
        return {name: read_html(content.decode()) for name, content in self.files.items() if name.endswith(".html")}

    @cached_property
    def anchors(self) -> dict[str, frozenset[str]]:
        """What can be jumped to on each page."""
        return {
            name: frozenset(e.attributes["id"] for e in page.all() if "id" in e.attributes)
            for name, page in self.pages.items()
        }

    def in_language(self) -> Iterator[tuple[str, str, Element]]:
        """Every page in the folder of a language: its place, the language, the page."""
        for name, page in self.pages.items():
            code = name.partition("/")[0]
            if "/" in name and code in self.languages:
                yield name, code, page

    def target(self, page: str, href: str) -> str | None:
        """The file that a browser on `page` gets for `href`; None where there is none, or it is not of this site."""
        base = self.address or _ANYWHERE
        found = urlsplit(urljoin(base + self.web_path(page), href))
        here = urlsplit(base)
        if found[:2] != here[:2] or not found.path.startswith(here.path):
            return None
        path = unquote(found.path.removeprefix(here.path))
        name = f"{path}index.html" if path.endswith("/") or not path else path
        return name if name in self.files else None

    @staticmethod
    def web_path(page: str) -> str:
        """The address of a page below that of the site."""
        return page.removesuffix("index.html") if posixpath.basename(page) == "index.html" else page


# Harmless texts in place of attacks make facts alike, which is not what these sites are about.
_ALIKE = ("D501",)


def configured(folder: Path, languages: tuple[str, ...], **settings: Any) -> Path:
    """Write a mkdocs.yml, as a user of the plugin would have it, for the copied case in `folder`; gives its path."""
    theme = {"name": "material", "custom_dir": "overrides", "language": languages[0], "font": False}
    wanted = {
        "site_name": "briefing", "docs_dir": "pages", "theme": theme,
        "plugins": ["search", {"briefbook": {"languages": [*languages], "facts": "facts", "ignore": [*_ALIKE]}}], **settings,
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(wanted, allow_unicode=True), encoding="utf-8")
    return path


def mkdocs(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    command = [sys.executable, "-m", "mkdocs", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment(), check=False)


def environment() -> Mapping[str, str]:
    """The environment for MkDocs: without notices that have nothing to do with us."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1735689600"}


def build(config: Path, site_dir: Path, languages: tuple[str, ...], *options: str, address: str = "") -> BuiltSite:
    """Build a site that must build, and give it."""
    done = mkdocs("build", "--quiet", "-f", config, "-d", site_dir, *options)
    assert 0 == done.returncode, done.stdout + done.stderr
    return BuiltSite(site_dir, languages, address)


def language_of(page: Element) -> str:
    """What a page says its language is."""
    return html_element(page).attributes.get("lang", "")
