"""What comes out when the formula of a line is tried at the typed numbers of that line, and does it convince?"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import field
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.computed import Number, evaluation
from pik_excel.checks.evidence import agrees, proof
from pik_excel.checks.lines import Line, Place, first_cells, fits, is_copy, turns_round
from pik_excel.checks.runs import Shape
from pik_excel.grid.workbook import Sheet
from pik_excel.records import dataclass

_MANY = 5  # results of one digit prove what two long ones do
_PROBE = 50  # typed cells of a long line that are tried first


@dataclass(frozen=False)
class Trial:
    """What comes out when one shape is tried at the typed cells of a line."""

    proven: dict[Place, Decimal] = field(default_factory=dict)
    weak: dict[Place, Decimal] = field(default_factory=dict)  # right, but a 0, one digit, or the sum of one number
    differs: dict[Place, Decimal] = field(default_factory=dict)
    digits: int = 0
    stopped: bool = False  # before the end of a long line, as the shape explained nothing
    zeros: frozenset[Place] = frozenset()  # those that differ in that nothing is typed there but a 0

    def convinces(self, shape: Shape) -> bool:
        """Two digits will do where few numbers differ; a copy of one cell is equal by chance more often."""
        if len(self.proven) < 2 * (len(self.differs) - len(self.zeros)):
            return bool(self.proven) and self.digits >= 4 * len(self.proven)
        if len(self.proven) >= _MANY:
            return True
        return bool(self.proven) and self.digits >= (4 if is_copy(shape) else 2)

    def within(self, places: Set[Place]) -> Trial:
        """What came out at these cells only."""
        return self._where(lambda at: at in places)

    def without(self, places: Set[Place]) -> Trial:
        """What came out everywhere else."""
        return self._where(lambda at: at not in places) if places else self

    def _where(self, holds: Callable[[Place], bool]) -> Trial:
        proven, weak, differs = (
            {at: value for at, value in found.items() if holds(at)} for found in (self.proven, self.weak, self.differs)
        )
        digits = self.digits * len(proven) // len(self.proven) if self.proven else 0
        return Trial(proven, weak, differs, digits, self.stopped, self.zeros & differs.keys())


def tried(line: Line, shape: Shape, subject: Subject) -> Trial:
    """The shape at all typed numbers of the line; of a long one only at the first where it explains none of them."""
    trial = Trial()
    sheet, zeros = line.grid.sheet, []
    computed_at: Number | None = None  # most formulas fit nowhere
    for count, at in enumerate(line.typed):
        if count == _PROBE and not trial.proven:
            trial.stopped = True
            break
        if not fits(line.grid, shape, at):
            continue
        computed_at = computed_at or evaluation(subject, shape.tree, sheet.name)
        computed = computed_at(*at)
        if computed is None:
            continue
        typed = typed_number(sheet, at)
        if not agrees(typed, computed):
            trial.differs[at] = computed
            if not typed:
                zeros.append(at)
        elif turns_round(shape, at, line.grid.shapes):
            continue
        elif proof(typed, computed) >= 2 and is_computed(sheet, shape, at):
            trial.proven[at] = computed
            trial.digits += proof(typed, computed)
        else:
            trial.weak[at] = computed
    trial.zeros = frozenset(zeros)
    many = {at: computed for at, computed in trial.weak.items() if typed_number(sheet, at)}
    if len(many) >= _MANY and not trial.differs:
        trial.proven |= many
    return trial


def is_computed(sheet: Sheet, shape: Shape, at: Place) -> bool:
    """Whether two numbers other than 0 go into it there, or one that is not the result itself."""
    if is_copy(shape):
        return True
    numbers = 0
    for one in shape.references:
        if one.sheet is not None:
            return True
        for source in first_cells(one.area(*at)):
            value = sheet.value(*source)
            numbers += type(value) is Decimal and bool(value)
            if numbers >= 2 or (numbers and shape.sum is None and value != sheet.value(*at)):
                return True
    return False


def typed_number(sheet: Sheet, at: Place) -> Decimal:
    """The number at a cell that holds one."""
    value = sheet.cells.value(*at)
    assert isinstance(value, Decimal)
    return value
