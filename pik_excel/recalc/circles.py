"""Which formulas depend on themselves, for certain?

A circle counts only where each formula in it takes the value of the next whatever happens: not where it only asks for
its place (ROW), chooses among cells (INDEX, OFFSET, INDIRECT), takes one cell of a range by its own row, or has the
reference in a branch of an IF that it does not take at present.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.grid.reference import Address, Area
from pik_excel.recalc.arithmetic import Function, Unknown
from pik_excel.recalc.coarse import suspects
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.functions import ADMITTED
from pik_excel.recalc.graph import Order
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.syntax import Call, Node, Reference, children
from pik_excel.records import dataclass

_NOT_THE_VALUE = frozenset(
    {"ROW", "ROWS", "COLUMN", "COLUMNS", "AREAS", "CELL", "SHEET", "SHEETS", "FORMULATEXT", "ISFORMULA", "ISREF"}
    | {"INDIRECT", "ANCHORARRAY", "SINGLE"}
)
_NOT_THE_FIRST = frozenset({"INDEX", "OFFSET"})
_CHOOSING = frozenset({"IF", "IFS", "CHOOSE", "SWITCH", "IFERROR", "IFNA", "LET", "LAMBDA"})
"""Functions that take their first argument and then, perhaps, one of the others."""


@dataclass(frozen=True)
class Circle:
    """Formulas that depend on each other. `way` goes from the first once round: each reads the next, the last the
    first; of several circles that hang together it is a shortest one."""

    cells: tuple[Address, ...]
    way: tuple[Address, ...]


def circles(contents: Contents) -> tuple[Circle, ...]:
    """All circles, each with its cells in the order of the file."""
    taken = _Taken(contents)
    certain: list[tuple[Address, ...]] = []
    doubtful: list[tuple[Address, ...]] = []
    for circle in possible_circles(contents):
        (certain if taken.all_read_by(circle) else doubtful).append(circle)
    sure = Order(contents, [at for circle in certain for at in circle])
    order = Order(contents, [at for circle in doubtful for at in circle], taken.areas)
    ways = [(found, sure) for found in certain] + [(found, order) for found in order.circles()]
    position = {at: number for number, at in enumerate(contents.trees)} if ways else {}
    found = [(tuple(sorted(circle, key=position.__getitem__)), among) for circle, among in ways]
    found.sort(key=lambda one: position[one[0][0]])
    return tuple(Circle(cells, _way_round(among, cells)) for cells, among in found)


def possible_circles(contents: Contents) -> tuple[tuple[Address, ...], ...]:
    """The formulas that refer to each other in circles, whether they take the value or not."""
    return contents.once("possible circles", lambda: Order(contents, suspects(contents)).circles())


def _way_round(order: Order, cells: tuple[Address, ...]) -> tuple[Address, ...]:
    """A shortest way from the first cell back to it."""
    if len(cells) == 1:
        return cells
    first, inside = cells[0], set(cells)
    came_from: dict[Address, Address] = {}
    known: set[tuple[str, Area]] = set()
    waiting = [first]
    for at in waiting:
        for cell in order.left_and_read_by(at, known):
            if cell == first:
                return _back(at, first, came_from)
            if cell in inside and cell not in came_from:
                came_from[cell] = at
                waiting.append(cell)
    return cells


def _back(at: Address, first: Address, came_from: dict[Address, Address]) -> tuple[Address, ...]:
    way = [at]
    while way[-1] != first:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


class _Taken:
    """What formulas take the value of for certain."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._evaluator = Evaluator(contents.in_file)
        self._conditions: dict[tuple[int, str], Function | None] = {}

    def areas(self, at: Address) -> Iterator[tuple[str, Area]]:
        """The cells that the formula takes."""
        for reference in self._taken_by(at):
            yield reference.sheet or at.sheet, reference.area(at.row, at.column)

    def all_read_by(self, circle: tuple[Address, ...]) -> bool:
        """Whether the formulas take each cell that they refer to, as nearly all do."""
        trees = self._contents.trees
        one_of_each = {(id(trees[at]), at in self._contents.array_areas): at for at in circle}
        return not any(
            self._has_condition(at) or len(self._taken_by(at)) != len(self._contents.references(trees[at]))
            for at in one_of_each.values()
        )

    def _taken_by(self, at: Address) -> tuple[Reference, ...]:
        """The same for all formulas of one shape, unless it has an IF."""
        array = at in self._contents.array_areas

        def found(tree: Node) -> tuple[Reference, ...]:
            return tuple(self._references(tree, at, array))

        if self._has_condition(at):
            return found(self._contents.trees[at])
        return self._contents.once_per_shape(f"takes, array: {array}", at, found)

    def _has_condition(self, at: Address) -> bool:
        return "IF" in self._contents.form(self._contents.trees[at]).functions

    def _references(self, node: Node, at: Address, array: bool) -> Iterator[Reference]:
        """`array` where whole ranges are taken; elsewhere a formula takes only the cell in its own row or column."""
        if isinstance(node, Reference):
            if node.single or array:
                yield node
        elif isinstance(node, Call):
            yield from self._of_call(node, at, array)
        else:
            for child in children(node):
                yield from self._references(child, at, array)

    def _of_call(self, call: Call, at: Address, array: bool) -> Iterator[Reference]:
        if call.name in _CHOOSING:
            for argument in self._chosen(call, at):
                yield from self._references(argument, at, array)
            return
        signature = ADMITTED.get(call.name)
        kinds = (signature.kinds(len(call.arguments)) if signature else None) or "v" * len(call.arguments)
        for index, (kind, argument) in enumerate(zip(kinds, call.arguments, strict=True)):
            if not isinstance(argument, Reference):
                yield from self._references(argument, at, array or kind == "a")
            elif _takes_value(call.name, index) and (argument.single or array or kind in "ra"):
                yield argument

    def _chosen(self, call: Call, at: Address) -> Iterator[Node]:
        yield from call.arguments[:1]
        if call.name == "IF":
            holds = self._holds(call.arguments[0], at)
            if holds is not None:
                yield from call.arguments[1:2] if holds else call.arguments[2:3]

    def _holds(self, condition: Node, at: Address) -> bool | None:
        """Whether the condition holds by the stored values; None where that is not known."""
        key = id(condition), at.sheet
        if key not in self._conditions:
            self._conditions[key] = self._evaluator.function(condition, at.sheet)
        function = self._conditions[key]
        try:
            found = function(at.row, at.column) if function else None
        except Unknown:
            return None
        return bool(found) if isinstance(found, (bool, Decimal)) else None


def _takes_value(function: str, index: int) -> bool:
    """Whether the function takes the value of a cell that is its argument, not only the place."""
    return function not in _NOT_THE_VALUE and not (function in _NOT_THE_FIRST and index == 0)
