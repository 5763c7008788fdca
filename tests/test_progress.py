"""That a command which takes its time says what it does on a terminal, and is quiet in a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefbook.cli import main

pty = pytest.importorskip("pty", reason="there are no terminals to play here")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress") / "site"
    assert 0 == CliRunner().invoke(main, ["new", str(folder)]).exit_code
    return folder


def command(site: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "briefbook", "export", "-f", str(site / "mkdocs.yml"), str(target)]


def written_to_a_terminal(words: list[str]) -> str:
    """What a command writes to stderr where that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs) as running:
        os.close(theirs)
        told = bytearray()
        while piece := _read(ours):
            told += piece
    os.close(ours)
    assert 0 == running.returncode
    return told.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how a terminal says on Linux that nobody writes to it any more
        return b""


def test_progress_is_shown_on_a_terminal_and_in_no_pipe(site: Path, tmp_path: Path) -> None:
    shown = written_to_a_terminal(command(site, tmp_path / "out")).splitlines()
    piped = subprocess.run(command(site, tmp_path / "out"), check=True, capture_output=True, text=True)
    assert "Exporting …" == shown[0]
    # What came of it is told in both, and nothing else in a pipe.
    assert shown[-1:] == piped.stderr.splitlines()
    assert "" == piped.stdout
