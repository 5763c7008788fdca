"""The facts of a past day: from which edition, or from dates alone; and the site of them that a command writes."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefbook.canonical import canonical_files
from briefbook.cli import main
from briefbook.editions import EditionError
from briefbook.reconstruction import PastFacts, ReconstructionError, facts_as_of, facts_by_dates, write_site
from briefbook.scaffolding import create_site
from briefbook.site import Settings, open_site
from briefbook.snapshot import Remarks, take_snapshot

NOW = date(2025, 12, 1)
MORE = """\
sources:
  herald: {publisher: {en: The Herald, ja: ヘラルド}, language: en, kind: newsroom, published: 2025-09-03}
events:
  herald-reports:
    date: 2025-09-02
    title: {en: A report, ja: ある報道}
    status: confirmed
    cites: [herald]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site of one's own with an event of September 2025."""
    create_site(tmp_path / "site", ["en", "ja"])
    (tmp_path / "site" / "content" / "facts" / "more.yml").write_text(MORE, encoding="utf-8")
    return tmp_path / "site"


def settings(root: Path) -> Settings:
    return Settings(root, ("en", "ja"), root / "content" / "facts", root / "content" / "pages", root / ".cache", root / "site_overrides")


def freeze(root: Path, day: date) -> None:
    take_snapshot(open_site(settings(root), NOW), root / "mkdocs.yml", day, Remarks({}))


def command(*arguments: object) -> Result:
    return CliRunner(env={"SOURCE_DATE_EPOCH": "1764547200"}).invoke(main, [str(argument) for argument in arguments])


def present(root: Path) -> dict[str, str]:
    return canonical_files(open_site(settings(root), NOW).reading.texts, ("en", "ja"))


def test_the_newest_edition_that_is_not_later_tells(root: Path) -> None:
    freeze(root, date(2025, 9, 10))
    (root / "content" / "facts" / "more.yml").unlink()
    freeze(root, date(2025, 10, 10))
    found = [facts_as_of(settings(root), day, NOW) for day in (date(2025, 9, 10), date(2025, 10, 9), date(2025, 10, 30))]
    assert ["2025-09-10", "2025-09-10", "2025-10-10"] == [past.edition.id for past in found if past.edition]
    assert [True, True, False] == ["herald-reports" in past.files["events.yml"] for past in found]
    assert [False] * 3 == [past.by_dates_alone for past in found]


def test_before_the_first_edition_dates_tell(root: Path) -> None:
    freeze(root, date(2025, 10, 10))
    early, late = (facts_as_of(settings(root), day, NOW) for day in (date(2025, 9, 2), date(2025, 9, 3)))
    assert [(None, True), (None, True)] == [(past.edition, past.by_dates_alone) for past in (early, late)]
    assert ["herald-reports" in past.files["events.yml"] for past in (early, late)] == [False, True]
    assert {"herald", "herald-reports"} <= set(early.gone)


def test_of_today_the_facts_are_as_they_are(root: Path) -> None:
    freeze(root, date(2025, 10, 10))
    (root / "content" / "facts" / "more.yml").unlink()
    today = facts_as_of(settings(root), NOW, NOW)
    assert (present(root), None, False) == (dict(today.files), today.edition, today.by_dates_alone)


def test_an_edition_that_was_changed_is_not_believed(root: Path) -> None:
    freeze(root, date(2025, 10, 10))
    with (root / "content" / "editions" / "2025-10-10" / "facts" / "events.yml").open("a") as file:
        file.write("# changed\n")
    with pytest.raises(EditionError, match="not as it was when the edition was frozen"):
        facts_as_of(settings(root), date(2025, 10, 20), NOW)


def test_there_is_no_telling_what_is_to_come(root: Path) -> None:
    for past in (facts_as_of, facts_by_dates):
        with pytest.raises(ReconstructionError, match="2025-12-02 is yet to come; name a day that is not after today, 2025-12-01"):
            past(settings(root), date(2025, 12, 2), NOW)


def test_the_command_writes_a_site_that_has_no_errors(root: Path, tmp_path: Path) -> None:
    (root / "content" / "pages" / "en" / "picture.svg").write_text("<svg/>")
    (root / "content" / "facts" / "notes.md").write_text("none of it")
    result = command("as-of", "2025-09-02", tmp_path / "then", "-f", root / "mkdocs.yml")
    assert 0 == result.exit_code, result.output
    there = {path.relative_to(tmp_path / "then").as_posix() for path in (tmp_path / "then").rglob("*") if path.is_file()}
    assert {"mkdocs.yml", "content/facts/events.yml", "content/pages/en/picture.svg"} <= there
    assert [] == [name for name in there if name.endswith(".md") and not name.startswith("site_overrides")]
    assert "herald" not in (tmp_path / "then" / "content" / "facts" / "sources.yml").read_text(encoding="utf-8")
    assert 0 == command("check", "-f", tmp_path / "then" / "mkdocs.yml").exit_code
    assert ["site", "then"] == sorted(os.listdir(tmp_path))


def test_the_command_says_what_is_to_be_read(root: Path, tmp_path: Path) -> None:
    with (root / "content" / "facts" / "more.yml").open("a", encoding="utf-8") as file:
        file.write(
            "  before: {date: 2025-08-01, title: {en: 'It ends on 2 September 2025', ja: 2025年9月2日に終わる}, summary: {en: x, ja: y}, "
            "status: confirmed, cites: [gazette-2]}\n"
        )
        file.write("  other: {date: 2025-08-01, title: {en: Other, ja: 別}, status: confirmed, cites: [gazette-2, herald]}\n")
    with (root / "content" / "facts" / "first.yml").open("w", encoding="utf-8") as file:
        file.write("sources: {gazette-2: {publisher: {en: Gazette, ja: 官報}, language: en, kind: newsroom, published: 2025-08-02}}\n")
    result = command("as-of", "2025-09-01", tmp_path / "then", "-f", root / "mkdocs.yml")
    lines = result.stdout.splitlines()
    assert "before title: names a later date (2025-09-02)" in lines
    assert "other: 1 text of a fact that lost something" in lines
    assert f"The facts of 2025-09-01 lie in {tmp_path / 'then'}; 2 of the present ones were not there yet." in result.stderr
    everything = command("as-of", "2025-09-01", tmp_path / "again", "-f", root / "mkdocs.yml", "--all")
    assert "other title: stands in a fact that lost something" in everything.stdout.splitlines()


@pytest.mark.parametrize(
    ("day", "target", "said"),
    [
        ("2025-9-32", "then", "does not match the format '%Y-%m-%d'"),
        ("May", "then", "does not match the format '%Y-%m-%d'"),
        ("2025-12-02", "then", "2025-12-02 is yet to come; name a day that is not after today, 2025-12-01"),
        ("1999-01-01", "then", "nothing was known yet on 1999-01-01: no source of these facts is so old"),
        ("2025-09-02", "full", "is not empty; choose another one"),
        ("2025-09-02", "file", "is there already and is not a folder"),
        ("2025-09-02", "file/below", "cannot be written: "),
        ("2025-09-02", "site/content/facts/then", "lies in the folder of facts and would become part of this site"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(root: Path, tmp_path: Path, day: str, target: str, said: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    result = command("as-of", day, tmp_path / target, "-f", root / "mkdocs.yml")
    assert 2 == result.exit_code
    assert said in " ".join(result.stderr.split())
    assert before == sorted(path for path in tmp_path.rglob("*") if ".cache" not in path.parts)


def test_facts_with_errors_are_of_no_day(root: Path, tmp_path: Path) -> None:
    (root / "content" / "facts" / "bad.yml").write_text("events: {bad: {date: 2024-13}}\n")
    result = command("as-of", "2025-09-02", tmp_path / "then", "-f", root / "mkdocs.yml")
    assert (2, True) == (result.exit_code, "mend them first: briefbook check" in result.stderr)


def test_a_site_that_cannot_be_finished_leaves_nothing(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    past = PastFacts(NOW, ("en", "ja"), {"a.yml": "x"}, None)
    with pytest.raises(ReconstructionError, match="cannot be written: No space left on device"):
        write_site(past, settings(root), root / "mkdocs.yml", tmp_path / "then")
    assert ["site"] == os.listdir(tmp_path)


def test_a_folder_outside_of_the_site_is_not_taken_along(root: Path, tmp_path: Path) -> None:
    elsewhere = Settings(root, ("en", "ja"), tmp_path / "facts", root / "content" / "pages", root / ".cache")
    with pytest.raises(ReconstructionError, match="the folder of facts lies outside"):
        write_site(PastFacts(NOW, ("en", "ja"), {}, None), elsewhere, root / "mkdocs.yml", tmp_path / "then")
