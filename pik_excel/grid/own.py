"""Which sheet of a workbook is this program's own protocol? It is no part of the budget and is not checked.

It is known by the names that its columns have, whatever the staff called the sheet since.
"""

from __future__ import annotations

from dataclasses import replace

from pik_excel.grid.workbook import Workbook

NUMBERS, DONE = "pik_finding_no", "pik_finding_done"


def own_protocol(workbook: Workbook) -> str | None:
    """The sheet's name, None where there is none."""
    meant = (name.formula for name in workbook.names if name.name.casefold() == NUMBERS)
    for formula in meant:
        sheet = formula.rpartition("!")[0].strip("'").replace("''", "'")
        if workbook.sheet(sheet) is not None:
            return sheet
    return None


def without_own_protocol(workbook: Workbook) -> Workbook:
    """The workbook without that sheet and what the protocol brought along."""
    sheet = own_protocol(workbook)
    if sheet is None:
        return workbook
    return replace(
        workbook,
        sheets=tuple(one for one in workbook.sheets if one.name.casefold() != sheet.casefold()),
        names=tuple(
            one
            for one in workbook.names
            if one.name.casefold() not in (NUMBERS, DONE) and (one.sheet or "").casefold() != sheet.casefold()
        ),
    )
