"""Inputs that once ended a fuzz run, tried on every run of the tests. `found/reading-….yml` is for the target `reading`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from targets import TARGETS  # noqa: E402  # found beside this file, as by the script that runs them

FOUND = sorted((HERE / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_once_failed_is_read_to_its_end(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("raw", [b"", b"\xff", b"a", "\u202e億[[".encode()], ids=ascii)
def test_every_target_takes_anything(target: str, raw: bytes) -> None:
    TARGETS[target](raw)
