"""What did `check` see in a workbook, and what did it find?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePath

from pik_excel import __version__
from pik_excel.budget.tables import AssumptionTable, Budget, Financing, IndicatorTable
from pik_excel.checks.finding import Finding, Severity
from pik_excel.checks.suppression import Suppressed
from pik_excel.errors import PikError
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass
from pik_excel.report.excerpt import Excerpt, excerpts
from pik_excel.report.sheet_view import SheetView, sheet_views
from pik_excel.report.told import Extent, singly
from pik_excel.report.understood import Understood, understood

FORMAT = "pik-excel/findings/1"
TOOL = {"name": "pik-excel", "version": __version__}


@dataclass(frozen=True)
class Table:
    """One table that was recognised."""

    sheet: str
    range: str
    family: str
    unit: str | None
    years: tuple[int, ...]
    measures: int


@dataclass(frozen=True)
class Checked:
    """One workbook after `check`; `refused` is why it could not be read, `unread` what in it could not be."""

    path: PurePath  # as it was named; a URL where it lies behind one
    sha256: str | None
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()
    refused: PikError | None = None
    suppressed: tuple[Suppressed, ...] = ()
    remarks: tuple[str, ...] = ()  # exceptions that do nothing, in whole sentences
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)  # the rows of the findings, by fingerprint
    views: tuple[SheetView, ...] = ()  # the sheets with findings, where a form asks for them
    ran: tuple[str, ...] = ()  # the codes of the rules that looked at it
    understood: tuple[Understood, ...] = ()  # what was read from where, table by table
    department: str = ""  # the Amt that the workbook itself names, where it names one

    def count(self, severity: Severity) -> int:
        """How many findings of that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def worst(self) -> int:
        """The weight of the gravest finding, 0 where there is none."""
        return max((finding.severity.weight for finding in self.findings), default=0)


def checked(
    reading: Reading,
    findings: tuple[Finding, ...],
    suppressed: tuple[Suppressed, ...] = (),
    remarks: tuple[str, ...] = (),
    ran: tuple[str, ...] = (),
    with_views: bool = False,
    department: str = "",
    with_rows: Extent = "all",
) -> Checked:
    """The record of a workbook that could be read."""
    return Checked(
        path=reading.workbook.path,
        sha256=reading.workbook.sha256,
        tables=tables_of(reading.budget),
        findings=findings,
        unread=tuple(f"{sheet.name}: {what}" for sheet in reading.workbook.sheets for what in sheet.unread),
        suppressed=suppressed,
        remarks=remarks,
        excerpts=excerpts(reading, singly(findings, with_rows)),
        views=sheet_views(reading, findings) if with_views else (),
        ran=ran,
        understood=understood(reading),
        department=department,
    )


def tables_of(budget: Budget) -> tuple[Table, ...]:
    """All recognised tables, family by family."""
    lists = (
        Table(
            one.sheet,
            one.area.a1,
            one.family,
            one.unit.value if one.unit else None,
            tuple(dict.fromkeys(year.value for year in one.years)),
            len(one.names),
        )
        for one in budget.lists
    )
    measures = (
        Table(
            one.sheet,
            one.area.a1,
            one.family,
            one.unit.value if one.unit else None,
            tuple(dict.fromkeys(column.year.value for column in one.columns)),
            len(one.measures),
        )
        for one in budget.measure_tables
    )
    assumptions = (_table(one, "EUR", measures=len(one.rows)) for one in budget.assumptions)
    financings = (_table(one, "EUR", (one.year,) if one.year else (), 1) for one in budget.financings)
    posts = (Table(one.sheet, one.at.a1, one.family, "EUR", (), 1) for one in budget.posts)
    indicators = (_table(one, None, _years(one)) for one in budget.indicators)
    return (*measures, *lists, *assumptions, *financings, *posts, *indicators)


def _table(
    one: AssumptionTable | Financing | IndicatorTable, unit: str | None, years: tuple[int, ...] = (), measures: int = 0
) -> Table:
    return Table(one.sheet, one.area.a1, one.family, unit, years, measures)


def _years(table: IndicatorTable) -> tuple[int, ...]:
    return tuple(sorted({year for row in table.rows for year, _field in row.values}))
