"""The case `hostile`, as it is and with every attack in it replaced by a harmless word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from builtsites import BuiltSite, build, configured
from sitecases import case

# In every attack, and nowhere else.
MARK = "Zz"


def built_hostile(folder: Path, *, harmless: bool) -> BuiltSite:
    """The case without what is refused, for that cannot be built."""
    wanted = case("hostile")
    copied = wanted.copied(folder / "case")
    (copied / "facts" / "refused.yml").unlink()
    if harmless:
        path = copied / "facts" / "attacks.yml"
        path.write_text(yaml.safe_dump(_tamed(hostile_facts()), allow_unicode=True, sort_keys=False), encoding="utf-8")
        for page in (copied / "pages").rglob("*.md"):
            page.write_text(f"# Notes\n\n[[actor-1|{MARK}]] and [[actor-1]].\n", encoding="utf-8")
    return build(configured(copied, wanted.languages), folder / "site", wanted.languages)


def hostile_facts() -> Any:
    """The facts of the case, every single value as text."""
    # As text only: YAML's own dates and numbers would be written out differently.
    return yaml.load((case("hostile").folder / "facts" / "attacks.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


def _tamed(value: Any) -> Any:
    """The same facts with every attack replaced by its mark, and addresses by one on the web."""
    if isinstance(value, dict):
        return {_tamed(key): _tamed(item) if key != "planned" else True for key, item in value.items()}
    if isinstance(value, list):
        return [_tamed(item) for item in value]
    if MARK not in value:
        return value
    return f"https://x.example/{MARK}" if value.startswith("https:") else f"{MARK} [x](https://x.example/{MARK}) `x`"
