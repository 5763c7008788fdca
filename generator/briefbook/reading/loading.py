"""From a folder of fact files to a briefing: every file read, every error kept, nothing written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefbook.diagnostics import Diagnostic, Place, Severity, has_errors, in_order
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT, Briefing
from briefbook.model.facts import KINDS, About, AnyFact, Fact
from briefbook.model.text import LocalText, is_id, is_reserved
from briefbook.reading.binding import Spot, bind, bind_quickly, did_you_mean, salvage
from briefbook.reading.files import Home, name_of, read_plain
from briefbook.reading.locating import Locator
from briefbook.reading.memory import Memory
from briefbook.reading.sheet import Entry, Sheet
from briefbook.reading.yamltree import Refused, decode
from briefbook.rules import Circumstances, Finding, check
from briefbook.rules.known import NOTHING_KNOWN

SUFFIXES = (".yml", ".yaml")
# What a finding says is not there.
_LACKING = {"C001": "cites", "C002": "said_by"}


@dataclass
class Reading:
    """What a folder of facts came to: the briefing as far as it could be read, and all findings, in order."""

    briefing: Briefing
    diagnostics: list[Diagnostic]
    texts: dict[str, str] = field(repr=False, default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether a site may be built from it."""
        return not has_errors(self.diagnostics)

    def line_of(self, place: Place) -> str | None:
        """The line of a file that was read, for an excerpt."""
        lines = self.texts.get(place.file, "").splitlines()
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None


def read_folder(
    folder: Path, languages: Sequence[str], shown_from: Path | None = None, *, circumstances: Circumstances | None = None,
    advice: bool = False, judged: bool = True, memory: Memory | None = None,
) -> Reading:
    """Read and check all fact files below `folder`. Files are named in messages relative to `shown_from`.

    Without `circumstances` no rule that asks for the day of the check finds anything. What is no more than information
    is left out unless `advice` is asked for. Unless it is to be `judged`, no rule is asked: what was read is all there is.
    What `memory` has of an earlier check is not read and judged again.
    """
    desk = _Desk(Home(folder, "the folder of facts"))
    for path in _fact_files(folder, desk, shown_from):
        desk.read(path, name_of(path, shown_from))
    if not desk.entries and not desk.found:
        hint = "write facts as described in the README, or start with `briefbook new`"
        desk.report("Y007", Place(name_of(folder, shown_from)), "no facts here: no .yml file has any", hint)
    about = desk.about or About(title=LocalText({}, folder.resolve().parent.name or ABOUT))
    briefing = Briefing(tuple(languages), about, desk.facts, desk.broken)
    now = circumstances or Circumstances(date.min)
    known = memory.known(desk.entries) if memory else NOTHING_KNOWN
    findings = check(briefing, now, frozenset(desk.entries), known=known, advice=advice) if judged else []
    if memory:
        memory.keep(known)
    locator = Locator(desk.texts)
    located = [locator.diagnostic(finding, desk.spot(finding.fact)) for finding in findings if not desk.told(finding)]
    return Reading(briefing, in_order([*desk.found, *located]), desk.texts)


@dataclass
class _Desk:
    """What has been read so far, and the folder out of which no link may lead."""

    home: Home
    facts: dict[str, AnyFact] = field(default_factory=dict)
    broken: dict[str, Value] = field(default_factory=dict)
    # The fields of broken facts that could not be read.
    refused: dict[str, frozenset[str]] = field(default_factory=dict)
    about: About | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def report(self, code: str, place: Place, message: str, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, Severity.ERROR, message, place, hint))

    def spot(self, id_: str) -> Spot | None:
        """Where a fact stands, if it stands anywhere."""
        return self.entries[id_].spot if id_ in self.entries else None

    def told(self, finding: Finding) -> bool:
        """Whether it is about a field that is there, and whose mistake has been told."""
        refused = self.refused.get(finding.fact, frozenset())
        lacking = _LACKING.get(finding.code)
        return lacking is not None and ("withdrawn" in refused or (not finding.path and lacking in refused))

    def read(self, path: Path, name: str) -> None:
        try:
            text = decode(read_plain(path, name, self.home), name)
        except Refused as refusal:
            self.found.append(refusal.diagnostic)
            return
        self.texts[name] = text
        sheet = Sheet(name, text)
        self.found += sheet.found
        if sheet.data is not None:
            self.take(sheet)

    def take(self, sheet: Sheet) -> None:
        sections = (*KINDS, ABOUT)
        if not isinstance(sheet.data, dict):
            place = Entry(sheet).spot.node.place
            self.report("F003", place, "a file of facts is a mapping", f"start with one of: {', '.join(sections)}")
            return
        for name, data in sheet.data.items():
            entry = Entry(sheet, (name,), data)
            if name == ABOUT:
                self.take_about(entry)
            elif name in KINDS:
                self.take_kind(name, entry)
            else:
                hint = did_you_mean(name, sections) or f"the kinds are: {', '.join(sections)}"
                self.report("F001", entry.key, f"“{name}” is not a kind of fact", hint)

    def take_about(self, entry: Entry) -> None:
        if ABOUT in self.entries:
            self.report("F008", entry.key, f"a second “{ABOUT}”; the first is at {self.entries[ABOUT].key}")
            self.found += bind(About, entry.spot, ABOUT)[1]
            return
        self.entries[ABOUT] = entry
        self.about = bind_quickly(About, entry.data)
        if self.about is None:
            self.about, found = bind(About, entry.spot, ABOUT)
            self.found += found

    def take_kind(self, kind: str, entry: Entry) -> None:
        if entry.data is None:
            return
        if not isinstance(entry.data, dict):
            self.report("F003", entry.spot.node.place, f"“{kind}” is a mapping of id to fact")
            return
        for id_, data in entry.data.items():
            self.take_fact(kind, id_, Entry(entry.sheet, (kind, id_), data))

    def take_fact(self, kind: str, id_: str, entry: Entry) -> None:
        named = self.may_be_called(id_, entry)
        # One that cannot have its id is not kept, but its other mistakes are told in the same run.
        given: dict[str, object] = {"id": id_ if named else "nameless"}
        fact = bind_quickly(KINDS[kind], entry.data, given)
        if fact is None:
            fact, found = bind(KINDS[kind], entry.spot, f"{kind.removesuffix('s')} “{id_}”", given)
            self.found += found
        if not named:
            return
        self.entries[id_] = entry
        if isinstance(fact, Fact):
            self.facts[id_] = fact
            return
        part, self.refused[id_] = salvage(KINDS[kind], entry.spot, given)
        if part is not None:
            self.broken[id_] = part

    def may_be_called(self, id_: str, entry: Entry) -> bool:
        """Whether a fact can have this id; says so where it cannot."""
        if id_ == ABOUT:
            hint = "that is what the briefing itself is called: choose another id"
            self.report("F006", entry.key, f"“{id_}” cannot be an id", hint)
        elif not is_id(id_):
            self.report("F006", entry.key, f"“{id_}” cannot be an id", "ids are a-z, 0-9 and -, and start with a letter")
        elif is_reserved(id_):
            hint = "pages are files named by ids, and this name is taken on every site or on Windows: choose another id"
            self.report("F006", entry.key, f"“{id_}” cannot be an id", hint)
        elif id_ in self.entries:
            hint = "ids are unique over all kinds and files: rename one, or put both together"
            self.report("F008", entry.key, f"“{id_}” is used already, at {self.entries[id_].key}", hint)
        else:
            return True
        return False


def _fact_files(folder: Path, desk: _Desk, shown_from: Path | None) -> Iterator[Path]:
    """Fact files in a fixed order; links that lead out of the folder are reported, not followed."""
    if not folder.is_dir():
        desk.report("Y001", Place(name_of(folder, shown_from)), "there is no such folder of facts")
        return
    for path in sorted(_walk(folder, lambda p, why: desk.report("Y001", Place(name_of(p, shown_from)), why))):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue
        yield path


def _walk(folder: Path, complain: Callable[[Path, str], None]) -> Iterator[Path]:
    def on_error(error: OSError) -> None:
        complain(Path(error.filename), f"the folder cannot be read: {error.strerror}")

    for parent, folders, names in os.walk(folder, onerror=on_error):
        for link in (Path(parent, name) for name in sorted(folders) if not name.startswith(".")):
            if os.path.islink(link):  # which, unlike Path.is_symlink(), takes a path that is too long
                complain(link, "the folder is a link, and those are not followed")
        yield from (Path(parent, name) for name in names)
