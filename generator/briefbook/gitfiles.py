"""A folder as it was at a revision of git: asked of git itself, written nowhere but into a folder of one's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# Of a variable that points git elsewhere, as within its hooks, nothing is to be known.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
_PLAIN_FILE = ("100644", "100755")


class RevisionError(Exception):
    """Why there is nothing to be had, in words for whoever asked."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: as it was asked for, and its whole name."""

    asked: str
    commit: str


def find_revision(folder: Path, asked: str) -> Revision:
    """The commit that `asked` names in the repository `folder` lies in. Raises RevisionError."""
    if asked.startswith("-") or not asked.strip() or "\0" in asked:
        raise RevisionError(f"“{asked}” cannot be a revision")
    _top(folder)
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
    if done.returncode:
        raise RevisionError(f"git knows no revision “{asked}”{_shallow(folder)}")
    return Revision(asked, done.stdout.decode("ascii", "replace").strip())


def write_as_it_was(revision: Revision, folder: Path, target: Path) -> None:
    """Write the files of `folder`, as they were committed, into `target`. Raises RevisionError."""
    top = _top(folder)
    inside = PurePosixPath(os.path.relpath(folder.resolve(), top).replace(os.sep, "/"))
    where = "" if str(inside) == "." else f"{inside}/"
    files = list(_files(top, revision, where))
    if not files:
        raise RevisionError(f"there is no {inside} at “{revision.asked}”")
    for name, content in zip(files, _contents(top, [hash_ for _, hash_ in files]), strict=True):
        path = target / name[0].removeprefix(where)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files(top: Path, revision: Revision, where: str) -> Iterator[tuple[str, str]]:
    """Every plain file below: its path and the name of its content. Links and repositories within are left out."""
    done = _git(top, "ls-tree", "-r", "-z", "--full-tree", revision.commit, "--", *([where] if where else []))
    if done.returncode:
        raise RevisionError(f"git cannot list the files of “{revision.asked}”: {_complaint(done)}")
    for entry in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
        mode, _, rest = entry.partition(" ")
        if mode in _PLAIN_FILE:
            about, _, path = rest.partition("\t")
            if not {"..", ""} & set(path.split("/")):
                yield path, about.split(" ")[1]


def _contents(top: Path, hashes: Sequence[str]) -> Iterator[bytes]:
    """What is in each, all asked for at once, in their order."""
    done = _git(top, "cat-file", "--batch", given="".join(f"{hash_}\n" for hash_ in hashes).encode("ascii"))
    place = 0
    for _ in hashes:
        end = done.stdout.find(b"\n", place)
        head = done.stdout[place:end].split()
        if done.returncode or end < 0 or len(head) != 3:
            raise RevisionError(f"git cannot read a file of that revision: {_complaint(done)}")
        size = int(head[2])
        yield done.stdout[end + 1 : end + 1 + size]
        place = end + 1 + size + 1


def _top(folder: Path) -> Path:
    existing = next(parent for parent in (folder.resolve(), *folder.resolve().parents) if parent.is_dir())
    done = _git(existing, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise RevisionError(f"{folder} is in no git repository, so there are no revisions to compare with: {_complaint(done)}")
    return Path(os.fsdecode(done.stdout.rstrip(b"\r\n")))


def _shallow(folder: Path) -> str:
    done = _git(folder, "rev-parse", "--is-shallow-repository")
    if done.stdout.strip() == b"true":
        return "; only the newest commits were fetched here (in CI: fetch-depth: 0)"
    return ""


def _complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"it ended with {done.returncode}"


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder`, with whatever repository is there and no locks, pagers, prompts or fetches."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    surroundings |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C", "LANGUAGE": ""}
    command = ["git", "-C", str(folder if folder.is_dir() else folder.parent), *arguments]
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False, env=surroundings)  # noqa: S603
    except FileNotFoundError as error:
        raise RevisionError("git is not installed, so there are no revisions to compare with") from error
    except OSError as error:
        raise RevisionError(f"git cannot be run: {error.strerror or error}") from error
