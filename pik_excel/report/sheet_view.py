"""What of a sheet is worth showing on a page? The rows with findings, those around them, the heads of their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pik_excel.budget.tables import AssumptionTable, Financing, IndicatorTable
from pik_excel.checks.finding import Finding
from pik_excel.grid.reference import Area, area_of, column_letters
from pik_excel.grid.workbook import Cell, Sheet, Style, Workbook
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass
from pik_excel.report.shown import Shown

AROUND = 2  # rows above and below a finding
WHOLE = 45  # a sheet of no more rows is shown whole
MOST_ROWS = 400  # of one sheet; a page of more helps nobody
MOST_COLUMNS = 40
MARKED_ROWS = 30  # of one finding
NARROWEST, SHORT, WIDEST = 5, 18, 34  # of a column, in characters


@dataclass(frozen=True)
class CellView:
    """One cell as it is shown. `marks` are the fingerprints of the findings about it."""

    text: str
    a1: str
    is_number: bool = False
    bold: bool = False
    indent: int = 0
    formula: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowView:
    """One row; `skipped` is how many rows before it are not shown."""

    number: int
    cells: tuple[CellView, ...]
    hidden: bool = False
    skipped: int = 0


@dataclass(frozen=True)
class SheetView:
    """A sheet, or the part of it that has findings; `widths` in characters."""

    name: str
    letters: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[RowView, ...]
    hidden: bool = False


def sheet_views(reading: Reading, findings: Sequence[Finding]) -> tuple[SheetView, ...]:
    """Each sheet that has findings, in the workbook's order."""
    heads = {name: list(_heads(reading, name)) for name in {one.sheet for one in findings}}
    shown = Shown(reading.workbook)
    return tuple(
        _View(reading.workbook, sheet, [one for one in findings if one.sheet == sheet.name], shown).view(
            heads[sheet.name]
        )
        for sheet in reading.workbook.sheets
        if sheet.name in heads and sheet.used
    )


def _heads(reading: Reading, name: str) -> Iterator[tuple[Area, Iterable[int]]]:
    for table in reading.budget.tables:
        if table.sheet == name:
            yield table.area, table.header_rows
    others: tuple[AssumptionTable | Financing | IndicatorTable, ...] = (
        *reading.budget.assumptions,
        *reading.budget.financings,
        *reading.budget.indicators,
    )
    for other in others:
        if other.sheet == name:
            yield other.area, (other.area.top,)


class _View:
    def __init__(self, workbook: Workbook, sheet: Sheet, findings: Sequence[Finding], shown: Shown) -> None:
        self.sheet, self.shown, self.styles = sheet, shown, workbook.styles
        self.used = sheet.used or Area(1, 1, 1, 1)
        self.areas = [(one.fingerprint, area) for one in findings if (area := area_of(one.range))]
        self.marks = self._marks()

    def view(self, heads: Iterable[tuple[Area, Iterable[int]]]) -> SheetView:
        columns = self._columns()
        rows = sorted(self._rows(heads))[:MOST_ROWS]
        before = [self.used.top - 1, *rows]
        return SheetView(
            name=self.sheet.name,
            letters=tuple(map(column_letters, columns)),
            widths=tuple(self._width(column, rows) for column in columns),
            rows=tuple(
                RowView(
                    row,
                    tuple(self._cell(row, column) for column in columns),
                    hidden=row in self.sheet.hidden_rows,
                    skipped=row - earlier - 1,
                )
                for earlier, row in zip(before, rows, strict=False)
            ),
            hidden=self.sheet.state != "visible",
        )

    def _marks(self) -> Mapping[tuple[int, int], tuple[str, ...]]:
        marks: dict[tuple[int, int], tuple[str, ...]] = {}
        for fingerprint, area in self.areas:
            for row in range(area.top, min(area.bottom, area.top + MARKED_ROWS) + 1):
                for column in range(area.left, min(area.right, area.left + MOST_COLUMNS) + 1):
                    marks[row, column] = (*marks.get((row, column), ()), fingerprint)
        return marks

    def _columns(self) -> range:
        last = max([self.used.right, *(column for _row, column in self.marks)])
        first = 1 if last <= MOST_COLUMNS else min([column for _row, column in self.marks], default=1)
        return range(first, min(last, first + MOST_COLUMNS - 1) + 1)

    def _rows(self, heads: Iterable[tuple[Area, Iterable[int]]]) -> set[int]:
        last = max([self.used.bottom, *(row for row, _column in self.marks)])
        if last - self.used.top < WHOLE:
            return set(range(self.used.top, last + 1))
        marked = {row for row, _column in self.marks}
        rows = {near for row in marked for near in range(max(1, row - AROUND), row + AROUND + 1)}
        for area, header in heads:
            if any(area.top <= row <= area.bottom for row in marked):
                rows.update(header)
        return {row for row in rows if row <= last}

    def _cell(self, row: int, column: int) -> CellView:
        cell = self.sheet.cells.get((row, column))
        style = self._style(cell)
        return CellView(
            text=self.shown.cell(cell),
            a1=f"{column_letters(column)}{row}",
            is_number=cell is not None and not isinstance(cell.value, str),
            bold=style.bold,
            indent=style.indent,
            formula=cell.formula if cell else None,
            marks=self.marks.get((row, column), ()),
        )

    def _style(self, cell: Cell | None) -> Style:
        return self.styles[cell.style] if cell and cell.style < len(self.styles) else Style()

    def _width(self, column: int, rows: Sequence[int]) -> int:
        """As wide as its figures and short texts, and as those texts that cannot run on over an empty cell to the
        right."""
        widths = [NARROWEST]
        for row in rows:
            cell = self.sheet.cells.get((row, column))
            neighbour = self.sheet.cells.get((row, column + 1))
            width = len(self.shown.cell(cell)) + 1
            runs_on = cell is not None and isinstance(cell.value, str) and (not neighbour or neighbour.value is None)
            if not runs_on or width <= SHORT:
                widths.append(width)
        return min(WIDEST, max(widths))
