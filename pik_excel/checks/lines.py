"""Which formulas may have copies along a row or column, and which typed numbers stand there?

What reads other cells of its own row is copied down a column, what reads its column along a row. A formula that reads
only its own line has other inputs in the next cell and is not tried there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pik_excel.checks.runs import FormulaGrid, Shape
from pik_excel.grid.reference import Area
from pik_excel.recalc.syntax import Beyond, Reference
from pik_excel.records import dataclass

Place = tuple[int, int]
"""Row and column."""
_SHAPES = 12  # of one line, the most frequent


@dataclass(frozen=True)
class Line:
    """A column (`down`) or row: the cells of each shape that may have copies there, and its typed numbers."""

    grid: FormulaGrid
    down: bool
    shapes: dict[Shape, list[Place]]
    typed: list[Place]


def lines(grid: FormulaGrid) -> Iterator[Line]:
    """All columns and rows of the sheet that have both."""
    columns, rows = _shapes(grid, True), _shapes(grid, False)
    in_columns: dict[int, list[Place]] = {column: [] for column in columns}
    in_rows: dict[int, list[Place]] = {row: [] for row in rows}
    for row, column, _number in grid.sheet.cells.typed_numbers() if columns or rows else ():
        if column in in_columns:
            in_columns[column].append((row, column))
        if row in in_rows:
            in_rows[row].append((row, column))
    for down, typed_in, shapes in ((True, in_columns, columns), (False, in_rows, rows)):
        for position, typed in typed_in.items():
            free = [at for at in typed if not any(area.holds(*at) for area in grid.sheet.arrays)]
            if free:
                yield Line(grid, down, shapes[position], sorted(free))


def _shapes(grid: FormulaGrid, down: bool) -> dict[int, dict[Shape, list[Place]]]:
    """What may have copies along each column (`down`) or row, the most frequent shape first."""
    shapes = grid.shapes
    copied = {shape for shape in grid.copies if runs_along(shape, down)}
    if not copied:
        return {}
    found: dict[int, dict[Shape, list[Place]]] = {}
    for position, others in (grid.rows if down else grid.columns).items():
        here: dict[Shape, list[Place]] = {}
        for other in others:
            at = (other, position) if down else (position, other)
            shape = shapes[at]
            if shape in copied:
                here.setdefault(shape, []).append(at)
        if here:
            chosen = sorted(here, key=lambda shape: -len(here[shape]))
            found[position] = {shape: here[shape] for shape in chosen[:_SHAPES]}
    return found


def runs_along(shape: Shape, down: bool) -> bool:
    """Whether copies of the shape run along columns (`down`) or rows by what it reads: cells beside the line."""
    if any(isinstance(node, Beyond) for node in shape.nodes):
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
    if _is_in_line(one, down) or any(edge.fixed for edge in along):
        return False
    return all(edge.number == 0 for edge in along) or not any(edge.fixed for edge in beside)


def _is_in_line(one: Reference, down: bool) -> bool:
    edges = (one.left, one.right) if down else (one.top, one.bottom)
    return all(not edge.fixed and edge.number == 0 for edge in edges)


def fits(grid: FormulaGrid, shape: Shape, at: Place) -> bool:
    """Whether the formula could stand there: what it reads by itself are numbers, or blanks that it adds."""
    for one in shape.references:
        if one.sheet is not None:
            continue
        area = one.area(*at)
        if area.top < 1 or area.left < 1 or area.holds(*at):
            return False
        if one.single:
            value = grid.sheet.value(area.top, area.left)
            if type(value) is not Decimal and (value is not None or one not in shape.terms):
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
