"""A site with errors: all of them are told in one run, and the site that was there before is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from builtsites import BuiltSite, build, configured, mkdocs
from sitecases import case


@pytest.fixture
def good_site(tmp_path: Path) -> BuiltSite:
    """A good site that is there already."""
    minimal = case("minimal")
    return build(configured(minimal.copied(tmp_path / "good"), minimal.languages), tmp_path / "site", minimal.languages)


def test_errors_are_all_told_and_the_site_is_left_as_it_was(good_site: BuiltSite, tmp_path: Path) -> None:
    broken = case("broken")
    before = good_site.files
    done = mkdocs("build", "-f", configured(broken.copied(tmp_path / "bad"), broken.languages), "-d", good_site.folder)
    after = BuiltSite(good_site.folder, good_site.languages).files
    assert before == after
    told = done.stdout + done.stderr
    assert 0 != done.returncode
    assert "Traceback" not in told
    expected = [line for line in _findings() if line not in told]
    assert [] == expected


def test_where_there_was_no_site_there_is_none_after_errors(tmp_path: Path) -> None:
    broken = case("broken")
    config = configured(broken.copied(tmp_path / "bad"), broken.languages)
    before = set(tmp_path.rglob("*"))
    done = mkdocs("build", "-f", config, "-d", tmp_path / "site")
    assert 0 != done.returncode
    # What a check remembers is no part of a site.
    assert before == {path for path in tmp_path.rglob("*") if ".cache" not in path.parts}


def _findings() -> list[str]:
    """The first line of each finding that the case expects."""
    text = (case("broken").expected / "diagnostics.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if " error [" in line or " warning [" in line]
