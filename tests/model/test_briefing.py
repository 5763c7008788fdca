"""A whole briefing: its order, who refers to whom, and that a walk through it misses nothing."""

from __future__ import annotations

from collections.abc import Callable

from briefbook.model.base import once
from briefbook.model.briefing import leaves, references, texts
from briefbook.model.facts import Actor
from briefbook.reading.loading import Reading

FACTS = """
briefing: {title: T, key_figures: [price]}
actors:
  acme: {kind: organization, name: {en: Acme, ja: アクメ}, summary: 'rival of [[widget|them]], see [[price#first]]'}
  widget: {kind: organization, name: Widget}
sources:
  paper: {publisher: The Paper, language: en, kind: newsroom}
figures:
  price:
    title: Price
    actors: [acme]
    disputes: [quarrel]
    values: [{key: first, amount: 1 USD, as_of: 2024, status: reported, said_by: paper, cites: [paper]}]
disputes:
  quarrel:
    title: Quarrel
    question: Who?
    parties: [acme, widget]
    history: [{status: open, from: 2024, why: because, cites: [paper]}]
  settled:
    title: Settled
    question: Who?
    parties: [acme]
    history: [{status: resolved, from: 2025, why: because, cites: [paper]}]
  older:
    title: Older
    question: Who?
    parties: [acme]
    history: [{status: in-court, from: 2020, why: because, cites: [paper]}]
events:
  later: {date: 2024-06, title: Later, status: confirmed, cites: [paper], disputes: [quarrel]}
  sooner: {date: 2024-05-02, title: Sooner, status: confirmed, cites: [paper], actors: [{id: acme, part: host}]}
  month: {date: 2024-05, title: Month, status: confirmed, cites: [paper]}
  first: {date: 2024-05-01, title: First, status: confirmed, cites: [paper]}
"""


def test_lists_stand_in_their_order(facts: Callable[..., Reading]) -> None:
    briefing = facts(FACTS).briefing
    assert ["first", "month", "sooner", "later"] == [event.id for event in briefing.events]
    assert ["quarrel", "older", "settled"] == [dispute.id for dispute in briefing.disputes]
    assert ["acme", "widget"] == [actor.id for actor in briefing.actors]
    assert sorted(briefing.facts) == list(briefing.facts)


def test_what_names_a_fact_is_found_from_its_side(facts: Callable[..., Reading]) -> None:
    briefing = facts(FACTS).briefing
    assert ["sooner"] == [event.id for event in briefing.events_of("acme")]
    assert ["later"] == [event.id for event in briefing.events_of("quarrel")]
    assert ["price"] == [figure.id for figure in briefing.figures_of("quarrel")]
    assert ("acme", "quarrel") == briefing.referrers["widget"]
    assert ("acme",) == briefing.referrers["price"], "the briefing’s own key figures are no fact"
    assert {"first", "later", "month", "older", "price", "quarrel", "settled", "sooner"} == set(briefing.referrers["paper"])


def test_every_reference_is_found_where_it_is_written(facts: Callable[..., Reading]) -> None:
    briefing = facts(FACTS).briefing
    assert [
        (("summary",), "widget", None),
        (("summary",), "price", "first"),
    ] == [(path, found.id, found.key) for path, found in references(briefing.facts["acme"])]
    assert [
        (("actors", 0), "acme"),
        (("disputes", 0), "quarrel"),
        (("values", 0, "said_by"), "paper"),
        (("values", 0, "cites", 0, "source"), "paper"),
    ] == [(path, found.id) for path, found in references(briefing.facts["price"])]


def test_paths_are_the_names_authors_write(facts: Callable[..., Reading]) -> None:
    paths = {path for path, _ in leaves(facts(FACTS).briefing.facts["quarrel"])}
    assert ("history", 0, "from") in paths
    assert ("history", 0, "from_") not in paths


def test_every_text_is_found_also_the_words_for_a_speaker(facts: Callable[..., Reading]) -> None:
    reading = facts(
        "sources: {paper: {publisher: P, language: en, kind: primary}}\n"
        "events: {fair: {date: 2024, title: Fair, status: reported, said_by: {en: people, ja: 関係者}, cites: [paper],"
        " note: {en: n}, actors: [{id: acme, part: {en: host}}]}}\n"
    )
    found = {path for path, _ in texts(reading.briefing.facts["fair"])}
    assert {("title",), ("said_by",), ("note",), ("actors", 0, "part")} == found


def test_a_briefing_cannot_be_changed(facts: Callable[..., Reading]) -> None:
    briefing = facts(FACTS).briefing
    assert not hasattr(briefing.facts, "__setitem__")


def test_what_is_worked_out_about_records_is_no_part_of_what_they_say() -> None:
    def record() -> Actor:
        return Actor.model_validate({"id": "acme", "kind": "organization", "name": {"en": "Acme", "ja": "アクメ"}})

    one, other = record(), record()
    known = once(lambda subject: [subject])(one)
    assert [one] == known
    assert one == other
