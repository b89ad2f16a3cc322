"""Where does a typed number stand in a run of copied formulas?

Two kinds of evidence. The stronger is arithmetic: the formula of the run, applied here, gives the very number that is
typed. The weaker is position: the run goes on behind the number, and only this one cell is typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from operator import itemgetter

from pik_excel.budget.money import same_money
from pik_excel.checks.assumed import taken_over
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.computed import evaluated
from pik_excel.checks.members import differ_beside
from pik_excel.checks.runs import FormulaGrid, Run, Shape, areas_of, formulas, once
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.recalc.syntax import Reference
from pik_excel.records import dataclass

_LONGEST_GAP = 3
_SHORTEST = 3  # formulas in a line; fewer show no pattern, but for two sums with a number between them
_LONG = 3  # formulas in a run that prove something beyond its ends
_NEAR = 4  # of such a number: it differs by a fourth at most


@dataclass(frozen=True)
class Overtyped:
    """Typed numbers in a run; `expected` is what the run's formula gives at the first, where that is known."""

    sheet: str
    cells: tuple[tuple[int, int], ...]
    value: Decimal
    expected: Decimal | None
    model: Address  # a cell of the run

    @property
    def area(self) -> Area:
        """The rectangle of the cells."""
        rows, columns = zip(*self.cells, strict=True)
        return Area(min(rows), min(columns), max(rows), max(columns))


@dataclass(frozen=True)
class _Line:
    """One column or row of a sheet; `at` makes a cell of a position in it."""

    grid: FormulaGrid
    at: Callable[[int], tuple[int, int]]
    down: bool

    def cell(self, position: int) -> Cell | None:
        return self.grid.sheet.cells.get(self.at(position))

    def is_typed(self, position: int) -> bool:
        return _is_typed(self.grid.sheet, self.at(position))


@once
def overtyped(subject: Subject) -> tuple[Overtyped, ...]:
    """All of them, each cell once."""
    found: dict[tuple[str, int, int], Overtyped] = {}
    meant = taken_over(subject)
    for grid in formulas(subject).grids:
        for one in _on_sheet(grid, subject):
            if not any((one.sheet, *cell) in found or (one.sheet, *cell) in meant for cell in one.cells):
                found.update({(one.sheet, *cell): one for cell in one.cells})
    return tuple(dict.fromkeys(found.values()))


def _on_sheet(grid: FormulaGrid, subject: Subject) -> Iterator[Overtyped]:
    for column, runs in grid.runs.items():
        yield from _on_line(_Line(grid, lambda row, c=column: (row, c), down=True), runs, subject)  # type: ignore[misc]
    for row, across in sorted(_rows(grid), key=itemgetter(0)):
        line = _Line(grid, lambda column, r=row: (r, column), down=False)  # type: ignore[misc]
        yield from _on_line(line, across, subject)


def _rows(grid: FormulaGrid) -> Iterator[tuple[int, list[Run]]]:
    """The rows with a typed number right behind a run, or before a long one, and their runs: of the rows of a long
    table, which share their formulas, the columns where one may stand are told once."""

    @cache
    def typed(column: int) -> frozenset[int]:
        kinds = ((kind, kind.form.places.get(column)) for kind in grid.sheet.cells.alike)
        return frozenset(row for kind, place in kinds if place is not None for row in kind.typed_numbers(place))

    for shapes, rows in grid.shapes.alike:
        runs = _runs_across(shapes)
        ends = {run.last + 1 for run in runs} | {run.first - 1 for run in runs if run.length >= _LONG}
        beside = list(map(typed, ends - shapes.keys()))  # not joined: the next row may have other formulas
        yield from ((row, runs) for row in rows if any(row in one for one in beside))


def _on_line(line: _Line, runs: list[Run], subject: Subject) -> Iterator[Overtyped]:
    if len({run.shape for run in runs}) == sum(run.length for run in runs):
        return  # no formula of the line occurs twice
    mixed = cache(lambda: _mixed(line, runs, subject))  # seldom asked for
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        if run.shape.is_unclear:
            continue
        gap = _gap(line, run, following)
        if following is not None and following.shape is run.shape and gap:
            one = _between(line, run, following, gap, mixed, subject)
            if one:
                yield one
        elif run.length >= _LONG:
            yield from _beyond_the_end(line, run, gap, subject)
    for run in runs:
        if run.length >= _LONG and not _looks_back(run.shape, line.down):
            before = [run.first - 1] if line.is_typed(run.first - 1) else []
            yield from _beyond_the_end(line, run, before, subject)


def _runs_across(shapes: Mapping[int, Shape]) -> list[Run]:
    """Of a row with these formulas by column."""
    found: list[Run] = []
    for column in sorted(shapes):
        if found and found[-1].shape is shapes[column] and found[-1].last == column - 1:
            found[-1] = Run(shapes[column], found[-1].first, column)
        else:
            found.append(Run(shapes[column], column, column))
    return found


def _gap(line: _Line, run: Run, following: Run | None) -> list[int]:
    """The typed cells right behind the run, up to the next one."""
    end = run.last + _LONGEST_GAP + 1 if following is None else min(following.first, run.last + _LONGEST_GAP + 1)
    gap = []
    for position in range(run.last + 1, end):
        if not line.is_typed(position):
            break
        gap.append(position)
    return gap


def _is_typed(sheet: Sheet, at: tuple[int, int]) -> bool:
    """A typed number that says something: an explicit 0 is a statement and is left alone."""
    value = sheet.cells.value(*at)
    if type(value) is not Decimal or not value or sheet.cells[at].has_formula:
        return False
    return not any(area.holds(*at) for area in sheet.arrays)  # what an array formula fills


def _between(
    line: _Line, run: Run, following: Run, gap: list[int], mixed: Callable[[], set[Shape]], subject: Subject
) -> Overtyped | None:
    if following.first != run.last + len(gap) + 1:
        return None
    if run.length + following.length < _SHORTEST and (run.shape.sum is None or len(gap) > 1):
        return None
    if run.shape.sum is None and not all(_has_its_inputs(line, run.shape, position, subject) for position in gap):
        return None  # a row without the rate that the others are multiplied by
    expected = [_expected(line, run.shape, position, subject) for position in gap]
    agree = [_agrees(line, position, value) for position, value in zip(gap, expected, strict=True)]
    if not all(agree):
        if (
            min(run.length, following.length) < 2
            and run.shape.sum is None
            and not (
                _is_in_a_block(line, run, gap[0])
                or _is_of_the_run(line, run, gap[0])
                or (_carries_on(line, run.shape, gap[0]) and _is_near(line, gap[0], expected[0]))
            )
        ):
            return None
        if run.length + following.length < _SHORTEST and not _is_near(line, gap[0], expected[0]):
            return None
        if len(gap) > 1 or run.shape in mixed() or crosses_inputs(line.grid, line.at(gap[0]), line.down):
            return None
        if not _has_its_inputs(line, run.shape, gap[0], subject):
            return None
    return _overtyped(line, run, gap, expected[0])


def _is_near(line: _Line, position: int, expected: Decimal | None) -> bool:
    """Whether the number may well be meant as that: no rate among sums, no average."""
    return expected is not None and abs(_value(line, position) - expected) * _NEAR <= abs(expected)


def _is_of_the_run(line: _Line, run: Run, position: int) -> bool:
    """Whether a row (or column) goes with those beside it: their formula reads its own line alone, and what stands
    beside the cell is computed as beside theirs."""
    if not all(_is_of_its_line(one, line.down) for one in run.shape.references):
        return False
    return not differ_beside(line.grid, line.at(position), line.at(run.last), line.down)


def _is_in_a_block(line: _Line, run: Run, position: int) -> bool:
    """Whether the formula of the run stands beside the cell, too, in the next line."""
    row, column = line.at(position)
    beside = ((row, column - 1), (row, column + 1)) if line.down else ((row - 1, column), (row + 1, column))
    return any(line.grid.shapes.get(one) is run.shape for one in beside)


def _carries_on(line: _Line, shape: Shape, position: int) -> bool:
    """Whether the formula repeats a result of the column (or row) before: what was left at its end."""
    if shape.tree not in shape.references or shape.references[0].sheet is not None:
        return False
    area = shape.references[0].area(*line.at(position))
    before = line.at(position - 1)
    same_line_before = area.top == before[0] if line.down else area.left == before[1]
    return area.size == 1 and same_line_before and (area.top, area.left) in line.grid.shapes


def _is_of_its_line(one: Reference, down: bool) -> bool:
    edges = (one.top, one.bottom) if down else (one.left, one.right)
    if all(edge.fixed for edge in edges):
        return True  # the total that a share is of, the list that is searched
    return one.sheet is None and all(not edge.fixed and edge.number == 0 for edge in edges)


def _beyond_the_end(line: _Line, run: Run, gap: list[int], subject: Subject) -> Iterator[Overtyped]:
    """Behind the last formula only arithmetic counts: the typed number must be just what the formula gives."""
    if not gap or not _has_substance(run.shape):
        return
    agreeing = []
    for position in gap:
        if run.shape.sum is None and not _has_its_inputs(line, run.shape, position, subject):
            break
        if not _agrees(line, position, _expected(line, run.shape, position, subject)):
            break
        if run.shape.sum is None and (
            _repeats(line, run.shape, position) or crosses_inputs(line.grid, line.at(position), line.down)
        ):
            break  # last year's amount, or one of a column of inputs ("2027 ff.") that happens to fit
        agreeing.append(position)
    if agreeing and abs(_value(line, agreeing[0])) >= 10:
        yield _overtyped(line, run, agreeing, _value(line, agreeing[0]))


def _overtyped(line: _Line, run: Run, gap: list[int], expected: Decimal | None) -> Overtyped:
    model = Address(line.grid.sheet.name, *line.at(run.last if run.last < gap[0] else run.first))
    value = _value(line, gap[0])
    if expected is not None and _agrees(line, gap[0], expected):
        expected = value
    return Overtyped(line.grid.sheet.name, tuple(line.at(position) for position in gap), value, expected, model)


def _value(line: _Line, position: int) -> Decimal:
    cell = line.cell(position)
    assert cell is not None and isinstance(cell.value, Decimal)
    return cell.value


def _expected(line: _Line, shape: Shape, position: int, subject: Subject) -> Decimal | None:
    return evaluated(subject, shape.tree, Address(line.grid.sheet.name, *line.at(position)))


def _agrees(line: _Line, position: int, expected: Decimal | None) -> bool:
    """Whether the typed number is the expected one, as exact as it was typed."""
    if expected is None:
        return False
    value = _value(line, position)
    digits = -int(value.normalize().as_tuple().exponent)
    if same_money(value, expected):
        return True
    return digits >= 2 and abs(value - expected) <= Decimal(1).scaleb(-digits) / 2


def _mixed(line: _Line, runs: list[Run], subject: Subject) -> set[Shape]:
    """The formulas between whose copies typed numbers are nothing unusual: more than one in eight, but for those where
    the formula would find nothing to compute with."""
    formulas_of, typed_in = Counter[Shape](), Counter[Shape]()
    last: dict[Shape, Run] = {}
    for run in runs:
        formulas_of[run.shape] += run.length
        if run.shape in last:
            start = last[run.shape].last + 1
            typed_in[run.shape] += sum(
                line.is_typed(position) and _has_its_inputs(line, run.shape, position, subject)
                for position in range(start, min(run.first, start + 50))
            )
        last[run.shape] = run
    return {shape for shape, count in typed_in.items() if count > max(1, formulas_of[shape] // 8)}


def crosses_inputs(grid: FormulaGrid, at: tuple[int, int], down: bool) -> bool:
    """Whether a neighbour across the line (a column with `down`) is typed too while its own neighbours along the line
    are formulas: then a whole row (or column) of inputs crosses the formulas."""
    row, column = at
    for step in (-1, 1):
        beside = (row, column + step) if down else (row + step, column)
        before, after = (
            ((beside[0] - 1, beside[1]), (beside[0] + 1, beside[1]))
            if down
            else ((beside[0], beside[1] - 1), (beside[0], beside[1] + 1))
        )
        if _is_typed(grid.sheet, beside) and (before in grid.shapes or after in grid.shapes):
            return True
    return False


def _has_its_inputs(line: _Line, shape: Shape, position: int, subject: Subject) -> bool:
    """Whether the run's formula could stand here: each cell it reads by itself holds something; of a sum, one does."""
    at = Address(line.grid.sheet.name, *line.at(position))
    workbook = subject.reading.workbook
    found, empty = 0, 0
    for sheet, area in areas_of(shape, at):
        if area.top == area.bottom and area.left == area.right:
            cell = workbook.cell(Address(sheet, area.top, area.left))
            if cell is None or cell.value is None:
                empty += 1
            else:
                found += 1
    return not empty or (shape.sum is not None and found > 0)


def _repeats(line: _Line, shape: Shape, position: int) -> bool:
    """Whether the number is but one of those the formula reads: last year's, with a rate of 0 on it."""
    areas = (one.area(*line.at(position)) for one in shape.references if one.single and one.sheet is None)
    return any(line.grid.sheet.value(area.top, area.left) == _value(line, position) for area in areas)


def _has_substance(shape: Shape) -> bool:
    """More than a copy of another cell: several cells, or a sum."""
    return shape.sum is not None or len(shape.references) > 1


def _looks_back(shape: Shape, down: bool) -> bool:
    """Whether the formula reads cells before it in its own line: then the line needs a first value, which is typed."""
    return any(_is_earlier(one, down) for one in shape.references)


def _is_earlier(one: Reference, down: bool) -> bool:
    if one.sheet is not None:
        return False
    start, other = (one.top, one.left) if down else (one.left, one.top)
    return not start.fixed and start.number < 0 and not other.fixed and other.number == 0
