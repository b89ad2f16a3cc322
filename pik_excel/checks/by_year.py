"""Which tables have their amounts by year, be the years across or down the side?"""

from __future__ import annotations

from pik_excel.budget.tables import MeasureList, MeasureTable, YearColumn
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once

_DOWN = "years-down"


@once
def tables_by_year(subject: Subject) -> tuple[MeasureTable, ...]:
    """The tables of measures by year; one with years down the side is turned, its totals left out: what they add is
    told in rows and columns, and these have changed places."""
    budget = subject.reading.budget
    turned = (_turned(one) for one in budget.lists if one.family == _DOWN)
    return (*budget.measure_tables, *(table for table in turned if table is not None))


def goes_down(table: MeasureTable) -> bool:
    """Whether its years stand below each other."""
    return (
        len(table.columns) > 1
        and len({column.at.row for column in table.columns}) > 1
        and (len({column.at.column for column in table.columns}) == 1)
    )


def _turned(one: MeasureList) -> MeasureTable | None:
    columns = [
        YearColumn(column.year, column.at, column.unit, column.hidden)
        for column in one.columns
        if column.year is not None
    ]
    if len(columns) < len(one.columns):
        return None
    return MeasureTable(
        sheet=one.sheet,
        area=one.area,
        title=one.title,
        unit=one.unit,
        unit_at=one.unit_at,
        columns=tuple(columns),
        measures=one.measures,
        totals=(),
        footnotes=one.footnotes,
        status=one.status,
        header_rows=one.header_rows,
        name_column=one.name_column,
        unit_votes=one.unit_votes,
        shown_in=one.shown_in,
        marks=one.marks,
    )
