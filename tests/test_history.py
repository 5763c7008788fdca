"""What the editions of a site come to: one history, the page of changes, and the feeds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from click.testing import CliRunner

from briefbook import chronicle
from briefbook.cli import main
from briefbook.diagnostics import has_errors
from briefbook.editions import MANIFEST, EditionError, hashes_of, read_edition
from briefbook.history import History, marked, pieces, plainly
from briefbook.rendering import Page
from briefbook.scaffolding import create_site
from briefbook.site import Settings, Site, open_site
from briefbook.snapshot import Remarks, take_snapshot
from briefbook.views.feeds import feeds_of

DAY = date(2026, 9, 1)
ADDRESS = "https://briefing.example/of/ships/"
HERE = Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"

FACTS = """
briefing:
  title: {en: The quay, ja: 埠頭}
  as_of: 2026-06-01
sources:
  log: {publisher: {en: The Log, ja: ログ紙}, title: {en: Log, ja: ログ}, url: "https://log.example/1", published: 2026-01-02, accessed: 2026-01-03, language: en, kind: newsroom}
actors:
  yard: {kind: organization, name: {en: The Yard, ja: 造船所}, summary: {en: It builds ships., ja: 船を造る。}}
  other: {kind: organization, name: {en: Another, ja: 別会社}, summary: {en: 'It builds no ships, and never did.', ja: 造らない。}}
disputes:
  quay:
    title: {en: Who pays for the quay, ja: 埠頭の費用}
    question: {en: Who pays?, ja: 誰が払うのか。}
    parties: [yard]
    history:
      - {status: open, from: 2026-01-02, why: {en: It began., ja: 始まった。}, cites: [log]}
events:
  letter:
    title: {en: A letter, ja: 書簡}
    date: 2026-01-02
    actors: [{id: yard}]
    disputes: [quay]
    status: confirmed
    cites: [log]
"""
MOVED = "      - {status: resolved, from: 2026-05-01, why: {en: They agreed., ja: 合意した。}, cites: [log]}\n"
VISIT = """
  visit:
    title: {en: A visit, ja: 訪問}
    date: 2026-05-02
    actors: [{id: yard}]
    disputes: [quay]
    status: confirmed
    cites: [log]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a few facts and no editions."""
    create_site(tmp_path / "site", ["en", "ja"])
    shutil.rmtree(tmp_path / "site" / "content" / "facts")
    for own in (tmp_path / "site" / "content" / "pages").glob("*/*.md"):
        own.unlink()
    write(tmp_path / "site", FACTS)
    return tmp_path / "site"


def write(root: Path, text: str) -> None:
    (root / "content" / "facts").mkdir(exist_ok=True)
    (root / "content" / "facts" / "all.yml").write_text(text, encoding="utf-8")


def opened(root: Path, address: str = ADDRESS) -> Site:
    facts, pages = root / "content" / "facts", root / "content" / "pages"
    return open_site(Settings(root, ("en", "ja"), facts, pages, root / ".cache", root / "site_overrides", address=address), DAY)


def freeze(root: Path, day: str, *, reconstructed: bool = False, **note: str) -> None:
    site = opened(root)
    assert site.usable, site.diagnostics
    take_snapshot(site, root / "mkdocs.yml", date.fromisoformat(day), Remarks(note, reconstructed))


def moved_on(root: Path) -> Path:
    """A site with two editions: in the second a dispute was settled, and a text reworded; since then there is a new event."""
    freeze(root, "2026-02-01", reconstructed=True, en="As it began.", ja="始まりの時点。")
    second = FACTS.replace("events:\n", f"{MOVED}events:\n").replace("ships, and never", "ships and never")
    write(root, second)
    freeze(root, "2026-06-01", en="They agreed, see [[quay]].")
    write(root, second + VISIT)
    return root


def page(site: Site, uri: str) -> Page:
    return next(page for page in site.pages if page.uri == uri)


def editions(root: Path) -> Path:
    return root / "content" / "editions"


# --- the history ---


def test_without_editions_nothing_is_said_of_them(root: Path) -> None:
    site = opened(root)
    assert ((), (), None) == (site.history.versions, site.history.stages, site.history.newest)
    assert [] == [asset.uri for asset in site.assets if asset.uri.endswith(".atom")]
    assert [] == [page.uri for page in site.pages if "changes" in page.uri or page.feed]
    assert "en/changes.md" not in [entry.uri for top in site.navigation("en") for entry in top.pages()]


def test_editions_and_what_changed_between_them(root: Path) -> None:
    history = opened(moved_on(root)).history
    assert [("2026-02-01", True), ("2026-06-01", False)] == [(version.id, version.reconstructed) for version in history.versions]
    assert (1, {"open": 1}) == (history.versions[0].kinds["disputes"], dict(history.versions[0].statuses))
    told = [[(line.fact, line.kind, line.minor) for line in stage.lines] for stage in history.stages]
    assert [[], [("quay", "status-moved", False), ("other", "reworded", True)], [("visit", "added", False)]] == told
    assert ({"disputes": 1}, {"wording": 1}) == (dict(history.stages[1].substance), dict(history.stages[1].minor))
    assert [["status-moved", "reworded"], ["added"]] == [[c.kind.value for c in s.changes] for s in history.stages[1:]]
    assert (history.stages[-1], False) == (history.pending, history.frozen)
    assert ("2026-06-01", None) == (history.moved["yard"].id, history.moved.get("other"))


def test_words_are_kept_in_every_language_with_names_marked(root: Path) -> None:
    line = opened(moved_on(root)).history.stages[-1].lines[0]
    assert ("visit", "quay", "yard") == line.concerns
    assert ["New event: “A visit” (2 May 2026)", "出来事を追加：「訪問」（2026年5月2日）"] == [plainly(line.words[code]) for code in ("en", "ja")]
    assert [("visit", "訪問")] == [(p.id, p.words) for p in pieces(line.words["ja"]) if not isinstance(p, str)]


def test_names_cannot_make_marks_of_their_own() -> None:
    assert "a\x02x\x1f" != marked("a", "\x02x\x1f\x03")
    assert ["<", ">"] == [piece for piece in pieces(f"<{marked('a', chr(2) + 'x' + chr(31) + chr(3))}>") if isinstance(piece, str)]


def test_the_site_of_a_snapshot_is_that_which_is_built_from_it(root: Path, tmp_path: Path) -> None:
    """The edition lists itself, as it will be listed once it is there."""
    moved_on(root)
    run = CliRunner().invoke
    done = run(main, ["snapshot", "-f", str(root / "mkdocs.yml"), "--date", "2026-07-01", "--note", "Frozen."])
    assert 0 == done.exit_code, done.output
    run(main, ["build", "-f", str(root / "mkdocs.yml"), "-d", str(tmp_path / "built")])
    done = run(main, ["verify", "-f", str(root / "mkdocs.yml"), "2026-07-01", str(tmp_path / "built")])
    assert 0 == done.exit_code, done.output
    html = (tmp_path / "built" / "en" / "changes" / "index.html").read_text(encoding="utf-8")
    assert ["edition-2026-07-01", "edition-2026-06-01", "edition-2026-02-01"] == re.findall(r'<h2 id="([^"]+)"', html)
    assert "2026-07-01T00:00:00Z" in (tmp_path / "built" / "en" / "changes.atom").read_text(encoding="utf-8")


def test_what_was_just_frozen_is_not_told_as_new(root: Path) -> None:
    freeze(root, "2026-02-01")
    history = opened(root).history
    assert (True, None) == (history.frozen, history.pending)
    write(root, "# A remark that no reader sees.\n" + FACTS)
    history = opened(root).history
    assert (False, None) == (history.frozen, history.pending)


def test_a_site_of_the_facts_of_an_edition_is_that_edition(root: Path) -> None:
    freeze(root, "2026-02-01")
    shutil.rmtree(root / "content" / "facts")
    shutil.copytree(editions(root) / "2026-02-01" / "facts", root / "content" / "facts")
    assert opened(root).history.frozen
    (root / "content" / "pages" / "en" / "more.md").write_text("# More\n", encoding="utf-8")
    assert not opened(root).history.frozen


# --- editions that are broken, or cannot be read ---


def forged(root: Path, change: Callable[[str], str]) -> None:
    """An edition whose facts were changed together with their hashes."""
    folder = editions(root) / "2026-06-01"
    path = folder / "facts" / "events.yml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["facts"]["canonical"] |= hashes_of({"events.yml": path.read_bytes()})
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(("name", "change", "expected"), [
    ("facts/events.yml", lambda text: text + "#", ("V002", "content/editions/2026-06-01/facts/events.yml")),
    (MANIFEST, lambda _: "{", ("V001", "content/editions/2026-06-01/manifest.json")),
    (MANIFEST, lambda text: text.replace('"format": 1', '"format": 7'), ("V001", "content/editions/2026-06-01/manifest.json")),
])
def test_a_broken_edition_is_a_finding_that_names_the_file(
    root: Path, name: str, change: Callable[[str], str], expected: tuple[str, str]
) -> None:
    moved_on(root)
    path = editions(root) / "2026-06-01" / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    site = opened(root)
    assert [expected] == [(found.code, found.place.file) for found in site.diagnostics if found.code.startswith("V")]
    assert ["2026-02-01"] == [version.id for version in site.history.versions]
    done = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml")])
    assert (1, True) == (done.exit_code, expected[1] in done.output)


def test_a_folder_of_editions_that_may_not_be_read_is_a_finding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(chronicle, "list_editions", refused)
    assert [("V001", "content/editions")] == [(found.code, found.place.file) for found in opened(root).diagnostics]


def test_a_day_that_there_is_not_is_no_edition(root: Path) -> None:
    freeze(root, "2026-02-01")
    folder = (editions(root) / "2026-02-01").rename(editions(root) / "2026-02-31")
    path = folder / MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace("2026-02-01", "2026-02-31"), encoding="utf-8")
    assert ["there is no day 2026-02-31"] == [found.message.partition(", and ")[2] for found in opened(root).diagnostics]


@pytest.mark.parametrize("change", [
    lambda text: text.replace("date: 2026-01-02", "date: soon"), lambda _: "events: [", lambda _: "event:\n  a: {}\n",
    lambda text: text + "  letter:\n    title: Twice\n",
])
def test_an_edition_that_cannot_be_read_ends_a_build_with_its_reason(root: Path, change: Callable[[str], str]) -> None:
    forged(moved_on(root), change)
    site = opened(root)
    assert not has_errors(site.diagnostics)
    with pytest.raises(EditionError, match=r"content/editions/2026-06-01/facts/events\.yml"):
        _ = site.history
    for command in (["build", "-d", str(root / "built")], ["export", str(root / "exported")]):
        done = CliRunner().invoke(main, [command[0], "-f", str(root / "mkdocs.yml"), *command[1:]])
        assert (1, SystemExit) == (done.exit_code, type(done.exception))


def test_facts_written_in_another_way_are_read_with_care(root: Path) -> None:
    """As an edition might be written by another version."""
    forged(moved_on(root), lambda _: json.dumps({"events": {"letter": {
        "title": {"en": "A letter", "ja": "書簡"}, "date": "2026-01-02", "actors": [{"id": "yard"}], "disputes": ["quay"], "status": "confirmed", "cites": ["log"]}}}))
    assert {"quay", "other"} == {line.fact for line in opened(root).history.stages[1].lines}


# --- how they are read ---


@pytest.mark.parametrize("folder", [HERE.parent / "content" / "facts", *((HERE / "cases" / "sites" / name / "facts") for name in ("harbour", "minimal", "trilingual"))], ids=lambda p: p.parent.name)
def test_the_quick_way_reads_what_the_careful_one_does(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    languages = ("en", "de", "ar") if folder.parent.name == "trilingual" else ("en", "ja")
    create_site(tmp_path / "site", ["en"])
    shutil.rmtree(tmp_path / "site" / "content" / "facts")
    shutil.copytree(folder, tmp_path / "site" / "content" / "facts")
    root = tmp_path / "site"
    overrides = folder.parent / "overrides"
    settings = Settings(root, languages, root / "content" / "facts", root / "content" / "pages", root / ".cache", overrides)
    site = open_site(settings, DAY)
    site.diagnostics.clear()
    take_snapshot(site, root / "mkdocs.yml", date(2026, 8, 1), Remarks({}))
    (root / "content" / "facts" / "more.yml").write_text("terms: {zzz: {name: Z, definition: Z}}\n", encoding="utf-8")
    monkeypatch.setattr(chronicle._Library, "_with_care", None)
    read = open_site(settings, DAY).history.versions[0].briefing
    expected = read_edition(editions(root) / "2026-08-01").briefing
    assert (expected.about, dict(expected.facts)) == (read.about, dict(read.facts))


def test_facts_that_editions_have_in_common_are_read_once(root: Path) -> None:
    one, other = opened(moved_on(root)).history.versions
    assert one.briefing.facts["letter"] is other.briefing.facts["letter"]
    assert one.briefing.facts["quay"] is not other.briefing.facts["quay"]


def test_what_changed_is_kept_and_editions_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [stage.topics for stage in opened(moved_on(root)).history.stages]
    monkeypatch.setattr(chronicle._Library, "briefing", lambda *_: pytest.fail("read again"))
    assert first == [stage.topics for stage in opened(root).history.stages]


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda raw: raw[:-9], lambda raw: raw.replace(b"agreed", b"argued"), lambda _: b"\xff\n[]"])
def test_what_was_kept_and_is_not_whole_is_told_anew(root: Path, spoil: Callable[[bytes], bytes]) -> None:
    first = [stage.topics for stage in opened(moved_on(root)).history.stages]
    kept = sorted((root / ".cache" / "changes").glob("*.json"))
    assert 2 == len(kept)
    for path in kept:
        path.write_bytes(spoil(path.read_bytes()))
    assert first == [stage.topics for stage in opened(root).history.stages]


def test_only_what_is_still_asked_for_is_kept(root: Path) -> None:
    _ = opened(moved_on(root)).history
    write(root, (root / "content" / "facts" / "all.yml").read_text(encoding="utf-8").replace("A visit", "A call"))
    assert "A call" in str(opened(root).history.stages[-1].lines[0].words)
    assert 2 == len(list((root / ".cache" / "changes").iterdir()))


# --- pages ---


def test_the_page_tells_newest_first_and_folds_what_is_minor(root: Path) -> None:
    text = page(opened(moved_on(root)), "en/changes.md").markdown
    order = [
        "## Since the last edition {", "New event: “[A visit](events/visit.md)”", "## [1 June 2026](editions/2026-06-01.md) {", "They agreed, see [Who pays for the quay](disputes/quay.md).",
        "- This dispute moved from open to resolved (from 1 May 2026): They agreed.", "<summary>Minor changes: wording 1</summary>",
        "[Another](actors/other.md)", "## [1 February 2026](editions/2026-02-01.md) {", "put together later", "As it began.", "The first edition: 5 entries.",
    ]
    places = [text.find(words) for words in order]
    assert sorted(places) == places
    assert -1 not in places


def test_what_stands_in_the_heading_is_not_said_again(root: Path) -> None:
    freeze(root, "2026-02-01")
    text = FACTS.replace("    history:", "    open_questions: [{question: {en: When?, ja: いつか。}}]\n    history:").replace("as_of: 2026-06-01", "as_of: 2026-07-01")
    write(root, text)
    lines = opened(root).history.stages[1].lines
    assert ["As-of date changed from 1 June 2026 to 1 July 2026", "New open question: When?"] == [line.words["en"] for line in lines]
    assert ["時点を「2026年6月1日」から「2026年7月1日」に変更", "残る疑問を追加：いつか。"] == [line.words["ja"] for line in lines]


def test_in_every_language_in_its_own_words(root: Path) -> None:
    text = page(opened(moved_on(root)), "ja/changes.md").markdown
    assert "## [2026年6月1日](editions/2026-06-01.md)" in text
    assert "出来事を追加：「[訪問](events/visit.md)」（2026年5月2日）" in text
    # The note is in English alone.
    assert '<span class="bb-borrowed" lang="en"' in text


def test_the_state_of_play_leads_to_what_changed_last(root: Path) -> None:
    site = opened(moved_on(root))
    assert "[Since the edition of 1 June 2026: 1 change of substance](changes.md)" in page(site, "en/index.md").markdown
    freeze(root, "2026-08-01")
    assert "[Edition of 1 August 2026: 1 change of substance](changes.md)" in page(opened(root), "en/index.md").markdown


def test_words_in_another_language_say_so(root: Path) -> None:
    freeze(moved_on(root), "2026-07-01")
    write(root, (root / "content" / "facts" / "all.yml").read_text(encoding="utf-8").replace("船を造る。", "船を2隻造る。"))
    site = opened(root)
    assert 'now reads “<span lang="ja" dir="ltr">船を2隻造る。</span>”' in page(site, "en/changes.md").markdown
    assert "<span" not in page(site, "ja/changes.md").markdown.partition("## [2026年7月1日]")[0].partition('id="since"')[2]
    freeze(root, "2026-08-01")
    read = feedparser.parse(BytesIO(feeds(opened(root))["en/actors/yard/changes.atom"]))
    assert '“<span dir="ltr" lang="ja">船を2隻造る。</span>”' in read.entries[0].content[0].value


@pytest.mark.parametrize(("uri", "expected"), [
    ("en/disputes/quay.md", "Last change of substance here: [Edition of 1 June 2026](../changes.md#edition-2026-06-01)."),
    ("en/actors/yard.md", "Last change of substance here: [Edition of 1 June 2026](../changes.md#edition-2026-06-01)."),
    ("en/actors/other.md", "No change of substance here since the first edition of 1 February 2026."),
])
def test_disputes_and_actors_say_when_they_last_changed_and_how_to_follow(root: Path, uri: str, expected: str) -> None:
    found = page(opened(moved_on(root)), uri)
    assert expected in found.markdown
    assert f"]({Path(uri).stem}/changes.atom)" in found.markdown
    if "disputes" in uri:
        assert "](changes.atom)" in page(opened(root), "en/disputes/quay/side-by-side.md").markdown
    assert found.feed is not None
    assert f"{uri.removesuffix('.md')}/changes.atom" == found.feed.uri


def test_links_lead_to_pages_that_there_are(root: Path) -> None:
    """What was deleted is named without a link, what has a new id is found under it."""
    moved_on(root)
    text = (root / "content" / "facts" / "all.yml").read_text(encoding="utf-8")
    text = text.replace("  quay:\n", "  pier:\n    formerly: [quay]\n").replace("disputes: [quay]", "disputes: [pier]")
    write(root, re.sub(r"  other: .*\n", "", text))
    markdown = page(opened(root), "en/changes.md").markdown
    assert "[Who pays for the quay](disputes/pier.md)" in markdown
    assert "Another" in markdown
    assert ("disputes/quay.md" in markdown, "actors/other.md" in markdown) == (False, False)


# --- notes of the authors ---

NOTED = "    changes: [{on: 2026-05-18, note: {en: 'We had the sum wrong, see [[quay]].', ja: 金額を誤っていた。}}]\n"


def noted(root: Path) -> Path:
    """A site with two editions, in the second of which an event has a note on a change and nothing else."""
    freeze(root, "2026-02-01")
    write(root, FACTS.replace("    date: 2026-01-02\n", f"    date: 2026-01-02\n{NOTED}"))
    freeze(root, "2026-06-01")
    return root


def test_a_note_on_a_change_stands_on_the_page_of_its_fact(root: Path) -> None:
    found = page(opened(noted(root)), "ja/events/letter.md").markdown
    assert '## このページの変更 { #changes }\n\n- <span class="bb-date">2026年5月18日</span> 金額を誤っていた。' in found
    assert "#changes" not in page(opened(root), "ja/actors/yard.md").markdown


def test_notes_are_never_folded_and_no_changes_of_substance(root: Path) -> None:
    stage = opened(noted(root)).history.stages[1]
    assert ([("letter", "noted", True, False)], {}, {}) == (
        [(line.fact, line.kind, line.minor, line.folded) for line in stage.lines], dict(stage.substance), dict(stage.minor),
    )
    text = page(opened(root), "en/changes.md").markdown
    expected = '- <span class="bb-remark">Event “[A letter](events/letter.md)”, 18 May 2026: We had the sum wrong, see Who pays for the quay.</span>'
    assert (True, False) == (expected in text, "<details" in text)


def test_followers_are_told_of_notes(root: Path) -> None:
    read = feedparser.parse(BytesIO(feeds(opened(noted(root)))["ja/actors/yard/changes.atom"]))
    (entry,) = read.entries
    assert ("2026年6月1日版", True) == (entry.title, "金額を誤っていた。" in entry.content[0].value)


def test_a_note_that_is_worded_better_is_not_told_again(root: Path) -> None:
    text = (noted(root) / "content" / "facts" / "all.yml").read_text(encoding="utf-8")
    write(root, text.replace("We had the sum wrong", "The sum was wrong"))
    assert None is opened(root).history.pending
    write(root, text.replace("誤っていた。}}", "誤っていた。}}, {on: 2026-05-18, note: {en: Again., ja: 再び。}}"))
    pending = opened(root).history.pending
    assert pending is not None
    assert ["Event “A letter”, 18 May 2026: Again."] == [plainly(line.words["en"]) for line in pending.lines]


# --- feeds ---


def feeds(site: Site) -> dict[str, bytes]:
    return {asset.uri: asset.content for asset in site.assets if asset.uri.endswith(".atom")}


def test_each_language_dispute_and_actor_has_a_feed(root: Path) -> None:
    names = ("changes", "disputes/quay/changes", "actors/yard/changes", "actors/other/changes")
    assert {f"{code}/{name}.atom" for code in ("en", "ja") for name in names} == set(feeds(opened(moved_on(root))))


def test_a_feed_reader_finds_all_that_it_needs(root: Path) -> None:
    site = opened(moved_on(root))
    read = feedparser.parse(BytesIO(feeds(site)["ja/disputes/quay/changes.atom"]))
    assert (False, "atom10", "ja", "埠頭") == (read.bozo, read.version, read.feed.language, read.feed.author)
    assert "埠頭 – 埠頭の費用：変更履歴" == read.feed.title
    assert f"{ADDRESS}ja/disputes/quay/" == read.feed.link
    (entry,) = read.entries
    assert ("2026年6月1日版：実質的な変更1件", "2026-06-01T00:00:00Z") == (entry.title, entry.updated)
    assert f"{ADDRESS}ja/changes/#edition-2026-06-01" == entry.link
    assert f'<a href="{ADDRESS}ja/disputes/quay/">埠頭の費用</a>' in entry.content[0].value
    assert "合意した。" in entry.content[0].value
    assert "text/html" == entry.content[0].type


def test_all_feeds_are_as_the_rfc_demands(root: Path) -> None:
    for address in (ADDRESS, ""):
        found = feeds(opened(moved_on(root) if address else root, address))
        for uri, content in found.items():
            assert [] == list(objections(uri, content, address)), uri


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314  # we wrote it


def objections(uri: str, content: bytes, address: str) -> list[str]:
    """What of the MUSTs of RFC 4287 (4.1 and 4.2), and the SHOULD of a link to itself, a feed does not keep."""
    feed, wrong = parsed(content), []
    if (f"{ATOM}feed", uri.partition("/")[0]) != (feed.tag, feed.get("{http://www.w3.org/XML/1998/namespace}lang")):
        wrong.append("root")
    nodes = [feed, *feed.findall(f"{ATOM}entry")]
    wrong += [f"{node.tag}: {len(node.findall(ATOM + name))} of {name}" for node in nodes for name in ("id", "title", "updated") if len(node.findall(ATOM + name)) != 1]
    wrong += [f"{node.tag}: no {name}" for node in nodes for name in ("id", "title") if not node.findtext(ATOM + name)]
    wrong += [f"{node.tag}: more than one {name}" for node in nodes for name in ("content", "summary", "subtitle", "logo", "icon") if len(node.findall(ATOM + name)) > 1]
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        wrong.append("no author")
    for node in nodes:
        assert datetime.strptime(node.findtext(f"{ATOM}updated") or "", "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in node.findall(f"{ATOM}link")]
        wrong += [f"twice the same link: {one}" for one in set(links) if one[0] == "alternate" and links.count(one) > 1]
        wrong += ["a link that leads nowhere" for link in node.findall(f"{ATOM}link") if not urlsplit(urljoin(address or "https://x/", link.get("href"))).netloc]
        wrong += ["no alternate"] if "alternate" not in [rel for rel, _, _ in links] else []
    ids = [node.findtext(f"{ATOM}id") for node in nodes]
    wrong += [f"no IRI: {one}" for one in ids if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", str(one))]
    wrong += ["an id twice"] if len(set(ids)) != len(ids) else []
    self_ = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if [urljoin(f"{address or 'https://x/'}{uri}", str(one)) for one in self_] != [f"{address or 'https://x/'}{uri}"]:
        wrong.append(f"self: {self_}")
    known = {ATOM + name for name in ("feed", "entry", "id", "title", "updated", "author", "name", "link", "content", "summary")}
    return wrong + [f"foreign: {node.tag}" for node in feed.iter() if node.tag not in known]


def ids(found: dict[str, bytes]) -> dict[str, list[str | None]]:
    return {uri: [node.text for node in parsed(content).iter(f"{ATOM}id")] for uri, content in found.items()}


def test_ids_stay_when_the_site_moves_and_is_renamed_and_goes_on(root: Path) -> None:
    site = opened(moved_on(root))
    before = ids(feeds(site))
    assert len([one for found in before.values() for one in found]) == len({one for found in before.values() for one in found})
    write(root, (root / "content" / "facts" / "all.yml").read_text(encoding="utf-8").replace("The quay,", "Quay 4,").replace(
        "  quay:\n", "  pier:\n    formerly: [quay]\n").replace("disputes: [quay]", "disputes: [pier]"))
    freeze(root, "2026-08-01")
    after = ids(feeds(opened(root, "https://elsewhere.example/")))
    assert before == {uri: [one for one in after[uri] if one in before[uri]] for uri in before}
    assert after["en/disputes/quay/changes.atom"] == after["en/disputes/pier/changes.atom"]


def test_what_is_not_frozen_yet_is_in_no_feed(root: Path) -> None:
    found = feeds(opened(moved_on(root)))
    write(root, FACTS + VISIT.replace("A visit", "A second visit"))
    assert found == feeds(opened(root))
    assert b"visit" not in b"".join(found.values())


def test_hostile_words_stay_words(root: Path) -> None:
    """A manifest is JSON, and may hold characters that no XML may."""
    freeze(root, "2026-02-01", en="<script>alert(1)</script> & ]]> [[quay|<b>]]")
    path = editions(root) / "2026-02-01" / MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace(" & ", " & \\u0000\\u001b\\ufffe\\ud800\\u0002"), encoding="utf-8")
    name = 'Pier <img src=x onerror="alert(1)"> &amp; ]]>'
    write(root, FACTS + VISIT.replace("{en: A visit,", "{en: '" + name + "',"))
    freeze(root, "2026-03-01")
    site = opened(root)
    read = feedparser.parse(BytesIO(feeds(site)["en/changes.atom"]), sanitize_html=False)
    assert (False, "<script>alert(1)</script> & ]]> <b>") == (read.bozo, read.entries[1].summary.replace("\N{REPLACEMENT CHARACTER}", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    content = read.entries[0].content[0].value
    assert ("<img" in content, "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; ]]&gt;" in content) == (False, True)
    text = page(site, "en/changes.md").markdown
    assert ("<script" in text, "<img" in text) == (False, False)


def test_a_page_names_its_feed_to_browsers(root: Path, tmp_path: Path) -> None:
    moved_on(root)
    done = CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml"), "-d", str(tmp_path / "built")])
    assert 0 == done.exit_code, done.output
    for place, href in (("ja", "changes.atom"), ("ja/changes", "../changes.atom"), ("ja/disputes/quay", "changes.atom")):
        html = (tmp_path / "built" / place / "index.html").read_text(encoding="utf-8")
        assert [href] == re.findall(r'<link rel="alternate alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', html)
        assert (tmp_path / "built" / place / href).is_file()
    html = (tmp_path / "built" / "ja" / "events" / "index.html").read_text(encoding="utf-8")
    assert "application/atom+xml" not in html


def test_exports_have_the_page_and_the_feeds_too(root: Path, tmp_path: Path) -> None:
    moved_on(root)
    done = CliRunner().invoke(main, ["export", "-f", str(root / "mkdocs.yml"), str(tmp_path / "out"), "--site-url", ADDRESS])
    assert 0 == done.exit_code, done.output
    found = feeds(opened(root))
    assert found == {uri: (tmp_path / "out" / uri.replace("/", "/docs/", 1)).read_bytes() for uri in found}
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-f", "mkdocs.ja.yml"], cwd=tmp_path / "out", capture_output=True,
        text=True, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
    )
    assert 0 == run.returncode, run.stdout + run.stderr
    for place, href in (("", "changes.atom"), ("changes", "../changes.atom"), ("disputes/quay", "changes.atom")):
        html = (tmp_path / "out" / "site" / "ja" / place / "index.html").read_text(encoding="utf-8")
        assert [href] == re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', html)
        assert (tmp_path / "out" / "site" / "ja" / place / href).is_file()


def test_a_feed_is_of_the_newest_editions(root: Path) -> None:
    site = opened(moved_on(root))
    many = [replace(site.history.versions[0], id=f"2026-02-{n:02}") for n in range(1, 29)] * 2
    history: History = replace(site.history, versions=tuple(many), stages=tuple(replace(site.history.stages[1], after=version) for version in many))
    content = next(feeds_of(history, site.languages)).content
    assert 50 == len(parsed(content).findall(f"{ATOM}entry"))
