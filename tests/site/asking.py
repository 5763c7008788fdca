"""Asking a built site a question as a reader does: by the links that can be seen, to a passage with its source."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from builtsites import BuiltSite
from htmlpages import Element

# What a reader takes in at one look.
_PASSAGES = ("li", "tr", "p")
_CARD = "bb-card"
# Pages that hold everything once more, and what is not seen before it is opened or asked for.
_SHORT_CUTS = ("print", "side-by-side")
_HIDDEN_TAGS = ("details", "svg", "template")
_HIDDEN = ("md-search", "bb-switch")


@dataclass(frozen=True)
class Answer:
    """Words that stand together on the page `at`, with a note that leads to a publisher, `source`."""

    at: str
    words: tuple[str, ...]
    source: str


def clicks(site: BuiltSite, code: str) -> dict[str, int]:
    """How many clicks from the state of play each page of a language is, by its place."""
    found = {f"{code}/index.html": 0}
    ahead = [*found]
    for here in ahead:
        for there in _led_to(site, here, code):
            if there not in found:
                found[there] = found[here] + 1
                ahead.append(there)
    return found


def objection(site: BuiltSite, code: str, answer: Answer, most: int, away: dict[str, int]) -> str:
    """What keeps a reader from the answer within so many clicks, its pages being so many `away`; nothing if nothing does."""
    place = f"{code}/{answer.at}index.html"
    if place not in site.pages:
        return "there is no such page"
    if place not in away:
        return "no link leads to the page"
    if away[place] > most:
        return f"the page is {away[place]} clicks away"
    passages = [p for p in _passages(site.pages[place]) if all(words in p.text for words in answer.words)]
    if not passages:
        return "the answer is not there"
    cited = sorted({publisher for passage in passages for publisher in _cited(site, place, passage)})
    return "" if answer.source in cited else f"the answer is there, but citing {', '.join(cited) or 'nobody'}"


def _led_to(site: BuiltSite, page: str, code: str) -> Iterator[str]:
    """Where links lead that a reader of a page sees, in its language."""
    for link in site.pages[page].all("a"):
        there = site.target(page, link.attributes.get("href", "#")) if link.text and _is_seen(link) else None
        if there and there.startswith(f"{code}/") and there.endswith(".html") and not {*_SHORT_CUTS} & {*there.split("/")}:
            yield there


def _is_seen(element: Element) -> bool:
    return not any(
        "hidden" in e.attributes or {*_HIDDEN} & {*e.classes} or (e.tag in _HIDDEN_TAGS and "open" not in e.attributes)
        for e in element.ancestors
    )


def _passages(page: Element) -> Iterator[Element]:
    """What may hold an answer: all but the notes, which name sources and say nothing of them."""
    for element in next(page.all("article")).all():
        if (element.tag in _PASSAGES or _CARD in element.classes) and not element.has(css="bb-notes") and _is_seen(element):
            yield element


def _cited(site: BuiltSite, page: str, passage: Element) -> Iterator[str]:
    """The publishers that the notes of a passage lead to."""
    notes = {e.attributes["id"]: e.parent for e in site.pages[page].all() if "id" in e.attributes}
    for mark in passage.with_class("bb-cite"):
        for link in mark.all("a"):
            note = notes.get(link.attributes.get("href", "").removeprefix("#"))
            if note is not None:
                yield from (a.text for a in note.all("a") if _is_of_a_source(site.target(page, a.attributes.get("href", ""))))


def _is_of_a_source(place: str | None) -> bool:
    return bool(place) and "sources" == posixpath.basename(posixpath.dirname(posixpath.dirname(str(place))))
