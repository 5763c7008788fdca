"""Strict YAML: what stays as typed, what is refused, and that the place told is the place meant."""

from __future__ import annotations

import pytest

from briefbook.diagnostics import Diagnostic, Place
from briefbook.reading.yamltree import DEEPEST, LARGEST, LONGEST, Data, Node, Refused, decode, read_tree

UNKNOWN = "it may be Shift_JIS, Windows-1252 or UTF-16"


def read(text: str) -> tuple[Data, list[Diagnostic]]:
    tree, found = read_tree(decode(text.encode("utf-8", "surrogatepass"), "a.yml"), "a.yml")
    return (tree.data() if tree else None), found


def value(text: str) -> Data:
    data, found = read(text)
    assert [] == found
    return data


def mistake(text: str) -> Diagnostic:
    data, found = read(text)
    assert (None, 1) == (data, len(found))
    return found[0]


def refused(raw: bytes) -> Diagnostic:
    with pytest.raises(Refused) as caught:
        decode(raw, "a.yml")
    return caught.value.diagnostic


def at(diagnostic: Diagnostic) -> tuple[str, int, int]:
    return diagnostic.code, diagnostic.place.line, diagnostic.place.column


STAYS_TEXT = [
    "no", "yes", "on", "off", "y", "n", "No", "True", "TRUE", "False", "Null", "NULL", "012", "00", "0o17", "0x1f", "0b1",
    "1:30", "190:20:30", "1_000", "1,000", "3.10", "1.", "1.0", ".5", "1e3", "+5", ".inf", "-.inf", ".nan", "2021-02-03",
    "2021-02", "2021-02-03 10:00:00", "2021-02-03T10:00:00Z", "=", "<<", "９", "１２", "٣", "1234567890123456789", "27 %",
    "2019/..", "x#y", "a:b", "--", "日本",
]
BECOMES = [
    ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("7", 7), ("-7", -7), ("2024", 2024),
    ("123456789012345678", 123456789012345678),
]


@pytest.mark.parametrize("written", STAYS_TEXT)
def test_what_yaml_guesses_at_stays_what_was_typed(written: str) -> None:
    assert {"k": written} == value(f"k: {written}\n")
    assert {"k": [written]} == value(f"k:\n  - {written}\n")


@pytest.mark.parametrize(("written", "expected"), BECOMES)
def test_these_few_words_and_whole_numbers_are_not_text(written: str, expected: Data) -> None:
    actual = value(f"k: {written}\n")
    assert {"k": expected} == actual
    assert isinstance(actual, dict)
    assert type(expected) is type(actual["k"])


@pytest.mark.parametrize("written", ["true", "null", "7", "~", "no"])
def test_what_stands_in_quotes_or_a_block_is_text(written: str) -> None:
    assert {"a": written, "b": written, "c": f"{written}\n"} == value(f"a: '{written}'\nb: \"{written}\"\nc: |\n  {written}\n")


@pytest.mark.parametrize("key", ["no", "012", "true", "null", "~", "7", "2021-02-03", "1:30", "<<", "="])
def test_a_key_is_text_whatever_it_looks_like(key: str) -> None:
    assert {key: "x"} == value(f"{key}: x\n")


def test_a_merge_key_merges_nothing() -> None:
    assert {"a": {"<<": {"b": 1}, "c": 2}} == value("a:\n  <<: {b: 1}\n  c: 2\n")


@pytest.mark.parametrize(
    ("text", "line", "column", "first", "kept"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, 1, {"a": 1, "b": 2}),
        ("x:\n  a: 1\n  'a': 2\n", 3, 3, 2, {"x": {"a": 1}}),
        ("x: {a: 1, a: 2}\n", 1, 11, 1, {"x": {"a": 1}}),
        ("a: {x: 1}\na: {y: 2}\nb: [1]\n", 2, 1, 1, {"a": {"x": 1}, "b": [1]}),
        ("日本: 1\nテスト: {あ: 1, あ: 2}\n", 2, 13, 2, {"日本": 1, "テスト": {"あ": 1}}),
        ("1: a\n'1': b\n", 2, 1, 1, {"1": "a"}),
    ],
)
def test_a_key_given_twice_is_told_with_both_lines(text: str, line: int, column: int, first: int, kept: Data) -> None:
    data, found = read(text)
    assert kept == data
    assert [("Y003", line, column)] == [at(one) for one in found]
    assert found[0].message.endswith(f"stands here a second time; the first is on line {first}")


def test_every_key_given_twice_is_told() -> None:
    assert [("Y003", 2, 1), ("Y003", 3, 1), ("Y003", 4, 11)] == [at(one) for one in read("a: 1\na: 2\na: 3\nb: {x: 1, x: 2}\n")[1]]


ANCHORS = "anchors (&) and aliases (*) are not allowed"
LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: *x\n", 1, 4, ANCHORS),
        ("a: &x 1\n", 1, 4, ANCHORS),
        ("a: &x {b: 1}\n", 1, 4, ANCHORS),
        ("a: &x [b]\n", 1, 4, ANCHORS),
        ("a:\n  - b\n  - &x c\n", 3, 5, ANCHORS),
        ("&x a: 1\n", 1, 1, ANCHORS),
        ("*x : 1\n", 1, 1, ANCHORS),
        ("a: &x {b: 1}\nc: {<<: *x}\n", 1, 4, ANCHORS),
        (LAUGHS, 1, 4, ANCHORS),
        ("a: !!python/object/apply:os.system ['x']\n", 1, 4, "tags (tag:yaml.org,2002:python/object/apply:os.system) are not allowed"),
        ("a: !!str 5\n", 1, 4, "tags (tag:yaml.org,2002:str) are not allowed"),
        ("a: !!set {b}\n", 1, 4, "tags (tag:yaml.org,2002:set) are not allowed"),
        ("a: !mine x\n", 1, 4, "tags (!mine) are not allowed"),
        ("a: !important\n", 1, 4, "tags (!important) are not allowed"),
        ("日本: !mine x\n", 1, 5, "tags (!mine) are not allowed"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_hides_what_a_file_says_is_refused(text: str, line: int, column: int, message: str) -> None:
    found = mistake(text)
    assert (("Y004", line, column), message) == (at(found), found.message)
    assert (found.hint or "").startswith(("write the value out", "quote a text that starts with !"))


def test_the_bare_tag_is_a_tag() -> None:
    assert "Y004" == mistake("a: ! 5\n").code


SYNTAX = [
    ("tab as indentation", "a:\n\tb: 1\n", 2, 1, "indent with spaces, not tabs"),
    ("tab after Japanese", "日本語: テスト\n本:\n\t値: 1\n", 3, 1, "indent with spaces, not tabs"),
    ("starts with @", "a: @x\n", 1, 4, "quote a text that starts with a special character"),
    ("starts with `", "a: `x`\n", 1, 4, "quote a text that starts with a special character"),
    ("two colons", "a: b: c\n", 1, 5, "quote a text that has a colon and a space in it"),
    ("two colons after Japanese", "a: 日本語の文章: 二つ目のコロン\n", 1, 10, "quote a text that has a colon"),
    ("indentation", "a:\n   b: 1\n  c: 2\n", 3, 3, ""),
    ("unclosed list", "a: [1\nb: 2\n", 2, 2, ""),
    ("wrong bracket after Japanese", "日本語: {あ: い, う: [え}\n", 1, 18, ""),
    ("wrong bracket after emoji", "😀😀: {a: [b}\n", 1, 11, ""),
    ("unclosed quotes", 'a: "x\nb: 1\n', 3, 1, ""),
    ("unknown escape", 'a: "\\q"\n', 1, 5, ""),
    ("text after a mention", "a: [[id]] text\n", 1, 11, ""),
    ("no value can be a list here", "k: - a\n", 1, 4, ""),
    ("windows line ends", "a: 1\r\nb: [\r\nc: 1\r\n", 4, 1, ""),
    ("list as a key", "? [a]\n: b\n", 1, 3, "a key is one word"),
    ("mapping as a key", "{a: 1}: b\n", 1, 1, "a key is one word"),
    ("two documents", "a: 1\n---\nb: 2\n", 2, 1, "use two files"),
    ("text after the end", "a: 1\n...\nb: 2\n", 3, 1, ""),
    ("another YAML", "%YAML 2.0\n---\na: 1\n", 1, 1, ""),
]


@pytest.mark.parametrize(("text", "line", "column", "hint"), [case[1:] for case in SYNTAX], ids=[case[0] for case in SYNTAX])
def test_broken_syntax_is_told_at_its_place(text: str, line: int, column: int, hint: str) -> None:
    found = mistake(text)
    assert ("Y002", line, column) == at(found)
    assert hint in (found.hint or "")
    assert "\n" not in found.message


def test_what_was_found_before_broken_syntax_is_told_as_well() -> None:
    _, found = read("a: 1\na: 2\nb: [\n")
    assert ["Y003", "Y002"] == [one.code for one in found]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 100_000, (1, DEEPEST + 1)),
        ("[" * 100_000 + "]" * 100_000, (1, DEEPEST + 1)),
        ("{a: " * 100_000, (1, 4 * DEEPEST + 1)),
        ("- " * 1_000 + "x", (1, 2 * DEEPEST + 1)),
        ("".join(" " * depth + "a:\n" for depth in range(100)), (DEEPEST + 1, DEEPEST + 1)),
    ],
    ids=["brackets", "closed brackets", "braces", "dashes", "indentation"],
)
def test_nesting_has_an_end(text: str, place: tuple[int, int]) -> None:
    assert ("Y005", *place) == at(mistake(text))


def test_nesting_up_to_there_is_read() -> None:
    assert value("[" * DEEPEST + "]" * DEEPEST) is not None


@pytest.mark.parametrize(
    "text", ["", "  \n\n", "# only a comment\n", "---\n", "null\n", "\ufeff", "--- # nothing\n...\n"], ids=repr
)
def test_an_empty_file_holds_nothing_and_is_no_mistake(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffa: 1\n", {"a": 1}),
        ("a: 1\r\nb: >-\r\n  x\r\n  y\r\n", {"a": 1, "b": "x y"}),
        ("---\na: 1\n...\n", {"a": 1}),
        ("%YAML 1.1\n---\na: no\n", {"a": "no"}),
        ("- a\n- b\n", ["a", "b"]),
        ("a: x\ty\n", {"a": "x\ty"}),
        ("{a: 1, 'b': [2, {c: }]}", {"a": 1, "b": [2, {"c": None}]}),
        ("a:\nb:\n  -\n", {"a": None, "b": [None]}),
        ("a: {en: https://e.org/?x#y}\n", {"a": {"en": "https://e.org/?x#y"}}),
    ],
)
def test_these_are_read(text: str, expected: Data) -> None:
    assert expected == value(text)


@pytest.mark.parametrize(
    ("raw", "byte", "line", "column", "now"),
    [
        (b"\xff\xfe" + "a: 1\n".encode("utf-16-le"), "0xff", 1, 1, "it seems to be UTF-16"),
        (b"\xfe\xff" + "a: 1\n".encode("utf-16-be"), "0xfe", 1, 1, "it seems to be UTF-16"),
        ("a: 1\nb: 日本語である\n".encode("shift_jis"), "0x93", 2, 4, "it seems to be Shift_JIS"),
        ("a: 1\n日本: ok\n".encode() + "値: 語\n".encode("shift_jis"), "0x92", 3, 1, UNKNOWN),
        ("b: 日本語である\n".encode("euc_jp"), "0xc6", 1, 4, "it seems to be EUC-JP"),
        ("a: 1\nb: café\n".encode("latin-1"), "0xe9", 2, 7, UNKNOWN),
        ("日本: café\n".encode()[:-3] + b"\xe9\n", "0xe9", 1, 8, UNKNOWN),
        (b"a: \xed\xa0\x80\n", "0xed", 1, 4, UNKNOWN),
    ],
    ids=["UTF-16 LE", "UTF-16 BE", "Shift_JIS", "Shift_JIS after UTF-8", "EUC-JP", "Latin-1", "Latin-1 after Japanese", "surrogate"],
)
def test_another_encoding_is_refused_at_its_first_byte(raw: bytes, byte: str, line: int, column: int, now: str) -> None:
    found = refused(raw)
    hint = f"save the file as UTF-8 ({now} now)"
    assert (("Y001", line, column), f"byte {byte} is not UTF-8", hint) == (at(found), found.message, found.hint)


@pytest.mark.parametrize(
    ("raw", "place", "now"),
    [
        ("a: 用語\n".encode("iso2022_jp"), (1, 4), "ISO-2022-JP"),
        ("terms: {a: {name: AGI}}\n".encode("utf-16-le"), (1, 2), "UTF-16"),
        ("terms: {a: {name: AGI}}\n".encode("utf-16-be"), (1, 1), "UTF-16"),
    ],
    ids=["ISO-2022-JP", "UTF-16 LE without a mark", "UTF-16 BE without a mark"],
)
def test_an_encoding_that_looks_like_control_characters_is_told_as_one(raw: bytes, place: tuple[int, int], now: str) -> None:
    found = refused(raw)
    assert (("Y002", *place), f"save the file as UTF-8 (it seems to be {now} now)") == (at(found), found.hint)


@pytest.mark.parametrize("text", ["a: \u00e9\U000e0041\n", "a: x\U000e0020y\n", 'a: "x\\U000E0041"\n'], ids=ascii)
def test_a_letter_that_nobody_sees_is_refused(text: str) -> None:
    found: Diagnostic
    try:
        _, (found,) = read(text)
    except Refused as refusal:
        found = refusal.diagnostic
    assert "Y002" == found.code
    assert found.message.startswith("a letter that cannot be seen, U+E00")


def test_a_flag_made_with_letters_that_nobody_sees_is_a_flag() -> None:
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert {"a": scotland} == value(f"a: {scotland}\n")


def test_a_text_has_a_greatest_length() -> None:
    found = mistake(f"a: [x, {'y' * (LONGEST + 1)}]\n")
    assert ("Y006", 1, 8) == at(found)
    assert "the text is too long: 20,001 characters; the limit is 20,000" == found.message
    assert {"a": "y" * LONGEST} == value(f"a: {'y' * LONGEST}\n")


def test_half_a_character_written_as_an_escape_is_explained() -> None:
    found = mistake(r'a: "x\ud83d\ude00"')
    assert ("Y002", "write the character itself: an escape names a whole one, not half of it") == (found.code, found.hint)


@pytest.mark.parametrize(
    ("text", "line", "column", "named"),
    [
        ("a: x\x00y\n", 1, 5, "a control character, U+0000"),
        ("a: 1\nb: 日本\x00y\n", 2, 6, "a control character, U+0000"),
        ("a: \x07\n", 1, 4, "a control character, U+0007"),
        ("a: \x0b\n", 1, 4, "a control character, U+000B"),
        ("a: \x1b[31m\n", 1, 4, "a control character, U+001B"),
        ("a: \x7f\n", 1, 4, "a control character, U+007F"),
        ("a: \ufffe\n", 1, 4, "a control character, U+FFFE"),
        ("a: x\u202ey\n", 1, 5, "a character that reverses the direction of text, U+202E"),
        ("a: 1\nb: 日本\u2066y\n", 2, 6, "a character that reverses the direction of text, U+2066"),
        ("a: \u202a\n", 1, 4, "a character that reverses the direction of text, U+202A"),
        ("a: \u2069\n", 1, 4, "a character that reverses the direction of text, U+2069"),
    ],
    ids=ascii,
)
def test_characters_that_hide_something_are_refused(text: str, line: int, column: int, named: str) -> None:
    found = refused(text.encode())
    assert (("Y002", line, column), named, "delete it") == (at(found), found.message, found.hint)


@pytest.mark.parametrize("text", ["a: x\u200ey\n", "a: क्\u200dष\n", "a: می\u200cخواهم\n", "a: 👩\u200d🚀\n"], ids=ascii)
def test_characters_that_scripts_need_are_read(text: str) -> None:
    assert {"a": text[3:-1]} == value(text)


@pytest.mark.parametrize("escape", [r"\u202e", r"\u2066", r"\0", r"\e", r"\x07", r"\u009b", r"\uFFFE"])
@pytest.mark.parametrize("text", ['a: "x{}y"\n', '"x{}y": 1\n'], ids=["value", "key"])
def test_an_escape_cannot_bring_them_in(text: str, escape: str) -> None:
    assert "Y002" == mistake(text.format(escape)).code


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"], ids=ascii)
def test_an_unseen_line_end_is_no_line_end(character: str) -> None:
    with pytest.raises(Refused):
        read(f"a: x{character}b: 1\n")


def test_a_c1_control_character_is_told_at_its_place() -> None:
    assert ("Y002", 2, 4) == at(refused("a: 1\nb: \x9b\n".encode()))


def test_a_file_has_a_largest_size() -> None:
    found = refused(b"#" * (LARGEST + 1))
    assert ("Y006", "the file is too large: 5,000,001 bytes; the limit is 5,000,000", "split it into several files") == (
        found.code, found.message, found.hint,
    )
    assert "#" * LARGEST == decode(b"#" * LARGEST, "a.yml")


def test_every_value_and_key_knows_its_place() -> None:
    tree, _ = read_tree("日本:\n  - {a: x, b: [y]}\n  - >-\n    two\n    lines\n", "a.yml")
    assert tree is not None
    assert isinstance(tree.value, dict)
    assert Place("a.yml", 1, 1) == tree.keys["日本"]
    listed = tree.value["日本"].value
    assert isinstance(listed, list)
    first, second = listed
    assert isinstance(first.value, dict)
    assert isinstance(first.value["b"].value, list)
    places: list[tuple[Node | None, Place]] = [
        (first, Place("a.yml", 2, 5)), (first.value["a"], Place("a.yml", 2, 9)), (first.value["b"], Place("a.yml", 2, 15)),
        (first.value["b"].value[0], Place("a.yml", 2, 16)), (second, Place("a.yml", 3, 5)),
    ]
    assert [place for _, place in places] == [node.place for node, _ in places if node]
    assert Place("a.yml", 2, 12) == first.keys["b"]
    assert second.end_line >= 5
