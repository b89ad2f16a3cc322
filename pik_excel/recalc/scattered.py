"""Do any of these scattered cells lie in a range?"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from pik_excel.grid.reference import Area
from pik_excel.recalc.contents import Key


class Scattered:
    """Cells that can be asked for by range, quickly however many they are."""

    def __init__(self, cells: Iterable[Key]) -> None:
        columns: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for sheet, row, column in cells:
            columns[sheet][column].append(row)
        self._rows = {
            sheet: {column: sorted(rows) for column, rows in found.items()} for sheet, found in columns.items()
        }

    def meet(self, sheet: str, area: Area, besides: Key | None = None) -> bool:
        """Whether one of them, another than `besides`, lies in the range."""
        columns = self._rows.get(sheet, {})
        few = range(area.left, area.right + 1) if area.right - area.left < len(columns) else columns
        return any(
            area.left <= column <= area.right
            and column in columns
            and _meets(columns[column], area, sheet, column, besides)
            for column in few
        )


def _meets(rows: list[int], area: Area, sheet: str, column: int, besides: Key | None) -> bool:
    position = bisect_left(rows, area.top)
    while position < len(rows) and rows[position] <= area.bottom:
        if (sheet, rows[position], column) != besides:
            return True
        position += 1
    return False
