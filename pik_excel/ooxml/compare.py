"""In what do two packages differ: which parts, which cells, which features?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import a1
from pik_excel.ooxml.cellxml import Written, decoded, rich_text, written
from pik_excel.ooxml.edits import Stand
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.rowtext import CellText, cut, in_order, said, taken_apart, usual
from pik_excel.ooxml.sheets import SheetPart, sheet_named, worksheets
from pik_excel.ooxml.sheetxml import CellSpan, Row, SheetXml, sheet_xml
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

T = TypeVar("T")
_ITEM = rb"<si><t(?=[\s/>])[^<>]*+(?:(?<=/)>|>(%s[^<]*+)</t>)</si>\s*+"
_PLAIN_ITEM = pattern(_ITEM % b"")
_PLAIN_ITEMS = pattern(rb"\s*+(?:" + _ITEM % b"?:" + rb")*+")


class CellState(NamedTuple):
    """What a cell says: its formula (None without one), its stored value, its style."""

    formula: str | None
    value: Stand
    style: int
    formula_kind: str = ""  # normal, shared, array, dataTable


class CellChange(NamedTuple):
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


def compare(old: Package, new: Package) -> Comparison:
    """All differences between two packages; cells are compared where the part of their sheet differs."""
    parts = compared_parts(old, new)
    cells = tuple(changed_cells(old, new, parts.changed))
    return replace(parts, cells=cells, features=tuple(_changed_features(old, new, parts.changed)))


def compared_parts(old: Package, new: Package) -> Comparison:
    """Which parts differ; `cells` and `features` are left empty."""
    before, after = set(old.names), set(new.names)
    kept = [name for name in old.names if name in after]
    changed = tuple(name for name in kept if old.part(name) != new.part(name))
    added = tuple(name for name in new.names if name not in before)
    removed = tuple(name for name in old.names if name not in after)
    return Comparison(len(kept) - len(changed), changed, added, removed, (), ())


def changed_cells(old: Package, new: Package, changed: tuple[str, ...]) -> Iterator[CellChange]:
    """The cells that differ, one after the other, where these parts do."""
    changes = (cell.change for cell in differing_cells(old, new, changed))
    yield from (change for change in changes if change.old != change.new)


def differing_cells(old: Package, new: Package, changed: tuple[str, ...]) -> Iterator[Differing]:
    """The cells that are not written alike, one after the other, where these parts differ; not all say something
    else."""
    same_texts = have_same_texts(old, new)
    for name, sides in sheets_of_both(old, new, changed, same_texts):
        yield from _in_sheet(name, sides, same_texts)


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
        root = xml.root(structure)
        if _PLAIN_ITEMS.fullmatch(text, root.inner, root.inner_end):
            plain = _PLAIN_ITEM.findall(text, root.inner, root.inner_end)
            return tuple([decoded(xml.unescaped(one.decode("utf-8"))) for one in plain])
        items = (item for item in xml.children(structure, root) if item.name == b"si")
        return tuple(decoded(rich_text(text, structure, item)) for item in items)


@dataclass(frozen=True)
class Side:
    """One sheet of one of two packages. Only rows that differ are looked into."""

    sheet: SheetXml | None
    texts: SharedTexts

    @cached_property
    def rows(self) -> Mapping[int, tuple[Row, ...]]:
        """The rows by number; a damaged file has one twice."""
        found: dict[int, tuple[Row, ...]] = {}
        for row in self.sheet.rows if self.sheet is not None else ():
            found[row.number] = (*found[row.number], row) if row.number in found else (row,)
        return found

    def bytes_of_row(self, number: int) -> bytes | None:
        rows = self.rows.get(number)
        if rows is None or self.sheet is None:
            return None
        return b"".join([self.sheet.text[row.start : row.end] for row in rows])

    def line(self, number: int) -> Mapping[bytes, bytes] | None:
        """The cells of the row by the letters of their columns, as they are written; None where it cannot be cut at
        them."""
        return self._made_of(number, cut)

    def taken_apart(self, number: int) -> Mapping[bytes, tuple[bytes, ...]] | None:
        """The cells of the row, as `rowtext.taken_apart`."""
        return self._made_of(number, taken_apart)

    def _made_of(
        self, number: int, way: Callable[[SheetXml, Row], Mapping[bytes, T] | None]
    ) -> Mapping[bytes, T] | None:
        """What `way` makes of the row: nothing where there is none, None also where it is there twice."""
        rows = self.rows.get(number, ())
        if not rows or self.sheet is None:
            return {}
        return way(self.sheet, rows[0]) if len(rows) == 1 else None

    def cells(self, numbers: AbstractSet[int]) -> dict[tuple[int, int], CellSpan]:
        """The cells of these rows, however they are written."""
        found: dict[tuple[int, int], CellSpan] = {}
        for at in self.rows.keys() & numbers:
            assert self.sheet is not None
            for row in self.rows[at]:
                found.update(((cell.row, cell.column), cell) for cell in self.sheet.cells(row))
        return found

    def state(self, cell: CellSpan) -> CellState:
        assert self.sheet is not None
        return self._state(written(self.sheet, cell))

    def state_at(self, row: int, column: int, cell: bytes) -> CellState:
        """What the cell says that is written so in a row that was cut."""
        taken_apart = usual(cell)
        if taken_apart is None:
            return self.state(self.cells({row})[row, column])
        return self._state(said(taken_apart))

    def state_of(self, cell: tuple[bytes, ...]) -> CellState:
        """What a cell says that `taken_apart` gives."""
        return self._state(said(CellText._make(cell[2:])))

    def _state(self, told: Written) -> CellState:
        value = told.stand
        if told.kind == "s" and isinstance(value, str):
            index = int(value) if value.strip().isdigit() else -1
            value = self.texts.all[index] if 0 <= index < len(self.texts.all) else None
        return CellState(told.formula, value, told.style, told.formula_kind)


class Differing(NamedTuple):
    """A cell that is not written alike on both sides."""

    sheet: str
    row: int
    column: int
    sides: tuple[Side, Side]
    old: bytes | CellSpan | None
    new: bytes | CellSpan | None
    """The cell as `rowtext.cut` gives it, or its span in a row that could not be cut."""

    @property
    def change(self) -> CellChange:
        was, now = self._state(0, self.old), self._state(1, self.new)
        return CellChange(self.sheet, self.row, self.column, was, now)

    def _state(self, side: int, cell: bytes | CellSpan | None) -> CellState | None:
        if cell is None:
            return None
        if isinstance(cell, bytes):
            return self.sides[side].state_at(self.row, self.column, cell)
        return self.sides[side].state(cell)


def _side(package: Package, sheet: SheetPart | None, texts: SharedTexts) -> Side:
    return Side(sheet_xml(package, sheet.part) if sheet is not None else None, texts)


def sheets_of_both(
    old: Package, new: Package, changed: tuple[str, ...], same_texts: bool
) -> Iterator[tuple[str, tuple[Side, Side]]]:
    """The sheets whose cells may differ, by name; `changed` are the parts that do, `same_texts` is what
    `have_same_texts` says."""
    before = {sheet.name: sheet for sheet in worksheets(old) if sheet.kind == "worksheet"}
    after = {sheet.name: sheet for sheet in worksheets(new) if sheet.kind == "worksheet"}
    texts = SharedTexts(old), SharedTexts(new)
    for name in [*before, *(name for name in after if name not in before)]:
        first, second = before.get(name), after.get(name)
        if first and second and first.part == second.part and first.part not in changed and same_texts:
            continue
        yield name, (_side(old, first, texts[0]), _side(new, second, texts[1]))


def _in_sheet(name: str, sides: tuple[Side, Side], same_texts: bool) -> Iterator[Differing]:
    """The cells that are not written alike on both sides, row by row."""
    before, after = sides
    for row in sorted({*before.rows, *after.rows}):
        if same_texts and before.bytes_of_row(row) == after.bytes_of_row(row):
            continue
        old, new = before.line(row), after.line(row)
        if old is None or new is None:
            yield from _however_written(name, sides, row)
            continue
        for column, letters in in_order(tuple(old if old.keys() == new.keys() else {**old, **new})) or ():
            was, now = old.get(letters), new.get(letters)
            if was != now or (not same_texts and b't="s"' in (now or b"")):
                yield Differing(name, row, column, sides, was, now)


def _however_written(name: str, sides: tuple[Side, Side], row: int) -> Iterator[Differing]:
    """The cells of a row that is written in another way on one of the sides."""
    old, new = (side.cells({row}) for side in sides)
    for at in sorted({*old, *new}):
        yield Differing(name, *at, sides, old.get(at), new.get(at))


def have_same_texts(old: Package, new: Package) -> bool:
    """Whether each shared text of the old package is that of the same number in the new one, which may have more."""
    if _shared_part(old) == _shared_part(new):
        return True
    before = SharedTexts(old).all
    return bool(before) and before == SharedTexts(new).all[: len(before)]


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
