"""Layout of a network: where its nodes go, the same on every machine, and how their labels come apart.

Distances follow the number of steps between two nodes (stress majorization: each moves to where all others would have
it). It is written out here, in plain arithmetic: networkx's own layouts need numpy, and their last digits depend on
the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import sqrt
from random import Random

import networkx as nx

from briefbook.charts.theme import WIDTH

Point = tuple[float, float]
Pair = tuple[int, int]
_STARTS, _ROUNDS = 6, 80
_PUSHES, _TURN, _SEPARATIONS = 60, 12, 300


@lru_cache(maxsize=64)
def layout(ids: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> tuple[Point, ...]:
    """A place between 0 and 1 in both directions for each id; of several starts the one with the least stress."""
    if len(ids) < 2:
        return tuple((0.5, 0.5) for _ in ids)
    far = _distances(ids, pairs)
    found = [_settled(far, seed) for seed in range(_STARTS)]
    best = min(range(_STARTS), key=lambda start: (round(_stress(found[start], far), 6), start))
    return _fitted(_turned(found[best]))


@dataclass(frozen=True, slots=True)
class Shape:
    """The box of a node and its label; `down` is how far below its middle the edges end."""

    wide: float
    high: float
    down: float


def apart(
    places: Sequence[Point], shapes: Sequence[Shape], edges: Sequence[Pair], height: float
) -> tuple[int, list[Point]] | None:
    """The middles of boxes, moved until none lies on another, and how many still lie on an edge of others.

    None where they do not come apart.
    """
    xs, ys = [x for x, _ in places], [y for _, y in places]
    best: tuple[int, list[Point]] | None = None
    for push in range(_PUSHES):
        if not _separated(xs, ys, shapes, height):
            break
        found = list(zip(xs, ys, strict=True))
        # Where it is too narrow on one side, it may not be on the other.
        crossed = _pushed_off(xs, ys, shapes, edges, across=push % _TURN == _TURN - 1)
        if best is None or crossed < best[0]:
            best = (crossed, found)
        if not crossed:
            break
    return best


def _separated(xs: list[float], ys: list[float], shapes: Sequence[Shape], height: float) -> bool:
    """Move boxes off each other, keeping them inside; false where they do not come apart."""
    for _ in range(_SEPARATIONS):
        for i, shape in enumerate(shapes):
            xs[i] = min(max(xs[i], shape.wide / 2), WIDTH - shape.wide / 2)
            ys[i] = min(max(ys[i], shape.high / 2), height - shape.high / 2)
        overlaps = [_part(i, j, xs, ys, shapes) for i, j in combinations(range(len(shapes)), 2)]
        if not any(overlaps):
            return True
    return False


def _part(i: int, j: int, xs: list[float], ys: list[float], shapes: Sequence[Shape]) -> bool:
    """Move two boxes off each other the shorter way, where they overlap."""
    across = (shapes[i].wide + shapes[j].wide) / 2 - abs(xs[i] - xs[j])
    down = (shapes[i].high + shapes[j].high) / 2 - abs(ys[i] - ys[j])
    if across <= 0.01 or down <= 0.01:
        return False
    along, step = (xs, across) if across < down else (ys, down)
    sign = 1 if along[i] >= along[j] else -1
    along[i] += sign * step / 2
    along[j] -= sign * step / 2
    return True


def _pushed_off(
    xs: list[float], ys: list[float], shapes: Sequence[Shape], edges: Sequence[Pair], *, across: bool
) -> int:
    """Move each box away from the edges that run through it and are not its own; how many there were.

    To the nearer side a little at a time, or `across` to the farther one.
    """
    crossed = 0
    for a, b in edges:
        wide, high = xs[b] - xs[a], ys[b] + shapes[b].down - ys[a] - shapes[a].down
        length = sqrt(wide * wide + high * high)
        for i, shape in enumerate(shapes):
            if i in (a, b) or length < 1:
                continue
            right, below = xs[i] - xs[a], ys[i] - ys[a] - shapes[a].down
            along, off = (right * wide + below * high) / length, (right * high - below * wide) / length
            # Half the box as seen across the edge.
            reach = (shape.wide * abs(high) + shape.high * abs(wide)) / length / 2
            if 0 < along < length and abs(off) < reach:
                step = (-reach - abs(off) if across else min(reach - abs(off) + 1, 12)) * (1 if off >= 0 else -1)
                xs[i] += step * high / length
                ys[i] -= step * wide / length
                crossed += 1
    return crossed


def _distances(ids: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> list[list[float]]:
    """How far apart any two should be: the steps between them; what is not connected, one step more than the most."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pairs)
    steps = {a: dict(to) for a, to in nx.all_pairs_shortest_path_length(graph)}
    apart = min(max(max(to.values()) for to in steps.values()), 3) + 1
    return [[float(steps[a].get(b, apart)) for b in ids] for a in ids]


def _settled(far: Sequence[Sequence[float]], seed: int) -> list[Point]:
    # Only its `random()` is used: Python promises the same numbers everywhere.
    random, count = Random(seed), len(far)  # noqa: S311
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
