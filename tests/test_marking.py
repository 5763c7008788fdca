"""A preview that is compared: the pages that differ are marked, with what changed on top, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefbook.marking import marked
from briefbook.rendering import Page
from briefbook.scaffolding import create_site
from briefbook.showing import WishError
from briefbook.site import Settings, Site, open_site
from briefbook.snapshot import Remarks, take_snapshot

DAY = date(2026, 7, 1)
MARK = 'class="bb-compared"'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site with an edition of what it says."""
    create_site(tmp_path / "site", ["en", "ja"])
    take_snapshot(opened(tmp_path / "site"), tmp_path / "site" / "mkdocs.yml", DAY, Remarks({}))
    return tmp_path / "site"


def opened(root: Path) -> Site:
    facts, pages = root / "content" / "facts", root / "content" / "pages"
    return open_site(Settings(root, ("en", "ja"), facts, pages, root / ".cache", root / "site_overrides"), DAY)


def edit(root: Path, name: str, wrong: str, right: str) -> None:
    path = root / "content" / name
    text = path.read_text(encoding="utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right, 1), encoding="utf-8")


def marks(root: Path, before: str = "2026-07-01") -> dict[str, str]:
    """What each page that is marked has on top."""
    site = opened(root)
    assert site.usable, site.diagnostics
    return {page.uri: top(page) for page in marked(site, before, site.pages) if MARK in page.markdown}


def top(page: Page) -> str:
    assert page.markdown.startswith(f"<div {MARK}")
    return page.markdown[: page.markdown.index("\n</div>")]


def test_where_nothing_changed_only_the_state_of_play_says_what_is_compared(root: Path) -> None:
    assert {"en/index.md", "ja/index.md"} == set(marks(root))


def test_a_changed_fact_is_told_on_its_page_and_named_on_the_state_of_play(root: Path) -> None:
    edit(root, "facts/actors.yml", "name:\n      en: Blue Heron Line", "name:\n      en: Grey Heron Line")
    found = marks(root)
    assert "name now reads “Grey Heron Line”, before “Blue Heron Line”" in found["en/actors/blue-heron.md"]
    assert "Grey Heron Line" in found["en/index.md"]
    assert "[Grey Heron Line](actors/blue-heron.md): 1" in found["en/index.md"]
    assert "2026-07-01と比べて変わった点" in found["ja/actors/blue-heron.md"]


def test_pages_that_show_something_else_of_other_facts_are_marked_too(root: Path) -> None:
    edit(root, "facts/actors.yml", "name:\n      en: Blue Heron Line", "name:\n      en: Grey Heron Line")
    found = marks(root)
    assert "something it shows of other entries has" in found["en/disputes/quay-four.md"]
    assert "- " not in found["en/disputes/quay-four.md"].split("\n", 2)[2]
    assert "en/terms/berth-plan.md" not in found


def test_a_new_fact_is_told_as_new(root: Path) -> None:
    with (root / "content" / "facts" / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("  tide-table:\n    name: {en: tide table, ja: 潮見表}\n    definition: {en: The table of tides., ja: 潮の表。}\n    cites: [draft-plan-2025-02]\n")
    assert "New since 2026-07-01" in marks(root)["en/terms/tide-table.md"]


def test_a_page_that_was_written_anew_is_marked(root: Path) -> None:
    edit(root, "pages/en/about.md", "#", "# ")
    found = marks(root)
    assert "The wording of this page has changed" in found["en/about.md"]
    assert "ja/about.md" not in found


def test_versions_that_are_not_there_are_refused(root: Path) -> None:
    site = opened(root)
    with pytest.raises(WishError, match="2026-07-01"):
        marked(site, "no-such-version", site.pages)
