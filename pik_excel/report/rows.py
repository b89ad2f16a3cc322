"""A workbook as lines of text, a line a row, so that git can show what changed in it.

No line holds the number of its row: an inserted row is one line more, not a hundred changed ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.language import _
from pik_excel.report.shown import Shown

BETWEEN = " │ "


def rows_text(workbook: Workbook) -> str:
    """Every sheet, every row that holds anything, each cell as it is shown, with its formula."""
    shown = Shown(workbook)
    return "\n".join(line for sheet in workbook.sheets for line in _sheet(sheet, shown))


def _sheet(sheet: Sheet, shown: Shown) -> Iterator[str]:
    hidden = _(" (ausgeblendet)") if sheet.state != "visible" else ""
    yield f"=== {sheet.name}{hidden}"
    rows: dict[int, list[tuple[int, Cell]]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.value is not None or cell.has_formula:
            rows.setdefault(row, []).append((column, cell))
    for row in sorted(rows):
        entries = sorted(rows[row], key=lambda entry: entry[0])
        said = [
            " ".join(sheet.comments[row, column].split())
            for column, _cell_of in entries
            if (row, column) in sheet.comments
        ]
        yield BETWEEN.join(_cell(cell, shown) for _column, cell in entries) + "".join(
            f"  [{comment}]" for comment in said
        )


def _cell(cell: Cell, shown: Shown) -> str:
    value = shown.cell(cell)
    return f"{value} (={cell.formula})" if cell.has_formula else value
