"""What changed from one edition to the next, told once and kept on disk: editions never change.

A door. What is kept may be deleted at any time; what cannot be read, or was told by other code, is as good as not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefbook.history import Line, Topic
from briefbook.wording.language import Language
from briefbook.workings import fingerprint

# The parts of the package by which two versions come to words, and what they rest on.
_OWN = ("model", "reading", "rules", "comparison", "wording", "views", "labels", "history.py", "chronicle.py")
_OTHERS = ("babel", "markdown-it-py", "pydantic", "pyyaml")

Topics = tuple[Topic, ...]


class Tellings:
    """Keeps what is told in some languages in `folder`, which is made when first needed."""

    def __init__(self, folder: Path, languages: Mapping[str, Language]) -> None:
        self._folder = folder
        words = {code: dict(language.labels.words) for code, language in languages.items()}
        self._context = [fingerprint(_OWN, _OTHERS), json.dumps(words)]
        self._used: set[str] = set()

    def topics(self, before: str, after: str, tell: Callable[[], Topics]) -> Topics:
        """What changed between two versions, named by fingerprints of all they say; told by `tell` unless it is known."""
        name = self._name(before, after)
        self._used.add(name)
        found = self._read(self._folder / name)
        if found is None:
            found = tell()
            self._keep(self._folder / name, found)
        return found

    def forget(self, but: Collection[tuple[str, str]] = ()) -> None:
        """Delete what has not been asked for, `but` what changed between these pairs of versions."""
        kept = self._used | {self._name(*pair) for pair in but}
        with suppress(OSError):
            for path in self._folder.glob("*.json"):
                if path.name not in kept:
                    path.unlink(missing_ok=True)

    def _name(self, before: str, after: str) -> str:
        return f"{_digest(*self._context, before, after)}.json"

    def _read(self, path: Path) -> Topics | None:
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            head, _, body = path.read_bytes().partition(b"\n")
            if head.decode() == _digest(body.decode()):
                return tuple(_topic(topic) for topic in json.loads(body))
        return None

    def _keep(self, path: Path, topics: Topics) -> None:
        """Written beside and moved into place, so that nobody ever finds half of it. No cache is no harm."""
        body = json.dumps([_data(topic) for topic in topics], ensure_ascii=False)
        with suppress(OSError, UnicodeEncodeError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("wb", dir=self._folder, prefix=".", delete=False) as file:
                file.write(f"{_digest(body)}\n{body}".encode())
            os.replace(file.name, path)


def _data(topic: Topic) -> list[Any]:
    lines = [[li.fact, li.section, li.category, li.kind, li.minor, li.concerns, dict(li.words)] for li in topic.lines]
    return [topic.id, dict(topic.heading), lines]


def _topic(data: list[Any]) -> Topic:
    id_, heading, lines = data
    return Topic(id_, heading, tuple(_line(line) for line in lines))


def _line(data: list[Any]) -> Line:
    fact, section, category, kind, minor, concerns, words = data
    return Line(fact, section, category, kind, minor, tuple(concerns), words)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
