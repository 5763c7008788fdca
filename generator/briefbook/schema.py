"""The JSON Schema of a fact file, made from the model and the facts there are, so that editors know what the checker knows.

It completes the ids of actors, sources, disputes and figures. It refuses nothing that the checker takes: an id that it
does not know yet is the checker's business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic.json_schema import models_json_schema

from briefbook.guidance import CHOICES, NOTES, Field, fields_of
from briefbook.model import amounts, dates
from briefbook.model.amounts import Amount
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT, Briefing, kind_of
from briefbook.model.claims import Citation
from briefbook.model.dates import When
from briefbook.model.facts import KINDS, About, AnyFact, FigureValue, Ignore, Part, Source
from briefbook.model.text import ID_PATTERN, ActorRef, Key, LocalText, Names, Ref, Slug, SourceRef, Speaker

_COMMENT = "Written by `briefbook schema --write`: what editors complete and check in the files of facts."
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LONGEST = 120
Schema = dict[str, Any]

# What the lists of ids are called, before the kind.
IDS = "ids of "
_NOT = "not in "
_TEXT, _BY_LANGUAGE, _ID, _NOTHING = "Text", "TextByLanguage", "Id", "Nothing"
_FILLED = {
    "type": "string",
    "pattern": r"\S",
    "patternErrorMessage": "a text is empty: write it, or leave the field out",
}
LANGUAGE_CODE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_ADDRESS = {
    "pattern": r"""^https?://[^\s<>"'`\\]*$""",
    "patternErrorMessage": "write the whole address, starting with https://",
}
# The values that have a part of the schema to themselves.
_SHARED: Mapping[type[Any], str] = {
    LocalText: _TEXT,
    Names: "Names",
    When: "When",
    Amount: "Amount",
    Speaker: "Speaker",
    Slug: _ID,
    Key: _ID,
}
# The records for which a bare id may stand.
_SHORT: Mapping[type[Value], type[Ref]] = {Citation: SourceRef, Part: ActorRef}
# An id and what it is called, as they are written over several lines.
_SPREAD = re.compile(r'\{\n +("const": "[^\n]*"),\n +("description": "[^\n]*")\n +\}')
_LINKED = re.compile(r"\[\[([^\]|#]*)(?:#[^\]|]*)?(?:\|([^\]]*))?\]\]")


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that is there: its kind, its id, and what it is called."""

    kind: str
    id: str
    called: str = ""


def known_in(briefing: Briefing) -> list[Known]:
    """Every fact of a briefing, also one that is broken, by kind and id."""
    facts = {**briefing.facts, **briefing.broken}
    found = [
        Known(kind_of(fact), id_, _called(fact, briefing.languages))
        for id_, fact in facts.items()
        if isinstance(fact, AnyFact)
    ]
    return sorted(found, key=lambda one: (list(KINDS).index(one.kind), one.id))


def fact_file_schema(known: Iterable[Known] = (), languages: Sequence[str] = ()) -> Schema:
    """JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12), of one fact file.

    With what is `known` it completes ids, with `languages` those of texts; without, it is that of any site.
    """
    models = [(type_, "validation") for type_ in (About, *KINDS.values())]
    made = models_json_schema(models, by_alias=True)[1]["$defs"]  # type: ignore[arg-type]
    definitions: Schema = _ids(known) | _values(languages)
    for type_ in NOTES:
        definitions |= {field.type.__name__: _choice(field.type) for field in fields_of(type_) if field.choices}
        if type_.__name__ in made:
            definitions[type_.__name__] = _record(type_, made[type_.__name__], languages)
    sections = {
        ABOUT: {
            "description": "What the briefing says of itself; once in all files.",
            "$ref": f"#/$defs/{About.__name__}",
        }
    }
    sections |= {kind: _section(type_) for kind, type_ in KINDS.items()}
    return {
        "$schema": _DRAFT,
        "$comment": _COMMENT,
        "type": ["object", "null"],
        "properties": sections,
        "additionalProperties": False,
        "$defs": _used(sections, definitions),
    }


def as_text(schema: Mapping[str, Any]) -> str:
    """The schema as it stands in a file: one id a line, so that a difference says which."""
    text = json.dumps(schema, ensure_ascii=False, indent=1)
    return _SPREAD.sub(r"{\1, \2}", text) + "\n"


# What a fact is called, in an editor's list.


def _called(fact: AnyFact, languages: Sequence[str]) -> str:
    """A line about a fact, as far as it can be read: its date, and its name in every language."""
    texts = [getattr(fact, "publisher", None), getattr(fact, "subject", None) or getattr(fact, "title", None)]
    if not isinstance(fact, Source):
        texts = [getattr(fact, "title", None)]
    when = getattr(fact, "published", None) or getattr(fact, "date", None)
    parts = [str(when)] if isinstance(when, When) else []
    for text in texts:
        if isinstance(text, LocalText):
            parts += dict.fromkeys(text.choose(language, languages)[0] for language in languages)
    line = " · ".join(_LINKED.sub(lambda link: link[2] or link[1], part) for part in parts)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


# The parts of the schema.


def _ids(known: Iterable[Known]) -> Schema:
    """The ids there are, by kind, and each sort of reference: to one of them, or to one that is not known yet."""
    lists: dict[str, list[Known]] = {kind: [] for kind in KINDS}
    for one in sorted(known, key=lambda one: one.id):
        lists[one.kind].append(one)
    definitions: Schema = {}
    for kind, ones in lists.items():
        if ones:
            # Not one enum: editors show all of an enum beside each of its words, and of these the one that it is.
            definitions[IDS + kind] = {"anyOf": [{"const": one.id, "description": one.called} for one in ones]}
            definitions[_NOT + IDS + kind] = _none_of(kind, ones)
    definitions[_ID] = {
        "type": "string",
        "pattern": ID_PATTERN,
        "maxLength": 100,
        "patternErrorMessage": "ids are a-z, 0-9 and -, and start with a letter",
    }
    for sort in _references():
        definitions[sort.__name__] = _reference(sort, [kind for kind, ones in lists.items() if ones])
    return definitions


def _references() -> Iterator[type[Ref]]:
    yield from sorted(Ref.__subclasses__(), key=lambda sort: sort.__name__)


def _reference(sort: type[Ref], kinds: Sequence[str]) -> Schema:
    """The id of a fact of its kinds or of one that is not known yet. `kinds` are those that there are facts of."""
    # The first of several is the one whose message editors show.
    mine = [{"$ref": f"#/$defs/{name}"} for name in (_ID, *(IDS + kind for kind in kinds if kind in sort.kinds))]
    others = [{"$ref": f"#/$defs/{_NOT}{IDS}{kind}"} for kind in kinds if kind not in sort.kinds]
    return {"anyOf": mine, **({"if": {"type": "string"}, "then": {"allOf": others}} if others else {})}


def _none_of(kind: str, ones: Sequence[Known]) -> Schema:
    # Not as `not`: while a word is typed, editors take it for every id that begins so.
    noun = kind.removesuffix("s")
    message = f"this is the id of {'an' if noun[0] in 'ae' else 'a'} {noun}"
    return {"pattern": f"^(?!({'|'.join(one.id for one in ones)})$)", "patternErrorMessage": message}


def _values(languages: Sequence[str]) -> Schema:
    """The values that many fields have: texts, names, dates, amounts, speakers."""
    return {
        _TEXT: {
            "description": _as_written(LocalText)["description"],
            # YAML elsewhere takes 3.10 for a number; here it is the text that it is.
            "anyOf": [_FILLED, {"type": "number", "not": {"type": "integer"}}, {"$ref": f"#/$defs/{_BY_LANGUAGE}"}],
            "defaultSnippets": _snippets(languages),
        },
        _BY_LANGUAGE: {
            "type": "object",
            "minProperties": 1,
            "properties": dict.fromkeys(languages, _FILLED),
            "additionalProperties": _FILLED,
            "propertyNames": {"pattern": LANGUAGE_CODE},
        },
        # A field left empty. Of `null` as a type, editors would offer the word.
        _NOTHING: {"not": {"type": ["string", "number", "boolean", "object", "array"]}},
        "Names": _names(languages),
        "When": _when(),
        "Amount": _amount(),
        "Speaker": {
            "description": _as_written(Speaker)["description"],
            "anyOf": [{"$ref": "#/$defs/SpeakerRef"}, {"$ref": f"#/$defs/{_BY_LANGUAGE}"}],
        },
    }


def _snippets(languages: Sequence[str]) -> list[Schema]:
    """What an editor writes for a text: a line for each language."""
    if not languages:
        return []
    body = {code: f"${number}" for number, code in enumerate(languages, start=1)}
    return [{"label": "{" + ", ".join(f"{code}: …" for code in languages) + "}", "body": body}]


def _names(languages: Sequence[str]) -> Schema:
    listed = {"type": "array", "items": _FILLED}
    by_language: Schema = {
        "type": "object",
        "properties": dict.fromkeys(languages, listed),
        "additionalProperties": listed,
        "propertyNames": {"pattern": LANGUAGE_CODE},
    }
    return {"description": _as_written(Names)["description"], "anyOf": [listed, by_language]}


def _when() -> Schema:
    made = _as_written(When)
    text, year = made["anyOf"]
    pattern = text["pattern"].replace(
        r"\d{4}(-\d{2}(-\d{2})?)?", r"(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
    )
    message = f"this is not a date; write it like one of: {dates.FORMS}"
    return made | {
        "anyOf": [{**text, "minLength": 4, "pattern": pattern, "patternErrorMessage": message}, year],
        "examples": ["2024-05-13", "2024-05", "2024-05~", "2024-05-13/2024-06-02"],
    }


def _amount() -> Schema:
    made = _as_written(Amount)
    text, _ = made["anyOf"]
    message = f"this is not an amount; write it like one of: {amounts.FORMS}"
    return made | {
        "anyOf": [{**text, "patternErrorMessage": message}, {"type": "number"}],
        "examples": ["13 billion USD", "over 13 billion USD", "about 27 %", "20 to 49 %"],
    }


def _as_written(type_: type[Any]) -> Schema:
    """What the model itself says of how a value is written."""
    made: Schema = type_.__get_pydantic_json_schema__(None, None)
    return made


def _section(type_: type[AnyFact]) -> Schema:
    return {
        "description": f"{(type_.__doc__ or '').split('.')[0]}: each under its id.",
        "type": ["object", "null"],
        "propertyNames": {"pattern": ID_PATTERN, "maxLength": 100, "not": {"const": ABOUT}},
        "additionalProperties": {"$ref": f"#/$defs/{type_.__name__}"},
    }


def _record(type_: type[Value], made: Schema, languages: Sequence[str]) -> Schema:
    """A record with all its fields described. What pydantic knows of lists, patterns and choices is kept."""
    fields = [field for field in fields_of(type_) if field.name != "id" or type_ not in KINDS.values()]
    properties = {field.name: _field(field, made["properties"][field.name], languages) for field in fields}
    record: Schema = {
        "description": made["description"],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if needed := [field.name for field in fields if field.required]:
        record["required"] = needed
    if type_ is FigureValue:
        record["anyOf"] = [{"required": [name]} for name in ("amount", "date", "words")]
    short = _SHORT.get(type_)
    return record if short is None else {"anyOf": [{"$ref": f"#/$defs/{short.__name__}"}, record]}


def _choice(type_: type[StrEnum]) -> Schema:
    """One of some words, each with what it means where that is said."""
    means = CHOICES.get(type_)
    explained = {"enumDescriptions": [means[word] for word in type_]} if means else {}
    return {"description": type_.__doc__, "type": "string", "enum": [str(word) for word in type_], **explained}


def _field(field: Field, made: Schema, languages: Sequence[str]) -> Schema:
    value = _one(field, made, languages)
    if field.many:
        listed: Schema = {"type": "array", "items": value} | (
            {"minItems": made["minItems"]} if "minItems" in made else {}
        )
        # One record may stand for a list of one.
        value = {"anyOf": [listed, value]} if field.type is Ignore else listed
    if {"type": "null"} in made.get("anyOf", ()):
        value = {"anyOf": [value, {"$ref": f"#/$defs/{_NOTHING}"}]}
    default = {"default": made["default"]} if isinstance(made.get("default"), str) else {}
    return {"description": field.note.says, **value, **default}


def _one(field: Field, made: Schema, languages: Sequence[str]) -> Schema:
    """A single value of a field."""
    type_ = field.type
    if field.choices or field.record or (isinstance(type_, type) and issubclass(type_, Ref)):
        return {"$ref": f"#/$defs/{type_.__name__}"}
    if type_ in _SHARED:
        return {"$ref": f"#/$defs/{_SHARED[type_]}"}
    if type_ is bool:
        return {"type": "boolean"}
    if type_ is str:
        pattern = _ADDRESS if field.name.endswith("url") else {"pattern": made["pattern"]} if "pattern" in made else {}
        return (
            {"type": "string", **pattern, "examples": [field.note.example]}
            if field.note.example
            else {"type": "string", **pattern}
        )
    text: Schema = {"type": "string"}
    known = (
        dict.fromkeys(languages, text)
        if field.name == "reading"
        else {"wikidata": text, "lei": text, "site": text | _ADDRESS}
    )
    return {"type": "object", "properties": known, "additionalProperties": text}


def _used(schema: Any, definitions: Schema) -> Schema:
    """Those definitions that something leads to, in a fixed order."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return {name: definitions[name] for name in sorted(found)}
