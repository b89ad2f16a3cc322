"""Is everything that was read before still read in the same way, now that columns were inserted?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pik_excel.budget.tables import Budget
from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.writeback.plan import Plan


def refuse_unless_recognised(before: Reading, after: Reading, plans: Iterable[Plan]) -> None:
    """Raise `NotWritten` where a new year is not read as one, or where a record is not found again: the workbook could
    not be checked or projected any more."""
    years = {column.at: column.year.value for table in after.budget.measure_tables for column in table.columns}
    for plan in plans:
        for year, at in plan.extension.headed.items():
            if years.get(at) != year:
                raise _lost(str(at))
    lost = _records(before.budget) - _records(after.budget)
    if lost:
        raise _lost(next(iter(lost)))


def _records(budget: Budget) -> Counter[str]:
    """Every record by its sheet and name; addresses may have moved."""
    found = [(table.sheet, measure.name) for table in budget.measure_tables for measure in table.measures]
    found += [(table.sheet, total.label) for table in budget.measure_tables for total in table.totals]
    found += [(table.sheet, row.measure) for table in budget.assumptions for row in table.rows]
    found += [(one.sheet, one.measure) for one in budget.financings]
    found += [(one.sheet, one.name) for one in budget.posts]
    found += [(table.sheet, row.name) for table in budget.indicators for row in table.rows]
    return Counter(_("{sheet}, „{name}“").format(sheet=sheet, name=name) for sheet, name in found)


def _lost(what: str) -> NotWritten:
    return NotWritten(
        "not-recognised-again",
        _("{what}: mit eingefügten Jahresspalten wäre das nicht mehr sicher zu lesen.").format(what=what),
        _("Bitte die Spalten der neuen Jahre in Excel einfügen und mit den Jahren überschreiben."),
    )
