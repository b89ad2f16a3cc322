"""What does a formula say when it is filled to the right, and which cells do columns of Excel tables in it mean?"""

from __future__ import annotations

from pik_excel.grid.formula import shifted
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.structured import filled_across, table_at
from pik_excel.grid.workbook import Workbook
from pik_excel.recalc.names import Names
from pik_excel.recalc.syntax import Reference, Structured


def filled(formula: str, at: Address, by: int, workbook: Workbook) -> str:
    """The formula of the cell, filled `by` cells to the right; columns of Excel tables move along as in Excel."""
    if "[" in formula:
        formula = filled_across(formula, own_table(at, workbook), workbook.tables_named, by)
    return shifted(formula, 0, by)


def own_table(at: Address, workbook: Workbook) -> str:
    """The name of the Excel table in which the cell lies, "" where it lies in none."""
    sheet = workbook.sheet(at.sheet)
    table = table_at(sheet.tables, at.row, at.column) if sheet is not None else None
    return table.name if table is not None else ""


def area_in_table(node: Structured, at: Address, workbook: Workbook) -> Area | None:
    """The cells that a reference into a table means for the formula at that cell; None where they are on another sheet
    or cannot be told."""
    found = Names(workbook, [sheet.name for sheet in workbook.sheets]).in_table(node, at.sheet)
    if not isinstance(found, Reference) or (found.sheet or "").casefold() != at.sheet.casefold():
        return None
    return found.area(at.row, at.column)
