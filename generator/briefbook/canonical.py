"""Facts written in the one canonical way: a file a kind, sorted, a value a line, so that versions compare line by line.

It goes by the tree of the YAML and not by the model, which no longer knows how a date or an amount was written.
"""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator, Mapping, Sequence

from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT
from briefbook.model.facts import KINDS, About
from briefbook.model.text import LocalText, Speaker
from briefbook.reading.yamltree import LARGEST, Data, read_tree

# Far enough below what one file may hold.
_FULL = LARGEST * 4 // 5
# YAML takes no longer key without a mark before it.
_LONGEST_KEY = 1000
# What every reader of YAML, this one included, takes for the very text that it is.
_PLAIN = re.compile(
    r"(?![-?:](?: |$))(?![\s,\[\]{}#&*!|>'\"%@`]|---|\.\.\.(?: |$)|<<$|=$)"
    r"(?:(?!: |:$| #)[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff])+(?<! )"
)
_NO_TEXT = re.compile(r"true|false|null|~|-?[0-9]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\ufeff": "\\uFEFF"}

Facts = dict[str, Data]


def canonical_files(texts: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The files that say what the fact files `texts` say, which must be without errors: names and contents.

    The same facts come out the same, however they were spread over files, ordered, indented, quoted and commented.
    `languages` are those of the site, in whose order texts stand.
    """
    return files_of(sections_of(texts), languages)


def files_of(sections: Mapping[str, Facts], languages: Sequence[str]) -> dict[str, str]:
    """The same from what `sections_of` gives, changed or not."""
    files = {}
    if ABOUT in sections:
        files[f"{ABOUT}.yml"] = _written({ABOUT: _in_order(sections[ABOUT], About, languages)})
    for kind, type_ in KINDS.items():
        facts = {id_: _in_order(fact, type_, languages) for id_, fact in sorted(sections.get(kind, {}).items())}
        files |= dict(_files(kind, {id_: _written({id_: fact}, 2) for id_, fact in facts.items()}))
    return dict(sorted(files.items()))


def sections_of(texts: Mapping[str, str]) -> dict[str, Facts]:
    """What all fact files together say of the briefing itself, and of each kind of fact."""
    found: dict[str, Facts] = {}
    for name, text in texts.items():
        tree, _ = read_tree(text, name)
        data = tree.data() if tree is not None else None
        for section, facts in data.items() if isinstance(data, dict) else ():
            if isinstance(facts, dict):
                found.setdefault(section, {}).update(facts)
    return found


def _files(kind: str, written: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """One file for the facts of a kind; more only where one would be too large to be read."""
    parts, size = [[f"{kind}:\n"]], 0
    for text in written.values():
        if size + len(text.encode()) > _FULL and size:
            parts.append([f"{kind}:\n"])
            size = 0
        parts[-1].append(text)
        size += len(text.encode())
    for number, lines in enumerate(parts if written else (), start=1):
        yield f"{kind}.yml" if number == 1 else f"{kind}-{number}.yml", "".join(lines)


def _in_order(data: Data, annotation: object, languages: Sequence[str]) -> Data:
    """The same with fields in the order of the model, languages in that of the site, and no white space that says nothing.

    Fields that are left empty are left out.
    """
    if isinstance(data, list):
        return [_in_order(item, annotation, languages) for item in data]
    if isinstance(data, str):
        return " ".join(data.split()) if may_hold(annotation, LocalText) else data
    if not isinstance(data, dict):
        return data
    record = record_in(annotation)
    if record is not None:
        fields = {info.alias or name: info.annotation for name, info in record.model_fields.items()}
        # A record may also be one that a shorter form stands for, and no field of it be unknown: facts have no errors.
        return {name: _in_order(data[name], fields[name], languages) for name in fields if data.get(name) is not None}
    text = LocalText if may_hold(annotation, LocalText) or may_hold(annotation, Speaker) else None
    return {key: _in_order(data[key], text, languages) for key in sorted(data, key=lambda key: _rank(key, languages))}


def _rank(key: str, languages: Sequence[str]) -> tuple[int, str]:
    return (languages.index(key) if key in languages else len(languages), key)


def may_hold(annotation: object, wanted: type) -> bool:
    """Whether a field so annotated may hold one of `wanted`."""
    return annotation is wanted or any(may_hold(part, wanted) for part in typing.get_args(annotation))


def record_in(annotation: object) -> type[Value] | None:
    """The kind of record that a field so annotated holds, one or many."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := record_in(part))), None)


def _written(data: Data, indent: int = 0) -> str:
    return "".join(f"{' ' * indent}{line}\n" for line in _lines(data))


def _lines(data: Data) -> Iterator[str]:
    """A mapping or list that holds something as lines of YAML, not indented."""
    if isinstance(data, dict):
        for key, value in data.items():
            name = _scalar(key)
            if len(name) > _LONGEST_KEY:
                yield f"? {name}"
                name = ""
            yield from _entry(f"{name}:", value)
    elif isinstance(data, list):
        for value in data:
            first, *rest = _lines(value) if value and isinstance(value, dict | list) else [_scalar(value)]
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _entry(head: str, value: Data) -> Iterator[str]:
    if value and isinstance(value, dict | list):
        yield head
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{head} {_scalar(value)}"


def _scalar(value: Data) -> str:
    """A single value, quoted only where it would be read as something else."""
    if not isinstance(value, str):
        return json.dumps(value)  # YAML's words for true, null, numbers, and for a list or mapping that holds nothing
    if _PLAIN.fullmatch(value) and not _NO_TEXT.fullmatch(value):
        return value
    return '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'
