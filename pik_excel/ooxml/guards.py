"""Which edits would damage the workbook, and why?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, a1, on_grid, range_of
from pik_excel.ooxml.edits import CellEdit, Formula, Stored, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related
from pik_excel.ooxml.sheetxml import SheetXml

_LONGEST_TEXT, _LONGEST_FORMULA = 32_767, 8_192


def refuse_harmful(package: Package, part: str, sheet: SheetXml, edits: Sequence[CellEdit]) -> None:
    """Raise `NotWritten` for the first edit that cannot be made without loss; nothing is written then."""
    merged, tables, pivots = merges(sheet), list(_tables(package, part)), list(_pivots(package, part))
    for edit in edits:
        _refuse_impossible(edit)
        _refuse_block(sheet, edit)
        _refuse_hidden_by_merge(merged, edit)
        if not isinstance(edit.content, Stored):
            _refuse_table_frame(tables, edit)
            _refuse_pivot(pivots, edit)


def merges(sheet: SheetXml) -> tuple[Range, ...]:
    """The merged ranges of a sheet."""
    listed = sheet.first(b"mergeCells")
    if listed is None:
        return ()
    found = (xml.attributes(sheet.structure, cell).get("ref", "") for cell in xml.children(sheet.structure, listed))
    return tuple(area for area in map(range_of, found) if area is not None)


def _refuse_impossible(edit: CellEdit) -> None:
    if not on_grid(edit.row, edit.column):
        raise ValueError(f"no cell {edit.row}, {edit.column}")
    content = edit.content
    if isinstance(content, Formula) and (not content.text or content.text.startswith("=")):
        raise ValueError(f"{edit}: a formula has a text, without the equals sign")
    if isinstance(content, Text) and len(content.value) > _LONGEST_TEXT:
        raise _too_long(edit, len(content.value), _LONGEST_TEXT)
    if isinstance(content, Formula) and len(content.text) > _LONGEST_FORMULA:
        raise _too_long(edit, len(content.text), _LONGEST_FORMULA)


def _refuse_block(sheet: SheetXml, edit: CellEdit) -> None:
    for block in sheet.blocks:
        if block.area.single or not block.area.holds(edit.row, edit.column) or isinstance(edit.content, Stored):
            continue
        if block.kind == "array":
            raise NotWritten(
                "inside-array",
                _("{at} gehört zur Matrixformel in {range}; einzelne Zellen daraus lassen sich nicht ändern.").format(
                    at=edit, range=block.area
                ),
                _("Bitte in Excel die Matrixformel als Ganzes ändern oder auflösen."),
            )
        raise NotWritten(
            "inside-data-table",
            _(
                "{at} gehört zur Datentabelle (Was-wäre-wenn-Analyse) in {range}; Excel füllt diese Zellen selbst."
            ).format(at=edit, range=block.area),
            _("Bitte die Formel oder die Eingabewerte am Rand der Datentabelle ändern."),
        )


def _refuse_hidden_by_merge(merged: Sequence[Range], edit: CellEdit) -> None:
    for area in merged:
        if area.holds(edit.row, edit.column) and (edit.row, edit.column) != (area.top, area.left):
            raise NotWritten(
                "inside-merge",
                _("{at} liegt in den verbundenen Zellen {range}; dort ist nur {first} sichtbar.").format(
                    at=edit, range=area, first=a1(area.top, area.left)
                ),
                _("Bitte {first} ändern oder den Verbund in Excel aufheben.").format(first=a1(area.top, area.left)),
            )


def _refuse_table_frame(tables: Sequence[tuple[str, Range, int, int]], edit: CellEdit) -> None:
    """Excel repairs (and so changes) a file in which a table's header cell and its column name differ."""
    for name, area, headers, totals in tables:
        if not area.holds(edit.row, edit.column):
            continue
        if edit.row < area.top + headers:
            raise NotWritten(
                "table-header",
                _(
                    "{at} ist eine Überschrift der Excel-Tabelle „{table}“; Formeln beziehen sich auf diesen Namen."
                ).format(at=edit, table=name),
                _("Bitte die Spalte in Excel umbenennen."),
            )
        if edit.row > area.bottom - totals:
            raise NotWritten(
                "table-totals",
                _("{at} steht in der Ergebniszeile der Excel-Tabelle „{table}“.").format(at=edit, table=name),
                _("Bitte die Ergebniszeile in Excel ändern."),
            )


def _refuse_pivot(pivots: Sequence[Range], edit: CellEdit) -> None:
    for area in pivots:
        if area.holds(edit.row, edit.column):
            raise NotWritten(
                "inside-pivot",
                _(
                    "{at} liegt in der Pivot-Tabelle {range}; beim nächsten Aktualisieren ginge die Änderung verloren."
                ).format(at=edit, range=area),
                _("Bitte die Quelldaten der Pivot-Tabelle ändern."),
            )


def _tables(package: Package, part: str) -> Iterator[tuple[str, Range, int, int]]:
    for table in related(package, part, "table"):
        text = package.structure(table)
        given = xml.attributes(text, xml.root(text))
        area = range_of(given.get("ref", ""))
        if area is not None:
            headers, totals = given.get("headerRowCount", "1"), given.get("totalsRowCount", "0")
            yield given.get("displayName", given.get("name", "")), area, _count(headers), _count(totals)


def _pivots(package: Package, part: str) -> Iterator[Range]:
    for pivot in related(package, part, "pivotTable"):
        text = package.structure(pivot)
        location = xml.child(text, xml.root(text), b"location")
        area = range_of(xml.attributes(text, location).get("ref", "")) if location is not None else None
        if area is not None:
            yield area


def _count(given: str) -> int:
    return int(given) if given.isdigit() else 0


def _too_long(edit: CellEdit, length: int, limit: int) -> NotWritten:
    return NotWritten(
        "too-long",
        _("{at}: {length} Zeichen sind zu viel, Excel erlaubt in einer Zelle {limit}.").format(
            at=edit, length=length, limit=limit
        ),
        _("Bitte den Inhalt kürzen oder auf mehrere Zellen verteilen."),
    )
