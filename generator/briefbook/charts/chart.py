"""What a chart is: a Vega-Lite specification of a fixed size, and what its links are called.

Nothing is left to Vega's taste: every place is given in pixels, every colour by name, and there are no axes, legends
or formats of its own, whose words would be English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from briefbook.charts.theme import FONT, PALETTE

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to be drawn; `name` is a slug, `links` gives the address of each linked mark its accessible name."""

    name: str
    spec: Mapping[str, object]
    width: int
    height: int
    links: Mapping[str, str]


def assembled(
    name: str, size: tuple[int, float], layers: Sequence[alt.Chart], links: Iterable[tuple[str | None, str]]
) -> Chart:
    """One chart out of layers, the first at the back."""
    width, height = size[0], round(size[1])
    whole = alt.layer(*layers).properties(
        width=width, height=height, padding=0, autosize=alt.AutoSizeParams(type="none"),
    ).configure(aria=False, background="transparent", font=FONT, view=alt.ViewConfig(stroke=None, fill=None))
    spec = whole.to_dict()
    return Chart(name, spec, width, height, _named(links))


def symbols(rows: Sequence[Row], name: str | None = None) -> alt.Chart:
    """Rows as symbols; each says `x`, `y`, `shape`, `size`, `fill` and `stroke`, and may say `href`."""
    return _linked(_chart(rows, name).mark_point(opacity=1, strokeWidth=2).encode(
        x=_x("x"), y=_y("y"), shape=alt.Shape("shape", type="nominal", scale=None, legend=None),
        size=alt.Size("size", type="quantitative", scale=None, legend=None),
        angle=alt.Angle("angle", type="quantitative", scale=None, legend=None), fill=_fill(), stroke=_stroke(),
    ), rows)


def boxes(rows: Sequence[Row], name: str | None = None, *, corner: int = 0) -> alt.Chart:
    """Rows as rectangles; each says `x`, `x2`, `y`, `y2`, `fill` and `stroke`, and may say `href`."""
    return _linked(_chart(rows, name).mark_rect(opacity=1, strokeWidth=1.5, cornerRadius=corner).encode(
        x=_x("x"), x2="x2", y=_y("y"), y2="y2", fill=_fill(), stroke=_stroke(),
    ), rows)


def lines(rows: Sequence[Row], name: str | None = None, *, width: float = 1, dashed: bool = False) -> alt.Chart:
    """Rows as straight lines from `x`, `y` to `x2`, `y2` in the colour `stroke`."""
    dash = [5, 4] if dashed else [1, 0]
    drawn: alt.Chart = _chart(rows, name).mark_rule(opacity=1, strokeWidth=width, strokeDash=dash).encode(
        x=_x("x"), x2="x2", y=_y("y"), y2="y2", stroke=_stroke(),
    )
    return drawn


def line(x: float, y: float, x2: float, y2: float, colour: str = "line") -> Row:
    """A row for `lines`."""
    return {"x": round(x, 1), "y": round(y, 1), "x2": round(x2, 1), "y2": round(y2, 1), "stroke": PALETTE[colour]}


def symbol(
    x: float, y: float, shape: str, colour: str, *, hollow: bool = False, size: int = 90, angle: float = 0
) -> Row:
    """A row for `symbols`; a hollow one is filled with paper, so that no line shows through it."""
    return {
        "x": round(x, 1), "y": round(y, 1), "shape": shape, "size": size, "angle": round(angle, 1),
        "fill": PALETTE["paper" if hollow else colour], "stroke": PALETTE[colour],
    }


def addressed(href: str | None) -> Row:
    """What a linked row says besides; nothing for one without an address."""
    return {"href": href} if href else {}


def told(row: Row, **data: str) -> Row:
    """A row whose mark says something of itself to the page's scripts and styles, as `data-…` in the drawing."""
    return {**row, "data": data}


def _named(links: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    """One name for each address; several marks with the same one are named together, in their order."""
    found: dict[str, dict[str, None]] = {}
    for href, name in links:
        if href:
            found.setdefault(href, {})[name] = None
    return {href: " / ".join(names) for href, names in found.items()}


def _chart(rows: Sequence[Row], name: str | None) -> alt.Chart:
    values = [dict(row) for row in rows]
    return alt.Chart(alt.InlineData(values=values, name=name) if name else alt.InlineData(values=values))


def _linked(chart: alt.Chart, rows: Sequence[Row]) -> alt.Chart:
    if not any("href" in row for row in rows):
        return chart
    # Under a condition: Vega would link a row without an address to “undefined”.
    return chart.encode(href=alt.when("isValid(datum.href)").then(alt.Href("href", type="nominal")))


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def _fill() -> alt.Fill:
    return alt.Fill("fill", type="nominal", scale=None, legend=None)


def _stroke() -> alt.Stroke:
    return alt.Stroke("stroke", type="nominal", scale=None, legend=None)
