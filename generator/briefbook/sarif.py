"""Findings in SARIF 2.1.0, the form that code hosts and editors exchange.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from briefbook.catalogue import Code, codes
from briefbook.diagnostics import Diagnostic, Edit, Fix, LineOf, Lines, Place, Severity, excerpts, shortened

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# The folder that all files are named from: that of mkdocs.yml.
_BASE = "%SRCROOT%"
_FINGERPRINT = "findingInItsLine/v1"
# With ten thousand findings in one line, repeating a longer one with each would fill the disk.
_LONGEST_LINE = 2_000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}

TextOf = Callable[[str], str | None]


def as_sarif(diagnostics: Iterable[Diagnostic], text_of: TextOf, version: str, help_uri: str | None = None) -> str:
    """One SARIF log of one run. `text_of` gives the text of a file by the name it has in places, where it is known.

    `help_uri`, where given, is the address of the page of all codes; each rule then says where it is explained.
    """
    found = list(diagnostics)
    line_of = excerpts(text_of)
    rules = {name: number for number, name in enumerate(codes())}
    marks = _fingerprints(found, line_of)
    lines = cache(lambda file: Lines(text_of(file) or ""))
    results = [_result(one, rules, mark, line_of, lines) for one, mark in zip(found, marks, strict=True)]
    driver = {"name": "briefbook", "version": version, "rules": [_rule(code, help_uri) for code in codes().values()]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder of the site's mkdocs.yml."}}},
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: Code, help_uri: str | None) -> dict[str, Any]:
    uri = {"helpUri": f"{help_uri}#{code.code.lower()}"} if help_uri else {}
    return {
        "id": code.code,
        "name": "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", code.title)),
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": " ".join(code.meaning.split())},
        "help": {"text": f"{code.meaning}\n\n{code.why}", "markdown": code.markdown},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": {"tags": [code.family], "problem.severity": _GITHUB[code.severity]},
        **uri,
    }


def _result(
    diagnostic: Diagnostic, rules: Mapping[str, int], mark: str, line_of: LineOf, lines: Callable[[str], Lines]
) -> dict[str, Any]:
    index = {"ruleIndex": rules[diagnostic.code]} if diagnostic.code in rules else {}
    message = shortened(diagnostic.message) + (f" ({shortened(diagnostic.hint)})" if diagnostic.hint else "")
    locations = [{"physicalLocation": _location(diagnostic.place, line_of)}] if diagnostic.place.file else []
    fixes = {"fixes": [_fix(diagnostic.fix, lines)]} if diagnostic.fix else {}
    return {
        "ruleId": diagnostic.code, **index, "level": _LEVELS[diagnostic.severity], "message": {"text": message},
        "locations": locations, "partialFingerprints": {_FINGERPRINT: mark}, **fixes,
    }


def _location(place: Place, line_of: LineOf) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column}
    line = line_of(place)
    if line is not None and len(line) <= _LONGEST_LINE:
        region["snippet"] = {"text": line}
    return {"artifactLocation": _artifact(place.file), "region": region}


def _artifact(file: str) -> dict[str, str]:
    return {"uri": quote(file), "uriBaseId": _BASE}


def _fix(fix: Fix, lines: Callable[[str], Lines]) -> dict[str, Any]:
    by_file: dict[str, list[dict[str, Any]]] = {}
    for edit in sorted(fix.edits):
        by_file.setdefault(edit.file, []).append(_replacement(edit, lines(edit.file)))
    changes = [{"artifactLocation": _artifact(file), "replacements": parts} for file, parts in by_file.items()]
    return {"description": {"text": fix.description}, "artifactChanges": changes}


def _replacement(edit: Edit, lines: Lines) -> dict[str, Any]:
    (start_line, start_column), (end_line, end_column) = lines.position(edit.offset), lines.position(edit.end)
    region = {"startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": region, "insertedContent": {"text": edit.new}}


def _fingerprints(found: Iterable[Diagnostic], line_of: LineOf) -> list[str]:
    """One mark for each finding that stays when lines are added above: from what it says and the words of its line."""
    seen: Counter[str] = Counter()
    marks = []
    for one in found:
        parts = (one.code, one.place.file, one.message, (line_of(one.place) or "")[:_LONGEST_LINE].strip())
        mark = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
        seen[mark] += 1
        marks.append(f"{mark}:{seen[mark]}")
    return marks
