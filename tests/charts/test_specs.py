"""Every row is a mark, nothing is averaged or dropped, and the same rows give the same chart everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import cast

import pytest

from briefbook.charts.axes import Tick
from briefbook.charts.chart import Chart, Row
from briefbook.charts.dispute_status import status_bands
from briefbook.charts.lettering import estimated_width
from briefbook.charts.network import network
from briefbook.charts.strip import SparkPoint, spark
from briefbook.charts.theme import PALETTE, WIDTH
from briefbook.charts.timeline import TimelineMark, timeline

from .rows import (
    CHARTS,
    FIRST,
    LAST,
    YEN,
    edges,
    mark,
    marks,
    network_chart,
    nodes,
    spans,
    spark_chart,
    status_chart,
    strip_chart,
    ticks,
    timeline_chart,
    values,
    values_chart,
)


def layers(chart: Chart) -> Iterator[tuple[str, list[Row]]]:
    """Each layer's data with its name."""
    datasets = cast("Mapping[str, list[Row]]", chart.spec.get("datasets", {}))
    for layer in cast("list[Mapping[str, Mapping[str, object]]]", chart.spec["layer"]):
        data = layer["data"]
        name = str(data["name"])
        yield name, cast("list[Row]", data["values"]) if "values" in data else datasets[name]


def rows_of(chart: Chart, *names: str) -> list[Row]:
    return [row for name, rows in layers(chart) if name in names for row in rows]


@pytest.mark.parametrize("build", CHARTS.values(), ids=CHARTS)
def test_two_builds_are_equal(build: Callable[[], Chart]) -> None:
    assert json.dumps(build().spec) == json.dumps(build().spec)


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_in_another_process(name: str) -> None:
    program = f"import json, rows; c = rows.CHARTS[{name!r}](); print(json.dumps([c.spec, c.height, dict(c.links)]))"
    done = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Los_Angeles"))
    }
    assert len(done) == 1


@pytest.mark.parametrize("build", CHARTS.values(), ids=CHARTS)
def test_leaves_nothing_to_vega(build: Callable[[], Chart]) -> None:
    for layer in cast("list[Mapping[str, Mapping[str, Mapping[str, object]]]]", build().spec["layer"]):
        for name, channel in layer["encoding"].items():
            assert channel.get("axis") is None, name
            assert channel.get("legend") is None, name
            assert not {"format", "timeUnit", "aggregate", "bin", "stack"} & set(channel), name


def test_timeline_draws_every_mark_apart() -> None:
    rows = rows_of(timeline_chart(), "marks")
    assert sorted(str(row["title"]) for row in rows) == sorted(mark.title for mark in marks())
    assert len({(row["x"], row["y"]) for row in rows}) == len(rows)


def test_timeline_tells_kinds_by_shape() -> None:
    shapes = {str(row["title"]): row["shape"] for row in rows_of(timeline_chart(), "marks")}
    assert len({shapes["発表"], shapes["披露"], shapes["満了"]}) == 3


def test_timeline_draws_a_month_as_a_span() -> None:
    assert len(rows_of(timeline_chart(), "spans")) == 1


def test_many_marks_of_a_day_stay_apart() -> None:
    chart = timeline("many", [mark(FIRST, f"件{i}", lane="列") for i in range(40)], ["列"], [], FIRST, LAST)
    assert len({(row["x"], row["y"]) for row in rows_of(chart, "marks")}) == 40


def test_a_long_lane_name_is_written_whole() -> None:
    lane = "二〇一九年以来の契約とその改定をめぐる長い名前の争い" * 6
    chart = timeline("long", [], [lane], [], FIRST, LAST)
    written = [str(row["text"]) for _, rows in layers(chart) for row in rows if "text" in row]
    assert "".join(written) == lane
    assert all(len(line) * 13 <= WIDTH for line in written)


def test_status_draws_every_span_with_its_word() -> None:
    chart = status_chart()
    assert [row["status"] for row in rows_of(chart, "marks")] == [span.status for span in spans()]
    written = [row["text"] for _, rows in layers(chart) for row in rows if "text" in row]
    assert {span.status for span in spans()} <= set(written)


def test_status_bands_do_not_overlap() -> None:
    rows = [row for row in rows_of(status_chart(), "marks") if row["lane"] == spans()[0].lane]
    ends = [(float(str(row["x"])), float(str(row["x2"]))) for row in rows]
    assert all(right <= left for (_, right), (left, _) in pairwise(ends))


def test_a_single_lane_needs_no_name() -> None:
    one = [span for span in spans() if span.lane == spans()[0].lane]
    unnamed = status_bands("one", [type(s)("", s.status, s.tone, s.start, s.end, None) for s in one], [""], [], FIRST, LAST)
    assert unnamed.height < status_bands("one", one, [one[0].lane], [], FIRST, LAST).height


def test_figure_draws_every_value() -> None:
    rows = rows_of(values_chart(), "values", "ranges")
    assert sorted(str(row["said_by"]) for row in rows) == sorted(value.said_by for value in values())
    amounts = sorted((row["low"], row["high"]) for row in rows)
    assert amounts == sorted((float(value.low), float(value.high)) for value in values())
    assert len({(row["x"], row["y"]) for row in rows}) == len(rows)


def test_what_fell_is_hollow() -> None:
    for row in rows_of(values_chart(), "values", "ranges"):
        assert (row["fill"] == PALETTE["paper"]) is (not row["stands"])


def test_kinds_of_value_differ_in_shape() -> None:
    shapes = {str(row["kind"]): row["shape"] for row in rows_of(values_chart(), "values")}
    assert len({shapes[kind] for kind in ("exact", "about", "over", "up-to")}) == 4


def test_network_draws_all_and_names_all() -> None:
    chart = network_chart()
    assert sorted(str(row["id"]) for row in rows_of(chart, "nodes")) == sorted(node.id for node in nodes())
    assert len(rows_of(chart, "edges-current")) == sum(edge.current for edge in edges())
    assert len(rows_of(chart, "edges-past")) == sum(not edge.current for edge in edges())


def test_network_keeps_nodes_apart_and_inside() -> None:
    chart = network_chart()
    places = [(float(str(row["x"])), float(str(row["y"]))) for row in rows_of(chart, "nodes")]
    assert all(abs(a - c) > 16 or abs(b - d) > 16 for (a, b), (c, d) in combinations(places, 2))
    assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y in places)


def test_network_does_not_depend_on_the_order_of_rows() -> None:
    turned = network("network", nodes()[::-1], edges()[::-1])
    placed = {row["id"]: (row["x"], row["y"]) for row in rows_of(turned, "nodes")}
    straight = network("network", nodes(), edges())
    assert placed == {row["id"]: (row["x"], row["y"]) for row in rows_of(straight, "nodes")}


def test_charts_of_nothing_can_be_drawn() -> None:
    assert timeline("none", [], [], [Tick(FIRST, "2024年")], FIRST, LAST).height > 0
    assert network("none", [], []).height > 0


def test_a_strip_runs_over_the_time_it_shares() -> None:
    rows = rows_of(strip_chart(), "marks")
    assert [(0, "未解決"), (132, "解決")] == [(rows[0]["x"], rows[0]["status"]), (rows[-1]["x2"], rows[-1]["status"])]
    assert all(cast("float", a["x2"]) <= cast("float", b["x"]) + 0.1 for a, b in pairwise(rows))
    assert all(cast("float", row["x2"]) > cast("float", row["x"]) for row in rows)


def test_a_spark_shows_every_amount_and_joins_only_one_series() -> None:
    chart = spark_chart()
    marks = rows_of(chart, "marks")
    assert 4 == len(marks)
    assert [PALETTE["paper"], PALETTE["mark"]] == [marks[0]["fill"], marks[-1]["fill"]]
    assert cast("float", marks[0]["y"]) > cast("float", marks[-1]["y"])
    drawn = [row for name, rows in layers(chart) if name != "marks" for row in rows]
    upright = [row for row in drawn if row["x"] == row["x2"]]
    assert (2, 1) == (len(drawn) - len(upright), len(upright))


def test_a_spark_of_equal_amounts_is_level() -> None:
    points = [SparkPoint(day, YEN, YEN, stands=True, series="") for day in (FIRST, LAST)]
    assert 1 == len({row["y"] for row in rows_of(spark("level", points), "marks")})


def test_timeline_marks_say_which_event_they_are() -> None:
    one = TimelineMark("列", FIRST, FIRST, "件", "日", "../x/", planned=False, reported=False, event="x", dispute="y")
    rows = rows_of(timeline("known", [one], ["列"], [], FIRST, LAST), "marks")
    assert [{"event": "x", "lane": "y"}] == [row["data"] for row in rows]


def test_a_high_timeline_says_the_dates_again() -> None:
    lanes = [f"列{n}" for n in range(12)]
    chart = timeline("high", [mark(FIRST, f"件{n}", lane=lane) for lane in lanes for n in range(4)], lanes, ticks(), FIRST, LAST)
    heights = sorted(float(str(row["y"])) for _, rows in layers(chart) for row in rows if row.get("text") == ticks()[1].label)
    assert len(heights) > 2
    assert all(250 < below - above < 700 for above, below in pairwise(heights))


def test_nothing_written_in_a_full_timeline_meets() -> None:
    lanes = [f"争い{n}" for n in range(15)]
    days = [FIRST + timedelta(days=(n * n * 37) % 850) for n in range(180)]
    many = [mark(day, "とても長い出来事の名前" * (1 + n % 4), lane=lanes[n % 15]) for n, day in enumerate(days)]
    written = [
        (cast("float", row["x"]), cast("float", row["y"]), str(row["text"]), anchor)
        for anchor, row in _lettered(timeline("full", many, lanes, ticks(), FIRST, LAST))
    ]
    boxes = [_box(*one) for one in written]
    assert not [(a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert all(left >= -0.5 and right <= WIDTH + 0.5 for left, _, right, _ in boxes)


def _lettered(chart: Chart) -> Iterator[tuple[str, Row]]:
    """Each line of text with where its place is in it."""
    datasets = cast("Mapping[str, list[Row]]", chart.spec.get("datasets", {}))
    for layer in cast("list[Mapping[str, Mapping[str, object]]]", chart.spec["layer"]):
        rows = cast("list[Row]", layer["data"]["values"]) if "values" in layer["data"] else datasets[str(layer["data"]["name"])]
        yield from ((str(layer["mark"].get("align")), row) for row in rows if "text" in row)


def _box(x: float, y: float, text: str, align: str) -> tuple[float, float, float, float]:
    wide = estimated_width(text)
    left = x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    return left, y - 10, left + wide, y + 2
