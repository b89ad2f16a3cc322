"""Where does one formula differ from the run of equal formulas it stands in?

It must stand between copies of one formula, alone in its way, and give another value than they would. A row that
differs in several columns is a row of another kind, and a formula that reads its own line is a total or a balance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pik_excel.budget.money import same_money
from pik_excel.checks.added import total_cells
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.computed import evaluated
from pik_excel.checks.lines import Place, fits, reads_its_line, runs_along, turns_round
from pik_excel.checks.runs import FormulaGrid, Shape, formulas
from pik_excel.grid.reference import Address
from pik_excel.recalc.syntax import Beyond

_SHORTEST = 4  # equal formulas around the other one
_FAR = 8  # cells to both sides in which a row of another kind shows


@dataclass(frozen=True)
class Break:
    """A formula that differs from those around it; `expected` is what theirs gives in its place."""

    at: Address
    model: Address
    stated: Decimal
    expected: Decimal


def breaks(subject: Subject) -> Iterator[Break]:
    """All of them, each cell once."""
    known = total_cells(subject)
    for grid in formulas(subject).grids:
        found: dict[Place, Break] = {}
        for down in (True, False):
            for at, model in _candidates(grid, down):
                if at not in found and (grid.sheet.name, *at) not in known:
                    one = _break(grid, at, model, subject)
                    if one is not None:
                        found[at] = one
        yield from found.values()


def _candidates(grid: FormulaGrid, down: bool) -> Iterator[tuple[Place, Place]]:
    """Cells between equal formulas of another shape, with the cell before."""
    shapes = grid.shapes
    for position, others in (grid.rows if down else grid.columns).items():
        if len(others) <= _SHORTEST:
            continue
        places = [(other, position) if down else (position, other) for other in others]
        here = [shapes[at] for at in places]
        counts = Counter(here)
        if len(counts) == 1:
            continue
        for index in range(1, len(here) - 1):
            around, shape = here[index - 1], here[index]
            if shape is around or around is not here[index + 1] or others[index + 1] - others[index - 1] != 2:
                continue
            if counts[shape] == 1 and _length(others, here, index) >= _SHORTEST:
                at = places[index]
                if _may_differ(shape, around, down) and not _is_of_another_kind(grid, at, down):
                    yield at, places[index - 1]


def _length(positions: list[int], here: list[Shape], index: int) -> int:
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
    if any(isinstance(node, Beyond) for node in shape.nodes) or reads_its_line(shape, down):
        return False
    return runs_along(around, down)


def _is_of_another_kind(grid: FormulaGrid, at: Place, down: bool) -> bool:
    """Whether a formula beside it breaks the run of its own line too."""
    for distance in (*range(-_FAR, 0), *range(1, _FAR + 1)):
        row, column = (at[0], at[1] + distance) if down else (at[0] + distance, at[1])
        before, after = ((row - 1, column), (row + 1, column)) if down else ((row, column - 1), (row, column + 1))
        shape = grid.shapes.get((row, column))
        ends = {grid.shapes.get(before), grid.shapes.get(after)} - {None}
        if ends and shape not in ends:
            return True
    return False


def _break(grid: FormulaGrid, at: Place, model: Place, subject: Subject) -> Break | None:
    stated = grid.sheet.value(*at)
    around = grid.shapes[model]
    if not isinstance(stated, Decimal) or not fits(grid, around, at) or turns_round(around, at, grid.shapes):
        return None
    address = Address(grid.sheet.name, *at)
    expected = evaluated(subject, around.tree, address)
    if expected is None or same_money(stated, expected):
        return None
    return Break(address, Address(grid.sheet.name, *model), stated, expected)
