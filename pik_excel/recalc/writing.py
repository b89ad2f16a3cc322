"""How is a tree written as a formula again, for the cell in which it stands?"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from pik_excel.grid.reference import column_letters, quoted
from pik_excel.recalc.syntax import (
    Call,
    Constants,
    Edge,
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

_MOVES = "\0"  # no formula holds one: XML has no such character


def write(node: Node, row: int, column: int, home: str | None = None) -> str:
    """The formula without "=", fully bracketed; with `home`, the cell's own sheet, it can stand on any other.

    The tree holds no names (see `names`) and nothing `Beyond`.
    """
    return filled_down(node, column, home)(row)


def filled_down(node: Node, column: int, home: str | None = None) -> Callable[[int], str]:
    """As `write`, for all rows of a column: the formula is put together once, however many copies it has."""
    return Writer(home).filled_down(node, column)


class Writer:
    """Writes many formulas, those of one sheet with it as `home`."""

    def __init__(self, home: str | None = None) -> None:
        self._sheets: dict[str | None, str] = {None: "" if home is None else _before_cells(home)}

    def filled_down(self, node: Node, column: int) -> Callable[[int], str]:
        """As the function of that name."""
        distances: list[int] = []
        template = _Text(column, self._sheets, distances).written(node).replace("%", "%%").replace(_MOVES, "%d")
        return lambda row: template % tuple([row + distance for distance in distances])


class _Text:
    """The formula of one column, with a sign for each row that moves along; how far that is goes to `distances`, in the
    order of the text. `sheets` has what stands before the cells of a sheet, as far as it is known."""

    def __init__(self, column: int, sheets: dict[str | None, str], distances: list[int]) -> None:
        self._column = column
        self._sheets = sheets
        self._distances = distances

    def written(self, node: Node) -> str:
        match node:
            case Number():
                return str(node.value)
            case Text():
                return '"' + node.value.replace('"', '""') + '"'
            case Logical():
                return "TRUE" if node.value else "FALSE"
            case Failure():
                return node.code
            case Missing():
                return ""
            case Reference():
                return self._reference(node)
            case Call():
                return f"{node.name}({','.join(map(self.written, node.arguments))})"
            case Operation():
                return f"({self.written(node.left)}{node.operator}{self.written(node.right)})"
            case Sign():
                return f"({node.operator}{self.written(node.operand)})"
            case Percent():
                return f"({self.written(node.operand)}%)"
            case Constants():
                rows = (",".join(self.written(item).strip("()") for item in line) for line in node.rows)
                return "{" + ";".join(rows) + "}"
        raise ValueError(f"{node} cannot be written")

    def _reference(self, node: Reference) -> str:
        sheet = self._sheets.get(node.sheet)
        if sheet is None:
            sheet = self._sheets[node.sheet] = _before_cells(node.sheet or "")
        first = self._corner(node.left, node.top)
        return f"{sheet}{first}" if node.single else f"{sheet}{first}:{self._corner(node.right, node.bottom)}"

    def _corner(self, across: Edge, down: Edge) -> str:
        letters = f"{'$' * across.fixed}{column_letters(across.at(self._column))}"
        if down.fixed:
            return f"{letters}${down.number}"
        self._distances.append(down.number)
        return letters + _MOVES


def _before_cells(sheet: str) -> str:
    return f"{quoted(sheet_name(sheet))}!"


def sheet_name(sheet: str) -> str:
    """The sheet as formulas must name it here: one of another workbook ("[1]Ansatz") under a name that a sheet can
    have."""
    return "_" + sha256(sheet.encode()).hexdigest()[:30] if sheet.startswith("[") else sheet
