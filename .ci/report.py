"""Keep one comment on a pull request, or one issue, up to date with what a file says, through GitHub's REST API.

    python3 .ci/report.py comment diff.md
    python3 .ci/report.py issue stale.md "What has become stale"

What the comment says may have been written by anybody's code, so nothing but its words is taken from the file, and those call
nobody. Which pull request it belongs to is asked of GitHub. An empty file closes the issue, and makes no comment.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

COMMENT = "<!-- briefbook: what changes in the facts -->"
ISSUE = "<!-- briefbook: what has become stale -->"
LABEL = "stale-facts"
# GitHub takes 65,536 characters.
LONGEST = 65_000
PAGE = 100


def main(kind: str, file: str, title: str = "") -> None:
    text = words(Path(file))
    if kind == "comment":
        print(comment(text))
    elif kind == "issue":
        print(issue(text, title))
    else:
        sys.exit(f"“{kind}” is neither comment nor issue")


def words(path: Path) -> str:
    """What the file says, cut to what can be posted. A link might lead to what nobody should read."""
    if path.is_symlink() or not path.is_file():
        sys.exit(f"{path} is no file")
    with path.open("rb") as file:
        text = file.read(4 * LONGEST).decode("utf-8", "replace")
    # Nobody is called, and nothing hidden is put in.
    text = re.sub(r"@(?=\w)", "@\u200b", text).replace("<!--", "&lt;!--").strip()
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition("\n")[0] + "\n\n…"


def comment(text: str) -> str:
    """Say it in the one comment of the pull request that HEAD_SHA is the newest commit of, whosever repository that is in."""
    wanted = {"state": "open", "head": f"{need('HEAD_OWNER')}:{need('HEAD_BRANCH')}"}
    number = next((one["number"] for one in every("pulls", **wanted) if one["head"]["sha"] == need("HEAD_SHA")), None)
    if number is None:
        return "No open pull request has this as its newest commit: it was closed, or there is a newer one."
    ours = (one for one in every(f"issues/{number}/comments") if is_ours(one, COMMENT))
    there = next(ours, None)
    if there:
        asked("PATCH", f"issues/comments/{there['id']}", body=f"{COMMENT}\n{text or 'Nothing changes in the facts any more.'}")
        return f"The comment on #{number} was brought up to date."
    if not text:
        return f"Nothing to say on #{number}."
    asked("POST", f"issues/{number}/comments", body=f"{COMMENT}\n{text}")
    return f"Commented on #{number}."


def issue(text: str, title: str) -> str:
    """Say it in the one open issue of its kind; close that where there is nothing to say any more."""
    there = next((one for one in every("issues", state="open", labels=LABEL) if is_ours(one, ISSUE)), None)
    if there and text:
        asked("PATCH", f"issues/{there['number']}", title=title, body=f"{ISSUE}\n{text}")
        return f"Issue #{there['number']} was brought up to date."
    if there:
        asked("PATCH", f"issues/{there['number']}", state="closed", state_reason="completed")
        return f"Issue #{there['number']} was closed."
    if not text:
        return "Nothing to say."
    made = asked("POST", "issues", title=title, body=f"{ISSUE}\n{text}", labels=[LABEL])
    return f"Issue #{made['number']} was opened."


def is_ours(one: dict[str, Any], mark: str) -> bool:
    """Whether we wrote it. Anybody could put the mark into a text of theirs, and change that later."""
    return str(one["body"] or "").startswith(mark) and one["user"]["login"] == os.environ.get("REPORT_AS", "github-actions[bot]")


def every(path: str, **parameters: str) -> Iterator[dict[str, Any]]:
    """All that GitHub lists, page after page."""
    for page in range(1, 100):
        rows = asked("GET", f"{path}?{urlencode({**parameters, 'per_page': PAGE, 'page': page})}")
        yield from rows
        if len(rows) < PAGE:
            return


def asked(method: str, path: str, **body: object) -> Any:
    """What GitHub answers. A failure ends it, with its status."""
    address = f"{os.environ.get('GITHUB_API_URL', 'https://api.github.com')}/repos/{need('GITHUB_REPOSITORY')}/{path}"
    headers = {"Authorization": f"Bearer {need('GITHUB_TOKEN')}", "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(address, data, headers, method=method), timeout=60) as answer:  # noqa: S310  # the address is https, or a test's
        return json.load(answer)


def need(name: str) -> str:
    """A variable of the environment that must be there."""
    return os.environ.get(name) or sys.exit(f"set {name}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
