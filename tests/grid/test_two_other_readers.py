"""Real workbooks are read as two independent readers read them: openpyxl and calamine.

By default a sample of fixed size; PIK_EXCEL_FULL=1 takes every workbook of the corpus. Where we read otherwise, the
reason stands here, at the comparison or in `EXPLAINED`.
"""

from __future__ import annotations

import datetime
import os
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell as TheirCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from pik_excel.errors import Refused
from pik_excel.grid.plain import shown
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import area_of
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.workbook import Cell, ErrorValue, Sheet, Value, Workbook

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
EVERY, BYTES = 11, 60_000  # the sample: each eleventh of the smaller files
LARGEST_RANGE = 3_000_000  # calamine and openpyxl fill up the range between the first and the last cell
EXPLAINED = {
    "poc-shared-strings": "its first row has the number 0, which Excel calls damaged; we say so and read nothing",
    "56278": "calamine cuts blanks at the ends of a text that does not ask to keep them",
    "shared_strings02": "openpyxl resolves _x005F_x005F_ twice; it means _x005F_",
    "shared_strings03": "calamine leaves _xFFFE_ as it is",
}
Difference = tuple[str, str, object, object]


def files(corpus: list[Path]) -> list[Path]:
    chosen = corpus if FULL else [path for path in corpus if path.stat().st_size < BYTES][::EVERY]
    return [path for path in chosen if not any(name in path.stem for name in EXPLAINED)]


def readable(corpus: list[Path]) -> Iterator[Workbook]:
    for path in files(corpus):
        try:
            yield read_workbook(path)
        except Refused:
            continue


def test_openpyxl_reads_the_same(corpus: list[Path]) -> None:
    compared = 0
    differences = []
    for workbook in readable(corpus):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                values = openpyxl.load_workbook(workbook.path, data_only=True, keep_links=False)
                formulas = openpyxl.load_workbook(workbook.path, keep_links=False)
        except Exception:  # openpyxl fails on some of these files in a dozen ways; calamine reads them
            continue
        for sheet in workbook.sheets:
            if sheet.name in values.sheetnames:  # it finds no sheets in Strict files
                compared += 1
                found = [*cell_differences(workbook, sheet, values[sheet.name], formulas[sheet.name])]
                found += sheet_differences(sheet, formulas[sheet.name])
                differences += [(workbook.path.name, *one) for one in found]
    assert differences == []
    assert compared > 20


def test_calamine_reads_the_same(corpus: list[Path]) -> None:
    compared = 0
    differences = []
    for workbook in readable(corpus):
        try:
            book = CalamineWorkbook.from_path(workbook.path)
        except Exception:  # as with openpyxl
            continue
        for sheet in workbook.sheets:
            theirs = book.get_sheet_by_name(sheet.name)
            if theirs.total_height * theirs.total_width < LARGEST_RANGE:
                compared += 1
                rows = theirs.to_python(skip_empty_area=False)
                found = calamine_differences(workbook, sheet, rows)
                differences += [(workbook.path.name, *one) for one in found]
    assert differences == []
    assert compared > 20


@pytest.mark.skipif(not FULL, reason="only with PIK_EXCEL_FULL")
def test_what_is_explained_is_still_so(corpus: list[Path]) -> None:
    assert all(any(name in path.stem for path in corpus) for name in EXPLAINED)


def cell_differences(workbook: Workbook, sheet: Sheet, values: Worksheet, formulas: Worksheet) -> Iterator[Difference]:
    for key, theirs in values._cells.items():  # its public iterators make every cell of the range
        if isinstance(theirs, MergedCell):
            continue
        at = f"{sheet.name}!{theirs.coordinate}"
        ours = sheet.cells.get(key) or Cell(*key, None)
        written = formulas._cells[key]
        if not (same(ours.value, theirs.value, workbook) or is_rich(sheet, ours, theirs.value)):
            yield at, "value", ours.value, theirs.value
        if not same_formula(ours, written):
            yield at, "formula", ours.formula, written.value
        style = workbook.styles[ours.style]
        if style.number_format != theirs.number_format:
            yield at, "number format", style.number_format, theirs.number_format
        if (style.bold, style.indent) != (bool(theirs.font.b), int(theirs.alignment.indent)):
            yield at, "look", style, (theirs.font.b, theirs.alignment.indent)
        if theirs.comment and " ".join(sheet.comments.get(key, "").split()) != " ".join(theirs.comment.text.split()):
            yield at, "comment", sheet.comments.get(key), theirs.comment.text


def sheet_differences(sheet: Sheet, theirs: Worksheet) -> Iterator[Difference]:
    if sheet.state != theirs.sheet_state:
        yield sheet.name, "state", sheet.state, theirs.sheet_state
    merges = {area_of(area.coord) for area in theirs.merged_cells.ranges}
    if set(sheet.merges) != merges:
        yield sheet.name, "merges", sheet.merges, merges
    hidden = {row for row, dimension in theirs.row_dimensions.items() if dimension.hidden}
    if not hidden <= sheet.hidden_rows:
        yield sheet.name, "hidden rows", sheet.hidden_rows, hidden
    columns = {
        column for one in theirs.column_dimensions.values() if one.hidden for column in range(one.min, one.max + 1)
    }
    if not columns <= sheet.hidden_columns:
        yield sheet.name, "hidden columns", sheet.hidden_columns, columns
    tables = {table.displayName: area_of(table.ref) for table in theirs.tables.values()}
    if {table.name: table.area for table in sheet.tables} != tables:
        yield sheet.name, "tables", sheet.tables, tables


def calamine_differences(workbook: Workbook, sheet: Sheet, rows: list[list[object]]) -> Iterator[Difference]:
    """It gives "" for an error."""
    for row, line in enumerate(rows, 1):
        for column, theirs in enumerate(line, 1):
            ours = sheet.value(row, column)
            if not (same(ours, theirs, workbook) or (isinstance(ours, ErrorValue) and theirs == "")):
                yield f"{sheet.name}!{row},{column}", "value", ours, theirs


def same(ours: Value, theirs: object, workbook: Workbook) -> bool:
    if isinstance(theirs, (datetime.date, datetime.time, datetime.timedelta)):
        return isinstance(ours, Decimal) and abs(float(ours) - serial(theirs, workbook)) < 1e-6
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return ours is theirs
    if isinstance(theirs, (int, float)):
        return isinstance(ours, Decimal) and float(ours) == float(theirs)
    if isinstance(theirs, str) and isinstance(ours, str) and "_x" in theirs:
        return ours in (theirs, shown(theirs))  # openpyxl leaves `_x000D_` as it is in texts with runs and formulas
    return (ours or None) == (theirs or None)


def is_rich(sheet: Sheet, ours: Cell, theirs: object) -> bool:
    """A picture in a cell: the others show the error that stands in for it."""
    return ours.value is None and theirs == "#VALUE!" and any("Bild oder Datentyp" in one for one in sheet.unread)


def same_formula(ours: Cell, theirs: TheirCell) -> bool:
    stated = theirs.value
    if isinstance(stated, DataTableFormula):
        return ours.array == stated.ref and (ours.formula or "").startswith("TABLE(")
    if isinstance(stated, ArrayFormula):
        return ours.array == stated.ref and ours.formula == (stated.text or "").removeprefix("=")
    if theirs.data_type != "f":
        return ours.formula is None
    formula = str(stated).removeprefix("=") or None
    if isinstance(ours[3], SharedFormula):  # openpyxl writes followers anew and moves or drops their blanks
        return "".join((ours.formula or "").split()) == "".join((formula or "").split())
    return ours.formula == formula


def serial(moment: datetime.date | datetime.time | datetime.timedelta, workbook: Workbook) -> float:
    epoch = CALENDAR_MAC_1904 if workbook.calculation.date1904 else CALENDAR_WINDOWS_1900
    return float(to_excel(moment, epoch))
