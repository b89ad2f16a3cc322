"""What is each row of a table: a measure, a heading, a total, a part that no total adds, a note, a change in %?"""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal

from pik_excel.budget.marks import opening_mark
from pik_excel.budget.money import Statement
from pik_excel.layout.asides import aside_row
from pik_excel.layout.labels import label_of, role_of
from pik_excel.layout.page import Page
from pik_excel.layout.rows import Row, Sums, is_sum_formula

_SAYS_NOTHING = (Statement.BLANK, Statement.UNREADABLE)
_FIRST_NUMBER = 9  # that the first column of amounts may have where the columns are numbered
_FEWEST = 3  # measures, and years with different sums, by which a sum is known without its name
_ZERO = Decimal(0)
_NOT_IN_THE_RUN = ("memo", "note", "head", "aside")


def kinds_of(page: Page, rows: Sequence[Row], sums: Sums, entries: Container[int] = ()) -> list[str]:
    """For each row "head", "measure", "memo", "total", "aside" or "note"; the rows `entries` are measures even without
    an amount."""
    kinds = [_kind(page, row) for row in rows]
    kinds = [
        "measure" if kind == "head" and row.number in entries else kind for row, kind in zip(rows, kinds, strict=True)
    ]
    numbered = _numbered(rows, kinds)
    ends = (rows[0].number - 2, rows[-1].number + 2)  # a range may reach into an empty row at its ends
    last = max((index for index, kind in enumerate(kinds) if kind not in _NOT_IN_THE_RUN), default=-1)
    above = _Above(rows)
    for index, row in enumerate(rows):
        if kinds[index] == "head" and numbered and label_of(row.label).number is not None:
            kinds[index] = "measure"
        elif kinds[index] == "perhaps total":
            is_total = (
                index >= last
                or is_sum_formula(row, *ends)
                or _sums_all_above(rows, kinds, index, sums)
                or _balances(rows, kinds, index, sums)
            )
            kinds[index] = "total" if is_total else "measure"
        elif kinds[index] == "measure" and (
            is_sum_formula(row, *ends)
            or (index == last and not row.label and _sums_all_above(rows, kinds, index, sums))
            or above.are_stated_by(row)
        ):
            kinds[index] = "total"
        above.pass_by(row, kinds[index])
    return kinds


class _Above:
    """The measures since the last total, added up column by column while the rows are read from the top."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._sums = [_ZERO] * max((len(row.amounts) for row in rows), default=0)
        self._count = 0

    def pass_by(self, row: Row, kind: str) -> None:
        """The row is now above the next one."""
        if kind == "total":
            self._sums, self._count = [_ZERO] * len(self._sums), 0
        elif kind == "measure":
            for index, amount in enumerate(row.amounts):
                self._sums[index] += amount.stated or _ZERO
            self._count += 1

    def are_stated_by(self, row: Row) -> bool:
        """Whether the row states their sum, typed, in so many different years that this is no chance, whatever it is
        called: in all but one at most."""
        if self._count < _FEWEST:
            return False
        right: set[Decimal] = set()
        wrong = 0
        for amount, added in zip(row.amounts, self._sums, strict=False):
            stated = amount.stated
            if stated and stated == added:
                right.add(stated)
            elif stated:
                wrong += 1
                if wrong > 1:
                    return False
        return len(right) >= _FEWEST and all(amount.typed for amount in row.amounts if amount.stated)


def _kind(page: Page, row: Row) -> str:
    if not row.filled:
        return "head" if row.label and opening_mark(row.label) is None else "note"
    if not row.label and _numbers_the_columns(row):
        return "note"
    if aside_row(page, row) is not None:
        return "aside"
    role = role_of(row.label, page.words)
    if (
        role == "measure"
        and row.amounts[0].stated is None
        and all(amount.statement in _SAYS_NOTHING for amount in row.amounts)
    ):
        return "head"
    return role


def _numbered(rows: Sequence[Row], kinds: Sequence[str]) -> bool:
    """Whether measures are numbered, so that a numbered row without amounts is one of them, and not a group."""
    if "head" not in kinds:
        return False
    named = [row for row, kind in zip(rows, kinds, strict=True) if kind == "measure"]
    numbers = [label_of(row.label).number for row in named]
    heads = [label_of(row.label).number for row, kind in zip(rows, kinds, strict=True) if kind == "head"]
    given = {number for number in numbers if number is not None}
    return len(given) * 2 > len(named) and not given.intersection(number for number in heads if number is not None)


def _balances(rows: Sequence[Row], kinds: Sequence[str], index: int, sums: Sums) -> bool:
    """Whether the row is the difference of the two totals before it."""
    before = [row.number for row, kind in zip(rows[:index], kinds, strict=False) if kind == "total"][-2:]
    return sums.is_balance(rows[index].number, before)


def _numbers_the_columns(row: Row) -> bool:
    """Whether the row only counts the columns, below a header: 1, 2, 3."""
    values = [amount.stated for amount in row.amounts]
    first = values[0]
    if first is None or not 1 <= first <= _FIRST_NUMBER or len(values) < 2:
        return False
    return all(value == first + step for step, value in enumerate(values))


def _sums_all_above(rows: Sequence[Row], kinds: Sequence[str], index: int, sums: Sums) -> bool:
    """Whether the row states the sums of the measures above it, in most columns at least."""
    above = [row.number for row, kind in zip(rows[:index], kinds, strict=False) if kind == "measure"]
    return len(above) > 1 and sums.fits(rows[index].number, above)
