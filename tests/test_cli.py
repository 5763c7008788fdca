"""The command line as people and scripts use it: what it prints where, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from briefbook.cli import main
from briefbook.reading.yamltree import read_tree
from briefbook.scaffolding import create_site

REPOSITORY = Path(__file__).parents[1]
BROKEN = "events:\n  bad:\n    date: 2024-13\n    title: {en: x, ja: y}\n    status: confirmed\n    actors: [nobody]\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site of one's own."""
    create_site(tmp_path / "site", ["en", "ja"])
    return tmp_path / "site"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_clean_facts_end_with_0(site: Path) -> None:
    done = run("check", "-f", site / "mkdocs.yml")
    assert (0, "") == (done.exit_code, done.stdout)
    assert "no problems found" in done.stderr


def test_errors_end_with_1_and_are_all_told(site: Path) -> None:
    (site / "content" / "facts" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    done = run("check", "-f", site / "mkdocs.yml")
    assert 1 == done.exit_code
    told = ("broken.yml:3:11: error [F004]", "broken.yml:6:14: error [R001]")
    assert [] == [one for one in told if one not in done.stdout]


def test_warnings_alone_end_with_0(site: Path) -> None:
    text = "terms:\n  pier:\n    name: {en: pier}\n    definition: {en: Where ships lie., ja: 船が着く場所。}\n"
    (site / "content" / "facts" / "more.yml").write_text(text, encoding="utf-8")
    done = run("check", "-f", site / "mkdocs.yml")
    assert 0 == done.exit_code
    assert "warning [L001]" in done.stdout


@pytest.mark.parametrize("arguments", [("check", "-f", "gone.yml"), ("explain", "Z999"), ("check", "--select", "Z9"), ("nonsense",)])
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert 2 == run(*arguments).exit_code


def test_only_the_findings_asked_for_are_told(site: Path) -> None:
    (site / "content" / "facts" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    done = run("check", "-f", site / "mkdocs.yml", "--select", "R", "--format", "json")
    assert ["R001"] == [found["code"] for found in json.loads(done.stdout)]


def test_a_build_with_errors_touches_nothing_and_shows_no_traceback(site: Path) -> None:
    (site / "site").mkdir()
    (site / "site" / "index.html").write_text("the good old site", encoding="utf-8")
    (site / "content" / "facts" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "briefbook", "build"], cwd=site, capture_output=True, encoding="utf-8", check=False
    )
    assert 1 == done.returncode
    assert "the good old site" == (site / "site" / "index.html").read_text(encoding="utf-8")
    assert "Traceback" not in done.stderr
    assert "F004" in done.stderr


def test_a_build_in_a_pipe_says_only_where_the_site_lies(site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefbook", "build", "--strict"], cwd=site, capture_output=True, encoding="utf-8", check=False
    )
    assert (0, "") == (done.returncode, done.stdout)
    assert ["The site lies in site. Look at it with: python -m http.server -d site"] == done.stderr.splitlines()


def test_a_folder_that_is_not_empty_is_refused(site: Path) -> None:
    assert 2 == run("new", site).exit_code


def test_an_export_says_what_it_wrote(site: Path, tmp_path: Path) -> None:
    done = run("export", "-f", site / "mkdocs.yml", tmp_path / "out")
    assert 0 == done.exit_code
    assert (tmp_path / "out" / "mkdocs.ja.yml").is_file()


def test_a_code_is_explained() -> None:
    assert "R001" in run("explain", "R001").stdout


def test_coverage_and_translations_are_shown(site: Path) -> None:
    for command in ("coverage", "translations"):
        done = run(command, "-f", site / "mkdocs.yml")
        assert 0 == done.exit_code
        assert done.stdout.strip()


def test_an_unknown_code_to_ignore_is_told(site: Path) -> None:
    config = site / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("languages: [en, ja]", "languages: [en, ja]\n      ignore: [Z9]"), encoding="utf-8")
    done = run("check", "-f", config)
    assert 2 == done.exit_code
    assert "Z9" in done.stderr


def test_the_schema_takes_the_real_facts_and_refuses_what_the_checker_refuses() -> None:
    schema = json.loads(run("schema").stdout)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = []
    for path in sorted((REPOSITORY / "content" / "facts").rglob("*.yml")):
        tree, _ = read_tree(path.read_text(encoding="utf-8"), path.name)
        assert tree is not None
        wrong += [(path.name, error.json_path) for error in validator.iter_errors(tree.data())]
    assert [] == wrong
    for text in ("evnts: {}", "events: {x: {date: 2024-05, title: x, status: confirme}}", "actors: {A: {kind: person, name: x}}"):
        assert not validator.is_valid(yaml.safe_load(text))
