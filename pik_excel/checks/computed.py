"""What does a formula give on the stored values, computed without the engine?"""

from __future__ import annotations

from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import contents, once
from pik_excel.grid.reference import Address
from pik_excel.recalc.arithmetic import Function, Unknown
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.stale import Stale, stale_values
from pik_excel.recalc.syntax import Node


class _Computed:
    """The independent evaluator with each shape turned into a function once."""

    def __init__(self, subject: Subject) -> None:
        self._evaluator = Evaluator(contents(subject).in_file)
        self._functions: dict[tuple[int, str], tuple[Node, Function | None]] = {}

    def value(self, tree: Node, at: Address) -> Decimal | None:
        key = (id(tree), at.sheet)
        if key not in self._functions:
            self._functions[key] = (tree, self._evaluator.function(tree, at.sheet))  # the tree is kept, so its id holds
        function = self._functions[key][1]
        try:
            found = function(at.row, at.column) if function else None
        except Unknown:
            return None
        return found if type(found) is Decimal else None


@once
def _computed(subject: Subject) -> _Computed:
    return _Computed(subject)


def evaluated(subject: Subject, tree: Node, at: Address) -> Decimal | None:
    """The number that a formula gives at this cell; None where it gives none, or is not computed with certainty."""
    return _computed(subject).value(tree, at)


@once
def stale(subject: Subject) -> dict[Address, Stale]:
    """The cells whose stored value two independent computations refute."""
    return {one.at: one for one in stale_values(subject.reading.workbook, contents(subject))}
