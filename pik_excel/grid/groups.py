"""Which formula has a cell that shares it with others, or that heads an array or a what-if table?

Most programs write a formula that was filled down at each of its cells again. That these are copies of one is found out
here, once for all: from here on they are held as Excel writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import itemgetter

from pik_excel.grid.cell import Source
from pik_excel.grid.plain import attributes_of, unescaped
from pik_excel.grid.reference import Area, area_of
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.spelling import Sort
from pik_excel.grid.store import Collected
from pik_excel.grid.values import Notes
from pik_excel.language import _


class Formulas:
    """Makes formulas of `f` elements, and knows the groups of shared ones."""

    def __init__(self, cells: Collected, arrays: list[Area], notes: Notes) -> None:
        self._cells = cells
        self._arrays = arrays
        self._notes = notes
        self._given: dict[str, dict[str, str]] = {}
        self._groups: dict[str, SharedFormula] = {}
        self._waiting: list[tuple[str, int, int]] = []
        self._above: dict[tuple[Sort | None, int], SharedFormula] = {}  # by column, the last formula that is no copy

    def of(self, attributes: str, text: str | None, row: int, column: int) -> Source:
        """The formula of an `f` element with attributes; the range that it heads as array or data table is noted."""
        given = self._attributes(attributes)
        kind = given.get("t", "normal")
        if kind in ("array", "dataTable"):
            return self._range(kind, given, unescaped(text) if text else None, (row, column))
        if kind == "shared" and (not text or "ref" in given):
            return self._shared(given.get("si", ""), unescaped(text) if text else None, row, column)
        return self.plain(text, row, column) if text else None

    def is_plain(self, attributes: str | None) -> bool:
        """Whether cells with these attributes have no formula, or each its own, or name the group that they share."""
        kind = self._attributes(attributes).get("t", "normal") if attributes else "normal"
        return kind == "normal" or (kind == "shared" and "ref" not in self._attributes(attributes or ""))

    def column(
        self, attributes: str | None, texts: Sequence[str | None], rows: Sequence[int], column: int, sort: Sort
    ) -> Sequence[Source]:
        """The formulas of the cells of one sort of rows in a column, whose attributes are `is_plain`."""
        if texts[0] is None:
            given = self._attributes(attributes) if attributes else {}
            if given.get("t") != "shared":
                return texts
            return [self._shared(given.get("si", ""), None, row, column) for row in rows]
        first = self.plain(texts[0], rows[0], column, sort) if texts[0] else None
        copied = self._above[sort, column].down(rows[1:], column) if first is not None else None
        if copied is not None and copied == [unescaped(text) if text and "&" in text else text for text in texts[1:]]:
            return [first, *repeat(self._above[sort, column], len(copied))]
        others = zip(texts[1:], rows[1:], strict=True)
        return [first, *(self.plain(text, row, column, sort) if text else None for text, row in others)]

    def plain(self, text: str, row: int, column: int, sort: Sort | None = None) -> Source:
        """The formula of an `f` element without attributes that matter; `sort` is that of its row, if known."""
        formula = unescaped(text) if "&" in text else text
        for one in (sort, None):
            above = self._above.get((one, column))
            if above is not None and above.is_copied(formula, row, column):
                self._above[sort, column] = above
                return above
        self._above[sort, column] = SharedFormula(formula, row, column)
        return formula or None

    def close(self) -> None:
        """Give the followers that came before their group's first cell their formula."""
        for group, row, column in sorted(self._waiting, key=itemgetter(1, 2)):
            if group in self._groups:
                self._cells.put_formula(row, column, self._groups[group])
            else:
                message = _("{at}: Die Formel fehlt; sie ist mit einer Zelle geteilt, die es nicht gibt.")
                self._notes.add(message, row, column)

    def _shared(self, group: str, formula: str | None, row: int, column: int) -> str | SharedFormula | None:
        if formula is not None:
            self._groups[group] = SharedFormula(formula, row, column)
            return formula
        if group not in self._groups:
            self._waiting.append((group, row, column))
        return self._groups.get(group)

    def _range(self, kind: str, given: dict[str, str], formula: str | None, at: tuple[int, int]) -> str | None:
        area = area_of(given.get("ref", ""))
        if area is not None:
            self._arrays.append(area)
        if "ref" in given:
            self._cells.arrays[at] = given["ref"]
        return _table_function(given) if kind == "dataTable" else formula

    def _attributes(self, attributes: str) -> dict[str, str]:
        if attributes not in self._given:
            self._given[attributes] = attributes_of(attributes)
        return self._given[attributes]


def _table_function(given: dict[str, str]) -> str:
    """A what-if table as Excel shows it: TABLE(row input, column input)."""
    first, second = given.get("r1", ""), given.get("r2", "")
    if given.get("dt2D") in ("1", "true"):
        return f"TABLE({first},{second})"
    return f"TABLE({first},)" if given.get("dtr") in ("1", "true") else f"TABLE(,{first})"
