"""What is a cell of the sheet before it is written: its content, the value it must have, and its look?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal

from pik_excel.grid.reference import column_letters
from pik_excel.records import dataclass

Shown = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell. `value` is what it shows: of a formula, what it must give."""

    look: str
    value: Shown = None
    formula: str | None = None  # without "="


@dataclass(frozen=False)
class Grid:
    """The cells of a sheet by row and column from 1, while they are put together."""

    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)

    def put(self, row: int, column: int, look: str, value: Shown = None, formula: str | None = None) -> None:
        """Set a cell."""
        self.entries[row, column] = Entry(look, value, formula)

    def value(self, row: int, column: int) -> Shown:
        """What a cell shows; None where there is none."""
        found = self.entries.get((row, column))
        return found.value if found is not None else None

    def figures(self, rows: Iterator[int] | range, column: int) -> Decimal:
        """What SUM over these rows gives."""
        values = (self.value(row, column) for row in rows)
        return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def a1(row: int, column: int, *, fixed_row: bool = False, fixed_column: bool = False) -> str:
    """A reference within the sheet: "$B$5"."""
    return f"{'$' * fixed_column}{column_letters(column)}{'$' * fixed_row}{row}"
