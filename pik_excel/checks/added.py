"""What should each total of a table of measures add, and what does its formula add?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pik_excel.budget.money import Amount, Statement, Unit, same_money
from pik_excel.budget.tables import MeasureTable, Total
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import Sum, formulas, once
from pik_excel.grid.reference import Address, Area
from pik_excel.layout.vocabulary import fold, vocabulary

Key = tuple[str, int, int]
"""Sheet, row, column: equal to the `Address`."""


@dataclass(frozen=True, eq=False)
class TotalCell:
    """One amount of a total row, with the amounts it should add (blank ones too) by sheet row."""

    table: MeasureTable
    total: Total
    index: int  # of the year column
    amount: Amount
    parts: dict[int, Amount]
    leaves: frozenset[int]  # the measure rows behind the parts
    sum: Sum | None  # its formula, where it only adds

    @property
    def at(self) -> Address:
        """The cell."""
        return self.amount.at

    @property
    def unit(self) -> Unit:
        """The unit of its column."""
        return self.table.columns[self.index].unit

    @cached_property
    def stated(self) -> Decimal | None:
        """The number it shows."""
        return self.amount.stated if self.amount.statement is Statement.NUMBER else None

    @cached_property
    def expected(self) -> Decimal | None:
        """The sum of its rows as stated; None where one of them is not known. A blank and a dash count 0."""
        if any(not _is_known(amount) for amount in self.parts.values()):
            return None
        return sum((amount.stated or Decimal(0) for amount in self.parts.values()), Decimal(0))

    @property
    def is_right(self) -> bool:
        """Whether it shows the sum of its rows, as far as both are known."""
        return self.stated is not None and self.expected is not None and same_money(self.stated, self.expected)

    @cached_property
    def summed_by_excel(self) -> Decimal:
        """What SUM gives, which skips numbers that are text."""
        known = (amount for amount in self.parts.values() if amount.text is None)
        return sum((amount.stated or Decimal(0) for amount in known), Decimal(0))

    @cached_property
    def addends(self) -> tuple[Decimal, ...]:
        """The numbers of its rows, blanks left out."""
        return tuple(amount.stated for amount in self.parts.values() if amount.stated is not None)

    @cached_property
    def own_column(self) -> Area:
        """Its rows as a range, for people."""
        rows = sorted(self.parts)
        return Area(rows[0], self.at.column, rows[-1], self.at.column)


@dataclass(frozen=True)
class Coverage:
    """Which measure rows a total's formula reaches: those it misses, those it reaches twice, other columns it adds."""

    missed: tuple[int, ...]
    doubled: tuple[int, ...]
    reached: tuple[int, ...]
    elsewhere: tuple[Area, ...]


@once
def totals(subject: Subject) -> tuple[TotalCell, ...]:
    """All cells of all total rows that have rows to add."""
    return tuple(cell for table in subject.reading.budget.measure_tables for cell in _of_table(subject, table))


def _of_table(subject: Subject, table: MeasureTable) -> Iterator[TotalCell]:
    memo = vocabulary(subject.schema).memo
    amounts = {one.at.row: one.amounts for one in table.measures} | {one.at.row: one.amounts for one in table.totals}
    memos = {one.at.row for one in table.measures if memo.match(fold(one.label).lstrip(" -–•·"))}
    totals_by_row = {total.at.row: total for total in table.totals}
    grid = formulas(subject).of(table.sheet)
    for total in table.totals:
        rows = [row for row in total.rows if row in amounts and row not in memos and row != total.at.row]
        if len(rows) == 1 and rows[0] in totals_by_row:
            continue  # more than one total must be added: the others stand in another table
        leaves = frozenset(leaf for row in rows for leaf in _leaves(row, totals_by_row)) - memos
        if not rows:
            continue
        for index, amount in enumerate(total.amounts):
            shape = grid.shapes.get((amount.at.row, amount.at.column)) if grid else None
            parts = {row: amounts[row][index] for row in rows if index < len(amounts[row])}
            yield TotalCell(table, total, index, amount, parts, leaves, shape.sum if shape else None)


def _leaves(row: int, totals_by_row: dict[int, Total], depth: int = 0) -> Iterator[int]:
    total = totals_by_row.get(row)
    if total is None or depth > 10:
        yield row
        return
    for part in total.rows:
        if part != row:
            yield from _leaves(part, totals_by_row, depth + 1)


@once
def total_cells(subject: Subject) -> frozenset[Key]:
    """The cells of all total rows of recognised tables."""
    return frozenset((cell.at.sheet, cell.at.row, cell.at.column) for cell in totals(subject))


def coverage(cell: TotalCell) -> Coverage | None:
    """What the total's formula reaches; None where it is no plain sum over its own sheet."""
    areas = cell.sum.areas(cell.at.sheet, cell.at.row, cell.at.column) if cell.sum else None
    if areas is None or cell.sum is None:
        return None
    here = [area for area in areas if area.left <= cell.at.column <= area.right]
    totals_by_row = {total.at.row: total for total in cell.table.totals}
    reached: Counter[int] = Counter()
    for row in {*cell.leaves, *totals_by_row} - {cell.at.row}:
        times = sum(area.top <= row <= area.bottom for area in here)
        if not times or (cell.sum.nested and row in totals_by_row):
            continue
        for leaf in _leaves(row, totals_by_row):
            reached[leaf] += times
    return Coverage(
        missed=tuple(sorted(cell.leaves - set(reached))),
        doubled=tuple(sorted(row for row, times in reached.items() if times > 1 and row in cell.leaves)),
        reached=tuple(sorted(row for row in reached if row in cell.leaves)),
        elsewhere=tuple(area for area in areas if not area.left <= cell.at.column <= area.right),
    )


def _is_known(amount: Amount) -> bool:
    return amount.statement in {Statement.NUMBER, Statement.BLANK, Statement.DASH}
