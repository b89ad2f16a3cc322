"""Which values are stored with the new formulas? Those of the projection, if the engine computes the same."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pik_excel.budget.money import same_money
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import ErrorValue, Value, Workbook
from pik_excel.language import _
from pik_excel.ooxml.edits import Failed, Formula, Number, Stand, Text
from pik_excel.projection.record import plain
from pik_excel.recalc.values import recalculate
from pik_excel.writeback.plan import NewCell, Plan


def confirmed_values(workbook: Workbook, plans: Iterable[Plan]) -> dict[Address, Stand]:
    """The value to store with each new formula; None where the engine cannot compute it with certainty.

    Raises `NotWritten` where it computes another one than the projection: one of the two is wrong.
    """
    cells = {at: new for plan in plans for at, new in plan.cells.items()}
    changed: dict[Address, Value | str] = {at: entered for at, new in cells.items() if (entered := _entered(new))}
    computed = recalculate(workbook, changed).values
    return {
        at: _confirmed(at, new, new.content, computed.get(at))
        for at, new in cells.items()
        if isinstance(new.content, Formula)
    }


def _confirmed(at: Address, new: NewCell, formula: Formula, computed: Value) -> Stand:
    if computed is None:
        return None
    if isinstance(computed, Decimal) and new.expected is not None and same_money(computed, new.expected):
        return plain(new.expected)
    if new.own:
        return Failed(str(computed)) if isinstance(computed, ErrorValue) else computed
    raise NotWritten(
        "two-computations-disagree",
        _("{at}: die Formel ={formula} gibt {computed}, die Fortschreibung aber {expected}.").format(
            at=at, formula=formula.text, computed=computed, expected=new.expected
        ),
        _("Das ist ein Fehler in pik-excel; geschrieben wurde nichts. Bitte mit der Arbeitsmappe melden."),
    )


def _entered(new: NewCell) -> Value | str:
    content = new.content
    if isinstance(content, Formula):
        return f"={content.text}"
    return content.value if isinstance(content, Number | Text) else None
