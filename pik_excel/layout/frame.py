"""Where does a table of amounts lie: its header, its rows, its names, the lines above it?"""

from __future__ import annotations

from pik_excel.grid.workbook import Cell
from pik_excel.layout.page import Page, is_number, is_text
from pik_excel.records import dataclass

_GAP = 4  # blank rows between a table and what belongs to something else
FARTHEST = 25  # rows above a header in which its title may stand


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


def lines_above(page: Page, top: int, left: int, right: int, floor: int = 0) -> tuple[Cell, ...]:
    """The texts above a header, nearest line first, up to `floor`, other figures or too many blank rows; those over the
    table itself where there are any."""
    found: list[Cell] = []
    nearest = top
    for row in range(top - 1, max(floor, top - FARTHEST), -1):
        cells = page.row(row)
        if not cells:
            continue
        if nearest - row > _GAP or any(is_number(cell) for column, cell in cells.items() if left <= column <= right):
            break
        found += [cells[column] for column in sorted(cells) if is_text(cells[column])]
        nearest = row
    own = tuple(cell for cell in found if left <= cell.column <= right)
    return own or tuple(found)
