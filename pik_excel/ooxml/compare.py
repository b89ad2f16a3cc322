"""In what do two packages differ: which parts, which cells, which features?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from pik_excel.language import _, number, plural
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import a1
from pik_excel.ooxml.cellxml import decoded, rich_text, written
from pik_excel.ooxml.edits import Stand
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import SheetPart, sheet_named, worksheets
from pik_excel.ooxml.sheetxml import CellSpan, SheetXml, sheet_xml
from pik_excel.records import dataclass


@dataclass(frozen=True)
class CellState:
    """What a cell says: its formula (None without one), its stored value, its style."""

    formula: str | None
    value: Stand
    style: int
    formula_kind: str = ""  # normal, shared, array, dataTable


@dataclass(frozen=True)
class CellChange:
    """One cell that differs; None on the side where the file has no such cell."""

    sheet: str
    row: int
    column: int
    old: CellState | None
    new: CellState | None

    def __str__(self) -> str:
        return f"{self.sheet}!{a1(self.row, self.column)}"


@dataclass(frozen=True)
class Comparison:
    """How two packages differ; `features` names elements of sheets and workbook other than cells: "mergeCells"."""

    identical: int
    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[CellChange, ...]
    features: tuple[tuple[str, str], ...]  # (part, element)

    @property
    def summary(self) -> str:
        """One sentence for people: what changed, and what is still the same byte for byte."""
        if not (self.changed or self.added or self.removed):
            return _("unverändert: alle Teile, Byte für Byte")
        sheets = len({change.sheet for change in self.cells})
        cells = plural("{count} Zelle", "{count} Zellen", len(self.cells)).format(count=number(len(self.cells)))
        where = plural("{count} Blatt", "{count} Blättern", sheets).format(count=number(sheets))
        same = plural("{count} Teil", "{count} Teile", self.identical).format(count=number(self.identical))
        return _("geändert: {cells} in {sheets}; unverändert: {same}, Byte für Byte").format(
            cells=cells, sheets=where, same=same
        )


def compare(old: Package, new: Package) -> Comparison:
    """All differences between two packages; cells are compared where the part of their sheet differs."""
    before, after = set(old.names), set(new.names)
    kept = [name for name in old.names if name in after]
    changed = tuple(name for name in kept if old.part(name) != new.part(name))
    return Comparison(
        len(kept) - len(changed),
        changed,
        tuple(name for name in new.names if name not in before),
        tuple(name for name in old.names if name not in after),
        tuple(_changed_cells(old, new, changed)),
        tuple(_changed_features(old, new, changed)),
    )


def states(package: Package, sheet: str, cells: AbstractSet[tuple[int, int]]) -> dict[tuple[int, int], CellState]:
    """What these cells of a sheet say; a cell that is not in the file is not in the answer."""
    part = sheet_named(package, sheet)
    if part is None:
        return {}
    side = _side(package, part, SharedTexts(package))
    found = side.cells({row for row, _column in cells})
    return {at: side.state(cell) for at, cell in found.items() if at in cells}


@dataclass(frozen=True)
class SharedTexts:
    """The shared strings of a workbook, read when the first one is asked for."""

    package: Package

    @cached_property
    def all(self) -> tuple[str, ...]:
        parts = related(self.package, workbook_part(self.package), "sharedStrings")
        if not parts:
            return ()
        text, structure = self.package.text(parts[0]), self.package.structure(parts[0])
        items = (item for item in xml.children(structure, xml.root(structure)) if item.name == b"si")
        return tuple(decoded(rich_text(text, structure, item)) for item in items)


@dataclass(frozen=True)
class _Side:
    """One sheet of one of the two packages: its rows as bytes, so that only what differs is looked into."""

    sheet: SheetXml | None
    texts: SharedTexts

    @cached_property
    def rows(self) -> Mapping[int, bytes]:
        rows: dict[int, bytes] = {}
        for row in self.sheet.rows if self.sheet is not None else ():
            rows[row.number] = rows.get(row.number, b"") + self.sheet.text[row.start : row.end] if self.sheet else b""
        return rows

    def cells(self, numbers: AbstractSet[int]) -> dict[tuple[int, int], CellSpan]:
        if self.sheet is None:
            return {}
        rows = (row for row in self.sheet.rows if row.number in numbers)
        return {(cell.row, cell.column): cell for row in rows for cell in self.sheet.cells(row)}

    def bytes_of(self, cell: CellSpan | None) -> bytes | None:
        return self.sheet.text[cell.start : cell.end] if cell is not None and self.sheet is not None else None

    def state(self, cell: CellSpan) -> CellState:
        assert self.sheet is not None
        said = written(self.sheet, cell)
        value = said.stand
        if said.kind == "s" and isinstance(value, str):
            index = int(value) if value.strip().isdigit() else -1
            value = self.texts.all[index] if 0 <= index < len(self.texts.all) else None
        return CellState(said.formula, value, said.style, said.formula_kind)


def _side(package: Package, sheet: SheetPart | None, texts: SharedTexts) -> _Side:
    return _Side(sheet_xml(package, sheet.part) if sheet is not None else None, texts)


def _changed_cells(old: Package, new: Package, changed: tuple[str, ...]) -> Iterator[CellChange]:
    before = {sheet.name: sheet for sheet in worksheets(old) if sheet.kind == "worksheet"}
    after = {sheet.name: sheet for sheet in worksheets(new) if sheet.kind == "worksheet"}
    texts = SharedTexts(old), SharedTexts(new)
    same_texts = _shared_part(old) == _shared_part(new)
    for name in [*before, *(name for name in after if name not in before)]:
        first, second = before.get(name), after.get(name)
        if first and second and first.part == second.part and first.part not in changed and same_texts:
            continue
        yield from _changed_in_sheet(name, _side(old, first, texts[0]), _side(new, second, texts[1]), same_texts)


def _changed_in_sheet(name: str, before: _Side, after: _Side, same_texts: bool) -> Iterator[CellChange]:
    numbers = {
        row for row in {*before.rows, *after.rows} if not same_texts or before.rows.get(row) != after.rows.get(row)
    }
    old, new = before.cells(numbers), after.cells(numbers)
    for row, column in sorted({*old, *new}):
        first, second = old.get((row, column)), new.get((row, column))
        if same_texts and before.bytes_of(first) == after.bytes_of(second):
            continue
        was = before.state(first) if first is not None else None
        now = after.state(second) if second is not None else None
        if was != now:
            yield CellChange(name, row, column, was, now)


def _shared_part(package: Package) -> bytes | None:
    parts = related(package, workbook_part(package), "sharedStrings")
    return package.part(parts[0]) if parts else None


def _changed_features(old: Package, new: Package, changed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    looked_into = {sheet.part for sheet in worksheets(old)} | {workbook_part(old)}
    for part in changed:
        if part not in looked_into:
            continue
        before, after = _features(old, part), _features(new, part)
        yield from ((part, name) for name in sorted({*before, *after}) if before.get(name) != after.get(name))


def _features(package: Package, part: str) -> dict[str, bytes]:
    text, structure = package.text(part), package.structure(part)
    found: dict[str, bytes] = {}
    for element in xml.children(structure, xml.root(structure)):
        name = element.name.decode("utf-8")
        if name != "sheetData":
            found[name] = found.get(name, b"") + text[element.start : element.end]
    return found
