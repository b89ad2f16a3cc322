"""How do XlsxWriter's formats come about, each look once?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any  # XlsxWriter's properties have values of many types

from pik_excel.writeback.protocol import look

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT, SIZE, LINE = "Arial", 9, 12  # points


class Looks:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def cell(self, **wanted: Any) -> Format:
        """A cell of the table: framed, wrapped, its text at the top."""
        usual = {"border": 1, "border_color": look.LINE, "text_wrap": True, "valign": "top"}
        return self.of(**usual | {"align": "left", "indent": 1} | wanted)

    def of(self, **wanted: Any) -> Format:
        """The format with these properties of XlsxWriter, colours without "#"."""
        wanted = {"font_name": FONT, "font_size": SIZE, "font_color": look.INK} | wanted
        wanted = {key: f"#{value}" if key.endswith("color") else value for key, value in wanted.items()}
        key = tuple(sorted(wanted.items(), key=lambda item: item[0]))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(wanted)
        return self._formats[key]
