"""YAML as anybody may write it: any style, any line end, any script, each value and key with the place it was put at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

from briefbook.reading.yamltree import Data

Step = str | int
Path = tuple[Step, ...]

# Characters of one, two, three and four bytes; some that are two to the eye; all that YAML gives a meaning to.
LETTERS = "ab é漢あア𠮷😀\u0301-:#,.?&*!|>'\"%@`{}[]~=\\0"
WORDS = st.text(LETTERS, min_size=1, max_size=12)
KEYS = st.text("abcé漢あ𠮷", min_size=1, max_size=4)
_PLAIN = re.compile(r"[aé漢あア𠮷😀](?:[^:#,\[\]{}]*[^:#,\[\]{} ])?")
_NOT_TEXT = re.compile(r"true|false|null|~")
_ESCAPED = {'"': '\\"', "\\": "\\\\"}


@dataclass
class Written:
    """A YAML text, what it says, and where (offset in characters) each value and each key of it begins."""

    text: str
    data: Data
    values: dict[Path, int]
    keys: dict[Path, int]
    # Which texts may be replaced with anything, being neither empty nor in a mapping's key.
    texts: list[Path] = field(default_factory=list)


@st.composite
def yaml(draw: st.DrawFn, line_ends: tuple[str, ...] = ("\n", "\r\n", "\r")) -> Written:
    """A mapping of mappings, lists and texts, in every style there is."""
    data = draw(st.dictionaries(KEYS, _values(), min_size=1, max_size=3))
    pen = _Pen(draw)
    if draw(st.booleans()):
        pen.put("# a comment: 漢字\n")
    pen.block_mapping(data, 0, ())
    return pen.finished(data, draw(st.sampled_from(line_ends)))


def _values() -> st.SearchStrategy[Data]:
    leaves: st.SearchStrategy[Data] = WORDS | st.integers(-999, 999_999) | st.booleans() | st.none()
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3),
        max_leaves=8,
    )


class _Pen:
    """Writes, and remembers where."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.pieces: list[str] = []
        self.length = 0
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.texts: list[Path] = []

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def choose(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def finished(self, data: Data, line_end: str) -> Written:
        text = "".join(self.pieces)
        if line_end == "\r\n":
            before = [0]
            for character in text:
                before.append(before[-1] + (character == "\n"))
            self.values = {path: at + before[at] for path, at in self.values.items()}
            self.keys = {path: at + before[at] for path, at in self.keys.items()}
        return Written(text.replace("\n", line_end), data, self.values, self.keys, self.texts)

    def block_mapping(self, data: dict[str, Data], indent: int, path: Path, *, first_in_place: bool = False) -> None:
        self.values[path] = self.length + (0 if first_in_place else indent)
        for number, (key, value) in enumerate(data.items()):
            self.put("" if first_in_place and not number else " " * indent)
            self.key(key, (*path, key))
            self.put(":")
            self.value(value, indent, (*path, key))

    def key(self, key: str, path: Path) -> None:
        self.keys[path] = self.length
        self.put(self.choose(key, key, f"'{key}'", f'"{key}"'))

    def value(self, value: Data, indent: int, path: Path) -> None:
        """What stands behind a key's colon or an item's dash, to the end of its last line."""
        if isinstance(value, dict | list) and self.draw(st.booleans()):
            self.put(self.choose("\n", "\n", "  # why\n"))
            inner = indent + self.draw(st.integers(1, 3))
            if isinstance(value, dict):
                self.block_mapping(value, inner, path)
            else:
                self.block_list(value, inner, path)
            return
        self.put(self.choose(" ", " ", "   "))
        block = self.choose("", "", "|", ">")
        if block and isinstance(value, str) and value == value.strip():
            self.begin(path, value)
            self.put(f"{block}-\n" + " " * (indent + 2) + value + "\n")
            return
        self.inline(value, path)
        self.put(self.choose("\n", "\n", "  # because: of\n"))

    def block_list(self, items: list[Data], indent: int, path: Path) -> None:
        self.values[path] = self.length + indent
        for number, item in enumerate(items):
            self.put(" " * indent + "-")
            if isinstance(item, dict) and self.draw(st.booleans()):
                self.put(" ")
                self.block_mapping(item, indent + 2, (*path, number), first_in_place=True)
            else:
                self.value(item, indent, (*path, number))

    def begin(self, path: Path, value: Data) -> None:
        self.values[path] = self.length
        if isinstance(value, str):
            self.texts.append(path)

    def inline(self, value: Data, path: Path) -> None:
        self.begin(path, value)
        if isinstance(value, dict):
            self.put("{")
            for number, (key, inner) in enumerate(value.items()):
                self.put(self.choose(", ", ",  ") if number else "")
                self.key(key, (*path, key))
                self.put(": ")
                self.inline(inner, (*path, key))
            self.put("}")
        elif isinstance(value, list):
            self.put("[")
            for number, inner in enumerate(value):
                self.put(", " if number else "")
                self.inline(inner, (*path, number))
            self.put("]")
        elif isinstance(value, str):
            self.put(self.text(value))
        else:
            self.put({True: "true", False: "false", None: "null"}[value] if value is None or isinstance(value, bool) else str(value))

    def text(self, value: str) -> str:
        styles = ["'" + value.replace("'", "''") + "'", '"' + "".join(_ESCAPED.get(c, c) for c in value) + '"']
        if _PLAIN.fullmatch(value) and not _NOT_TEXT.fullmatch(value):
            styles.append(value)
        return self.draw(st.sampled_from(styles))

