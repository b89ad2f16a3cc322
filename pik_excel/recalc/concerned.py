"""Which formulas may give something else once rows or columns are inserted or deleted?

Most follow their cells and give what they gave. Others lose cells that they read, look at more of them, or ask where
something stands.
"""

from __future__ import annotations

from pik_excel.grid.reference import Address, Area
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.syntax import Beyond, Call, Node, Reference, children

_ASK_FOR_THE_PLACE = frozenset(
    {"ROW", "ROWS", "COLUMN", "COLUMNS", "OFFSET", "INDIRECT", "CELL", "FORMULATEXT", "GETPIVOTDATA", "ANCHORARRAY"}
)
_PASS_OVER_BLANKS = frozenset({"SUM", "SUBTOTAL", "AVERAGE", "COUNT", "COUNTA", "MIN", "MAX", "PRODUCT"})
_UNCLEAR = frozenset({"3d", "array", "relative name", "table", "union", "unreadable"})


def concerned(contents: Contents, move: Move) -> frozenset[Address]:
    """The formulas of the workbook before the move whose own result may change; not those that merely read one."""
    found = {at for at in contents.trees if _is_concerned(contents, at, move)}
    tables = (at for at, tree in contents.trees.items() if _is_data_table(tree))  # they compute what they do not name
    return frozenset(found.union(tables) if found else ())


def _is_concerned(contents: Contents, at: Address, move: Move) -> bool:
    if contents.once_per_shape("asks for places", at, _is_about_places):
        return True
    for by, reference in contents.once_per_shape("ranges by function", at, _ranges):
        if move.is_on(reference.sheet or at.sheet) and _is_hit(reference.area(at.row, at.column), by, move):
            return True
    return False


def _is_data_table(tree: Node) -> bool:
    return isinstance(tree, Call) and tree.name == "TABLE"


def _is_about_places(tree: Node) -> bool:
    match tree:
        case Call(name) if name in _ASK_FOR_THE_PLACE:
            return True
        case Beyond(kind):
            return kind in _UNCLEAR
    return any(map(_is_about_places, children(tree)))


def _ranges(tree: Node, within: str = "") -> tuple[tuple[str, Reference], ...]:
    """The references, each with the function whose argument it is."""
    if isinstance(tree, Reference):
        return ((within, tree),)
    name = tree.name if isinstance(tree, Call) else ""
    return tuple(found for child in children(tree) for found in _ranges(child, name))


def _is_hit(area: Area, by: str, move: Move) -> bool:
    first, last = (area.left, area.right) if move.axis is Axis.COLUMN else (area.top, area.bottom)
    if move.count < 0:
        return first < move.after and move.at <= last
    return first < move.at <= last and by not in _PASS_OVER_BLANKS
