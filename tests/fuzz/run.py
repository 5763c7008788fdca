"""Feeds a target with inputs that seek out code no input has reached yet: `python tests/fuzz/run.py reading CORPUS`.

Needs the extra `fuzz`. What follows the folder of the corpus goes to libFuzzer, as `-max_total_time=900`. The corpus is
begun with the case files; inputs that end a run are written to the working directory and belong into `found/`.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import atheris

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
with atheris.instrument_imports(include=["briefbook", "yaml", "markdown_it"]):
    sys.path.insert(0, str(HERE))
    from targets import TARGETS

    from briefbook.reading.yamltree import Node, Refused, decode, read_tree

MOST = 20_000


def seeds(target: str) -> list[bytes]:
    """Case files for reading, their texts for the others."""
    files = sorted(path for path in CASES.rglob("*.yml") if "expected" not in path.parts)
    if target == "reading":
        return [path.read_bytes().partition(b"# --- expected")[0] for path in files]
    texts = [text for path in files for text in _texts(read_tree(path.read_text(encoding="utf-8", errors="replace"), path.name)[0])]
    return [bytes([number % 36]) + text.encode() for number, text in enumerate(dict.fromkeys(texts))]


def _texts(node: Node | None) -> list[str]:
    value = node.value if node else None
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def mutated(raw: bytes, most: int, seed: int) -> bytes:
    """Half of the time only one value or key is changed, so that the rest stays YAML."""
    dice = random.Random(seed)
    if dice.random() < 0.5:
        return bytes(atheris.Mutate(raw, most))
    try:
        text = decode(raw, "a.yml")
        spans = _spans(read_tree(text, "a.yml")[0])
    except Refused:
        return bytes(atheris.Mutate(raw, most))
    if not spans:
        return bytes(atheris.Mutate(raw, most))
    start, end = dice.choice(spans)
    other = dice.choice(spans)
    piece = text[slice(*other)] if dice.random() < 0.3 else _piece(text[start:end], dice)
    return (text[:start] + piece + text[end:]).encode("utf-8", "ignore")[:most]


def _piece(old: str, dice: random.Random) -> str:
    changed = bytes(atheris.Mutate(old.encode(), len(old.encode()) + 20)).decode("utf-8", "ignore")
    return json.dumps(changed, ensure_ascii=False) if dice.random() < 0.5 else changed


def _spans(node: Node | None) -> list[tuple[int, int]]:
    if node is None:
        return []
    inner = node.value.values() if isinstance(node.value, dict) else node.value if isinstance(node.value, list) else ()
    return [(node.start, node.end), *node.key_spans.values(), *(span for child in inner for span in _spans(child))]


def main() -> None:
    """Begin the corpus where there is none, then search."""
    target, corpus, *options = sys.argv[1:]
    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (folder / f"seed-{number:04}").write_bytes(seed)
    words = folder.parent / f"{folder.name}.dict"
    words.write_text((HERE / "words.dict").read_text(encoding="utf-8"), encoding="utf-8")
    arguments = [sys.argv[0], str(folder), f"-max_len={MOST}", f"-dict={words}", "-timeout=20", "-rss_limit_mb=2048", *options]
    extra = {"custom_mutator": mutated} if target == "reading" else {}
    atheris.Setup(arguments, TARGETS[target], **extra)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
