"""How does the sheet "Projektion" look? A4 landscape, one page wide, with a switch, colours, charts, print titles."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any  # XlsxWriter's options have values of many types

from pik_excel.grid.own import PLAN_END, SHOWN_SCENARIO, STATE
from pik_excel.grid.reference import column_letters, quoted
from pik_excel.language import _
from pik_excel.projection.record import Standing
from pik_excel.writeback.new_workbook import new_workbook, own_formulas
from pik_excel.writeback.overview.cells import Entry, a1
from pik_excel.writeback.overview.charts import Charts
from pik_excel.writeback.overview.content import (
    FIRST_ROW,
    FIRST_YEAR,
    HEAD_ROW,
    MARK_ROW,
    NAME,
    NUMBER_ROW,
    PLAN_ROW,
    RULE,
    SAID_ROW,
    SWITCH_ROW,
    TITLE_ROW,
    Content,
)  # fmt: skip
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.looks import LINE, Looks

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CHART_ROWS = 20
_WIDTHS = {NAME: 40.0, RULE: 14.0}
_YEAR_WIDTH = 10.5
_FIGURE = 0.9  # a bold figure of the table's size, in characters of the usual size
_PAGE = (780.0, 500.0)  # points of an A4 page in landscape between its margins
_POINT = 0.75  # points a pixel
_LETTERS = 44  # of a name in one line
_INPUT = "FFF4C2"
_COLOURS = {  # ink and ground
    Standing.DECIDED: (look.INK, "FFFFFF"),
    Standing.PROVIDED: ("1B6B45", "E3F3EA"),
    Standing.REQUESTED: ("1F4E9E", "E3EDFA"),
    Standing.PROJECTED: ("8A4B08", "FDF1DF"),
    Standing.BLANK: (look.INK, "FFFFFF"),
}


def drawn(name: str, content: Content, state: str) -> bytes:
    """A workbook with that one sheet, to be grafted; `state` tells later whether somebody typed on it."""

    def write(workbook: Workbook) -> None:
        _Sheet(workbook, workbook.add_worksheet(name, own_formulas()), content).write(state)

    return new_workbook(write)


class _Sheet:
    """The sheet while it is written."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, content: Content) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._content = content
        self._looks = Looks(workbook)
        self._formats: dict[str, Format] = {}
        digits = content.wanted.digits
        self._figures = apart("#,##0" + ("." + "0" * digits if digits else ""))

    def write(self, state: str) -> None:
        """All of it."""
        self._set_up()
        for (row, column), entry in sorted(self._content.grid.entries.items()):
            self._cell(row - 1, column - 1, entry)
        self._make_it_answer()
        self._mark_later_years()
        self._recolour()
        Charts(self._workbook, self._sheet, self._content, self._width()).insert(CHART_ROWS)
        place = quoted(self._sheet.get_name())
        for word, row in ((SHOWN_SCENARIO, SWITCH_ROW), (PLAN_END, PLAN_ROW)):
            self._workbook.define_name(word, f"={place}!{a1(row, RULE, fixed_row=True, fixed_column=True)}")
        self._workbook.define_name(STATE, f'="{state}"')

    def _set_up(self) -> None:
        sheet, content = self._sheet, self._content
        for column in range(NAME, content.right + 1):
            sheet.set_column(column - 1, column - 1, _WIDTHS.get(column, self._year_width))
        for row, height in ((TITLE_ROW, 28), (SAID_ROW, 16), (SWITCH_ROW, 22), (MARK_ROW, 24), (HEAD_ROW, 20)):
            sheet.set_row(row - 1, height)
        for row, name in enumerate(content.names, FIRST_ROW):
            lines = len(textwrap.wrap(name, _LETTERS))
            if lines > 1:
                sheet.set_row(row - 1, lines * LINE + 4)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#1B6B45")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.center_horizontally()
        sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(MARK_ROW - 1, HEAD_ROW - 1)
        sheet.freeze_panes(HEAD_ROW, RULE)
        sheet.print_area(0, 0, content.end + CHART_ROWS, content.right - 1)
        sheet.set_footer("&L&8&F&C&8&A&R&8" + _("Seite {page} von {pages}").format(page="&P", pages="&N"))
        if self._height() > _PAGE[1] * max(1.0, self._width() * _POINT / _PAGE[0]):
            sheet.set_h_pagebreaks([content.compared[0] - 2])  # so that no page ends within a chart

    def _cell(self, row: int, column: int, entry: Entry) -> None:
        form, value = self._formats.get(entry.look), entry.value
        if form is None:
            form = self._formats[entry.look] = self._format(entry.look)
        if entry.formula is not None:
            shown = value if isinstance(value, str) else 0 if value is None else stored(value)
            self._sheet.write_formula(row, column, "=" + entry.formula, form, shown)
        elif value is None:
            self._sheet.write_blank(row, column, None, form)
        elif isinstance(value, str):
            self._sheet.write_string(row, column, value, form)
        else:
            self._sheet.write_number(row, column, stored(value), form)

    def _make_it_answer(self) -> None:
        """The switch offers the scenarios, the last year of the plan is a year."""
        sheet, content = self._sheet, self._content
        first, last = content.compared
        column = column_letters(NAME)
        sheet.data_validation(SWITCH_ROW - 1, RULE - 1, SWITCH_ROW - 1, RULE - 1, {
            "validate": "list",
            "source": f"=${column}${first}:${column}${last}",
            "input_title": _("Szenario"),
            "input_message": _("Die Tabelle, die Summen und das Diagramm zeigen das gewählte Szenario."),
            "error_title": _("Szenario"),
            "error_message": _("Bitte ein Szenario aus der Liste wählen."),
        })  # fmt: skip
        sheet.data_validation(PLAN_ROW - 1, RULE - 1, PLAN_ROW - 1, RULE - 1, {
            "validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100,
            "input_title": _("Finanzplanung"),
            "input_message": _("Letztes Jahr der mittelfristigen Finanzplanung."),
            "error_title": _("Jahr"), "error_message": _("Bitte ein Jahr eintragen, etwa 2027."),
        })  # fmt: skip

    def _mark_later_years(self) -> None:
        """Years beyond the medium-term plan are hatched, also when its end is typed anew."""
        end = a1(PLAN_ROW, RULE, fixed_row=True, fixed_column=True)
        year = a1(HEAD_ROW, FIRST_YEAR, fixed_row=True)
        hatched = self._workbook.add_format({"bg_color": "#6B7280", "font_color": "#FFFFFF", "italic": True})
        rule = {"type": "formula", "criteria": f'=AND({end}<>"",{year}>{end})', "format": hatched}
        self._sheet.conditional_format(HEAD_ROW - 1, FIRST_YEAR - 1, HEAD_ROW - 1, self._content.right - 1, rule)

    def _recolour(self) -> None:
        """Where an amount stands otherwise in another scenario, it looks so when that one is chosen."""
        content, number = self._content, a1(NUMBER_ROW, RULE, fixed_row=True, fixed_column=True)
        for index, block in enumerate(content.blocks):
            found: dict[Standing, list[str]] = {}
            for row, name in enumerate(content.names, FIRST_ROW):
                for column in range(FIRST_YEAR, content.right + 1):
                    own = content.grid.entries.get((block.need[name], column))
                    shown = content.grid.entries.get((row, column))
                    if own is not None and shown is not None and own.look != shown.look:
                        found.setdefault(_standing_of(own.look), []).append(a1(row, column))
            for standing, cells in found.items():
                ink, ground = _COLOURS[standing]
                form = self._workbook.add_format({
                    "font_color": f"#{ink}", "bg_color": f"#{ground}", "italic": standing is Standing.PROJECTED,
                })  # fmt: skip
                rule = {"type": "formula", "criteria": f"={number}={index + 1}", "format": form}
                self._sheet.conditional_format(cells[0], rule | {"multi_range": " ".join(cells)})

    @cached_property
    def _year_width(self) -> float:
        """The width of a year in characters of the usual size: every amount is to be read, none shown as ###."""
        amounts = [entry.value for entry in self._content.grid.entries.values() if isinstance(entry.value, Decimal)]
        if not amounts:
            return _YEAR_WIDTH
        digits = self._content.wanted.digits
        longest = max(len(f"{amount:,.{digits}f}") for amount in (min(amounts), max(amounts)))
        return max(_YEAR_WIDTH, longest * _FIGURE)

    def _width(self) -> int:
        """The table's width in pixels."""
        years = len(self._content.wanted.years)
        return round(sum(width * 7 + 5 for width in _WIDTHS.values()) + years * (self._year_width * 7 + 5))

    def _height(self) -> float:
        """The height of all that is printed, in points."""
        lines = (len(textwrap.wrap(name, _LETTERS)) for name in self._content.names)
        return (self._content.end + CHART_ROWS) * 15 + 40 + sum((count - 1) * LINE for count in lines if count > 1)

    def _format(self, name: str) -> Format:
        plain, cell = self._looks.of, self._looks.cell
        right: dict[str, Any] = {"align": "right", "indent": 0, "text_wrap": False, "valign": "vcenter"}
        head: dict[str, Any] = {
            "bold": True, "font_color": "FFFFFF", "bg_color": look.INK, "valign": "vcenter", "text_wrap": True,
        }  # fmt: skip
        match name.split():
            case ["title"]:
                return plain(bold=True, font_size=18, valign="vcenter")
            case ["title", "small"]:
                return plain(bold=True, font_size=12, font_color=look.QUIET)
            case ["quiet"]:
                return plain(font_color=look.QUIET, valign="vcenter")
            case ["beside"]:
                return plain(font_color=look.QUIET, valign="vcenter", indent=1)
            case ["label"]:
                return plain(bold=True, valign="vcenter")
            case ["quiet", "label"]:
                return plain(font_color=look.QUIET, font_size=8)
            case ["quiet", "number"]:
                return plain(font_color=look.QUIET, font_size=8, align="left", indent=1)
            case ["switch"]:
                return cell(
                    bold=True,
                    bg_color=_INPUT,
                    font_color="1F4E9E",
                    valign="vcenter",
                    shrink=True,
                    text_wrap=False,
                )
            case ["year", "input"]:
                return cell(bg_color=_INPUT, font_color="1F4E9E", num_format="0", align="left", valign="vcenter")
            case ["mark"]:
                return plain(
                    font_size=7, font_color=look.QUIET, align="center", valign="bottom", text_wrap=True, italic=True
                )
            case ["head"]:
                return plain(**head, indent=1)
            case ["head", "centred"]:
                return plain(**head, align="center")
            case ["head", "year", *rest]:
                return plain(**head, align="right", num_format=apart('0" ff."' if rest else "0"))
            case ["name"]:
                return cell(valign="vcenter")
            case ["name", "small"]:
                return cell(valign="vcenter", font_size=8)
            case ["rule"]:
                return cell(font_color=look.QUIET, font_size=8, valign="vcenter", align="center", indent=0)
            case ["amount", standing, "key"]:
                return cell(**_coloured(standing), valign="vcenter")
            case ["amount", standing]:
                return cell(**right, num_format=self._figures, **_coloured(standing))
            case ["unclear"]:
                return cell(**right, font_color="B3261E")
            case ["total", *more]:
                ground = {"bg_color": look.BAND, "top": 2} if "strong" in more else {}
                side = {"align": "left", "indent": 1} if "name" in more else {}
                return cell(**right | side, num_format=self._figures, bold=True, **ground)
            case ["part", "name"]:
                return cell(valign="vcenter")
            case ["section"]:
                return plain(bold=True, bg_color=look.BAND, bottom=1, bottom_color=look.INK, indent=1, valign="vcenter")
            case ["part"]:
                return cell(**right, num_format=self._figures)
        return cell(**right, num_format=self._figures)


def apart(figures: str) -> str:
    """The format with a little room to the right, also for a word in place of the figure. An indent would do, but
    LibreOffice loses that where the cell has a conditional format."""
    return f"{figures}_x;-{figures}_x;{figures}_x;@_x"


def stored(value: Decimal) -> int | float:
    """As Excel would store it: 1151, not 1151.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def _coloured(standing: str) -> dict[str, Any]:
    ink, ground = _COLOURS[Standing(standing)]
    return {"font_color": ink, "bg_color": ground, "italic": standing == Standing.PROJECTED.value}


def _standing_of(name: str) -> Standing:
    word = name.split()[-1]
    return Standing(word) if word in {one.value for one in Standing} else Standing.BLANK
