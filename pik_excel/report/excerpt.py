"""Which cells does one need to see to understand a finding? Its row, with what heads the columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def excerpts(reading: Reading, findings: Sequence[Finding]) -> dict[str, Excerpt]:
    """The row of each finding by its fingerprint; none where the row has no other cell to compare with."""
    rows = _Rows(reading)
    places = ((one, reading.workbook.sheet(one.sheet), area_of(one.range)) for one in findings)
    found = ((one.fingerprint, rows.excerpt(sheet, area)) for one, sheet, area in places if sheet and area)
    return {fingerprint: excerpt for fingerprint, excerpt in found if excerpt}


class _Rows:
    def __init__(self, reading: Reading) -> None:
        self._shown = Shown(reading.workbook)
        self._budget = reading.budget
        self._columns: dict[str, dict[int, list[int]]] = {}

    def excerpt(self, sheet: Sheet, area: Area) -> Excerpt | None:
        filled = self._filled(sheet).get(area.top, [])
        if len(filled) < 2:
            return None
        label = next((column for column in filled if isinstance(sheet.value(area.top, column), str)), None)
        columns = _around([column for column in filled if column != label], area)
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
        measures = (*self._budget.tables, *self._budget.assumptions, *self._budget.financings)
        table = next((one for one in (*measures, *self._budget.indicators) if _holds(one, sheet, area)), None)
        if table is None:
            return lambda _column: ""
        years = table.columns if isinstance(table, MeasureTable | MeasureList) else ()
        headed = {one.at.column: one.shown for one in years if one.at.row < area.top}
        top = table.area.top

        def heading(column: int) -> str:
            text = sheet.value(top, column)
            return headed.get(column) or (" ".join(text.split()) if isinstance(text, str) and top < area.top else "")

        return heading

    def _filled(self, sheet: Sheet) -> dict[int, list[int]]:
        """The columns with something in them, by row; found once for each sheet that has findings."""
        if sheet.name not in self._columns:
            rows: dict[int, list[int]] = {}
            for (row, column), cell in sheet.cells.items():
                if cell.value is not None or cell.has_formula:
                    rows.setdefault(row, []).append(column)
            for columns in rows.values():
                columns.sort()
            self._columns[sheet.name] = rows
        return self._columns[sheet.name]


def _around(columns: list[int], area: Area) -> list[int]:
    """The columns nearest to the marked ones, no more than fit."""
    nearest = sorted(columns, key=lambda column: (max(area.left - column, column - area.right, 0), column))
    return sorted(nearest[:NEIGHBOURS])


def _holds(table: Headed, sheet: Sheet, area: Area) -> bool:
    return table.sheet == sheet.name and table.area.holds(area.top, area.left)
