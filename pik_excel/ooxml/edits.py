"""What can be changed in a cell?"""

from __future__ import annotations

from decimal import Decimal

from pik_excel.ooxml.cellref import a1
from pik_excel.records import dataclass


@dataclass(frozen=True, slots=True)
class Failed:
    """An Excel error as a stored value: "#DIV/0!"."""

    code: str


Stand = Decimal | str | bool | Failed | None
"""A value as a cell stores it; None: nothing stored."""


@dataclass(frozen=True, slots=True)
class Number:
    """A typed number; dates are numbers too."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A typed text; what looks like a number or a formula stays text."""

    value: str


@dataclass(frozen=True)
class Truth:
    """WAHR or FALSCH."""

    value: bool


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in the file's notation (English names, commas, no "="), and the value stored with it."""

    text: str
    stored: Stand = None


@dataclass(frozen=True, slots=True)
class Blank:
    """No content; the format stays."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Only the value stored with the formula of the cell; the formula stays."""

    value: Stand


Content = Number | Text | Truth | Formula | Blank | Stored


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell and its new content; `row` and `column` count from 1.

    `style` is an index into the workbook's cellXfs; None keeps the cell's own, or for a new cell the row's or column's.
    """

    sheet: str
    row: int
    column: int
    content: Content
    style: int | None = None

    def __str__(self) -> str:
        return f"{self.sheet}!{a1(self.row, self.column)}"
