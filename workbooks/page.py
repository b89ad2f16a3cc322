"""How does a sheet of the example workbooks look? Colours, number formats and print set-up, in one place for both."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

BLUE = "#1F3A5F"
PALE = "#E6ECF3"
FAINT = "#F5F7FA"
YELLOW = "#F2B600"
LINE = "#B8C2CE"
GREY = "#5A6572"

Value = int | Decimal | str | date

_BASE = {"font_name": "Arial", "font_size": 10, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": LINE}
_FIGURE = {**_BOX, "align": "right"}
_HEAD = {**_BOX, "bold": True, "bg_color": BLUE, "font_color": "#FFFFFF", "text_wrap": True}
_TOTAL = {**_FIGURE, "bold": True, "bg_color": PALE, "top": 2, "top_color": BLUE}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": BLUE},
    "subtitle": {"font_size": 9, "font_color": GREY},
    "rule": {"top": 5, "top_color": YELLOW},
    "heading": {"bold": True, "font_size": 11, "font_color": BLUE},
    "head": {**_HEAD, "indent": 1},
    "head_right": {**_HEAD, "align": "right"},
    "head_center": {**_HEAD, "align": "center"},
    "head_year": {**_HEAD, "align": "right", "num_format": "0"},
    "key": {**_BOX, "indent": 1, "italic": True, "bg_color": FAINT, "font_size": 9},
    "name": {**_BOX, "text_wrap": True, "indent": 1},
    "part": {**_BOX, "text_wrap": True, "indent": 3},
    "text": {**_BOX, "text_wrap": True, "indent": 1, "font_size": 9},
    "amount": {**_FIGURE, "num_format": "#,##0"},
    "cents": {**_FIGURE, "num_format": "#,##0.00"},
    "posts": {**_FIGURE, "num_format": "0.0"},
    "year": {**_BOX, "num_format": "0", "align": "center"},
    "day": {**_FIGURE, "num_format": "dd.mm.yyyy"},
    "percent": {**_FIGURE, "num_format": "0%"},
    "permille": {**_FIGURE, "num_format": "0.0%"},
    "subtotal_name": {**_BOX, "indent": 1, "bold": True, "bg_color": FAINT},
    "subtotal": {**_FIGURE, "bold": True, "bg_color": FAINT, "num_format": "#,##0"},
    "total_name": {**_TOTAL, "text_wrap": True, "align": "left", "indent": 1},
    "total": {**_TOTAL, "num_format": "#,##0"},
    "total_percent": {**_TOTAL, "num_format": "0%"},
    "total_permille": {**_TOTAL, "num_format": "0.0%"},
    "note": {"font_size": 8, "font_color": GREY},
}


class Book:
    """A workbook that comes out byte for byte the same whenever it is written: fixed date, nothing of the machine."""

    def __init__(self, properties: dict[str, str], created: datetime, letterhead: str, reference: str) -> None:
        self._stream = io.BytesIO()
        self.file = xlsxwriter.Workbook(self._stream, {"in_memory": True, "strings_to_urls": False})
        self.file.set_properties({**properties, "created": created})
        self.file.set_size(2400, 1400)
        normal = self.file.formats[0]  # column widths count in digits of this font
        normal.set_font_name("Arial")
        normal.set_font_size(10)
        self._letterhead = letterhead
        self._reference = reference
        self._formats: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = {}

    def look(self, name: str, **changes: Any) -> Format:
        """The named look as a format of this workbook, made once."""
        key = (name, tuple(sorted(changes.items())))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**_BASE, **_LOOKS[name], **changes})
        return self._formats[key]

    def page(self, name: str, title: str, subtitle: str, widths: Sequence[float], landscape: bool = False) -> Page:
        """A new sheet with title, sub-title, column widths and print set-up; its table starts in row 4."""
        sheet = self.file.add_worksheet(name)
        page = Page(self, sheet, len(widths))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        page.write("A1", title, "title")
        page.write("A2", subtitle, "subtitle")
        for column in range(len(widths)):
            sheet.write_blank(2, column, None, self.look("rule"))
        sheet.set_default_row(18)
        sheet.set_row(0, 26)
        sheet.set_row(2, 8)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.7, right=0.5, top=0.9, bottom=0.8)
        sheet.fit_to_pages(1, 1)
        sheet.set_header(f'&L&"Arial,Regular"&9{self._letterhead}&R&"Arial,Regular"&9{self._reference}')
        sheet.set_footer('&L&"Arial,Regular"&8&F · &A&R&"Arial,Regular"&8Seite &P von &N')
        return page

    def name(self, name: str, target: str) -> None:
        """A defined name: `Satz`, `Stellen!$C$16`."""
        self.file.define_name(name, f"={target}")

    def content(self) -> bytes:
        """The finished workbook."""
        self.file.close()
        return self._stream.getvalue()


class Page:
    """One sheet. Every formula is written with its value, so that it is right before anything recalculates it."""

    def __init__(self, book: Book, sheet: Worksheet, columns: int) -> None:
        self.book = book
        self.sheet = sheet
        self.columns = columns

    def write(self, cell: str, value: Value | None, look: str, **changes: Any) -> None:
        """A typed cell; None is an empty one with borders."""
        form = self.book.look(look, **changes)
        if value is None:
            self.sheet.write_blank(cell, None, form)
        elif isinstance(value, date):
            self.sheet.write_datetime(cell, value, form)
        elif isinstance(value, str):
            self.sheet.write_string(cell, value, form)
        else:
            self.sheet.write_number(cell, float(value), form)

    def formula(self, cell: str, formula: str, value: Value, look: str, **changes: Any) -> None:
        """A formula (with "=") and the value that Excel shows for it."""
        self.sheet.write_formula(cell, formula, self.book.look(look, **changes), stored(value))

    def row(self, row: int, values: Iterable[Value | None], looks: Sequence[str], first: str = "A") -> None:
        """Typed cells side by side."""
        for index, (value, look) in enumerate(zip(values, looks, strict=True)):
            self.write(f"{chr(ord(first) + index)}{row}", value, look)

    def notes(self, row: int, lines: Iterable[str]) -> int:
        """Small print below a table, one line a row; gives the row after it."""
        for line in lines:
            self.write(f"A{row}", line, "note")
            row += 1
        return row

    def comment(self, cell: str, text: str, width: int = 260, height: int = 90) -> None:
        """A comment at a cell."""
        self.sheet.write_comment(
            cell,
            text,
            {
                "author": "Kämmerei",
                "width": width,
                "height": height,
                "font_name": "Arial",
                "font_size": 9,
                "color": "#FFF8DC",
            },
        )

    def print_to(self, row: int, repeat: tuple[int, int] | None = None) -> None:
        """The print area ends in `row`; the rows `repeat` head every page."""
        self.sheet.print_area(0, 0, row - 1, self.columns - 1)
        if repeat:
            self.sheet.repeat_rows(repeat[0] - 1, repeat[1] - 1)

    def print_wide(self, after_column: int, scale: int) -> None:
        """Two pages side by side, the second beginning after that column; the first column stands on both."""
        self.sheet.set_print_scale(scale)
        self.sheet.set_v_pagebreaks([after_column])
        self.sheet.repeat_columns(0, 0)


def stored(value: Value) -> int | float | str:
    """The value as it is stored with a formula: the number nearest to the Decimal, dates as Excel's serial."""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
