"""Which grand totals, where a total row and a total column meet, are typed although those beside them are sums?"""

from __future__ import annotations

from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.lines import is_copy
from pik_excel.checks.overtyped import Overtyped, overtyped
from pik_excel.checks.runs import formulas, once


@once
def typed_corners(subject: Subject) -> tuple[Overtyped, ...]:
    """Those that are right; a wrong one is more than typed."""
    corners = {
        (table.sheet, total.at.row, column.at.column)
        for table in subject.reading.budget.measure_tables
        for total in table.totals
        for column in table.total_columns
    }
    return tuple(one for one in (overtyped(subject) if corners else ()) if _is_right(subject, one, corners))


def _is_right(subject: Subject, one: Overtyped, corners: set[tuple[str, int, int]]) -> bool:
    shape = formulas(subject).shape(one.model)
    if shape is None or shape.sum is None or is_copy(shape) or not isinstance(one.expected, Decimal):
        return False
    return one.expected == one.value and all((one.sheet, *cell) in corners for cell in one.cells)
