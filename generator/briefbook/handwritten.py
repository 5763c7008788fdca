"""Hand-written pages: Markdown that people write beside the facts, in which `[[id]]` leads to them too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from briefbook.diagnostics import Diagnostic, Place, Severity
from briefbook.model.briefing import Briefing
from briefbook.model.facts import Ignore
from briefbook.model.prose import Mention, parse, plain_text
from briefbook.reading.binding import Spot, bind
from briefbook.reading.yamltree import Data, Node, Refused, decode, read_tree
from briefbook.views.desk import Desk
from briefbook.wording.language import Language

if TYPE_CHECKING:
    from briefbook.rendering import Page  # and with it all that draws, which a check does without

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
# Code and comments are left alone; the first two branches take them out of the way.
MENTION = re.compile(
    r"(```.*?```|~~~.*?~~~|<!--(?:(?!<!--).)*?-->)|(`[^`\n]*`)"
    r"|\[\[\s*([a-z0-9-]+)\s*(?:#\s*([a-z0-9-]+)\s*)?(?:\|([^\[\]\n]+))?\]\]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the front matter of a page accepts: which, why and until when, and where that is written."""

    entry: Ignore
    code_at: Place
    until_at: Place


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A hand-written page as it was read: its place in the site, its title and description, its Markdown.

    `heading` is the title as it was typed, `name` what messages call the file, and `text` all that is in it, each line
    ended by one character.
    """

    uri: str
    lang: str
    title: str
    heading: str
    description: str
    meta: Mapping[str, object]
    body: str
    name: str
    text: str
    accepted: tuple[Accepted, ...] = ()

    @property
    def twin(self) -> str:
        """Its place within its language, which it shares with its translations."""
        return self.uri.partition("/")[2]

    @property
    def rank(self) -> tuple[float, str]:
        """Where it stands among the hand-written pages: by `order:` in its front matter, those without one last."""
        order = self.meta.get("order")
        return (order if _is_order(order) else float("inf"), self.uri)


def read_hand_written(
    files: Iterable[tuple[str, str, bytes]], languages: Sequence[str]
) -> tuple[list[HandWritten], list[Diagnostic]]:
    """The pages in `files` (place, name in messages, bytes) and what keeps any of them from being read."""
    pages: list[HandWritten] = []
    found: list[Diagnostic] = []
    for uri, name, raw in files:
        try:
            # Lines and columns stay what they are in the file.
            page, wrong = _read(uri, name, re.sub(r"\r\n?", "\n", decode(raw, name)), languages)
        except Refused as refusal:
            found.append(refusal.diagnostic)
            continue
        found += wrong
        if page is not None:
            pages.append(page)
    return pages, found


def hand_written(
    page: HandWritten, all_of_them: Sequence[HandWritten], briefing: Briefing, languages: Mapping[str, Language]
) -> Page:
    """The finished page: `[[id]]` resolved, and its translations known."""
    from briefbook.rendering import Page

    desk = Desk(briefing, languages, page.lang, page.uri)
    body = MENTION.sub(lambda match: match[0] if match[1] or match[2] else _link(desk, match), page.body)
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
    # An empty line in place of the ruler, so that places are those in the file.
    tree, found = read_tree(f"\n{match[1]}", name) if match else (None, [])
    meta = _mapping(tree)
    accepted, wrong = _accepted(tree)
    body = text[match.end() :] if match else text
    told, written = str(meta.get("title") or ""), _heading(body)
    title = told or plain_text(parse(written)) or uri.rsplit("/", 1)[-1].removesuffix(".md")
    page = HandWritten(
        uri, lang, title, told or written, str(meta.get("description") or ""), meta, body, name, text, accepted
    )
    return page, found + wrong + list(_unordered(tree))


def _is_order(written: object) -> TypeGuard[int]:
    return isinstance(written, int) and not isinstance(written, bool)


def _unordered(tree: Node | None) -> Iterator[Diagnostic]:
    """Where `order:` in the front matter is nothing to put pages in order by."""
    node = tree.value.get("order") if tree is not None and isinstance(tree.value, dict) else None
    if node is not None and node.value is not None and not _is_order(node.value):
        hint = "write one without quotes, as order: 2; pages without one come last"
        yield Diagnostic("F003", Severity.ERROR, "page: “order”: a whole number is expected here", node.place, hint)


def _mapping(tree: Node | None) -> dict[str, Data]:
    data = tree.data() if tree is not None else None
    return data if isinstance(data, dict) else {}


def _accepted(tree: Node | None) -> tuple[tuple[Accepted, ...], list[Diagnostic]]:
    """What `ignore:` in the front matter says, in the form that facts have it."""
    if tree is None or not isinstance(tree.value, dict) or "ignore" not in tree.value:
        return (), []
    node, key = tree.value["ignore"], tree.keys["ignore"]
    accepted: list[Accepted] = []
    found: list[Diagnostic] = []
    for each in node.value if isinstance(node.value, list) else [node]:
        entry, wrong = bind(Ignore, Spot(key if each is node else each.place, each), "ignore")
        found += wrong
        if entry is not None and isinstance(each.value, dict):
            until = each.value.get("until", each)
            accepted.append(Accepted(entry, each.value["code"].place, until.place))
    return tuple(accepted), found


def _heading(body: str) -> str:
    """The words of the first heading, without the attributes that may stand behind them."""
    match = re.search(r"^# +(.+?)[ \t]*(?:\{[ :]*[#.][^{}\n]*\}[ \t]*)?#*[ \t]*$", body, re.MULTILINE)
    return match[1] if match else ""
