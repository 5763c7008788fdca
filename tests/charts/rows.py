"""Rows for the tests of charts, in Japanese and hostile ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefbook.charts.axes import Tick, date_ticks, number_ticks
from briefbook.charts.chart import Chart
from briefbook.charts.dispute_status import StatusSpan, status_bands
from briefbook.charts.figure_values import ValueKind, ValueMark, figure_values
from briefbook.charts.network import Edge, Group, Node, network
from briefbook.charts.strip import SparkPoint, spark, strip
from briefbook.charts.timeline import TimelineMark, timeline

FIRST, LAST = date(2024, 1, 1), date(2026, 4, 30)
LANES = ("アジュールでの独占販売権をめぐる争い", "収益分配")
HOSTILE = "悪<b>&\"' ]]>\n\n    意\x00"
YEN = Decimal(10) ** 8


def ticks() -> list[Tick]:
    return [Tick(day, f"{day.year}年{day.month}月") for day, _ in date_ticks(FIRST, LAST)]


def mark(day: date, title: str, *, lane: str = LANES[0], end: date | None = None, kind: str = "confirmed") -> TimelineMark:
    return TimelineMark(lane, day, end or day, title, f"{day.year}年", f"../{title}/", kind == "planned", kind == "reported")


def marks() -> list[TimelineMark]:
    return [
        mark(date(2024, 5, 13), "発表"), mark(date(2024, 5, 13), "披露", kind="reported"),
        mark(date(2024, 5, 1), "要求", end=date(2024, 5, 31)), mark(date(2026, 4, 27), "終了", lane=LANES[1]),
        mark(date(2026, 4, 30), "満了", lane=LANES[1], kind="planned"),
    ]


def known() -> list[TimelineMark]:
    """The marks, each with what scripts know it by."""
    return [replace(mark, event=f"event-{n}", dispute=f"dispute-{LANES.index(mark.lane)}") for n, mark in enumerate(marks())]


def timeline_chart(name: str = "timeline") -> Chart:
    words = {"confirmed": "確認済み", "reported": "報道", "planned": "予定"}
    return timeline(name, known(), LANES, ticks(), FIRST, LAST, key_words=words)


def spans() -> list[StatusSpan]:
    return [
        StatusSpan(LANES[0], "未解決", "open", FIRST, date(2025, 10, 27), "#open"),
        StatusSpan(LANES[0], "一時的に激化", "escalated", date(2025, 10, 28), date(2025, 10, 30), None),
        StatusSpan(LANES[0], "解決", "closed", date(2025, 10, 31), LAST, "#closed"),
        StatusSpan(LANES[1], "係争中", "in-court", FIRST, LAST, None),
    ]


def status_chart() -> Chart:
    return status_bands("status", spans(), LANES, ticks(), FIRST, LAST)


def value(day: int, amount: int, kind: ValueKind = "exact", *, high: int | None = None, stands: bool = True) -> ValueMark:
    at = date(2025, 6, day)
    return ValueMark(
        at, at, amount * YEN, (high or amount) * YEN, kind, f"{amount}億ドル", f"話し手{day}", "報道ベース", stands, f"#v{day}",
    )


def values() -> list[ValueMark]:
    """Eight values within a month, two of them the same amount on neighbouring days."""
    return [
        value(1, 130, "over"), value(3, 116, stands=False), value(4, 130), value(5, 137, "about"), value(6, 137, "nearly"),
        value(9, 90, "range", high=120), value(12, 160, "up-to"), value(20, 118),
    ]


def values_chart() -> Chart:
    amounts = [Tick(number, f"{number / YEN:f}億ドル") for number in number_ticks(90 * YEN, 160 * YEN)]
    return figure_values("values", values(), ticks(), amounts, FIRST, LAST, key_words={"exact": "この額", "fallen": "失効"})


def nodes(count: int = 35) -> list[Node]:
    groups: tuple[Group, ...] = ("organization", "person", "authority", "other")
    return [Node(f"n{i:02}", f"とても長い名前の当事者{i}号", groups[i % 4], f"../n{i:02}/") for i in range(count)]


def edges(count: int = 35) -> list[Edge]:
    """Two hubs with their circles, and two relations between the same two."""
    around = [Edge(f"n{i:02}", f"n{i % 2:02}", "出資", i % 5 != 0) for i in range(2, count)]
    return [Edge("n00", "n01", "供給", current=True), Edge("n01", "n00", "提訴", current=False), *around]


def network_chart() -> Chart:
    return network("network", nodes(), edges(), key_words={"person": "人物", "past": "過去"})


def hostile_chart() -> Chart:
    bad = TimelineMark(HOSTILE, FIRST, FIRST, HOSTILE, HOSTILE, f"../{HOSTILE}", planned=False, reported=False)
    return timeline("hostile", [bad], [HOSTILE], [Tick(FIRST, HOSTILE)], FIRST, LAST)


def strip_chart() -> Chart:
    own = [span for span in spans() if span.lane == LANES[0]]
    return strip("strip", own, FIRST, LAST)


def spark_points() -> list[SparkPoint]:
    """A series of three that rises, its first no longer standing; and a range on another basis."""
    rising = [SparkPoint(date(2025, month, 1), month * YEN, month * YEN, month > 1, "出資後") for month in (1, 5, 9)]
    return [*rising, SparkPoint(date(2025, 7, 1), 2 * YEN, 8 * YEN, stands=True, series="提案")]


def spark_chart() -> Chart:
    return spark("spark", spark_points())


CHARTS = {
    "timeline": timeline_chart, "status": status_chart, "values": values_chart, "network": network_chart,
    "strip": strip_chart, "spark": spark_chart,
}
