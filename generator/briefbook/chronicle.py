"""The editions of a site, read as one history: each fact that they have in common is read but once.

A door: it reads the editions. An edition that is not as it was frozen is a finding and no part of the history.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache, partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from briefbook.comparison import compare
from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.editions import FACTS, EditionError, Manifest, checked_manifest, list_editions
from briefbook.history import History, Stage, Topic, Version
from briefbook.model.briefing import ABOUT, Briefing
from briefbook.model.facts import KINDS, About, AnyFact
from briefbook.model.text import LocalText
from briefbook.reading.files import name_of
from briefbook.reading.loading import read_folder
from briefbook.reading.yamltree import read_tree
from briefbook.tellings import Tellings
from briefbook.views.told import topics_of
from briefbook.wording.language import Language

# Where a fact begins in a canonical file.
_FACT = re.compile(r"^  (?=[^ \n])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that is as it was frozen: its folder, what that is called in messages, and what it says of itself."""

    path: Path
    name: str
    manifest: Manifest


@dataclass(frozen=True)
class Chronicle:
    """The editions that are as they were frozen, oldest first, and what is wrong with the others."""

    editions: tuple[Kept, ...]
    diagnostics: tuple[Diagnostic, ...]

    def history(
        self, present: Present, languages: Mapping[str, Language], kept_in: Path, *, published: bool = False,
        forgetting: bool = True,
    ) -> History:
        """The history of a briefing. Raises `EditionError` where an edition cannot be read. `published` is as in `History`.

        What changed from edition to edition is worked out once and kept in the folder `kept_in`, where what is not asked for
        any more is deleted, if `forgetting`.
        """
        now, library = present.briefing, _library(present.briefing.languages)
        versions = [_version(kept.manifest, partial(library.briefing, kept)) for kept in self.editions]
        if present.freezing is not None:
            versions = [version for version in versions if version.id < present.freezing.edition]
            versions.append(_version(present.freezing, lambda: now))
        elif present.frozen:
            versions[-1] = replace(versions[-1], read=lambda: now)
        settled = present.frozen or present.freezing is not None
        pairs = [*pairwise(versions), *([] if settled or not versions else [(versions[-1], None)])]
        tellings = Tellings(kept_in, languages)
        stages = [Stage(None, version, ()) for version in versions[:1]]
        stages += [_stage(before, after, present, languages, tellings) for before, after in pairs]
        by_id = {version.id: version for version in versions}
        until_now = cache(lambda id_: _stage(by_id[id_], None, present, languages, tellings))
        if forgetting:
            tellings.forget({(version.digest, present.digest) for version in versions})
        return History(tuple(versions), tuple(stages), now, settled, published, until_now)


@dataclass(frozen=True, slots=True)
class Present:
    """What a briefing says now, and a fingerprint of that. It may be just what the newest edition says (`frozen`), or be
    about to be frozen as one (`freezing`).
    """

    briefing: Briefing
    digest: str
    frozen: bool = False
    freezing: Manifest | None = None


def open_chronicle(home: Path, root: Path, until: str = "") -> Chronicle:
    """The editions in the folder `home`, none after `until` if that is given. Files are named in messages relative to `root`."""
    editions: list[Kept] = []
    wrong: list[Diagnostic] = []
    for path in _folders(home, root, wrong):
        name = name_of(path, root)
        if until and path.name > until:
            break
        try:
            editions.append(Kept(path, name, checked_manifest(path, path.name)))
        except EditionError as error:
            wrong += [_within(name, found) for found in error.diagnostics]
    return Chronicle(tuple(editions), tuple(wrong))


def _folders(home: Path, root: Path, wrong: list[Diagnostic]) -> list[Path]:
    try:
        return list_editions(home)
    except OSError as error:
        message = f"the folder of editions cannot be read: {error.strerror}"
        wrong.append(Diagnostic("V001", Severity.ERROR, message, Place(name_of(home, root))))
        return []


def _within(folder: str, found: Diagnostic) -> Diagnostic:
    return replace(found, place=replace(found.place, file=f"{folder}/{found.place.file}"))


def _version(manifest: Manifest, read: Callable[[], Briefing]) -> Version:
    note = LocalText(MappingProxyType(dict(manifest.note))) if manifest.note else None
    digest = hashlib.sha256(json.dumps(manifest.facts.canonical, sort_keys=True).encode()).hexdigest()
    return Version(
        manifest.edition, date.fromisoformat(manifest.edition), note, manifest.reconstructed, manifest.counts.kinds,
        manifest.counts.disputes, digest, read,
    )


def _stage(
    before: Version, after: Version | None, present: Present, languages: Mapping[str, Language], tellings: Tellings
) -> Stage:
    def sides() -> tuple[Briefing, Briefing]:
        return before.briefing, after.briefing if after else present.briefing

    def tell() -> tuple[Topic, ...]:
        return topics_of(compare(*sides()), *sides(), languages)

    topics = tellings.topics(before.digest, after.digest if after else present.digest, tell)
    return Stage(before, after, topics, lambda: compare(*sides()))


class _Doubtful(Exception):  # noqa: N818  # nothing failed: it takes a closer look
    """A file that is not as canonical files are."""


@dataclass
class _Library:
    """Facts by how they are written, and those of each file by its hash: editions have most of them in common."""

    languages: tuple[str, ...]
    facts: dict[tuple[str, str], AnyFact] = field(default_factory=dict)
    files: dict[str, Mapping[str, AnyFact]] = field(default_factory=dict)

    def briefing(self, kept: Kept) -> Briefing:
        """What an edition says. Raises `EditionError`."""
        try:
            facts = {id_: fact for each in self._files(kept.path, kept.manifest) for id_, fact in each.items()}
            return Briefing(self.languages, self._about(kept.path), facts)
        except (_Doubtful, ValidationError, OSError, UnicodeDecodeError):
            return self._with_care(kept)

    def _with_care(self, kept: Kept) -> Briefing:
        """What is read where the quick way fails, with all that is wrong with it."""
        reading = read_folder(kept.path / FACTS, self.languages, kept.path, judged=False)
        if not reading.usable:
            raise EditionError([_within(kept.name, found) for found in reading.diagnostics])
        return reading.briefing

    def _about(self, path: Path) -> About:
        match _data((path / FACTS / f"{ABOUT}.yml").read_text(encoding="utf-8")):
            case {"briefing": dict(about), **rest} if not rest:
                return About.model_validate(about)
        raise _Doubtful

    def _files(self, path: Path, manifest: Manifest) -> Iterator[Mapping[str, AnyFact]]:
        for name, hash_ in manifest.facts.canonical.items():
            if name == f"{ABOUT}.yml":
                continue
            if hash_ not in self.files:
                self.files[hash_] = self._file((path / FACTS / name).read_bytes().decode())
            yield self.files[hash_]

    def _file(self, text: str) -> Mapping[str, AnyFact]:
        head, *written = _FACT.split(text)
        kind = head.removesuffix(":\n")
        if kind not in KINDS:
            raise _Doubtful
        new = [one for one in written if (kind, one) not in self.facts]
        data = _data("".join([head, *(f"  {one}" for one in new)])) if new else {kind: {}}
        facts = data.get(kind) if isinstance(data, dict) and len(data) == 1 else None
        if not isinstance(facts, dict) or len(facts) != len(new):
            raise _Doubtful
        for one, (id_, fact) in zip(new, facts.items(), strict=True):
            if not isinstance(fact, dict) or "id" in fact:
                raise _Doubtful
            self.facts[kind, one] = KINDS[kind].model_validate({**fact, "id": id_})
        return {fact.id: fact for fact in (self.facts[kind, one] for one in written)}


@lru_cache(maxsize=1)
def _library(languages: tuple[str, ...]) -> _Library:
    """The same one from build to build."""
    return _Library(languages)


def _data(text: str) -> object:
    tree, found = read_tree(text, "")
    if tree is None or found:
        raise _Doubtful
    return tree.data()
