"""Which tables have their amounts by year, across or down the side? Which rows of a list are one measure?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, Year, YearColumn
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once

_DOWN = "years-down"
_TELLS_APART = ("traeger", "amt", "teilhaushalt", "produkt", "kontengruppe", "richtung", "szenario", "bedingung")


@once
def tables_by_year(subject: Subject) -> tuple[MeasureTable, ...]:
    """The tables of measures by year; one with years down the side is turned, its totals left out: what they add is
    told in rows and columns, and these have changed places."""
    budget = subject.reading.budget
    turned = (_turned(one) for one in budget.lists if one.family == _DOWN)
    return (*budget.measure_tables, *(table for table in turned if table is not None))


@once
def tables_over_years(subject: Subject) -> tuple[MeasureTable, ...]:
    """The tables by year, and the long lists with the rows of a measure beside each other: for following a measure from
    year to year. A year that the list does not state for it is "not given", not blank; all columns of a list are headed
    by its one column of amounts."""
    lists = (_side_by_side(one) for one in subject.reading.budget.lists if one.family == "long-list")
    return (*tables_by_year(subject), *(table for table in lists if table is not None))


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


def _side_by_side(one: MeasureList) -> MeasureTable | None:
    """A row a measure, a column a year; None where rows state no year, or amounts are in several units. What the list
    states twice for one year is left out: it is no measure by year."""
    years = sorted({measure.year for measure in one.measures if measure.year is not None}, key=_in_time)
    units = {amount.unit for measure in one.measures for amount in measure.amounts}
    if len(one.columns) != 1 or len(units) != 1 or any(measure.year is None for measure in one.measures):
        return None
    (column,), (unit,) = one.columns, units
    rows: dict[Hashable, dict[Year, Measure]] = {}
    twice: set[Hashable] = set()
    for measure in one.measures:
        key, year = _identity(measure), measure.year
        own = rows.setdefault(key, {})
        if year in own:
            twice.add(key)
        elif year is not None:
            own[year] = measure
    measures = [_joined(own, years) for key, own in rows.items() if key not in twice]
    columns = tuple(YearColumn(year, column.at, unit, column.hidden) for year in years)
    return _as_table(one, columns, tuple(measures))


def _in_time(year: Year) -> tuple[int, bool, str]:
    return year.value, year.open_ended, year.kind.value


def _identity(measure: Measure) -> Hashable:
    """What tells measures of a long list apart."""
    said = tuple((name, field.text) for name, field in measure.fields if name in _TELLS_APART)
    key = measure.key
    return undated_key(measure.name), (key.product, key.account_group) if key else None, said


def _joined(own: dict[Year, Measure], years: list[Year]) -> Measure:
    first = next(iter(own.values()))
    amounts = [own[year].amounts[0] if year in own else _not_given(first.amounts[0]) for year in years]
    return replace(first, amounts=tuple(amounts))


def _not_given(like: Amount) -> Amount:
    return Amount(like.at, Statement.NOT_GIVEN, None, like.unit)


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
        currency=one.currency,
        marks=one.marks,
    )
