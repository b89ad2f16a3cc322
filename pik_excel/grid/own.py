"""Which sheets of a workbook are this program's own? They are no part of the budget and are not checked.

The protocol of a check and the sheets "Projektion" and "Überleitung" are known by the names that their cells have,
whatever the staff called the sheets since.
"""

from __future__ import annotations

from dataclasses import replace

from pik_excel.grid.workbook import Workbook

NUMBERS, DONE = "pik_finding_no", "pik_finding_done"
CONSOLIDATED = "pik_consolidated_lines"
BRIDGE, BRIDGE_STATE = "pik_bridge_sheet", "pik_bridge_state"
SHOWN_SCENARIO, PLAN_END, STATE = "pik_projection_scenario", "pik_projection_plan", "pik_projection_state"
WRITTEN = "pik_projection_cells"
"""How the names begin that remember which cells of the lists were written."""


def own_protocol(workbook: Workbook) -> str | None:
    """The sheet with the findings, None where there is none."""
    return _sheet_named(workbook, NUMBERS)


def own_projection(workbook: Workbook) -> str | None:
    """The sheet "Projektion", None where there is none."""
    return _sheet_named(workbook, SHOWN_SCENARIO)


def is_consolidation(workbook: Workbook) -> bool:
    """Whether it is an overview of many workbooks that this program wrote."""
    return _sheet_named(workbook, CONSOLIDATED) is not None


def own_bridge(workbook: Workbook) -> str | None:
    """The sheet "Überleitung", None where there is none."""
    return _sheet_named(workbook, BRIDGE)


def own_sheets(workbook: Workbook) -> tuple[str, ...]:
    """All of them, as far as they are there."""
    found = (own_protocol(workbook), own_projection(workbook), own_bridge(workbook))
    return tuple(sheet for sheet in found if sheet is not None)


def without_own_sheets(workbook: Workbook) -> Workbook:
    """The workbook without those sheets and the names that they brought along."""
    own = {sheet.casefold() for sheet in own_sheets(workbook)}
    if not own:
        return workbook
    names = {NUMBERS, DONE, SHOWN_SCENARIO, PLAN_END, STATE, BRIDGE, BRIDGE_STATE}
    return replace(
        workbook,
        sheets=tuple(one for one in workbook.sheets if one.name.casefold() not in own),
        names=tuple(
            one
            for one in workbook.names
            if one.name.casefold() not in names and (one.sheet or "").casefold() not in own
        ),
    )


def _sheet_named(workbook: Workbook, word: str) -> str | None:
    for formula in (name.formula for name in workbook.names if name.name.casefold() == word):
        sheet = formula.lstrip("=").rpartition("!")[0].strip("'").replace("''", "'")
        if workbook.sheet(sheet) is not None:
            return sheet
    return None
