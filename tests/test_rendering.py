"""Page templates of a site's own: a mistake in one is told of that file."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from briefbook.scaffolding import create_site
from briefbook.site import Settings, open_site


@pytest.mark.parametrize("text", ["# x\n{% if %}\n", "# x\n{{ page.nothing }}\n", "# x\n{{ 1 / 0 }}\n"])
def test_a_mistake_in_a_template_is_told_of_its_file(tmp_path: Path, text: str) -> None:
    create_site(tmp_path / "s", ["en"])
    content, overrides = tmp_path / "s" / "content", tmp_path / "overrides"
    (overrides / "pages").mkdir(parents=True)
    (overrides / "pages" / "event.md").write_text(text, encoding="utf-8")
    settings = Settings(
        tmp_path / "s", ("en",), content / "facts", content / "pages", tmp_path / "cache", overrides=overrides
    )
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever Jinja or the template raises
        _ = open_site(settings).pages
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert ("pages/event.md", 2) in frames
