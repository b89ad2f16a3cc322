"""In what do two packages differ: which parts, which cells, which features?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from pik_excel.language import _, number, plural
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import a1
from pik_excel.ooxml.cellxml import Written, decoded, rich_text, written
from pik_excel.ooxml.edits import Stand
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import SheetPart, sheet_named, worksheets
from pik_excel.ooxml.sheetxml import SheetXml, sheet_xml


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
    kept = [name for name in old.names if name in set(new.names)]
    changed = tuple(name for name in kept if old.part(name) != new.part(name))
    return Comparison(
        len(kept) - len(changed),
        changed,
        tuple(name for name in new.names if name not in set(old.names)),
        tuple(name for name in old.names if name not in set(new.names)),
        tuple(_changed_cells(old, new, changed)),
        tuple(_changed_features(old, new, changed)),
    )


def states(package: Package, sheet: str, cells: AbstractSet[tuple[int, int]]) -> dict[tuple[int, int], CellState]:
    """What these cells of a sheet say; a cell that is not in the file is not in the answer."""
    part = sheet_named(package, sheet)
    found = (
        _states(sheet_xml(package, part.part), {row for row, _column in cells}, _shared_strings(package))
        if part
        else {}
    )
    return {at: state for at, state in found.items() if at in cells}


def _changed_cells(old: Package, new: Package, changed: tuple[str, ...]) -> Iterator[CellChange]:
    before = {sheet.name: sheet for sheet in worksheets(old) if sheet.kind == "worksheet"}
    after = {sheet.name: sheet for sheet in worksheets(new) if sheet.kind == "worksheet"}
    texts_differ = any(name in changed for name in related(old, workbook_part(old), "sharedStrings"))
    for name in [*before, *(name for name in after if name not in before)]:
        first, second = before.get(name), after.get(name)
        if first and second and first.part == second.part and first.part not in changed and not texts_differ:
            continue
        yield from _changed_in_sheet(name, _rows(old, first), _rows(new, second), (old, new))


def _changed_in_sheet(
    name: str,
    before: tuple[SheetXml | None, Mapping[int, bytes]],
    after: tuple[SheetXml | None, Mapping[int, bytes]],
    packages: tuple[Package, Package],
) -> Iterator[CellChange]:
    same_texts = _shared_strings(packages[0]) == _shared_strings(packages[1])
    numbers = {row for row in {*before[1], *after[1]} if not same_texts or before[1].get(row) != after[1].get(row)}
    old = _states(before[0], numbers, _shared_strings(packages[0]))
    new = _states(after[0], numbers, _shared_strings(packages[1]))
    for row, column in sorted({*old, *new}):
        if old.get((row, column)) != new.get((row, column)):
            yield CellChange(name, row, column, old.get((row, column)), new.get((row, column)))


def _rows(package: Package, sheet: SheetPart | None) -> tuple[SheetXml | None, Mapping[int, bytes]]:
    """The bytes of each row: rows that are the same need not be looked into."""
    if sheet is None:
        return None, {}
    found = sheet_xml(package, sheet.part)
    rows: dict[int, bytes] = {}
    for row in found.rows:
        rows[row.number] = rows.get(row.number, b"") + found.text[row.start : row.end]
    return found, rows


def _states(sheet: SheetXml | None, numbers: set[int], texts: tuple[str, ...]) -> dict[tuple[int, int], CellState]:
    if sheet is None:
        return {}
    found = {}
    for row in sheet.rows:
        for cell in sheet.cells(row) if row.number in numbers else ():
            found[cell.row, cell.column] = _state(written(sheet, cell), texts)
    return found


def _state(cell: Written, texts: tuple[str, ...]) -> CellState:
    """A cell's state with its shared text resolved."""
    value = cell.stand
    if cell.kind == "s" and isinstance(value, str):
        index = int(value) if value.strip().isdigit() else -1
        value = texts[index] if 0 <= index < len(texts) else None
    return CellState(cell.formula, value, cell.style, cell.formula_kind)


def _shared_strings(package: Package) -> tuple[str, ...]:
    parts = related(package, workbook_part(package), "sharedStrings")
    return _texts(package.text(parts[0])) if parts else ()


@cache
def _texts(text: bytes) -> tuple[str, ...]:
    structure = xml.structure(text)
    items = (item for item in xml.children(structure, xml.root(structure)) if item.name == b"si")
    return tuple(decoded(rich_text(text, structure, item)) for item in items)


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
