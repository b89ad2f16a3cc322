"""How does a book become an .xlsx file? XlsxWriter, with the value of every formula stored as Excel would store it."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from benchmarks.quality.attachments import attached
from benchmarks.quality.book import Book, Cell, Fault, Sheet, Style, Value, a1, reference
from benchmarks.quality.formula import Calculator, Unknown

if TYPE_CHECKING:
    import xlsxwriter
    import xlsxwriter.format
    import xlsxwriter.worksheet

MADE = datetime(2025, 3, 14, 9, 30)


def written(book: Book) -> bytes:
    """The file."""
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": book.epoch_1904})
    workbook.set_properties({"title": book.title, "author": "Fachamt", "created": MADE})
    writer = _Writer(workbook, book)
    for sheet in book.sheets:
        writer.cells(sheet)
    for sheet in book.sheets:
        writer.furniture(sheet)
    for name, meant in book.names.items():
        workbook.define_name(name, "=" + meant.lstrip("="))
    if book.manual:
        workbook.set_calc_mode("manual")
    workbook.close()
    return attached(stream.getvalue(), book)


class _Writer:
    def __init__(self, workbook: xlsxwriter.Workbook, book: Book) -> None:
        self.workbook, self.book = workbook, book
        self.calculator = Calculator(book)
        self.formats: dict[tuple[Style, bool], xlsxwriter.format.Format] = {}
        self.sheets: dict[str, xlsxwriter.worksheet.Worksheet] = {}

    def cells(self, sheet: Sheet) -> None:
        target = self.workbook.add_worksheet(sheet.name)
        self.sheets[sheet.name] = target
        covered = {(row, column) for first, last in sheet.merges for row, column in _area(first, last)}
        for first, last in sheet.merges:
            cell = sheet.cells.get(first, Cell())
            target.merge_range(*_zero(first), *_zero(last), "", self.format(cell.style))
            self.write(target, sheet, first, cell)
        for table in sheet.tables:
            self.table(target, sheet, table.first, table.last, table.name, table.totals_row)
        for place in sorted(sheet.cells):
            if place not in covered:
                self.write(target, sheet, place, sheet.cells[place])

    def table(
        self, target: object, sheet: Sheet, first: tuple[int, int], last: tuple[int, int], name: str, totals: bool
    ) -> None:
        columns = []
        for column in range(first[1], last[1] + 1):
            entry: dict[str, str] = {"header": str(sheet.cells[first[0], column].value)}
            cell = sheet.cells.get((last[0], column))
            if totals and cell is not None and (cell.written or "").startswith("SUBTOTAL(109,"):
                entry["total_function"] = "sum"
            elif totals and cell is not None and isinstance(cell.value, str):
                entry["total_string"] = cell.value
            columns.append(entry)
        options = {"name": name, "columns": columns, "total_row": totals, "style": "Table Style Light 9"}
        target.add_table(*_zero(first), *_zero(last), options)  # type: ignore[attr-defined]

    def write(self, target: xlsxwriter.worksheet.Worksheet, sheet: Sheet, place: tuple[int, int], cell: Cell) -> None:
        style = self.format(cell.style, cell.quoted)
        row, column = _zero(place)
        if cell.formula is not None:
            stored = _stored(self.value(sheet, place, cell))
            target.write_formula(row, column, "=" + (cell.written or cell.formula), style, stored)
        elif cell.value is None:
            target.write_blank(row, column, None, style)
        elif isinstance(cell.value, Fault):
            target.write_formula(row, column, f"={cell.value}", style, str(cell.value))
        elif isinstance(cell.value, str):
            target.write_string(row, column, cell.value, style)
        elif isinstance(cell.value, date):
            target.write_datetime(row, column, datetime(cell.value.year, cell.value.month, cell.value.day), style)
        else:
            target.write_number(row, column, _plain(Decimal(cell.value)), style)

    def value(self, sheet: Sheet, place: tuple[int, int], cell: Cell) -> Value:
        try:
            return self.calculator.value(sheet.name, place)
        except Unknown as unknown:
            raise ValueError(f"{sheet.name}!{a1(place)}: ={cell.formula} has no value") from unknown

    def format(self, style: Style, quoted: bool = False) -> xlsxwriter.format.Format:
        if (style, quoted) not in self.formats:
            made = self.workbook.add_format({"num_format": style.number, "bold": style.bold, "italic": style.italic})
            if style.fill:
                made.set_bg_color(style.fill)
            if style.top:
                made.set_top(1)
            if style.border:
                made.set_border(1)
            if style.align:
                made.set_align(style.align)
            if style.wrap:
                made.set_text_wrap()
            if style.indent:
                made.set_indent(style.indent)
            if style.size:
                made.set_font_size(style.size)
            if style.colour:
                made.set_font_color(style.colour)
            if style.unlocked:
                made.set_locked(False)
            if quoted:
                made.set_quote_prefix()
            self.formats[style, quoted] = made
        return self.formats[style, quoted]

    def furniture(self, sheet: Sheet) -> None:
        target = self.sheets[sheet.name]
        for column in sorted(sheet.widths.keys() | sheet.hidden_columns):
            options = {"hidden": True} if column in sheet.hidden_columns else {}
            target.set_column(column - 1, column - 1, sheet.widths.get(column, 11), None, options)
        for row in sorted(sheet.heights.keys() | sheet.hidden_rows):
            options = {"hidden": True} if row in sheet.hidden_rows else {}
            target.set_row(row - 1, sheet.heights.get(row, 15), None, options)
        for place, text in sorted(sheet.comments.items()):
            target.write_comment(*_zero(place), text, {"author": "Fachamt"})
        for first, last, choice in sheet.lists:
            target.data_validation(*_zero(first), *_zero(last), {"validate": "list", "source": list(choice)})
        for first, last, rule in sheet.marks:
            made = self.workbook.add_format({"bg_color": "#FFF2CC"})
            target.conditional_format(
                *_zero(first), *_zero(last), {"type": "formula", "criteria": rule, "format": made}
            )
        for at, kind, names, last_name, amounts, last_amount in sheet.charts:
            chart = self.workbook.add_chart({"type": kind})
            chart.add_series(
                {
                    "categories": f"={reference(sheet, names, 'cr')}:{a1(last_name, 'cr')}",
                    "values": f"={reference(sheet, amounts, 'cr')}:{a1(last_amount, 'cr')}",
                }
            )
            target.insert_chart(*_zero(at), chart)
        if sheet.freeze:
            target.freeze_panes(*_zero(sheet.freeze))
        if sheet.filter:
            target.autofilter(*_zero(sheet.filter[0]), *_zero(sheet.filter[1]))
        if sheet.landscape:
            target.set_landscape()
            target.set_paper(9)
            target.fit_to_pages(1, 0)
        if sheet.print_rows:
            target.repeat_rows(sheet.print_rows[0] - 1, sheet.print_rows[1] - 1)
        if sheet.footer:
            target.set_footer(sheet.footer)
        if sheet.colour:
            target.set_tab_color(sheet.colour)
        if sheet.protected:
            target.protect()
        if sheet.hidden:
            target.hide()


def _stored(value: Value) -> float | int | str | bool:
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return "" if value is None else value


def _plain(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


def _zero(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] - 1, place[1] - 1


def _area(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    return [(row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)]


def safe_name(text: str) -> str:
    """A text as a defined name may be written."""
    return re.sub(r"\W+", "_", text).strip("_")
