"""The council paper's tables as a workbook of its own: figures stay numbers, in the unit of the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.report.paper import Paper, PaperCell, PaperTable
from pik_excel.writeback.printed import Content, PrintedTable, workbook_of


def paper_xlsx(papers: Sequence[Paper], today: date) -> bytes:
    """The workbook."""
    return workbook_of([_printed(table) for paper in papers for table in paper.tables], today)


def _printed(table: PaperTable) -> PrintedTable:
    rows = tuple((row.kind, tuple(_content(cell, table.unit or Unit.EUR) for cell in row.cells)) for row in table.rows)
    figures = [one for _kind, cells in rows for one in cells if isinstance(one, Decimal)]
    return PrintedTable(
        title=table.title,
        header=tuple(tuple(cell.text for cell in row) for row in table.header),
        rows=rows,
        notes=table.notes,
        decimals=min(2, max((max(0, -int(one.normalize().as_tuple().exponent)) for one in figures), default=0)),
    )


def _content(cell: PaperCell, unit: Unit) -> Content:
    return cell.eur / unit.factor if cell.is_figure and cell.eur is not None else cell.text
