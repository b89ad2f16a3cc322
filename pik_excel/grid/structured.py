"""Which columns of Excel tables does a formula name, and how does it name others?

`Vorhaben[2021]`, `Vorhaben[[#This Row],[2020]:[2021]]`; inside its own table also without the name: `[2021]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pik_excel.grid.formula import BRACKETS
from pik_excel.grid.workbook import ExcelTable
from pik_excel.patterns import pattern

_CUT = pattern(
    rf"""
      "(?:[^"]|"")*+" | '(?:[^']|'')*+'!?                                     # text, a sheet in quotes
    | (?<![\w.\\\]])(?P<table>(?:[^\W\d]|\\)[\w.\\?]*+)?(?P<inside>{BRACKETS})(?![\w!'])  # not [1]Ansatz!B4
    """,
    re.VERBOSE,
)
_ITEM = pattern(r"\[((?:[^\[\]']|'.)*+)\]", re.DOTALL)
_ESCAPED = pattern(r"'(.)", re.DOTALL)
_SPECIAL = pattern(r"(['\[\]#@])")


class TableColumns(NamedTuple):
    """A reference to columns of a table: `first` to `last`, the same where it is one; regions as "#This Row"."""

    table: str
    regions: tuple[str, ...]
    first: str
    last: str

    def __str__(self) -> str:
        first, last = _escaped(self.first), _escaped(self.last)
        if not self.regions and first == last:
            return f"{self.table}[{first}]"
        items = [f"[{region}]" for region in self.regions]
        items.append(f"[{first}]" if first == last else f"[{first}]:[{last}]")
        return f"{self.table}[{','.join(items)}]"

    def place(self, table: ExcelTable) -> tuple[int, int] | None:
        """The columns of the sheet, from left to right; None where the table is another or has no such columns."""
        if self.table.casefold() != table.name.casefold():
            return None
        names = {name.casefold(): index for index, name in enumerate(table.columns)}
        first, last = names.get(self.first.casefold()), names.get(self.last.casefold())
        if first is None or last is None:
            return None
        return table.area.left + min(first, last), table.area.left + max(first, last)


def column_references(formula: str, own: str = "") -> tuple[str | TableColumns, ...]:
    """The formula cut at its references to columns of tables; `own` is the table in which it stands."""
    cut: list[str | TableColumns] = []
    end = 0
    for match in _CUT.finditer(formula):
        found = _reference(match, own)
        if found is not None:
            cut += [formula[end : match.start()], found]
            end = match.end()
    return tuple(piece for piece in (*cut, formula[end:]) if piece)


def replaced(formula: str, own: str, change: Callable[[TableColumns], TableColumns]) -> str:
    """The formula with other columns; its own table is named now where it was left out."""
    pieces = column_references(formula, own)
    return "".join(str(change(piece) if isinstance(piece, TableColumns) else piece) for piece in pieces)


def filled_across(formula: str, own: str, named: Callable[[str], Sequence[ExcelTable]], by: int) -> str:
    """The formula as it reads when it is filled `by` cells to the right: columns of tables move along. `named` are the
    tables of a name."""

    def along(found: TableColumns) -> TableColumns:
        for table in named(found.table):
            place = found.place(table)
            if place is not None and place[1] + by <= table.area.right:
                first, last = (table.columns[at + by - table.area.left] for at in place)
                return found._replace(first=first, last=last)
        return found

    return replaced(formula, own, along)


def table_at(tables: Sequence[ExcelTable], row: int, column: int) -> ExcelTable | None:
    """The table in which a cell of the sheet lies."""
    return next((table for table in tables if table.area.holds(row, column)), None)


def table_heading(tables: Sequence[ExcelTable], row: int, column: int) -> str | None:
    """What a header cell of a table must say: the column's name; None for any other cell."""
    table = table_at(tables, row, column)
    if table is None or row >= table.area.top + table.header_rows:
        return None
    index = column - table.area.left
    return table.columns[index] if index < len(table.columns) else None


def _reference(match: re.Match[str], own: str) -> TableColumns | None:
    inside = match["inside"][1:-1] if match["inside"] else ""
    table = match["table"] or own
    items = [item[1] for item in _ITEM.finditer(inside)] if inside.startswith("[") else [inside]
    regions = tuple(item for item in items if item.startswith("#"))
    columns = [_ESCAPED.sub(r"\1", item) for item in items if item and not item.startswith(("#", "@"))]
    if not table or not 1 <= len(columns) <= 2 or len(regions) + len(columns) < len(items):
        return None
    return TableColumns(table, regions, columns[0], columns[-1])


def _escaped(column: str) -> str:
    return _SPECIAL.sub(r"'\1", column)
