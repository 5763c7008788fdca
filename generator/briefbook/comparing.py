"""Two versions of one site's facts, found and read: editions, revisions of git, folders, or the files as they are now."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefbook.comparison import Change, compare
from briefbook.diagnostics import Severity
from briefbook.gitfiles import RevisionError, find_revision, write_as_it_was
from briefbook.model.briefing import ABOUT, Briefing
from briefbook.model.facts import About
from briefbook.model.text import LocalText
from briefbook.reading.files import Home, read_plain
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.yamltree import Refused
from briefbook.site import Settings
from briefbook.wording.labels import LabelFile, Labels, load_labels
from briefbook.wording.language import Language, languages_of

HEAD = "HEAD"


class ComparingError(Exception):
    """Why the two cannot be compared, in words for whoever asked."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. `kind` is `edition`, `revision`, `folder` or `working-tree`; `commit` is that of a revision.

    `unread` are the facts that are there and could not be read.
    """

    name: str
    kind: str
    briefing: Briefing
    errors: int = 0
    unread: frozenset[str] = frozenset()
    commit: str = ""


@dataclass(frozen=True)
class Compared:
    """Both sides and what changed from the one to the other, with the languages to say it in."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    languages: Mapping[str, Language]

    @property
    def notes(self) -> list[str]:
        """What whoever asked must know of the sides."""
        found = [
            f"{side.name or 'the working tree'} has {side.errors} error{'' if side.errors == 1 else 's'}; what can be read of it is compared"
            for side in (self.before, self.after) if side.errors
        ]
        lost = self.unread
        return found + ([f"not compared, since they cannot be read: {', '.join(lost)}"] if lost else [])

    @property
    def unread(self) -> tuple[str, ...]:
        """The facts that nothing can be said of."""
        return tuple(sorted(self.before.unread | self.after.unread))


def compare_versions(settings: Settings, before: str | None, after: str | None) -> Compared:
    """Compare what `before` names (the last commit, if nothing) with what `after` names (the files as they are).

    A name is that of an edition, a folder of one, or a revision of git, tried in this order. Raises ComparingError.
    """
    (old, old_reading), (new, new_reading) = (_side(settings, HEAD if before is None else before), _side(settings, after))
    one, other = _with_lost(old, new, old_reading), _with_lost(new, old, new_reading)
    changes = compare(one.briefing, other.briefing, one.unread | other.unread)
    return Compared(one, other, changes, _languages(settings))


def _side(settings: Settings, name: str | None) -> tuple[Side, Reading]:
    """The side of that name, read."""
    if name is None:
        reading = _read(settings, settings.facts, "the working tree")
        return _made("", "working-tree", reading), reading
    folder = _edition(settings, name)
    if folder is not None:
        inside = folder.parent.parent == _editions(settings)
        # What rules say now of what was written then is no fault of an edition.
        reading = _read(settings, folder, name, judged=not inside)
        return _made(folder.parent.name if inside else name, "edition" if inside else "folder", reading), reading
    return _revision(settings, name)


def _revision(settings: Settings, name: str) -> tuple[Side, Reading]:
    try:
        revision = find_revision(settings.root, name)
        with tempfile.TemporaryDirectory(prefix="briefbook-") as folder:
            write_as_it_was(revision, settings.facts, Path(folder))
            reading = _read(settings, Path(folder), name)
    except RevisionError as error:
        raise ComparingError(f"{error}{_known_editions(settings)}") from error
    except OSError as error:
        raise ComparingError(f"“{name}” cannot be written out to be read: {error.strerror or error}") from error
    return replace(_made(name, "revision", reading), commit=revision.commit), reading


def _editions(settings: Settings) -> Path:
    return settings.facts.parent / "editions"


def _edition(settings: Settings, name: str) -> Path | None:
    """The folder of facts of the edition `name`, or of a folder anywhere."""
    for folder in (_editions(settings) / name, Path(name)):
        if name and (folder / "facts").is_dir():
            return (folder / "facts").resolve()
    return None


def _known_editions(settings: Settings) -> str:
    found = sorted(path.parent.name for path in _editions(settings).glob("[!.]*/facts"))
    return f"; the editions are: {', '.join(found)}" if found else ""


def _read(settings: Settings, folder: Path, name: str, *, judged: bool = True) -> Reading:
    reading = read_folder(folder, settings.languages, folder, judged=judged)
    if not reading.briefing.facts and not reading.briefing.broken:
        why = next((d.message for d in reading.diagnostics if d.severity is Severity.ERROR), "there are none")
        raise ComparingError(f"no facts of {name} can be read: {why}")
    reading.briefing = replace(reading.briefing, about=_about(reading, folder), address=settings.address)
    return reading


def _about(reading: Reading, folder: Path) -> About:
    """What the briefing says of itself; one that says nothing is called after its folder, which is no title of its own."""
    about = reading.briefing.about
    return about.model_copy(update={"title": LocalText({}, ABOUT)}) if about.title.shared == folder.resolve().parent.name else about


def _made(name: str, kind: str, reading: Reading) -> Side:
    errors = sum(found.severity is Severity.ERROR for found in reading.diagnostics)
    return Side(name, kind, reading.briefing, errors, frozenset(reading.briefing.broken))


def _with_lost(side: Side, other: Side, reading: Reading) -> Side:
    """With the facts of the other side that stand in a file of this one, but could not be read from it."""
    if not side.errors:
        return side
    missing = [id_ for id_ in other.briefing.facts if id_ not in side.briefing.facts]
    # Of a file that could not be read at all nobody knows what it holds.
    lost_files = {d.place.file for d in reading.diagnostics if d.code.startswith("Y")} - set(reading.texts)
    lost = missing if lost_files else _written_somewhere(missing, reading.texts.values())
    return replace(side, unread=side.unread | frozenset(lost))


def _written_somewhere(ids: Sequence[str], texts: Iterable[str]) -> set[str]:
    keys = set(re.findall(r"""(?m)^[\s{]*["']?([a-z][a-z0-9-]*)["']?\s*:""", "\n".join(texts)))
    return keys & set(ids)


def _languages(settings: Settings) -> dict[str, Language]:
    labels: dict[str, Labels] = {}
    for code in settings.languages:
        labels[code], _ = load_labels(code, _own_labels(settings, code))
    return languages_of(settings.languages, labels)


def _own_labels(settings: Settings, code: str) -> LabelFile | None:
    """The site's own words, if it has any; `check` says what is wrong with them."""
    path = settings.overrides / "labels" / f"{code}.yml" if settings.overrides else None
    if settings.overrides is None or path is None or not os.path.lexists(path):
        return None
    try:
        return LabelFile(path.name, read_plain(path, path.name, Home(settings.overrides, "the theme's custom_dir")))
    except Refused:
        return None
