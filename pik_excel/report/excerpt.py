"""Which cells does one need to see to understand a finding? Its row, with what heads the columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from pik_excel.budget.tables import AssumptionTable, Financing, IndicatorTable, MeasureList, MeasureTable
from pik_excel.checks.finding import Finding
from pik_excel.grid.reference import Area, area_of, column_letters
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass
from pik_excel.report.shown import Shown

Headed = MeasureTable | MeasureList | AssumptionTable | Financing | IndicatorTable
NEIGHBOURS = 6  # cells beside the label; a council paper has six years


@dataclass(frozen=True)
class Excerpt:
    """The row of a finding: what heads each column ("2024", else the column's letter), the cells as they are shown,
    and which of them the finding is about. The first column is the row's label, where it has one."""

    row: int
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    marked: frozenset[int]


def excerpts(reading: Reading, findings: Iterable[Finding]) -> dict[str, Excerpt]:
    """The row of each finding by its fingerprint; none where the row has no other cell to compare with."""
    rows = _Rows(reading)
    places = ((one, reading.workbook.sheet(one.sheet), area_of(one.range)) for one in findings)
    found = ((one.fingerprint, rows.excerpt(sheet, area)) for one, sheet, area in places if sheet and area)
    return {fingerprint: excerpt for fingerprint, excerpt in found if excerpt}


class _Rows:
    def __init__(self, reading: Reading) -> None:
        self._shown = Shown(reading.workbook)
        budget = reading.budget
        self._tables: dict[str, list[Headed]] = {}
        for table in (*budget.tables, *budget.assumptions, *budget.financings, *budget.indicators):
            self._tables.setdefault(table.sheet, []).append(table)
        self._known: dict[tuple[str, int], tuple[list[int], int | None]] = {}

    def excerpt(self, sheet: Sheet, area: Area) -> Excerpt | None:
        filled, label = self._filled(sheet, area.top)
        if len(filled) < 2:
            return None
        columns = _around(filled, label, area)
        if label is not None and (not columns or label < columns[0]):
            columns = [label, *columns]
        if not any(area.left <= column <= area.right for column in columns):
            return None
        heading = self._headings(sheet, area)
        return Excerpt(
            row=area.top,
            headings=tuple(heading(column) or column_letters(column) for column in columns),
            cells=tuple(self._shown.cell(sheet.cells.get((area.top, column))) for column in columns),
            marked=frozenset(index for index, column in enumerate(columns) if area.left <= column <= area.right),
        )

    def _headings(self, sheet: Sheet, area: Area) -> Callable[[int], str]:
        """What heads a column of the table that the cell lies in: its year, else the text in the table's first row."""
        tables = self._tables.get(sheet.name, ())
        table = next((one for one in tables if one.area.holds(area.top, area.left)), None)
        if table is None:
            return lambda _column: ""
        years = table.columns if isinstance(table, MeasureTable | MeasureList) else ()
        headed = {one.at.column: one.shown for one in years if one.at.row < area.top}
        top = table.area.top

        def heading(column: int) -> str:
            text = sheet.value(top, column)
            return headed.get(column) or (" ".join(text.split()) if isinstance(text, str) and top < area.top else "")

        return heading

    def _filled(self, sheet: Sheet, row: int) -> tuple[list[int], int | None]:
        """The columns with something in them, and that of the label; found once for each row that has findings."""
        known = self._known.get((sheet.name, row))
        if known is None:
            cells = sheet.cells.row(row)
            filled = sorted(column for column, cell in cells.items() if cell.value is not None or cell.has_formula)
            label = next((column for column in filled if isinstance(cells[column].value, str)), None)
            known = self._known[sheet.name, row] = (filled, label)
        return known


def _around(filled: list[int], label: int | None, area: Area) -> list[int]:
    """The columns nearest to the marked ones, no more than fit; the label's stands before them anyway."""
    first = bisect_left(filled, area.left)
    columns = filled[max(0, first - NEIGHBOURS - 1) : first + NEIGHBOURS + 1]
    nearest = sorted(columns, key=lambda column: (max(area.left - column, column - area.right, 0), column))
    return sorted([column for column in nearest if column != label][:NEIGHBOURS])
