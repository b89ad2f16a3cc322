"""Has somebody typed on the sheet "Projektion" since it was written?

Its inputs are there to be changed, and its formulas move with the tables; everything else is as it was written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal

from pik_excel.grid.own import STATE
from pik_excel.grid.workbook import Sheet, Workbook
from pik_excel.writeback.overview.cells import Grid
from pik_excel.writeback.overview.content import PLAN_ROW, RULE, SWITCH_ROW

_INPUTS = {(SWITCH_ROW, RULE), (PLAN_ROW, RULE)}
_Told = tuple[int, int, str]


def state_of(grid: Grid) -> str:
    """What is remembered of the sheet as it is written."""
    told = (
        (row, column, "=" if entry.formula is not None else _plain(entry.value))
        for (row, column), entry in grid.entries.items()
        if entry.formula is not None or entry.value is not None
    )
    return _digest(told, _INPUTS)


def is_untouched(workbook: Workbook, sheet: Sheet) -> bool:
    """Whether the sheet is as it was written, but for its inputs."""
    remembered = next((name.formula for name in workbook.names if name.name.casefold() == STATE), "")
    return remembered.lstrip("=").strip('"') == _digest(_cells(sheet), _INPUTS)


def digest_of(sheet: Sheet) -> str:
    """What is remembered of a sheet without inputs, as it stands."""
    return _digest(_cells(sheet), frozenset())


def _cells(sheet: Sheet) -> Iterator[_Told]:
    for (row, column), cell in sheet.cells.items():
        if cell.has_formula or cell.value is not None:
            yield row, column, "=" if cell.has_formula else _plain(cell.value)


def _digest(told: Iterable[_Told], without: Container[tuple[int, int]]) -> str:
    lines = sorted(f"{row},{column},{text}" for row, column, text in told if (row, column) not in without)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
