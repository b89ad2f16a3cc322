"""Where must columns be inserted before a table can go on, and would that cut another table apart?

A table with nothing to its right simply goes on. Where a total, a remark, a "2027 ff.", a chart or another table stands
there, columns are inserted right after its last year, as a person would in Excel. Tables that end at the same column
and get the same years share them. A list that is an Excel table grows with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar

from pik_excel.budget.tables import MeasureTable
from pik_excel.errors import NotWritten
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _, plural
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.projection.calculated import with_all_values
from pik_excel.records import dataclass
from pik_excel.writeback.drawings import drawn_areas
from pik_excel.writeback.excel_tables import own_tables, with_grown_tables
from pik_excel.writeback.extension import Extension, alongside, with_neighbours
from pik_excel.writeback.moving import moved_and_refreshed
from pik_excel.writeback.refresh import Refreshed
from pik_excel.writeback.relocation import Relocation, relocated

Found = TypeVar("Found")


@dataclass(frozen=True)
class Room:
    """The workbook with the columns that were inserted; the ones given where none had to be. `not_evaluated` are
    formulas whose value may have changed by that and is not certain any more."""

    package: Package
    reading: Reading
    moves: tuple[Move, ...] = ()
    not_evaluated: tuple[Address, ...] = ()

    def extended(self, extensions: Sequence[Extension]) -> tuple[tuple[Extension, ...], tuple[Extension, ...]]:
        """These, and the other tables through which the inserted columns go, which take them as their own; each with
        its neighbours among them all."""
        inserted = {(move.sheet, lines.start) for move in self.moves for _at, lines in move.inserted}
        found = _cut_through(self.reading.budget.measure_tables, extensions, inserted)
        together = with_neighbours((*extensions, *found))
        return together[: len(extensions)], together[len(extensions) :]


def with_room(package: Package, reading: Reading, extensions: Iterable[Extension]) -> Room:
    """Insert the columns that the extensions need. Raises `NotWritten` where that would part another table."""
    extensions = tuple(replace(one, measures=()) for one in extensions)
    moves = _moves(package, reading, extensions)
    refreshed = moved_and_refreshed(package, moves, reading.workbook) if moves else Refreshed(package, (), {}, 0)
    new, not_evaluated = refreshed.package, tuple(sorted(refreshed.not_evaluated))
    inserted = {(move.sheet, at) for move in moves for at, _lines in move.inserted}
    extensions += tuple(_cut_through(reading.budget.measure_tables, extensions, inserted))
    if any(own_tables(sheet, one) for one in extensions if (sheet := reading.workbook.sheet(one.table.sheet))):
        workbook = read_workbook(new)
        where = Relocation(workbook, moves)
        new = with_grown_tables(new, relocated(reading, workbook, moves), map(where.of, extensions))
    if new is package:
        return Room(package, reading)
    return Room(new, relocated(reading, with_all_values(read_workbook(new)), moves), moves, not_evaluated)


def _moves(package: Package, reading: Reading, extensions: tuple[Extension, ...]) -> tuple[Move, ...]:
    """The insertions, all of a sheet in one."""
    found: dict[str, dict[int, int]] = {}
    cut: dict[Move, tuple[Area, Address] | None] = {}
    drawn: dict[str, tuple[Area, ...]] = {}
    lists = _by_sheet(extensions, lambda one: one.table.sheet)
    tables = _by_sheet(reading.budget.measure_tables, lambda one: one.sheet)
    for extension in extensions:
        sheet = reading.workbook.sheet(extension.table.sheet)
        assert sheet is not None
        move = Move(sheet.name, Axis.COLUMN, extension.area.left, len(extension.years))
        if sheet.name not in drawn:
            drawn[sheet.name] = drawn_areas(package, sheet.name)
        if move not in cut:
            cut[move] = _cut_apart(sheet, move, lists[extension.table.sheet], tables[extension.table.sheet])
        if _needed(extension, sheet, drawn[sheet.name], cut[move]):
            found.setdefault(sheet.name, {})[move.at] = move.count
    return tuple(_move(sheet, places) for sheet, places in sorted(found.items()))


def _move(sheet: str, places: Mapping[int, int]) -> Move:
    (at, count), *also = sorted(places.items())
    return Move(sheet, Axis.COLUMN, at, count, tuple(also))


def _by_sheet(found: Iterable[Found], sheet: Callable[[Found], str]) -> dict[str, list[Found]]:
    by_sheet: dict[str, list[Found]] = {}
    for one in found:
        by_sheet.setdefault(sheet(one), []).append(one)
    return by_sheet


def _needed(extension: Extension, sheet: Sheet, drawn: tuple[Area, ...], cut: tuple[Area, Address] | None) -> bool:
    """Whether to insert. Where that would part another table, the columns are taken that are free, if they are."""
    beside = _to_the_right(sheet, extension, drawn)
    if cut is None:
        return next(beside, None) is not None
    found = sorted(beside)
    if not any(at.column <= extension.area.right for at, _what in found):
        return False
    raise _cutting(extension, found[0], *cut)


def _to_the_right(sheet: Sheet, extension: Extension, drawn: tuple[Area, ...]) -> Iterator[tuple[Address, str]]:
    """What stands right of the last year in the rows of the table: the first cell there and what it is."""
    new = extension.area
    beyond = Area(new.top, new.left, new.bottom, 2**31)
    for place, cell in sheet.cells.in_rows(new.top, new.bottom).items():
        if beyond.holds(*place) and (cell.value is not None or cell.has_formula):
            yield sheet.address(*place), _("dort steht „{text}“").format(text=_shown(cell.value))
    areas = [(area, _("dort sind die Zellen {area} verbunden"), "") for area in sheet.merges]
    areas += [(table.area, _("dort liegt die Excel-Tabelle „{name}“"), table.name) for table in sheet.tables]
    areas += [(area, _("dort liegt ein Diagramm oder Bild ({area})"), "") for area in drawn]
    for area, what, name in areas:
        if _meet(area, beyond):
            at = sheet.address(max(area.top, new.top), max(area.left, new.left))
            yield at, what.format(area=area.a1, name=name)
    for row, column in sheet.comments:
        if beyond.holds(row, column):
            yield sheet.address(row, column), _("dort hängt ein Kommentar")
    for column in sheet.hidden_columns:
        if new.left <= column <= new.right:
            yield sheet.address(new.top, column), _("die Spalte ist ausgeblendet")


def _cut_through(
    tables: Iterable[MeasureTable], extensions: Sequence[Extension], inserted: AbstractSet[tuple[str, int]]
) -> list[Extension]:
    """The other tables within which columns are `inserted`, by sheet and place, that they take as their own."""
    found = alongside(tables, extensions) if inserted else ()
    return [one for one in found if (one.table.sheet, one.area.left) in inserted and _is_parted(one)]


def _is_parted(one: Extension) -> bool:
    return one.table.area.left < one.area.left <= _whole(one.table).right


def _cut_apart(
    sheet: Sheet, move: Move, extensions: Iterable[Extension], tables: Sequence[MeasureTable]
) -> tuple[Area, Address] | None:
    """Another table of the sheet with years of its own, or another Excel table, through which the new columns would
    go."""
    same = [one for one in extensions if one.area.left == move.at and len(one.years) == move.count]
    same += alongside(tables, same)
    grown = {table.name for one in same for table in own_tables(sheet, one)}
    own = {id(one.table) for one in same}
    areas = [table.area for table in sheet.tables if table.name not in grown]
    areas += [_whole(table) for table in tables if id(table) not in own]
    cut = next((area for area in areas if area.left < move.at <= area.right), None)
    return None if cut is None else (cut, sheet.address(cut.top, cut.left))


def _whole(table: MeasureTable) -> Area:
    """The table with the columns that no total adds."""
    return table.area._replace(right=max([table.area.right, *(column.at.column for column in table.memo_columns)]))


def _cutting(extension: Extension, beside: tuple[Address, str], area: Area, other: Address) -> NotWritten:
    at, what = beside
    count = len(extension.years)
    return NotWritten(
        "no-room",
        _(
            "{at}: rechts von „{year}“ ist kein Platz für {count} {columns} ({first} bis {last}), {what}; eingefügte "
            "Spalten würden die Tabelle {other} ({area}) zerteilen."
        ).format(
            at=at,
            year=extension.last.year.shown,
            count=count,
            columns=plural("Spalte", "Spalten", count),
            first=extension.years[0],
            last=extension.years[-1],
            what=what,
            other=other,
            area=area.a1,
        ),
        _("Bitte eine der beiden Tabellen in Excel auf ein eigenes Blatt verschieben und noch einmal aufrufen."),
    )


def _shown(value: object) -> str:
    text = " ".join(str(value if value is not None else "").split())
    return text if len(text) <= 40 else text[:39] + "…"


def _meet(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right
