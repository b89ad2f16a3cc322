"""Is a formula one that is calculated with certainty here? If not, why not?"""

from __future__ import annotations

from collections.abc import Callable

from pik_excel.patterns import pattern
from pik_excel.recalc import reasons
from pik_excel.recalc.functions import ADMITTED, DATES, RESHAPED, SAME_SHAPE, TEXTUAL
from pik_excel.recalc.syntax import (
    Beyond,
    Call,
    Constants,
    Logical,
    Missing,
    Node,
    Number,
    Operation,
    Percent,
    Reference,
    Sign,
    Text,
    children,
)

_ARITHMETIC = frozenset("+-*/^")
_DECIMAL = pattern(r"\d[.,]\d")
_NUMERIC_TEXT = pattern(r"\s*+[-+(]?+(?=[.,:/\-\s]*+\d)[\d.,:/\-\s]*+(?:[%€)]|[eE][-+]?\d+|EUR)*\s*")


def refusal(tree: Node, *, date1904: bool = False) -> str | None:
    """Why a formula of this shape is not calculated, in the language in force; None where it is.

    `tree` is resolved (see `names`).
    """
    return _Gate(date1904).single(tree)


def numeric_text(text: str) -> bool:
    """Whether Excel may read the text as a number or a date, in a way that depends on the user's language.

    Mere digits read the same everywhere.
    """
    return bool(_NUMERIC_TEXT.fullmatch(text)) and not text.isdigit()


class _Gate:
    def __init__(self, date1904: bool) -> None:
        self._date1904 = date1904

    def single(self, node: Node) -> str | None:
        """As one value."""
        match node:
            case Beyond():
                return reasons.beyond(node.kind)
            case Constants():
                return reasons.spill()
            case Reference():
                return None if node.single else reasons.spill()
            case Call(name="ROW" | "COLUMN", arguments=(Reference(single=False),)):
                return reasons.spill()
            case Call():
                return self._call(node)
            case Operation() if node.operator not in _ARITHMETIC:
                return self.single(node.left) or self.single(node.right)
            case Operation() | Sign() | Percent():
                return _first(self._number, children(node))
        return None

    def _number(self, node: Node) -> str | None:
        if isinstance(node, Text) and numeric_text(node.value):
            return reasons.number_as_text(node.value)
        return self.single(node)

    def _range(self, node: Node) -> str | None:
        return None if isinstance(node, (Reference, Constants)) else self.single(node)

    def _array(self, node: Node) -> str | None:
        match node:
            case Reference() | Constants():
                return None
            case Call(name="ROW" | "COLUMN"):
                return self._call(node)
            case Operation() | Sign() | Percent():
                return _first(self._array, children(node))
        return self.single(node)

    def _criterion(self, node: Node) -> str | None:
        if isinstance(node, Text) and _DECIMAL.search(node.value):
            return reasons.number_as_text(node.value)
        return self.single(node)

    def _zero(self, node: Node) -> str | None:
        if isinstance(node, Missing) or (isinstance(node, (Number, Logical)) and not node.value):
            return None
        return reasons.sorted_lookup()

    def _call(self, call: Call) -> str | None:
        signature = ADMITTED.get(call.name)
        if signature is None or (self._date1904 and call.name in DATES):
            return reasons.function(call.name)
        kinds = signature.kinds(len(call.arguments))
        if kinds is None and "0" in signature.required[len(call.arguments) :]:
            return reasons.sorted_lookup()
        if kinds is None or _differ_in_shape(call):
            return reasons.arguments(call.name, len(call.arguments))
        if "0" in signature.required and "0" not in kinds:
            return reasons.sorted_lookup()
        return self._arguments(call, kinds)

    def _arguments(self, call: Call, kinds: str) -> str | None:
        judges = {"v": self.single, "n": self._number, "r": self._range, "a": self._array, "c": self._criterion}
        for kind, argument in zip(kinds, call.arguments, strict=True):
            if kind == "v" and call.name in TEXTUAL and is_arithmetic(argument):
                return reasons.characters_of_a_number()
            if call.name == "INDEX" and kind == "n" and self._zero(argument) is None:
                return reasons.spill()
            reason = judges.get(kind, self._zero)(argument)
            if reason:
                return reason
        return None


def _first(judge: Callable[[Node], str | None], nodes: tuple[Node, ...]) -> str | None:
    return next((reason for node in nodes if (reason := judge(node))), None)


def is_arithmetic(node: Node) -> bool:
    """Whether the node is a number calculated on the spot."""
    return isinstance(node, (Sign, Percent)) or (isinstance(node, Operation) and node.operator in _ARITHMETIC)


def _differ_in_shape(call: Call) -> bool:
    """Whether the ranges of SUMIFS and the like are not equally large, where Excel gives an error, or those of SUMIF,
    where Excel takes as many cells from the second as the first one has."""
    if call.name not in SAME_SHAPE | RESHAPED:
        return False
    areas = [
        each.area(1000, 1000)
        for each in (call.arguments[::2] if call.name in RESHAPED else call.arguments)
        if isinstance(each, Reference) and (call.name in RESHAPED or not each.single)
    ]
    return len({(area.bottom - area.top, area.right - area.left) for area in areas}) > 1
