"""Which formulas refer to other workbooks, and does the file remember enough of these to calculate with it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pik_excel.grid.reference import Address
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.syntax import Reference
from pik_excel.recalc.trust import saved_by_a_calculating_program


def not_remembered(contents: Contents) -> dict[Address, str]:
    """The formulas that refer to cells of other workbooks whose values are not in the file, with the reason.

    Blank cells are not in it either. A gap in a range is taken for blank cells only where a calculating program saved
    the formula: it fetched the whole range, and its result is there to be reproduced.
    """
    saved = saved_by_a_calculating_program(contents.workbook)
    found = {}
    for at in contents.trees if _any(contents) else ():
        gaps_are_blank = saved and at not in contents.changed
        if not all(_is_remembered(contents, one, at, gaps_are_blank) for one in _elsewhere(contents, at)):
            found[at] = reasons.not_remembered()
    return found


def resting_on(contents: Contents, cells: Iterable[Address]) -> Mapping[Address, tuple[str, ...]]:
    """Those of the formulas that refer to other workbooks, with the files that these are."""
    found = {}
    for at in cells if _any(contents) else ():
        files = {_file(contents, one): None for one in _elsewhere(contents, at)}
        if files:
            found[at] = tuple(files)
    return found


def _any(contents: Contents) -> bool:
    return any(sheet.startswith("[") for sheet in contents.sheets)


def _elsewhere(contents: Contents, at: Address) -> tuple[Reference, ...]:
    tree = contents.trees[at]
    if not contents.form(tree).elsewhere:
        return ()
    return tuple(reference for reference in contents.references(tree) if reference.elsewhere)


def _is_remembered(contents: Contents, reference: Reference, at: Address, gaps_are_blank: bool) -> bool:
    area = reference.area(at.row, at.column)
    there = sum(1 for _ in contents.cells_in(reference.sheet or "", area))
    return there == area.size or (there > 0 and gaps_are_blank)


def _file(contents: Contents, reference: Reference) -> str:
    """The target of the link as the file has it, "[1]" where it has none."""
    index = (reference.sheet or "")[1:].partition("]")[0]
    links = contents.workbook.external_links
    return (links[int(index) - 1] if 0 < int(index) <= len(links) else "") or f"[{index}]"
