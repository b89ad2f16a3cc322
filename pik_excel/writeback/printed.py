"""How do finished tables get into a new workbook, ready to print?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pik_excel.records import dataclass
from pik_excel.writeback.new_workbook import new_workbook

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Content = str | Decimal | None
_LINE, _BLUE, _PALE = "#BFC8D6", "#1F3864", "#E9EEF6"
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31
LABEL, ROW = 46, 15  # the label column in characters, a line in points


@dataclass(frozen=True)
class PrintedTable:
    """A table: header rows, then rows of a kind ("measure", "key", "memo", "subtotal", "total")."""

    title: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, tuple[Content, ...]], ...]
    notes: tuple[str, ...]
    decimals: int = 0


def workbook_of(tables: Sequence[PrintedTable], today: date) -> bytes:
    """A workbook with a sheet a table, on A4; on the same day the same bytes."""

    def write(book: Workbook) -> None:
        book.set_properties({"created": datetime(today.year, today.month, today.day)})
        names: set[str] = set()
        for table in tables:
            _Printer(book, book.add_worksheet(_name(table.title, names)), table).write()

    return new_workbook(write)


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name from the title, unlike every other."""
    bare = " ".join(title.translate(_NO_NAME).split()).strip("'")[:LONGEST_NAME].strip() or "Tabelle"
    name, number = bare, 1
    while name.casefold() in taken:
        number += 1
        name = f"{bare[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


class _Printer:
    def __init__(self, book: Workbook, sheet: Worksheet, table: PrintedTable) -> None:
        self.book, self.sheet, self.table = book, sheet, table
        figure = "#,##0." + "0" * table.decimals if table.decimals else "#,##0"
        box = {"border": 1, "border_color": _LINE, "font_name": "Arial", "font_size": 10, "valign": "vcenter"}
        strong = {**box, "bold": True, "bg_color": _PALE}
        head = {**box, "bold": True, "bg_color": _BLUE, "font_color": "#FFFFFF", "text_wrap": True}
        self.head = (self._format(head), self._format({**head, "align": "right"}))
        self.looks: dict[str, tuple[Format, Format]] = {
            "measure": self._pair(box, figure),
            "memo": self._pair({**box, "indent": 2}, figure),
            "key": self._pair({**box, "italic": True, "bg_color": _PALE}, figure),
            "subtotal": self._pair(strong, figure),
            "total": self._pair({**strong, "top": 2}, figure),
        }

    def write(self) -> None:
        title = self._format({"bold": True, "font_name": "Arial", "font_size": 13, "font_color": _BLUE})
        self.sheet.write_string(0, 0, self.table.title, title)
        row = 2
        for texts in self.table.header:
            self._heads(row, texts)
            row += 1
        for kind, cells in self.table.rows:
            self._row(row, kind, cells)
            row += 1
        small = self._format({"font_name": "Arial", "font_size": 8})
        for offset, note in enumerate(self.table.notes, 1):
            self.sheet.write_string(row + offset, 0, note, small)
        self._set_up()

    def _heads(self, row: int, texts: Sequence[str]) -> None:
        """The heads of one row; the last one that stands alone above several columns spans them."""
        for column, text in enumerate(texts):
            self.sheet.write_string(row, column, text, self.head[column > 0])
        last = max((column for column, text in enumerate(texts) if text), default=0)
        if 0 < last < len(texts) - 1:
            self.sheet.merge_range(row, last, row, len(texts) - 1, texts[last], self.head[1])

    def _row(self, row: int, kind: str, cells: Sequence[Content]) -> None:
        label, figure = self.looks[kind]
        if kind == "key" and len(cells) > 1:
            self.sheet.merge_range(row, 0, row, len(cells) - 1, cells[0], label)
            return
        lines = -(-len(str(cells[0])) // LABEL) if cells else 1
        self.sheet.set_row(row, ROW * lines)
        for column, content in enumerate(cells):
            look = figure if column else label
            if content is None or content == "":
                self.sheet.write_blank(row, column, None, look)
            elif isinstance(content, Decimal):
                self.sheet.write_number(row, column, float(content), look)
            else:
                self.sheet.write_string(row, column, content, look)

    def _set_up(self) -> None:
        width = len(self.table.header[0]) if self.table.header else 1
        self.sheet.set_column(0, 0, LABEL + 2)
        self.sheet.set_column(1, max(1, width - 1), 13)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        if width > 5:
            self.sheet.set_landscape()
        self.sheet.repeat_rows(2, 1 + len(self.table.header))
        self.sheet.hide_gridlines(2)

    def _pair(self, look: dict[str, object], figure: str) -> tuple[Format, Format]:
        right = {**look, "align": "right", "num_format": figure, "indent": 0}
        return self._format({**look, "text_wrap": True}), self._format(right)

    def _format(self, look: dict[str, object]) -> Format:
        return self.book.add_format(look)
