"""Which numbers are typed in a row that is computed in its other columns?

A row of totals, balances or averages is computed from the rows above or below it, column by column. A number that is
typed in such a row is no input, whatever it is: where the other columns add up, it may be a median or a share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pik_excel.checks.added import total_cells
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.lines import Place, first_cells, reads_its_line, runs_along, turns_round
from pik_excel.checks.missing import missing_formulas
from pik_excel.checks.overtyped import overtyped
from pik_excel.checks.runs import FormulaGrid, Shape, blocks, formulas
from pik_excel.grid.reference import Address, Area
from pik_excel.patterns import pattern
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, Sign, children
from pik_excel.records import dataclass

_FEWEST = 2  # formulas side by side
_MOST = 4  # typed numbers for each formula
_NEAR = 8  # rows in which a column without any number is but a space between two others
_HEAD = 40  # rows above in which a column's heading may stand
_GIVEN = pattern(
    r"\b(?:target|plan|budget|goal|forecast|estimat|assum|input|quota|limit|soll|ziel|ansatz|vorgabe|annahme|schätz)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HalfComputed:
    """Typed numbers side by side in such a row, and a cell of the same row that is computed."""

    sheet: str
    area: Area
    model: Address


def half_computed(subject: Subject) -> Iterator[HalfComputed]:
    """All that no formula of their line gives; none in a budget workbook, where a year or a kind of figures may be
    typed as a whole."""
    grids = () if subject.reading.budget.measure_tables else formulas(subject).grids
    known = _known(subject) if grids else set()
    for grid in grids:
        name = grid.sheet.name
        for row, kinds in _computed_rows(grid):
            models = {at: model for at, model in _typed_in(grid, row, kinds) if (name, *at) not in known}
            for area in blocks(models):
                yield HalfComputed(name, area, Address(name, *models[area.top, area.left]))


def _known(subject: Subject) -> set[tuple[str, int, int]]:
    """The cells of which it is known what they are, or what they should be."""
    found = {(one.sheet, *at) for one in overtyped(subject) for at in one.cells}
    found |= {(one.sheet, *at) for one in missing_formulas(subject) for at in one.expected}
    return found | total_cells(subject)


def _computed_rows(grid: FormulaGrid) -> Iterator[tuple[int, dict[int, Hashable]]]:
    """The rows with several formulas that compute from other rows, and the kind of each by its column."""
    rows: dict[int, dict[int, Hashable]] = defaultdict(dict)
    for shape, cells in grid.copies.items():
        if _is_of_its_column(shape):
            kind = _kind(shape.tree)
            for row, column in cells:
                rows[row][column] = kind
    yield from ((row, kinds) for row, kinds in sorted(rows.items()) if len(kinds) >= _FEWEST)


def _is_of_its_column(shape: Shape) -> bool:
    """Whether it computes from other rows of its own columns, on its own sheet."""
    if not runs_along(shape, False) or reads_its_line(shape, False):
        return False
    return all(one.sheet is None for one in shape.references)


def _kind(node: Node) -> Hashable:
    """What formulas have in common that differ in a number only: =54585-C13 and =57123-D13."""
    match node:
        case Number():
            return "number"
        case Reference():
            return node
        case Sign("+", operand):
            return _kind(operand)
        case Operation(name) | Sign(name) | Call(name):
            return (name, *map(_kind, children(node)))
    return (type(node).__name__, *map(_kind, children(node)))


def _typed_in(grid: FormulaGrid, row: int, kinds: dict[int, Hashable]) -> Iterator[tuple[Place, Place]]:
    """The typed cells of the row, each with the nearest one that is computed."""
    cells = grid.sheet.cells.row(row)
    label = min((at for at, cell in cells.items() if isinstance(cell.value, str) and cell.value.strip()), default=0)
    numbers = [at for at, cell in sorted(cells.items()) if isinstance(cell.value, Decimal)]
    for columns in _stretches(grid, row, numbers):
        if not 0 < label < columns[0]:
            continue  # the row has no name, or the first number is it
        kind, step = _repeated([kinds.get(at) for at in columns])
        own = [at for at in columns if kinds.get(at) == kind] if kind is not None else []
        alike = set(columns[columns.index(own[0]) % step :: step]) if own else set()
        typed = [at for at in columns if at in alike and (row, at) not in grid.shapes]
        for column in typed if len(typed) <= _MOST * len(own) else ():
            model = min(own, key=lambda at: abs(at - column))
            shape = grid.shapes[row, model]
            if column < own[0] and all(one.single for one in shape.references):
                continue  # years that are over, before those that are worked out
            if _is_result(grid, (row, column), shape) and not _is_given(grid, row, column, own):
                yield (row, column), (row, model)


def _stretches(grid: FormulaGrid, row: int, numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the row that stand side by side."""
    part = list(numbers[:1])
    for before, at in pairwise(numbers):
        if at - before > 2 or (at - before == 2 and not _is_space(grid, row, before + 1)):
            yield part
            part = []
        part.append(at)
    if part:
        yield part


def _is_space(grid: FormulaGrid, row: int, column: int) -> bool:
    """Whether the column holds no number near the row."""
    rows = range(max(1, row - _NEAR), row + _NEAR + 1)
    return not any(isinstance(grid.sheet.value(one, column), Decimal) for one in rows)


def _repeated(kinds: Sequence[Hashable | None]) -> tuple[Hashable | None, int]:
    """The most frequent of those that stand twice side by side, or twice in the second or third column of a group such
    as amount and share; and how far they are apart."""
    for step in (1, 2, 3):
        beside = [one for one, other in zip(kinds, kinds[step:], strict=False) if one is not None and one == other]
        if beside:
            return max(beside, key=kinds.count), step
    return None, 1


def _is_result(grid: FormulaGrid, at: Place, shape: Shape) -> bool:
    """Whether the formula would find a number there, and none that is computed from this very cell."""
    areas = [one.area(*at) for one in shape.references]
    if any(area.top < 1 or area.left < 1 for area in areas) or turns_round(shape, at, grid.shapes):
        return False
    values = (grid.sheet.value(*source) for area in areas for source in first_cells(area))
    return bool(grid.sheet.value(*at)) and any(isinstance(value, Decimal) and value for value in values)


def _is_given(grid: FormulaGrid, row: int, column: int, own: Sequence[int]) -> bool:
    """Whether the column is one of inputs: typed beside the same formulas in the next row too, or headed as such."""
    for beside in (row - 1, row + 1):
        again = [at for at in own if grid.shapes.get((beside, at)) is grid.shapes[row, at]]
        typed = (beside, column) not in grid.shapes and isinstance(grid.sheet.value(beside, column), Decimal)
        if typed and len(again) >= _FEWEST:
            return True
    return _is_headed_as_given(grid, row, column) and not any(_is_headed_as_given(grid, row, at) for at in own)


def _is_headed_as_given(grid: FormulaGrid, row: int, column: int) -> bool:
    values = (grid.sheet.value(above, column) for above in range(row - 1, max(0, row - _HEAD), -1))
    texts = [value for value in values if isinstance(value, str)]
    return any(_GIVEN.search(text) for text in texts[:3])
