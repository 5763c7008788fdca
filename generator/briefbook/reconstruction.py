"""The facts of a past day: what the briefing said then, if it was frozen, or else what its dates tell; and a site of them.

A door: it reads editions and facts, and writes the site.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from briefbook.asof import Passage, as_of
from briefbook.diagnostics import summary
from briefbook.editions import FACTS, Edition, editions_path, list_editions, read_edition
from briefbook.reading.loading import read_folder
from briefbook.site import Settings, open_site, today


class ReconstructionError(Exception):
    """Why there are no facts of a day, or why no site of them was written; then nothing was."""


@dataclass(frozen=True)
class PastFacts:
    """Fact files, canonical, as of `day`: from the `edition` that was the newest then, or by the dates of the present facts.

    A person must `read` what is named there: no date tells whether it knows what came later. `gone` are the facts that
    the present ones have and these do not; of an edition, neither is known. `languages` are those of the texts.
    """

    day: date
    languages: tuple[str, ...]
    files: Mapping[str, str]
    edition: Edition | None
    read: tuple[Passage, ...] = ()
    gone: tuple[str, ...] = ()
    # Whether no edition is so old, so that texts may say what was known only later.
    by_dates_alone: bool = False


def facts_as_of(settings: Settings, day: date, now: date | None = None) -> PastFacts:
    """What the briefing knew on a day, and of that what was so then. `now` is the day of the present facts, by default today,
    and on that day the facts are as they are.

    Raises `ReconstructionError`, and `EditionError` where the edition is not as it was frozen.
    """
    present = now or today()
    _refuse_future(day, present)
    known = [folder for folder in list_editions(editions_path(settings.facts)) if folder.name <= day.isoformat()]
    if not known or day == present:
        return facts_by_dates(settings, day, present)
    edition = read_edition(known[-1])
    languages = edition.manifest.languages
    texts = read_folder(edition.folder / FACTS, languages, judged=False).texts
    found = as_of(texts, languages, day, date.fromisoformat(edition.manifest.date))
    return PastFacts(day, languages, found.files, edition)


def facts_by_dates(settings: Settings, day: date, now: date | None = None) -> PastFacts:
    """The present facts as of a day, by their dates alone, whatever editions there are. Raises `ReconstructionError`."""
    present = now or today()
    _refuse_future(day, present)
    site = open_site(settings, present)
    if not site.usable:
        raise ReconstructionError(f"the facts have errors ({summary(site.diagnostics)}); mend them first: briefbook check")
    found = as_of(site.reading.texts, settings.languages, day, present)
    if site.briefing.sources and "sources.yml" not in found.files:
        raise ReconstructionError(f"nothing was known yet on {day}: no source of these facts is so old")
    return PastFacts(day, settings.languages, found.files, None, found.read, found.gone, by_dates_alone=day < present)


def _refuse_future(day: date, now: date) -> None:
    if day > now:
        raise ReconstructionError(f"{day} is yet to come; name a day that is not after today, {now}")


def write_site(past: PastFacts, settings: Settings, config: Path, target: Path) -> list[str]:
    """Write a site of past facts into `target`, which must not be there yet or be empty. Returns the files written.

    It has the settings and the look of the present one (`config` is its mkdocs.yml), and no hand-written pages: they speak
    of the present. Raises `ReconstructionError`; then nothing is left behind.
    """
    _refuse_occupied(target)
    places = {"the folder of facts": settings.facts, "the folder of pages": settings.pages}
    places |= {"the theme’s custom_dir": settings.overrides} if settings.overrides else {}
    for called, place in places.items():
        if not _inside(place, settings.root):
            raise ReconstructionError(f"{called} lies outside {settings.root}, so that a site of its own cannot be made: {place}")
        if _inside(target, place):
            raise ReconstructionError(f"“{target}” lies in {called} and would become part of this site; choose another folder")
    try:
        _put(target, lambda folder: _fill(folder, past, settings, config))
    except OSError as error:
        raise ReconstructionError(f"“{target}” cannot be written: {error.strerror or error}") from error
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())


def _inside(place: Path, root: Path) -> bool:
    return Path(os.path.abspath(place)).is_relative_to(os.path.abspath(root))


def _refuse_occupied(target: Path) -> None:
    if target.is_dir():
        if any(target.iterdir()):
            raise ReconstructionError(f"the folder “{target}” is not empty; choose another one")
    elif os.path.lexists(target):
        raise ReconstructionError(f"“{target}” is there already and is not a folder; choose another one")


def _put(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder beside its place, and move it there as a whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".unfinished-", dir=target.parent) as folder:
        made = Path(folder) / "site"
        made.mkdir()
        fill(made)
        if target.is_dir():
            target.rmdir()
        made.rename(target)


def _fill(folder: Path, past: PastFacts, settings: Settings, config: Path) -> None:
    shutil.copyfile(config, folder / config.name)
    facts, pages = (folder / os.path.relpath(place, settings.root) for place in (settings.facts, settings.pages))
    facts.mkdir(parents=True)
    for name, text in past.files.items():
        (facts / name).write_text(text, encoding="utf-8", newline="\n")
    # MkDocs wants the folder, and pictures and styles in it may belong to the look.
    pages.mkdir(parents=True, exist_ok=True)
    if settings.pages.is_dir():
        shutil.copytree(settings.pages, pages, ignore=shutil.ignore_patterns("*.md", ".*"), dirs_exist_ok=True)
    if settings.overrides and settings.overrides.is_dir():
        shutil.copytree(settings.overrides, folder / os.path.relpath(settings.overrides, settings.root), dirs_exist_ok=True)


def to_read(passages: Sequence[Passage], *, everything: bool = False) -> Iterator[str]:
    """A line for each fact in which something is to be read, the reasons first that say most.

    Where a fact only lost something, it is named once with the number of its texts, unless `everything` is asked for.
    """
    facts: dict[str, list[Passage]] = {}
    for passage in passages:
        facts.setdefault(passage.fact, []).append(passage)
    for id_, found in facts.items():
        telling = [passage for passage in found if everything or not passage.only_lost]
        yield from (str(passage) for passage in telling)
        if rest := len(found) - len(telling):
            more = "more " if telling else ""
            yield f"{id_}: {rest} {more}text{'' if rest == 1 else 's'} of a fact that lost something"
