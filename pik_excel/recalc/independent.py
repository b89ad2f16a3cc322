"""What does a plain formula give, computed a second time without the engine?

A tiny evaluator in Decimal for what budgets live on: references, + - * / ^, percent, comparisons, SUM, ROUND, MIN,
MAX, AVERAGE, ABS, IF, AND, OR, NOT. It reads the stored values of the cells that a formula refers to, and for all else
it says that it does not know. Each shape is turned into nested functions of row and column once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal, DecimalException

from pik_excel.grid.reference import Address, Area
from pik_excel.grid.store import NO_CELLS, Cells, Place
from pik_excel.grid.workbook import Cell, Value
from pik_excel.recalc.arithmetic import (
    LISTS,
    ROUNDINGS,
    Failed,
    Function,
    Unknown,
    added,
    added_value,
    addend,
    always,
    as_number,
    as_truth,
    content,
    contents_of,
    failing,
    listed,
    operation,
    percent,
    rounded,
    signed,
)
from pik_excel.recalc.columns import Columns
from pik_excel.recalc.syntax import (
    Call,
    Failure,
    Logical,
    Missing,
    Node,
    Number,
    Operation,
    Percent,
    Reference,
    Sign,
    Text,
)

_ZERO = Decimal(0)
_SMALL = 64  # cells; larger ranges are read by column


def values_at(sheets: Mapping[str, Cells], formulas: Iterable[tuple[Address, Node]]) -> dict[Address, Value]:
    """What these formulas give, from the values stored in the cells; those of which it is not known are left out."""
    evaluator = Evaluator(sheets)
    functions: dict[tuple[int, str], Function | None] = {}
    found: dict[Address, Value] = {}
    for at, tree in formulas:
        shape = id(tree), at.sheet
        if shape not in functions:
            functions[shape] = evaluator.function(tree, at.sheet)
        function = functions[shape]
        if function is not None:
            with suppress(Unknown):
                found[at] = function(at.row, at.column)
    return found


class Evaluator:
    """Computes formulas from the values stored in the cells of a workbook, given by sheet name."""

    def __init__(self, sheets: Mapping[str, Mapping[Place, Cell]]) -> None:
        self._sheets = {sheet: Cells.of(cells) for sheet, cells in sheets.items()}
        self._columns: dict[str, Columns] = {}

    def function(self, tree: Node, sheet: str) -> Function | None:
        """The shape on this sheet as a function; None where something in it is beyond this evaluator."""
        try:
            inner = self._value(tree, sheet)
        except Unknown:
            return None

        def value(row: int, column: int) -> Value:
            try:
                found = inner(row, column)
            except Failed as failed:
                return failed.code
            except DecimalException:
                raise Unknown from None
            return _ZERO if found is None else found

        return value

    def cells(self, sheet: str) -> Cells:
        """The cells of a sheet, none where there is no such sheet."""
        return self._sheets.get(sheet, NO_CELLS)

    def _value(self, node: Node, sheet: str) -> Function:
        match node:
            case Number() | Text() | Logical():
                return always(node.value)
            case Failure():
                return failing(node.code)
            case Missing():
                return always(None)
            case Reference(single=True):
                return self._cell(node, sheet)
            case Percent():
                return percent(self._value(node.operand, sheet))
            case Sign():
                return signed(node.operator, self._value(node.operand, sheet))
            case Operation():
                return operation(node.operator, self._value(node.left, sheet), self._value(node.right, sheet))
            case Call():
                return self._call(node, sheet)
        raise Unknown

    def _cell(self, node: Reference, sheet: str) -> Function:
        if node.elsewhere:
            return lambda row, column: content(self._remembered(node, row, column)[0])
        read = contents_of(self.cells(node.sheet or sheet))
        down, across = node.top.number, node.left.number
        moves_down, moves_across = int(not node.top.fixed), int(not node.left.fixed)
        return lambda row, column: read(row * moves_down + down, column * moves_across + across)

    def _call(self, node: Call, sheet: str) -> Function:
        name, count = node.name, len(node.arguments)
        if name == "SUM" and count:
            return added([self._total(argument, sheet) for argument in node.arguments])
        if name in LISTS and count:
            return listed(LISTS[name], [self._items(argument, sheet) for argument in node.arguments])
        if name == "IF" and count in {2, 3}:
            return self._if(node, sheet)
        if name in ROUNDINGS and count == 2:
            number, digits = (self._value(argument, sheet) for argument in node.arguments)
            return rounded(ROUNDINGS[name], number, digits)
        if name in {"ABS", "NOT"} and count == 1:
            operand = self._value(node.arguments[0], sheet)
            if name == "ABS":
                return lambda row, column: abs(as_number(operand(row, column)))
            return lambda row, column: not as_truth(operand(row, column))
        raise Unknown

    def _if(self, node: Call, sheet: str) -> Function:
        condition = self._value(node.arguments[0], sheet)
        yes = self._value(node.arguments[1], sheet)
        no = self._value(node.arguments[2], sheet) if len(node.arguments) == 3 else always(False)
        return lambda row, column: yes(row, column) if as_truth(condition(row, column)) else no(row, column)

    def _total(self, node: Node, sheet: str) -> Callable[[int, int], Decimal]:
        """An argument of SUM: texts and truth values in cells are skipped."""
        if not isinstance(node, Reference):
            inner = self._computed(node, sheet)
            return lambda row, column: as_number(inner(row, column))
        if node.elsewhere:
            return lambda row, column: sum(map(addend, self._remembered(node, row, column)), _ZERO)
        name = node.sheet or sheet
        rows = self.cells(name).by_row

        def total(row: int, column: int) -> Decimal:
            top, left, bottom, right = area = node.area(row, column)
            if (bottom - top + 1) * (right - left + 1) > _SMALL:
                return self._large_total(name, area)
            found = _ZERO
            for number in range(top, bottom + 1):
                line = rows.get(number)
                if line is None:
                    continue
                form, values, sources = line
                for place in form.between(left, right):
                    value = values[place]
                    found += (
                        value if type(value) is Decimal else added_value(value, sources[place] if sources else None)
                    )
            return found

        return total

    def _large_total(self, sheet: str, area: Area) -> Decimal:
        columns = self._columns_of(sheet)
        total = columns.total(area)
        return sum(map(addend, columns.cells(area)), _ZERO) if total is None else total

    def _items(self, node: Node, sheet: str) -> Callable[[int, int], Iterator[Value]]:
        """An argument of a list function; what is in cells comes as it is, what is computed as a number."""
        if isinstance(node, Reference):
            if node.elsewhere:
                return lambda row, column: map(content, self._remembered(node, row, column))
            name = node.sheet or sheet
            cells = self.cells(name)
            return lambda row, column: map(content, self._cells_of(name, cells, node.area(row, column)))
        inner = self._computed(node, sheet)

        def item(row: int, column: int) -> Iterator[Value]:
            yield as_number(inner(row, column))

        return item

    def _computed(self, node: Node, sheet: str) -> Function:
        if isinstance(node, Missing) or _gives_reference(node):
            raise Unknown
        return self._value(node, sheet)

    def _cells_of(self, sheet: str, cells: Cells, area: Area) -> Iterator[Cell]:
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) > _SMALL:
            yield from self._columns_of(sheet).cells(area)
            return
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cell = cells.get((row, column))
                if cell is not None:
                    yield cell

    def _remembered(self, node: Reference, row: int, column: int) -> list[Cell]:
        """The cells of another workbook; all of them must be remembered, as nobody knows whether others are blank."""
        area = node.area(row, column)
        cells = list(self._columns_of(node.sheet or "").cells(area))
        if len(cells) < area.size:
            raise Unknown
        return cells

    def _columns_of(self, sheet: str) -> Columns:
        if sheet not in self._columns:
            self._columns[sheet] = Columns(self._sheets.get(sheet, NO_CELLS))
        return self._columns[sheet]


def _gives_reference(node: Node) -> bool:
    """Whether what comes out is a cell rather than a value, so that lists skip a text or blank in it."""
    return isinstance(node, Call) and node.name == "IF" and any(isinstance(each, Reference) for each in node.arguments)
