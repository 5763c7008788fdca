"""PO files: what translators get and send back, and that every byte nobody meant to change stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import write_po

from briefbook.model.fingerprints import address_of, units_of
from briefbook.pofiles import export_po, messages_of, read_catalog
from briefbook.poimport import Imported, import_po
from briefbook.site import Settings, Site, open_site
from briefbook.translations import TranslationsError, accept, overview

FACTS = """\
# Who is who.  Two spaces, and a comment that must stay.
actors:
  acme:      # the maker
    kind: organization
    name: {en: Acme, ja: アクメ}   # short
    summary:
      en: >-
        A company that makes things, many of them, and has done so for as long as anybody who
        was asked can remember; see [[fair|the fair]] and [its site](https://example.org/).

      # Written by hand.
      ja: >-
        製造業。[[fair|見本市]]と[公式サイト](https://example.org/)を参照。
    note: {en: "With: a colon # and a hash", ja: "「引用」: 符号"}

events:
  fair:
    date: 2024
    title: {en: 'It''s a fair', ja: 見本市}
    summary: {en: "Plain \\"quoted\\" words"}
    status: reported
    said_by: {en: people, ja: 関係者}
    cites: [{source: paper, note: {en: page 1, ja: 1ページ}}]

disputes:
  berth:
    title: {en: Berth, ja: 岸壁}
    question: {en: Whose?, ja: 誰の？}
    parties: [acme]
    history:
      - status: open
        from: 2024
        why:
          en: It began with 49 % of it.
          ja: 始まった。
        cites: [paper]
      - {status: moot, from: 2025, why: {en: It ended., ja: 終わった。}, cites: [paper]}
sources:
  paper: {publisher: The Paper, language: en, kind: newsroom}
"""
FORMS = {
    "as it is": lambda raw: raw,
    "CRLF": lambda raw: raw.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "both": lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    "no line break at the end": lambda raw: raw.rstrip(b"\n"),
}
WORDINGS = [
    "plain", "with: a colon", "a # hash", "- a dash", "\"double\" and 'single' quotes", "back\\slash \\n", "{braces}, [brackets]",
    "[[fair]] first", "👩‍🚀 and 🚀", "שלום עולם", "مرحبا (عالم)", "yes", "null", "012", "12", "~", "* star", "& and", "!bang", "%",
    "> greater", "| pipe", "@at", "`tick`", "?", "word " * 80 + "end", "語" * 300, "全角　空白", "e\u0301", "a\u200fb", "1:30",
    "trailing colon:", "'", '"', "''", "key: [", "--- x", "... x", "<<: y", "%TAG", "\\", "\u00a0x\u2003y", "tab\there",
]
Opened = Callable[..., Site]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Writes the facts, if any are given, and reads the site."""

    def open_(facts: str | bytes | None = None, languages: tuple[str, ...] = ("en", "ja")) -> Site:
        folder = tmp_path / "content" / "facts"
        folder.mkdir(parents=True, exist_ok=True)
        if facts is not None:
            (folder / "facts.yml").write_bytes(facts.encode() if isinstance(facts, str) else facts)
        return open_site(Settings(tmp_path, languages, folder, tmp_path / "content" / "pages", tmp_path / ".cache"))

    return open_


@pytest.fixture
def po(tmp_path: Path) -> Path:
    return tmp_path / "texts.po"


def raw(site: Site) -> bytes:
    return (site.settings.facts / "facts.yml").read_bytes()


def lines_changed(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]


def edit(po: Path, wordings: dict[str, str], *, fuzzy: bool = False) -> None:
    """As a translator's editor does: change some translations, and take the fuzzy mark from them, or set it."""
    catalog = read_catalog(po)
    for message in messages_of(catalog):
        if message.context in wordings:
            message.string = wordings[message.context]
            message.flags = {"fuzzy"} if fuzzy else set()
    with po.open("wb") as file:
        write_po(file, catalog)


def entry(po: Path, address: str) -> Message:
    return next(message for message in messages_of(read_catalog(po)) if message.context == address)


def said(site: Site, address: str, language: str) -> str | None:
    facts = dict(site.briefing.written())
    found = {address_of(facts[unit.fact], unit.fact, unit.path): unit.text for unit in units_of(site.briefing)}
    return found[address].by_language.get(language)


def why(report: Imported) -> list[tuple[str, str]]:
    return [(remark.text, remark.why) for remark in report.skipped]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_there_and_back_changes_no_byte(form: str, language: str, opened: Opened, po: Path) -> None:
    before = FORMS[form](FACTS.encode())
    export_po(opened(before), language, po)
    report = import_po(opened(), po)
    assert ((), (), (), ()) == (report.written, report.skipped, report.warnings, report.files)
    assert before == raw(opened())


@pytest.mark.parametrize("form", FORMS)
def test_only_the_lines_concerned_change(form: str, opened: Opened, po: Path) -> None:
    before = FORMS[form](FACTS.encode())
    export_po(opened(before), "ja", po)
    edit(po, {"acme/name": "アクメ社", "acme/summary": "新しい要約。[[fair|見本市]]", "berth/history[1]/why": "起きた。"})
    report = import_po(opened(), po)
    assert ("acme/name", "acme/summary", "berth/history[1]/why") == tuple(sorted(report.written))
    changes = lines_changed(before, raw(opened()))
    assert ["ja: アクメ}", "製造業", "始まった"] == [re.search("ja: アクメ}|製造業|始まった", old.decode())[0] for old, _ in changes]  # type: ignore[index]
    assert ["アクメ社}   # short", "新しい要約。[[fair|見本市]]", "ja: 起きた。"] == [
        re.search("アクメ社.*|新しい.*|ja: 起.*", new.decode().rstrip("\r\n"))[0] for _, new in changes  # type: ignore[index]
    ]


@pytest.mark.parametrize("address", ["acme/name", "acme/summary", "acme/note", "fair/title", "fair/summary", "berth/history[1]/why"])
@pytest.mark.parametrize("form", ["as it is", "both"])
def test_any_wording_arrives(address: str, form: str, opened: Opened, po: Path) -> None:
    """Plain, quoted, in blocks, in brackets, and where there was none."""
    before = FORMS[form](FACTS.encode())
    for wording in WORDINGS:
        export_po(opened(before), "ja", po)
        edit(po, {address: wording})
        report = import_po(opened(), po)
        assert [(address,), ()] == [report.written, report.skipped]
        site = opened()
        assert [] == [found for found in site.reading.diagnostics if found.code[0] in "YF"]
        assert " ".join(wording.split()) == said(site, address, "ja")
        assert "# short" in raw(site).decode()
        assert (before.count(b"\r\n") > 0) == (raw(site).count(b"\r\n") == raw(site).count(b"\n"))
        po.unlink()


def test_a_missing_translation_is_put_beside_the_original(opened: Opened, po: Path) -> None:
    told = export_po(opened(FACTS), "ja", po)
    assert (11, 1) == (told.texts, told.missing)
    edit(po, {"fair/summary": "言葉"})
    import_po(opened(), po)
    before, after = 'summary: {en: "Plain \\"quoted\\" words"}', 'summary: {en: "Plain \\"quoted\\" words", ja: 言葉}'
    assert FACTS.replace(before, after) == raw(opened()).decode()


def test_a_missing_translation_gets_a_line_of_its_own_in_a_block(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS.replace("          ja: 始まった。\n", "")), "ja", po)
    edit(po, {"berth/history[1]/why": "始まった。"})
    import_po(opened(), po)
    assert FACTS == raw(opened()).decode()


def test_an_entry_says_what_it_is(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    text = po.read_text(encoding="utf-8")
    assert """\
#. event: It's a fair
#. briefbook: ja cfc4c4115230
#: content/facts/facts.yml
msgctxt "fair/title"
msgid "It's a fair"
msgstr "見本市"
""" in text
    assert '"Language: ja\\n"' in text
    assert "python-format" not in text


def test_a_stale_translation_is_fuzzy(opened: Opened, po: Path) -> None:
    accept(opened(FACTS))
    told = export_po(opened(FACTS.replace("en: Acme,", "en: Acme Inc.,")), "ja", po)
    assert 1 == told.stale
    assert (True, "アクメ") == (entry(po, "acme/name").fuzzy, entry(po, "acme/name").string)
    assert "changed since the translation was last looked at: en" in entry(po, "acme/name").auto_comments
    assert not entry(po, "acme/note").fuzzy


def test_what_was_mended_is_no_longer_stale_in_any_language(opened: Opened, po: Path) -> None:
    accept(opened(FACTS))
    export_po(opened(FACTS.replace("en: Acme,", "en: Acme Inc.,")), "ja", po)
    edit(po, {"acme/name": "アクメ社"})
    import_po(opened(), po)
    assert () == overview(opened()).stale
    assert 0 == overview(opened()).unrecorded


def test_a_better_wording_does_not_make_its_original_stale(opened: Opened, po: Path) -> None:
    accept(opened(FACTS))
    export_po(opened(), "ja", po)
    edit(po, {"acme/name": "アクメ社"})
    import_po(opened(), po)
    assert () == overview(opened()).stale


def test_what_was_reviewed_and_left_is_accepted(opened: Opened, po: Path) -> None:
    accept(opened(FACTS))
    changed = FACTS.replace("en: Acme,", "en: Acme Inc.,")
    export_po(opened(changed), "ja", po)
    edit(po, {"acme/name": "アクメ"})
    report = import_po(opened(), po)
    assert (("acme/name",), ()) == (report.accepted, report.written)
    assert () == overview(opened()).stale
    assert changed == raw(opened()).decode()


def test_what_was_not_looked_at_stays_stale(opened: Opened, po: Path) -> None:
    accept(opened(FACTS))
    export_po(opened(FACTS.replace("en: Acme,", "en: Acme Inc.,")), "ja", po)
    assert () == import_po(opened(), po).accepted
    assert ["acme/name"] == [lack.text for lack in overview(opened()).stale]


def test_what_is_still_fuzzy_is_not_imported(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社"}, fuzzy=True)
    assert [("acme/name", "it is marked as fuzzy, so somebody is still to look at it")] == why(import_po(opened(), po))
    assert FACTS == raw(opened()).decode()


def test_an_original_that_changed_meanwhile(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社"})
    changed = FACTS.replace("en: Acme,", "en: Acme Inc.,")
    report = import_po(opened(changed), po)
    assert [("acme/name", "its original has changed since the export")] == why(report)
    assert changed == raw(opened()).decode()


def test_a_translation_that_was_changed_in_the_facts_too(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社", "fair/summary": "言葉"})
    changed = FACTS.replace("ja: アクメ", "ja: 米アクメ").replace('words"}', 'words", ja: 文}')
    report = import_po(opened(changed), po)
    assert [
        ("acme/name", "the translation was changed in the facts too, to: 米アクメ"),
        ("fair/summary", "the translation was changed in the facts too, to: 文"),
    ] == sorted(why(report))
    assert changed == raw(opened()).decode()


def test_an_old_export_does_not_undo_what_was_written_since(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    changed = FACTS.replace("ja: アクメ", "ja: 米アクメ")
    report = import_po(opened(changed), po)
    assert ((), ()) == (report.written, report.skipped)
    assert changed == raw(opened()).decode()


def test_a_text_that_is_gone(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"fair/title": "市"})
    report = import_po(opened(FACTS.replace("  fair:", "  market:").replace("[[fair|", "[[market|")), po)
    assert [("fair/title", "there is no such text any more")] == why(report)


def test_a_fact_under_a_new_id_is_found(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"fair/title": "市"})
    assert ("market/title",) == import_po(opened(FACTS.replace("  fair:", "  market:\n    formerly: [fair]")), po).written


def test_a_text_that_has_moved_is_found(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"berth/history[2]/why": "終了した。"})
    new = "      - {status: open, from: 2023, why: {en: First., ja: 最初。}, cites: [paper]}\n      - status: open\n"
    report = import_po(opened(FACTS.replace("      - status: open\n", new)), po)
    assert ("berth/history[3]/why",) == report.written
    assert "終了した。" == said(opened(), "berth/history[3]/why", "ja")


def test_which_of_several_alike_is_not_guessed(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"berth/history[2]/why": "終了した。"})
    twice = (
        "      - {status: open, from: 2023, why: {en: It ended., ja: 終わった。}, cites: [paper]}\n"
        "      - {status: open, from: 2023, why: {en: First., ja: 最初。}, cites: [paper]}\n"
        "      - {status: moot, from: 2025, why: {en: It ended."
    )
    after = FACTS.replace("      - {status: moot, from: 2025, why: {en: It ended.", twice).replace("      - status: open", "      - status: open", 1)
    after = after.replace("      - status: open\n        from: 2024\n        why:\n          en: It began with 49 % of it.\n          ja: 始まった。\n        cites: [paper]\n", "")
    report = import_po(opened(after), po)
    assert [("berth/history[2]/why", "several texts there have this original now")] == why(report)


@pytest.mark.parametrize(("wording", "warnings"), [
    ("[[fair|市]] [x](https://example.org/)", []),
    ("[[fair]] [x](https://example.org/)", []),
    ("リンクなし", ["the original's [[fair]] is not in the translation", "the original's link to https://example.org/ is not in the translation"]),
    ("[[far|市]] [x](https://example.org/)", ["the original's [[fair]] is not in the translation"]),
])
def test_links_that_got_lost_are_told(wording: str, warnings: list[str], opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/summary": wording})
    report = import_po(opened(), po)
    assert (("acme/summary",), warnings) == (report.written, [remark.why for remark in report.warnings])


@pytest.mark.parametrize(("wording", "reason"), [
    ("a\u202eb", "it has a character that reverses the direction of text, U+202E"), ("a\x07b", "it has a control character, U+0007"),
])
def test_characters_that_no_fact_may_have(wording: str, reason: str, opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": wording})
    assert [("acme/name", reason)] == why(import_po(opened(), po))


def test_the_report_in_words(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社", "acme/note": "a\x07b"})
    assert """\
written: acme/name
not imported: acme/note: it has a control character, U+0007
1 written to content/facts/facts.yml, 0 accepted as they are, 1 not imported, 1 without a translation.""" == str(import_po(opened(), po))


def test_a_second_import_does_nothing(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社"})
    import_po(opened(), po)
    after = raw(opened())
    report = import_po(opened(), po)
    assert ((), (), after) == (report.written, report.skipped, raw(opened()))


def test_translators_notes_and_header_are_kept(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    text = po.read_text(encoding="utf-8").replace("FULL NAME <EMAIL@ADDRESS>", "Hanako <hanako@example.org>")
    po.write_text(text.replace('msgctxt "acme/name"', '# 社名は要確認\nmsgctxt "acme/name"'), encoding="utf-8")
    new = "actors:\n  other: {kind: product, name: {en: Other, ja: 他}}\n"
    export_po(opened(FACTS.replace("actors:\n", new)), "ja", po)
    assert ["社名は要確認"] == entry(po, "acme/name").user_comments
    assert "Hanako <hanako@example.org>" == read_catalog(po).last_translator
    assert "他" == entry(po, "other/name").string


def test_notes_follow_a_text_that_moves(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    text = po.read_text(encoding="utf-8")
    at = text.index('msgctxt "berth/history[2]/why"')
    po.write_text(text[:at] + "# 過去形で\n" + text[at:], encoding="utf-8")
    new = "      - {status: open, from: 2023, why: {en: First., ja: 最初。}, cites: [paper]}\n      - status: open\n"
    export_po(opened(FACTS.replace("      - status: open\n", new)), "ja", po)
    assert ["過去形で"] == entry(po, "berth/history[3]/why").user_comments
    assert [] == entry(po, "berth/history[2]/why").user_comments


def test_a_translation_whose_text_is_gone_is_kept_at_the_end(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    told = export_po(opened(FACTS.replace(", note: {en: page 1, ja: 1ページ}", "")), "ja", po)
    assert 1 == told.gone
    assert '#~ msgid "page 1"\n#~ msgstr "1ページ"' in po.read_text(encoding="utf-8")
    export_po(opened(), "ja", po)
    assert 1 == len(read_catalog(po).obsolete)


def test_an_export_with_nothing_new_changes_no_byte(opened: Opened, po: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    export_po(opened(FACTS), "ja", po)
    before = po.read_bytes()
    assert b"POT-Creation-Date: 1970-01-01" in before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    export_po(opened(), "ja", po)
    assert before == po.read_bytes()


def test_work_that_was_not_imported_is_not_written_over(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社", "fair/title": "市"})
    before = po.read_bytes()
    with pytest.raises(TranslationsError, match="acme/name and 1 more; import it first"):
        export_po(opened(), "ja", po)
    assert before == po.read_bytes()
    import_po(opened(), po)
    export_po(opened(), "ja", po)
    assert "アクメ社" == entry(po, "acme/name").string


def test_an_original_in_another_language_than_the_first(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS.replace("{en: Acme, ja: アクメ}", "{ja: アクメ}")), "en", po)
    assert ("アクメ", "") == (entry(po, "acme/name").id, entry(po, "acme/name").string)
    edit(po, {"acme/name": "Acme"})
    import_po(opened(), po)
    assert ("Acme", "アクメ") == (said(opened(), "acme/name", "en"), said(opened(), "acme/name", "ja"))


def test_three_languages_go_out_one_by_one(opened: Opened, po: Path) -> None:
    three = ("en", "ja", "fr")
    accept(opened(FACTS.replace("ja: アクメ}", "ja: アクメ, fr: Acmé}"), three))
    site = opened(raw(opened(None, three)).replace(b"en: Acme,", b"en: Acme Inc.,"), three)
    export_po(site, "fr", po)
    edit(po, {"acme/name": "Acmé SA"})
    import_po(opened(None, three), po)
    assert [("acme/name", "ja")] == [(lack.text, lack.language) for lack in overview(opened(None, three)).stale]


@pytest.mark.parametrize(("header", "language"), [("ja", "ja"), ("ja_JP", "ja"), ("JA", "ja"), ("ja-JP", "ja")])
def test_the_language_is_that_of_the_header(header: str, language: str, opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    po.write_text(po.read_text(encoding="utf-8").replace("Language: ja\\n", f"Language: {header}\\n"), encoding="utf-8")
    assert language == import_po(opened(), po).language


def test_a_file_from_another_editor(opened: Opened, po: Path) -> None:
    """With a byte order mark, CRLF, other wrapping, and none of our comments."""
    text = 'msgid ""\r\nmsgstr "Language: ja\\n"\r\n\r\nmsgctxt "acme/name"\r\nmsgid ""\r\n"Ac"\r\n"me"\r\nmsgstr "アクメ社"\r\n'
    po.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert ("acme/name",) == import_po(opened(FACTS), po).written


@pytest.mark.parametrize(("content", "message"), [
    (b"", "its header names no language"),
    (b'msgid ""\nmsgstr "Language: fr\\n"\n', "“fr” is not a language of this site"),
    (b"nonsense\n", "this is not PO"),
    (b'msgid "a"\n', "this is not PO"),
    (b'"floating"\n', "this is not PO"),
    (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=none-such\\n"\n\nmsgid "\xe3\x81\x82"\nmsgstr ""\n', "damaged"),
    (b'msgid "\xff"\nmsgstr ""\n', "damaged"),
    (b'msgid ""\nmsgstr "POT-Creation-Date: yesterday\\n"\n', "damaged"),
    (b'msgctxt "x"\n"y"\nmsgstr "z"\n', "names no language"),
    (b"\x00\x01\x02", "this is not PO"),
])
def test_what_is_no_po_file_is_told_without_a_traceback(content: bytes, message: str, opened: Opened, po: Path) -> None:
    po.write_bytes(content)
    with pytest.raises(TranslationsError, match=message):
        import_po(opened(FACTS), po)
    assert FACTS == raw(opened()).decode()


def test_a_file_that_is_not_there(opened: Opened, po: Path) -> None:
    with pytest.raises(TranslationsError, match="cannot be read"):
        import_po(opened(FACTS), po)


def test_entries_that_are_not_ours_are_told(opened: Opened, po: Path) -> None:
    po.write_text(
        'msgid ""\nmsgstr "Language: ja\\n"\n\nmsgid "Acme"\nmsgstr "アクメ社"\n\n'
        'msgctxt "no/such[place"\nmsgid "Acme"\nmsgstr "x"\n', encoding="utf-8",
    )
    report = import_po(opened(FACTS), po)
    assert [("Acme", "the entry has no msgctxt, so its text cannot be told"), ("no/such[place", "there is no such text any more")] == why(report)


def test_facts_that_changed_between_reading_and_writing_are_not_written_over(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    edit(po, {"acme/name": "アクメ社"})
    site = opened()
    opened(FACTS + "# new\n")
    report = import_po(site, po)
    assert ((), ()) == (report.written, report.files)
    assert "has changed since it was read" in report.skipped[0].why
    assert (FACTS + "# new\n").encode() == raw(site)


def test_nothing_is_imported_into_facts_that_cannot_be_read(opened: Opened, po: Path) -> None:
    export_po(opened(FACTS), "ja", po)
    with pytest.raises(TranslationsError, match="some facts cannot be read"):
        import_po(opened(FACTS + "actors: {}\n"), po)


def test_a_language_there_is_not_cannot_be_exported(opened: Opened, po: Path) -> None:
    with pytest.raises(TranslationsError, match="there is no language of this site “fr”"):
        export_po(opened(FACTS), "fr", po)
    assert not po.exists()
