"""The editions of the briefing in this repository: whole, in order, told in every language, and none that knows of a later day."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from briefbook.comparison import compare
from briefbook.editions import Edition, list_editions, read_edition
from briefbook.model.briefing import leaves
from briefbook.model.dates import When

EDITIONS = Path(__file__).parents[1] / "content" / "editions"
DAYS = ["2025-07-01", "2025-09-12", "2025-10-29", "2026-03-01", "2026-04-28"]


@cache
def edition(day: str) -> Edition:
    return read_edition(EDITIONS / day)


def test_there_are_five_that_were_put_together_later_and_what_follows_them() -> None:
    assert DAYS == [folder.name for folder in list_editions(EDITIONS)][: len(DAYS)]
    assert DAYS == [day for day in DAYS if edition(day).manifest.reconstructed]


@pytest.mark.parametrize("day", DAYS)
def test_each_says_what_changed_in_every_language(day: str) -> None:
    manifest = edition(day).manifest
    assert ("en", "ja") == manifest.languages == tuple(sorted(manifest.note))
    assert {} == dict(edition(day).briefing.stale)


@pytest.mark.parametrize("day", DAYS)
def test_none_knows_a_source_or_an_event_of_a_later_day(day: str) -> None:
    briefing = edition(day).briefing
    assert day == str(briefing.about.as_of)
    assert [] == [source.id for source in briefing.sources if source.published is None or source.published.last().isoformat() > day]
    assert [] == [event.id for event in briefing.events if event.date.first().isoformat() > day and not event.planned]
    looked = [(id_, path) for id_, fact in briefing.facts.items() for path, value in leaves(fact) if path[-1] in ("accessed", "checked", "said_on") and isinstance(value, When) and value.last().isoformat() > day]
    assert [] == looked


@pytest.mark.parametrize(("before", "after"), list(pairwise(DAYS)))
def test_from_one_to_the_next_something_of_substance_moved(before: str, after: str) -> None:
    old, new = edition(before).briefing, edition(after).briefing
    changes = compare(old, new)
    assert 50 < sum(not change.minor for change in changes)
    # What had happened stays: only what was planned may come to nothing.
    assert set() == {event.id for event in old.events if not event.planned} - {event.id for event in new.events}
    assert {dispute.id for dispute in old.disputes} <= {dispute.id for dispute in new.disputes}
