"""The lock file `translations.lock`: which wordings were last seen to agree, one text a line, sorted, easy to merge.

A line is `place en=fingerprint ja=fingerprint`; `~` marks a wording that was known to be behind. Lines know no
positions, so that the lines of two branches can simply be put together.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.model.fingerprints import NOTHING_AGREED, Agreement, Lock
from briefbook.reading.files import Home, read_plain
from briefbook.reading.yamltree import Refused

NAME = "translations.lock"
# Enough for the texts of thirty thousand facts.
_LARGEST = 20_000_000
FORMAT = 1
_HEAD = f"""\
# Wordings last seen to agree between the languages, as fingerprints. Written by `briefbook translations --accept`.
# In a merge keep the lines of both sides.
# format: {FORMAT}
"""
_LINE = re.compile(r"([a-z][a-z0-9-]*(?:/[a-z_]+(?:\[\])*)+)((?: [A-Za-z0-9-]+=~?[0-9a-f]{12})+)", re.ASCII)
_PRINT = re.compile(r" ([A-Za-z0-9-]+)=(~?)([0-9a-f]{12})", re.ASCII)
_FORMAT = re.compile(r"#\s*format:\s*(\S+)")
_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_MERGE = "keep the lines of both sides, delete the marks"
_ANEW = "delete the line, then have the texts recorded anew: briefbook translations --record"


def lock_path(facts: Path) -> Path:
    """Where the lock of a folder of facts lies: beside it."""
    return facts.parent / NAME


def read_lock(path: Path, name: str) -> tuple[Lock, list[Diagnostic]]:
    """The lock at `path`, as far as it can be read, and what is wrong with it. No file is an empty lock."""
    try:
        if not os.path.lexists(path):
            return NOTHING_AGREED, []
        return parse_lock(read_plain(path, name, Home(path.parent, "its folder", _LARGEST)).decode("utf-8-sig"), name)
    except Refused as refusal:
        return NOTHING_AGREED, [_broken(Place(name), refusal.diagnostic.message)]
    except UnicodeDecodeError:
        hint = "take it from version control, or write it anew: briefbook translations --accept"
        return NOTHING_AGREED, [_broken(Place(name), "the file is not text in UTF-8", hint)]


def parse_lock(text: str, name: str) -> tuple[Lock, list[Diagnostic]]:
    """The lock written in `text`. Reports (S602) lines that are none of a lock, and marks of an unfinished merge once."""
    agreements: list[Agreement] = []
    found: list[Diagnostic] = []
    marked = False
    for number, line in enumerate(text.split("\n"), start=1):
        written, place = line.strip(), Place(name, number)
        if match := _LINE.fullmatch(written):
            agreements.append(_agreement(match[1], match[2]))
        elif written.startswith(_MARKS):
            if not marked:
                found.append(_broken(place, "the marks of an unfinished merge stand in this file", _MERGE))
            marked = True
        elif (said := _FORMAT.fullmatch(written)) and said[1] != str(FORMAT):
            message = f"the file is in format {said[1][:20]}; this version of briefbook knows format {FORMAT}"
            return NOTHING_AGREED, [_broken(place, message, "use the version of briefbook that wrote it, or a later one")]
        elif written and not written.startswith("#"):
            found.append(_broken(place, "this line records no text", _ANEW))
    return Lock(tuple(agreements)), found


def lock_text(lock: Lock) -> str:
    """The lock as it is written."""
    return _HEAD + "".join(f"{line}\n" for line in sorted(map(_line, lock.agreements)))


def write_lock(path: Path, lock: Lock) -> bool:
    """Write the lock, all or nothing; returns whether the file had to change."""
    content = lock_text(lock).encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return False
    replace_file(path, content)
    return True


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside and move it into place, so that nobody ever finds half of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _line(agreement: Agreement) -> str:
    prints = (f"{language}={'~' if language in agreement.behind else ''}{said}" for language, said in agreement.prints)
    return " ".join([agreement.place, *prints])


def _agreement(place: str, written: str) -> Agreement:
    found = _PRINT.findall(written)
    prints = tuple(sorted({language: said for language, _, said in found}.items()))
    return Agreement(place, prints, frozenset(language for language, mark, _ in found if mark))


def _broken(place: Place, message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic("S602", Severity.ERROR, message, place, hint)
