"""A consolidation as JSON: every figure with its source cell, as published in `schemas/consolidation-1.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any  # a JSON document has no narrower type

from pik_excel.consolidation.record import Column, Consolidation, Figure, Line, Source
from pik_excel.report.checked import TOOL
from pik_excel.report.json import digits, document_pieces
from pik_excel.writeback.consolidated.summary_sheet import light_of
from pik_excel.writeback.consolidated.sums import amounts_of

FORMAT = "pik-excel/consolidation/1"


def consolidation_json(found: Consolidation, output: Path | None) -> Iterator[str]:
    """The document, piece by piece; amounts are EUR."""
    head = {
        "schema": FORMAT,
        "tool": TOOL,
        "output": None if output is None else str(output),
        "unit": "EUR",
        "shown_in": found.unit.value,
    }
    lists: dict[str, Iterable[Any]] = {
        "workbooks": map(_workbook, found.sources),
        "measures": (_measure(line, found) for line in found.lines),
    }
    return document_pieces(head, lists, lambda: {"totals": _totals(found), "notes": _notes(found)})


def _workbook(source: Source) -> dict[str, Any]:
    refused, gathered = source.refused, source.gathered
    return {
        "path": str(source.path),
        "sha256": source.sha256,
        "modified": source.day.isoformat() if source.day else None,
        "light": light_of(source),
        "complete": source.complete,
        "refused": refused and {"code": refused.code, "message": refused.message, "hint": refused.hint},
        "same_as": None if source.same_as is None else str(source.same_as),
        "findings": {
            "errors": source.errors,
            "warnings": source.warnings,
            "notices": source.notices,
            "codes": dict(source.codes),
        },
        "unread": list(source.unread),
        "tables": [
            {
                "at": table.at,
                "family": table.family,
                "unit": table.unit.value if table.unit else None,
                "measures": table.measures,
            }
            for table in gathered.taken
        ],
        "left_out": [{"at": one.at, "code": one.code, "why": one.why, "grave": one.grave} for one in gathered.left_out],
    }


def _measure(line: Line, found: Consolidation) -> dict[str, Any]:
    entry = line.entry
    return {
        "line": line.number,
        "workbook": str(found.sources[line.source].path),
        "at": str(entry.at),
        "table": entry.table,
        "department": line.department,
        "number": entry.number,
        "name": entry.name,
        "product": entry.product,
        "product_name": entry.product_name,
        "account": entry.account,
        "account_group": entry.group,
        "account_name": entry.account_name,
        "status": entry.status.value,
        "stage": entry.stage or None,
        "revenue": entry.revenue,
        "counted": entry.counted,
        "not_counted_because": entry.why_not.value or None,
        "amounts": [_amount(figure, line) for figure in entry.figures],
    }


def _amount(figure: Figure, line: Line) -> dict[str, Any]:
    return {
        **_column(figure.column),
        "value": digits(figure.eur),
        "statement": figure.statement.value,
        "unit": figure.unit.value,
        "at": str(figure.at),
        "projected": figure.projected,
        "repeats": None if figure.repeats is None else str(figure.repeats),
        "counted": line.entry.counted and figure.eur is not None and figure.repeats is None,
    }


def _column(column: Column) -> dict[str, Any]:
    return {"year": column.year, "result": column.result, "open_ended": column.open_ended}


def _totals(found: Consolidation) -> dict[str, Any]:
    return {
        "all": _sums(found, lambda _line: "").get("", []),
        "departments": _named(_sums(found, lambda line: line.department)),
        "products": _named(_sums(found, lambda line: line.entry.product or "")),
        "account_groups": _named(_sums(found, lambda line: line.entry.group or line.entry.account or "")),
    }


def _named(sums: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [{"name": name or None, "amounts": amounts} for name, amounts in sums.items()]


def _sums(found: Consolidation, key: Callable[[Line], str]) -> dict[str, list[dict[str, Any]]]:
    """What the counted lines add up to, by year."""
    sums: dict[str, dict[Column, Decimal]] = {}
    for line in found.lines:
        if line.entry.counted:
            own = sums.setdefault(key(line), {})
            for column, eur in amounts_of(line).items():
                own[column] = own.get(column, Decimal(0)) + eur
    return {
        name: [{**_column(column), "value": digits(own[column])} for column in found.columns if column in own]
        for name, own in sums.items()
    }


def _notes(found: Consolidation) -> list[dict[str, Any]]:
    return [
        {"code": note.code, "where": list(note.where), "message": note.message, "hint": note.hint}
        for note in found.notes
    ]
