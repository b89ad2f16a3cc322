"""Which sums and averages of columns reach over their rows: into an empty row before them, or the heading above?

The cell at the edge is counted as soon as somebody writes a number there: a year in the heading, a note, a subtotal.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import FormulaGrid, Shape, formulas, once
from pik_excel.grid.reference import Area
from pik_excel.recalc.syntax import Call
from pik_excel.records import dataclass

_LONGEST = 10_000  # rows
_FEWEST = 2  # ranges of other columns that end alike
_FUNCTIONS = {"AVERAGE", "MAX", "MIN", "MEDIAN", "STDEV", "STDEVP", "VAR", "VARP", "COUNT", "PRODUCT"}
Place = tuple[int, int]


@dataclass(frozen=True)
class Margin:
    """A sum whose range begins or ends with rows that hold nothing to add."""

    shape: Shape
    range: Area
    outside: tuple[Area, ...]  # in the range


@once
def margins(subject: Subject) -> dict[tuple[str, int, int], Margin]:
    """All of them by their cells; none in a budget workbook, where a spare row before the total is a custom."""
    found: dict[tuple[str, int, int], Margin] = {}
    for grid in () if subject.reading.budget.measure_tables else formulas(subject).grids:
        doubtful = [
            (at, shape)
            for shape, cells in grid.copies.items()
            if _is_one_range(shape)
            for at in cells
            if _ends_without_a_number(grid, shape, at)
        ]
        contents = _contents(grid) if doubtful else {}
        for at, shape in doubtful:
            one = _margin(shape, at, contents) or _beyond_its_neighbours(grid, shape, at)
            if one is not None:
                found[grid.sheet.name, *at] = one
    return found


def _is_one_range(shape: Shape) -> bool:
    """Whether it adds up, averages or counts one range."""
    if len(shape.references) != 1 or shape.references[0].sheet is not None or shape.references[0].single:
        return False
    if shape.sum is not None:
        return not shape.sum.nested
    return isinstance(shape.tree, Call) and shape.tree.name in _FUNCTIONS and shape.tree.arguments == shape.references


def _ends_without_a_number(grid: FormulaGrid, shape: Shape, at: Place) -> bool:
    area = shape.references[0].area(*at)
    if not area.left == area.right == at[1] or not 2 <= area.bottom - area.top < _LONGEST:
        return False
    ends = (grid.sheet.cells.get((row, area.left)) for row in (area.top, area.bottom))
    return any(cell is None or not (cell.has_formula or isinstance(cell.value, Decimal)) for cell in ends)


def _contents(grid: FormulaGrid) -> dict[int, bool]:
    """The rows that hold something: True where a number or formula is among it."""
    found: dict[int, bool] = {}
    for number, (_form, values, sources) in grid.sheet.cells.by_row.items():
        if any(sources or ()) or any(value is not None and not isinstance(value, str) for value in values):
            found[number] = True
        elif any(values):
            found[number] = False
    return found


def _margin(shape: Shape, at: Place, contents: dict[int, bool]) -> Margin | None:
    area = shape.references[0].area(*at)
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


def _beyond_its_neighbours(grid: FormulaGrid, shape: Shape, at: Place) -> Margin | None:
    """A range that ends, or begins, in cells without a number which most ranges of the row leave out."""
    area = shape.references[0].area(*at)
    ranges = [
        other.references[0].area(at[0], column)
        for column in grid.columns[at[0]]
        if column != at[1] and _is_one_range(other := grid.shapes[at[0], column])
    ]
    rows = Counter((one.top, one.bottom) for one in ranges if one.left == one.right)
    if (area.top, area.bottom) in rows or not rows:
        return None
    ((top, bottom), count) = rows.most_common(1)[0]
    if count < _FEWEST or not area.top <= top < bottom <= area.bottom:
        return None
    if any(_holds_a_number(grid, row, at[1]) for row in (*range(area.top, top), *range(bottom + 1, area.bottom + 1))):
        return None
    return _reaching_over(shape, area, top, bottom)


def _holds_a_number(grid: FormulaGrid, row: int, column: int) -> bool:
    return (row, column) in grid.shapes or isinstance(grid.sheet.value(row, column), Decimal)


def _reaching_over(shape: Shape, area: Area, top: int, bottom: int) -> Margin:
    parts = (area._replace(bottom=top - 1), area._replace(top=bottom + 1))
    return Margin(shape, area, tuple(part for part in parts if part.top <= part.bottom))
