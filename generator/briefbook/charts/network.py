"""The network of actors: who stands how to whom, laid out the same on every machine.

A node's label stands below it or above, where fewer edges leave; edges end where the label begins. An edge that no
longer holds is dashed; its word is written on it only where it cannot be read as another's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import Literal

from briefbook.charts import key
from briefbook.charts.chart import Chart, Row, addressed, assembled, line, lines, symbol, symbols
from briefbook.charts.key import Sign
from briefbook.charts.layout import Pair, Point, Shape, apart, layout
from briefbook.charts.lettering import Text, balanced, estimated_width, leading, lettering
from briefbook.charts.placing import Box
from briefbook.charts.theme import SMALL, WIDTH

Group = Literal["person", "organization", "authority", "other"]
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_SIGNS: Mapping[str, Sign] = MappingProxyType({
    "person": Sign("circle", "group-person", size=170),
    "organization": Sign("square", "group-organization", size=150),
    "authority": Sign("triangle-up", "group-authority", size=170),
    "other": Sign("diamond", "group-other", size=190),
    "current": Sign("M-1,0L1,0", "line", size=220),
    "past": Sign("M-1,0L-.55,0M-.22,0L.22,0M.55,0L1,0", "line", size=220),
})
_LABEL_WIDTH = 124
_RADIUS = 8.0
_PAD = 6
# How many heights are tried, each a little more than the one before.
_HEIGHTS = 4
# Where along an edge its word may stand, the best place first.
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)


@dataclass(frozen=True, slots=True)
class Node:
    """An actor."""

    id: str
    label: str
    group: Group
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as read from `a` to `b`; without `directed` it reads the same both ways."""

    a: str
    b: str
    label: str
    current: bool
    directed: bool = True


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A node in its place, with the lines of its label; well-connected ones are larger."""

    node: Node
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    above: bool

    @property
    def label_box(self) -> Box:
        """What the label covers."""
        wide, high = max(map(estimated_width, self.lines)), leading(SMALL) * len(self.lines)
        top = self.y - self.radius - 2 - high if self.above else self.y + self.radius + 2
        return Box(self.x - wide / 2, top, self.x + wide / 2, top + high)

    @property
    def box(self) -> Box:
        """What the symbol covers."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def rim(self, u: float, v: float) -> float:
        """How far from the middle an edge in the direction `u`, `v` starts: outside symbol and label."""
        label, free = self.label_box, self.radius + 3
        near = self.radius / abs(v) if v else 0.0
        if (v < 0) != self.above or not v or abs(u) * near > (label.right - label.left) / 2:
            return free
        far = (self.y - label.top if self.above else label.bottom - self.y) + 2
        return max(free, min((label.right - label.left) / 2 / abs(u) if u else far, far / abs(v)))


def network(name: str, nodes: Sequence[Node], edges: Sequence[Edge], *, key_words: Mapping[str, str] = _NO_WORDS) -> Chart:
    """All nodes, named, with all edges between them; the word of an edge where there is room for it."""
    legend = key.laid_out(_SIGNS, key_words, _used(nodes, edges))
    drawn, height = _drawn(nodes, edges, float(legend.height))
    at = {one.node.id: one for one in drawn}
    tracks = _tracks(edges, at)
    current, past = [t for t in tracks if t.edge.current], [t for t in tracks if not t.edge.current]
    layers = [
        lines([t.row() for t in current], "edges-current", width=1.5),
        lines([t.row() for t in past], "edges-past", width=1.5, dashed=True),
        symbols([t.head() for t in tracks if t.edge.directed], "heads"),
        symbols([_symbol(one) for one in drawn], "nodes"), symbols(legend.symbols),
    ]
    boxes = [box for one in drawn for box in (one.box, one.label_box)]
    texts = [*legend.texts, *_edge_texts(tracks, boxes), *(text for one in drawn for text in _label(one))]
    return assembled(name, (WIDTH, height), [*layers, *lettering(texts)], ((n.href, n.label) for n in nodes))


def _used(nodes: Sequence[Node], edges: Sequence[Edge]) -> set[str]:
    """What the key explains; lines only where some are dashed."""
    groups: set[str] = {node.group for node in nodes}
    return groups | ({"current", "past"} if any(not edge.current for edge in edges) else set())


@dataclass(frozen=True, slots=True)
class _Track:
    """An edge from the rim of one node to the rim of the other; edges of the same two nodes run side by side."""

    edge: Edge
    x: float
    y: float
    x2: float
    y2: float

    def row(self) -> Row:
        edge = self.edge
        said = {"from": edge.a, "to": edge.b, "label": edge.label, "current": edge.current}
        return line(self.x, self.y, self.x2, self.y2) | said

    def crosses(self, box: Box) -> bool:
        """Whether it runs through a box; seen at points closer than any box is high."""
        steps = int(max(abs(self.x2 - self.x), abs(self.y2 - self.y)) / 4) + 1
        return any(
            box.holds(self.x + (self.x2 - self.x) * step / steps, self.y + (self.y2 - self.y) * step / steps)
            for step in range(steps + 1)
        )

    def head(self) -> Row:
        """An arrow head at the far end."""
        wide, high = self.x2 - self.x, self.y2 - self.y
        length = max(sqrt(wide * wide + high * high), 1.0)
        # Drawn by its own path and not by an angle: sines differ in their last digits between machines.
        u, v = round(wide / length, 3), round(high / length, 3)
        corners = [(0.0, 0.0), (-2 * u - 0.8 * v, -2 * v + 0.8 * u), (-2 * u + 0.8 * v, -2 * v - 0.8 * u)]
        path = "L".join(f"{round(a, 2):g},{round(b, 2):g}" for a, b in corners)
        return symbol(self.x2, self.y2, f"M{path}Z", "line", size=80)


def _tracks(edges: Sequence[Edge], at: Mapping[str, _Drawn]) -> list[_Track]:
    beside: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        beside.setdefault((min(edge.a, edge.b), max(edge.a, edge.b)), []).append(edge)
    tracks = []
    for pair in sorted(beside):
        ordered = sorted(beside[pair], key=lambda e: (not e.current, e.a, e.label))
        for position, edge in enumerate(ordered):
            tracks.append(_track(edge, at, (position - (len(ordered) - 1) / 2) * 9, flip=edge.a != pair[0]))
    return tracks


def _track(edge: Edge, at: Mapping[str, _Drawn], aside: float, *, flip: bool) -> _Track:
    a, b = at[edge.a], at[edge.b]
    wide, high = b.x - a.x, b.y - a.y
    length = max(sqrt(wide * wide + high * high), 1.0)
    u, v = wide / length, high / length
    side = -aside if flip else aside
    start, end = min(a.rim(u, v), length * 0.45), min(b.rim(-u, -v), length * 0.45)
    x, y = a.x + u * start - v * side, a.y + v * start + u * side
    x2, y2 = b.x - u * end - v * side, b.y - v * end + u * side
    return _Track(edge, round(x, 1), round(y, 1), round(x2, 1), round(y2, 1))


def _symbol(one: _Drawn) -> Row:
    sign, node = _SIGNS[one.node.group], one.node
    said = {"id": node.id, "label": node.label, "group": node.group}
    size = round(sign.size * (one.radius / _RADIUS) ** 2)
    return symbol(one.x, one.y, sign.shape, sign.colour, size=size) | said | addressed(node.href)


def _label(one: _Drawn) -> list[Text]:
    top = one.label_box.top + SMALL - 1
    return [
        Text(one.x, top + row * leading(SMALL), text, "middle", halo=True, href=one.node.href)
        for row, text in enumerate(one.lines)
    ]


def _edge_texts(tracks: Sequence[_Track], taken: Sequence[Box]) -> list[Text]:
    """The word of each edge at the first place along it that is free and that no other edge crosses."""
    boxes = list(taken)
    texts = []
    for track in tracks:
        ends = {track.edge.a, track.edge.b}
        others = [other for other in tracks if {other.edge.a, other.edge.b} != ends]
        for x, y, box in _edge_places(track):
            free = box.left >= 0 and box.right <= WIDTH and not any(box.overlap(other) for other in boxes)
            if free and not any(other.crosses(box) for other in others):
                boxes.append(box)
                texts.append(Text(x, y + 4, track.edge.label, "middle", "muted", halo=True))
                break
    return texts


def _edge_places(track: _Track) -> list[tuple[float, float, Box]]:
    half = estimated_width(track.edge.label) / 2
    points = [
        (track.x + (track.x2 - track.x) * share, track.y + (track.y2 - track.y) * share) for share in _SHARES
    ]
    return [(x, y, Box(x - half - 4, y - 8, x + half + 4, y + 8)) for x, y in points]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A node before it has a place."""

    node: Node
    radius: float
    lines: tuple[str, ...]
    above: bool

    @property
    def shape(self) -> Shape:
        wide = max(2 * self.radius, *map(estimated_width, self.lines)) + _PAD
        high = 2 * self.radius + 2 + leading(SMALL) * len(self.lines) + _PAD
        down = high / 2 - self.radius - _PAD / 2
        return Shape(wide, high, down if self.above else -down)

    def at(self, x: float, y: float) -> _Drawn:
        """Placed so that symbol and label together stand around a point."""
        return _Drawn(self.node, round(x, 1), round(y + self.shape.down, 1), self.radius, self.lines, self.above)


def _drawn(nodes: Sequence[Node], edges: Sequence[Edge], top: float) -> tuple[list[_Drawn], float]:
    """The nodes in their places, and the height they need: as much as they take to stand apart."""
    ordered = sorted(nodes, key=lambda node: node.id)
    ids = tuple(node.id for node in ordered)
    pairs = tuple(sorted({(min(e.a, e.b), max(e.a, e.b)) for e in edges if e.a != e.b}))
    links = [(ids.index(a), ids.index(b)) for a, b in pairs]
    start = layout(ids, pairs)
    figures = [_figure(node, i, links, start) for i, node in enumerate(ordered)]
    places, height = _settled(start, [figure.shape for figure in figures], links)
    return [figure.at(x, y + top) for figure, (x, y) in zip(figures, places, strict=True)], top + height


def _figure(node: Node, i: int, links: Sequence[Pair], start: Sequence[Point]) -> _Figure:
    """How a node is drawn: larger with more links, its label above where most of them leave it downwards."""
    ends = [start[b if i == a else a][1] - start[i][1] for a, b in links if i in (a, b)]
    above = sum(1 if end > 0 else -1 for end in ends) > 0
    return _Figure(node, _RADIUS + min(len(ends), 20) * 0.35, tuple(balanced(node.label, _LABEL_WIDTH, most=3)), above)


def _settled(start: Sequence[Point], shapes: Sequence[Shape], links: Sequence[Pair]) -> tuple[list[Point], float]:
    """The places in the lowest of some heights in which no label lies on an edge, or else the fewest do."""
    room = sum(shape.wide * shape.high for shape in shapes) * 4 / WIDTH
    height = float(max(min(60 + 40 * len(shapes), 240), round(room)))
    found: list[tuple[int, float, list[Point]]] = []
    while len(found) < _HEIGHTS and not (found and found[-1][0] == 0):
        done = apart([(x * WIDTH, y * height) for x, y in start], shapes, links, height)
        if done is not None:
            found.append((done[0], height, done[1]))
        height = float(round(height * 1.12))
    _, height, places = min(found)
    return places, height
