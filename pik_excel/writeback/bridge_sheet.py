"""How does the sheet "Überleitung" look? For each year a table that adds itself up, and a waterfall beneath it.

Excel's own waterfall chart is not understood by older versions and other programs. Stacked columns with an invisible
foot look the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from pik_excel.budget.bridge import Bridge
from pik_excel.budget.money import Unit
from pik_excel.grid.own import BRIDGE
from pik_excel.grid.reference import Address, quoted
from pik_excel.language import _
from pik_excel.records import dataclass
from pik_excel.writeback.chart_text import chart_text
from pik_excel.writeback.new_workbook import new_workbook
from pik_excel.writeback.overview.drawn import apart, stored
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.looks import Looks

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIRST = 4  # the row of the first block's title, counted from 1
CHART_ROWS = 18
MOST_CHARTED = 20
"""Steps with a column of their own in the chart; the smaller ones are added up."""
_LABEL = 24  # characters below a column of the chart
_UP, _DOWN, _TOTAL, _INPUT = "C55A11", "548235", "2F5597", "1F4E9E"
_HELP = 7  # the first of the hidden columns, from 0: label, change, level, foot, more, less, total
_WIDTHS = (14, 50, 13, 13, 13, 26, 26)


@dataclass(frozen=True)
class BridgeBlock:
    """The bridge of one year, and its headline."""

    title: str
    bridge: Bridge


@dataclass(frozen=True)
class BridgeSheet:
    """All bridges of a comparison. `old_is_here`: both sides are in the workbook that gets the sheet."""

    subtitle: str
    blocks: tuple[BridgeBlock, ...]
    unit: Unit
    old_is_here: bool = False


@dataclass(frozen=True)
class _Line:
    """A row of the table between both needs, in the unit of the sheet."""

    step: str
    measure: str
    old: Decimal | None
    new: Decimal | None
    old_at: Address | None = None
    new_at: Address | None = None

    @property
    def change(self) -> Decimal:
        """What is not stated counts as 0."""
        return (self.new or Decimal(0)) - (self.old or Decimal(0))


def bridge_sheet(name: str, content: BridgeSheet, visible: AbstractSet[str]) -> bytes:
    """A workbook with that one sheet, to be grafted; `visible` are sheets to which a link can lead."""
    return new_workbook(lambda book: _Sheet(book, book.add_worksheet(name), content, visible).write())


class _Sheet:
    """The sheet while it is written."""

    def __init__(self, book: Workbook, sheet: Worksheet, content: BridgeSheet, visible: AbstractSet[str]) -> None:
        self.book, self.sheet, self.content, self.visible = book, sheet, content, visible
        self.looks = Looks(book)
        places = {2: "#,##0.00", 3: "#,##0.###", 6: "#,##0.######"}[content.unit.digits]
        whole = all(_in_unit(one, content.unit) == int(_in_unit(one, content.unit)) for one in _all(content))
        figure = "#,##0" if whole else places
        self.plain, self.signed = apart(figure), f"+{figure}_x;−{figure}_x;0_x"

    def write(self) -> None:
        """All of it."""
        self.sheet.write_string(0, 0, _("Überleitung"), self.looks.of(bold=True, font_size=16))
        self.sheet.write_string(1, 0, self.content.subtitle, self.looks.of(font_color=look.QUIET))
        row, breaks = FIRST, []
        for number, block in enumerate(self.content.blocks):
            breaks += [row - 1] if number else []
            row = self._block(row, block)
        self.sheet.set_h_pagebreaks(breaks)
        self._set_up(row)
        self.book.define_name(BRIDGE, f"={quoted(self.sheet.get_name())}!$A$1")

    def _block(self, top: int, block: BridgeBlock) -> int:
        """One year from that row on; returns the row of the next."""
        sheet, cell = self.sheet, self.looks.cell
        sheet.write_string(top - 1, 0, block.title, self.looks.of(bold=True, font_size=12, valign="vcenter"))
        sheet.set_row(top - 1, 22)
        head = cell(bold=True, bg_color=look.BAND)
        right = cell(bold=True, bg_color=look.BAND, align="right", indent=0, num_format=self.plain)
        words = (_("Schritt"), _("Maßnahme"), _("alt"), _("neu"), _("Änderung"), _("Zelle alt"), _("Zelle neu"))
        for column, word in enumerate(words):
            sheet.write_string(top, column, word, right if column in (2, 3, 4) else head)
        first, lines = top + 2, list(_lines(block.bridge, self.content.unit))
        last = first + len(lines) + 1
        start, end = (_in_unit(one, self.content.unit) for one in (block.bridge.start, block.bridge.end))
        self._total(first, _("Bedarf alt"), start, None)
        for row, line in enumerate(lines, first + 1):
            self._line(row, line)
        self._total(last, _("Bedarf neu"), end, f"=SUM(E{first}:E{last - 1})")
        charted = self._helpers(first, last, start, lines)
        if charted:
            self._chart(block.title, first, first + charted - 1, last + 1)
        return last + (CHART_ROWS if charted else 0) + 3

    def _total(self, row: int, label: str, value: Decimal, formula: str | None) -> None:
        strong = self.looks.cell(bold=True, bg_color=look.BAND)
        figure = self.looks.cell(bold=True, bg_color=look.BAND, align="right", indent=0, num_format=self.plain)
        for column in range(len(_WIDTHS)):
            self.sheet.write_blank(row - 1, column, None, strong)
        self.sheet.write_string(row - 1, 0, label, strong)
        if formula:
            self.sheet.write_formula(row - 1, 4, formula, figure, stored(value))
        else:
            self.sheet.write_number(row - 1, 4, stored(value), figure)

    def _line(self, row: int, line: _Line) -> None:
        sheet, middle = self.sheet, {"valign": "vcenter"}
        figure = self.looks.cell(align="right", indent=0, num_format=self.plain, **middle)
        change = self.looks.cell(align="right", indent=0, num_format=self.signed, **middle)
        sheet.write_string(row - 1, 0, line.step, self.looks.cell(**middle))
        sheet.write_string(row - 1, 1, line.measure, self.looks.cell(**middle))
        for column, value in ((2, line.old), (3, line.new)):
            if value is None:
                sheet.write_blank(row - 1, column, None, figure)  # nothing stated is not 0
            else:
                sheet.write_number(row - 1, column, stored(value), figure)
        sheet.write_formula(row - 1, 4, f"=D{row}-C{row}", change, stored(line.change))
        self._place(row, 5, line.old_at, linked=self.content.old_is_here)
        self._place(row, 6, line.new_at, linked=True)
        if len(line.measure) > 54:
            sheet.set_row(row - 1, 24)

    def _place(self, row: int, column: int, at: Address | None, *, linked: bool) -> None:
        """Where the amount stands; a link where one can lead there."""
        quiet = self.looks.cell(font_color=look.QUIET, valign="vcenter")
        if at is None:
            self.sheet.write_blank(row - 1, column, None, quiet)
        elif linked and at.sheet in self.visible:
            link = self.looks.cell(font_color=_INPUT, underline=1, valign="vcenter")
            self.sheet.write_url(row - 1, column, f"internal:{quoted(at.sheet)}!{at.a1}", link, str(at))
        else:
            self.sheet.write_string(row - 1, column, str(at), quiet)

    def _helpers(self, first: int, last: int, start: Decimal, lines: Sequence[_Line]) -> int:
        """What the chart is drawn from, in hidden columns; returns its rows, 0 where a need is negative on the way."""
        shown = _charted(lines)
        rows: list[tuple[str, str, Decimal]] = [(_("Bedarf alt"), f"=E{first}", start)]
        rows += [(_short(lines[at].measure), f"=E{first + 1 + at}", lines[at].change) for at in shown]
        if len(shown) < len(lines):
            cells = "".join(f"-E{first + 1 + at}" for at in shown)
            rest = sum((line.change for at, line in enumerate(lines) if at not in shown), Decimal(0))
            rows.append((_("übrige Maßnahmen"), f"=SUM(E{first + 1}:E{last - 1}){cells}", rest))
        levels = list(accumulate(change for _label, _formula, change in rows))
        if min(levels) < 0:
            return 0
        for place, (label, formula, change) in enumerate(rows):
            self._helper(first + place, label, (formula, change), levels[place], is_total=not place)
        end = first + len(rows)
        self._helper(end, _("Bedarf neu"), (f"=E{last}-J{end - 1}", Decimal(0)), levels[-1], is_total=True)
        for column, word in enumerate(("", _("Änderung"), _("Stand"), _("Fuß"), _("mehr"), _("weniger"), _("Bedarf"))):
            self.sheet.write_string(first - 2, _HELP + column, word, self.looks.of(font_color=look.QUIET))
        return len(rows) + 1

    def _helper(self, row: int, label: str, change: tuple[str, Decimal], level: Decimal, *, is_total: bool) -> None:
        formula, value = change
        quiet = self.looks.of(font_color=look.QUIET)
        opens = is_total and value == level
        before = level - value
        cells = (
            (formula, value),
            (f"=I{row}" if opens else f"=J{row - 1}+I{row}", level),
            ("=0" if is_total else f"=MIN(J{row - 1},J{row})", Decimal(0) if is_total else min(before, level)),
            ("=0" if is_total else f"=MAX(I{row},0)", Decimal(0) if is_total else max(value, Decimal(0))),
            ("=0" if is_total else f"=MAX(-I{row},0)", Decimal(0) if is_total else max(-value, Decimal(0))),
            (f"=J{row}" if is_total else "=0", level if is_total else Decimal(0)),
        )
        self.sheet.write_string(row - 1, _HELP, label, quiet)
        for column, (text, shown) in enumerate(cells, _HELP + 1):
            self.sheet.write_formula(row - 1, column, text, quiet, stored(shown))

    def _chart(self, title: str, first: int, last: int, below: int) -> None:
        chart = self.book.add_chart({"type": "column", "subtype": "stacked"})
        name = self.sheet.get_name()
        for column, colour in ((3, None), (4, _UP), (5, _DOWN), (6, _TOTAL)):
            chart.add_series({
                "name": [name, first - 2, _HELP + column],
                "categories": [name, first - 1, _HELP, last - 1, _HELP],
                "values": [name, first - 1, _HELP + column, last - 1, _HELP + column],
                "fill": {"color": f"#{colour}"} if colour else {"none": True},
                "border": {"none": True},
                "gap": 40,
            })  # fmt: skip
        font = {"name": "Arial", "size": 8, "color": f"#{look.INK}"}
        chart.set_legend({"none": True})
        chart.set_title({
            "name": chart_text(f"{title} ({self.content.unit.value})"), "name_font": {**font, "size": 11, "bold": True},
        })  # fmt: skip
        grid = {"visible": True, "line": {"color": f"#{look.BAND}"}}
        chart.set_y_axis({"num_format": "#,##0", "num_font": font, "line": {"none": True}, "major_gridlines": grid})
        chart.set_x_axis({"num_font": {**font, "rotation": -45}, "line": {"color": f"#{look.LINE}"}})
        chart.set_chartarea({"border": {"color": f"#{look.LINE}"}})
        chart.show_hidden_data()  # the helper columns
        width = sum(round(one * 7 + 5) for one in _WIDTHS)
        chart.set_size({"width": width, "height": (CHART_ROWS - 1) * 20})
        self.sheet.insert_chart(below, 0, chart, {"object_position": 3})

    def _set_up(self, bottom: int) -> None:
        sheet = self.sheet
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_column(_HELP, _HELP + 6, 12, None, {"hidden": True})
        sheet.set_row(0, 28)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, bottom - 2, len(_WIDTHS) - 1)
        sheet.set_footer("&L&8&F&C&8&A&R&8" + _("Seite {page} von {pages}").format(page="&P", pages="&N"))
        sheet.hide_gridlines(2)
        sheet.set_tab_color(f"#{_TOTAL}")


def _lines(bridge: Bridge, unit: Unit) -> Iterator[_Line]:
    for step in bridge.steps:
        old, new = (None if one is None else _in_unit(one, unit) for one in (step.old, step.new))
        yield _Line(step.change.shown, step.measure, old, new, step.before, step.after)
    if bridge.rest:
        yield _Line(_("Rest"), _("nicht durch Maßnahmen erklärt"), None, _in_unit(bridge.rest, unit))


def _all(content: BridgeSheet) -> Iterator[Decimal]:
    for block in content.blocks:
        yield from (block.bridge.start, block.bridge.end)
        for step in block.bridge.steps:
            yield from (step.old or Decimal(0), step.new or Decimal(0))


def _charted(lines: Sequence[_Line]) -> list[int]:
    """Which lines have a column of their own, in their order."""
    by_size = sorted(range(len(lines)), key=lambda at: (-abs(lines[at].change), at))
    return sorted(by_size if len(lines) <= MOST_CHARTED + 1 else by_size[:MOST_CHARTED])


def _in_unit(eur: Decimal, unit: Unit) -> Decimal:
    return eur / unit.factor


def _short(measure: str) -> str:
    return measure if len(measure) <= _LABEL else measure[: _LABEL - 1].rstrip() + "…"
