"""Which results are only what floating point leaves of + and -? Excel makes them 0: `=0.1+0.2-0.3`."""

from __future__ import annotations

from decimal import Decimal

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.engine import Engine
from pik_excel.recalc.syntax import Node, Number, Operation, Reference, walk

_SHARE = Decimal(2) ** -48  # a difference of less than this share of its operand is 0 in Excel
_SMALL = Decimal("1e-3")
_ROUNDS = 10


def clear_residues(contents: Contents, engine: Engine, values: dict[Address, Value]) -> None:
    """Set them to 0 in the engine and in `values`, and calculate what depends on them again.

    Excel does so with the last + or - of a formula only, not inside it and not in SUM.
    """
    done: set[Address] = set()
    for _ in range(_ROUNDS):
        residues = {at for at, value in values.items() if at not in done and _is_residue(contents, engine, at, value)}
        if not residues:
            return
        for at in residues:
            engine.put(at, Decimal(0))
        done |= residues
        engine.calculate()
        values.update({at: engine.value(at) for at in values})


def _is_residue(contents: Contents, engine: Engine, at: Address, value: Value) -> bool:
    if type(value) is not Decimal or not value or abs(value) > _SMALL:
        return False
    tree = contents.trees[at]
    if not isinstance(tree, Operation) or tree.operator not in "+-":
        return False
    return abs(value) < _size(contents, engine, at, tree.right) * _SHARE


def _size(contents: Contents, engine: Engine, at: Address, operand: Node) -> Decimal:
    """The size of the last operand; where it is calculated itself, of the largest number that goes into the formula."""
    if isinstance(operand, Number):
        return abs(operand.value)
    if isinstance(operand, Reference) and operand.single:
        area = operand.area(at.row, at.column)
        found = engine.value(Address(operand.sheet or at.sheet, area.top, area.left))
        return abs(found) if isinstance(found, Decimal) else Decimal(0)
    written = [abs(node.value) for node in walk(contents.trees[at]) if isinstance(node, Number)]
    return max([contents.scale(at, engine.value), *written])
