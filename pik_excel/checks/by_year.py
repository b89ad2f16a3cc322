"""Which tables have their amounts by year, across or down the side? Which rows of a list are one measure?"""

from __future__ import annotations

from dataclasses import replace

from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, YearColumn
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


@once
def tables_of_amounts(subject: Subject) -> tuple[MeasureTable, ...]:
    """All tables of measures, for looking at amounts that should be alike: those of a measure's years, stages, or rows
    in a long list. The columns of lists are left out, and the totals where they are turned."""
    lists = [one for one in subject.reading.budget.lists if one.family != _DOWN]
    return (*tables_by_year(subject), *(_as_table(one, (), _merged(one)) for one in lists))


def goes_down(table: MeasureTable | MeasureList) -> bool:
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
    return (
        replace(_as_table(one, tuple(columns), one.measures), totals=()) if len(columns) == len(one.columns) else None
    )


def _merged(one: MeasureList) -> tuple[Measure, ...]:
    """The measures, the rows of one name in a long list as one."""
    if not any(measure.year for measure in one.measures):
        return one.measures
    rows: dict[str, list[Measure]] = {}
    for measure in one.measures:
        rows.setdefault(undated_key(measure.name), []).append(measure)
    return tuple(
        replace(same[0], amounts=tuple(amount for measure in same for amount in measure.amounts))
        for same in rows.values()
    )


def _as_table(one: MeasureList, columns: tuple[YearColumn, ...], measures: tuple[Measure, ...]) -> MeasureTable:
    return MeasureTable(
        sheet=one.sheet,
        area=one.area,
        title=one.title,
        unit=one.unit,
        unit_at=one.unit_at,
        columns=columns,
        measures=measures,
        totals=one.totals,
        footnotes=one.footnotes,
        status=one.status,
        header_rows=one.header_rows,
        name_column=one.name_column,
        unit_votes=one.unit_votes,
        shown_in=one.shown_in,
        marks=one.marks,
    )
