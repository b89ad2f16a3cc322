"""The results as JSON, exactly as published in `schemas/`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any  # a JSON document has no narrower type

from pik_excel.checks.finding import Finding, Severity
from pik_excel.report.checked import FORMAT, TOOL, Checked, Table


def findings_json(results: Sequence[Checked]) -> str:
    """The document `pik-excel/findings/1`."""
    return _text(
        {
            "schema": FORMAT,
            "tool": TOOL,
            "workbooks": [_workbook(result) for result in results],
            "summary": {
                f"{severity.value}s": sum(result.count(severity) for result in results) for severity in Severity
            },
        }
    )


def _workbook(result: Checked) -> dict[str, Any]:
    refused = result.refused
    return {
        "path": str(result.path),
        "sha256": result.sha256,
        "complete": refused is None and not result.unread,
        "refused": refused and {"code": refused.code, "message": refused.message, "hint": refused.hint},
        "tables": [_table(table) for table in result.tables],
        "findings": [_finding(finding) for finding in result.findings],
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


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
