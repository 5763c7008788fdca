"""Facts under new ids: which they are, and the older briefing as it would read had they been called so all along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from briefbook.model.base import Value
from briefbook.model.briefing import Briefing
from briefbook.model.facts import AnyFact
from briefbook.model.text import LocalText, Ref, Slug, Speaker, SpeakerRef

_MENTIONED = re.compile(r"(\[\[\s*)([a-z0-9-]+)(?=[\s|#\]])")


def new_ids(before: Briefing, after: Briefing) -> dict[str, str]:
    """By former id, the id of what is that fact now."""
    return {
        str(former): fact.id
        for fact in after.facts.values() for former in fact.formerly
        if former in before.facts and former not in after.facts
    }


def under_new_ids(briefing: Briefing, ids: Mapping[str, str]) -> dict[str, AnyFact]:
    """Its facts, with new ids in everything that names a fact. Of two that became one, the one that had the id stays."""
    if not ids:
        return dict(briefing.facts)
    kept = {id_: fact for id_, fact in briefing.facts.items() if ids.get(id_) not in briefing.facts}
    return {ids.get(id_, id_): _renamed(fact, ids) for id_, fact in kept.items()}  # type: ignore[misc]  # stays its type


def with_new_ids(value: Value, ids: Mapping[str, str]) -> Value:
    """A record with new ids in everything that names a fact."""
    renamed = _renamed(value, ids) if ids else value
    assert isinstance(renamed, Value)
    return renamed


def _renamed(value: object, ids: Mapping[str, str]) -> object:  # noqa: PLR0911  # one table of types
    """The value itself where nothing in it has a new id."""
    match value:
        case Slug() if value in ids and (isinstance(value, Ref) or type(value) is Slug):  # not the key of a figure's value
            return type(value)(ids[value])
        case LocalText():
            return _renamed_text(value, ids)
        case Speaker(ref=SpeakerRef() as ref) if ref in ids:
            return replace(value, ref=SpeakerRef(ids[ref]))
        case Speaker(words=LocalText() as words):
            return replace(value, words=_renamed_text(words, ids))
        case tuple():
            found = tuple(_renamed(item, ids) for item in value)
            return found if any(a is not b for a, b in zip(found, value, strict=True)) else value
        case Value():
            changed = {
                name: new for name in type(value).model_fields
                if name != "formerly" and (new := _renamed(old := getattr(value, name), ids)) is not old
            }
            return value.model_copy(update=changed) if changed else value
    return value


def _renamed_text(text: LocalText, ids: Mapping[str, str]) -> LocalText:
    def rename(written: str) -> str:
        return _MENTIONED.sub(lambda m: m[1] + ids.get(m[2], m[2]), written)

    if not any("[[" in written and rename(written) != written for _, written in text.written()):
        return text
    by_language = {language: rename(written) for language, written in text.by_language.items()}
    return LocalText(MappingProxyType(by_language), None if text.shared is None else rename(text.shared))
