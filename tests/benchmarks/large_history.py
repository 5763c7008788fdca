"""How large a long history is on disk, and how long its editions take to compare and to tell: 200 of 2,500 invented facts.

`python tests/benchmarks/large_history.py [--editions N] [--facts N] [--pairs N] [--keep FOLDER]` prints all figures, times in seconds of
one processor. From one edition to the next about one fact in a hundred changes: figures get values, disputes move, texts are reworded,
events are added.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from inventing import Inventor
from markdown import markdown

from briefbook import chronicle
from briefbook.canonical import canonical_files
from briefbook.comparing import compare_versions
from briefbook.editions import FACTS, FORMAT, MANIFEST, Counts, FactFiles, Manifest, Revision, hashes_of
from briefbook.host import MARKDOWN_EXTENSIONS
from briefbook.model.facts import KINDS
from briefbook.rendering import render
from briefbook.site import Settings, Site, open_site
from briefbook.views.feeds import feeds_of

T = TypeVar("T")
Facts = dict[str, dict[str, Any]]
LANGUAGES = ("en", "ja")
FIRST = date(2026, 6, 1)
DAY = date(2030, 1, 1)
# How many facts in a hundred change from one edition to the next.
CHANGING = 1


class History:
    """Facts that go on changing, always in the same way."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self._chance = Random(seed)
        self.facts: Facts = {}
        for _, file in Inventor(count, seed).files():
            for kind, facts in file.items():
                self.facts.setdefault(kind, {}).update(facts)
        self._number = sum(len(facts) for kind, facts in self.facts.items() if kind in KINDS)
        # Each fact as it is written, by kind and id: only what changed is written anew.
        self._written = {kind: dict(_chunks(kind, facts)) for kind, facts in self.facts.items() if kind in KINDS}
        self._about = canonical_files({"": json.dumps({"briefing": self.facts["briefing"]})}, LANGUAGES)

    def files(self) -> dict[str, bytes]:
        """The canonical files of the facts as they are now."""
        kinds = {f"{kind}.yml": f"{kind}:\n{''.join(text for _, text in sorted(facts.items()))}" for kind, facts in self._written.items()}
        return {name: text.encode() for name, text in {**self._about, **kinds}.items()}

    def go_on(self, day: date) -> None:
        """Change about as many facts as change from one edition to the next."""
        places = [(kind, id_) for kind, facts in self.facts.items() if kind in KINDS for id_ in facts]
        changed: Facts = {}
        for kind, id_ in self._chance.sample(places, self._number * CHANGING // 100):
            name, fact = self._changed(kind, id_, day)
            self.facts[kind][name] = changed.setdefault(kind, {})[name] = fact
        for kind, facts in changed.items():
            self._written[kind].update(_chunks(kind, facts))

    def _changed(self, kind: str, id_: str, day: date) -> tuple[str, dict[str, Any]]:
        """A fact as it is from that day, or another one that is like it."""
        fact = deepcopy(self.facts[kind][id_])
        match kind:
            case "figures":
                value = {name: fact["values"][-1][name] for name in ("status", "cites", "said_by") if name in fact["values"][-1]}
                fact["values"].append({"amount": f"{self._chance.randrange(10, 900)} million USD", "as_of": str(day), **value})
            case "disputes":
                step = {**fact["history"][-1], "status": self._chance.choice(["open", "negotiating", "escalated"]), "from": str(day)}
                fact["history"].append(step)
            case "events" if not self._chance.randrange(10):
                return f"{id_}-{day:%y%m%d}", {**fact, "date": str(day)}
            case "events":
                fact["summary"] = _turned(fact["summary"])
            case "sources":
                fact["accessed"] = str(day)
            case "actors":
                fact["aliases"] = {code: [f"{day:%y%m%d}"] for code in LANGUAGES}
            case _:
                fact["definition"] = _turned(fact["definition"])
        return id_, fact


def _turned(text: dict[str, str]) -> dict[str, str]:
    """A text whose first sentence now is its last."""
    turned = {}
    for code, words in text.items():
        mark = "。" if code == "ja" else ". "
        first, *others = words.rstrip("。.").split(mark)
        turned[code] = mark.join([*others, first]) + mark.strip()
    return turned


def _chunks(kind: str, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each fact as its canonical file has it."""
    for id_, fact in facts.items():
        (text,) = canonical_files({"": json.dumps({kind: {id_: fact}})}, LANGUAGES).values()
        yield id_, text.removeprefix(f"{kind}:\n")


def write_history(root: Path, editions: int, count: int) -> Settings:
    """A site of which so many editions have been frozen."""
    history = History(count)
    for number in range(editions):
        day = FIRST + timedelta(days=7 * number)
        if number:
            history.go_on(day)
        _write(root / "content" / "editions" / day.isoformat(), day, history)
    history.go_on(DAY)
    _write_files(root / "content" / "facts", history.files())
    (root / "content" / "pages").mkdir()
    facts, pages = root / "content" / "facts", root / "content" / "pages"
    return Settings(root, LANGUAGES, facts, pages, root / ".cache", address="https://b.example/")


def _write(folder: Path, day: date, history: History) -> None:
    files = history.files()
    hashes = hashes_of(files)
    kinds = {kind: len(facts) for kind, facts in history.facts.items() if kind in KINDS}
    manifest = Manifest(
        format=FORMAT, edition=day.isoformat(), date=day.isoformat(), languages=LANGUAGES, titles={"en": "Invented"}, address="",
        note={"en": "Another week.", "ja": "一週間分の更新。"}, reconstructed=False, counts=Counts(kinds=kinds, disputes={}),
        facts=FactFiles(canonical=hashes, original=hashes), pages={}, translations=None, look={}, outputs=None,
        source=Revision(), versions={},
    )
    _write_files(folder / FACTS, files)
    (folder / MANIFEST).write_text(manifest.text(), encoding="utf-8")


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def size_on_disk(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def size_in_git(root: Path) -> int:
    """Bytes of the pack when each edition came in a commit of its own, packed as git does by itself."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x.example", *arguments], cwd=root, check=True, capture_output=True)

    git("init", "-q")
    for folder in sorted((root / "content" / "editions").iterdir()):
        git("add", str(folder.relative_to(root)))
        git("commit", "-q", "-m", folder.name)
    git("gc", "-q")
    return size_on_disk(root / ".git" / "objects" / "pack")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """How long it keeps a processor busy, in seconds, and what comes of it."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def measure(settings: Settings, pairs: int) -> None:
    """Print what a history comes to."""
    home = settings.root / "content" / "editions"
    names = sorted(path.name for path in home.iterdir())
    sizes = [size_on_disk(home / name) for name in names]
    print(f"{len(names)} editions of {_facts_in(home / names[0]):,} to {_facts_in(home / names[-1]):,} facts")
    print(f"on disk {sum(sizes) / 1e6:.0f} MB ({sizes[0] / 1e6:.2f} to {sizes[-1] / 1e6:.2f} MB each), in a git pack {size_in_git(settings.root) / 1e6:.1f} MB")
    times = sorted(_compared(settings, names, Random(pair)) for pair in range(pairs))
    seconds, one, other, changes = times[-1]
    print(f"any two compared: median {statistics.median(found[0] for found in times):.2f} s, worst {seconds:.2f} s ({one} and {other}, {changes:,} changes)")
    site = open_site(settings, DAY)
    for what in ("cold", "warm"):
        tell(site, what)


def _facts_in(edition: Path) -> int:
    return sum(Manifest.model_validate_json((edition / MANIFEST).read_bytes()).counts.kinds.values())


def _compared(settings: Settings, names: list[str], chance: Random) -> tuple[float, str, str, int]:
    """How long `briefbook diff` takes for two editions taken by chance, both read from disk."""
    one, other = sorted(chance.sample(names, 2))
    seconds, found = timed(lambda: compare_versions(settings, one, other))
    return seconds, one, other, len(found.changes)


def tell(site: Site, what: str) -> None:
    """How long a site takes to be told what changed, all of it in every language, and to write it down."""
    chronicle._library.cache_clear()
    opened, kept = timed(lambda: chronicle.open_chronicle(site.settings.facts, site.settings.root))
    again = replace(site, chronicle=kept)
    told, history = timed(lambda: again.history)
    paged, page = timed(lambda: next(page for page in render(site.briefing, site.languages, None, history) if page.uri == "en/changes.md"))
    shown, html = timed(lambda: markdown(page.markdown, extensions=list(MARKDOWN_EXTENSIONS)))
    fed, feeds = timed(lambda: list(feeds_of(history, site.languages)))
    changes = sum(len(stage.lines) for stage in history.stages)
    print(
        f"{what}: editions verified {opened:.1f} s, {changes:,} changes told {told:.1f} s, page of changes written {paged:.1f} s "
        f"and made HTML {shown:.1f} s ({len(html) / 1e3:.0f} kB), {len(feeds):,} feeds {fed:.1f} s ({sum(len(f.content) for f in feeds) / 1e6:.1f} MB)"
    )


def main() -> None:
    """Print all figures."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--editions", type=int, default=200)
    given.add_argument("--facts", type=int, default=2_500)
    given.add_argument("--pairs", type=int, default=40, help="how many pairs of editions are compared")
    given.add_argument("--keep", type=Path, help="write the site there and leave it")
    options = given.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {platform.system()}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        root = options.keep or Path(folder, "site")
        settings = write_history(root, options.editions, options.facts)
        measure(settings, options.pairs)


if __name__ == "__main__":
    sys.exit(main())
