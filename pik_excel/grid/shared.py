"""What is the formula of a cell that shares it with others?

Excel writes a formula that was filled down once, at its first cell; the others only name the group. A follower's own
formula is worked out when asked for.
"""

from __future__ import annotations

from pik_excel.grid.formula import r1c1, shifted


class SharedFormula:
    """A formula and the cell for which it is written."""

    __slots__ = ("_form", "column", "row", "text")

    def __init__(self, text: str, row: int, column: int) -> None:
        self.text = text
        self.row = row
        self.column = column
        self._form: str | None = None

    def at(self, row: int, column: int) -> str:
        """The formula as the cell at that place has it."""
        return shifted(self.text, row - self.row, column - self.column)

    @property
    def r1c1(self) -> str:
        """The form that all cells of the group have in common."""
        if self._form is None:
            self._form = r1c1(self.text, self.row, self.column)
        return self._form

    def __repr__(self) -> str:
        return f"SharedFormula({self.text!r}, {self.row}, {self.column})"
