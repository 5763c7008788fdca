"""The page that says how well the briefing is sourced: tables of numbers, the same in every language."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.coverage import Grid, Row, coverage_of
from briefbook.views.blocks import Record, Table, crumbs_home, foot_of, head_of
from briefbook.views.desk import Desk
from briefbook.wording.markdown import Md, escape


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """One table: its heading, what it counts, its numbers."""

    anchor: str
    heading: Md
    intro: Md
    table: Table


@dataclass(frozen=True, slots=True)
class CoveragePage(Record):
    """How many facts rest on how many and what sources, how old these are, and which texts are lacking."""

    intro: Md
    tables: tuple[CoverageTable, ...]


def coverage_page(desk: Desk) -> CoveragePage:
    """The page in one language. It asks for no day, so the same facts always give the same page."""
    coverage = coverage_of(desk.briefing)
    tables = tuple(_table(desk, grid) for grid in coverage.grids.values() if grid.rows)
    intro = desk.label(
        "coverage.intro", facts=desk.language.number(coverage.facts), claims=desk.language.number(coverage.claims)
    )
    head = head_of(desk, desk.label("page.coverage"), crumbs_home(desk))
    return CoveragePage(head, foot_of(desk), (), intro, tables)


def _table(desk: Desk, grid: Grid) -> CoverageTable:
    names = [desk.label(f"coverage.rows.{grid.name}"), desk.label("coverage.all"), *_columns(desk, grid)]
    rows = [*grid.rows, *([grid.total] if grid.total and len(grid.rows) > 1 else [])]
    table = Table(tuple(names), tuple(_row(desk, grid, row) for row in rows))
    heading, intro = desk.label(f"coverage.heading.{grid.name}"), desk.label(f"coverage.explained.{grid.name}")
    return CoverageTable(f"coverage-{grid.name}", heading, intro, table)


def _columns(desk: Desk, grid: Grid) -> list[Md]:
    family = {"nearest": "source-kind", "read": "read"}.get(grid.name, "coverage.column")
    return [desk.label(f"{'coverage.column' if name == 'none' else family}.{name}") for name in grid.columns]


def _row(desk: Desk, grid: Grid, row: Row) -> tuple[Md, ...]:
    if row is grid.total:
        name = desk.label("coverage.all")
    elif grid.name == "languages":
        name = escape(desk.language.name_of(row.name))
    else:
        name = desk.label(f"{'status' if grid.name == 'standing' else 'kind'}.{row.name}")
    return name, *(escape(desk.language.number(count)) for count in (row.total, *row.counts))
