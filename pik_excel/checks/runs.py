"""Which formulas are copies of one another, what do they refer to, and which of them add up?

A formula's shape is its tree with every reference relative to its own cell (R1C1): a formula that is filled down or
across keeps its shape. A large workbook has 100,000 formulas and a handful of shapes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import cached_property, wraps
from itertools import chain
from operator import attrgetter, is_
from typing import TypeVar
from weakref import WeakKeyDictionary

from pik_excel.checks.catalogue import Subject
from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, Address, Area, column_letters
from pik_excel.grid.store import ByRow
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.copies import Copies, copies_of
from pik_excel.recalc.form import Form, form_of
from pik_excel.recalc.graph import Dependents
from pik_excel.recalc.syntax import (
    Beyond,
    Call,
    Failure,
    Node,
    Number,
    Operation,
    Percent,
    Reference,
    Sign,
    walk,
)
from pik_excel.records import dataclass


class Shape:
    """What all copies of one formula on one sheet have in common. Compared by identity: each shape is there once.

    `tree` has names and table references as plain ranges.
    """

    def __init__(self, tree: Node, form: Form, references: tuple[Reference, ...]) -> None:
        self.tree = tree
        self.form = form
        self.references = references  # relative

    @property
    def is_unclear(self) -> bool:
        """Whether something in it is not known here, so that two of them may differ."""
        return Beyond in self.form.kinds

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes of the tree."""
        return tuple(walk(self.tree))

    @cached_property
    def unrounded(self) -> Node:
        """The formula without its ROUNDs."""
        return _unrounded(self.tree)

    @property
    def lost(self) -> bool:
        """Whether it holds what is left of a deleted reference."""
        nodes = self.nodes if Failure in self.form.kinds else ()
        return any(isinstance(node, Failure) and node.code == "#REF!" for node in nodes)

    @property
    def elsewhere(self) -> bool:
        """Whether it refers to another workbook."""
        nodes = self.nodes if self.is_unclear else ()
        return bool(self.form.elsewhere) or any(isinstance(one, Beyond) and one.kind == "external" for one in nodes)

    @cached_property
    def sum(self) -> Sum | None:
        """What it adds up, None where it does anything else besides."""
        return _sum(self.tree)

    @cached_property
    def terms(self) -> frozenset[Reference]:
        """The single cells that it adds or takes off, of which an empty one is nothing unusual: =E4+C5-D5."""
        return frozenset(one for one in _terms(self.tree) if one.single)

    @cached_property
    def on_its_sheet(self) -> tuple[tuple[Reference, bool], ...]:
        """Its references to its own sheet, each with whether it is one of the `terms`."""
        return tuple((one, one.single and one in self.terms) for one in self.references if one.sheet is None)


@dataclass(frozen=True)
class Sum:
    """A formula that only adds: SUM, SUBTOTAL, AGGREGATE or a chain of plus signs, rounded or not.

    `areas` tells a range from the single cells of a chain; `nested` is set where SUBTOTAL leaves out what is itself
    a SUBTOTAL; `visible_only` where hidden rows are left out too.
    """

    references: tuple[Reference, ...]
    constants: tuple[Decimal, ...] = ()
    nested: bool = False
    visible_only: bool = False
    calls: bool = False  # SUM, SUBTOTAL or AGGREGATE occurs, not only plus signs

    def areas(self, sheet: str, row: int, column: int) -> list[Area] | None:
        """The cells it adds when it stands at this cell; None where some lie on another sheet."""
        if any(one.sheet is not None and one.sheet.casefold() != sheet.casefold() for one in self.references):
            return None
        return [one.area(row, column) for one in self.references]


@dataclass(frozen=True)
class Run:
    """Neighbouring cells of one shape in a column or row: positions first to last."""

    shape: Shape
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class FormulaGrid:
    """The formulas of one sheet: the shape at each cell, and their rows by column and columns by row, ascending."""

    sheet: Sheet
    shapes: ByRow[Shape]

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """Rows that hold a formula, by column."""
        found: dict[int, list[list[int]]] = defaultdict(list)
        for shapes, rows in self.shapes.alike:
            for column in shapes:
                found[column].append(rows)
        return {column: sorted(chain.from_iterable(rows)) for column, rows in found.items()}

    @cached_property
    def columns(self) -> dict[int, tuple[int, ...]]:
        """Columns that hold a formula, by row."""
        found: dict[int, tuple[int, ...]] = {}
        for shapes, rows in self.shapes.alike:
            found.update(dict.fromkeys(rows, tuple(sorted(shapes))))  # the rows of a large table share one
        return {row: found[row] for row in sorted(found)}

    @cached_property
    def rows_with_copies(self) -> list[int]:
        """The rows in which a formula stands more than once, ascending; what its rows share is looked at once."""
        having = (rows for shapes, rows in self.shapes.alike if len(set(shapes.values())) < len(shapes))
        return sorted(chain.from_iterable(having))

    @cached_property
    def copies(self) -> dict[Shape, Copies]:
        """The cells of each shape."""
        return dict(copies_of(self.shapes))

    @cached_property
    def runs(self) -> dict[int, list[Run]]:
        """The copies of one formula right below each other, by column, from top to bottom."""
        found: dict[int, list[Run]] = defaultdict(list)
        for shape, copies in self.copies.items():
            for column, rows in copies.by_column.items():
                found[column] += (Run(shape, first, last) for first, last in stretches(rows))
        return {column: sorted(found[column], key=attrgetter("first")) for column in self.rows}

    @cached_property
    def sums(self) -> ByRow[Sum]:
        """The cells that only add up, with what they add."""
        return self.shapes.retold(
            lambda shapes: {column: shape.sum for column, shape in shapes.items() if shape.sum is not None}
        )


@dataclass(frozen=True)
class Formulas:
    """All formulas of a workbook."""

    grids: tuple[FormulaGrid, ...]
    _by_name: dict[str, FormulaGrid] = field(default_factory=dict)

    def of(self, sheet: str) -> FormulaGrid | None:
        """The formulas of that sheet, None where there is no such sheet."""
        if not self._by_name:
            self._by_name.update({one.sheet.name.casefold(): one for one in self.grids})
        return self._by_name.get(sheet.casefold())

    def shape(self, at: Address) -> Shape | None:
        """The shape at the cell, None where it holds no formula."""
        grid = self.of(at.sheet)
        return grid.shapes.get((at.row, at.column)) if grid else None

    @property
    def any(self) -> bool:
        """Whether the workbook calculates at all; an export of values only does not."""
        return any(grid.shapes for grid in self.grids)


Result = TypeVar("Result")
_UNKNOWN = object()


def once(function: Callable[[Subject], Result]) -> Callable[[Subject], Result]:
    """Compute a function of the subject once for each subject, however many rules ask."""
    known: WeakKeyDictionary[Subject, Result] = WeakKeyDictionary()

    @wraps(function)
    def remembered(subject: Subject) -> Result:
        found = known.get(subject, _UNKNOWN)
        if found is _UNKNOWN:
            found = known[subject] = function(subject)
        return found  # type: ignore[return-value]  # what `function` gave

    return remembered


@once
def contents(subject: Subject) -> Contents:
    """The formulas of the subject's workbook as trees."""
    return Contents(subject.reading.workbook)


@once
def dependents(subject: Subject) -> Dependents:
    """Which formulas read which cells, however large the ranges."""
    return Dependents(contents(subject))


@once
def formulas(subject: Subject) -> Formulas:
    """All formulas of the subject's workbook, with their shapes."""
    of_workbook, sheets = contents(subject), subject.reading.workbook.sheets
    return Formulas(tuple(FormulaGrid(sheet, _shapes(sheet.name, of_workbook)) for sheet in sheets))


def _shapes(sheet: str, contents: Contents) -> ByRow[Shape]:
    known: dict[int, Shape] = {}
    alike: dict[Node, Shape] = {}

    def shape_of(tree: Node) -> Shape:
        shape = known.get(id(tree))
        if shape is None:
            shape = known[id(tree)] = new(tree)
        return shape

    def new(tree: Node) -> Shape:
        form = contents.form(tree)
        if not any(one is not None and one.casefold() == sheet.casefold() for one in form.sheets):
            return Shape(tree, form, contents.references(tree))
        home = at_home(tree, sheet)
        if home not in alike:
            nodes = tuple(walk(home))
            alike[home] = Shape(home, form_of(nodes), tuple(one for one in nodes if isinstance(one, Reference)))
        return alike[home]

    return contents.trees.on(sheet).retold(lambda row: {column: shape_of(tree) for column, tree in row.items()})


def at_home(node: Node, sheet: str) -> Node:
    """The tree with references that name the formula's own sheet as if they did not; itself where there are none."""
    match node:
        case Reference(sheet=str() as name) if name.casefold() == sheet.casefold():
            return replace(node, sheet=None)
        case Call(_, arguments):
            own = tuple(at_home(one, sheet) for one in arguments)
            return node if all(map(is_, own, arguments)) else replace(node, arguments=own)
        case Operation(_, left, right):
            first, second = at_home(left, sheet), at_home(right, sheet)
            return node if first is left and second is right else replace(node, left=first, right=second)
        case Sign(_, operand) | Percent(operand):
            inner = at_home(operand, sheet)
            return node if inner is operand else replace(node, operand=inner)
    return node


def _sum(tree: Node) -> Sum | None:
    """The tree as a sum, None where it is anything else; a lone reference is no sum."""
    if isinstance(tree, Call) and tree.name == "ROUND" and len(tree.arguments) == 2:
        return _sum(tree.arguments[0])
    found = _Summands()
    if not found.take(tree) or not found.references or (not found.calls and len(found.references) < 2):
        return None
    return Sum(tuple(found.references), tuple(found.constants), found.nested, found.visible_only, found.calls)


class _Summands:
    """The parts of a `Sum`, as they are found from left to right."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.constants: list[Decimal] = []
        self.nested = self.visible_only = self.calls = False

    def take(self, node: Node) -> bool:
        """Whether the node only adds; if so, what it adds is among the parts."""
        match node:
            case Reference():
                self.references.append(node)
                return True
            case Number(value):
                self.constants.append(value)
                return True
            case Sign("+", operand):
                return self.take(operand)
            case Operation("+", left, right):
                return self.take(left) and self.take(right)
            case Operation("-", left, Number(value)):
                return self.take(left) and self.take(Number(-value))
            case Call("SUM", arguments):
                return self._call(arguments)
            case Call("SUBTOTAL", (Number(kind), *ranges)) if kind in (9, 109):
                return self._call(ranges, nested=True, visible_only=kind == 109)
            case Call("AGGREGATE", (Number(kind), Number(option), *ranges)) if kind == 9:
                # 4 to 7 add subtotals, too; 1, 3, 5, 7 no hidden rows
                return self._call(ranges, nested=option < 4, visible_only=option % 2 == 1)
        return False

    def _call(self, arguments: Sequence[Node], nested: bool = False, visible_only: bool = False) -> bool:
        self.calls = True
        self.nested |= nested
        self.visible_only |= visible_only
        return all(map(self.take, arguments))


def _terms(tree: Node) -> Iterator[Reference]:
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case Reference() as found:
                yield found
            case Sign(_, operand):
                waiting.append(operand)
            case Operation("+" | "-", left, right):
                waiting += (right, left)
            case Call("SUM", arguments):
                waiting += reversed(arguments)
            case Call("ROUND", (inner, *_)):
                waiting.append(inner)


def _unrounded(tree: Node) -> Node:
    match tree:
        case Call("ROUND", (inner, _)):
            return _unrounded(inner)
        case Call(name, arguments):
            return Call(name, tuple(map(_unrounded, arguments)))
        case Operation(operator, left, right):
            return Operation(operator, _unrounded(left), _unrounded(right))
        case Sign(operator, operand):
            return Sign(operator, _unrounded(operand))
        case Percent(operand):
            return Percent(_unrounded(operand))
    return tree


def stretches(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of positions that follow each other, of these, which ascend."""
    if positions[-1] - positions[0] + 1 == len(positions):
        yield positions[0], positions[-1]
        return
    first = last = positions[0]
    for position in positions[1:]:
        if position != last + 1:
            yield first, last
            first = position
        last = position
    yield first, last


def areas_of(shape: Shape, at: Address) -> Iterator[tuple[str, Area]]:
    """The sheet and the cells of each reference of the formula at this cell."""
    for one in shape.references:
        yield one.sheet or at.sheet, one.area(at.row, at.column)


def blocks(cells: Iterable[tuple[int, int]]) -> list[Area]:
    """The cells as rectangles: neighbours in a row first, then equal rows below each other."""
    ordered = sorted(cells)
    if len(ordered) == 1:
        return [Area(*ordered[0], *ordered[0])]
    strips: list[Area] = []
    for row, column in ordered:
        last = strips[-1] if strips else None
        if last is not None and last.top == row and last.right == column - 1:
            strips[-1] = last._replace(right=column)
        else:
            strips.append(Area(row, column, row, column))
    open_at: dict[tuple[int, int], int] = {}
    whole: list[Area] = []
    for strip in strips:
        index = open_at.get((strip.left, strip.right))
        if index is not None and whole[index].bottom == strip.top - 1:
            whole[index] = whole[index]._replace(bottom=strip.bottom)
        else:
            open_at[strip.left, strip.right] = len(whole)
            whole.append(strip)
    return whole


def cells_in(sheet: Sheet, area: Area) -> Iterator[Cell]:
    """The cells of the file within the area, by rows; cheap also for whole columns."""
    if area.size > 2 * len(sheet.cells):
        yield from (cell for (row, column), cell in sheet.cells.items() if area.holds(row, column))
        return
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            cell = sheet.cells.get((row, column))
            if cell is not None:
                yield cell


def named(sheet: str, area: Area) -> str:
    """ "Maßnahmen!C3:C13", whole columns as "C:C"."""
    if area.top == 1 and area.bottom == MAX_ROW:
        return f"{sheet}!{column_letters(area.left)}:{column_letters(area.right)}"
    if area.left == 1 and area.right == MAX_COLUMN:
        return f"{sheet}!{area.top}:{area.bottom}"
    return f"{sheet}!{area.a1}"
