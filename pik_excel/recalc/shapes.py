"""Which formulas of a workbook have the same shape? Each shape is parsed once, so that 100,000 formulas cost little.

A formula filled down or across changes only the row numbers and column letters of its references. The text split at
its row numbers, these numbers taken as distances, is a key that filled formulas of one column share. Where a formula
is what the last one of its column becomes in this row, it need not even be split.

Formulas that differ in their rows and numbers only (=U10*101+1, =U77*5+3) have trees of their own; of those only the
first two are parsed, the others are made like the second.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import count

from pik_excel.grid.reference import MAX_ROW
from pik_excel.grid.shared import SharedFormula
from pik_excel.patterns import pattern
from pik_excel.recalc.standing_in import Given, WithNumbers, number_standing_in, row_standing_in, with_numbers
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


_ROW_OR_NUMBER = pattern(
    r"(?<=[A-Za-z]\$)([1-9]\d{0,5})(?![\w.(!\[])"  # a fixed row
    r"|(?<![\w.$:#])((?:\d+\.?\d*|\.\d+))(?![\w.(!:\[])"
)
_LONG = pattern(r"\d{7}")
_LONGEST = 300  # digits of a number


class Shapes:
    """Gives each formula its tree; equal shapes give the same object."""

    def __init__(self) -> None:
        self._filled_down: dict[int, tuple[int, str, tuple[int, ...], Node]] = {}
        self._by_text: dict[tuple[object, ...], Node | None] = {}
        self._by_references: dict[tuple[object, ...], Node] = {}
        self._groups: dict[int, tuple[SharedFormula, Node]] = {}
        self._trees: dict[Node, Node] = {}
        self._seen: set[tuple[object, ...]] = set()
        self._alike: dict[tuple[object, ...], WithNumbers | None] = {}

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
        """The tree of a formula that is not known yet. `careful` is the formula cut at literals and at rows that move
        along; one that differs from earlier ones in its rows and numbers only is not parsed again."""
        cut = [_ROW_OR_NUMBER.split(text or "") for text in careful[::4]]
        key = (column, *(text for one in cut for text in (*one[::3], None)), *careful[1::4], *careful[2::4])
        if key not in self._seen:
            self._seen.add(key)
            return self.shared(parse(formula, row, column))
        if key not in self._alike:
            self._alike[key] = _made_of(cut, careful, column)
        make = self._alike[key]
        given = _given(cut, careful, row) if make is not None else None
        return self.shared(parse(formula, row, column) if make is None or given is None else make(given))


def _made_of(cut: list[list[str]], careful: list[str | None], column: int) -> WithNumbers | None:
    """What makes the trees of all formulas with these texts between their rows and numbers; None where it is not plain
    what is a row or number."""
    places = count()
    written = []
    for text, literal, letters in zip(cut, [*careful[1::4], None], [*careful[2::4], None], strict=True):
        for before, fixed_row, number in zip(text[::3], [*text[1::3], None], [*text[2::3], None], strict=True):
            stands_in = row_standing_in if fixed_row else number_standing_in if number else None
            written.append(before + (stands_in(next(places)) if stands_in else ""))
        written.append(literal or (f"{letters}{row_standing_in(next(places))}" if letters else ""))
    if any(_LONG.search(before) for text in cut for before in text[::3]):
        return None
    return with_numbers(parse("".join(written), 0, column), next(places))


def _given(cut: list[list[str]], careful: list[str | None], row: int) -> list[Given] | None:
    """The rows and numbers of a formula in their order; None where one is beyond all that a sheet holds."""
    given: list[Given] = []
    for text, digits in zip(cut, [*careful[3::4], None], strict=True):
        for fixed_row, number in zip(text[1::3], text[2::3], strict=True):
            if number and len(number) > _LONGEST:
                return None
            given.append(int(fixed_row) if fixed_row else Decimal(number))
        if digits:
            if int(digits) > MAX_ROW:
                return None
            given.append(int(digits) - row)
    return given
