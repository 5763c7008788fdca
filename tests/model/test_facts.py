"""What facts work out about themselves: what leads, what stands, where a dispute is."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from briefbook.model.facts import Dispute, DisputeStatus, Figure, FigureValue, Source


def value(as_of: str, status: str = "confirmed", **more: object) -> dict[str, object]:
    return {"as_of": as_of, "status": status, "amount": "1 USD", "key": f"v{as_of}", **more}


def figure(*values: dict[str, object]) -> Figure:
    return Figure.model_validate({"id": "price", "title": "Price", "values": list(values)})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([value("2024"), value("2025")], "v2025"),
        ([value("2025"), value("2024")], "v2025"),
        ([value("2024"), value("2025", "superseded")], "v2024"),
        ([value("2024"), value("2025", "denied")], "v2024"),
        ([value("2024"), value("2025", "retracted")], "v2024"),
        ([value("2024"), value("2025", "expired")], "v2024"),
        ([value("2024"), value("2025", "disputed")], "v2025"),
        ([value("2024", leading=True), value("2025")], "v2024"),
        ([value("2024", "superseded", leading=True), value("2025")], "v2024"),
        ([value("2024", "superseded"), value("2025", "denied")], "v2025"),
    ],
)
def test_the_leading_value_is_marked_or_the_latest_that_stands(values: list[dict[str, object]], expected: str) -> None:
    assert expected == figure(*values).leading.key


def test_a_value_is_found_by_its_key() -> None:
    found = figure(value("2024"), value("2025"))
    assert "v2024" == getattr(found.value("v2024"), "key", None)
    assert "v2025" == getattr(found.value(None), "key", None)
    assert found.value("v2023") is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "a value needs an amount, a date or words"),
        ({"amount": "1 USD", "date": "2032"}, "a value is an amount or a date, not both"),
    ],
)
def test_a_value_is_one_thing(fields: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        FigureValue.model_validate({"as_of": "2024", "status": "confirmed", **fields})


def test_a_figure_has_a_value() -> None:
    with pytest.raises(ValidationError):
        figure()


def dispute(*steps: tuple[str, str]) -> Dispute:
    history = [{"status": status, "from": start, "why": "because"} for status, start in steps]
    return Dispute.model_validate(
        {"id": "quarrel", "title": "Quarrel", "question": "Who?", "parties": ["acme"], "history": history}
    )


def test_a_dispute_stands_where_its_latest_step_left_it_in_whatever_order_they_are_written() -> None:
    assert DisputeStatus.RESOLVED is dispute(("resolved", "2025"), ("open", "2023"), ("in-court", "2024")).current.status


@pytest.mark.parametrize("status", DisputeStatus)
def test_a_dispute_is_live_until_it_ends(status: DisputeStatus) -> None:
    assert (status in ("open", "negotiating", "escalated", "in-court")) == status.live


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "e.org", "//e.org", "ftp://e.org", "https://e.org/a b", "https://e.org/<x>",
            'https://e.org/"x', "https://e.org/`x`", "https://e.org/\\x", "https://e.org/\u2028x", ""],
)
def test_a_source_leads_to_the_web(url: str) -> None:
    with pytest.raises(ValidationError, match="is not a web address"):
        Source.model_validate({"id": "s", "publisher": "P", "language": "en", "kind": "primary", "url": url})
