"""What do the names in a formula stand for?

Defined names and table references become plain ranges, sheets are called what they are called in the workbook:
after this a tree holds no `Name` and no `Structured` any more: what cannot be resolved has become `Beyond`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from operator import is_

from pik_excel.grid.workbook import DefinedName, ExcelTable, Sheet, Workbook
from pik_excel.recalc.form import Form
from pik_excel.recalc.syntax import (
    Beyond,
    Call,
    Constants,
    Edge,
    Name,
    Node,
    Operation,
    Percent,
    Reference,
    Sign,
    Structured,
    parse,
    references,
    walk,
)

_DEEPEST = 20  # names that refer to names
_LARGEST = 5_000  # operands and operators that a name stands for: two names in each of twenty would make a million
_NAMING = frozenset({Constants, Name, Structured})


class Names:
    """The names of one workbook, as its formulas may use them."""

    def __init__(self, workbook: Workbook, sheets: Iterable[str]) -> None:
        self._sheets = {sheet.casefold(): sheet for sheet in sheets}
        self._other_workbooks = workbook.other_workbooks
        self._names = {(_key(name.sheet), name.name.casefold()): name for name in workbook.names}
        self._meanings: dict[tuple[str, str, str, int], Node] = {}
        self._tables = {table.name.casefold(): (sheet, table) for sheet in workbook.sheets for table in sheet.tables}

    def may_be_in(self, form: Form) -> bool:
        """Whether `resolve` may make another tree of one of that form."""
        spelled_otherwise = any(one is not None and self._sheets.get(_key(one)) != one for one in form.sheets)
        return bool(form.elsewhere) or spelled_otherwise or not form.kinds.isdisjoint(_NAMING)

    def resolve(self, node: Node, sheet: str, depth: int = 0) -> Node:
        """The tree of a formula on `sheet`, with names replaced by what they stand for; itself where it has none."""
        match node:
            case Reference(sheet=str()):
                return self._on_its_sheet(node)
            case Name():
                return self._named(node, sheet, depth)
            case Structured():
                return self.in_table(node, sheet)
            case Call():
                arguments = tuple([self.resolve(each, sheet, depth) for each in node.arguments])
                return node if all(map(is_, arguments, node.arguments)) else Call(node.name, arguments)
            case Operation():
                left, right = self.resolve(node.left, sheet, depth), self.resolve(node.right, sheet, depth)
                same = left is node.left and right is node.right
                return node if same else Operation(node.operator, left, right)
            case Sign():
                operand = self.resolve(node.operand, sheet, depth)
                return node if operand is node.operand else Sign(node.operator, operand)
            case Percent():
                operand = self.resolve(node.operand, sheet, depth)
                return node if operand is node.operand else Percent(operand)
            case Constants() if any(isinstance(item, (Name, Reference)) for row in node.rows for item in row):
                return Beyond("unreadable")
        return node

    def _on_its_sheet(self, reference: Reference) -> Node:
        sheets = self._elsewhere if reference.elsewhere else self._sheets
        found = sheets.get(_key(reference.sheet))
        if found is None:
            return Beyond("external" if reference.elsewhere else "sheet")
        if found == reference.sheet:
            return reference
        edges = (reference.top, reference.left, reference.bottom, reference.right)
        return Reference(found, *edges, reference.single)

    @cached_property
    def _elsewhere(self) -> dict[str, str]:
        return {sheet.casefold(): sheet for sheet in self._other_workbooks}

    def _named(self, node: Name, sheet: str, depth: int) -> Node:
        defined = self._names.get((_key(node.sheet or sheet), node.name.casefold()))
        defined = defined or self._names.get((_key(None), node.name.casefold()))
        if defined is None or depth > _DEEPEST:
            return Beyond("name")
        return self._meaning(defined, sheet, depth)

    def _meaning(self, defined: DefinedName, sheet: str, depth: int) -> Node:
        key = _key(defined.sheet), defined.name.casefold(), sheet, depth
        if key not in self._meanings:
            meaning = self._resolved(defined, sheet, depth)
            large = next(islice(walk(meaning), _LARGEST, None), None) is not None
            self._meanings[key] = Beyond("name") if large else meaning
        return self._meanings[key]

    def _resolved(self, defined: DefinedName, sheet: str, depth: int) -> Node:
        tree = parse(defined.formula.removeprefix("="), 1, 1)
        if any(not _is_fixed(reference) or reference.sheet is None for reference in references(tree)):
            return Beyond("relative name")
        return self.resolve(tree, defined.sheet or sheet, depth + 1)

    def in_table(self, node: Structured, sheet: str) -> Node:
        """The range that a reference into a table means for a formula on `sheet`; `Beyond` where there is none."""
        found = self._tables.get(node.table.casefold())
        if found is None:
            return Beyond("table")
        home, table = found
        return _table_reference(home, table, node.inside, sheet) or Beyond("table")


def _key(sheet: str | None) -> str:
    return (sheet or "").casefold()


def _is_fixed(reference: Reference) -> bool:
    return all(edge.fixed for edge in (reference.top, reference.left, reference.bottom, reference.right))


def _table_reference(home: Sheet, table: ExcelTable, inside: str, sheet: str) -> Reference | None:
    """`[Betrag]`, `[[Von]:[Bis]]`, `[#Data]`, `[[#This Row],[Betrag]]`, `[[#Totals],[Betrag]]`; None for others."""
    parts = [part.strip() for part in inside.strip("[]").replace("],[", "\0").replace("], [", "\0").split("\0")]
    region = parts.pop(0).lower() if parts[0].startswith("#") else "#data"
    if len(parts) > 1:
        return None
    columns = _columns(table, parts[0]) if parts and parts[0] else (table.area.left, table.area.right)
    rows = _rows(table, region)
    if columns is None or rows is None or (region == "#this row" and home.name != sheet):
        return None
    (top, bottom), (left, right) = rows, columns
    return Reference(home.name, top, Edge(left, True), bottom, Edge(right, True), top == bottom and left == right)


def _columns(table: ExcelTable, written: str) -> tuple[int, int] | None:
    names = {name.casefold(): index for index, name in enumerate(table.columns)}
    first, _, last = written.partition("]:[")
    start, end = (names.get(_unescaped(name).casefold()) for name in (first, last or first))
    if start is None or end is None:
        return None
    return table.area.left + min(start, end), table.area.left + max(start, end)


def _unescaped(column: str) -> str:
    for mark in "[]#'":
        column = column.replace("'" + mark, mark)
    return column


def _rows(table: ExcelTable, region: str) -> tuple[Edge, Edge] | None:
    first, last = table.area.top + table.header_rows, table.area.bottom - table.totals_rows
    match region:
        case "#this row":
            return Edge(0, False), Edge(0, False)
        case "#data":
            return Edge(first, True), Edge(last, True)
        case "#all":
            return Edge(table.area.top, True), Edge(table.area.bottom, True)
        case "#totals" if table.totals_rows:
            return Edge(last + 1, True), Edge(table.area.bottom, True)
        case "#headers" if table.header_rows:
            return Edge(table.area.top, True), Edge(first - 1, True)
    return None
