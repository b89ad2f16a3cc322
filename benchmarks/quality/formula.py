"""What does a formula give? A small calculator in Decimal for the formulas the generator writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from benchmarks.quality.book import Book, Cell, Fault, Place, Value

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")|(?P<error>#REF!|#N/A|#NAME\?)"
    r"|(?P<ref>(?:(?:'(?:[^']|'')+'|[A-Za-zÄÖÜäöüß0-9_.]+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![A-Za-z0-9_(]))"
    r"|(?P<name>[A-Za-zÄÖÜäöüß_][A-Za-zÄÖÜäöüß0-9_.]*)|(?P<sign><=|>=|<>|[-+*/^%&=<>(),:]))"
)
_EPOCH = date(1899, 12, 30)
Address = tuple[str, Place]


class Unknown(Exception):
    """A formula this calculator does not know; such a cell must be pinned."""


class Calculator:
    """Values of all cells of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cells: dict[Address, Cell] = {
            (sheet.name, place): cell for sheet in book.sheets for place, cell in sheet.cells.items()
        }
        self.known: dict[Address, Value] = {}
        self.open: set[Address] = set()

    def value(self, sheet: str, place: Place) -> Value:
        """What the cell shows: its pinned value, its formula's result or its own value."""
        cell = self.cells.get((sheet, place))
        if cell is None:
            return None
        return cell.pinned if cell.is_pinned else self.result(sheet, place)

    def result(self, sheet: str, place: Place) -> Value:
        """What the cell's formula gives, pinned or not; 0 in a circle, as Excel shows."""
        at = (sheet, place)
        cell = self.cells.get(at)
        if cell is None or cell.formula is None:
            return cell.value if cell else None
        if at in self.known:
            return self.known[at]
        if at in self.open:
            return Decimal(0)
        self.open.add(at)
        try:
            self.known[at] = _Parser(self, sheet, cell.formula).run()
        finally:
            self.open.discard(at)
        return self.known[at]


class _Parser:
    def __init__(self, calculator: Calculator, sheet: str, formula: str) -> None:
        self.calculator, self.sheet, self.formula = calculator, sheet, formula
        self.tokens = list(_tokens(formula))
        self.next = 0
        self.subtotal: int | None = None

    def run(self) -> Value:
        value = self.comparison()
        if self.next < len(self.tokens):
            raise Unknown(self.formula)
        one = value[0] if isinstance(value, list) else value
        return Decimal(0) if one is None else one

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.next] if self.next < len(self.tokens) else ("end", "")

    def take(self, *signs: str) -> str | None:
        kind, text = self.peek()
        if kind == "sign" and text in signs:
            self.next += 1
            return text
        return None

    def comparison(self) -> Value | list[Value]:
        left = self.joined()
        while sign := self.take("=", "<>", "<", ">", "<=", ">="):
            one, other = _scalar(left), _scalar(self.joined())
            if isinstance(one, Fault) or isinstance(other, Fault):
                left = one if isinstance(one, Fault) else other
                continue
            if not (isinstance(one, str) and isinstance(other, str)):
                one, other = _number(one), _number(other)
            left = _compare(sign, one, other)
        return left

    def joined(self) -> Value | list[Value]:
        left = self.added()
        while self.take("&"):
            left = f"{_shown(_scalar(left))}{_shown(_scalar(self.added()))}"
        return left

    def added(self) -> Value | list[Value]:
        left = self.multiplied()
        while sign := self.take("+", "-"):
            left = _both(left, self.multiplied(), (lambda a, b: a + b) if sign == "+" else (lambda a, b: a - b))
        return left

    def multiplied(self) -> Value | list[Value]:
        left = self.signed()
        while sign := self.take("*", "/"):
            left = _both(left, self.signed(), (lambda a, b: a * b) if sign == "*" else _divided)
        return left

    def signed(self) -> Value | list[Value]:
        if self.take("-"):
            return _both(Decimal(0), self.signed(), lambda a, b: a - b)
        self.take("+")
        value = self.single()
        while self.take("%"):
            value = _both(value, Decimal(100), _divided)
        return value

    def single(self) -> Value | list[Value]:
        kind, text = self.peek()
        self.next += 1
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "error":
            return Fault(text)
        if kind == "ref":
            return self.looked_up(text)
        if kind == "name":
            if self.take("("):
                return self.called(text.upper())
            if text in self.calculator.book.names:
                return self.looked_up(self.calculator.book.names[text].lstrip("="))
            return Fault("#NAME?")
        if kind == "sign" and text == "(":
            value = self.comparison()
            if not self.take(")"):
                raise Unknown(self.formula)
            return value
        raise Unknown(self.formula)

    def looked_up(self, text: str) -> Value | list[Value]:
        sheet, _, cells = text.rpartition("!")
        sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet or self.sheet
        first, _, last = cells.replace("$", "").partition(":")
        if not last:
            return self.calculator.value(sheet, place_of(first))
        (top, left), (bottom, right) = place_of(first), place_of(last)
        return [
            self.calculator.value(sheet, (row, column))
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if self.subtotal is None or self.counted(sheet, (row, column))
        ]

    def counted(self, sheet: str, place: Place) -> bool:
        """SUBTOTAL leaves out other SUBTOTALs, and from 101 on what is hidden by hand."""
        cell = self.calculator.cells.get((sheet, place))
        nested = cell is not None and (cell.formula or "").startswith("SUBTOTAL(")
        hidden = place[0] in self.calculator.book.named(sheet).hidden_rows
        return not nested and not (hidden and (self.subtotal or 0) > 100)

    def called(self, name: str) -> Value | list[Value]:
        arguments: list[Value | list[Value]] = []
        while not self.take(")"):
            arguments.append(self.comparison())
            if name == "SUBTOTAL":
                self.subtotal = int(_number(_scalar(arguments[0])))
            if not self.take(","):
                if not self.take(")"):
                    raise Unknown(self.formula)
                break
        self.subtotal = None
        if name not in _FUNCTIONS:
            raise Unknown(name)
        return _FUNCTIONS[name](arguments)


def place_of(name: str) -> Place:
    """The place of an address without dollars."""
    column = 0
    head = name.rstrip("0123456789")
    for letter in head:
        column = column * 26 + ord(letter) - 64
    return int(name[len(head) :]), column


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise Unknown(formula)
        at = match.end()
        kind = match.lastgroup or ""
        yield kind, match.group(kind)


def _scalar(value: Value | list[Value]) -> Value:
    return value[0] if isinstance(value, list) else value


def _number(value: Value) -> Decimal:
    if value is None:
        return Decimal(0)
    if isinstance(value, date):
        return Decimal((value - _EPOCH).days)
    if isinstance(value, bool | int | Decimal):
        return Decimal(value)
    raise Unknown(f"a text in an arithmetic: {value}")


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _both(
    one: Value | list[Value], other: Value | list[Value], operation: Callable[[Decimal, Decimal], Decimal | Fault]
) -> Value:
    left, right = _scalar(one), _scalar(other)
    for side in (left, right):
        if isinstance(side, Fault):
            return side
    for side in (left, right):
        if isinstance(side, str):
            return Fault("#VALUE!")
    return operation(_number(left), _number(right))


def _divided(one: Decimal, other: Decimal) -> Decimal | Fault:
    return one / other if other else Fault("#DIV/0!")


def _compare(sign: str, one: Value, other: Value) -> bool:
    results = {"=": one == other, "<>": one != other}
    if sign in results:
        return results[sign]
    assert isinstance(one, Decimal) and isinstance(other, Decimal)
    return {"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[sign]


def _flat(arguments: list[Value | list[Value]]) -> list[Decimal] | Fault:
    numbers: list[Decimal] = []
    for argument in arguments:
        for value in argument if isinstance(argument, list) else [argument]:
            if isinstance(value, Fault):
                return value
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                numbers.append(Decimal(value))
    return numbers


def _over(function: Callable[[list[Decimal]], Decimal]) -> Callable[[list[Value | list[Value]]], Value]:
    def applied(arguments: list[Value | list[Value]]) -> Value:
        numbers = _flat(arguments)
        return numbers if isinstance(numbers, Fault) else function(numbers)

    return applied


def rounded(value: Decimal, digits: int = 0) -> Decimal:
    """Commercial rounding, also to tens and hundreds with negative digits."""
    step = Decimal(1).scaleb(-digits)
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _round(arguments: list[Value | list[Value]]) -> Value:
    value, digits = _scalar(arguments[0]), _scalar(arguments[1])
    return value if isinstance(value, Fault) else rounded(_number(value), int(_number(digits)))


def _if(arguments: list[Value | list[Value]]) -> Value:
    test = _scalar(arguments[0])
    if isinstance(test, Fault):
        return test
    return _scalar(arguments[1]) if test else (_scalar(arguments[2]) if len(arguments) > 2 else False)


def _iferror(arguments: list[Value | list[Value]]) -> Value:
    value = _scalar(arguments[0])
    return _scalar(arguments[1]) if isinstance(value, Fault) else value


def _sumif(arguments: list[Value | list[Value]]) -> Value:
    keys, wanted, amounts = arguments
    assert isinstance(keys, list) and isinstance(amounts, list)
    key = _scalar(wanted)
    chosen = [amount for one, amount in zip(keys, amounts, strict=True) if one == key]
    return _over(lambda numbers: sum(numbers, Decimal(0)))([chosen])


def _eomonth(arguments: list[Value | list[Value]]) -> Value:
    start, months = _scalar(arguments[0]), int(_number(_scalar(arguments[1])))
    day = start if isinstance(start, date) else _EPOCH + timedelta(days=int(_number(start)))
    after = day.year * 12 + day.month + months
    return Decimal((date(after // 12, after % 12 + 1, 1) - timedelta(days=1) - _EPOCH).days)


def _part(of: Callable[[date], int]) -> Callable[[list[Value | list[Value]]], Value]:
    def applied(arguments: list[Value | list[Value]]) -> Value:
        day = _scalar(arguments[0])
        return Decimal(of(day if isinstance(day, date) else _EPOCH + timedelta(days=int(_number(day)))))

    return applied


_FUNCTIONS: dict[str, Callable[[list[Value | list[Value]]], Value]] = {
    "SUM": _over(lambda numbers: sum(numbers, Decimal(0))),
    "SUBTOTAL": lambda arguments: _over(lambda numbers: sum(numbers, Decimal(0)))(arguments[1:]),
    "MIN": _over(min),
    "MAX": _over(max),
    "AVERAGE": _over(lambda numbers: sum(numbers, Decimal(0)) / len(numbers)),
    "COUNT": _over(lambda numbers: Decimal(len(numbers))),
    "ABS": _over(lambda numbers: abs(numbers[0])),
    "ROUND": _round,
    "IF": _if,
    "IFERROR": _iferror,
    "SUMIF": _sumif,
    "EOMONTH": _eomonth,
    "YEAR": _part(lambda day: day.year),
    "MONTH": _part(lambda day: day.month),
}
