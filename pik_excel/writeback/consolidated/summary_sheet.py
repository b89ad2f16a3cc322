"""The first sheet: how many files and measures, what was not read, the need by Amt, and the pictures of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any  # XlsxWriter's options have values of many types

from pik_excel.consolidation.record import Consolidation, Line, Source
from pik_excel.grid.reference import column_letters, quoted
from pik_excel.language import _, plural
from pik_excel.writeback.chart_text import chart_text
from pik_excel.writeback.consolidated.blocks import COUNT, NAME, YEARS, Block, Blocks, is_year
from pik_excel.writeback.consolidated.forms import Forms, print_setup, put, put_formula, subtitle
from pik_excel.writeback.consolidated.sums import Sums, largest, sum_of
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.looks import FONT

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

RED, YELLOW, GREEN = "red", "yellow", "green"
_PALETTE = (
    "1F4E9E", "D98324", "2A8C6A", "B23A48", "6C5B9E", "C9A227", "3A9BC1", "8C6239", "7A8F3C", "B5659B",
)  # fmt: skip
_REST = "A7AEB8"
_MOST_SERIES = 10
_LARGEST = 10
_CHART_ROWS = 19
_ROW = 20  # pixels
_ROWS_WITH_CHART = 30  # that leave room for it on a page
_NAME_WIDTH, _COUNT_WIDTH = 40.0, 9.0
_INKS = {RED: "B3261E", YELLOW: "B25E00", GREEN: "1B6B45"}


def light_of(source: Source) -> str:
    """Red: errors, or not read. Yellow: warnings, or read only in part. Green: at most notices."""
    if source.refused or source.errors:
        return RED
    return GREEN if source.complete and not source.warnings else YELLOW


class SummarySheet:
    """The sheet while it is written."""

    def __init__(
        self,
        book: Workbook,
        sheet: Worksheet,
        found: Consolidation,
        sums: Sums,
        forms: Forms,
        places: Mapping[str, str],
    ) -> None:
        self._book, self._sheet, self._found, self._sums, self._forms = book, sheet, found, sums, forms
        self._places = places
        self._blocks = Blocks(sheet, sums, forms, only_years=True)

    def write(self, day_text: str, notes: str) -> None:
        """All of it; `notes` is the name of that sheet."""
        self._set_up()
        put(self._sheet, 0, 0, _("Zusammenführung der Maßnahmen"), self._forms.title)
        said = subtitle(self._found, day_text)
        if len(self._blocks.columns) < len(self._sums.columns()):
            said += " · " + _("Ist und „ff.“ stehen in „Summen“")
        put(self._sheet, 1, 0, said, self._forms.quiet)
        row = self._warnings(self._tiles(3), notes)
        by_department = self._blocks.write(row, _("Bedarf nach Ämtern"), self._sums.department, "")
        for line, key in enumerate(by_department.keys, by_department.first):
            self._link_to(line, key)
        row = self._pictures(by_department, by_department.end - 1)
        breaks = [by_department.end - 1] if by_department.end > _ROWS_WITH_CHART else []
        self._sheet.set_h_pagebreaks([*breaks, row])
        by_standing = self._blocks.write(row, _("Bedarf nach Status"), self._sums.standing, "")
        row = self._largest(by_standing.end)
        self._sheet.print_area(0, 0, row, self._blocks.right)

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.set_column(NAME, NAME, _NAME_WIDTH)
        sheet.set_column(COUNT, COUNT, _COUNT_WIDTH)
        sheet.set_column(YEARS, self._blocks.right, self._sums.width)
        sheet.set_row(0, 30)
        sheet.set_tab_color("#1B6B45")
        print_setup(sheet, -1, _("Zusammenführung"))

    def _tiles(self, row: int) -> int:
        """How many files, and how they stand."""
        sources = self._found.sources
        lights = [light_of(source) for source in sources]
        refused = sum(source.refused is not None for source in sources)
        said = [
            (len(sources), _("Dateien"), look.INK),
            (lights.count(GREEN), _("grün"), _INKS[GREEN]),
            (lights.count(YELLOW), _("gelb"), _INKS[YELLOW] if YELLOW in lights else look.QUIET),
            (lights.count(RED), _("rot"), _INKS[RED] if RED in lights else look.QUIET),
            (refused, _("nicht gelesen"), _INKS[RED] if refused else look.QUIET),
            (len(self._found.notes), _("Hinweise"), look.QUIET),
        ]
        self._sheet.set_row(row, 27)
        for (value, word, colour), (first, last) in zip(said, self._spans(len(said)), strict=True):
            for line, form in ((row, self._forms.tile(colour, False)), (row + 1, self._forms.tile(colour, True))):
                if last > first:
                    self._sheet.merge_range(line, first, line, last, "", form)
            self._sheet.write_number(row, first, value, self._forms.tile(colour, False))
            put(self._sheet, row + 1, first, word, self._forms.tile(colour, True))
        return row + 3

    def _spans(self, count: int) -> list[tuple[int, int]]:
        """The columns of each tile: the wide one for the first, the others as many as there are, or beyond them."""
        return [(0, 0), *((index, index) for index in range(1, count))]

    def _warnings(self, row: int, notes: str) -> int:
        """What must not be overlooked before the totals are trusted."""
        found, said = self._found, list[str]()
        refused = [source for source in found.sources if source.refused]
        partly = [source for source in found.sources if not source.refused and not source.complete]
        if refused:
            text = plural(
                "{count} Datei konnte nicht gelesen werden; ihre Maßnahmen fehlen in allen Summen.",
                "{count} Dateien konnten nicht gelesen werden; ihre Maßnahmen fehlen in allen Summen.",
                len(refused),
            )
            said.append(text.format(count=len(refused)))
        if partly:
            text = plural(
                "{count} Datei ist nur zum Teil enthalten.", "{count} Dateien sind nur zum Teil enthalten.", len(partly)
            )
            said.append(text.format(count=len(partly)))
        versions = sum(note.code == "versions" for note in found.notes)
        if versions:
            text = plural(
                "{count} Paar von Dateien ist womöglich dieselbe in zwei Fassungen und doppelt gezählt.",
                "{count} Paare von Dateien sind womöglich dieselben in zwei Fassungen und doppelt gezählt.",
                versions,
            )
            said.append(text.format(count=versions))
        uncounted = sum(not line.entry.counted for line in found.lines)
        if uncounted:
            text = plural(
                "{count} Zeile zählt nicht (siehe „zählt“).", "{count} Zeilen zählen nicht (siehe „zählt“).", uncounted
            )
            said.append(text.format(count=uncounted))
        if said:
            said[-1] += " " + _("Näheres in „{sheet}“.").format(sheet=notes)
        for text in said:
            put(self._sheet, row, 0, "● " + text, self._forms.loud)
            row += 1
        return row + bool(said)

    def _link_to(self, row: int, department: str) -> None:
        """The name of an Amt leads to its sheet."""
        place = self._places.get(department)
        if place and row < 65_000:
            way = f"internal:{quoted(place)}!A1"
            self._sheet.write_url(row, NAME, way, self._forms.link, department)

    def _pictures(self, block: Block, row: int) -> int:
        """The need by year, stacked by Amt."""
        years = [index for index, column in enumerate(self._blocks.columns, YEARS) if is_year(column)]
        if not years:
            return row + 1
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        order = sorted(
            range(len(block.keys)), key=lambda one: -self._sums.value(None, self._sums.department, block.keys[one])
        )
        alone = len(order) <= _MOST_SERIES + 1
        shown = sorted(order if alone else order[:_MOST_SERIES])
        for colour, index in zip((*_PALETTE, _REST), shown, strict=False):
            self._series(chart, block.first + index, block.head, years, colour, _short(block.keys[index]))
        if not alone:
            self._rest(chart, block, [block.first + index for index in shown], years, row)
        title = _("Bedarf je Jahr nach Ämtern ({unit})").format(unit=self._found.unit.value)
        self._dress(chart, title, legend=True)
        chart.set_size({"width": self._width() - 4, "height": _CHART_ROWS * _ROW - 10})
        self._sheet.insert_chart(row + (not alone), 0, chart, {"x_offset": 2, "y_offset": 4, "object_position": 3})
        return row + (not alone) + _CHART_ROWS + 1

    def _rest(self, chart: Chart, block: Block, shown: list[int], years: list[int], row: int) -> None:
        """All others as one series, from a row below the block."""
        put(self._sheet, row, NAME, _("davon übrige Ämter"), self._forms.small)
        put(self._sheet, row, COUNT, "", self._forms.small)
        for index in range(YEARS, self._blocks.right + 1):
            letters = column_letters(index + 1)
            formula = f"={letters}{block.total + 1}-SUM({','.join(f'{letters}{one + 1}' for one in shown)})"
            column = self._blocks.columns[index - YEARS]
            keys = [block.keys[one - block.first] for one in shown]
            value = self._sums.value(column) - sum(self._sums.value(column, self._sums.department, key) for key in keys)
            put_formula(self._sheet, row, index, formula, self._forms.part, value)
        self._series(chart, row, block.head, years, _REST, _("übrige Ämter"))

    def _series(self, chart: Chart, row: int, head: int, years: list[int], colour: str, name: str) -> None:
        sheet = self._sheet.get_name()
        chart.add_series({
            "name": chart_text(name),
            "categories": [sheet, head, years[0], head, years[-1]],
            "values": [sheet, row, years[0], row, years[-1]],
            "fill": {"color": f"#{colour}"},
            "gap": 60,
        })  # fmt: skip

    def _largest(self, row: int) -> int:
        """The largest measures: a table whose sums follow the sheet with all measures, and a picture beside it."""
        if not self._found.added:
            return row
        lines = largest(self._found.lines, self._found.added, _LARGEST)
        if not lines:
            return row
        sheet, forms = self._sheet, self._forms
        for column in range(self._blocks.right + 1):
            put(sheet, row, column, _("Die größten Maßnahmen") if column == 0 else "", forms.section)
        put(sheet, row + 1, NAME, self._sums.measure, forms.head)
        put(sheet, row + 1, COUNT, self._sums.running, forms.head_right)
        put(sheet, row + 1, YEARS, self._sums.sum, forms.head_right)
        for index, line in enumerate(lines, row + 2):
            self._one_of_the_largest(index, line)
        self._bars(row + 1, len(lines))
        return row + max(len(lines) + 2, 16)

    def _one_of_the_largest(self, row: int, line: Line) -> None:
        forms, sums = self._forms, self._sums
        put(self._sheet, row, NAME, f"{_short(line.entry.name)} ({_short(line.department)})", forms.text, forms.quoted)
        self._sheet.write_number(row, COUNT, line.number, forms.count)
        years = self._found.added
        heading = sums.heading(None if len(years) > 1 else years[0])
        cell = f"{column_letters(COUNT + 1)}{row + 1}"
        formula = f"=INDEX({sums.reference(heading)},MATCH({cell},{sums.reference(sums.running)},0))"
        total = sum_of(line, years)
        put_formula(
            self._sheet, row, YEARS, formula, forms.sum, None if total is None else total / self._found.unit.factor
        )

    def _bars(self, head: int, count: int) -> None:
        """Horizontal bars, the largest at the top, to the right of the table."""
        sheet = self._sheet.get_name()
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series({
            "name": self._sums.sum,
            "categories": [sheet, head + 1, NAME, head + count, NAME],
            "values": [sheet, head + 1, YEARS, head + count, YEARS],
            "fill": {"color": f"#{_PALETTE[0]}"},
            "gap": 45,
        })  # fmt: skip
        self._dress(chart, _("Die größten Maßnahmen, alle Jahre ({unit})").format(unit=self._found.unit.value))
        chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 8}, "line": {"color": f"#{look.LINE}"}})
        chart.set_x_axis({
            "num_format": "#,##0", "num_font": {"name": FONT, "size": 8}, "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": f"#{look.BAND}"}}, "label_position": "low",
        })  # fmt: skip
        left = sum(self._pixels(index) for index in range(YEARS + 1))
        width = max(self._width() - left - 10, 420)
        chart.set_size({"width": width, "height": 15 * _ROW})
        self._sheet.insert_chart(head, YEARS + 1, chart, {"x_offset": 8, "y_offset": 2, "object_position": 3})

    def _dress(self, chart: Chart, title: str, legend: bool = False) -> None:
        font: dict[str, Any] = {"name": FONT, "size": 8, "color": f"#{look.INK}"}
        chart.set_title({"name": chart_text(title), "name_font": {**font, "size": 11, "bold": True}, "overlay": False})
        chart.set_x_axis({"num_font": font, "line": {"color": f"#{look.LINE}"}})
        chart.set_y_axis({
            "num_font": font, "num_format": "#,##0", "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": f"#{look.BAND}"}},
        })  # fmt: skip
        chart.set_legend({"position": "right", "font": font} if legend else {"none": True})
        chart.set_chartarea({"border": {"color": f"#{look.LINE}"}})

    def _width(self) -> int:
        """The width of the blocks in pixels."""
        return sum(self._pixels(index) for index in range(self._blocks.right + 1))

    def _pixels(self, column: int) -> int:
        widths = {NAME: _NAME_WIDTH, COUNT: _COUNT_WIDTH}
        return round(widths.get(column, self._sums.width) * 7 + 5)


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:33].rstrip(" ,") + "…"
