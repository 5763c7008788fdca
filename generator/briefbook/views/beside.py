"""A dispute in all languages of the site, side by side: passage by passage, the page's own language first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefbook.model.facts import Dispute
from briefbook.views import addresses
from briefbook.views.blocks import Record, crumbs_to, foot_of, head_of
from briefbook.views.desk import Desk
from briefbook.views.dispute import DisputePage, dispute_page
from briefbook.wording.markdown import Md, attribute


@dataclass(frozen=True, slots=True)
class Column:
    """A language of the table: its code and direction as attributes, and what it calls itself."""

    lang: Md
    direction: Md
    name: Md


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage in each language, in the order of the columns. `kind` says what it is: `section`, `heading` or `text`."""

    kind: str
    cells: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class BesidePage(Record):
    """One dispute, in every language at once."""

    back: Md
    columns: tuple[Column, ...]
    passages: tuple[Passage, ...]


def beside_page(desk: Desk, dispute: Dispute) -> BesidePage:
    """The dispute side by side. Notes are numbered alike in all columns, for all are written in one order."""
    desk = replace(desk, returning=False)
    others = (replace(desk.at(desk.uri), code=c, returning=False, leads_to=desk.code) for c in desk.briefing.others(desk.code))
    desks = [desk, *others]
    told = [list(_passages(other, dispute)) for other in desks]
    passages = tuple(
        Passage(row[0][0], tuple(words for _, words in row)) for row in zip(*told, strict=True)
    )
    columns = tuple(
        Column(attribute(d.code), Md(d.language.direction), Md(attribute(d.language.own_name))) for d in desks
    )
    back = desk.to(addresses.page_of(desk.code, dispute), desk.label("beside.back"))
    head = head_of(desk, desk.label("beside.title", page=desk.title(dispute)), crumbs_to(desk, "disputes"), dispute)
    return BesidePage(head, foot_of(desk, dispute), (), back, columns, passages)


def _passages(desk: Desk, dispute: Dispute) -> Iterator[tuple[str, Md]]:
    """Every passage of the dispute's page in one language, whether or not there are words in it."""
    page = dispute_page(desk, dispute)
    yield "section", desk.title(dispute)
    yield "text", page.question
    yield "text", page.summary
    yield "text", page.note
    yield from _section(desk, "outcome", (page.outcome,))
    if page.sides:
        yield "section", desk.label("heading.positions")
    for side in page.sides:
        yield "heading", side.heading
        yield from (("text", words) for words in side.says)
    yield from _section(desk, "record", page.record)
    yield from _section(desk, "stakes", page.stakes)
    yield from _contests(desk, page)
    yield from _section(desk, "history", page.history)
    yield from _section(desk, "deadlines", page.deadlines)
    if page.questions:
        yield "section", desk.label("heading.questions")
    for question in page.questions:
        yield "text", question.question
        yield "text", question.settled_by


def _section(desk: Desk, name: str, texts: tuple[Md, ...]) -> Iterator[tuple[str, Md]]:
    if any(texts):
        yield "section", desk.label(f"heading.{name}")
        yield from (("text", words) for words in texts)


def _contests(desk: Desk, page: DisputePage) -> Iterator[tuple[str, Md]]:
    if page.contests:
        yield "section", desk.label("heading.contests")
    for contest in page.contests:
        yield "heading", contest.question
        yield from (("text", words) for words in contest.answers)
        yield "text", Md(f"<strong>{desk.label('contest.reading')}</strong> {contest.reading} {contest.confidence}")
