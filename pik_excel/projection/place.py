"""In which row of which table does a projected figure stand, in what unit, and how does a formula there name a year?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import MeasureTable, Status, YearColumn
from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Workbook
from pik_excel.projection.lines import Line, Row, column_of
from pik_excel.projection.term import Term, cell, literal
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Place:
    """A row of amounts. `columns` says where each year stands or will stand (`added`), `headed` in which row a column's
    year stands as a number, for those that have one, `own` is the measure's row there. Without all that it is a measure
    that no table has."""

    sheet: str = ""
    row: int = 0
    unit: Unit = Unit.EUR
    digits: int = 0
    columns: Mapping[int, int] = field(default_factory=dict)
    headed: Mapping[int, int] = field(default_factory=dict)
    added: AbstractSet[int] = frozenset()
    own: Row | None = None

    def in_row(self, row: Row) -> Place:
        """The same table, in that row, which may state a unit of its own."""
        at, amounts = row.measure.at.row, row.measure.amounts
        unit = max(amounts, key=attrgetter("at.column")).unit if amounts else self.unit
        return Place(self.sheet, at, unit, self.digits, self.columns, self.headed, self.added, row)

    def stated(self, year: int) -> Decimal | None:
        """What the row states for the year, in the table's unit."""
        there = self.own.stated(year) if self.own and year in self.columns and year not in self.added else None
        return there[1].stated if there is not None else None

    def year(self, year: int) -> Term:
        """The year, as the cell of the header where that holds the number, else written out."""
        if year not in self.headed:
            return _written_out(year)
        return _heading(year, self.columns[year], self.headed[year])

    def fixed_year(self, year: int) -> Term:
        """The year of one column, for formulas in others."""
        if year not in self.headed:
            return literal(year)
        return cell(Decimal(year), f"${column_letters(self.columns[year])}${self.headed[year]}")

    def amount(self, year: int, value: Decimal) -> Term:
        """The cell of that year in this row, which holds `value` in the table's unit."""
        return cell(value, f"${column_letters(self.columns[year])}{self.row}", self.unit, settled=True)


@lru_cache(maxsize=1024)
def _written_out(year: int) -> Term:
    return literal(year)


@lru_cache(maxsize=1024)
def _heading(year: int, column: int, row: int) -> Term:
    return cell(Decimal(year), f"{column_letters(column)}${row}")


def place_in(table: MeasureTable, workbook: Workbook, added: Mapping[int, int] | None = None) -> Place:
    """Where the table's amounts stand, in no row yet; `added` are columns to come, headed as the last one is."""
    found = {column.year.value: column_of(table, column.year.value) for column in table.columns}
    standing = {year: column for year, column in found.items() if column is not None}
    last = last_column(table)
    headed = {year: column.at.row for year, column in standing.items() if _states_year(column, workbook)}
    if _is_headed_by_year(last, workbook):
        headed.update(dict.fromkeys(added or {}, last.at.row))
    return Place(
        sheet=table.sheet,
        unit=last.unit,
        digits=digits_of(table),
        columns={year: column.at.column for year, column in standing.items()} | dict(added or {}),
        headed=headed,
        added=frozenset(added or ()),
    )


def digits_of(table: MeasureTable) -> int:
    """Decimals to which the table states its amounts, from those that a person typed."""
    typed = (amount for measure in table.measures for amount in measure.amounts if amount.typed and amount.stated)
    most = max((_decimals(amount.stated) for amount in typed if amount.stated is not None), default=0)
    return min(most, last_column(table).unit.digits)


def last_column(table: MeasureTable) -> YearColumn:
    """The rightmost column of amounts."""
    return max(table.columns, key=lambda column: column.at.column)


def last_year(table: MeasureTable) -> int:
    """The latest year the table has a column for."""
    return max(column.year.value for column in table.columns)


class MainTables(tuple[MeasureTable, ...]):
    """The lists of measures that a projection continues; `in` asks for the very table, not for one that says the
    same."""

    @cached_property
    def _identities(self) -> frozenset[int]:
        return frozenset(map(id, self))

    def __contains__(self, table: object) -> bool:
        return id(table) in self._identities


def main_tables(tables: tuple[MeasureTable, ...]) -> MainTables:
    """The lists of measures that a projection continues: those that are decided or do not say; requested ones only
    where there are no others, provided ones last."""
    tables = of_one_currency(tables)
    for statuses in ({Status.DECIDED, Status.UNSTATED}, {Status.REQUESTED}, {Status.PROVIDED}):
        found = MainTables(table for table in tables if table.status in statuses)
        if found:
            return found
    return MainTables()


def projected_currency(tables: Iterable[MeasureTable]) -> str:
    """In which currency a projection of these tables is: euros where any of them states them or none states another,
    else the one that most state."""
    stated = Counter(table.unit.currency for table in tables if table.unit is not None)
    return Unit.EUR.currency if Unit.EUR.currency in stated else max(stated, key=lambda one: stated[one], default="EUR")


def of_one_currency(tables: tuple[MeasureTable, ...]) -> tuple[MeasureTable, ...]:
    """Those in that currency, and those that state none: amounts in different ones are never added."""
    currency = projected_currency(tables)
    return tuple(table for table in tables if table.unit is None or table.unit.currency == currency)


def home_row(line: Line, mains: MainTables) -> Row | None:
    """The row in which a projection of the line is written: that in the main table which reaches furthest."""
    rows = [row for row in line.rows if row.table in mains]
    if len(rows) == 1:
        return rows[0]
    return max(rows, key=lambda row: last_year(row.table), default=None)


def _states_year(column: YearColumn, workbook: Workbook) -> bool:
    there = workbook.cell(column.at)
    return there is not None and there.value == Decimal(column.year.value)


def _is_headed_by_year(column: YearColumn, workbook: Workbook) -> bool:
    """Whether the number of the year stands over it, if only over its neighbours too: "2027" over Entwurf and neu."""
    across = (workbook.cell(column.at._replace(column=place)) for place in range(column.at.column, 0, -1))
    head = next((cell for cell in across if cell is not None and cell.value is not None), None)
    return head is not None and head.value == Decimal(column.year.value)


def _decimals(value: Decimal) -> int:
    if value == value.to_integral_value():
        return 0  # as nearly always
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
