"""Hand-written pages beside the facts and beside each other: their words, what they link to, what translations share.

Findings of rules come as pieces of a page; here they get their places, and a page may accept them for a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import zip_longest

from briefbook.diagnostics import Diagnostic, Lines, Place, Severity
from briefbook.handwritten import MENTION, HandWritten
from briefbook.model.briefing import Briefing, Reference
from briefbook.model.facts import KINDS
from briefbook.rules.references import unknown_reference
from briefbook.rules.texts import NO_LINK, first_link
from briefbook.rules.words import Reader, reader_of


def proofread(
    pages: Sequence[HandWritten], briefing: Briefing, languages: Sequence[str], day: date
) -> list[Diagnostic]:
    """What is wrong with pages that could be read, without what they accept on that day."""
    if not pages:
        return []
    proofs = {page.uri: _Proof(page, briefing) for page in pages}
    reader = reader_of(briefing)
    found: list[Diagnostic] = []
    for proof in proofs.values():
        twins = {code: proofs[uri] for code in languages if (uri := f"{code}/{proof.page.twin}") in proofs}
        each = [*proof.misplaced(), *proof.mentions(), *proof.title(), *proof.words(reader)]
        each += [*_alone(proof.page, twins, languages), *proof.headings_beside(next(iter(twins.values())))]
        found += _without_accepted(proof.page, each, day)
    return found


@dataclass(frozen=True)
class _Heading:
    level: int
    start: int
    line: str


@dataclass(frozen=True)
class _Proof:
    """One page, and what can be said of it."""

    page: HandWritten
    briefing: Briefing

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.page.text)

    def place(self, offset: int) -> Place:
        return Place(self.page.name, *self.lines.position(offset))

    def misplaced(self) -> Iterator[Diagnostic]:
        """P002: a page at an address that a page made from facts has."""
        first, _, rest = self.page.twin.partition("/")
        taken = self.page.twin in ("index.md", "timeline.md") or (first in KINDS and rest == "index.md")
        if taken or (first in KINDS and rest.removesuffix(".md") in self.briefing.facts):
            hint = "move it to another name; to change a generated page, put a template into pages/ of the theme's custom_dir"
            message = "a page made from facts has this address already"
            yield Diagnostic("P002", Severity.ERROR, message, Place(self.page.name), hint)

    def mentions(self) -> Iterator[Diagnostic]:
        """R001, R003: `[[id]]` of a fact, or of a value of a figure, that is not there."""
        for match in MENTION.finditer(self.page.text):
            id_, key = match[3], match[4]
            if not id_ or (key is None and id_ in self.briefing.facts):
                continue
            named = Reference(id_, key, ("figures",) if key else (), match[0])
            if found := unknown_reference(self.briefing, named):
                yield Diagnostic(found.code, found.severity, found.message, self.place(match.start()), found.hint)

    def title(self) -> Iterator[Diagnostic]:
        """T002: a link in the title, which the navigation shows too."""
        if link := first_link(self.page.heading):
            start = max(self.page.text.find(self.page.heading), 0)
            offset = max(self.page.text.find(link, start), start)
            message = f"the title of a page is shown as a link, and “{link}” would be a link in it"
            yield Diagnostic("T002", Severity.WARNING, message, self.place(offset), NO_LINK)

    def words(self, reader: Reader) -> Iterator[Diagnostic]:
        """W201 to W214: words and marks that are wrong, foreign, misspelt, or better avoided."""
        for found in reader.page(self.page.text, self.page.lang):
            remark = found.remark
            yield Diagnostic(remark.code, remark.severity, remark.message, self.place(found.start), remark.hint)

    def headings_beside(self, other: _Proof) -> Iterator[Diagnostic]:
        """P003: other headings than the same page has in the first language that has it."""
        if other.page is self.page or self.levels == other.levels:
            return
        pairs = zip_longest(self.headings, other.headings)
        mine, theirs = next((a, b) for a, b in pairs if a is None or b is None or a.level != b.level)
        message = f"the headings are not those of the “{other.page.lang}” page: {_compared(self.levels, other.levels)}"
        where = (
            f"{other.place(theirs.start)} has “{theirs.line}”" if theirs else f"{other.page.name} has no further one"
        )
        here = self.place(mine.start if mine else len(self.page.text.rstrip()))
        yield Diagnostic("P003", Severity.WARNING, message, here, f"here they part: {where}")

    @cached_property
    def headings(self) -> tuple[_Heading, ...]:
        """Those below the title, which may also stand in the front matter."""
        # Blanks of the same length keep every offset what it is.
        shown = _UNSEEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.page.text)
        found = [
            _Heading(len(match["marks"]) if match["marks"] else 2, match.start(), match[0].splitlines()[0].strip())
            for match in _HEADING.finditer(shown, len(shown) - len(self.page.body))
        ]
        return tuple(heading for heading in found if heading.level > 1)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        return tuple(heading.level for heading in self.headings)


# Fenced code and comments.
_UNSEEN = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1[^\n]*$|<!--(?:(?!<!--).)*?-->", re.DOTALL | re.MULTILINE)
# After marks, or above a ruler; the hosts of our pages need no blank behind the marks.
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})(?!#)[ \t]*(?=[^\s#])[^\n]*$|(?<![^\n]\n)^(?![ \t>|*+-])(?=[^\n]*\w)[^\n]*\n-+[ \t]*$", re.MULTILINE
)


def _compared(mine: Sequence[int], theirs: Sequence[int]) -> str:
    here, there = Counter(mine), Counter(theirs)
    differing = [level for level in sorted({*here, *there}) if here[level] != there[level]]
    counts = [f"{here[level]} of level {level} against {there[level]}" for level in differing]
    return ", ".join(counts) or "another order"


def _alone(page: HandWritten, twins: Mapping[str, _Proof], languages: Sequence[str]) -> Iterator[Diagnostic]:
    """L003: a page that is not there in every language."""
    missing = [code for code in languages if code not in twins]
    if missing:
        message = f"this page is not there in: {', '.join(missing)}"
        hint = "the language switch leads to the state of play instead"
        yield Diagnostic("L003", Severity.WARNING, message, Place(page.name), hint)


def _without_accepted(page: HandWritten, found: Sequence[Diagnostic], day: date) -> list[Diagnostic]:
    """Without what the front matter accepts; I001 and I002, as for facts, where it accepts too long or nothing."""
    there = {one.code for one in found}
    accepted = {one.entry.code: one for one in page.accepted}
    lapsed = {code for code, one in accepted.items() if one.entry.until is not None and one.entry.until.last() < day}
    shown = [one for one in found if one.code not in accepted or one.code in lapsed]
    for code, one in accepted.items():
        if code not in there:
            message = f"nothing here is found by {code} any more"
            shown.append(Diagnostic("I002", Severity.WARNING, message, one.code_at, "delete this entry"))
        elif code in lapsed:
            message = f"ignoring {code} ended on {one.entry.until}"
            hint = f"mend what {code} finds, or set a later date; the reason given was: {one.entry.why}"
            shown.append(Diagnostic("I001", Severity.WARNING, message, one.until_at, hint))
    return shown
