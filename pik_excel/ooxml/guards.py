"""Which edits would damage the workbook, and why?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, a1, on_grid, range_of
from pik_excel.ooxml.edits import CellEdit, Formula, Stored, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related
from pik_excel.ooxml.sheetxml import SheetXml
from pik_excel.ooxml.tables import tables_on

_LONGEST_TEXT, _LONGEST_FORMULA = 32_767, 8_192


def refuse_harmful(package: Package, part: str, sheet: SheetXml, edits: Sequence[CellEdit]) -> None:
    """Raise `NotWritten` for the first edit that cannot be made without loss; nothing is written then."""
    for edit in edits:
        _refuse_impossible(edit)
    typed = _Edits(edit for edit in edits if not isinstance(edit.content, Stored))
    _refuse_blocks(sheet, typed)
    _refuse_hidden_by_merge(sheet, typed)
    _refuse_table_frames(package, part, typed)
    _refuse_pivots(package, part, typed)


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


class _Edits:
    """Edits by their rows, so that many edits and many ranges can be held against each other."""

    def __init__(self, edits: Iterable[CellEdit]) -> None:
        self._edits = sorted(edits, key=lambda edit: edit.row)
        self._rows = [edit.row for edit in self._edits]

    def within(self, area: Range) -> Iterator[CellEdit]:
        """The edits of cells in a range."""
        for edit in self._edits[bisect_left(self._rows, area.top) : bisect_right(self._rows, area.bottom)]:
            if area.holds(edit.row, edit.column):
                yield edit


def _refuse_blocks(sheet: SheetXml, edits: _Edits) -> None:
    for block in sheet.blocks:
        for edit in () if block.area.single else edits.within(block.area):
            raise _inside_array(edit, block.area) if block.kind == "array" else _inside_data_table(edit, block.area)


def _inside_array(edit: CellEdit, area: Range) -> NotWritten:
    return NotWritten(
        "inside-array",
        _("{at} gehört zur Matrixformel in {range}; einzelne Zellen daraus lassen sich nicht ändern.").format(
            at=edit, range=area
        ),
        _("Bitte in Excel die Matrixformel als Ganzes ändern oder auflösen."),
    )


def _inside_data_table(edit: CellEdit, area: Range) -> NotWritten:
    return NotWritten(
        "inside-data-table",
        _("{at} gehört zur Datentabelle (Was-wäre-wenn-Analyse) in {range}; Excel füllt diese Zellen selbst.").format(
            at=edit, range=area
        ),
        _("Bitte die Formel oder die Eingabewerte am Rand der Datentabelle ändern."),
    )


def _refuse_hidden_by_merge(sheet: SheetXml, edits: _Edits) -> None:
    for area in merges(sheet):
        hidden = next((edit for edit in edits.within(area) if (edit.row, edit.column) != (area.top, area.left)), None)
        if hidden is None:
            continue
        first = a1(area.top, area.left)
        raise NotWritten(
            "inside-merge",
            _("{at} liegt in den verbundenen Zellen {range}; dort ist nur {first} sichtbar.").format(
                at=hidden, range=area, first=first
            ),
            _("Bitte {first} ändern oder den Verbund in Excel aufheben.").format(first=first),
        )


def _refuse_table_frames(package: Package, part: str, edits: _Edits) -> None:
    """Excel repairs (and so changes) a file in which a table's header cell and its column name differ."""
    for table in tables_on(package, part):
        for edit in edits.within(table.area):
            if table.agrees(edit.row, edit.column, edit.content):
                continue
            if table.is_header(edit.row):
                raise NotWritten(
                    "table-header",
                    _("{at} ist eine Überschrift der Excel-Tabelle „{table}“; Formeln beziehen sich auf sie.").format(
                        at=edit, table=table.name
                    ),
                    _("Bitte die Spalte in Excel umbenennen."),
                )
            if table.is_totals(edit.row):
                raise NotWritten(
                    "table-totals",
                    _("{at} steht in der Ergebniszeile der Excel-Tabelle „{table}“.").format(at=edit, table=table.name),
                    _("Bitte die Ergebniszeile in Excel ändern."),
                )


def _refuse_pivots(package: Package, part: str, edits: _Edits) -> None:
    for area in _pivots(package, part):
        for edit in edits.within(area):
            raise NotWritten(
                "inside-pivot",
                _("{at} liegt in der Pivot-Tabelle {range}; beim Aktualisieren ginge die Änderung verloren.").format(
                    at=edit, range=area
                ),
                _("Bitte die Quelldaten der Pivot-Tabelle ändern."),
            )


def _pivots(package: Package, part: str) -> Iterator[Range]:
    for pivot in related(package, part, "pivotTable"):
        text = package.structure(pivot)
        location = xml.child(text, xml.root(text), b"location")
        area = range_of(xml.attributes(text, location).get("ref", "")) if location is not None else None
        if area is not None:
            yield area


def _too_long(edit: CellEdit, length: int, limit: int) -> NotWritten:
    return NotWritten(
        "too-long",
        _("{at}: {length} Zeichen sind zu viel, Excel erlaubt in einer Zelle {limit}.").format(
            at=edit, length=length, limit=limit
        ),
        _("Bitte den Inhalt kürzen oder auf mehrere Zellen verteilen."),
    )
