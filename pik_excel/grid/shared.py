"""What is the formula of a cell that shares it with others?

Excel writes a formula that was filled down once, at its first cell; the others only name the group. A follower's own
formula is worked out when asked for.
"""

from __future__ import annotations

from functools import cached_property

from pik_excel.grid.formula import Corner, pieces, r1c1, shifted
from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, column_letters


class SharedFormula:
    """A formula and the cell for which it is written."""

    def __init__(self, text: str, row: int, column: int) -> None:
        self.text = text
        self.row = row
        self.column = column

    def at(self, row: int, column: int) -> str:
        """The formula as the cell at that place has it."""
        rows, columns = row - self.row, column - self.column
        written = [
            piece if isinstance(piece, str) else _moved(piece, rows, columns)  # quick, as there may be 100,000 of them
            for piece in self._pieces
        ]
        return shifted(self.text, rows, columns) if "" in written else "".join(written)

    @cached_property
    def r1c1(self) -> str:
        """The form that all cells of the group have in common."""
        return r1c1(self.text, self.row, self.column)

    @cached_property
    def _pieces(self) -> tuple[str | Corner, ...]:
        return pieces(self.text)

    def __repr__(self) -> str:
        return f"SharedFormula({self.text!r}, {self.row}, {self.column})"


def _moved(corner: Corner, rows: int, columns: int) -> str:
    """The corner so many rows and columns on; "" where that is off the grid."""
    column_fixed, column, row_fixed, row = corner
    if column and not column_fixed:
        column += columns
        if not 1 <= column <= MAX_COLUMN:
            return ""
    if row and not row_fixed:
        row += rows
        if not 1 <= row <= MAX_ROW:
            return ""
    return f"{column_fixed}{column_letters(column) if column else ''}{row_fixed}{row or ''}"
