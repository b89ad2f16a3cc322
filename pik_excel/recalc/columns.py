"""What stands in a large range, column by column? Sums over it cost the same however long it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import accumulate

from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell, ErrorValue, Value


class Columns:
    """The cells of one sheet, by column and in the order of rows."""

    def __init__(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        columns: dict[int, list[Cell]] = defaultdict(list)
        for (_, column), cell in cells.items():
            columns[column].append(cell)
        self._columns = {column: _Column(sorted(found)) for column, found in columns.items()}

    def cells(self, area: Area) -> Iterator[Cell]:
        """The cells of the area that are in the file."""
        for column in self._within(area):
            yield from column.between(area.top, area.bottom)

    def total(self, area: Area) -> Decimal | None:
        """The sum of the numbers in the area; None where an error or a formula without value is in it."""
        total = Decimal(0)
        for column in self._within(area):
            part = column.total(area.top, area.bottom)
            if part is None:
                return None
            total += part
        return total

    def _within(self, area: Area) -> Iterator[_Column]:
        if area.right - area.left > len(self._columns):
            return (found for number, found in self._columns.items() if area.left <= number <= area.right)
        numbers = range(area.left, area.right + 1)
        return (self._columns[number] for number in numbers if number in self._columns)


class _Column:
    def __init__(self, cells: list[Cell]) -> None:
        self._cells = cells
        self._rows = [cell.row for cell in cells]
        self._sums: list[Decimal] | None = None
        self._obstacles: list[int] = []

    def between(self, top: int, bottom: int) -> list[Cell]:
        return self._cells[bisect_left(self._rows, top) : bisect_right(self._rows, bottom)]

    def total(self, top: int, bottom: int) -> Decimal | None:
        if self._sums is None:
            self._sums = list(accumulate((_addend(cell.value) for cell in self._cells), initial=Decimal(0)))
            self._obstacles = [cell.row for cell in self._cells if is_obstacle(cell)]
        if bisect_left(self._obstacles, top) < bisect_right(self._obstacles, bottom):
            return None
        return self._sums[bisect_right(self._rows, bottom)] - self._sums[bisect_left(self._rows, top)]


def _addend(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def is_obstacle(cell: Cell) -> bool:
    """Whether no sum over the cell is possible: an error, or a formula whose value is not stored."""
    return isinstance(cell.value, ErrorValue) or (cell.value is None and cell.has_formula)
