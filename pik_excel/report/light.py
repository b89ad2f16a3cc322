"""Is a checked workbook red, yellow or green?"""

from __future__ import annotations

from pik_excel.checks.finding import Severity
from pik_excel.report.checked import Checked

RED, YELLOW, GREEN = "red", "yellow", "green"


def light_of(result: Checked) -> str:
    """Red: errors, or not read. Yellow: warnings, or read only in part. Green: at most notices."""
    if result.refused or result.count(Severity.ERROR):
        return RED
    return YELLOW if result.unread or result.count(Severity.WARNING) else GREEN
