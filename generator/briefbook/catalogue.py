"""Every code a finding can have: its title, severity and family, and at length why it matters and how to mend it.

What is told of a code stands in `explanations/<CODE>.md`, and nowhere else.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from briefbook.diagnostics import Diagnostic, Severity

FAMILIES: Mapping[str, str] = MappingProxyType({
    "Y": "files and YAML",
    "F": "fields of a fact",
    "R": "references between facts",
    "C": "claims and whose word they are",
    "L": "languages and labels",
    "T": "texts and links",
    "P": "hand-written pages",
    "I": "accepted findings",
    "N": "numbers that agree between languages",
    "W": "words",
    "H": "time and logic",
    "E": "evidence",
    "D": "duplicates and orphans",
    "S": "stale translations",
    "V": "frozen editions",
})


class UnknownCode(Exception):  # noqa: N818  # a user's slip, told in words
    """A code, or the start of codes, that no finding has; the message says what may have been meant."""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a file that an explanation shows: its kind of content (`yaml`, `markdown` …) and the text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """What is told of one code. `silence` and `fix` say in words whether that can be; `markdown` is all of it."""

    code: str
    title: str
    severity: Severity
    silence: str
    fix: str
    meaning: str
    why: str
    wrong: Example
    right: Example
    markdown: str

    @property
    def family(self) -> str:
        """What findings of its letter are about."""
        return FAMILIES[self.code[0]]


@cache
def codes() -> Mapping[str, Code]:
    """Every code there is, family by family."""
    folder = files("briefbook") / "explanations"
    names = [item.name.removesuffix(".md") for item in folder.iterdir() if item.name.endswith(".md")]
    letters = list(FAMILIES)
    ordered = sorted(names, key=lambda name: (letters.index(name[0]), name))
    return MappingProxyType({name: _read(name, (folder / f"{name}.md").read_text(encoding="utf-8")) for name in ordered})


def code(name: str) -> Code:
    """What is told of one code, in whatever case it is written. Raises `UnknownCode`."""
    wanted = name.strip().upper()
    if wanted not in codes():
        raise UnknownCode(f"there is no code “{name}”{_meant(wanted)}")
    return codes()[wanted]


def prefixes(written: Iterable[str]) -> tuple[str, ...]:
    """Codes and starts of codes, as given to `--select` and `--ignore`, also with commas between. Raises `UnknownCode`.

    `ALL` stands for every code.
    """
    named = [part.strip().upper() for one in written for part in one.split(",") if part.strip()]
    for prefix in named:
        if prefix != "ALL" and not any(known.startswith(prefix) for known in codes()):
            raise UnknownCode(f"no code starts with “{prefix}”{_meant(prefix)}")
    return tuple("" if prefix == "ALL" else prefix for prefix in named)


def explain(name: str, width: int = 80) -> str:
    """All that is told of a code, for a terminal `width` columns wide. Raises `UnknownCode`."""
    return _plain(code(name).markdown, width)


def explain_all() -> str:
    """Every code with its severity and title, family by family, for a terminal."""
    blocks = []
    for letter, family in FAMILIES.items():
        known = [one for one in codes().values() if one.code[0] == letter]
        rows = [f"  {one.code}  {one.severity.value:7}  {one.title}" for one in known]
        blocks += ["\n".join([f"{letter}  {family}", *rows])] if rows else []
    return "\n\n".join([*blocks, "briefbook explain CODE tells more of one."])


def overview(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings there are by family and code, worst code first; nothing where there are none."""
    found = list(diagnostics)
    counts = Counter(diagnostic.code for diagnostic in found)
    rows = []
    for letter, family in FAMILIES.items():
        named = sorted((code for code in counts if code[0] == letter), key=lambda code: (-counts[code], code))
        if named:
            told = ", ".join(f"{code} ×{counts[code]:,}" for code in named)
            rows.append((f"{sum(counts[code] for code in named):,}", family, told))
    wide, long = (max((len(row[n]) for row in rows), default=0) for n in (0, 1))
    return "\n".join(f"  {number:>{wide}}  {family:{long}}  {told}" for number, family, told in rows)


def as_markdown() -> str:
    """The page that lists every code: for people who look for one, and for links from other tools."""
    parts = [
        "# What `briefbook check` finds\n",
        _PREFACE,
        _contents(),
    ]
    for letter, family in FAMILIES.items():
        known = [one for one in codes().values() if one.code[0] == letter]
        parts += [f"## {letter}: {family}\n"] if known else []
        parts += [f'<a id="{one.code.lower()}"></a>\n\n{_lowered(one.markdown)}' for one in known]
    return "\n".join(parts)


def _contents() -> str:
    rows = ["| code | | severity | fixed by `--fix` |", "| --- | --- | --- | --- |"]
    for one in codes().values():
        title = one.title.replace("|", "\\|")
        rows.append(f"| [{one.code}](#{one.code.lower()}) | {title} | {one.severity.value} | {'' if one.fix == 'none' else 'where certain'} |")
    return "\n".join([*rows, ""])


def _lowered(markdown: str) -> str:
    """The same with every heading two levels lower; a `#` within a fence is a comment, and no heading."""
    parts = re.split(r"(^```.*?^```)", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else re.sub(r"^#+ ", r"##\g<0>", part, flags=re.MULTILINE) for part in parts)


_PREFACE = (
    "Each finding has a code: a letter for its family and three digits. `briefbook explain CODE` shows what stands here.\n"
    "This page is made from `briefbook/explanations/`; write there, and a test tells how to make it anew.\n"
)
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _read(name: str, markdown: str) -> Code:
    """One explanation: a heading, a list of short facts, the meaning, and three sections."""
    head, *parts = _SECTION.split(markdown)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    heading, facts, meaning = head.split("\n\n", 2)
    told = dict(line.removeprefix("- ").split(": ", 1) for line in facts.splitlines())
    return Code(
        name, heading.removeprefix(f"# {name}: ").strip(), Severity(told["severity"]), told["silence"], told["fix"],
        meaning.strip(), sections["Why it matters"].strip(), _example(sections["Wrong"]), _example(sections["Right"]), markdown,
    )


def _example(section: str) -> Example:
    match = _FENCE.search(section)
    assert match, f"no example in {section!r}"
    return Example(match[1], match[2])


def _meant(wanted: str) -> str:
    if wanted[:1] not in FAMILIES:
        return f"; the families are {', '.join(FAMILIES)}"
    near = get_close_matches(wanted, list(codes()), n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else ""


def _plain(markdown: str, width: int) -> str:
    """Markdown as people read it on a terminal: examples indented, paragraphs wrapped, no marks."""
    blocks: list[str] = []
    for block in _blocks(markdown):
        if block.startswith("```"):
            blocks.append(textwrap.indent("\n".join(block.splitlines()[1:-1]), "    "))
        elif block.startswith("#"):
            blocks.append(block.lstrip("#").strip())
        else:
            items = block.splitlines() if block.startswith("- ") else [" ".join(block.split())]
            blocks += ["\n".join(textwrap.fill(item, width, subsequent_indent="  " if item.startswith("- ") else "") for item in items)]
    return "\n\n".join(blocks)


def _blocks(markdown: str) -> Sequence[str]:
    """Paragraphs, headings, lists and fences, each as it stands."""
    blocks: list[list[str]] = [[]]
    fenced = False
    for line in markdown.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if line.strip() or fenced:
            blocks[-1].append(line)
        else:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]
