"""A term's page, and the glossary."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.model.facts import Term
from briefbook.views.blocks import (
    Record,
    crumbs_home,
    crumbs_to,
    foot_of,
    head_of,
    in_reading_order,
    note_of,
    read_title,
    referrers_of,
)
from briefbook.views.desk import Desk
from briefbook.wording.markdown import Md, escape


@dataclass(frozen=True, slots=True)
class TermPage(Record):
    """One term: what it means here, other wordings, wordings to avoid."""

    definition: Md
    note: Md
    aliases: tuple[Md, ...]
    avoid: tuple[Md, ...]
    elsewhere: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class TermsPage(Record):
    """The glossary."""

    terms: tuple[tuple[Md, Md], ...]


def term_page(desk: Desk, term: Term) -> TermPage:
    """The page of one term."""
    definition, note = Md(f"{desk.text(term.definition)}{desk.marks(term.cites)}"), note_of(desk, term)
    elsewhere = tuple(
        Md(desk.language.colon(escape(desk.language.name_of(code)), desk.at_language(term.name, code)))
        for code in desk.briefing.others(desk.code) if code in term.name.by_language
    )
    aliases = tuple(escape(name) for name in term.aliases.in_(desk.code))
    avoid = tuple(escape(name) for name in term.avoid.in_(desk.code))
    referrers = referrers_of(desk, term)
    head = head_of(desk, read_title(desk, term), crumbs_to(desk, "terms"), term)
    return TermPage(head, foot_of(desk, term), referrers, definition, note, aliases, avoid, elsewhere)


def terms_page(desk: Desk) -> TermsPage:
    """All terms with their definitions."""
    terms = tuple(
        (desk.link(t.id), desk.text(t.definition))
        for t in in_reading_order(desk, desk.briefing.terms) if isinstance(t, Term)
    )
    head = head_of(desk, desk.label("kind.terms"), crumbs_home(desk))
    return TermsPage(head, foot_of(desk), (), terms)
