"""How does a consolidation become a workbook?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pik_excel.consolidation.record import Consolidation, Line
from pik_excel.grid.own import CONSOLIDATED
from pik_excel.grid.reference import quoted
from pik_excel.language import _, day
from pik_excel.writeback.consolidated.blocks import NAME, YEARS, Blocks
from pik_excel.writeback.consolidated.department_sheets import DepartmentSheet
from pik_excel.writeback.consolidated.files_sheets import FilesSheet, NotesSheet
from pik_excel.writeback.consolidated.forms import Forms, headed, print_setup, put, subtitle
from pik_excel.writeback.consolidated.measures_sheet import FIRST, MeasuresSheet
from pik_excel.writeback.consolidated.sheet_names import sheet_names
from pik_excel.writeback.consolidated.summary_sheet import SummarySheet
from pik_excel.writeback.consolidated.sums import Sums
from pik_excel.writeback.new_workbook import new_workbook

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_DEPARTMENTS = 250
"""Of more there are no sheets: nobody finds one among them; the table has a filter."""


def consolidated_workbook(found: Consolidation, folder: Path, today: date) -> bytes:
    """The file; its links lead to the sources as seen from `folder`. There must be a line at least."""

    def write(book: Workbook) -> None:
        book.set_properties({
            "title": _("Zusammenführung der Maßnahmen"), "created": datetime(today.year, today.month, today.day),
        })  # fmt: skip
        _write(book, found, folder, day(today))

    return new_workbook(write)


def _write(book: Workbook, found: Consolidation, folder: Path, day_text: str) -> None:
    forms, sums = Forms(book, found.digits), Sums(found)
    own = [headed(one) for one in (_("Gesamt"), _("Maßnahmen"), _("Summen"), _("Dateien"), _("Hinweise"))]
    summary, measures, totals = (book.add_worksheet(name) for name in own[:3])
    departments = found.departments if len(found.departments) <= MOST_DEPARTMENTS else ()
    names = sheet_names(departments, own, _("ohne Amt"))
    SummarySheet(book, summary, found, sums, forms, names).write(day_text, own[4])
    table = MeasuresSheet(book, measures, found, sums, forms)
    table.write(folder, day_text)
    _totals(totals, found, sums, forms, day_text)
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in found.lines:
        lines[line.department].append(line)
    for department, name in names.items():
        sheet = book.add_worksheet(name)
        DepartmentSheet(book, sheet, department, lines[department], found, sums, forms).write(folder)
    FilesSheet(book.add_worksheet(own[3]), found, forms).write(folder)
    NotesSheet(book.add_worksheet(own[4]), found.notes, forms).write()
    place = f"={quoted(own[1])}!$A${FIRST + 1}:$A${table.last + 1}"
    book.define_name(CONSOLIDATED, place)


def _totals(sheet: Worksheet, found: Consolidation, sums: Sums, forms: Forms, day_text: str) -> None:
    """By product and by account group."""
    blocks = Blocks(sheet, sums, forms)
    sheet.set_column(NAME, NAME, 52)
    sheet.set_column(1, 1, 9)
    sheet.set_column(YEARS, blocks.right, sums.width)
    sheet.set_row(0, 28)
    put(sheet, 0, 0, headed(_("Summen")), forms.title)
    put(sheet, 1, 0, subtitle(found, day_text), forms.quiet)
    row = 3
    for title, group, nothing in (
        (_("Nach Produkten"), sums.product, _("ohne Produkt")),
        (_("Nach Kontengruppen"), sums.account, _("ohne Kontengruppe")),
    ):
        if any(sums.keys(group)):
            row = blocks.write(row, title, group, nothing).end
        else:
            put(sheet, row, 0, _("{title}: in keiner Datei genannt").format(title=title), forms.quiet)
            row += 2
    print_setup(sheet, -1, headed(_("Summen")), 61 + sums.width * len(blocks.columns), NAME)
    sheet.print_area(0, 0, row - 2, blocks.right)
