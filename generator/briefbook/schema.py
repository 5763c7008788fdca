"""The JSON Schema of a fact file, made from the model, so that editors know what the checker knows."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from briefbook.model.facts import KINDS, About
from briefbook.model.text import ID_PATTERN


def fact_file_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12), of one fact file."""
    models = [(type_, "validation") for type_ in (About, *KINDS.values())]
    refs, schema = models_json_schema(models, by_alias=True)  # type: ignore[arg-type]
    definitions = schema["$defs"]
    sections: dict[str, Any] = {"briefing": refs[About, "validation"]}
    for kind, type_ in KINDS.items():
        name = refs[type_, "validation"]["$ref"].rsplit("/", 1)[-1]
        _without_id(definitions[name])
        sections[kind] = {
            "description": f"The {kind} in this file, by id.", "type": ["object", "null"],
            "propertyNames": {"pattern": ID_PATTERN}, "additionalProperties": {"$ref": f"#/$defs/{name}"},
        }
    _short_forms(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A briefbook fact file", "type": "object",
        "properties": sections, "additionalProperties": False, "$defs": definitions,
    }


def _without_id(definition: dict[str, Any]) -> None:
    """A fact's id is the key it stands under, not a field."""
    definition["properties"].pop("id", None)
    definition["required"] = [name for name in definition.get("required", []) if name != "id"]


def _short_forms(definitions: dict[str, Any]) -> None:
    """A bare id may stand for a citation, and for an actor without a part."""
    for name in ("Citation", "Part"):
        long = definitions[name]
        definitions[name] = {"anyOf": [{"type": "string", "pattern": ID_PATTERN}, long]}
