"""A workbook for Python: its cells, its budget, its findings, and the long table as a pandas DataFrame."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pik_excel.budget.tables import Budget
from pik_excel.checks.catalogue import Subject, examine
from pik_excel.checks.finding import Finding
from pik_excel.grid.own import without_own_sheets
from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import Workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass
from pik_excel.report.exported import frame_of
from pik_excel.report.tidy import Line, lines
from pik_excel.schema import Schema, load

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class ReadWorkbook:
    """A workbook that was read, and what was understood of it."""

    reading: Reading
    schema: Schema

    @property
    def workbook(self) -> Workbook:
        """Its sheets and cells."""
        return self.reading.workbook

    @property
    def budget(self) -> Budget:
        """The tables that were recognised in it."""
        return self.reading.budget

    def findings(self) -> tuple[Finding, ...]:
        """What all rules say, exceptions and baselines apart; this program's own sheets are not looked at."""
        reading = replace(self.reading, workbook=without_own_sheets(self.workbook))
        return examine(Subject(reading, self.schema))

    def lines(self) -> tuple[Line, ...]:
        """The long table: one line for each amount."""
        return tuple(lines(self.reading))

    def to_frame(self) -> pandas.DataFrame:
        """The long table with the columns of `tidy.Line`; amounts are Decimal, so that nothing is rounded."""
        return frame_of(self.lines())


def read(path: str | Path) -> ReadWorkbook:
    """Read a workbook with the schema in force in its folder.

    Raises `pik_excel.errors.Refused` where it cannot or must not be read, `BadConfiguration` for a wrong
    `pik-excel.toml`.
    """
    path = Path(path)
    schema = load(path.parent)
    return ReadWorkbook(read_budget(read_workbook(path), schema), schema)
