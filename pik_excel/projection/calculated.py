"""What does a workbook state whose formulas have no stored values, as a program writes it that does not calculate?"""

from __future__ import annotations

from dataclasses import replace

from pik_excel.grid.reference import Address
from pik_excel.grid.store import Cells
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.recalc.values import Recalculation, recalculate
from pik_excel.schema import Schema


def calculated(reading: Reading, schema: Schema) -> Reading:
    """The reading with the values that the engine gives where the file has none; the same one where it has them all."""
    workbook = with_all_values(reading.workbook)
    return reading if workbook is reading.workbook else read_budget(workbook, schema)


def with_all_values(workbook: Workbook) -> Workbook:
    """The workbook with the values that the engine gives where the file has none; the same one where it has all."""
    if not any(_lacks_values(sheet.cells) for sheet in workbook.sheets):
        return workbook
    values = recalculate(workbook)
    return replace(workbook, sheets=tuple(_with_values(sheet, values) for sheet in workbook.sheets))


def _with_values(sheet: Sheet, found: Recalculation) -> Sheet:
    cells = {
        at: Cell(*at, found.values.get(Address(sheet.name, *at)), cell.formula, cell.style, cell.array)
        for at, cell in sheet.cells.items()
        if _lacks_value(cell)
    }
    return replace(sheet, cells=sheet.cells.replaced(cells)) if cells else sheet


def _lacks_values(cells: Cells) -> bool:
    for kind in cells.alike:
        given = (enumerate(sources) for sources in kind.sources if sources is not None)
        for place in {place for one in given for place, source in one if source is not None}:
            values = kind.columns[place]
            if type(None) in set(map(type, values)):  # asking whether None is among numbers takes ten times as long
                rows = zip(values, kind.rows, strict=True)
                if any(value is None and row.sources and row.sources[place] is not None for value, row in rows):
                    return True
    return False


def _lacks_value(cell: Cell) -> bool:
    return cell.value is None and cell.has_formula
