"""A small code host on this machine: as much of GitHub's REST API as `.ci/report.py` asks for, with pages and a token."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a token"  # noqa: S105  # opens nothing but this
BOT = "github-actions[bot]"
HOME = "/repos/house/briefing/"


@dataclass
class Forge:
    """What lies on the host: pull requests, issues, and comments by the number of what they are on."""

    pulls: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    address: str = ""
    # What changed something, in words.
    changes: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        """What the API says."""
        match method, path.removeprefix(HOME).split("/"):
            case "GET", ["pulls"]:
                # GitHub lists all of them where `head` is not of the form OWNER:BRANCH.
                return [one for one in self.pulls if one["state"] == query["state"] and query["head"] in (one["head"]["label"], "")]
            case "GET", ["issues"]:
                return [one for one in self.issues if one["state"] == query["state"] and {"name": query["labels"]} in one["labels"]]
            case "GET", ["issues", number, "comments"]:
                return self.comments.get(int(number), [])
            case "POST", ["issues"]:
                made = {"number": 40 + len(self.issues), "state": "open", "user": {"login": BOT}, **body, "labels": [{"name": n} for n in body["labels"]]}
                self.issues.append(made)
                return made
            case "POST", ["issues", number, "comments"]:
                made = {"id": 900 + sum(map(len, self.comments.values())), "user": {"login": BOT}, **body}
                self.comments.setdefault(int(number), []).append(made)
                return made
            case "PATCH", ["issues", "comments", id_]:
                found = next(one for those in self.comments.values() for one in those if one["id"] == int(id_))
            case "PATCH", ["issues", number]:
                found = next(one for one in self.issues if one["number"] == int(number))
            case _:
                raise LookupError(path)
        found.update(body)
        return found


@contextmanager
def forge() -> Iterator[Forge]:
    """A host with nothing on it."""
    state = Forge()

    class Handler(BaseHTTPRequestHandler):
        def do_any(self) -> None:
            assert f"Bearer {TOKEN}" == self.headers["Authorization"]
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query, keep_blank_values=True).items()}
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            found = state.answer(self.command, asked.path, query, body)
            if isinstance(found, list):
                start, size = (int(query["page"]) - 1) * int(query["per_page"]), int(query["per_page"])
                found = found[start : start + size]
            else:
                state.changes.append(f"{self.command} {asked.path.removeprefix(HOME)}")
            said = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PATCH = do_any  # noqa: N815  # the names that http.server has

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
