"""Drawn charts kept on disk by what they show, so that a build draws only what has changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from briefbook.rendering import Page, drawn
from briefbook.views.blocks import Picture


class ChartCache:
    """Draws charts, or takes them from `folder`, which is made when first needed and may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tools = f"{version('vl-convert-python')} {version('altair')} {version('budoux')} {version('briefbook')} {_own_code()}"

    def drawn(self, picture: Picture, page: Page) -> str:
        """The chart as SVG."""
        key = f"{self._tools}\n{picture.identity}\n{page.lang}\n{page.direction}"
        path = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.svg"
        if path.is_file():
            return path.read_text(encoding="utf-8")
        svg = drawn(picture, page)
        self._keep(path, svg)
        return svg

    def _keep(self, path: Path, svg: str) -> None:
        """Written beside and moved into place, so that a build never reads half a drawing. No cache is no harm."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
                file.write(svg)
            os.replace(file.name, path)
        except OSError:
            return


def _own_code() -> str:
    """A fingerprint of the code that turns rows into SVG."""
    package = files("briefbook")
    modules = [package / "drawing.py", package / "wording" / "breaks.py"]
    modules += sorted((package / "charts").iterdir(), key=lambda item: item.name)
    code = b"".join(module.read_bytes() for module in modules if module.name.endswith(".py"))
    return hashlib.sha256(code).hexdigest()
