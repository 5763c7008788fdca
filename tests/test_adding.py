"""`briefbook add`: the right file and line, a skeleton that says what is missing, and not a character changed besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefbook import adding
from briefbook.adding import Added, AddingError, Wish, add_fact
from briefbook.cli import main
from briefbook.filing import Newcomer, Sheet
from briefbook.model.facts import KINDS
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.yamltree import read_tree
from briefbook.rules import Circumstances
from briefbook.scaffolding import create_site
from briefbook.schemafile import schema_path, site_schema, staleness, write_schema
from briefbook.site import Settings
from briefbook.skeleton import skeleton

DAY = date(2026, 11, 23)
NOUNS = [kind.removesuffix("s") for kind in KINDS]
SOURCES = "sources:\n  paper:\n    publisher: The Paper\n    language: en\n    kind: newsroom\n    url: https://paper.example.org/1\n"
EVENTS = """\
# The events.
events:
  # The first one.
  fair:
    date: 2024-03-01
    title: Fair   # a remark
    status: confirmed
    cites: [paper]
    # A remark at the end of the fair.

  # The last one.
  walk:
    date: 2024-09-01
    title: Walk
    status: confirmed
    cites: [paper]
# At the end of the file.
"""


@pytest.fixture
def home(tmp_path: Path) -> Callable[..., Settings]:
    """Makes a site of files: names from the folder of facts, and their texts."""

    def make(files: dict[str, str | bytes] | None = None, languages: Sequence[str] = ("en", "ja")) -> Settings:
        folder = tmp_path / "content" / "facts"
        folder.mkdir(parents=True)
        for name, content in {"sources.yml": SOURCES, **(files or {})}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return Settings(tmp_path, tuple(languages), folder, tmp_path / "content" / "pages", tmp_path / ".cache")

    return make


HOME = Callable[..., Settings]


def add(settings: Settings, kind: str, id_: str, **known: object) -> Added:
    return add_fact(settings, Wish(kind, id_, **known), DAY)  # type: ignore[arg-type]


def read(settings: Settings) -> Reading:
    return read_folder(settings.facts, settings.languages, settings.root, circumstances=Circumstances(DAY))


def text_of(settings: Settings, name: str) -> str:
    return (settings.facts / name).read_bytes().decode()


# --- the skeleton ---


@pytest.mark.parametrize("languages", [["en", "ja"], ["en"], ["de", "ar"]], ids=",".join)
@pytest.mark.parametrize("noun", NOUNS)
def test_the_check_says_what_is_to_be_filled_in_and_nothing_else(home: HOME, noun: str, languages: list[str]) -> None:
    settings = home(languages=languages)
    added = add(settings, noun, "newcomer")
    lines = text_of(settings, Path(added.place.file).name).splitlines()
    empty = [number for number, line in enumerate(lines, start=1) if re.search(r'TODO|""', line.partition("#")[0])]
    found = read(settings).diagnostics
    assert empty
    assert empty == [one.place.line for one in found]
    assert {added.place.file} == {one.place.file for one in found}
    assert set("F") == {one.code[0] for one in found}


FILLED = {
    "actors": {"kind: TODO": "kind: person"},
    "events": {"date: TODO": "date: 2024-05-13", "status: TODO": "status: confirmed"},
    "disputes": {"parties: [TODO]": "parties: [acme]", "status: TODO": "status: open", "from: TODO": "from: 2024"},
    "figures": {"amount: TODO": "amount: 1 USD", "as_of: TODO": "as_of: 2024", "status: TODO": "status: confirmed"},
    "sources": {"language: TODO": "language: en", "kind: TODO": "kind: primary"},
    "terms": {},
}


def filled(kind: str, text: str) -> str:
    for empty, full in {**FILLED[kind], "cites: [TODO]": "cites: [paper]", '""': '"Words?"'}.items():
        text = text.replace(empty, full)
    assert "TODO" not in text
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_filled_in_it_is_a_fact_without_errors(home: HOME, kind: str) -> None:
    settings = home({"acme.yml": "actors:\n  acme: {kind: person, name: Acme, summary: x, cites: [paper]}\n"})
    path = settings.root / add(settings, kind, "newcomer", file=Path("new.yml")).place.file
    path.write_text(filled(kind, path.read_text(encoding="utf-8")), encoding="utf-8")
    reading = read(settings)
    assert [] == [str(one) for one in reading.diagnostics if one.severity == "error"]
    assert "newcomer" in reading.briefing.facts


@pytest.mark.parametrize("languages", [["en", "ja"], ["de"]], ids=",".join)
@pytest.mark.parametrize("kind", KINDS)
def test_every_example_in_a_comment_has_the_form_that_is_read(home: HOME, kind: str, languages: list[str]) -> None:
    settings = home(languages=languages)
    text = "\n".join([f"{kind}:", *(f"  {line}" for line in skeleton(kind, "newcomer", languages, {}))])
    bare = filled(kind, re.sub(r"^( +)# ", r"\1", text, flags=re.MULTILINE))
    # A value is an amount or a date.
    bare = re.sub(r"^ +date: 2032.*\n", "", bare, flags=re.MULTILINE) if kind == "figures" else bare
    (settings.facts / "new.yml").write_text(bare, encoding="utf-8")
    reading = read(settings)
    assert [] == [str(one) for one in reading.diagnostics if one.code[0] in "YF"]
    assert bare.count("\n") > 10
    assert type(reading.briefing.facts["newcomer"]) is KINDS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_a_new_fact_may_have_is_shown(kind: str) -> None:
    text = "\n".join(skeleton(kind, "newcomer", ["en"], {}))
    shown = set(re.findall(r"^  (?:# )?([a-z_]+):", text, re.MULTILINE))
    names = {info.alias or name for name, info in KINDS[kind].model_fields.items()}
    assert names - {"id", "formerly", "withdrawn", "changes"} == shown


def test_it_is_in_the_languages_of_the_site(home: HOME) -> None:
    settings = home(languages=["ar", "de"])
    add(settings, "term", "pier")
    text = text_of(settings, "terms.yml")
    assert '    name: {ar: "", de: ""}' in text
    assert "    # note: {ar: …, de: …}" in text
    assert not re.search(r"\b(en|ja): ", text)


def test_what_is_known_is_filled_in(home: HOME) -> None:
    settings = home()
    added = add(
        settings, "event", "fair", titles=('A "fair": #1', "ja=市"), when="2024-05~", cites=("paper",),
    )  # fmt: skip
    assert ("status",) == added.missing
    event = text_of(settings, "events.yml")
    assert "    date: 2024-05~\n" in event
    assert "    cites: [paper]\n" in event
    tree, _ = read_tree(event, "")
    assert tree is not None
    assert {"en": 'A "fair": #1', "ja": "市"} == tree.data()["events"]["fair"]["title"]  # type: ignore[index,call-overload]


def test_of_a_source_the_day_it_is_read_is_known(home: HOME) -> None:
    settings = home()
    add(
        settings,
        "source",
        "report",
        sort="primary",
        url="https://report.example.org/a?b=c#d",
        language="ja",
        when="2024",
        titles=("報告",),
    )
    tree, _ = read_tree(text_of(settings, "sources.yml"), "")
    assert tree is not None
    expected = {
        "publisher": {"en": "", "ja": ""}, "title": "報告", "url": "https://report.example.org/a?b=c#d", "published": 2024,
        "accessed": "2026-11-23", "language": "ja", "kind": "primary",
    }  # fmt: skip
    assert expected == tree.data()["sources"]["report"]  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    ("when", "planned"),
    [("2027-01", True), ("2026-06", False), ("2026-07-03", True), ("2026", False), ("2027?", False)],
)
def test_what_lies_ahead_of_the_briefings_date_is_planned(home: HOME, when: str, planned: bool) -> None:
    settings = home({"briefing.yml": "briefing: {title: Fairs, as_of: 2026-07-01}\n"})
    add(settings, "event", "fair", when=when)
    assert planned == ("\n    planned: true\n" in text_of(settings, "events.yml"))


# --- where it is written ---


def added_text(before: str, after: str) -> str:
    """What was put into `before`; fails where anything else is not as it was."""
    start = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    for at in range(start, -1, -1):
        inserted = after[at : at + len(after) - len(before)]
        if before == after[:at] + after[at + len(inserted) :]:
            return inserted
    raise AssertionError("more than an insertion")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "bom"])
@pytest.mark.parametrize("when", [None, "2023", "2024-05", "2025"])
def test_not_a_character_is_changed_besides(home: HOME, newline: str, mark: bytes, when: str | None) -> None:
    before = EVENTS.replace("\n", newline)
    settings = home({"events.yml": mark + before.encode()})
    add(settings, "event", "newcomer", when=when)
    raw = (settings.facts / "events.yml").read_bytes()
    assert raw.startswith(mark + b"# The events.")
    inserted = added_text(before, raw.removeprefix(mark).decode())
    assert not re.search(r"\r|\n", inserted.replace(newline, ""))
    assert inserted.strip().startswith("newcomer:") or newline + newline + "  newcomer:" in inserted


@pytest.mark.parametrize(
    ("text", "when", "before", "after"),
    [
        (EVENTS, None, "    cites: [paper]\n\n  newcomer:", "\n\n# At the end of the file.\n"),
        (EVENTS, "2024-05", "    # A remark at the end of the fair.\n\n  newcomer:", "\n\n  # The last one.\n  walk:"),
        (EVENTS, "2023", "# The events.\nevents:\n  newcomer:", "\n\n  # The first one.\n  fair:"),
        (EVENTS, "2025", "    cites: [paper]\n\n  newcomer:", "\n\n# At the end of the file.\n"),
        ("events:\n", None, "events:\n  newcomer:", "\n"),
        ("events: # none yet\n\nterms: {}\n", None, "events: # none yet\n  newcomer:", "\n\nterms: {}\n"),
        ("events: {}\n", None, "events:\n  newcomer:", "\n"),
        ("events: null\nterms:\n", None, "events:\n  newcomer:", "\nterms:\n"),
        ("# Nothing yet.\n", None, "# Nothing yet.\n\nevents:\n  newcomer:", "\n"),
        ("", None, "events:\n  newcomer:", "\n"),
        ("terms:", None, "terms:\n\nevents:\n  newcomer:", "\n"),
        ("  terms:\n\n", None, "  terms:\n\n  events:\n    newcomer:", "\n"),
        ("events:\n    fair:\n        date: 2024\n", None, "\n        date: 2024\n\n    newcomer:\n        date: TODO", "\n"),
        ("events:\n fair:\n  date: 2024\n  note: |\n   a\n\n   # b\n", None, "   # b\n\n newcomer:\n  date: TODO", "\n"),
        ("events:\n  fair: {date: 2024}\n  walk: {date: 2025}", None, "walk: {date: 2025}\n\n  newcomer:\n    date: TODO", ""),
        ("events:\n  fair:\n  walk:\nterms:\n", None, "  walk:\n\n  newcomer:", "\n\nterms:\n"),
        ("events:\n  fair:\n    date: 2024\n\n\nterms:\n", None, "    date: 2024\n\n  newcomer:", "\n\n\nterms:\n"),
    ],
)  # fmt: skip
def test_it_stands_in_its_place(home: HOME, text: str, when: str | None, before: str, after: str) -> None:
    settings = home({"events.yml": text})
    added = add(settings, "event", "newcomer", when=when, file=Path("events.yml"))
    written = text_of(settings, "events.yml")
    assert before in written
    assert re.search(
        r"# Findings that are known[^\r\n]*" + re.escape(after) + ("" if after.strip() else r"\Z"), written
    )
    if "{}" not in text and "null" not in text:
        assert added_text(text, written)
    tree, found = read_tree(written, "")
    assert ([], True) == (found, tree is not None)
    assert written.splitlines()[added.place.line - 1].strip() == "newcomer:"


def event(id_: str, when: str) -> str:
    return f"  {id_}: {{date: {when}, title: x, status: confirmed, cites: [paper]}}\n"


def source(id_: str, kind: str, language: str) -> str:
    return f"  {id_}: {{publisher: x, kind: {kind}, language: {language}}}\n"


YEARS = {
    "events/2023.yml": "events:\n" + event("a", "2023-02") + event("b", "2023-03"),
    "events/2024-h1.yml": "events:\n" + event("c", "2024-01") + event("d", "2024-02"),
    "events/2024-h2.yml": "events:\n" + event("e", "2024-07-01") + event("f", "2024-10"),
}
STORIES = {
    "one.yml": "events:\n" + event("one-a", "2023-02") + event("one-b", "2023-03"),
    "two.yml": "events:\n" + event("two-a", "2024-01") + event("two-b", "2025-02") + event("two-c", "2025-03"),
}
SHELVES = {
    "sources.yml": SOURCES,
    "trade.yml": "sources:\n" + source("t1", "trade", "en") + source("t2", "trade", "ja"),
    "news.yml": "sources:\n" + source("n1", "newsroom", "en") + source("gazette-1", "newsroom", "en"),
    "news-ja.yml": "sources:\n" + source("n3", "newsroom", "ja") + source("n4", "newsroom", "ja"),
}


@pytest.mark.parametrize(
    ("files", "kind", "id_", "known", "name"),
    [
        ({}, "event", "x", {}, "events.yml"),
        (YEARS, "event", "x", {"when": "2023-12"}, "events/2023.yml"),
        (YEARS, "event", "x", {"when": "2024-06-30"}, "events/2024-h1.yml"),
        (YEARS, "event", "x", {"when": "2031"}, "events/2024-h2.yml"),
        (YEARS, "event", "x", {"when": "1999"}, "events/2023.yml"),
        (STORIES, "event", "x", {"when": "2023-04"}, "one.yml"),
        (STORIES, "event", "x", {"when": "2024"}, "two.yml"),
        (STORIES, "event", "one-c", {}, "one.yml"),
        (STORIES, "event", "x", {}, "two.yml"),
        (SHELVES, "source", "x", {"sort": "trade"}, "trade.yml"),
        (SHELVES, "source", "x", {"sort": "newsroom", "language": "ja"}, "news-ja.yml"),
        (SHELVES, "source", "gazette-2", {}, "news.yml"),
        ({"a/p.yml": "terms:\n  p: {name: p, definition: p}\n", "a/q.yml": "terms:\n  q: {name: q, definition: q}\n"}, "term", "x", {}, "a/x.yml"),
        ({"events.yml": "terms: {p: {name: p, definition: p}}\n"}, "term", "x", {}, "terms.yml"),
    ],
)  # fmt: skip
def test_the_file_that_fits_is_found(
    home: HOME, files: dict[str, str], kind: str, id_: str, known: dict[str, str], name: str
) -> None:
    settings = home(files)
    added = add(settings, kind, id_, **known)
    assert f"content/facts/{name}" == added.place.file
    assert f"  {id_}:\n" in text_of(settings, name)


@pytest.mark.parametrize("file", ["sub/new.yml", "content/facts/sub/new.yml", "{home}/sub/new.yml"])
def test_a_file_can_be_named_from_here_or_from_the_facts(
    home: HOME, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    settings = home()
    monkeypatch.chdir(settings.root)
    assert (
        "content/facts/sub/new.yml"
        == add(settings, "term", "pier", file=Path(file.format(home=settings.facts))).place.file
    )


def test_a_file_that_is_there_is_meant_before_one_that_is_not(home: HOME, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = home({"sub/terms.yml": "terms:\n"})
    monkeypatch.chdir(settings.facts / "sub")
    assert "content/facts/sub/terms.yml" == add(settings, "term", "pier", file=Path("sub/terms.yml")).place.file


def test_a_new_file_tells_editors_where_the_schema_is(home: HOME) -> None:
    settings = home()
    assert not text_of(settings, Path(add(settings, "term", "pier").place.file).name).startswith(
        "# yaml-language-server"
    )
    write_schema(settings.facts, site_schema(read(settings)))
    add(settings, "term", "quay", file=Path("sub/deep/terms.yml"))
    head = text_of(settings, "sub/deep/terms.yml").splitlines()[0]
    assert "# yaml-language-server: $schema=../../../facts.schema.json" == head
    assert None is staleness(settings.facts, site_schema(read(settings)))


# --- what is refused ---


@pytest.mark.parametrize(
    ("kind", "id_", "known", "message"),
    [
        ("evnt", "x", {}, "“evnt” is not a kind of fact; did you mean “event”?"),
        ("thing", "x", {}, "the kinds are: dispute, actor, event, figure, source, term"),
        ("event", "Acme's Fair 2024", {}, "did you mean “acmes-fair-2024”?"),
        ("event", "2024", {}, "“2024” cannot be an id: ids are a-z, 0-9 and -, and start with a letter"),
        ("event", "市", {}, "“市” cannot be an id"),
        ("event", "a" * 101, {}, "cannot be an id"),
        ("event", "briefing", {}, "that is what the briefing itself is called"),
        ("event", "paper", {}, "“paper” is the id of a source, at content/facts/sources.yml:2:3"),
        ("event", "broken", {}, "“broken” is the id of a term"),
        ("event", "gone", {}, "“gone” was the id of “pier”; ids are never used again"),
        ("event", "x", {"when": "2024-13"}, "“2024-13” has no such month: 13; months run from 01 to 12"),
        ("actor", "x", {"when": "2024"}, "an actor has no date; leave --date out"),
        ("event", "x", {"sort": "person"}, "an event has no kind"),
        ("event", "x", {"url": "https://example.org/"}, "an event has no url"),
        ("term", "x", {"language": "en"}, "a term has no language"),
        ("source", "x", {"cites": ("paper",)}, "a source has no cites"),
        ("actor", "x", {"sort": "organisation"}, "did you mean “organization”?"),
        ("source", "x", {"sort": "blog"}, "one of: primary, newsroom, trade, aggregator"),
        ("source", "x", {"language": "English"}, "“English” is not a language code"),
        ("source", "x", {"url": "example.org"}, "“example.org” is not a web address"),
        ("source", "x", {"url": "https://paper.example.org/1/"}, "that address is the one of source “paper”, at content/facts/sources.yml:2:3"),
        ("event", "x", {"cites": ("papers",)}, "there is no source “papers”; did you mean “paper”?"),
        ("event", "x", {"cites": ("pier",)}, "there is no source “pier”"),
        ("event", "x", {"titles": ("a\u202eb",)}, "what was given cannot be written"),
        ("event", "x", {"titles": ("a\x00b",)}, "there is no place for it"),
        ("event", "x", {"titles": ("a\udc80b",)}, "what was given is not text in UTF-8"),
        ("event", "x", {"file": Path("../../mkdocs.yml")}, "is not in the folder of facts, content/facts"),
        ("event", "x", {"file": Path("/etc/x.yml")}, "is not in the folder of facts"),
        ("event", "x", {"file": Path("out.yml")}, "is not in the folder of facts"),
        ("event", "x", {"file": Path("sub")}, "“sub” is a folder; name a file in it"),
        ("event", "x", {"file": Path("notes.txt")}, "“notes.txt” is no file of facts; their names end in .yml"),
        ("event", "x", {"file": Path(".hidden.yml")}, "is no file of facts"),
        ("event", "x", {"file": Path("torn.yml")}, "content/facts/torn.yml is broken: content/facts/torn.yml:2:1"),
        ("event", "x", {"file": Path("latin.yml")}, "content/facts/latin.yml cannot be read"),
        ("term", "x", {"file": Path("flow.yml")}, "the terms in content/facts/flow.yml stand in brackets"),
        ("term", "x", {"file": Path("list.yml")}, "content/facts/list.yml is no list of facts"),
        ("term", "x", {"file": Path("odd.yml")}, "are no facts"),
        ("term", "x", {"file": Path("ended.yml")}, "there is no place for it in content/facts/ended.yml"),
        ("event", "x", {"file": Path("sources.yml/x.yml")}, "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(
    home: HOME, kind: str, id_: str, known: dict[str, object], message: str
) -> None:
    settings = home(
        {
            "terms.yml": "terms:\n  pier: {name: pier, definition: x, formerly: [gone]}\n  broken: {}\n",
            "sub/keep.yml": "", "torn.yml": "events: [\n", "latin.yml": b"events: # \xe9\n", "flow.yml": "terms: {dock: {name: d, definition: d}}\n",
            "list.yml": "- a\n", "odd.yml": "terms: [a]\n", "ended.yml": "events:\n...\n",
        }
    )  # fmt: skip
    (settings.root / "out.yml").write_text("events:\n", encoding="utf-8")
    (settings.facts / "out.yml").symlink_to(settings.root / "out.yml")
    before = {path: path.read_bytes() for path in settings.root.rglob("*") if path.is_file()}
    with pytest.raises(AddingError) as refusal:
        add(settings, kind, id_, **known)
    assert message in str(refusal.value)
    assert before == {path: path.read_bytes() for path in settings.root.rglob("*") if path.is_file()}


def test_what_might_be_the_same_is_told(home: HOME) -> None:
    settings = home({"torn.yml": "events: [\n", "a.yml": "actors:\n  jane-doe: {kind: person, name: x}\n"})
    expected = (
        "there is an actor “jane-doe” already, at content/facts/a.yml:2:3",
        "content/facts/torn.yml cannot be read, so that the ids in it are not known",
    )
    assert expected == add(settings, "actor", "doe-jane").notes


def test_a_file_that_changed_meanwhile_is_left_alone(home: HOME, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = home({"events.yml": EVENTS})
    look_again = adding._written

    def meanwhile(sheet: Sheet, after: str, newcomer: Newcomer) -> object:
        (settings.facts / "events.yml").write_text("events:\n", encoding="utf-8")
        return look_again(sheet, after, newcomer)

    monkeypatch.setattr(adding, "_written", meanwhile)
    with pytest.raises(AddingError, match="has changed since it was read"):
        add(settings, "event", "x")
    assert "events:\n" == text_of(settings, "events.yml")


@pytest.mark.parametrize("file", ["events.yml", "new.yml"])
def test_a_full_disk_leaves_all_as_it_was(home: HOME, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    settings = home({"events.yml": EVENTS})
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(AddingError, match=f"{file} cannot be written: No space left on device"):
        add(settings, "event", "x", file=Path(file))
    assert ["events.yml", "sources.yml"] == sorted(path.name for path in settings.facts.iterdir())
    assert EVENTS == text_of(settings, "events.yml")


# --- the command ---


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site of one's own."""
    create_site(tmp_path / "site", ["en", "ja"])
    return tmp_path / "site"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("noun", NOUNS)
def test_the_command_says_where_to_go_on(site: Path, noun: str) -> None:
    done = run("add", noun, "newcomer", "-f", site / "mkdocs.yml")
    assert 0 == done.exit_code, done.stderr
    name, line, rest = done.stdout.split(":", 2)
    assert f" {noun} “newcomer” added. To fill in: " in rest
    assert "  newcomer:" == (site / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "newcomer" in schema_path(site / "content" / "facts").read_text(encoding="utf-8")
    assert 0 == run("schema", "--check", "-f", site / "mkdocs.yml").exit_code


def test_all_options_together(site: Path) -> None:
    done = run(
        "add", "event", "storm", "--date", "2025-08", "--title", "A storm", "--title", "ja=嵐", "--cites", "courier-2025-05",
        "--file", "weather.yml", "-f", site / "mkdocs.yml",
    )  # fmt: skip
    assert "content/facts/weather.yml:4: event “storm” added. To fill in: status.\n" == done.stdout


def test_a_refusal_ends_with_2(site: Path) -> None:
    done = run("add", "event", "gull-lantern", "-f", site / "mkdocs.yml")
    assert (2, "") == (done.exit_code, done.stdout)
    assert "“gull-lantern” is the id of an actor, at content/facts/actors.yml:4:3" in done.stderr
