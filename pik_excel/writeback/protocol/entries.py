"""What does the protocol say of each finding?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pik_excel.budget.tables import Measure, Total
from pik_excel.checks.catalogue import Rule
from pik_excel.checks.finding import Finding
from pik_excel.grid.reference import Area, area_of
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass

_LONGEST = 60


@dataclass(frozen=True)
class About:
    """What the protocol says of the check itself; `unread` is what in the workbook could not be checked."""

    file: str
    sha256: str
    day: date
    tool: str
    rules: int
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One row: a finding, its running number, the rule's title, and what heads the row and column of its cell.

    `linked` says whether a link can lead to the cell: a hidden sheet cannot be gone to.
    """

    number: int
    finding: Finding
    title: str
    label: str
    linked: bool
    is_text: bool = False  # what the cell states is a text, whatever it looks like


def entries(reading: Reading, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> tuple[Entry, ...]:
    """The rows in the order of the findings."""
    names = _names(reading)
    sheets = {sheet.name: sheet for sheet in reading.workbook.sheets}
    return tuple(
        Entry(
            number,
            finding,
            _(rules[finding.code].title),
            _label(finding, sheets.get(finding.sheet), names),
            finding.sheet in sheets and sheets[finding.sheet].state == "visible",
            _is_text(finding, sheets.get(finding.sheet)),
        )
        for number, finding in enumerate(findings, 1)
    )


@dataclass(frozen=True)
class _Names:
    """What rows and columns of the recognised tables are called, by sheet and number."""

    rows: Mapping[tuple[str, int], str]
    columns: Mapping[tuple[str, int], Sequence[tuple[Area, str]]]

    def column(self, sheet: str, row: int, column: int) -> str:
        """The year over a cell within a table."""
        own = (name for area, name in self.columns.get((sheet, column), ()) if area.top < row <= area.bottom)
        return next(own, "")


def _names(reading: Reading) -> _Names:
    rows: dict[tuple[str, int], str] = {}
    columns: dict[tuple[str, int], list[tuple[Area, str]]] = defaultdict(list)
    for table in reading.budget.measure_tables:
        lines: tuple[Measure | Total, ...] = (*table.measures, *table.memos, *table.totals)
        for line in lines:
            rows[table.sheet, line.at.row] = line.name if isinstance(line, Measure) else line.label
        for one in table.columns:
            columns[table.sheet, one.at.column].append((table.area, one.year.shown))
    return _Names(rows, columns)


def _label(finding: Finding, sheet: Sheet | None, names: _Names) -> str:
    """ "OMID · 2023": the row's measure, else the first text to the left; and the year, where the cell has one."""
    area = area_of(finding.range)
    if sheet is None or area is None:
        return ""
    row = names.rows.get((sheet.name, area.top)) or next(_texts_to_the_left(sheet, area.top, area.left), "")
    year = names.column(sheet.name, area.top, area.left) if (sheet.name, area.top) in names.rows else ""
    return " · ".join(part for part in (_shortened(" ".join(row.split())), year) if part)


def _is_text(finding: Finding, sheet: Sheet | None) -> bool:
    area = area_of(finding.range)
    return sheet is not None and area is not None and type(sheet.value(area.top, area.left)) is str


def _texts_to_the_left(sheet: Sheet, row: int, column: int) -> Iterator[str]:
    for at in range(1, min(column, 50) + 1):
        value = sheet.value(row, at)
        if type(value) is str and any(map(str.isalpha, value)):
            yield value


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2].rstrip() + " …"
