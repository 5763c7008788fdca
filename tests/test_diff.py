"""`briefbook diff`: what is told of two versions of the same facts, and of the same facts in another order.

A case is a folder of tests/cases/diff with the facts as they were (`a`) and are (`b`), perhaps a `site.yml` with the
languages of the site, and everything that must be told of them (`expected`). `pytest tests/test_diff.py --update` writes
what is told now; read the difference before you keep it.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from briefbook import changereport
from briefbook.changereport import as_json, as_markdown, as_text
from briefbook.cli import main
from briefbook.comparing import Compared, ComparingError, compare_versions
from briefbook.comparison import Category, ChangeKind, compare
from briefbook.comparison.change import _SORTED
from briefbook.model import claims
from briefbook.model import facts as model
from briefbook.model.base import Value
from briefbook.model.briefing import Briefing
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.yamltree import read_tree
from briefbook.scaffolding import create_site
from briefbook.site import Settings
from briefbook.wording.labels import load_labels

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "cases" / "diff").iterdir() if path.is_dir())
REPOSITORY = HERE.parent
FOLDERS = [
    REPOSITORY / "content" / "facts",
    *sorted(path for path in (HERE / "cases" / "sites").glob("*/facts") if path.parent.name != "broken"),
    *(case / "b" for case in CASES if case.name != "unread"),
]
BEFORE = "2025-01-01"
COMMAND = f"briefbook diff {BEFORE} --all"


def languages_of(case: Path) -> tuple[str, ...]:
    told = case / "site.yml"
    return tuple(yaml.safe_load(told.read_text(encoding="utf-8"))["languages"]) if told.is_file() else ("en", "ja")


def laid_out(case: Path, root: Path) -> Settings:
    """A site of which `a` is an edition, and `b` what there is now."""
    shutil.copytree(case / "a", root / "content" / "editions" / BEFORE / "facts")
    shutil.copytree(case / "b", root / "content" / "facts")
    languages = languages_of(case)
    own = HERE / "cases" / "sites" / "trilingual" / "overrides" if "de" in languages else None
    return Settings(root, languages, root / "content" / "facts", root / "content" / "pages", root / "cache", own)


def compared(case: str, root: Path) -> Compared:
    return compare_versions(laid_out(HERE / "cases" / "diff" / case, root), BEFORE, None)


def told(found: Compared) -> dict[str, str]:
    """Everything that is told, by the file it is kept in."""
    languages = tuple(found.languages)
    shown = {f"{code}.txt": as_text(found, [code], all_=True) for code in languages}
    shown |= {f"{code}.md": as_markdown(found, [code], COMMAND) for code in languages}
    return shown | {"changes.json": as_json(found, languages)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, update: bool) -> None:
    found = told(compare_versions(laid_out(case, tmp_path), BEFORE, None))
    expected = case / "expected"
    if update:
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in found.items():
            (expected / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in expected.iterdir()} == found


def kinds(found: Compared) -> list[tuple[str, str]]:
    return [(change.kind.value, change.fact) for change in found.changes]


def test_one_item_more_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    assert [("record-added", "pier")] == kinds(compared("inserted", tmp_path))


def test_order_layout_and_what_no_reader_sees_are_no_changes(tmp_path: Path) -> None:
    assert [] == kinds(compared("nothing", tmp_path))


def test_a_fact_under_a_new_id_is_neither_gone_nor_new(tmp_path: Path) -> None:
    found = kinds(compared("facts", tmp_path))
    assert ("renamed", "widget") in found
    assert ("merged", "acme") in found
    assert not {("removed", "old-widget"), ("added", "widget"), ("removed", "twin"), ("unlinked", "fair")} & set(found)
    # Nor does what refers to it change.
    assert [] == [kind for kind, id_ in found if id_ == "fair" and kind in ("rewritten", "reworded")]


def test_what_cannot_be_read_is_not_told_to_be_gone(tmp_path: Path) -> None:
    found = compared("unread", tmp_path)
    assert [("retranslated", "roe")] == kinds(found)
    assert ("acme", "widget") == found.unread
    assert any("acme, widget" in note for note in found.notes)


def briefing_of(folder: Path) -> Briefing:
    return read_folder(folder, ("en", "ja"), folder).briefing


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(REPOSITORY).as_posix())
def test_the_same_facts_in_another_order_and_form_do_not_differ(folder: Path, tmp_path: Path) -> None:
    chance = random.Random(20260701)
    before = briefing_of(folder)
    assert () == compare(before, before)
    # A briefing without a title has that of the folder around it.
    copy = tmp_path / folder.parent.name / "facts"
    copy.mkdir(parents=True)
    for number, path in enumerate(sorted(folder.rglob("*.y*ml"))):
        tree, _ = read_tree(path.read_text(encoding="utf-8"), path.name)
        if tree is not None and isinstance(tree.value, dict):
            # JSON is YAML in another form.
            (copy / f"{99 - number:02}.yml").write_text(json.dumps(shuffled(tree.data(), chance)), encoding="utf-8")
    assert () == compare(before, briefing_of(copy), before.broken)


def shuffled(data: object, chance: random.Random) -> object:
    """The same with every list and mapping in another order."""
    if isinstance(data, dict):
        keys = chance.sample(list(data), len(data))
        return {key: shuffled(data[key], chance) for key in keys}
    if isinstance(data, list):
        return chance.sample([shuffled(item, chance) for item in data], len(data))
    return data


def test_a_comparison_does_not_ask_what_else_is_kept_with_a_record(facts: Callable[..., Reading]) -> None:
    """Records may carry what was once worked out of them; that is no part of what they say."""
    text = "actors: {acme: {kind: organization, name: Acme}}"
    one, other = facts(text).briefing, facts(text).briefing
    vars(one.facts["acme"])["kept"] = one.facts["acme"]
    vars(other.facts["acme"])["kept"] = other.facts["acme"]
    assert () == compare(one, other)


SAYS = "actors: {{acme: {{kind: organization, name: Acme, aliases: [Acme Inc.], summary: {{en: '{en}', ja: '{ja}'}}}}, widget: {{kind: organization, name: {{en: Widget, ja: ウィジェット}}}}}}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("It has 300 ships.", "船は300隻。"), ("It has 300 big ships.", "大型の船は300隻。"), "reworded"),
        (("It has 300 ships.", "船は300隻。"), ("It has 301 ships.", "船は301隻。"), "rewritten"),
        (("It has 300 ships.", "船は300隻。"), ("It has about 300 ships.", "船は約300隻。"), "rewritten"),
        (("It pays $5 million a year.", "年500万ドルを払う。"), ("It pays €5 million a year.", "年500万ユーロを払う。"), "rewritten"),
        (("It began on 5 May 2025.", "2025年5月5日に始まった。"), ("It began on May 5, 2025.", "始まったのは2025年5月5日。"), "reworded"),
        (("It began on 5 May 2025.", "2025年5月5日に始まった。"), ("It began on 6 May 2025.", "2025年5月6日に始まった。"), "rewritten"),
        (("The two of them sailed for Acme.", "両者はアクメのために出航した。"), ("Both of them sailed for Acme.", "二人はアクメのために出航した。"), "reworded"),
        (("It sold the yard to Widget.", "造船所をウィジェットに売った。"), ("It sold the yard.", "造船所を売った。"), "rewritten"),
        (("It sold the yard to Widget.", "造船所を売った。"), ("It sold the yard to [[widget]].", "造船所を売った。"), "reworded"),
        (("It builds ships and more.", "船などを造る。"), ("Nothing is known of this firm.", "何も分かっていない。"), "rewritten"),
        (("See [its page](https://example.org/a) for more.", "続きがある。"), ("See [its page](https://example.org/b) for more.", "続きがある。"), "rewritten"),
        (("It pays $10 billion.", "100億ドルを払う。"), ("It pays $10 billion.", "1000億ドルを払う。"), "retranslated"),
    ],
)
def test_wording_is_told_from_substance(
    before: tuple[str, str], after: tuple[str, str], expected: str, facts: Callable[..., Reading]
) -> None:
    one, other = (facts(SAYS.format(en=en, ja=ja)).briefing for en, ja in (before, after))
    changes = compare(one, other)
    assert [(expected, expected == "reworded")] == [(change.kind.value, change.minor) for change in changes]


ACCOUNT = """
disputes:
  d:
    title: D
    question: Who?
    parties: [a]
    history: [{{status: open, from: 2026-01-01, why: So., cites: [s]}}]
    accounts: [{{question: How much?, answers: [{{text: A lot., status: confirmed, cites: [s]}}], reading: "{reading}"}}]
actors:
  a: {{kind: organization, name: A}}
sources:
  s: {{publisher: {publisher}, title: T, language: en, kind: newsroom, published: 2026-01-01, accessed: 2026-01-01, url: "https://a.example/"}}
"""


def test_what_is_read_out_of_competing_accounts_is_substance_and_publishers_are_told_in_full(tmp_path: Path) -> None:
    """A reading of accounts is not how a name is read; a publisher matters little, and yet has two names to tell."""
    for side, values in (("a", {"reading": "Some 5 ships.", "publisher": "The Log"}), ("b", {"reading": "Some 6 ships.", "publisher": "The Post"})):
        (tmp_path / "case" / side).mkdir(parents=True)
        (tmp_path / "case" / side / "all.yml").write_text(ACCOUNT.format(**values), encoding="utf-8")
    found = compare_versions(laid_out(tmp_path / "case", tmp_path / "site"), BEFORE, None)
    assert [("d", "rewritten", False), ("s", "rewritten", True)] == [(c.fact, c.kind.value, c.minor) for c in found.changes]
    assert "now reads “The Post”, before “The Log”" in as_text(found, ["en"], all_=True)


def test_counts_are_of_every_kind_in_one_category() -> None:
    sorted_ = [kind for kinds in _SORTED.values() for kind in kinds]
    assert sorted(ChangeKind) == sorted(sorted_)
    assert list(Category) == list(_SORTED)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_change_and_field_has_words(language: str) -> None:
    labels, _ = load_labels(language)
    words = labels.under("change")
    assert [] == [kind for kind in ChangeKind if kind is not ChangeKind.ADDED and f"says.{kind.value}" not in words]
    assert [] == [category for category in Category if f"category.{category.value}" not in words]
    assert [] == sorted(name for name in fields() if f"field.{name.replace('_', '-')}" not in words)


def fields() -> set[str]:
    """The fields that can be told to have changed, as they are written."""
    unseen = {"id", "formerly", "ignore", "key", "replaces", "leading", "checked", "quote", "source", "code"}
    types = [t for module in (claims, model) for t in vars(module).values() if isinstance(t, type) and issubclass(t, Value)]
    return {info.alias or name for t in types for name, info in t.model_fields.items()} - unseen


def test_the_description_of_the_data_names_every_kind_and_category() -> None:
    text = (REPOSITORY / "generator" / "DIFF.md").read_text(encoding="utf-8")
    assert [] == [name for name in (*ChangeKind, *Category) if f"`{name.value}`" not in text]


TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
SIDE = {
    "type": "object", "additionalProperties": False, "required": ["name", "kind", "commit", "facts", "errors", "as_of"],
    "properties": {
        "name": MAYBE, "kind": {"enum": ["edition", "revision", "folder", "working-tree"]}, "commit": MAYBE,
        "facts": {"type": "integer"}, "errors": {"type": "integer"}, "as_of": MAYBE,
    },
}
CHANGE = {
    "type": "object", "additionalProperties": False,
    "required": ["kind", "category", "importance", "fact", "section", "path", "disputes", "languages", "before", "after", "words"],
    "properties": {
        "kind": {"enum": [kind.value for kind in ChangeKind]}, "category": {"enum": [c.value for c in Category]},
        "importance": {"enum": ["substance", "minor"]}, "fact": TEXT, "section": TEXT, "path": TEXT,
        "disputes": {"type": "array", "items": TEXT}, "languages": {"type": "array", "items": TEXT},
        "before": True, "after": True, "words": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
    },
}
FORM = {
    "type": "object", "additionalProperties": False,
    "required": ["format", "version", "from", "to", "languages", "counts", "unread", "changes"],
    "properties": {
        "format": {"const": "briefbook-diff"}, "version": {"const": 1}, "from": SIDE, "to": SIDE,
        "languages": {"type": "array", "items": TEXT}, "unread": {"type": "array", "items": TEXT},
        "counts": {"type": "object", "required": ["substance", "minor"]}, "changes": {"type": "array", "items": CHANGE},
    },
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_data_have_the_form_that_is_promised(case: Path) -> None:
    data = json.loads((case / "expected" / "changes.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, FORM)
    assert len(data["changes"]) == sum(data["counts"].values())


def test_a_comment_is_cut_between_changes_and_says_how_many_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = compared("dispute-moves", tmp_path)
    whole = as_markdown(found, ["en"], COMMAND)
    total = len(found.changes)
    for longest in range(300, len(whole), 97):
        monkeypatch.setattr(changereport, "LONGEST", longest)
        cut = as_markdown(found, ["en"], COMMAND)
        assert len(cut) <= longest
        left = re.search(r"; (\d+) more changes: `briefbook diff", cut)
        shown = [line for line in cut.splitlines() if line.startswith("- ")]
        assert left, cut
        assert total == len(shown) + int(left[1])
        assert set(shown) <= set(whole.splitlines())
        assert cut.count("<details>") == cut.count("</details>")


def test_links_lead_to_the_published_pages(tmp_path: Path) -> None:
    settings = replace(laid_out(HERE / "cases" / "diff" / "facts", tmp_path), address="https://example.org/book/")
    text = as_markdown(compare_versions(settings, BEFORE, None), ["ja"], COMMAND)
    assert "[見本市](https://example.org/book/ja/events/fair/)" in text
    assert "lost/" not in text


def test_a_comment_calls_nobody_and_holds_no_markup_of_authors(tmp_path: Path) -> None:
    name = "@everyone <img src=x> #12 | [x](javascript:y)"
    one, other = tmp_path / "site/content/editions/2025/facts", tmp_path / "site/content/facts"
    for folder, text in ((one, "actors: {a: {kind: group, name: A}}"), (other, f"actors: {{a: {{kind: group, name: A}}, b: {{kind: group, name: '{name}'}}}}")):
        folder.mkdir(parents=True)
        (folder / "all.yml").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path / "site", ("en",), other, tmp_path, tmp_path)
    text = as_markdown(compare_versions(settings, "2025", None), ["en"], COMMAND)
    assert "@e" not in text
    assert "<img" not in text
    assert "#1" not in text.replace("&#1", "")
    assert "](javascript" not in text


# --- the command, in a repository of git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A new site of which one version is committed, in a folder within its repository."""
    root = tmp_path / "work" / "book"
    create_site(root, ["en", "ja"])
    git(root.parent, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null")
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def commit(root: Path) -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "a version")
    return git(root, "rev-parse", "HEAD")


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "-f", str(root / "mkdocs.yml"), *arguments])


def change_a_name(root: Path) -> None:
    path = root / "content" / "facts" / "actors.yml"
    path.write_text(path.read_text(encoding="utf-8") + "  newcomer: {kind: group, name: {en: Newcomers, ja: 新参者}}\n", encoding="utf-8")


def test_without_names_the_files_are_compared_with_the_last_commit(repository: Path) -> None:
    done = run(repository, "--exit-code")
    assert (0, "From HEAD to the working tree.\nNothing changed that a reader would see.\n") == (done.exit_code, done.stdout)
    change_a_name(repository)
    done = run(repository)
    assert (0, "") == (done.exit_code, done.stderr)
    assert "  - New actor: Newcomers (group)" in done.stdout.splitlines()
    assert 1 == run(repository, "--exit-code").exit_code


def test_two_revisions_are_compared_whatever_the_files_are_now(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    change_a_name(repository)
    second = commit(repository)
    shutil.rmtree(repository / "content" / "facts")
    data = json.loads(run(repository, first[:10], "main", "--format", "json").stdout)
    assert ([first, second], ["added"]) == ([data[side]["commit"] for side in ("from", "to")], [c["kind"] for c in data["changes"]])
    assert "Newcomers" in run(repository, second, first).stdout


def test_several_languages_are_told_one_after_the_other(repository: Path) -> None:
    change_a_name(repository)
    shown = run(repository, "-l", "ja", "-l", "en").stdout
    assert 0 < shown.index("関係者を追加：新参者") < shown.index("New actor: Newcomers")
    assert 2 == run(repository, "-l", "fr").exit_code


def test_links_and_other_files_in_a_revision_are_left_out(repository: Path) -> None:
    (repository / "content" / "facts" / "out.yml").symlink_to("/etc/hostname")
    (repository / "content" / "facts" / "notes.txt").write_bytes(b"\xff\x00")
    commit(repository)
    (repository / "content" / "facts" / "out.yml").unlink()
    done = run(repository, "--exit-code")
    assert (0, "") == (done.exit_code, done.stderr)


def test_names_of_files_may_be_of_any_script(repository: Path) -> None:
    (repository / "content" / "facts" / "新しい 事実.yml").write_text("actors: {newcomer: {kind: group, name: N}}", encoding="utf-8")
    commit(repository)
    assert 0 == run(repository, "--exit-code").exit_code


def test_an_edition_goes_before_a_revision_of_the_same_name(repository: Path) -> None:
    git(repository, "tag", "2025-01-01")
    shutil.copytree(repository / "content" / "facts", repository / "content" / "editions" / "2025-01-01" / "facts")
    data = json.loads(run(repository, "2025-01-01", "--format", "json").stdout)
    assert ("2025-01-01", "edition") == (data["from"]["name"], data["from"]["kind"])
    data = json.loads(run(repository, str(repository / "content" / "editions" / "2025-01-01"), "--format", "json").stdout)
    assert ("2025-01-01", "edition") == (data["from"]["name"], data["from"]["kind"])


def test_git_is_asked_of_this_repository_and_no_other(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As within a hook, where git says which repository it was called from."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert 0 == run(repository, "--exit-code").exit_code


@pytest.mark.parametrize("name", ["gone", "-x", "--all-the-way", "HEAD:content", "HEAD^{tree}", "", "2024-01-01"])
def test_a_name_of_nothing_is_told(repository: Path, name: str) -> None:
    done = run(repository, "--", name)
    assert (2, "") == (done.exit_code, done.stdout)
    assert "revision" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_editions_there_are_are_named(repository: Path) -> None:
    shutil.copytree(repository / "content" / "facts", repository / "content" / "editions" / "2025-01-01" / "facts")
    assert "the editions are: 2025-01-01" in run(repository, "2025-01-02").stderr


def test_a_revision_from_before_the_facts_is_told(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "bare")
    git(repository, "rm", "-r", "--quiet", "--cached", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "nothing")
    done = run(repository, "HEAD")
    assert 2 == done.exit_code
    assert "there is no book/content/facts at “HEAD”" in done.stderr


def test_a_folder_without_git_is_told(tmp_path: Path) -> None:
    create_site(tmp_path / "site", ["en", "ja"])
    done = run(tmp_path / "site")
    assert 2 == done.exit_code
    assert "in no git repository" in done.stderr


def test_a_machine_without_git_is_told(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(repository)
    assert 2 == done.exit_code
    assert "git is not installed" in done.stderr


def test_errors_are_told_and_the_rest_is_compared(repository: Path) -> None:
    change_a_name(repository)
    (repository / "content" / "facts" / "broken.yml").write_text("events: {bad: {date: 2024-13}}", encoding="utf-8")
    done = run(repository)
    assert 0 == done.exit_code
    assert "the working tree has" in done.stderr
    assert "Newcomers" in done.stdout


def test_facts_of_which_none_can_be_read_are_told(repository: Path) -> None:
    for path in (repository / "content" / "facts").glob("*.yml"):
        path.write_text("actors: [", encoding="utf-8")
    done = run(repository)
    assert 2 == done.exit_code
    assert "no facts of the working tree can be read" in done.stderr


def test_comparing_writes_nothing(repository: Path) -> None:
    def state() -> Iterator[tuple[str, int]]:
        return ((path.as_posix(), path.stat().st_mtime_ns) for path in sorted(repository.parent.rglob("*")))

    before = list(state())
    run(repository, "HEAD", "main")
    assert before == list(state())


def test_an_unknown_name_is_an_error_of_its_own(tmp_path: Path) -> None:
    settings = laid_out(HERE / "cases" / "diff" / "nothing", tmp_path)
    with pytest.raises(ComparingError, match="git"):
        compare_versions(settings, "nonsense", None)

