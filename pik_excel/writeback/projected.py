"""What does a workbook look like with its projection in it?

With a sheet "Annahmen" where it had none, with new year columns, and with a sheet "Projektion".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pik_excel.budget.tables import Assumption
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.package import Package
from pik_excel.projection.project import project
from pik_excel.projection.scenario import BASIS
from pik_excel.schema import Schema
from pik_excel.writeback.assumptions import with_assumptions
from pik_excel.writeback.overview.written import with_overview
from pik_excel.writeback.project import Written, project_edits


def projected_workbook(
    package: Package,
    reading: Reading,
    schema: Schema,
    to: int,
    scenario: str = BASIS,
    overrides: Iterable[Assumption] = (),
    *,
    sheet: bool = True,
) -> Written:
    """The workbook with all that; `sheet`: with a sheet "Projektion". The package is the one given where nothing had to
    be written. Raises what `project` raises, and `NotWritten`."""
    overrides = tuple(overrides)
    assumed = with_assumptions(package, reading, schema)
    projection = project(assumed.reading, schema, to, scenario, overrides)
    written = project_edits(assumed.package, assumed.reading, projection)
    if assumed.made is not None and not written.edits and not sheet:
        return replace(written, package=package)
    if sheet:
        written = _with_sheet(written, schema, to, scenario, overrides)
    if assumed.made is not None:
        text = _("Neu ist das Blatt „{sheet}“: je Maßnahme eine Regel, aus der Mappe abgeleitet; bitte durchsehen.")
        written = replace(
            written, made=(assumed.made, *written.made), remarks=(text.format(sheet=assumed.made), *written.remarks)
        )
    return written


def _with_sheet(written: Written, schema: Schema, to: int, scenario: str, overrides: tuple[Assumption, ...]) -> Written:
    found = with_overview(written.package, schema, to, scenario, overrides)
    remarks = (*written.remarks, *([found.remark] if found.remark else []))
    made = (*written.made, *([found.sheet] if found.package is not written.package else []))
    lost = (*written.not_evaluated, *found.not_evaluated)
    return replace(written, package=found.package, made=made, remarks=remarks, not_evaluated=lost)
