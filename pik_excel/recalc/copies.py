"""Where do the copies of one formula stand? Held as rows by column: 100,000 of them are a few lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from pik_excel.grid.reference import Address
from pik_excel.grid.store import ByRow, Place

Told = TypeVar("Told")


class Copies(Collection[Place]):
    """Cells of one sheet, none of them twice."""

    __slots__ = ("by_column",)

    def __init__(self, by_column: Mapping[int, Sequence[int]]) -> None:
        self.by_column = by_column
        """Their rows, ascending, by column."""

    @property
    def first(self) -> Place:
        """The first one, row by row."""
        return min((rows[0], column) for column, rows in self.by_column.items())

    def on(self, sheet: str) -> Iterator[Address]:
        """Their addresses, row by row."""
        return (Address(sheet, row, column) for row, column in self)

    def __len__(self) -> int:
        return sum(map(len, self.by_column.values()))

    def __iter__(self) -> Iterator[Place]:
        """Row by row."""
        places = ((row, column) for column, rows in self.by_column.items() for row in rows)
        return places if len(self.by_column) == 1 else iter(sorted(places))

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and len(at) == 2 and at[0] in self.by_column.get(at[1], ())


def copies_of(told: ByRow[Told]) -> Iterator[tuple[Told, Copies]]:
    """Each thing that is told of cells, with all cells of which it, the very object, is told; by their first cells."""
    found: dict[int, tuple[Told, dict[int, list[list[int]]]]] = {}
    for row, numbers in told.alike:
        for column, one in row.items():
            found.setdefault(id(one), (one, {}))[1].setdefault(column, []).append(numbers)
    for one, by_column in found.values():
        yield one, Copies({column: _joined(rows) for column, rows in by_column.items()})


def _joined(rows: list[list[int]]) -> Sequence[int]:
    """All of them, ascending; what is so already, as nearly always, is not held twice."""
    whole = rows[0] if len(rows) == 1 else list(chain.from_iterable(rows))
    ascending = sorted(whole)
    return whole if ascending == whole else ascending
