"""Where does one formula differ from the run of equal formulas it stands in?

It must stand between copies of one formula, alone in its way, and give another value than they would. A row that
differs in several columns is a row of another kind, and a formula that reads its own line is a total or a balance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import chain

from pik_excel.budget.money import same_money
from pik_excel.checks.added import Key, TotalCell, totals
from pik_excel.checks.assumed import taken_over
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.computed import evaluated
from pik_excel.checks.likeness import is_alike
from pik_excel.checks.lines import Place, first_cells, fits, reads_its_line, runs_along, turns_round
from pik_excel.checks.members import Members, differ_beside
from pik_excel.checks.ranges import wrong_ranges
from pik_excel.checks.runs import FormulaGrid, Shape, formulas
from pik_excel.checks.strays import (
    Prospect,
    compute_alike,
    is_slip,
    leaves_out_a_zero,
    prospects,
    strays,
    strays_in_a_block,
)
from pik_excel.grid.reference import Address
from pik_excel.recalc.syntax import Number
from pik_excel.records import dataclass

_SHORTEST = 4  # equal formulas around the other one
_COPIES = 2  # equal formulas that tell where the other one only has a number more
_FEWEST = 3  # … where it stands between them and a slip would make it of theirs
_GAP = 3  # cells from one formula of a run to the next, where the run goes on
_FEW = 2  # cells that a range has too many or too few
_FAR = 8  # cells to both sides in which a row of another kind shows


@dataclass(frozen=True)
class Break:
    """A formula that differs from those around it; `expected` is what theirs gives in its place, None where that is not
    computed with certainty.

    Where it is what the formula gives itself, for the present, `apart` are the cells that only one of the two reads:
    empty ones, 0 or text; () where both read the same cells.
    """

    at: Address
    model: Address
    stated: Decimal
    expected: Decimal | None
    apart: tuple[Place, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether it shows today."""
        return self.expected is not None and not same_money(self.stated, self.expected)


def breaks(subject: Subject) -> Iterator[Break]:
    """All of them, each cell once."""
    wrong = wrong_ranges(subject).keys()
    known = _sums(subject) | wrong | taken_over(subject)  # the former are looked at by the rules for sums
    for grid in formulas(subject).grids:
        found: dict[Place, Break] = {}
        for at, model in chain(_candidates(grid, True), _candidates(grid, False), strays_in_a_block(grid)):
            if at not in found and (grid.sheet.name, *at) not in known and (grid.sheet.name, *model) not in wrong:
                one = _break(grid, at, model, subject)
                if one is not None:
                    found[at] = one
        yield from found.values()


def _sums(subject: Subject) -> set[Key]:
    """The totals that add, in rows of such: among balances a sum is a slip, as is a balance among sums."""
    rows: dict[tuple[str, int], list[TotalCell]] = {}
    for cell in totals(subject):
        rows.setdefault((cell.at.sheet, cell.at.row), []).append(cell)
    found: set[Key] = set()
    for cells in rows.values():
        adding = [cell.at for cell in cells if cell.sum is not None]
        if 2 * len(adding) >= len(cells):
            found.update((at.sheet, at.row, at.column) for at in adding)
    return found


@dataclass(frozen=True)
class _Line:
    """The formulas of a column or row in their order, and what of them may be a break by what they are, wherever they
    stand. Rows with the same formulas share one: a long table has few."""

    positions: Sequence[int]
    here: list[Shape]
    prospects: list[Prospect]
    with_a_number: list[tuple[int, int]]
    """The indices of formulas with one typed number more than their neighbours, and of the neighbour."""
    alone: list[tuple[int, int | None, list[int]]]
    """The indices of formulas that occur once, of a run around each, and of neighbours whose run it may join."""

    @property
    def is_silent(self) -> bool:
        """Whether no formula of it may be a break."""
        return not (self.prospects or self.with_a_number or self.alone)


def _candidates(grid: FormulaGrid, down: bool) -> Iterator[tuple[Place, Place]]:
    """Formulas within or at the end of equal ones of another shape, with one of these."""
    for position, line in _mixed_columns(grid) if down else _mixed_rows(grid):
        places = [(other, position) if down else (position, other) for other in line.positions]
        yield from strays(grid, line.prospects, places, line.here, down)
        for index, model in line.with_a_number:
            if not _is_of_another_kind(grid, places[index], down):
                yield places[index], places[model]
        runs = _Runs(grid, places, line, down)
        for index, surrounding, neighbours in line.alone:
            if surrounding is not None and not _is_of_another_kind(grid, places[index], down):
                yield places[index], places[surrounding]
                continue
            joined = runs.joined_by(index, neighbours)
            if joined is not None and not differ_beside(grid, places[index], places[joined], down):
                yield places[index], places[joined]


def _mixed_columns(grid: FormulaGrid) -> Iterator[tuple[int, _Line]]:
    """The columns with formulas of more than one shape: most in a large table have but one."""
    for column, runs in grid.runs.items():
        if any(run.shape is not runs[0].shape for run in runs):
            rows = grid.rows[column]
            line = _line(rows, [grid.shapes[row, column] for row in rows], True)
            if not line.is_silent:
                yield column, line


def _mixed_rows(grid: FormulaGrid) -> Iterator[tuple[int, _Line]]:
    """The rows with formulas of more than one shape."""
    lines: dict[int, _Line] = {}
    for row in grid.rows_with_copies:
        shapes = grid.shapes.rows[row]
        line = lines.get(id(shapes))
        if line is None:
            columns = grid.columns[row]
            line = lines[id(shapes)] = _line(columns, [shapes[column] for column in columns], False)
        if not line.is_silent:
            yield row, line


def _line(positions: Sequence[int], here: list[Shape], down: bool) -> _Line:
    counts = Counter(here)
    if len(here) < _FEWEST or not 1 < len(counts) < len(here):
        return _Line(positions, here, [], [], [])
    with_a_number = list(_with_a_number_more(positions, here, counts))
    alone = list(_alone(positions, here, counts, down)) if len(here) > _FEWEST else []
    return _Line(positions, here, prospects(positions, here, down), with_a_number, alone)


def _with_a_number_more(
    positions: Sequence[int], here: list[Shape], counts: Counter[Shape]
) -> Iterator[tuple[int, int]]:
    """Formulas beside one of several equal ones that read the same cells in the same order, and calculate with one
    typed number more: =C10-C19*2 among =B10-B19. So alike, a few are enough."""
    for index, shape in enumerate(here):
        if counts[shape] > 1 or shape.sum is not None:
            continue
        for other in (index - 1, index + 1):
            if not 0 <= other < len(here) or counts[here[other]] < _COPIES:
                continue
            if abs(positions[index] - positions[other]) == 1 and _has_a_number_more(shape, here[other]):
                yield index, other
                break


def _alone(
    positions: Sequence[int], here: list[Shape], counts: Counter[Shape], down: bool
) -> Iterator[tuple[int, int | None, list[int]]]:
    for index, shape in enumerate(here):
        if counts[shape] > 1:
            continue
        surrounding = _surrounding(positions, here, index)
        if surrounding is not None and not _may_differ(shape, here[surrounding], down):
            surrounding = None
        neighbours = _neighbours(positions, here, index, down)
        if surrounding is not None or neighbours:
            yield index, surrounding, neighbours


def _neighbours(positions: Sequence[int], here: list[Shape], index: int, down: bool) -> list[int]:
    """Those of whose run the formula may be, by what it is."""
    shape = here[index]
    if shape.sum is not None and reads_its_line(shape, down):
        return []
    found: list[int] = []
    for other in (index - 1, index + 1):
        if not 0 <= other < len(here):
            continue
        around, distance = here[other], abs(positions[other] - positions[index])
        if distance > 1 and (distance > _GAP or around not in here[index:] or around not in here[:index]):
            continue
        if runs_along(around, down) and is_alike(shape, around):
            found.append(other)
    return found


def _has_a_number_more(shape: Shape, around: Shape) -> bool:
    typed, usual = (sum(isinstance(node, Number) for node in one.nodes) for one in (shape, around))
    return typed == usual + 1 and len(around.references) > 1 and shape.references == around.references


def _surrounding(positions: Sequence[int], here: list[Shape], index: int) -> int | None:
    """The cell before, where it and the one behind belong to a run of equal formulas."""
    if not 0 < index < len(here) - 1 or here[index - 1] is not here[index + 1]:
        return None
    if positions[index + 1] - positions[index - 1] != 2 or _length(positions, here, index) < _SHORTEST:
        return None
    return index - 1


class _Runs:
    """The runs of a line, and whether a cell that computes otherwise belongs to one by what it would read there."""

    def __init__(self, grid: FormulaGrid, places: list[Place], line: _Line, down: bool) -> None:
        self._grid, self._places, self._here, self._down = grid, places, line.here, down
        self._positions = line.positions
        self._members: dict[Shape, Members] = {}

    @cached_property
    def _counts(self) -> Counter[Shape]:
        return Counter(self._here)

    def joined_by(self, index: int, neighbours: Iterable[int]) -> int | None:
        """That of these neighbours whose run the cell belongs to, None where there is none."""
        for other in neighbours:
            around = self._here[other]
            if (self._counts[around] > _SHORTEST or self._stands_between(index, self._counts[around])) and (
                self._include(around, self._places[index])
            ):
                return other
        return None

    def _stands_between(self, index: int, count: int) -> bool:
        """Whether the cell is within a column of few equal formulas, with one of them right above and right below."""
        if not self._down or count < _FEWEST or not 0 < index < len(self._here) - 1:
            return False
        before, after = self._positions[index - 1], self._positions[index + 1]
        if self._here[index - 1] is not self._here[index + 1] or after - before != 2:
            return False
        return not _is_of_another_kind(self._grid, self._places[index], self._down)

    def _include(self, around: Shape, at: Place) -> bool:
        if around not in self._members:
            own = [place for place, shape in zip(self._places, self._here, strict=True) if shape is around]
            self._members[around] = Members(self._grid, around, own)
        return self._members[around].include(at)


def _length(positions: Sequence[int], here: list[Shape], index: int) -> int:
    """How many equal formulas stand before and behind, without a gap."""
    count = 0
    for step in (-1, 1):
        at = index + step
        shape = here[at]
        while 0 <= at < len(here) and here[at] is shape and positions[at] - positions[index] == at - index:
            count += 1
            at += step
    return count


def _may_differ(shape: Shape, around: Shape, down: bool) -> bool:
    """Whether the run is one of copies, and the other formula neither unreadable nor a total of the line."""
    if shape.is_unclear or reads_its_line(shape, down):
        return False
    return runs_along(around, down)


def _is_of_another_kind(grid: FormulaGrid, at: Place, down: bool) -> bool:
    """Whether a formula beside it breaks the run of its own line too."""
    for distance in (*range(-_FAR, 0), *range(1, _FAR + 1)):
        row, column = (at[0], at[1] + distance) if down else (at[0] + distance, at[1])
        before, after = ((row - 1, column), (row + 1, column)) if down else ((row, column - 1), (row, column + 1))
        around = grid.shapes.get(before)
        if around is not None and around is grid.shapes.get(after) and around is not grid.shapes.get((row, column)):
            return True
    return False


def _break(grid: FormulaGrid, at: Place, model: Place, subject: Subject) -> Break | None:
    stated = grid.sheet.value(*at)
    shape, around = grid.shapes[at], grid.shapes[model]
    if not isinstance(stated, Decimal) or not fits(grid, around, at, model) or turns_round(around, at, grid.shapes):
        return None
    address = Address(grid.sheet.name, *at)
    expected = evaluated(subject, around.tree, address)
    found = Break(address, Address(grid.sheet.name, *model), stated, expected)
    if found.differs:
        return found
    alike = is_alike(shape, around) or leaves_out_a_zero(grid, shape, around, at)
    apart = _read_by_one(shape, around, at) if alike else ()
    if apart:
        return replace(found, apart=apart)
    slipped = is_slip(shape, around, at, True) and not compute_alike(shape, around, at)
    return found if slipped else None


def _read_by_one(one: Shape, other: Shape, at: Place) -> tuple[Place, ...]:
    """The cells of this sheet that only one of the formulas reads there; () where they are many, or none."""
    first, second = (_read_at(shape, at) for shape in (one, other))
    apart = first ^ second
    return tuple(sorted(apart)) if len(apart) <= _FEW and first & second else ()


def _read_at(shape: Shape, at: Place) -> set[Place]:
    return {cell for ref in shape.references if ref.sheet is None for cell in first_cells(ref.area(*at))}
