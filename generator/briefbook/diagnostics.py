"""What can be wrong with a briefing, where, and what the right form is.

Everything that checks anything speaks in these terms, so that all findings come out in one report.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate


class Severity(StrEnum):
    """How much it matters: an error stops the build, a warning only a strict one, information none.

    An error is surely wrong; at a warning an author must look; information is for whoever asks for it.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a text file: `file` as shown to people, `line` and `column` counted from 1 in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """That `old`, which starts `offset` characters into the text of a file, becomes `new`."""

    file: str
    offset: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """Where `old` ends."""
        return self.offset + len(self.old)


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is certainly right: what it does, in words, and the edits that make it, all or none."""

    description: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable `code`, what was found, where, and (`hint`) the right form; a `fix` only where it is certain."""

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str | None = None
    fix: Fix | None = None


class Lines:
    """The lines of a text: from a place to characters from its start, and back."""

    def __init__(self, text: str) -> None:
        lines = text.splitlines(keepends=True)
        self.starts = [0, *accumulate(map(len, lines))]
        self._length = len(text)
        if lines and lines[-1].splitlines()[0] == lines[-1]:
            # The last line has no end, so none starts behind it.
            self.starts.pop()

    def offset(self, line: int, column: int) -> int:
        """Characters before that line and column; the end of the text where there is no such line."""
        return min(self.starts[line - 1] + column - 1, self._length) if 0 < line <= len(self.starts) else self._length

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the character that has `offset` characters before it."""
        line = bisect_right(self.starts, min(offset, self._length))
        return line, offset - self.starts[line - 1] + 1


LineOf = Callable[[Place], str | None]


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, then code; the same finding once."""
    return sorted(set(diagnostics), key=lambda d: (d.place, d.code, d.message))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def as_text(diagnostic: Diagnostic, line_of: LineOf) -> str:
    """The finding as a block of lines for a terminal: place, message, the line itself with a caret, the hint."""
    where = printable(str(diagnostic.place))
    head = f"{where}: {diagnostic.severity} [{diagnostic.code}] {printable(shortened(diagnostic.message))}"
    parts = [head, *_with_caret(excerpt_of(diagnostic.place, line_of(diagnostic.place)))]
    if diagnostic.hint:
        parts.append(f"    hint: {printable(shortened(diagnostic.hint))}")
    if diagnostic.fix:
        parts.append(f"    fix: {printable(shortened(diagnostic.fix.description))} (--fix does it)")
    return "\n".join(parts)


def as_report(diagnostics: Iterable[Diagnostic], line_of: LineOf, most: int = 0) -> str:
    """All findings as text, in their order; of very many only `most` (0: all), and then what was left out.

    Of every code at least one is shown, as far as `most` allows; for the rest errors go before warnings, and those before information.
    """
    found = list(diagnostics)
    shown = _shown(found, most)
    blocks = [as_text(found[position], line_of) for position in shown]
    if len(shown) < len(found):
        kept = set(shown)
        blocks.append(_left_out([one for position, one in enumerate(found) if position not in kept]))
    return "\n".join(blocks)


def _shown(found: Sequence[Diagnostic], most: int) -> list[int]:
    """The positions of those to show."""
    if not most or len(found) <= most:
        return list(range(len(found)))
    firsts: dict[str, int] = {}
    for position, diagnostic in enumerate(found):
        firsts.setdefault(diagnostic.code, position)
    first, order = set(firsts.values()), list(Severity)
    by_weight = sorted(range(len(found)), key=lambda n: (n not in first, order.index(found[n].severity), n))
    return sorted(by_weight[:most])


def _left_out(rest: Sequence[Diagnostic]) -> str:
    counts = Counter(diagnostic.code for diagnostic in rest).most_common()
    named = ", ".join(f"{code} {_times(number)}" for code, number in counts[:_MOST_CODES])
    more = f", and {len(counts) - _MOST_CODES} other codes" if len(counts) > _MOST_CODES else ""
    return f"… and {len(rest):,} more ({summary(rest)}): {named}{more}\n    hint: --max 0 shows all, --select CODE those of one code"


def _times(number: int) -> str:
    return f"×{number:,}"


_MOST_CODES = 12


def chosen(diagnostics: Iterable[Diagnostic], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Diagnostic]:
    """Those whose codes start with one of `select` (none: all) and with none of `ignore`; the longer prefix decides."""

    def longest(code: str, prefixes: Sequence[str]) -> int:
        return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)

    wanted = [prefix.strip().upper() for prefix in select] or [""]
    unwanted = [prefix.strip().upper() for prefix in ignore]
    return [d for d in diagnostics if longest(d.code, wanted) > longest(d.code, unwanted)]


def excerpts(text_of: Callable[[str], str | None]) -> LineOf:
    """Gives lines of files for excerpts. Each file is asked for once, however many findings it has."""

    @cache
    def lines(file: str) -> list[str]:
        return (text_of(file) or "").splitlines()

    def line_of(place: Place) -> str | None:
        return lines(place.file)[place.line - 1] if 0 < place.line <= len(lines(place.file)) else None

    return line_of


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings as a JSON array of objects with the fields of `Diagnostic`; `fix` only where there is one."""
    fields = [asdict(diagnostic) for diagnostic in diagnostics]
    told = [{name: value for name, value in one.items() if name != "fix" or value is not None} for one in fields]
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_github(diagnostic: Diagnostic) -> str:
    """The finding as a GitHub workflow command, shown on the line of a pull request.

    Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    message = shortened(diagnostic.message) + (f" ({shortened(diagnostic.hint)})" if diagnostic.hint else "")
    where = f"file={_property(diagnostic.place.file)},line={diagnostic.place.line},col={diagnostic.place.column}"
    return f"::{_AT_GITHUB[diagnostic.severity]} {where},title={diagnostic.code}::{_data(message)}"


_AT_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """The count in words: `2 errors, 1 warning, 1 note`, or `no problems found`."""
    found = list(diagnostics)
    counts = [(sum(d.severity is s for d in found), "note" if s is Severity.INFO else s.value) for s in Severity]
    words = [f"{n:,} {name}{'' if n == 1 else 's'}" for n, name in counts if n]
    return ", ".join(words) or "no problems found"


_WIDEST_EXCERPT = 100


@dataclass(frozen=True, slots=True)
class Excerpt:
    """As much as is shown of the line that a finding is in: its number, what stands before the spot, and the spot and on."""

    number: int
    before: str
    after: str


def excerpt_of(place: Place, line: str | None) -> Excerpt | None:
    """What to show of a line, made printable; None where there is no line."""
    if line is None:
        return None
    start = max(0, min(place.column - 1 - _WIDEST_EXCERPT // 2, len(line) - _WIDEST_EXCERPT))
    before, after = line[start : place.column - 1], line[place.column - 1 : start + _WIDEST_EXCERPT]
    return Excerpt(place.line, printable(before), printable(after))


def _with_caret(excerpt: Excerpt | None) -> list[str]:
    if excerpt is None:
        return []
    number = str(excerpt.number)
    caret = " " * _columns(excerpt.before) + "^"
    return [f"    {number} | {excerpt.before}{excerpt.after}", f"    {' ' * len(number)} | {caret}"]


def printable(text: str) -> str:
    """Control and direction-changing characters made visible, so that an excerpt cannot disguise itself."""
    return "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(text: str) -> int:
    """Columns `text` takes on a terminal; East Asian wide characters take two, combining marks none."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if unicodedata.category(c) not in ("Mn", "Me"))


# As much of a message as anybody reads; what it quotes may be a whole page.
_LONGEST_MESSAGE = 1_000


def shortened(text: str) -> str:
    """A message without the middle of what is far too long in it."""
    half = _LONGEST_MESSAGE // 2
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:half]} … {text[-half:]}"


def _data(text: str) -> str:
    # A log may be shown on a terminal, which other control characters would steer.
    lines = "\r".join("\n".join(map(printable, part.split("\n"))) for part in text.split("\r"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
