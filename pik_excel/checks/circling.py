"""Which formulas depend on themselves although nobody has asked Excel to calculate in circles?"""

from __future__ import annotations

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import contents, once
from pik_excel.grid.reference import Address
from pik_excel.recalc.circles import Circle, circles


@once
def unwanted_circles(subject: Subject) -> tuple[Circle, ...]:
    """All circles; none where iterative calculation is switched on."""
    return () if subject.reading.workbook.calculation.iterative else circles(contents(subject))


@once
def circling(subject: Subject) -> frozenset[Address]:
    """The cells of all these circles."""
    return frozenset(at for circle in unwanted_circles(subject) for at in circle.cells)
