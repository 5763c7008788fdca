"""A figure's page with every value it was given, and the list of all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from briefbook.charts.axes import Tick, number_ticks
from briefbook.charts.figure_values import ValueMark, figure_values
from briefbook.model.amounts import Amount, Bound
from briefbook.model.facts import Figure, FigureValue
from briefbook.views.blocks import (
    ChartBlock,
    Record,
    Table,
    chart_block,
    crumbs_home,
    crumbs_to,
    foot_of,
    head_of,
    in_reading_order,
    key_words,
    note_of,
    referrers_of,
)
from briefbook.views.desk import Desk, Said, spaced
from briefbook.views.spans import worded_ticks
from briefbook.wording.markdown import Md, escape

_KINDS = {
    Bound.EXACT: "exact", Bound.ABOUT: "about", Bound.OVER: "over", Bound.AT_LEAST: "at-least", Bound.NEARLY: "nearly",
    Bound.UP_TO: "up-to", Bound.UNDER: "under",
}


@dataclass(frozen=True, slots=True)
class Leading:
    """The value a figure leads with: the words, its basis, as of when, on whose word."""

    said: Said
    basis: Md
    as_of: Md


@dataclass(frozen=True, slots=True)
class FigurePage(Record):
    """One quantity: what it is, its leading value, and all others."""

    definition: Md
    note: Md
    leading: Leading
    chart: ChartBlock | None
    values: Table
    actors: tuple[Md, ...]
    disputes: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage(Record):
    """All figures with the values they lead with."""

    intro: Md
    table: Table


def figure_page(desk: Desk, figure: Figure) -> FigurePage:
    """The page of one figure."""
    leading = leading_value(desk, figure)
    values = sorted(figure.values, key=lambda v: v.as_of.sort_key())
    fields = {
        "definition": desk.text(figure.definition),
        "note": note_of(desk, figure),
        "leading": leading,
        "chart": _chart(desk, figure, values),
        "values": _table(desk, figure, values),
        "actors": tuple(desk.link(id_) for id_ in figure.actors),
        "disputes": tuple(desk.link(id_) for id_ in figure.disputes),
        "referrers": referrers_of(desk, figure, {*figure.disputes, *figure.actors}),
    }
    head = head_of(desk, desk.title(figure), crumbs_to(desk, "figures"), figure)
    return FigurePage(head=head, foot=foot_of(desk, figure), **fields)  # type: ignore[arg-type]


def figures_page(desk: Desk) -> FiguresPage:
    """The list of all figures with their leading values."""
    rows = []
    for figure in in_reading_order(desk, desk.briefing.figures):
        assert isinstance(figure, Figure)
        value = leading_value(desk, figure)
        as_of = escape(desk.language.date(figure.leading.as_of))
        rows.append((desk.link(figure.id), value.said.brief, as_of, desk.badge(figure.leading.status)))
    columns = tuple(desk.label(f"figure.column.{name}") for name in ("figure", "value", "as-of", "status"))
    head = head_of(desk, desk.label("kind.figures"), crumbs_home(desk))
    return FiguresPage(head, foot_of(desk), (), desk.label("figures.intro"), Table(columns, tuple(rows)))


def leading_value(desk: Desk, figure: Figure) -> Leading:
    """The value to print first, wholly worded."""
    value = figure.leading
    words = Md(f"<strong>{desk.value_words(value)}</strong>")
    as_of = desk.label("as-of.short", date=desk.language.date(value.as_of))
    return Leading(desk.said(value, words), desk.text(value.basis), as_of)


def _table(desk: Desk, figure: Figure, values: list[FigureValue]) -> Table:
    columns = tuple(desk.label(f"figure.column.{name}") for name in ("value", "basis", "as-of", "standing"))
    rows = tuple(
        (
            Md(f"<strong>{desk.value_words(v)}</strong>"), desk.text(v.basis), escape(desk.language.date(v.as_of)),
            spaced(desk.said(v, Md("")).proof, _replaced(desk, figure, v)),
        )
        for v in reversed(values)
    )
    return Table(columns, rows)


def _replaced(desk: Desk, figure: Figure, value: FigureValue) -> Md:
    """Which earlier value this one corrects."""
    old = figure.value(value.replaces) if value.replaces else None
    if old is None:
        return Md("")
    return desk.label("value.replaces", value=desk.value_words(old), date=desk.language.date(old.as_of))


def _chart(desk: Desk, figure: Figure, values: list[FigureValue]) -> ChartBlock | None:
    """A drawing where there are at least two amounts of one unit to compare."""
    units = {v.amount.unit for v in values if v.amount}
    drawn = [v for v in values if v.amount is not None]
    if len(drawn) < 2 or len(units) != 1:
        return None
    marks = [_mark(desk, v, v.amount) for v in drawn if v.amount is not None]
    first, last = min(m.at for m in marks), max(m.at_end for m in marks)
    margin = max((last - first) // 12, timedelta(days=20))
    first, last = first - margin, last + margin
    unit = next(iter(units))
    heights = [n for m in marks for n in (m.low, m.high)]
    ticks = [
        Tick(n, desk.language.amount(Amount(n, n, unit))) for n in number_ticks(min(*heights, 0 * heights[0]), max(heights))
    ]
    sketch = partial(
        figure_values, "values", marks, worded_ticks(desk, first, last), ticks, first, last,
        key_words=key_words(desk, *_KINDS.values(), "range", "fallen"),
    )
    title = desk.labels.fill("chart.values.title", figure=desk.name(figure))
    columns = [desk.labels[f"figure.column.{name}"] for name in ("as-of", "value", "who", "status")]
    plain = [
        (desk.language.date(v.as_of), desk.value_plain(v), desk.speaker_plain(v), desk.labels[f"status.{v.status.value}"])
        for v in drawn
    ]
    return chart_block(
        desk, sketch, title, desk.labels["chart.values.description"], columns,
        [tuple(escape(cell) for cell in row) for row in plain], plain,
    )


def _mark(desk: Desk, value: FigureValue, amount: Amount) -> ValueMark:
    return ValueMark(
        at=value.as_of.first() if value.as_of.start else value.as_of.last(),
        at_end=value.as_of.last() if value.as_of.end else value.as_of.first(),
        low=amount.low, high=amount.high,
        kind="range" if amount.is_range else _KINDS[amount.bound],  # type: ignore[arg-type]
        label=desk.value_plain(value), said_by=desk.speaker_plain(value),
        status=desk.labels[f"status.{value.status.value}"], stands=value.stands, href=None,
        when=desk.language.date(value.as_of),
    )


