"""Servers on this machine's own address: one for a built site, and MkDocs' own, which rebuilds."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from builtsites import environment

HOST = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives its address."""
    server = ThreadingHTTPServer((HOST, 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def mkdocs_serving(config: Path, log: Path) -> Iterator[str]:
    """Run `mkdocs serve`, its words going to `log`; gives its address once it may be asked."""
    with _serving(["mkdocs", "serve", "-f", str(config)], log) as address:
        yield address


@contextmanager
def briefbook_serving(config: Path, log: Path, *options: str) -> Iterator[str]:
    """Run `briefbook serve` in the same way."""
    with _serving(["briefbook", "serve", "-f", str(config), *options], log) as address:
        yield address


@contextmanager
def _serving(command: list[str], log: Path) -> Iterator[str]:
    address = f"{HOST}:{_free_port()}"
    whole = [sys.executable, "-m", *command, "-a", address]
    with log.open("wb") as words, subprocess.Popen(whole, stdout=words, stderr=words, env=environment()) as process:
        try:
            yield f"http://{address}/"
        finally:
            process.terminate()


def fetched(url: str) -> str:
    """What a server answers; nothing while it does not."""
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310  # our own server
            return str(answer.read().decode())
    except (URLError, ConnectionError, TimeoutError):
        return ""


def comes_true(condition: Callable[[], bool], seconds: float = 90) -> bool:
    """Whether a condition holds in the end; it is asked again and again until the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.3)
    return condition()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
