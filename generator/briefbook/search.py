"""A search index for each language, so that readers find pages in their own language only.

MkDocs writes one index for the whole site; here it is split by the folder of each language, and each part gets
the settings that let its language be found.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from briefbook.wording.language import Language

# Between a digit or Latin letter and a kana or kanji a word ends, though no space stands there: without this,
# 2019年7月, 10億ドル and AGI条項 are not found.
SEPARATOR = (
    r"[\s\-、。・「」（）,：；〜―]+"
    r"|(?<=[0-9A-Za-z%])(?=[ぁ-んァ-ヶ一-龠])|(?<=[ぁ-んァ-ヶー一-龠])(?=[0-9A-Za-z])"
)
# The languages that lunr, the search library in Material, has stemming and stop words for.
_KNOWN = frozenset(
    ["ar", "da", "de", "du", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "hy", "it", "ja", "kn", "ko", "no", "pt", "ro", "ru", "sa", "sv", "ta", "te", "th", "tr", "vi", "zh"]
)


def split_index(site: Path, languages: Mapping[str, Language]) -> None:
    """Replace the site's one search index by one in the folder of each language. Does nothing where there is none."""
    whole = site / "search" / "search_index.json"
    if not whole.is_file():
        return
    index = json.loads(whole.read_text(encoding="utf-8"))
    for code in languages:
        path = site / code / "search" / "search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(part_of(index, code), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    os.remove(whole)
    if not any(whole.parent.iterdir()):
        whole.parent.rmdir()


def part_of(index: Mapping[str, object], code: str) -> dict[str, object]:
    """The part of an index that is in the folder of a language, with addresses relative to that folder."""
    start = f"{code}/"
    docs = index.get("docs")
    kept = [
        {**doc, "location": doc["location"].removeprefix(start)}
        for doc in (docs if isinstance(docs, list) else []) if doc["location"].startswith(start)
    ]
    settings = index.get("config")
    return {"config": {**(settings if isinstance(settings, dict) else {}), **settings_of(code)}, "docs": kept}


def settings_of(code: str) -> dict[str, object]:
    """What Material's search needs to be told of a language: how to stem its words, and where they end."""
    known = code.split("-", maxsplit=1)[0].lower()
    return {"lang": [known if known in _KNOWN else "en"], "separator": SEPARATOR}


def split_sitemap(site: Path, languages: Mapping[str, Language]) -> None:
    """A copy of the sitemap in the folder of each language, where Material's script looks for it with the index.

    The packed sitemap goes: it has the time of the build in it, and is packed otherwise from one machine to the next.
    """
    whole = site / "sitemap.xml"
    whole.with_name("sitemap.xml.gz").unlink(missing_ok=True)
    for code in languages if whole.is_file() else ():
        shutil.copyfile(whole, site / code / "sitemap.xml")


def without_sitemaps(site: Path) -> None:
    """Take away what would invite search engines."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (site / name).unlink(missing_ok=True)
