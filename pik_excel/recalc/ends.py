"""Where may a range end that reaches far below or beyond all that its sheet holds?

The engine looks at each cell of F2:F1048576 and remembers it. Where empty cells at the end change nothing, it is given
the range only as far as anything stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pik_excel.grid.reference import Address, Area
from pik_excel.recalc.blanks_below import without_blanks_below
from pik_excel.recalc.syntax import Call, Edge, Node, Number, Operation, Percent, Reference, Sign, Text

_FAR_DOWN, _FAR_ACROSS = 2_000, 500  # rows, columns: a range that is not longer costs little
_OVER_VALUES = frozenset(
    {
        "AND", "AVERAGE", "CONCAT", "COUNT", "COUNTA", "LARGE", "MAX", "MEDIAN", "MIN", "NPV", "OR", "PRODUCT", "RANK",
        "SMALL", "STDEV", "SUBTOTAL", "SUM", "SUMSQ", "VAR", "XOR",
    }
)  # fmt: skip
_DOWN, _ACROSS = frozenset({"MATCH", "VLOOKUP"}), frozenset({"HLOOKUP", "MATCH"})
_SIDE_BY_SIDE = frozenset({"AVERAGEIF", "AVERAGEIFS", "SUMIF", "SUMIFS", "SUMPRODUCT"})
_COUNTING = frozenset({"COUNTIF", "COUNTIFS"})

Last = Callable[[str], tuple[int, int]]
"""The last row and column of a sheet in which anything stands."""


def reaches_far(tree: Node) -> bool:
    """Whether there is a range in the formula that may end far beyond what a sheet holds."""
    match tree:
        case Reference():
            rows, columns = tree.bottom.number - tree.top.number, tree.right.number - tree.left.number
            return not tree.single and (abs(rows) > _FAR_DOWN or abs(columns) > _FAR_ACROSS)
        case Call():
            return any(map(reaches_far, tree.arguments))
        case Operation():
            return reaches_far(tree.left) or reaches_far(tree.right)
        case Sign() | Percent():
            return reaches_far(tree.operand)
    return False


def ended(node: Node, at: Address, last: Last) -> Node:
    """What the formula at this cell says, its ranges cut to what gives the same result."""
    match node:
        case Call():
            given = tuple(ended(each, at, last) for each in node.arguments)
            short = replace(node, arguments=_cut(node.name, given, at, last))
            return without_blanks_below(short, at, lambda sheet: last(sheet)[0])
        case Operation():
            return replace(node, left=ended(node.left, at, last), right=ended(node.right, at, last))
        case Sign() | Percent():
            return replace(node, operand=ended(node.operand, at, last))
    return node


def _cut(name: str, given: tuple[Node, ...], at: Address, last: Last) -> tuple[Node, ...]:
    ranges = [each for each in given if isinstance(each, Reference) and not each.single]
    alone = name in _OVER_VALUES or name in _DOWN | _ACROSS
    together = name in _SIDE_BY_SIDE or (name in _COUNTING and _counts_no_empty_cells(given))
    if not ranges or not (alone or together):
        return given
    if name == "SUMPRODUCT" and len(ranges) < len(given):
        return given  # (A1:A9="") looks at empty cells, see `blanks_below`
    if alone:
        kept = {id(each): _kept([each], at, last) for each in ranges}
    else:
        kept = dict.fromkeys(map(id, ranges), _kept(ranges, at, last))
    return tuple(_shorter(name, each, kept[id(each)], at) if id(each) in kept else each for each in given)


def _counts_no_empty_cells(given: tuple[Node, ...]) -> bool:
    """Whether one of the criteria is plainly none that an empty cell meets."""
    return any(
        isinstance(each, Number)
        or (isinstance(each, Text) and each.value not in ("", "=") and not each.value.startswith("<>"))
        for each in given[1::2]
    )


def _kept(ranges: Sequence[Node], at: Address, last: Last) -> tuple[int, int]:
    """The rows and columns, counted from the first one, beyond which all of these ranges are empty."""
    rows = columns = 1
    for each in ranges:
        assert isinstance(each, Reference)
        area, (bottom, right) = each.area(at.row, at.column), last(each.sheet or at.sheet)
        rows, columns = max(rows, bottom - area.top + 1), max(columns, right - area.left + 1)
    return rows, columns


def _shorter(name: str, given: Node, kept: tuple[int, int], at: Address) -> Node:
    assert isinstance(given, Reference)
    area, (rows, columns) = given.area(at.row, at.column), kept
    bottom, right = min(area.bottom, area.top + rows - 1), min(area.right, area.left + columns - 1)
    if name in _DOWN | _ACROSS:  # the other direction says which column is looked up
        bottom = bottom if name in _DOWN else area.bottom
        right = right if name in _ACROSS and (name != "MATCH" or area.top == area.bottom) else area.right
    if name == "MATCH" and area.left != area.right:
        bottom = area.bottom
    if (bottom, right) == (area.bottom, area.right):
        return given
    return _fixed(given.sheet, Area(area.top, area.left, bottom, right))


def _fixed(sheet: str | None, area: Area) -> Reference:
    top, left, bottom, right = (Edge(number, fixed=True) for number in area)
    return Reference(sheet, top, left, bottom, right, single=False)
