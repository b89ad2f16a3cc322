"""Of which year is an amount, and is it what was spent or what is planned?"""

from __future__ import annotations

from pik_excel.budget.tables import Kind, MeasureList, MeasureTable, Year
from pik_excel.consolidation.record import Column


def column_of(table: MeasureTable | MeasureList, index: int, year_of_row: Year | None) -> Column:
    """The column of the overview for a column of a table; in a long list the row states the year."""
    column = table.columns[index]
    year, own = year_of_row or column.year, kind_of(table, index, year_of_row)
    if year is None:
        return Column(None, own is Kind.RESULT)
    return Column(year.value, own is Kind.RESULT, year.open_ended)


def kind_of(table: MeasureTable | MeasureList, index: int, year_of_row: Year | None) -> Kind:
    """Ist, Ansatz or Plan, as the column or the row says."""
    column = table.columns[index]
    own = getattr(column, "kind", Kind.UNSTATED)
    year = year_of_row or column.year
    return own if own is not Kind.UNSTATED or year is None else year.kind
