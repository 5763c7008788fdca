"""The grade of a claim: told from its sources' kinds, publishers and how they were read, and from nothing else."""

from __future__ import annotations

import pytest

from briefbook.model.evidence import Grade, grade
from briefbook.model.facts import Source


def source(kind: str, publisher: str = "Gazette", read: str = "full") -> Source:
    return Source.model_validate({
        "id": "a-source", "publisher": publisher, "language": "en", "kind": kind, "read": read,
    })


@pytest.mark.parametrize(("sources", "expected"), [
    ([], Grade.NONE),
    ([source("primary", read="link")], Grade.NONE),
    ([source("aggregator")], Grade.SECOND_HAND),
    ([source("aggregator"), source("aggregator", "Digest")], Grade.SECOND_HAND),
    ([source("newsroom")], Grade.SINGLE),
    ([source("newsroom"), source("newsroom")], Grade.SINGLE),
    ([source("newsroom"), source("aggregator", "Digest")], Grade.SINGLE),
    ([source("newsroom"), source("trade", "Trade Weekly", "link")], Grade.SINGLE),
    ([source("newsroom"), source("trade", "Trade Weekly", "excerpt")], Grade.SEVERAL),
    ([source("newsroom"), source("newsroom", "Post"), source("primary", "Court", "copy")], Grade.PRIMARY),
])
def test_the_best_that_holds(sources: list[Source], expected: Grade) -> None:
    assert expected == grade(sources)
    assert expected == grade(reversed(sources))
