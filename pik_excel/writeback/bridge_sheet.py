"""How does a bridge (Überleitung) get into a workbook: as a column that adds itself up, with a waterfall beside it?

Excel's own waterfall chart is not understood by older versions and other programs. Stacked columns with an invisible
foot look the same everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from pik_excel.budget.bridge import Bridge
from pik_excel.budget.money import Unit
from pik_excel.language import _
from pik_excel.records import dataclass

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIRST = 5  # the row of the old need, counted from 1
LABEL = 24  # characters below a column of the chart
_BLUE, _PALE, _LINE, _UP, _DOWN, _TOTAL = "#1F3864", "#E9EEF6", "#BFC8D6", "#C55A11", "#548235", "#2F5597"


@dataclass(frozen=True)
class BridgeSheet:
    """A bridge and its headline."""

    name: str  # of the sheet
    title: str
    subtitle: str
    bridge: Bridge
    unit: Unit


def bridges_workbook(sheets: Sequence[BridgeSheet]) -> bytes:
    """A workbook with a sheet for each bridge."""
    import xlsxwriter  # 0.1 s

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for sheet in sheets:
            _Writer(book, book.add_worksheet(sheet.name), sheet).write()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Workbook, sheet: Worksheet, content: BridgeSheet) -> None:
        self.book, self.sheet, self.content = book, sheet, content
        box: dict[str, object] = {"border": 1, "border_color": _LINE, "font_name": "Arial", "font_size": 10}
        figure = {Unit.EUR: "#,##0.00", Unit.TEUR: "#,##0.###", Unit.MIO: "#,##0.######"}[content.unit]
        signed = f"+{figure};−{figure};0"
        strong = {**box, "bold": True, "bg_color": _PALE}
        self.head = self._format({**box, "bold": True, "bg_color": _BLUE, "font_color": "#FFFFFF"})
        self.name = self._format({**box, "text_wrap": True, "valign": "vcenter"})
        self.figure = self._format({**box, "num_format": signed, "valign": "vcenter"})
        self.strong, self.total = self._format(strong), self._format({**strong, "num_format": figure})
        self.quiet = self._format({"font_name": "Arial", "font_size": 9, "font_color": "#5A6572"})

    def write(self) -> None:
        content = self.content
        self.sheet.write_string(
            0,
            0,
            content.title,
            self._format({"font_name": "Arial", "bold": True, "font_size": 14, "font_color": _BLUE}),
        )
        self.sheet.write_string(1, 0, content.subtitle, self.quiet)
        for column, head in enumerate((_("Schritt"), _("Maßnahme"), content.unit.value)):
            self.sheet.write_string(FIRST - 2, column, head, self.head)
        lines = list(_lines(content.bridge))
        last = FIRST + len(lines) + 1
        self._total(FIRST, _("Bedarf alt"), None, content.bridge.start)
        for row, (step, measure, amount) in enumerate(lines, FIRST + 1):
            self.sheet.write_string(row - 1, 0, step, self.name)
            self.sheet.write_string(row - 1, 1, measure, self.name)
            self.sheet.write_number(row - 1, 2, float(amount / content.unit.factor), self.figure)
        self._total(last, _("Bedarf neu"), f"=SUM(C{FIRST}:C{last - 1})", content.bridge.end)
        self._waterfall(lines, last)
        self._set_up(last)

    def _total(self, row: int, label: str, formula: str | None, amount: Decimal) -> None:
        value = float(amount / self.content.unit.factor)
        self.sheet.write_string(row - 1, 0, label, self.strong)
        self.sheet.write_blank(row - 1, 1, None, self.strong)
        if formula:
            self.sheet.write_formula(row - 1, 2, formula, self.total, value)
        else:
            self.sheet.write_number(row - 1, 2, value, self.total)

    def _waterfall(self, lines: Sequence[tuple[str, str, Decimal]], last: int) -> None:
        """Helper columns G to L, labels and formulas on the column of the bridge, and the chart over them."""
        for column, head in enumerate((_("Stand"), _("Fuß"), _("mehr"), _("weniger"), _("Bedarf")), 7):
            self.sheet.write_string(FIRST - 2, column, head, self.quiet)
        factor = self.content.unit.factor
        amounts = [self.content.bridge.start, *(amount for _step, _measure, amount in lines)]
        levels = [float(level / factor) for level in accumulate(amounts)]
        labels = [_("Bedarf alt"), *(_short(measure) for _step, measure, _amount in lines), _("Bedarf neu")]
        self.sheet.write_column(FIRST - 1, 6, labels, self.quiet)
        for row, (amount, level) in enumerate(zip(amounts, levels, strict=True), FIRST):
            change = 0.0 if row == FIRST else float(amount / factor)
            self._helpers(row, last, level, change, is_total=row == FIRST)
        self._helpers(last, last, levels[-1], 0.0, is_total=True)
        self._chart(last)

    def _helpers(self, row: int, last: int, level: float, change: float, is_total: bool) -> None:
        running = f"=C{row}" if is_total and row == FIRST else f"=C{last}" if is_total else f"=H{row - 1}+C{row}"
        foot = "=0" if is_total else f"=MIN(H{row - 1},H{row})"
        cells = (
            (running, level),
            (foot, 0.0 if is_total else min(level - change, level)),
            ("=0" if is_total else f"=MAX(C{row},0)", 0.0 if is_total else max(change, 0.0)),
            ("=0" if is_total else f"=MAX(-C{row},0)", 0.0 if is_total else max(-change, 0.0)),
            (f"=H{row}" if is_total else "=0", level if is_total else 0.0),
        )
        for column, (formula, value) in enumerate(cells, 7):
            self.sheet.write_formula(row - 1, column, formula, self.quiet, value)

    def _chart(self, last: int) -> None:
        chart = self.book.add_chart({"type": "column", "subtype": "stacked"})
        name = self.sheet.get_name()
        colours = ((8, None), (9, _UP), (10, _DOWN), (11, _TOTAL))
        for column, colour in colours:
            chart.add_series(
                {
                    "name": [name, FIRST - 2, column],
                    "categories": [name, FIRST - 1, 6, last - 1, 6],
                    "values": [name, FIRST - 1, column, last - 1, column],
                    "fill": {"color": colour} if colour else {"none": True},
                    "border": {"none": True},
                    "gap": 40,
                }
            )
        chart.set_legend({"none": True})
        chart.set_title({"name": self.content.title, "name_font": {"size": 11, "color": _BLUE}})
        chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": _LINE}}})
        chart.set_x_axis({"num_font": {"size": 8, "rotation": -45}})
        chart.show_hidden_data()  # the helper columns
        chart.set_size({"width": 676, "height": 360})
        self.sheet.insert_chart(last + 1, 0, chart)

    def _set_up(self, last: int) -> None:
        self.sheet.set_column(0, 0, 16)
        self.sheet.set_column(1, 1, 62)
        self.sheet.set_column(2, 2, 18)
        self.sheet.set_column(6, 11, 12, None, {"hidden": True})
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 1)
        self.sheet.print_area(0, 0, last + 19, 2)
        self.sheet.hide_gridlines(2)
        self.sheet.freeze_panes(FIRST - 1, 0)

    def _format(self, look: dict[str, object]) -> Format:
        return self.book.add_format(look)


def _short(measure: str) -> str:
    return measure if len(measure) <= LABEL else measure[: LABEL - 1].rstrip() + "…"


def _lines(bridge: Bridge) -> Iterator[tuple[str, str, Decimal]]:
    for step in bridge.steps:
        yield step.change.shown, step.measure, step.amount
    if bridge.rest:
        yield _("Rest"), _("nicht durch Maßnahmen erklärt"), bridge.rest
