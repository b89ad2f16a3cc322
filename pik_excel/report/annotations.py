"""The findings as GitLab and GitHub show them beside a change.

Both mark a line of a text file. A workbook has none: the row stands for it, and the cell is in the message.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any  # a JSON document has no narrower type

from pik_excel.checks.catalogue import catalogue
from pik_excel.checks.finding import Finding, Severity
from pik_excel.grid.reference import area_of
from pik_excel.language import _
from pik_excel.report.checked import Checked

GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}
GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def gitlab(results: Sequence[Checked]) -> str:
    """A Code Quality report (`artifacts: reports: codequality`)."""
    return json.dumps([entry for result in results for entry in _entries(result)], ensure_ascii=False, indent=2)


def github(results: Sequence[Checked]) -> str:
    """Workflow commands, one a line, to be printed by a step of GitHub Actions."""
    return "\n".join(line for result in results for line in _commands(result))


def _entries(result: Checked) -> Iterator[dict[str, Any]]:
    path = result.path.as_posix()
    if result.refused:
        text = f"{result.refused.message} {result.refused.hint}".strip()
        yield _entry(path, result.refused.code, "blocker", text, 1, path)
    for one in result.findings:
        severity = GITLAB[one.severity]
        yield _entry(path, f"{one.code} {one.name}", severity, _said(one), _row(one), path + one.fingerprint)


def _entry(path: str, name: str, severity: str, text: str, row: int, identity: str) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": name,
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "backslashreplace")).hexdigest()[:32],
        "severity": severity,
        "location": {"path": path, "lines": {"begin": row}},
    }


def _commands(result: Checked) -> Iterator[str]:
    path = result.path.as_posix()
    if result.refused:
        text = f"{result.refused.message} {result.refused.hint}".strip()
        yield f"::error file={_property(path)},title={_property(_('nicht gelesen'))}::{_data(text)}"
    for one in result.findings:
        title = f"{one.code} {_(catalogue()[one.code].title)}"
        place = f"file={_property(path)},line={_row(one)},title={_property(title)}"
        yield f"::{GITHUB[one.severity]} {place}::{_data(_said(one))}"


def _said(finding: Finding) -> str:
    place = f"{finding.sheet}!{finding.range}"
    message = finding.message.removeprefix(f"{place}: ")
    return f"{place}: {message} → {finding.hint}" if finding.hint else f"{place}: {message}"


def _row(finding: Finding) -> int:
    area = area_of(finding.range)
    return area.top if area else 1


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
