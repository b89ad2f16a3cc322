"""How is a repair taken back in a workbook that was repaired, though somebody may have worked on in it since?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pik_excel.budget.money import same_money
from pik_excel.errors import NotWritten
from pik_excel.grid.workbook import ErrorValue, Value, Workbook
from pik_excel.language import _
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Stored, Text, Truth
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.recalc.values import recalculate
from pik_excel.records import dataclass
from pik_excel.writeback.refresh import Change, stand
from pik_excel.writeback.repairs.repairing import Made, Says, following


@dataclass(frozen=True)
class Undone:
    """The workbook with repairs taken back, and the other values that change by it."""

    package: Package
    undone: tuple[Made, ...]
    followers: tuple[Change, ...]


def undone(package: Package, workbook: Workbook, repairs: Sequence[Made]) -> Undone:
    """Put back what stood in these cells. Raises `NotWritten` where a cell does not say any more what the repair wrote:
    somebody changed it, or rows were inserted, and the old content would overwrite that."""
    for one in repairs:
        _refuse_changed(workbook, one)
    changed = {one.at: _entered(one.old) for one in repairs}
    computed = recalculate(workbook, changed)
    followers = tuple(following(workbook, changed, computed))
    edits = [CellEdit(*one.at, _content(one), one.old.style) for one in repairs]
    edits += [CellEdit(*one.at, Stored(stand(one.new))) for one in followers]
    return Undone(patched(package, edits), tuple(repairs), followers)


def _refuse_changed(workbook: Workbook, one: Made) -> None:
    cell = workbook.cell(one.at)
    formula = cell.formula if cell is not None else None
    value = cell.value if cell is not None else None
    if formula == one.new.formula and (formula is not None or _same(value, one.new.value)):
        return
    raise NotWritten(
        "changed-since",
        _("{at} enthält nicht mehr, was die Reparatur {code} schrieb; zurückgenommen wurde nichts.").format(
            at=one.at, code=one.code
        ),
        _("Bitte die Zelle in Excel von Hand zurückstellen."),
    )


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return same_money(one, other)
    return type(one) is type(other) and one == other


def _entered(says: Says) -> Value | str:
    return says.value if says.formula is None else f"={says.formula}"


def _content(one: Made) -> Content:
    """What stood in the cell; of a formula that stayed only the stored value goes back."""
    old = one.old
    if old.formula is not None:
        stored = stand(old.value)
        return Stored(stored) if old.formula == one.new.formula else Formula(old.formula, stored)
    value = old.value
    if isinstance(value, ErrorValue):
        return Text(str(value))
    if isinstance(value, bool):
        return Truth(value)
    if isinstance(value, str):
        return Text(value)
    return Blank() if value is None else Number(value)
