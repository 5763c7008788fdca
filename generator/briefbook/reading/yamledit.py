"""Edits to the text of a YAML file that leave all else as it stands: comments, layout, line ends, byte order mark.

An edit is made from a tree that was read from that very text. It says what it replaces, so that it is refused where
the text has changed since.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from briefbook.diagnostics import Edit
from briefbook.reading.yamltree import Data, Node, Scalar, read_tree

_BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"(?P<sign>[>|])(?P<indicators>[-+0-9]*)(?P<comment>[ \t]+#[^\r\n]*)?[ \t]*(?:\r\n|\r|\n)?")
# A space on which a line may be folded: reading turns the line break into that space again.
_FOLD = re.compile(r"(?<=[^ ]) (?=[^ ])")
_MUST_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WIDEST = 120
_BOM = b"\xef\xbb\xbf"


class CannotEdit(Exception):  # noqa: N818  # nothing failed: the edit is refused
    """An edit that cannot be made, or not without touching more than it should; says why."""


class Changed(CannotEdit):
    """A text that is not the one the edits were made for."""


def at(tree: Node, path: Iterable[str | int]) -> Node:
    """The node that `path`, of keys and positions, leads to. Raises `CannotEdit` where there is none."""
    node = tree
    for step in path:
        value = node.value
        if isinstance(value, dict) and step in value:
            node = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            node = value[step]
        else:
            raise CannotEdit(f"there is no “{step}” at {node.place}")
    return node


def replace_scalar(text: str, node: Node, value: Scalar) -> Edit:
    """Write `value` in place of a scalar, in the style it has if that can hold it, else in quotes.

    A block (`|` or `>`) keeps its header; line breaks at the end of `value` are then those that the header asks for.
    """
    if isinstance(node.value, dict | list):
        raise CannotEdit(f"a list or mapping stands at {node.place}, not a text")
    start, end = span(text, node)
    if start == end:
        # Nothing is written there: `key:` without a value.
        written = _spaced(text, start, _inline(value, bracketed=node.bracketed))
        return Edit(node.place.file, start, "", written)
    for written in _in_its_style(text, node, value):
        if _reads_as(written, value, bracketed=node.bracketed):
            return Edit(node.place.file, start, text[start:end], written)
    raise CannotEdit(f"the new text cannot be written at {node.place}")


def replace_word(text: str, node: Node, word: str, new: str, offset: int | None = None) -> Edit:
    """Write `new` for `word` in a scalar text, touching nothing else of it where that can be.

    It is the first such word, or the one that starts at `offset`.
    """
    if not isinstance(node.value, str) or not word or word not in node.value:
        raise CannotEdit(f"“{word}” does not stand at {node.place}")
    start, end = span(text, node)
    at_ = text.find(word, start, end) if offset is None else offset
    before = text.count(word, start, at_) if at_ >= 0 else 0
    parts = node.value.split(word)
    if before + 1 >= len(parts):
        raise CannotEdit(f"“{word}” does not stand there at {node.place}")
    value = word.join(parts[: before + 1]) + new + word.join(parts[before + 1 :])
    in_place = text[start:at_] + new + text[at_ + len(word) : end]
    if at_ >= 0 and text.startswith(word, at_) and _reads_as(in_place, value, bracketed=node.bracketed):
        return Edit(node.place.file, at_, word, new)
    return replace_scalar(text, node, value)


def rename_key(text: str, mapping: Node, key: str, new: str) -> Edit:
    """Write `new` in place of a key. Raises `CannotEdit` where that key is there already."""
    entries = _entries(mapping)
    if key not in entries:
        raise CannotEdit(f"there is no “{key}” at {mapping.place}")
    if new in entries:
        raise CannotEdit(f"“{new}” is there already, at {mapping.keys[new]}")
    start, end = mapping.key_spans[key]
    return Edit(mapping.place.file, start, text[start:end], _inline(new, bracketed=True, key=True))


def insert_entry(text: str, mapping: Node, key: str, value: Data, *, after: str | None = None) -> Edit:
    """Add `key: value` to a mapping, behind the entry `after` or the last one, written like that one.

    A text goes into a block where its neighbour is one, or where the line would be very long.
    """
    entries = _entries(mapping)
    if key in entries:
        raise CannotEdit(f"“{key}” is there already, at {mapping.keys[key]}")
    if after is not None and after not in entries:
        raise CannotEdit(f"there is no “{after}” at {mapping.place}")
    written = _inline(key, bracketed=True, key=True)
    if mapping.style:
        return _insert_bracketed(text, mapping, f"{written}: {_inline(value, bracketed=True)}", after)
    neighbour = after or next(reversed(entries))
    indent = mapping.keys[neighbour].column - 1
    lines = _entry_lines(text, entries[neighbour], written, value, indent)
    return _insert_lines(text, mapping.place.file, _end(text, entries[neighbour], mapping.key_spans[neighbour]), lines)


def delete_entry(text: str, mapping: Node, key: str) -> Edit:
    """Take an entry out of a mapping. Raises `CannotEdit` for its only entry: delete the mapping itself then."""
    entries = _entries(mapping)
    if key not in entries:
        raise CannotEdit(f"there is no “{key}” at {mapping.place}")
    names = list(entries)
    spans = [(mapping.key_spans[name][0], _end(text, entries[name], mapping.key_spans[name])) for name in names]
    if mapping.style:
        return _delete_bracketed(text, mapping, spans, names.index(key))
    return _delete_lines(text, mapping, spans, names.index(key))


def delete_item(text: str, listing: Node, position: int) -> Edit:
    """Take an item out of a list. Raises `CannotEdit` for its only item: delete the list itself then."""
    items = listing.value
    if not isinstance(items, list) or not 0 <= position < len(items):
        raise CannotEdit(f"there is no item {position + 1} at {listing.place}")
    spans = [span(text, item) for item in items]
    if listing.style:
        return _delete_bracketed(text, listing, spans, position)
    return _delete_lines(text, listing, [(_dash(text, start, listing), end) for start, end in spans], position)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all `edits` made. Raises `Changed` where it is not what they were made for, and for overlaps."""
    ordered = sorted(edits, key=lambda edit: edit.offset)
    for edit in ordered:
        if text[edit.offset : edit.end] != edit.old:
            raise Changed(f"the file {edit.file} has changed since it was read")
    for one, other in pairwise(ordered):
        if other.offset < one.end:
            raise CannotEdit(f"two edits of {one.file} want to change the same words")
    pieces, done = [], 0
    for edit in ordered:
        pieces += [text[done : edit.offset], edit.new]
        done = edit.end
    return "".join([*pieces, text[done:]])


def save(path: Path, before: str, after: str) -> None:
    """Write `after` to a file, all or nothing, keeping its byte order mark. Raises `Changed` unless it still holds `before`."""
    target = path.resolve()
    raw = target.read_bytes()
    mark = _BOM if raw.startswith(_BOM) else b""
    if raw != mark + before.encode("utf-8"):
        raise Changed(f"the file {path} has changed since it was read")
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mark + after.encode("utf-8"))
        shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def span(text: str, node: Node) -> tuple[int, int]:
    """From where to where a value is written, without the blank lines and comments behind it."""
    if node.start == node.end:
        return node.start, node.end
    written = text[node.start : node.end].rstrip("\r\n\t ")
    end = node.start + len(written)
    # In a block the blanks at the end of its last line are part of the text.
    return node.start, _line_end(text, end) if node.style in ("|", ">") else end


def line_break(text: str) -> str:
    """How the lines of a text end."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def _entries(mapping: Node) -> dict[str, Node]:
    if not isinstance(mapping.value, dict):
        raise CannotEdit(f"no mapping stands at {mapping.place}")
    return mapping.value


def _end(text: str, node: Node, key: tuple[int, int]) -> int:
    """Where an entry ends; one without a value ends at its colon."""
    end = span(text, node)[1]
    if end > key[1]:
        return end
    colon = text.find(":", key[1])
    return colon + 1 if colon >= 0 and not text[key[1] : colon].strip() else key[1]


# How a value is written.


def _in_its_style(text: str, node: Node, value: Scalar) -> Iterator[str]:
    start, end = span(text, node)
    if isinstance(value, str):
        if node.style in ("|", ">"):
            yield from _as_block(text[start:end], value, line_break(text))
        elif node.style in ("'", '"'):
            yield from _folded(text, start, end, _quoted(value, node.style))
        else:
            yield from _folded(text, start, end, value)
    comment = _HEADER.match(text[start:end]) if node.style in ("|", ">") else None
    yield _inline(value, bracketed=node.bracketed) + (comment["comment"] or "" if comment else "")


def _as_block(source: str, value: str, newline: str) -> Iterator[str]:
    header = _HEADER.match(source)
    lines = _BREAK.split(source[header.end() :]) if header else []
    filled = [line for line in lines if line.strip()]
    if header is None or not filled or re.search(r"\d", header["indicators"]):
        return
    indent = filled[0][: len(filled[0]) - len(filled[0].lstrip(" "))]
    head = source[: header.end()].rstrip("\r\n") + newline
    text = value.rstrip("\n")
    if header["sign"] == "|":
        yield head + newline.join((indent + line).rstrip(" ") if not line else indent + line for line in text.split("\n"))
        return
    widths = [len(line) - len(indent) for line in filled]
    paragraphs = [_wrap(part, max(widths) if len(widths) > 1 else None) for part in text.split("\n")]
    yield head + f"{newline}{newline}".join(newline.join(indent + line for line in part) for part in paragraphs)


def _folded(text: str, start: int, end: int, written: str) -> Iterator[str]:
    """`written` over as many lines as the value had, if it had several; then on one line."""
    rest = _BREAK.split(text[start:end])[1:]
    if rest and (filled := [line for line in rest if line.strip()]):
        indent = filled[0][: len(filled[0]) - len(filled[0].lstrip(" \t"))]
        first = start - _line_start(text, start)
        width = max(len(line) - len(indent) for line in filled)
        lines = _wrap(" " * max(0, first - len(indent)) + written, width + 1, keep_start=True)
        yield line_break(text).join([lines[0], *(indent + line for line in lines[1:])])
    yield written


def _wrap(text: str, width: int | None, *, keep_start: bool = False) -> list[str]:
    """Lines of at most `width` characters, broken only where folding gives the same text back."""
    if width is None:
        return [text]
    blank = len(text) - len(text.lstrip(" ")) if keep_start else 0
    lines: list[str] = []
    line = text[:blank]
    for number, word in enumerate(_FOLD.split(text[blank:])):
        if number and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line += (" " if number else "") + word
    lines.append(line)
    return [lines[0][blank:], *lines[1:]]


def _inline(value: Data, *, bracketed: bool, key: bool = False) -> str:
    """A value on one line: bare where that reads as the same value, else in quotes; lists and mappings in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(k, bracketed=True, key=True)}: {_inline(v, bracketed=True)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item, bracketed=True) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return str(value)
    if _reads_as_key(value) if key else _reads_as(value, value, bracketed=bracketed):
        return value
    return _quoted(value, "'" if '"' in value or "\\" in value else '"')


def _quoted(value: str, mark: str) -> str:
    if mark == "'" and not _MUST_ESCAPE.search(re.sub(r'["\\]', "", value)):
        return "'" + value.replace("'", "''") + "'"
    return '"' + _MUST_ESCAPE.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", value) + '"'


def _reads_as(written: str, value: Data, *, bracketed: bool) -> bool:
    """Whether `written` gives back `value` and nothing else, where it stands beside other entries."""
    sample = f"{{k: {written}, z: 1}}" if bracketed else f"k: {written}\nz: 1\n"
    tree, found = read_tree(sample, "")
    if tree is None or found:
        return False
    data = tree.data()
    if not isinstance(data, dict) or list(data) != ["k", "z"]:
        return False
    actual = data["k"]
    if written[:1] in (">", "|") and isinstance(actual, str) and isinstance(value, str):
        return actual.rstrip("\n") == value.rstrip("\n")
    return actual == value and type(actual) is type(value)


def _reads_as_key(written: str) -> bool:
    tree, found = read_tree(f"{{{written}: 1}}", "")
    return tree is not None and not found and tree.data() == {written: 1} and len(written) < _WIDEST


# Where it is written.


def _insert_bracketed(text: str, mapping: Node, entry: str, after: str | None) -> Edit:
    entries = _entries(mapping)
    if not entries:
        start, end = span(text, mapping)
        return Edit(mapping.place.file, start, text[start:end], f"{{{entry}}}")
    neighbour = after or next(reversed(entries))
    end = _end(text, entries[neighbour], mapping.key_spans[neighbour])
    return Edit(mapping.place.file, end, "", f", {entry}")


def _entry_lines(text: str, neighbour: Node, key: str, value: Data, indent: int) -> list[str]:
    lead = " " * indent + key + ":"
    if isinstance(value, str) and value == value.strip() and "\n" not in value:
        block = neighbour.style in ("|", ">")
        if block or indent + len(key) + len(value) + 2 > _WIDEST:
            source = text[slice(*span(text, neighbour))]
            filled = [line for line in _BREAK.split(source)[1:] if line.strip()] if block else []
            inner = len(filled[0]) - len(filled[0].lstrip(" ")) if filled else indent + 2
            width = max(len(line) - inner for line in filled) if len(filled) > 1 else None if filled else _WIDEST - inner
            lines = [lead + " >-", *(" " * inner + line for line in _wrap(value, width))]
            if _reads_as("\n".join([">-", *lines[1:]]), value, bracketed=False):
                return lines
    return [f"{lead} {_inline(value, bracketed=False)}"]


def _insert_lines(text: str, file: str, end: int, lines: Sequence[str]) -> Edit:
    newline = line_break(text)
    place = _line_end(text, end)
    if text[end:place].strip() and not text[end:place].lstrip().startswith("#"):
        raise CannotEdit(f"something else stands on the same line in {file}")
    return Edit(file, place, "", "".join(newline + line for line in lines))


def _delete_bracketed(text: str, node: Node, spans: list[tuple[int, int]], position: int) -> Edit:
    if len(spans) == 1:
        raise CannotEdit(f"it is the only entry at {node.place}")
    start, end = spans[position]
    before = spans[position - 1][1]
    if position + 1 < len(spans):
        end = spans[position + 1][0]
    elif _only_comma(text[before:start]):
        start = before
    else:
        # A comment stands between: leave it, and the comma before it, which YAML allows at the end.
        comma = re.compile(r"\s*,").match(text, end)
        start, end = _whole_line(text, start, comma.end() if comma else end)
    return Edit(node.place.file, start, text[start:end], "")


def _only_comma(between: str) -> bool:
    return not between.replace(",", "", 1).strip()


def _whole_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The same with the whole line, where nothing else stands on it."""
    first, last = _line_start(text, start), _line_end(text, end)
    following = _BREAK.match(text, last)
    if following and not text[first:start].strip() and not text[end:last].strip():
        return first, following.end()
    return start, end


def _delete_lines(text: str, node: Node, spans: list[tuple[int, int]], position: int) -> Edit:
    if len(spans) == 1:
        raise CannotEdit(f"it is the only entry at {node.place}")
    start, end = spans[position]
    if text[_line_start(text, start) : start].strip():
        # Its line has something before it, such as the dash of a list: take what follows up to there.
        if position + 1 == len(spans):
            raise CannotEdit(f"something else stands on the same line at {node.place}")
        stop = spans[position + 1][0]
        return Edit(node.place.file, start, text[start:stop], "")
    start, end = _line_start(text, start), _line_end(text, end)
    following = _BREAK.match(text, end)
    if following:
        end = following.end()
    elif start:
        # The last line has no line break of its own: take the one before it.
        start = len(text[:start].removesuffix("\n").removesuffix("\r"))
    return Edit(node.place.file, start, text[start:end], "")


def _dash(text: str, start: int, listing: Node) -> int:
    """Where the dash of a list's item stands; it is in the column in which the list begins."""
    column = listing.place.column - 1
    line = _line_start(text, start)
    while line >= 0:
        if text[line + column : line + column + 1] == "-" and not text[line : line + column].strip(" -"):
            return line + column
        if line == 0 or line <= _line_start(text, listing.start):
            break
        line = _line_start(text, line - 1)
    raise CannotEdit(f"the dash of an item cannot be found at {listing.place}")


def _spaced(text: str, offset: int, written: str) -> str:
    before = " " if offset and text[offset - 1] not in " \t\r\n[{" else ""
    after = " " if text[offset : offset + 1] == "#" else ""
    return before + written + after


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    found = _BREAK.search(text, offset)
    return found.start() if found else len(text)
