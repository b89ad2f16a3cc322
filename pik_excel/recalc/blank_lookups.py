"""Which look-ups search for an empty cell, where the engine may find one?

Excel never finds an empty cell; the engine's VLOOKUP does. Whether Excel then searches for 0 depends on the function,
so that it is not certain either where a 0 stands in the list.
"""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal
from itertools import product

from pik_excel.grid.reference import Address, Area
from pik_excel.grid.store import NO_CELLS
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.syntax import Call, Node, Reference, walk

_LOOKUPS = frozenset({"HLOOKUP", "MATCH", "VLOOKUP"})


def blank_lookups(contents: Contents, cells: Container[Address]) -> dict[Address, str]:
    """The formulas that look up an empty cell in a list with empty cells or a 0, with the reason."""
    judged: dict[tuple[str, Area], bool] = {}
    found = {}
    for sheet, tree, copies in contents.copies:
        lookups = () if contents.form(tree).functions.isdisjoint(_LOOKUPS) else _lookups(tree)
        for at, (key, table) in product(copies.on(sheet), lookups) if lookups else ():
            if at not in cells or not _is_blank(contents, key, at):
                continue
            sought = table.sheet or at.sheet, table.area(at.row, at.column)
            if sought not in judged:
                judged[sought] = _has_blank_or_zero(contents, *sought)
            if judged[sought]:
                found[at] = reasons.blank_lookup()
    return found


def _lookups(tree: Node) -> tuple[tuple[Reference, Reference], ...]:
    calls = (node.arguments for node in walk(tree) if isinstance(node, Call) and node.name in _LOOKUPS)
    pairs = ((one[0], one[1]) for one in calls if len(one) > 1)
    return tuple(
        (key, table)
        for key, table in pairs
        if isinstance(key, Reference) and key.single and isinstance(table, Reference)
    )


def _is_blank(contents: Contents, key: Reference, at: Address) -> bool:
    area = key.area(at.row, at.column)
    cell = contents.cells.get(key.sheet or at.sheet, NO_CELLS).get((area.top, area.left))
    return cell is None or (cell.value is None and not cell.has_formula)


def _has_blank_or_zero(contents: Contents, sheet: str, area: Area) -> bool:
    """Of the whole range, since it does not matter here which of its lines is searched."""
    filled = [cell for cell in contents.cells_in(sheet, area) if cell.value is not None or cell.has_formula]
    return len(filled) < area.size or any(isinstance(cell.value, Decimal) and not cell.value for cell in filled)
