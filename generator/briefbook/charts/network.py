"""The network of actors: who stands how to whom, laid out the same on every machine.

Distances follow the number of steps between two actors (stress majorization: each actor moves to where all others
would have it). It is written out here, in plain arithmetic: networkx's own layouts need numpy, and their last digits
depend on the machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import sqrt
from random import Random
from types import MappingProxyType
from typing import Literal

import networkx as nx

from briefbook.charts import key
from briefbook.charts.chart import Chart, Row, addressed, assembled, line, lines, symbol, symbols
from briefbook.charts.key import Sign
from briefbook.charts.lettering import Text, estimated_width, leading, lettering, wrapped
from briefbook.charts.placing import Box
from briefbook.charts.theme import SMALL, WIDTH

Group = Literal["person", "organization", "authority", "other"]
Point = tuple[float, float]
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_SIGNS: Mapping[str, Sign] = MappingProxyType({
    "person": Sign("circle", "group-person", size=170),
    "organization": Sign("square", "group-organization", size=150),
    "authority": Sign("triangle-up", "group-authority", size=170),
    "other": Sign("diamond", "group-other", size=190),
})
_STARTS, _ROUNDS = 6, 80
_LABEL_WIDTH = 112
_RADIUS = 9
_PAD = 6


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
    """A node in its place, with the lines of its label."""

    node: Node
    x: float
    y: float
    lines: tuple[str, ...]

    @property
    def box(self) -> Box:
        """What it covers, label and all."""
        wide, high = _extent(self.lines)
        return Box(self.x - wide / 2, self.y - _RADIUS, self.x + wide / 2, self.y - _RADIUS + high)


def network(name: str, nodes: Sequence[Node], edges: Sequence[Edge], *, key_words: Mapping[str, str] = _NO_WORDS) -> Chart:
    """All nodes, named, with all edges between them; the word of an edge where there is room for it."""
    legend = key.laid_out(_SIGNS, key_words, (node.group for node in nodes))
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
    texts = [*legend.texts, *_edge_texts(tracks, [one.box for one in drawn]), *(t for one in drawn for t in _label(one))]
    return assembled(name, (WIDTH, height), [*layers, *lettering(texts)], ((n.href, n.label) for n in nodes))


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
            tracks.append(_track(edge, at, (position - (len(ordered) - 1) / 2) * 8, flip=edge.a != pair[0]))
    return tracks


def _track(edge: Edge, at: Mapping[str, _Drawn], aside: float, *, flip: bool) -> _Track:
    a, b = at[edge.a], at[edge.b]
    wide, high = b.x - a.x, b.y - a.y
    length = max(sqrt(wide * wide + high * high), 1.0)
    u, v = wide / length, high / length
    side = -aside if flip else aside
    rim = min(_RADIUS + 3, length / 3)
    x, y, x2, y2 = a.x + u * rim - v * side, a.y + v * rim + u * side, b.x - u * rim - v * side, b.y - v * rim + u * side
    return _Track(edge, round(x, 1), round(y, 1), round(x2, 1), round(y2, 1))


def _symbol(one: _Drawn) -> Row:
    sign, node = _SIGNS[one.node.group], one.node
    said = {"id": node.id, "label": node.label, "group": node.group}
    return symbol(one.x, one.y, sign.shape, sign.colour, size=sign.size) | said | addressed(node.href)


def _label(one: _Drawn) -> list[Text]:
    top = one.y + _RADIUS + 12
    return [
        Text(one.x, top + row * leading(SMALL), text, "middle", halo=True, href=one.node.href)
        for row, text in enumerate(one.lines)
    ]


def _edge_texts(tracks: Sequence[_Track], taken: Sequence[Box]) -> list[Text]:
    """The word of each edge at the first free place along it, none where there is no room."""
    boxes = list(taken)
    texts = []
    for track in tracks:
        wide = estimated_width(track.edge.label)
        for share in (0.5, 0.42, 0.58, 0.34, 0.66):
            x, y = track.x + (track.x2 - track.x) * share, track.y + (track.y2 - track.y) * share
            box = Box(x - wide / 2, y - 8, x + wide / 2, y + 8)
            if box.left >= 0 and box.right <= WIDTH and not any(box.overlap(other) for other in boxes):
                boxes.append(box)
                texts.append(Text(x, y + 4, track.edge.label, "middle", "muted", halo=True))
                break
    return texts


def _extent(written: Sequence[str]) -> tuple[float, float]:
    wide = max([2.0 * _RADIUS, *(estimated_width(text) for text in written)])
    return wide + _PAD, 2 * _RADIUS + leading(SMALL) * len(written) + _PAD


def _drawn(nodes: Sequence[Node], edges: Sequence[Edge], top: float) -> tuple[list[_Drawn], float]:
    """The nodes in their places, and the height they need: as much as they take to stand apart."""
    ordered = sorted(nodes, key=lambda node: node.id)
    pairs = tuple(sorted({(min(e.a, e.b), max(e.a, e.b)) for e in edges if e.a != e.b}))
    layout = _layout(tuple(node.id for node in ordered), pairs)
    written = [tuple(wrapped(node.label, _LABEL_WIDTH, most=3)) for node in ordered]
    sizes = [_extent(lines_) for lines_ in written]
    height = float(max(160, round(sum(wide * high for wide, high in sizes) * 4.5 / WIDTH)))
    while True:
        places = _apart([(x * WIDTH, y * height) for x, y in layout], sizes, height)
        if places is not None:
            break
        height = round(height * 1.1)
    drawn = [
        _Drawn(node, round(x, 1), round(top + y - high / 2 + _RADIUS + _PAD / 2, 1), lines_)
        for node, (x, y), (_, high), lines_ in zip(ordered, places, sizes, written, strict=True)
    ]
    return drawn, top + height


def _apart(places: Sequence[Point], sizes: Sequence[Point], height: float) -> list[Point] | None:
    """The middles of the boxes moved until none lies on another; None where they do not come apart."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    for _ in range(300):
        moved = False
        for i, (wide, high) in enumerate(sizes):
            xs[i] = min(max(xs[i], wide / 2), WIDTH - wide / 2)
            ys[i] = min(max(ys[i], high / 2), height - high / 2)
        for i, j in combinations(range(len(sizes)), 2):
            across = (sizes[i][0] + sizes[j][0]) / 2 - abs(xs[i] - xs[j])
            down = (sizes[i][1] + sizes[j][1]) / 2 - abs(ys[i] - ys[j])
            if across > 0.01 and down > 0.01:
                moved = True
                along, step = (xs, across) if across < down else (ys, down)
                sign = 1 if along[i] >= along[j] else -1
                along[i] += sign * step / 2
                along[j] -= sign * step / 2
        if not moved:
            return list(zip(xs, ys, strict=True))
    return None


@lru_cache(maxsize=64)
def _layout(ids: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> tuple[Point, ...]:
    """A place between 0 and 1 in both directions for each id; of several starts the one with the least stress."""
    if len(ids) < 2:
        return tuple((0.5, 0.5) for _ in ids)
    far = _distances(ids, pairs)
    found = [_settled(far, seed) for seed in range(_STARTS)]
    best = min(range(_STARTS), key=lambda start: (round(_stress(found[start], far), 6), start))
    return _fitted(_turned(found[best]))


def _distances(ids: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> list[list[float]]:
    """How far apart any two should be: the steps between them; what is not connected, one step more than the most."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pairs)
    steps = {a: dict(to) for a, to in nx.all_pairs_shortest_path_length(graph)}
    apart = min(max(max(to.values()) for to in steps.values()), 3) + 1
    return [[float(steps[a].get(b, apart)) for b in ids] for a in ids]


def _settled(far: Sequence[Sequence[float]], seed: int) -> list[Point]:
    random, count = Random(seed), len(far)
    xs, ys = ([random.random() * sqrt(count) for _ in far] for _ in "xy")
    for _ in range(_ROUNDS):
        for i in range(count):
            xs[i], ys[i] = _wanted(i, xs, ys, far[i])
    return list(zip(xs, ys, strict=True))


def _wanted(i: int, xs: Sequence[float], ys: Sequence[float], far: Sequence[float]) -> Point:
    """Where all others would have a node, the near ones having more to say."""
    x = y = total = 0.0
    for j, distance in enumerate(far):
        if i == j:
            continue
        wide, high = xs[i] - xs[j], ys[i] - ys[j]
        ratio = distance / max(sqrt(wide * wide + high * high), 1e-6)
        weight = 1 / (distance * distance)
        x += weight * (xs[j] + wide * ratio)
        y += weight * (ys[j] + high * ratio)
        total += weight
    return x / total, y / total


def _stress(places: Sequence[Point], far: Sequence[Sequence[float]]) -> float:
    total = 0.0
    for i, j in combinations(range(len(places)), 2):
        wide, high = places[i][0] - places[j][0], places[i][1] - places[j][1]
        off = sqrt(wide * wide + high * high) / far[i][j] - 1
        total += off * off
    return total


def _turned(places: Sequence[Point]) -> list[Point]:
    """Turned so that the longest way lies across."""
    mx, my = (sum(along) / len(places) for along in zip(*places, strict=True))
    xx = sum((x - mx) ** 2 - (y - my) ** 2 for x, y in places)
    xy = sum(2 * (x - mx) * (y - my) for x, y in places)
    length = sqrt(xx * xx + xy * xy)
    twice = xx / length if length > 1e-9 else 1.0
    cos, sin = sqrt((1 + twice) / 2), sqrt((1 - twice) / 2) * (1 if xy >= 0 else -1)
    return [((x - mx) * cos + (y - my) * sin, (y - my) * cos - (x - mx) * sin) for x, y in places]


def _fitted(places: Sequence[Point]) -> tuple[Point, ...]:
    """Stretched to fill the square, rounded to what every machine agrees on."""
    (left, top), (right, bottom) = ((f(x for x, _ in places), f(y for _, y in places)) for f in (min, max))
    wide, high = right - left, bottom - top
    return tuple(
        (round((x - left) / wide, 4) if wide > 1e-6 else 0.5, round((y - top) / high, 4) if high > 1e-6 else 0.5)
        for x, y in places
    )
