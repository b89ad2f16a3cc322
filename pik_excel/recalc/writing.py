"""How is a tree written as a formula again, for the cell in which it stands?"""

from __future__ import annotations

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


def write(node: Node, row: int, column: int, home: str | None = None) -> str:
    """The formula without "=", fully bracketed; with `home`, the cell's own sheet, it can stand on any other.

    The tree holds no names (see `names`) and nothing `Beyond`.
    """
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
            return _reference(node, row, column, home)
        case Call():
            return f"{node.name}({','.join(write(each, row, column, home) for each in node.arguments)})"
        case Operation():
            return f"({write(node.left, row, column, home)}{node.operator}{write(node.right, row, column, home)})"
        case Sign():
            return f"({node.operator}{write(node.operand, row, column, home)})"
        case Percent():
            return f"({write(node.operand, row, column, home)}%)"
        case Constants():
            rows = (",".join(write(item, row, column, home).strip("()") for item in line) for line in node.rows)
            return "{" + ";".join(rows) + "}"
    raise ValueError(f"{node} cannot be written")


def sheet_name(sheet: str) -> str:
    """The sheet as formulas must name it here: one of another workbook ("[1]Ansatz") under a name that a sheet can
    have."""
    return "_" + sha256(sheet.encode()).hexdigest()[:30] if sheet.startswith("[") else sheet


def _reference(node: Reference, row: int, column: int, home: str | None) -> str:
    first = _corner(node.left, node.top, row, column)
    last = _corner(node.right, node.bottom, row, column)
    name = node.sheet or home
    sheet = f"{quoted(sheet_name(name))}!" if name is not None else ""
    return f"{sheet}{first}" if node.single else f"{sheet}{first}:{last}"


def _corner(across: Edge, down: Edge, row: int, column: int) -> str:
    letters = column_letters(across.at(column))
    return f"{'$' * across.fixed}{letters}{'$' * down.fixed}{down.at(row)}"
