"""The schema that a site keeps beside its facts, so that editors complete the ids there are: written, renewed, found stale."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefbook.reading.loading import Reading
from briefbook.schema import IDS, Known, as_text, fact_file_schema, known_in

NAME = "facts.schema.json"
_ID = re.compile(r"[a-z][a-z0-9-]*")
# Files with these findings could not be read to their end, so that not all ids are known.
_UNREAD = frozenset({"Y001", "Y002", "Y004", "Y005", "Y006"})


class SchemaError(Exception):
    """Why the schema of a site cannot be made."""


def schema_path(facts: Path) -> Path:
    """Where the schema of a folder of facts lies: beside it."""
    return facts.parent / NAME


def site_schema(reading: Reading, more: Iterable[Known] = ()) -> str:
    """The text of a site's schema; `more` are facts written since it was read. Raises `SchemaError` where a file cannot be read."""
    if unread := sorted({found.place.file for found in reading.diagnostics if found.code in _UNREAD}):
        raise SchemaError(f"{unread[0]} cannot be read, so that not all ids are known; see: briefbook check")
    known = {one.id: one for one in (*known_in(reading.briefing), *more)}
    return as_text(fact_file_schema(known.values(), reading.briefing.languages))


def write_schema(facts: Path, text: str) -> bool:
    """Keep `text` as the schema of a folder of facts, all or nothing. Says whether anything had to be written."""
    path = schema_path(facts)
    with suppress(OSError):
        if path.read_bytes() == text.encode():
            return False
    write_whole(path, text)
    return True


def write_whole(path: Path, text: str) -> None:
    """Write a file, all or nothing; the folders it needs are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def renew_schema(facts: Path, reading: Reading, more: Iterable[Known] = ()) -> bool:
    """Bring the schema of a site up to date, where it keeps one and all files can be read. Says whether that changed it."""
    with suppress(OSError, SchemaError):
        return schema_path(facts).is_file() and write_schema(facts, site_schema(reading, more))
    return False


def staleness(facts: Path, text: str) -> str | None:
    """What keeps the schema that lies beside the facts from serving, if anything does.

    One written by another version of this tool serves as long as it knows the same ids.
    """
    try:
        kept = json.loads(schema_path(facts).read_bytes())
    except FileNotFoundError:
        return "it is not there"
    except (OSError, ValueError) as error:
        return f"it cannot be read: {error}"
    try:
        there, wanted = _described(kept), _described(json.loads(text))
    except (AttributeError, KeyError, TypeError):
        return "it is not one of these"
    if changed := sorted(there.items() ^ wanted.items()):
        return _difference({id_ for id_, _ in changed}, set(there), set(wanted))
    return None


def _difference(changed: set[str], there: set[str], wanted: set[str]) -> str:
    parts = {
        "it lacks": changed - there,
        "it still has": changed - wanted,
        "it has other words for": changed & there & wanted,
    }
    return "; ".join(f"{what} {_some(ids)}" for what, ids in parts.items() if ids)


def _some(ids: Iterable[str]) -> str:
    first, rest = sorted(ids)[:3], sorted(ids)[3:]
    return ", ".join(first) + (f" and {len(rest)} more" if rest else "")


def _described(schema: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Every id that a schema knows, with its kind and what it says of it."""
    found: dict[str, tuple[str, str]] = {}
    for name, listed in schema["$defs"].items():
        _, ids, kind = name.rpartition(IDS)
        if ids and "pattern" in listed:
            found = dict.fromkeys(_ID.findall(listed["pattern"]), (kind, "")) | found
        elif ids:
            found |= {one["const"]: (kind, one["description"]) for one in listed["anyOf"]}
    return found


def _mode(path: Path) -> int:
    """The rights of a file: those it has, or those of any new file."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
