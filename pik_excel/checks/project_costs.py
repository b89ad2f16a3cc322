"""Which column states what a whole project costs, and in which rows do the years before, the years and the rest, or
those who pay for it in the columns beside, not come to that?

No header tells it for certain; so the rows have to: all but few of them must come out even.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, same_money
from pik_excel.budget.tables import Aside, Financing, FinancingPart, LeftOut, Measure, MeasureTable
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import formulas, once
from pik_excel.grid.reference import Address, Area, column_number
from pik_excel.grid.workbook import Sheet
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_ENOUGH = 3  # rows that come out even, with so many different costs
_RARE = 4  # and one in so many that does not, but one in any case
_KNOWN = (Statement.NUMBER, Statement.BLANK, Statement.DASH)
_NOTHING = Decimal(0)
_CELLS = pattern(r"\$?([A-Z]{1,3})\$?\d+(?::\$?([A-Z]{1,3})\$?\d+)?")


@dataclass(frozen=True)
class ProjectCost:
    """A row's cost, as stated in the column headed `header`, and the amounts that should make it up: those of the
    years, or of the columns behind it; `even` is the number of rows that come out."""

    measure: Measure
    header: str
    cost: Amount
    parts: tuple[Amount, ...]
    even: int
    by_year: bool = True

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The cost, then its parts."""
        return (self.cost, *self.parts)

    @property
    def added(self) -> Decimal:
        """What the parts make."""
        return sum((part.stated or _NOTHING for part in self.parts), _NOTHING)

    @property
    def missing(self) -> Decimal:
        """What the parts fall short of the cost."""
        return (self.cost.stated or _NOTHING) - self.added

    @property
    def financing(self) -> Financing:
        """The row as one, where its parts are those who pay."""
        at = self.cost.at
        area = Area(at.row, at.column, at.row, self.parts[-1].at.column)
        parts = tuple(FinancingPart(part.at.a1, part.at, part, None, None, None) for part in self.parts)
        return Financing(self.measure.name, at.sheet, area, None, parts, self.cost, None)

    @property
    def is_even(self) -> bool:
        """Whether the parts make up the cost."""
        return same_money(self.cost.stated or _NOTHING, self.added)


@once
def project_costs(subject: Subject) -> tuple[ProjectCost, ...]:
    """The rows that do not come out even, of all such columns."""
    return tuple(one for table in subject.reading.budget.measure_tables for one in _of_table(subject, table))


def _of_table(subject: Subject, table: MeasureTable) -> Iterator[ProjectCost]:
    sheet = subject.reading.workbook.sheet(table.sheet)
    if sheet is None or len(table.measures) < _ENOUGH:
        return
    beside = [one for one in table.left_out if not one.row]
    before = [one for one in beside if one.why is Aside.EARLIER]
    for column in beside:
        if column.why in {Aside.UNKNOWN, Aside.FIELD}:
            found = list(_uneven(sheet, table, column, before, by_year=True))
            payers = _right_behind(column, beside)
            if len(payers) > 1:
                found += _uneven(sheet, table, column, payers, by_year=False)
            yield from (one for one in found if _is_like_the_others(subject, table, one))


def _is_like_the_others(subject: Subject, table: MeasureTable, one: ProjectCost) -> bool:
    """Whether the cost is typed, or a formula as in another row: one of its own is a fault of the formula."""
    shape, at = formulas(subject).shape(one.cost.at), one.cost.at
    rows = (measure.at.row for measure in table.measures if measure.at.row != at.row)
    return shape is None or any(formulas(subject).shape(Address(at.sheet, row, at.column)) is shape for row in rows)


def _right_behind(column: LeftOut, beside: Sequence[LeftOut]) -> list[LeftOut]:
    """The columns of other figures that follow without a gap."""
    by_column = {one.at.column: one for one in beside if one.why in {Aside.UNKNOWN, Aside.SHARE}}
    found: list[LeftOut] = []
    while (following := by_column.get(column.at.column + len(found) + 1)) is not None:
        found.append(following)
    return found


def _uneven(
    sheet: Sheet, table: MeasureTable, column: LeftOut, others: Sequence[LeftOut], by_year: bool
) -> Iterator[ProjectCost]:
    even, differing = [], []
    for measure, cost, added in _sums(sheet, table, column, others, by_year):
        if same_money(cost, added):
            even.append(cost)
        else:
            differing.append(measure)
            if len(differing) > max(1, (len(table.measures) - len(differing)) // _RARE):
                return  # whatever the rows below say
    if len(set(even)) < _ENOUGH or len(differing) > max(1, len(even) // _RARE):
        return
    for measure in differing:
        one = _row(sheet, measure, column, others, by_year, len(even))
        if not _reads_its_parts(one):
            yield one


def _sums(
    sheet: Sheet, table: MeasureTable, column: LeftOut, others: Sequence[LeftOut], by_year: bool
) -> Iterator[tuple[Measure, Decimal, Decimal]]:
    """What each row states as its cost and what its parts make; rows of which an amount is not known left out."""
    lines = [measure.at.row for measure in table.measures]
    values = [sheet.cells.column(one.at.column, lines) for one in (column, *others)]
    for measure, cost, *beside in zip(table.measures, *values, strict=True):
        years = measure.amounts if by_year else ()
        if (
            not isinstance(cost, Decimal)
            or not cost
            or any(one.statement not in _KNOWN or one.text is not None for one in years)
        ):
            continue
        parts = [one.stated for one in years if one.stated] + [value for value in beside if isinstance(value, Decimal)]
        if any(parts) and all(value is None or isinstance(value, Decimal) for value in beside):
            yield measure, cost, sum(parts, _NOTHING)


def _reads_its_parts(one: ProjectCost) -> bool:
    """Whether the cost is a formula over them; what others pay, added up, says as much as a typed cost."""
    columns = {part.at.column for part in one.parts}
    for match in _CELLS.finditer(one.cost.formula or ""):
        first = column_number(match[1])
        if not columns.isdisjoint(range(first, (column_number(match[2]) if match[2] else first) + 1)):
            return True
    return False


def _row(
    sheet: Sheet, measure: Measure, column: LeftOut, others: Sequence[LeftOut], by_year: bool, even: int
) -> ProjectCost:
    cost, *beside = (_amount(sheet, measure, one) for one in (column, *others))
    given = tuple(part for part in (*beside, *(measure.amounts if by_year else ())) if part.stated)
    return ProjectCost(measure, " ".join(column.label.split()), cost, given, even, by_year)


def _amount(sheet: Sheet, measure: Measure, column: LeftOut) -> Amount:
    at = Address(sheet.name, measure.at.row, column.at.column)
    cell = sheet.cells.get((at.row, at.column))
    own = measure.amounts[0].unit
    if cell is None or cell.value is None:
        return Amount(at, Statement.BLANK, None, own)
    if not isinstance(cell.value, Decimal):
        return Amount(at, Statement.UNREADABLE, None, own)
    return Amount(at, Statement.NUMBER, cell.value, own, cell.formula)
