"""How does a cell look to the person who opens the sheet? As its number format says, in the language in force."""

from __future__ import annotations

from decimal import Decimal

from pik_excel.grid.dates import day_of
from pik_excel.grid.workbook import Cell, Workbook
from pik_excel.language import _, day, number
from pik_excel.layout.formats import Format, format_of

GENERAL_DECIMALS = 4  # Excel shows as many as the column is wide; more than these tell nobody anything


class Shown:
    """Shows the cells of one workbook; each number format is read once, and each number written once in it."""

    def __init__(self, workbook: Workbook) -> None:
        self._codes = workbook.number_formats
        self._date1904 = workbook.calculation.date1904
        self._formats: dict[int, Format] = {}
        self._written: dict[tuple[str, int], str] = {}  # by number, digit for digit, and style

    def cell(self, cell: Cell | None) -> str:
        """The cell as text on one line; "" for none and for one without a value."""
        value = None if cell is None else cell.value
        if cell is None or value is None:
            return ""
        if isinstance(value, bool):
            return _("WAHR") if value else _("FALSCH")
        if isinstance(value, str):
            return " ".join(value.split())
        written = self._written.get(known_by := (str(value), cell.style))
        if written is None:
            written = self._written[known_by] = self._number(value, self._format(cell.style))
        return written

    def _format(self, style: int) -> Format:
        if style not in self._formats:
            self._formats[style] = format_of(self._codes[style] if style < len(self._codes) else "General")
        return self._formats[style]

    def _number(self, value: Decimal, shape: Format) -> str:
        if shape.is_date and (meant := day_of(value, self._date1904)):
            return str(meant.year) if shape.is_year else day(meant)
        if shape.is_share:
            return number(value * 100, shape.decimals or 0) + " %"
        if shape.decimals is None:
            return number(value, min(GENERAL_DECIMALS, max(0, -int(value.as_tuple().exponent))), grouped=False)
        return number(value / shape.scale, shape.decimals, grouped=shape.is_grouped)
