"""Which formulas of a workbook are not calculated, as far as can be said before anything is?"""

from __future__ import annotations

from pik_excel.grid.reference import Address
from pik_excel.recalc import gate, reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.elsewhere import not_remembered


def refusals(contents: Contents) -> dict[Address, str]:
    """The formulas that the gate does not admit, each with the reason in the language in force."""
    date1904 = contents.workbook.calculation.date1904
    found = {}
    for sheet, tree, cells in contents.copies:
        reason = gate.refusal(tree, date1904=date1904)
        if reason:
            found.update(dict.fromkeys(cells.on(sheet), reason))
    return not_remembered(contents) | found | dict.fromkeys(contents.array_areas, reasons.array())
