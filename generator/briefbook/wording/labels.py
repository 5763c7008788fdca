"""The interface words of one language: read from `labels/<language>.yml`, a site's own file going first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.reading.binding import did_you_mean
from briefbook.reading.yamltree import Node, Refused, decode, read_tree

BASE = "en"
# Below these, a language may have entries of its own: currencies, plural forms, units of number.
_FREE = ("amounts.money.", "amounts.units.", "count.", "amounts.scales.")
# These may be left out: CLDR has what is needed.
_OPTIONAL = ("cldr", *_FREE)
# Placeholders that a language need not fill in: its own name, where it can say so without.
_MAY_LACK = {"borrowed.notice": frozenset({"language"}), "front.enter": frozenset({"language"})}


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
    base, shipped = _shipped(BASE), _shipped(language) or _of_the_wider_language(language)
    mine, found = _read_own(own, base) if own else ({}, [])
    if not shipped and not own:
        base = {**base, "cldr": language.replace("-", "_")}
    lacking = [n for n in base if n not in shipped and n not in mine and not n.startswith(_OPTIONAL)]
    if lacking:
        found.append(_lacking(language, lacking, own))
    start = base if not shipped else {**{n: base[n] for n in lacking}, **shipped}
    if own and not shipped:
        start = {n: w for n, w in base.items() if n in lacking}
    words = {**start, **mine}
    return Labels(language, {**_counts_lacking(base, words), **words}), found


def _of_the_wider_language(language: str) -> Mapping[str, str]:
    """The words of `en` for `en-US`; how dates and numbers look is the region's own, so not the locale."""
    wider = _shipped(language.split("-", maxsplit=1)[0])
    return {name: word for name, word in wider.items() if name != "cldr"}


def _counts_lacking(base: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """The English forms of each count that `words` have no form of, and “other” wherever that is not there."""
    worded = {name.rpartition(".")[0] for name in words if name.startswith("count.")}
    counts = {name: word for name, word in base.items() if name.startswith("count.") and name not in words}
    return {n: w for n, w in counts.items() if n.endswith(".other") or n.rpartition(".")[0] not in worded}


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
            unfit = _unfit(name, node, base)
            found += unfit
            if not unfit:
                mine[name] = str(node.value)
        else:
            hint = did_you_mean(name, list(base))
            found.append(Diagnostic("L011", Severity.ERROR, f"“{name}” is not a label there is", node.place, hint))
    return mine, found


def _unfit(name: str, node: Node, base: Mapping[str, str]) -> list[Diagnostic]:
    """L012: a label that is not text, or not what its place takes, or whose placeholders are not the English ones."""
    english = base.get(name)
    if message := _untrue(name, node.value):
        return [Diagnostic("L012", Severity.ERROR, message, node.place)]
    words, (needed, allowed) = str(node.value), _placeholders(name, base)
    found = _named(words)
    if found is not None and needed <= found <= allowed:
        return []
    shown = f"the English one reads: {english}" if english is not None else _may_hold(allowed)
    return [Diagnostic("L012", Severity.ERROR, f"“{name}” has other placeholders than it may", node.place, shown)]


def _untrue(name: str, value: object) -> str | None:
    """What is wrong with a value whatever its placeholders: most labels are text, a few steer how numbers are written."""
    if name == "amounts.words-from":
        return None if _whole(value) else f"“{name}” takes a whole number"
    if name == "amounts.range-repeats-scale":
        return None if value in ("yes", "no") else f"“{name}” takes “yes” or “no”, in quotation marks"
    if not isinstance(value, str):
        return f"“{name}” takes text; put it in quotation marks"
    if name.startswith("amounts.scales.") and not _whole(name.rpartition(".")[2]):
        return f"“{name}” is not named by a whole number: how many zeros the word stands for"
    return None


def _whole(value: object) -> bool:
    return not isinstance(value, bool) and re.fullmatch(r"[0-9]{1,30}", str(value)) is not None


def _placeholders(name: str, base: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The placeholders that words by this name need, and those that they may have."""
    if name.startswith("count."):
        # Languages that have a form for one or two alone often put no number into it.
        return (set() if name.endswith((".zero", ".one", ".two")) else {"n"}), {"n"}
    if name.startswith(("amounts.money.", "amounts.units.")):
        return {"amount"}, {"amount"}
    allowed = _named(base.get(name, "")) or set()
    return allowed - _MAY_LACK.get(name, frozenset()), allowed


def _named(words: str) -> set[str] | None:
    """The placeholders in `words`; None where one is more than a bare name, or the braces do not match."""
    try:
        fields = [field for field in Formatter().parse(words) if field[1] is not None]
    except ValueError:
        return None
    if any(spec or conversion or not (name or "").isidentifier() for _, name, spec, conversion in fields):
        return None
    return {str(name) for _, name, _, _ in fields}


def _may_hold(allowed: set[str]) -> str:
    return "write " + " and ".join(f"{{{name}}}" for name in sorted(allowed)) if allowed else "write it without any"


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
