"""A store of objects that knows keys and nothing else, and a stand-in for the `aws` command, which fills it.

The stand-in keeps to https://docs.aws.amazon.com/cli/latest/reference/s3/ as far as recipes go: filters count in their order, the last
that fits decides, `--delete` deletes only what filters let through, and what is stored already in the same size stays as it is.
"""

from __future__ import annotations

import json
import mimetypes
import os
import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path

VALUED = ("--exclude", "--include", "--cache-control", "--content-type", "--bucket", "--key", "--body")


class Store:
    """Objects in a folder: for each its bytes, and in one list their keys and what was said of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = folder / "keys.json"
        self.keys: dict[str, dict[str, str]] = json.loads(self.list.read_text(encoding="utf-8")) if self.list.exists() else {}

    def put(self, key: str, body: bytes, said: Mapping[str, str]) -> None:
        """Store an object."""
        assert key, "a key is not empty"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._path(key).write_bytes(body)
        guessed = mimetypes.guess_type(key)[0] or "binary/octet-stream"
        self.keys[key] = {"content-type": guessed, "size": str(len(body)), **said}

    def get(self, key: str) -> bytes:
        """The bytes of an object."""
        return self._path(key).read_bytes()

    def save(self) -> None:
        """Keep the list."""
        self.list.write_text(json.dumps(self.keys), encoding="utf-8")

    def _path(self, key: str) -> Path:
        return self.folder / sha256(key.encode()).hexdigest()


def aws(store: Store, words: list[str]) -> None:
    """Do what a command says."""
    options: list[tuple[str, str]] = []
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if word in VALUED:
            options.append((word, next(rest)))
        elif word == "--delete":
            options.append((word, ""))
        else:
            assert not word.startswith("-"), f"what is {word}?"
            plain.append(word)
    given = dict(options)
    said = {name.removeprefix("--"): value for name, value in options if name in ("--cache-control", "--content-type")}
    match plain:
        case ["s3", "sync", folder, bucket] if bucket == "s3://a-bucket":
            _sync(store, Path(folder), [one for one in options if one[0] in ("--exclude", "--include")], said, delete="--delete" in given)
        case ["s3api", "put-object"] if given["--bucket"] == "a-bucket":
            store.put(given["--key"], Path(given["--body"]).read_bytes(), said)
        case _:
            raise SystemExit(f"unknown: {words}")
    store.save()


def _sync(store: Store, folder: Path, filters: list[tuple[str, str]], said: Mapping[str, str], *, delete: bool) -> None:
    def wanted(key: str) -> bool:
        verdicts = [kind == "--include" for kind, pattern in filters if fnmatchcase(key, pattern)]
        return verdicts[-1] if verdicts else True

    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    for key, path in there.items():
        body = path.read_bytes()
        if wanted(key) and (store.keys.get(key, {}).get("size") != str(len(body)) or store.get(key) != body):
            store.put(key, body, said)
    for key in [key for key in store.keys if delete and wanted(key) and key not in there]:
        del store.keys[key]


if __name__ == "__main__":
    aws(Store(Path(os.environ["STORE"])), sys.argv[1:])
