"""A block of totals: a row a group, a column a year, all of it formulas on the table of measures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pik_excel.consolidation.record import Column
from pik_excel.grid.reference import column_letters
from pik_excel.language import _
from pik_excel.records import dataclass
from pik_excel.writeback.consolidated.forms import Forms, headed, put, put_formula
from pik_excel.writeback.consolidated.sums import Group, Sums

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NAME, COUNT, YEARS = 0, 1, 2  # columns, from 0
GAP = 2  # rows after a block


@dataclass(frozen=True)
class Block:
    """Where a block stands, rows from 0: its head, its first and last group, its total."""

    head: int
    first: int
    last: int
    total: int
    keys: tuple[str, ...]

    @property
    def end(self) -> int:
        """The first row that is free below it."""
        return self.total + 1 + GAP


class Blocks:
    """Writes blocks one below the other."""

    def __init__(self, sheet: Worksheet, sums: Sums, forms: Forms, only_years: bool = False) -> None:
        """`only_years`: without results and "ff."."""
        self._sheet, self._sums, self._forms = sheet, sums, forms
        every = sums.columns()
        some = [column for column in every if column is None or column.is_added or column == Column(None)]
        self.columns = some if only_years and any(some) else every

    @property
    def right(self) -> int:
        """The last column."""
        return YEARS + len(self.columns) - 1

    def write(self, row: int, title: str, group: Group, nothing: str) -> Block:
        """The block of that group from `row` on; `nothing` is what lines without a name are called."""
        keys = self._sums.keys(group)
        self._sheet.set_row(row, 22)
        for column in range(self.right + 1):
            put(self._sheet, row, column, title if column == NAME else "", self._forms.section)
        self._head(row + 1, group)
        block = Block(row + 1, row + 2, row + 1 + len(keys), row + 2 + len(keys), tuple(keys))
        for line, key in enumerate(keys, block.first):
            self._group(line, group, key, nothing)
        self._total(block)
        return block

    def _head(self, row: int, group: Group) -> None:
        put(self._sheet, row, NAME, group, self._forms.head)
        put(self._sheet, row, COUNT, headed(_("Zeilen")), self._forms.head_right)
        for index, column in enumerate(self.columns, YEARS):
            put(self._sheet, row, index, self._sums.heading(column), self._forms.head_right)

    def _group(self, row: int, group: Group, key: str, nothing: str) -> None:
        cell = f"${column_letters(NAME + 1)}{row + 1}"
        put(self._sheet, row, NAME, key or nothing, self._forms.text, self._forms.quoted)
        counted = Decimal(self._sums.count(group, key))
        put_formula(self._sheet, row, COUNT, self._sums.count_of_group(group, key, cell), self._forms.count, counted)
        for index, column in enumerate(self.columns, YEARS):
            form = self._forms.part_sum if column is None else self._forms.part
            value = self._sums.value(column, group, key)
            put_formula(self._sheet, row, index, self._sums.of_group(column, group, key, cell), form, value)

    def _total(self, block: Block) -> None:
        """The sum of the rows above: in Excel it must equal the total of the table, to which it owes nothing."""
        put(self._sheet, block.total, NAME, headed(_("Gesamt")), self._forms.total_name)
        self._added(block, COUNT, Decimal(self._sums.count()), self._forms.total_count)
        for index, column in enumerate(self.columns, YEARS):
            self._added(block, index, self._sums.value(column), self._forms.total)

    def _added(self, block: Block, column: int, value: Decimal, form: Format) -> None:
        letters = column_letters(column + 1)
        formula = f"=SUM({letters}{block.first + 1}:{letters}{block.last + 1})"
        put_formula(self._sheet, block.total, column, formula, form, value)


def is_year(column: Column | None) -> bool:
    """Whether a chart over the years shows it."""
    return column is not None and column.is_added
