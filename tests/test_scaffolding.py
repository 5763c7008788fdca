"""`briefbook new`: the site it writes works at once, in any language, and a mistake leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefbook import scaffolding
from briefbook.diagnostics import as_text
from briefbook.model.facts import KINDS, SourceKind
from briefbook.scaffolding import ScaffoldingError, create_site
from briefbook.site import Settings, Site, open_site

REPOSITORY = Path(__file__).parents[1]
SCAFFOLD = REPOSITORY / "generator" / "briefbook" / "scaffold"
LANGUAGES = (["en", "ja"], ["en"], ["ja"], ["de"], ["ar", "en"], ["pt-BR"], ["no"], ["ja-JP", "fr"], ["tlh"])


def opened(root: Path, languages: Sequence[str]) -> Site:
    return open_site(
        Settings(
            root=root, languages=tuple(languages), facts=root / "content/facts", pages=root / "content/pages",
            cache=root / ".cache/briefbook", overrides=root / "site_overrides",
            ignore=("N1", "W2") if "ignore: [N1, W2]" in (root / "mkdocs.yml").read_text(encoding="utf-8") else (),
        )
    )


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# --- the site that is written ---


@pytest.mark.parametrize("languages", [*LANGUAGES, ["zh-Hant"]], ids=",".join)
def test_a_new_site_has_nothing_to_complain_about(tmp_path: Path, languages: list[str]) -> None:
    create_site(tmp_path / "new", languages)
    site = opened(tmp_path / "new", languages)
    assert [] == [as_text(found, site.line_of) for found in site.diagnostics]
    assert site.pages


def test_the_report_names_every_file_written(tmp_path: Path) -> None:
    written = create_site(tmp_path / "new", ["en", "de"])
    files = [name for name in everything_in(tmp_path / "new") if (tmp_path / "new" / name).is_file()]
    assert files == written
    assert {".gitignore", ".github/workflows/site.yml", "mkdocs.yml", "README.md", "requirements.txt"} <= set(written)
    assert {"content/pages/de/about.md", "content/pages/en/about.md", "site_overrides/labels/de.yml"} <= set(written)
    assert "site_overrides/labels/en.yml" not in written


def test_it_shows_every_kind_of_fact_and_of_source(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["en"])
    briefing = opened(tmp_path / "new", ["en"]).briefing
    assert set(KINDS.values()) == {type(fact) for fact in briefing.facts.values()}
    assert set(SourceKind) == {source.kind for source in briefing.sources}


@pytest.mark.parametrize("languages", [*LANGUAGES, ["zh-Hant"]], ids=",".join)
def test_no_placeholder_is_left(tmp_path: Path, languages: list[str]) -> None:
    for name in create_site(tmp_path / "new", languages):
        text = (tmp_path / "new" / name).read_text(encoding="utf-8")
        assert "@@" not in text, name
        assert re.search(r"[^\n]\n\Z", text), name


@pytest.mark.parametrize(("languages", "absent"), [(["en"], "[ぁ-んァ-ヶ一-龠]"), (["ja"], r"\ben:"), (["de"], r"\b(en|ja|other):")])
def test_languages_not_chosen_leave_no_trace(tmp_path: Path, languages: list[str], absent: str) -> None:
    create_site(tmp_path / "new", languages)
    for path in (tmp_path / "new" / "content" / "facts").iterdir():
        assert None is re.search(absent, path.read_text(encoding="utf-8")), path.name


def test_a_language_without_words_says_so(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["en", "de"])
    site = opened(tmp_path / "new", ["en", "de"])
    assert "not yet in German" in site.title("de")
    assert "not yet" not in site.title("en")
    note = site.briefing.about.note
    assert note is not None
    assert "nothing here is translated yet" in note.by_language["de"]
    assert "**Not translated yet.**" in (tmp_path / "new/content/pages/de/about.md").read_text(encoding="utf-8")
    assert "no words in German" in (tmp_path / "new/README.md").read_text(encoding="utf-8")
    labels = (tmp_path / "new/site_overrides/labels/de.yml").read_text(encoding="utf-8")
    assert labels.startswith("# TODO translate")
    assert "in English" not in labels.split("\n", 2)[2]


def test_every_borrowed_text_is_marked(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["de"])
    for path in (tmp_path / "new" / "content" / "facts").iterdir():
        texts = re.findall(r"^ +de:.*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert texts
        assert texts == [line for line in texts if line.endswith("  # TODO translate")]


def test_a_site_in_languages_it_knows_is_silent_about_translation(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["ja", "en"])
    for path in (tmp_path / "new").rglob("*"):
        assert path.is_dir() or "TODO" not in path.read_text(encoding="utf-8"), path


def test_words_come_along_for_a_regional_kind_of_a_language(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["ja-JP"])
    assert "（架空の見本）" in opened(tmp_path / "new", ["ja-JP"]).title("ja-JP")
    assert "TODO" not in (tmp_path / "new/site_overrides/labels/ja-JP.yml").read_text(encoding="utf-8")


def test_a_field_of_which_no_language_is_left_goes_with_its_comment() -> None:
    text = "a:\n  # How it is read.\n  reading:\n    ja: みさき\n  kind: person\n"
    assert "a:\n  kind: person\n" == scaffolding.in_languages(text, scaffolding._tongues(["en"]), ["en", "ja"])


def test_the_main_language_is_first_in_every_text(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["ja", "en"])
    assert ("ja", "en") == tuple(opened(tmp_path / "new", ["ja", "en"]).briefing.about.title.by_language)


def test_norwegian_is_not_false_in_mkdocs_yml(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["no", "en"])
    assert 'languages: ["no", en]' in (tmp_path / "new/mkdocs.yml").read_text(encoding="utf-8")


def test_every_address_in_the_example_is_nobodys() -> None:
    for path in sorted((SCAFFOLD / "content" / "facts").iterdir()):
        hosts = re.findall(r"https?://([^/\s]+)", path.read_text(encoding="utf-8"))
        assert [] == [host for host in hosts if not re.fullmatch(r"([a-z]+\.)?example\.(org|com)", host)], path.name


def test_the_fact_format_is_described_in_the_same_words_here_and_in_a_new_site(tmp_path: Path) -> None:
    create_site(tmp_path / "new", ["fr"])
    shipped = (SCAFFOLD / "content/README.md").read_bytes()
    assert shipped == (REPOSITORY / "content/README.md").read_bytes(), "copy one over the other"
    assert shipped == (tmp_path / "new/content/README.md").read_bytes()


@pytest.mark.parametrize("languages", [["en", "ja"], ["ar", "no"]], ids=",".join)
def test_mkdocs_builds_it_strictly(tmp_path: Path, languages: list[str]) -> None:
    create_site(tmp_path / "new", languages)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=tmp_path / "new", env=environment, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    for code in languages:
        assert (tmp_path / "new/site" / code / "disputes/quay-four/index.html").is_file()
        assert f'lang="{code}"' in (tmp_path / "new/site" / code / "about/index.html").read_text(encoding="utf-8")
    assert (tmp_path / "new/site/assets/own.css").is_file()
    assert [] == [name for name in everything_in(tmp_path / "new/site") if "labels" in name or name.endswith(".md")]


# --- where it is written ---


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    create_site(tmp_path / "not" / "there" / "yet", ["en"])
    assert (tmp_path / "not/there/yet/mkdocs.yml").is_file()
    assert ["yet"] == os.listdir(tmp_path / "not" / "there")


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    written = create_site(Path("."), ["en"])
    assert before == tmp_path.stat().st_ino
    assert written == [name for name in everything_in(tmp_path) if Path(name).is_file()]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_others_may_read_it_as_they_may_any_new_folder(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    create_site(tmp_path / "new", ["en"])
    assert (tmp_path / "plain").stat().st_mode == (tmp_path / "new").stat().st_mode


@pytest.mark.parametrize(
    ("languages", "message", "hint"),
    [
        ([], "no language was named", "name at least one, such as en, or en,ja"),
        (["en", "ja", "en"], "the language “en” is named twice", "name each once, the main one first"),
        (["EN"], "“EN” is not how this language code is written", "did you mean “en”?"),
        (["pt_br"], "“pt_br” is not how this language code is written", "did you mean “pt-BR”?"),
        (["jp"], "“jp” is not a language code", "did you mean “ja”?"),
        (["japaneese"], "“japaneese” is not a language code", "did you mean “ja”?"),
        (["en-UK"], "“en-UK” is not a language code", "did you mean “en”?"),
        (["xx"], "“xx” is not a language code", "write codes such as en, ja or pt-BR, with commas between them"),
        (["../en"], "“../en” is not a language code", "write codes such as en, ja or pt-BR, with commas between them"),
        (["und"], "“und” is not a language code", "write codes such as en, ja or pt-BR, with commas between them"),
        ([""], "“” is not a language code", "write codes such as en, ja or pt-BR, with commas between them"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, list) else None,
)
def test_languages_that_are_none_are_refused(tmp_path: Path, languages: list[str], message: str, hint: str) -> None:
    with pytest.raises(ScaffoldingError) as refusal:
        create_site(tmp_path / "new", languages)
    assert (message, hint) == (refusal.value.message, refusal.value.hint)
    assert f"{message}; {hint}" == str(refusal.value)
    assert [] == everything_in(tmp_path)


def test_a_folder_in_use_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / ".hidden").write_text("mine", encoding="utf-8")
    with pytest.raises(ScaffoldingError, match="is not empty; choose another folder"):
        create_site(tmp_path / "used", ["en"])
    assert ["used", "used/.hidden"] == everything_in(tmp_path)


def test_a_file_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ScaffoldingError, match="is not a folder"):
        create_site(tmp_path / "file", ["en"])
    assert "mine" == (tmp_path / "file").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(ScaffoldingError, match="leads nowhere"):
        create_site(tmp_path / "link", ["en"])
    assert not (tmp_path / "gone").exists()


def test_a_file_on_the_way_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ScaffoldingError, match="cannot be written"):
        create_site(tmp_path / "file" / "new", ["en"])
    assert ["file"] == everything_in(tmp_path)


# --- when it is broken off ---


@pytest.mark.parametrize("blow", [KeyboardInterrupt, OSError(28, "No space left on device"), RuntimeError], ids=["ctrl-c", "full", "bug"])
@pytest.mark.parametrize("there", [True, False], ids=["empty-folder", "new-folder"])
@pytest.mark.parametrize("at", ["_write", "rename"])
def test_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blow: BaseException | type[BaseException], there: bool, at: str
) -> None:
    target = tmp_path / "some" / "where"
    if there:
        target.mkdir(parents=True)
    before = everything_in(tmp_path)
    _strike(monkeypatch, at, blow, on_call=3 if at == "_write" or there else 1)
    with pytest.raises(ScaffoldingError if isinstance(blow, OSError) else blow):  # type: ignore[arg-type]
        create_site(target, ["en"])
    assert before == everything_in(tmp_path)


def _strike(monkeypatch: pytest.MonkeyPatch, at: str, blow: BaseException | type[BaseException], on_call: int) -> None:
    """Let the third file, or a move into place, fail."""
    calls = 0
    write, rename = scaffolding._write, Path.rename

    def counted() -> None:
        nonlocal calls
        calls += 1
        if calls == on_call:
            raise blow

    def failing_write(path: Path, text: str) -> None:
        counted()
        write(path, text)

    def failing_rename(self: Path, target: Path) -> Path:
        counted()
        return rename(self, target)

    if at == "_write":
        monkeypatch.setattr(scaffolding, "_write", failing_write)
    else:
        monkeypatch.setattr(Path, "rename", failing_rename)


# --- what is installed ---


def test_the_wheel_holds_the_whole_starter(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling, which is not installed")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(REPOSITORY / name, tmp_path)
    shutil.copytree(REPOSITORY / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "wheel")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    with zipfile.ZipFile(next((tmp_path / "wheel").glob("*.whl"))) as wheel:
        names = wheel.namelist()
    prefix = "briefbook/scaffold/"
    shipped = sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))
    assert sorted(path.relative_to(SCAFFOLD).as_posix() for path in SCAFFOLD.rglob("*") if path.is_file()) == shipped
    assert {".gitignore", ".github/workflows/site.yml"} <= set(shipped)
