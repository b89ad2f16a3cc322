"""How does the sheet "Annahmen" come into a workbook that has none?"""

from __future__ import annotations

from collections.abc import Iterable

from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.graft import grafted
from pik_excel.ooxml.graft.naming import free_sheet_name
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.sheets import worksheets
from pik_excel.projection.calculated import calculated
from pik_excel.records import dataclass
from pik_excel.schema import Schema
from pik_excel.writeback.assumptions.defaults import Default, defaults
from pik_excel.writeback.assumptions.given import with_given
from pik_excel.writeback.assumptions.sheet import FIRST_ROW, assumption_sheet

MOST_ROWS = 2_000
"""Measures; nobody looks through a longer list of assumptions, and the last amounts go on without it."""


@dataclass(frozen=True)
class Assumed:
    """The workbook with its assumptions; `made` is the sheet that was made, None where there was one."""

    package: Package
    reading: Reading
    made: str | None = None


def with_assumptions(
    package: Package, reading: Reading, schema: Schema, overrides: Iterable[Assumption] = ()
) -> Assumed:
    """The workbook as it is where it has assumptions or too many measures, else with a sheet of them, and of what is
    assumed in files besides (`overrides`).

    Raises what `project` raises where there are no measures by year, `NotWritten` where no sheet can be added.
    """
    reading = calculated(reading, schema)
    if reading.budget.assumptions or sum(len(table.measures) for table in reading.budget.measure_tables) > MOST_ROWS:
        return Assumed(package, reading)
    rows = with_given(defaults(reading, schema), overrides, schema)
    for _attempt in range(2):  # a name that is not read again as it stands gets no row, and goes on by default
        if not rows:
            break
        made = _made(package, reading, schema, rows)
        read = _read_again(made, rows)
        if read == rows and _is_as_before(reading, made.reading):
            return made
        rows = read
    return Assumed(package, reading)


def _made(package: Package, reading: Reading, schema: Schema, rows: tuple[Default, ...]) -> Assumed:
    # Named and headed in German in any language: those are the words by which the sheet is read.
    name = free_sheet_name("Annahmen", {sheet.name.casefold() for sheet in worksheets(package)})
    new = grafted(package, assumption_sheet(name, rows, reading, schema))
    return Assumed(new, calculated(read_budget(read_workbook(new), schema), schema), name)


def _read_again(made: Assumed, rows: tuple[Default, ...]) -> tuple[Default, ...]:
    """The rows that are read from the sheet as they are meant."""
    read = [row for table in made.reading.budget.assumptions if table.sheet == made.made for row in table.rows]
    found = {(row.at.row, name_key(row.measure), field.text if (field := row.field("regel")) else "") for row in read}
    return tuple(row for at, row in enumerate(rows, FIRST_ROW) if (at, name_key(row.name), row.rule) in found)


def _is_as_before(before: Reading, after: Reading) -> bool:
    """Whether the measures are read as they were."""
    one, other = before.budget, after.budget
    return one.measure_tables == other.measure_tables and one.lists == other.lists
