"""Ticks stand on round values, and no more of them than asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from briefbook.charts.axes import date_ticks, number_ticks


@pytest.mark.parametrize(("first", "last", "ticks"), [
    (date(2024, 1, 1), date(2024, 4, 30), ["2024-01 month", "2024-02 month", "2024-03 month", "2024-04 month"]),
    (date(2024, 5, 2), date(2024, 5, 20), ["2024-05 month"]),
    (date(2024, 2, 1), date(2025, 8, 1), ["2024-04 month", "2024-07 month", "2024-10 month", "2025-01 month", "2025-04 month", "2025-07 month"]),
    (date(2019, 7, 22), date(2026, 4, 27), [f"{year}-01 year" for year in range(2020, 2027)]),
    (date(1900, 1, 1), date(2026, 1, 1), [f"{year}-01 year" for year in range(1900, 2021, 20)]),
])
def test_date_ticks(first: date, last: date, ticks: list[str]) -> None:
    assert [f"{day:%Y-%m} {precision}" for day, precision in date_ticks(first, last)] == ticks


@pytest.mark.parametrize(("low", "high", "ticks"), [
    ("0", "13000000000", ["0", "5000000000", "10000000000", "15000000000"]),
    ("8", "16", ["8", "10", "12", "14", "16"]),
    ("20", "49", ["20", "30", "40", "50"]),
    ("0.1", "0.35", ["0.1", "0.15", "0.2", "0.25", "0.3", "0.35"]),
    ("13", "13", ["0", "5", "10", "15"]),
    ("-3", "4", ["-4", "-2", "0", "2", "4"]),
    ("0", "0", ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
])
def test_number_ticks(low: str, high: str, ticks: list[str]) -> None:
    assert [str(number) for number in number_ticks(Decimal(low), Decimal(high))] == ticks


@pytest.mark.parametrize("most", [3, 6, 10])
def test_number_ticks_cover_the_range(most: int) -> None:
    for low, high in ((1, 999), (17, 18), (0, 4_800_000_000_000), (-5, 123)):
        ticks = number_ticks(Decimal(low), Decimal(high), most)
        assert ticks[0] <= low
        assert ticks[-1] >= high
        assert len(ticks) <= most
