"""Which formulas of a workbook have the same shape? Each shape is parsed once, so that 100,000 formulas cost little.

A formula filled down or across changes only the row numbers and column letters of its references. Where a formula is
what the last one of its column becomes in this row, its text need not even be cut at its numbers.
"""

from __future__ import annotations

from pik_excel.grid.shared import SharedFormula
from pik_excel.recalc.form import Form, form_of
from pik_excel.recalc.spelled import Parts, Spelling, spelling_of
from pik_excel.recalc.syntax import Node, walk


class Shapes:
    """Gives each formula its tree; equal shapes give the same object.

    With `rows_in_step` =Annahmen!$C$11 below =Annahmen!$C$10 is of the same shape as if its row were not fixed: each
    formula still reads what it read, and only who asks how it was written can tell.
    """

    def __init__(self, *, rows_in_step: bool = False) -> None:
        self._rows_in_step = rows_in_step
        self._filled_down: dict[int, tuple[int, str, tuple[int, ...], Node]] = {}
        self._spellings: dict[tuple[int, str, bool], Spelling] = {}
        self._parts = Parts()
        self._groups: dict[int, tuple[SharedFormula, Node]] = {}
        self._trees: dict[Node, Node] = {}
        self._forms: dict[Form, Form] = {}
        self.forms: dict[int, Form] = {}
        """What each tree consists of, by its identity."""

    def of(self, formula: str | SharedFormula, row: int, column: int) -> Node:
        """The tree of the formula (without "=") at this row and column."""
        if isinstance(formula, SharedFormula):
            return self._of_group(formula)
        filled_down = self._filled_down.get(column)
        if filled_down is not None:
            first, template, distances, tree = filled_down
            if row >= first and template % tuple([row + distance for distance in distances]) == formula:
                return tree
        spelling = self._spelling(formula, column, rows_in_step=self._rows_in_step)
        tree, given = spelling.tree(formula, row, self.shared)
        if given is not None:
            self._filled_down[column] = row, *spelling.filled_down(formula, given), tree
        return tree

    def _spelling(self, formula: str, column: int, *, rows_in_step: bool) -> Spelling:
        key = column, spelling_of(formula), rows_in_step
        spelling = self._spellings.get(key)
        if spelling is None:
            spelling = Spelling(key[1], column, self._parts, rows_in_step=rows_in_step)
            self._spellings[key] = spelling
        return spelling

    def _of_group(self, group: SharedFormula) -> Node:
        found = self._groups.get(id(group))
        if found is None or found[0] is not group:
            spelling = self._spelling(group.text, group.column, rows_in_step=False)  # what it fixes, it fixes for all
            found = self._groups[id(group)] = (group, spelling.tree(group.text, group.row, self.shared)[0])
        return found[1]

    def shared(self, tree: Node, form: Form | None = None) -> Node:
        """The one object that stands for all trees equal to this one; `form` is its own, if known."""
        known = self._trees.setdefault(tree, tree)
        if known is tree and id(tree) not in self.forms:
            form = form_of(walk(tree)) if form is None else form
            self.forms[id(tree)] = self._forms.setdefault(form, form)
        return known
