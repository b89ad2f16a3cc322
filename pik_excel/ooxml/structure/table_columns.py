"""How do columns of an Excel table (Einfügen > Tabelle) get names and totals, and how does it grow to the right?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import range_of
from pik_excel.ooxml.cellxml import decoded, encoded
from pik_excel.ooxml.edits import CellEdit, Formula, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices, patched
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import sheet_named, worksheets
from pik_excel.ooxml.sheetxml import sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.fresh import Fresh
from pik_excel.ooxml.structure.rewrite import Rules, element_text, rewritten, with_attribute
from pik_excel.ooxml.structure.tables import renamed_column_in
from pik_excel.ooxml.tables import FUNCTIONS, Table, table_named, table_of, tables_on, total_formula
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_OF_ITS_OWN = pattern(
    rb"""\s(?:[\w.-]+:)?(?:uid|uniqueName|queryTableFieldId|totalsRow(?:Function|Label))\s*=\s*(?:"[^"]*"|'[^']*')"""
)
_FORMULAS = (b"f", b"formula", b"formula1", b"formula2", b"definedName")
_TABLE_FORMULAS = (b"calculatedColumnFormula", b"totalsRowFormula")


@dataclass(frozen=True)
class NewColumn:
    """What a column of a table is called, and the formula of its totals row without "=", None for none."""

    title: str
    total: str | None = None


@dataclass(frozen=True)
class GrownTable:
    """A table of a sheet and columns for it, by their place on the sheet, formatted like the one at `like`.

    Those inside the table were inserted and get their names; those right of it, without a gap, are appended.
    """

    sheet: str
    table: str
    like: int
    columns: Mapping[int, NewColumn]


def with_table_columns(package: Package, tables: Iterable[GrownTable]) -> Package:
    """The package with these columns in its tables, their header and totals cells written; itself where there are none.

    Raises `NotWritten` for a table that is filled from a query or an XML map.
    """
    fresh, grown = Fresh(package), False
    edits: dict[tuple[str, int, int], CellEdit] = {}
    for one in tables:
        found, grown = _refused_from_query(one, _as_it_is(one, fresh)), True
        fresh.put(found.part, _with_columns(fresh.text(found.part), found, one.like, one.columns))
        edits |= {(found.part, edit.row, edit.column): edit for edit in _frame(one, found)}
    return patched(fresh.read_back(), [*dict.fromkeys(edits.values())]) if grown else package


def _refused_from_query(one: GrownTable, found: Table) -> Table:
    if found.kind in {"worksheet", ""}:
        return found
    raise NotWritten(
        "table-from-query",
        _("{sheet}!{area}: die Excel-Tabelle „{table}“ wird aus einer Abfrage oder XML-Datei gefüllt.").format(
            sheet=one.sheet, area=found.area, table=found.name
        ),
        _("Bitte die Jahre dort ergänzen, woher die Daten kommen, und die Tabelle aktualisieren."),
    )


def _frame(one: GrownTable, found: Table) -> Iterator[CellEdit]:
    """The header and totals cells of the new columns."""
    for at, new in one.columns.items():
        if found.headers:
            yield CellEdit(one.sheet, found.area.top, at, Text(new.title))
        if found.totals and new.total:
            yield CellEdit(one.sheet, found.area.bottom, at, Formula(new.total))


def with_table_column_renamed(package: Package, sheet: str, row: int, column: int, title: str) -> Package:
    """The table column whose header cell is at this place called `title`, in its formulas too, as Excel does it."""
    own = sheet_named(package, sheet)
    tables = tables_on(package, own.part) if own is not None else ()
    found = next(table for table in tables if table.area.holds(row, column) and table.is_header(row))
    old = found.column(column).name
    bare = not any(
        one.name.casefold() == old.casefold() for table in tables if table is not found for one in table.columns
    )
    fresh = Fresh(package)

    def elsewhere(text: str) -> str:
        return renamed_column_in(text, found.name, old, title)

    def here(text: str) -> str:
        return renamed_column_in(text, found.name, old, title, bare)

    for other in worksheets(package):
        if not other.part:
            continue
        change = here if own is not None and other.part == own.part else elsewhere
        fresh.rewrite(other.part, Rules(contents=dict.fromkeys(_FORMULAS, change)))
        for part in related(package, other.part, "table"):
            fresh.rewrite(
                part, Rules(contents=dict.fromkeys(_TABLE_FORMULAS, here if part == found.part else elsewhere))
            )
    fresh.rewrite(workbook_part(package), Rules(contents={b"definedName": elsewhere}))
    name = {"name": lambda text: _attribute(title) if decoded(text) == old else text}
    fresh.rewrite(found.part, Rules(attributes={b"tableColumn": name}))
    return patched(fresh.read_back(), [CellEdit(sheet, row, column, Text(title))])


def column_formulas(package: Package, sheet: str, edits: Sequence[CellEdit]) -> PartSplices:
    """The splices, for `patched(..., also=...)`, by which a table's column whose formula changes in every row also has
    the new one for rows to come."""
    own = sheet_named(package, sheet)
    if own is None:
        return {}
    new = {(edit.row, edit.column): edit.content for edit in edits if edit.sheet.casefold() == sheet.casefold()}
    splices = {table.part: _calculated(package, own.part, table, new) for table in tables_on(package, own.part)}
    return {part: given for part, given in splices.items() if given}


def _calculated(package: Package, sheet: str, table: Table, new: Mapping[tuple[int, int], object]) -> list[Splice]:
    text, shape = package.text(table.part), package.structure(table.part)
    listed = xml.child(shape, xml.root(shape), b"tableColumns")
    rows = range(table.area.top + table.headers, table.area.bottom - table.totals + 1)
    splices = []
    for at, column in enumerate(xml.children(shape, listed) if listed is not None else (), table.area.left):
        formula = xml.child(shape, column, b"calculatedColumnFormula")
        contents = [new.get((row, at)) for row in rows]
        if formula is None or not contents or not all(isinstance(one, Formula) for one in contents):
            continue
        first = contents[0]
        assert isinstance(first, Formula)
        if xml.content(text, formula) == _formula_of(package, sheet, rows[0], at):
            splices.append(Splice(formula.inner, formula.inner_end, element_text(first.text)))
    return splices


def _formula_of(package: Package, part: str, row: int, column: int) -> str | None:
    sheet = sheet_xml(package, part)
    for line in sheet.rows:
        for cell in sheet.cells(line) if line.number == row else ():
            if cell.column == column:
                found = next((one for one in sheet.inside(cell) if one.name == b"f"), None)
                return xml.content(sheet.text, found) if found is not None else None
    return None


def _as_it_is(one: GrownTable, fresh: Fresh) -> Table:
    """The table in its part as that is by now."""
    own = sheet_named(fresh.package, one.sheet)
    found = table_named(fresh.package, own.part, one.table) if own is not None else None
    if found is None:
        raise ValueError(f"no table {one.table} on {one.sheet}")
    return table_of(found.part, fresh.text(found.part)) or found


def _with_columns(part: bytes, table: Table, like: int, columns: Mapping[int, NewColumn]) -> bytes:
    area = table.area
    wide = str(area._replace(right=max(area.right, *columns)))

    def grown(reference: str) -> str:
        own = range_of(reference)
        return (
            reference if own is None or own.right != area.right else str(own._replace(right=max(own.right, *columns)))
        )

    def listed(data: bytes, blanked: bytes) -> bytes:
        return _columns(data, blanked, table, like, columns)

    rules = Rules(
        attributes={b"table": {"ref": lambda _old: wide}, b"autoFilter": {"ref": grown}},
        whole={b"tableColumns": listed},
    )
    return rewritten(part, rules)


def _columns(data: bytes, blanked: bytes, table: Table, like: int, columns: Mapping[int, NewColumn]) -> bytes:
    root = xml.root(blanked)
    there = list(xml.children(blanked, root))
    kept = [data[one.start : one.end] for one in there]
    numbers = [int(xml.attributes(data, one).get("id", "0")) for one in there]
    model = there[like - table.area.left]
    for at, new in sorted(columns.items()):
        index = at - table.area.left
        if index > len(kept):
            raise ValueError(f"column {at} does not follow the table")
        if index == len(kept):
            kept.append(b"")
            numbers.append(max(numbers) + 1)
        kept[index] = _column(data, model, numbers[index], table.name, new)
    head = with_attribute(data[: root.inner], "count", str(len(kept)))
    return head + b"".join(kept) + data[root.inner_end :]


def _column(data: bytes, model: xml.Element, number: int, table: str, new: NewColumn) -> bytes:
    """A column that looks like the model: its formats, not its formulas."""
    tag = _OF_ITS_OWN.sub(b"", data[model.start : model.inner]).rstrip(b">").rstrip(b"/").rstrip() + b"/>"
    tag = with_attribute(with_attribute(tag, "id", str(number)), "name", _attribute(new.title))
    if new.total is None:
        return tag
    known = next((name for name in FUNCTIONS if total_formula(name, table, new.title) == new.total), None)
    tag = with_attribute(tag, "totalsRowFunction", known or "custom")
    if known:
        return tag
    prefix = model.prefix + b":" if model.prefix else b""
    name = prefix + b"totalsRowFormula"
    inside = b"<" + name + b">" + element_text(new.total) + b"</" + name + b">"
    return tag[:-2] + b">" + inside + b"</" + prefix + b"tableColumn>"


def _attribute(title: str) -> str:
    """A name as the attribute holds it: a line break is written `_x000a_`."""
    return re.sub(r"[\t\n]", lambda found: f"_x{ord(found[0]):04x}_", encoded(title))
