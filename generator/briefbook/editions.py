"""Editions: a briefing as it was frozen on a day, in a folder of its own, with a manifest that says what all was then.

Here they are listed and read, and what was changed in them since is found; `snapshot.py` makes them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from briefbook import translationlock
from briefbook.diagnostics import Diagnostic, Place, Severity, in_order
from briefbook.model.base import Value
from briefbook.model.briefing import Briefing
from briefbook.model.fingerprints import stale_fields
from briefbook.reading.files import Home, read_plain
from briefbook.reading.loading import SUFFIXES, read_folder
from briefbook.reading.yamltree import Refused

FORMAT = 1
LOCK = translationlock.NAME
MANIFEST = "manifest.json"
FACTS, PAGES = "facts", "pages"
# Where a published site holds its editions in full.
IN_FULL = "editions"
# Temporary folders beside editions start so; whoever lists editions passes them over.
UNFINISHED = ".unfinished-"
_ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# A list of all files of the largest site that can be thought of.
_LARGEST = 100_000_000

Hashes = dict[str, str]


class Counts(Value):
    """How many facts of each kind there were, and how many disputes had which status."""

    kinds: dict[str, int]
    disputes: dict[str, int]


class FactFiles(Value):
    """The SHA-256 of every fact file by its name: as frozen, and as the authors had it."""

    canonical: Hashes
    original: Hashes


class Revision(Value):
    """The git commit that the sources were at, where that is known, and whether they had been changed since."""

    commit: str | None = None
    dirty: bool | None = None


class Manifest(Value):
    """What an edition says of itself. Every file is named by its place, with its SHA-256.

    `note` is the authors' word on what changed, by language; `reconstructed` says that the edition was put together
    later, from what is known of that day. `look` are mkdocs.yml and the theme's custom_dir; `outputs` the files of the
    built site, None where none was built. `translations` is the lock of translations, None where there was none.
    """

    format: int
    edition: str = Field(pattern=rf"^{_ID.pattern}$")
    date: str
    languages: tuple[str, ...] = Field(strict=False, min_length=1)
    titles: dict[str, str]
    address: str
    note: dict[str, str]
    reconstructed: bool
    counts: Counts
    facts: FactFiles
    pages: Hashes
    translations: str | None
    look: Hashes
    outputs: Hashes | None
    source: Revision
    versions: dict[str, str]

    def text(self) -> str:
        """The manifest as it is written."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True)
class Edition:
    """An edition that was read: its folder, what it says of itself, and its facts, stale texts known."""

    folder: Path
    manifest: Manifest
    briefing: Briefing

    @property
    def id(self) -> str:
        """What it is called: its date."""
        return self.manifest.edition


class EditionError(Exception):
    """Why a folder is not read as an edition: `diagnostics` hold all of it, the message the first."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        first = diagnostics[0]
        more = f" (and {len(diagnostics) - 1} more)" if len(diagnostics) > 1 else ""
        super().__init__(f"{first.place.file}: {first.message}{more}")
        self.diagnostics = diagnostics


def editions_path(facts: Path) -> Path:
    """Where the editions of a folder of facts lie: beside it."""
    return facts.parent / "editions"


def list_editions(root: Path) -> list[Path]:
    """The folders of all editions below `root` (see `editions_path`), oldest first; none where there is no such folder."""
    names = sorted(os.listdir(root)) if root.is_dir() else []
    return [root / name for name in names if _ID.fullmatch(name) and (root / name).is_dir()]


def read_edition(path: Path) -> Edition:
    """The edition in the folder `path`. Raises `EditionError` unless every file in it is as it was frozen."""
    return read_as(path, path.resolve().name)


def read_as(path: Path, id_: str) -> Edition:
    """The edition `id_` in a folder that may still have another name."""
    manifest = checked_manifest(path, id_)
    # What rules say now of what was written then is no fault of an edition.
    reading = read_folder(path / FACTS, manifest.languages, path, judged=False)
    if not reading.usable:
        raise EditionError(reading.diagnostics)
    lock, wrong = translationlock.read_lock(path / LOCK, LOCK)
    if wrong:
        raise EditionError(wrong)
    stale = stale_fields(reading.briefing, lock)
    return Edition(path, manifest, replace(reading.briefing, stale=stale, address=manifest.address))


def checked_manifest(path: Path, id_: str) -> Manifest:
    """What the edition `id_` in a folder says of itself. Raises `EditionError` unless every file in it is as it was frozen."""
    manifest = _manifest(path, id_)
    if changed := in_order(_changed(path, manifest)):
        raise EditionError(changed)
    return manifest


def fact_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The fact files below a folder, by their place there."""
    return ((name, path) for name, path in files_below(folder) if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))


def page_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The hand-written pages below a folder and what lies beside them, by their place there."""
    return files_below(folder, hidden=False, linked=True)


def is_of(manifest: Manifest, facts: Path, pages: Path) -> bool:
    """Whether an edition is what the facts, pages and translations of a site are now, byte for byte: as its authors had the
    facts, or as they were frozen.
    """
    written = {name: _hash_of(path) for name, path in fact_files(facts)}
    beside = {name: _hash_of(path) for name, path in page_files(pages) if path.is_file()}
    lock = _hash_of(translationlock.lock_path(facts)) or None
    return written in (manifest.facts.original, manifest.facts.canonical) and (beside, lock) == (manifest.pages, manifest.translations)


def hashes(folder: Path) -> Hashes:
    """The SHA-256 of every file below a folder, by its place there; none where there is no such folder."""
    return {name: _hash_of(path) for name, path in files_below(folder)}


def built_hashes(site: Path) -> Hashes:
    """The SHA-256 of every file of a built site, but for the editions that it may hold in full: those are sites of their own."""
    return {name: hash_ for name, hash_ in hashes(site).items() if not name.startswith(f"{IN_FULL}/")}


def hashes_of(files: Mapping[str, bytes]) -> Hashes:
    """The SHA-256 of every file, by its name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def files_below(folder: Path, *, hidden: bool = True, linked: bool = False) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, by its place there, in order. Folders that are links are gone into if they are `linked`."""
    found = []
    for parent, folders, names in os.walk(folder, followlinks=linked):
        folders[:] = [name for name in folders if hidden or not name.startswith(".")]
        found += [Path(parent, name) for name in names if hidden or not name.startswith(".")]
    yield from sorted((path.relative_to(folder).as_posix(), path) for path in found)


def _hash_of(path: Path) -> str:
    """The SHA-256 of a file; nothing, which no file has, of what is no file or cannot be read."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def frozen_files(manifest: Manifest) -> Hashes:
    """Every file in the folder of an edition but the manifest itself."""
    lock = {LOCK: manifest.translations} if manifest.translations else {}
    facts = {f"{FACTS}/{name}": hash_ for name, hash_ in manifest.facts.canonical.items()}
    return facts | {f"{PAGES}/{name}": hash_ for name, hash_ in manifest.pages.items()} | lock


def compared(expected: Mapping[str, str], actual: Mapping[str, str]) -> dict[str, str]:
    """The files that are `missing`, `extra` or `different`, in order."""
    said = {name: "missing" if name not in actual else "extra" if name not in expected else "different" for name in {*expected, *actual}}
    return {name: said[name] for name in sorted(said) if expected.get(name) != actual.get(name)}


def _manifest(path: Path, id_: str) -> Manifest:
    """What the edition says of itself, if that can be read and is of this edition."""
    file = path / MANIFEST
    try:
        manifest = Manifest.model_validate(_known(read_plain(file, MANIFEST, Home(path, "the edition", _LARGEST))))
    except Refused as refusal:
        raise _broken(refusal.diagnostic.message) from refusal
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _broken(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if manifest.edition != id_:
        raise _broken(f"this is the manifest of the edition {manifest.edition}, and stands in “{id_}”")
    try:
        date.fromisoformat(manifest.edition)
    except ValueError as error:
        raise _broken(f"editions are called by their day, and there is no day {manifest.edition}") from error
    return manifest


def _known(raw: bytes) -> object:
    """The data of a manifest in the format known here."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _broken(f"this is not JSON: {error}") from error
    said = data.get("format") if isinstance(data, dict) else None
    if said != FORMAT:
        hint = "use the version of briefbook that wrote it, or a later one"
        raise _broken(f"the manifest is in format {str(said)[:20]}; this version of briefbook knows format {FORMAT}", hint)
    return data


def _broken(message: str, hint: str | None = None) -> EditionError:
    return EditionError([Diagnostic("V001", Severity.ERROR, message, Place(MANIFEST), hint or _RESTORE)])


_RESTORE = "editions are never changed: take it back from version control"
_CHANGED = {
    "missing": "this file of the edition is missing",
    "extra": "this file was not in the edition when it was frozen",
    "different": "this file is not as it was when the edition was frozen",
}


def _changed(path: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    """Every file that is not as it was frozen."""
    actual = {name: hash_ for name, hash_ in hashes(path).items() if name != MANIFEST}
    for name, how in compared(frozen_files(manifest), actual).items():
        yield Diagnostic("V002", Severity.ERROR, _CHANGED[how], Place(name), _RESTORE)
