"""How does Excel reckon with single values? In Decimal, as nested functions of row and column.

What Excel does by the user's language (a text read as a number) is `Unknown` here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Any

from pik_excel.grid.cell import Cell, ErrorValue, Source, Value
from pik_excel.grid.store import Cells

Function = Callable[[int, int], Value]
"""Gives the value for a formula in this row and column; raises `Unknown` or `Failed`."""

_ZERO, HUNDRED = Decimal(0), Decimal(100)
as_excel_shows = Context(prec=15).plus
"""A number as Excel shows it and rounds it: with 15 digits."""


class Unknown(Exception):
    """This evaluator does not know; another must."""


class Failed(Exception):
    """The formula gives an error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = ErrorValue(code)


def content(cell: Cell | None) -> Value:
    """What a reference to the cell gives; a formula without a stored value gives nothing that can be used."""
    if cell is None:
        return None
    value = cell.value
    if value is None and cell.has_formula:
        raise Unknown
    return value


def contents_of(cells: Cells) -> Callable[[int, int], Value]:
    """What references to the cells of a sheet give, as `content` says, by row and column."""
    rows = cells.by_row

    def read(row: int, column: int) -> Value:
        found = rows.get(row)
        if found is None:
            return None
        form, values, sources = found
        place = form.places.get(column)
        if place is None:
            return None
        value = values[place]
        if value is None and sources and sources[place] is not None:
            raise Unknown
        return value

    return read


def as_number(value: Value) -> Decimal:
    """The value as an operand of + - * /."""
    if type(value) is Decimal:
        return value
    if value is None:
        return _ZERO
    if isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, ErrorValue):
        raise Failed(value)
    raise Unknown  # Excel reads some texts as numbers, by the user's language


def addend(cell: Cell) -> Decimal:
    """What SUM takes from a cell: its number, nothing for a text or a truth value."""
    return added_value(cell[2], cell[3])


def added_value(value: Value, formula: Source) -> Decimal:
    """What SUM takes from a cell with this value and formula."""
    if value is None and formula is not None:
        raise Unknown
    if isinstance(value, ErrorValue):
        raise Failed(value)
    return value if type(value) is Decimal else _ZERO


def as_truth(value: Value) -> bool:
    """The value as a condition."""
    if isinstance(value, bool):
        return value
    return as_number(value) != 0


def always(value: Value) -> Function:
    """The same value in every cell."""
    return lambda *_: value


def failing(code: str) -> Function:
    """The same error in every cell."""

    def fail(*_: int) -> Value:
        raise Failed(code)

    return fail


def percent(operand: Function) -> Function:
    """A hundredth."""
    return lambda row, column: as_number(operand(row, column)) / HUNDRED


def signed(sign: str, operand: Function) -> Function:
    """With a leading - or +."""
    if sign == "+":
        return operand
    return lambda row, column: -as_number(operand(row, column))


def operation(sign: str, left: Function, right: Function) -> Function:
    """Two operands under + - * / ^ or a comparison."""
    if sign in ARITHMETIC:
        calculate = ARITHMETIC[sign]

        def result(row: int, column: int) -> Value:
            one, other = left(row, column), right(row, column)
            if type(one) is Decimal and type(other) is Decimal:
                return calculate(one, other)
            return calculate(as_number(one), as_number(other))

        return result
    if sign in _COMPARISONS:
        compare = _COMPARISONS[sign]

        def verdict(row: int, column: int) -> Value:
            return compare(*_comparable(left(row, column), right(row, column), sign))

        return verdict
    raise Unknown


def _divided(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise Failed("#DIV/0!")
    return left / right


def _to_the_power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > _LARGEST_POWER or exponent != int(exponent) or not base:  # int(1E+6000000) takes forever
        raise Unknown
    return base ** int(exponent)


def _comparable(left: Value, right: Value, sign: str) -> tuple[Decimal | str, Decimal | str]:
    """Both as Excel compares them: numbers with 15 digits, texts without regard to case, a blank as 0 or ""."""
    for value in (left, right):
        if isinstance(value, ErrorValue):
            raise Failed(value)
    if isinstance(left, str) or isinstance(right, str):
        texts = ["" if value is None else value for value in (left, right)]
        if sign in {"=", "<>"} and all(isinstance(text, str) for text in texts):
            return str(texts[0]).lower(), str(texts[1]).lower()
        raise Unknown
    if isinstance(left, bool) or isinstance(right, bool):
        raise Unknown
    return as_excel_shows(as_number(left)), as_excel_shows(as_number(right))


def rounded(mode: str, number: Function, digits: Function) -> Function:
    """ROUND and its kin; as in Excel of the number's first 15 digits."""

    def value(row: int, column: int) -> Value:
        places = int(as_number(digits(row, column)))
        exact = as_excel_shows(as_number(number(row, column)))
        return exact.quantize(Decimal(1).scaleb(-places), rounding=mode)

    return value


def added(totals: list[Callable[[int, int], Decimal]]) -> Function:
    """The sum of sums."""
    if len(totals) == 1:
        return totals[0]
    return lambda row, column: sum((total(row, column) for total in totals), _ZERO)


def listed(reduce: Callable[[list[Decimal]], Value], items: list[Callable[[int, int], Iterator[Value]]]) -> Function:
    """MIN, MAX, AVERAGE, AND, OR: texts and blanks in cells are skipped."""

    def value(row: int, column: int) -> Value:
        found: list[Decimal] = []
        for item in items:
            for each in item(row, column):
                if type(each) is Decimal:
                    found.append(each)
                elif isinstance(each, ErrorValue):
                    raise Failed(each)
                elif isinstance(each, bool) and reduce in _LOGICAL:
                    found.append(Decimal(each))
        return reduce(found)

    return value


def average(numbers: Sequence[Decimal]) -> Decimal:
    """AVERAGE of these."""
    if not numbers:
        raise Failed("#DIV/0!")
    return sum(numbers, _ZERO) / len(numbers)


def _all_true(numbers: list[Decimal]) -> Value:
    if not numbers:
        raise Unknown
    return all(numbers)


def _any_true(numbers: list[Decimal]) -> Value:
    if not numbers:
        raise Unknown
    return any(numbers)


_LARGEST_POWER = 1000
ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided,
    "^": _to_the_power,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ROUNDINGS = {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN}
LISTS: dict[str, Callable[[list[Decimal]], Value]] = {
    "MIN": lambda numbers: min(numbers, default=_ZERO),
    "MAX": lambda numbers: max(numbers, default=_ZERO),
    "AVERAGE": average,
    "AND": _all_true,
    "OR": _any_true,
}
_LOGICAL = (_all_true, _any_true)
