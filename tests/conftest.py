"""What every test may use, and what none may do: reach another machine, or rewrite expectations where nobody looks."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from briefbook.diagnostics import Diagnostic
from briefbook.reading.loading import Reading, read_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite what the case files expect to what comes out now")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update rewrites what is expected; do it at your desk and read the difference")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything a test needs was installed, a test that was skipped is one that failed to run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("BRIEFBOOK_NO_SKIPS") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten in place of compared."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., Reading]:
    """Reads YAML texts as the files of one folder: `facts(one, two)` are `1.yml` and `2.yml`."""

    def read(*files: str | bytes, languages: Iterable[str] = ("en", "ja")) -> Reading:
        folder = tmp_path / "facts"
        folder.mkdir(exist_ok=True)
        for number, content in enumerate(files, start=1):
            raw = content.encode() if isinstance(content, str) else content
            (folder / f"{number}.yml").write_bytes(raw)
        return read_folder(folder, tuple(languages), folder)

    return read


@pytest.fixture(scope="session")
def codes() -> Callable[[Iterable[Diagnostic]], list[str]]:
    """The codes of diagnostics, in their order."""
    return lambda diagnostics: [found.code for found in diagnostics]


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Lets a test talk to its own machine alone."""
    patch = pytest.MonkeyPatch()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_here(address[0]):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    def look_up_here(host: Any, *rest: Any, **named: Any) -> Any:
        if host is not None and not _is_here(host):
            raise AssertionError(f"a test tried to look up {host}")
        return look_up(host, *rest, **named)

    patch.setattr(socket.socket, "connect", connect_here)
    patch.setattr(socket, "getaddrinfo", look_up_here)
    yield
    patch.undo()


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in ("", "localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
