"""What `briefbook add` does: writes the skeleton of a new fact into the file that fits it best, and touches nothing else there.

It asks nothing it can know: the id is checked against all there are, the file is found, today is when a source was read.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from briefbook.diagnostics import Place
from briefbook.filing import Newcomer, Sheet, file_for, insertion
from briefbook.model.briefing import ABOUT
from briefbook.model.dates import When
from briefbook.model.facts import KINDS, ActorKind, AnyFact, Source, SourceKind, Url
from briefbook.model.text import is_id
from briefbook.reading.binding import did_you_mean
from briefbook.reading.loading import SUFFIXES, Reading, read_folder
from briefbook.reading.locating import Standing, everything
from briefbook.reading.yamledit import CannotEdit, apply, save
from briefbook.reading.yamltree import Node, Refused, decode, read_tree
from briefbook.rules.certainty import TIME_ZONES, before
from briefbook.schema import LANGUAGE_CODE, Known
from briefbook.schemafile import renew_schema, schema_path, write_whole
from briefbook.site import Settings
from briefbook.skeleton import NO_TEXT, TODO, skeleton

# Which field each thing that may be known of a fact fills, by kind.
_TITLE = {
    "actors": "name",
    "terms": "name",
    "events": "title",
    "disputes": "title",
    "figures": "title",
    "sources": "title",
}
_DATE = {"events": "date", "sources": "published", "figures": "values.as_of", "disputes": "history.from"}
_SORT = {"actors": "kind", "sources": "kind"}
_CITES = {
    "events": "cites",
    "actors": "cites",
    "terms": "cites",
    "figures": "values.cites",
    "disputes": "history.cites",
}
_SOURCE_ONLY = {"sources": ""}
_SORTS = {"actors": ActorKind, "sources": SourceKind}


class AddingError(Exception):
    """Why nothing was written. `hint` says what to do instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Wish:
    """A fact to be added, and what is known of it. A title without a language is in the site's first one."""

    kind: str
    id: str
    titles: tuple[str, ...] = ()
    when: str | None = None
    sort: str | None = None
    url: str | None = None
    language: str | None = None
    cites: tuple[str, ...] = ()
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What was written, and where; what has to be filled in; what the author should know."""

    place: Place
    kind: str
    id: str
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line, as: content/facts/terms.yml:12: term “pier” added. To fill in: name, definition."""
        left = f" To fill in: {', '.join(self.missing)}." if self.missing else ""
        return f"{self.place.file}:{self.place.line}: {_noun(self.kind)} “{self.id}” added.{left}"


def add_fact(settings: Settings, wish: Wish, day: date) -> Added:
    """Write the skeleton of a fact into a file of a site. Raises `AddingError`, and then nothing was written."""
    kind = _kind(wish.kind)
    desk = _Desk(settings, read_folder(settings.facts, settings.languages, settings.root))
    desk.refuse_taken(wish.id)
    newcomer = Newcomer(kind, wish.id, _when(wish.when), _sort(kind, wish.sort), wish.language)
    known = dict(desk.known(kind, wish, newcomer, day))
    name = (
        desk.name_of(wish.file) if wish.file else file_for(newcomer, list(desk.sheets.values()), desk.facts, desk.home)
    )
    sheet = desk.sheet(name)
    after = desk.with_lines(sheet, newcomer, skeleton(kind, wish.id, settings.languages, known))
    fact, place = _written(sheet, after, newcomer)
    desk.write(sheet, after)
    called = " · ".join(words for _, words in _titles(wish.titles, settings.languages))
    renew_schema(settings.facts, desk.reading, [Known(kind, wish.id, called)])
    return Added(place, kind, wish.id, tuple(_missing(fact, settings.languages)), tuple(desk.notes(wish.id)))


class _Desk:
    """A site's facts as they lie in their files."""

    def __init__(self, settings: Settings, reading: Reading) -> None:
        self.settings, self.reading = settings, reading
        self.sheets = {name: Sheet.read(name, text) for name, text in reading.texts.items()}
        briefing = reading.briefing
        self.facts: Mapping[str, AnyFact] = {
            id_: fact for id_, fact in (*briefing.broken.items(), *briefing.facts.items()) if isinstance(fact, AnyFact)
        }

    @property
    def home(self) -> str:
        """The folder of facts, as it is shown."""
        return self._shown(self.settings.facts)

    @cached_property
    def taken(self) -> Mapping[str, tuple[str, Place]]:
        """Every id that stands in a file, with its kind and place."""
        return {
            id_: (kind, sheet.sections[kind].keys[id_])
            for sheet in self.sheets.values()
            for kind in KINDS
            for id_ in sheet.ids(kind)
        }

    def refuse_taken(self, id_: str) -> None:
        """Raise where no new fact can have this id."""
        if not is_id(id_):
            right = _slug(id_)
            hint = f"did you mean “{right}”?" if right else None
            raise AddingError(f"“{id_}” cannot be an id: ids are a-z, 0-9 and -, and start with a letter", hint)
        if id_ == ABOUT:
            raise AddingError(
                f"“{id_}” cannot be an id: that is what the briefing itself is called", "choose another id"
            )
        if id_ in self.taken:
            kind, place = self.taken[id_]
            raise AddingError(
                f"“{id_}” is the id of {_a(kind)}, at {place}", "ids are unique over all kinds: choose another"
            )
        for fact in self.facts.values():
            if id_ in getattr(fact, "formerly", ()):
                raise AddingError(f"“{id_}” was the id of “{fact.id}”", "ids are never used again: choose another")

    def known(self, kind: str, wish: Wish, newcomer: Newcomer, day: date) -> Iterator[tuple[str, str]]:
        """What is known of the fact, as YAML, by field. Raises where its kind has no such field."""
        if wish.titles:
            yield _field(_TITLE, kind, "title"), self._title(kind, wish.titles)
        if newcomer.when is not None:
            yield _field(_DATE, kind, "date"), str(newcomer.when)
        if newcomer.sort is not None:
            yield _field(_SORT, kind, "kind"), newcomer.sort
        if wish.cites:
            yield _field(_CITES, kind, "cites"), "[" + ", ".join(map(self._source, wish.cites)) + "]"
        if kind == "events" and self._lies_ahead(newcomer.when, day):
            yield "planned", "true"
        if wish.url is not None:
            _field(_SOURCE_ONLY, kind, "url")
            yield "url", self._new_address(wish.url)
        if wish.language is not None:
            _field(_SOURCE_ONLY, kind, "language")
            if not re.match(LANGUAGE_CODE, wish.language):
                raise AddingError(f"“{wish.language}” is not a language code", "write en, ja, pt-BR")
            yield "language", wish.language
        if kind == "sources":
            yield "accessed", day.isoformat()

    def _title(self, kind: str, written: Sequence[str]) -> str:
        titles = {
            code: json.dumps(words, ensure_ascii=False) for code, words in _titles(written, self.settings.languages)
        }
        if kind == "sources" and len(titles) == 1:
            return next(iter(titles.values()))
        return "{" + ", ".join(f"{code}: {titles.get(code, NO_TEXT)}" for code in self.settings.languages) + "}"

    def _source(self, id_: str) -> str:
        if self.taken.get(id_, ("", None))[0] != "sources":
            hint = did_you_mean(id_, [one for one, (kind, _) in self.taken.items() if kind == "sources"])
            raise AddingError(f"there is no source “{id_}”", hint or f"add it first: briefbook add source {id_}")
        return id_

    def _lies_ahead(self, when: When | None, day: date) -> bool:
        as_of = self.reading.briefing.about.as_of
        return before(as_of, when, TIME_ZONES) or before(day, when, TIME_ZONES)

    def _new_address(self, url: str) -> str:
        try:
            TypeAdapter(Url).validate_python(url)
        except ValidationError as error:
            context = error.errors()[0].get("ctx", {})
            raise AddingError(str(context.get("message")), str(context.get("hint"))) from error
        for fact in self.facts.values():
            if isinstance(fact, Source) and (getattr(fact, "url", None) or "").rstrip("/") == url.rstrip("/"):
                raise AddingError(f"that address is the one of source “{fact.id}”, at {self.taken[fact.id][1]}")
        return json.dumps(url, ensure_ascii=False) if url.endswith(":") else url

    def name_of(self, file: Path) -> str:
        """The name of the file that an author named, from where they are or from the folder of facts."""
        home = os.path.realpath(self.settings.facts)
        near = [os.path.realpath(path) for path in (file, self.settings.facts / file)]
        inside = sorted((path for path in near if Path(path).is_relative_to(home)), key=os.path.exists, reverse=True)
        if not inside:
            raise AddingError(f"“{file}” is not in the folder of facts, {self.home}")
        path = Path(inside[0])
        if path.is_dir():
            raise AddingError(f"“{file}” is a folder", "name a file in it")
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            raise AddingError(f"“{file}” is no file of facts", "their names end in .yml")
        return self._shown(self.settings.facts / path.relative_to(home))

    def sheet(self, name: str) -> Sheet:
        """The file as it is; an empty one where there is none yet. Raises where it cannot be read."""
        path = self.settings.root / name
        if name not in self.sheets:
            if os.path.lexists(path):
                why = next((found for found in self.reading.diagnostics if found.place.file == name), None)
                raise AddingError(f"{name} cannot be read" + (f": {why.message}" if why else ""))
            return Sheet(name, self._head(path), None, ())
        if broken := self.sheets[name].broken:
            raise AddingError(
                f"{name} is broken: {broken.place}: {broken.message}", "mend it, or name another file with --file"
            )
        return self.sheets[name]

    def _head(self, path: Path) -> str:
        """What a new file begins with: where editors find what they complete, if this site keeps that."""
        schema = schema_path(self.settings.facts)
        if not schema.is_file():
            return ""
        return f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}\n"

    def with_lines(self, sheet: Sheet, newcomer: Newcomer, lines: Sequence[str]) -> str:
        """The text of a file with a fact added."""
        try:
            return apply(sheet.text, [insertion(sheet, newcomer, lines, self.facts)])
        except CannotEdit as error:
            raise AddingError(str(error)) from error

    def write(self, sheet: Sheet, after: str) -> None:
        """Write a file, all or nothing."""
        path = self.settings.root / sheet.name
        try:
            if sheet.name in self.sheets:
                save(path, sheet.text, after)
            else:
                write_whole(path, after)
        except (OSError, CannotEdit) as error:
            raise AddingError(f"{sheet.name} cannot be written: {getattr(error, 'strerror', None) or error}") from error

    def notes(self, id_: str) -> Iterator[str]:
        """What an author should know, without it being wrong."""
        for one, (kind, place) in self.taken.items():
            if sorted(one.split("-")) == sorted(id_.split("-")) or one.replace("-", "") == id_.replace("-", ""):
                yield f"there is {_a(kind)} “{one}” already, at {place}"
        for sheet in self.sheets.values():
            if sheet.broken:
                yield f"{sheet.name} cannot be read, so that the ids in it are not known"

    def _shown(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.settings.root)).as_posix()


def _kind(written: str) -> str:
    nouns = {_noun(kind): kind for kind in KINDS}
    kind = nouns.get(written) or (written if written in KINDS else None)
    if kind is None:
        hint = did_you_mean(written, list(nouns)) or f"the kinds are: {', '.join(nouns)}"
        raise AddingError(f"“{written}” is not a kind of fact", hint)
    return kind


def _when(written: str | None) -> When | None:
    try:
        return When.parse(written) if written is not None else None
    except PydanticCustomError as error:
        context = error.context or {}
        raise AddingError(str(context.get("message", error)), str(context.get("hint", "")) or None) from error


def _sort(kind: str, written: str | None) -> str | None:
    if written is None:
        return None
    words = [str(word) for word in _SORTS.get(kind, ())]
    if words and written not in words:
        hint = did_you_mean(written, words) or f"one of: {', '.join(words)}"
        raise AddingError(f"“{written}” is not a kind of {_noun(kind)}", hint)
    return written


def _titles(written: Sequence[str], languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Titles with their languages, as `ja=…`; one without is in the first."""
    for title in written:
        code, equals, words = title.partition("=")
        yield (code, words) if equals and code in languages else (languages[0], title)


def _field(fields: Mapping[str, str], kind: str, option: str) -> str:
    if kind not in fields:
        raise AddingError(f"{_a(kind)} has no {option}", f"leave --{option} out")
    return fields[kind]


def _written(sheet: Sheet, after: str, newcomer: Newcomer) -> tuple[Node, Place]:
    """The new fact as it is read again. Raises where it, or anything else, is not what it should be."""
    try:
        decode(after.encode(), sheet.name)
    except UnicodeEncodeError as error:
        raise AddingError("what was given is not text in UTF-8") from error
    except Refused as refusal:
        raise AddingError(f"what was given cannot be written: {refusal.diagnostic.message}") from refusal
    tree, found = read_tree(after, sheet.name)
    section = tree.value.get(newcomer.kind) if tree is not None and isinstance(tree.value, dict) else None
    facts = section.value if section is not None and isinstance(section.value, dict) else {}
    if tree is None or section is None or len(found) > len(sheet.found) or newcomer.id not in facts:
        raise AddingError(f"there is no place for it in {sheet.name}", "name another file with --file")
    place, fact = section.keys[newcomer.id], facts.pop(newcomer.id)
    before_ = sheet.tree.data() if sheet.tree is not None else None
    if _without_empty(tree.data()) != _without_empty(before_):
        raise AddingError(f"there is no place for it in {sheet.name}", "name another file with --file")
    return fact, place


def _without_empty(data: object) -> dict[str, object]:
    return {name: value for name, value in data.items() if value} if isinstance(data, dict) else {}


def _missing(fact: Node, languages: Sequence[str]) -> Iterator[str]:
    """The fields that are to be filled in, as they stand."""
    empty = [standing for standing in everything(fact) if standing.node.value in (TODO, "")]
    paths = [_path(standing) for standing in sorted(empty, key=lambda one: one.node.place)]
    yield from dict.fromkeys(".".join(step for step in path if step not in languages) for path in paths)


def _path(standing: Standing) -> list[str]:
    steps = _path(standing.within) if standing.within else []
    return [*steps, standing.step] if isinstance(standing.step, str) else steps


def _slug(written: str) -> str | None:
    """The id that was probably meant."""
    words = "".join(
        c if c.isascii() and c.isalnum() else "-" for c in written.casefold().replace("'", "").replace("’", "")
    )
    slug = "-".join(word for word in words.split("-") if word).lstrip("0123456789-")
    return slug if is_id(slug) else None


def _noun(kind: str) -> str:
    return kind.removesuffix("s")


def _a(kind: str) -> str:
    noun = _noun(kind)
    return f"{'an' if noun[0] in 'ae' else 'a'} {noun}"
