"""Files as they are met on disk: plain ones of a bearable size are read, and nothing else is opened.

A pipe would wait for ever, a device never end, a link lead to what is none of the site's.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.reading.yamltree import LARGEST, Refused, too_large

_SORTS = (
    (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that a link may not lead out of, what messages call it, and the most bytes that a file in it may have."""

    folder: Path
    called: str
    most: int = LARGEST


def name_of(path: Path, shown_from: Path | None = None) -> str:
    """What messages call a file. Bytes of its name that are no text are shown as such, so that it can be printed."""
    name = Path(os.path.relpath(path, shown_from)).as_posix() if shown_from else path.as_posix()
    return os.fsencode(name).decode("utf-8", "replace")


def read_plain(path: Path, name: str, home: Home) -> bytes:
    """The bytes of a file that lies in `home`, never more than a file may have. Raises `Refused` for anything else.

    `name` is what messages call the file.
    """
    if why := _misleading(path, home):
        raise _refused(name, why)
    try:
        return _bytes_of(path, name, home.most)
    except OSError as error:
        raise _refused(name, f"the file cannot be read: {error.strerror or error}") from error


def refuse_unless_plain(path: Path, name: str, home: Home) -> None:
    """Raise `Refused` for what `read_plain` would not open, whatever its size."""
    if why := _misleading(path, home):
        raise _refused(name, why)
    try:
        _must_be_plain(os.stat(path), name)
    except OSError as error:
        raise _refused(name, f"the file cannot be read: {error.strerror or error}") from error


def _misleading(path: Path, home: Home) -> str | None:
    """Why a file is not opened, by its name or as the link that it is."""
    if not str(path).isprintable() and any("\ud800" <= character <= "\udfff" for character in str(path)):
        return "the name of the file is not UTF-8"
    try:
        if not path.is_symlink():
            return None
        # Unlike Path.resolve(), this does not fail in a circle.
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home.folder)):
            return f"the file is a link that leads out of {home.called}"
        return None if path.exists() else "the file is a link that leads nowhere"
    except OSError as error:
        return f"the file cannot be read: {error.strerror or error}"


def misleading_folder(link: Path, home: Home) -> str | None:
    """Why a folder that is a link is not to be followed, or None where it may be."""
    target = os.path.realpath(link)
    if not Path(target).is_relative_to(os.path.realpath(home.folder)):
        return f"the folder is a link that leads out of {home.called}"
    if Path(os.path.realpath(link.parent)).is_relative_to(target):
        return "the folder is a link to one that it lies in itself"
    return None


def _bytes_of(path: Path, name: str, most: int) -> bytes:
    _must_be_plain(os.stat(path), name)
    # What was plain a moment ago may be a pipe by now: opening must not wait for its other end.
    with open(path, "rb", opener=lambda given, flags: os.open(given, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        state = os.fstat(file.fileno())
        _must_be_plain(state, name)
        if state.st_size > most:
            raise too_large(name, f"{state.st_size:,} bytes", most)
        raw = file.read(most + 1)
    if len(raw) > most:
        raise too_large(name, "it grew while it was read", most)
    return raw


def _must_be_plain(state: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(state.st_mode):
        sort = next((words for is_one, words in _SORTS if is_one(state.st_mode)), "something else")
        raise _refused(name, f"this is {sort}, not a file")


def _refused(name: str, message: str) -> Refused:
    return Refused(Diagnostic("Y001", Severity.ERROR, message, Place(name)))
