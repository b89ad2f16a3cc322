"""How are rows and columns inserted or deleted so that the stored values of formulas stay true?

Formulas that lose what they read, look at more cells or ask for places are computed anew with all that depends on
them; where that cannot be done with certainty the old value goes, and Excel computes it on opening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Workbook
from pik_excel.ooxml.edits import CellEdit, Stored
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.structure.insertion import moved
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.recalc import reasons
from pik_excel.recalc.concerned import concerned
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.graph import Dependents
from pik_excel.recalc.trust import same
from pik_excel.recalc.values import Recalculation, recalculate
from pik_excel.writeback.refresh import Change, Refreshed, stand


def with_columns_inserted(package: Package, sheet: str, before: int, count: int = 1) -> Refreshed:
    """`count` empty columns before column `before` (from 1), stored values true."""
    return moved_and_refreshed(package, [Move(sheet, Axis.COLUMN, before, count)])


def with_rows_inserted(package: Package, sheet: str, before: int, count: int = 1) -> Refreshed:
    """`count` empty rows before row `before` (from 1), stored values true."""
    return moved_and_refreshed(package, [Move(sheet, Axis.ROW, before, count)])


def without_columns(package: Package, sheet: str, first: int, count: int = 1) -> Refreshed:
    """Without `count` columns from column `first` on, stored values true."""
    return moved_and_refreshed(package, [Move(sheet, Axis.COLUMN, first, -count)])


def without_rows(package: Package, sheet: str, first: int, count: int = 1) -> Refreshed:
    """Without `count` rows from row `first` on, stored values true."""
    return moved_and_refreshed(package, [Move(sheet, Axis.ROW, first, -count)])


def moved_and_refreshed(package: Package, moves: Sequence[Move], workbook: Workbook | None = None) -> Refreshed:
    """The workbook after the moves, as `moved` gives it, with true stored values in what the moves change.

    `workbook` is what stands in the package, where it is read already. `Refreshed` names cells by where they stand
    then; `not_evaluated` are those whose value may have changed and could not be computed with certainty.
    """
    new = moved(package, *moves)
    workbook = workbook or read_workbook(package)
    before = Contents(workbook)
    hit = concerned(before, *moves)
    if not hit:
        return Refreshed(new, (), {}, 0)
    after = _as_before(read_workbook(new), workbook)
    where = _Places(moves)
    starts = {there: at for at in hit if (there := where.after(at)) is not None}
    contents = Contents(after)
    affected = {*starts, *Dependents(contents).downstream(_with_arrays(contents, starts))}
    unproven = recalculate(workbook).not_evaluated  # what the engine cannot reproduce, it cannot renew either
    fresh = {at: f"={contents.cells[at.sheet][at[1:]].formula}" for at in starts if at not in contents.array_areas}
    computed = recalculate(after, fresh)
    doubtful = {there: unproven[at] for there, at in starts.items() if at in unproven}
    doubtful |= dict.fromkeys((at for at in starts if at in contents.array_areas), reasons.array())
    not_evaluated = _not_evaluated(contents, computed, affected, doubtful)
    changes = tuple(_changes(contents, computed, affected, not_evaluated))
    refreshed = patched(new, [CellEdit(*one.at, Stored(stand(one.new))) for one in changes])
    elsewhere = {at: files for at, files in computed.from_other_workbooks.items() if at in affected}
    return Refreshed(refreshed, changes, not_evaluated, len(affected) - len(not_evaluated), elsewhere)


def _as_before(after: Workbook, before: Workbook) -> Workbook:
    """The workbook after the move, whose values are still those of the program that saved it."""
    return replace(after, calculation=before.calculation, application=before.application)


class _Places:
    """Where cells stand after moves, of which at most one is on each sheet."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self._on = {move.sheet.casefold(): move for move in moves}

    def after(self, at: Address) -> Address | None:
        """The new place of the cell; None where it was deleted."""
        move = self._on.get(at.sheet.casefold())
        there = move.cell(at.row, at.column) if move is not None else at[1:]
        return None if there is None else Address(at.sheet, *there)


def _with_arrays(contents: Contents, starts: Iterable[Address]) -> set[Address]:
    """The cells, and those that array formulas among them fill."""
    return {cell for at in starts for cell in _filled(contents, at)}


def _filled(contents: Contents, at: Address) -> Iterator[Address]:
    """The cell, or all cells of the array formula that it heads."""
    area = contents.array_areas.get(at) or Area(at.row, at.column, at.row, at.column)
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield Address(at.sheet, row, column)


def _not_evaluated(
    contents: Contents, computed: Recalculation, affected: AbstractSet[Address], doubtful: Mapping[Address, str]
) -> dict[Address, str]:
    """The affected formulas without a certain value, each with the reason."""
    found = {at: reason for at, reason in computed.not_evaluated.items() if at in affected} | dict(doubtful)
    for at, cause in Dependents(contents).downstream(_with_arrays(contents, doubtful)).items():
        found.setdefault(at, reasons.follows(str(Address(*cause))))
    return found


def _changes(
    contents: Contents, computed: Recalculation, affected: AbstractSet[Address], not_evaluated: Mapping[Address, str]
) -> Iterator[Change]:
    for at in sorted(affected):
        old = contents.stored(at)
        if at in not_evaluated:
            values = ((cell, contents.stored(cell)) for cell in _filled(contents, at))
            yield from (Change(cell, value, None) for cell, value in values if value is not None)
        elif not same(old, computed.values[at]):
            yield Change(at, old, computed.values[at])
