"""Which formulas feed others, though they are not among them? Asked of whole columns: 100,000 copies of one formula
read a few stretches of rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import repeat

from pik_excel.grid.reference import Address
from pik_excel.recalc.contents import Column, Contents, joined
from pik_excel.recalc.syntax import Node, Reference


def feeding(contents: Contents, cells: Iterable[Address]) -> set[Address]:
    """The formulas that these formulas depend on, directly or through others, those left out that are among them."""
    waiting = by_column(cells)
    seen = {column: set(rows) for column, rows in waiting.items()}
    found: set[Address] = set()
    while waiting:
        (sheet, column), rows = waiting.popitem()
        for tree, copies in _alike(contents, sheet, column, rows):
            for reference in contents.references_to_formulas(tree, sheet, column):
                for place, read in _read(contents, reference, sheet, column, copies):
                    new = set(read).difference(seen.get(place, ()))
                    if new:
                        seen.setdefault(place, set()).update(new)
                        waiting.setdefault(place, set()).update(new)
                        found.update(in_column(place, new))
    return found


def by_column(cells: Iterable[tuple[str, int, int]]) -> dict[Column, set[int]]:
    """The rows of the cells by their columns."""
    found: dict[Column, set[int]] = defaultdict(set)
    for sheet, row, column in cells:
        found[sheet, column].add(row)
    return found


def in_column(place: Column, rows: Iterable[int]) -> Iterator[Address]:
    """The cells in these rows of the column."""
    return map(Address._make, zip(repeat(place[0]), rows, repeat(place[1]), strict=False))


def _alike(contents: Contents, sheet: str, column: int, rows: set[int]) -> Iterator[tuple[Node, list[int]]]:
    """The formulas of the column in these rows, those of one shape together."""
    trees = contents.trees.on(sheet).rows
    found: dict[int, tuple[Node, list[int]]] = {}
    for row in rows:
        tree = trees[row][column]
        found.setdefault(id(tree), (tree, []))[1].append(row)
    yield from found.values()


def _read(
    contents: Contents, reference: Reference, home: str, column: int, rows: list[int]
) -> Iterator[tuple[Column, list[int]]]:
    """The rows with formulas that copies in these rows of a column read by the reference, column by column."""
    top, bottom = reference.top, reference.top if reference.single else reference.bottom
    if top.fixed and bottom.fixed:
        stretches = [(min(top.number, bottom.number), max(top.number, bottom.number))]
    else:
        ends = ((top.at(row), bottom.at(row)) for row in rows)
        stretches = list(joined((first, last) if first <= last else (last, first) for first, last in ends))
    right = reference.left if reference.single else reference.right
    left, right_end = sorted((reference.left.at(column), right.at(column)))
    for place, formulas in contents.formula_rows(reference.sheet or home, left, right_end):
        for first, last in stretches:
            read = formulas[bisect_left(formulas, first) : bisect_right(formulas, last)]
            if read:
                yield place, read
