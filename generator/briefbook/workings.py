"""A fingerprint of the code that works something out, ours and that of others: what other code has kept is of no use."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def fingerprint(own: tuple[str, ...], others: tuple[str, ...]) -> str:
    """That of the modules and folders `own` of this package, and of the versions of Python and of the packages `others`."""
    told = hashlib.blake2b(digest_size=16)
    told.update(" ".join([platform.python_version(), *map(version, others)]).encode())
    package = files("briefbook")
    for part in sorted(_modules(package / name for name in own), key=str):
        told.update(part.name.encode() + part.read_bytes())
    return told.hexdigest()


def _modules(parts: Iterable[Traversable]) -> Iterator[Traversable]:
    for part in parts:
        if part.is_dir():
            yield from _modules(part.iterdir())
        elif part.name.endswith((".py", ".yml")):
            yield part
