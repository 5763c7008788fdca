"""Editions: what is frozen, that it is whole or not there at all, that nobody changes it unseen, and what a site proves."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefbook import snapshot
from briefbook.cli import main
from briefbook.editions import MANIFEST, Edition, EditionError, Manifest, list_editions, read_edition
from briefbook.scaffolding import create_site
from briefbook.site import Settings, Site, open_site
from briefbook.snapshot import Remarks, Snapshot, SnapshotError, note_by_language, take_snapshot
from briefbook.verify import VerifyError, moved_on, verify

DAY = date(2026, 7, 1)
LATER = date(2026, 7, 2)
BROKEN = "events:\n  bad:\n    date: 2024-13\n    title: {en: x, ja: y}\n    status: confirmed\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site of one's own, in no repository."""
    create_site(tmp_path / "site", ["en", "ja"])
    return tmp_path / "site"


def opened(root: Path) -> Site:
    facts, pages = root / "content" / "facts", root / "content" / "pages"
    return open_site(Settings(root, ("en", "ja"), facts, pages, root / ".cache", root / "site_overrides", address="https://b.example/"), DAY)


def frozen(root: Path, day: date = DAY, note: Mapping[str, str] | None = None, build: Callable[[Path], object] | None = None) -> Snapshot:
    return take_snapshot(opened(root), root / "mkdocs.yml", day, Remarks(note or {}), build and (lambda target, _: build(target)))


def editions(root: Path) -> Path:
    return root / "content" / "editions"


def state(root: Path) -> dict[str, bytes]:
    """Everything in the folder of facts and what lies beside it, but what git is told."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted((root / "content").rglob("*")) if path.name != ".gitattributes"
    }


def built(target: Path) -> None:
    (target / "en").mkdir(parents=True)
    for name in ("index.html", "en/index.html", "en/one.html"):
        (target / name).write_text(name, encoding="utf-8")


def change(root: Path) -> Path:
    path = root / "content" / "facts" / "terms.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: {", "note: {en: Changed., ja: 変わった。}\n    name: {", 1).replace(
        "    name:\n", "    note: {en: Changed., ja: 変わった。}\n    name:\n", 1), encoding="utf-8")
    return path


# --- what is frozen ---


def test_an_edition_holds_the_facts_as_they_are(root: Path) -> None:
    site = opened(root)
    edition = read_edition(frozen(root).folder)
    assert site.briefing == edition.briefing
    assert ("2026-07-01", "https://b.example/") == (edition.id, edition.briefing.address)


def test_a_manifest_says_what_all_was(root: Path) -> None:
    (root / "content" / "translations.lock").write_text("# format: 1\n", encoding="utf-8")
    manifest = frozen(root, note={"en": "First."}, build=built).manifest
    briefing = opened(root).briefing
    assert {"en": "First."} == manifest.note
    assert len(briefing.facts) == sum(manifest.counts.kinds.values())
    assert len(briefing.disputes) == sum(manifest.counts.disputes.values())
    assert {code: opened(root).title(code) for code in ("en", "ja")} == manifest.titles
    assert {"en/index.html", "en/one.html", "index.html"} == set(manifest.outputs or ())
    assert {"en/about.md", "ja/about.md"} == set(manifest.pages)
    assert {"mkdocs.yml", "custom_dir/assets/own.css"} == set(manifest.look)
    assert {path.name for path in (root / "content" / "facts").iterdir()} == set(manifest.facts.original)
    assert {"python", "briefbook", "mkdocs", "mkdocs-material", "altair"} <= set(manifest.versions)
    assert manifest.translations == read_edition(editions(root) / "2026-07-01").manifest.translations


def test_the_same_sources_give_the_same_edition_anywhere(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "elsewhere" / "b b")
    one, two = frozen(root, build=built).folder, frozen(tmp_path / "elsewhere" / "b b", build=built).folder
    assert {p.relative_to(one): p.read_bytes() for p in one.rglob("*") if p.is_file()} == {
        p.relative_to(two): p.read_bytes() for p in two.rglob("*") if p.is_file()
    }


def test_a_briefing_without_a_title_keeps_the_one_it_has(root: Path) -> None:
    (root / "content" / "facts" / "briefing.yml").unlink()
    assert "content" == read_edition(frozen(root).folder).briefing.about.title.shared


def test_a_text_that_is_behind_is_known_to_be(root: Path) -> None:
    run("translations", "-f", root / "mkdocs.yml", "--accept")
    path = root / "content" / "facts" / "terms.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("definition:\n      en: ", "definition:\n      en: New, ", 1), encoding="utf-8")
    stale = opened(root).briefing.stale
    assert stale
    assert stale == read_edition(frozen(root).folder).briefing.stale


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git here")
def test_the_commit_is_known_and_whether_the_sources_are_at_it(root: Path, tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        names = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"HOME": str(tmp_path)}
        return subprocess.run(["git", *names, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    git("init", "-q")
    (root / ".gitignore").write_text("site/\n", encoding="utf-8")
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("built, beside a source called site_overrides", encoding="utf-8")
    assert (None, None) == tuple(frozen(root, date(2026, 1, 1)).manifest.source.model_dump().values())
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    (root / "notes.txt").write_text("of no account", encoding="utf-8")
    assert (git("rev-parse", "HEAD"), False) == tuple(frozen(root).manifest.source.model_dump().values())
    change(root)
    assert (git("rev-parse", "HEAD"), True) == tuple(frozen(root, LATER).manifest.source.model_dump().values())


def test_without_git_nothing_is_known_of_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert (None, None) == tuple(frozen(root).manifest.source.model_dump().values())


# --- whole, or not at all, and once ---


def test_an_edition_is_never_overwritten(root: Path) -> None:
    frozen(root)
    change(root)
    before = state(root)
    with pytest.raises(SnapshotError, match="2026-07-01 already, with other facts"):
        frozen(root)
    assert before == state(root)


def test_the_same_again_is_said_to_be_there(root: Path) -> None:
    frozen(root, build=built)
    path = root / "content" / "facts" / "terms.yml"
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = state(root)
    again = frozen(root, build=built)
    assert (False, before) == (again.fresh, state(root))
    assert "is there already and says the same" in str(again)


def test_the_same_facts_with_another_site_are_another_edition(root: Path) -> None:
    frozen(root, build=built)
    with pytest.raises(SnapshotError, match="with other outputs"):
        frozen(root, build=lambda target: (built(target), (target / "more.html").write_text("", encoding="utf-8")))


def test_a_broken_edition_is_not_overwritten_either(root: Path) -> None:
    site = opened(root)
    (editions(root) / "2026-07-01").mkdir(parents=True)
    with pytest.raises(SnapshotError, match="cannot be read"):
        take_snapshot(site, root / "mkdocs.yml", DAY, Remarks({}), None)
    assert [("V001", "content/editions/2026-07-01/manifest.json")] == [(d.code, d.place.file) for d in opened(root).diagnostics]


def test_a_full_disk_leaves_all_as_it_was_wherever_it_strikes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, before, fsync = opened(root), state(root), os.fsync
    left = 0
    while not os.path.exists(editions(root) / "2026-07-01"):
        monkeypatch.setattr(snapshot.os, "fsync", _Full(left, fsync))
        with suppress(SnapshotError):
            take_snapshot(site, root / "mkdocs.yml", DAY, Remarks({}), None)
            break
        assert before == state(root)
        left += 1
    assert left > 10
    assert site.briefing == read_edition(editions(root) / "2026-07-01").briefing


def test_a_full_disk_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot.os, "fsync", _Full(3, os.fsync))
    with pytest.raises(SnapshotError, match="No space left on device; nothing was frozen"):
        frozen(root)


class _Full:
    """A disk that has room for so many files more."""

    def __init__(self, left: int, fsync: Callable[[int], None]) -> None:
        self.left, self.fsync = left, fsync

    def __call__(self, handle: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.fsync(handle)


@pytest.mark.parametrize("at", ["fsync", "rename"])
def test_a_crash_leaves_nothing_that_counts(root: Path, at: str) -> None:
    lines = [
        "import os, sys", "from pathlib import Path", "from briefbook.cli import main",
        f"os.{at} = lambda *_: os._exit(9)", "main(['snapshot', '--no-build', '--date', '2026-07-01'])",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=root, check=False)
    assert 9 == done.returncode
    assert [] == list_editions(editions(root))
    assert 1 == len(list(editions(root).glob(".unfinished-*")))
    assert frozen(root).fresh
    assert ["2026-07-01"] == [path.name for path in list_editions(editions(root))]


def test_of_two_at_once_one_is_kept_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, rename, barrier = opened(root), os.rename, threading.Barrier(2, timeout=60)
    taken: list[str] = []
    refused: list[str] = []

    def together(source: Path, target: Path) -> None:
        barrier.wait()
        rename(source, target)

    def take(note: str) -> None:
        try:
            taken.append(str(take_snapshot(site, root / "mkdocs.yml", DAY, Remarks({"en": note})).manifest.note["en"]))
        except SnapshotError as error:
            refused.append(str(error))

    monkeypatch.setattr(snapshot.os, "rename", together)
    threads = [threading.Thread(target=take, args=(note,)) for note in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [read_edition(editions(root) / "2026-07-01").manifest.note["en"]]
    assert 1 == len(refused)
    assert "with other note" in refused[0]
    assert ["2026-07-01"] == [path.name for path in editions(root).iterdir() if path.is_dir()]


def test_what_a_crash_left_long_ago_is_swept_away(root: Path) -> None:
    old, young = editions(root) / ".unfinished-2026-01-01-00", editions(root) / ".unfinished-2026-01-02-00"
    for folder in (old, young):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 10**6,) * 2)
    frozen(root)
    assert (False, True) == (old.exists(), young.exists())


def test_sources_that_change_meanwhile_are_told(root: Path) -> None:
    before = set(state(root))
    with pytest.raises(SnapshotError, match="changed while the site was built"):
        frozen(root, build=lambda target: (built(target), change(root)))
    assert before == set(state(root))


def test_facts_that_change_after_they_were_checked_are_told(root: Path) -> None:
    site = opened(root)
    change(root)
    with pytest.raises(SnapshotError, match="changed while they were read"):
        take_snapshot(site, root / "mkdocs.yml", DAY, Remarks({}))


# --- reading ---


def test_editions_are_listed_oldest_first(root: Path) -> None:
    assert [] == list_editions(editions(root))
    for day in (LATER, DAY, date(2025, 12, 31)):
        frozen(root, day)
    (editions(root) / "README.md").write_text("", encoding="utf-8")
    (editions(root) / ".unfinished-2026-01-02-00").mkdir()
    assert ["2025-12-31", "2026-07-01", "2026-07-02"] == [path.name for path in list_editions(editions(root))]


def test_git_leaves_the_line_ends_of_editions_alone(root: Path) -> None:
    frozen(root)
    assert "* -text\n" == (editions(root) / ".gitattributes").read_text(encoding="utf-8")


@pytest.mark.parametrize(("tamper", "told"), [
    (lambda folder: (folder / "facts" / "terms.yml").write_text("terms: {}\n", encoding="utf-8"), "V002 facts/terms.yml"),
    (lambda folder: (folder / "facts" / "terms.yml").unlink(), "V002 facts/terms.yml"),
    (lambda folder: (folder / "facts" / "more.yml").write_text("", encoding="utf-8"), "V002 facts/more.yml"),
    (lambda folder: (folder / "pages" / "en" / "about.md").write_text("# No\n", encoding="utf-8"), "V002 pages/en/about.md"),
    (lambda folder: (folder / "translations.lock").write_text("", encoding="utf-8"), "V002 translations.lock"),
    (lambda folder: os.mkfifo(folder / "facts" / "pipe.yml"), "V002 facts/pipe.yml"),
    (lambda folder: (folder / "facts" / "nowhere").symlink_to("gone"), "V002 facts/nowhere"),
    (lambda folder: (folder / MANIFEST).unlink(), "V001 manifest.json"),
    (lambda folder: (folder / MANIFEST).write_text("{", encoding="utf-8"), "V001 manifest.json"),
    (lambda folder: (folder / MANIFEST).write_text("[" * 100_000, encoding="utf-8"), "V001 manifest.json"),
    (lambda folder: (folder / MANIFEST).write_bytes(b"\xff\xfe"), "V001 manifest.json"),
    (lambda folder: rewritten(folder, format=2), "V001 manifest.json"),
    (lambda folder: rewritten(folder, edition="2026-07-02"), "V001 manifest.json"),
    (lambda folder: rewritten(folder, outputs=["x"]), "V001 manifest.json"),
    (lambda folder: rewritten(folder, more=1), "V001 manifest.json"),
])
def test_an_edition_that_was_changed_is_refused(root: Path, tamper: Callable[[Path], object], told: str) -> None:
    folder = frozen(root).folder
    tamper(folder)
    with pytest.raises(EditionError) as caught:
        read_edition(folder)
    assert [told] == [f"{found.code} {found.place.file}" for found in caught.value.diagnostics]


def rewritten(folder: Path, **values: Any) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **values}), encoding="utf-8")


def test_an_edition_outlives_the_rules_of_its_time(root: Path) -> None:
    """What would be an error today was none then, and is read."""
    folder = frozen(root).folder
    file, path = folder / "facts" / "terms.yml", folder / MANIFEST
    file.write_text(file.read_text(encoding="utf-8") + "  orphan:\n    name: Orphan\n    definition: '[[nothing-there]]'\n", encoding="utf-8")
    manifest = read_manifest(path)
    manifest["facts"]["canonical"]["terms.yml"] = snapshot.hashes_of({"": file.read_bytes()})[""]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert "orphan" in read_edition(folder).briefing.facts


def read_manifest(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_bytes()))


def test_a_manifest_is_written_in_one_way(root: Path) -> None:
    path = frozen(root, build=built).folder / MANIFEST
    text = path.read_text(encoding="utf-8")
    assert text == Manifest.model_validate_json(text).text()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


# --- proving ---


def published(root: Path) -> tuple[Edition, Path]:
    edition, site = read_edition(frozen(root, build=built).folder), root.parent / "published"
    built(site)
    return edition, site


def test_a_site_that_is_the_edition_is_proved(root: Path) -> None:
    verdict = verify(*published(root))
    assert (True, {}) == (verdict.proven, verdict.wrong)


def test_a_site_that_is_not_is_told_file_by_file(root: Path) -> None:
    edition, site = published(root)
    (site / "index.html").write_text("Index.html", encoding="utf-8")
    (site / "en" / "one.html").rename(site / "en" / "two.html")
    verdict = verify(edition, site)
    assert {"en/one.html": "missing", "en/two.html": "extra", "index.html": "different"} == verdict.wrong
    assert not verdict.proven


def test_nothing_is_proved_without_a_site(root: Path) -> None:
    edition, site = published(root)
    with pytest.raises(VerifyError, match="no folder"):
        verify(edition, site / "gone")
    with pytest.raises(VerifyError, match="--no-build"):
        verify(read_edition(frozen(root, LATER).folder), site)


def test_sources_that_moved_on_are_named(root: Path) -> None:
    edition, _ = published(root)
    settings = opened(root).settings
    assert {} == moved_on(edition, settings, root / "mkdocs.yml")
    change(root)
    (root / "content" / "pages" / "en" / "about.md").unlink()
    (root / "content" / "translations.lock").write_text("", encoding="utf-8")
    (root / "mkdocs.yml").write_text("# new\n" + (root / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    moved = {"facts/terms.yml": "different", "pages/en/about.md": "missing", "mkdocs.yml": "different", "translations.lock": "extra"}
    assert moved == moved_on(edition, settings, root / "mkdocs.yml")


# --- on the command line ---


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_an_edition_is_taken_and_proved_by_command(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = root / "mkdocs.yml"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")
    done = run("snapshot", "-f", config, "--note", "First.", "--note", "ja=最初。")
    assert 0 == done.exit_code, done.output
    assert {"en": "First.", "ja": "最初。"} == read_edition(editions(root) / "2026-07-01").manifest.note
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    run("build", "-f", config, "-d", tmp_path / "built")
    assert 0 == run("verify", "-f", config, "2026-07-01", tmp_path / "built").exit_code
    (tmp_path / "built" / "404.html").unlink()
    change(root)
    done = run("verify", "-f", config, editions(root) / "2026-07-01", tmp_path / "built")
    assert (1, "missing: 404.html\n") == (done.exit_code, done.stdout)
    assert "note: source different since: facts/terms.yml" in done.stderr


def test_an_edition_can_be_put_elsewhere(root: Path, tmp_path: Path) -> None:
    frozen(root)
    before = state(root)
    change(root)
    done = run("snapshot", "-f", root / "mkdocs.yml", "--no-build", "--date", "2026-07-01", "--into", tmp_path / "of a push")
    assert 0 == done.exit_code, done.stderr
    assert opened(root).briefing.facts == read_edition(tmp_path / "of a push" / "2026-07-01").briefing.facts
    assert {name for name in before if "editions/" in name} == {name for name in state(root) if "editions/" in name}


def test_errors_are_told_and_nothing_is_frozen(root: Path) -> None:
    (root / "content" / "facts" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    before = state(root)
    done = run("snapshot", "-f", root / "mkdocs.yml", "--no-build")
    assert 1 == done.exit_code
    assert "broken.yml:3:11: error [F004]" in done.stderr
    assert before == state(root)


def test_what_is_no_edition_is_told_with_its_reason(root: Path, tmp_path: Path) -> None:
    frozen(root)
    (editions(root) / "2026-07-01" / "facts" / "terms.yml").unlink()
    done = run("verify", "-f", root / "mkdocs.yml", "2026-07-01", tmp_path)
    assert 1 == done.exit_code
    assert "error [V002] this file of the edition is missing" in done.stderr
    assert 1 == run("verify", "-f", root / "mkdocs.yml", "2020-01-01", tmp_path).exit_code


def test_notes_are_by_language() -> None:
    languages = ("en", "ja")
    assert {"en": "a=b", "ja": "い"} == note_by_language([" a=b ", "ja=い"], languages)
    for wrong in (["one", "two"], ["ja="], [" "]):
        with pytest.raises(SnapshotError):
            note_by_language(wrong, languages)
