"""Drawing: a chart becomes one line of SVG that can stand in a page, in the page's language and colours.

Vega's drawing is taken apart and written anew: its English role descriptions, white ground and fixed colours go; our
title, description, links and the palette's names come in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast
from xml.etree import ElementTree as ET

import vl_convert

from briefbook.charts.chart import Chart
from briefbook.charts.theme import FONT, PALETTE

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
# Vega puts an address of its own before every relative one; ours go in as numbers and come out as they were.
_STAND_IN = "https://link.invalid/"
_COLOURS = {value: f"var(--bb-chart-{name},{value})" for name, value in PALETTE.items()}
_DROPPED = frozenset({"class", "role", "font-family", "stroke-miterlimit"})
_IDLE = {"opacity": "1", "stroke-dasharray": "1,0", "transform": "translate(0,0)", "font-weight": "400"}
# What XML cannot hold, and what would break the line.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_SIGNS = re.compile(r"[*_`\[\]\\~^=]")
_LAYER = re.compile(r"\blayer_(\d+)_marks\b")
_OTHER_END = {"start": "end", "end": "start"}


def draw(chart: Chart, *, title: str, description: str, lang: str, direction: str = "ltr") -> str:
    """The chart as inline SVG on one line, named and described in `lang`; it may stand in Markdown as it is."""
    hrefs = list(chart.links)
    drawn = vl_convert.vegalite_to_svg(_prepared(chart.spec, hrefs), allowed_base_urls=[])
    root = ET.fromstring(drawn)  # noqa: S314  (Vega's own drawing, without any DTD)
    _tell(root, chart.spec)
    _clean(root, direction)
    _link(root, chart.links, hrefs)
    _introduce(root, chart, _plain(title), _plain(description), lang)
    return _one_line(ET.tostring(root, encoding="unicode", short_empty_elements=True))


def _prepared(spec: Mapping[str, object], hrefs: Sequence[str]) -> dict[str, object]:
    """The specification with every address as a number and nothing in its texts that XML cannot hold."""
    numbers = {href: f"{_STAND_IN}{position}" for position, href in enumerate(hrefs)}
    return cast("dict[str, object]", _replaced(spec, numbers))


def _replaced(value: object, numbers: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        return {
            key: numbers[item] if key == "href" and isinstance(item, str) and item in numbers
            else _replaced(item, numbers)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_replaced(item, numbers) for item in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _tell(root: ET.Element, spec: Mapping[str, object]) -> None:
    """Put on each mark, as `data-…`, what its row says under `data`; Vega draws the rows of a layer in their order."""
    layers = [_rows(layer, spec) for layer in cast("list[Mapping[str, object]]", spec["layer"])]
    for group in root.iter(f"{_SVG}g"):
        numbered = _LAYER.search(group.get("class", ""))
        rows = layers[int(numbered[1])] if numbered else []
        if len(rows) == len(group):
            for row, mark in zip(rows, group, strict=True):
                said = cast("Mapping[str, str]", row.get("data", {}))
                mark.attrib.update({f"data-{name}": _plain(value) for name, value in said.items()})


def _rows(layer: Mapping[str, object], spec: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The rows of a layer; those of several layers may lie together."""
    data = cast("Mapping[str, object]", layer["data"])
    datasets = cast("Mapping[str, object]", spec.get("datasets", {}))
    return cast("list[Mapping[str, object]]", data["values"] if "values" in data else datasets[str(data["name"])])


def _clean(root: ET.Element, direction: str) -> None:
    """Take Vega's own words, ground, frames and colours out of a drawing."""
    for element in root.iter():
        for child in list(element):
            if child.get("class") in ("background", "foreground") or child.get("display") == "none":
                element.remove(child)
        element.tag = element.tag.removeprefix(_SVG)
        for name, value in list(element.attrib.items()):
            if name in _DROPPED or name.startswith("aria-") or _IDLE.get(name) == value:
                del element.attrib[name]
            elif name in ("fill", "stroke"):
                element.set(name, _COLOURS.get(value, value))
        if element.tag == "text":
            _set_text(element, direction)
    _unwrap(root)


def _unwrap(element: ET.Element) -> None:
    """Replace groups that say nothing by what they hold."""
    for child in list(element):
        _unwrap(child)
        if child.tag == "g" and not child.attrib:
            at = list(element).index(child)
            element[at : at + 1] = list(child)


def _set_text(element: ET.Element, direction: str) -> None:
    if "stroke" in element.attrib:
        element.set("paint-order", "stroke")
    if element.get("text-anchor") == "start" and direction == "ltr":
        del element.attrib["text-anchor"]
    if direction == "rtl":
        # Where a line starts is its right end then; what is placed by its left end must stay there.
        element.set("direction", "rtl")
        anchor = element.get("text-anchor", "start")
        element.set("text-anchor", _OTHER_END.get(anchor, anchor))


def _link(root: ET.Element, links: Mapping[str, str], hrefs: Sequence[str]) -> None:
    """Give every link its address and its name; of several to one place, readers and the tab key meet the first."""
    met: set[str] = set()
    for element in root.iter("a"):
        href = hrefs[int(element.attrib.pop(_HREF).removeprefix(_STAND_IN))]
        name = _plain(links[href])
        element.attrib.update({"href": _plain(href), "aria-label": name})
        if href in met:
            element.attrib.update({"tabindex": "-1", "aria-hidden": "true"})
        met.add(href)
        tip = ET.Element("title")
        tip.text = name
        element.insert(0, tip)


def _introduce(root: ET.Element, chart: Chart, title: str, description: str, lang: str) -> None:
    """Say on the drawing what it is called and what it shows."""
    id_ = f"bb-chart-{chart.name}"
    root.attrib.clear()
    root.attrib.update({
        "xmlns": "http://www.w3.org/2000/svg", "class": "bb-drawing", "viewBox": f"0 0 {chart.width} {chart.height}",
        "width": str(chart.width), "height": str(chart.height), "lang": lang, "direction": "ltr",
        "font-family": FONT, "role": "group" if chart.links else "img",
        "aria-labelledby": f"{id_}-title", "aria-describedby": f"{id_}-desc",
    })
    for position, (tag, part, text) in enumerate((("title", "title", title), ("desc", "desc", description))):
        element = ET.Element(tag, {"id": f"{id_}-{part}"})
        element.text = text
        root.insert(position, element)


def _one_line(svg: str) -> str:
    """On one line, and with nothing in it that Markdown would take for its own, for it may stand in a table's cell."""
    line = " ".join(svg.split("\n")).strip().replace("|", "&#124;")
    return re.sub(r">[^<]+<", lambda text: _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text[0]), line)
