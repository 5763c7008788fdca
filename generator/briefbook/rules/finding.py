"""What a rule has found, in terms of facts and fields; the place in a file is added by whoever read the file."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Path


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that is certainly right, described in words: `new` for the finding's `word`, or for the whole value.

    Without `new` the entry is taken out of its list or mapping.
    """

    description: str
    new: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's finding about the field at `path` of `fact`.

    `word` narrows it to words within a text; where the same words stand there more often, `before` says how many of them come
    first. `on_key` puts it at the field's name.
    """

    code: str
    fact: str
    path: Path
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    word: str | None = None
    on_key: bool = False
    before: int = 0
    fix: Remedy | None = None
