"""Which typed numbers are what the formulas of their own row or column give?

Cells of one row or column that name the same thing compute alike. A formula that stands somewhere in a line is tried at
each typed number of the line; where the numbers come out as typed, they are results and no inputs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import ChainMap, Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal

from pik_excel.checks.added import total_cells
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.evidence import decimals, is_near
from pik_excel.checks.lines import Line, Place, lines, turns_round
from pik_excel.checks.members import Members
from pik_excel.checks.overtyped import crosses_inputs, overtyped
from pik_excel.checks.runs import Shape, formulas, once
from pik_excel.checks.trials import Trial, is_computed, tried, typed_number
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet

_RUN = 4  # formulas between which another number is an exception
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
        explained: ChainMap[Place, Shape] = ChainMap({}, dict(grid.shapes))
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
        if trial.convinces(shape):
            yield _group(line, shape, trial)
        elif not trial.stopped and not subject.reading.budget.measure_tables:
            yield from _overruled(line, shape, trial)


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


def _overruled(line: Line, shape: Shape, trial: Trial) -> Iterator[MissingFormula]:
    """Numbers of a run of formulas that all differ from what it gives: few of them, or within totals."""
    sheet, own = line.grid.sheet, line.shapes[shape]
    if len(own) < _RUN:
        return
    run, members = set(own), Members(line.grid, shape, own)
    belonging = {
        at: computed
        for at, computed in trial.differs.items()
        if typed_number(sheet, at) and is_computed(sheet, shape, at)
        if _is_between(at, run, 1, line.down) or (_is_near(sheet, at, own, line.down) and members.include(at))
        if not crosses_inputs(line.grid, at, line.down)
    }
    if belonging and len(belonging) * (2 if shape.sum else 4) <= len(own):
        model = Address(sheet.name, *own[0])
        yield MissingFormula(sheet.name, shape, model, belonging, frozenset(belonging))


def _is_near(sheet: Sheet, at: Place, run: list[Place], down: bool) -> bool:
    """Whether the run begins or goes on within a few cells, with no heading between; before its first and behind its
    last formula not beyond an empty cell either."""
    within = run[0] <= at <= run[-1]
    index = bisect_left(run, at)
    for other in run[max(0, index - 1) : index + 1]:
        first, last = sorted((at[0], other[0]) if down else (at[1], other[1]))
        between = [(step, at[1]) if down else (at[0], step) for step in range(first + 1, last)]
        values = [sheet.value(*cell) for cell in between]
        if len(between) < _NEAR and not any(
            isinstance(value, str) or (value is None and not within) for value in values
        ):
            return True
    return False


def _is_between(at: Place, line: Set[Place], apart: int, down: bool) -> bool:
    """Whether the line goes on before and behind the cell, at most so many cells away."""
    row, column = at
    return all(
        any((row + step, column) in line if down else (row, column + step) in line for step in steps)
        for steps in (range(-apart, 0), range(1, apart + 1))
    )
