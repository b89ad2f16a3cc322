"""What does a formula say? Its text as a tree, with every reference relative to the cell it stands in.

Two formulas that differ only by having been filled down or across give equal trees: the tree is the formula's shape.
What this package does not calculate with (names in other workbooks, 3-D ranges, arrays that spill …) stands in the
tree as `Beyond`, so that nothing is read as something else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from math import isinf
from operator import attrgetter
from typing import Any, NamedTuple  # Any: what stands below a node of any kind

from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, Area, column_number
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_new = tuple.__new__


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A text written in the formula."""

    value: str


@dataclass(frozen=True, slots=True)
class Logical:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """An error written in the formula: what is left of a reference whose cells were deleted, mostly."""

    code: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An argument left empty: `IF(A1,,2)`."""


class Edge(NamedTuple):
    """One side of a reference: a distance from the formula's cell, or a fixed row or column. A plain tuple, as trees
    are looked up by all their edges."""

    number: int
    fixed: bool

    def at(self, origin: int) -> int:
        """The row or column it means for a formula in row or column `origin`."""
        return self.number if self.fixed else origin + self.number


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or a range; `sheet` as written, None for the formula's own, "[1]Ansatz" in another workbook."""

    sheet: str | None
    top: Edge
    left: Edge
    bottom: Edge
    right: Edge
    single: bool

    @property
    def elsewhere(self) -> bool:
        """Whether it lies in another workbook: on "[1]Ansatz"."""
        return self.sheet is not None and self.sheet.startswith("[")

    def area(self, row: int, column: int) -> Area:
        """The cells meant by a formula at this row and column."""
        (top, top_fixed), (left, left_fixed) = self.top, self.left  # all written out: this is asked a million times
        top, left = top if top_fixed else row + top, left if left_fixed else column + left
        if self.single:
            return _new(Area, (top, left, top, left))
        (bottom, bottom_fixed), (right, right_fixed) = self.bottom, self.right
        bottom, right = bottom if bottom_fixed else row + bottom, right if right_fixed else column + right
        if top > bottom:
            top, bottom = bottom, top
        if left > right:
            left, right = right, left
        return _new(Area, (top, left, bottom, right))


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name; `sheet` where it was written with one."""

    name: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Structured:
    """A reference into an Excel table: `Tabelle1[Betrag]`."""

    table: str
    inside: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `name` in capitals, without the prefix `_xlfn.`."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands: + - * / ^ & and the comparisons."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Sign:
    """A leading - or +."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Percent:
    """A hundredth: `5%`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Constants:
    """An array written in the formula: `{1,2;3,4}`."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is not calculated with here: "external", "3d", "union", "array", "unreadable"."""

    kind: str


Node = (
    Number
    | Text
    | Logical
    | Failure
    | Missing
    | Reference
    | Name
    | Structured
    | Call
    | Operation
    | Sign
    | Percent
    | Constants
    | Beyond
)

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)"
_ELSEWHERE = r"(?:'\[\d+\](?:[^'\[\]:]|'')+'|\[\d+\][^\W\d][\w.]*)"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?![\w.(!])"
_COLUMN = r"\$?[A-Za-z]{1,3}(?![\w.(!])"
_ROW = r"\$?[1-9]\d{0,6}(?![\w.(!])"
_TOKEN = pattern(
    rf"""(?P<space>[ \n\r\t]+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A))
    |(?P<external>(?!{_ELSEWHERE}!(?:{_CELL}|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW}))(?:'[^']*\[[^\]]+\](?:[^']|'')*'|\[[^\]]+\](?:[^\W\d][\w.]*)?)!\$?[\w.\#/?$]*!?(?::\$?\w+\$?\w*)?)
    |(?P<volume>(?:'(?:[^']|'')+:(?:[^']|'')+'|{_SHEET}:{_SHEET})!)
    |(?P<reference>(?:(?P<sheet>{_ELSEWHERE}|{_SHEET})!)?
        (?:(?P<area>{_CELL}:{_CELL})|(?P<cell>{_CELL})|(?P<columns>{_COLUMN}:{_COLUMN})|(?P<rows>{_ROW}:{_ROW})))
    |(?P<lost>{_SHEET}!\#REF!)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
    |(?P<call>[^\W\d][\w.]*\()
    |(?P<table>(?:[^\W\d]|\\)[\w.\\?]*\[)
    |(?:(?P<scope>{_SHEET})!)?(?P<name>(?:[^\W\d]|\\)[\w.\\?]*)(?!!)
    |(?P<operator><=|>=|<>|[-+*/^&=<>%(),;{{}}])""",
    re.VERBOSE,
)
_EDGE = pattern(r"(\$?)([A-Za-z]*)(\$?)(\d*)")
_BINDING = {"=": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "<>": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_PERCENT, _SIGN = 6, 7
_DEEPEST = 100  # Excel nests functions 64 deep
_MOST_OPERATORS = 300
sys.setrecursionlimit(max(sys.getrecursionlimit(), 10 * (_DEEPEST + _MOST_OPERATORS)))
"""A tree is as high as a sum has operands, and what walks through it takes up to four calls for each."""


def parse(formula: str, row: int, column: int) -> Node:
    """The tree of a formula (without its "=") that stands at this row and column."""
    try:
        return _Parser(list(_tokens(formula)), row, column).whole()
    except _Unreadable as reason:
        return Beyond(str(reason))


class _Unreadable(Exception):
    """The formula holds something that has no place in the tree; the text is `Beyond.kind`."""


class _Token(NamedTuple):
    kind: str
    text: str
    sheet: str | None = None


def _tokens(formula: str) -> Iterator[_Token]:
    position = 0
    while position < len(formula):
        match = _TOKEN.match(formula, position)
        if match is None:
            raise _Unreadable("array" if formula[position] in "@#" else "unreadable")
        position = match.end()
        token = _token(match)
        if token.kind == "table":
            inside, position = _inside_brackets(formula, position)
            token = _Token("table", token.text[:-1], inside)
        if token.kind != "space":
            yield token
        elif _is_intersection(formula, match.start(), position):
            raise _Unreadable("union")


def _token(match: re.Match[str]) -> _Token:
    kind = match.lastgroup or ""
    if kind == "reference":
        body = next(name for name in ("cell", "area", "columns", "rows") if match[name])
        return _Token(body, match[body], _unquoted(match["sheet"]))
    if kind in {"name", "scope"}:
        return _Token("name", match["name"], _unquoted(match["scope"]))
    return _Token(kind, match[0])


def _unquoted(sheet: str | None) -> str | None:
    return sheet[1:-1].replace("''", "'") if sheet and sheet.startswith("'") else sheet


def _inside_brackets(formula: str, start: int) -> tuple[str, int]:
    """What stands between the bracket before `start` and the one that closes it, and where that ends."""
    depth = 1
    position = start
    while position < len(formula):
        if formula[position] == "'":
            position += 1  # escapes the next character
        elif formula[position] == "[":
            depth += 1
        elif formula[position] == "]":
            depth -= 1
            if not depth:
                return formula[start:position], position + 1
        position += 1
    raise _Unreadable("unreadable")


def _is_intersection(formula: str, start: int, end: int) -> bool:
    """Whether a blank stands between two operands, where it is an operator."""
    before, after = formula[:start].rstrip(), formula[end:].lstrip()
    return bool(re.search(r"[\w\])!?\"]\Z", before) and re.match(r"[\w$'\[(\"\\]", after))


class _Parser:
    """Reads the tokens of one formula from left to right, stronger operators first."""

    def __init__(self, tokens: list[_Token], row: int, column: int) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0
        self.operators = 0
        self.row = row
        self.column = column

    def whole(self) -> Node:
        node = self.expression(0)
        if self.position < len(self.tokens):
            raise _Unreadable("union" if self.tokens[self.position].text == "," else "unreadable")
        return node

    def expression(self, weakest: int) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Unreadable("unreadable")
        node = self.operand()
        while (token := self.next_operator()) is not None:
            if token == "%" and weakest < _PERCENT:
                self.chained()
                node = Percent(node)
            elif _BINDING.get(token, 0) > weakest:
                self.chained()
                node = Operation(token, node, self.expression(_BINDING[token]))
            else:
                break
        self.depth -= 1
        return node

    def chained(self) -> None:
        """One more operator: a tree of very many is too high for all that walks through it."""
        self.position += 1
        self.operators += 1
        if self.operators > _MOST_OPERATORS:
            raise _Unreadable("unreadable")

    def next_operator(self) -> str | None:
        token = self.tokens[self.position] if self.position < len(self.tokens) else None
        return token.text if token is not None and token.kind == "operator" else None

    def operand(self) -> Node:
        token = self.take()
        match token.kind:
            case "operator":
                return self.after_operator(token.text)
            case "number":
                if isinf(float(token.text)):
                    raise _Unreadable("unreadable")
                return Number(Decimal(token.text))
            case "text":
                return Text(token.text[1:-1].replace('""', '"'))
            case "error" | "lost":
                return Failure("#REF!" if token.kind == "lost" else token.text)
            case "area" | "cell" | "columns" | "rows":
                return self.reference(token)
            case "name":
                return _logical_or_name(token)
            case "table":
                return Structured(token.text, token.sheet or "")
            case "call":
                return Call(_function_name(token.text), self.arguments())
        raise _Unreadable({"external": "external", "volume": "3d"}.get(token.kind, "unreadable"))

    def take(self) -> _Token:
        if self.position >= len(self.tokens):
            raise _Unreadable("unreadable")
        self.position += 1
        return self.tokens[self.position - 1]

    def after_operator(self, operator: str) -> Node:
        if operator in "+-":
            return Sign(operator, self.expression(_SIGN))
        if operator == "(":
            inner = self.expression(0)
            self.expect(")")
            return inner
        if operator == "{":
            return self.constants()
        raise _Unreadable("unreadable")

    def expect(self, text: str) -> None:
        found = self.take().text
        if found != text:
            raise _Unreadable("union" if found == "," else "unreadable")

    def arguments(self) -> tuple[Node, ...]:
        if self.next_operator() == ")":
            self.position += 1
            return ()
        found: list[Node] = []
        while True:
            found.append(Missing() if self.next_operator() in {",", ")"} else self.expression(0))
            token = self.take()
            if token.text == ")":
                return tuple(found)
            if token.text != ",":
                raise _Unreadable("unreadable")

    def constants(self) -> Node:
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        while True:
            row.append(self.expression(0))
            token = self.take()
            if token.text in {";", "}"}:
                rows.append(tuple(row))
                row = []
            if token.text == "}":
                return Constants(tuple(rows))
            if token.text not in {",", ";"}:
                raise _Unreadable("unreadable")

    def reference(self, token: _Token) -> Reference:
        first, _, last = token.text.partition(":")
        top, left = self.edges(first, 1)
        bottom, right = self.edges(last, -1) if last else (top, left)
        return Reference(token.sheet, top, left, bottom, right, token.kind == "cell")

    def edges(self, corner: str, side: int) -> tuple[Edge, Edge]:
        """The row and the column of one corner; where it has none, the sheet's first (1) or last (-1)."""
        match = _EDGE.fullmatch(corner)
        assert match is not None
        column_fixed, letters, row_fixed, digits = match.groups()
        if not letters:  # a whole row: "$5" has its sign before the digits
            row_fixed = row_fixed or column_fixed
        row = _edge(int(digits), bool(row_fixed), self.row) if digits else Edge(1 if side > 0 else MAX_ROW, True)
        if not letters:
            return row, Edge(1 if side > 0 else MAX_COLUMN, True)
        number = column_number(letters)
        if number > MAX_COLUMN or (digits and int(digits) > MAX_ROW):
            raise _Unreadable("unreadable")
        return row, _edge(number, bool(column_fixed), self.column)


def _edge(number: int, fixed: bool, origin: int) -> Edge:
    return Edge(number, True) if fixed else Edge(number - origin, False)


def _logical_or_name(token: _Token) -> Node:
    if token.text.upper() in {"TRUE", "FALSE"} and token.sheet is None:
        return Logical(token.text.upper() == "TRUE")
    return Name(token.text, token.sheet)


def _function_name(text: str) -> str:
    name = text[:-1].upper()
    for prefix in ("_XLFN.", "_XLWS.", "_XLUDF."):
        name = name.removeprefix(prefix)
    return name


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    below = _BELOW.get(node.__class__)
    return below(node) if below is not None else ()


_BELOW: dict[type, Callable[[Any], tuple[Node, ...]]] = {
    Call: attrgetter("arguments"),
    Operation: attrgetter("left", "right"),
    Sign: lambda node: (node.operand,),
    Percent: lambda node: (node.operand,),
    Constants: lambda node: tuple(item for row in node.rows for item in row),
}
"""What stands below nodes of each kind; below others stands nothing."""


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        below = _BELOW.get(one.__class__)
        if below is not None:
            waiting += below(one)[::-1]


def references(node: Node) -> tuple[Reference, ...]:
    """All references in the tree."""
    return tuple(found for found in walk(node) if isinstance(found, Reference))
