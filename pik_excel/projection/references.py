"""Which cells does a formula take?"""

from __future__ import annotations

from pik_excel.grid.reference import Address
from pik_excel.recalc.syntax import parse, references


def refers_to(formula: str, at: Address, target: Address) -> bool:
    """Whether the formula, standing at `at`, takes the cell `target`, alone or in a range."""
    for reference in references(parse(formula, at.row, at.column)):
        sheet = reference.sheet if reference.sheet is not None else at.sheet
        if sheet.casefold() == target.sheet.casefold() and reference.area(at.row, at.column).holds(*target[1:]):
            return True
    return False
