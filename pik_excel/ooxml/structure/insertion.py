"""Insert or delete rows and columns in a workbook so that everything that refers to them follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.calc import calculate_on_load, chain_entries
from pik_excel.ooxml.cellref import a1, cell_of, letters
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, relations, workbook_part
from pik_excel.ooxml.sheets import SheetPart, sheet_named, worksheets
from pik_excel.ooxml.sheetxml import Row, SheetXml, sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure import parts as rules_of
from pik_excel.ooxml.structure.fill import filled
from pik_excel.ooxml.structure.fresh import Fresh
from pik_excel.ooxml.structure.mention import mentioned
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import Rules, with_attribute
from pik_excel.ooxml.structure.tables import TableChange, moved_table, without_columns

_CHARTS = ("chart", "chartEx")
_FEW = 50  # columns, whose names are searched for one by one
_WITH_CELLS = ("worksheet", "xlMacrosheet", "dialogsheet")


def inserted_columns(package: Package, sheet: str, before: int, count: int = 1) -> Package:
    """`count` empty columns before column `before` (from 1), formatted like their left neighbour."""
    return moved(package, Move(sheet, Axis.COLUMN, before, count))


def inserted_rows(package: Package, sheet: str, before: int, count: int = 1) -> Package:
    """`count` empty rows before row `before` (from 1), formatted like the row above."""
    return moved(package, Move(sheet, Axis.ROW, before, count))


def deleted_columns(package: Package, sheet: str, first: int, count: int = 1) -> Package:
    """Without `count` columns from column `first` on; what referred to them says #REF!."""
    return moved(package, Move(sheet, Axis.COLUMN, first, -count))


def deleted_rows(package: Package, sheet: str, first: int, count: int = 1) -> Package:
    """Without `count` rows from row `first` on; what referred to them says #REF!."""
    return moved(package, Move(sheet, Axis.ROW, first, -count))


def moved(package: Package, *moves: Move) -> Package:
    """The workbook after the moves, read back; several are insertions, each on a sheet of its own. Raises
    `NotWritten` where Excel would refuse too, or where a part cannot be followed with certainty; the package itself is
    never changed."""
    sheets, book, fresh = worksheets(package), workbook_part(package), Fresh(package)
    meant = _Meant(package, sheets, moves)
    fresh.rewrite(book, rules_of.book_rules(moves))
    for move in moves:
        _follow(package, sheets, move, fresh, meant)
    fresh.splice(book, calculate_on_load(fresh.text(book), xml.structure(fresh.text(book))))
    return fresh.read_back()


class _Meant:
    """On which sheets and in which charts may anything refer to a sheet whose rows or columns move?"""

    def __init__(self, package: Package, sheets: Iterable[SheetPart], moves: Iterable[Move]) -> None:
        self._sheets: dict[str, list[SheetPart]] = {move.sheet.casefold(): [] for move in moves}
        self._charts: dict[str, list[str]] = {name: [] for name in self._sheets}
        for sheet in sheets:
            own = {sheet.name.casefold()} & self._sheets.keys()
            for name in own | self._named(package, _with_formulas(package, sheet)):
                self._sheets[name].append(sheet)
        for part in _charts(package):
            for name in self._named(package, [part]):
                self._charts[name].append(part)

    def sheets(self, move: Move) -> Sequence[SheetPart]:
        """That of the move, and those whose cells, tables, controls or drawings may refer to it."""
        return self._sheets[move.sheet.casefold()]

    def charts(self, move: Move) -> Sequence[str]:
        """The parts of charts that may refer to the sheet of the move."""
        return self._charts[move.sheet.casefold()]

    def _named(self, package: Package, parts: Iterable[str]) -> set[str]:
        return {name for part in parts for name in mentioned(package.text(part), self._sheets)}


def _with_formulas(package: Package, sheet: SheetPart) -> Iterator[str]:
    """The parts of a sheet that may refer to others; raises `Refused` where one beside the sheet is damaged."""
    if sheet.kind in _WITH_CELLS:
        yield sheet.part
    for kind in ("table", "ctrlProp", "drawing") if sheet.part else ():
        for part in related(package, sheet.part, kind):
            package.structure(part)
            yield part


def _follow(package: Package, sheets: tuple[SheetPart, ...], move: Move, fresh: Fresh, meant: _Meant) -> None:
    """Move the cells, and let all parts follow them but the list of sheets and names."""
    own = _own_sheet(package, move)
    _refuse_overflow(package, own, move)
    tables = dict(_tables(package, meant.sheets(move), move, fresh))
    for sheet in meant.sheets(move):
        if sheet.kind in _WITH_CELLS:
            fresh.rewrite(sheet.part, rules_of.sheet_rules(sheet.name, move))
            _companions(package, sheet, move, fresh)
    for part in meant.charts(move):
        fresh.rewrite(part, rules_of.chart_rules(move))
    book = workbook_part(package)
    for part in related(package, book, "pivotCacheDefinition"):
        fresh.rewrite(part, rules_of.pivot_source_rules(move))
    for part in related(package, book, "connections"):
        fresh.rewrite(part, rules_of.connection_rules(move))
    for part, change in tables.items():
        fresh.put(part, change.part)
    _follow_lost_columns(fresh, sheets, book, tables)
    fresh.put(own.part, filled(fresh.text(own.part), move, _headings(tables.values())))
    _follow_in_chain(package, own, move, fresh)


def _own_sheet(package: Package, move: Move) -> SheetPart:
    own = sheet_named(package, move.sheet)
    if own is not None and own.kind == "worksheet":
        return own
    raise NotWritten(
        "no-such-sheet",
        _("Ein Tabellenblatt „{sheet}“ gibt es in dieser Mappe nicht.").format(sheet=move.sheet),
        _("Bitte den Namen des Blattes prüfen."),
    )


def _refuse_overflow(package: Package, own: SheetPart, move: Move) -> None:
    """Excel: "Es können keine nicht leeren Zellen vom Arbeitsblatt verschoben werden"."""
    if move.count < 0:
        return
    sheet = sheet_xml(package, own.part)
    last = move.limit - _count(move)
    for row in _rows_with_last_lines(sheet, move):
        for cell in sheet.cells(row):
            at = cell.row, cell.column
            if cell.inner < cell.inner_end and at[move.axis is Axis.COLUMN] > last:
                raise NotWritten(
                    "off-the-grid",
                    _(
                        "{sheet}!{cell}: diese Zelle ist nicht leer und würde über den Rand des Blattes geschoben."
                    ).format(sheet=own.name, cell=a1(*at)),
                    _("Bitte die Zellen am Rand des Blattes leeren."),
                )


def _rows_with_last_lines(sheet: SheetXml, move: Move) -> Iterator[Row]:
    """The rows in which a cell could leave the grid; a large sheet is searched for the letters of its last columns."""
    if move.axis is Axis.ROW:
        yield from (row for row in sheet.rows if row.number > move.limit - _count(move))
        return
    if _count(move) > _FEW:
        yield from sheet.rows
        return
    names = b"|".join(letters(column).encode() for column in range(move.limit - _count(move) + 1, move.limit + 1))
    found = re.compile(rb"[\"'](?:" + names + rb")\d+\s*[\"']", re.IGNORECASE)
    if found.search(sheet.structure):
        yield from sheet.rows


def _count(move: Move) -> int:
    """How many lines are inserted."""
    return sum(len(lines) for _at, lines in move.inserted)


def _tables(
    package: Package, sheets: Iterable[SheetPart], move: Move, fresh: Fresh
) -> Iterator[tuple[str, TableChange]]:
    for sheet in sheets:
        for part in related(package, sheet.part, "table") if sheet.part else ():
            package.structure(part)
            change = moved_table(fresh.text(part), sheet.name, move)
            if change is None:
                raise NotWritten(
                    "whole-table",
                    _("{sheet}: eine Excel-Tabelle würde ganz gelöscht.").format(sheet=sheet.name),
                    _("Bitte die Tabelle zuerst in Excel löschen."),
                )
            yield part, change


def _headings(changes: Iterable[TableChange]) -> dict[tuple[int, int], str]:
    return {(row, column): text for change in changes for row, column, text in change.headings}


def _companions(package: Package, sheet: SheetPart, move: Move, fresh: Fresh) -> None:
    """The parts that belong to a sheet."""
    for part in related(package, sheet.part, "ctrlProp"):
        fresh.rewrite(part, rules_of.control_rules(sheet.name, move))
    for part in related(package, sheet.part, "drawing"):
        fresh.rewrite(part, rules_of.linked_shape_rules(move))
    if not move.is_on(sheet.name):
        return
    for part in related(package, sheet.part, "drawing"):
        fresh.rewrite(part, rules_of.drawing_rules(move))
    for kind in ("comments", "threadedComment"):
        for part in related(package, sheet.part, kind):
            fresh.rewrite(part, rules_of.comment_rules(move))
    for part in related(package, sheet.part, "vmlDrawing"):
        fresh.rewrite_boxes(part, rules_of.box_rules(sheet.name, move))
    for part in related(package, sheet.part, "pivotTable"):
        fresh.rewrite(part, rules_of.pivot_table_rules(move))
    for part in related(package, sheet.part, "tableSingleCells"):
        fresh.rewrite(part, rules_of.sheet_rules(sheet.name, move))
        left = xml.structure(fresh.text(part))
        if not any(xml.children(left, xml.root(left))):
            fresh.remove(sheet.part, part)


def _charts(package: Package) -> Iterator[str]:
    """All charts: of worksheets, of chart sheets, inside other charts."""
    seen: set[str] = set()
    owners = [sheet.part for sheet in worksheets(package) if sheet.part]
    while owners:
        for relation in relations(package, owners.pop()):
            if relation.part is None or relation.part in seen:
                continue
            if relation.kind in {"drawing", "chartUserShapes", *_CHARTS}:
                seen.add(relation.part)
                owners.append(relation.part)
                if relation.kind in _CHARTS:
                    yield relation.part


def _follow_lost_columns(
    fresh: Fresh, sheets: tuple[SheetPart, ...], book: str, changes: Mapping[str, TableChange]
) -> None:
    lost = [change for change in changes.values() if change.lost]
    if not lost:
        return

    def without(text: str) -> str:
        for change in lost:
            text = without_columns(text, change.name, change.lost)
        return text

    names = (
        b"f",
        b"formula",
        b"formula1",
        b"formula2",
        b"definedName",
        b"calculatedColumnFormula",
        b"totalsRowFormula",
    )
    tables = (part for sheet in sheets if sheet.part for part in related(fresh.package, sheet.part, "table"))
    for part in (*(sheet.part for sheet in sheets if sheet.kind in _WITH_CELLS), book, *tables):
        fresh.rewrite(part, Rules(contents=dict.fromkeys(names, without)))


def _follow_in_chain(package: Package, own: SheetPart, move: Move, fresh: Fresh) -> None:
    """The list of formulas (calcChain): its cells move. An entry without a sheet id has that of the one before."""
    for part in related(package, workbook_part(package), "calcChain"):
        splices, named, left = [], True, 0
        package.structure(part)  # refuses what is not well-formed
        for entry in chain_entries(xml.structure(fresh.text(part))):
            named = named or entry.names_sheet
            if named and entry.sheet != own.sheet_id:
                left += 1
                continue
            tag = entry.tag
            at = cell_of(dict(xml.attributes_of(tag)).get("r", ""))
            after = move.cell(*at) if at and entry.sheet == own.sheet_id else at
            if after is None:
                splices.append(Splice(entry.start, entry.end, b""))
                named = False
                continue
            left += 1
            new = with_attribute(tag, "r", a1(*after))
            if not named:
                new, named = with_attribute(new, "i", str(entry.sheet)), True
            if new != tag:
                splices.append(Splice(entry.start, entry.inner, new))
        if left:
            fresh.splice(part, splices)
        else:
            fresh.remove(workbook_part(package), part)
