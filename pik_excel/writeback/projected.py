"""What does a workbook look like with its projection in it?

With a sheet "Annahmen" where it had none, with new year columns, and with a sheet "Projektion".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pik_excel.budget.tables import Assumption
from pik_excel.grid.own import own_projection
from pik_excel.grid.read import read_workbook
from pik_excel.language import _
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.package import Package
from pik_excel.projection.horizon import plan_ends
from pik_excel.projection.project import continued, project
from pik_excel.projection.scenario import BASIS
from pik_excel.schema import Schema
from pik_excel.writeback.assumptions import Assumed, with_assumptions
from pik_excel.writeback.overview.law import law_of_the_plan
from pik_excel.writeback.overview.written import is_too_long, too_many, with_overview
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
    said: Callable[[str], None] = lambda _step: None,
) -> Written:
    """The workbook with all that; `sheet`: with a sheet "Projektion"; `said` hears what is being done. The package is
    the one given where nothing had to be written. Raises what `project` raises, and `NotWritten`."""
    overrides = tuple(overrides)
    said(_("leitet die Annahmen ab"))
    assumed = with_assumptions(package, reading, schema, overrides)
    said(_("schreibt fort"))
    projection = project(assumed.reading, schema, to, scenario, overrides)
    said(_("schreibt die Jahresspalten"))
    written = project_edits(assumed.package, assumed.reading, projection)
    if not sheet:
        return _lawful(_compared(replace(written, package=written.package if written.edits else package)))
    said(_("schreibt das Blatt „Projektion“"))
    written = _lawful(_with_sheet(written, schema, to, scenario, overrides))
    return _with_remark(written, assumed) if assumed.made is not None else written


def _with_remark(written: Written, assumed: Assumed) -> Written:
    text = _("Neu ist das Blatt „{sheet}“: je Maßnahme eine Regel, aus der Mappe abgeleitet; bitte durchsehen.")
    made = assumed.made or ""
    return replace(written, made=(made, *written.made), remarks=(text.format(sheet=made), *written.remarks))


def _lawful(written: Written) -> Written:
    """With the law on the medium-term plan."""
    reading, continuation = written.projection.reading, written.projection.continuation
    if reading is None or continuation is None:
        return written
    law = law_of_the_plan(reading, continuation.schema)
    return replace(written, projection=replace(written.projection, plan_law=law))


def _compared(written: Written) -> Written:
    """With the same years in each scenario."""
    first = written.projection
    assert first.reading is not None
    assert first.continuation is not None
    schema, to = first.continuation.schema, first.years[-1]
    others = {
        name: continued(first.reading, schema, to, name, first.overrides, before=first)
        for name in first.scenarios
        if name != first.scenario
    }
    return replace(written, compared=tuple(others.get(name, first) for name in first.scenarios))


def _with_sheet(written: Written, schema: Schema, to: int, scenario: str, overrides: tuple[Assumption, ...]) -> Written:
    if is_too_long(written.projection) and own_projection((again := _again(written, schema)).workbook) is None:
        end = plan_ends(again.budget)
        remarks = (*written.remarks, too_many(written.package))
        return _compared(replace(written, remarks=remarks, projection=replace(written.projection, plan_until=end)))
    found = with_overview(written.package, schema, to, scenario, overrides, written.again)
    remarks = (*written.remarks, *([found.remark] if found.remark else []))
    made = (*written.made, *([found.sheet] if found.package is not written.package else []))
    lost = (*written.not_evaluated, *found.not_evaluated)
    result = replace(written, package=found.package, made=made, remarks=remarks, not_evaluated=lost)
    if found.wanted is None:
        return _compared(result)
    projection = replace(written.projection, plan_until=found.wanted.plan_end)
    return replace(result, projection=projection, compared=found.wanted.projections)


def _again(written: Written, schema: Schema) -> Reading:
    return written.again or read_budget(read_workbook(written.package), schema)
