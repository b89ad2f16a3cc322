"""Which formulas may give something else once rows or columns are inserted or deleted?

Most follow their cells and give what they gave. Others lose cells that they read, look at more of them, or ask where
something stands.
"""

from __future__ import annotations

import re

from pik_excel.grid.reference import Address, Area
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.patterns import pattern
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.syntax import Beyond, Call, Node, Reference, children, walk

_ASK_FOR_THE_PLACE = frozenset(
    {"ROW", "ROWS", "COLUMN", "COLUMNS", "OFFSET", "INDIRECT", "CELL", "FORMULATEXT", "ANCHORARRAY", "SINGLE"}
)
_PASS_OVER_BLANKS = frozenset({"SUM", "SUBTOTAL", "AVERAGE", "COUNT", "COUNTA", "MIN", "MAX", "PRODUCT"})
_UNCLEAR = frozenset({"array", "table", "union", "unreadable"})  # parts of the tree that may hold references
_SPAN = pattern(r"(?:'((?:[^':]|'')+):((?:[^':]|'')+)'|([^\W\d][\w.]*):([^\W\d][\w.]*))!")


def concerned(contents: Contents, move: Move) -> frozenset[Address]:
    """The formulas of the workbook before the move whose own result may change; not those that merely read one."""
    found = {at for at in contents.trees if _is_concerned(contents, at, move)}
    tables = (at for at, tree in contents.trees.items() if _is_data_table(tree))  # they compute what they do not name
    return frozenset(found.union(tables) if found else ())


def _is_concerned(contents: Contents, at: Address, move: Move) -> bool:
    if contents.once_per_shape("asks for places", at, _is_about_places):
        return True
    kinds = contents.once_per_shape("beyond", at, _beyond)
    if kinds and _may_be_hit(contents, at, kinds, move):
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
        case Beyond("relative name"):
            return True
    return any(map(_is_about_places, children(tree)))


def _beyond(tree: Node) -> frozenset[str]:
    return frozenset(node.kind for node in walk(tree) if isinstance(node, Beyond))


def _may_be_hit(contents: Contents, at: Address, kinds: frozenset[str], move: Move) -> bool:
    """Whether what the tree does not say may lie on the sheet, as far as the formula's text tells."""
    text = contents.cells[at.sheet][at.row, at.column].formula or ""
    if "3d" in kinds and any(_spans(contents, found, move) for found in _SPAN.finditer(text)):
        return True
    return bool(kinds & _UNCLEAR) and (move.is_on(at.sheet) or move.sheet.casefold() in text.casefold())


def _spans(contents: Contents, found: re.Match[str], move: Move) -> bool:
    """Whether the sheet is among those from the first to the last one: `Jan:Dez!B4`."""
    order = [sheet.name.casefold() for sheet in contents.workbook.sheets]
    names = [name.replace("''", "'").casefold() for name in found.groups() if name]
    ends = sorted(order.index(name) for name in names if name in order)
    return len(ends) < 2 or move.sheet.casefold() in order[ends[0] : ends[1] + 1]


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
