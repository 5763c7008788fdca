"""Edits to YAML: the value is the new one, and not a character of the rest is another."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.diagnostics import Edit
from briefbook.reading.yamledit import (
    CannotEdit,
    Changed,
    apply,
    at,
    delete_entry,
    delete_item,
    insert_entry,
    rename_key,
    replace_scalar,
    replace_word,
    save,
    span,
)
from briefbook.reading.yamltree import Data, Node, Scalar, decode, read_tree

Path_ = tuple[str | int, ...]


def tree_of(text: str) -> Node:
    tree, found = read_tree(text, "a.yml")
    assert tree is not None
    assert [] == found
    return tree


def put(text: str, path: Path_, value: Scalar) -> str:
    return apply(text, [replace_scalar(text, at(tree_of(text), path), value)])


def data_at(text: str, path: Path_) -> Data:
    return at(tree_of(text), path).data()


REPLACED = [
    ("plain", "a: 1 # one\nb: old  # why\nc: 2\n", ("b",), "new words", "a: 1 # one\nb: new words  # why\nc: 2\n"),
    ("a whole number", "a: 2024 # c\n", ("a",), 2025, "a: 2025 # c\n"),
    ("a word that looks like a number", "a: x\n", ("a",), "2025", 'a: "2025"\n'),
    ("true", "a: false\n", ("a",), True, "a: true\n"),
    ("nothing", "a: x # c\n", ("a",), None, "a: null # c\n"),
    ("a colon", "a: x\n", ("a",), "one: two", 'a: "one: two"\n'),
    ("a colon in brackets", "a: {b: x, c: 1}\n", ("a", "b"), "one: two", 'a: {b: "one: two", c: 1}\n'),
    ("a comma in brackets", "a: {b: x, c: 1}\n", ("a", "b"), "one, two", 'a: {b: "one, two", c: 1}\n'),
    ("a comma outside them", "a: x\n", ("a",), "one, two", "a: one, two\n"),
    ("a hash", "a: x # c\n", ("a",), "one #two", 'a: "one #two" # c\n'),
    ("quotes where there were none", "a: x\n", ("a",), '"so"', "a: '\"so\"'\n"),
    ("an apostrophe in single quotes", "a: 'x' # c\n", ("a",), "it's", "a: 'it''s' # c\n"),
    ("a quote in double quotes", 'a: "x" # c\n', ("a",), 'say "so" \\ it', 'a: "say \\"so\\" \\\\ it" # c\n'),
    ("a line break", "a: x\n", ("a",), "one\ntwo", 'a: "one\\ntwo"\n'),
    ("blanks around it", "a: x\n", ("a",), " x ", 'a: " x "\n'),
    ("the empty text", "a: x # c\n", ("a",), "", 'a: "" # c\n'),
    ("Japanese", "日本: 古い # 注\n次: 値\n", ("日本",), "新しい「値」、です", "日本: 新しい「値」、です # 注\n次: 値\n"),
    ("beyond the first plane", "a: 😀𠮷 # c\nb: 𠮷野家\nc: 1\n", ("b",), "𠮷田", "a: 😀𠮷 # c\nb: 𠮷田\nc: 1\n"),
    ("after a tab in a comment", "a: 1\t# tab\t😀\nb: x\t# c\n", ("b",), "y", "a: 1\t# tab\t😀\nb: y\t# c\n"),
    ("a list", "a:\n  - one # 1\n  - two # 2\n", ("a", 1), "zwei", "a:\n  - one # 1\n  - zwei # 2\n"),
    ("a list in brackets", "a: [one, two] # c\n", ("a", 0), "eins", "a: [eins, two] # c\n"),
    ("where nothing stands", "a:\nb: 1\n", ("a",), "x", "a: x\nb: 1\n"),
    ("where nothing but a comment stands", "a: # c\nb: 1\n", ("a",), "x", "a: x # c\nb: 1\n"),
    ("where nothing stands in brackets", "{a: , b: 1}\n", ("a",), "x", "{a: x, b: 1}\n"),
    ("at the end without a line break", "a: x", ("a",), "y", "a: y"),
    ("folded, one line", "a: >-\n  old words\n# c\nb: 1\n", ("a",), "new: words # all", "a: >-\n  new: words # all\n# c\nb: 1\n"),
    (
        "folded, wrapped like before", "a: >- # why\n    one two three\n    four five\n\nb: 1\n", ("a",),
        "eins zwei drei vier fünf sechs", "a: >- # why\n    eins zwei\n    drei vier\n    fünf sechs\n\nb: 1\n",
    ),
    ("folded, never between Japanese words", "a: >-\n  短い\n  二行\n", ("a",), "とても長い一文です。続き", "a: >-\n  とても長い一文です。続き\n"),
    ("folded, paragraphs", "a: >-\n  one\n\n  two\nb: 1\n", ("a",), "eins\nzwei", "a: >-\n  eins\n\n  zwei\nb: 1\n"),
    ("folded with its line break kept", "a: >\n  one\n\nb: 1\n", ("a",), "two", "a: >\n  two\n\nb: 1\n"),
    ("literal", "a: |\n    one\n\n    two\nb: 1\n", ("a",), "x\n\n  y", "a: |\n    x\n\n      y\nb: 1\n"),
    ("folded that cannot hold it", "a: >- # c\n  one\nb: 1\n", ("a",), " x\n y", 'a: " x\\n y" # c\nb: 1\n'),
    ("a block with a number in its header", "a: >2-\n   one\nb: 1\n", ("a",), "x", "a: x\nb: 1\n"),
    ("plain over two lines", "a: one two\n  three # c\nb: 1\n", ("a",), "x y", "a: x y # c\nb: 1\n"),
    (
        "quoted over two lines", 'a: "one two three\n  four five" # c\nb: 1\n', ("a",), "eins zwei drei vier",
        'a: "eins zwei\n  drei vier" # c\nb: 1\n',
    ),
    ("in a list of mappings", "a:\n  - b: >-\n      one\n    c: 1\n", ("a", 0, "b"), "two", "a:\n  - b: >-\n      two\n    c: 1\n"),
]


@pytest.mark.parametrize(("text", "path", "value", "expected"), [c[1:] for c in REPLACED], ids=[c[0] for c in REPLACED])
def test_a_value_is_replaced_and_nothing_else(text: str, path: Path_, value: Scalar, expected: str) -> None:
    actual = put(text, path, value)
    assert expected == actual
    read = data_at(actual, path)
    assert value == (read.rstrip("\n") if isinstance(read, str) else read)


@pytest.mark.parametrize(("text", "path", "value", "expected"), [c[1:] for c in REPLACED], ids=[c[0] for c in REPLACED])
def test_with_the_line_ends_the_file_has(text: str, path: Path_, value: Scalar, expected: str) -> None:
    assert expected.replace("\n", "\r\n") == put(text.replace("\n", "\r\n"), path, value)


HARD = [
    "", " ", "a", "no", "~", "null", "true", "012", "-", "- a", "? a", ": a", "a:", "a: b", "#", "a #b", "a#b", "[", "[[id]]", "{a}",
    "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "'", "''", '"', '""', "\\", "a\\b", "'a\"b'", "a, b", "---", "...", "--- a", "\n",
    "a\n", "\na", "a\nb", "a\n\nb", " a", "a ", "a  b", "a\n  b", "\t", "a\tb", "日本語、「テスト」。", "　全角　", "\ufeff",
    "a\r\nb", "😀", "e\u0301", "\u200d", "a: b #c, [d] {e}", "a " * 100, "長い" * 200, "9" * 20, "-7", "1_0", "<<", "=",
]
FORMS = [
    "k: {}\nz: 1\n", "o:\n  - k: {}\n    z: 1\n", "{{k: {}, z: 1}}\n", "o: [{{k: {}}}, 1]\n", "{{\n  k: {},\n  z: 1\n}}\n", "o:\n- {}\n- 1\n", "[{}]\n",
]
OLD = ["x", "'x'", '"x"', "", "x\n      y", "'x\n      y'", ">-\n      x", ">-\n      x\n      y", "|-\n      x", "|\n      x\n"]
PATHS: list[Path_] = [("k",), ("o", 0, "k"), ("k",), ("o", 0, "k"), ("k",), ("o", 0), (0,)]


@pytest.mark.parametrize("value", HARD, ids=ascii)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_whatever_is_written_is_what_is_read(value: str, newline: str) -> None:
    for form, path in zip(FORMS, PATHS, strict=True):
        for old in OLD:
            if fits(form, old):
                round_trip(form.format(old).replace("\n", newline), path, value, block=old[:1] in (">", "|"))


def fits(form: str, old: str) -> bool:
    """No block stands in brackets, and an empty list has no item."""
    return not ("{{" in form or "[" in form) or not (old[:1] in (">", "|") or (old == "" and form == "[{}]\n"))


def round_trip(text: str, path: Path_, value: str, *, block: bool) -> None:
    actual = put(text, path, value)
    read = data_at(actual, path)
    assert isinstance(read, str)
    assert value == read or (block and value.rstrip("\n") == read.rstrip("\n")), actual
    assert shape(tree_of(text).data()) == shape(tree_of(actual).data()), actual


def shape(data: Data) -> object:
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    return [shape(item) for item in data] if isinstance(data, list) else isinstance(data, str | None)


def test_a_list_or_mapping_is_not_a_text() -> None:
    with pytest.raises(CannotEdit, match=r"at a\.yml:1:4, not a text"):
        put("a: [b]\n", ("a",), "x")


WORDS = [
    ("plain", "a: ２０２５-05 # c\n", "２０２５", "2025", "a: 2025-05 # c\n"),
    ("folded, over several lines", "a: >-\n  one\n  two  three\n  four\n", "three", "3", "a: >-\n  one\n  two  3\n  four\n"),
    ("the first of two", "a: x y x\n", "x", "z", "a: z y x\n"),
    ("across a line end", "a: >-\n  one\n  two\n", "one two", "three", "a: >-\n  three\n"),
    ("what needs quotes then", "a: x-y\n", "-", ": ", 'a: "x: y"\n'),
    ("what is escaped", 'a: "caf\\u00e9 x"\n', "café", "tea", 'a: "tea x"\n'),
    ("a quote within quotes", "a: 'x y'\n", "x", "it's", "a: 'it''s y'\n"),
]


@pytest.mark.parametrize(("text", "word", "new", "expected"), [c[1:] for c in WORDS], ids=[c[0] for c in WORDS])
def test_a_word_is_replaced_within_a_text(text: str, word: str, new: str, expected: str) -> None:
    actual = apply(text, [replace_word(text, at(tree_of(text), ["a"]), word, new)])
    assert expected == actual


@pytest.mark.parametrize(("text", "word"), [("a: x\n", "y"), ("a: [x]\n", "x"), ("a: 1\n", "1"), ("a: x\n", "")])
def test_a_word_that_is_not_there_is_not_replaced(text: str, word: str) -> None:
    with pytest.raises(CannotEdit):
        replace_word(text, at(tree_of(text), ["a"]), word, "z")


RENAMED = [
    ("a: 1 # c\nb: 2\n", (), "a", "x", "x: 1 # c\nb: 2\n"),
    ("o: {a: 1, b: 2}\n", ("o",), "b", "日本", "o: {a: 1, 日本: 2}\n"),
    ("'a' : 1\n", (), "a", "b", "b : 1\n"),
    ("a: 1\n", (), "a", "x: y", '"x: y": 1\n'),
    ("? a\n: 1\n", (), "a", "b", "? b\n: 1\n"),
]


@pytest.mark.parametrize(("text", "path", "key", "new", "expected"), RENAMED)
def test_a_key_is_renamed(text: str, path: Path_, key: str, new: str, expected: str) -> None:
    assert expected == apply(text, [rename_key(text, at(tree_of(text), path), key, new)])


@pytest.mark.parametrize(("key", "new"), [("x", "y"), ("a", "b")])
def test_no_key_is_renamed_that_is_not_there_nor_to_one_that_is(key: str, new: str) -> None:
    text = "a: 1\nb: 2\n"
    with pytest.raises(CannotEdit):
        rename_key(text, tree_of(text), key, new)


INSERTED: list[tuple[str, str, Path_, Data, str | None, str]] = [
    ("last", "a: 1 # one\n\n# end\n", (), "x", None, "a: 1 # one\nk: x\n\n# end\n"),
    ("between", "a: 1\nb: 2\n", (), "x", "a", "a: 1\nk: x\nb: 2\n"),
    ("nested", "o:\n  a: 1\n  # c\np: 2\n", ("o",), "x", None, "o:\n  a: 1\n  k: x\n  # c\np: 2\n"),
    ("in a list", "o:\n  - a: 1\n  - b: 2\n", ("o", 0), "x", None, "o:\n  - a: 1\n    k: x\n  - b: 2\n"),
    ("without a last line break", "a: 1", (), "x", None, "a: 1\nk: x"),
    ("behind a block", "a: >-\n  one\n  two\n\nb: 1\n", (), "drei", "a", "a: >-\n  one\n  two\nk: >-\n  drei\n\nb: 1\n"),
    ("behind a nested block", "o:\n    a: >-\n        日本\n    b: 1\n", ("o",), "語", "a", "o:\n    a: >-\n        日本\n    k: >-\n        語\n    b: 1\n"),
    ("behind nothing", "a:\nb: 1\n", (), "x", "a", "a:\nk: x\nb: 1\n"),
    ("behind nothing but a comment", "a: # c\nb: 1\n", (), "x", "a", "a: # c\nk: x\nb: 1\n"),
    ("a text that needs quotes", "a: 1\n", (), "x: y", None, 'a: 1\nk: "x: y"\n'),
    ("in brackets", "o: {a: 1} # c\n", ("o",), "x, y", None, 'o: {a: 1, k: "x, y"} # c\n'),
    ("in brackets, between", "o: {a: 1, b: 2}\n", ("o",), "x", "a", "o: {a: 1, k: x, b: 2}\n"),
    ("in empty brackets", "o: {} # c\n", ("o",), "x", None, "o: {k: x} # c\n"),
    ("in brackets over lines", "o: {\n  a: 1, # c\n  b: 2,\n}\n", ("o",), "x", None, "o: {\n  a: 1, # c\n  b: 2, k: x,\n}\n"),
    ("a list", "a: 1\n", (), ["x", "y: z", 3, None], None, 'a: 1\nk: [x, "y: z", 3, null]\n'),
    ("a mapping", "a: 1\n", (), {"en": "one, two", "ja": "一"}, None, 'a: 1\nk: {en: "one, two", ja: 一}\n'),
]


@pytest.mark.parametrize(("text", "path", "value", "after", "expected"), [c[1:] for c in INSERTED], ids=[c[0] for c in INSERTED])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_entry_is_inserted(text: str, path: Path_, value: Data, after: str | None, expected: str, newline: str) -> None:
    text = text.replace("\n", newline)
    newline = newline if newline in text else "\n"
    actual = apply(text, [insert_entry(text, at(tree_of(text), path), "k", value, after=after)])
    assert expected.replace("\n", newline) == actual
    assert value == data_at(actual, (*path, "k"))


def test_a_very_long_text_goes_into_a_block_wrapped_at_blanks() -> None:
    text, words = "a: 1\n", "word " * 60 + "end"
    actual = apply(text, [insert_entry(text, tree_of(text), "k", words)])
    assert actual.startswith("a: 1\nk: >-\n  word ")
    assert 120 >= max(map(len, actual.splitlines()))
    assert words == data_at(actual, ("k",))


@pytest.mark.parametrize(("text", "path", "after"), [("k: 1\n", (), None), ("a: 1\n", (), "b"), ("a: [1]\n", ("a",), None), ("a: x\n", ("a",), None)])
def test_nothing_is_inserted_where_it_cannot_be(text: str, path: Path_, after: str | None) -> None:
    with pytest.raises(CannotEdit):
        insert_entry(text, at(tree_of(text), path), "k", "x", after=after)


DELETED = [
    ("first", "a: 1 # c\nb: 2\n", (), "a", "b: 2\n"),
    ("last", "a: 1 # c\nb: 2 # d\n# e\n", (), "b", "a: 1 # c\n# e\n"),
    ("last without a line break", "a: 1\nb: 2", (), "b", "a: 1"),
    ("of many lines", "a: 1\nb:\n  - x\n  - y: >-\n      z\n\nc: 1\n", (), "b", "a: 1\n\nc: 1\n"),
    ("with nothing", "a:\nb: 1\n", (), "a", "b: 1\n"),
    ("beside a dash", "o:\n  - a: 1\n    b: 2\n", ("o", 0), "a", "o:\n  - b: 2\n"),
    ("second of a list", "o:\n  - a: 1\n    b: 2\n  - c\n", ("o", 0), "b", "o:\n  - a: 1\n  - c\n"),
    ("brackets, first", "o: {a: 1, b: 2} # c\n", ("o",), "a", "o: {b: 2} # c\n"),
    ("brackets, last", "o: {a: 1, b: 2} # c\n", ("o",), "b", "o: {a: 1} # c\n"),
    ("brackets, between", "o: {a: 1, b: 2, c: 3}\n", ("o",), "b", "o: {a: 1, c: 3}\n"),
    ("brackets over lines", "o: {\n  a: 1, # c\n  b: 2\n}\n", ("o",), "b", "o: {\n  a: 1, # c\n}\n"),
]


@pytest.mark.parametrize(("text", "path", "key", "expected"), [c[1:] for c in DELETED], ids=[c[0] for c in DELETED])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_entry_is_deleted(text: str, path: Path_, key: str, expected: str, newline: str) -> None:
    text = text.replace("\n", newline)
    actual = apply(text, [delete_entry(text, at(tree_of(text), path), key)])
    assert expected.replace("\n", newline) == actual
    before, after = at(tree_of(text), path).data(), at(tree_of(actual), path).data()
    assert isinstance(before, dict)
    assert {name: value for name, value in before.items() if name != key} == after


ITEMS = [
    ("dashes, first", "a:\n  - x # c\n  - y\n", ("a",), 0, "a:\n  - y\n"),
    ("dashes, last", "a:\n  - x # c\n  - y\nb: 1\n", ("a",), 1, "a:\n  - x # c\nb: 1\n"),
    ("dashes without indentation", "a:\n- x\n- y: 1\n  z: 2\n", ("a",), 1, "a:\n- x\n"),
    ("dash on a line of its own", "a:\n-\n  x: 1\n-\n  y: 1\n", ("a",), 1, "a:\n-\n  x: 1\n"),
    ("lists in a list", "- - x\n  - y\n- z\n", (0,), 0, "- - y\n- z\n"),
    ("with nothing", "a:\n  -\n  - y\n", ("a",), 0, "a:\n  - y\n"),
    ("a block", "a:\n  - >-\n    one\n    two\n  - y\n", ("a",), 0, "a:\n  - y\n"),
    ("brackets, first", "a: [x, y] # c\n", ("a",), 0, "a: [y] # c\n"),
    ("brackets, last", "a: [x, y] # c\n", ("a",), 1, "a: [x] # c\n"),
    ("brackets, between", "a: [x, y, z]\n", ("a",), 1, "a: [x, z]\n"),
    ("brackets with a mapping", "a: [{x: 1}, y]\n", ("a",), 0, "a: [y]\n"),
    ("brackets over lines", "a: [\n  x, # c\n  y,\n]\n", ("a",), 1, "a: [\n  x, # c\n]\n"),
]


@pytest.mark.parametrize(("text", "path", "position", "expected"), [c[1:] for c in ITEMS], ids=[c[0] for c in ITEMS])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_item_is_deleted(text: str, path: Path_, position: int, expected: str, newline: str) -> None:
    text = text.replace("\n", newline)
    actual = apply(text, [delete_item(text, at(tree_of(text), path), position)])
    assert expected.replace("\n", newline) == actual
    before, after = at(tree_of(text), path).data(), at(tree_of(actual), path).data()
    assert isinstance(before, list)
    assert [*before[:position], *before[position + 1 :]] == after


@pytest.mark.parametrize(("text", "delete"), [
    ("a: 1\n", lambda text: delete_entry(text, tree_of(text), "a")),
    ("a: 1\nb: 2\n", lambda text: delete_entry(text, tree_of(text), "c")),
    ("- a\n", lambda text: delete_item(text, tree_of(text), 0)),
    ("[a]\n", lambda text: delete_item(text, tree_of(text), 0)),
    ("[a, b]\n", lambda text: delete_item(text, tree_of(text), 2)),
    ("a: 1\n", lambda text: delete_item(text, tree_of(text), 0)),
])  # fmt: skip
def test_nothing_is_deleted_that_would_leave_a_hole(text: str, delete: Callable[[str], Edit]) -> None:
    with pytest.raises(CannotEdit):
        delete(text)


def test_several_edits_are_made_at_once() -> None:
    text = "a: x # 日本\nb: [c, c, d]\ne: {f: 1}\n"
    tree = tree_of(text)
    edits = [
        insert_entry(text, at(tree, ["e"]), "g", "一"), replace_scalar(text, at(tree, ["a"]), "longer text"),
        delete_item(text, at(tree, ["b"]), 1), rename_key(text, tree, "b", "list"), insert_entry(text, at(tree, ["e"]), "h", "二"),
    ]
    assert "a: longer text # 日本\nlist: [c, d]\ne: {f: 1, g: 一, h: 二}\n" == apply(text, edits)


def test_edits_of_the_same_words_are_refused() -> None:
    text = "a: [b, c, d]\n"
    listing = at(tree_of(text), ["a"])
    with pytest.raises(CannotEdit, match="same words"):
        apply(text, [delete_item(text, listing, 1), replace_scalar(text, at(tree_of(text), ["a", 1]), "x")])


def test_a_text_that_has_changed_is_left_alone() -> None:
    edit = replace_scalar("a: x\n", at(tree_of("a: x\n"), ["a"]), "y")
    with pytest.raises(Changed, match=r"a\.yml has changed"):
        apply("a: z\n", [edit])


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
def test_a_file_keeps_its_mark_its_line_ends_and_its_rights(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "日本.yml"
    path.write_bytes(mark + "a: 古い # 注\r\nb: 1\r\n".encode())
    path.chmod(0o640)
    text = decode(path.read_bytes(), "a.yml")
    save(path, text, put(text, ("a",), "新しい"))
    assert mark + "a: 新しい # 注\r\nb: 1\r\n".encode() == path.read_bytes()
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    assert ["日本.yml"] == [one.name for one in tmp_path.iterdir()]


def test_a_file_that_somebody_else_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: theirs\n", encoding="utf-8")
    with pytest.raises(Changed):
        save(path, "a: x\n", "a: y\n")
    assert "a: theirs\n" == path.read_text(encoding="utf-8")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_text("a: x\n", encoding="utf-8")
    link = tmp_path / "link.yml"
    link.symlink_to("real.yml")
    save(link, "a: x\n", "a: y\n")
    assert link.is_symlink()
    assert "a: y\n" == (tmp_path / "real.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("prefix", ["", "# 日本語のコメント 😀\n", "# a\ttab\n", "x: {y: [𠮷, 'it''s']} # 😀\n"], ids=ascii)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_value_and_key_knows_where_it_is_written(prefix: str, newline: str) -> None:
    text = (prefix + "日本:\n  - {a: x, b: [y]} # c\n  - >-\n    two\n    lines\n\n  - 'z'\n# end\n").replace("\n", newline)
    tree = tree_of(text)
    listed = at(tree, ["日本"])
    expected = ["{a: x, b: [y]}", "x", "[y]", "y", f">-{newline}    two{newline}    lines", "'z'"]
    paths: list[Path_] = [(0,), (0, "a"), (0, "b"), (0, "b", 0), (1,), (2,)]
    assert expected == [text[slice(*span(text, at(listed, path)))] for path in paths]
    assert "日本" == text[slice(*tree.key_spans["日本"])]
    assert "b" == text[slice(*at(listed, [0]).key_spans["b"])]
    assert text[slice(*span(text, listed))].endswith("'z'")
