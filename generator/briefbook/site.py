"""One site on disk: where its facts, pages and overrides lie, and everything that can be made of them.

The door that both the MkDocs plugin and the command line go through: only here are a site's files read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from briefbook.diagnostics import Diagnostic, Place, chosen, has_errors, in_order
from briefbook.handwritten import HandWritten, hand_written, read_hand_written
from briefbook.model.briefing import Briefing
from briefbook.model.fingerprints import stale_fields
from briefbook.pages import NavEntry, navigation
from briefbook.reading.loading import Reading, read_folder
from briefbook.rendering import Page, render, template_names
from briefbook.rules import Circumstances
from briefbook.translationlock import lock_path, read_lock
from briefbook.views import addresses
from briefbook.views.desk import Desk
from briefbook.wording.labels import LabelFile, load_labels
from briefbook.wording.language import Language, languages_of


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a site lies, and which findings it does not want to be told: `ignore` holds the starts of their codes.

    `cache` may be deleted at any time. `overrides` is the theme's custom_dir: it may hold `labels/` and `pages/` of its own.
    """

    root: Path
    languages: tuple[str, ...]
    facts: Path
    pages: Path
    cache: Path
    overrides: Path | None = None
    ignore: tuple[str, ...] = ()


@dataclass
class Site:
    """A site that has been read and checked."""

    settings: Settings
    reading: Reading
    languages: dict[str, Language]
    own_pages: list[HandWritten]
    diagnostics: list[Diagnostic]

    @property
    def briefing(self) -> Briefing:
        """The facts."""
        return self.reading.briefing

    @property
    def usable(self) -> bool:
        """Whether it may be built: there is no error."""
        return not has_errors(self.diagnostics)

    def title(self, code: str) -> str:
        """What the briefing is called in a language."""
        return Desk(self.briefing, self.languages, code, addresses.home(code)).plain(self.briefing.about.title)

    def line_of(self, place: Place) -> str | None:
        """A line of one of its files, for an excerpt."""
        if place.file in self.reading.texts:
            return self.reading.line_of(place)
        path = self.settings.root / place.file
        if not place.file or not path.is_file():
            return None
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None

    @cached_property
    def pages(self) -> list[Page]:
        """Every page: those made from facts, then the hand-written ones."""
        made = list(render(self.briefing, self.languages, self._own_templates()))
        return made + [hand_written(page, self.own_pages, self.briefing, self.languages) for page in self.own_pages]

    def navigation(self, code: str) -> list[NavEntry]:
        """The navigation of one language."""
        own = [NavEntry(page.title, page.uri) for page in self.own_pages if page.lang == code]
        return navigation(code, self.languages, own)

    def _own_templates(self) -> dict[str, str]:
        folder = self.settings.overrides / "pages" if self.settings.overrides else None
        known = template_names()
        paths = sorted(folder.glob("*.md")) if folder else []
        return {path.name: path.read_text(encoding="utf-8") for path in paths if path.name in known}


def open_site(settings: Settings, day: date | None = None, *, advice: bool = False) -> Site:
    """Read and check everything a site is made of. Finds all errors; raises none for them.

    `day` is that of the check: by default that of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/
    source-date-epoch/) or of the clock, in UTC.
    """
    lock_file = lock_path(settings.facts)
    lock, unreadable = read_lock(lock_file, Path(os.path.relpath(lock_file, settings.root)).as_posix())
    reading = read_folder(
        settings.facts, settings.languages, settings.root, circumstances=Circumstances(day or today(), lock), advice=advice
    )
    reading.briefing = replace(reading.briefing, stale=stale_fields(reading.briefing, lock))
    found = [*reading.diagnostics, *unreadable]
    labels = {}
    for code in settings.languages:
        labels[code], wrong = load_labels(code, _label_file(settings, code))
        found += wrong
    languages = languages_of(settings.languages, labels)
    own, wrong = read_hand_written(_prose_files(settings), settings.languages, reading.briefing)
    return Site(settings, reading, languages, own, chosen(in_order([*found, *wrong]), (), settings.ignore))


def today() -> date:
    """The day of a check: that of SOURCE_DATE_EPOCH, or of the clock, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)).date()


def _label_file(settings: Settings, code: str) -> LabelFile | None:
    path = settings.overrides / "labels" / f"{code}.yml" if settings.overrides else None
    if path is None or not path.is_file():
        return None
    return LabelFile(path.relative_to(settings.root).as_posix(), path.read_bytes())


def _prose_files(settings: Settings) -> Iterator[tuple[str, str, bytes]]:
    """The hand-written pages: place within the site, name in messages, bytes."""
    for path in sorted(settings.pages.rglob("*.md")) if settings.pages.is_dir() else []:
        if path.is_file() and not _hidden(path.relative_to(settings.pages).parts):
            uri = path.relative_to(settings.pages).as_posix()
            name = path.relative_to(settings.root) if path.is_relative_to(settings.root) else path
            yield uri, name.as_posix(), path.read_bytes()


def _hidden(parts: Sequence[str]) -> bool:
    return any(part.startswith(".") for part in parts)
