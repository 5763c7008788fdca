"""A folder of facts: which files are read, that every mistake of every file is told, and what cannot be read at all."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.reading.loading import Reading, read_folder

Codes = Callable[[list[Diagnostic]], list[str]]
TERM = "terms: {agi: {name: AGI, definition: x}}\n"


def told(reading: Reading) -> list[str]:
    return [f"{found.place} {found.code}" for found in reading.diagnostics]


def messages(reading: Reading) -> list[str]:
    return [found.message for found in reading.diagnostics]


def test_facts_of_all_files_are_one_briefing(facts: Callable[..., Reading]) -> None:
    reading = facts(
        "terms: {agi: {name: AGI, definition: 'see [[acme]]'}}\n",
        "actors: {acme: {kind: organization, name: Acme}}\nbriefing: {title: Acme}\n",
    )
    assert ([], True) == (reading.diagnostics, reading.usable)
    assert ["acme", "agi"] == list(reading.briefing.facts)
    assert "Acme" == reading.briefing.about.title.shared


def test_every_mistake_of_every_file_is_told_in_one_run_and_in_order(facts: Callable[..., Reading]) -> None:
    reading = facts(
        "actors:\n  acme: {kind: company, name: Acme}\n  acme: {}\nweather: {}\n",
        "terms:\n  agi: {name: {en: AGI}, definition: 'see [[agj]]'}\n",
        "terms: [\n",
        "événements: café\n".encode("latin-1"),
        "events:\n  fair: {date: 2024-13, title: Fair}\n  agi: {}\n",
    )
    assert [
        "1.yml:2:16 F007",
        "1.yml:3:3 Y003",
        "1.yml:4:1 F001",
        "2.yml:2:9 L001",
        "2.yml:2:43 R001",
        "3.yml:2:1 Y002",
        "4.yml:1:1 Y001",
        "5.yml:2:3 C001",
        "5.yml:2:3 F002",
        "5.yml:2:16 F004",
        *["5.yml:3:3 F002"] * 3,
        "5.yml:3:3 F008",
    ] == told(reading)
    assert reading.usable is False


def test_warnings_alone_leave_it_usable(facts: Callable[..., Reading]) -> None:
    reading = facts("terms: {agi: {name: {en: AGI}, definition: x}}\n")
    assert [Severity.WARNING] == [found.severity for found in reading.diagnostics]
    assert reading.usable is True


def test_an_id_is_unique_over_kinds_and_files(facts: Callable[..., Reading]) -> None:
    reading = facts(TERM, "actors: {agi: {kind: person, name: Agi}}\n", TERM)
    assert ["2.yml:1:10 F008", "3.yml:1:9 F008"] == told(reading)
    assert {"“agi” is used already, at 1.yml:1:9"} == set(messages(reading))


def test_there_is_one_briefing_over_all_files(facts: Callable[..., Reading]) -> None:
    reading = facts("briefing: {title: One}\n", "briefing: {title: Two}\n")
    assert ["2.yml:1:1 F008"] == told(reading)
    assert "One" == reading.briefing.about.title.shared


def test_a_broken_fact_is_not_in_the_briefing_and_nobody_else_is_blamed(facts: Callable[..., Reading]) -> None:
    reading = facts("actors: {acme: {kind: company, name: Acme}}\n", "terms: {agi: {name: AGI, definition: '[[acme]]'}}\n")
    assert ["1.yml:1:23 F007"] == told(reading)
    assert ["agi"] == list(reading.briefing.facts)


def test_places_in_block_texts_are_those_of_the_words(facts: Callable[..., Reading]) -> None:
    reading = facts(
        "terms:\n  agi:\n    name: AGI\n    definition:\n      en: >-\n        one line\n        then [[nobody]] here\n"
        "      ja: |\n        一行目、\n        二行目の[[だれも|だれか]]である\n"
    )
    assert ["1.yml:7:14 R001", "1.yml:10:13 R001"] == told(reading)


def write(folder: Path, **contents: str) -> None:
    for name, content in contents.items():
        path = folder / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_folders_within_are_read_and_other_files_are_not(tmp_path: Path) -> None:
    write(tmp_path, **{"deep/er/one": TERM})
    (tmp_path / "two.YAML").write_text("terms: {asi: {name: ASI, definition: x}}\n", encoding="utf-8")
    for name in ("notes.txt", ".hidden.yml", "backup.yml~", "yml"):
        (tmp_path / name).write_text("not: [facts", encoding="utf-8")
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ([], ["agi", "asi"]) == (reading.diagnostics, list(reading.briefing.facts))


def test_files_are_read_in_a_fixed_order(tmp_path: Path) -> None:
    write(tmp_path, **{"b": TERM, "a/z": TERM, "c": TERM})
    assert ["b.yml:1:9 F008", "c.yml:1:9 F008"] == told(read_folder(tmp_path, ("en",), tmp_path))


def test_files_are_named_from_where_the_reader_stands(tmp_path: Path) -> None:
    write(tmp_path / "content" / "facts", bad="weather: {}\n")
    folder = tmp_path / "content" / "facts"
    assert ["content/facts/bad.yml:1:1 F001"] == told(read_folder(folder, ("en",), tmp_path))
    assert ["../facts/bad.yml:1:1 F001"] == told(read_folder(folder, ("en",), tmp_path / "content" / "pages"))
    assert [f"{folder.as_posix()}/bad.yml:1:1 F001"] == told(read_folder(folder, ("en",)))


def test_an_excerpt_comes_from_the_file_that_was_read(facts: Callable[..., Reading]) -> None:
    reading = facts("\ufeffterms:\r\n  agi: {name: AGI}\r\n")
    assert "  agi: {name: AGI}" == reading.line_of(Place("1.yml", 2, 3))
    assert [None, None, None] == [reading.line_of(place) for place in (Place("1.yml", 9), Place("1.yml", 0), Place("2.yml"))]


@pytest.mark.parametrize("content", ["", "# nothing\n", "---\n", "terms:\n", "terms: {}\nactors:\n"], ids=repr)
def test_a_folder_without_any_fact_is_told(facts: Callable[..., Reading], content: str) -> None:
    reading = facts(content)
    assert ["no facts here: no .yml file has any"] == messages(reading)
    assert [".:1:1 Y007"] == told(reading)


def test_an_empty_folder_is_told(tmp_path: Path, codes: Codes) -> None:
    assert ["Y007"] == codes(read_folder(tmp_path, ("en",), tmp_path).diagnostics)


@pytest.mark.parametrize("make", [lambda _: None, lambda path: path.write_text("x")], ids=["missing", "a file"])
def test_a_missing_folder_is_told_once(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "facts")
    reading = read_folder(tmp_path / "facts", ("en",), tmp_path)
    assert (["facts:1:1 Y001"], ["there is no such folder of facts"]) == (told(reading), messages(reading))


def test_the_rest_is_read_where_one_file_cannot_be(tmp_path: Path) -> None:
    write(tmp_path, good=TERM)
    (tmp_path / "bad.yml").write_bytes("用語: 値\n".encode("shift_jis"))
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert (["bad.yml:1:1 Y001"], ["agi"]) == (told(reading), list(reading.briefing.facts))


def test_a_file_that_fails_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, good=TERM, bad=TERM)
    open_ = os.open

    def fail(path: str, flags: int) -> int:
        if os.fspath(path).endswith("bad.yml"):
            raise PermissionError(13, "Permission denied")
        return open_(path, flags)

    monkeypatch.setattr(os, "open", fail)
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ["bad.yml:1:1 Y001"] == told(reading)
    assert ["the file cannot be read: Permission denied"] == messages(reading)
    assert ["agi"] == list(reading.briefing.facts)


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, **{"x.yml/inside": TERM})
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ([], ["agi"]) == (reading.diagnostics, list(reading.briefing.facts))


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TERM, encoding="utf-8")
    (tmp_path / "one.yml").symlink_to("one.txt")
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ([], ["agi"]) == (reading.diagnostics, list(reading.briefing.facts))


@pytest.mark.parametrize("target", ["../outside.yml", "/etc/hostname", "../nowhere.yml"])
def test_a_link_out_of_the_folder_is_told_and_not_followed(tmp_path: Path, target: str) -> None:
    write(tmp_path, outside="terms: {secret: {name: S, definition: x}}\n")
    write(tmp_path / "facts", good=TERM)
    (tmp_path / "facts" / "link.yml").symlink_to(target)
    reading = read_folder(tmp_path / "facts", ("en",), tmp_path)
    assert ["facts/link.yml:1:1 Y001"] == told(reading)
    assert ["the file is a link that leads out of the folder of facts"] == messages(reading)
    assert ["agi"] == list(reading.briefing.facts)


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, good=TERM)
    (tmp_path / "link.yml").symlink_to("nothing.yml")
    assert ["link.yml:1:1 Y001"] == told(read_folder(tmp_path, ("en",), tmp_path))


def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    write(tmp_path, good=TERM)
    (tmp_path / "a.yml").symlink_to("b.yml")
    (tmp_path / "b.yml").symlink_to("a.yml")
    assert ["a.yml:1:1 Y001", "b.yml:1:1 Y001"] == told(read_folder(tmp_path, ("en",), tmp_path))


def test_a_link_to_a_folder_outside_is_told(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", other=TERM)
    write(tmp_path / "facts", good="terms: {asi: {name: ASI, definition: x}}\n")
    (tmp_path / "facts" / "more").symlink_to("../elsewhere")
    assert ["facts/more:1:1 Y001"] == told(read_folder(tmp_path / "facts", ("en",), tmp_path))


def test_what_is_no_file_is_told_and_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, good=TERM)
    os.mkfifo(tmp_path / "pipe.yml")
    monkeypatch.chdir(tmp_path)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yml")
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ["pipe.yml:1:1 Y001", "socket.yml:1:1 Y001"] == told(reading)
    assert ["this is a pipe, not a file", "this is a socket, not a file"] == messages(reading)
    assert ["agi"] == list(reading.briefing.facts)


def test_a_file_that_says_it_is_huge_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, good=TERM)
    with (tmp_path / "huge.yml").open("wb") as file:
        file.truncate(5_000_000_000)
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ["huge.yml:1:1 Y006"] == told(reading)
    assert ["the file is too large: 5,000,000,000 bytes; the limit is 5,000,000"] == messages(reading)


def test_a_name_that_is_not_utf_8_is_told_and_can_be_printed(tmp_path: Path) -> None:
    write(tmp_path, good=TERM)
    raw = os.fsencode(tmp_path) + b"/b\xffd.yml"
    Path(os.fsdecode(raw)).write_text("terms: {x: {name: X, definition: x}}\n", encoding="utf-8")
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ["b\ufffdd.yml:1:1 Y001"] == told(reading)
    assert ["the name of the file is not UTF-8"] == messages(reading)


def test_folders_too_deep_for_the_system_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, good=TERM)
    name = "d" * 250
    monkeypatch.chdir(tmp_path)
    for _ in range(20):
        Path(name).mkdir()
        os.chdir(name)
    Path("x.yml").write_text(TERM, encoding="utf-8")
    os.chdir(tmp_path)
    reading = read_folder(tmp_path, ("en",), tmp_path)
    assert ["Y001"] == [found.code for found in reading.diagnostics]
    assert ["agi"] == list(reading.briefing.facts)
    shutil.rmtree(tmp_path / name)


def test_the_briefing_goes_by_its_folder_until_it_has_a_title(tmp_path: Path) -> None:
    write(tmp_path / "content" / "facts", good=TERM)
    assert "content" == read_folder(tmp_path / "content" / "facts", ("en",), tmp_path).briefing.about.title.shared


@pytest.mark.parametrize(
    "content",
    [
        f"figures: {{f: {{title: F, values: [{{amount: {'9' * 40} USD, as_of: 2024, status: confirmed, cites: [s]}}]}}}}\n",
        f"terms: {{agi: {{name: AGI, definition: '{'*a ' * 2000}x{' a*' * 2000}'}}}}\n",
    ],
    ids=["amount", "emphasis"],
)
def test_nothing_an_author_writes_ends_the_run(facts: Callable[..., Reading], content: str) -> None:
    assert facts(content).texts
