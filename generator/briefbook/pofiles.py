"""Texts as PO files for translators: one entry a text, found again by what it says, nothing of theirs ever overwritten.

`msgctxt` is the address of a text, `msgid` its original, `msgstr` its translation. A comment keeps the fingerprint of
the translation as it was when it went out, so that on its return it can be told who changed what.
"""

from __future__ import annotations

import io
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from briefbook.model.fingerprints import Standing, Unit, fingerprint, open_place
from briefbook.model.prose import parse, plain_text
from briefbook.reading.files import Home, read_plain
from briefbook.reading.yamltree import Refused
from briefbook.site import Site
from briefbook.translationlock import replace_file
from briefbook.translations import Texts, TranslationsError, refuse_unknown_language, refuse_unread, texts_of

# Enough for the texts of thirty thousand facts.
_LARGEST = 50_000_000
_BASE = re.compile(r"briefbook: (?P<language>\S+) (?P<print>[0-9a-f]{12}|missing)", re.ASCII)
# Babel takes a percentage before a word for a placeholder of Python.
_NOT_OURS = frozenset({"fuzzy", "python-format", "python-brace-format"})
_HEAD = """\
# Texts of a briefing. Leave msgctxt and the comments that begin with “briefbook” as they are.
# “fuzzy” marks a translation that is older than its original: mend it if need be, then take the mark away.
#"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written for translators: how many texts, of them untranslated and stale, and how many kept that are gone."""

    file: str
    language: str
    texts: int
    missing: int
    stale: int
    gone: int

    def __str__(self) -> str:
        gone = f"; {self.gone} whose original is gone kept at the end" if self.gone else ""
        return f"{self.texts} texts for “{self.language}” in {self.file}: {self.missing} missing, {self.stale} stale{gone}."


def export_po(site: Site, language: str, path: Path) -> Exported:
    """Write every text of the site with its translation into `language` as a PO file.

    A file that is there keeps its translators' comments and its header. It is not overwritten, and `TranslationsError`
    raised, while it holds translations that were never imported.
    """
    refuse_unknown_language(site, language)
    refuse_unread(site)
    texts = texts_of(site)
    before = read_catalog(path) if path.exists() else None
    going = [
        _Going(texts, standing, language, first)
        for standing in texts.standings if (first := original_of(standing.unit, language, site))
    ]
    old = _paired(going, before)
    _refuse_overwriting(path, going, old)
    catalog = _catalog(site, language, before)
    for one in going:
        one.add_to(catalog, old.get(one.address))
    _keep_gone(catalog, before, old)
    _write(path, catalog, before)
    missing, stale = sum(not one.translation for one in going), sum(one.stale for one in going)
    return Exported(str(path), language, len(going), missing, stale, len(catalog.obsolete))


def read_catalog(path: Path) -> Catalog:
    """The PO file at `path`. Raises `TranslationsError` where it cannot be read."""
    try:
        # A link that somebody names on the command line may lead anywhere.
        file = path.resolve()
        raw = read_plain(file, str(path), Home(file.parent, "its folder", _LARGEST))
    except (Refused, OSError) as error:
        raise TranslationsError(f"{path}: {error}") from error
    try:
        return read_po(io.BytesIO(raw.removeprefix(b"\xef\xbb\xbf")), abort_invalid=True)
    except PoFileError as error:
        raise TranslationsError(f"{path}:{error.lineno + 1}: this is not PO: {error.args[0]}") from error
    except Exception as error:  # the parser of PO files raises whatever it stumbles over
        raise TranslationsError(f"{path} is not a PO file, or a damaged one: {error}") from error


def messages_of(catalog: Catalog | None) -> Iterator[Message]:
    """The entries of a catalog that may be texts of ours."""
    for message in catalog or ():
        if message.id and isinstance(message.id, str):
            yield message


def original_of(unit: Unit, language: str, site: Site) -> str | None:
    """The language a text is translated from: the first of the site that it is written in, other than `language`."""
    return next((code for code in site.briefing.others(language) if code in unit.text.by_language), None)


def base_of(message: Message) -> str | None:
    """The fingerprint of the translation as it went out, `missing` if there was none, None where the entry does not say."""
    found = _BASE.search(" ".join(message.auto_comments))
    return found["print"] if found else None


def worked_on(message: Message) -> bool:
    """Whether a translator has changed the translation since it went out."""
    said = str(message.string or "").strip()
    return bool(said) and fingerprint(said) != base_of(message)


@dataclass(frozen=True)
class _Going:
    """One text on its way out."""

    texts: Texts
    standing: Standing
    language: str
    first: str

    @property
    def address(self) -> str:
        return self.texts.address(self.standing.unit)

    @property
    def original(self) -> str:
        return self.standing.unit.text.by_language[self.first]

    @property
    def translation(self) -> str:
        return self.standing.unit.text.by_language.get(self.language, "")

    @property
    def stale(self) -> bool:
        return self.language in self.standing.stale

    def add_to(self, catalog: Catalog, old: Message | None) -> None:
        """As an entry, with what translators had noted on it."""
        notes = [note for note in old.user_comments if not note.startswith("|")] if old else []
        flags = (set(old.flags) - _NOT_OURS if old else set()) | ({"fuzzy"} if self.stale else set())
        message = catalog.add(
            self.original, self.translation, [(self.texts.files[self.standing.unit.fact], None)], flags,  # type: ignore[list-item]  # Babel writes a file without a line
            self._comments(), notes, context=self.address,
        )
        message.flags -= {"python-format", "python-brace-format"}

    def _comments(self) -> list[str]:
        unit = self.standing.unit
        base = fingerprint(self.translation) if self.translation else "missing"
        changed = self.standing.stale.get(self.language)
        stale = [f"changed since the translation was last looked at: {', '.join(changed)}"] if changed else []
        return [f"{self.texts.kind(unit).removesuffix('s')}: {self._title()}", *stale, f"briefbook: {self.language} {base}"]

    def _title(self) -> str:
        fact = self.texts.facts[self.standing.unit.fact]
        title = getattr(fact, "title", None) or getattr(fact, "publisher", None)
        return plain_text(parse(title.choose(self.first, ())[0])) if title else self.standing.unit.fact


def _paired(going: Sequence[_Going], before: Catalog | None) -> dict[str, Message]:
    """For each address the entry that an earlier export has for its text: by both, by original, at last by address."""
    left = {id(message): message for message in messages_of(before) if message.context}
    found: dict[str, Message] = {}
    waiting = [(one.address, one.original) for one in going]
    ways: tuple[Callable[[str, str], object], ...] = (
        lambda address, original: (address, original),
        lambda address, original: (open_place(address), original),
        lambda address, _original: address,
    )
    for known_by in ways:
        index: dict[object, list[Message]] = defaultdict(list)
        for message in left.values():
            index[known_by(str(message.context), str(message.id))].append(message)
        for address, original in waiting:
            if address not in found and (same := index[known_by(address, original)]):
                found[address] = left.pop(id(same.pop(0)))
    return found


def _refuse_overwriting(path: Path, going: Sequence[_Going], old: Mapping[str, Message]) -> None:
    """Translations that were made and never imported are not to be lost."""
    unknown = [
        one.address for one in going if (message := old.get(one.address)) and worked_on(message)
        and fingerprint(str(message.string)) != fingerprint(one.translation)
    ]
    if unknown:
        more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        what = f"{path} holds translations that were not imported: {unknown[0]}{more}"
        raise TranslationsError(what, "import it first, or export to another file")


def _catalog(site: Site, language: str, before: Catalog | None) -> Catalog:
    """An empty catalog, with the header that translators left."""
    about = site.briefing.about
    catalog = Catalog(
        header_comment=_HEAD, project=site.title(language), version=str(about.as_of or "1"), creation_date=_moment(),
        charset="utf-8", fuzzy=False,
    )
    catalog.locale = _locale(language)
    catalog.msgid_bugs_address = ""
    if before is not None:
        catalog.header_comment = before.header_comment or _HEAD
        catalog.revision_date, catalog.fuzzy = before.revision_date, before.fuzzy
        catalog.last_translator, catalog.language_team = before.last_translator, before.language_team
        catalog.msgid_bugs_address = before.msgid_bugs_address
    return catalog


def _keep_gone(catalog: Catalog, before: Catalog | None, old: Mapping[str, Message]) -> None:
    """Entries whose text is gone go to the end, marked obsolete, if somebody had worked on them."""
    used = {id(message) for message in old.values()}
    gone = [message for message in messages_of(before) if id(message) not in used]
    for message in [*(before.obsolete.values() if before is not None else ()), *gone]:
        if message.string or message.user_comments:
            catalog.obsolete[(str(message.id), message.context or "")] = message


def _write(path: Path, catalog: Catalog, before: Catalog | None) -> None:
    """Written only where something other than the day is new."""
    if before is not None:
        today, catalog.creation_date = catalog.creation_date, before.creation_date
        if _bytes_of(catalog) == path.read_bytes():
            return
        catalog.creation_date = today
    try:
        replace_file(path, _bytes_of(catalog))
    except OSError as error:
        raise TranslationsError(f"{path} cannot be written: {error.strerror or error}") from error


def _bytes_of(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, include_lineno=False)
    return out.getvalue()


def _locale(language: str) -> str:
    return language.replace("-", "_")


def _moment() -> datetime:
    """Now, or what SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) says."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
