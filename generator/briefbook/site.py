"""One site on disk: where its facts, pages and overrides lie, and everything that can be made of them.

The door that both the MkDocs plugin and the command line go through: only here are a site's files read.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook.chronicle import Chronicle, Present, open_chronicle
from briefbook.diagnostics import Diagnostic, LineOf, Place, Severity, chosen, excerpts, has_errors, in_order
from briefbook.editions import Manifest, editions_path, is_of
from briefbook.handwritten import HandWritten, read_hand_written
from briefbook.history import History
from briefbook.model.briefing import Briefing
from briefbook.model.fingerprints import stale_fields
from briefbook.proofreading import proofread
from briefbook.reading.files import Home, misleading_folder, name_of, read_plain, refuse_unless_plain
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.memory import Memory
from briefbook.reading.yamltree import Refused, decode
from briefbook.rules import Circumstances
from briefbook.translationlock import lock_path, read_lock
from briefbook.views import addresses
from briefbook.views.desk import Desk
from briefbook.wording.labels import LabelFile, load_labels
from briefbook.wording.language import Language, languages_of

if TYPE_CHECKING:
    # Who only checks a site draws no charts: what does is imported where pages are asked for.
    from briefbook.pages import NavEntry
    from briefbook.rendering import Asset, Page


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a site lies, and which findings it does not want to be told: `ignore` holds the starts of their codes.

    `cache` may be deleted at any time. `address` is where the site is published, empty where that is not known. `overrides` is
    the theme's custom_dir: it may hold `labels/` and `pages/` of its own. With `archive`, editions are published in full.
    `until` is for what is shown in place of the living briefing: where the editions lie, and the one that it is or comes from.
    """

    root: Path
    languages: tuple[str, ...]
    facts: Path
    pages: Path
    cache: Path
    overrides: Path | None = None
    ignore: tuple[str, ...] = ()
    address: str = ""
    archive: bool = False
    until: tuple[Path, str] | None = None


@dataclass
class Site:
    """A site that has been read and checked."""

    settings: Settings
    reading: Reading
    languages: dict[str, Language]
    own_pages: list[HandWritten]
    # Its own in place of the tool's.
    templates: dict[str, str]
    diagnostics: list[Diagnostic]
    chronicle: Chronicle
    # The edition that is about to be made of it.
    freezing: Manifest | None = None

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
        """A line of one of its files, for an excerpt. Of a file that may not be read, nothing is shown either."""
        return self._lines(place)

    @cached_property
    def _lines(self) -> LineOf:
        return excerpts(self._text_of)

    def _text_of(self, file: str) -> str | None:
        if file in self.reading.texts or not file:
            return self.reading.texts.get(file)
        try:
            raw = read_plain(self.settings.root / file, file, Home(self.settings.root, "the site"))
        except Refused:
            return None
        return raw.decode("utf-8-sig", "replace")

    @cached_property
    def history(self) -> History:
        """Its editions and what changed between them. Raises `EditionError` where one cannot be read."""
        newest = self.chronicle.editions[-1].manifest if self.chronicle.editions else None
        settings = self.settings
        frozen = newest is not None and (settings.until is not None or is_of(newest, settings.facts, settings.pages))
        present = Present(self.briefing, self._digest, frozen, self.freezing)
        return self.chronicle.history(
            present, self.languages, settings.cache / "changes", published=settings.archive, forgetting=settings.until is None
        )

    @property
    def _digest(self) -> str:
        """A fingerprint of all that the facts say; what a briefing without a name is called is no part of its files."""
        said = [str(self.briefing.about.title), *(part for item in sorted(self.reading.texts.items()) for part in item)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @cached_property
    def pages(self) -> list[Page]:
        """Every page: those made from facts, then the hand-written ones."""
        from briefbook.handwritten import hand_written
        from briefbook.rendering import render

        made = list(render(self.briefing, self.languages, self.templates, self.history))
        return made + [hand_written(page, self.own_pages, self.briefing, self.languages) for page in self.own_pages]

    @cached_property
    def assets(self) -> list[Asset]:
        """Every file that belongs to no single page, in the folder of its language."""
        from briefbook.rendering import shared_assets

        return list(shared_assets(self.briefing, self.languages, self.history))

    def navigation(self, code: str) -> list[NavEntry]:
        """The navigation of one language."""
        from briefbook.pages import NavEntry, navigation

        own = [NavEntry(page.title, page.uri) for page in sorted(self.own_pages, key=lambda p: p.rank) if page.lang == code]
        return navigation(code, self.languages, own, editions=bool(self.chronicle.editions or self.freezing))


@contextmanager
def keeping_everything() -> Iterator[None]:
    """No search for garbage meanwhile: there is next to none, and to look through ten thousand facts for it takes long."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@keeping_everything()
def open_site(
    settings: Settings, day: date | None = None, *, advice: bool = False, judged: bool = True, freezing: Manifest | None = None
) -> Site:
    """Read and check everything a site is made of. Finds all errors; raises none for them.

    Unless it is to be `judged`, as when it was frozen long ago, only what cannot be read is an error.

    `day` is that of the check: by default that of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/
    source-date-epoch/) or of the clock, in UTC. `freezing` is the edition that is about to be made of it.
    """
    lock_file = lock_path(settings.facts)
    lock, unreadable = read_lock(lock_file, name_of(lock_file, settings.root))
    now = Circumstances(day or today(), lock)
    memory = Memory(settings.cache / "checks.json") if judged else None
    reading = read_folder(
        settings.facts, settings.languages, settings.root, circumstances=now, advice=advice, judged=judged, memory=memory
    )
    as_checked = reading.briefing
    reading.briefing = replace(reading.briefing, stale=stale_fields(reading.briefing, lock), address=settings.address)
    found = [*reading.diagnostics, *unreadable]
    labels = {}
    for code in settings.languages:
        labels[code], wrong = load_labels(code, _label_file(settings, code, found))
        found += wrong
    languages = languages_of(settings.languages, labels)
    templates = _own_templates(settings, found)
    own, wrong = read_hand_written(_prose_files(settings, found), settings.languages)
    wrong += proofread(own, as_checked, settings.languages, now.day) if judged else []
    home, until = settings.until or (editions_path(settings.facts), "")
    chronicle = open_chronicle(home, settings.root, until)
    found += [*wrong, *chronicle.diagnostics]
    return Site(
        settings, reading, languages, own, templates, chosen(in_order(found), (), settings.ignore), chronicle, freezing
    )


# More than a book; whoever has more to say says it on several pages.
_LARGEST_PAGE = 1_000_000


def today() -> date:
    """The day of a check: that of SOURCE_DATE_EPOCH, or of the clock, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)).date()


def _label_file(settings: Settings, code: str, found: list[Diagnostic]) -> LabelFile | None:
    """The site's own labels of a language, if it has any; what keeps them from being read goes to `found`."""
    if settings.overrides is None:
        return None
    path = settings.overrides / "labels" / f"{code}.yml"
    if not os.path.lexists(path):
        return None
    try:
        return LabelFile(name_of(path, settings.root), read_plain(path, name_of(path, settings.root), _overrides(settings.overrides)))
    except Refused as refusal:
        found.append(refusal.diagnostic)
        return None


def _own_templates(settings: Settings, found: list[Diagnostic]) -> dict[str, str]:
    """The site's own page templates, by name; what keeps one from being read goes to `found`."""
    templates = dict[str, str]()
    if settings.overrides is None or not (settings.overrides / "pages").is_dir():
        return templates
    from briefbook.rendering import template_names

    known = template_names()
    for path in sorted((settings.overrides / "pages").glob("*.md")):
        name = name_of(path, settings.root)
        try:
            if path.name in known:
                templates[path.name] = decode(read_plain(path, name, _overrides(settings.overrides)), name)
        except Refused as refusal:
            found.append(refusal.diagnostic)
    return templates


def _overrides(folder: Path) -> Home:
    return Home(folder, "the theme's custom_dir")


def _prose_files(settings: Settings, found: list[Diagnostic]) -> Iterator[tuple[str, str, bytes]]:
    """The hand-written pages: place within the site, name in messages, bytes. What may not be read goes to `found`.

    That is said of other files too, since whatever lies there is published.
    """
    # A page may be a link to a file elsewhere in the site, such as its README.
    home = Home(settings.root if settings.pages.is_relative_to(settings.root) else settings.pages, "the site", _LARGEST_PAGE)
    for path in sorted(_published(settings, home, found)):
        name = name_of(path, settings.root)
        try:
            if path.suffix == ".md":
                yield path.relative_to(settings.pages).as_posix(), name, read_plain(path, name, home)
            else:
                refuse_unless_plain(path, name, home)
        except Refused as refusal:
            found.append(refusal.diagnostic)


def _published(settings: Settings, home: Home, found: list[Diagnostic]) -> Iterator[Path]:
    """Every file in the folder of pages that is not hidden. Folders that are links are left to MkDocs, if they lead nowhere bad."""
    for parent, folders, names in os.walk(settings.pages):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            path = Path(parent, name)
            if os.path.islink(path) and (why := misleading_folder(path, home)):
                found.append(Diagnostic("Y001", Severity.ERROR, why, Place(name_of(path, settings.root))))
        yield from (Path(parent, name) for name in names if not name.startswith("."))
