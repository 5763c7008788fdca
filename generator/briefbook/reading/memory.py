"""What is kept between checks: what was found out about facts, so that only what changed need be judged again.

Facts are always read from their files; what is kept of one is found by its content. All of it is kept in one file, which
may be deleted at any time; what cannot be read, or was worked out by other code, is as good as not there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from briefbook.reading.sheet import Entry
from briefbook.rules.known import Known, Note
from briefbook.workings import fingerprint

# The parts of the package by which a fact comes to findings, and what they rest on.
_OWN = ("diagnostics.py", "suggestions.py", "model", "reading", "rules")
_OTHERS = ("babel", "markdown-it-py", "pydantic", "pydantic-core", "pyyaml")


class _Kept(NamedTuple):
    """What stands in the file: of each fact, by its digest, what it refers to and its words; what `Known` says is clear."""

    facts: dict[str, tuple[tuple[str, ...], dict[str, frozenset[str]]]]
    cleared: dict[str, tuple[str, frozenset[str]]]


_KEPT = TypeAdapter(_Kept)


class Memory:
    """Keeps what is known of facts in a `file`, which is made when first needed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = _Kept({}, {})

    def known(self, entries: Mapping[str, Entry]) -> Known:
        """What is known of the facts at `entries`."""
        self._kept = self._read()
        notes = {}
        for id_, entry in entries.items():
            digest = _digest(repr((entry.path, entry.data)).encode("utf-8", "surrogatepass"))
            notes[id_] = Note(digest, *self._kept.facts.get(digest, (None, None)))
        return Known(notes, dict(self._kept.cleared))

    def keep(self, known: Known) -> None:
        """Write down what is new. Where nothing can be written, nothing is kept: that is no harm."""
        facts = {
            note.digest: (note.refers, dict(note.tokens))
            for note in known.notes.values()
            if note.refers is not None and note.tokens is not None
        }
        if facts.keys() != self._kept.facts.keys() or known.cleared != self._kept.cleared:
            with suppress(OSError, ValueError):
                self._write(_KEPT.dump_json(_Kept(facts, known.cleared)))

    def _read(self) -> _Kept:
        """What was kept, if it is just what was written, by this code."""
        with suppress(OSError, ValueError):
            head, _, body = self._file.read_bytes().partition(b"\n")
            if head == _head(body):
                return _KEPT.validate_json(body)
        return _Kept({}, {})

    def _write(self, body: bytes) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved into place, so that of two checks at once neither finds half of it.
        with tempfile.NamedTemporaryFile("wb", dir=self._file.parent, prefix=".", delete=False) as beside:
            try:
                beside.write(_head(body) + b"\n" + body)
                beside.close()
                os.replace(beside.name, self._file)
            except BaseException:
                os.unlink(beside.name)
                raise


def _head(body: bytes) -> bytes:
    return f"{fingerprint(_OWN, _OTHERS)} {_digest(body)}".encode()


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
