"""Which typed numbers are what the formulas of their own row or column give?

Cells of one row or column that name the same thing compute alike. A formula that stands somewhere in a line is tried at
each typed number of the line; where the numbers come out as typed, they are results and no inputs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import ChainMap, Counter
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from itertools import pairwise

from pik_excel.checks.added import total_cells
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.evidence import decimals, is_near
from pik_excel.checks.lines import Line, Place, is_copy, lines, turns_round
from pik_excel.checks.members import Members, differ_beside
from pik_excel.checks.overtyped import crosses_inputs, overtyped
from pik_excel.checks.runs import Shape, formulas, once
from pik_excel.checks.trials import Trial, is_computed, tried, typed_number
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell
from pik_excel.records import dataclass

_RUN = 4  # formulas between which another number is an exception
_GAP = 2  # empty cells between two tables
_LONG = 8  # formulas of a run in which a typed 0 is none of them
_NEAR = 3  # cells to the next formula of the run
_IN_VAIN = 500  # typed cells of other lines that a shape does not explain; then it explains none


@dataclass(frozen=True)
class MissingFormula:
    """Typed numbers of one line that the formula of the model cell gives at their places.

    `apart` are those that it gives nearly, or that stand between the others and differ; `expected` has for each of
    both what the formula gives there.
    """

    sheet: str
    shape: Shape
    model: Address
    expected: dict[Place, Decimal]
    apart: frozenset[Place] = frozenset()


@once
def missing_formulas(subject: Subject) -> tuple[MissingFormula, ...]:
    """All of them, each cell once, those left out that a recognised table or a gap in a run of formulas explains.

    Totals come first, so that a row that was the rest of a total stays an input.
    """
    found: list[MissingFormula] = []
    known = total_cells(subject) | {(one.sheet, *at) for one in overtyped(subject) for at in one.cells}
    for grid in formulas(subject).grids:
        in_vain: Counter[tuple[Shape, bool]] = Counter()
        groups = [group for line in lines(grid) for group in _on_line(line, in_vain, subject)]
        groups.sort(key=lambda one: one.shape.sum is None)
        explained = ChainMap[Place, Shape]({}, grid.shapes)  # type: ignore[arg-type]  # only the first is written to
        for one in groups:
            kept = {at: value for at, value in one.expected.items() if (one.sheet, *at) not in known}
            kept = {
                at: value
                for at, value in kept.items()
                if at not in explained and not turns_round(one.shape, at, explained)
            }
            if kept:
                explained.update(dict.fromkeys(kept, one.shape))
                found.append(MissingFormula(one.sheet, one.shape, one.model, kept, one.apart & kept.keys()))
    return tuple(found)


def _on_line(line: Line, in_vain: Counter[tuple[Shape, bool]], subject: Subject) -> Iterator[MissingFormula]:
    for shape in line.shapes:
        if in_vain[shape, line.down] > _IN_VAIN:
            continue
        trial = tried(line, shape, subject)
        in_vain[shape, line.down] += len(line.typed) if not trial.proven else -len(line.typed)
        parts = list(_convincing(line, shape, trial))
        yield from (_group(line, shape, part) for part in parts)
        if parts:
            continue
        if not trial.stopped and not subject.reading.budget.measure_tables:
            yield from _small_results(line, shape, trial)
            yield from _overruled(line, shape, trial)


def _convincing(line: Line, shape: Shape, trial: Trial) -> Iterator[Trial]:
    """The trial as a whole, without the stretches of another table that it does not explain; or those stretches with
    formulas of the shape in which it convinces."""
    if not trial.proven:
        return
    own = line.shapes[shape]
    stretches = [(trial.within(part), any(at in part for at in own)) for part in _stretches(line)]
    if trial.convinces(shape):
        bound = any(one.top.fixed or one.left.fixed for one in shape.references)  # to a cell of its own table
        foreign = [
            part for part, has_own in stretches if not has_own and (bound or len(part.differs) >= len(part.proven))
        ]
        left_out = {at for part in foreign for at in (*part.proven, *part.weak)}
        whole = trial.without(left_out)
        if whole.proven:
            yield whole
        return
    yield from (part for part, has_own in stretches if has_own and part.convinces(shape))


def _stretches(line: Line) -> Iterator[Set[Place]]:
    """The numbers and formulas of the line from heading to heading."""
    cells = line.grid.sheet.cells
    places = sorted({*line.typed, *(at for own in line.shapes.values() for at in own)})
    part: set[Place] = set()
    for before, at in pairwise([None, *places]):
        assert at is not None
        if before is not None and _is_apart(cells, before, at, line.down):
            yield part
            part = set()
        part.add(at)
    yield part


def _is_apart(cells: Mapping[Place, Cell], before: Place, at: Place, down: bool) -> bool:
    """Whether a text or two empty cells stand between the two."""
    first, last = (before[0] + 1, at[0]) if down else (before[1] + 1, at[1])
    if not 0 < last - first <= _NEAR:
        return last > first
    between = [cells.get((step, at[1]) if down else (at[0], step)) for step in range(first, last)]
    empty = sum(cell is None or cell.value is None for cell in between)
    return empty >= _GAP or any(cell is not None and isinstance(cell.value, str) and cell.value for cell in between)


def _group(line: Line, shape: Shape, trial: Trial) -> MissingFormula:
    sheet = line.grid.sheet
    own = line.shapes[shape]
    agreeing = trial.proven | trial.weak
    finest = Decimal(1).scaleb(-max(decimals(typed_number(sheet, at).normalize()) for at in trial.proven)) / 2
    for at, computed in trial.differs.items():
        if abs(typed_number(sheet, at) - computed) <= finest:
            agreeing[at] = computed  # 3 among 3.1 and 3.2
    whole = {*agreeing, *own}
    rest = {at: computed for at, computed in trial.differs.items() if at not in agreeing}
    near = {at for at, computed in rest.items() if shape.sum and is_near(typed_number(sheet, at), computed)}
    near = {at for at in near if is_computed(sheet, shape, at)}
    apart = near if len(near) <= len(whole) else set()
    between = {at for at in rest.keys() - near if _is_between(at, whole, 2, line.down) and typed_number(sheet, at)}
    if len(between) * (2 if shape.sum else 8) <= len(whole):
        apart |= between
    first = min(trial.proven)
    model = min(own, key=lambda at: abs(at[0] - first[0]) + abs(at[1] - first[1]))
    expected = agreeing | {at: rest[at] for at in apart}
    return MissingFormula(
        sheet.name, shape, Address(sheet.name, *model), dict(sorted(expected.items())), frozenset(apart)
    )


def _small_results(line: Line, shape: Shape, trial: Trial) -> Iterator[MissingFormula]:
    """Numbers too small to prove anything by themselves, which a run of formulas gives where it begins or goes on."""
    own = line.shapes[shape]
    if len(own) <= _RUN or is_copy(shape) or len(trial.weak) < len(trial.differs):
        return
    members = Members(line.grid, shape, own)
    small = {
        at: computed
        for at, computed in trial.weak.items()
        if typed_number(line.grid.sheet, at) and is_computed(line.grid.sheet, shape, at)
        if _goes_on(line, own, at) and members.include(at)
    }
    if small:
        sheet = line.grid.sheet.name
        yield MissingFormula(sheet, shape, Address(sheet, *own[0]), small)


def _overruled(line: Line, shape: Shape, trial: Trial) -> Iterator[MissingFormula]:
    """Numbers of a run of formulas that all differ from what it gives: few of them, within totals, or nearly right."""
    sheet, own = line.grid.sheet, line.shapes[shape]
    if len(own) < _RUN:
        return
    run, members = set(own), Members(line.grid, shape, own)
    belonging = {
        at: computed
        for at, computed in trial.differs.items()
        if (typed_number(sheet, at) or _is_a_slipped_zero(line, run, at)) and is_computed(sheet, shape, at)
        if (_is_between(at, run, 1, line.down) and not crosses_inputs(line.grid, at, line.down))
        or (len(own) > _RUN and _goes_on(line, own, at) and members.include(at))
    }
    near = {at for at, computed in belonging.items() if shape.sum and is_near(typed_number(sheet, at), computed)}
    if (len(belonging) - len(near)) * (2 if shape.sum else 4) > len(own):
        belonging = {at: belonging[at] for at in near}
    if belonging and len(belonging) <= len(own):
        model = Address(sheet.name, *own[0])
        yield MissingFormula(sheet.name, shape, model, belonging, frozenset(belonging))


def _is_a_slipped_zero(line: Line, run: Set[Place], at: Place) -> bool:
    """Whether a 0 stands between the formulas of a long run that sums nothing up; elsewhere a 0 is a statement."""
    return len(run) >= _LONG and _is_between(at, run, 1, line.down)


def _goes_on(line: Line, run: list[Place], at: Place) -> bool:
    """Whether the run begins or goes on within a few cells, with no heading between, in a row of the same kind; before
    its first and behind its last formula not beyond an empty cell either."""
    within = run[0] <= at <= run[-1]
    index = bisect_left(run, at)
    for other in run[max(0, index - 1) : index + 1]:
        first, last = sorted((at[0], other[0]) if line.down else (at[1], other[1]))
        between = [(step, at[1]) if line.down else (at[0], step) for step in range(first + 1, last)]
        values = [line.grid.sheet.value(*cell) for cell in between]
        broken = any(isinstance(value, str) or (value is None and not within) for value in values)
        if len(between) < _NEAR and not broken and not differ_beside(line.grid, at, other, line.down):
            return True
    return False


def _is_between(at: Place, line: Set[Place], apart: int, down: bool) -> bool:
    """Whether the line goes on before and behind the cell, at most so many cells away."""
    row, column = at
    return all(
        any((row + step, column) in line if down else (row, column + step) in line for step in steps)
        for steps in (range(-apart, 0), range(1, apart + 1))
    )
