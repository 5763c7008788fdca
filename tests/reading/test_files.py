"""Files on disk: which are opened, and that none is read further than a file may go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefbook.reading.files import Home, misleading_folder, name_of, read_plain, refuse_unless_plain
from briefbook.reading.yamltree import Refused


def home(folder: Path, most: int = 100) -> Home:
    return Home(folder, "the folder of tests", most)


def why(path: Path, folder: Path, most: int = 100) -> str:
    with pytest.raises(Refused) as caught:
        read_plain(path, path.name, home(folder, most))
    return caught.value.diagnostic.message


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert b"x" * 100 == read_plain(tmp_path / "a", "a", home(tmp_path))


def test_one_byte_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 101)
    assert "the file is too large: 101 bytes; the limit is 100" == why(tmp_path / "a", tmp_path)


def test_a_file_that_grows_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 101)
    small = tmp_path / "b"
    small.touch()
    monkeypatch.setattr(os, "fstat", lambda _: os.stat(small))
    assert "the file is too large: it grew while it was read; the limit is 100" == why(path, tmp_path)


def test_a_pipe_put_in_place_of_a_file_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = os.stat
    (tmp_path / "plain").touch()
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "stat", lambda path, **named: stat(tmp_path / "plain" if path == tmp_path / "pipe" else path, **named))
    assert "this is a pipe, not a file" == why(tmp_path / "pipe", tmp_path)


def test_a_device_is_not_opened(tmp_path: Path) -> None:
    assert "this is a device, not a file" == why(Path("/dev/zero"), tmp_path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "this is a folder, not a file" == why(tmp_path, tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "the file cannot be read: No such file or directory" == why(tmp_path / "a", tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "home" / "a").symlink_to("../secret")
    assert "the file is a link that leads out of the folder of tests" == why(tmp_path / "home" / "a", tmp_path / "home")
    assert b"x" == read_plain(tmp_path / "home" / "a", "a", home(tmp_path))


def test_one_may_ask_without_reading(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 101)
    refuse_unless_plain(tmp_path / "large", "large", home(tmp_path))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="this is a pipe"):
        refuse_unless_plain(tmp_path / "pipe", "pipe", home(tmp_path))


def test_links_to_folders(tmp_path: Path) -> None:
    (tmp_path / "home" / "in").mkdir(parents=True)
    (tmp_path / "home" / "beside").mkdir()
    for name, target in {"out": "../..", "circle": "..", "itself": ".", "good": "../beside"}.items():
        (tmp_path / "home" / "in" / name).symlink_to(target)
    expected = {
        "out": "the folder is a link that leads out of the folder of tests",
        "circle": "the folder is a link to one that it lies in itself",
        "itself": "the folder is a link to one that it lies in itself",
        "good": None,
    }
    assert expected == {name: misleading_folder(tmp_path / "home" / "in" / name, home(tmp_path / "home")) for name in expected}


def test_a_name_is_shown_from_where_the_reader_stands(tmp_path: Path) -> None:
    assert "b/c.yml" == name_of(tmp_path / "a" / "b" / "c.yml", tmp_path / "a")
    assert "x\ufffd.yml" == name_of(Path(os.fsdecode(b"x\xff.yml")))
