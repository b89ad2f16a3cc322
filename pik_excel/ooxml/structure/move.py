"""Where does a row or column stand after some were inserted or deleted?"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from functools import cached_property
from itertools import accumulate

from pik_excel.ooxml.cellref import MAX_COLUMN, MAX_ROW, Range
from pik_excel.records import dataclass


class Axis(Enum):
    """What is inserted or deleted."""

    ROW = "row"
    COLUMN = "column"


@dataclass(frozen=True)
class Move:
    """`count` rows or columns inserted before line `at` of a sheet (from 1), or -`count` deleted from `at` on.

    `also` are further insertions, (at, count) each, behind the first and in order, made with it: their places are those
    before any of them.
    """

    sheet: str
    axis: Axis
    at: int
    count: int
    also: tuple[tuple[int, int], ...] = ()

    @property
    def limit(self) -> int:
        """The last line of the grid."""
        return MAX_ROW if self.axis is Axis.ROW else MAX_COLUMN

    @cached_property
    def inserted(self) -> tuple[tuple[int, range], ...]:
        """The places where lines are inserted, each with the new lines as they are numbered then."""
        if self.count < 0:
            return ()
        places, counts = zip((self.at, self.count), *self.also, strict=True)
        before = accumulate(counts, initial=0)
        return tuple(
            (at, range(at + shift, at + shift + count))
            for at, count, shift in zip(places, counts, before, strict=False)
        )

    @cached_property
    def _steps(self) -> tuple[list[int], list[int]]:
        """The places of the insertions, and by how much lines move before, between and behind them."""
        places = [at for at, _lines in self.inserted]
        return places, [0, *accumulate(len(lines) for _at, lines in self.inserted)]

    @property
    def after(self) -> int:
        """The first line behind what is deleted; `at` itself when inserting."""
        return self.at - min(self.count, 0)

    def is_on(self, sheet: str) -> bool:
        """Whether that sheet is the one; Excel does not look at the case."""
        return self.sheet.casefold() == sheet.casefold()

    def line(self, number: int) -> int | None:
        """The new number of a line; None where it was deleted or has left the grid."""
        if number < self.at:
            return number
        if number < self.after:
            return None
        moved = self._shifted(number)
        return moved if moved <= self.limit else None

    def _shifted(self, number: int) -> int:
        if self.count < 0:
            return number + self.count
        places, steps = self._steps
        return number + steps[bisect_right(places, number)]

    def lines(self, first: int, last: int) -> tuple[int, int] | None:
        """The new ends of a run of lines: it grows around an insertion, shrinks by what is deleted, and is None where
        all of it goes. The whole grid stays the whole grid."""
        if first == 1 and last == self.limit:
            return first, last
        begin = first if first < self.at else self._shifted(max(first, self.after))
        end = last if last < self.at else (self.at - 1 if last < self.after else self._shifted(last))
        end = min(end, self.limit)
        return (begin, end) if begin <= end else None

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """The new place of a cell."""
        moved = self.line(row if self.axis is Axis.ROW else column)
        if moved is None:
            return None
        return (moved, column) if self.axis is Axis.ROW else (row, moved)

    def area(self, area: Range) -> Range | None:
        """The new rectangle."""
        if self.axis is Axis.ROW:
            rows = self.lines(area.top, area.bottom)
            return rows and Range(rows[0], area.left, rows[1], area.right)
        columns = self.lines(area.left, area.right)
        return columns and Range(area.top, columns[0], area.bottom, columns[1])
