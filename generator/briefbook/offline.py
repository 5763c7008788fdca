"""Makes a built site one that is read from a folder, without any server: opened as a file, handed on as a zip.

A browser that opens a folder lists what is in it, so every link to a folder is made to lead to the page in it; and search
reads its index from a script, since it may not fetch a file.
"""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files as package_files
from pathlib import Path

# In the tags of a page: what links and the search settings are written as. Text between tags holds no bare “<”.
_LINK = re.compile(r'(<[^<>]*?\s(?:xlink:)?href=")([^"]*)(")')
_SCRIPT = re.compile(r'(<script src="([^"]*?)assets/javascripts/bundle\.)')
_SHIM = "offline.js"


def take_offline(site: Path) -> None:
    """Change the pages of a built site in place."""
    for scripts in sorted(site.rglob("assets/javascripts")):  # those of each edition too
        shutil.copyfile(str(package_files("briefbook") / "offline_theme" / _SHIM), scripts.parent / _SHIM)
    for page in sorted(site.rglob("*.html")):
        page.write_text(_page(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for index in sorted(site.rglob("search_index.json")):
        index.with_suffix(".js").write_text(_index(index.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        index.unlink()
    # Nothing asks for these but servers of sites and search engines.
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
        for path in sorted(site.rglob(name)):
            path.unlink()


def to_file(address: str) -> str:
    """The same address with the page named that a server would give for a folder; any other as it is."""
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]  # fits anything
    if ":" in path.partition("/")[0] or path.startswith("/"):
        return address
    if path.endswith("/") or path.rpartition("/")[2] in (".", ".."):
        path = f"{path.removesuffix('/')}/index.html"
    return f"{path.removeprefix('./')}{mark}{rest}"


def _page(text: str) -> str:
    text = _LINK.sub(lambda link: link[1] + to_file(link[2]) + link[3], text)
    return _SCRIPT.sub(rf'<script src="\2assets/{_SHIM}"></script>\1', text)


def _index(text: str) -> str:
    """The index as a script that Material's own looks for where there is no server."""
    index = json.loads(text)
    for entry in index["docs"]:
        path, mark, rest = entry["location"].partition("#")
        entry["location"] = f"{path}index.html{mark}{rest}" if not path or path.endswith("/") else entry["location"]
    return f"var __index = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))}\n"
