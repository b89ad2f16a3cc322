"""Which formulas of a workbook are not calculated, as far as can be said before anything is?"""

from __future__ import annotations

from pik_excel.grid.reference import Address
from pik_excel.recalc import gate, reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.elsewhere import not_remembered


def refusals(contents: Contents) -> dict[Address, str]:
    """The formulas that the gate does not admit, each with the reason in the language in force."""
    date1904 = contents.workbook.calculation.date1904
    verdicts: dict[int, str | None] = {}
    for tree in contents.trees.values():
        if id(tree) not in verdicts:
            verdicts[id(tree)] = gate.refusal(tree, date1904=date1904)
    found = {at: reason for at, tree in contents.trees.items() if (reason := verdicts[id(tree)])}
    return not_remembered(contents) | found | dict.fromkeys(contents.array_areas, reasons.array())
