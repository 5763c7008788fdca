"""The lock file: what it looks like, that it reads back, and that nothing in it can stop a check."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefbook.model.fingerprints import Agreement, Lock
from briefbook.translationlock import lock_path, lock_text, parse_lock, read_lock, write_lock

ONE = Agreement("berth/history[]/why", (("en", "0" * 12), ("ja", "1" * 12)))
TWO = Agreement("acme/summary", (("en", "a" * 12), ("zh-Hant", "b" * 12)), frozenset({"zh-Hant"}))
LINES = ["acme/summary en=aaaaaaaaaaaa zh-Hant=~bbbbbbbbbbbb", "berth/history[]/why en=000000000000 ja=111111111111"]


def codes(text: str | bytes, folder: Path) -> list[tuple[str, int]]:
    path = folder / "translations.lock"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [(found.code, found.place.line) for found in read_lock(path, "l")[1]]


def test_one_text_a_line_sorted() -> None:
    assert LINES == [line for line in lock_text(Lock((ONE, TWO))).splitlines() if not line.startswith("#")]


def test_it_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "translations.lock"
    assert write_lock(path, Lock((ONE, TWO, ONE)))
    lock, found = read_lock(path, "l")
    assert ([], (TWO, ONE, ONE)) == (found, lock.agreements)


def test_it_is_not_written_again_when_nothing_is_new(tmp_path: Path) -> None:
    path = tmp_path / "translations.lock"
    assert [True, False, True] == [write_lock(path, lock) for lock in (Lock((ONE,)), Lock((ONE,)), Lock((ONE, TWO)))]
    assert ["translations.lock"] == os.listdir(tmp_path)


def test_it_lies_beside_the_facts() -> None:
    assert Path("content/translations.lock") == lock_path(Path("content/facts"))


def test_no_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert (Lock(), []) == read_lock(tmp_path / "nothing" / "translations.lock", "l")


@pytest.mark.parametrize("text", [
    "", "\n\n", "# a comment\n", "\ufeff# x\n", "\r\n".join(LINES), "\n".join(LINES), "# format: 1\n", f"  {LINES[0]}  \n",
])
def test_nothing_is_wrong_with(text: str, tmp_path: Path) -> None:
    assert [] == codes(text, tmp_path)


@pytest.mark.parametrize(("text", "line"), [
    ("acme/summary\n", 1), ("acme/summary en=0\n", 1), (f"\n{LINES[0]} extra\n", 2), ("\x00\n", 1), ("{}\n", 1),
    (f"../../etc {LINES[0]}", 1), (b"\xff\xfe", 1), ("# format: 2\n" + LINES[0], 1), ("# format: zwei", 1),
])
def test_what_is_wrong_is_told_with_its_line(text: str | bytes, line: int, tmp_path: Path) -> None:
    assert [("S602", line)] == codes(text, tmp_path)


def test_an_unfinished_merge_is_told_once_and_both_sides_are_read() -> None:
    text = f"<<<<<<< ours\n{LINES[0]}\n||||||| base\n=======\n{LINES[1]}\n>>>>>>> theirs\n"
    lock, found = parse_lock(text, "content/translations.lock")
    assert (TWO, ONE) == lock.agreements
    assert ["content/translations.lock:1:1: the marks of an unfinished merge stand in this file"] == [
        f"{diagnostic.place}: {diagnostic.message}" for diagnostic in found
    ]


def test_lines_that_can_be_read_count_beside_those_that_cannot() -> None:
    lock, found = parse_lock(f"{LINES[0]}\nnonsense\n{LINES[1]}\n", "l")
    assert ((TWO, ONE), 1) == (lock.agreements, len(found))


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "translations.lock").mkdir()
    assert ["S602"] == [found.code for found in read_lock(tmp_path / "translations.lock", "l")[1]]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "translations.lock"
    write_lock(path, Lock((ONE,)))
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_lock(path, Lock((TWO,)))
    assert (before, ["translations.lock"]) == (path.read_bytes(), os.listdir(tmp_path))
