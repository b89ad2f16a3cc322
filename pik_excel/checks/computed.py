"""What does a formula give on the stored values, computed without the engine?"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import contents, once
from pik_excel.grid.reference import Address
from pik_excel.recalc.arithmetic import Unknown
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.stale import Stale, stale_values
from pik_excel.recalc.syntax import Node

Number = Callable[[int, int], Decimal | None]
"""What a formula gives in that row and column."""


class _Computed:
    """The independent evaluator with each shape turned into a function once."""

    def __init__(self, subject: Subject) -> None:
        self._evaluator = Evaluator(contents(subject).in_file)
        self._functions: dict[tuple[int, str], tuple[Node, Number]] = {}

    def function(self, tree: Node, sheet: str) -> Number:
        key = (id(tree), sheet)
        if key not in self._functions:
            self._functions[key] = (tree, self._made(tree, sheet))  # the tree is kept, so its id holds
        return self._functions[key][1]

    def _made(self, tree: Node, sheet: str) -> Number:
        function = self._evaluator.function(tree, sheet)
        if function is None:
            return lambda _row, _column: None

        def number(row: int, column: int) -> Decimal | None:
            try:
                found = function(row, column)
            except Unknown:
                return None
            return found if type(found) is Decimal else None

        return number


@once
def _computed(subject: Subject) -> _Computed:
    return _Computed(subject)


def evaluated(subject: Subject, tree: Node, at: Address) -> Decimal | None:
    """The number that a formula gives at this cell; None where it gives none, or is not computed with certainty."""
    return evaluation(subject, tree, at.sheet)(at.row, at.column)


def evaluation(subject: Subject, tree: Node, sheet: str) -> Number:
    """The same for all cells of a sheet."""
    return _computed(subject).function(tree, sheet)


@once
def stale(subject: Subject) -> dict[Address, Stale]:
    """The cells whose stored value two independent computations refute."""
    return {one.at: one for one in stale_values(subject.reading.workbook, contents(subject))}
