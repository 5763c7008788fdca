"""Facts of a past day: the same from wherever they are looked at, never broken, and of the present day what they are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefbook.asof import as_of
from briefbook.canonical import canonical_files, files_of
from briefbook.reading.loading import read_folder

LANGUAGES = ("en", "ja")
NOW = date(2026, 1, 1)
DAYS = st.dates(date(2024, 1, 1), NOW - timedelta(days=1))
# Some of them partly known, some still to come when the facts were written.
EXACT = DAYS.map(str)
DATES = st.one_of(EXACT, DAYS.map(lambda day: f"{day:%Y-%m}"), st.sampled_from(["2024", "2025~", "2025?", "2027-05-01", "2024-06-01/2025-06-01", "2025-01/..", "../2025-03"]))
PUBLISHED = st.one_of(EXACT, DAYS.map(lambda day: f"{day:%Y-%m}"), st.sampled_from(["2024", "2025"]))
STATUSES = st.sampled_from(["confirmed", "reported", "scheduled", "projected", "superseded", "expired"])
IDS = {
    "actors": ["anna", "bund", "court"], "sources": ["gazette", "herald", "mirror", "post"], "events": ["first", "second"],
    "figures": ["fee"], "disputes": ["berth"], "terms": ["quay"],
}
MENTIONS = st.sampled_from(["", *(f" [[{id_}]]" for ids in IDS.values() for id_ in ids), " [[fee#old]]", " [[fee#new|words]]", " [[second|*so*]]"])
Fact = dict[str, Any]
TITLE = st.just({"en": "The quay", "ja": "岸壁"})


@st.composite
def text(draw: st.DrawFn) -> Fact:
    return {"en": f"It says{draw(MENTIONS)}.", "ja": f"述べる{draw(MENTIONS)}。"}


def some(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, max_size=most)


def claim(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Fact]:
    cites = st.lists(st.sampled_from(IDS["sources"]), min_size=1, max_size=3, unique=True)
    needed = {"cites": cites, "said_by": st.sampled_from(["anna", "herald"]) | text()}
    optional = {"said_on": DATES, "note": text()}
    named = {name: field for name, field in fields.items() if not name.startswith("_")}
    may = {name[1:]: field for name, field in fields.items() if name.startswith("_")}
    return st.fixed_dictionaries({**needed, **named}, optional={**optional, **may})


def refs(kind: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(IDS[kind]), max_size=2, unique=True)


VALUES = st.tuples(
    claim(key=st.just("old"), amount=st.just("3 billion USD"), as_of=DATES, status=STATUSES),
    claim(key=st.just("new"), amount=st.just("4 billion USD"), as_of=DATES, status=STATUSES, _replaces=st.just("old")),
    claim(words=text(), as_of=DATES, status=STATUSES),
).map(list)
WITHDRAWN = st.fixed_dictionaries({"on": EXACT, "why": text()})
FACTS = {
    "sources": st.fixed_dictionaries({"publisher": TITLE, "language": st.just("en"), "kind": st.just("newsroom")}, optional={"published": PUBLISHED, "accessed": EXACT}),
    "actors": st.fixed_dictionaries(
        {"kind": st.just("person"), "name": TITLE},
        optional={
            "summary": text(), "cites": refs("sources"), "withdrawn": WITHDRAWN, "checked": EXACT,
            "roles": some(claim(post=text(), at=st.just("bund"), _from=DATES, _until=DATES)),
            "relations": some(claim(kind=st.just("sues"), to=st.just("anna"), _from=DATES)),
        },
    ),
    "events": claim(date=DATES, title=TITLE, status=STATUSES, _actors=refs("actors"), _disputes=refs("disputes"), _withdrawn=WITHDRAWN, _planned=st.booleans()),
    "figures": st.fixed_dictionaries({"title": TITLE, "values": VALUES}, optional={"disputes": refs("disputes")}),
    "disputes": st.fixed_dictionaries(
        {"title": TITLE, "question": text(), "parties": st.just(["anna"]), "history": st.lists(claim(status=st.sampled_from(["open", "resolved"]), _claim_status=STATUSES, why=text(), **{"from": DATES}), min_size=1, max_size=3)},
        optional={
            "positions": some(claim(by=st.just("court"), text=text(), status=STATUSES, _since=DATES, _until=DATES)),
            "accounts": some(st.fixed_dictionaries({"question": text(), "reading": text(), "answers": st.lists(claim(text=text(), status=STATUSES), min_size=1, max_size=2)}), 1),
            "deadlines": some(claim(date=DATES, title=TITLE, _met=st.booleans())),
            "outcome": claim(text=text(), status=STATUSES, _date=DATES), "trend": st.fixed_dictionaries({"direction": st.just("easing"), "why": text(), "as_of": DATES}),
        },
    ),
    "terms": st.fixed_dictionaries({"name": TITLE, "definition": text()}, optional={"cites": refs("sources")}),
}
ABOUT = st.none() | st.fixed_dictionaries({"title": TITLE}, optional={"lead": text(), "as_of": st.just("2025-11"), "key_figures": refs("figures")})


@st.composite
def fact_files(draw: st.DrawFn) -> dict[str, str]:
    """All the facts there are, with dates and sources as they come."""
    sections: dict[str, Any] = {kind: {id_: draw(FACTS[kind]) for id_ in ids} for kind, ids in IDS.items()}
    if about := draw(ABOUT):
        sections["briefing"] = about
    return files_of(sections, LANGUAGES)


def errors(files: dict[str, str]) -> list[str]:
    """What keeps files from being read, or leads nowhere, or lacks its sources."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_text(content, encoding="utf-8")
        found = read_folder(Path(folder), LANGUAGES, Path(folder)).diagnostics
    return [f"{one.code} {one.message}" for one in found if one.code[0] in "FRYC" and one.code != "Y007"]


@given(fact_files())
def test_on_the_present_day_facts_are_as_they_are(files: dict[str, str]) -> None:
    assert canonical_files(files, LANGUAGES) == as_of(files, LANGUAGES, NOW, NOW).files


@given(fact_files(), DAYS, DAYS)
def test_a_day_is_the_same_seen_from_now_and_from_a_day_between(files: dict[str, str], one: date, other: date) -> None:
    day, between = sorted([one, other])
    then = as_of(files, LANGUAGES, between, NOW).files
    assert as_of(files, LANGUAGES, day, NOW).files == as_of(then, LANGUAGES, day, between).files


@given(fact_files(), DAYS)
def test_going_to_a_day_twice_changes_nothing(files: dict[str, str], day: date) -> None:
    once = as_of(files, LANGUAGES, day, NOW).files
    assert once == as_of(once, LANGUAGES, day, NOW).files


@given(fact_files(), DAYS)
def test_facts_without_errors_have_none_on_a_past_day(files: dict[str, str], day: date) -> None:
    assert [] == errors(files)
    assert [] == errors(dict(as_of(files, LANGUAGES, day, NOW).files))
