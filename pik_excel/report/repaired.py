"""Which repairs were made or could be? The record, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any  # a JSON document has no narrower type

from pik_excel.checks.finding import Severity
from pik_excel.errors import PikError
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.records import dataclass
from pik_excel.report.checked import TOOL, Checked
from pik_excel.report.json import digits, dumped
from pik_excel.writeback.repairs.repairing import Repaired, Says

FORMAT = "pik-excel/repairs/1"


@dataclass(frozen=True)
class Outcome:
    """One workbook after `check --diff` or `--fix`.

    `output` is where it was written, None with `--diff` and where there was nothing to repair; `record` is the file
    that knows how to take repairs back, `remaining` what the new workbook's check says.
    """

    path: Path
    repaired: Repaired | None = None
    output: Path | None = None
    record: Path | None = None
    changes: str = ""
    remaining: Checked | None = None
    refused: PikError | None = None


def repairs_json(outcomes: Sequence[Outcome]) -> str:
    """The document `pik-excel/repairs/1`; written beside a repaired workbook it is the record for `--undo`."""
    return dumped({"schema": FORMAT, "tool": TOOL, "workbooks": [_record(one) for one in outcomes]})


def _record(outcome: Outcome) -> dict[str, Any]:
    found, refused, remaining = outcome.repaired, outcome.refused, outcome.remaining
    return {
        "path": str(outcome.path),
        "output": None if outcome.output is None else str(outcome.output),
        "refused": refused and {"code": refused.code, "message": refused.message, "hint": refused.hint},
        "repairs": [
            {
                "code": one.code,
                "sheet": one.at.sheet,
                "cell": one.at.a1,
                "old": _side(one.old),
                "new": _side(one.new),
                "reason": one.why,
            }
            for one in (found.made if found else ())
        ],
        "followers": [
            {"at": str(one.at), "old": _plain(one.old), "new": _plain(one.new)}
            for one in (found.followers if found else ())
        ],
        "not_automatic": [
            {"code": one.code, "at": one.at, "reason": one.why, "hint": one.hint}
            for one in (found.left if found else ())
        ],
        "remaining": remaining and {f"{severity.value}s": remaining.count(severity) for severity in Severity},
    }


def _side(says: Says) -> dict[str, Any]:
    value = says.value
    kind = {Decimal: "number", bool: "boolean", str: "text", ErrorValue: "error"}.get(type(value), "blank")
    return {"formula": says.formula, "value": _plain(value), "type": kind, "style": says.style}


def _plain(value: Value) -> str | bool | None:
    return digits(value) if isinstance(value, Decimal) else value
