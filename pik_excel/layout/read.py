"""What budget is in a workbook? Runs all layout families over all sheets."""

from __future__ import annotations

from dataclasses import fields, replace

from pik_excel.budget.tables import Budget
from pik_excel.grid.own import without_own_sheets
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Workbook
from pik_excel.language import _
from pik_excel.layout.families import families
from pik_excel.layout.page import pages
from pik_excel.layout.reading import Reading, Unclear
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.schema import Schema


def read_budget(workbook: Workbook, schema: Schema) -> Reading:
    """The budget in a workbook; where there is none, `Reading.budget` is empty and `unclear` says so."""
    with no_search_for_cycles():
        return _read(workbook, schema)


def _read(workbook: Workbook, schema: Schema) -> Reading:
    budget, unclear = Budget(), list[Unclear]()
    for page in pages(without_own_sheets(workbook), vocabulary(schema)):
        for family in families():
            found = family(page)
            budget = _joined(budget, found.budget)
            unclear += found.unclear
    if budget == Budget() and not unclear and workbook.sheets:
        unclear.append(_no_budget(workbook))
    return Reading(workbook, budget, tuple(unclear))


def _joined(one: Budget, other: Budget) -> Budget:
    if other == Budget():
        return one
    return replace(
        one, **{field.name: getattr(one, field.name) + getattr(other, field.name) for field in fields(Budget)}
    )


def _no_budget(workbook: Workbook) -> Unclear:
    first = workbook.sheets[0]
    return Unclear(
        Address(first.name, 1, 1),
        first.used or Area(1, 1, 1, 1),
        _("In dieser Arbeitsmappe ist keine Haushaltstabelle zu erkennen."),
    )
