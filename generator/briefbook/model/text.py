"""Text in every language of a site, and the ids by which facts name each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Self

from pydantic_core import core_schema

from briefbook.model.base import bad_value

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
# Within {…} an unquoted comma starts a new entry.
_IN_QUOTES = "put the text in quotes: a comma inside {…} ends it"
ID_PATTERN = rf"^{_ID.pattern}$"


def is_language(text: str) -> bool:
    """Whether `text` has the form of a language code, such as `en` or `pt-BR`."""
    return bool(_LANGUAGE.fullmatch(text)) and len(text) <= 35


# Pages are files named by ids: lists of facts are called index, and Windows keeps no file of the other names.
_RESERVED = frozenset({"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def is_reserved(text: str) -> bool:
    """Whether no fact can be called so, since no page could."""
    return text in _RESERVED


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id."""
    return bool(_ID.fullmatch(text)) and len(text) <= 100


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text, written in some languages (`by_language`), or once for all of them (`shared`)."""

    by_language: Mapping[str, str]
    shared: str | None = None

    @classmethod
    def parse(cls, written: object) -> LocalText:
        """Read a bare string or a mapping of language to string. Raises a `text` error."""
        if isinstance(written, LocalText):
            return written
        form = "write {en: words, ja: 言葉}, or one bare text for every language"
        if isinstance(written, int) and not isinstance(written, bool):
            raise bad_value("text", f"a text is expected here, not the number {written}", f'put it in quotes: "{written}"')
        if isinstance(written, str):
            return cls(MappingProxyType({}), _filled(written))
        if not isinstance(written, Mapping) or not written:
            raise bad_value("text", "a text is expected here", form)
        for language, text in written.items():
            if not _LANGUAGE.fullmatch(str(language)):
                raise bad_value("text", f"“{language}” is not a language code", _IN_QUOTES if text is None else form)
            if not isinstance(text, str):
                raise bad_value("text", f"the text under “{language}” is not text", _IN_QUOTES)
        return cls(MappingProxyType({str(k): _filled(v) for k, v in written.items()}))

    def choose(self, language: str, others: Iterable[str]) -> tuple[str, str]:
        """The text for `language` and the language it is really in: the first of `others` there is, if need be."""
        if self.shared is not None:
            return self.shared, language
        for candidate in (language, *others, *sorted(self.by_language)):
            if candidate in self.by_language:
                return self.by_language[candidate], candidate
        raise AssertionError("a LocalText always has a text")

    def missing(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Those of `languages` it is not written in."""
        return () if self.shared is not None else tuple(lang for lang in languages if lang not in self.by_language)

    def written(self) -> Iterator[tuple[str | None, str]]:
        """Every text as written, with its language (`None` where it is shared)."""
        if self.shared is not None:
            yield None, self.shared
        yield from self.by_language.items()

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.by_language.items())), self.shared))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(_dump)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        by_language = {
            "type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "minLength": 1},
            "propertyNames": {"pattern": f"^{_LANGUAGE.pattern}$"},
        }
        return {
            "description": "One text for each language, {en: words, ja: 言葉}, or a bare text for all of them. "
            "Inline Markdown; [[id]] links to a fact.",
            "anyOf": [{"type": "string", "minLength": 1}, by_language],
        }


@dataclass(frozen=True, slots=True)
class Names:
    """Lists of names: by language, and those that serve every language (`shared`)."""

    by_language: Mapping[str, tuple[str, ...]]
    shared: tuple[str, ...] = ()

    @classmethod
    def parse(cls, written: object) -> Names:
        """Read a list of names or a mapping of language to such lists. Raises a `text` error."""
        if isinstance(written, Names):
            return written
        form = "write [one, two], or {en: [one, two], ja: [三]}"
        if isinstance(written, list | tuple):
            return cls(MappingProxyType({}), _names(written, form))
        if not isinstance(written, Mapping):
            raise bad_value("text", "a list of names is expected here", form)
        if wrong := next((str(k) for k in written if not _LANGUAGE.fullmatch(str(k))), None):
            raise bad_value("text", f"“{wrong}” is not a language code", form)
        return cls(MappingProxyType({str(k): _names(v, form) for k, v in written.items()}))

    def in_(self, language: str) -> tuple[str, ...]:
        """The names that serve `language`."""
        return (*self.by_language.get(language, ()), *self.shared)

    def all(self) -> tuple[str, ...]:
        """Every name, of any language."""
        return (*(name for names in self.by_language.values() for name in names), *self.shared)

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.by_language.items())), self.shared))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(_dump_names)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        names = {"type": "array", "items": {"type": "string", "minLength": 1}}
        return {
            "description": "Names: a list for every language, or a list for each.",
            "anyOf": [names, {"type": "object", "additionalProperties": names}],
        }


def no_names() -> Names:
    """None, in any language."""
    return Names(MappingProxyType({}))


class Slug(str):
    """A name made of `a-z`, `0-9` and `-`."""

    __slots__ = ()

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read a slug. Raises an `id` error."""
        if isinstance(written, str) and is_id(written):
            return cls(written)
        shown = f"“{written}”" if isinstance(written, str | int) else "this"
        raise bad_value("id", f"{shown} is not an id", "ids are a-z, 0-9 and -, and start with a letter")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        return {"type": "string", "pattern": ID_PATTERN, "description": cls.__doc__ or ""}


class Key(Slug):
    """The name of one value within its figure."""

    __slots__ = ()


class Ref(Slug):
    """The id of any fact."""

    __slots__ = ()
    # Which kinds of fact it may name; none means any.
    kinds: ClassVar[tuple[str, ...]] = ()


class ActorRef(Ref):
    """The id of an actor."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ("actors",)


class DisputeRef(Ref):
    """The id of a dispute."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ("disputes",)


class FigureRef(Ref):
    """The id of a figure."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ("figures",)


class SourceRef(Ref):
    """The id of a source."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ("sources",)


class SpeakerRef(Ref):
    """The id of whoever says something: an actor, or a source in its own voice."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ("actors", "sources")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever says something: a fact of the briefing (`ref`), or `words` for somebody who is none."""

    ref: SpeakerRef | None = None
    words: LocalText | None = None

    @classmethod
    def parse(cls, written: object) -> Speaker:
        """Read an id (any bare string) or words by language. Raises an `id` or `text` error."""
        if isinstance(written, Speaker):
            return written
        if not isinstance(written, str):
            return cls(words=LocalText.parse(written))
        if is_id(written):
            return cls(ref=SpeakerRef(written))
        hint = "name an actor or source by its id, or write words in each language: {en: …, ja: …}"
        raise bad_value("id", f"“{written}” is not an id", hint)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(_dump_speaker)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        words = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "minLength": 1}}
        return {
            "description": "Whose word it is: the id of an actor or source, or words in each language.",
            "anyOf": [{"type": "string", "pattern": ID_PATTERN}, words],
        }


def _filled(text: str) -> str:
    folded = " ".join(text.split())
    if not folded:
        raise bad_value("text", "a text is empty", "write it, or leave the field out")
    return folded


def _names(written: object, form: str) -> tuple[str, ...]:
    if not isinstance(written, list | tuple) or not all(isinstance(name, str) and name.strip() for name in written):
        raise bad_value("text", "a list of names is expected here", form)
    return tuple(name.strip() for name in written)


def _dump(text: LocalText) -> str | dict[str, str]:
    return text.shared if text.shared is not None else dict(text.by_language)


def _dump_names(names: Names) -> object:
    if not names.by_language:
        return list(names.shared)
    return {language: list(listed) for language, listed in names.by_language.items()}


def _dump_speaker(speaker: Speaker) -> object:
    return str(speaker.ref) if speaker.words is None else _dump(speaker.words)
