"""Which formulas may give something else once rows or columns are inserted or deleted?

Most follow their cells and give what they gave. Others lose cells that they read, look at more of them, or ask where
something stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pik_excel.grid.reference import Address, Area
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.patterns import pattern
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.copies import Copies
from pik_excel.recalc.syntax import Beyond, Call, Node, Reference, children, walk

_ASK_FOR_THE_PLACE = frozenset(
    {"ROW", "ROWS", "COLUMN", "COLUMNS", "OFFSET", "INDIRECT", "CELL", "FORMULATEXT", "ANCHORARRAY", "SINGLE"}
)
_COUNTS = {Axis.COLUMN: frozenset({"ROW", "ROWS"}), Axis.ROW: frozenset({"COLUMN", "COLUMNS"})}  # what stays the same
_BY_REFERENCE = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "OFFSET"})  # of their own cell, or of one they name
_PASS_OVER_BLANKS = frozenset({"SUM", "SUBTOTAL", "AVERAGE", "COUNT", "COUNTA", "MIN", "MAX", "PRODUCT"})
_UNCLEAR = frozenset({"array", "table", "union", "unreadable"})  # parts of the tree that may hold references
_SPAN = pattern(r"(?:'((?:[^':]|'')+):((?:[^':]|'')+)'|([^\W\d][\w.]*):([^\W\d][\w.]*))!")


def concerned(contents: Contents, *moves: Move) -> frozenset[Address]:
    """The formulas of the workbook before the moves whose own result may change; not those that merely read one."""
    on = _by_sheet(moves)
    found = {at for sheet, tree, copies in contents.copies for at in _concerned(contents, sheet, tree, copies, on)}
    tables = (copies.on(sheet) for sheet, tree, copies in contents.copies if _is_data_table(tree))
    return frozenset(found.union(*tables) if found else ())  # data tables compute what they do not name


def _by_sheet(moves: Iterable[Move]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = {}
    for move in moves:
        found.setdefault(move.sheet.casefold(), []).append(move)
    return found


def _concerned(
    contents: Contents, sheet: str, tree: Node, copies: Copies, on: Mapping[str, Sequence[Move]]
) -> Iterator[Address]:
    """Those of the formulas on the sheet that have this tree; `on` are the moves on each sheet."""
    if _is_about_places(tree, sheet, on):
        yield from copies.on(sheet)
        return
    kinds = _beyond(tree)
    if kinds:
        moves = [move for own in on.values() for move in own]
        yield from (at for at in copies.on(sheet) if any(_may_be_hit(contents, at, kinds, move) for move in moves))
    for by, reference in _ranges(tree):
        for move in on.get((reference.sheet or sheet).casefold(), ()):
            yield from _hit_through(reference, by, sheet, copies, move)


def _hit_through(reference: Reference, by: str, sheet: str, copies: Copies, move: Move) -> Iterator[Address]:
    """Those of the formulas that may lose or gain something by this reference."""
    for column, rows in copies.by_column.items():
        hit: Iterable[int] = rows
        if move.axis is Axis.ROW:
            hit = (row for row in rows if _is_hit(reference.area(row, column), by, move))
        elif not _is_hit(reference.area(rows[0], column), by, move):
            continue  # which columns are meant is the same in all rows
        yield from (Address(sheet, row, column) for row in hit)


def _is_data_table(tree: Node) -> bool:
    return isinstance(tree, Call) and tree.name == "TABLE"


def _is_about_places(tree: Node, sheet: str, on: Mapping[str, Sequence[Move]]) -> bool:
    """Whether the formula asks where something stands that may stand elsewhere then."""
    beyond = _beyond(tree)
    if "relative name" in beyond:
        return True
    nodes = list(walk(tree))
    places = {node.name for node in nodes if isinstance(node, Call)} & _ASK_FOR_THE_PLACE
    if not places:
        return False
    sheets = {sheet, *(node.sheet or sheet for node in nodes if isinstance(node, Reference))}
    here = {move.axis for one in sheets for move in on.get(one.casefold(), ())}
    for axis in {move.axis for own in on.values() for move in own}:
        asked = places - _COUNTS[axis]
        if asked and (beyond or not asked <= _BY_REFERENCE or axis in here):
            return True
    return False


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
    return by not in _PASS_OVER_BLANKS and any(first < at <= last for at, _lines in move.inserted)
