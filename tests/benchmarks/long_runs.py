"""How long texts take that are one thing over and over: every check must stay about linear, and none may hang.

`python tests/benchmarks/long_runs.py [RUN …]` prints, for each run of characters, the seconds for a text of a quarter of
the greatest length and for one of the whole of it; 4 times as long is linear.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from briefbook.diagnostics import as_report
from briefbook.reading.loading import read_folder
from briefbook.reading.yamltree import LONGEST
from briefbook.rules import Circumstances

DAY = Circumstances(date(2026, 7, 1))
RUNS = (
    "1", "0", "1,", "1.", "1-", "1–", "1/", "1 ", "1 to ", "1%", "$", "$1 ", "USD ", "1 million ", "nearly ", "one hundred and ", "twenty-",
    "億", "1億", "千", "一二三", "二千", "1ドル", "約", "1から", "〜1", "1年", "1年1月", "2倍", "½", "Ⅷ", "1 May ", "2024-", "FY2024 ", "10th ",
    "[", "[[", "[[a|", "[[a]]", "](", "[a](<", "(", "（", "「", "'", '"', "`", "*", "*a **", "_", "a_", "~", "#", "!", ":", ";", "…", "。", "、",
    "&", "&#", "&amp;", "\\", "<", "<a ", "</", "{", "{:", "|", " a", "\u00a0", "\u3000", "漢", "ア", "ア・", "の", "ｱ", "ａ", "１", "ا", "א", "ก", "한",
    "а", "aアa", "e\u0301", "😀", "👩\u200d", "A", "Ab ", "A.", "aA", "a.b.", "a@", "a@b.", "https://x.example/", "Ã©",
    "They admitted ", "experts say ", "this year ", "今年", "and ", "about ",
)  # fmt: skip


def seconds(folder: Path, run: str, length: int) -> tuple[float, int]:
    """Processor time for one text of that length in two languages, and how much was found."""
    text = "x" + (run * length)[: length - 2] + "x"
    facts = {"terms": {"t": {"name": "T", "definition": {"en": text, "ja": text}}}}
    (folder / "x.yml").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    begun = time.process_time()
    reading = read_folder(folder, ("en", "ja"), folder, circumstances=DAY, advice=True)
    as_report(reading.diagnostics, reading.line_of, 100)
    return time.process_time() - begun, len(reading.diagnostics)


def main() -> None:
    """Print a line for each run, and the slowest at the end."""
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds(folder, "x ", 100)  # what is read once is not counted
        for run in sys.argv[1:] or RUNS:
            (quarter, _), (whole, found) = seconds(folder, run, LONGEST // 4), seconds(folder, run, LONGEST)
            slowest = max(slowest, (whole, run))
            print(f"{run!a:24} {quarter:6.2f} s {whole:6.2f} s  × {whole / max(quarter, 0.01):4.1f}  {found:,} findings", flush=True)
    print(f"slowest: {slowest[1]!a}, {slowest[0]:.2f} s for {LONGEST:,} characters in each of two languages")


if __name__ == "__main__":
    main()
