"""What do the copies of a formula give in many rows of a column, computed all at once?

The same arithmetic as `independent` cell by cell, applied to whole columns of numbers; an eighth of the time. It is for
numbers only: where one of the copies reads a text, a blank, an error or a formula without a value, or gives no number,
it does not know, and cell by cell must do.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, DecimalException
from operator import itemgetter

from pik_excel.grid.store import Cells, Form, Row
from pik_excel.recalc.arithmetic import ARITHMETIC, HUNDRED, ROUNDINGS, Failed, Unknown, as_excel_shows, average
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.syntax import Call, Edge, Node, Number, Operation, Percent, Reference, Sign

Filled = Callable[[Sequence[int], int], list[Decimal]]
"""Gives the numbers for the copies in these rows of a column; raises `Unknown`, `Failed` or DecimalException."""
_HERE = Edge(0, False)
ITSELF = Reference(None, _HERE, _HERE, _HERE, _HERE, True)
"""The cell in which a formula stands."""
_NUMBERS = {Decimal}
_ZERO = Decimal(0)
_OF_A_ROW: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "SUM": lambda numbers: sum(numbers, _ZERO),
    "MIN": lambda numbers: min(numbers, default=_ZERO),
    "MAX": lambda numbers: max(numbers, default=_ZERO),
    "AVERAGE": average,
}
_FORM = itemgetter(0)
_BLANK = Row(Form((), (), ()), (), None)


class FilledDown:
    """Computes the copies of formulas; `evaluator` does so cell by cell, from the same cells."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def numbers(self, function: Filled, rows: Sequence[int], column: int) -> list[Decimal] | None:
        """What the copies in these rows give; None where that is to be found cell by cell."""
        try:
            return function(rows, column)
        except (Unknown, Failed, DecimalException):
            return None

    def function(self, node: Node, sheet: str) -> Filled:
        """The formula on this sheet as a function of rows and column."""
        match node:
            case Number(value):
                return lambda rows, _column: [value] * len(rows)
            case Reference(single=True, elsewhere=False):
                return self._cells(node, sheet)
            case Sign("+", operand):
                return self.function(operand, sheet)
            case Sign("-", operand):
                inner = self.function(operand, sheet)
                return lambda rows, column: list(map(operator.neg, inner(rows, column)))
            case Percent(operand):
                whole = self.function(operand, sheet)
                return lambda rows, column: [each / HUNDRED for each in whole(rows, column)]
            case Operation(sign, left, right) if sign in ARITHMETIC:
                one, other, calculate = self.function(left, sheet), self.function(right, sheet), ARITHMETIC[sign]
                return lambda rows, column: list(map(calculate, one(rows, column), other(rows, column)))
            case Call(name, (Reference(single=False, elsewhere=False) as area,)) if (
                name in _OF_A_ROW and area.top == area.bottom
            ):
                return self._of_a_row(node, _OF_A_ROW[name], area, sheet)
            case Call(name, (inside, Number(digits))) if name in ROUNDINGS:
                return _rounded(self.function(inside, sheet), ROUNDINGS[name], int(digits))
        return self._one_by_one(node, sheet)

    def _one_by_one(self, node: Node, sheet: str) -> Filled:
        function = self._evaluator.function(node, sheet)
        if function is None:
            raise Unknown
        return lambda rows, column: _all_numbers(function(row, column) for row in rows)

    def _cells(self, one: Reference, sheet: str) -> Filled:
        cells = self._evaluator.cells(one.sheet or sheet)
        return lambda rows, column: _column(_lines(cells, one.top, rows), one.left.at(column))

    def _of_a_row(
        self, node: Node, reduce: Callable[[Sequence[Decimal]], Decimal], one: Reference, sheet: str
    ) -> Filled:
        """Of a range in one row: its numbers lie beside each other."""
        cells, singly = self._evaluator.cells(one.sheet or sheet), self._one_by_one(node, sheet)

        def reduced(rows: Sequence[int], column: int) -> list[Decimal]:
            lines = _lines(cells, one.top, rows)
            left, right = sorted((one.left.at(column), one.right.at(column)))
            form, *others = set(map(_FORM, lines))
            places = form.between(left, right)
            if others or len(places) < 2 or not set(places).isdisjoint(form.others):
                return singly(rows, column)
            held = itemgetter(*places)
            try:
                return [reduce(held(line[1])) for line in lines]
            except TypeError:  # an empty cell is among them
                if any(any(held(one)) for one in {id(line[2]): line[2] for line in lines}.values() if one):
                    return singly(rows, column)  # or a formula without a value
                return [reduce([each for each in held(line[1]) if each is not None]) for line in lines]

        return reduced


def _column(lines: Sequence[Row], column: int) -> list[Decimal]:
    """The numbers of these rows in a column, 0 where a cell is empty; raises `Unknown` where there is anything else."""
    places = {form: form.places.get(column) for form in set(map(_FORM, lines))}
    if len(places) == 1 and None not in places.values():
        (place,) = places.values()
        values = [line[1][place] for line in lines]
        if set(map(type, values)) == _NUMBERS:
            return values
    return [_number(line, places[line[0]]) for line in lines]


def _number(line: Row, place: int | None) -> Decimal:
    if place is None:
        return _ZERO
    _form, values, sources = line
    value = values[place]
    if type(value) is Decimal:
        return value
    if value is None and not (sources and sources[place]):
        return _ZERO
    raise Unknown


def _lines(cells: Cells, edge: Edge, rows: Sequence[int]) -> list[Row]:
    by_row, number = cells.by_row, edge.number
    if edge.fixed:
        return [by_row.get(number, _BLANK)] * len(rows)
    return [by_row.get(row + number, _BLANK) for row in rows]


def _all_numbers(values: Iterable[object]) -> list[Decimal]:
    found = list(values)
    if set(map(type, found)) != _NUMBERS:
        raise Unknown
    return found  # type: ignore[return-value]  # as just seen


def _rounded(inside: Filled, mode: str, digits: int) -> Filled:
    def rounded(rows: Sequence[int], column: int) -> list[Decimal]:
        unit = Decimal(1).scaleb(-digits)  # which fails for a million digits
        return [as_excel_shows(each).quantize(unit, rounding=mode) for each in inside(rows, column)]

    return rounded
