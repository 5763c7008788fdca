"""Places: however YAML is written, a value's line and column lead to it, and it is what was written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from writing import Path, Written, yaml

from briefbook.diagnostics import Lines, Place
from briefbook.reading.yamledit import span
from briefbook.reading.yamltree import Node, Refused, decode, read_tree


def every(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    yield path, node
    value = node.value
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from every(inner, (*path, step))


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted by hand."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def read(written: Written) -> Node:
    tree, found = read_tree(written.text, "a.yml")
    assert [] == found
    assert tree is not None
    return tree


@given(yaml())
def test_what_is_written_is_read(written: Written) -> None:
    assert written.data == read(written).data()


@given(yaml())
def test_a_value_is_where_it_was_written(written: Written) -> None:
    nodes = dict(every(read(written)))
    assert written.values == {path: node.start for path, node in nodes.items()}
    expected = {path: Place("a.yml", *position(written.text, at)) for path, at in written.values.items()}
    assert expected == {path: node.place for path, node in nodes.items()}


@given(yaml())
def test_a_key_is_where_it_was_written(written: Written) -> None:
    nodes = [(path, node) for path, node in every(read(written)) if isinstance(node.value, dict)]
    found = {(*path, key): place for path, node in nodes for key, place in node.keys.items()}
    assert {path: Place("a.yml", *position(written.text, at)) for path, at in written.keys.items()} == found
    spans = {(*path, key): node.key_spans[key][0] for path, node in nodes for key in node.keys}
    assert written.keys == spans


@given(yaml())
def test_a_byte_order_mark_moves_nothing(written: Written) -> None:
    assert written.text == decode(codecs.BOM_UTF8 + written.text.encode(), "a.yml")


@given(yaml(), st.data())
def test_lines_and_columns_lead_back_to_the_character(written: Written, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(written.text)))
    lines = Lines(written.text)
    assert offset == lines.offset(*lines.position(offset))
    if written.text[offset - 1 : offset + 1] != "\r\n":
        assert position(written.text, offset) == lines.position(offset)


@given(yaml())
def test_what_a_text_spans_reads_as_that_text(written: Written) -> None:
    tree = read(written)
    for path, node in every(tree):
        if path in written.texts and node.style in ("'", '"'):
            start, end = span(written.text, node)
            again, _ = read_tree(f"[{written.text[start:end]}]", "a.yml")
            assert again is not None
            assert [node.data()] == again.data()


ANYTHING = st.binary(max_size=60) | st.text("a:-[]{}?,#&*!|>'\"%@`\\\n\t \r\u0085\u2028é漢", max_size=60).map(str.encode)


@given(ANYTHING)
def test_anything_is_read_or_refused(raw: bytes) -> None:
    try:
        text = decode(raw, "a.yml")
    except Refused:
        return
    tree, found = read_tree(text, "a.yml")
    assert tree is not None or found or not re.sub(r"#[^\r\n]*|---|\.\.\.|\s", "", text)
    lines = Lines(text)
    for path, node in every(tree) if tree else ():
        # Behind the last character there is no line any more.
        assert node.start == len(text) or (node.place.line, node.place.column) == lines.position(node.start), path
