"""What is the formula of a cell that shares it with others?

Excel writes a formula that was filled down once, at its first cell; the others only name the group. A follower's own
formula is worked out when asked for. Other programs write it at each cell: `is_copied` tells that it is the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pik_excel.grid.formula import Corner, pieces, r1c1, shifted
from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, column_letters
from pik_excel.patterns import pattern

_DIGITS = {ord(digit): None for digit in "0123456789"}
_NUMBER = pattern("[0-9]+")
_ROW_DIGITS = 7


class SharedFormula:
    """A formula and the cell for which it is written."""

    def __init__(self, text: str, row: int, column: int) -> None:
        self.text = text
        self.row = row
        self.column = column

        self._pieces: tuple[str | Corner, ...] | None = None  # cut when asked for: most formulas have no copies
        self._down: _Down | None = None
        self._compared: tuple[str, list[str]] | None = None  # its letters and its numbers

    def at(self, row: int, column: int) -> str:
        """The formula as the cell at that place has it."""
        cut, down = self._cut()
        if column == self.column and down.first <= row <= down.last:
            return down.written % tuple([row + distance for distance in down.distances])
        rows, columns = row - self.row, column - self.column
        written = [piece if isinstance(piece, str) else _moved(piece, rows, columns) for piece in cut]
        return shifted(self.text, rows, columns) if "" in written else "".join(written)

    def down(self, rows: Sequence[int], column: int) -> list[str]:
        """The formula as the cells of that column have it in these rows."""
        _pieces, down = self._cut()
        if not rows or column != self.column or min(rows) < down.first or max(rows) > down.last or not down.distances:
            return [self.at(row, column) for row in rows]
        moved = [map(distance.__add__, rows) for distance in down.distances]
        return list(map(down.written.__mod__, zip(*moved, strict=True)))

    def is_copied(self, formula: str, row: int, column: int) -> bool:
        """Whether the formula of the cell at that place is a copy of this one."""
        if self._pieces is None and not self._may_be_copied(formula, row - self.row):
            return False  # what is no copy need not be cut
        return self.at(row, column) == formula

    def _may_be_copied(self, formula: str, rows: int) -> bool:
        """Whether the formula has the same letters, and each of its numbers is the same or that many rows on."""
        if self._compared is None:
            self._compared = self.text.translate(_DIGITS), _NUMBER.findall(self.text)
        letters, own = self._compared
        if formula.translate(_DIGITS) != letters:
            return False
        others = _NUMBER.findall(formula)
        return len(own) == len(others) and all(
            one == other or (len(one) <= _ROW_DIGITS >= len(other) and int(one) + rows == int(other))
            for one, other in zip(own, others, strict=True)
        )

    def _cut(self) -> tuple[tuple[str | Corner, ...], _Down]:
        if self._pieces is None or self._down is None:
            self._pieces = pieces(self.text)
            self._down = _Down(self._pieces, self.row)
        return self._pieces, self._down

    @cached_property
    def r1c1(self) -> str:
        """The form that all cells of the group have in common."""
        return r1c1(self.text, self.row, self.column)

    def __repr__(self) -> str:
        return f"SharedFormula({self.text!r}, {self.row}, {self.column})"


class _Down:
    """What a formula becomes in the cells of its own column, as there may be 100,000 of them: the text with "%d" for
    each row that moves along, their distances, and the rows in which none of them leaves the grid."""

    def __init__(self, cut: tuple[str | Corner, ...], row: int) -> None:
        moving = [piece for piece in cut if isinstance(piece, Corner) and piece.row and not piece.row_fixed]
        self.written = "".join(
            piece.replace("%", "%%")
            if isinstance(piece, str)
            else f"{piece._replace(row=0)}%d"
            if piece in moving
            else str(piece)
            for piece in cut
        )
        self.distances = [corner.row - row for corner in moving]
        self.first = 1 - min(self.distances, default=0)
        self.last = MAX_ROW - max(self.distances, default=0)


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
