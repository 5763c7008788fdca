"""Fingerprints, addresses and places of texts."""

from __future__ import annotations

from collections.abc import Callable

from briefbook.model.facts import Figure
from briefbook.model.fingerprints import (
    NOTHING_AGREED,
    Agreement,
    Lock,
    Unit,
    address_of,
    compare,
    fingerprint,
    open_place,
    place_of,
    units_of,
)
from briefbook.model.text import LocalText
from briefbook.reading.loading import Reading

SAME, OTHER = LocalText.parse({"en": "a", "ja": "b"}), LocalText.parse({"en": "a", "ja": "c"})


def test_white_space_and_composition_do_not_count() -> None:
    assert fingerprint("a b") == fingerprint(" a\n\tb ")
    assert fingerprint("\u00e9") == fingerprint("e\u0301")


def test_everything_else_does() -> None:
    texts = ["a b", "ab", "A b", "a b.", "Ａ b", "a  c", "[[a]] b"]
    assert len(texts) == len({fingerprint(text) for text in texts})


def test_a_fingerprint_never_changes() -> None:
    """Or every lock there is would be worthless."""
    assert "ba7816bf8f01" == fingerprint("abc")
    assert "e88845352db9" == fingerprint("言葉")


def test_half_a_character_is_no_trouble() -> None:
    assert 12 == len(fingerprint("\ud800"))


def test_places_and_addresses() -> None:
    value = {"as_of": 2024, "status": "confirmed", "basis": {"en": "x"}, "date": 2032}
    values = [value, {**value, "key": "first"}, {**value, "key": "twin"}, {**value, "key": "twin"}]
    cost = Figure.model_validate({"id": "cost", "title": "Cost", "values": values})
    addresses = [address_of(cost, "cost", ("values", position, "basis")) for position in range(4)]
    assert ["cost/values[1]/basis", "cost/values[first]/basis", "cost/values[3]/basis", "cost/values[4]/basis"] == addresses
    assert {"cost/values[]/basis"} == {open_place(address) for address in addresses}
    assert "cost/values[]/basis" == place_of("cost", ("values", 2, "basis"))
    assert "cost/title" == address_of(cost, "cost", ("title",))


def test_texts_that_are_the_same_in_every_language_are_no_units(facts: Callable[..., Reading]) -> None:
    reading = facts("terms: {agi: {name: AGI, definition: {en: x, ja: y}}}\n")
    assert [("agi", ("definition",))] == [(unit.fact, unit.path) for unit in units_of(reading.briefing)]


def test_addresses_are_unique(facts: Callable[..., Reading]) -> None:
    answer = "{text: {en: a, ja: b}, status: confirmed, cites: [p]}"
    account = f"{{question: {{en: q, ja: r}}, reading: {{en: s, ja: t}}, answers: [{answer}, {answer}]}}"
    dispute = f"title: D, question: Q, parties: [a], history: [{{status: open, from: 2024, why: W}}], accounts: [{account}, {account}]"
    briefing = facts(f"disputes: {{d: {{{dispute}}}}}\n").briefing
    addresses = [address_of(briefing.facts["d"], u.fact, u.path) for u in units_of(briefing)]
    assert 8 == len(set(addresses)) == len(addresses)
    assert "d/accounts[2]/answers[1]/text" in addresses


def test_as_many_alike_as_were_known() -> None:
    """Of three texts that were alike one has changed: it is not taken for a new one beside three copies."""
    unit = Unit("d", ("record", 0, "text"), SAME)
    known = Agreement("d/record[]/text", tuple(unit.prints().items()))
    now = [Unit("d", ("record", position, "text"), text) for position, text in enumerate([SAME, OTHER, SAME])]
    assert [{}, {"en": ("ja",)}, {}] == [standing.stale for standing in compare(now, Lock((known, known, known)))]
    assert [{}, {}, {}] == [standing.stale for standing in compare(now, Lock((known,)))]


def test_what_the_lock_need_not_know() -> None:
    units = [Unit("a", ("x",), LocalText.parse({"en": "x"})), Unit("a", ("y",), SAME)]
    assert [True, False] == [standing.recorded for standing in compare(units, NOTHING_AGREED)]
