"""What do the rules say about a workbook written as text?"""

from __future__ import annotations

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Finding
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.tables import workbook


def findings(text: str, *codes: str) -> list[Finding]:
    """The findings of these rules, in the order of the sheets."""
    reading = read_budget(workbook(text), built_in())
    return list(examine(Subject(reading, built_in()), [catalogue()[code] for code in codes]))


def places(text: str, *codes: str) -> list[str]:
    """Where these rules speak: "MSR01 error A4", with the sheet where it is not "Tabelle1"."""
    return [
        f"{one.code} {one.severity.value} {one.range}"
        if one.sheet == "Tabelle1"
        else f"{one.code} {one.severity.value} {one.sheet}!{one.range}"
        for one in findings(text, *codes)
    ]
