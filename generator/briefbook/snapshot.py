"""Freezes a site's facts as an edition: canonical, with the pages beside them and a manifest of hashes; whole or not at all.

A door: it writes beside the facts. What an edition looks like is said in `editions.py`.
"""

from __future__ import annotations

import json
import os
import platform
import re
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory

from briefbook.canonical import canonical_files
from briefbook.editions import (
    FACTS,
    FORMAT,
    LOCK,
    MANIFEST,
    PAGES,
    UNFINISHED,
    Counts,
    EditionError,
    FactFiles,
    Hashes,
    Manifest,
    built_hashes,
    editions_path,
    fact_files,
    files_below,
    hashes_of,
    page_files,
    read_as,
    read_edition,
)
from briefbook.model.briefing import ABOUT, Briefing, kind_of
from briefbook.model.facts import KINDS
from briefbook.reading.yamltree import Refused, decode
from briefbook.revision import revision_of
from briefbook.site import Settings, Site
from briefbook.translationlock import lock_path, replace_file

# What was left behind so long ago is nobody's any more: a day, in seconds.
_FORGOTTEN = 86_400
# What may be otherwise in an edition of the same facts: it says with what the edition was made, not what it says.
_CIRCUMSTANCES = ("source", "versions", "look", "outputs")
# Where the files of the theme's custom_dir stand in a manifest, whatever that folder is called.
_LOOK = "custom_dir"

# Builds the site of an edition that is about to be frozen into a folder.
Build = Callable[[Path, Manifest], object]


class SnapshotError(Exception):
    """Why nothing was frozen; what was there before is as it was."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the authors say of an edition: in a few words what changed, by language, and whether it was put together later."""

    note: Mapping[str, str]
    reconstructed: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An edition that was frozen, or (unless `fresh`) that was there already and is the same."""

    folder: Path
    manifest: Manifest
    fresh: bool

    def __str__(self) -> str:
        facts = f"{sum(self.manifest.counts.kinds.values())} facts"
        if not self.fresh:
            return f"The edition {self.manifest.edition} is there already and says the same ({facts}); it was left as it is."
        outputs = self.manifest.outputs
        built = "no site built" if outputs is None else f"{len(outputs)} files of the built site"
        return f"The edition {self.manifest.edition} lies in {os.path.relpath(self.folder)}: {facts}, {built}."


@dataclass(frozen=True)
class Sources:
    """Everything that the authors keep, as bytes: fact files, hand-written pages and what lies beside them, the look, the lock."""

    facts: Mapping[str, bytes]
    pages: Mapping[str, bytes]
    look: Mapping[str, bytes]
    lock: bytes | None


def sources_of(settings: Settings, config: Path) -> Sources:
    """All sources of a site, `config` being its mkdocs.yml. Files that are hidden are none of them."""
    look = files_below(settings.overrides, hidden=False, linked=True) if settings.overrides else ()
    lock = lock_path(settings.facts)
    return Sources(
        _contents(fact_files(settings.facts)), _contents(page_files(settings.pages)),
        {config.name: config.read_bytes(), **_contents((f"{_LOOK}/{name}", path) for name, path in look)},
        lock.read_bytes() if lock.is_file() else None,
    )


def _contents(files: Iterable[tuple[str, Path]]) -> dict[str, bytes]:
    # A pipe would wait for ever.
    return {name: path.read_bytes() for name, path in files if path.is_file()}


def take_snapshot(
    site: Site, config: Path, day: date, remarks: Remarks, build: Build | None = None, into: Path | None = None
) -> Snapshot:
    """Freeze a site without errors as the edition of a day. `build` builds it into a folder, whose files are then named too.

    It is put among the site's editions, or `into` another folder.

    Raises `SnapshotError` where there is another edition of that day already, where the sources change meanwhile, and where
    anything cannot be written; then nothing is left behind.
    """
    assert site.usable, "facts with errors must not be frozen"
    try:
        return _take(site, config, day, remarks, build, into or editions_path(site.settings.facts))
    except OSError as error:
        raise SnapshotError(f"{error.filename or 'a file'}: {error.strerror or error}; nothing was frozen") from error


def _take(site: Site, config: Path, day: date, remarks: Remarks, build: Build | None, home: Path) -> Snapshot:
    sources = sources_of(site.settings, config)
    if not _read_from(site, sources):
        raise SnapshotError("the facts changed while they were read; try again")
    files = _frozen(site, sources)
    manifest = _manifest(site, sources, files, config, day, remarks)
    place = home / manifest.edition
    _refuse_other(place, manifest)
    if build is not None:
        manifest = manifest.model_copy(update={"outputs": _outputs(build, manifest)})
        if sources_of(site.settings, config) != sources:
            raise SnapshotError("the sources changed while the site was built; try again")
    fresh = _put(place, {**files, MANIFEST: manifest.text().encode()}, site.briefing)
    if not fresh:
        _refuse_other(place, manifest)
    return Snapshot(place, manifest, fresh)


def _read_from(site: Site, sources: Sources) -> bool:
    """Whether what was read and checked is what lies there."""
    try:
        texts = {_shown(site.settings.facts / name, site.settings.root): decode(raw, name) for name, raw in sources.facts.items()}
    except Refused:
        return False
    return texts == site.reading.texts


def _shown(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()


def _frozen(site: Site, sources: Sources) -> dict[str, bytes]:
    """Every file of the edition but its manifest."""
    lock = {} if sources.lock is None else {LOCK: sources.lock}
    return {
        **{f"{FACTS}/{name}": text.encode() for name, text in _canonical(site).items()},
        **{f"{PAGES}/{name}": raw for name, raw in sources.pages.items()}, **lock,
    }


def _canonical(site: Site) -> dict[str, str]:
    """The facts. A briefing that has no title is called after the folder it lies in, which an edition does not."""
    texts = site.reading.texts
    files = canonical_files(texts, list(site.languages))
    if f"{ABOUT}.yml" in files:
        return files
    title = json.dumps(site.briefing.about.title.shared)
    return canonical_files({**texts, "": f"{ABOUT}: {{title: {title}}}"}, list(site.languages))


def _manifest(
    site: Site, sources: Sources, files: Mapping[str, bytes], config: Path, day: date, remarks: Remarks
) -> Manifest:
    settings = site.settings
    canonical = {name.removeprefix(f"{FACTS}/"): raw for name, raw in files.items() if name.startswith(f"{FACTS}/")}
    watched = [settings.facts, settings.pages, lock_path(settings.facts), config, *filter(None, [settings.overrides])]
    return Manifest(
        format=FORMAT, edition=day.isoformat(), date=day.isoformat(), languages=tuple(site.languages),
        titles={code: site.title(code) for code in site.languages}, address=settings.address, note=dict(remarks.note),
        reconstructed=remarks.reconstructed, counts=_counts(site.briefing),
        facts=FactFiles(canonical=hashes_of(canonical), original=hashes_of(sources.facts)), pages=hashes_of(sources.pages),
        translations=hashes_of({} if sources.lock is None else {LOCK: sources.lock}).get(LOCK), look=hashes_of(sources.look), outputs=None,
        source=revision_of(settings.root, watched), versions=_versions(),
    )


def _counts(briefing: Briefing) -> Counts:
    kinds = Counter(kind_of(fact) for fact in briefing.facts.values())
    disputes = Counter(str(dispute.current.status) for dispute in briefing.disputes)
    return Counts(kinds={kind: kinds[kind] for kind in KINDS}, disputes=dict(disputes))


def _versions() -> dict[str, str]:
    """Python, this tool, and all that it rests on."""
    try:
        needed = [re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0] for one in requires("briefbook") or () if "extra ==" not in one]
        found = {name: version(name) for name in ("briefbook", *needed)}
    except PackageNotFoundError:
        found = {}
    return {"python": platform.python_version(), **found}


def _outputs(build: Build, manifest: Manifest) -> Hashes:
    """Every file of the site as it is built now."""
    with TemporaryDirectory(prefix="briefbook-") as folder:
        target = Path(folder) / "site"
        build(target, manifest)
        return built_hashes(target)


def _refuse_other(place: Path, manifest: Manifest) -> None:
    """Raise unless the edition may be put there: nothing is there, or the same."""
    if not os.path.lexists(place):
        return
    try:
        there = read_edition(place).manifest
    except EditionError as error:
        raise SnapshotError(f"there is an edition {manifest.edition} already, and it cannot be read: {error}") from error
    if other := _otherwise(there, manifest):
        raise SnapshotError(
            f"there is an edition {manifest.edition} already, with other {' and '.join(other)}; editions are never "
            "overwritten: choose another --date"
        )


def _otherwise(there: Manifest, manifest: Manifest) -> list[str]:
    """What an edition says otherwise, in words. How its facts were spread over files does not count."""
    one, other = ({**each.model_dump(), "facts": each.facts.canonical} for each in (there, manifest))
    found = [name.replace("_", " ") for name in one if name not in _CIRCUMSTANCES and one[name] != other[name]]
    built = there.outputs is not None and manifest.outputs is not None and there.outputs != manifest.outputs
    return found + (["outputs"] if built else [])


def _put(place: Path, files: Mapping[str, bytes], briefing: Briefing) -> bool:
    """Write the edition beside its place, read it back, and move it there as a whole. Whether nobody was there before."""
    editions, new = place.parent, not place.parent.exists()
    editions.mkdir(parents=True, exist_ok=True)
    _sweep(editions)
    staging = editions / f"{UNFINISHED}{place.name}-{secrets.token_hex(4)}"
    try:
        _write_all(staging, files)
        _must_read_as(staging, place.name, briefing)
        return _moved(staging, place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if new:
            with suppress(OSError):  # which is to say, unless there is an edition in it now
                editions.rmdir()


def _must_read_as(folder: Path, id_: str, briefing: Briefing) -> None:
    """Raise unless what was written says what was read."""
    try:
        same = read_as(folder, id_).briefing == briefing
    except EditionError as error:
        raise SnapshotError(f"the edition cannot be read back: {error}; nothing was frozen") from error
    if not same:
        raise SnapshotError("the edition does not read as the facts do, which is a fault of briefbook; nothing was frozen")


def _moved(staging: Path, place: Path) -> bool:
    """Put a finished folder in its place, unless something is there. No folder is ever replaced by a rename, but an empty one."""
    try:
        if os.path.lexists(place):
            return False
        os.rename(staging, place)
    except OSError:
        if os.path.lexists(place):
            return False  # somebody else was faster
        raise
    with suppress(OSError):  # it is there and whole
        _sync_folder(place.parent)
    _guard(place.parent)
    return True


def _guard(editions: Path) -> None:
    """Have git leave the line ends of editions alone: with others, a file is not what its hash says."""
    path = editions / ".gitattributes"
    if not path.exists():
        with suppress(OSError):  # the edition is whole without
            replace_file(path, b"* -text\n")


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that they outlast a failure of power once they are in place."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for parent in sorted({(folder / name).parent for name in files} | {folder}):
        _sync_folder(parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere folders cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(editions: Path) -> None:
    """Take away what a crash left behind long ago; what is younger may be somebody's who is at work."""
    for leftover in editions.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(leftover, ignore_errors=True)


def note_by_language(written: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """What `--note [LANG=]TEXT` says, by language; without LANG= in the first. Raises `SnapshotError` for a text given twice."""
    found: dict[str, str] = {}
    for one in written:
        code, equals, words = one.partition("=")
        language, text = (code, words) if equals and code in languages else (languages[0], one)
        if language in found:
            raise SnapshotError(f"two notes in “{language}”; write one for each language, as: --note {languages[-1]}=…")
        if not text.strip():
            raise SnapshotError("a note is empty")
        found[language] = " ".join(text.split())
    return found
