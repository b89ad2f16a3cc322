"""Which Excel tables (Einfügen > Tabelle) lie on a sheet, and what must their header and totals cells say?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, range_of
from pik_excel.ooxml.cellxml import decoded
from pik_excel.ooxml.edits import Blank, Content, Formula, Number, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related
from pik_excel.records import dataclass

FUNCTIONS = {
    "average": 101, "countNums": 102, "count": 103, "max": 104, "min": 105, "stdDev": 107, "sum": 109, "var": 110,
}  # fmt: skip


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its name, and what it declares for the totals row, a label or a formula without "="."""

    name: str
    label: str = ""
    total: str = ""


@dataclass(frozen=True)
class Table:
    """A table's part read: its range with header and totals rows, its columns; `kind` is "worksheet" for most."""

    part: str
    name: str
    area: Range
    headers: int
    totals: int
    columns: tuple[TableColumn, ...]
    kind: str

    def column(self, at: int) -> TableColumn:
        """The column of the table in that column of the sheet."""
        index = at - self.area.left
        return self.columns[index] if index < len(self.columns) else TableColumn("")

    def is_header(self, row: int) -> bool:
        """Whether the row, one of the table's, is a header row."""
        return row < self.area.top + self.headers

    def is_totals(self, row: int) -> bool:
        """Whether the row, one of the table's, is a totals row."""
        return row > self.area.bottom - self.totals

    def agrees(self, row: int, column: int, content: Content) -> bool:
        """Whether a cell of the header or of the totals may say that: it must be what the table declares."""
        declared = self.column(column)
        match content:
            case Text(value):
                return value == (declared.name if self.is_header(row) else declared.label)
            case Number(value):
                return self.is_header(row) and f"{value:f}" == declared.name
            case Formula(text):
                return self.is_totals(row) and text == declared.total
            case Blank():
                return self.is_totals(row) and not declared.label and not declared.total
        return False


def tables_on(package: Package, sheet: str) -> tuple[Table, ...]:
    """The tables of a worksheet part; those without a range are left out."""
    return package.told_by_all(("tables", sheet), lambda: tuple(_tables(package, sheet)))


def table_named(package: Package, sheet: str, name: str) -> Table | None:
    """The first table of that name of a worksheet part; Excel does not look at the case."""
    known = package.told_by_all(("tables by name", sheet), lambda: _by_name(tables_on(package, sheet)))
    return known.get(name.casefold())


def table_of(part: str, text: bytes) -> Table | None:
    """The table that a part of this content holds; None where it has no range."""
    return _table(part, text, xml.structure(text))


def _tables(package: Package, sheet: str) -> Iterator[Table]:
    for part in related(package, sheet, "table"):
        table = package.found_in(part, "table", partial(_read, package, part))
        if table is not None:
            yield table


def _read(package: Package, part: str) -> Table | None:
    return _table(part, package.text(part), package.structure(part))


def _by_name(tables: tuple[Table, ...]) -> dict[str, Table]:
    return {table.name.casefold(): table for table in reversed(tables)}


def total_formula(function: str, table: str, column: str) -> str:
    """What Excel writes into the totals row for one of its functions ("sum")."""
    special = "".join(f"'{sign}" if sign in "[]#'@" else sign for sign in column)
    return f"SUBTOTAL({FUNCTIONS[function]},{table}[{special}])"


def _table(part: str, text: bytes, shape: bytes) -> Table | None:
    root = xml.root(shape)
    given = xml.attributes(shape, root)
    area = range_of(given.get("ref", ""))
    if area is None:
        return None
    name = given.get("displayName") or given.get("name", "")
    listed = xml.child(shape, root, b"tableColumns")
    columns = xml.children(shape, listed) if listed is not None else ()
    return Table(
        part,
        name,
        area,
        xml.whole({"headerRowCount": "1"} | given, "headerRowCount"),
        xml.whole(given, "totalsRowCount"),
        tuple(_column(text, shape, column, name) for column in columns),
        given.get("tableType", "worksheet"),
    )


def _column(text: bytes, shape: bytes, element: xml.Element, table: str) -> TableColumn:
    given = xml.attributes(shape, element)
    name, function = decoded(given.get("name", "")), given.get("totalsRowFunction", "none")
    own = xml.child(shape, element, b"totalsRowFormula")
    total = xml.content(text, own) if own is not None else ""
    if function in FUNCTIONS:
        total = total_formula(function, table, name)
    return TableColumn(name, decoded(given.get("totalsRowLabel", "")), total)
