"""What the checks on words know about a language: one table a language, in `data/words.<language>.yml`.

Here is how a table is read; what its entries mean is told in `data/README.md`. A language without a table is only
checked for what is wrong in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

import yaml

from briefbook.rules.phrases import NEVER, Phrases, read_phrases

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, eq=False)
class Words:
    """All that is known about the words of one language. There is one of each language."""

    language: str
    table: Mapping[str, object]

    @cached_property
    def called(self) -> str:
        """The language's name in messages."""
        return str(self.table.get("called") or f"“{self.language}”")

    @cached_property
    def spaced(self) -> bool:
        """Whether spaces stand between words."""
        return self.table.get("spaced") != "no"

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts its texts may be written in, names included."""
        return frozenset(self.listed("scripts"))

    @cached_property
    def own(self) -> frozenset[str]:
        """Those of them that its own words are written in."""
        return frozenset(self.listed("own"))

    @cached_property
    def density(self) -> float | None:
        """How many characters it takes to say what takes one in English."""
        written = self.table.get("density")
        return float(str(written)) if written else None

    @cached_property
    def letters(self) -> str:
        """The letters its texts may have, as a set of a regular expression; empty where all of their scripts may."""
        return self.characters.get("letters", "")

    @cached_property
    def characters(self) -> Mapping[str, str]:
        """What is said about single characters."""
        return cast("Mapping[str, str]", self.table.get("characters") or {})

    @cached_property
    def instead(self) -> Mapping[str, str]:
        """Characters of other languages, and what stands in their place here."""
        return _pairs(self.characters.get("instead", ""))

    @cached_property
    def old(self) -> Mapping[str, str]:
        """Characters no longer written outside names, and what stands in their place; nothing if nobody knows."""
        return _pairs(self.characters.get("old", ""))

    @cached_property
    def invisible(self) -> str:
        """Characters that show nothing and yet have a use."""
        return str(self.table.get("invisible") or "")

    @cached_property
    def possible(self) -> str | None:
        """The encoding without which a character is not one of the language's."""
        return self.characters.get("possible")

    @cached_property
    def usual(self) -> str:
        """The ideographs that may stand in any text."""
        known = _encodable(self.characters.get("usual")) | set(self.characters.get("also", ""))
        return "".join(sorted(known - self.old.keys()))

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """Marks of punctuation that belong to another width or script, and the right ones."""
        return cast("Mapping[str, str]", self.table.get("marks") or {})

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that are no names, in lower case."""
        return frozenset(word.lower() for word in self.listed("common"))

    @cached_property
    def everyday(self) -> frozenset[str]:
        """Forms of everyday words of which names were made."""
        return frozenset(self.listed("everyday"))

    @cached_property
    def function(self) -> frozenset[str]:
        """The small words that tell a language."""
        return frozenset(word.lower() for word in self.listed("function"))

    @cached_property
    def established(self) -> frozenset[str]:
        """Words of another script that everybody understands."""
        return frozenset(self.listed("established"))

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What a name may end in beyond itself."""
        return tuple(self.listed("suffixes"))

    @cached_property
    def quoted(self) -> re.Pattern[str]:
        """What stands in quotation marks."""
        return _enclosed(self.listed("quotes"))

    @cached_property
    def bracketed(self) -> re.Pattern[str]:
        """What stands in brackets."""
        return _enclosed(self.listed("brackets"))

    @cached_property
    def relative(self) -> Phrases | None:
        """Words that say when, but only to those who know when they were written."""
        return self._phrases("relative")

    @cached_property
    def authorities(self) -> Phrases | None:
        """Authorities without a name."""
        return self._phrases("authorities")

    @cached_property
    def outlets(self) -> re.Pattern[str]:
        """By what a sentence shows that it names an outlet, even one that is no source here."""
        written = self.table.get("outlets")
        return re.compile(str(written)) if written else NEVER

    @cached_property
    def loaded(self) -> Phrases | None:
        """Words that judge what they tell."""
        return self._phrases("loaded")

    @cached_property
    def foreign(self) -> Phrases | None:
        """Words of other languages that are written in this one's script."""
        return self._phrases("foreign")

    def signs_in(self, text: str, lowered: frozenset[str]) -> frozenset[str]:
        """What in `text` hints at one of these phrases; `lowered` are its words where spaces part them."""
        if self.spaced:
            return self._signs & lowered
        match = self._sign.search(text)
        if match is None:
            return frozenset()
        found: set[str] = set()
        while match is not None:
            found |= self._signs_within[match[0]]
            match = self._sign.search(text, match.start() + 1)
        return frozenset(found)

    @cached_property
    def _signs(self) -> frozenset[str]:
        every = (self.relative, self.authorities, self.loaded, self.foreign)
        return frozenset().union(*(phrases.by_sign for phrases in every if phrases))

    @cached_property
    def _sign(self) -> re.Pattern[str]:
        longest_first = sorted(self._signs, key=lambda sign: (-len(sign), sign))
        return re.compile("|".join(map(re.escape, longest_first))) if self._signs else NEVER

    @cached_property
    def _signs_within(self) -> Mapping[str, frozenset[str]]:
        return {sign: frozenset(other for other in self._signs if other in sign) for sign in self._signs}

    @cached_property
    def after_names(self) -> Mapping[str, str]:
        """Particles of other languages that are found behind names, and what stands in their place."""
        section = self.table.get("foreign")
        return cast("Mapping[str, str]", section.get("after-names") or {}) if isinstance(section, dict) else {}

    def listed(self, name: str) -> list[str]:
        """The words of a list, written as a YAML list or with spaces between them."""
        written = self.table.get(name) or []
        return written.split() if isinstance(written, str) else cast("list[str]", written)

    def is_common(self, word: str) -> bool:
        """Whether `word`, in whatever form, is one that anybody may use."""
        low = word.lower()
        return low in self.common or any(
            low.endswith(ending) and not self.common.isdisjoint(_stems(low[: -len(ending)])) for ending in self.endings
        )

    def _phrases(self, name: str) -> Phrases | None:
        section = self.table.get(name)
        return read_phrases(section, self.spaced) if isinstance(section, dict) and section.get("found") else None


@lru_cache(maxsize=64)
def words_of(language: str) -> Words | None:
    """What is known about `language`, or about the language that it is a form of."""
    for candidate in (language, language.split("-", maxsplit=1)[0]):
        file = files("briefbook.rules").joinpath("data", f"words.{candidate}.yml")
        if file.is_file():
            return Words(candidate, MappingProxyType(read_table(file.read_text(encoding="utf-8"))))
    return None


@lru_cache(maxsize=1)
def every_table() -> tuple[Words, ...]:
    """What is known about each language that has a table."""
    names = (file.name for file in files("briefbook.rules").joinpath("data").iterdir())
    codes = sorted(name.split(".")[1] for name in names if name.startswith("words."))
    return tuple(words for code in codes if (words := words_of(code)))


@lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Whether `word` is no name in any language that there is a table for."""
    return any(words.is_common(word) for words in every_table())


def read_table(text: str) -> dict[str, object]:
    """A table as plain data in which every value stays the text it was."""
    # The base loader makes nothing but text, lists and mappings, so that “no” and “on” remain words.
    return cast("dict[str, object]", yaml.load(text, Loader=_LOADER))  # noqa: S506


def _pairs(written: str) -> Mapping[str, str]:
    return MappingProxyType({pair[0]: pair[1:] for pair in written.split()})


def _encodable(encoding: str | None) -> set[str]:
    """The ideographs that an encoding has."""
    if not encoding:
        return set()
    every = "".join(chr(code) for block in (range(0x4E00, 0xA000), range(0x3005, 0x3008)) for code in block)
    return set(every.encode(encoding, "ignore").decode(encoding))


def _enclosed(pairs: Iterable[str]) -> re.Pattern[str]:
    found = [rf"{re.escape(p[0])}[^{re.escape(p[0] + p[1])}]*{re.escape(p[1])}" for p in pairs if p[0] != "‘"]
    return re.compile("|".join(found)) if found else NEVER


def _stems(stem: str) -> Sequence[str]:
    """What a word may have been before it took an ending: `mak`, `make`; `plann`, `plan`; `compani`, `company`."""
    shorter = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return (stem, stem + "e", shorter, stem[:-1] + "y" if stem.endswith("i") else stem)
