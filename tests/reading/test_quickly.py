"""The quick way through YAML reads what the careful one reads, and leaves to it whatever is doubtful."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from briefbook.reading.quickly import Doubtful, read_quickly
from briefbook.reading.yamltree import DEEPEST, LONGEST, hidden, read_tree

CASES = Path(__file__).parents[1] / "cases"
# What turns one YAML text into another, or into none.
PIECES = [
    "\n",
    " ",
    "  ",
    ":",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "'",
    '"',
    "&a ",
    "*a",
    "!x ",
    "#",
    "|",
    ">",
    "\\",
    "\t",
    "\n---\n",
    "a: 1\n",
    "? ",
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: {b: [1, two, ~, true, 'no', \"x\"]}",
        "a: >-\n  one\n  two\nb: |\n  three\n",
        "[1, -2, 012, 1:30]",
        "a:\nb:\n",
        "no",
        "# nothing\n",
    ],
)
def test_it_reads_what_the_careful_way_reads(text: str) -> None:
    tree, found = read_tree(text, "a.yml")
    assert [] == found
    assert (tree.data() if tree else None) == read_quickly(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2",
        "a: &b 1",
        "a: &b [1]",
        "a: *b",
        "a: !!str 1",
        "a: !x [1]",
        "a: 1\n---\nb: 2",
        "{[a]: 1}",
        "{{a: 1}: 1}",
        "a: [",
        'a: "\\u202e"',
        "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        f"a: {'x' * (LONGEST + 1)}",
        "a: b: c",
    ],
)
def test_whatever_is_doubtful_is_left_to_the_careful_way(text: str) -> None:
    with pytest.raises(Doubtful):
        read_quickly(text)


def test_both_ways_read_the_same_in_texts_with_all_kinds_of_mistakes() -> None:
    chance = Random(7)
    whole = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(CASES.rglob("*.yml"))[::7]]
    for text in (_spoilt(chance, chance.choice(whole)) for _ in range(1500)):
        if hidden(text):
            continue  # as it is, no such text is read at all
        tree, found = read_tree(text, "a.yml")
        try:
            quick = read_quickly(text)
        except Doubtful:
            continue
        assert [] == found, text
        assert (tree.data() if tree else None) == quick, text


def _spoilt(chance: Random, text: str) -> str:
    text = text[: chance.randrange(50, 1500)] or "a"
    for _ in range(chance.randrange(3)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(PIECES) + text[at + chance.randrange(2) :]
    return text
