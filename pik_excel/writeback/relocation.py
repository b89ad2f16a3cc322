"""Where do the tables stand after columns were inserted?

Every address moves with its cell, so that nothing has to be recognised anew around columns that are still empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property
from operator import is_
from typing import Any

from pik_excel.budget.money import Amount
from pik_excel.budget.tables import Field, MeasureList, MeasureTable, Total, TotalColumn
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Workbook
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.structure.move import Move
from pik_excel.records import dataclass


def relocated(reading: Reading, workbook: Workbook, moves: Iterable[Move]) -> Reading:
    """What was read, in the workbook after the moves of columns, taken one after the other."""
    where = Relocation(workbook, tuple(moves))
    return Reading(workbook, where.of(reading.budget), where.of(reading.unclear))


@dataclass(frozen=True)
class Relocation:
    """The moves, and the workbook after them, from which formulas are taken as they read now."""

    workbook: Workbook
    moves: tuple[Move, ...]

    def of(self, value: Any) -> Any:  # any record of the budget, or a tuple or dict of them
        """The record with all its addresses moved."""
        if isinstance(value, Amount):
            at = self.address(value.at)
            formula = self._formula(at) if value.formula is not None else None
            return value if (at, formula) == (value.at, value.formula) else value._replace(at=at, formula=formula)
        if type(value) is tuple:
            moved = tuple(map(self.of, value))
            return value if all(map(is_, moved, value)) else moved
        if isinstance(value, Address):
            return self.address(value)
        if isinstance(value, dict):
            return {key: self.of(one) for key, one in value.items()}
        return self._record(value) if _is_record(value.__class__) else value

    def address(self, at: Address) -> Address:
        """The cell's new place."""
        column = self._column(at.sheet, at.column)
        return at if column == at.column else Address(at.sheet, at.row, column)

    def _record(self, value: Any) -> Any:  # a dataclass of some type
        found = {name: getattr(value, name) for name in _names_of_fields(value.__class__)}
        moved = {name: self.of(one) for name, one in found.items()}
        if isinstance(value, MeasureTable | MeasureList):
            moved["name_column"] = self._column(value.sheet, value.name_column)
        if isinstance(value, TotalColumn | Total):
            moved["columns"] = tuple(self._column(value.at.sheet, column) for column in value.columns)
        if isinstance(value, Field):
            moved["formula"] = self._formula(moved["at"])
        sheet = getattr(value, "sheet", None) or (value.at.sheet if hasattr(value, "at") else None)
        for name, one in moved.items():
            if isinstance(one, Area) and sheet is not None:
                left, right = self._column(sheet, one.left), self._column(sheet, one.right)
                moved[name] = one._replace(left=left, right=right)
        same = all(one is moved[name] for name, one in found.items())
        return value if same else replace(value, **moved)

    def _column(self, sheet: str, column: int) -> int:
        for move in self._on.get(sheet.casefold(), ()):
            column = move.line(column) or column
        return column

    @cached_property
    def _on(self) -> Mapping[str, Sequence[Move]]:
        """The moves on each sheet, in their order."""
        found: dict[str, list[Move]] = {}
        for move in self.moves:
            found.setdefault(move.sheet.casefold(), []).append(move)
        return found

    def _formula(self, at: Address) -> str | None:
        sheet = self.workbook.sheet(at.sheet)
        return sheet.cells.formula(at.row, at.column) if sheet is not None else None


@cache
def _is_record(kind: Any) -> bool:  # any class
    return is_dataclass(kind)


@cache
def _names_of_fields(kind: Any) -> tuple[str, ...]:  # a class of records
    return tuple(one.name for one in fields(kind) if one.init)
