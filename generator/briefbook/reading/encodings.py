"""What a file that is not UTF-8 was probably saved as, so that its owner knows what to look for."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"), (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "compressed"),
)
_SHIFTS = re.compile(rb"\x1b[$(][@BJI]")
# Kana are in every Japanese text; what decodes to some, and to nothing that cannot be shown, was meant so.
_KANA = re.compile("[\u3041-\u30f6]")
_ODD = re.compile("[\ue000-\uf8ff\uff61-\uff9f]")
_LOOKED_AT = 10_000


def encoding_in(raw: bytes) -> str | None:
    """The name of the encoding that marks of its own give away, else None."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    start = raw[:_LOOKED_AT]
    if _SHIFTS.search(start):
        return "ISO-2022-JP"
    evens, odds = start[::2].count(0), start[1::2].count(0)
    return "UTF-16" if max(evens, odds) > len(start) // 8 > 4 * min(evens, odds) else None


def likely_encoding(raw: bytes) -> str:
    """What the file seems to be, in words that fit between “(” and “ now)”."""
    known = encoding_in(raw) or next((name for codec, name in _JAPANESE if _is_japanese(raw, codec)), None)
    return f"it seems to be {known}" if known else "it may be Shift_JIS, Windows-1252 or UTF-16"


_JAPANESE = (("euc_jp", "EUC-JP"), ("cp932", "Shift_JIS"))


def _is_japanese(raw: bytes, codec: str) -> bool:
    # A character that the end cuts in two is no sign of anything.
    text = codecs.getincrementaldecoder(codec)("strict")
    try:
        start = text.decode(raw[:_LOOKED_AT])
    except UnicodeDecodeError:
        return False
    return bool(_KANA.search(start)) and not _ODD.search(start)
