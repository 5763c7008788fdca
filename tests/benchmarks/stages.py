"""How long each part of one `briefbook check` takes, in the site in the current folder, in seconds by the clock.

Parts within parts are counted twice; what other processes do is in “asking”.
"""

from __future__ import annotations

import gc
import shutil
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from briefbook import site as sites
from briefbook.cli import _settings
from briefbook.reading import loading, memory, sheet
from briefbook.rules import known, registry

taken: Counter[str] = Counter()
# What is timed: where it is looked up, its name there, what it does.
PARTS: tuple[tuple[Any, str, str], ...] = (
    (loading, "decode", "decoding"), (sheet, "read_quickly", "reading YAML"), (loading, "bind_quickly", "binding to the model"),
    (memory.Memory, "known", "remembering"), (memory.Memory, "keep", "keeping"), (known.Known, "recall", "finding references"),
    (loading, "check", "all rules"), (registry, "ask_all", "asking one fact at a time"),
    (registry, "misdated_roles", "preparing for posts"), (registry, "disagreeing_quantities", "preparing for quantities"),
    (registry, "wrong_words", "reading all words"), (sites, "read_lock", "reading the lock"),
)


def main() -> None:
    """Time a check that remembers nothing, and one that remembers all."""
    shutil.rmtree(".cache", ignore_errors=True)
    for place, name, what in PARTS:
        setattr(place, name, _timed(what, getattr(place, name)))
    for name in ("GLOBAL_RULES", "TIMED_RULES"):
        setattr(registry, name, tuple(_timed(f"rule {rule.__name__}", rule) for rule in getattr(registry, name)))
    settings, _ = _settings(Path("mkdocs.yml"))
    gc.disable()
    for name in ("nothing is remembered", "nothing has changed"):
        taken.clear()
        start = time.perf_counter()
        sites.open_site(settings)
        print(f"\n{time.perf_counter() - start:8.2f}  all of it, when {name}")
        for part, seconds in taken.most_common():
            if seconds >= 0.01:
                print(f"{seconds:8.2f}  {part}")


def _timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def timed(*args: Any, **named: Any) -> Any:
        start = time.perf_counter()
        result = work(*args, **named)
        # Rules yield what they find while they are at it.
        result = list(result) if hasattr(result, "__next__") else result
        taken[name] += time.perf_counter() - start
        return result

    return timed


if __name__ == "__main__":
    main()
