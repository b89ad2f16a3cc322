"""Which splices put the edits of one sheet into its bytes?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, a1, range_of
from pik_excel.ooxml.cellxml import changed_cell
from pik_excel.ooxml.edits import CellEdit, Formula, Stored
from pik_excel.ooxml.rowpatch import PatchedRow, leaves_a_trace, new_after_reference, patched_row, with_spans
from pik_excel.ooxml.shared import new_masters
from pik_excel.ooxml.sheetxml import CellSpan, Row, SheetXml
from pik_excel.ooxml.splice import Splice
from pik_excel.records import dataclass


@dataclass(frozen=True)
class SheetPatch:
    """The splices of one sheet, the cells whose formula goes, and the cells that became masters of a shared formula."""

    splices: tuple[Splice, ...]
    formulas_gone: frozenset[tuple[int, int]]
    new_masters: frozenset[tuple[int, int]]


def sheet_patch(sheet: SheetXml, edits: Sequence[CellEdit]) -> SheetPatch:
    """The splices for all edits of a sheet; the guards have passed them. Each cell is edited at most once."""
    given = _by_row(edits)
    at_once = _at_once(sheet, given)
    wanted = {number: own for number, own in given.items() if number not in at_once}
    standing = _standing(sheet, wanted)
    _refuse_stored_without_formula(sheet, wanted, standing)
    overwritten = {at: cell for at, cell in standing.items() if not isinstance(wanted[at[0]][at[1]].content, Stored)}
    masters = new_masters(sheet, overwritten)
    splices = [row.splice for row in at_once.values()]
    splices += _cell_splices(sheet, wanted, standing, {at: heir.formula for at, heir in masters.items()})
    splices += [
        Splice(heir.element.start, heir.element.end, heir.formula) for at, heir in masters.items() if at not in standing
    ]
    splices += _new_rows(sheet, wanted)
    added = [edit for row in at_once.values() for edit in row.added]
    added += [edit for own in wanted.values() for edit in own.values() if (edit.row, edit.column) not in standing]
    splices += _dimension(sheet, added)
    gone = {
        at
        for at, cell in overwritten.items()
        if not isinstance(wanted[at[0]][at[1]].content, Formula) and sheet.has_formula(cell)
    }
    gone.update((number, column) for number, row in at_once.items() for column in row.gone)
    return SheetPatch(tuple(splices), frozenset(gone), frozenset(masters))


Wanted = Mapping[int, Mapping[int, CellEdit]]
Standing = Mapping[tuple[int, int], CellSpan]


def _by_row(edits: Sequence[CellEdit]) -> Wanted:
    wanted: dict[int, dict[int, CellEdit]] = defaultdict(dict)
    for edit in edits:
        if edit.column in wanted[edit.row]:
            raise ValueError(f"{edit} is edited twice")
        wanted[edit.row][edit.column] = edit
    return wanted


def _at_once(sheet: SheetXml, wanted: Wanted) -> dict[int, PatchedRow]:
    """The rows that are written as nearly all are; none in a damaged sheet that has a row twice."""
    numbers = {row.number for row in sheet.rows}
    rows = sheet.rows if len(numbers) == len(sheet.rows) else ()
    found = ((row.number, patched_row(sheet, row, wanted[row.number])) for row in rows if row.number in wanted)
    return {number: row for number, row in found if row is not None}


def _any(wanted: Wanted) -> CellEdit:
    return next(edit for row in wanted.values() for edit in row.values())


def _standing(sheet: SheetXml, wanted: Wanted) -> dict[tuple[int, int], CellSpan]:
    """The cells that are to be edited and are in the file."""
    found: dict[tuple[int, int], CellSpan] = {}
    for row in sheet.rows:
        for cell in sheet.cells(row) if row.number in wanted else ():
            if cell.row != row.number or (cell.row, cell.column) in found:
                raise _out_of_order(next(iter(wanted[row.number].values())))
            if cell.column in wanted[row.number]:
                found[cell.row, cell.column] = cell
    return found


def _cell_splices(
    sheet: SheetXml, wanted: Wanted, standing: Standing, formulas: Mapping[tuple[int, int], bytes]
) -> Iterator[Splice]:
    seen = set()
    for row in sheet.rows:
        if row.number not in wanted:
            continue
        for edit in wanted[row.number].values():
            cell = standing.get((edit.row, edit.column))
            if cell is not None and row.start < cell.start < row.end:
                formula = formulas.get((edit.row, edit.column))
                yield Splice(cell.start, cell.end, changed_cell(sheet, cell, edit.content, edit.style, formula))
        if row.number not in seen:
            seen.add(row.number)
            added = [edit for column, edit in wanted[row.number].items() if (row.number, column) not in standing]
            yield from _added_cells(sheet, row, [edit for edit in added if leaves_a_trace(edit)])


def _added_cells(sheet: SheetXml, row: Row, edits: Sequence[CellEdit]) -> Iterator[Splice]:
    """The splices that put new cells into a row, in the order of the columns."""
    if not edits:
        return
    tag = sheet.text[row.start : row.inner]
    opened = with_spans(tag, edits)
    cells = sheet.cells(row)
    written = {edit.column: _new(sheet, edit, row) for edit in sorted(edits, key=lambda edit: edit.column)}
    if row.empty:
        start = opened.rstrip(b">").rstrip(b"/").rstrip() + b">"
        yield Splice(row.start, row.end, start + b"".join(written.values()) + b"</" + sheet.prefix + b"row>")
        return
    if opened != tag:
        yield Splice(row.start, row.inner, opened)
    end = cells[-1].end if cells else row.inner
    for column, text in written.items():
        at = next((cell.start for cell in cells if cell.column > column), end)
        yield Splice(at, at, text)


def _new_rows(sheet: SheetXml, wanted: Wanted) -> Iterator[Splice]:
    """The splices that put rows into the sheet's data where there are none yet."""
    there = {row.number for row in sheet.rows}
    texts = {}
    for number in sorted(set(wanted) - there):
        cells = [edit for _column, edit in sorted(wanted[number].items()) if leaves_a_trace(edit)]
        if cells:
            inside = b"".join(_new(sheet, edit, None) for edit in cells)
            name = sheet.prefix + b"row"
            texts[number] = b"<" + name + f' r="{number}">'.encode() + inside + b"</" + name + b">"
    data = sheet.data
    if not texts:
        return
    if data is None:
        raise NotWritten(
            "no-sheet-data",
            _("{sheet}: das Blatt hat in der Datei keinen Bereich für Zellen.").format(sheet=_any(wanted).sheet),
            _("Bitte die Mappe in Excel öffnen und neu speichern."),
        )
    if data.empty:
        start = sheet.text[data.start : data.end].rstrip(b">").rstrip(b"/").rstrip() + b">"
        yield Splice(data.start, data.end, start + b"".join(texts.values()) + b"</" + sheet.prefix + b"sheetData>")
        return
    end = sheet.rows[-1].end if sheet.rows else data.inner
    later = iter(sorted((row.number, row.start) for row in sheet.rows))
    following = next(later, None)
    for number, text in texts.items():
        while following is not None and following[0] < number:
            following = next(later, None)
        at = following[1] if following is not None else end
        yield Splice(at, at, text)


def _dimension(sheet: SheetXml, added: Sequence[CellEdit]) -> Iterator[Splice]:
    """Widen `<dimension>` where a new cell lies outside; Excel takes it as a hint, other readers rely on it."""
    element = sheet.first(b"dimension")
    if element is None:
        return
    given = xml.attributes(sheet.structure, element).get("ref", "")
    area = range_of(given)
    filled = [edit for edit in added if leaves_a_trace(edit)]
    if area is None or all(area.holds(edit.row, edit.column) for edit in filled):
        return
    rows, columns = [edit.row for edit in filled], [edit.column for edit in filled]
    wide = Range(min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns))
    tag = sheet.text[element.start : element.inner]
    yield Splice(element.start, element.inner, tag.replace(given.encode(), str(wide).encode(), 1))


def _new(sheet: SheetXml, edit: CellEdit, row: Row | None) -> bytes:
    reference = f'c r="{a1(edit.row, edit.column)}"'.encode()
    return b"<" + sheet.prefix + reference + new_after_reference(sheet, edit, row)


def _refuse_stored_without_formula(sheet: SheetXml, wanted: Wanted, standing: Standing) -> None:
    for edit in (edit for own in wanted.values() for edit in own.values()):
        if not isinstance(edit.content, Stored):
            continue
        cell = standing.get((edit.row, edit.column))
        if cell is not None and sheet.has_formula(cell):
            continue
        if cell is None or not any(block.area.holds(edit.row, edit.column) for block in sheet.blocks):
            raise ValueError(f"{edit}: no formula there whose stored value could be set")


def _out_of_order(edit: CellEdit) -> NotWritten:
    return NotWritten(
        "sheet-out-of-order",
        _("{sheet}: die Zellen der Zeile {row} stehen in der Datei doppelt oder durcheinander.").format(
            sheet=edit.sheet, row=edit.row
        ),
        _("Bitte die Mappe in Excel öffnen und neu speichern."),
    )
