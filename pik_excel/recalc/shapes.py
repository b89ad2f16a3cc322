"""Which formulas of a workbook have the same shape? Each shape is parsed once, so that 100,000 formulas cost little.

A formula filled down or across changes only the row numbers and column letters of its references. The text split at
its row numbers, these numbers taken as distances, is a key that filled formulas of one column share. Where a formula
is what the last one of its column becomes in this row, it need not even be split.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pik_excel.grid.shared import SharedFormula
from pik_excel.patterns import pattern
from pik_excel.recalc.standing_in import WithRows, with_rows
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


_FIXED_ROW = pattern(r"(?<=[A-Za-z]\$)([1-9]\d{0,5})(?![\w.(!\[])")
_LONG = pattern(r"\d{7}")
_STANDS_IN = 1_000_000  # from here on a row stands for one of the fixed rows of a formula


class _Filled(NamedTuple):
    """What makes the trees of formulas that differ in fixed rows only, and those it made, by these rows."""

    with_rows: WithRows
    trees: dict[tuple[int, ...], Node]


class Shapes:
    """Gives each formula its tree; equal shapes give the same object."""

    def __init__(self) -> None:
        self._filled_down: dict[int, tuple[int, str, tuple[int, ...], Node]] = {}
        self._by_text: dict[tuple[object, ...], Node | None] = {}
        self._by_references: dict[tuple[object, ...], Node] = {}
        self._groups: dict[int, tuple[SharedFormula, Node]] = {}
        self._trees: dict[Node, Node] = {}
        self._with_rows: dict[tuple[object, ...], _Filled] = {}
        self._filled: dict[int, _Filled] = {}

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
        literals, letters, digits = careful[1::4], careful[2::4], [found for found in careful[3::4] if found]
        whole_rows = any(literal and literal[0] not in "\"'[" for literal in literals)
        if not whole_rows and _DIGITS_AFTER_LETTER.findall(formula) == digits:  # `key` tells all that there is to tell
            tree = self._by_text[key] = self._parsed(careful, formula, row, column)
            return tree
        self._by_text[key] = None
        rows = [int(found) - row for found in digits]
        reference_key = (column, row if whole_rows else 0, *careful[::4], *literals, *letters, *rows)
        known = self._by_references.get(reference_key)
        if known is None:
            tree = (
                self.shared(parse(formula, row, column)) if whole_rows else self._parsed(careful, formula, row, column)
            )
            known = self._by_references[reference_key] = tree
        return known

    def _parsed(self, careful: list[str | None], formula: str, row: int, column: int) -> Node:
        tree = self._with_fixed_rows(careful, row, column) if "$" in formula else None
        return self.shared(parse(formula, row, column)) if tree is None else tree

    def _with_fixed_rows(self, careful: list[str | None], row: int, column: int) -> Node | None:
        """The tree of a formula that takes fixed rows (`Annahmen!$C$10`): one that differs in these only is parsed
        once. None where it takes none. `careful` is the formula cut at literals and at rows that are not fixed."""
        cut = [_FIXED_ROW.split(text or "") for text in careful[::4]]
        fixed = tuple([int(digits) for one in cut for digits in one[1::2]])
        rows = tuple(int(digits) - row for digits in careful[3::4] if digits)
        texts = tuple(text for one in cut for text in (*one[::2], None))
        if not fixed or any(text and _LONG.search(text) for text in texts):
            return None
        key = (column, rows, texts, *careful[1::4], *careful[2::4])
        found = self._with_rows.get(key)
        if found is None:
            standing_in = range(_STANDS_IN, _STANDS_IN + len(fixed))
            numbers = iter(standing_in)
            cut_texts = [_FIXED_ROW.sub(lambda _digits: str(next(numbers)), text or "") for text in careful[::4]]
            between = zip(careful[1::4], careful[2::4], careful[3::4], strict=True)
            parts = [literal if literal else f"{letters}{digits}" for literal, letters, digits in between]
            written = "".join(text + part for text, part in zip(cut_texts, [*parts, ""], strict=True))
            tree = self.shared(parse(written, row, column))  # that of the columns beside it, too
            found = self._filled.setdefault(id(tree), _Filled(with_rows(tree, standing_in), {}))
            self._with_rows[key] = found
        if fixed not in found.trees:
            found.trees[fixed] = self.shared(found.with_rows(fixed))
        return found.trees[fixed]
