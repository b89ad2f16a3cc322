"""Which amounts of money are typed into a formula? Factors, digits, dates and counters are none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, Sign

_TRANSPARENT = {"SUM", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "IFERROR", "INT", "TRUNC", "MROUND", "CEILING", "FLOOR"}
_DIGITS = {"ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "MROUND", "CEILING", "FLOOR"}  # the second argument is no amount
_COMPARED = {"=", "<", ">", "<=", ">=", "<>"}
_CONVERSIONS = {Decimal(n) for n in (1000, 1024, 1440, 3600, 8760, 8784, 86400, 10_000, 100_000, 1_000_000, 10**9)}
_DAYS = {Decimal(n) for n in (180, 183, 360, 364, 365, 366, 730, 731)}
_LARGE = Decimal(1000)


def typed_amounts(tree: Node) -> tuple[Decimal, ...]:
    """The amounts typed into the formula, in their order."""
    if isinstance(tree, (Number, Sign)):
        return ()  # "=290" is a typed number, spelled otherwise
    return tuple(_amounts(tree))


def _amounts(node: Node) -> Iterator[Decimal]:
    match node:
        case Operation("+" | "-"):
            yield from _in_chain(node)
        case Operation("*" | "/", left, right):
            yield from _factor(left)
            if node.operator == "*":
                yield from _factor(right)
            elif _literal(right) is None:
                yield from _amounts(right)
        case Operation(operator) if operator in _COMPARED or operator in "^&":
            return
        case Sign(_, operand):
            yield from _amounts(operand)
        case Call("MIN" | "MAX", arguments):
            for argument in arguments:
                yield from _factor(argument)
        case Call("IF", (_, *branches)):
            for branch in branches:
                yield from _factor(branch)
        case Call(name, arguments) if name in _TRANSPARENT:
            for argument in arguments[:1] if name in _DIGITS else arguments:
                value = _literal(argument)
                if value is None:
                    yield from _amounts(argument)
                elif name == "SUM" and _is_amount(value, 2):
                    yield value


def _factor(node: Node) -> Iterator[Decimal]:
    """A rate or a limit: only a large one is an amount."""
    value = _literal(node)
    if value is None:
        yield from _amounts(node)
    elif abs(value) not in _CONVERSIONS and _is_amount(value, _LARGE):
        yield value


def _in_chain(node: Node) -> Iterator[Decimal]:
    """What is added and subtracted: beside a single cell (a date, a counter) small steps are none."""
    terms = list(_terms(node, 1))
    rest = [term for term, _ in terms if _literal(term) is None]
    literals = [sign * value for term, sign in terms if (value := _literal(term)) is not None]
    lone = len(rest) == 1 and isinstance(rest[0], Reference)
    if not rest:
        if len(literals) > 1 and any(_is_amount(value, 10) or _has_cents(value) for value in literals):
            yield from literals
        return
    for value in literals:
        if _is_amount(value, 100 if lone or not _adds_cells(rest) else 2) and abs(value) not in _DAYS:
            yield value
    for term in rest:
        yield from _amounts(term)


def _terms(node: Node, sign: int) -> Iterator[tuple[Node, int]]:
    match node:
        case Operation("+", left, right):
            yield from _terms(left, sign)
            yield from _terms(right, sign)
        case Operation("-", left, right):
            yield from _terms(left, sign)
            yield from _terms(right, -sign)
        case Sign(operator, operand) if _literal(node) is None:
            yield from _terms(operand, -sign if operator == "-" else sign)
        case _:
            yield node, sign


def _adds_cells(terms: list[Node]) -> bool:
    """Whether the terms are amounts: a sum, or several cells."""
    return all(
        isinstance(term, Reference) or (isinstance(term, Call) and term.name in {"SUM", "SUBTOTAL"}) for term in terms
    )


def _literal(node: Node) -> Decimal | None:
    match node:
        case Number(value):
            return value
        case Sign(operator, Number(value)):
            return -value if operator == "-" else value
        case Operation("*" | "/"):
            return _product(node)
    return None


def _product(node: Operation) -> Decimal | None:
    right = _literal(node.right)  # first, as a long product goes on at the left
    left = _literal(node.left) if right is not None else None
    if left is None or right is None or (node.operator == "/" and not right):
        return None
    if not any(abs(value) >= _LARGE and abs(value) not in _CONVERSIONS for value in (left, right)):
        return Decimal(0)  # 60*60, 1/3: a factor spelled out
    return left * right if node.operator == "*" else left / right


def _has_cents(value: Decimal) -> bool:
    return value != value.to_integral_value()


def _is_amount(value: Decimal, least: Decimal | int) -> bool:
    year = value == value.to_integral_value() and 1900 <= abs(value) <= 2100
    return abs(value) >= least and not year
