"""Edits of YAML: one changes what it says it changes; every other value, and every other character, stays."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from writing import KEYS, WORDS, Path, Written, yaml

from briefbook.reading.rewording import Wording, reword
from briefbook.reading.yamledit import (
    CannotEdit,
    apply,
    at,
    delete_entry,
    delete_item,
    insert_entry,
    rename_key,
    replace_scalar,
    span,
)
from briefbook.reading.yamltree import Data, Node, Scalar, read_tree


def tree_of(text: str) -> Node:
    tree, found = read_tree(text, "a.yml")
    assert [] == found
    assert tree is not None
    return tree


def changed(data: Data, path: Path, value: Scalar) -> Data:
    copy: Any = deepcopy(data)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


def mappings(data: Data, path: Path = ()) -> list[Path]:
    if isinstance(data, dict):
        return [path, *(found for key, inner in data.items() for found in mappings(inner, (*path, key)))]
    return [found for n, inner in enumerate(data) for found in mappings(inner, (*path, n))] if isinstance(data, list) else []


def comments(text: str) -> int:
    return text.count("# why") + text.count("# because: of") + text.count("# a comment")


@given(yaml(), st.data(), WORDS | st.integers(-99, 99) | st.booleans() | st.none())
def test_a_new_value_stands_in_place_of_the_old_one_and_nothing_else_moves(
    written: Written, data: st.DataObject, value: Scalar
) -> None:
    assume(written.texts)
    path = data.draw(st.sampled_from(written.texts))
    node = at(tree_of(written.text), path)
    edit = replace_scalar(written.text, node, value)
    after = apply(written.text, [edit])
    assert changed(written.data, path, value) == tree_of(after).data()
    start, end = span(written.text, node)
    assert written.text[:start] == after[:start]
    assert written.text[end:] == after[len(after) - (len(written.text) - end) :]


@given(yaml(), st.data(), KEYS)
def test_a_key_renamed_keeps_its_place_and_value(written: Written, data: st.DataObject, new: str) -> None:
    path = data.draw(st.sampled_from(mappings(written.data)))
    mapping = at(tree_of(written.text), path)
    assert isinstance(mapping.value, dict)
    key = data.draw(st.sampled_from(list(mapping.value)))
    assume(new not in mapping.value)
    edit = rename_key(written.text, mapping, key, new)
    after = apply(written.text, [edit])
    again = at(tree_of(after), path)
    assert isinstance(again.value, dict)
    expected = {new if name == key else name: node.data() for name, node in mapping.value.items()}
    assert list(expected.items()) == [(name, node.data()) for name, node in again.value.items()]
    assert len(after) - len(edit.new) == len(written.text) - len(edit.old)
    assert written.text[: edit.offset] + written.text[edit.end :] == after[: edit.offset] + after[edit.offset + len(edit.new) :]


@given(yaml(), st.data(), KEYS, WORDS | st.integers(-99, 99) | st.none() | st.lists(WORDS, max_size=2))
def test_an_entry_put_in_adds_itself_alone(written: Written, data: st.DataObject, key: str, value: Data) -> None:
    path = data.draw(st.sampled_from(mappings(written.data)))
    mapping = at(tree_of(written.text), path)
    assert isinstance(mapping.value, dict)
    assume(key not in mapping.value)
    after_key = data.draw(st.none() | st.sampled_from(list(mapping.value)))
    try:
        edit = insert_entry(written.text, mapping, key, value, after=after_key)
    except CannotEdit:
        return
    assert "" == edit.old
    after = apply(written.text, [edit])
    expected: Any = deepcopy(written.data)
    inner = expected
    for step in path:
        inner = inner[step]
    inner[key] = value
    assert expected == tree_of(after).data()
    assert comments(written.text) == comments(after)


@given(yaml(), st.data())
def test_an_entry_taken_out_leaves_the_others(written: Written, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(mappings(written.data)))
    mapping = at(tree_of(written.text), path)
    assert isinstance(mapping.value, dict)
    key = data.draw(st.sampled_from(list(mapping.value)))
    try:
        after = apply(written.text, [delete_entry(written.text, mapping, key)])
    except CannotEdit:
        return
    expected: Any = deepcopy(written.data)
    inner = expected
    for step in path:
        inner = inner[step]
    del inner[key]
    assert expected == tree_of(after).data()


@given(yaml(), st.data())
def test_an_item_taken_out_leaves_the_others(written: Written, data: st.DataObject) -> None:
    paths = [path[:-1] for path in written.values if path and isinstance(path[-1], int)]
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    listing = at(tree_of(written.text), path)
    assert isinstance(listing.value, list)
    position = data.draw(st.integers(0, len(listing.value) - 1))
    try:
        after = apply(written.text, [delete_item(written.text, listing, position)])
    except CannotEdit:
        return
    expected: Any = deepcopy(written.data)
    inner = expected
    for step in path:
        inner = inner[step]
    del inner[position]
    assert expected == tree_of(after).data()


@given(yaml(), st.data(), st.lists(WORDS, min_size=1, max_size=3))
def test_new_wordings_are_all_there_or_told(written: Written, data: st.DataObject, said: list[str]) -> None:
    paths = data.draw(st.lists(st.sampled_from(mappings(written.data)), min_size=1, max_size=3, unique=True))
    wordings = [Wording(path, "ja", words) for path, words in zip(paths, said, strict=False)]
    after, refused = reword(written.text, "a.yml", wordings)
    expected: Any = deepcopy(written.data)
    for wording in wordings:
        if wording not in refused:
            inner = expected
            for step in wording.steps:
                inner = inner[step]
            inner["ja"] = wording.said
    assert _folded(expected) == _folded(tree_of(after).data())


def _folded(data: Data) -> Data:
    """White space in texts does not matter: reading folds it."""
    if isinstance(data, dict):
        return {key: _folded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_folded(value) for value in data]
    return " ".join(data.split()) if isinstance(data, str) else data
