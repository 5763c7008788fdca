"""That every code is explained, and that its explanation is true: the bad example has it and the good one has nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from briefbook.catalogue import (
    FAMILIES,
    Code,
    Example,
    UnknownCode,
    as_markdown,
    code,
    codes,
    explain,
    explain_all,
    overview,
    prefixes,
)
from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.editions import EditionError, read_edition
from briefbook.handwritten import read_hand_written
from briefbook.model.fingerprints import NOTHING_AGREED, compare, renewed, units_of
from briefbook.proofreading import proofread
from briefbook.reading.loading import Reading, read_folder
from briefbook.reading.yamltree import LARGEST, Refused, decode
from briefbook.rules import Circumstances
from briefbook.scaffolding import create_site
from briefbook.site import Settings, open_site
from briefbook.snapshot import Remarks, take_snapshot
from briefbook.translationlock import parse_lock
from briefbook.wording.labels import LabelFile, load_labels

PACKAGE = Path(str(files("briefbook")))
PAGE = PACKAGE.parent / "CODES.md"
LANGUAGES = ("en", "ja")
TODAY = Circumstances(date(2025, 7, 1))
# What examples may name. It is without a finding, and has one of each kind that they need.
BASE = """\
briefing: {title: {en: The harbour, ja: 港の記録}, as_of: 2025-06-30}
actors:
  port:
    kind: organization
    name: {en: Port Authority, ja: 港湾局}
    summary: {en: It runs the harbour., ja: 港を運営する。}
    cites: [gazette]
  union:
    kind: group
    name: {en: Dockers’ Union, ja: 港湾労組}
    summary: {en: It stands for the dockers., ja: 港で働く人々を代表する。}
    cites: [gazette]
  mira:
    kind: person
    name: {en: Mira Tanabe, ja: 田辺ミラ}
    roles:
      - post: {en: chair, ja: 議長}
        at: port
        from: 2024-01-01
        until: 2025-03-31
        cites: [gazette]
disputes:
  fees:
    title: {en: Berth fees, ja: 停泊料をめぐる争い}
    question: {en: Who sets the berth fees?, ja: 停泊料は誰が決めるのか。}
    parties: [port, union]
    history:
      - {status: open, from: 2025-01-15, why: {en: The union objects., ja: 労組が異議を唱えた。}, cites: [gazette, courier]}
events:
  hearing:
    date: 2025-02-03
    title: {en: Hearing on the berth fees, ja: 停泊料をめぐる公聴会}
    actors: [mira, port]
    disputes: [fees]
    status: confirmed
    cites: [gazette, courier]
sources:
  gazette:
    publisher: {en: Gazette, ja: 官報}
    title: Notices of June
    url: https://gazette.example/june
    published: 2025-06-10
    accessed: 2025-06-20
    language: en
    kind: primary
  courier:
    publisher: {en: Courier, ja: クーリエ紙}
    title: The quarrel over fees
    url: https://courier.example/fees
    published: 2025-06-12
    accessed: 2025-06-20
    language: en
    kind: newsroom
"""


def codes_in_source() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    return {found for source in sources for found in re.findall(r"[\"']([A-Z]\d{3})[\"']", source)}


def test_every_code_in_the_source_is_explained_and_no_other() -> None:
    assert sorted(codes_in_source()) == sorted(codes())


@pytest.mark.parametrize("one", codes().values(), ids=lambda one: one.code)
def test_an_explanation_is_complete(one: Code) -> None:
    assert one.code[0] in FAMILIES
    assert not one.title[0].islower()
    assert not one.title.endswith(".")
    assert one.meaning.endswith((".", ")"))
    assert one.why.endswith(".")
    assert one.silence == "no" or f"ignore: {{code: {one.code}, why: …" in one.silence
    assert max(map(len, one.markdown.splitlines())) <= 140


def read(example: Example, folder: Path, *, base: bool = True) -> Reading:
    if base:
        (folder / "base.yml").write_text(BASE, encoding="utf-8")
    (folder / "example.yml").write_text(example.text, encoding="utf-8")
    return read_folder(folder, LANGUAGES, folder, circumstances=TODAY, advice=True)


def found_in_labels(example: Example) -> list[Diagnostic]:
    language = re.match(r"# labels/(\w+)\.yml", example.text)
    return load_labels(language[1] if language else "en", LabelFile("labels.yml", example.text.encode()))[1]


def found_in_pages(example: Example) -> list[Diagnostic]:
    """What is told of the pages that an example names, or shows below their names."""
    shown = re.split(r"^(?:<!-- )?content/pages/(\S+)(?: -->)?\n", example.text, flags=re.MULTILINE)[1:]
    files = [(name, name, (text.strip() or "# 1").encode()) for name, text in zip(shown[::2], shown[1::2], strict=True)]
    briefing = read_folder(PACKAGE / "scaffold" / "content" / "facts", LANGUAGES).briefing
    pages, found = read_hand_written(files, LANGUAGES)
    return found + proofread(pages, briefing, LANGUAGES, TODAY.day)


def found_in_bytes(example: Example) -> list[Diagnostic]:
    """What is told of a file of another encoding, or of that size."""
    raw = "港".encode("shift_jis" if "Shift_JIS" in example.text else "utf-8")
    try:
        decode(raw if "MB" not in example.text else b"#" * (LARGEST + 1), "a.yml")
    except Refused as refusal:
        return [refusal.diagnostic]
    return []


# What cannot be without another one: what is shown again after its time, beside what says so.
TOGETHER = {"I001": {"L001"}}
def found_in_lock(example: Example) -> list[Diagnostic]:
    return parse_lock(example.text, "translations.lock")[1]


def found_since_agreed(example: Example) -> list[Diagnostic]:
    """What is stale if the texts read as `# was:` says when they were last seen to agree."""
    now = re.sub(r" +# was: .*", "", example.text)
    before = re.sub(r": [^#\n]*# was: (.*)", r": \1", example.text)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "example.yml"
        file.write_text(BASE + before, encoding="utf-8")
        units = units_of(read_folder(Path(folder), LANGUAGES).briefing)
        lock = renewed(compare(units, NOTHING_AGREED), lambda _standing, _language: False)
        file.write_text(BASE + now, encoding="utf-8")
        return read_folder(Path(folder), LANGUAGES, circumstances=replace(TODAY, agreed=lock)).diagnostics


def found_in_edition(example: Example) -> list[Diagnostic]:
    """What is told of an edition once its manifest says what the example says, or a file in it is changed so."""
    with TemporaryDirectory() as folder:
        create_site(Path(folder) / "site", ["en"])
        root = Path(folder) / "site"
        site = open_site(Settings(root, ("en",), root / "content/facts", root / "content/pages", root / ".cache"))
        edition = take_snapshot(site, root / "mkdocs.yml", date(2026, 7, 1), Remarks({})).folder
        if example.kind == "json":
            manifest = edition / "manifest.json"
            manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | json.loads(example.text)), encoding="utf-8")
        else:
            changed = root / example.text.split()[-1]
            changed.write_text(changed.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        try:
            read_edition(edition)
        except EditionError as error:
            return error.diagnostics
    return []


ELSEWHERE: dict[str, Callable[[Example], list[Diagnostic]]] = {
    "S601": found_since_agreed, "S602": found_in_lock, "V001": found_in_edition, "V002": found_in_edition,
    "Y001": found_in_bytes, "Y006": found_in_bytes, "L003": found_in_pages, "P001": found_in_pages, "P002": found_in_pages, "P003": found_in_pages,
    "L010": found_in_labels, "L011": found_in_labels, "L012": found_in_labels,
}


def found_in(one: Code, example: Example, folder: Path) -> list[Diagnostic]:
    if one.code in ELSEWHERE:
        return ELSEWHERE[one.code](example)
    return read(example, folder, base=one.code != "Y007").diagnostics


def test_what_examples_rest_on_is_without_a_finding(tmp_path: Path) -> None:
    assert [] == read(Example("yaml", ""), tmp_path).diagnostics


@pytest.mark.parametrize("one", codes().values(), ids=lambda one: one.code)
def test_the_bad_example_has_just_this_finding(one: Code, tmp_path: Path) -> None:
    found = found_in(one, one.wrong, tmp_path)
    assert {(one.code, one.severity)} == {(each.code, each.severity) for each in found if each.code not in TOGETHER.get(one.code, ())}, found


@pytest.mark.parametrize("one", codes().values(), ids=lambda one: one.code)
def test_the_good_example_has_no_finding(one: Code, tmp_path: Path) -> None:
    assert [] == found_in(one, one.right, tmp_path)


def test_an_explanation_is_shown_as_people_read() -> None:
    shown = explain("c001", 60)
    assert shown.startswith("C001: A claim cites no source\n\n- severity: error\n")
    assert "\n\nWrong\n\n    events:\n      strike:\n" in shown
    assert "```" not in shown
    assert "## " not in shown
    prose = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 60


def test_all_codes_are_listed_by_family() -> None:
    shown = explain_all()
    assert all(f"  {one.code}  {one.severity.value:7}  {one.title}" in shown for one in codes().values())
    assert shown.index("files and YAML") < shown.index("claims and whose word")


@pytest.mark.parametrize(
    ("name", "message"),
    [("C009", "there is no code “C009”; did you mean C00"), ("Q001", "there is no code “Q001”; the families are Y, F, R"), ("", "there is no code “”")],
)
def test_an_unknown_code_is_told(name: str, message: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        code(name)
    assert str(caught.value).startswith(message)


def test_starts_of_codes_are_taken_apart() -> None:
    assert ("C", "L001", "F00", "") == prefixes(["C,l001", " F00 ", "all", ","])


@pytest.mark.parametrize(("name", "message"), [("C9", "no code starts with “C9”"), ("Q", "no code starts with “Q”; the families are")])
def test_an_unknown_start_is_told(name: str, message: str) -> None:
    with pytest.raises(UnknownCode, match=message):
        prefixes(["C", name])


def found(name: str, number: int) -> list[Diagnostic]:
    return [Diagnostic(name, Severity.ERROR, "wrong", Place("a.yml", line)) for line in range(number)]


def test_an_overview_counts_by_family_and_code() -> None:
    shown = overview([*found("C001", 1200), *found("C002", 3), *found("F001", 7)])
    assert ["7", "fields", "of", "a", "fact", "F001", "×7", "1,203", "claims", "and", "whose", "word", "they", "are", "C001", "×1,200,", "C002", "×3"] == shown.split()
    first, second = shown.splitlines()
    assert first.index("F001") == second.index("C001")


def test_an_overview_of_nothing_is_empty() -> None:
    assert "" == overview([])


@cache
def page() -> str:
    return as_markdown()


def test_the_page_of_all_codes_is_current(update: bool) -> None:
    """`pytest tests/test_catalogue.py --update` writes it anew."""
    if update:
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_leads_to_every_code() -> None:
    for one in codes().values():
        assert f"[{one.code}](#{one.code.lower()})" in page()
        assert f'<a id="{one.code.lower()}"></a>\n\n### {one.code}: {one.title}\n' in page()


def test_comments_in_examples_are_no_headings() -> None:
    assert "\n# labels/fr.yml\n" in page()
