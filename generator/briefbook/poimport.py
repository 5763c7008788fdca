"""What translators send back: a PO file's translations written into the fact files, nothing else in them touched.

Gathers and tests everything first, then writes. Whatever is not taken over is listed, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from briefbook.model.fingerprints import Standing, Unit, address_of, compare, fingerprint, open_place, renewed, units_of
from briefbook.model.prose import Mention, OutsideLink, every_span, parse
from briefbook.pofiles import base_of, messages_of, read_catalog, worked_on
from briefbook.reading import yamledit
from briefbook.reading.loading import read_folder
from briefbook.reading.rewording import Wording, reword, unfit
from briefbook.site import Site
from briefbook.translations import Texts, TranslationsError, keep, refuse_unread, texts_of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about one text."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `accepted` are stale translations that were reviewed and left as they are."""

    language: str
    written: tuple[str, ...]
    accepted: tuple[str, ...]
    skipped: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    files: tuple[str, ...]
    # Entries of the PO file that have no translation yet.
    untranslated: int

    def __str__(self) -> str:
        files = f" to {', '.join(self.files)}" if self.files else ""
        lines = [f"written: {text}" for text in self.written]
        lines += [f"accepted as it is: {text}" for text in self.accepted]
        lines += [f"warning: {remark.text}: {remark.why}" for remark in self.warnings]
        lines += [f"not imported: {remark.text}: {remark.why}" for remark in self.skipped]
        counts = (
            f"{len(self.written)} written{files}, {len(self.accepted)} accepted as they are, "
            f"{len(self.skipped)} not imported, {self.untranslated} without a translation."
        )
        return "\n".join([*lines, counts])


def import_po(site: Site, path: Path) -> Imported:
    """Write the translations in a PO file that `export_po` made, and translators worked on, into the facts.

    Comments and layout of the YAML stay. Taken over is what the translator changed and nobody else did meanwhile; what
    was so reviewed is recorded as agreeing, if the site has a lock. Raises `TranslationsError` where nothing can be done.
    """
    refuse_unread(site)
    catalog = read_catalog(path)
    work = _Import(texts_of(site), _language_of(catalog, path, site))
    for message in messages_of(catalog):
        work.take(message)
    files = work.write()
    work.remember()
    return Imported(
        work.language, tuple(work.written), tuple(work.accepted), tuple(work.skipped), tuple(work.warnings), files, work.untranslated
    )


@dataclass
class _Import:
    """One PO file on its way into the facts."""

    texts: Texts
    language: str
    # The new wording of texts, by address.
    wordings: dict[str, str] = field(default_factory=dict)
    # From which language each text that was taken over was translated.
    reviewed: dict[str, str] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    untranslated: int = 0

    @property
    def written(self) -> list[str]:
        """The addresses of texts that were, or are to be, written."""
        return list(self.wordings)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Every text by its address."""
        return {self.texts.address(standing.unit): standing for standing in self.texts.standings}

    @cached_property
    def by_original(self) -> Mapping[tuple[str, str], list[str]]:
        """The addresses of texts by place and by what they say in any other language."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for address, standing in self.standings.items():
            for language, said in standing.unit.text.by_language.items():
                if language != self.language:
                    found[open_place(address), said].append(address)
        return found

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Ids of facts by the ids they had."""
        return {old: unit.fact for unit in (s.unit for s in self.standings.values()) for old in unit.formerly}

    def take(self, message: Message) -> None:
        """Judge one entry, and lay its wording aside for writing, or say why not."""
        said = " ".join(str(message.string or "").split())
        if not said:
            self.untranslated += 1
            return
        address = self._find(message)
        if address is None:
            if worked_on(message):
                self._skip(message, self._why_not_found(message))
            return
        if worked_on(message):
            self._take_changed(message, address, said)
        elif not message.fuzzy and self.language in self.standings[address].stale and self._now(address) == said:
            self.accepted.append(address)
            self._review(message, address)

    def write(self) -> tuple[str, ...]:
        """Write the wordings into the files; those that a file cannot take are skipped. Returns the files written."""
        files: dict[str, dict[Wording, str]] = defaultdict(dict)
        for address, said in self.wordings.items():
            unit = self.standings[address].unit
            files[self.texts.files[unit.fact]][Wording(self._steps(unit), self.language, said)] = address
        before = self.texts.site.reading.texts
        ready = {}
        for name, wordings in files.items():
            ready[name], refused = reword(before[name], name, list(wordings))
            for wording, why in refused.items():
                self._give_up(wordings[wording], why)
        return tuple(name for name, text in ready.items() if text != before[name] and self._save(name, text, files[name].values()))

    def remember(self) -> None:
        """Record what was reviewed as agreeing, if there is a lock."""
        if not self.texts.lock.agreements or not self.reviewed:
            return
        settings = self.texts.site.settings
        briefing = read_folder(settings.facts, settings.languages, settings.root).briefing
        facts = dict(briefing.written())
        standings = [
            self._reviewed(standing, address_of(facts[standing.unit.fact], standing.unit.fact, standing.unit.path))
            for standing in compare(units_of(briefing), self.texts.lock)
        ]
        keep(self.texts.site, renewed(standings, lambda _standing, _language: False))

    def _take_changed(self, message: Message, address: str, said: str) -> None:
        if address in self.wordings:
            self._skip(message, f"the file has two translations for {address}")
        elif message.fuzzy:
            self._skip(message, "it is marked as fuzzy, so somebody is still to look at it")
        elif self._now(address) == said:
            # Imported before, or the same words were found in the facts too.
            self._review(message, address)
        elif self._changed_here(message, address):
            self._skip(message, f"the translation was changed in the facts too, to: {self._now(address)}")
        elif (wrong := unfit(said)) is not None:
            self._skip(message, wrong)
        else:
            self.wordings[address] = said
            self._review(message, address)
            self.warnings += [Remark(address, why) for why in _lost(str(message.id), said)]

    def _find(self, message: Message) -> str | None:
        """The address of the text that an entry translates: where it was, or where a text of those words is now."""
        original = " ".join(str(message.id).split())
        address = self._current(str(message.context or ""))
        others = self.by_original.get((open_place(address), original), [])
        return address if address in others else others[0] if len(others) == 1 else None

    def _current(self, address: str) -> str:
        fact = address.partition("/")[0].partition("[")[0]
        return self.renamed.get(fact, fact) + address[len(fact) :]

    def _why_not_found(self, message: Message) -> str:
        address = self._current(str(message.context or ""))
        if not address:
            return "the entry has no msgctxt, so its text cannot be told"
        if len(self.by_original.get((open_place(address), " ".join(str(message.id).split())), [])) > 1:
            return "several texts there have this original now"
        return "its original has changed since the export" if address in self.standings else "there is no such text any more"

    def _now(self, address: str) -> str | None:
        return self.standings[address].unit.text.by_language.get(self.language)

    def _changed_here(self, message: Message, address: str) -> bool:
        now, base = self._now(address), base_of(message)
        return base is not None and base != (fingerprint(now) if now else "missing")

    def _review(self, message: Message, address: str) -> None:
        original = " ".join(str(message.id).split())
        texts = self.standings[address].unit.text.by_language
        self.reviewed[address] = next(code for code, said in texts.items() if said == original and code != self.language)

    def _reviewed(self, standing: Standing, address: str) -> Standing:
        """For the lock: of a text that was reviewed only such languages are stale as were before and were not reviewed."""
        if address not in self.reviewed:
            return standing
        seen = (self.language, self.reviewed[address])
        before = self.standings[address].stale
        return replace(standing, agreement=None, stale={code: why for code, why in before.items() if code not in seen})

    def _skip(self, message: Message, why: str) -> None:
        self.skipped.append(Remark(str(message.context or message.id), why))

    def _give_up(self, address: str, why: str) -> None:
        del self.wordings[address], self.reviewed[address]
        self.skipped.append(Remark(address, why))

    def _steps(self, unit: Unit) -> tuple[str | int, ...]:
        """Where a text stands in its file."""
        kind = self.texts.kind(unit)
        return (kind, *unit.path) if kind == unit.fact else (kind, unit.fact, *unit.path)

    def _save(self, name: str, text: str, addresses: Iterable[str]) -> bool:
        try:
            yamledit.save(self.texts.site.settings.root / name, self.texts.site.reading.texts[name], text)
        except (OSError, yamledit.CannotEdit) as error:
            for address in addresses:
                if address in self.wordings:
                    self._give_up(address, f"{name} cannot be written: {error}")
            return False
        return True


def _language_of(catalog: Catalog, path: Path, site: Site) -> str:
    """The language of the site that a catalog is in, by its header; a region that the site does not name is passed over."""
    said = str(catalog.locale_identifier or "").replace("_", "-").lower()
    by_name = {code.lower(): code for code in site.briefing.languages}
    found = by_name.get(said) or by_name.get(said.partition("-")[0])
    if found is None:
        what = f"“{said}” is not a language of this site" if said else "its header names no language"
        hint = f"the header needs a line “Language: …” with one of: {', '.join(site.briefing.languages)}"
        raise TranslationsError(f"{path}: {what}", hint)
    return found


def _lost(original: str, said: str) -> Iterator[str]:
    """What links in the original have no counterpart in the translation."""
    there = set(_links(said))
    for link in dict.fromkeys(_links(original)):
        if link not in there:
            yield f"the original's {link} is not in the translation"


def _links(text: str) -> Iterator[str]:
    for span in every_span(parse(text)):
        if isinstance(span, Mention):
            yield f"[[{span.id}#{span.key}]]" if span.key else f"[[{span.id}]]"
        elif isinstance(span, OutsideLink):
            yield f"link to {span.url}"
