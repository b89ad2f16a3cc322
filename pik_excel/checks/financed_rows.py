"""Which lists state in each row what a measure costs and who pays it, with shares and caps beside?

Column heads alone do not tell what adds up to what; so the rows have to: all but few of them must come out even.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, round_half_up
from pik_excel.budget.tables import Financing, FinancingPart, LeftOut, Measure, MeasureList
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import Vocabulary, vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_ENOUGH = 3  # rows that come out even
_RARE = 4  # and one in so many that does not, but one in any case
_GRANT = pattern(r"zuwendung|zuschuss|zuschüsse|förder(?!satz|quote)|bewilligt|bewilligung|grant|subsid", re.IGNORECASE)
_MOST = pattern(r"max|höchst|obergrenze|deckel", re.IGNORECASE)
_ROUNDED = Decimal("1e-9")


@dataclass(frozen=True)
class FinancedRow:
    """A row's financing; the part that is granted, and what the columns beside allow at most: a share, an amount."""

    measure: Measure
    financing: Financing
    granted: FinancingPart | None
    caps: tuple[tuple[Address, Decimal], ...]

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The cost, then its parts."""
        total = self.financing.total
        return (*((total,) if total else ()), *(part.amount for part in self.financing.parts))

    @property
    def is_even(self) -> bool:
        """Whether the parts make up the cost."""
        return abs(self.missing) <= _ROUNDED

    @property
    def missing(self) -> Decimal:
        """What the parts fall short of the cost, as stated."""
        whole, *parts = (amount.stated or Decimal(0) for amount in self.amounts)
        return whole - sum(parts, Decimal(0))


@once
def financed_rows(subject: Subject) -> tuple[FinancedRow, ...]:
    """The rows of all such lists."""
    words = vocabulary(subject.schema)
    lists = [one for one in subject.reading.budget.lists if one.family == "approvals"]
    return tuple(row for one in lists for row in _rows(subject, one, words))


def _rows(subject: Subject, table: MeasureList, words: Vocabulary) -> Iterator[FinancedRow]:
    sheet = subject.reading.workbook.sheet(table.sheet)
    whole = _cost(table, words)
    if sheet is None or whole is None:
        return
    parts = [index for index in range(len(table.columns)) if index != whole]
    rows = [one for one in table.measures if _are_known([one.amounts[index] for index in (whole, *parts)])]
    rows = [one for one in rows if one.amounts[whole].stated]
    if len(parts) < 2 or not _nearly_all([_is_even(one, whole, parts) for one in rows]):
        return
    shares = {
        index: left
        for left in _beside(table)
        if (index := _part_of_share(sheet, left, rows, parts, whole, table)) is not None
    }
    grants = [index for index in parts if _GRANT.search(table.columns[index].label)]
    granted = next(iter(shares), grants[0] if len(grants) == 1 else None)
    limits = [left for left in _beside(table) if _MOST.search(left.label)] if granted is not None else []
    for measure in rows:
        own = {index: _part(sheet, table, measure, index, shares.get(index)) for index in parts}
        financing = Financing(
            measure.name, table.sheet, table.area, None, tuple(own.values()), measure.amounts[whole], None
        )
        caps = tuple((at, value) for left in limits for at, value in _number(sheet, left, measure) if value > 0)
        yield FinancedRow(measure, financing, own[granted] if granted is not None else None, caps)


def _cost(table: MeasureList, words: Vocabulary) -> int | None:
    """The one column of the whole cost, in the unit of all others."""
    found = [index for index, one in enumerate(table.columns) if "gesamtkosten" in words.fields_of(one.label)]
    same = len({(one.unit, one.year) for one in table.columns}) == 1
    return found[0] if len(found) == 1 and same else None


def _are_known(amounts: Sequence[Amount]) -> bool:
    known = {Statement.NUMBER, Statement.BLANK, Statement.DASH}
    return all(amount.statement in known and (amount.text is None or amount.stated is None) for amount in amounts)


def _is_even(measure: Measure, whole: int, parts: Sequence[int]) -> bool:
    added = sum((measure.amounts[index].stated or Decimal(0) for index in parts), Decimal(0))
    return abs(added - (measure.amounts[whole].stated or Decimal(0))) <= _ROUNDED


def _nearly_all(right: Sequence[bool]) -> bool:
    return right.count(True) >= _ENOUGH and right.count(False) <= max(1, len(right) // _RARE)


def _beside(table: MeasureList) -> Iterator[LeftOut]:
    """The columns of other figures."""
    taken = {column.at.column for column in table.columns}
    return (one for one in table.left_out if not one.row and one.at.column not in taken)


def _number(sheet: Sheet, left: LeftOut, measure: Measure) -> Iterator[tuple[Address, Decimal]]:
    value = sheet.value(measure.at.row, left.at.column)
    if isinstance(value, Decimal):
        yield sheet.address(measure.at.row, left.at.column), value


def _is_share(sheet: Sheet, left: LeftOut, rows: Sequence[Measure], index: int, whole: int) -> bool:
    """Whether the column states what share of the cost that part is."""
    if _MOST.search(left.label):
        return False
    pairs = [(one, value) for one in rows for _at, value in _number(sheet, left, one)]
    return len(pairs) == len(rows) and _nearly_all([_states(one, value, index, whole) for one, value in pairs])


def _part_of_share(
    sheet: Sheet, left: LeftOut, rows: Sequence[Measure], parts: Sequence[int], whole: int, table: MeasureList
) -> int | None:
    """The one part whose share the column states: in most rows, as halves are those of two; among equals the grant."""
    fitting = {
        index: sum(_states(one, value, index, whole) for one in rows for _at, value in _number(sheet, left, one))
        for index in parts
        if _is_share(sheet, left, rows, index, whole)
    }
    return max(
        fitting, key=lambda index: (fitting[index], _GRANT.search(table.columns[index].label) is not None), default=None
    )


def _states(measure: Measure, share: Decimal, index: int, whole: int) -> bool:
    part, cost = measure.amounts[index].stated, measure.amounts[whole].stated
    digits = max(_percent_digits(share), 1) + 2
    return bool(cost) and part is not None and cost is not None and round_half_up(part / cost, digits) == share


def _percent_digits(share: Decimal) -> int:
    return max(-int((share * 100).normalize().as_tuple().exponent), 0)


def _part(sheet: Sheet, table: MeasureList, measure: Measure, index: int, left: LeftOut | None) -> FinancingPart:
    amount, label = measure.amounts[index], table.columns[index].label
    found = next(_number(sheet, left, measure), None) if left is not None else None
    if found is None or sheet.cells[found[0].row, found[0].column].formula is not None:
        return FinancingPart(label, amount.at, amount, None, None, None)
    return FinancingPart(label, amount.at, amount, found[1], found[0], max(_percent_digits(found[1]), 1))
