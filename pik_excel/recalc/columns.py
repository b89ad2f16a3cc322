"""What stands in a large range, column by column? Sums over it cost the same however long it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, partial
from itertools import accumulate

from pik_excel.grid.cell import Cell, ErrorValue, Source, Value
from pik_excel.grid.reference import Area
from pik_excel.grid.store import Cells


class Columns:
    """The cells of one sheet, by column and in the order of rows; a column is put together when it is asked for."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._columns: dict[int, _Column] = {}

    def cells(self, area: Area) -> Iterator[Cell]:
        """The cells of the area that are in the file."""
        for number, column in self._within(area):
            for row in column.between(area.top, area.bottom):
                yield self._cells[row, number]

    def total(self, area: Area) -> Decimal | None:
        """The sum of the numbers in the area; None where an error or a formula without value is in it."""
        total = Decimal(0)
        for _number, column in self._within(area):
            part = column.total(area.top, area.bottom)
            if part is None:
                return None
            total += part
        return total

    def _within(self, area: Area) -> Iterator[tuple[int, _Column]]:
        if area.right - area.left > len(self._numbers):
            numbers = [number for number in self._numbers if area.left <= number <= area.right]
        else:
            numbers = [number for number in range(area.left, area.right + 1) if number in self._numbers]
        for number in numbers:
            if number not in self._columns:
                self._columns[number] = _Column(self._cells, number)
            yield number, self._columns[number]

    @cached_property
    def _numbers(self) -> dict[int, None]:
        """The columns in which anything stands, in the order of the file."""
        return {column: None for row in self._cells.by_row.values() for column in row.form.columns}


class _Column:
    def __init__(self, cells: Cells, number: int) -> None:
        self._rows = [row for row, line in sorted(cells.by_row.items()) if number in line[0].places]
        values = cells.column(number, self._rows)
        self._obstacles: list[int] = []
        if set(map(type, values)) != {Decimal}:
            held = zip(self._rows, values, map(partial(_source, cells, number), self._rows), strict=True)
            self._obstacles = [row for row, value, source in held if _is_obstacle(value, source)]
        numbers = (value if type(value) is Decimal else Decimal(0) for value in values)
        self._sums = list(accumulate(numbers, initial=Decimal(0)))

    def between(self, top: int, bottom: int) -> list[int]:
        """The rows between these in which something stands."""
        return self._rows[bisect_left(self._rows, top) : bisect_right(self._rows, bottom)]

    def total(self, top: int, bottom: int) -> Decimal | None:
        """The sum of the numbers between these rows; None where no sum is possible."""
        if bisect_left(self._obstacles, top) < bisect_right(self._obstacles, bottom):
            return None
        return self._sums[bisect_right(self._rows, bottom)] - self._sums[bisect_left(self._rows, top)]


def _source(cells: Cells, column: int, row: int) -> Source:
    form, _values, sources = cells.by_row[row]
    return sources[form.places[column]] if sources else None


def _is_obstacle(value: Value, source: Source) -> bool:
    """Whether no sum over the cell is possible: an error, or a formula whose value is not stored."""
    return isinstance(value, ErrorValue) or (value is None and source is not None)
