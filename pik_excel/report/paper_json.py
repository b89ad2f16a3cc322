"""The council paper's tables as JSON: each figure with its source cell and its amount in EUR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # a JSON document has no narrower type

from pik_excel.report.checked import TOOL
from pik_excel.report.json import digits, dumped
from pik_excel.report.paper import Paper, PaperCell, PaperTable


def paper_json(papers: Sequence[Paper]) -> str:
    """The document `pik-excel/paper/1`."""
    return dumped({"schema": "pik-excel/paper/1", "tool": TOOL, "papers": [_paper(paper) for paper in papers]})


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "file": paper.file,
        "tables": [_table(table) for table in paper.tables],
        "deadlines": [
            {
                "text": one.text,
                "measure": one.due.measure,
                "date": one.due.day.isoformat(),
                "from": str(one.due.source),
            }
            for one in paper.deadlines
        ],
        "scenarios": [
            {"name": one.name, "text": one.text, "need": {str(year): digits(eur) for year, eur in one.need.items()}}
            for one in paper.scenarios
        ],
    }


def _table(table: PaperTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "status": table.status.value,
        "unit": table.unit.value if table.unit else None,
        "source": table.source,
        "header": [[_cell(cell) for cell in row] for row in table.header],
        "rows": [{"kind": row.kind, "cells": [_cell(cell) for cell in row.cells]} for row in table.rows],
        "notes": list(table.notes),
    }


def _cell(cell: PaperCell) -> dict[str, Any]:
    amount = {"eur": digits(cell.eur)} if cell.is_figure else {}
    return {"text": cell.text, "at": None if cell.at is None else str(cell.at), **amount}
