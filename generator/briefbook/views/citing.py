"""How to cite an edition: in words, and for programs that keep references (BibTeX, CSL-JSON)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from briefbook.wording.markdown import Md

# What TeX takes for commands, in the order in which it is replaced.
_TEX = {"\\": r"\textbackslash{}", **{sign: f"\\{sign}" for sign in "&%$#_{}"}, "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited: an edition of a briefing, in one language. `url` is empty where the site's address is not known."""

    title: str
    language: str
    edition: str
    day: date
    note: str
    url: str

    @property
    def key(self) -> str:
        """What programs call it."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:40].strip("-")
        # Of a title in another script, next to nothing is left.
        return f"{slug if len(slug) * 2 > len(self.title) else 'briefing'}-{self.edition}-{self.language.lower()}"

    def bibtex(self) -> str:
        """An entry for BibTeX; `date` and `langid` are those of BibLaTeX, which older styles pass over."""
        fields = {
            "title": f"{{{_tex(self.title)}}}", "edition": _tex(self.edition), "note": _tex(self.note), "url": self.url,
            "date": self.edition, "year": str(self.day.year), "month": str(self.day.month), "langid": _tex(self.language),
        }
        rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{rows}\n}}\n"

    def csl(self) -> str:
        """The same as CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html), a list of one."""
        item: dict[str, object] = {
            "id": self.key, "type": "webpage", "title": self.title, "version": self.edition, "note": self.note,
            "issued": {"date-parts": [[self.day.year, self.day.month, self.day.day]]}, "language": self.language, "URL": self.url,
        }
        rows = (f"  {_json(name)}: {_json(value)}" for name, value in item.items() if value)
        return "[{\n" + ",\n".join(rows) + "\n}]\n"


def as_code(text: str) -> Md:
    """A text in which nothing means anything, as a block of code."""
    # Indented, since no text can end such a block. Only what programs take for line ends ends a line.
    return Md("\n".join(f"    {line}" for line in text.rstrip("\n").split("\n")))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
