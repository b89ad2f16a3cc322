"""Which numbers are typed in a column beside the years, or in a row of balances, where all others are one formula?

Shares, changes and sums of the years are computed in each row alike, so one typed number among them is none of the
custom, wherever in the table it stands: at the end of a group, alone between two "davon" rows, with another value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.tables import MeasureTable
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.computed import evaluated
from pik_excel.checks.lines import fits
from pik_excel.checks.overtyped import Overtyped
from pik_excel.checks.runs import FormulaGrid, Shape, formulas
from pik_excel.grid.reference import Address
from pik_excel.recalc.syntax import Reference

_FEWEST = 3  # copies of the formula
_FARTHEST = 5  # columns behind the last year


def typed_beside_years(subject: Subject) -> Iterator[Overtyped]:
    """The one typed number of each such column."""
    grids = {grid.sheet.name: grid for grid in formulas(subject).grids}
    for table in subject.reading.budget.measure_tables:
        grid = grids.get(table.sheet)
        if grid is not None and table.columns:
            yield from _in_table(subject, grid, table)
            yield from _in_balances(subject, grid, table)


def _in_table(subject: Subject, grid: FormulaGrid, table: MeasureTable) -> Iterator[Overtyped]:
    years = {column.at.column for column in table.columns}
    rows = [measure.at.row for measure in table.measures]
    columns = [
        column
        for column in range(table.area.left, max(years) + _FARTHEST + 1)
        if column not in years and column != table.name_column and column in grid.rows
    ]
    columns = [column for column in columns if not set(rows).issubset(grid.rows[column])]  # nothing is typed there
    for column in columns:
        cells = [(row, column) for row in rows]
        shapes = Counter(shape for at in cells if (shape := grid.shapes.get(at)) is not None)
        typed = [at for at in cells if at not in grid.shapes and isinstance(grid.sheet.value(*at), Decimal)]
        if len(shapes) != 1 or len(typed) != 1:
            continue
        ((shape, count),) = shapes.items()
        value = grid.sheet.value(*typed[0])
        if count >= _FEWEST and value and _reads_its_row(shape) and fits(grid, shape, typed[0]):
            yield _overtyped(subject, grid, shape, typed[0], next(at for at in cells if at in grid.shapes))


def _in_balances(subject: Subject, grid: FormulaGrid, table: MeasureTable) -> Iterator[Overtyped]:
    """The one typed year of a row that is no plain sum: "Ordentliches Ergebnis". What it reads has to be computed in
    that year as well: a year known from elsewhere is typed as a whole."""
    for total in table.totals:
        cells = [(total.at.row, column.at.column) for column in table.columns if not column.year.open_ended]
        shapes = Counter(shape for at in cells if (shape := grid.shapes.get(at)) is not None)
        typed = [at for at in cells if at not in grid.shapes and isinstance(grid.sheet.value(*at), Decimal)]
        if total.rows or len(shapes) != 1 or len(typed) != 1:
            continue
        ((shape, count),) = shapes.items()
        single = all(one.single and one.sheet is None for one in shape.references)
        if count >= _FEWEST and single and grid.sheet.value(*typed[0]) and _reads_formulas(grid, shape, typed[0]):
            yield _overtyped(subject, grid, shape, typed[0], next(at for at in cells if at in grid.shapes))


def _reads_formulas(grid: FormulaGrid, shape: Shape, at: tuple[int, int]) -> bool:
    read = [one.area(*at) for one in shape.references]
    return bool(read) and all(area.left == at[1] and (area.top, area.left) in grid.shapes for area in read)


def _reads_its_row(shape: Shape) -> bool:
    """Whether it reads cells of its own row, and else only fixed ones: it may stand in any row of the table."""
    if shape.is_unclear:
        return False
    own = [one for one in shape.references if _moves_with_row(one)]
    return bool(own) and all(one.top.number == one.bottom.number == 0 and one.sheet is None for one in own)


def _moves_with_row(one: Reference) -> bool:
    return not (one.top.fixed and one.bottom.fixed)


def _overtyped(
    subject: Subject, grid: FormulaGrid, shape: Shape, at: tuple[int, int], model: tuple[int, int]
) -> Overtyped:
    value = grid.sheet.value(*at)
    assert isinstance(value, Decimal)
    name = grid.sheet.name
    return Overtyped(name, (at,), value, evaluated(subject, shape.tree, Address(name, *at)), Address(name, *model))
