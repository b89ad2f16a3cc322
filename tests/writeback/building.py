"""A workbook file from a workbook written as text (tests/tables.py), with what a person puts around a table."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.package import Package
from pik_excel.projection.project import project
from pik_excel.projection.record import Projection
from pik_excel.schema import built_in
from pik_excel.writeback.project import Written, project_edits
from tests import tables

Decorate = Callable[[xlsxwriter.Workbook], None]


def package_of(text: str, decorate: Decorate | None = None) -> Package:
    """The workbook file that `text` shows; `decorate` adds to it before it is closed."""
    model = tables.workbook(text)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for sheet in model.sheets:
            _fill(book, book.add_worksheet(sheet.name), sheet, model)
        if decorate is not None:
            decorate(book)
    return Package.from_bytes(stream.getvalue(), Path("probe.xlsx"))


def reading_of(package: Package) -> Reading:
    return read_budget(read_workbook(package), built_in())


def projected(package: Package, to: int, scenario: str = "basis") -> tuple[Projection, Written]:
    """The projection of a workbook, and what is written of it."""
    reading = reading_of(package)
    projection = project(reading, built_in(), to, scenario)
    return projection, project_edits(package, reading, projection)


def formulas(written: Written) -> dict[str, str]:
    """Written formulas by cell, without the sheet."""
    return {cell.at.a1: cell.formula for cell in written.cells if cell.formula is not None}


def values(written: Written) -> dict[str, str | None]:
    """Written values by cell, without the sheet."""
    return {cell.at.a1: cell.value for cell in written.cells}


def stored(package: Package, sheet: str, cell: str) -> object:
    """What a cell of a file shows."""
    found = read_workbook(package).sheet(sheet)
    assert found is not None
    return next((one.value for one in found.cells.values() if Address(sheet, one.row, one.column).a1 == cell), None)


def _fill(book: xlsxwriter.Workbook, sheet: Worksheet, model: Sheet, workbook: Workbook) -> None:
    for row in model.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for column in model.hidden_columns:
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
    for cell in model.cells.values():
        form = book.add_format({"num_format": workbook.number_formats[cell.style]}) if cell.style else None
        _write(sheet, cell, form)


def _write(sheet: Worksheet, cell: Cell, form: object) -> None:
    at = (cell.row - 1, cell.column - 1)
    if cell.formula is not None:
        value = cell.value
        sheet.write_formula(*at, f"={cell.formula}", form, float(value) if isinstance(value, Decimal) else value or "")
    elif isinstance(cell.value, Decimal):
        sheet.write_number(*at, float(cell.value), form)
    elif isinstance(cell.value, bool):
        sheet.write_boolean(*at, cell.value, form)
    elif cell.value is not None:
        sheet.write_string(*at, str(cell.value), form)
