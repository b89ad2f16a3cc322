"""Which sums and averages of columns reach over their rows: into an empty row before them, or the heading above?

The cell at the edge is counted as soon as somebody writes a number there: a year in the heading, a note, a subtotal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import FormulaGrid, Shape, formulas, once
from pik_excel.grid.reference import Area
from pik_excel.recalc.syntax import Call
from pik_excel.records import dataclass

_LONGEST = 10_000  # rows
_SHORTEST = 3  # rows
_FEWEST = 2  # ranges of a row that end alike
_SAMPLE = 50  # cells of a range that are looked at
_FUNCTIONS = {"AVERAGE", "MAX", "MIN", "MEDIAN", "STDEV", "STDEVP", "VAR", "VARP", "COUNT", "PRODUCT"}
Place = tuple[int, int]


@dataclass(frozen=True)
class Margin:
    """A sum whose range begins or ends with rows that hold nothing to add."""

    shape: Shape
    range: Area
    outside: tuple[Area, ...]  # in the range
    numbers: bool = False  # they do hold numbers, which are none of its rows


@once
def margins(subject: Subject) -> dict[tuple[str, int, int], Margin]:
    """All of them by their cells; none in a budget workbook, where a spare row before the total is a custom."""
    found: dict[tuple[str, int, int], Margin] = {}
    for grid in () if subject.reading.budget.measure_tables else formulas(subject).grids:
        ranges = _ranges(grid)
        doubtful = [at for row in ranges.values() for at, area in row.items() if _ends_without_a_number(grid, area)]
        contents = _contents(grid) if doubtful else {}
        margins_here = {at: _margin(grid.shapes[at], ranges[at[0]][at], contents) for at in doubtful}
        for row in ranges.values():
            margins_here |= {at: one for at, one in _beyond_their_row(grid, row) if margins_here.get(at) is None}
        found |= {(grid.sheet.name, *at): one for at, one in margins_here.items() if one is not None}
    return found


def _ranges(grid: FormulaGrid) -> dict[int, dict[Place, Area]]:
    """The ranges of the own column that are added up or averaged, by row and cell."""
    found: dict[int, dict[Place, Area]] = {}
    for shape, cells in grid.copies.items():
        for row, column in cells if _is_one_range(shape) else ():
            area = shape.references[0].area(row, column)
            if area.left == area.right == column and area.bottom - area.top < _LONGEST:
                found.setdefault(row, {})[row, column] = area
    return found


def _is_one_range(shape: Shape) -> bool:
    """Whether it adds up, averages or counts one range."""
    if len(shape.references) != 1 or shape.references[0].sheet is not None or shape.references[0].single:
        return False
    if shape.sum is not None:
        return not shape.sum.nested
    return isinstance(shape.tree, Call) and shape.tree.name in _FUNCTIONS and shape.tree.arguments == shape.references


def _ends_without_a_number(grid: FormulaGrid, area: Area) -> bool:
    if area.bottom - area.top < _SHORTEST - 1:
        return False
    return not all(_holds_a_number(grid, row, area.left) for row in (area.top, area.bottom))


def _contents(grid: FormulaGrid) -> dict[int, bool]:
    """The rows that hold something: True where a number or formula is among it."""
    found: dict[int, bool] = {}
    for number, (_form, values, sources) in grid.sheet.cells.by_row.items():
        if any(sources or ()) or any(value is not None and not isinstance(value, str) for value in values):
            found[number] = True
        elif any(values):
            found[number] = False
    return found


def _margin(shape: Shape, area: Area, contents: dict[int, bool]) -> Margin | None:
    top, bottom = area.top, area.bottom
    while top < bottom and not contents.get(top):
        top += 1
    if top == bottom:
        top = area.top  # an empty form: what is a heading does not show
    while top < bottom and bottom not in contents:
        bottom -= 1
    if top == bottom or (top, bottom) == (area.top, area.bottom):
        return None
    return _reaching_over(shape, area, top, bottom)


def _beyond_their_row(grid: FormulaGrid, ranges: dict[Place, Area]) -> Iterator[tuple[Place, Margin]]:
    """The ranges that begin or end in cells which most of the row leave out, and which are no part of the range."""
    reaches = Counter((area.top, area.bottom) for area in ranges.values())
    if len(reaches) < 2:
        return
    ((top, bottom), count) = reaches.most_common(1)[0]
    for at, area in ranges.items() if count >= _FEWEST else ():
        beyond = [*range(area.top, top), *range(bottom + 1, area.bottom + 1)]
        if not beyond or not area.top <= top < bottom <= area.bottom or reaches[area.top, area.bottom] == count:
            continue
        if all(is_no_part(grid, row, area._replace(top=top, bottom=bottom)) for row in beyond):
            numbers = any(_holds_a_number(grid, row, area.left) for row in beyond)
            yield at, replace(_reaching_over(grid.shapes[at], area, top, bottom), numbers=numbers)


def is_no_part(grid: FormulaGrid, row: int, area: Area) -> bool:
    """Whether the cell of that row is none like those of the range: without a number, a year above others, or computed
    in another way than all of them."""
    column = area.left
    if not _holds_a_number(grid, row, column):
        return True
    inside = [(at, column) for at in range(area.top, min(area.bottom, area.top + _SAMPLE) + 1)]
    shape = grid.shapes.get(inside[0])
    if shape is not None and all(grid.shapes.get(at) is shape for at in inside):
        return grid.shapes.get((row, column)) is not shape
    return _is_year(grid, (row, column)) and not any(_is_year(grid, at) for at in inside)


def _is_year(grid: FormulaGrid, at: Place) -> bool:
    value = grid.sheet.value(*at)
    return isinstance(value, Decimal) and 1900 <= value <= 2100 and value == int(value) and at not in grid.shapes


def _holds_a_number(grid: FormulaGrid, row: int, column: int) -> bool:
    return (row, column) in grid.shapes or isinstance(grid.sheet.value(row, column), Decimal)


def _reaching_over(shape: Shape, area: Area, top: int, bottom: int) -> Margin:
    parts = (area._replace(bottom=top - 1), area._replace(top=bottom + 1))
    return Margin(shape, area, tuple(part for part in parts if part.top <= part.bottom))
