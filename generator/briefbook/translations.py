"""How far a site's translations have come, text by text, and the recording of what was found to agree.

A door: reads and writes the lock file of a site. What is stale is decided in `model.fingerprints`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from os.path import relpath
from pathlib import Path
from typing import cast

from briefbook.diagnostics import Diagnostic, Severity
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT, kind_of
from briefbook.model.facts import KINDS, AnyFact
from briefbook.model.fingerprints import Lock, Standing, Unit, address_of, compare, renewed, units_of
from briefbook.reading.binding import did_you_mean
from briefbook.reading.yamltree import Node, read_tree
from briefbook.site import Site
from briefbook.translationlock import lock_path, read_lock, write_lock


class TranslationsError(Exception):
    """Why nothing was done. `hint` says what to do instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Row:
    """Of the texts of one kind (`all`: of every kind), how many are how far in a language."""

    kind: str
    language: str
    texts: int
    complete: int
    missing: int
    stale: int


@dataclass(frozen=True, slots=True)
class Lack:
    """One text that is missing in a language, or stale there since others `changed`."""

    text: str
    fact: str
    language: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """How far the translations of a site have come. `unrecorded` texts are not watched: the lock does not know them."""

    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: tuple[Lack, ...]
    stale: tuple[Lack, ...]
    lock: str
    locked: bool
    unrecorded: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a writing of the lock came to: the texts accepted as they are, those still stale, how many it holds."""

    lock: str
    written: bool
    texts: int
    accepted: tuple[str, ...]
    stale: tuple[str, ...]

    def __str__(self) -> str:
        state = "written" if self.written else "is up to date"
        accepted = f", {_counted(len(self.accepted), 'stale text')} accepted" if self.accepted else ""
        stale = f", {_counted(len(self.stale), 'text')} still stale" if self.stale else ""
        return f"{self.lock} {state}: {_counted(self.texts, 'text')} recorded{accepted}{stale}."


@dataclass(frozen=True)
class Texts:
    """Every text of a site beside what its lock knows of it."""

    site: Site
    lock: Lock
    standings: tuple[Standing, ...]
    # What is wrong with the lock file.
    wrong: tuple[Diagnostic, ...]

    @cached_property
    def facts(self) -> Mapping[str, Value]:
        """Everything that has texts, by id."""
        return dict(self.site.briefing.written())

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The file that each fact stands in."""
        trees = {name: read_tree(text, name)[0] for name, text in self.site.reading.texts.items()}
        return {id_: name for name, tree in trees.items() if tree is not None for id_ in _ids_in(tree)}

    def address(self, unit: Unit) -> str:
        """What a text is called, for people and in files for translators."""
        return address_of(self.facts[unit.fact], unit.fact, unit.path)

    def kind(self, unit: Unit) -> str:
        """The kind of fact it belongs to, `briefing` for what the briefing says of itself."""
        return ABOUT if unit.fact == ABOUT else kind_of(cast("AnyFact", self.facts[unit.fact]))


def texts_of(site: Site) -> Texts:
    """Every text of a site beside what its lock knows of it, in the order of facts."""
    path = lock_path(site.settings.facts)
    lock, wrong = read_lock(path, shown(site, path))
    return Texts(site, lock, tuple(compare(units_of(site.briefing), lock)), tuple(wrong))


def overview(site: Site) -> Overview:
    """The table of translations. Texts that are written once for all languages are not counted."""
    texts = texts_of(site)
    path = lock_path(site.settings.facts)
    missing = [
        Lack(texts.address(s.unit), s.unit.fact, language)
        for s in texts.standings for language in s.unit.text.missing(site.briefing.languages)
    ]
    stale = [
        Lack(texts.address(s.unit), s.unit.fact, language, changed)
        for s in texts.standings for language, changed in s.stale.items()
    ]
    unrecorded = sum(not standing.recorded for standing in texts.standings)
    languages = site.briefing.languages
    return Overview(
        languages, tuple(_rows(texts)), tuple(missing), tuple(stale), shown(site, path), path.is_file(), unrecorded
    )


def as_table(view: Overview) -> str:
    """The overview for a terminal: a table by kind and language, then the texts that lack something."""
    head = ("kind", "language", "texts", "complete", "missing", "stale")
    rows = [head, *(tuple(str(cell) for cell in asdict(row).values()) for row in view.rows)]
    parts = [_aligned(rows)]
    if view.stale:
        stale = (f"{lack.text} ({lack.language}): {', '.join(lack.changed)} changed" for lack in view.stale)
        parts.append(_listed("Stale:", stale))
    if view.missing:
        parts.append(_listed("Missing:", (f"{lack.text} ({lack.language})" for lack in view.missing)))
    return "\n\n".join([*parts, _state_of_lock(view)])


def as_json(view: Overview) -> str:
    """The overview as a JSON object with the fields of `Overview`."""
    return json.dumps(asdict(view), ensure_ascii=False, indent=2)


def record(site: Site) -> Recorded:
    """Write to the lock what needs no judgement: texts that are new, or were changed in every language, or are gone."""
    return _write(site, lambda _standing, _language: False)


def accept(site: Site, facts: Collection[str] = (), languages: Collection[str] = ()) -> Recorded:
    """Also accept stale texts as they are: all, or only those of some `facts` and in some `languages`.

    Raises `TranslationsError` for an id or language there is none of, and where facts cannot be read.
    """
    _refuse_unknown(facts, [id_ for id_, _ in site.briefing.written()], "fact")
    for language in languages:
        refuse_unknown_language(site, language)
    return _write(
        site, lambda standing, language:
        (not facts or standing.unit.fact in facts) and (not languages or language in languages)
    )


def refuse_unread(site: Site) -> None:
    """Raise `TranslationsError` where some facts cannot be read: their texts would seem to be gone."""
    found = [d for d in site.reading.diagnostics if _hides_texts(d)]
    if found:
        message = f"some facts cannot be read ({found[0].place}: {found[0].message})"
        raise TranslationsError(message, "mend them first; `briefbook check` shows all of it")


def refuse_unknown_language(site: Site, language: str) -> None:
    """Raise `TranslationsError` for a language that the site does not have."""
    _refuse_unknown([language], site.briefing.languages, "language of this site")


def shown(site: Site, path: Path) -> str:
    """A file's name as messages give it."""
    return Path(relpath(path, site.settings.root)).as_posix()


def keep(site: Site, lock: Lock) -> bool:
    """Write the site's lock; returns whether it had to change. Raises `TranslationsError` where it cannot be written."""
    path = lock_path(site.settings.facts)
    try:
        return write_lock(path, lock)
    except OSError as error:
        raise TranslationsError(f"{shown(site, path)} cannot be written: {error.strerror or error}") from error


def _write(site: Site, accepted: Callable[[Standing, str], bool]) -> Recorded:
    refuse_unread(site)
    texts = texts_of(site)
    path = lock_path(site.settings.facts)
    if texts.wrong and not texts.lock.agreements:
        raise TranslationsError(f"{texts.wrong[0].place}: {texts.wrong[0].message}", texts.wrong[0].hint)
    lock = renewed(texts.standings, accepted)
    named = {
        said: tuple(texts.address(s.unit) for s in texts.standings if any(accepted(s, lang) is said for lang in s.stale))
        for said in (True, False)
    }
    return Recorded(shown(site, path), keep(site, lock), len(lock.agreements), named[True], named[False])


def _hides_texts(diagnostic: Diagnostic) -> bool:
    """Errors in reading (Y…) and in the form of facts (F…)."""
    return diagnostic.severity is Severity.ERROR and diagnostic.code[:1] in ("Y", "F")


def _refuse_unknown(given: Iterable[str], known: Sequence[str], what: str) -> None:
    for one in given:
        if one not in known:
            raise TranslationsError(f"there is no {what} “{one}”", did_you_mean(one, known))


def _ids_in(tree: Node) -> Iterator[str]:
    sections = tree.value if isinstance(tree.value, dict) else {}
    for name, section in sections.items():
        if name == ABOUT:
            yield ABOUT
        elif isinstance(section.value, dict):
            yield from section.value


def _rows(texts: Texts) -> Iterator[Row]:
    kinds: dict[str, list[Standing]] = {kind: [] for kind in (ABOUT, *KINDS)}
    for standing in texts.standings:
        kinds[texts.kind(standing.unit)].append(standing)
    for kind, standings in [*kinds.items(), ("all", texts.standings)]:
        if standings:
            yield from (_row(kind, language, standings) for language in texts.site.briefing.languages)


def _row(kind: str, language: str, standings: Collection[Standing]) -> Row:
    missing = sum(language not in standing.unit.text.by_language for standing in standings)
    stale = sum(language in standing.stale for standing in standings)
    return Row(kind, language, len(standings), len(standings) - missing - stale, missing, stale)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        [cell.ljust(width) if column < 2 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths, strict=True))]
        for row in rows
    ]
    return "\n".join("  ".join(line) for line in lines)


def _listed(head: str, lines: Iterable[str]) -> str:
    return "\n".join([head, *(f"  {line}" for line in lines)])


def _state_of_lock(view: Overview) -> str:
    if not view.locked:
        return f"There is no {view.lock} yet, so no text is watched. Start with: briefbook translations --accept"
    if view.unrecorded:
        return f"{_counted(view.unrecorded, 'text')} not recorded in {view.lock} yet: briefbook translations --record"
    return f"{view.lock} is up to date."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
