"""The folders under tests/cases/sites: each is a whole small site with everything that must come of it.

A case holds `site.yml` (its languages, and `findings_only` where it can come to no pages), `facts/`, `pages/<lang>/`, perhaps `overrides/` (labels and page templates of
its own) and `editions/` (as `snapshot` writes them), and `expected/`: every page as Markdown, every chart as its specification, every data file, every finding.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefbook.diagnostics import as_text
from briefbook.rendering import Page, assets, front_matter
from briefbook.site import Settings, Site, open_site
from briefbook.views.addresses import data_of
from briefbook.views.blocks import Picture

CASES = Path(__file__).parents[1] / "cases" / "sites"

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class SiteCase:
    """One folder of tests/cases/sites."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def settings(self) -> dict[str, Any]:
        """What `site.yml` says."""
        return dict(yaml.safe_load((self.folder / "site.yml").read_text(encoding="utf-8")))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the main one first."""
        return tuple(self.settings["languages"])

    @property
    def expected(self) -> Path:
        """The folder of what must come of it."""
        return self.folder / "expected"

    @property
    def changed(self) -> Path:
        """The folder, out of version control, for what came instead."""
        return self.folder / "changed"

    def opened(self, cache: Path) -> Site:
        """The site, read and checked."""
        overrides = self.folder / "overrides"
        return open_site(Settings(
            self.folder, self.languages, self.folder / "facts", self.folder / "pages", cache,
            overrides if overrides.is_dir() else None,
        ))

    def copied(self, target: Path) -> Path:
        """A copy at `target` for a real build, with the folders MkDocs insists on; gives `target`."""
        shutil.copytree(self.folder, target, ignore=shutil.ignore_patterns("expected", "changed"))
        for name in ("pages", "overrides"):
            (target / name).mkdir(exist_ok=True)
        return target


def all_cases() -> list[SiteCase]:
    """Every case, by name."""
    return [SiteCase(path.parent) for path in sorted(CASES.glob("*/site.yml"))]


def case(name: str) -> SiteCase:
    """The case of that name."""
    return SiteCase(CASES / name)


def products(case: SiteCase, cache: Path) -> Files:
    """Everything that is made of a case, by its place in `expected/`; charts as they are before they are drawn."""
    site = case.opened(cache)
    findings = {"diagnostics.txt": _findings(site)}
    return findings if case.settings.get("findings_only") else {**findings, **_made(site)}


def _made(site: Site) -> Files:
    return {
        **{page.uri: _markdown(page) for page in site.pages},
        **{_spec_name(page, picture): _spec(picture) for page in site.pages for picture in page.pictures},
        **{asset.uri: asset.content for page in site.pages for asset in assets(page)},
        **{asset.uri: asset.content for asset in site.assets},
    }


def stored(folder: Path) -> Files:
    """All files below a folder, by their place in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def store(files: Files, folder: Path) -> None:
    """Make `folder` hold exactly these files."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def differences(expected: Files, actual: Files) -> list[str]:
    """What is missing, extra or different, a line for each file."""
    lines = []
    for name in sorted({*expected, *actual}):
        if name not in actual:
            lines.append(f"missing: {name}")
        elif name not in expected:
            lines.append(f"extra:   {name}")
        elif expected[name] != actual[name]:
            lines.append(f"differs: {name}")
    return lines


def _findings(site: Site) -> bytes:
    return "".join(f"{as_text(found, site.line_of)}\n" for found in site.diagnostics).encode()


def _markdown(page: Page) -> bytes:
    """The page with what a host is told of it."""
    told: dict[str, object] = {
        "title": page.title, "description": page.description, "lang": page.lang, "direction": page.direction,
        "alternates": dict(page.alternates), "in_nav": page.in_nav, "searchable": page.searchable,
    }
    return (front_matter(told) + page.markdown).encode()


def _spec_name(page: Page, picture: Picture) -> str:
    return data_of(page.uri, picture.name).removesuffix(".csv") + ".json"


def _spec(picture: Picture) -> bytes:
    chart = picture.sketch()
    shown = {"spec": chart.spec, "links": chart.links, "title": picture.title, "description": picture.description}
    return (json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
