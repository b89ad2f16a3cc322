"""How does a list that is an Excel table (Einfügen > Tabelle) get its new years as columns of the table?

Its columns are named as the years will be headed; its totals row goes on as that of the last year does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pik_excel.budget.tables import MeasureTable
from pik_excel.grid.formula import shifted
from pik_excel.grid.reference import Area
from pik_excel.grid.structured import filled_across
from pik_excel.grid.workbook import ExcelTable, Sheet, Workbook
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import Number, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.table_columns import GrownTable, NewColumn, with_table_columns
from pik_excel.ooxml.tables import total_formula
from pik_excel.writeback.extension import Extension
from pik_excel.writeback.headings import heading, in_words_of, kind_of_later_years, later_text


def own_tables(sheet: Sheet, extension: Extension) -> tuple[ExcelTable, ...]:
    """The Excel tables of which the last year is a column."""
    last = extension.last.at.column
    area = Area(extension.area.top, last, extension.area.bottom, last)
    return tuple(table for table in sheet.tables if table.area.left <= last <= table.area.right and _meet(table, area))


def with_grown_tables(package: Package, reading: Reading, extensions: Iterable[Extension]) -> Package:
    """The package with the new years as columns of the Excel tables; the same where there are none."""
    return with_table_columns(package, _grown(reading, extensions))


def _grown(reading: Reading, extensions: Iterable[Extension]) -> Iterator[GrownTable]:
    for extension in extensions:
        sheet = reading.workbook.sheet(extension.table.sheet)
        assert sheet is not None
        for table in own_tables(sheet, extension):
            columns = dict(_columns(extension, table, sheet, reading))
            yield GrownTable(sheet.name, table.name, extension.last.at.column, columns)


def _columns(
    extension: Extension, table: ExcelTable, sheet: Sheet, reading: Reading
) -> Iterator[tuple[int, NewColumn]]:
    last = extension.last.at.column
    inside = range(extension.area.left, min(extension.area.right, table.area.right) + 1)
    taken = [name for at, name in enumerate(table.columns, table.area.left) if at not in inside]
    names: list[str] = []
    for year in extension.years:
        name = _title(extension, table, sheet, year, reading)
        names.append(_unique(name, [*taken, *names]))
    after = [table.columns[at - table.area.left] for at in range(last + 1, table.area.right + 1) if at not in inside]
    before = table.columns[: last + 1 - table.area.left]
    grown = replace(
        table,
        area=table.area._replace(right=max(table.area.right, extension.area.right)),
        columns=(*before, *names, *after),
    )
    for year, name in zip(extension.years, names, strict=True):
        column = extension.columns[year]
        yield column, NewColumn(name, _total(grown, last, column - last, name, sheet, reading.workbook))


def _title(extension: Extension, table: ExcelTable, sheet: Sheet, year: int, reading: Reading) -> str:
    """What the table's header says above the year."""
    last, row = extension.last, table.area.top
    name = table.columns[last.at.column - table.area.left]
    kind = kind_of_later_years(extension.table, _tables(reading))
    head = sheet.cells.get((row, last.at.column)) if table.header_rows else None
    if head is not None and row == last.at.row:
        content = heading(head, last.at, last.year.value, year, kind, reading.workbook.calculation.date1904)
        if isinstance(content, Text):
            return content.value
        if isinstance(content, Number):
            return f"{content.value:f}"
    return in_words_of(kind, later_text(name, last.year.value, year) or name)


def _tables(reading: Reading) -> tuple[MeasureTable, ...]:
    return reading.budget.measure_tables


def _unique(name: str, taken: Iterable[str]) -> str:
    """The name with a number behind it where a column is called so already, as Excel does."""
    known = {one.casefold() for one in taken}
    stem = re.sub(r"(?<=\D)\d+\Z", "", name)
    number = 2
    while name.casefold() in known:
        name = f"{stem}{number}"
        number += 1
    return name


def _total(table: ExcelTable, last: int, by: int, name: str, sheet: Sheet, workbook: Workbook) -> str | None:
    """The formula of the totals row for a new column: that of the last year filled across, or a sum where a figure was
    typed; None where the last year has none."""
    cell = sheet.cells.get((table.area.bottom, last)) if table.totals_rows else None
    if cell is None or (cell.value is None and not cell.has_formula):
        return None
    if cell.formula is None:
        return total_formula("sum", table.name, name)

    def named(other: str) -> Sequence[ExcelTable]:
        return (table,) if other.casefold() == table.name.casefold() else workbook.tables_named(other)

    return shifted(filled_across(cell.formula, table.name, named, by), 0, by)


def _meet(table: ExcelTable, area: Area) -> bool:
    return table.area.top <= area.bottom and area.top <= table.area.bottom
