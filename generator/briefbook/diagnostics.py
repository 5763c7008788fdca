"""What can be wrong with a briefing, where, and what the right form is.

Everything that checks anything speaks in these terms, so that all findings come out in one report.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a text file: `file` as shown to people, `line` and `column` counted from 1 in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable `code`, what was found, where, and (`hint`) the right form."""

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str | None = None


LineOf = Callable[[Place], str | None]


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, then code; the same finding once."""
    return sorted(set(diagnostics), key=lambda d: (d.place, d.code, d.message))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def as_text(diagnostic: Diagnostic, line_of: LineOf) -> str:
    """The finding as a block of lines for a terminal: place, message, the line itself with a caret, the hint."""
    head = f"{diagnostic.place}: {diagnostic.severity} [{diagnostic.code}] {diagnostic.message}"
    parts = [head, *_excerpt(diagnostic.place, line_of(diagnostic.place))]
    if diagnostic.hint:
        parts.append(f"    hint: {diagnostic.hint}")
    return "\n".join(parts)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings as a JSON array of objects with the fields of `Diagnostic`."""
    return json.dumps([asdict(d) for d in diagnostics], ensure_ascii=False, indent=2)


def as_github(diagnostic: Diagnostic) -> str:
    """The finding as a GitHub workflow command, shown on the line of a pull request.

    Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    message = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    where = f"file={_property(diagnostic.place.file)},line={diagnostic.place.line},col={diagnostic.place.column}"
    return f"::{diagnostic.severity} {where},title={diagnostic.code}::{_data(message)}"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """The count in words: `2 errors, 1 warning`, or `no problems found`."""
    found = list(diagnostics)
    counts = [(sum(d.severity is s for d in found), s.value) for s in Severity]
    words = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in counts if n]
    return ", ".join(words) or "no problems found"


_WIDEST_EXCERPT = 100


def _excerpt(place: Place, line: str | None) -> list[str]:
    if line is None:
        return []
    start = max(0, place.column - 1 - _WIDEST_EXCERPT // 2)
    shown = _printable(line[start : start + _WIDEST_EXCERPT])
    before = _printable(line[start : place.column - 1])
    number = str(place.line)
    return [f"    {number} | {shown}", f"    {' ' * len(number)} | {' ' * _columns(before)}^"]


def _printable(text: str) -> str:
    """Control and direction-changing characters made visible, so that an excerpt cannot disguise itself."""
    return "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(text: str) -> int:
    """Columns `text` takes on a terminal; East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
