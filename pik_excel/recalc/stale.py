"""Which stored values are not what their formulas give?

Each formula is computed from the values *stored* in the cells it refers to, so that only the cell that is wrong
itself is named: not those that were computed from its wrong value, nor those that have the right value nevertheless.
It counts as wrong only where our own evaluator and the engine, which share no code, agree with each other against the
stored value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Value, Workbook
from pik_excel.language import number
from pik_excel.recalc.alone import each_alone
from pik_excel.recalc.arithmetic import Function, Unknown
from pik_excel.recalc.circles import possible_circles
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.copies import Copies
from pik_excel.recalc.engine import BrokeOff, UnusableName
from pik_excel.recalc.filled import ITSELF, FilledDown
from pik_excel.recalc.independent import Evaluator, values_at
from pik_excel.recalc.limits import too_much
from pik_excel.recalc.syntax import Node
from pik_excel.recalc.trust import same, saved_by_a_calculating_program
from pik_excel.records import dataclass

_SHOWN = 6  # inputs named in a message
_ROUNDS = 20
_WORK = 200_000  # in all these rounds: where thousands of values are wrong, all of them are named
_FORMULA = 5  # what a formula costs, where a cell that it reads costs 1
_FEW = 2
_MANY = 8  # formulas below each other that are computed at once, so many of them at most:
_AT_ONCE = 500


@dataclass(frozen=True)
class Stale:
    """`stored` stands in the file (None: nothing), `computed` is what the formula gives from what is stored in
    the cells it reads."""

    at: Address
    stored: Value
    computed: Value


def stale_values(
    workbook: Workbook, contents: Contents | None = None, among: Iterable[Address] | None = None
) -> tuple[Stale, ...]:
    """The cells whose stored value is not what their formula gives, in the order of the file.

    None in a file that was plainly never calculated: where no formula has a value, or most are wrong and no program
    that computes saved it; but one or two that state something other than 0 were computed once. `contents` saves
    reading the formulas again; `among` are the cells to look at, all unless told.
    """
    if workbook.calculation.as_displayed:
        return ()
    contents = contents or Contents(workbook)
    suspects, right = _suspects(contents, contents.copies if among is None else _copies_among(contents, among))
    if not right and all(contents.original(at) is None for at, _ in suspects):
        return ()
    were_computed = len(suspects) <= _FEW and all(contents.original(at) for at, _ in suspects)
    if len(suspects) > right and not were_computed and not saved_by_a_calculating_program(workbook):
        return ()
    try:
        return tuple(_without_followers(contents, list(_confirmed(contents, suspects))))
    except (UnusableName, BrokeOff):
        return ()


def _copies_among(contents: Contents, cells: Iterable[Address]) -> Iterator[tuple[str, Node, Copies]]:
    by_tree: dict[tuple[str, int], list[Address]] = {}
    for at in cells:
        by_tree.setdefault((at[0], id(contents.trees[at])), []).append(at)
    for alike in by_tree.values():
        by_column: dict[int, list[int]] = {}
        for _sheet, row, column in sorted(alike):
            by_column.setdefault(column, []).append(row)
        yield alike[0].sheet, contents.trees[alike[0]], Copies(by_column)


def _suspects(
    contents: Contents, formulas: Iterable[tuple[str, Node, Copies]]
) -> tuple[list[tuple[Address, Value]], int]:
    """The cells whose stored value our evaluator does not reproduce, with its own; and how many it does reproduce
    that are not simply 0 or empty, as a program leaves them that does not compute."""
    comparison = _Comparison(contents)
    for formula in formulas:
        comparison.compare(*formula)
    order = {name: number for number, name in enumerate(contents.sheets)}
    return sorted(comparison.suspects, key=lambda one: (order[one[0].sheet], one[0])), comparison.right


class _Comparison:
    """Stored values held against those of our evaluator."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._evaluator = Evaluator(contents.in_file)
        self._filled = FilledDown(self._evaluator)
        self.suspects: list[tuple[Address, Value]] = []
        self.right = 0

    def compare(self, sheet: str, tree: Node, copies: Copies) -> None:
        """The copies of one formula, where many stand below each other all at once."""
        function = self._evaluator.function(tree, sheet)
        if function is None:
            return
        for column, rows in copies.by_column.items():
            if len(rows) < _MANY:
                self._one_by_one(function, sheet, rows, column)
                continue
            filled, stored = self._filled.function(tree, sheet), self._filled.function(ITSELF, sheet)
            for start in range(0, len(rows), _AT_ONCE):
                part = rows[start : start + _AT_ONCE]
                values = self._filled.numbers(stored, part, column), self._filled.numbers(filled, part, column)
                if not self._are_right(*values):
                    self._one_by_one(function, sheet, part, column)

    def _are_right(self, stored: list[Decimal] | None, computed: list[Decimal] | None) -> bool:
        if stored is None or computed is None or (stored != computed and not all(map(same, stored, computed))):
            return False
        self.right += sum(map(bool, stored))
        return True

    def _one_by_one(self, function: Function, sheet: str, rows: Sequence[int], column: int) -> None:
        contents = self._contents
        for row in rows:
            at = Address(sheet, row, column)
            try:
                computed = function(row, column)
            except Unknown:
                continue
            stored = contents.original(at)
            if contents.alike(at, stored, computed, contents.original):
                self.right += bool(stored)
            else:
                self.suspects.append((at, computed))


def _confirmed(contents: Contents, suspects: list[tuple[Address, Value]]) -> Iterator[Stale]:
    circling = {at for circle in possible_circles(contents) for at in circle} if suspects else set()
    plain = [one for one in suspects if one[0] not in contents.array_areas and one[0] not in circling]
    beyond = too_much(contents, {at: None for at, _ in plain})
    plain = [one for one in plain if one[0] not in beyond]
    if not plain:
        return
    engine_values = each_alone(contents, [at for at, _ in plain])
    for at, computed in plain:
        stored = contents.original(at)
        if same(engine_values[at], computed) and not same(engine_values[at], stored):
            yield Stale(at, stored, computed)


def _without_followers(contents: Contents, found: list[Stale]) -> list[Stale]:
    """Only those whose stored value is wrong also once the others are put right."""
    cells = {each.at for each in found}
    rounds = min(_ROUNDS, _WORK // _work(contents, cells)) if cells else 0
    if not rounds or cells.isdisjoint(contents.cells_read_by(cells)):
        return found
    right = {each.at: each.computed for each in found}
    for _ in range(rounds):
        better = _computed_with(contents, right)
        if better == right:
            break
        right = better
    return [each for each in found if not contents.alike(each.at, each.stored, right[each.at], contents.original)]


def _work(contents: Contents, formulas: Iterable[Address]) -> int:
    """What it takes to compute the formulas once, about: each counts, and each cell as often as it is read. What is
    beyond all measure is not counted to its end."""
    count = 0
    for at in formulas:
        if count > _WORK:
            break
        count += _FORMULA
        for sheet, (top, left, bottom, right) in contents.reads(at):
            rows, columns = min(bottom, contents.longest(sheet)) - top, min(right, contents.widest(sheet)) - left
            count += max(0, rows + 1) * max(0, columns + 1)
    return count


def _computed_with(contents: Contents, values: Mapping[Address, Value]) -> dict[Address, Value]:
    """What these formulas give where the cells of `values` hold those values."""
    changed: dict[str, dict[tuple[int, int], Cell]] = {}
    for at, value in values.items():
        changed.setdefault(at.sheet, {})[at.row, at.column] = Cell(at.row, at.column, value)
    fresh = {sheet: contents.in_file[sheet].replaced(cells) for sheet, cells in changed.items()}
    computed = values_at({**contents.in_file, **fresh}, ((at, contents.trees[at]) for at in values))
    return {**values, **computed}


def inputs_text(contents: Contents, at: Address) -> str:
    """The first few of the cells that the formula reads, with what is stored in them: "B4 = 66; B5 = 290; …", with the
    sheet where it is another one."""
    cells = list(islice(contents.cells_read(at), _SHOWN + 1))
    named = [
        f"{cell.a1 if cell.sheet == at.sheet else cell} = {_as_text(contents.original(cell))}"
        for cell in cells[:_SHOWN]
    ]
    return "; ".join(named + ["…"] * (len(cells) > _SHOWN))


def _as_text(value: Value) -> str:
    return number(value) if isinstance(value, Decimal) else str(value or "")
