"""What does a function give that also takes the blanks below all that its sheet holds?

Of a million rows of a column a few thousand hold anything. COUNTBLANK counts the others, and SUMPRODUCT gives the same
for each of them: they need not be looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pik_excel.grid.reference import Address, Area
from pik_excel.recalc.syntax import Call, Edge, Node, Number, Operation, Percent, Reference, Sign, children, walk

_OF_MANY_ONE = frozenset({"AVERAGE", "COUNT", "COUNTA", "MAX", "MEDIAN", "MIN", "PRODUCT", "SUM", "SUMPRODUCT"})

LastRow = Callable[[str], int]
"""Sheet -> the last row in which anything stands."""


def without_blanks_below(call: Call, at: Address, last_row: LastRow) -> Node:
    """What the function gives in this cell, its ranges ending where the sheet does; itself where that is not known."""
    below = _Below(at, last_row)
    match call:
        case Call("SUMPRODUCT"):
            return below.product(call)
        case Call("COUNTBLANK", (Reference(single=False) as area,)):
            return below.count(call, area)
    return call


class _Below:
    def __init__(self, at: Address, last_row: LastRow) -> None:
        self._at = at
        self._last_row = last_row

    def count(self, call: Call, counted: Reference) -> Node:
        top, left, bottom, right = self._area(counted)
        last = self._last(counted)
        if last >= bottom:
            return call
        above = Call(call.name, (_rows(counted, top, last),))
        return Operation("+", above, _number((bottom - last) * (right - left + 1)))

    def product(self, call: Call) -> Node:
        """The sum over the rows in which anything stands, and for all others what one of them gives."""
        columns = [one for each in call.arguments for one in _multiplied(each)]
        heights = {(self._area(one).top, self._area(one).bottom) for one in columns}
        if len(heights) != 1 or any(map(_gives_many, call.arguments)):
            return call
        ((top, bottom),) = heights
        last = max(map(self._last, columns))
        if last >= bottom:
            return call

        def over(first: int, last: int) -> Node:
            return Call(call.name, tuple(_with_rows(each, first, last) for each in call.arguments))

        return Operation("+", over(top, last), Operation("*", _number(bottom - last), over(last + 1, last + 1)))

    def _area(self, node: Reference) -> Area:
        return node.area(self._at.row, self._at.column)

    def _last(self, node: Reference) -> int:
        """The last row of the range that is worth a look, at least its first."""
        return max(self._last_row(node.sheet or self._at.sheet), self._area(node).top)


def _with_rows(node: Node, top: int, bottom: int) -> Node:
    match node:
        case Reference(single=False):
            return _rows(node, top, bottom)
        case Operation(operator, left, right):
            return Operation(operator, _with_rows(left, top, bottom), _with_rows(right, top, bottom))
        case Sign(operator, operand):
            return Sign(operator, _with_rows(operand, top, bottom))
        case Percent(operand):
            return Percent(_with_rows(operand, top, bottom))
    return node


def _rows(node: Reference, top: int, bottom: int) -> Reference:
    return Reference(node.sheet, Edge(top, True), node.left, Edge(bottom, True), node.right, single=False)


def _gives_many(node: Node) -> bool:
    """Whether a function in it may give a value for each row, as ROW(A1:A9) does."""
    if isinstance(node, Call):
        ranges = any(isinstance(one, Reference) and not one.single for one in walk(node))
        return ranges and node.name not in _OF_MANY_ONE
    return any(map(_gives_many, children(node)))


def _multiplied(node: Node) -> list[Reference]:
    """The ranges that SUMPRODUCT takes row by row; what stands in a function within it is taken as one."""
    if isinstance(node, Reference):
        return [] if node.single else [node]
    return [] if isinstance(node, Call) else [one for each in children(node) for one in _multiplied(each)]


def _number(count: int) -> Number:
    return Number(Decimal(count))
