"""Proves that a built site is a certain edition, file by file, or names what is not; and says which sources changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefbook.editions import LOCK, Edition, Hashes, built_hashes, compared, hashes_of
from briefbook.site import Settings
from briefbook.snapshot import sources_of


class VerifyError(Exception):
    """Why nothing can be proved."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a site stands to an edition: the files that are missing, extra or different, of how many."""

    edition: str
    files: int
    wrong: Mapping[str, str]

    @property
    def proven(self) -> bool:
        """Whether the site is the edition, byte for byte."""
        return not self.wrong

    def __str__(self) -> str:
        if self.proven:
            return f"This site is the edition {self.edition}: all {self.files} files are the same."
        counts = [f"{list(self.wrong.values()).count(how)} {how}" for how in ("missing", "extra", "different")]
        return f"This site is not the edition {self.edition}: of {self.files} files {', '.join(counts)}."


def verify(edition: Edition, site: Path) -> Verdict:
    """Compare every file of the built site in a folder with the manifest of an edition. Raises `VerifyError`."""
    outputs = edition.manifest.outputs
    if outputs is None:
        raise VerifyError(f"the edition {edition.id} was frozen without a site (--no-build), so that none can be compared with it")
    if not site.is_dir():
        raise VerifyError(f"there is no folder {site}")
    return Verdict(edition.id, len(outputs), compared(outputs, built_hashes(site)))


def moved_on(edition: Edition, settings: Settings, config: Path) -> dict[str, str]:
    """The sources of a site that are not what they were when the edition was frozen: places, and how they changed. Raises `VerifyError`."""
    try:
        now = sources_of(settings, config)
    except OSError as error:
        raise VerifyError(f"{error.filename}: {error.strerror or error}") from error
    manifest = edition.manifest
    lock = {LOCK: manifest.translations} if manifest.translations else {}
    pairs: list[tuple[str, Hashes, Hashes]] = [
        (f"{settings.facts.name}/", manifest.facts.original, hashes_of(now.facts)),
        (f"{settings.pages.name}/", manifest.pages, hashes_of(now.pages)),
        ("", manifest.look, hashes_of(now.look)),
        ("", lock, hashes_of({} if now.lock is None else {LOCK: now.lock})),
    ]
    return {f"{prefix}{name}": how for prefix, then, here in pairs for name, how in compared(then, here).items()}
