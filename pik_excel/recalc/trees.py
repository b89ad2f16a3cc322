"""Which tree has the formula of a cell?"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping

from pik_excel.grid.reference import Address
from pik_excel.grid.store import ByRow
from pik_excel.recalc.syntax import Node

_NONE: ByRow[Node] = ByRow({})


class Trees(Mapping[Address, Node]):
    """The trees of all formulas by their cells, in the order of the file. Held by sheet and row, as 100,000 formulas
    filled down are a few rows of trees."""

    def __init__(self, by_sheet: dict[str, ByRow[Node]]) -> None:
        self._by_sheet = by_sheet

    def on(self, sheet: str) -> ByRow[Node]:
        """Those of one sheet."""
        return self._by_sheet.get(sheet, _NONE)

    def __getitem__(self, at: Address) -> Node:
        return self._by_sheet[at[0]].rows[at[1]][at[2]]

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and at[0] in self._by_sheet and at[1:] in self._by_sheet[at[0]]

    def __iter__(self) -> Iterator[Address]:
        return (at for at, _tree in self.items())

    def __len__(self) -> int:
        return sum(map(len, self._by_sheet.values()))

    def items(self) -> ItemsView[Address, Node]:
        """All formulas with their trees."""
        return _Items(self)

    def each(self) -> Iterator[tuple[Address, Node]]:
        """All formulas with their trees, one after the other."""
        new = tuple.__new__
        for sheet, trees in self._by_sheet.items():
            for row, columns in trees.rows.items():
                for column, tree in columns.items():
                    yield new(Address, (sheet, row, column)), tree


class _Items(ItemsView[Address, Node]):
    _mapping: Trees

    def __iter__(self) -> Iterator[tuple[Address, Node]]:
        return self._mapping.each()
