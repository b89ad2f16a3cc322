"""What should each total of a table of measures add, and what does its formula add?

A total adds rows of its own column, or, where measures stand side by side, columns of its own row; `lines` are either.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from pik_excel.budget.money import Amount, Statement, Unit, same_money
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, Total
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import Sum, formulas, once
from pik_excel.grid.reference import Address, Area, column_letters
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import fold, vocabulary
from pik_excel.records import dataclass

_PARTS = 2  # of a list's total; a lone row below which a total stands tells nothing
Key = tuple[str, int, int]
"""Sheet, row, column: equal to the `Address`."""


@dataclass(frozen=True, eq=False)
class Followed:
    """Totals by their line, and these lines in ascending order: made once for all cells of a table."""

    by_line: Mapping[int, Total]
    lines: Sequence[int]


@dataclass(frozen=True, eq=False)
class TotalCell:
    """One amount of a total, with the amounts it should add (blank ones too) by sheet row, or by sheet column where it
    adds `across`."""

    table: MeasureTable | MeasureList
    total: Total
    index: int  # of its own amount among the total's, and of those it adds among their line's
    amount: Amount
    parts: dict[int, Amount]
    leaves: frozenset[int]  # the lines of measures behind the parts
    sum: Sum | None  # its formula, where it only adds
    lines: Mapping[int, tuple[Amount, ...]]  # the amounts of each line of the table that it might add
    followed: Followed  # the totals of its table, whose rows it reaches by adding them
    heading: str  # the year, stage or measure of its own amount
    aside: bool = False  # its column or row is none of the table's amounts: it adds years, or what rows add up to

    @property
    def at(self) -> Address:
        """The cell."""
        return self.amount.at

    @property
    def unit(self) -> Unit:
        """The unit of its column."""
        return self.amount.unit

    @property
    def across(self) -> bool:
        """Whether it adds cells of its own row."""
        return bool(self.total.columns)

    def place(self, line: int) -> tuple[int, int]:
        """The cell of a line that this total might add."""
        return (self.at.row, line) if self.across else (line, self.at.column)

    def line(self, at: Address) -> int:
        """The line in which a measure or total stands that begins or is headed there."""
        return at.column if self.across else at.row

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

    @cached_property
    def of_the_leaves(self) -> Decimal:
        """The sum of the measures behind its rows, as stated."""
        amounts = (self.lines[line] for line in self.leaves if line in self.lines)
        here = (one[self.index].stated for one in amounts if self.index < len(one))
        return sum((stated for stated in here if stated is not None), Decimal(0))

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

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last cell that it should add."""
        area = self.own_range
        return f"{column_letters(area.left)}{area.top}", f"{column_letters(area.right)}{area.bottom}"

    @cached_property
    def own_range(self) -> Area:
        """What it should add as a range, for people."""
        first, last = min(self.parts), max(self.parts)
        return Area(*self.place(first), *self.place(last))


@dataclass(frozen=True)
class Coverage:
    """Which lines of measures a total's formula reaches: those it misses, those it reaches twice, and what it adds
    beside its own column or row."""

    missed: tuple[int, ...]
    doubled: tuple[int, ...]
    reached: tuple[int, ...]
    elsewhere: tuple[Area, ...]


@once
def totals(subject: Subject) -> tuple[TotalCell, ...]:
    """All cells of all totals that have something to add."""
    budget = subject.reading.budget
    return (
        *(cell for table in budget.tables for cell in _of_table(subject, table)),
        *(cell for listed in budget.lists for cell in _of_years(subject, listed)),
        *(cell for listed in budget.lists for cell in _of_total_columns(subject, listed)),
    )


def _of_table(subject: Subject, table: MeasureTable | MeasureList) -> Iterator[TotalCell]:
    """The totals of measures, row by row; or column by column where measures stand side by side."""
    memo = vocabulary(subject.schema).memo
    for across in (False, True):
        own = {_line(total.at, across): total for total in table.totals if bool(total.columns) is across}
        if not own:
            continue
        rows: tuple[Measure | Total, ...] = (*table.measures, *own.values())
        lines = {_line(one.at, across): one.amounts for one in rows}
        memos = {_line(one.at, across) for one in table.measures if memo.match(fold(one.label).lstrip(" -–•·"))}
        unsure = _added_twice(table)
        followed = _followed(table.totals, across)
        for line, total in own.items():
            added = total.columns or total.rows
            parts = [one for one in added if one in lines and one not in memos and one != line and one not in unsure]
            if len(parts) == 1 and parts[0] in own:
                continue  # more than one total must be added: the others stand in another table
            leaves = frozenset(leaf for one in parts for leaf in _leaves(one, own)) - memos
            for index, amount in enumerate(total.amounts if parts else ()):
                heading = _heading(table, index)
                yield from _cell(
                    subject, TotalCell(table, total, index, amount, {}, leaves, None, lines, followed, heading), parts
                )


def _of_years(subject: Subject, table: MeasureList) -> Iterator[TotalCell]:
    """The rows that add up the years of each measure, where these stand below each other."""
    every: tuple[Measure | Total, ...] = (*table.measures, *table.totals)
    columns = {one.at.column: one for one in every}
    for total in table.year_sums:
        own = [columns.get(amount.at.column) for amount in total.amounts]
        if not total.rows or None in own:
            continue
        stated = [{amount.at.row: amount for amount in one.amounts} for one in own if one is not None]
        known = [row for row in total.rows if all(row in amounts for amounts in stated)]
        lines = {row: tuple(amounts[row] for amounts in stated) for row in known}
        for index, (amount, one) in enumerate(zip(total.amounts, own, strict=True)):
            heading = one.label if one is not None else ""
            leaves, followed = frozenset(known), _followed((), across=False)
            cell = TotalCell(table, total, index, amount, {}, leaves, None, lines, followed, heading, aside=True)
            yield from _cell(subject, cell, known)


def _of_total_columns(subject: Subject, table: MeasureList) -> Iterator[TotalCell]:
    """The totals of a list's column that adds up others of its row."""
    sheet = subject.reading.workbook.sheet(table.sheet)
    rows: tuple[Measure | Total, ...] = (*table.measures, *table.totals)
    for column in table.total_columns if sheet is not None else ():
        lines = {one.at.row: (_amount_at(sheet, one, column.at.column),) for one in rows if one.amounts}
        followed = _followed(table.totals, across=False)
        for total in table.totals:
            parts = [row for row in total.rows if row in lines and row != total.at.row]
            leaves = frozenset(leaf for row in parts for leaf in _leaves(row, followed.by_line))
            if parts and total.at.row in lines:
                (amount,) = lines[total.at.row]
                yield from _cell(
                    subject,
                    TotalCell(table, total, 0, amount, {}, leaves, None, lines, followed, column.label, aside=True),
                    parts,
                )


def _amount_at(sheet: Sheet | None, row: Measure | Total, column: int) -> Amount:
    """What the row states in a column that is not read as amounts."""
    at = row.at._replace(column=column)
    cell = sheet.cells.get((at.row, at.column)) if sheet is not None else None
    stated = cell.value if cell is not None and isinstance(cell.value, Decimal) else None
    said = cell is not None and cell.value is not None
    statement = Statement.NUMBER if stated is not None else Statement.UNREADABLE if said else Statement.BLANK
    style = cell.style if cell is not None else 0
    return Amount(at, statement, stated, row.amounts[0].unit, cell.formula if cell is not None else None, None, style)


def _cell(subject: Subject, cell: TotalCell, parts: Sequence[int]) -> Iterator[TotalCell]:
    """The cell with its formula and what it should add, that is in its own unit if it stands in a list."""
    shape = formulas(subject).shape(cell.at)
    added = shape.sum if shape else None
    found = {line: cell.lines[line][cell.index] for line in parts if cell.index < len(cell.lines[line])}
    if isinstance(cell.table, MeasureList):
        mixed = any(amount.unit is not cell.unit for amount in found.values())
        if mixed or (shape is not None and added is None) or len(found) < _PARTS:
            return
    yield replace(cell, parts=found, sum=added)


def _added_twice(table: MeasureTable | MeasureList) -> set[int]:
    """The rows of a long list that more than one total claims: that of a year perhaps, or of a Träger; which rows each
    means, the structure does not say."""
    if not isinstance(table, MeasureList) or table.family != "long-list":
        return set()
    return {row for row, times in Counter(row for total in table.totals for row in total.rows).items() if times > 1}


def _heading(table: MeasureTable | MeasureList, index: int) -> str:
    column = table.columns[index]
    return str(column.year) if column.year is not None else column.shown


def _line(at: Address, across: bool) -> int:
    return at.column if across else at.row


def _followed(those: Iterable[Total], across: bool) -> Followed:
    by_line = {_line(total.at, across): total for total in those}
    return Followed(by_line, sorted(by_line))


def _leaves(line: int, totals_by_line: Mapping[int, Total], depth: int = 0) -> Iterator[int]:
    total = totals_by_line.get(line)
    if total is None or depth > 10:
        yield line
        return
    for part in total.columns or total.rows:
        if part != line:
            yield from _leaves(part, totals_by_line, depth + 1)


@once
def total_cells(subject: Subject) -> frozenset[Key]:
    """The cells of all total rows of recognised tables."""
    return frozenset((cell.at.sheet, cell.at.row, cell.at.column) for cell in totals(subject))


def coverage(cell: TotalCell) -> Coverage | None:
    """What the total's formula reaches; None where it is no plain sum over its own sheet."""
    areas = cell.sum.areas(cell.at.sheet, cell.at.row, cell.at.column) if cell.sum else None
    if areas is None or cell.sum is None:
        return None
    here = [area for area in areas if _is_in_its_line(cell, area)]
    by_line, own = cell.followed.by_line, cell.line(cell.at)
    leaves = sorted(cell.leaves)
    reached: Counter[int] = Counter()
    for area in here:
        others = (line for line in _lines_in(cell, area, cell.followed.lines) if line not in cell.leaves)
        for line in (*_lines_in(cell, area, leaves), *others):
            if line != own and not (cell.sum.nested and line in by_line):
                for leaf in _leaves(line, by_line):
                    reached[leaf] += 1
    return Coverage(
        missed=tuple(sorted(cell.leaves - set(reached))),
        doubled=tuple(sorted(line for line, times in reached.items() if times > 1 and line in cell.leaves)),
        reached=tuple(sorted(line for line in reached if line in cell.leaves)),
        elsewhere=tuple(area for area in areas if not _is_in_its_line(cell, area)),
    )


def _lines_in(cell: TotalCell, area: Area, lines: Sequence[int]) -> Sequence[int]:
    """Those of the ascending lines that the area holds where it crosses the total's own column or row."""
    first, last = (area.left, area.right) if cell.across else (area.top, area.bottom)
    return lines[bisect_left(lines, first) : bisect_right(lines, last)]


def _is_in_its_line(cell: TotalCell, area: Area) -> bool:
    """Whether the area lies in the total's own column, or row where it adds across."""
    if cell.across:
        return area.top <= cell.at.row <= area.bottom
    return area.left <= cell.at.column <= area.right


def _is_known(amount: Amount) -> bool:
    return amount.statement in {Statement.NUMBER, Statement.BLANK, Statement.DASH}
