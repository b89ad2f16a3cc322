"""Which rows of a list take over, year by year, what other lists come to? "Schulamt" of a summary is the total on the
sheet "Amt 40".

Such a row goes on by its formula, filled to the right, and counts where it comes from. What it comes to follows from
the measures behind the cells that it takes; where that is not certain, the row is not taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, same_money
from pik_excel.budget.tables import Measure, MeasureTable
from pik_excel.grid.formula import shifted
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Workbook
from pik_excel.projection.lines import Row
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, Sign, parse, references

_DEEPEST = 20  # totals of totals
Counts = dict[Address, Decimal]
"""Measures by their names' cells, with how often each counts."""


class Elsewhere:
    """The lists that go on, as places from which others take amounts."""

    def __init__(self, tables: Iterable[MeasureTable], workbook: Workbook) -> None:
        self._workbook = workbook
        self._tables: dict[str, list[MeasureTable]] = {}
        for table in tables:
            self._tables.setdefault(table.sheet.casefold(), []).append(table)

    def sources(self, row: Row) -> Mapping[Address, int] | None:
        """Of which measures of other sheets the row's last amount is made up, and how often each counts; None where it
        takes over none, or that is not certain."""
        table, amounts = row.table, row.measure.amounts
        last = _last(table)
        if last is None or (amount := amounts[last]).formula is None or not _looks_elsewhere(amount.formula):
            return None
        if not self._is_a_pattern(row, last) or amount.statement is not Statement.NUMBER:
            return None
        found = self._of(parse(amount.formula, *amount.at[1:]), amount.at, table.columns[last].year.value, _DEEPEST)
        times = {at: count * amount.unit.factor for at, count in (found or {}).items()}
        if not times or any(count != count.to_integral_value() for count in times.values()):
            return None
        come_to = sum((count * self._eur(at, last_year(table)) for at, count in times.items()), Decimal(0))
        if not same_money(come_to, amount.eur or Decimal(0)):
            return None
        return {at: int(count) for at, count in times.items()}

    def _is_a_pattern(self, row: Row, last: int) -> bool:
        """Whether the year before is taken over by the same formula, and the years are put alike on all the sheets."""
        amount, year = row.measure.amounts[last], row.table.columns[last].year.value
        before = [one for one, column in zip(row.measure.amounts, row.table.columns, strict=True)
                  if column.at.column == amount.at.column - 1 and column.year.value == year - 1]  # fmt: skip
        formula = amount.formula or ""
        if not before:
            return True
        return before[0].formula is not None and shifted(before[0].formula, 0, 1) == formula

    def _eur(self, at: Address, year: int) -> Decimal:
        found = self._measure(at, year)
        return (found[1].eur if found is not None else None) or Decimal(0)

    def _measure(self, at: Address, year: int) -> tuple[Measure, Amount] | None:
        for table in self._tables.get(at.sheet.casefold(), ()):
            last = _last(table)
            for measure in table.measures if last is not None and last_year(table) == year else ():
                if measure.at.row == at.row and last is not None:
                    return measure, measure.amounts[last]
        return None

    def _of(self, node: Node, at: Address, year: int, depth: int) -> Counts | None:
        match node:
            case Operation("+" | "-" as sign, left, right):
                second = self._of(right, at, year, depth)
                return _together([self._of(left, at, year, depth), _times(second, Decimal(1 if sign == "+" else -1))])
            case Operation("/", part, Number(value)) if value:
                return _times(self._of(part, at, year, depth), 1 / value)
            case Operation("*", part, Number(value)) | Operation("*", Number(value), part):
                return _times(self._of(part, at, year, depth), value)
            case Sign(sign, operand):
                return _times(self._of(operand, at, year, depth), Decimal(-1 if sign == "-" else 1))
            case Call("SUM", arguments):
                return _together([self._of(one, at, year, depth) for one in arguments])
            case Reference():
                return self._referred(node, at, year, depth)
        return None

    def _referred(self, node: Reference, at: Address, year: int, depth: int) -> Counts | None:
        area, sheet = node.area(at.row, at.column), node.sheet or at.sheet
        if node.left.fixed or node.right.fixed or area.left != area.right or not depth:
            return None
        table = self._table(sheet, area.left, year, area.top, area.bottom)
        if table is None:
            return None
        rows = range(area.top, area.bottom + 1)
        return _together([self._cell(Address(table.sheet, row, area.left), year, depth) for row in rows])

    def _table(self, sheet: str, column: int, year: int, top: int, bottom: int) -> MeasureTable | None:
        """The list whose last year is in this column, and to which these rows belong."""
        for table in self._tables.get(sheet.casefold(), ()):
            last = _last(table)
            if last is None or table.columns[last].at.column != column or last_year(table) != year:
                continue
            if table.area.top <= top and bottom <= table.area.bottom:
                return table
        return None

    def _cell(self, at: Address, year: int, depth: int) -> Counts | None:
        cell = self._workbook.cell(at)
        if cell is None or (cell.value is None and not cell.has_formula):
            return {}
        found = self._measure(at, year)
        if cell.formula is not None and (found is None or _looks_elsewhere(cell.formula)):
            return self._of(parse(cell.formula, *at[1:]), at, year, depth - 1)
        if found is None or found[1].text is not None or found[1].statement is not Statement.NUMBER:
            return None
        return {found[0].at: 1 / found[1].unit.factor}


def last_year(table: MeasureTable) -> int:
    """The last year of the list."""
    return max(column.year.value for column in table.columns)


def _last(table: MeasureTable) -> int | None:
    """Which column is that of the last year; None where the list has two of it, or a column "2027 ff."."""
    years = [column.year.value for column in table.columns]
    if table.open_places or years.count(max(years)) > 1:
        return None
    place = years.index(max(years))
    return place if table.columns[place].at.column == max(one.at.column for one in table.columns) else None


def _looks_elsewhere(formula: str) -> bool:
    """Whether it takes cells of other sheets, and none of its own."""
    if "!" not in formula:
        return False
    taken = references(parse(formula, 1, 1))
    return bool(taken) and all(one.sheet is not None for one in taken)


def _times(counts: Counts | None, by: Decimal) -> Counts | None:
    return None if counts is None else {at: count * by for at, count in counts.items()}


def _together(parts: Iterable[Counts | None]) -> Counts | None:
    found: Counts = {}
    for part in parts:
        if part is None:
            return None
        for at, count in part.items():
            found[at] = found.get(at, Decimal(0)) + count
    return found
