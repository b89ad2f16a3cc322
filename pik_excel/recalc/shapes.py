"""Which formulas of a workbook have the same shape? Each shape is parsed once, so that 100,000 formulas cost little.

A formula filled down or across changes only the row numbers and column letters of its references. The text split at
its row numbers, these numbers taken as distances, is a key that filled formulas of one column share. Where a formula
is what the last one of its column becomes in this row, it need not even be split.
"""

from __future__ import annotations

import re

from pik_excel.grid.shared import SharedFormula
from pik_excel.patterns import pattern
from pik_excel.recalc.syntax import Node, parse

_DIGITS_AFTER_LETTER = pattern(r"(?<=[A-Za-z])([1-9]\d*)")
_ROW_OF_REFERENCE = pattern(
    r"""("(?:[^"]|"")*"                                          # a text
      |'(?:[^']|'')*'                                            # a quoted sheet
      |\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                 # the inside of a table or the number of a link
      |(?<![\w$.])\$?\d+:\$?\d+)                                 # whole rows
      |(?<![\w.])(?<![\w.]\$)(\$?[A-Za-z]{1,3})([1-9]\d{0,6})(?![\w.(!\[])  # a cell whose row is not fixed
    """,
    re.VERBOSE,
)


class Shapes:
    """Gives each formula its tree; equal shapes give the same object."""

    def __init__(self) -> None:
        self._filled_down: dict[int, tuple[int, str, tuple[int, ...], Node]] = {}
        self._by_text: dict[tuple[object, ...], Node | None] = {}
        self._by_references: dict[tuple[object, ...], Node] = {}
        self._groups: dict[int, tuple[SharedFormula, Node]] = {}
        self._trees: dict[Node, Node] = {}

    def of(self, formula: str | SharedFormula, row: int, column: int) -> Node:
        """The tree of the formula (without "=") at this row and column."""
        if isinstance(formula, SharedFormula):
            return self._of_group(formula)
        filled_down = self._filled_down.get(column)
        if filled_down is not None:
            first, template, distances, tree = filled_down
            if row >= first and template % tuple([row + distance for distance in distances]) == formula:
                return tree
        return self._of_text(formula, row, column)

    def _of_text(self, formula: str, row: int, column: int) -> Node:
        parts = _DIGITS_AFTER_LETTER.split(formula)
        texts, distances = parts[::2], tuple([int(digits) - row for digits in parts[1::2]])
        key = (column, distances, *texts)
        found = self._by_text.get(key)
        if found is None:
            return self._first_of_its_kind(key, formula, row, column)
        self._filled_down[column] = row, "%d".join(text.replace("%", "%%") for text in texts), distances, found
        return found

    def _of_group(self, group: SharedFormula) -> Node:
        found = self._groups.get(id(group))
        if found is None or found[0] is not group:
            found = self._groups[id(group)] = (group, self.of(group.text, group.row, group.column))
        return found[1]

    def shared(self, tree: Node) -> Node:
        """The one object that stands for all trees equal to this one."""
        return self._trees.setdefault(tree, tree)

    def _first_of_its_kind(self, key: tuple[object, ...], formula: str, row: int, column: int) -> Node:
        careful = _ROW_OF_REFERENCE.split(formula)
        literals, letters, digits = careful[1::4], careful[2::4], careful[3::4]
        rows = [int(found) - row for found in digits if found]
        whole_rows = any(literal and literal[0] not in "\"'[" for literal in literals)
        reference_key = (column, row if whole_rows else 0, *careful[::4], *literals, *letters, *rows)
        tree = self._by_references.get(reference_key)
        if tree is None:
            tree = parse(formula, row, column)
            tree = self._by_references[reference_key] = self.shared(tree)
        plain = not whole_rows and _DIGITS_AFTER_LETTER.findall(formula) == [found for found in digits if found]
        self._by_text[key] = tree if plain else None
        return tree
