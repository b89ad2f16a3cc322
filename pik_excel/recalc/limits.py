"""Which formulas are admitted as such, but not over these rows: hidden ones, or too many?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.functions import SEARCHING
from pik_excel.recalc.syntax import Call, Node, walk

_MOST_LOOKS = 200_000_000  # at cells, in one calculation: some ten seconds
_FEW = 100  # cells: a range that is never too large
_SEARCH = 10  # a search looks as long at one cell as a sum at ten


def beyond_limits(contents: Contents, cells: Iterable[Address]) -> dict[Address, str]:
    """The formulas among `cells` that are not calculated, with the reason."""
    cells = dict.fromkeys(cells)
    return {**_too_large(contents, cells), **_over_hidden_rows(contents, cells)}


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
    """The formulas over large ranges, where all together would take minutes: the searches, or if need be all."""
    searching = set(_calling(contents, cells, SEARCHING))
    looks = {at: _looks(contents, at) for at in _down_ranges(contents, cells)}
    sums = sum(count for at, count in looks.items() if at not in searching)
    searches = sum(count for at, count in looks.items() if at in searching) * _SEARCH
    if sums + searches <= _MOST_LOOKS:
        return {}
    refused = searching if sums <= _MOST_LOOKS else searching.union(looks)
    return {at: reasons.too_large() for at in refused if looks.get(at, 0) > _FEW}


def _looks(contents: Contents, at: Address) -> int:
    total = 0
    for sheet, area in contents.reads(at):
        if area.top != area.bottom:
            bottom, right = min(area.bottom, contents.longest(sheet)), min(area.right, contents.widest(sheet))
            total += max(bottom - area.top + 1, 0) * max(right - area.left + 1, 0)
    return total


def _calling(contents: Contents, cells: Collection[Address], names: frozenset[str]) -> Iterator[Address]:
    def calls(tree: Node) -> bool:
        return any(isinstance(node, Call) and node.name in names for node in walk(tree))

    return contents.having(cells, calls)


def _down_ranges(contents: Contents, cells: Collection[Address]) -> Iterator[Address]:
    """The formulas over ranges of more than a row."""
    return contents.having(cells, lambda tree: any(one.top != one.bottom for one in contents.references(tree)))
