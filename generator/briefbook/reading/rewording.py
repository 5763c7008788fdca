"""New wordings of texts in the source text of a fact file: nothing else in it changes, or the wording is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from briefbook.diagnostics import Edit
from briefbook.reading import yamledit
from briefbook.reading.yamltree import LONGEST, Data, Node, Refused, decode, read_tree


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text is to say in a language. `steps` lead to the text, from the top of its file."""

    steps: tuple[str | int, ...]
    language: str
    said: str


def reword(text: str, name: str, wordings: Sequence[Wording]) -> tuple[str, dict[Wording, str]]:
    """The text of the file `name` with all `wordings` that it can take, and for the others the reason."""
    tree, _ = read_tree(text, name)
    edits: list[Edit] = []
    refused: dict[Wording, str] = {}
    for wording in wordings:
        try:
            edits.append(_edit(text, tree, wording))
        except yamledit.CannotEdit as refusal:
            refused[wording] = f"{refusal}; write it there by hand"
    after = yamledit.apply(text, edits)
    made = [wording for wording in wordings if wording not in refused]
    if tree is not None and _says(after, name, tree.data(), made):
        return after, refused
    return text, refused | dict.fromkeys(made, f"{name} would not read as it should; write it there by hand")


def unfit(said: str) -> str | None:
    """Why a wording cannot stand in any fact file, or None."""
    if len(said) > LONGEST:
        return f"it has {len(said):,} characters; the limit is {LONGEST:,}"
    try:
        decode(said.encode("utf-8"), "")
    except Refused as refusal:
        return f"it has {refusal.diagnostic.message}"
    except UnicodeEncodeError:
        return "it has half a character"
    return None


def _edit(text: str, tree: Node | None, wording: Wording) -> Edit:
    if tree is None:
        raise yamledit.CannotEdit("the file cannot be read")
    mapping = yamledit.at(tree, wording.steps)
    written = mapping.value
    if isinstance(written, dict) and wording.language in written:
        return yamledit.replace_scalar(text, written[wording.language], wording.said)
    return yamledit.insert_entry(text, mapping, wording.language, wording.said)


def _says(after: str, name: str, expected: Data, wordings: Iterable[Wording]) -> bool:
    """Whether the new text of a file says the new wordings, and all else as before."""
    try:
        again, found = read_tree(decode(after.encode("utf-8"), name), name)
    except Refused:
        return False
    for wording in wordings:
        value: Any = expected  # the steps are those of this very tree
        for step in wording.steps:
            value = value[step]
        value[wording.language] = wording.said
    return again is not None and not found and _folded(again.data()) == _folded(expected)


def _folded(data: Data) -> Data:
    """The data with white space in texts made even, as it is when facts are read."""
    if isinstance(data, dict):
        return {key: _folded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_folded(value) for value in data]
    return " ".join(data.split()) if isinstance(data, str) else data
