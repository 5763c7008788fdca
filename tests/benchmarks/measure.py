"""Times `briefbook check` on invented facts, whole processes, against check-jsonschema on the same files in the same run.

    python tests/benchmarks/measure.py --facts 10000 --rounds 3

Each round runs every command once, one after the other, so that all of them meet the machine in the same mood; what is
printed is the median of the rounds, and the ratio is the median of the rounds' ratios. The schema is that of any site;
with `--ids` it is the one that knows the ids of these facts, as editors use it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from inventing import DAY, write_briefing

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": str(int(time.mktime(DAY.timetuple()))), "NO_MKDOCS_2_WARNING": "1"}
BRIEFBOOK = [sys.executable, "-m", "briefbook"]
VALIDATOR = [sys.executable, "-m", "check_jsonschema"]


@dataclass(frozen=True)
class Time:
    """How long a process took, and how long it kept processors busy, in seconds."""

    wall: float
    busy: float


def main() -> None:
    """Write the facts, run the rounds, print a table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--facts", type=int, default=10_000)
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--stages", action="store_true", help="how long each part of one check takes, instead")
    given.add_argument("--ids", action="store_true", help="a schema that knows all ids; takes long with thousands of facts")
    given.add_argument("--no-schema", action="store_true", help="without check-jsonschema")
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, broken = Path(folder, "site"), Path(folder, "broken")
        files = write_briefing(site, options.facts, options.seed)
        write_briefing(broken, options.facts, options.seed, broken=True)
        _run([*BRIEFBOOK, "translations", "--record"], site)
        size = sum(path.stat().st_size for path in files)
        print(f"{options.facts:,} facts, 2 languages, {len(files)} files, {size / 1e6:.1f} MB")
        print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {platform.system()}")
        if options.stages:
            _run([sys.executable, str(Path(__file__).with_name("stages.py"))], site, shown=True)
        else:
            commands = _commands(site, broken, files)
            if not options.no_schema:
                commands["check-jsonschema"] = _validation(site, files, with_ids=options.ids)
            _compare(commands, options.rounds)


def _commands(site: Path, broken: Path, files: Sequence[Path]) -> dict[str, Callable[[], Time]]:
    check = [*BRIEFBOOK, "check"]
    event = next(path for path in files if path.parent.name == "events")

    def cold() -> Time:
        shutil.rmtree(site / ".cache", ignore_errors=True)
        return _run(check, site)

    def edited() -> Time:
        # A word that no text has, so that what is learnt from all texts changes too.
        text = event.read_text(encoding="utf-8")
        event.write_text(text.replace("summary:", "summary:  ", 1).replace(" signed ", f" signed {_new_word()} ", 1), encoding="utf-8")
        return _run(check, site)

    def all_broken() -> Time:
        shutil.rmtree(broken / ".cache", ignore_errors=True)
        return _run(check, broken, status=1)

    return {
        "briefbook check": cold, "… again, one fact edited": edited, "… again, nothing edited": lambda: _run(check, site),
        "briefbook check, every fact broken": all_broken, "briefbook --version": lambda: _run([*BRIEFBOOK, "--version"], site),
    }


def _validation(site: Path, files: Sequence[Path], *, with_ids: bool) -> Callable[[], Time]:
    schema = site / "schema.json"
    # Beside a site the command prints what it knows of that; elsewhere the form alone.
    _run([*BRIEFBOOK, "schema", "-o", str(schema)], site if with_ids else site.parent)
    named = [path.relative_to(site).as_posix() for path in files]
    return lambda: _run([*VALIDATOR, "--schemafile", "schema.json", *named], site)


def _compare(commands: dict[str, Callable[[], Time]], rounds: int) -> None:
    times: dict[str, list[Time]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(command())
    print(f"\n{'median of ' + str(rounds):<38} {'wall s':>8} {'CPU s':>8} {'against the schema':>20}")
    for name, taken in times.items():
        ratio = ""
        if schema := times.get("check-jsonschema"):
            ratios = [(a.wall / b.wall, a.busy / b.busy) for a, b in zip(taken, schema, strict=True)]
            ratio = " / ".join(f"{statistics.median(each):.2f}" for each in zip(*ratios, strict=True))
        wall, busy = (statistics.median(each) for each in zip(*((t.wall, t.busy) for t in taken), strict=True))
        print(f"{name:<38} {wall:>8.1f} {busy:>8.1f} {ratio:>20}")
    print(json.dumps({name: [[round(t.wall, 2), round(t.busy, 2)] for t in taken] for name, taken in times.items()}))


def _run(command: Sequence[str], folder: Path, *, status: int = 0, shown: bool = False) -> Time:
    """A process from start to end. What it prints is thrown away, unless it is to be `shown`."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=not shown, check=False)
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode != status:
        raise SystemExit(f"{' '.join(command[:4])}: exit status {done.returncode}, not {status}: {(done.stderr or b'').decode()}")
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return Time(wall, busy)


def _new_word() -> str:
    return "anew" + "".join(chr(ord("a") + int(digit)) for digit in str(time.time_ns())[-6:])


if __name__ == "__main__":
    main()
