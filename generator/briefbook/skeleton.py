"""The text of a new fact, to be filled in: what it needs as empty values, what it may have as comments with examples.

Made from the model's own fields, so that it always has the form that is read. What is to be written stands as `TODO` or
as an empty text, which the check reports at its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefbook.guidance import NOTES, Field, fields_of
from briefbook.model.amounts import Amount
from briefbook.model.base import Value
from briefbook.model.claims import Citation, Evidence
from briefbook.model.dates import When
from briefbook.model.facts import KINDS, Part
from briefbook.model.text import ActorRef, DisputeRef, FigureRef, LocalText, Names, SourceRef, Speaker

TODO = "TODO"
NO_TEXT = '""'
# How values of a type are written, in an example.
_EXAMPLES: Mapping[type[Any], str] = {
    When: "2024-05-13",
    Amount: "about 13 billion USD",
    Names: "[…]",
    Speaker: "actor-id",
    ActorRef: "actor-id",
    Part: "actor-id",
    DisputeRef: "dispute-id",
    FigureRef: "figure-id",
    SourceRef: "source-id",
    Citation: "source-id",
    bool: "true",
}


def skeleton(kind: str, id_: str, languages: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The lines of a new fact, from its id on. `known` are the values that are, as YAML by field, as `values.as_of` where it stands deeper."""
    writer = _Writer(languages, known)
    fields = [field for field in fields_of(KINDS[kind]) if field.name != "id" and not field.note.later]
    return [f"{id_}:", *(f"  {line}" for field in fields for line in writer.field(field, field.name))]


class _Writer:
    """Writes fields in the languages of a site."""

    def __init__(self, languages: Sequence[str], known: Mapping[str, str]) -> None:
        self._languages, self._known = languages, known
        # Choices whose words have been listed: once is enough.
        self._listed: set[object] = set()

    def field(self, field: Field, path: str) -> Iterator[str]:
        """A field: what is known of it, a place to fill it in, or a comment with an example."""
        if path in self._known:
            yield f"{field.name}: {self._known[path]}"
        elif not field.required and not field.note.asked:
            yield from (f"# {line}" for line in self._example(field))
        elif _is_block(field):
            yield f"{field.name}:{self._comment(field)}"
            yield from self._item(field, path)
        else:
            yield f"{field.name}: {self._empty(field)}{self._comment(field)}"

    def _item(self, field: Field, path: str) -> Iterator[str]:
        """The one item of a list of records; its dash stands before a field that is no comment."""
        assert field.record
        lines = [line for inner in fields_of(field.record) for line in self.field(inner, f"{path}.{inner.name}")]
        first = next(line for line in lines if not line.startswith("#"))
        lines.remove(first)
        yield f"  - {first}"
        yield from (f"    {line}" for line in lines)

    def _empty(self, field: Field) -> str:
        if field.type is LocalText:
            return self.text()
        return f"[{TODO}]" if field.many else TODO

    def text(self, words: Mapping[str, str] | None = None) -> str:
        """A text in every language of the site, empty where there are no words."""
        return "{" + ", ".join(f"{code}: {(words or {}).get(code, NO_TEXT)}" for code in self._languages) + "}"

    def _example(self, field: Field) -> Iterator[str]:
        if not _is_block(field):
            yield f"{field.name}: {self._inline(field)}{self._comment(field)}"
            return
        assert field.record
        yield f"{field.name}:{self._comment(field)}"
        for number, inner in enumerate(_shown(field.record)):
            choices = self._comment(inner) if inner.choices and inner.type not in self._listed else ""
            yield f"  {' ' if number else '-'} {inner.name}: {self._inline(inner)}{choices}"

    def _inline(self, field: Field) -> str:
        if field.note.example:
            return field.note.example.replace("LANG", self._languages[-1])
        one = self._one(field)
        return f"[{one}]" if field.many else one

    def _one(self, field: Field) -> str:
        if field.type in _EXAMPLES:
            return _EXAMPLES[field.type]
        if field.type is LocalText:
            return self.text(dict.fromkeys(self._languages, "…"))
        if field.choices:
            return field.choices[0]
        return "{" + ", ".join(f"{inner.name}: {self._inline(inner)}" for inner in _shown(field.record or Value)) + "}"

    def _comment(self, field: Field) -> str:
        choices = f" One of: {', '.join(field.choices)}." if field.choices and field.type not in self._listed else ""
        self._listed.add(field.type)
        return f"  # {field.note.says}{choices}"


def _is_block(field: Field) -> bool:
    """Whether it holds a list of records that are written over several lines."""
    return field.many and field.record is not None and field.type not in _EXAMPLES and not field.note.example


def _shown(record: type[Value]) -> list[Field]:
    """The fields of a record that an example of it shows: what it needs, what it alone has, and whose word it is."""
    fields = list(fields_of(record))
    claimed = any(field.name == "status" and field.required for field in fields) and issubclass(record, Evidence)
    shown = [field for field in fields if field.required or field.note.asked or field.name in NOTES[record]]
    return shown + [field for field in fields if field.name == "said_by" and claimed]
