"""The JSON Schema: as strict as the reader where it can be and never stricter, it completes what there is, and is told when it is behind."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from briefbook.cli import main
from briefbook.diagnostics import has_errors
from briefbook.guidance import CHOICES, NOTES, fields_of
from briefbook.model.base import Value
from briefbook.model.facts import KINDS
from briefbook.model.text import Ref
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.yamltree import read_tree
from briefbook.scaffolding import create_site
from briefbook.schema import Known, as_text, fact_file_schema, known_in
from briefbook.schemafile import SchemaError, renew_schema, schema_path, site_schema, staleness, write_schema

HERE = Path(__file__).parent
REAL = HERE.parent / "content" / "facts"
CASES = [
    case for folder in ("reading", "rules") for case in sorted((HERE / "cases" / folder).glob("*.yml"))
    if read_tree(case.read_text(encoding="utf-8").partition("# --- expected")[0], "facts.yml")[0] is not None
]  # fmt: skip
# What is said of a fact by itself, and so could be said by a schema; an id that is used twice could not.
SAID_OF_ONE_FACT = re.compile(r"F00[1-7]")
# Files whose every mistake is beyond a schema: it does not read amounts.
BEYOND = {"f002-not-a-list-whose-entries-are-broken", "f006-names-that-are-taken"}
FACTS = """\
actors:
  acme: {kind: organization, name: {en: Acme, ja: アクメ}}
  widget: {kind: organization, name: Widget}
sources:
  paper: {publisher: The Paper, title: "News of *[[acme|Acme]]*", published: 2024-05, language: en, kind: newsroom}
disputes:
  quarrel:
    title: A quarrel
    question: Who is right?
    parties: [acme, widget]
    history: [{status: open, from: 2024, why: So it began, cites: [paper]}]
figures:
  price: {title: Price, values: [{amount: 1 USD, as_of: 2024, status: confirmed, cites: [paper]}]}
events:
  fair: {date: 2024-05-13, title: {en: A fair, ja: 市}, status: confirmed, cites: [paper]}
terms:
  pier: {name: pier, definition: Where ships lie}
"""
READ = Callable[..., Reading]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site of one's own."""
    create_site(tmp_path / "site", ["en", "ja"])
    return tmp_path / "site"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def schema_of(reading: Reading) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(site_schema(reading))
    Draft202012Validator.check_schema(schema)
    return schema


def takes(schema: dict[str, Any], text: str) -> bool:
    tree, found = read_tree(text, "facts.yml")
    assert ([], True) == (found, tree is not None), text
    return bool(Draft202012Validator(schema).is_valid(tree.data() if tree else None))


def resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = {
            **schema["$defs"][part["$ref"].removeprefix("#/$defs/")],
            **{k: v for k, v in part.items() if k != "$ref"},
        }
    return part


def offered(schema: dict[str, Any], part: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The words an editor offers where `part` holds, with what it says of each."""
    part = resolved(schema, part)
    if "const" in part:
        yield part["const"], part["description"]
    yield from zip(part.get("enum", ()), part.get("enumDescriptions", part.get("enum", ())), strict=True)
    for inner in (*part.get("anyOf", ()), *([part["items"]] if "items" in part else [])):
        yield from offered(schema, inner)


def at(schema: dict[str, Any], *path: str) -> dict[str, Any]:
    """The part of the schema for a field; `*` is any fact, and lists are looked through."""
    part = resolved(schema, schema)
    for step in path:
        while "properties" not in part and step != "*":
            part = resolved(
                schema,
                part["items"]
                if "items" in part
                else next(p for p in part["anyOf"] if "properties" in resolved(schema, p)),
            )
        part = resolved(schema, part["additionalProperties"] if step == "*" else part["properties"][step])
    return part


def subclasses(type_: type) -> Iterator[type]:
    for sub in type_.__subclasses__():
        yield sub
        yield from subclasses(sub)


# --- what is said of fields ---


def test_every_field_is_described_and_no_other() -> None:
    for type_, notes in NOTES.items():
        names = {field.name for field in fields_of(type_)}
        assert set() == set(notes) - names, type_
        for field in fields_of(type_):
            assert field.note.says.strip().endswith((".", "…")), (type_, field.name)


def test_patterns_are_read_by_every_validator(facts: READ) -> None:
    """In ECMAScript’s Unicode mode, which JSON Schema asks for, only letters with a meaning and signs of syntax are escaped."""
    made = json.dumps(fact_file_schema(known_in(facts(FACTS).briefing), ("en", "ja")), ensure_ascii=False)
    patterns = [json.loads(written) for written in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', made)]
    assert 5 <= len(patterns)
    assert [] == [pattern for pattern in patterns if not re.fullmatch(r"(?:[^\\]|\\[\^$\\.*+?()[\]{}|/dDsSwWbB])*", pattern)]


def test_every_record_of_the_model_is_there() -> None:
    # Manifests of editions are values too, once their module is imported; nobody writes one by hand.
    written = {type_ for type_ in subclasses(Value) if type_.__module__.startswith("briefbook.model.")}
    assert {type_.__name__ for type_ in written} == {type_.__name__ for type_ in NOTES}


def test_the_words_of_a_choice_are_all_explained_or_none() -> None:
    for choice, words in CHOICES.items():
        assert set(choice) == set(words)


def test_every_property_says_what_it_is_for(facts: READ) -> None:
    schema = schema_of(facts(FACTS))
    records = [schema, *(resolved(schema, part) for part in schema["$defs"].values())]
    records += [inner for part in schema["$defs"].values() for inner in part.get("anyOf", ())]
    described = {
        name: part.get("description")
        for record in records
        if record.get("additionalProperties") is False
        for name, part in record["properties"].items()
    }
    assert len(described) > 60
    assert [] == [name for name, says in described.items() if not says]


def test_examples_are_right_themselves(facts: READ) -> None:
    schema = schema_of(facts(FACTS))

    def examples(part: Any) -> Iterator[tuple[Any, Any]]:
        if isinstance(part, dict):
            yield from ((part, example) for example in part.get("examples", ()))
            for inner in part.values():
                yield from examples(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from examples(inner)

    found = list(examples(schema))
    assert len(found) > 10
    for part, example in found:
        assert Draft202012Validator({**part, "$defs": schema["$defs"]}).is_valid(example), example


# --- what it completes ---


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        (("events", "*", "cites"), ["paper"]),
        (("events", "*", "actors"), ["acme", "widget"]),
        (("events", "*", "disputes"), ["quarrel"]),
        (("events", "*", "said_by"), ["acme", "widget", "paper"]),
        (("actors", "*", "roles", "at"), ["acme", "widget"]),
        (("actors", "*", "relations", "to"), ["acme", "widget"]),
        (("disputes", "*", "parties"), ["acme", "widget"]),
        (("disputes", "*", "positions", "by"), ["acme", "widget"]),
        (("disputes", "*", "positions", "cites"), ["paper"]),
        (("disputes", "*", "related"), ["quarrel"]),
        (("figures", "*", "values", "cites"), ["paper"]),
        (("briefing", "key_figures"), ["price"]),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else None,
)
def test_ids_are_completed(facts: READ, path: tuple[str, ...], ids: list[str]) -> None:
    schema = schema_of(facts(FACTS))
    assert ids == [word for word, _ in offered(schema, at(schema, *path))]


def test_no_sort_of_reference_is_forgotten(facts: READ) -> None:
    schema = schema_of(facts(FACTS))
    for sort in Ref.__subclasses__():
        assert list(offered(schema, {"$ref": f"#/$defs/{sort.__name__}"})), sort


def test_an_id_is_explained_by_its_date_and_its_name_in_every_language(facts: READ) -> None:
    schema = schema_of(facts(FACTS))
    assert ("acme", "Acme · アクメ") in offered(schema, at(schema, "events", "*", "actors"))
    assert [("paper", "2024-05 · The Paper · News of *Acme*")] == list(
        offered(schema, at(schema, "events", "*", "cites"))
    )


def test_words_to_choose_from_are_explained(facts: READ) -> None:
    schema = schema_of(facts(FACTS))
    assert ("copy", "only through somebody else") in offered(schema, at(schema, "sources", "*", "read"))


def test_the_languages_of_the_site_are_completed(facts: READ) -> None:
    schema = schema_of(facts(FACTS, languages=["de", "ar"]))
    assert [{"label": "{de: …, ar: …}", "body": {"de": "$1", "ar": "$2"}}] == schema["$defs"]["Text"]["defaultSnippets"]
    assert ["de", "ar"] == list(schema["$defs"]["TextByLanguage"]["properties"])


def test_a_fact_that_is_broken_has_an_id_all_the_same(facts: READ) -> None:
    reading = facts(FACTS + "  fog: {name: fog}\n")
    assert has_errors(reading.diagnostics)
    assert Known("terms", "fog", "fog") in known_in(reading.briefing)


# --- what it takes and refuses ---


def test_an_id_that_is_not_known_yet_is_left_to_the_checker(facts: READ) -> None:
    schema = schema_of(facts(FACTS))
    assert takes(schema, "events: {x: {date: 2024, title: x, status: confirmed, cites: [fresh], actors: [newcomer]}}")


@pytest.mark.parametrize(
    "wrong",
    [
        "cites: [acme]",
        "cites: [{source: acme}]",
        "actors: [paper]",
        "actors: [{id: fair}]",
        "disputes: [price]",
        "cites: [TODO]",
        "said_by: fair",
    ],
)
def test_an_id_of_another_kind_or_form_is_refused(facts: READ, wrong: str) -> None:
    schema = schema_of(facts(FACTS))
    assert takes(schema, "events: {x: {date: 2024, title: x, status: confirmed}}")
    assert not takes(schema, f"events: {{x: {{date: 2024, title: x, status: confirmed, {wrong}}}}}")


@pytest.mark.parametrize("languages", [["en", "ja"], ["de"], ["ar", "en"]], ids=",".join)
def test_a_new_site_fits_the_schema_it_comes_with(tmp_path: Path, languages: list[str]) -> None:
    create_site(tmp_path / "new", languages)
    folder = tmp_path / "new" / "content" / "facts"
    schema = json.loads(schema_path(folder).read_text(encoding="utf-8"))
    for path in folder.iterdir():
        assert takes(schema, path.read_text(encoding="utf-8")), path.name
    assert None is staleness(folder, site_schema(read_folder(folder, languages, tmp_path)))


def test_the_real_facts_fit_the_schema_made_of_them() -> None:
    reading = read_folder(REAL, ("en", "ja"), REAL.parent)
    validator = Draft202012Validator(schema_of(reading))
    wrong = []
    for name, text in reading.texts.items():
        tree, _ = read_tree(text, name)
        wrong += [
            (name, error.json_path, error.message[:100])
            for error in validator.iter_errors(tree.data() if tree else None)
        ]
    assert wrong == [] or has_errors(reading.diagnostics)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_agrees_with_the_reader(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8").partition("# --- expected")[0]
    (tmp_path / "facts.yml").write_text(text, encoding="utf-8")
    reading = read_folder(tmp_path, ("en", "ja"), tmp_path)
    tree, _ = read_tree(text, "facts.yml")
    assert tree is not None
    codes = [found.code for found in reading.diagnostics]
    valid = Draft202012Validator(fact_file_schema(languages=("en", "ja"))).is_valid(tree.data())
    if not any(SAID_OF_ONE_FACT.match(code) for code in codes):
        assert valid
    elif case.stem not in BEYOND:
        assert not valid


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("date", "2024-05~", "2024-13"), ("date", "2019/..", ".."), ("date", "2024", "0000"), ("date", "../2019", "13 May"),
        ("title", "{en: a, ja: b}", "{}"), ("title", "3.10", "2024"), ("title", "x", '" "'), ("title", "x", "[x]"), ("title", "x", ""),
        ("note", "", "[]"), ("cites", "[]", ""), ("planned", "true", "yes"), ("planned", "false", ""),
        ("ignore", "{code: W206, why: so}", "{code: W206}"), ("ignore", "[{code: W206, why: so}]", "{code: w2, why: so}"),
        ("confidence", "", "sure"), ("formerly", "[old-id]", "[Old]"), ("said_by", "{en: people}", "Some people"),
    ],
)  # fmt: skip
def test_a_field_is_taken_and_refused_as_by_the_reader(facts: READ, field: str, right: str, wrong: str) -> None:
    fields = {"date": "2024", "title": "x", "status": "confirmed"}
    for written, good in ((right, True), (wrong, False)):
        text = "events:\n  x:\n" + "".join(
            f"    {name}: {value}\n" for name, value in {**fields, field: written}.items()
        )
        assert good == takes(fact_file_schema(languages=("en",)), text)
        assert good == (not any(SAID_OF_ONE_FACT.match(found.code) for found in facts(text).diagnostics))


@pytest.mark.parametrize(
    ("written", "good"),
    [
        ("13 billion USD", True), ("13 bilion USD", False), ("over 13 billion USD", True), ("ovr 13 USD", False), ("about 27 %", True),
        ("20 to 49 %", True), ("−5 %", True), ("1,000", True), ("1,00", False), ("13 USD or so", False), ("12", True), ("many", False),
    ],
)  # fmt: skip
def test_an_amount_is_taken_and_refused_as_by_the_reader(facts: READ, written: str, good: bool) -> None:
    text = FACTS.replace("amount: 1 USD", f'amount: "{written}"')
    assert good == takes(fact_file_schema(languages=("en", "ja")), text)
    assert good == (not any(SAID_OF_ONE_FACT.match(found.code) for found in facts(text).diagnostics))


# --- the file beside the facts ---


def test_it_is_the_same_however_the_facts_are_ordered() -> None:
    forwards = [Known("actors", "a", "A"), Known("actors", "b", "B"), Known("terms", "c", "C")]
    assert as_text(fact_file_schema(forwards, ("en",))) == as_text(fact_file_schema(reversed(forwards), ("en",)))


def test_a_new_fact_adds_one_line(facts: READ) -> None:
    before = site_schema(facts(FACTS)).splitlines()
    after = site_schema(facts(FACTS.replace("  widget:", "  dock: {kind: group, name: Dock}\n  widget:"))).splitlines()
    assert len(before) + 1 == len(after)
    new = [line for line in after if line not in before]
    assert ['    {"const": "dock", "description": "Dock"},', '   "pattern": "^(?!(acme|dock|widget)$)",'] == new


def test_words_of_authors_cannot_break_it(facts: READ) -> None:
    reading = facts('actors:\n  odd: {name: "\\"}, \\\\ {\\"const\\": 1", kind: group}\n')
    assert {"anyOf": [{"const": "odd", "description": '"}, \\ {"const": 1'}]} == json.loads(site_schema(reading))[
        "$defs"
    ]["ids of actors"]


def test_it_is_not_made_of_files_that_cannot_be_read(facts: READ) -> None:
    with pytest.raises(SchemaError, match=r"2\.yml cannot be read"):
        site_schema(facts(FACTS, "actors: [\n"))


def test_it_is_renewed_only_where_it_is_kept_and_all_files_can_be_read(facts: READ, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    reading = facts(FACTS)
    assert not renew_schema(folder, reading)
    assert not schema_path(folder).exists()
    assert write_schema(folder, site_schema(reading))
    assert not renew_schema(folder, reading)
    assert renew_schema(folder, reading, [Known("terms", "quay", "quay")])
    kept = schema_path(folder).read_bytes()
    assert not renew_schema(folder, facts(FACTS, "actors: [\n"))
    assert kept == schema_path(folder).read_bytes()


def test_it_is_written_as_a_whole_and_keeps_its_rights(
    facts: READ, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, path = tmp_path / "facts", schema_path(tmp_path / "facts")
    reading = facts(FACTS)
    write_schema(folder, site_schema(reading))
    path.chmod(0o640)
    write_schema(folder, site_schema(reading, [Known("terms", "quay")]))
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    kept = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        write_schema(folder, "other")
    assert kept == path.read_bytes()
    assert ["facts", path.name] == sorted(one.name for one in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (None, "it is not there"), (b"{", "it cannot be read"), (b"<<<<<<< HEAD\n", "it cannot be read"), (b"[]", "it is not one of these"),
        (b'{"$defs": {"ids of terms": 1}}', "it is not one of these"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_told(facts: READ, tmp_path: Path, kept: bytes | None, why: str) -> None:
    reading = facts(FACTS)
    if kept is not None:
        schema_path(tmp_path / "facts").write_bytes(kept)
    assert why in str(staleness(tmp_path / "facts", site_schema(reading)))


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (FACTS + "  quay: {name: quay, definition: x}\n", "it lacks quay"),
        (FACTS.replace("acme", "acne"), "it lacks acne; it still has acme"),
        (FACTS.replace("name: Widget", "name: Gadget"), "it has other words for widget"),
        (FACTS + "".join(f"  t{n}: {{name: x, definition: x}}\n" for n in range(5)), "it lacks t0, t1, t2 and 2 more"),
        (FACTS, None),
    ],
    ids=["new", "renamed", "reworded", "many", "same"],
)
def test_what_is_stale_is_named(facts: READ, tmp_path: Path, now: str, why: str | None) -> None:
    write_schema(tmp_path / "facts", site_schema(facts(FACTS)))
    assert why == staleness(tmp_path / "facts", site_schema(facts(now)))


def test_one_by_another_version_serves_while_it_knows_the_same_ids(facts: READ, tmp_path: Path) -> None:
    schema = schema_of(facts(FACTS))
    schema["$defs"]["Event"]["properties"]["title"]["description"] = "said in other words"
    write_schema(tmp_path / "facts", as_text(schema))
    assert None is staleness(tmp_path / "facts", site_schema(facts(FACTS)))


# --- the command ---


def test_in_a_site_the_command_prints_its_ids_and_elsewhere_the_form_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert '"const": "gull-lantern"' in run("schema", "-f", site / "mkdocs.yml").stdout
    monkeypatch.chdir(site)
    assert '"const": "gull-lantern"' in run("schema").stdout
    monkeypatch.chdir(site / "content")
    done = run("schema")
    assert (0, True) == (done.exit_code, "gull-lantern" not in done.stdout and takes(json.loads(done.stdout), FACTS))


def test_a_schema_that_is_behind_ends_with_1_and_is_mended_by_writing_it(site: Path) -> None:
    with (site / "content" / "facts" / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("  pier: {name: pier, definition: {en: Where ships lie., ja: 船が着く場所。}}\n")
    done = run("schema", "--check", "-f", site / "mkdocs.yml")
    assert (1, True) == (done.exit_code, "it lacks pier; renew it with: briefbook schema --write" in done.stderr)
    assert 0 == run("schema", "--write", "-f", site / "mkdocs.yml").exit_code
    done = run("schema", "--check", "-f", site / "mkdocs.yml")
    assert (0, "content/facts.schema.json is up to date.\n") == (done.exit_code, done.stderr)


def test_a_file_that_cannot_be_read_ends_with_1_and_leaves_the_schema(site: Path) -> None:
    kept = (site / "content" / "facts.schema.json").read_bytes()
    (site / "content" / "facts" / "broken.yml").write_text("actors: [\n", encoding="utf-8")
    done = run("schema", "--write", "-f", site / "mkdocs.yml")
    assert (1, True) == (done.exit_code, "broken.yml cannot be read" in done.stderr)
    assert kept == (site / "content" / "facts.schema.json").read_bytes()


def test_one_thing_at_a_time(site: Path) -> None:
    assert 2 == run("schema", "--write", "--check", "-f", site / "mkdocs.yml").exit_code


def test_a_build_renews_it_and_does_not_publish_it(site: Path, tmp_path: Path) -> None:
    with (site / "content" / "facts" / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("  pier: {name: {en: pier, ja: 桟橋}, definition: {en: Where ships lie., ja: 船が着く場所。}}\n")
    assert 0 == run("build", "-f", site / "mkdocs.yml", "-d", tmp_path / "out").exit_code
    assert "|pier)" in (site / "content" / "facts.schema.json").read_text(encoding="utf-8")
    assert [] == list((tmp_path / "out").rglob("*schema*"))


def test_facts_with_errors_do_not_keep_it_from_being_renewed(site: Path, tmp_path: Path) -> None:
    with (site / "content" / "facts" / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("  pier: {name: TODO}\n")
    assert 1 == run("build", "-f", site / "mkdocs.yml", "-d", tmp_path / "out").exit_code
    assert "|pier)" in (site / "content" / "facts.schema.json").read_text(encoding="utf-8")


def test_a_new_site_tells_editors_where_its_schema_is(site: Path) -> None:
    for path in (site / "content" / "facts").iterdir():
        head = path.read_text(encoding="utf-8").splitlines()[0]
        assert head.startswith("# yaml-language-server: $schema=")
        assert (path.parent / head.partition("=")[2]).resolve() == site / "content" / "facts.schema.json"
    settings = "\n".join(
        line
        for line in (site / ".vscode" / "settings.json").read_text(encoding="utf-8").splitlines()
        if "//" not in line
    )
    assert {"content/facts.schema.json": "content/facts/**/*.yml"} == json.loads(settings)["yaml.schemas"]
    workflow = yaml.safe_load((site / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    steps = [step.get("run") for step in workflow["jobs"]["build"]["steps"]]
    # Once it was built it could not be behind any more.
    assert steps.index("briefbook schema --check") < steps.index("briefbook build --strict")


def test_every_kind_of_fact_has_a_part(facts: READ) -> None:
    assert {"briefing", *KINDS} == set(schema_of(facts(FACTS))["properties"])
