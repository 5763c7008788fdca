"""Facts as of a past day: what is there, what is not, what goes on again, and what a person is told to read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from briefbook.asof import as_of
from briefbook.asof.moment import Moment
from briefbook.asof.passages import shown
from briefbook.asof.rebuilding import fields_of
from briefbook.asof.trimming import BEGINS, ENDS, LOOKED, OTHERS
from briefbook.canonical import canonical_files, files_of, may_hold, record_in, sections_of
from briefbook.model.base import Value
from briefbook.model.dates import When
from briefbook.model.facts import KINDS, About

LANGUAGES = ("en", "ja")
NOW = date(2026, 7, 1)
SOURCES = {
    "may": {"publisher": "May", "language": "en", "kind": "primary", "published": "2025-05-10", "accessed": "2026-06-01"},
    "june": {"publisher": "June", "language": "en", "kind": "newsroom", "published": "2025-06", "accessed": "2025-08-01"},
    "later": {"publisher": "Later", "language": "en", "kind": "newsroom", "published": "2025-09-01"},
}
Fact = dict[str, Any]


def text(words: str) -> Fact:
    return {"en": words, "ja": words}


def claim(*cites: str | Fact, **fields: Any) -> Fact:
    return {"status": "confirmed", "cites": list(cites), **fields}


def then(day: str, now: date = NOW, **sections: Any) -> Any:
    """The sections as of a day, with three sources of which the last is of September 2025."""
    given = {"sources": {**SOURCES, **sections.pop("sources", {})}, **sections}
    files = as_of(files_of(given, LANGUAGES), LANGUAGES, date.fromisoformat(day), now).files
    return sections_of(files)


def kept(day: str, kind: str, fact: Fact, now: date = NOW) -> Any:
    """What is left of one fact on a day, or None."""
    return then(day, now, **{kind: {"it": fact}}).get(kind, {}).get("it")


def event(*cites: str | Fact, **fields: Any) -> Fact:
    return claim(*cites, **{"date": "2025-05-01", "title": text("It"), **fields})


@pytest.mark.parametrize(
    ("written", "day", "begun"),
    [
        ("2025-06-15", "2025-06-15", True), ("2025-06-15", "2025-06-14", False),
        ("2025-06", "2025-06-29", False), ("2025-06", "2025-06-30", True), ("2025", "2025-12-30", False), ("2025-06-15~", "2025-06-15", True),
        ("2025-06/2025-09", "2025-07-01", True), ("2025-06/2025-09", "2025-06-15", False), ("../2025-06", "2025-06-30", True), ("2019/..", "2020-01-01", True),
    ],
)
def test_what_may_be_later_is_later(written: str, day: str, begun: bool) -> None:
    assert begun is Moment(date.fromisoformat(day), date(2026, 7, 1)).begun(When.parse(written))


@pytest.mark.parametrize(("published", "begun"), [("2025-06-20", True), ("2025-05-31", False), ("2025-06-27", False)])
def test_a_source_within_a_month_tells_that_it_had_come(published: str, begun: bool) -> None:
    moment = Moment(date(2025, 6, 25), date(2026, 7, 1))
    assert begun is moment.begun(When.parse("2025-06"), [date.fromisoformat(published)])


def test_a_month_ends_no_later_than_the_last_day_that_facts_know_of() -> None:
    assert Moment(date(2026, 7, 1), date(2026, 7, 1)).begun(When.parse("2026"))
    assert not Moment(date(2026, 6, 30), date(2026, 7, 1)).begun(When.parse("2026"))


@pytest.mark.parametrize(
    ("fact", "there"),
    [
        (event("may"), True),
        (event("may", date="2025-08-01"), False),
        (event("later"), False),
        (event("may", "later"), True),
        (event("may", said_on="2025-08-01"), False),
        (event("may", said_by="later"), False),
        # Ahead on that day: only what is told to be planned, and was announced by then.
        (event("may", date="2025-08-01", status="scheduled"), True),
        (event("later", date="2025-10-01", status="scheduled"), False),
        (event("may", date="2026-10-01", planned=True), True),
        # A month that the day lies in.
        (event("may", date="2025-07"), False),
    ],
)
def test_an_event_is_there_once_it_had_come_and_could_be_known(fact: Fact, there: bool) -> None:
    assert there is (kept("2025-07-15", "events", fact) is not None)


def test_of_what_is_there_later_sources_are_not() -> None:
    found = then("2025-07-15", events={"it": event("may", {"source": "later", "quote": "so"}, "june")})
    assert ["may", "june"] == found["events"]["it"]["cites"]
    assert {"may", "june"} == set(found["sources"])
    # Someone looked at them, but not by then.
    assert ["published" in found["sources"]["may"], "accessed" in found["sources"]["may"]] == [True, False]


def test_what_lies_ahead_is_marked_as_planned() -> None:
    assert kept("2025-07-15", "events", event("may", date="2025-08-01", status="scheduled"))["planned"]


def test_an_undated_source_was_there_when_it_was_looked_at() -> None:
    page = {"publisher": "Page", "language": "en", "kind": "primary"}
    sources = {"old": {**page, "accessed": "2025-07-01"}, "new": {**page, "accessed": "2025-07-20"}, "always": page}
    events = {name: event(name) for name in sources}
    assert ["always", "old"] == sorted(then("2025-07-15", sources=sources, events=events)["events"])


def actor(**fields: Any) -> Fact:
    return {"kind": "person", "name": text("Ann"), **fields}


def test_what_ended_later_goes_on() -> None:
    roles = [
        claim("may", post=text("chair"), at="it", **{"from": "2024", "until": "2025-07-14"}),
        claim("may", post=text("head"), at="it", **{"from": "2025-01", "until": "2025-07-16"}),
        claim("may", post=text("host"), at="it", **{"from": "2025-08", "until": "2025-09"}),
    ]
    assert [("chair", "2025-07-14"), ("head", None)] == [
        (role["post"]["en"], role.get("until")) for role in kept("2025-07-15", "actors", actor(roles=roles))["roles"]
    ]


@pytest.mark.parametrize(("cites", "until"), [(["may"], "2027"), (["may", "later"], None)])
def test_an_end_that_still_lies_ahead_was_known_if_every_source_was_there(cites: list[str], until: str | None) -> None:
    role = claim(*cites, post=text("chair"), at="it", until="2027")
    assert until == kept("2025-07-15", "actors", actor(roles=[role]))["roles"][0].get("until")


def test_an_interval_that_ended_later_is_open() -> None:
    assert "2025-06-01/.." == kept("2025-07-15", "events", event("may", date="2025-06-01/2025-12-01"))["date"]


def figure(*values: Fact) -> Fact:
    return {"title": text("Fee"), "values": list(values)}


def value(*cites: str, **fields: Any) -> Fact:
    return claim(*cites, **{"amount": "3 billion USD", "as_of": "2025-05-01", **fields})


def test_a_value_stands_again_if_what_superseded_it_is_not_there() -> None:
    old, new = value("may", key="old", status="superseded"), value("later", as_of="2025-09-01", replaces="old")
    assert ["confirmed"] == [one["status"] for one in kept("2025-07-15", "figures", figure(old, new))["values"]]
    assert ["reported"] == [one["status"] for one in kept("2025-07-15", "figures", figure({**old, "said_by": text("x")}, new))["values"]]
    assert ["superseded", "confirmed"] == [one["status"] for one in kept("2025-09-15", "figures", figure(old, new))["values"]]


def test_a_value_superseded_by_none_in_particular_stands_again_without_all_that_is_newer() -> None:
    old, newer = value("may", status="superseded"), value("later", as_of="2025-09-01")
    assert ["confirmed"] == [one["status"] for one in kept("2025-07-15", "figures", figure(old, newer))["values"]]
    between = value("june", as_of="2025-06-01")
    assert ["superseded", "confirmed"] == [one["status"] for one in kept("2025-07-15", "figures", figure(old, between, newer))["values"]]


def test_a_value_does_not_replace_one_that_is_not_there() -> None:
    values = kept("2025-07-15", "figures", figure(value("later", key="old", status="superseded"), value("may", replaces="old")))["values"]
    assert [False] == ["replaces" in one for one in values]


def test_projections_were_made_before_the_date_they_speak_of() -> None:
    ahead = value("may", as_of="2030", status="projected")
    assert kept("2025-07-15", "figures", figure(ahead)) is not None
    assert kept("2025-05-01", "figures", figure(ahead)) is None


def dispute(**fields: Any) -> Fact:
    steps = [claim("may", why=text("w"), **{"from": "2025-05-10"}), claim("later", why=text("w"), **{"from": "2025-08-20"})]
    history = [{**step, "status": status} for step, status in zip(steps, ("open", "resolved"), strict=True)]
    return {"title": text("D"), "question": text("Why?"), "parties": ["ann"], "history": history, **fields}


def test_a_dispute_is_as_far_as_it_had_come() -> None:
    fields = {
        "trend": {"direction": "easing", "why": text("w"), "as_of": "2025-08-20"},
        "outcome": claim("may", text=text("o")),
        "deadlines": [claim("may", date="2025-12-31", title=text("t"), met=True), claim("may", date="2025-05-31", title=text("t"), met=False)],
        "positions": [claim("may", by="ann", text=text("p"), since="2025-05", until="2025-08-20"), claim("may", by="ann", text=text("q"), since="2025-08-20")],
        "accounts": [{"question": text("q"), "reading": text("r"), "answers": [claim("later", text=text("a"))]}],
        "open_questions": [{"question": text("q")}],
    }
    found = then("2025-07-15", actors={"ann": actor()}, disputes={"it": dispute(**fields)})["disputes"]["it"]
    assert ["open"] == [step["status"] for step in found["history"]]
    assert {"trend", "outcome", "accounts"} & set(found) == set()
    assert [("2025-12-31", None), ("2025-05-31", False)] == [(one["date"], one.get("met")) for one in found["deadlines"]]
    assert [("p", None)] == [(one["text"]["en"], one.get("until")) for one in found["positions"]]
    assert 1 == len(found["open_questions"])


def test_a_dispute_that_had_not_begun_is_not_there_and_nothing_names_it() -> None:
    about = {"title": text("B"), "lead": text("See [[it]] and [[it|the case]]."), "as_of": "2026-06-01"}
    events = {"one": event("may", disputes=["it"], actors=[{"id": "ann"}])}
    found = then("2025-05-09", sources={"may": {**SOURCES["may"], "published": "2025-05-01"}}, briefing=about, events=events, actors={"ann": actor()}, disputes={"it": dispute()})
    assert "disputes" not in found
    assert {"title": text("B"), "lead": text("See D and the case."), "as_of": "2025-05-09"} == found["briefing"]
    assert "disputes" not in found["events"]["one"]


def test_a_link_to_a_value_that_is_not_there_leads_to_its_figure() -> None:
    fees = {"fee": figure(value("may"), value("later", key="new", as_of="2025-09-01"))}
    found = then("2025-07-15", figures=fees, events={"it": event("may", summary=text("It is [[fee#new]] and [[fee]]."))})
    assert text("It is [[fee|Fee]] and [[fee]].") == found["events"]["it"]["summary"]


def test_who_was_there_for_others_alone_goes_with_them() -> None:
    actors = {
        "ann": actor(), "bob": actor(roles=[claim("may", post=text("chair"), at="cat")]), "cat": actor(), "dan": actor(),
        "eve": actor(relations=[claim("later", kind="sues", to="dan")]), "fay": actor(summary=text("s"), cites=["later"]),
    }
    terms = {"pier": {"name": text("pier"), "definition": text("By [[quay]].")}, "quay": {"name": text("quay"), "definition": text("d")}, "mole": {"name": text("mole"), "definition": text("d"), "cites": ["later"]}}
    events = {"it": event("may", actors=["fay"]), "late": event("later", actors=["ann"], summary=text("[[pier]]"))}
    found = then("2025-07-15", actors=actors, terms=terms, events=events)
    # Nobody ever spoke of eve; dan was there for her alone.
    assert ["bob", "cat", "fay"] == sorted(found["actors"])
    assert "summary" not in found["actors"]["fay"]
    # The one kept the other.
    assert "terms" not in found


def test_who_was_never_spoken_of_stays() -> None:
    assert {"ann"} == set(then("2025-07-15", actors={"ann": actor()}, terms={"pier": {"name": text("pier"), "definition": text("d")}})["actors"])


def test_a_fact_withdrawn_later_stands_again_if_enough_is_left_of_it() -> None:
    withdrawn = {"on": "2025-08-01", "why": text("wrong")}
    assert "withdrawn" not in kept("2025-07-15", "events", event("may", withdrawn=withdrawn))
    assert kept("2025-07-15", "events", {**event(withdrawn=withdrawn), "cites": []}) is None
    assert "withdrawn" in kept("2025-08-15", "events", event("may", withdrawn=withdrawn))


def test_every_date_of_the_model_is_judged() -> None:
    """Whoever adds a date to the model decides here what it tells."""
    known = {(record, name) for record, name in dates_of_the_model() if name in BEGINS | ENDS | LOOKED} | OTHERS
    assert set() == dates_of_the_model() - known
    assert OTHERS <= dates_of_the_model()


def dates_of_the_model() -> set[tuple[str, str]]:
    found, waiting = set(), [About, *KINDS.values()]
    seen: set[type[Value]] = set()
    while waiting:
        record = waiting.pop()
        if record in seen:
            continue
        seen.add(record)
        for name, annotation in fields_of(record).items():
            found |= {(record.__name__, name)} if may_hold(annotation, When) else set()
            waiting += [inner] if (inner := record_in(annotation)) else []  # type: ignore[list-item]
    return found


def test_what_is_to_be_read_is_told_with_the_reasons() -> None:
    given: Any = {
        "sources": SOURCES, "actors": {"ann": actor()}, "disputes": {"it": dispute(question=text("Will it end?"))},
        "events": {
            "one": event("may", summary={"en": "It ended on 20 August 2025.", "ja": "2025年8月20日に終わった。"}),
            "two": event("may", summary=text("So [[three]].")), "three": event("later", title={"en": "Third", "ja": "三番目"}),
            "four": event("may", summary={"en": "It began in May 2025.", "ja": "2025年5月に始まった。"}),
        },
        "figures": {"fee": figure(value("may", status="expired"), value("later", as_of="2025-09-01"))},
    }
    found = as_of(files_of(given, LANGUAGES), LANGUAGES, date(2025, 7, 15), NOW)
    told = {(passage.fact, shown(passage.path)): str(passage).partition(": ")[2] for passage in found.read}
    assert "names a later date (2025-08-20)" == told["one", "summary"]
    assert "named a fact that is not there; stands in a fact that lost something" == told["two", "summary"]
    assert "stands in a fact that lost something" == told["it", "question"]
    assert "may have fallen only later" == told["fee", "values[1]/status"]
    # Only the day on which somebody looked at it is gone from the source.
    assert {"it", "one", "two", "fee"} == {fact for fact, _ in told}
    assert ("later", "three") == found.gone


def test_on_the_day_of_the_facts_they_are_as_they_are() -> None:
    given: Any = {"sources": SOURCES, "events": {"it": event("later", date="2026-07", planned=True, checked="2026-07-01")}}
    facts = files_of(given, LANGUAGES)
    assert canonical_files(facts, LANGUAGES) == as_of(facts, LANGUAGES, NOW, NOW).files
    assert () == as_of(facts, LANGUAGES, NOW, NOW).gone
