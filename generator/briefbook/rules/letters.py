"""What is known about letters in any language: their scripts, and which look like which (`data/scripts.yml`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

from briefbook.rules.vocabulary import read_table


@lru_cache(maxsize=100_000)
def script_of(char: str) -> str:
    """The name of the script that a letter belongs to."""
    code = ord(char)
    for script, ranges in letter_table().ranges.items():
        if any(first <= code <= last for first, last in ranges):
            return script
    return unicodedata.name(char, "unknown").split(maxsplit=1)[0].title()


@dataclass(frozen=True, slots=True)
class Table:
    """What `data/scripts.yml` says."""

    ranges: Mapping[str, tuple[tuple[int, int], ...]]
    # Latin letters by the letters that are taken for them.
    alike: Mapping[str, str]
    # Syllables by the characters, one or two, that are taken for them.
    katakana: Mapping[str, str]
    # Letters that stand for quantities in any language.
    symbols: frozenset[str]

    def inside(self, script: str) -> str:
        """The letters of a script, as the inside of a set of a regular expression."""
        return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in self.ranges.get(script, ()))


@lru_cache(maxsize=1)
def letter_table() -> Table:
    """The one table of letters."""
    read = read_table(files("briefbook.rules").joinpath("data", "scripts.yml").read_text(encoding="utf-8"))
    ranges = {script: tuple(map(_range, str(given).split())) for script, given in cast("dict[str, str]", read["ranges"]).items()}
    alike = {other: letter for letter, others in cast("dict[str, str]", read["lookalikes"]).items() for other in others}
    katakana = {other: syllable for syllable, other in cast("dict[str, str]", read["katakana"]).items()}
    return Table(ranges, alike, katakana, frozenset(str(read["symbols"])))


def _range(written: str) -> tuple[int, int]:
    first, _, last = written.partition("-")
    return int(first, 16), int(last or first, 16)
