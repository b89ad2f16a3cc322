"""Which formula has a cell that shares it with others, or that heads an array or a what-if table?

Most programs write a formula that was filled down at each of its cells again. That these are copies of one is found out
here, once for all: from here on they are held as Excel writes them.
"""

from __future__ import annotations

from operator import itemgetter

from pik_excel.grid.cell import Source
from pik_excel.grid.plain import attributes_of, unescaped
from pik_excel.grid.reference import Area, area_of
from pik_excel.grid.shared import SharedFormula
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
        self._above: dict[int, SharedFormula] = {}  # by column, the last formula that is no copy

    def of(self, attributes: str, text: str | None, row: int, column: int) -> tuple[Source, str | None]:
        """The formula of an `f` element with attributes, and the range that it heads as array formula or data table."""
        given = self._given.get(attributes)
        if given is None:
            given = self._given[attributes] = attributes_of(attributes)
        formula = unescaped(text) if text else None
        kind = given.get("t", "normal")
        if kind == "shared" and (formula is None or "ref" in given):
            return self._shared(given.get("si", ""), formula, row, column), None
        if kind in ("array", "dataTable"):
            return self._range(kind, given, formula)
        return formula, None

    def plain(self, text: str, row: int, column: int) -> Source:
        """The formula of an `f` element without attributes."""
        formula = unescaped(text) if "&" in text else text
        above = self._above.get(column)
        if above is not None and above.is_copied(formula, row, column):
            return above
        self._above[column] = SharedFormula(formula, row, column)
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

    def _range(self, kind: str, given: dict[str, str], formula: str | None) -> tuple[str | None, str | None]:
        area = area_of(given.get("ref", ""))
        if area is not None:
            self._arrays.append(area)
        if kind == "dataTable":
            formula = _table_function(given)
        return formula, given.get("ref")


def _table_function(given: dict[str, str]) -> str:
    """A what-if table as Excel shows it: TABLE(row input, column input)."""
    first, second = given.get("r1", ""), given.get("r2", "")
    if given.get("dt2D") in ("1", "true"):
        return f"TABLE({first},{second})"
    return f"TABLE({first},)" if given.get("dtr") in ("1", "true") else f"TABLE(,{first})"
