"""The timeline: a lane for each dispute, a mark for each event, its shape saying how sure it is.

A day is a point; a month or a year is a bar as wide as what is known, with the point in its middle. Marks close
together go to rows of their own, and each is named beside it while there is room for names. In a high chart the
dates are written again from time to time. A script lays the marks out anew for another time: see `timeline.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from briefbook.charts import key
from briefbook.charts.axes import Tick, Timescale, axis_height, time_axis
from briefbook.charts.chart import Chart, Row, addressed, assembled, boxes, line, lines, symbol, symbols, told
from briefbook.charts.key import Sign
from briefbook.charts.lettering import Text, estimated_width, leading, lettering, shortened, wrapped
from briefbook.charts.theme import NORMAL, PALETTE, SMALL, WIDTH

_SIGNS: Mapping[str, Sign] = MappingProxyType({
    "confirmed": Sign("circle", "mark"),
    "reported": Sign("diamond", "mark", hollow=True, size=110),
    "planned": Sign("triangle-up", "planned", hollow=True),
})
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_MARGIN = 14
_ROW = 20
_NAME_WIDTH, _LEAST_NAME = 420, 90
# More rows than these are only for telling marks apart; their names are left to the page.
_NAMED_ROWS = 40
_RADIUS = 7.0
_GAP = 10
# So far below the last dates they are written again, above the next lane.
_FAR = 400


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """An event in a lane; `when` is its date in words, `start` to `end` all the days it may mean.

    `event` and `dispute` are what scripts know the mark and its lane by.
    """

    lane: str
    start: date
    end: date
    title: str
    when: str
    href: str
    planned: bool
    reported: bool
    event: str = ""
    dispute: str = ""

    @property
    def kind(self) -> str:
        """What decides its shape; what lies ahead is planned, whoever reports it."""
        return "planned" if self.planned else "reported" if self.reported else "confirmed"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its extent, its row in the lane, and the name beside it where there is room."""

    mark: TimelineMark
    left: float
    right: float
    row: int
    name: Text | None


@dataclass(slots=True)
class _Lane:
    """A lane's marks as they are placed; `ends` is how far each row is taken."""

    ends: list[float] = field(default_factory=list)
    placed: list[_Placed] = field(default_factory=list)


def timeline(
    name: str, marks: Sequence[TimelineMark], lanes: Sequence[str], ticks: Sequence[Tick], first: date, last: date,
    *, key_words: Mapping[str, str] = _NO_WORDS, named: bool = True,
) -> Chart:
    """Every mark in its lane, from `first` to `last`; `named` beside it, or bare in a smaller chart.

    `key_words` names the kinds: confirmed, reported, planned.
    """
    legend = key.laid_out(_SIGNS, key_words, (mark.kind for mark in marks))
    scale = Timescale(first, last, _MARGIN, WIDTH - _MARGIN)
    top = legend.height + axis_height(ticks)
    y, rows, bars, rules = float(top), list[Row](), list[Row](), list[Row]()
    texts, dated = [replace(text, stays="key") for text in legend.texts], y
    for lane in lanes:
        if y - dated > _FAR:
            y += axis_height(ticks)
            texts += time_axis(ticks, scale, y, y)[1]
            dated = y
        rules.append(line(0, y, WIDTH, y, "grid"))
        for written in wrapped(lane, WIDTH - 8, NORMAL, bold=True):
            y += leading(NORMAL)
            texts.append(Text(0, y, written, size=NORMAL, bold=True, halo=True, stays="lane"))
        placed = _placed([mark for mark in marks if mark.lane == lane], scale, named=named)
        y += 4
        for one in placed:
            rows.append(_symbol(one, y))
            bars += _bar(one, y)
            texts += _name(one, y)
        y += (max((one.row for one in placed), default=0) + 1) * _ROW + 8
    axis, labels = time_axis(ticks, scale, top, y)
    signs = [told(row, stays="key") for row in legend.symbols]
    drawn = [*axis, lines(rules), boxes(bars, "spans", corner=2), symbols(signs), symbols(rows, "marks")]
    return assembled(
        name, (WIDTH, y + 2), [*drawn, *lettering([*labels, *texts])],
        ((mark.href, f"{mark.when} {mark.title}") for mark in marks),
    )


def _placed(marks: Sequence[TimelineMark], scale: Timescale, *, named: bool) -> list[_Placed]:
    lane = _Lane()
    for mark in sorted(marks, key=lambda m: (m.start, m.end, m.title, m.href)):
        left, right = _extent(mark, scale)
        if not (named and _place_named(lane, mark, left, right)):
            _place(lane, mark, left, right, None, (left, right))
    return lane.placed


def _place_named(lane: _Lane, mark: TimelineMark, left: float, right: float) -> bool:
    """Place a mark with its name to the right, or to the left towards the chart's end, in the first row with room."""
    before, after = left - 5, WIDTH - right - 5
    width = estimated_width(mark.title)
    to_right = width <= after or after >= before
    written = shortened(mark.title, min(_NAME_WIDTH, after if to_right else before))
    width = estimated_width(written)
    taken = (left, right + 5 + width) if to_right else (left - 5 - width, right)
    if _row(lane, taken[0]) >= _NAMED_ROWS or width < min(_LEAST_NAME, estimated_width(mark.title)):
        return False
    text = Text(right + 5 if to_right else left - 5, 0, written, "start" if to_right else "end", href=mark.href)
    _place(lane, mark, left, right, text, taken)
    return True


def _place(
    lane: _Lane, mark: TimelineMark, left: float, right: float, text: Text | None, taken: tuple[float, float]
) -> None:
    row = _row(lane, taken[0])
    if row == len(lane.ends):
        lane.ends.append(0.0)
    lane.ends[row] = taken[1] + _GAP
    lane.placed.append(_Placed(mark, left, right, row, text))


def _row(lane: _Lane, left: float) -> int:
    """The first row that is free from `left` on; one more than there are if none is."""
    return next((row for row, end in enumerate(lane.ends) if end <= left), len(lane.ends))


def _extent(mark: TimelineMark, scale: Timescale) -> tuple[float, float]:
    """From where to where a mark is drawn; a bar is wide enough to be seen behind its point."""
    left, right = scale.start(mark.start), scale.end(mark.end)
    middle = (left + right) / 2
    half = max((right - left) / 2, _RADIUS + 5) if mark.end > mark.start else _RADIUS
    return middle - half, middle + half


def _symbol(one: _Placed, top: float) -> Row:
    sign, mark = _SIGNS[one.mark.kind], one.mark
    said = {"start": mark.start.isoformat(), "end": mark.end.isoformat(), "title": mark.title, "when": mark.when}
    x, y = (one.left + one.right) / 2, top + one.row * _ROW + _ROW / 2
    drawn = symbol(x, y, sign.shape, sign.colour, hollow=sign.hollow, size=sign.size) | said | addressed(mark.href)
    return told(drawn, event=mark.event, lane=mark.dispute) if mark.event else drawn


def _bar(one: _Placed, top: float) -> list[Row]:
    if one.mark.start == one.mark.end:
        return []
    y, colour = top + one.row * _ROW + _ROW / 2, PALETTE[_SIGNS[one.mark.kind].colour]
    return [{
        "x": round(one.left, 1), "x2": round(one.right, 1), "y": y - 2, "y2": y + 2, "fill": colour, "stroke": colour,
    }]


def _name(one: _Placed, top: float) -> list[Text]:
    if one.name is None:
        return []
    y = top + one.row * _ROW + _ROW / 2 + SMALL * 0.35
    return [Text(one.name.x, y, one.name.text, one.name.anchor, halo=True, href=one.name.href)]
