"""Which rows take over what the year before came to, and what is that in years to come? "Stand 01.01." of 2028 is
"Stand 31.12." of 2027.

Such a row goes on by its formula, filled to the right. What it comes to follows from the rows that make up the closing
stand, as the formula of that adds and subtracts them; where that is not certain, the row is not taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, same_money
from pik_excel.budget.tables import Measure, MeasureTable
from pik_excel.grid.formula import shifted
from pik_excel.grid.reference import Address, column_number
from pik_excel.grid.workbook import Workbook
from pik_excel.patterns import pattern
from pik_excel.projection.elsewhere import Elsewhere
from pik_excel.projection.lines import Line, Row
from pik_excel.projection.own_cells import OwnCells
from pik_excel.projection.place import Place
from pik_excel.projection.term import Term
from pik_excel.recalc.syntax import Call, Node, Operation, Reference, Sign, parse
from pik_excel.records import dataclass

_SINGLE = pattern(r"\+?([A-Z]{1,3})(\$?\d{1,7})")  # a column that moves along
_DEEPEST = 20  # totals of totals


@dataclass(frozen=True)
class Carried:
    """How a row takes over the closing stand: by the formula of the cell `at`; `closing` is the cell it takes there,
    `adds` says of which measures that is made up, by their names' cells, and how often each counts: -1 for a Tilgung.
    `until` is the last year that staff stated; `own` are later cells, which an earlier run wrote. With `same_year` the
    measures are those of other sheets, of the same year."""

    at: Address
    formula: str
    closing: Address
    adds: Mapping[Address, int]
    until: int
    own: Mapping[int, Amount]
    same_year: bool = False

    def term(self, year: int, eur: Decimal, place: Place) -> Term:
        """What is written for that amount of the year in its table."""
        formula = shifted(self.formula, 0, place.columns[year] - self.at.column)
        return Term(eur / place.unit.factor, formula, place.unit, settled=True)


def carried_rows(
    lines: Sequence[Line], mains: Sequence[MeasureTable], workbook: Workbook, own: OwnCells
) -> dict[Address, Carried]:
    """Those of the lists that go on, by the first cell of their lines. Only measures that stand in one row are looked
    at: what another table says of a year besides is not in the sum."""
    own_tables = frozenset(map(id, mains))
    alone = {line.at: line for line in lines if len(line.rows) == 1}
    written = {at: line for at, line in alone.items() if id(line.rows[0].table) in own_tables}
    found = {at: _carried(line, workbook, own) for at, line in written.items()}
    stands = {at: one for at, one in found.items() if one is not None and one.adds.keys() <= alone.keys()}
    elsewhere = Elsewhere(mains, workbook)
    taken = {at: _taken(line, elsewhere, own) for at, line in written.items() if at not in stands}
    leading = {line.at for line in lines if line.rows and all(map(_only_repeats, line.rows[1:]))}
    known = leading - {at for at, one in taken.items() if one is not None}
    return stands | {at: one for at, one in taken.items() if one is not None and one.adds.keys() <= known}


def _only_repeats(row: Row) -> bool:
    return all(amount.formula is not None or amount.statement is Statement.BLANK for amount in row.measure.amounts)


def _taken(line: Line, elsewhere: Elsewhere, own: OwnCells) -> Carried | None:
    row = line.rows[0]
    adds = elsewhere.sources(row)
    if adds is None:
        return None
    columns = [
        (column.year.value, amount) for column, amount in zip(row.table.columns, row.measure.amounts, strict=True)
    ]
    later = {year: amount for year, amount in columns if own.scenario_of(line.names(row), year, amount) is not None}
    until = max((year for year, _amount in columns if year not in later), default=0)
    at, formula = next(((one.at, one.formula) for year, one in columns if year == until), (None, None))
    return None if at is None or formula is None else Carried(at, formula, at, adds, until, later, same_year=True)


def _carried(line: Line, workbook: Workbook, own: OwnCells) -> Carried | None:
    row = line.rows[0]
    pairs = [
        (column.year.value, amount)
        for column, amount in zip(row.table.columns, row.measure.amounts, strict=True)
        if not column.year.open_ended
    ]
    if not any(amount.formula is not None and _SINGLE.fullmatch(amount.formula) for _year, amount in pairs):
        return None  # as nearly always
    later = {year: amount for year, amount in pairs if own.scenario_of(line.names(row), year, amount) is not None}
    stated = {year: amount for year, amount in pairs if year not in later}
    columns = {amount.at.column: year for year, amount in pairs}
    if len(dict(pairs)) < len(pairs):
        return None  # two columns of a year
    last = max(stated, default=0)
    amount, closing = stated.get(last), _closing(stated[last]) if stated else None
    if amount is None or closing is None or columns.get(closing.column) != last - 1:
        return None
    adds = _Stand(row, amount.at.column, workbook).adds(closing._replace(column=amount.at.column))
    return Carried(amount.at, amount.formula or "", closing, adds, last, later) if adds else None


def _closing(amount: Amount) -> Address | None:
    """The cell of the column before that the amount's formula takes, in another row."""
    found = _SINGLE.fullmatch(amount.formula or "")
    if found is None or column_number(found[1]) != amount.at.column - 1:
        return None
    row = int(found[2].lstrip("$"))
    return None if row == amount.at.row else amount.at._replace(row=row, column=amount.at.column - 1)


class _Stand:
    """Of which measures a closing stand is made up, in one column."""

    def __init__(self, row: Row, column: int, workbook: Workbook) -> None:
        self._table, self._column, self._workbook = row.table, column, workbook
        self._unit = row.measure.amounts[0].unit
        self._measures = {measure.at.row: measure for measure in row.table.measures}

    def adds(self, at: Address) -> dict[Address, int] | None:
        """How often each counts; None where that cannot be told, or is not what the cell shows."""
        cell = self._workbook.cell(at)
        if cell is None or cell.formula is None or at.row in self._measures:
            return None
        found = self._of(parse(cell.formula, *at[1:]), at, _DEEPEST)
        if not found or not isinstance(cell.value, Decimal):
            return None
        shown = sum((self._stated(name) * times for name, times in found.items()), Decimal(0))
        return found if same_money(shown, cell.value) else None

    def _stated(self, name: Address) -> Decimal:
        amount = self._amount(self._measures[name.row])
        return amount.stated or Decimal(0) if amount is not None else Decimal(0)

    def _amount(self, measure: Measure) -> Amount | None:
        return next((amount for amount in measure.amounts if amount.at.column == self._column), None)

    def _of(self, node: Node, at: Address, depth: int) -> dict[Address, int] | None:
        match node:
            case Operation("+" | "-" as sign, left, right):
                return _together(
                    [(self._of(left, at, depth), 1), (self._of(right, at, depth), -1 if sign == "-" else 1)]
                )
            case Sign(sign, operand):
                return _together([(self._of(operand, at, depth), -1 if sign == "-" else 1)])
            case Call("SUM", arguments):
                return _together([(self._of(one, at, depth), 1) for one in arguments])
            case Reference():
                return self._referred(node, at, depth)
        return None

    def _referred(self, node: Reference, at: Address, depth: int) -> dict[Address, int] | None:
        area = node.area(at.row, at.column)
        if node.sheet is not None or node.left.fixed or node.right.fixed or area.left != area.right:
            return None
        if area.left != self._column or area.bottom - area.top > self._table.area.bottom or not depth:
            return None
        return _together([(self._cell(at._replace(row=row), depth), 1) for row in range(area.top, area.bottom + 1)])

    def _cell(self, at: Address, depth: int) -> dict[Address, int] | None:
        measure = self._measures.get(at.row)
        if measure is not None:
            amount = self._amount(measure)
            plain = amount is not None and amount.text is None and amount.unit is self._unit
            known = amount is not None and amount.statement in (Statement.NUMBER, Statement.BLANK)
            return {measure.at: 1} if plain and known else None
        cell = self._workbook.cell(at)
        if cell is None or (cell.value is None and not cell.has_formula):
            return {}
        return self._of(parse(cell.formula, *at[1:]), at, depth - 1) if cell.formula is not None else None


def _together(parts: Iterable[tuple[dict[Address, int] | None, int]]) -> dict[Address, int] | None:
    found: dict[Address, int] = {}
    for part, times in parts:
        if part is None:
            return None
        for at, count in part.items():
            found[at] = found.get(at, 0) + count * times
    return found
