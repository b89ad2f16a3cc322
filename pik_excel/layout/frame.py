"""Where does a table of amounts lie: its header, its rows, its names, the lines above it?"""

from __future__ import annotations

from dataclasses import dataclass

from pik_excel.grid.workbook import Cell


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A table before its columns are understood. `body` are the rows below the header up to the last with an amount."""

    header_rows: tuple[int, ...]
    name_column: int
    body: tuple[int, ...]
    left: int
    right: int
    label_columns: tuple[int, ...]
    above: tuple[Cell, ...] = ()  # texts above the header, the nearest line first
    header_texts: tuple[str, ...] = ()

    @property
    def top(self) -> int:
        """The first header row."""
        return self.header_rows[0]

    @property
    def bottom(self) -> int:
        """The last row with an amount."""
        return self.body[-1]
