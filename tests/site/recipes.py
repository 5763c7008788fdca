"""The recipes of generator/PUBLISHING.md as they are written there, and what they need: nginx, and a store that is as dumb as can be."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from builtsites import REPOSITORY
from dumbstore import Store
from htmlpages import read_html
from serving import HOST, comes_true

_FOUND = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))
# The recipes are for nginx as Debian has it.
NGINX = _FOUND if Path("/etc/nginx/mime.types").is_file() else None
RECIPES = REPOSITORY / "generator" / "PUBLISHING.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src"}


def recipe(start: str) -> str:
    """The one block of the recipes that has these words in its first line."""
    blocks = [block for _, block in _BLOCK.findall(RECIPES.read_text(encoding="utf-8"))]
    [found] = [block for block in blocks if start in block.partition("\n")[0]]
    return found


def run(block: str, folder: Path, **environment: str) -> None:
    """Run a block of shell commands in a folder."""
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", block], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr


@dataclass(frozen=True)
class Answer:
    """What a server answers: nothing unpacked, no redirect followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(address: str, **headers: str) -> Answer:
    """Ask for an address."""
    where = urlsplit(address)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=30)
    try:
        connection.request("GET", where.path + (f"?{where.query}" if where.query else ""), headers={n.replace("_", "-"): v for n, v in headers.items()})
        got: HTTPResponse = connection.getresponse()
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
    finally:
        connection.close()


def crawled(start: str, published: str) -> dict[str, int]:
    """Every address below `start` that pages lead to from there and from pages below it, with the status it has.

    `published` is what pages may call it.
    """
    found, waiting = dict[str, int](), [start]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = ask(address)
        found[address] = answer.status
        if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
            waiting += [here for here in _led_to(address, answer.body, start, published) if here not in found]
    return found


def _led_to(address: str, body: bytes, start: str, published: str) -> Iterator[str]:
    for element in read_html(body.decode()).all(*_LINKS):
        href = element.attributes.get(_LINKS[element.tag], "")
        if published and href.startswith(published):
            href = start + href.removeprefix(published)
        target = urljoin(address, href).partition("#")[0].partition("?")[0]
        if target.startswith(start):
            yield target


@contextmanager
def nginx(folder: Path, policy: str, *servers: str, **moved: str) -> Iterator[list[str]]:
    """Run nginx as anybody, with the recipes' files in `folder`, the policy they include, and these servers; gives the address of each.

    `moved` is where folders lie that the recipes name otherwise, by the last step of their name.
    """
    assert NGINX
    (folder / "snippets").mkdir(parents=True)
    ports = [_free_port() for _ in servers]
    files = {
        "maps.conf": recipe("# /etc/nginx/conf.d/briefing.conf"), "snippets/briefing-csp.conf": policy,
        "snippets/briefing.conf": recipe("# /etc/nginx/snippets/briefing.conf"),
    }
    files |= {f"{number}.conf": re.sub(r"listen 80;", f"listen {HOST}:{port};", text) for number, (port, text) in enumerate(zip(ports, servers, strict=True))}
    for name, text in files.items():
        for place, there in moved.items():
            text = text.replace(f"/srv/{place};", f"{there};")  # noqa: PLW2901  # one after the other
        (folder / name).write_text(text, encoding="utf-8")
    included = "".join(f"include {folder}/{name};" for name in files if name.count("/") == 0)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    # As in Debian's nginx.conf, as far as that matters.
    main = (
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{}}\n"
        f"http {{ {temporary} access_log off; include /etc/nginx/mime.types; default_type application/octet-stream; gzip on; {included} }}\n"
    )
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            up = comes_true(lambda: process.poll() is not None or _listens(ports[-1]), 20)
            assert up, (folder / "error.log").read_text(encoding="utf-8")
            assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            yield [f"http://{HOST}:{port}/" for port in ports]
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def store_serving(store: Store, *, website: bool) -> Iterator[str]:
    """Serve a store: as a website with index documents and an error document, or keys only, with an object for the top."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = unquote(urlsplit(self.path).path).removeprefix("/")
            if not key or (website and key.endswith("/")):
                key += "index.html"
            if key in store.keys:
                self.answer(200, key)
            elif website and f"{key}/index.html" in store.keys:
                self.send_response(302)
                self.send_header("Location", f"/{key}/")
                self.end_headers()
            else:
                self.answer(404, "404.html")

        def answer(self, status: int, key: str) -> None:
            self.send_response(status)
            for name, value in store.keys[key].items():
                self.send_header(name if name != "size" else "content-length", value)
            self.end_headers()
            self.wfile.write(store.get(key))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def with_aws(folder: Path) -> str:
    """A PATH on which `aws` is the stand-in beside this file; what it stores goes where STORE says."""
    commands = folder / "commands"
    commands.mkdir()
    stand_in = Path(__file__).with_name("dumbstore.py")
    (commands / "aws").write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{stand_in}" "$@"\n', encoding="utf-8")
    (commands / "aws").chmod(0o755)
    return f"{commands}{os.pathsep}{os.environ['PATH']}"
