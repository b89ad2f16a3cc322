"""What kinds of things does a formula consist of? The same for all that differ in rows, columns and numbers only, so
that many questions need not go through each formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pik_excel.recalc.syntax import Call, Node, Operation, Reference


class Form(NamedTuple):
    """What occurs in a tree: kinds of nodes, functions by name, operators between two operands, and the sheets of
    references, None where they name none; `elsewhere` are those of other workbooks."""

    kinds: frozenset[type]
    functions: frozenset[str]
    operators: frozenset[str]
    sheets: frozenset[str | None]
    elsewhere: frozenset[str]


def form_of(nodes: Iterable[Node]) -> Form:
    """The form of the tree that consists of these nodes."""
    kinds: set[type] = set()
    functions: set[str] = set()
    operators: set[str] = set()
    sheets: set[str | None] = set()
    for node in nodes:
        kind = node.__class__
        kinds.add(kind)
        if kind is Call:
            functions.add(node.name)  # type: ignore[union-attr]  # by its kind
        elif kind is Operation:
            operators.add(node.operator)  # type: ignore[union-attr]
        elif kind is Reference:
            sheets.add(node.sheet)  # type: ignore[union-attr]
    elsewhere = frozenset(sheet for sheet in sheets if sheet is not None and sheet.startswith("["))
    return Form(frozenset(kinds), frozenset(functions), frozenset(operators), frozenset(sheets), elsewhere)
