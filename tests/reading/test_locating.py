"""Where a rule's finding is in a file, to the character, and the edit that mends it there."""

from __future__ import annotations

from typing import Any

import pytest

from briefbook.diagnostics import Diagnostic, Place
from briefbook.model.briefing import Path
from briefbook.reading.binding import Spot
from briefbook.reading.locating import Locator
from briefbook.reading.yamledit import apply
from briefbook.reading.yamltree import decode, read_tree
from briefbook.rules.finding import Finding, Remedy

TEXT = """\
# 港 😀 \ta comment
terms:
  berth:
    # [[quay]] in a comment
    name: {en: 𠮷 quay, ja: 停泊所} # quay
    definition:
      en: >-
        See [[quay-2]] and [[quay]], and the long
        quay of quays.
      ja: "岸\\u58c1\t岸 岸"
    cites: [one, two, one]
    ignore: {code: L001, why: x}
"""


def located(path: Path, word: str | None = None, fix: Remedy | None = None, *, newline: str = "\n", mark: str = "", **more: Any) -> Diagnostic:
    text = decode((mark + TEXT.replace("\n", newline)).encode(), "a.yml")
    tree, _ = read_tree(text, "a.yml")
    assert tree is not None
    assert isinstance(tree.value, dict)
    terms = tree.value["terms"]
    assert isinstance(terms.value, dict)
    spot = Spot(terms.keys["berth"], terms.value["berth"])
    finding = Finding("W201", "berth", path, "m", word=word, fix=fix, **more)
    return Locator({"a.yml": text}).diagnostic(finding, spot)


PLACES: list[tuple[Path, str | None, tuple[int, int]]] = [
    (("name", "en"), None, (5, 16)),
    (("name", "en"), "quay", (5, 18)),
    (("name", "ja"), "泊", (5, 29)),
    (("definition", "en"), None, (7, 11)),
    (("definition", "en"), "[[quay", (8, 28)),
    (("definition", "en"), "quays", (9, 17)),
    (("definition", "en"), "long quay of", (8, 46)),
    (("definition", "ja"), "岸 岸", (10, 20)),
    (("definition", "ja"), "壁", (10, 11)),
    (("cites", 2), None, (11, 23)),
    (("cites", 9), None, (11, 12)),
]


@pytest.mark.parametrize(("path", "word", "place"), PLACES)
@pytest.mark.parametrize(("newline", "mark"), [("\n", ""), ("\r\n", ""), ("\r\n", "\ufeff"), ("\n", "\ufeff")], ids=["LF", "CRLF", "CRLF and mark", "mark"])
def test_a_place_is_exact(path: Path, word: str | None, place: tuple[int, int], newline: str, mark: str) -> None:
    assert Place("a.yml", *place) == located(path, word, newline=newline, mark=mark).place


def test_of_several_words_the_one_that_is_meant() -> None:
    expected = [(8, 15), (8, 30), (9, 9), (9, 17), (9, 17)]
    assert [Place("a.yml", *place) for place in expected] == [
        located(("definition", "en"), "quay", before=before).place for before in range(5)
    ]


def test_the_header_of_a_block_is_no_word_of_it() -> None:
    assert Place("a.yml", 8, 19) == located(("definition", "en"), "-").place


def test_a_finding_about_a_key_is_at_the_key() -> None:
    assert Place("a.yml", 6, 5) == located(("definition",), on_key=True).place


def test_a_finding_about_no_fact_in_a_file_has_no_place() -> None:
    assert Place("") == Locator({}).diagnostic(Finding("W201", "x", (), "m"), None).place


FIXES: list[tuple[Path, str | None, str | None, str, str]] = [
    (("name", "en"), "quay", "pier", "en: 𠮷 quay, ja", "en: 𠮷 pier, ja"),
    (("name", "en"), None, "pier", "en: 𠮷 quay, ja", "en: pier, ja"),
    (("definition", "en"), "[[quay", "[[pier", "[[quay]],", "[[pier]],"),
    (("definition", "en"), "quay of", "pier of", "quay of", "pier of"),
    (("definition", "ja"), "岸 岸", "岸", "\t岸 岸", "\t岸"),
    (("cites", 2), None, None, "two, one]", "two]"),
    (("cites", 0), None, None, "[one, two", "[two"),
    (("ignore", 0), None, None, "    ignore: {code: L001, why: x}\n", ""),
    (("name", "ja"), None, None, ", ja: 停泊所", ""),
]


@pytest.mark.parametrize(("path", "word", "new", "old_part", "new_part"), FIXES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_fix_changes_just_that(path: Path, word: str | None, new: str | None, old_part: str, new_part: str, newline: str) -> None:
    fix = located(path, word, Remedy("mend it", new), newline=newline).fix
    assert fix is not None
    assert "mend it" == fix.description
    assert 1 == TEXT.count(old_part)
    assert TEXT.replace(old_part, new_part).replace("\n", newline) == apply(TEXT.replace("\n", newline), fix.edits)


@pytest.mark.parametrize(("path", "word", "new"), [(("name",), None, "x"), (("name", "en"), "pier", "x"), ((), None, None)])
def test_without_a_sure_spot_there_is_no_fix(path: Path, word: str | None, new: str | None) -> None:
    fix = located(path, word, Remedy("mend it", new)).fix
    assert fix is None or path == ()
