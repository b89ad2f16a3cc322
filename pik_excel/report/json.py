"""The results as JSON, exactly as published in `schemas/`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any  # a JSON document has no narrower type

from pik_excel.checks.finding import Finding, Severity
from pik_excel.projection.record import ProjectedAmount, ProjectedMeasure, Projection
from pik_excel.report.checked import FORMAT, TOOL, Checked, Table
from pik_excel.report.projected import Projected
from pik_excel.writeback.project import WrittenCell


def findings_json(results: Sequence[Checked]) -> str:
    """The document `pik-excel/findings/1`."""
    return dumped(
        {
            "schema": FORMAT,
            "tool": TOOL,
            "workbooks": [_workbook(result) for result in results],
            "summary": {
                f"{severity.value}s": sum(result.count(severity) for result in results) for severity in Severity
            },
        }
    )


def projection_json(results: Sequence[Projected]) -> str:
    """The document `pik-excel/projection/1`; amounts are EUR as the cells state them."""
    return dumped(
        {
            "schema": "pik-excel/projection/1",
            "tool": TOOL,
            "workbooks": [_projected_workbook(result) for result in results],
        }
    )


def _projected_workbook(result: Projected) -> dict[str, Any]:
    projection = result.projection
    return {
        "path": str(result.path),
        "output": None if result.output is None else str(result.output),
        "unit": "EUR",
        "scenario": projection.scenario,
        "years": list(projection.years),
        "open_ended": projection.open_ended,
        "measures": [_measure(measure) for measure in projection.measures],
        "plan_until": projection.plan_until,
        "totals": _totals(projection),
        "scenarios": {one.scenario: _totals(one) for one in result.written.compared},
        "due": [
            {"measure": due.measure, "what": due.what, "date": due.day.isoformat(), "from": str(due.source)}
            for due in projection.due
        ],
        "not_evaluated": [str(at) for at in (*projection.not_evaluated, *result.written.not_evaluated)],
        "sheets": list(result.written.made),
        "written": [_written(cell) for cell in result.written.cells],
    }


def _totals(projection: Projection) -> dict[str, Any]:
    return {
        str(total.year): {
            "need": digits(total.need),
            "provided": digits(total.provided),
            "additional": digits(total.additional),
        }
        for total in projection.totals
    }


def _measure(measure: ProjectedMeasure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "at": str(measure.at),
        "rule": measure.rule,
        "amounts": {str(amount.year): _amount(amount) for amount in measure.amounts},
    }


def _amount(amount: ProjectedAmount) -> dict[str, Any]:
    exact = {} if amount.exact is None else {"exact": digits(amount.exact)}
    at = None if amount.at is None else str(amount.at)
    return {"value": digits(amount.value), **exact, "status": amount.standing.value, "at": at}


def _written(cell: WrittenCell) -> dict[str, Any]:
    formula = None if cell.formula is None else f"={cell.formula}"
    return {"at": str(cell.at), "formula": formula, "value": cell.value}


def digits(value: Decimal | None) -> str | None:
    """Plain digits, no exponent, no trailing zeros: "66000", "149810.5"."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _workbook(result: Checked) -> dict[str, Any]:
    refused = result.refused
    return {
        "path": str(result.path),
        "sha256": result.sha256,
        "complete": refused is None and not result.unread,
        "refused": refused and {"code": refused.code, "message": refused.message, "hint": refused.hint},
        "tables": [_table(table) for table in result.tables],
        "findings": [_finding(finding) for finding in result.findings],
        "suppressed": [
            {"finding": _finding(one.finding), "reason": one.reason, "source": one.source} for one in result.suppressed
        ],
        "remarks": list(result.remarks),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "range": table.range,
        "family": table.family,
        "unit": table.unit,
        "years": list(table.years),
        "measures": table.measures,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "range": finding.range,
        "related": list(finding.related),
        "stated": finding.stated,
        "expected": finding.expected,
        "message": finding.message,
        "hint": finding.hint,
        "fingerprint": finding.fingerprint,
    }


def dumped(document: dict[str, Any]) -> str:
    """The document as text, for people to read too."""
    return json.dumps(document, ensure_ascii=False, indent=2)
