"""What does one cell of a workbook hold?"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pik_excel.grid.formula import r1c1
from pik_excel.grid.shared import SharedFormula


class ErrorValue(str):
    """An Excel error as a cell's value: "#REF!", "#DIV/0!" …"""

    __slots__ = ()


Value = Decimal | str | bool | ErrorValue | None
"""What a cell shows; dates are numbers with a date format, as in the file. None: no value stored."""
Source = str | SharedFormula | None
"""A cell's formula as it is held: a cell that it was filled into names the formula that it is a copy of."""


class _Record(NamedTuple):
    row: int
    column: int
    value: Value
    formula: Source
    style: int
    array: str | None


class Cell(_Record):
    """One cell. A tuple because a large sheet has 300,000 of them and it is the cheapest immutable record.

    `style` is the index into `Workbook.styles` and `number_formats` (the file's cellXfs); `array` is the range of the
    array formula or data table that this cell heads.
    """

    __slots__ = ()

    def __new__(
        cls,
        row: int,
        column: int,
        value: Value,
        formula: Source = None,
        style: int = 0,
        array: str | None = None,
    ) -> Cell:
        return tuple.__new__(cls, (row, column, value, formula, style, array))

    @property
    def formula(self) -> str | None:
        """The formula without "=", as this cell has it; worked out here for a copy of another."""
        source = self[3]
        return source.at(self.row, self.column) if isinstance(source, SharedFormula) else source

    @property
    def has_formula(self) -> bool:
        """Whether it has a formula, without working it out."""
        return self[3] is not None

    @property
    def r1c1(self) -> str | None:
        """The formula in R1C1 form: equal for cells whose formulas are copies of each other."""
        source = self[3]
        if isinstance(source, SharedFormula):
            return source.r1c1
        return None if source is None else r1c1(source, self.row, self.column)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cell):
            return NotImplemented
        return self[:3] == other[:3] and self[4:] == other[4:] and self.formula == other.formula

    def __hash__(self) -> int:
        return hash((self[:3], self[4:]))
