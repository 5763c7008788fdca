"""A drawing is one line of valid SVG in the page's language, named, linked and in colours a site can set."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from briefbook.charts.chart import Chart
from briefbook.charts.lettering import estimated_width
from briefbook.charts.theme import PALETTE
from briefbook.charts.timeline import timeline
from briefbook.drawing import draw

from .rows import (
    CHARTS,
    HOSTILE,
    LANES,
    hostile_chart,
    known,
    network_chart,
    status_chart,
    ticks,
    timeline_chart,
    values_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
EVERY = pytest.mark.parametrize("build", [*CHARTS.values(), hostile_chart], ids=[*CHARTS, "hostile"])
SPOKEN = ("aria-label", "aria-roledescription", "aria-description", "title")


def drawn(chart: Chart, *, direction: str = "ltr") -> str:
    return draw(chart, title="図の題", description="図の説明", lang="ja", direction=direction)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  (our own drawing)


def said(root: ET.Element) -> list[str]:
    """Everything a reader sees or hears."""
    found = [element.text or "" for element in root.iter()]
    return found + [element.get(name, "") for element in root.iter() for name in SPOKEN]


@EVERY
def test_one_line_that_markdown_leaves_alone(build: Callable[[], Chart]) -> None:
    svg = drawn(build())
    assert svg.splitlines() == [svg]
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    assert "<?xml" not in svg
    assert svg == drawn(build())


@EVERY
def test_named_and_described_in_the_language_of_the_page(build: Callable[[], Chart]) -> None:
    root = parsed(drawn(build()))
    ids = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert ids[root.get("aria-labelledby")] == "図の題"
    assert ids[root.get("aria-describedby")] == "図の説明"
    assert root.get("lang") == "ja"
    assert (root.get("viewBox") or "").split()[:2] == ["0", "0"]


@pytest.mark.parametrize("build", CHARTS.values(), ids=CHARTS)
def test_no_english(build: Callable[[], Chart]) -> None:
    assert not [text for text in said(parsed(drawn(build()))) if re.search("[A-Za-z]", text)]


@EVERY
def test_nothing_of_vegas_is_left(build: Callable[[], Chart]) -> None:
    svg = drawn(build())
    assert not re.search(r"roledescription|graphics-|mark-|undefined|link\.invalid|vega|xlink|clip-path|NaN", svg)
    assert 'class="background"' not in svg


@EVERY
def test_every_colour_has_a_name(build: Callable[[], Chart]) -> None:
    plain = re.sub(r"var\(--bb-chart-[a-z-]+,#[0-9a-f]{6}\)", "", drawn(build()))
    assert not re.search('#[0-9a-f]{3,8}"|"(?:white|black)"', plain)
    assert all(f"var(--bb-chart-{name}," in drawn(status_chart()) for name in ("tone-open", "on-tone", "ink"))


@EVERY
def test_links_have_an_address_and_a_name(build: Callable[[], Chart]) -> None:
    chart = build()
    root = parsed(drawn(chart))
    links = list(root.iter(f"{SVG}a"))
    assert len({link.get("href") for link in links}) == len(chart.links)
    assert all(link.get("href") and link.get("aria-label") for link in links)
    # Readers and the tab key meet each address once.
    assert sum(link.get("tabindex") is None for link in links) == len(chart.links)
    assert root.get("role") == ("group" if chart.links else "img")


def test_what_scripts_need_to_know_stands_on_the_marks() -> None:
    root = parsed(drawn(timeline_chart()))
    stays = [element.get("data-stays") for element in root.iter() if element.get("data-stays")]
    assert (6, len(LANES)) == (stays.count("key"), stays.count("lane"))
    marks = [link for link in root.iter(f"{SVG}a") if link.get("data-event")]
    assert sorted((mark.event, mark.dispute) for mark in known()) == sorted(
        (link.get("data-event"), link.get("data-lane")) for link in marks
    )
    assert all(link.find(f"{SVG}path") is not None for link in marks)


def test_without_links_it_is_an_image() -> None:
    assert parsed(drawn(timeline("empty", [], [], ticks(), ticks()[0].value, ticks()[-1].value))).get("role") == "img"  # type: ignore[arg-type]


def test_addresses_stay_as_they_were_given() -> None:
    chart = timeline_chart()
    assert {link.get("href") for link in parsed(drawn(chart)).iter(f"{SVG}a")} == set(chart.links)


def test_axes_are_worded_in_japanese() -> None:
    texts = said(parsed(drawn(values_chart())))
    assert {"2024年1月", "140億ドル", "130億ドル"} <= set(texts)


def test_hostile_words_come_out_as_words() -> None:
    svg = drawn(hostile_chart())
    shown = "".join(text for text in said(parsed(svg)))
    assert "悪<b>&\"' ]]>" in shown
    assert "<b>" not in svg
    assert "\x00" not in svg
    assert HOSTILE not in svg


def test_two_charts_on_a_page_share_no_id() -> None:
    ids = [set(re.findall(' id="([^"]+)"', drawn(timeline_chart(name)))) for name in ("one", "two")]
    assert ids[0].isdisjoint(ids[1])


def test_right_to_left_text_starts_where_left_to_right_text_ends() -> None:
    anchors = [
        [text.get("text-anchor", "start") for text in parsed(drawn(timeline_chart(), direction=way)).iter(f"{SVG}text")]
        for way in ("ltr", "rtl")
    ]
    other = {"start": "end", "end": "start", "middle": "middle"}
    assert anchors[1] == [other[anchor] for anchor in anchors[0]]


def test_nothing_smaller_than_can_be_read() -> None:
    for chart in (timeline_chart(), network_chart()):
        assert min(int(size) for size in re.findall(r'font-size="(\d+)px"', drawn(chart))) >= 12


def test_labels_of_close_values_do_not_meet() -> None:
    boxes = []
    for text in parsed(drawn(values_chart())).iter(f"{SVG}text"):
        x, y = (float(part) for part in re.findall(r"[-\d.]+", text.get("transform", "")))
        wide = estimated_width(text.text or "") * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        boxes.append((x - wide, y - 9, x - wide + estimated_width(text.text or ""), y + 2, text.text))
    meeting = [
        (a[4], b[4]) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert not meeting


def test_dashes_tell_what_is_past() -> None:
    svg = drawn(network_chart())
    assert "stroke-dasharray" in svg
    assert PALETTE["group-person"] in svg
