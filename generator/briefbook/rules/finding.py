"""What a rule has found, in terms of facts and fields; the place in a file is added by whoever read the file."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's finding about the field at `path` of `fact`; `word` narrows it to words within a text."""

    code: str
    fact: str
    path: Path
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    word: str | None = None
    on_key: bool = False
