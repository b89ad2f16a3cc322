"""The safe repairs of a workbook written as text (tests/tables.py)."""

from __future__ import annotations

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Finding, Severity
from pik_excel.grid.workbook import Value
from pik_excel.ooxml.package import Package
from pik_excel.schema import built_in
from pik_excel.writeback.repairs.repairing import Repaired, repaired
from pik_excel.writeback.repairs.selection import choice
from tests.writeback.building import Decorate, package_of, reading_of

CODES = ("NUM01", "SUM02", "SUM03", "FRM06", "YRS02")


def repairs(
    source: str | Package,
    *codes: str,
    only: tuple[str, ...] = (),
    leave: tuple[str, ...] = (),
    also: tuple[Finding, ...] = (),
    decorate: Decorate | None = None,
) -> Repaired:
    """What is repaired of the findings of these rules, and of `also`."""
    package = package_of(source, decorate) if isinstance(source, str) else source
    subject = Subject(reading_of(package), built_in())
    findings = (*examine(subject, [catalogue()[code] for code in codes or CODES]), *also)
    return repaired(package, subject, findings, choice(only), choice(leave))


def made(found: Repaired) -> dict[str, str | Value]:
    """What was written, by cell: "=SUM(B2:B4)" or the value."""
    return {one.at.a1: f"={one.new.formula}" if one.new.formula else one.new.value for one in found.made}


def left(found: Repaired) -> dict[str, str]:
    """What a person must do, by place."""
    return {one.at.partition("!")[2]: one.why for one in found.left}


def finding(code: str, cells: str, sheet: str = "Tabelle1") -> Finding:
    """A finding as a rule would report it."""
    return Finding(code, "by-hand", Severity.NOTICE, sheet, cells, (), None, None, "", "", "0")
