"""What the hosts of our pages, MkDocs and Zensical with Material's templates, need to be told."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

# The Markdown extensions our pages are written for; all come with Python-Markdown.
MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "tables")


@lru_cache
def interface_file(code: str) -> str:
    """The name of Material's file of interface words for a language: the nearest there is, else English."""
    folder = files("material") / "templates" / "partials" / "languages"
    for name in (code, code.split("-", maxsplit=1)[0]):
        if (folder / f"{name}.html").is_file():
            return name
    return "en"
