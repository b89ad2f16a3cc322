"""What do the tables state about a measure in a year?

Requested and provided amounts of one year are added. A cell that repeats another table's cell by a formula states
nothing of its own, and one that this program once projected is known by its formula: it is projected still. Where the
assumptions have changed since, so that the formula would be another, it states nothing: the rule does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import NamedTuple

from pik_excel.budget.money import Amount, Statement, round_half_up, same_money
from pik_excel.budget.tables import MeasureTable, Status, YearColumn
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Workbook
from pik_excel.projection.continuation import Continuation, Start
from pik_excel.projection.lines import Line, Row, repeats, which_column
from pik_excel.projection.own_cells import OwnCells
from pik_excel.projection.place import MainTables, Place, place_in
from pik_excel.projection.record import Part, ProjectedAmount, Standing, projected_parts
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, parse
from pik_excel.records import dataclass


class Stated(NamedTuple):
    """What is stated for one year. `covered`: a table says something of it, if only by a blank cell."""

    amount: ProjectedAmount
    covered: bool


@dataclass(frozen=True)
class Statements:
    """The statements of a workbook's tables; `mains` are the tables that a projection continues."""

    workbook: Workbook
    tables: tuple[MeasureTable, ...]
    mains: MainTables
    continuation: Continuation
    own: OwnCells = field(default_factory=lambda: OwnCells({}), repr=False)  # what was written by an earlier run
    _places: dict[int, Place] = field(default_factory=dict, repr=False)
    _columns: dict[int, dict[int, int | None]] = field(default_factory=dict, repr=False)
    _latest: list[Place] = field(default_factory=list, repr=False)

    def place(self, table: MeasureTable) -> Place:
        """Where the table's amounts stand, worked out once."""
        if id(table) not in self._places:
            self._places[id(table)] = place_in(table, self.workbook)
        return self._places[id(table)]

    def _in_year(self, year: int) -> Mapping[int, int | None]:
        """Which of its columns is that of the year, by the identity of the table."""
        if year not in self._columns:
            self._columns[year] = {id(table): which_column(table, year) for table in self.tables}
        return self._columns[year]

    def place_of(self, row: Row) -> Place:
        """Where the row's amounts stand; it is asked for year after year."""
        if not self._latest or self._latest[0].own is not row:
            self._latest[:] = [self.place(row.table).in_row(row)]
        return self._latest[0]

    def of(self, line: Line, year: int, start: Start | None) -> Stated | None:
        """All that the line's rows state for the year; `start` is the last amount stated before. None where no table
        has a column for it."""
        places = self._in_year(year)
        found = [
            (row, row.table.columns[place], row.measure.amounts[place])
            for row in line.rows
            if (place := places[id(row.table)]) is not None
        ]
        if not found:
            return None
        if self.own.entries:
            found = [one for one in found if not self._is_outdated(*one, line, start)]
        told = [one for one in found if one[2].formula is None or not self._says_nothing_new(one, found, line, start)]
        parts: tuple[Part, ...] = ()
        unread: tuple[Address, ...] = ()
        open_ended = False
        for row, column, amount in told:
            own = self._parts(row, amount, line, year, start)
            parts = parts + own if parts else own
            if not own and _unreadable(amount):
                unread += (amount.at,)
            open_ended = open_ended or column.year.open_ended
        blank = (told or found)[0][2].at if found else None
        return Stated(ProjectedAmount(year, parts, start, open_ended, unread, blank), covered=bool(told))

    def _is_outdated(self, row: Row, column: YearColumn, amount: Amount, line: Line, start: Start | None) -> bool:
        """Whether an earlier run wrote the cell, or left it empty, by assumptions that have changed since."""
        year = column.year.value
        names = line.names(row)
        if not self.own.once_wrote(names, year) or row.table not in self.mains:
            return False
        if self._was_projected(row, amount, line, year, start, line.assumption):
            return False
        return self.own.scenario_of(names, year, amount) is not None

    def _says_nothing_new(
        self,
        one: tuple[Row, YearColumn, Amount],
        found: list[tuple[Row, YearColumn, Amount]],
        line: Line,
        start: Start | None,
    ) -> bool:
        """Whether the formula repeats another cell of the line, or was projected under an assumption that is not in
        force."""
        row, column, amount = one
        if any(repeats(amount, other) for _row, _column, other in found if other is not amount):
            return True
        return any(
            self._was_projected(row, amount, line, column.year.value, start, rule)
            for rule in line.assumptions
            if rule is not line.assumption
        ) and not self._was_projected(row, amount, line, column.year.value, start, line.assumption)

    def _parts(self, row: Row, amount: Amount, line: Line, year: int, start: Start | None) -> tuple[Part, ...]:
        eur = _eur(amount)
        if eur is None:
            return ()
        if amount.formula is None and line.assumption is None:
            return (Part(_standing(row.status), eur, None, amount.at, amount.unit),)
        if self._was_projected(row, amount, line, year, start, line.assumption):
            exact = self.continuation.exact(line, line.assumption, year, start)
            covered = self.continuation.covered(line.assumption)
            return projected_parts(eur, exact, covered, amount.at, amount.unit)
        exact = self._exact(row, amount, eur, line, year)
        return (Part(_standing(row.status), eur, exact, amount.at, amount.unit),)

    def _was_projected(
        self, row: Row, amount: Amount, line: Line, year: int, start: Start | None, assumption: object
    ) -> bool:
        """Whether the cell holds, to the letter, the formula that this assumption gives there."""
        if amount.formula is None or row.table not in self.mains:
            return False
        rule = next((known for known in line.assumptions if known is assumption), None)
        if assumption is not None and rule is None:
            return False
        term = self.continuation.term(line, rule, year, self.place_of(row), start)
        return term is not None and term.text == amount.formula

    def _exact(self, row: Row, amount: Amount, eur: Decimal, line: Line, year: int) -> Decimal | None:
        """EUR behind a rounded amount: what its ROUND rounds, else what the measure's rule gives if that fits."""
        if amount.formula is not None:
            return self._rounded_cell(amount)
        if row.status is Status.PROVIDED or line.assumption is None:
            return None
        exact = self.continuation.exact(line, line.assumption, year, None)
        if exact is None:
            return None
        fits = round_half_up(exact / amount.unit.factor) * amount.unit.factor == eur
        return exact if fits and exact else None

    def _rounded_cell(self, amount: Amount) -> Decimal | None:
        """65.500 for a cell `=ROUND(Annahmen!C6/1000,0)`."""
        at = amount.at
        match parse(amount.formula or "", at.row, at.column):
            case Call("ROUND", (Operation("/", Reference() as cell, Number(value=factor)), _)):
                exact = self._value(cell, at)
            case Call("ROUND", (Reference() as cell, _)):
                exact, factor = self._value(cell, at), Decimal(1)
            case _:
                return None
        if exact is None or amount.stated is None or not factor:
            return None
        fits = same_money(round_half_up(exact / factor), amount.stated)
        return exact / factor * amount.unit.factor if fits else None

    def _value(self, node: Node, at: Address) -> Decimal | None:
        if not isinstance(node, Reference) or not node.single:
            return None
        area = node.area(at.row, at.column)
        there = self.workbook.cell(Address(node.sheet if node.sheet is not None else at.sheet, area.top, area.left))
        return there.value if there is not None and isinstance(there.value, Decimal) else None


def _standing(status: Status) -> Standing:
    if status is Status.REQUESTED:
        return Standing.REQUESTED
    return Standing.PROVIDED if status is Status.PROVIDED else Standing.DECIDED


def _eur(amount: Amount) -> Decimal | None:
    """EUR as the cell states them; a dash is 0, said on purpose."""
    return Decimal(0) if amount.statement is Statement.DASH else amount.eur


def _unreadable(amount: Amount) -> bool:
    """Whether the cell should state an amount and does not: an error, a text, a formula nobody could compute."""
    if amount.statement is Statement.ERROR or amount.statement is Statement.UNREADABLE:
        return True
    return amount.formula is not None and _eur(amount) is None
