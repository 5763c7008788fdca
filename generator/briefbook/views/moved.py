"""The page at an address that a fact used to have: it leads on to where the fact is now."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.model.facts import AnyFact
from briefbook.views.blocks import Head, head_of
from briefbook.views.desk import Desk
from briefbook.wording.markdown import Md, attribute


@dataclass(frozen=True, slots=True)
class MovedPage:
    """Where the fact is now: as an address for the browser, and as a link for the reader."""

    head: Head
    address: Md
    moved: Md


def moved_page(desk: Desk, fact: AnyFact) -> MovedPage:
    """The page of a former id of `fact`."""
    moved = desk.label("moved", page=desk.link(fact.id))
    return MovedPage(head_of(desk, desk.title(fact), ()), attribute(desk.href(fact)), moved)
