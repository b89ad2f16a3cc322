"""How much of a workbook is another than before, in one sentence?

Where columns were inserted, nearly every cell of a sheet may stand elsewhere and every formula read otherwise, though
nobody changed them: these are counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pik_excel.language import _, number, plural
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import column_of, letters
from pik_excel.ooxml.compare import CellState, Side, compared_parts, have_same_texts, sheets_of_both
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.rowtext import surely_differ
from pik_excel.ooxml.structure.at_once import MovedFormulas
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import element_text

_Cells = Mapping[bytes, tuple[bytes, ...]]
_FORMULA = 5  # the place of the formula in what `rowtext.taken_apart` gives


def summary(old: Package, new: Package, moves: Sequence[Move] = ()) -> str:
    """How many cells say something else, and how many parts are the same byte for byte. `moves` are insertions of
    columns, one after the other, that the new package has undergone."""
    assert all(move.axis is Axis.COLUMN and move.count > 0 for move in moves)
    parts = compared_parts(old, new)
    if not (parts.changed or parts.added or parts.removed):
        return _("unverändert: alle Teile, Byte für Byte")
    same_texts = have_same_texts(old, new)
    sheets = sheets_of_both(old, new, parts.changed, same_texts)
    counts = [_count(sides, same_texts, _Following(name, moves)) for name, sides in sheets]
    changed = [count for count, _followed in counts if count]
    return _sentence(sum(changed), len(changed), sum(followed for _count, followed in counts), parts.identical)


class _Following:
    """How the cells of a sheet are called after the moves, and how its formulas read then."""

    def __init__(self, sheet: str, moves: Sequence[Move]) -> None:
        self._own = [move for move in moves if move.is_on(sheet)]
        self._formulas = [MovedFormulas(sheet, move) for move in moves]
        self._letters: dict[bytes, bytes] = {}

    def column(self, number: int) -> int:
        for move in self._own:
            number = move.line(number) or number
        return number

    def letters(self, column: bytes) -> bytes:
        if column not in self._letters:
            moved = self.column(column_of(column.decode("ascii")))
            self._letters[column] = letters(moved).encode("ascii")
        return self._letters[column]

    def row(self, cells: _Cells) -> _Cells:
        """The cells of a row as they stand after the moves."""
        if not self._formulas:
            return cells
        moved = {self.letters(column): cell for column, cell in cells.items()} if self._own else cells
        return {column: self._cell(cell) if cell[_FORMULA] else cell for column, cell in moved.items()}

    def state(self, state: CellState) -> CellState:
        """What a cell says after the moves."""
        return state if state.formula is None else state._replace(formula=self._formula(state.formula))

    def _cell(self, cell: tuple[bytes, ...]) -> tuple[bytes, ...]:
        old = xml.unescaped(cell[_FORMULA].decode("utf-8"))
        new = self._formula(old)
        return cell if new == old else (*cell[:_FORMULA], element_text(new), *cell[_FORMULA + 1 :])

    def _formula(self, formula: str) -> str:
        for formulas in self._formulas:
            formula = formulas.of(formula)
        return formula


def _count(sides: tuple[Side, Side], same_texts: bool, following: _Following) -> tuple[int, int]:
    """How many cells say something else, and how many only stand elsewhere or refer to what does. Each row is taken
    apart in one go."""
    before, after = sides
    changed = followed = 0
    for row in {*before.rows, *after.rows}:
        if same_texts and before.bytes_of_row(row) == after.bytes_of_row(row):
            continue
        given, new = before.taken_apart(row), after.taken_apart(row)
        if given is None or new is None:
            count = _count_one_by_one(sides, row, following)
            changed, followed = changed + count[0], followed + count[1]
            continue
        old = following.row(given)
        changed += len(old.keys() ^ new.keys())
        for column in old.keys() & new.keys():
            was, now = old[column], new[column]
            if (was[2:] != now[2:] or not same_texts) and (
                surely_differ(was, now) or before.state_of(was) != after.state_of(now)
            ):
                changed += 1
            elif given.get(column) != now:
                followed += 1
    return changed, followed


def _count_one_by_one(sides: tuple[Side, Side], row: int, following: _Following) -> tuple[int, int]:
    """The same for a row that is written in another way than nearly all are."""
    given, new = ({at[1]: side.state(cell) for at, cell in side.cells({row}).items()} for side in sides)
    old = {following.column(column): following.state(state) for column, state in given.items()}
    same = [column for column, state in old.items() if new.get(column) == state]
    return len({*old, *new}) - len(same), sum(given.get(column) != new[column] for column in same)


def _sentence(cells: int, sheets: int, followed: int, identical: int) -> str:
    told = {
        "cells": _cells(cells),
        "sheets": plural("{count} Blatt", "{count} Blättern", sheets).format(count=number(sheets)),
        "same": plural("{count} Teil", "{count} Teile", identical).format(count=number(identical)),
    }
    if not followed:
        return _("geändert: {cells} in {sheets}; unverändert: {same}, Byte für Byte").format(**told)
    return _(
        "geändert: {cells} in {sheets}; durch neue Spalten verschoben oder angepasst: {followed}; "
        "unverändert: {same}, Byte für Byte"
    ).format(**told, followed=_cells(followed))


def _cells(count: int) -> str:
    return plural("{count} Zelle", "{count} Zellen", count).format(count=number(count))
