"""At which git commit the sources of a site are, where they are in a git work tree: asked of git, without a network.

A door. Where there is no git, or it will not say, nothing is known, and that is no error.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from briefbook.editions import Revision

_PATIENCE = 60  # seconds
# Nothing is fetched, written or asked for, and no program that the repository names is started.
_QUIETLY = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_NO_HOOKS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager")


def revision_of(root: Path, sources: Sequence[Path]) -> Revision:
    """The commit that `root` is at, and whether any of `sources` is not as it was committed."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not commit:
        return Revision()
    there = [path.resolve() for path in sources if path.exists()]
    status = _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=matching", "--", *map(str, there))
    top = _git(root, "rev-parse", "--show-toplevel")
    if status is None or top is None:
        return Revision(commit=commit.strip())
    # Asked for `site_overrides`, git tells of an ignored `site` too.
    changed = [Path(top.removesuffix("\n")).resolve() / line[3:] for line in status.split("\0") if line]
    dirty = any(path.is_relative_to(source) or source.is_relative_to(path) for path in changed for source in there)
    return Revision(commit=commit.strip(), dirty=dirty)


def _git(root: Path, *arguments: str) -> str | None:
    """What git says; None where there is none, or it refuses."""
    # Asked from within a hook, git would name another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _QUIETLY
    try:
        done = subprocess.run(  # noqa: S603  # the program is named here, the paths are the site's own
            ["git", *_NO_HOOKS, "-C", str(root), *arguments],  # noqa: S607  # wherever it is installed
            capture_output=True, env=environment, check=False, timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
