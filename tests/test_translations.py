"""The table of translations, and recording and accepting what was found to agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.site import Settings, Site, open_site
from briefbook.translations import TranslationsError, accept, as_json, as_table, overview, record

FACTS = """\
briefing: {title: {en: A quarrel, ja: 争い}}
actors:
  acme: {kind: organization, name: Acme, summary: {en: Makes things., ja: 製造業。}}
  widget: {kind: product, name: {en: Widget}, summary: {en: A thing., ja: 物。}}
"""
TABLE = """\
kind      language  texts  complete  missing  stale
briefing  en            1         1        0      0
briefing  ja            1         1        0      0
actors    en            3         3        0      0
actors    ja            3         1        1      1
all       en            4         4        0      0
all       ja            4         2        1      1

Stale:
  acme/summary (ja): en changed

Missing:
  widget/name (ja)

content/translations.lock is up to date."""
Opened = Callable[..., Site]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Writes the facts, if any are given, and reads the site."""

    def open_(facts: str | None = None, languages: tuple[str, ...] = ("en", "ja")) -> Site:
        folder = tmp_path / "content" / "facts"
        folder.mkdir(parents=True, exist_ok=True)
        if facts is not None:
            (folder / "facts.yml").write_text(facts, encoding="utf-8")
        return open_site(Settings(tmp_path, languages, folder, tmp_path / "content" / "pages", tmp_path / ".cache"))

    return open_


def lock_lines(site: Site) -> list[str]:
    text = (site.settings.root / "content" / "translations.lock").read_text(encoding="utf-8")
    return [line.partition(" ")[0] for line in text.splitlines() if not line.startswith("#")]


def test_the_table(opened: Opened) -> None:
    accept(opened(FACTS))
    assert TABLE == as_table(overview(opened(FACTS.replace("Makes", "Sells"))))


def test_the_same_for_machines(opened: Opened) -> None:
    accept(opened(FACTS))
    data = json.loads(as_json(overview(opened(FACTS.replace("Makes", "Sells")))))
    assert [{"text": "acme/summary", "fact": "acme", "language": "ja", "changed": ["en"]}] == data["stale"]
    assert ["widget/name"] == [lack["text"] for lack in data["missing"]]
    assert {"kind": "all", "language": "ja", "texts": 4, "complete": 2, "missing": 1, "stale": 1} == data["rows"][-1]
    assert (True, 0) == (data["locked"], data["unrecorded"])


def test_before_there_is_a_lock(opened: Opened) -> None:
    table = as_table(overview(opened(FACTS)))
    assert table.endswith("There is no content/translations.lock yet, so no text is watched. Start with: briefbook translations --accept")


def test_nothing_is_written_by_looking(opened: Opened) -> None:
    site = opened(FACTS)
    as_table(overview(site))
    assert ["facts"] == [path.name for path in (site.settings.root / "content").iterdir()]


def test_the_first_time_everything_is_accepted(opened: Opened) -> None:
    site = opened(FACTS)
    assert "content/translations.lock written: 3 texts recorded." == str(accept(site))
    assert ["acme/summary", "briefing/title", "widget/summary"] == lock_lines(site)
    assert "content/translations.lock is up to date: 3 texts recorded." == str(accept(site))


def test_what_the_lock_does_not_know_yet_is_said(opened: Opened) -> None:
    accept(opened(FACTS))
    both = FACTS.replace("{en: Makes things., ja: 製造業。}", "{en: Sells., ja: 販売業。}")
    assert as_table(overview(opened(both))).endswith("1 text not recorded in content/translations.lock yet: briefbook translations --record")
    record(opened())
    assert 0 == overview(opened()).unrecorded
    opened(both.replace("Sells.", "Buys."))
    assert ["acme/summary"] == [lack.text for lack in overview(opened()).stale]


def test_recording_accepts_nothing_stale(opened: Opened) -> None:
    accept(opened(FACTS))
    site = opened(FACTS.replace("Makes", "Sells").replace("{en: Widget}", "{en: Widget, ja: ウィジェット}"))
    told = record(site)
    assert "content/translations.lock written: 4 texts recorded, 1 text still stale." == str(told)
    assert ((), ("acme/summary",)) == (told.accepted, told.stale)
    assert 1 == len(overview(opened()).stale)


def test_recording_forgets_what_is_gone(opened: Opened) -> None:
    accept(opened(FACTS))
    site = opened(FACTS.partition("  widget")[0])
    record(site)
    assert ["acme/summary", "briefing/title"] == lock_lines(site)


@pytest.mark.parametrize(("facts", "languages", "left"), [
    ((), (), []),
    (("acme",), (), ["widget/summary"]),
    (("widget", "acme"), (), []),
    ((), ("ja",), []),
    ((), ("en",), ["acme/summary", "widget/summary"]),
    (("acme",), ("en",), ["acme/summary", "widget/summary"]),
    (("briefing",), (), ["acme/summary", "widget/summary"]),
])
def test_accepting_some(facts: tuple[str, ...], languages: tuple[str, ...], left: list[str], opened: Opened) -> None:
    accept(opened(FACTS))
    told = accept(opened(FACTS.replace("Makes", "Sells").replace("A thing", "One thing")), facts, languages)
    assert left == [lack.text for lack in overview(opened()).stale] == list(told.stale)
    assert {"acme/summary", "widget/summary"} - set(left) == set(told.accepted)


@pytest.mark.parametrize(("facts", "languages", "message"), [
    (("acne",), (), "there is no fact “acne”; did you mean “acme”?"),
    ((), ("fr",), "there is no language of this site “fr”"),
])
def test_what_there_is_not_cannot_be_accepted(
    facts: tuple[str, ...], languages: tuple[str, ...], message: str, opened: Opened
) -> None:
    site = opened(FACTS)
    with pytest.raises(TranslationsError) as refusal:
        accept(site, facts, languages)
    assert message == str(refusal.value)
    assert not (site.settings.root / "content" / "translations.lock").exists()


@pytest.mark.parametrize("broken", ["actors: [\n", FACTS.replace("organization", "company"), FACTS + "events: {acme: {}}\n"])
def test_facts_that_cannot_be_read_are_not_forgotten(broken: str, opened: Opened) -> None:
    accept(opened(FACTS))
    before = lock_lines(opened())
    with pytest.raises(TranslationsError, match="some facts cannot be read"):
        accept(opened(broken))
    assert before == lock_lines(opened())


def test_facts_with_other_errors_can_be_accepted(opened: Opened) -> None:
    site = opened(FACTS.replace("Makes things.", "'see [[nobody]]'"))
    assert not site.reading.usable
    assert 3 == accept(site).texts


def test_an_unfinished_merge_is_finished_by_recording(opened: Opened) -> None:
    site = opened(FACTS)
    accept(site)
    path = site.settings.root / "content" / "translations.lock"
    clean = path.read_text(encoding="utf-8")
    path.write_text(f"<<<<<<< a\n{clean}=======\n{clean}>>>>>>> b\n", encoding="utf-8")
    assert 0 == overview(opened()).unrecorded
    record(opened())
    assert clean == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"# format: 2\nsomething else\n", b"\xff\xfe\x00"])
def test_a_lock_that_cannot_be_read_is_not_written_over(content: bytes, opened: Opened) -> None:
    site = opened(FACTS)
    path = site.settings.root / "content" / "translations.lock"
    path.write_bytes(content)
    with pytest.raises(TranslationsError, match=r"content/translations\.lock:1:1"):
        accept(site)
    assert content == path.read_bytes()


def test_a_lock_that_cannot_be_written_is_told(opened: Opened) -> None:
    site = opened(FACTS)
    (site.settings.root / "content" / "translations.lock").mkdir()
    with pytest.raises(TranslationsError, match=r"translations\.lock"):
        accept(site)


def test_one_language_has_no_translations(opened: Opened) -> None:
    site = opened("actors: {acme: {kind: product, name: Acme, summary: {en: Makes.}}}\n", languages=("en",))
    assert 0 == accept(site).texts
    assert [("actors", 1), ("all", 1)] == [(row.kind, row.complete) for row in overview(site).rows]


def test_no_texts_at_all(opened: Opened) -> None:
    assert () == overview(opened("actors: {acme: {kind: product, name: Acme}}\n")).rows
