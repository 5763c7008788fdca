"""Where labels go beside their marks: the nearest free place, the same on every machine.

Labels are placed one after the other; each tries the sides of its mark, then farther and farther out, with a line
back to the mark. Only where a chart is full does a label lie over something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.charts.chart import Row, line
from briefbook.charts.lettering import Anchor, Text, estimated_width, leading
from briefbook.charts.theme import SMALL

_DISTANCES = (4, 12, 24, 38, 54, 72, 92, 116, 144, 176)
_LED_FROM = 10
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area two have in common."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left < x < self.right and self.top < y < self.bottom

    def within(self, room: Box) -> bool:
        """Whether it lies wholly inside another."""
        return (
            self.left >= room.left and self.right <= room.right and self.top >= room.top and self.bottom <= room.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Lines to be written beside a mark, the first one in bold."""

    lines: tuple[str, ...]
    colour: str = "ink"
    href: str | None = None

    @property
    def width(self) -> float:
        """How wide it can get."""
        return max(estimated_width(text, bold=not row) for row, text in enumerate(self.lines))

    @property
    def height(self) -> int:
        """How high it is."""
        return leading(SMALL) * len(self.lines)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place, with the line back to its mark where it stands apart."""

    box: Box
    texts: tuple[Text, ...]
    leader: Row | None


@dataclass(frozen=True, slots=True)
class _Try:
    box: Box
    anchor: Anchor
    distance: float
    # From the mark to the label.
    x: float
    y: float
    x2: float
    y2: float

    def path(self) -> list[Box]:
        """The line back to the mark, as small boxes along it; nothing where it stands close."""
        if self.distance < _LED_FROM:
            return []
        shares = [step / _STEPS for step in range(1, _STEPS)]
        points = [(self.x + (self.x2 - self.x) * share, self.y + (self.y2 - self.y) * share) for share in shares]
        return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in points]


def placed(labels: Sequence[Label], marks: Sequence[Box], others: Sequence[Box], room: Box) -> list[Placed]:
    """Each label near the mark at the same position in `marks`, inside `room`, off all marks and, if it can, `others`.

    Who comes first gets the best place; so several orders are tried, and the one with the least trouble taken.
    """
    every = range(len(labels))
    orders = [
        sorted(every, key=key) for key in (
            lambda i: (marks[i].left, i), lambda i: (-marks[i].left, i), lambda i: (marks[i].top, i),
            lambda i: (-marks[i].bottom, i), lambda i: (-labels[i].width, i), lambda i: (_crowd(i, marks), i),
        )
    ]
    found = [_in_order(order, labels, marks, others, room) for order in orders]
    _, chosen = min(found, key=lambda one: one[0])
    return [_set(label, chosen[i]) for i, label in enumerate(labels)]


def _crowd(i: int, marks: Sequence[Box]) -> float:
    """How far the nearest other mark is: less room, earlier turn."""
    mid = [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in marks]
    return min((abs(mid[i][0] - x) + abs(mid[i][1] - y) for j, (x, y) in enumerate(mid) if j != i), default=0.0)


def _in_order(
    order: Sequence[int], labels: Sequence[Label], marks: Sequence[Box], others: Sequence[Box], room: Box
) -> tuple[float, dict[int, _Try]]:
    taken, total, chosen = list(marks), 0.0, dict[int, _Try]()
    for i in order:
        cost, best = _best(labels[i], marks[i], taken, others, room)
        total = round(total + cost, 3)
        chosen[i] = best
        taken += [best.box, *best.path()]
    return total, chosen


def _best(
    label: Label, mark: Box, taken: Sequence[Box], others: Sequence[Box], room: Box
) -> tuple[float, _Try]:
    """The place that costs least: being far costs a little, covering a line some, covering a mark or a text a lot."""
    best: tuple[float, _Try] | None = None
    for option in _tries(label, mark):
        if best is not None and best[0] <= option.distance:
            break
        path = option.path()
        covered = sum(1 for other in taken if option.box.overlap(other))
        crossed = sum(1 for other in taken if other != mark and any(step.overlap(other) for step in path))
        lined = sum(1 for other in others if option.box.overlap(other))
        outside = 0 if option.box.within(room) else 1
        cost = option.distance + 400 * covered + 150 * crossed + 14 * lined + 4000 * outside
        if best is None or cost < best[0]:
            best = (cost, option)
    assert best is not None
    return best


def _tries(label: Label, mark: Box) -> Iterator[_Try]:
    """All places worth trying, the nearest first; at the same distance right before left, above before below."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    wide, high = label.width, label.height
    for d in _DISTANCES:
        for shift in (0.0, -d * 0.8, d * 0.8) if d >= _LED_FROM else (0.0,):
            top = y - high / 2 + shift
            yield _Try(Box(mark.right + d, top, mark.right + d + wide, top + high), "start", d,
                       mark.right, y, mark.right + d - 3, y + shift)
            yield _Try(Box(mark.left - d - wide, top, mark.left - d, top + high), "end", d,
                       mark.left, y, mark.left - d + 3, y + shift)
        for shift in (0.0, wide * 0.4, -wide * 0.4):
            left = x - wide / 2 + shift
            yield _Try(Box(left, mark.top - d - high, left + wide, mark.top - d), "middle", d,
                       x, mark.top, x + shift, mark.top - d)
            yield _Try(Box(left, mark.bottom + d, left + wide, mark.bottom + d + high), "middle", d,
                       x, mark.bottom, x + shift, mark.bottom + d)


def _set(label: Label, best: _Try) -> Placed:
    box = best.box
    x = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[best.anchor]
    texts = tuple(
        Text(x, box.top + leading(SMALL) * (row + 1) - 4, text, best.anchor, "muted" if row else label.colour,
             bold=not row, halo=True, href=label.href)
        for row, text in enumerate(label.lines)
    )
    return Placed(box, texts, line(best.x, best.y, best.x2, best.y2) if best.distance >= _LED_FROM else None)
