"""Which stored values are not what the formulas give, and how do the right ones get into the file?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import ErrorValue, Value, Workbook
from pik_excel.ooxml.edits import CellEdit, Failed, Stand, Stored
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.graph import Dependents
from pik_excel.recalc.trust import same
from pik_excel.recalc.values import Recalculation, recalculate
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Change:
    """A formula cell whose stored value was made true; `new` is None where it could not be computed and the old value
    rested on one that changed: nothing is better than something wrong, and Excel computes it on opening."""

    at: Address
    old: Value
    new: Value


@dataclass(frozen=True)
class Refreshed:
    """The workbook with true stored values; `package` is the one given where all were. `not_evaluated` are formulas
    that could not be computed with certainty, each with the reason in the language in force; `from_other_workbooks`
    those computed with what the file remembers of other workbooks, each with these files."""

    package: Package
    changes: tuple[Change, ...]
    not_evaluated: Mapping[Address, str]
    evaluated: int
    from_other_workbooks: Mapping[Address, tuple[str, ...]] = field(default_factory=dict)


def refreshed(package: Package, workbook: Workbook) -> Refreshed:
    """Make the stored values of all formulas true, as far as that can be done with certainty."""
    computed = recalculate(workbook)
    changes = tuple(_wrong(workbook, computed))
    new = patched(package, [CellEdit(*one.at, Stored(stand(one.new))) for one in changes])
    return Refreshed(new, changes, computed.not_evaluated, len(computed.values), computed.from_other_workbooks)


def _wrong(workbook: Workbook, computed: Recalculation) -> Iterator[Change]:
    """Cells with another value than computed; and those not computed that rest on one of them."""
    stored = {at: cell.value if (cell := workbook.cell(at)) else None for at in computed.values}
    wrong = {at: value for at, value in computed.values.items() if not same(stored[at], value)}
    for at, value in wrong.items():
        yield Change(at, stored[at], value)
    rest_on_them = Dependents(Contents(workbook)).downstream(wrong) if wrong and computed.not_evaluated else {}
    for at in computed.not_evaluated:
        cell = workbook.cell(at)
        if at in rest_on_them and cell is not None and cell.value is not None:
            yield Change(at, cell.value, None)


def stand(value: Value) -> Stand:
    """A computed value as a cell stores it."""
    if isinstance(value, ErrorValue):
        return Failed(str(value))
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if value == whole else value.normalize()
    return value
