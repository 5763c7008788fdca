"""What a build shows where that is not the briefing as it is now: an edition in full, or what was known on a day.

A door: it finds and reads the edition. Its pages say what they are, and lead to the same page now.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook.editions import (
    FACTS,
    LOCK,
    PAGES,
    EditionError,
    Manifest,
    editions_path,
    files_below,
    list_editions,
    read_edition,
)
from briefbook.model.briefing import kind_of
from briefbook.model.dates import When
from briefbook.model.facts import KINDS
from briefbook.reading.binding import did_you_mean
from briefbook.reading.loading import read_folder
from briefbook.reconstruction import ReconstructionError, facts_as_of
from briefbook.site import Settings
from briefbook.views import addresses
from briefbook.wording.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

# Pages every briefing has, in the folder of a language.
_ALWAYS = ("index.md", "timeline.md", "coverage.md", "print.md", "changes.md", *(f"{kind}/index.md" for kind in KINDS))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a build: an edition by its date, or what was known on a day, in place of the living briefing; or that
    one, compared with a version, or as the edition that is about to be made of it.

    `beside` says how a browser gets from the top of what is built to the top of the living site, where both are published
    together; otherwise readers are led to the address of the site, if it has one.
    """

    edition: str = ""
    as_of: date | None = None
    compare: str = ""
    freezing: Manifest | None = None
    beside: str = ""


class WishError(Exception):
    """Why it cannot be built."""


# Set by a command around a build: MkDocs makes the plugin itself, from mkdocs.yml alone, as often as it likes.
WISH: ContextVar[Wish | None] = ContextVar("WISH", default=None)


@contextmanager
def wishing(wish: Wish | None) -> Iterator[None]:
    """Have whatever is built meanwhile be what is wished."""
    token = WISH.set(wish)
    try:
        yield
    finally:
        WISH.reset(token)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says of itself, in sentences; where it is as it is `now`, if that is known; and the words of that link."""

    said: tuple[str, ...]
    now: str | None
    words: str


@dataclass(frozen=True)
class Showing:
    """What is shown, and how its pages stand to those of the living site.

    It is the edition of a day, or what was known on that day (`as_of`): by the newest edition there was, or by the dates in
    the present facts alone, where `edition` is empty. `top` is the way to the top of the living site: an address, or relative to the top of this one; empty if there is no way.
    """

    day: date
    edition: str
    reconstructed: bool
    newest: bool
    top: str
    living: Living
    as_of: bool = False

    def notice(self, uri: str, language: Language) -> Notice:
        """What a page has to say of itself."""
        said = tuple(self._said(language))
        now, same = self.now(uri)
        return Notice(said, now, language.labels["edition.now" if same else "edition.now-home"])

    def _said(self, language: Language) -> Iterator[str]:
        labels, day = language.labels, language.date(When.parse(self.day.isoformat()))
        if not self.as_of:
            yield labels.fill("edition.banner", date=day)
        elif self.edition:
            yield labels.fill("edition.as-of", date=day, edition=language.date(When.parse(self.edition)))
        else:
            yield labels.fill("edition.by-dates", date=day)
        if self.reconstructed:
            yield labels["edition.reconstructed"]
        if not self.as_of:
            yield labels["edition.newest" if self.newest else "edition.old"]

    def now(self, uri: str) -> tuple[str | None, bool]:
        """Where a browser finds a page as it is now, if that is known, and whether it is that page, and not only a state of play."""
        if not self.top:
            return None, False
        page = self.living.page(uri)
        target = page or addresses.home(self.living.language(uri))
        path = addresses.web_path(target).removeprefix("./")
        up = "" if "://" in self.top else "../" * addresses.web_path(uri).removeprefix("./").count("/")
        return f"{up}{self.top.rstrip('/')}/{path}", page is not None


@dataclass(frozen=True)
class Living:
    """The pages of the living site, as far as that has to be known: its languages, facts and hand-written pages."""

    languages: tuple[str, ...]
    kinds: Mapping[str, str]
    # Old ids, and what has them now.
    moved: Mapping[str, str]
    written: frozenset[str]

    def language(self, uri: str) -> str:
        """The language to lead a reader of a page to."""
        code = uri.partition("/")[0]
        return code if code in self.languages else self.languages[0]

    def page(self, uri: str) -> str | None:
        """What a page is now; None where there is no such page any more."""
        code, _, rest = uri.partition("/")
        if uri == addresses.FRONT or uri in self.written:
            return uri
        if code not in self.languages:
            return None
        if rest in _ALWAYS or rest.startswith("editions/"):
            return uri
        kind, _, name = rest.partition("/")
        id_, _, more = name.removesuffix(".md").partition("/")
        known = self.moved.get(id_, id_)
        if self.kinds.get(known) != kind or (more and (kind != "disputes" or len(self.languages) < 2)):
            return None
        return f"{code}/{kind}/{known}{'/' if more else ''}{more}.md"


def shown(settings: Settings, wish: Wish, scratch: Path) -> tuple[Settings, Showing]:
    """Where what is wished lies, as a site of its own, and what its pages have to say. Raises WishError.

    Facts that lie nowhere as they are to be shown are written into the folder `scratch`.
    """
    top = wish.beside or settings.address
    try:
        if wish.as_of:
            return _as_of(settings, wish.as_of, top, scratch)
        edition = read_edition(edition_folder(settings, wish.edition))
    except EditionError as error:
        raise WishError(f"the edition {wish.edition} cannot be shown: {error}") from error
    newest = list_editions(editions_path(settings.facts))[-1] == edition.folder
    there = replace(
        settings, languages=edition.manifest.languages, facts=edition.folder / FACTS, pages=edition.folder / PAGES,
        address=_address(settings, edition.id) if wish.beside else "", archive=False, until=(edition.folder.parent, edition.id),
    )
    day = date.fromisoformat(edition.manifest.date)
    return there, Showing(day, edition.id, edition.manifest.reconstructed, newest, top, _living(settings))


def _as_of(settings: Settings, day: date, top: str, scratch: Path) -> tuple[Settings, Showing]:
    try:
        past = facts_as_of(settings, day)
    except ReconstructionError as error:
        raise WishError(str(error)) from error
    facts, edition = scratch / FACTS, past.edition
    # A folder that is served is written anew each time.
    shutil.rmtree(facts, ignore_errors=True)
    facts.mkdir(parents=True)
    for name, text in past.files.items():
        (facts / name).write_text(text, encoding="utf-8", newline="\n")
    if edition and (edition.folder / LOCK).is_file():
        shutil.copyfile(edition.folder / LOCK, scratch / LOCK)
    pages = edition.folder / PAGES if edition else scratch / PAGES
    there = replace(settings, languages=past.languages, facts=facts, pages=pages, address="", archive=False)
    if edition:
        there = replace(there, until=(edition.folder.parent, edition.id))
    reconstructed = edition is not None and edition.manifest.reconstructed
    return there, Showing(day, edition.id if edition else "", reconstructed, newest=False, top=top, living=_living(settings), as_of=True)


def edition_folder(settings: Settings, name: str) -> Path:
    """The folder of an edition. Raises WishError, naming those there are."""
    root = editions_path(settings.facts)
    known = {path.name: path for path in list_editions(root)}
    if name in known:
        return known[name]
    if not known:
        raise WishError(f"there is no edition “{name}”, nor any other; freeze one with: briefbook snapshot")
    raise WishError(f"there is no edition “{name}”; {did_you_mean(name, tuple(known)) or 'there are: ' + _some(list(known))}")


def _some(names: Collection[str]) -> str:
    shown_ = sorted(names)[-12:]
    return ", ".join(shown_) if len(shown_) == len(names) else f"{len(names)}, the last of them {', '.join(shown_)}"


def _address(settings: Settings, edition: str) -> str:
    return f"{settings.address.rstrip('/')}/editions/{edition}/" if settings.address else ""


def _living(settings: Settings) -> Living:
    # Whatever is wrong with them, the facts that can be read have pages.
    facts = read_folder(settings.facts, settings.languages, settings.root, judged=False).briefing.facts
    written = frozenset(name for name, _ in files_below(settings.pages, hidden=False) if name.endswith(".md"))
    return Living(
        settings.languages, {id_: kind_of(fact) for id_, fact in facts.items()},
        {old: id_ for id_, fact in facts.items() for old in fact.formerly}, written,
    )
