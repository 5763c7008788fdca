"""What the hosts of our pages, MkDocs and Zensical with Material's templates, need to be told."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

# The Markdown extensions our pages are written for; all come with Python-Markdown.
MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "tables")

# Our style sheets and scripts, in the order a page needs them; a site's own come after. Every page can be read
# without the scripts.
STYLE_SHEETS = (
    "assets/briefbook.css", "assets/state.css", "assets/paper.css", "assets/reader.css", "assets/timeline.css",
    "assets/editions.css", "assets/changes.css",
)
SCRIPTS: tuple[str, ...] = ("assets/reader.js", "assets/timeline.js", "assets/through.js")


@lru_cache
def interface_file(code: str) -> str:
    """The name of Material's file of interface words for a language: the nearest there is, else English."""
    folder = files("material") / "templates" / "partials" / "languages"
    for name in (code, code.split("-", maxsplit=1)[0]):
        if (folder / f"{name}.html").is_file():
            return name
    return "en"


def inert(text: str) -> str:
    """Characters for places where the hosts' templates escape nothing, such as a title; a plain `&` may stay."""
    text = re.sub(r"&(?=[#A-Za-z])", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
