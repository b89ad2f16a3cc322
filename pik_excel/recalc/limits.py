"""Which formulas are admitted as such, but not over these cells: hidden rows, or too many?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TypeVar

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents, joined
from pik_excel.recalc.functions import SEARCHING
from pik_excel.recalc.lengths import too_long
from pik_excel.recalc.syntax import Call, Node, Reference, children, references, walk

Found = TypeVar("Found")
_MOST_LOOKS = 200_000_000  # at cells, in one calculation: some ten seconds
_FEW = 100  # cells: a range that is never too large
_MOST_EMPTY = 2_500_000  # cells remembered beside those in the file: some 350 MB
_ELEMENTS = 4  # of an array take the room of a cell
_UNREAD = frozenset({"COLUMNS", "INDEX", "ROWS"})  # they do not go through the range
_SEARCH = 10  # a search looks as long at one cell as a sum at ten


def beyond_limits(contents: Contents, cells: Iterable[Address]) -> dict[Address, str]:
    """The formulas among `cells` that are not calculated, with the reason."""
    cells = dict.fromkeys(cells)
    return {**too_much(contents, cells), **_over_hidden_rows(contents, cells)}


def too_much(contents: Contents, cells: Collection[Address]) -> dict[Address, str]:
    """Those for which there is neither time nor memory, with the reason."""
    return _too_large(contents, cells) | too_long(contents, cells)


def _over_hidden_rows(contents: Contents, cells: Collection[Address]) -> dict[Address, str]:
    """SUBTOTAL leaves out rows that a filter or a person hides; the engine knows of neither."""
    sheets = {sheet.name: sheet for sheet in contents.workbook.sheets if sheet.filtered or sheet.hidden_rows}
    if not sheets:
        return {}
    return {
        at: reasons.hidden_rows()
        for at in _calling(contents, cells, frozenset({"SUBTOTAL"}))
        if _hides(contents, at, sheets)
    }


def _hides(contents: Contents, at: Address, sheets: dict[str, Sheet]) -> bool:
    for name, area in contents.reads(at):
        sheet = sheets.get(name)
        if sheet and (sheet.filtered or any(area.top <= row <= area.bottom for row in sheet.hidden_rows)):
            return True
    return False


def _too_large(contents: Contents, cells: Collection[Address]) -> dict[Address, str]:
    """The formulas over large ranges, where all together would take minutes: the searches, or if need be all; and the
    largest of those that together look at more cells than there is memory for."""
    searching = set(_calling(contents, cells, SEARCHING))
    looks = {at: sum(_looks(contents, at)) for at in _over_ranges(contents, cells)}
    sums = sum(count for at, count in looks.items() if at not in searching)
    searches = sum(count for at, count in looks.items() if at in searching) * _SEARCH
    refused: set[Address] = set()
    if sums + searches > _MOST_LOOKS:
        refused = searching if sums <= _MOST_LOOKS else searching.union(looks)
    refused = {at for at in refused if looks.get(at, 0) > _FEW}
    return dict.fromkeys(refused | _remembering_too_much(contents, looks), reasons.too_large())


def _remembering_too_much(contents: Contents, looks: Mapping[Address, int]) -> set[Address]:
    """The engine remembers each cell that it looked at, and has each array in memory as a whole."""
    most = _MOST_EMPTY + sum(map(len, contents.cells.values()))
    if sum(looks.values()) <= most or (max(looks.values()) <= most and _remembered(contents, looks) <= most):
        return set()
    ascending = sorted(looks, key=looks.__getitem__)
    totals = accumulate(looks[at] for at in ascending)
    return {at for at, total in zip(ascending, totals, strict=True) if total > most and looks[at] > _FEW}


def _remembered(contents: Contents, formulas: Iterable[Address]) -> int:
    """How many cells these formulas look at, those that several of them look at counted once."""
    rows: dict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for at in formulas:
        for one in _ranges_of(contents, at):
            top, left, bottom, right = one.area(at.row, at.column)
            rows[one.sheet or at.sheet, left, right].append((top, bottom))
    return sum(
        (bottom - top + 1) * (right - left + 1)
        for (_sheet, left, right), found in rows.items()
        for top, bottom in joined(found)
    )


def _looks(contents: Contents, at: Address) -> Iterator[int]:
    """The cells in each range that the formula goes through, and the elements of each array that it makes."""
    for one in _ranges_of(contents, at):
        top, left, bottom, right = one.area(at.row, at.column)
        yield (bottom - top + 1) * (right - left + 1)
    if "SUMPRODUCT" not in contents.form(contents.trees[at]).functions:
        return
    for array in _found(contents, at, "arrays", _arrays):
        areas = [one.area(at.row, at.column) for one in references(array)]
        rows, columns = (max((area[way + 2] - area[way] + 1 for area in areas), default=1) for way in (0, 1))
        yield rows * columns // _ELEMENTS


def _ranges_of(contents: Contents, at: Address) -> tuple[Reference, ...]:
    return _found(contents, at, "ranges", _ranges)


def _found(contents: Contents, at: Address, what: str, find: Callable[[Node], Iterator[Found]]) -> tuple[Found, ...]:
    """What is found in the formula as the engine is given it."""
    tree = contents.trees[at]
    shortened = contents.ended(tree, at)
    if shortened is not tree:
        return tuple(find(shortened))
    return contents.once_per_shape(what, at, lambda given: tuple(find(given)))


def _ranges(node: Node) -> Iterator[Reference]:
    if isinstance(node, Reference):
        if not node.single:
            yield node
        return
    for each in children(node):
        if not (isinstance(node, Call) and node.name in _UNREAD and isinstance(each, Reference)):
            yield from _ranges(each)


def _arrays(tree: Node) -> Iterator[Node]:
    """What SUMPRODUCT multiplies that is no range itself: (A1:A9>0)*B1:B9."""
    for call in walk(tree):
        if isinstance(call, Call) and call.name == "SUMPRODUCT":
            yield from (each for each in call.arguments if not isinstance(each, Reference))


def _calling(contents: Contents, cells: Collection[Address], names: frozenset[str]) -> Iterator[Address]:
    return contents.having(cells, lambda tree: not names.isdisjoint(contents.form(tree).functions))


def _over_ranges(contents: Contents, cells: Collection[Address]) -> Iterator[Address]:
    return contents.having(cells, lambda tree: not all(map(_is_small, contents.references(tree))))


def _is_small(one: Reference) -> bool:
    """Whether the range is small wherever the formula stands."""
    rows, columns = abs(one.bottom.number - one.top.number) + 1, abs(one.right.number - one.left.number) + 1
    moves_as_one = one.top.fixed == one.bottom.fixed and one.left.fixed == one.right.fixed
    return one.single or (moves_as_one and rows * columns <= _FEW)
