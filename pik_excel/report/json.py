"""The results as JSON, exactly as published in `schemas/`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any  # a JSON document has no narrower type

from pik_excel.checks.finding import Finding, Severity
from pik_excel.errors import PikError
from pik_excel.projection.record import ProjectedAmount, ProjectedMeasure, Projection
from pik_excel.report.checked import FORMAT, TOOL, Checked, Table
from pik_excel.report.departments import Standing, Standings
from pik_excel.report.projected import Projected
from pik_excel.writeback.project import WrittenCell
from pik_excel.writeback.renewal import Renewed

Failed = Iterable[tuple[PurePath, PikError]]
"""The workbooks without a result, and why."""


def findings_json(results: Sequence[Checked]) -> str:
    """The document `pik-excel/findings/1`."""
    return "".join(findings_pieces(results))


def findings_pieces(results: Iterable[Checked]) -> Iterator[str]:
    """The same, piece by piece."""
    number, standings = Counter[Severity](), Standings()

    def workbooks() -> Iterator[dict[str, Any]]:
        for result in results:
            number.update(one.severity for one in result.findings)
            standings.add(result)
            yield _workbook(result)

    def summary() -> dict[str, Any]:
        departments = [_standing(name, one) for name, one in standings.by_department().items()]
        counts: dict[str, Any] = {f"{severity.value}s": number[severity] for severity in Severity}
        return {"summary": counts | ({"departments": departments} if departments else {})}

    return document_pieces({"schema": FORMAT, "tool": TOOL}, {"workbooks": workbooks()}, summary)


def projection_json(results: Iterable[Projected], failed: Failed = ()) -> str:
    """The document `pik-excel/projection/1`; amounts are EUR as the cells state them."""
    return "".join(projection_pieces(results, failed))


def projection_pieces(results: Iterable[Projected], failed: Failed = ()) -> Iterator[str]:
    """The same, piece by piece."""
    head = {"schema": "pik-excel/projection/1", "tool": TOOL}
    return document_pieces(head, {"workbooks": map(_projected_workbook, results)}, lambda: failures(failed))


def failures(failed: Failed) -> dict[str, Any]:
    """The workbooks without a result; nothing where there are none."""
    listed = [{"path": str(path), **_error(error)} for path, error in failed]
    return {"failed": listed} if listed else {}


def document_pieces(
    head: Mapping[str, Any], lists: Mapping[str, Iterable[Any]], tail: Callable[[], Mapping[str, Any]]
) -> Iterator[str]:
    """What `dumped` makes of a document with these keys, entry by entry; `tail` is asked when all lists are through."""
    between = "{\n"
    for key, value in head.items():
        yield f"{between}{_entry(key, value)}"
        between = ",\n"
    for key, entries in lists.items():
        yield f"{between}  {json.dumps(key, ensure_ascii=False)}: ["
        comma, end = "\n", "]"
        for entry in entries:
            yield f"{comma}    {_indented(entry, 4)}"
            comma, end = ",\n", "\n  ]"
        yield end
        between = ",\n"
    for key, value in tail().items():
        yield f"{between}{_entry(key, value)}"
    yield "\n}"


def _entry(key: str, value: Any) -> str:
    return f"  {json.dumps(key, ensure_ascii=False)}: {_indented(value, 2)}"


def _indented(value: Any, depth: int) -> str:
    """A string in JSON holds no line break of its own."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * depth)


def _standing(name: str, standing: Standing) -> dict[str, Any]:
    return {"name": name, "light": standing.light, **vars(standing)}


def _error(error: PikError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


def _projected_workbook(result: Projected) -> dict[str, Any]:
    projection = result.projection
    return {
        "path": str(result.path),
        "output": None if result.output is None else str(result.output),
        "unit": result.unit.currency,
        "scenario": projection.scenario,
        "years": list(projection.years),
        "open_ended": projection.open_ended,
        "measures": [_measure(measure) for measure in projection.measures],
        "plan_until": projection.plan_until,
        "totals": _totals(projection),
        "scenarios": {one.scenario: _totals(one) for one in result.compared},
        "due": [
            {"measure": due.measure, "what": due.what, "date": due.day.isoformat(), "from": str(due.source)}
            for due in projection.due
        ],
        "not_evaluated": [str(at) for at in (*projection.not_evaluated, *result.not_evaluated)],
        "sheets": list(result.made),
        "remarks": list(result.remarks),
        "written": [_written(cell) for cell in result.cells],
        "renewed": [_renewed(cell) for cell in result.renewed],
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
    return {"at": str(cell.at), "formula": _formula(cell.formula), "value": cell.value}


def _renewed(cell: Renewed) -> dict[str, Any]:
    """A cell of an earlier projection that has another formula now."""
    return {
        "at": str(cell.at),
        "measure": cell.measure,
        "year": cell.year,
        "old": {"formula": _formula(cell.old), "value": cell.old_value},
        "new": {"formula": _formula(cell.new), "value": cell.new_value},
    }


def _formula(text: str | None) -> str | None:
    return None if text is None else f"={text}"


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
        "refused": refused and _error(refused),
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
