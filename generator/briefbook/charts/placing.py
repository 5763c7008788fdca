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


def placed(labels: Sequence[Label], marks: Sequence[Box], room: Box) -> list[Placed]:
    """Each label near the mark at the same position in `marks`, inside `room`."""
    taken = list(marks)
    found = []
    for label, mark in zip(labels, marks, strict=True):
        best = _best(label, mark, taken, room)
        taken.append(best.box)
        found.append(_set(label, best))
    return found


def _best(label: Label, mark: Box, taken: Sequence[Box], room: Box) -> _Try:
    """The first place that is free; of none, the one that covers least."""
    fallback: tuple[float, _Try] | None = None
    for option in _tries(label, mark):
        covered = sum(option.box.overlap(other) for other in taken)
        crossed = sum(_crosses(option, other) for other in taken if other != mark)
        cost = covered + 40 * crossed + (0 if option.box.within(room) else 1e6)
        if not cost:
            return option
        if fallback is None or cost < fallback[0]:
            fallback = (cost, option)
    assert fallback is not None
    return fallback[1]


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


def _crosses(option: _Try, other: Box) -> bool:
    if option.distance < _LED_FROM:
        return False
    return any(
        other.holds(option.x + (option.x2 - option.x) * step / _STEPS, option.y + (option.y2 - option.y) * step / _STEPS)
        for step in range(1, _STEPS)
    )


def _set(label: Label, best: _Try) -> Placed:
    box = best.box
    x = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[best.anchor]
    texts = tuple(
        Text(x, box.top + leading(SMALL) * (row + 1) - 4, text, best.anchor, "muted" if row else label.colour,
             bold=not row, halo=True, href=label.href)
        for row, text in enumerate(label.lines)
    )
    return Placed(box, texts, line(best.x, best.y, best.x2, best.y2) if best.distance >= _LED_FROM else None)
