"""Strict YAML: text, true and false, whole numbers and null, nothing else guessed, and the place of everything.

YAML 1.1 reads `no` as false, `012` as ten, `1:30` as ninety and `2021-02-03` as a day; here they stay what was
typed. Anchors, aliases and tags are refused: they hide what a file says, and some explode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from yaml import events as ev

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.reading.encodings import encoding_in, likely_encoding

DEEPEST = 40
LARGEST = 5_000_000
# Characters of one text: more than anybody reads on a page, and few enough that no rule takes long over it.
LONGEST = 20_000
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_HIDDEN = (
    (re.compile("[\u202a-\u202e\u2066-\u2069]"), "a character that reverses the direction of text"),
    (re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"), "a control character"),
    # They spell words that machines read and people do not see; only some flags are made with them.
    (re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]"), "a letter that cannot be seen"),
    # YAML takes these for the end of a line, which nobody sees in an editor.
    (re.compile("[\u2028\u2029]"), "a line end that cannot be seen"),
)
# All of them together: one look at a text is enough where it has none.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | bool | None
Data = Scalar | list["Data"] | dict[str, "Data"]


@dataclass(slots=True)
class Node:
    """A value and where it stands: a scalar, a list of nodes, or a mapping of key to node."""

    place: Place
    end_line: int
    value: Scalar | list[Node] | dict[str, Node]
    # For a mapping: where each key stands.
    keys: dict[str, Place] = field(default_factory=dict)
    # The same in characters from the start of the text: of the value, and of each key.
    start: int = 0
    end: int = 0
    key_spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    # How it is written: a scalar plain (""), quoted (' or ") or as a block (| or >); a collection in brackets ([ or {) or not.
    style: str = ""
    # Whether it stands within brackets.
    bracketed: bool = False

    def data(self) -> Data:
        """The value alone, as plain Python data."""
        if isinstance(self.value, dict):
            return {key: node.data() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        return self.value


class Refused(Exception):  # noqa: N818  # it is the file that is refused; nothing failed
    """A file that cannot be read on: carries the diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def decode(raw: bytes, name: str) -> str:
    """The text of a file. Raises `Refused` where it is too large, not UTF-8, or has characters no text needs."""
    if len(raw) > LARGEST:
        raise too_large(name, f"{len(raw):,} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        hint = f"save the file as UTF-8 ({likely_encoding(raw)} now)"
        raise _refused("Y001", place, f"byte 0x{raw[error.start]:02x} is not UTF-8", hint) from error
    if unseen := hidden(text):
        known = encoding_in(raw)
        hint = f"save the file as UTF-8 (it seems to be {known} now)" if known else "delete it"
        raise _refused("Y002", _place_at(name, text, unseen[1]), unseen[0], hint)
    return text


def too_large(name: str, size: str, most: int = LARGEST) -> Refused:
    """That a file has more bytes than the `most` it may have."""
    message = f"the file is too large: {size}; the limit is {most:,}"
    return _refused("Y006", Place(name), message, "split it into several files")


def hidden(text: str) -> tuple[str, int] | None:
    """What `text` has in it that no text needs and no reader sees, and where."""
    for pattern, what in _HIDDEN if _SUSPECT.search(text) else ():
        if match := pattern.search(text):
            return f"{what}, U+{ord(match[0]):04X}", match.start()
    return None


def read_tree(text: str, name: str) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of one YAML document and what is wrong with it; no tree where its syntax is broken or it is empty."""
    found: list[Diagnostic] = []
    try:
        return _Builder(name, found).build(yaml.parse(text, Loader=LOADER)), found
    except Refused as refusal:
        return None, [*found, refusal.diagnostic]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        return None, [*found, Diagnostic("Y002", Severity.ERROR, _wording(error), place, _syntax_hint(error, text))]
    except yaml.YAMLError as error:
        return None, [*found, Diagnostic("Y002", Severity.ERROR, f"not YAML: {error}", Place(name))]


@dataclass
class _Builder:
    """Turns parser events into nodes, without recursion, so that no nesting can exhaust the stack."""

    name: str
    found: list[Diagnostic]

    def build(self, events: Iterator[ev.Event]) -> Node | None:
        root: Node | None = None
        open_: list[Node] = []
        pending: list[tuple[str, Node] | None] = []
        documents = 0
        for event in events:
            if isinstance(event, ev.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _refused("Y002", self._place(event), "a second document (---) in one file", "use two files")
            elif isinstance(event, ev.MappingEndEvent | ev.SequenceEndEvent):
                self._close(event, open_)
                pending.pop()
            elif isinstance(event, ev.AliasEvent | ev.NodeEvent):
                node = self._node(event)
                if open_:
                    node.bracketed = bool(open_[-1].style) or open_[-1].bracketed
                    open_[-1].end = node.end
                if open_ and isinstance(open_[-1].value, dict) and pending[-1] is None:
                    pending[-1] = self._key(node, event)
                else:
                    self._attach(node, open_, pending)
                    root = root or node
                    if isinstance(node.value, dict | list):
                        self._open(node, open_, pending)
        return root

    def _node(self, event: ev.Event) -> Node:
        place = self._place(event)
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None):
            hint = "write the value out where it is needed; quote a text that starts with & or *"
            raise _refused("Y004", place, "anchors (&) and aliases (*) are not allowed", hint)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _refused("Y004", place, f"tags ({tag}) are not allowed", "quote a text that starts with !")
        start, end = _offset(event.start_mark), _offset(event.end_mark)
        if isinstance(event, ev.ScalarEvent):
            if len(event.value) > LONGEST:
                length = f"{len(event.value):,} characters; the limit is {LONGEST:,}"
                raise _refused("Y006", place, f"the text is too long: {length}", "what is so long belongs on a hand-written page")
            if unseen := hidden(event.value):
                # Only an escape can have brought it in: as it is, no file with it is read.
                raise _refused("Y002", place, f"{unseen[0]}, written as an escape", "delete it")
            value = event.value if event.style else plain(event.value)
            return Node(place, _line(event.end_mark), value, start=start, end=end, style=event.style or "")
        if isinstance(event, ev.MappingStartEvent):
            return Node(place, _line(event.end_mark), {}, start=start, end=end, style="{" if event.flow_style else "")
        style = "[" if getattr(event, "flow_style", False) else ""
        return Node(place, _line(event.end_mark), [], start=start, end=end, style=style)

    def _close(self, event: ev.Event, open_: list[Node]) -> None:
        """End the innermost collection; without brackets it ends where its last entry does, before any comment."""
        node = open_.pop()
        node.end_line = _line(event.end_mark)
        if node.style:
            node.end = _offset(event.end_mark)
        if open_:
            open_[-1].end = node.end

    def _key(self, node: Node, event: ev.Event) -> tuple[str, Node]:
        if not isinstance(event, ev.ScalarEvent):
            raise _refused("Y002", node.place, "a list or mapping cannot be a key", "a key is one word")
        return event.value, node

    def _attach(self, node: Node, open_: list[Node], pending: list[tuple[str, Node] | None]) -> None:
        if not open_:
            return
        parent = open_[-1].value
        if isinstance(parent, list):
            parent.append(node)
        elif isinstance(parent, dict) and (key := pending[-1]):
            pending[-1] = None
            self._put(open_[-1], parent, key, node)

    def _put(self, parent: Node, entries: dict[str, Node], key: tuple[str, Node], node: Node) -> None:
        name, written = key
        if name in entries:
            first = parent.keys[name]
            message = f"“{name}” stands here a second time; the first is on line {first.line}"
            self.found.append(Diagnostic("Y003", Severity.ERROR, message, written.place, "keep one of them, or rename one"))
            return
        entries[name] = node
        parent.keys[name] = written.place
        parent.key_spans[name] = (written.start, written.end)

    def _open(self, node: Node, open_: list[Node], pending: list[tuple[str, Node] | None]) -> None:
        if len(open_) >= DEEPEST:
            raise _refused("Y005", node.place, f"nested more than {DEEPEST} deep")
        open_.append(node)
        pending.append(None)

    def _place(self, event: ev.Event) -> Place:
        mark = event.start_mark
        return Place(self.name, _line(mark), mark.column + 1 if mark else 1)


def _line(mark: object) -> int:
    # The parser always gives marks; its types say that it might not.
    return int(getattr(mark, "line", 0)) + 1


def _line_at(text: str, mark: object) -> str:
    lines = text.splitlines()
    return lines[_line(mark) - 1] if mark and _line(mark) <= len(lines) else ""


def _offset(mark: object) -> int:
    return int(getattr(mark, "index", 0))


def plain(written: str) -> Scalar:
    """An unquoted scalar: only these few words and whole numbers are not text."""
    if written in _WORDS:
        return _WORDS[written]
    return int(written) if _WHOLE.fullmatch(written) else written


_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def _place_at(name: str, text: str, offset: int) -> Place:
    return Place(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _refused(code: str, place: Place, message: str, hint: str | None = None) -> Refused:
    return Refused(Diagnostic(code, Severity.ERROR, message, place, hint))


def _wording(error: yaml.MarkedYAMLError) -> str:
    context = f" ({error.context})" if error.context else ""
    return f"this is not YAML: {error.problem or 'cannot be read'}{context}"


def _syntax_hint(error: yaml.MarkedYAMLError, text: str) -> str | None:
    problem = error.problem or ""
    if any("[[" in _line_at(text, mark) for mark in (error.problem_mark, error.context_mark)):
        return "quote a text that holds [["
    if "\\t" in problem or "tab" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs; quote a text that starts with a special character"
    if "mapping values are not allowed" in problem:
        return "quote a text that has a colon and a space in it, or indent the line like its neighbours"
    if "Unicode character escape code" in problem:
        return "write the character itself: an escape names a whole one, not half of it"
    if "could not find expected ':'" in problem or "expected <block end>" in problem:
        return "check the indentation, and that every key ends in a colon"
    return "check quotes, brackets and indentation on this line and the one before"
