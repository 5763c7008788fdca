"""Hand-written texts made to hold where each language is a site of its own, built by one host or another.

Pure: it is told which files there are, and says which of them a page needs and what cannot be put right.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from briefbook.rendering import Page
from briefbook.views import addresses

# Where a language keeps files that lie outside its folder but that its pages show.
SHARED = "shared"
# Code, which is left alone; a Markdown link or image that climbs; a relative address in HTML.
_ADDRESS = re.compile(
    r"(?P<code>```.*?```|~~~.*?~~~|`[^`\n]*`)"
    r"|(?P<image>!?)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*<?(?P<to>(?:\.\./)+[^()\s<>]+)>?(?P<title>\s+\"[^\"\n]*\")?\s*\)"
    r"|(?P<attribute>(?<![\w:-])(?:href|src)=[\"'])(?P<at>(?![a-zA-Z][\w+.-]*:|[/#?])[^\"'<>]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Portable:
    """A text that holds everywhere, the files from outside its language that it shows, and what remains wrong."""

    text: str
    shared: frozenset[str]
    warnings: tuple[str, ...]


def portable(page: Page, is_file: Callable[[str], bool], site_url: str) -> Portable:
    """The text of a hand-written page for a site of its language alone.

    Addresses within the language stay as they are. `is_file` tells which files of the whole site there are, by their
    place from its top; `site_url` is empty where it is not known.
    """
    work = _Work(page, is_file, site_url)
    text = _ADDRESS.sub(work.settle, page.markdown)
    return Portable(text, frozenset(work.shared), tuple(dict.fromkeys(work.warnings)))


@dataclass
class _Work:
    page: Page
    is_file: Callable[[str], bool]
    site_url: str
    shared: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def settle(self, match: re.Match[str]) -> str:
        """One piece of code, link, image or HTML attribute."""
        if match["code"]:
            return match[0]
        if match["attribute"]:
            return match["attribute"] + self._in_html(match["at"])
        words = _ADDRESS.sub(self.settle, match["words"])
        to, title = match["to"], match["title"] or ""
        path, rest = _parts(to)
        target = _from_top(path, posixpath.dirname(self.page.uri))
        if self._is_foreign_page(target):
            return self._to_another_language(target, rest, words)
        return f"{match['image']}[{words}]({self._moved(to, posixpath.dirname(self.page.uri))}{title})"

    def _in_html(self, address: str) -> str:
        """Hosts disagree on where a relative address in HTML starts, except on a folder's own page."""
        moved = self._moved(address, addresses.web_path(self.page.uri))
        if not self.page.uri.endswith("index.md"):
            self.warnings.append(
                f"{self.page.uri}: Zensical takes the address “{address}” in HTML as starting at the file, MkDocs at the "
                "page; write it in Markdown"
            )
        return moved

    def _to_another_language(self, target: str, rest: str, words: str) -> str:
        """A link to a page that is not among the host's. Where the site's address is known, no host touches it."""
        if self.site_url:
            return f"[{words}]({self.site_url}{addresses.web_path(target)}{rest})"
        self.warnings.append(
            f"{self.page.uri}: Zensical leads the link to {target} astray unless the site's address is known"
        )
        return f'<a href="{addresses.web_relative(target, self.page.uri)}{rest}">{words}</a>'

    def _moved(self, address: str, base: str) -> str:
        """The address, seen from `base`, of a file that is copied into the page's language; any other as it is."""
        path, rest = _parts(address)
        target = _from_top(unquote(path), base)
        if self._is_at_home(target) or target.endswith(".md") or not self.is_file(target):
            return address
        self.shared.add(target)
        up = posixpath.relpath(self.page.lang, base)
        return f"{up}/{SHARED}/{_from_top(path, base)}{rest}".removeprefix("./")

    def _is_foreign_page(self, target: str) -> bool:
        return target.endswith(".md") and not self._is_at_home(target)

    def _is_at_home(self, target: str) -> bool:
        """Whether a place is in the page's own language; one above the site is nobody's and left alone too."""
        return target.startswith((f"{self.page.lang}/", "../"))


def _from_top(path: str, base: str) -> str:
    return posixpath.normpath(posixpath.join(base, path))


def _parts(address: str) -> tuple[str, str]:
    """An address as its path, and what follows from `#` or `?` on."""
    end = min((i for i in (address.find("#"), address.find("?")) if i >= 0), default=len(address))
    return address[:end], address[end:]
