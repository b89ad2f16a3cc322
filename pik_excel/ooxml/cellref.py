"""Which row and column does a reference such as `C4` or `A1:C9` inside a part mean?

The layer above has richer references; parts need only these two.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pik_excel.patterns import pattern

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_CELL = pattern(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})\Z")


class Range(NamedTuple):
    """A rectangle of cells, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = a1(self.top, self.left), a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def a1(row: int, column: int) -> str:
    """(4, 3) is "C4"."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=MAX_COLUMN)
def letters(column: int) -> str:
    """28 is "AB"."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=MAX_COLUMN)
def column_of(name: str) -> int:
    """ "AB" is 28; upper or lower case."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=4096)
def cell_of(reference: str) -> tuple[int, int] | None:
    """ "C4" is (4, 3); None for anything that is no cell of the grid."""
    found = _CELL.match(reference)
    if found is None:
        return None
    row, column = int(found[2]), column_of(found[1])
    return (row, column) if row <= MAX_ROW and column <= MAX_COLUMN else None


def range_of(reference: str) -> Range | None:
    """ "A1:C9" or "A1"; None for anything else."""
    first, _colon, last = reference.strip().partition(":")
    begin, end = cell_of(first), cell_of(last or first)
    if begin is None or end is None:
        return None
    return Range(min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1]))


def ranges_of(references: str) -> tuple[Range, ...]:
    """The ranges of a `sqref`, those left out that are none."""
    found = (range_of(reference) for reference in references.split())
    return tuple(area for area in found if area is not None)


def on_grid(row: int, column: int) -> bool:
    """Whether Excel has such a cell."""
    return 1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN
