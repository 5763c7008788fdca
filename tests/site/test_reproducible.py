"""The same facts give the same site, byte for byte: in another folder, time zone, language, at another time, from another cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from builtsites import BuiltSite, configured
from sitecases import case

from briefbook.editions import read_edition
from briefbook.site import Settings, open_site
from briefbook.snapshot import Remarks, take_snapshot
from briefbook.verify import verify

ADDRESS = "https://briefing.example/sub/"
HERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "PYTHONHASHSEED": "4000000000", "SOURCE_DATE_EPOCH": "1000000000"}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same case twice: the second lies deeper, and its files were written in another order."""
    folder = tmp_path_factory.mktemp("reproducible")
    wanted = case("harbour")
    first = wanted.copied(folder / "case")
    configured(first, wanted.languages, site_url=ADDRESS)
    for path in sorted((path for path in first.rglob("*") if path.is_file()), reverse=True):
        target = folder / "some where" / "港" / path.relative_to(first)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (10**9, 10**9))
    return folder


@pytest.fixture(scope="module")
def first(work: Path) -> BuiltSite:
    """The site, with every chart drawn."""
    return built(work / "case" / "mkdocs.yml", work / "first", work, HERE)


def built(config: Path, target: Path, directory: Path, world: Mapping[str, str]) -> BuiltSite:
    """The site of `config` as it is built in another world."""
    said = {name: value for name, value in os.environ.items() if name not in {*HERE, *THERE, "LANG", "LANGUAGE"} and not name.startswith("LC_")}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config), "-d", str(target)]
    environment = {**said, "NO_MKDOCS_2_WARNING": "1", **world}
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
    return BuiltSite(target, case("harbour").languages, ADDRESS)


def different(one: BuiltSite, other: BuiltSite) -> list[str]:
    return sorted(name for name in {*one.files, *other.files} if one.files.get(name) != other.files.get(name))


def test_two_machines_build_the_same_site(first: BuiltSite, work: Path) -> None:
    folder = work / "some where" / "港"
    assert not (folder / ".cache").exists()
    assert [] == different(first, built(folder / "mkdocs.yml", work / "second" / "site", folder, THERE))
    assert len(first.files) > 100


def test_charts_from_the_cache_are_the_same(first: BuiltSite, work: Path) -> None:
    assert list((work / "case" / ".cache").rglob("*.svg"))
    assert [] == different(first, built(work / "case" / "mkdocs.yml", work / "again", work / "case", THERE))


def test_a_site_does_not_say_when_or_where_it_was_built(first: BuiltSite, work: Path) -> None:
    said = [name for name, content in first.files.items() if str(work).encode() in content or b"lastmod" in content]
    assert [] == said
    assert "sitemap.xml.gz" not in first.files
    assert first.files["sitemap.xml"].count(b"<loc>https://briefing.example/sub/en/") > 10


def test_an_edition_is_built_again_from_itself_alone(first: BuiltSite, work: Path) -> None:
    # Elsewhere: a site that has editions tells of them.
    root, languages = Path(shutil.copytree(work / "case", work / "frozen")), case("harbour").languages
    site = open_site(Settings(root, languages, root / "facts", root / "pages", root / ".cache", root / "overrides", address=ADDRESS), date(2026, 7, 1))
    config = root / "mkdocs.yml"
    taken = take_snapshot(site, config, date(2026, 7, 1), Remarks({}), lambda target, _: shutil.copytree(first.folder, target))
    edition = work / "edition"
    shutil.copytree(taken.folder, edition)
    shutil.copytree(root / "overrides", edition / "overrides")
    again = built(configured(edition, languages, site_url=ADDRESS), work / "from the edition", work, THERE)
    verdict = verify(read_edition(taken.folder), again.folder)
    assert {} == verdict.wrong
