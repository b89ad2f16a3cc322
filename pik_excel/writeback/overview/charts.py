"""Which pictures does the sheet show? The need by measure and year, and the scenarios side by side, native charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any  # XlsxWriter's options have values of many types

from pik_excel.language import _
from pik_excel.writeback.chart_text import chart_text
from pik_excel.writeback.overview.content import FIRST_ROW, FIRST_YEAR, HEAD_ROW, NAME, Content
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.looks import FONT

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_PALETTE = (
    "1F4E9E", "D98324", "2A8C6A", "B23A48", "6C5B9E", "C9A227", "3A9BC1", "8C6239", "7A8F3C", "B5659B", "8A93A0",
)  # fmt: skip
_ROW = 20  # pixels
_GAP = 12
_SHARE = 0.58  # of the width, for the chart with the longer legend
_LONGEST = 28  # letters of a name in the legend


class Charts:
    """The charts of one sheet."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, content: Content, width: int) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._content = content
        self._width = width - _GAP

    def insert(self, rows: int) -> None:
        """Both, side by side under the tables; where no measure has an amount, there is nothing to stack."""
        height, row = (rows - 1) * _ROW, self._content.end + 1
        charted = (*self._content.charted, *([self._content.others] if self._content.others else []))
        left = round(self._width * _SHARE) if charted else 0
        charts = [(self._measures(charted), 0, left)] if charted else []
        charts.append((self._scenarios(), left + _GAP if charted else 0, self._width - left))
        for chart, offset, width in charts:
            chart.set_size({"width": width, "height": height})
            self._sheet.insert_chart(row, 0, chart, {"x_offset": offset, "object_position": 3})

    def _measures(self, rows: Sequence[int]) -> Chart:
        """The need of the chosen scenario, stacked by measure."""
        chart = self._workbook.add_chart({"type": "column", "subtype": "stacked"})
        for row, colour in zip(rows, _PALETTE, strict=False):
            name = chart_text(self._short_name(row))
            chart.add_series({**self._series(row), "name": name, "fill": {"color": f"#{colour}"}, "gap": 60})
        self._dress(chart, _("Finanzbedarf nach Maßnahmen, gewähltes Szenario ({unit})"), "right")
        return chart

    def _scenarios(self) -> Chart:
        """The need of each scenario as a line; of a single one, what is there and what is additional."""
        content = self._content
        if len(content.blocks) == 1:
            chart = self._workbook.add_chart({"type": "column", "subtype": "stacked"})
            for row, colour in ((content.last + 2, "2A8C6A"), (content.last + 3, "D98324")):
                chart.add_series({**self._series(row), "fill": {"color": f"#{colour}"}, "gap": 60})
            self._dress(chart, _("Vorhandene Mittel und zusätzlicher Bedarf ({unit})"))
            return chart
        chart = self._workbook.add_chart({"type": "line"})
        for index, row in enumerate(range(content.compared[0], content.compared[1] + 1)):
            line = {"color": f"#{_PALETTE[index % len(_PALETTE)]}", "width": 2.25}
            marker = {"type": "circle", "size": 5, "fill": {"color": line["color"]}, "border": {"color": line["color"]}}
            chart.add_series({**self._series(row), "line": line, "marker": marker})
        self._dress(chart, _("Finanzbedarf der Szenarien ({unit})"))
        return chart

    def _short_name(self, row: int) -> str:
        """A legend has room for the first words."""
        content = self._content
        if row == content.others:
            return _("übrige Maßnahmen")
        name = content.names[row - FIRST_ROW]
        return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip(" ,") + "…"

    def _series(self, row: int) -> dict[str, Any]:
        name = self._sheet.get_name()
        first, last = FIRST_YEAR - 1, self._content.right - 1
        return {
            "name": [name, row - 1, NAME - 1],
            "categories": [name, HEAD_ROW - 1, first, HEAD_ROW - 1, last],
            "values": [name, row - 1, first, row - 1, last],
        }

    def _dress(self, chart: Chart, title: str, legend: str = "bottom") -> None:
        font = {"name": FONT, "size": 8, "color": f"#{look.INK}"}
        said = title.format(unit=self._content.wanted.unit.value)
        chart.set_title({"name": chart_text(said), "name_font": {**font, "size": 11, "bold": True}, "overlay": False})
        chart.set_x_axis({"num_font": font, "line": {"color": f"#{look.LINE}"}, "num_format": "0"})
        chart.set_y_axis({
            "num_font": font, "num_format": "#,##0", "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": f"#{look.BAND}"}},
        })  # fmt: skip
        chart.set_legend({"position": legend, "font": font})
        chart.set_chartarea({"border": {"color": f"#{look.LINE}"}})
