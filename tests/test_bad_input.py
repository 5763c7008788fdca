"""What an attacker or a tired person puts into a site's folders: each is refused in words, nothing hangs, nothing leaks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from briefbook.cli import main
from briefbook.reading.loading import read_folder
from briefbook.reading.yamltree import LONGEST
from briefbook.scaffolding import create_site

SARIF = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json"
PRIVATE = "what only this machine knows"
# As a terminal, a log or a page would obey them.
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site, in which nothing is wrong yet."""
    create_site(tmp_path / "site", ["en", "ja"])
    (tmp_path / "private").write_text(f"{PRIVATE}\n", encoding="utf-8")
    return tmp_path / "site"


def check(site: Path, *options: str) -> Result:
    done = CliRunner().invoke(main, ["check", "-f", str(site / "mkdocs.yml"), *options])
    # Anything else than an exit would be a traceback.
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done


def heads(done: Result) -> list[str]:
    return [line for line in done.stdout.splitlines() if re.search(r": (error|warning) \[", line)]


PLACES = ["content/facts/x.yml", "content/pages/en/x.md", "site_overrides/labels/en.yml", "site_overrides/pages/event.md", "content/translations.lock"]


@pytest.mark.parametrize("place", PLACES)
def test_a_pipe_is_refused_wherever_it_lies(site: Path, place: str) -> None:
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(site / place)
    done = check(site)
    assert 1 == done.exit_code
    assert [True] == [line.startswith(f"{place}:1:1: error") and line.endswith("this is a pipe, not a file") for line in heads(done)]


@pytest.mark.parametrize("place", PLACES)
def test_a_link_out_of_the_site_is_refused_and_shows_nothing(site: Path, place: str) -> None:
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    (site / place).symlink_to(site.parent / "private")
    done = check(site)
    assert 1 == done.exit_code
    assert [True] == [line.startswith(f"{place}:1:1: error") and "a link that leads out of" in line for line in heads(done)]
    assert PRIVATE not in done.output


@pytest.mark.parametrize("place", PLACES)
def test_a_file_of_many_gigabytes_is_refused_unread(site: Path, place: str) -> None:
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    with (site / place).open("wb") as file:
        file.truncate(50_000_000_000)
    done = check(site)
    assert 1 == done.exit_code
    assert [True] == [line.startswith(f"{place}:1:1: error") and "too large: 50,000,000,000 bytes" in line for line in heads(done)]


def test_what_would_be_published_with_the_pages_may_not_lead_out_either(site: Path) -> None:
    (site / "content/pages/en/notes.txt").symlink_to(site.parent / "private")
    (site / "content/pages/en/more").symlink_to(site.parent)
    (site / "content/pages/en/round").symlink_to("..")
    told = [line.split(" error ")[0] for line in heads(check(site))]
    assert [f"content/pages/en/{name}:1:1:" for name in ("more", "notes.txt", "round")] == told


def test_a_page_may_be_a_link_within_the_site(site: Path) -> None:
    for language in ("en", "ja"):
        (site / f"content/pages/{language}/readme.md").symlink_to("../../../README.md")
    assert [] == [line for line in heads(check(site)) if "Y001" in line]


def test_a_page_with_a_control_character_is_refused(site: Path) -> None:
    (site / "content/pages/en/x.md").write_bytes(b"# x\n\na\0b\n")
    assert ["content/pages/en/x.md:3:2: error [Y002] a control character, U+0000"] == heads(check(site))


EVIL_NAMES = [b"new\nline.yml", b"\xe2\x80\xaebidi.yml", b"\x1b[31mred.yml", b"not-\xff-text.yml", b"%0A::error::x.yml", b"a,b:c.yml"]


@pytest.fixture
def evil_names(site: Path) -> Path:
    """The site with files whose names steer terminals and logs, a mistake in each."""
    for number, name in enumerate(EVIL_NAMES):
        path = Path(os.fsdecode(os.fsencode(site / "content/facts") + b"/" + name))
        path.write_text(f"terms: {{t{number}: {{name: x, definition: '[[nobody]]'}}}}\n", encoding="utf-8")
    return site


@pytest.mark.parametrize("style", ["text", "github"])
def test_names_of_files_steer_nothing(evil_names: Path, style: str) -> None:
    done = check(evil_names, "--format", style)
    assert 1 == done.exit_code
    assert [] == STEERING.findall(done.output)
    assert "content/facts/not-\ufffd-text.yml" in done.stdout
    if style == "github":
        assert {"::error file"} == {line[:12] for line in done.stdout.splitlines()}
        assert len(EVIL_NAMES) == len(done.stdout.splitlines())


def test_names_of_files_fit_into_json_and_sarif(evil_names: Path) -> None:
    told = json.loads(check(evil_names, "--format", "json").stdout_bytes.decode("utf-8"))
    assert len(EVIL_NAMES) == len(told)
    log = json.loads(check(evil_names, "--format", "sarif").stdout_bytes.decode("utf-8"))
    jsonschema.validate(log, json.loads(SARIF.read_text(encoding="utf-8")))
    assert len(EVIL_NAMES) == len(log["runs"][0]["results"])


def test_texts_steer_nothing(site: Path) -> None:
    quoted = json.dumps("a\x1b]0;title\x07\x9b31m\u202eb\r\n::error::x")
    text = f"terms: {{t: {{nme: {quoted}, {quoted}: x, definition: '[[nobody]] %0A::error::y'}}}}\n"
    (site / "content/facts/x.yml").write_text(text.replace("\u202e", r"\u202e"), encoding="utf-8")
    for style in ("text", "github"):
        assert [] == STEERING.findall(check(site, "--format", style).output)


def test_a_long_line_is_not_repeated_with_each_of_its_mistakes(site: Path) -> None:
    facts = ", ".join(f"t{n}: {{nme: x, definition: {'y' * 300}}}" for n in range(300))
    (site / "content/facts/x.yml").write_text(f"terms: {{{facts}}}\n", encoding="utf-8")
    done = check(site, "--format", "sarif")
    assert 600 == len(json.loads(done.stdout)["runs"][0]["results"])
    assert len(done.stdout) < 2_000_000


def test_a_message_does_not_quote_a_whole_page(site: Path) -> None:
    (site / "content/facts/x.yml").write_text(f"terms: {{'{'x' * LONGEST}': {{name: x}}}}\n", encoding="utf-8")
    assert max(map(len, check(site).stdout.splitlines())) < 1_200


def test_ten_thousand_mistakes_are_counted_and_a_hundred_shown(site: Path) -> None:
    facts = "".join(f"  t{n}: {{name: x, nme: x, definition: '[[nobody-{n}]]'}}\n" for n in range(5_000))
    (site / "content/facts/x.yml").write_text(f"terms:\n{facts}", encoding="utf-8")
    done = check(site)
    assert 100 == len(heads(done))
    assert "10,000 errors" in done.stderr


CONFIGURED: list[tuple[str, str]] = [
    ("languages: []", "languages: name at least one"),
    ("languages: [../../x]", "“../../x” is not a language code"),
    ("languages: [en, en]", "“en” is named twice"),
    ("languages: [EN]", "“EN” is not a language code"),
    (f"languages: [en-{'-'.join(['abcdefgh'] * 40)}]", "is not a language code"),
    ('languages: ["\\e[31m"]', "“\ufffd[31m” is not a language code"),
    ('languages: [en]\n      facts: "a\\0b"', "facts: no folder has such a name"),
    ("languages: [en]\n      facts: .", "facts: give the facts a folder of their own"),
    ("languages: [en]\n      facts: ../..", "facts: give the facts a folder of their own"),
]


@pytest.mark.parametrize(("written", "said"), CONFIGURED)
def test_settings_that_lead_astray_are_refused(site: Path, written: str, said: str) -> None:
    config = site / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("languages: [en, ja]", written), encoding="utf-8")
    done = check(site)
    assert 2 == done.exit_code
    assert said in " ".join(done.stderr.split())


def test_settings_nested_too_deep_are_refused(site: Path) -> None:
    (site / "mkdocs.yml").write_text("[" * 100_000, encoding="utf-8")
    done = check(site)
    assert 2 == done.exit_code
    assert "nested too deep" in done.stderr


RUNS = ["9", "9,", "1 million ", "億", "1億", "[", "[[a|", "](", "(", "「", " a", "*a **", "_", "`", "&", "e\u0301", "今年", "1 May ", "x-", "ア・"]


@pytest.mark.parametrize("run", RUNS, ids=ascii)
def test_long_runs_of_one_thing_are_read_to_the_end(tmp_path: Path, run: str) -> None:
    """How long each takes is measured by tests/benchmarks/long_runs.py; here it is enough that nothing fails."""
    text = (run * LONGEST)[: LONGEST // 4]
    written = json.dumps({"terms": {"t": {"name": "T", "definition": {"en": text, "ja": text}}}}, ensure_ascii=False)
    (tmp_path / "x.yml").write_text(written, encoding="utf-8")
    assert ["t"] == list(read_folder(tmp_path, ("en", "ja"), tmp_path).briefing.facts)


DEEP = ["terms: " + "[" * 100_000, "terms: " + "{a: " * 100_000, "- " * 100_000 + "x", "\n".join(" " * n + "a:" for n in range(2_000))]


@pytest.mark.parametrize("text", DEEP, ids=lambda text: text[:8])
def test_no_nesting_exhausts_anything(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    assert ["Y005"] == [found.code for found in read_folder(tmp_path, ("en",), tmp_path).diagnostics]


def test_a_hundred_megabytes_take_no_memory(site: Path) -> None:
    with (site / "content/facts/x.yml").open("wb") as file:
        for _ in range(100):
            file.write(b"# " + b"x" * 999_997 + b"\n")
    program = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30,) * 2); from briefbook.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "-f", site / "mkdocs.yml"], capture_output=True, text=True, check=False
    )
    assert (1, "") == (done.returncode, "".join(line for line in done.stderr.splitlines() if "Error" in line))
    assert "the file is too large: 100,000,000 bytes" in done.stdout


def po_of(site: Path) -> str:
    path = site.parent / "ja.po"
    CliRunner().invoke(main, ["translations", "-f", str(site / "mkdocs.yml"), "-l", "ja", "--export", str(path)])
    return path.read_text(encoding="utf-8")


def imported(site: Path, po: str | bytes) -> Result:
    path = site.parent / "back.po"
    path.write_bytes(po if isinstance(po, bytes) else po.encode())
    done = CliRunner().invoke(main, ["translations", "-f", str(site / "mkdocs.yml"), "--import", str(path)])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done


def files_of(site: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


HEADER = "Language: ja"
BAD_PO: list[tuple[str, Any]] = [
    ("nothing", lambda _: b""),
    ("zeros", lambda _: bytes(1000)),
    ("half", lambda po: po[: len(po) // 2]),
    ("another language", lambda po: po.replace(HEADER, "Language: ../../x")),
    ("no text encoding", lambda po: po.replace("charset=utf-8", "charset=zlib")),
    ("another encoding", lambda po: po.encode("shift_jis", "replace")),
    ("a year with too many digits", lambda po: po.replace("POT-Creation-Date: 2", "POT-Creation-Date: 99999")),
    ("a form too far", lambda po: po + '\nmsgid "x"\nmsgid_plural "y"\nmsgstr[99999999999] "z"\n'),
]


@pytest.mark.parametrize("spoil", [spoil for _, spoil in BAD_PO], ids=[name for name, _ in BAD_PO])
def test_a_damaged_po_file_is_refused_and_nothing_is_written(site: Path, spoil: Any) -> None:
    po = po_of(site)
    before = files_of(site)
    done = imported(site, spoil(po))
    assert 1 == done.exit_code
    assert done.stderr.startswith("Error: ")
    assert before == files_of(site)


WORDS = [
    ("a\x1bb", "it has a control character, U+001B"),
    ("a\u202eb", "it has a character that reverses the direction of text, U+202E"),
    ("x" * (LONGEST + 1), "it has 20,001 characters; the limit is 20,000"),
]


@pytest.mark.parametrize(("words", "why"), WORDS, ids=[why for _, why in WORDS])
def test_words_that_no_file_may_hold_are_not_imported(site: Path, words: str, why: str) -> None:
    po = po_of(site)
    before = files_of(site)
    first = re.search(r'msgctxt "briefing/title"\nmsgid .+\n(msgstr .+)\n', po)
    assert first
    done = imported(site, po.replace(first[1], f'msgstr "{words}"'))
    assert why in done.stderr
    assert before == files_of(site)
    assert [] == STEERING.findall(done.output)


def test_words_that_look_like_yaml_stay_words(site: Path) -> None:
    po = po_of(site)
    first = re.search(r'msgctxt "briefing/title"\nmsgid .+\n(msgstr .+)\n', po)
    assert first
    imported(site, po.replace(first[1], r'msgstr "a: b # c\nactors: {x: *y}\n- !!python/object &a"'))
    title = read_folder(site / "content/facts", ("en", "ja"), site).briefing.about.title
    assert "a: b # c actors: {x: *y} - !!python/object &a" == title.by_language["ja"]


def test_a_lock_of_anything_is_told_line_by_line_and_nothing_else(site: Path) -> None:
    (site / "content/translations.lock").write_text("a/b\x1b[31m en=0\n" * 3 + "a" + "/a[]" * 10_000 + "!\n", encoding="utf-8")
    done = check(site)
    assert 4 == len([line for line in heads(done) if "S602" in line])
    assert [] == STEERING.findall(done.output)
