"""Hand-written pages: Markdown that people write beside the facts, in which `[[id]]` leads to them too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.model.briefing import Briefing
from briefbook.model.facts import KINDS
from briefbook.model.prose import Mention
from briefbook.reading.yamltree import Refused, decode, read_tree
from briefbook.rendering import Page
from briefbook.views.desk import Desk
from briefbook.wording.language import Language

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
# Code is left alone; the first two branches take it out of the way.
_MENTION = re.compile(
    r"(```.*?```|~~~.*?~~~)|(`[^`\n]*`)|\[\[\s*([a-z0-9-]+)\s*(?:#\s*([a-z0-9-]+)\s*)?(?:\|([^\[\]\n]+))?\]\]", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A hand-written page as it was read: its place in the site, its title and description, its Markdown."""

    uri: str
    lang: str
    title: str
    description: str
    meta: Mapping[str, object]
    body: str

    @property
    def twin(self) -> str:
        """Its place within its language, which it shares with its translations."""
        return self.uri.partition("/")[2]


def read_hand_written(
    files: Iterable[tuple[str, str, bytes]], languages: Sequence[str], briefing: Briefing
) -> tuple[list[HandWritten], list[Diagnostic]]:
    """The pages in `files` (place, name in messages, bytes) and what is wrong with them."""
    pages: list[HandWritten] = []
    found: list[Diagnostic] = []
    names: dict[str, str] = {}
    for uri, name, raw in files:
        try:
            page, wrong = _read(uri, name, decode(raw, name), languages)
        except Refused as refusal:
            found.append(refusal.diagnostic)
            continue
        found += wrong
        if page is not None:
            found += _misplaced(page, name, briefing) + _unknown(name, decode(raw, name), briefing)
            pages.append(page)
            names[page.uri] = name
    return pages, found + _alone(pages, names, languages)


def hand_written(page: HandWritten, all_of_them: Sequence[HandWritten], briefing: Briefing, languages: Mapping[str, Language]) -> Page:
    """The finished page: `[[id]]` resolved, and its translations known."""
    desk = Desk(briefing, languages, page.lang, page.uri)
    body = _MENTION.sub(lambda match: match[0] if match[1] or match[2] else _link(desk, match), page.body)
    alternates = {other.lang: other.uri for other in all_of_them if other.twin == page.twin}
    return Page(
        page.uri, page.lang, languages[page.lang].direction, page.title, page.description, body, alternates, in_nav=True
    )


def _link(desk: Desk, match: re.Match[str]) -> str:
    if match[3] not in desk.briefing.facts:
        return match[0]
    return desk.mention(Mention(match[3], match[4], match[5] and match[5].strip()))


def _read(uri: str, name: str, text: str, languages: Sequence[str]) -> tuple[HandWritten | None, list[Diagnostic]]:
    lang, _, _ = uri.partition("/")
    if lang not in languages or "/" not in uri:
        hint = f"hand-written pages lie in one of: {', '.join(f'{code}/' for code in languages)}"
        return None, [Diagnostic("P001", Severity.ERROR, "this page is in no language of the site", Place(name), hint)]
    match = _FRONT_MATTER.match(text)
    tree, found = read_tree(match[1], name) if match else (None, [])
    meta = tree.data() if tree is not None else {}
    meta = meta if isinstance(meta, dict) else {}
    body = text[match.end() :] if match else text
    title = str(meta.get("title") or _heading(body) or uri.rsplit("/", 1)[-1].removesuffix(".md"))
    return HandWritten(uri, lang, title, str(meta.get("description") or ""), meta, body), found


def _heading(body: str) -> str | None:
    match = re.search(r"^# +(.+?)\s*#*$", body, re.MULTILINE)
    return match[1] if match else None


def _misplaced(page: HandWritten, name: str, briefing: Briefing) -> list[Diagnostic]:
    """P002: a page at an address that a page made from facts has."""
    first, _, rest = page.twin.partition("/")
    taken = page.twin in ("index.md", "timeline.md") or (first in KINDS and rest == "index.md")
    taken = taken or (first in KINDS and rest.removesuffix(".md") in briefing.facts)
    if not taken:
        return []
    hint = "move it to another name; to change a generated page, put a template into pages/ of the theme's custom_dir"
    return [Diagnostic("P002", Severity.ERROR, "a page made from facts has this address already", Place(name), hint)]


def _unknown(name: str, text: str, briefing: Briefing) -> list[Diagnostic]:
    """R001: `[[id]]` of a fact that is not there. One that is there, but broken, has errors of its own."""
    found = []
    for match in _MENTION.finditer(text):
        id_ = match[3]
        if id_ and id_ not in briefing.facts and id_ not in briefing.broken:
            place = Place(name, text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start()))
            near = get_close_matches(id_, briefing.facts, n=1, cutoff=0.6)
            hint = f"did you mean “{near[0]}”?" if near else None
            found.append(Diagnostic("R001", Severity.ERROR, f"no fact has the id “{id_}”", place, hint))
    return found


def _alone(pages: Sequence[HandWritten], names: Mapping[str, str], languages: Sequence[str]) -> list[Diagnostic]:
    """L003: a page that is not there in every language."""
    there = {page.uri for page in pages}
    found = []
    for page in pages:
        missing = [code for code in languages if f"{code}/{page.twin}" not in there]
        if missing:
            message = f"this page is not there in: {', '.join(missing)}"
            hint = "the language switch leads to the state of play instead"
            found.append(Diagnostic("L003", Severity.WARNING, message, Place(names[page.uri]), hint))
    return found


