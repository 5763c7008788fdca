"""The sites that the tests in this folder look at, each built once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from builtsites import REPOSITORY, BuiltSite, build, configured
from enemies import built_hostile
from sitecases import case

if TYPE_CHECKING:
    from browsing import Browser

PUBLISHED = "https://briefing.example/sub/"


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The briefing of this repository, from its own mkdocs.yml, with every warning an error."""
    config = REPOSITORY / "mkdocs.yml"
    settings = yaml.load(config.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds only text
    options = next(p["briefbook"] for p in settings["plugins"] if isinstance(p, dict) and "briefbook" in p)
    address = settings.get("site_url", "")
    target = tmp_path_factory.mktemp("real") / "site"
    return build(config, target, tuple(options["languages"]), "--strict", address=address)


@pytest.fixture(scope="session")
def trilingual_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """English, Arabic and German, to be published below a folder."""
    return built_case("trilingual", tmp_path_factory.mktemp("trilingual"), "--strict", address=PUBLISHED)


@pytest.fixture(scope="session")
def harbour_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """English and Japanese, with everything there is in it."""
    return built_case("harbour", tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Facts written by an enemy."""
    return built_hostile(tmp_path_factory.mktemp("hostile"), harmless=False)


@pytest.fixture(scope="session")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same facts with every attack replaced by a harmless word."""
    return built_hostile(tmp_path_factory.mktemp("harmless"), harmless=True)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A real browser; what it is asked to keep goes where BRIEFBOOK_OUTPUT says."""
    pytest.importorskip("selenium", reason="selenium is not installed")
    from browsing import CHROMIUM, DRIVER, browsing

    if not (CHROMIUM and DRIVER):
        pytest.skip("there is no chromium with a chromedriver here")
    with browsing(tmp_path / "profile", Path(os.environ.get("BRIEFBOOK_OUTPUT") or tmp_path)) as opened:
        yield opened


@pytest.fixture(scope="session", params=["real", "trilingual"])
def built(request: pytest.FixtureRequest) -> BuiltSite:
    """Each of the two, for what must hold of any site."""
    site: BuiltSite = request.getfixturevalue(f"{request.param}_site")
    return site


def built_case(name: str, folder: Path, *options: str, address: str = "", **settings: object) -> BuiltSite:
    """A case, copied into `folder` and built there."""
    wanted = case(name)
    if address:
        settings["site_url"] = address
    config = configured(wanted.copied(folder / "case"), wanted.languages, **settings)
    return build(config, folder / "site", wanted.languages, *options, address=address)
