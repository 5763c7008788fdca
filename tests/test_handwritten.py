"""Hand-written pages: where their front matter puts them."""

from __future__ import annotations

import pytest

from briefbook.handwritten import read_hand_written


def read(order: str) -> tuple[list[tuple[float, str]], list[str]]:
    """The rank of a page with such a line in its front matter, and what is found."""
    page = f"---\ntitle: Page\n{order}\n---\nWords.\n".encode()
    pages, found = read_hand_written([("en/page.md", "page.md", page)], ("en",))
    return [page.rank for page in pages], [f"{one.place} {one.code} {one.message}" for one in found]


@pytest.mark.parametrize(("order", "rank"), [("order: 2", 2), ("order: -1", -1), ("order:", float("inf")), ("", float("inf"))])
def test_pages_stand_by_their_order(order: str, rank: float) -> None:
    assert ([(rank, "en/page.md")], []) == read(order)


@pytest.mark.parametrize("order", ["order: first", "order: 1.5", 'order: "1"', "order: true", "order: [1]"])
def test_an_order_that_is_no_whole_number_is_told(order: str) -> None:
    ranks, found = read(order)
    assert [(float("inf"), "en/page.md")] == ranks
    assert ["page.md:3:8 F003 page: “order”: a whole number is expected here"] == found
