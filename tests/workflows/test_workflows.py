"""The workflows: that they may do no more than they must, and that every command in them does what it is there for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from forge import BOT, TOKEN, Forge, forge
from runner import EXPRESSION, NOT_RUN, REPOSITORY, WORKFLOWS, Runner, git, read, steps

from briefbook.editions import read_edition
from briefbook.scaffolding import create_site

pytestmark = pytest.mark.skipif(not (shutil.which("git") and shutil.which("bash")), reason="git or bash is not here")

# 28 May 2026, when what the invented briefing plans has passed.
NOW = "1779926400"
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
DAY = "2025-10-01"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with an edition, and on another branch a figure with another value."""
    root = tmp_path_factory.mktemp("repository") / "site"
    create_site(root, ["en", "ja"])
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("- briefbook:\n", "- briefbook:\n      archive: true\n"), encoding="utf-8")
    (root / ".ci").mkdir()
    shutil.copyfile(REPOSITORY / ".ci" / "report.py", root / ".ci" / "report.py")
    command = [sys.executable, "-m", "briefbook", "snapshot", "--no-build", "--date", DAY]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    git("init", "-q", cwd=root)
    commit(root, "Everything")
    git("checkout", "-q", "-b", "more-money", cwd=root)
    change(root, "figures.yml", "under 5 million EUR", "under 6 million EUR")
    git("checkout", "-q", "main", cwd=root)
    # The main branch has moved on since.
    change(root, "figures.yml", "7 to 8 million EUR", "7 to 9 million EUR")
    return root


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / "content" / "facts" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    commit(root, "A change")


def commit(root: Path, message: str) -> None:
    git("add", "-A", cwd=root)
    git("commit", "-q", "-m", message, cwd=root)


@pytest.fixture
def host() -> Iterator[Forge]:
    """A code host."""
    with forge() as state:
        yield state


@pytest.fixture
def runner(repository: Path, host: Forge, tmp_path: Path) -> Runner:
    """Runs a workflow as after a push to main, or for the pull request from the fork of an attacker."""
    commands = tmp_path / "commands"
    commands.mkdir()
    for name, words in {"briefbook": "-m briefbook", "python3": ""}.items():
        (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        (commands / name).chmod(0o755)
    head = git("rev-parse", "more-money", cwd=repository)
    host.pulls = [
        {"number": 6, "state": "open", "head": {"sha": "0" * 40, "label": "stranger:more-money"}},
        {"number": 7, "state": "open", "head": {"sha": head, "label": "stranger:more-money"}},
    ]
    known = {
        "github.event.pull_request.base.sha": git("rev-parse", "main", cwd=repository),
        "github.event.pull_request.head.sha": head,
        "github.event.workflow_run.id": "1", "github.event.workflow_run.head_sha": head,
        "github.event.workflow_run.head_branch": "more-money",
        "github.event.workflow_run.head_repository.owner.login": "stranger",
        "github.token": TOKEN, "runner.temp": str(tmp_path / "temp"),
        "steps.pages.outputs.base_url": "https://house.github.io/briefing",
    }
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT")},
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": NOW,
        "GITHUB_API_URL": host.address, "GITHUB_REPOSITORY": "house/briefing", "PYTHONUTF8": "1",
    }
    return Runner(repository, tmp_path / "work", known, environment)


# --- what they may ---


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_no_more_than_it_must(name: str) -> None:
    workflow = read(name)
    assert {} == workflow["permissions"]
    assert workflow["concurrency"]["group"]
    asked = {job: set(part["permissions"].values()) for job, part in workflow["jobs"].items()}
    assert set() == set().union(*asked.values()) - {"read", "write"}
    assert [] == [job for job, part in workflow["jobs"].items() if not 0 < int(part["timeout-minutes"]) <= 45]
    assert "pull_request_target" not in workflow["on"]
    assert [] == [found for found in EXPRESSION.findall(WORKFLOWS[name].read_text(encoding="utf-8")) if "secrets" in found]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_step_takes_words_of_others_for_commands(name: str) -> None:
    assert [] == [step["run"] for _, step in steps(read(name)) if EXPRESSION.search(step.get("run", ""))]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_held_at_one_commit_with_its_version_beside(name: str) -> None:
    used = re.findall(r"uses: (\S+)(.*)", WORKFLOWS[name].read_text(encoding="utf-8"))
    assert used
    assert [] == [action for action, beside in used if not (PINNED.fullmatch(action) and re.fullmatch(r" # v\d+\.\d+\.\d+", beside))]
    checkouts = [step["with"] for _, step in steps(read(name)) if step.get("uses", "").startswith("actions/checkout@")]
    assert [] == [given for given in checkouts if given["persist-credentials"] != "false"]


def test_one_version_of_an_action_everywhere_also_in_new_sites() -> None:
    starter = Path(str(files("briefbook"))) / "scaffold" / ".github" / "workflows" / "site.yml"
    written = "".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS.values(), starter])
    used = set(re.findall(r"uses: (\S+ # \S+)", written))
    assert written.count("uses: ") == len(re.findall(r"uses: \S+@[0-9a-f]{40} # \S+", written))
    assert len(used) == len({action.partition("@")[0] for action in used})


def test_what_a_pull_request_brings_along_runs_only_where_nothing_can_be_written() -> None:
    strangers = [read(name) for name in WORKFLOWS if "pull_request" in read(name)["on"]]
    writing = [job for workflow in strangers for job in workflow["jobs"].values() if "write" in job["permissions"].values()]
    assert [1, 2] == [len(writing), len(strangers)]
    assert [] == [step["run"] for job in writing for step in job["steps"] if "run" in step]


def test_who_may_write_for_a_stranger_takes_their_files_elsewhere() -> None:
    downloads = [step for _, step in steps(read("comment")) if "download-artifact" in step.get("uses", "")]
    assert ["${{ runner.temp }}/diff"] == [step["with"]["path"] for step in downloads]
    checkouts = [step for _, step in steps(read("comment")) if "checkout" in step.get("uses", "")]
    assert [{"persist-credentials": "false"}] == [step["with"] for step in checkouts]


def test_the_commands_that_are_not_run_here_are_those_of_the_readme() -> None:
    used = {step["run"] for name in WORKFLOWS for _, step in steps(read(name)) if "run" in step}
    assert set(NOT_RUN) == set(NOT_RUN) & used
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "&& .venv/bin/pip install -q -c constraints.txt -e . && .venv/bin/briefbook build" in readme
    assert (REPOSITORY / ".ci" / "run").is_file()


def test_this_site_can_be_published_with_its_editions() -> None:
    settings = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"][1]["briefbook"]["archive"]


# --- what they do ---


def test_every_change_is_checked(runner: Runner) -> None:
    runner.run("ci")
    assert "bash .ci/run" in runner.done
    assert ["briefbook.sarif"] == [path.name for path in runner.findings]


def test_errors_in_the_facts_stop_it_after_they_are_told(runner: Runner, repository: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(repository, broken)
    change(broken, "events.yml", "date: 2025-07-01", "date: 2025-13-01")
    runner.repository = broken
    with pytest.raises(AssertionError, match=r"::error .*file=content/facts/events\.yml,line="):
        runner.run("ci")
    assert "briefbook check --format github" == runner.done[-1]


def test_every_push_is_kept_as_an_edition_that_the_site_is(runner: Runner) -> None:
    runner.run("edition")
    kept = runner.artifacts["edition"]
    edition = read_edition(kept / "edition" / "2026-05-28")
    with tarfile.open(kept / "site.tar.gz") as archive:
        packed = {entry.name.removeprefix("site/") for entry in archive.getmembers() if entry.isfile()}
    # In the places of editions in full.
    packed = {name for name in packed if not name.startswith("editions/")}
    assert packed == set(edition.manifest.outputs or ())
    assert ["manifest.json", "site.tar.gz"] == runner.attested
    # What was published as an edition stays what it was.
    assert [DAY] == [path.name for path in (runner.folder / "edition" / "freeze" / "content" / "editions").glob("2*")]


def test_a_pull_request_from_a_fork_is_told_what_it_changes(runner: Runner, host: Forge) -> None:
    runner.run("diff")
    said = (runner.artifacts["diff"] / "diff.md").read_text(encoding="utf-8")
    assert (True, True) == ("€6 million" in said, "600万ユーロ" in said)
    # What the main branch has changed since is none of its doing.
    assert (False, False) == ("€9 million" in said, "€7" in said)
    runner.run("comment")
    assert (["POST issues/7/comments"], [7]) == (host.changes, list(host.comments))
    assert said.strip() in host.comments[7][0]["body"]


def test_the_comment_is_one_and_the_tools_own(runner: Runner, host: Forge) -> None:
    runner.run("diff")
    mark = "<!-- briefbook: what changes in the facts -->"
    strangers = [{"id": number, "user": {"login": "stranger"}, "body": f"{mark}\nMine."} for number in range(120)]
    host.comments[7] = [*strangers, {"id": 500, "user": {"login": BOT}, "body": f"{mark}\nOld."}]
    runner.run("comment")
    assert ["PATCH issues/comments/500"] == host.changes
    assert (121, "Mine.") == (len(host.comments[7]), host.comments[7][0]["body"].splitlines()[1])


def test_what_was_pushed_over_meanwhile_is_not_told(runner: Runner, host: Forge) -> None:
    runner.run("diff")
    host.pulls[1]["head"]["sha"] = "1" * 40
    runner.run("comment")
    assert [] == host.changes


def test_the_site_is_published_with_every_edition(runner: Runner) -> None:
    runner.run("pages")
    [site] = runner.deployed
    living, old = ((site / page).read_text(encoding="utf-8") for page in ("en/index.html", f"editions/{DAY}/en/index.html"))
    assert '<link rel="canonical" href="https://house.github.io/briefing/en/">' in living
    assert ('content="noindex' in living, 'content="noindex' in old) == (False, True)


def test_what_is_stale_stands_in_one_issue_until_nothing_is(runner: Runner, host: Forge, tmp_path: Path) -> None:
    runner.run("stale")
    [issue] = host.issues
    assert ("open", True) == (issue["state"], "content/facts/events.yml:" in issue["body"])
    for date, then in (("1782604800", "open"), ("1759276800", "closed")):
        again = Runner(runner.repository, tmp_path / date, runner.known, {**runner.environment, "SOURCE_DATE_EPOCH": date})
        again.run("stale")
        assert [then] == [one["state"] for one in host.issues]
    assert ["POST issues", "PATCH issues/40", "PATCH issues/40"] == host.changes


# --- what is said for strangers ---


@pytest.fixture
def report(runner: Runner, host: Forge, tmp_path: Path) -> Iterator[tuple[Path, Forge]]:
    """A file to be reported, and where to."""
    runner.environment |= {  # type: ignore[operator]  # it is a dictionary
        "GITHUB_TOKEN": TOKEN, "HEAD_OWNER": "stranger", "HEAD_BRANCH": "more-money", "HEAD_SHA": host.pulls[1]["head"]["sha"],
    }
    os_environment = dict(os.environ)
    os.environ.update(runner.environment)
    yield tmp_path / "diff.md", host
    os.environ.clear()
    os.environ.update(os_environment)


def reported(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPOSITORY / ".ci" / "report.py"), "comment", str(file)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_words_of_strangers_call_nobody_and_hide_nothing(report: tuple[Path, Forge]) -> None:
    file, host = report
    file.write_bytes("Hello @everybody, a@b <!-- hidden -->\xff".encode("latin-1") + b"x" * 300_000)
    assert 0 == reported(file).returncode
    body = host.comments[7][0]["body"]
    assert ("@e" in body, "@b" in body, body.count("<!--"), len(body) < 65_536) == (False, False, 1, True)


def test_a_link_in_what_a_stranger_hands_over_leads_nowhere(report: tuple[Path, Forge], tmp_path: Path) -> None:
    file, host = report
    (tmp_path / "secret").write_text(TOKEN, encoding="utf-8")
    file.symlink_to(tmp_path / "secret")
    assert (1, [], True) == ((done := reported(file)).returncode, host.changes, "is no file" in done.stderr)


def test_nothing_to_say_is_not_said_but_replaces_what_was(report: tuple[Path, Forge]) -> None:
    file, host = report
    file.write_text("", encoding="utf-8")
    assert 0 == reported(file).returncode
    assert [] == host.changes
    file.write_text("Much.", encoding="utf-8")
    reported(file)
    file.write_text("", encoding="utf-8")
    reported(file)
    assert ["POST issues/7/comments", "PATCH issues/comments/900"] == host.changes
    assert "Nothing changes" in host.comments[7][0]["body"]


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "HEAD_SHA", "GITHUB_REPOSITORY"])
def test_what_is_not_set_is_named(report: tuple[Path, Forge], name: str) -> None:
    file, _ = report
    file.write_text("Much.", encoding="utf-8")
    del os.environ[name]
    done = reported(file)
    assert (1, f"set {name}\n") == (done.returncode, done.stderr)
