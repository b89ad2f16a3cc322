"""Which values are stored with the new formulas, and with those that depend on them?

With the new ones those of the projection, if the engine computes the same; with the others what the engine computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pik_excel.budget.money import same_money
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.language import _
from pik_excel.ooxml.edits import CellEdit, Formula, Number, Stand, Stored, Text
from pik_excel.projection.record import plain
from pik_excel.recalc.calculation import Calculation
from pik_excel.recalc.trust import same
from pik_excel.records import dataclass
from pik_excel.writeback.plan import NewCell, Plan
from pik_excel.writeback.refresh import stand


@dataclass(frozen=True)
class Confirmed:
    """The value to store with each new formula for which it is another than the planned one, None where the engine
    cannot compute it with certainty; and the stored values of other formulas that are not right any more."""

    values: Mapping[Address, Stand]
    followers: tuple[CellEdit, ...]


def confirmed(workbook: Workbook, plans: Iterable[Plan]) -> Confirmed:
    """Compute what the plans write, and what depends on it.

    Raises `NotWritten` where the engine computes another value than the projection: one of the two is wrong.
    """
    cells = {at: new for plan in plans for at, new in plan.cells.items()}
    changed: dict[Address, Value | str] = {
        at: entered
        for at, new in cells.items()
        if (entered := _entered(new)) or ((there := workbook.cell(at)) is not None and there.has_formula)
    }
    computed = Calculation(workbook, changed)
    known: dict[tuple[int, type, Value], Stand] = {}  # by the cell of the plan, which is the same one in many years
    values: dict[Address, Stand] = {}
    for at, new in cells.items():
        if isinstance(new.content, Formula):
            value = computed.values.get(at)
            key = id(new), type(value), value
            if key not in known:
                known[key] = _confirmed(at, new, new.content, value)
            if known[key] is not new.content.stored:
                values[at] = known[key]
    readers = computed.readers - cells.keys()
    return Confirmed(values, tuple(_followers(workbook, computed, readers)))


def _followers(workbook: Workbook, computed: Calculation, readers: Iterable[Address]) -> Iterator[CellEdit]:
    """Formulas that read what is written and had another value; one that cannot be computed loses the one it had."""
    for at in sorted(readers):
        cell, new = workbook.cell(at), computed.values.get(at)
        if cell is None or (cell.value is None and new is None):
            continue
        if not same(cell.value, new):
            yield CellEdit(*at, Stored(stand(new)))


def _confirmed(at: Address, new: NewCell, formula: Formula, computed: Value) -> Stand:
    if computed is None:
        return None
    if isinstance(computed, Decimal) and new.expected is not None and same_money(computed, new.expected):
        return plain(new.expected)
    if new.own:
        return stand(computed)
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
