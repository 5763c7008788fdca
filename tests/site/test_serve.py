"""`mkdocs serve`: a change of a fact, a template or a label is seen in every language without starting anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builtsites import configured
from serving import comes_true, fetched, mkdocs_serving
from sitecases import case

LANGUAGES = ("en", "ja")


@dataclass(frozen=True, slots=True)
class Preview:
    """A site that is being served: where its files lie, its address, and what the server has said."""

    folder: Path
    address: str
    log: Path

    def shows(self, page: str, words: str) -> bool:
        """Whether a page has the words, in the end, in every language."""
        urls = [f"{self.address}{code}/{page}" for code in LANGUAGES]
        return comes_true(lambda: all(words in fetched(url) for url in urls))


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = case("minimal").copied(tmp_path_factory.mktemp("serve") / "case")
    (folder / "overrides" / "pages").mkdir()
    (folder / "overrides" / "labels").mkdir()
    log = folder.parent / "log.txt"
    with mkdocs_serving(configured(folder, LANGUAGES), log) as address:
        shown = Preview(folder, address, log)
        assert shown.shows("actors/mill/", "The mill"), log.read_text(encoding="utf-8")
        yield shown


def test_a_changed_fact_is_seen(preview: Preview) -> None:
    facts = preview.folder / "facts" / "all.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("name: The mill", "name: The sawmill"), encoding="utf-8")
    assert preview.shows("actors/mill/", "The sawmill"), preview.log.read_text(encoding="utf-8")


def test_a_new_fact_in_a_new_file_is_seen(preview: Preview) -> None:
    (preview.folder / "facts" / "new.yml").write_text("terms:\n  dusk: {name: dusk, definition: The end of the day.}\n")
    assert preview.shows("terms/dusk/", "The end of the day."), preview.log.read_text(encoding="utf-8")


def test_a_changed_template_is_seen(preview: Preview) -> None:
    (preview.folder / "overrides" / "pages" / "term.md").write_text("# {{ page.head.title }}\n\nOur own page.\n")
    assert preview.shows("terms/wage/", "Our own page."), preview.log.read_text(encoding="utf-8")


def test_a_changed_label_is_seen(preview: Preview) -> None:
    for code in LANGUAGES:
        (preview.folder / "overrides" / "labels" / f"{code}.yml").write_text("page: {state: The lie of the land}\n")
    assert preview.shows("", "The lie of the land"), preview.log.read_text(encoding="utf-8")


def test_an_error_is_told_and_mending_it_is_seen(preview: Preview) -> None:
    """What readers see in between is told in test_preview.py."""
    path = preview.folder / "facts" / "slip.yml"
    path.write_text("terms:\n  slip: {name: slip}\n")
    assert comes_true(lambda: "“definition” is missing" in preview.log.read_text(encoding="utf-8"))
    path.write_text("terms:\n  slip: {name: slip, definition: A slip of the pen.}\n")
    assert preview.shows("terms/slip/", "A slip of the pen."), preview.log.read_text(encoding="utf-8")
    assert "Traceback" not in preview.log.read_text(encoding="utf-8")
