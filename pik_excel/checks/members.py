"""Does a cell belong to a run of copied formulas: would the formula find there what it finds everywhere else?

In a column of products price and quantity are typed in each row; in the row of the total the quantity is a sum, and in
the row of the heading a text. So the row of the total is none of the run, while a row is one whose own product somebody
has typed, at the end of the run as well as within.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from pik_excel.checks.likeness import is_parallel
from pik_excel.checks.lines import Place, fits
from pik_excel.checks.runs import FormulaGrid, Shape
from pik_excel.grid.reference import Area
from pik_excel.recalc.syntax import Reference

_SAMPLE = 60  # formulas of a run that are looked at
_RARE = 4  # what one in so many finds is nothing unusual
_FAR = 8  # cells to both sides in which a row of another kind shows
_WIDEST = 60  # cells of a range that are looked at
Kind = Shape | str
"""What stands in a cell: a formula by its shape, a typed number, text, nothing."""


class Members:
    """What the formulas of one run find in the cells they read, each reference by itself."""

    def __init__(self, grid: FormulaGrid, shape: Shape, own: Iterable[Place]) -> None:
        self._grid, self._shape = grid, shape
        cells = list(own)[:_SAMPLE]
        self._found = {one: Counter(self._kind(one, at) for at in cells) for one in _moving(shape)}
        self._count, self._model = len(cells), cells[0]

    def include(self, at: Place) -> bool:
        """Whether the formula would find the same kinds of cells there."""
        if not self._found or not fits(self._grid, self._shape, at, self._model):
            return False
        return all(found[self._kind(one, at)] * _RARE >= self._count for one, found in self._found.items())

    def _kind(self, one: Reference, at: Place) -> Kind | frozenset[Kind]:
        area = one.area(*at)
        if one.single:
            kind = self._kind_at((area.top, area.left))
            return "number" if kind == "nothing" and one in self._shape.terms else kind
        return frozenset(map(self._kind_at, _cells(area))) - {"nothing"}

    def _kind_at(self, at: Place) -> Kind:
        shape = self._grid.shapes.get(at)
        if shape is not None:
            return shape
        value = self._grid.sheet.value(*at)
        if value is None:
            return "nothing"
        return "number" if isinstance(value, Decimal) else "text"


def differ_beside(grid: FormulaGrid, at: Place, model: Place, down: bool) -> bool:
    """Whether the formulas beside the cell are other ones than beside the model, so that its whole row is another."""
    for distance in (*range(-_FAR, 0), *range(1, _FAR + 1)):
        step = (0, distance) if down else (distance, 0)
        here, there = ((place[0] + step[0], place[1] + step[1]) for place in (at, model))
        one, other = grid.shapes.get(here), grid.shapes.get(there)
        if one is not other and (one is None or other is None or not is_parallel(one, other)):
            return True
    return False


def _moving(shape: Shape) -> list[Reference]:
    """The references that mean another cell from copy to copy."""
    return [
        one
        for one in shape.references
        if one.sheet is None and not all(edge.fixed for edge in (one.top, one.left, one.bottom, one.right))
    ]


def _cells(area: Area) -> list[Place]:
    return [
        (row, column)
        for row in range(area.top, min(area.bottom, area.top + _WIDEST) + 1)
        for column in range(area.left, min(area.right, area.left + _WIDEST) + 1)
    ]
