"""Which formulas may have copies along a row or column, and which typed numbers stand there?

What reads other cells of its own row is copied down a column, what reads its column along a row. A formula that reads
only its own line has other inputs in the next cell and is not tried there.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from pik_excel.checks.runs import FormulaGrid, Shape
from pik_excel.grid.reference import Area
from pik_excel.recalc.syntax import Edge, Reference
from pik_excel.records import dataclass

Place = tuple[int, int]
"""Row and column."""
_SHAPES = 12  # of one line, the most frequent
_IN_LINE = (Edge(0, fixed=False), Edge(0, fixed=False))


@dataclass(frozen=True)
class Line:
    """A column (`down`) or row: the cells of each shape that may have copies there, and its typed numbers."""

    grid: FormulaGrid
    down: bool
    shapes: dict[Shape, list[Place]]
    typed: list[Place]


def lines(grid: FormulaGrid) -> Iterator[Line]:
    """All columns and rows of the sheet that have both."""
    copied = {down: {shape for shape in grid.copies if runs_along(shape, down)} for down in (True, False)}
    columns = {column: None for shape in copied[True] for column in grid.copies[shape].by_column}
    rows = {row for shapes, rows in grid.shapes.alike if not copied[False].isdisjoint(shapes.values()) for row in rows}
    in_columns, in_rows = _typed(grid, columns, rows) if columns or rows else ({}, {})
    for column in (column for column in grid.runs if column in in_columns):
        yield Line(grid, True, _down(grid, column, copied[True]), in_columns[column])
    for row in (row for row in grid.columns if row in in_rows):
        yield Line(grid, False, _across(grid, row, copied[False]), in_rows[row])


def _typed(
    grid: FormulaGrid, columns: Container[int], rows: AbstractSet[int]
) -> tuple[dict[int, list[Place]], dict[int, list[Place]]]:
    """The typed numbers in these columns and those in these rows, sorted; without what an array formula fills."""
    in_columns: dict[int, list[Place]] = {}
    in_rows: dict[int, list[Place]] = {}
    arrays = [area for area in grid.sheet.arrays if area[:2] != area[2:]]  # one of a single cell fills no other
    for kind in grid.sheet.cells.alike:
        has_rows = not rows.isdisjoint(kind.numbers)
        for place, column in enumerate(kind.form.columns):
            for row in kind.typed_numbers(place) if has_rows or column in columns else ():
                if (column not in columns and row not in rows) or _holds(arrays, row, column):
                    continue
                if column in columns:
                    in_columns.setdefault(column, []).append((row, column))
                if row in rows:
                    in_rows.setdefault(row, []).append((row, column))
    return _sorted(in_columns), _sorted(in_rows)


def _sorted(cells: Mapping[int, list[Place]]) -> dict[int, list[Place]]:
    return {line: sorted(places) for line, places in cells.items()}


def _holds(areas: Sequence[Area], row: int, column: int) -> bool:
    return any(area.holds(row, column) for area in areas)


def _down(grid: FormulaGrid, column: int, copied: Container[Shape]) -> dict[Shape, list[Place]]:
    """What may have copies along the column, the most frequent shape first."""
    found = {run.shape: grid.copies[run.shape].by_column[column] for run in grid.runs[column] if run.shape in copied}
    return _chosen({shape: [(row, column) for row in rows] for shape, rows in found.items()})


def _across(grid: FormulaGrid, row: int, copied: Container[Shape]) -> dict[Shape, list[Place]]:
    """What may have copies along the row."""
    found: dict[Shape, list[Place]] = {}
    for column in grid.columns[row]:
        shape = grid.shapes[row, column]
        if shape in copied:
            found.setdefault(shape, []).append((row, column))
    return _chosen(found)


def _chosen(shapes: dict[Shape, list[Place]]) -> dict[Shape, list[Place]]:
    chosen = sorted(shapes, key=lambda shape: -len(shapes[shape]))
    return {shape: shapes[shape] for shape in chosen[:_SHAPES]}


def runs_along(shape: Shape, down: bool) -> bool:
    """Whether copies of the shape run along columns (`down`) or rows by what it reads: cells beside the line."""
    if shape.is_unclear:
        return False
    return any(_is_beside(one, down) for one in shape.references)


def reads_its_line(shape: Shape, down: bool) -> bool:
    """Whether it reads other cells of its own column (`down`) or row."""
    return any(one.sheet is None and _is_in_line(one, down) for one in shape.references)


def is_copy(shape: Shape) -> bool:
    """Whether it only repeats one cell: =C7, =SUM(C7)."""
    return len(shape.references) == 1 and shape.references[0].single and len(shape.nodes) <= 2


def _is_beside(one: Reference, down: bool) -> bool:
    """Whether it lies beside the line and moves along with it."""
    along, beside = ((one.top, one.bottom), (one.left, one.right))[:: 1 if down else -1]
    if beside == _IN_LINE or along[0].fixed or along[1].fixed:
        return False
    return along == _IN_LINE or not (beside[0].fixed or beside[1].fixed)


def _is_in_line(one: Reference, down: bool) -> bool:
    return ((one.left, one.right) if down else (one.top, one.bottom)) == _IN_LINE


def fits(grid: FormulaGrid, shape: Shape, at: Place, model: Place | None = None) -> bool:
    """Whether the formula could stand there: what it reads by itself are numbers, or blanks that it adds, or blanks
    that it finds at the `model` too: a form that is not filled in. So may texts be: what a SUMIF looks for."""
    row, column = at
    for one, is_term in shape.on_its_sheet:
        top, left, bottom, right = one.area(row, column)
        if top < 1 or left < 1 or (top <= row <= bottom and left <= column <= right):
            return False
        if one.single:
            value = grid.sheet.cells.value(top, left)
            if type(value) is Decimal or (value is None and is_term):
                continue
            if model is None or type(value) is not type(grid.sheet.value(*one.area(*model)[:2])):
                return False
            if value is not None and type(value) is not str:
                return False
    return True


def turns_round(shape: Shape, at: Place, shapes: Mapping[Place, Shape]) -> bool:
    """Whether one of the cells it would read there is computed from that very cell."""
    for one in shape.references:
        if one.sheet is None:
            for source in first_cells(one.area(*at)):
                if source in shapes and _is_read_by(shapes[source], source, at):
                    return True
    return False


def _is_read_by(shape: Shape, its_cell: Place, at: Place) -> bool:
    return any(one.sheet is None and one.area(*its_cell).holds(*at) for one in shape.references)


def first_cells(area: Area) -> Iterator[Place]:
    for row in range(area.top, min(area.bottom, area.top + 50) + 1):
        for column in range(area.left, min(area.right, area.left + 50) + 1):
            yield row, column
