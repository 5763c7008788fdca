"""What a runner does with a workflow: jobs in order, steps in order, files handed on; with every `run:` really run.

Of the actions that are used, it does what concerns the files. One that it does not know is an error.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
WORKFLOWS = {path.stem: path for path in sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))}
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
# What is tested is installed already; and the tests cannot run themselves.
NOT_RUN = {
    "pip install -q -c constraints.txt -e .": "needs a network; the README's first command has the same words",
    "bash .ci/run": "runs these very tests",
}

Yaml = dict[str, Any]


def read(name: str) -> Yaml:
    """A workflow, its words as they are written (`on` is no truth value)."""
    workflow: Yaml = yaml.load(WORKFLOWS[name].read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds only text
    return workflow


def steps(workflow: Yaml) -> Iterator[tuple[str, Yaml]]:
    """Every step, with the name of its job."""
    for name, job in workflow["jobs"].items():
        yield from ((name, step) for step in job["steps"])


@dataclass
class Runner:
    """Runs workflows on clones of a repository, each job in a folder of its own. `known` is what expressions give."""

    repository: Path
    folder: Path
    known: Mapping[str, str]
    environment: Mapping[str, str]
    artifacts: dict[str, Path] = field(default_factory=dict)
    # What was done for each job: the words of a command or the name of an action.
    done: list[str] = field(default_factory=list)
    # Which files were attested, uploaded as findings or deployed.
    attested: list[str] = field(default_factory=list)
    findings: list[Path] = field(default_factory=list)
    deployed: list[Path] = field(default_factory=list)

    def run(self, name: str) -> None:
        """Run a workflow, job after job. Raises for the first command that fails."""
        workflow = read(name)
        assert "bash" == workflow["defaults"]["run"]["shell"]
        for job_name, job in _in_order(workflow["jobs"]):
            place = self.folder / name / job_name
            place.mkdir(parents=True)
            for step in job["steps"]:
                if "run" in step:
                    self._command(step, {**workflow.get("env", {}), **job.get("env", {})}, place)
                else:
                    self._action(step, place)

    def value(self, text: str) -> str:
        """A text with what its expressions give."""
        return EXPRESSION.sub(lambda found: self.known[found[1]], text)

    def _command(self, step: Yaml, around: Mapping[str, str], place: Path) -> None:
        words = step["run"].strip()
        assert not EXPRESSION.search(words), f"give it by env: {words}"
        self.done.append(words)
        if words in NOT_RUN:
            return
        given = {name: self.value(text) for name, text in {**around, **step.get("env", {})}.items()}
        # As the runner does for `shell: bash`.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", words]
        ended = subprocess.run(command, cwd=place, env={**self.environment, **given}, capture_output=True, text=True, encoding="utf-8", check=False)
        assert 0 == ended.returncode, f"{words}\n{ended.stdout}{ended.stderr}"

    def _action(self, step: Yaml, place: Path) -> None:
        action = step["uses"].partition("@")[0]
        self.done.append(action)
        inputs = {name: self.value(text) for name, text in step.get("with", {}).items()}
        getattr(self, "_" + re.sub(r"\W", "_", action.rpartition("/")[2]))(inputs, place)

    def _checkout(self, inputs: Mapping[str, str], place: Path) -> None:
        git("clone", "-q", str(self.repository), str(place), cwd=self.folder)
        git("checkout", "-q", "--detach", inputs.get("ref") or "main", cwd=place)

    def _setup_python(self, inputs: Mapping[str, str], _: Path) -> None:
        assert inputs["python-version"]

    def _configure_pages(self, _: Mapping[str, str], __: Path) -> None:
        """Its outputs are among what is known."""

    def _upload_artifact(self, inputs: Mapping[str, str], place: Path) -> None:
        store = self.artifacts[inputs["name"]] = self.folder / "artifacts" / inputs["name"]
        wanted = inputs["path"].split()
        found = [path for pattern in wanted for path in place.glob(pattern)]
        missing = inputs.get("if-no-files-found") == "error" and [p for p in wanted if not list(place.glob(p))]
        assert not missing, f"nothing to upload at {missing}"
        for path in found:
            target = store / path.relative_to(place if len(wanted) > 1 or path.is_file() else path)
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if path.is_dir() else shutil.copyfile)(path, target)

    def _download_artifact(self, inputs: Mapping[str, str], place: Path) -> None:
        shutil.copytree(self.artifacts[inputs["name"]], place / inputs.get("path", "."), dirs_exist_ok=True)

    def _upload_sarif(self, inputs: Mapping[str, str], place: Path) -> None:
        assert "2.1.0" == json.loads((place / inputs["sarif_file"]).read_text(encoding="utf-8"))["version"]
        self.findings.append(place / inputs["sarif_file"])

    def _attest_build_provenance(self, inputs: Mapping[str, str], place: Path) -> None:
        for pattern in inputs["subject-path"].split():
            found = sorted(place.glob(pattern))
            assert found, f"nothing to attest at {pattern}"
            self.attested += [path.name for path in found]

    def _upload_pages_artifact(self, inputs: Mapping[str, str], place: Path) -> None:
        self._upload_artifact({"name": "github-pages", "path": inputs["path"], "if-no-files-found": "error"}, place)

    def _deploy_pages(self, _: Mapping[str, str], __: Path) -> None:
        self.deployed.append(self.artifacts["github-pages"])


def git(*arguments: str, cwd: Path) -> str:
    """Run git with no settings but its own."""
    names = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"HOME": str(cwd)}
    done = subprocess.run(["git", *names, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return done.stdout.strip()


def _in_order(jobs: Mapping[str, Yaml]) -> Iterator[tuple[str, Yaml]]:
    """Jobs, those that are needed first."""
    left = dict(jobs)
    while left:
        name = next(name for name, job in left.items() if job.get("needs") not in left)
        yield name, left.pop(name)
