"""A figure's page with every value it was given, and the list of all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from briefbook.charts.axes import Tick, number_ticks
from briefbook.charts.figure_values import ValueMark, figure_values
from briefbook.charts.strip import SparkPoint, spark
from briefbook.model.amounts import Amount, Bound
from briefbook.model.facts import Figure, FigureValue
from briefbook.views.blocks import (
    ChartBlock,
    Picture,
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
from briefbook.views.desk import EMPTY, Desk, Said, spaced
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
    comparable: Md
    alike: tuple[Md, ...]
    actors: tuple[Md, ...]
    disputes: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one dispute."""

    heading: Md
    anchor: str
    table: Table


@dataclass(frozen=True, slots=True)
class FiguresPage(Record):
    """All figures with the values they lead with."""

    intro: Md
    groups: tuple[FigureGroup, ...]


def figure_page(desk: Desk, figure: Figure) -> FigurePage:
    """The page of one figure."""
    leading = leading_value(desk, figure)
    values = sorted(figure.values, key=lambda v: v.as_of.sort_key())
    fields = {
        "definition": desk.text(figure.definition),
        "note": note_of(desk, figure),
        "leading": leading,
        "chart": _chart(desk, figure, values),
        "values": values_table(desk, figure),
        "comparable": _comparable(desk, figure),
        "alike": _alike(desk, figure),
        "actors": tuple(desk.link(id_) for id_ in figure.actors),
        "disputes": tuple(desk.link(id_) for id_ in figure.disputes),
        "referrers": referrers_of(desk, figure, {*figure.disputes, *figure.actors}),
    }
    head = head_of(desk, desk.title(figure), crumbs_to(desk, "figures"), figure)
    return FigurePage(head=head, foot=foot_of(desk, figure), **fields)  # type: ignore[arg-type]


def figures_page(desk: Desk) -> FiguresPage:
    """The list of all figures with their leading values, under the first dispute of each."""
    figures = [f for f in in_reading_order(desk, desk.briefing.figures) if isinstance(f, Figure)]
    groups = []
    for dispute in [*desk.briefing.disputes, None]:
        id_ = dispute.id if dispute else None
        own = [f for f in figures if (f.disputes[0] if f.disputes else None) == id_]
        if own:
            heading = desk.link(dispute.id) if dispute else desk.label("figures.other")
            groups.append(FigureGroup(heading, f"figures-{id_ or 'other'}", _leading_table(desk, own)))
    head = head_of(desk, desk.label("kind.figures"), crumbs_home(desk))
    return FiguresPage(head, foot_of(desk), (), desk.label("figures.intro"), tuple(groups))


def _leading_table(desk: Desk, figures: list[Figure]) -> Table:
    columns = tuple(desk.label(f"figure.column.{name}") for name in ("figure", "value", "as-of", "status"))
    rows = tuple(
        (desk.link(f.id), leading_value(desk, f).said.brief, _day(desk, f.leading), desk.badge(f.leading.status))
        for f in figures
    )
    return Table(columns, rows)


def leading_value(desk: Desk, figure: Figure) -> Leading:
    """The value to print first, wholly worded."""
    value = figure.leading
    words = Md(f"<strong>{desk.value_words(value)}</strong>")
    as_of = desk.label("as-of.short", date=desk.language.date(value.as_of))
    return Leading(desk.said(value, words), desk.text(value.basis), as_of)


def spark_of(desk: Desk, figure: Figure) -> Picture | None:
    """The figure's amounts drawn small, where one basis has a series of them that moves, all in one unit."""
    drawn = [(v, v.amount) for v in figure.values if v.amount is not None]
    series: dict[str, set[Amount]] = {}
    for value, amount in drawn:
        series.setdefault(desk.plain(value.basis), set()).add(amount)
    if len({amount.unit for _, amount in drawn}) != 1 or all(len(amounts) < 2 for amounts in series.values()):
        return None
    points = [
        SparkPoint(v.as_of.first() if v.as_of.start else v.as_of.last(), amount.low, amount.high, v.stands, desk.plain(v.basis))
        for v, amount in drawn
    ]
    words = [
        desk.labels.fill("chart.spark.value", value=desk.value_plain(v), date=desk.language.date(v.as_of))
        for v, _ in sorted(drawn, key=lambda pair: pair[0].as_of.sort_key())
    ]
    title = desk.labels.fill("chart.values.title", figure=desk.name(figure))
    return Picture(partial(spark, f"spark-{figure.id}", points), title, desk.labels["chart.spark.then"].join(words))


def values_table(desk: Desk, figure: Figure) -> Table:
    """Every value of a figure with what it rests on: the leading one, then those that stand, then the others."""
    columns = tuple(desk.label(f"figure.column.{name}") for name in ("value", "basis", "as-of", "standing"))
    rows = tuple(
        (
            Md(f"<strong>{desk.value_words(v)}</strong>"), desk.text(v.basis), _day(desk, v),
            spaced(desk.said(v, Md("")).proof, _replaced(desk, figure, v)),
        )
        for v in _ranked(figure)
    )
    return Table(columns, rows)


def _day(desk: Desk, value: FigureValue) -> Md:
    return Md(f'<span class="bb-day">{escape(desk.language.date(value.as_of))}</span>')


def _ranked(figure: Figure) -> list[FigureValue]:
    """The leading value, then those that stand, then the fallen; the newest first in each."""
    newest = sorted(figure.values, key=lambda v: v.as_of.sort_key(), reverse=True)
    return sorted(newest, key=lambda v: (v is not figure.leading, not v.stands))


def _by_basis(figure: Figure) -> list[list[FigureValue]]:
    """The values by what they rest on, each basis with its values by date."""
    groups: dict[object, list[FigureValue]] = {}
    for value in sorted(figure.values, key=lambda v: v.as_of.sort_key()):
        unit = value.amount.unit if value.amount else None
        groups.setdefault((value.basis, unit), []).append(value)
    return list(groups.values())


def _comparable(desk: Desk, figure: Figure) -> Md:
    """In a sentence, which of the values may be compared; nothing where there is only one."""
    if len(figure.values) < 2:
        return EMPTY
    groups = _by_basis(figure)
    if len(groups) == 1:
        return desk.label("comparable.same")
    return desk.label("comparable.different", n=desk.language.number(len(groups)))


def _alike(desk: Desk, figure: Figure) -> tuple[Md, ...]:
    """A line for each basis with the values that rest on it, where there are several."""
    groups = _by_basis(figure)
    if len(groups) < 2:
        return ()
    lines = []
    for group in groups:
        basis = desk.text(group[0].basis) or desk.label("comparable.no-basis")
        values = desk.labels["comma"].join(_value_at(desk, value) for value in group)
        lines.append(Md(desk.language.colon(basis, values)))
    return tuple(lines)


def _value_at(desk: Desk, value: FigureValue) -> Md:
    date = escape(desk.language.date(value.as_of))
    return desk.label("chart.spark.value", value=Md(f"<strong>{desk.value_words(value)}</strong>"), date=date)


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


