"""What do `C4`, `$C$4:D9` and `'Finanzielle Auswirkungen'!C4` point at?"""

from __future__ import annotations

from typing import NamedTuple

from pik_excel.ooxml.cellref import MAX_COLUMN, MAX_ROW
from pik_excel.ooxml.cellref import column_of as column_number
from pik_excel.ooxml.cellref import letters as column_letters
from pik_excel.patterns import pattern

__all__ = ["MAX_COLUMN", "MAX_ROW", "Address", "Area", "area_of", "column_letters", "column_number", "quoted"]

_NEEDS_NO_QUOTES = pattern(r"[^\W\d][\w.]*\Z")
_LOOKS_LIKE_A_CELL = pattern(r"([A-Za-z]{1,3}\d+|[Rr]\d*([Cc]\d*)?|[Cc]\d*)\Z")

_CORNER = pattern(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?\Z")


class Address(NamedTuple):
    """One cell of a workbook; `row` and `column` count from 1. `str()` gives "Sheet!C4", unquoted, for people."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The cell without its sheet: "C4"."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"


class Area(NamedTuple):
    """A rectangle of cells, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """ "C4:D9", or "C4" for a single cell."""
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    @property
    def size(self) -> int:
        """How many cells it has, filled or not."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def area_of(text: str) -> Area | None:
    """What "C4", "$C$4:D9", "C:D" or "4:9" spans, corners put in order; None where it is none of these."""
    corners = [_CORNER.match(corner) for corner in text.strip().split(":")]
    first, last = corners[0], corners[-1]
    if len(corners) > 2 or first is None or last is None or bool(first[1]) != bool(last[1]):
        return None
    if (
        bool(first[2]) != bool(last[2])
        or not (first[1] or first[2])
        or (len(corners) == 1 and not (first[1] and first[2]))
    ):
        return None
    rows = sorted((int(first[2]), int(last[2]))) if first[2] else [1, MAX_ROW]
    columns = sorted((column_number(first[1]), column_number(last[1]))) if first[1] else [1, MAX_COLUMN]
    if rows[0] < 1 or rows[1] > MAX_ROW or columns[1] > MAX_COLUMN:
        return None
    return Area(rows[0], columns[0], rows[1], columns[1])


def quoted(sheet: str) -> str:
    """The sheet's name as a formula must write it: in quotes where it needs them."""
    if _NEEDS_NO_QUOTES.match(sheet) and not _LOOKS_LIKE_A_CELL.match(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"
