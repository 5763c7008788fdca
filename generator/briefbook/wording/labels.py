"""The interface words of one language: read from `labels/<language>.yml`, a site's own file going first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.reading.binding import did_you_mean
from briefbook.reading.yamltree import Node, Refused, decode, read_tree

BASE = "en"
# Below these, a language may have entries of its own: currencies, plural forms, units of number.
_FREE = ("amounts.money.", "amounts.units.", "count.", "amounts.scales.")
# These may be left out: CLDR has what is needed.
_OPTIONAL = ("cldr", *_FREE)


@dataclass(frozen=True)
class Labels:
    """Words by dotted name, as `status.reported`."""

    language: str
    words: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.words[name]

    def get(self, name: str) -> str | None:
        """The word, or None where the language has none."""
        return self.words.get(name)

    def fill(self, name: str, /, **values: object) -> str:
        """The words with `{placeholders}` filled in."""
        return self.words[name].format(**values)

    def under(self, prefix: str) -> dict[str, str]:
        """All words whose names start with `prefix.`, by the rest of the name."""
        start = prefix + "."
        return {name[len(start) :]: word for name, word in self.words.items() if name.startswith(start)}


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A file of labels that a site brings: its bytes, and what to call it in messages."""

    name: str
    raw: bytes


def load_labels(language: str, own: LabelFile | None = None) -> tuple[Labels, list[Diagnostic]]:
    """The labels of `language` and what is wrong with the site's own file for it.

    What neither the site nor the package has in `language` is taken from English, which is a warning (L010).
    """
    base, shipped = _shipped(BASE), _shipped(language) or _shipped(language.split("-", maxsplit=1)[0])
    mine, found = _read_own(own, base) if own else ({}, [])
    if not shipped and not own:
        base = {**base, "cldr": language.replace("-", "_")}
    lacking = [n for n in base if n not in shipped and n not in mine and not n.startswith(_OPTIONAL)]
    if lacking:
        found.append(_lacking(language, lacking, own))
    start = base if not shipped else {**{n: base[n] for n in lacking}, **shipped}
    if own and not shipped:
        start = {n: w for n, w in base.items() if n in lacking}
    return Labels(language, {**start, **mine}), found


def shipped_languages() -> list[str]:
    """The languages whose labels come with the package."""
    folder = files("briefbook") / "labels"
    return sorted(item.name.removesuffix(".yml") for item in folder.iterdir() if item.name.endswith(".yml"))


@lru_cache
def _shipped(language: str) -> Mapping[str, str]:
    file = files("briefbook") / "labels" / f"{language}.yml"
    if not file.is_file():
        return {}
    tree, _ = read_tree(file.read_text(encoding="utf-8"), file.name)
    return {name: str(node.value) for name, node in _flat(tree)}


def _read_own(own: LabelFile, base: Mapping[str, str]) -> tuple[dict[str, str], list[Diagnostic]]:
    try:
        tree, found = read_tree(decode(own.raw, own.name), own.name)
    except Refused as refusal:
        return {}, [refusal.diagnostic]
    mine: dict[str, str] = {}
    for name, node in _flat(tree):
        if name in base or name.startswith(_OPTIONAL):
            mine[name] = str(node.value)
            found += _unfit(name, node, base)
        else:
            hint = did_you_mean(name, list(base))
            found.append(Diagnostic("L011", Severity.ERROR, f"“{name}” is not a label there is", node.place, hint))
    return mine, found


def _unfit(name: str, node: Node, base: Mapping[str, str]) -> list[Diagnostic]:
    """L012: a label whose placeholders are not those of the English one."""
    try:
        str(node.value).format_map(_Anything(base.get(name, "{}")))
    except (KeyError, ValueError, IndexError, AttributeError):
        hint = f"the English one reads: {base.get(name)}"
        return [Diagnostic("L012", Severity.ERROR, f"“{name}” has other placeholders than it may", node.place, hint)]
    return []


class _Anything(dict[str, str]):
    """Answers only to the placeholders of a given pattern."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._pattern = pattern

    def __missing__(self, name: str) -> str:
        if "{" + name + "}" not in self._pattern:
            raise KeyError(name)
        return ""


def _lacking(language: str, lacking: list[str], own: LabelFile | None) -> Diagnostic:
    shown = ", ".join(lacking[:5]) + (", …" if len(lacking) > 5 else "")
    place = Place(own.name if own else f"labels/{language}.yml")
    message = f"{len(lacking)} interface words are not there in “{language}”; the English ones are used: {shown}"
    return Diagnostic("L010", Severity.WARNING, message, place, "write them in labels/<language>.yml in the theme's custom_dir")


def _flat(node: Node | None, prefix: str = "") -> Iterator[tuple[str, Node]]:
    if node is None or node.value is None:
        return
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _flat(child, f"{prefix}.{key}" if prefix else key)
    else:
        yield prefix, node
