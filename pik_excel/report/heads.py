"""Which head of a table stands above several columns, and which reaches down to the rows?

A text with blanks to its right heads all columns that have a head of their own beneath them; a text with nothing
beneath it reaches down:

    >>> for head in heads([("Maßnahme", "Budget in TEUR", ""), ("", "2020", "2021")]):
    ...     print(head)
    Head(text='Maßnahme', row=0, column=0, width=1, height=2)
    Head(text='Budget in TEUR', row=0, column=1, width=2, height=1)
    Head(text='2020', row=1, column=1, width=1, height=1)
    Head(text='2021', row=1, column=2, width=1, height=1)
"""

from __future__ import annotations

from collections.abc import Sequence

from pik_excel.records import dataclass


@dataclass(frozen=True)
class Head:
    """One cell of the header as it is printed; rows and columns count from 0."""

    text: str
    row: int
    column: int
    width: int = 1
    height: int = 1


def heads(header: Sequence[Sequence[str]]) -> tuple[Head, ...]:
    """The cells of the header, row by row; each place belongs to one of them."""
    found: list[Head] = []
    covered: set[tuple[int, int]] = set()
    for row, texts in enumerate(header):
        for column, text in enumerate(texts):
            if (row, column) in covered:
                continue
            width = _width(header, row, column) if text else 1
            height = _height(header, row, column) if text and width == 1 else 1
            found.append(Head(text, row, column, width, height))
            covered |= {(row + down, column + right) for down in range(height) for right in range(width)}
    return tuple(found)


def _width(header: Sequence[Sequence[str]], row: int, column: int) -> int:
    if column == 0 or row + 1 == len(header) or not header[row + 1][column]:
        return 1
    width = 1
    while column + width < len(header[row]) and not header[row][column + width] and header[row + 1][column + width]:
        width += 1
    return width


def _height(header: Sequence[Sequence[str]], row: int, column: int) -> int:
    return 1 if any(line[column] for line in header[row + 1 :]) else len(header) - row
