"""Where in the bytes of a worksheet do its rows, cells and formulas lie?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property, lru_cache
from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import MAX_ROW, Range, cell_of, column_of, range_of
from pik_excel.ooxml.package import Package
from pik_excel.patterns import compiled, pattern
from pik_excel.records import dataclass

_R = pattern(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,3}\d+)\s*["']""")
_USUAL_REFERENCE = pattern(rb' r="([A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])([1-9]\d{0,6})"')
_ATTRIBUTES = rb"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
# What nearly every cell is: a formula without markup, a value, or both.
_PLAIN = pattern(rb"""(<f(?=[\s/>])(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+(?:/>|>([^<]*)</f>))?(<v>([^<]*)</v>)?""")


class Row(NamedTuple):
    """One `<row>`: its number, and the spans as in `xml.Element`."""

    number: int
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether it is written as one self-closing tag."""
        return self.inner == self.end


class CellSpan(NamedTuple):
    """One `<c>`: its column, and the spans as in `xml.Element`."""

    row: int
    column: int
    start: int
    inner: int
    inner_end: int
    end: int


class Block(NamedTuple):
    """A formula that fills a range: its kind ("array" or "dataTable") and the range."""

    kind: str
    area: Range


class Shared(NamedTuple):
    """One cell of a shared formula: where it stands and its `<f>`; the master's has a range and a text."""

    row: int
    column: int
    element: xml.Element
    has_text: bool


@dataclass(frozen=True)
class SheetXml:
    """A worksheet part as text (UTF-8) and as structure (the same with comments blanked out)."""

    text: bytes
    structure: bytes
    _cells: dict[int, list[CellSpan]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def top(self) -> tuple[xml.Element, ...]:
        """The elements directly below `<worksheet>`."""
        return tuple(xml.children(self.structure, xml.root(self.structure)))

    def first(self, name: bytes) -> xml.Element | None:
        """The first of the top elements with that local name."""
        return next((element for element in self.top if element.name == name), None)

    @cached_property
    def data(self) -> xml.Element | None:
        """`<sheetData>`."""
        return self.first(b"sheetData")

    @cached_property
    def bare(self) -> bool:
        """Whether there is nothing but elements and texts from the sheet's data on: no comment, no CDATA."""
        start = self.data.start if self.data is not None else 0
        return self.text.find(b"<!", start) < 0 and self.text.find(b"<?", start) < 0

    @cached_property
    def prefix(self) -> bytes:
        """The namespace prefix of the sheet's elements with its colon: b"" or b"x:"."""
        return self.data.prefix + b":" if self.data is not None and self.data.prefix else b""

    @cached_property
    def columns(self) -> tuple[xml.Element, ...]:
        """The `<col>` elements."""
        listed = self.first(b"cols")
        return tuple(xml.children(self.structure, listed)) if listed is not None else ()

    @cached_property
    def column_styles(self) -> tuple[tuple[int, int, int], ...]:
        """First column, last column and style of the columns that have a style of their own."""
        given = (xml.attributes(self.structure, element) for element in self.columns)
        found = ((one.get("min", ""), one.get("max", ""), one.get("style", "")) for one in given)
        return tuple((int(a), int(b), int(c)) for a, b, c in found if a.isdigit() and b.isdigit() and c.isdigit())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows in the order of the file; a row without a number follows the one before."""
        return tuple(self._rows()) if self.data is not None else ()

    def cells(self, row: Row) -> list[CellSpan]:
        """The cells of a row in the order of the file; a cell without a reference follows the one before."""
        if row.start not in self._cells:
            self._cells[row.start] = self._found_cells(row)
        return self._cells[row.start]

    def forget_cells(self) -> None:
        """Give up where the cells lie: of a large sheet that takes more room than the sheet itself."""
        self._cells.clear()

    def inside(self, cell: CellSpan) -> list[xml.Element]:
        """The elements of a cell: formula, value, inline text, extensions."""
        if cell.inner == cell.inner_end:
            return []
        plain = _PLAIN.fullmatch(self.text, cell.inner, cell.inner_end)
        if plain is None:
            return list(xml.elements(self.structure, cell.inner, cell.inner_end))
        found = []
        if plain[1] is not None:
            inner, inner_end = plain.span(2) if plain[2] is not None else (plain.end(1), plain.end(1))
            found.append(xml.Element(b"", b"f", plain.start(1), inner, inner_end, plain.end(1)))
        if plain[3] is not None:
            found.append(xml.Element(b"", b"v", plain.start(3), plain.start(4), plain.end(4), plain.end(3)))
        return found

    def has_formula(self, cell: CellSpan) -> bool:
        """Whether the cell has an `<f>`."""
        return any(part.name == b"f" for part in self.inside(cell))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The ranges filled by array formulas, spilled formulas and data tables."""
        if b"array" not in self.structure and b"dataTable" not in self.structure:
            return ()
        found = []
        for tag in self._formulas():
            given = dict(xml.attributes_of(tag[0]))
            area = range_of(given.get("ref", ""))
            if given.get("t") in ("array", "dataTable") and area is not None:
                found.append(Block(given["t"], area))
        return tuple(found)

    def shared(self, group: str) -> list[Shared]:
        """The cells of a shared formula, in the order of the file."""
        found = []
        for tag in self._formulas():
            if b"shared" not in tag[0]:
                continue
            given = dict(xml.attributes_of(tag[0]))
            if given.get("t") == "shared" and given.get("si", "").strip() == group:
                element = next(xml.elements(self.structure, tag.start(), self._end_of_data))
                text = xml.content(self.text, element)
                found.append(Shared(*self.cell_around(tag.start()), element, bool(text)))
        return found

    def cell_around(self, offset: int) -> tuple[int, int]:
        """Row and column of the cell in which a place inside the sheet's data lies."""
        row = self.rows[bisect_right(self._starts, offset) - 1]
        start = self.structure.rfind(b"<" + self.prefix + b"c", row.inner, offset)
        while start >= 0 and not _open_tag(self.prefix + b"c").match(self.structure, start):
            start = self.structure.rfind(b"<" + self.prefix + b"c", row.inner, start)
        given = _R.search(self.structure, start, self.structure.find(b">", start)) if start >= 0 else None
        place = cell_of(given[1].decode("ascii")) if given else None
        if place is not None and row.number == place[0]:
            return place
        found = next(cell for cell in self.cells(row) if cell.start <= offset < cell.end)
        return found.row, found.column

    @property
    def _end_of_data(self) -> int:
        return self.data.inner_end if self.data is not None else 0

    def _formulas(self) -> Iterator[re.Match[bytes]]:
        """The start tags of all formulas with attributes; the others concern their own cell only."""
        if self.data is None:
            return iter(())
        pattern = compiled(rb"<" + re.escape(self.prefix) + rb"f\s" + _ATTRIBUTES + rb">")
        return pattern.finditer(self.structure, self.data.inner, self.data.inner_end)

    @cached_property
    def _starts(self) -> list[int]:
        return [row.start for row in self.rows]

    def _found_cells(self, row: Row) -> list[CellSpan]:
        found, column = [], 0
        for tag in _whole_element(self.prefix + b"c").finditer(self.structure, row.inner, row.inner_end):
            usual = _USUAL_REFERENCE.match(tag[1])
            if usual is not None and row.number == int(usual[2]) <= MAX_ROW:
                number, column = row.number, column_of(usual[1].decode("ascii"))
            else:
                given = _R.search(tag[1])
                place = cell_of(given[1].decode("ascii")) if given else None
                number, column = place if place else (row.number, column + 1)
            start, end = tag.span()
            inner, inner_end = tag.span(2) if tag[2] is not None else (end, end)
            found.append(CellSpan(number, column, start, inner, inner_end, end))
        return found

    def _rows(self) -> Iterator[Row]:
        number, data = 0, self.data
        assert data is not None
        for start, inner, inner_end, end in _spans(self.structure, self.prefix + b"row", data.inner, data.inner_end):
            given = _R.search(self.structure, start, inner)
            number = int(given[1]) if given and given[1].isdigit() else number + 1
            yield Row(number, start, inner, inner_end, end)


def sheet_xml(package: Package, part: str) -> SheetXml:
    """The worksheet in a part; raises `Refused` where it is not well-formed."""
    return package.found_in(part, "sheet", lambda: SheetXml(package.text(part), package.structure(part)))


def _spans(text: bytes, name: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Start, inner, inner end and end of each element of that full name; it never stands inside one of its kind."""
    closing = b"</" + name + b">"
    spaced = _spaced_close_tag(name).search(text, start, end) is not None  # "</c >", which nobody writes but may
    for tag in _open_tag(name).finditer(text, start, end):
        if tag[1].endswith(b"/"):
            yield tag.start(), tag.end(), tag.end(), tag.end()
            continue
        close = text.find(closing, tag.end(), end)
        after = close + len(closing)
        if spaced and (loose := _close_tag(name).search(text, tag.end(), end)):
            close, after = loose.span()
        if close < 0:
            raise ValueError(f"<{name.decode()}> at {tag.start()} is not closed")
        yield tag.start(), tag.end(), close, after


@lru_cache(maxsize=64)
def _whole_element(name: bytes) -> re.Pattern[bytes]:
    """Start tag, and what lies inside; for elements that are small and never stand inside one of their kind."""
    tag = rb"<" + re.escape(name) + rb"""(?=[\s/>])((?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+)"""
    return compiled(tag + rb"(?:/>|>(.*?)</" + re.escape(name) + rb"\s*>)", re.DOTALL)


@lru_cache(maxsize=64)
def _open_tag(name: bytes) -> re.Pattern[bytes]:
    return compiled(rb"<" + re.escape(name) + rb"(?=[\s/>])" + _ATTRIBUTES + rb">")


@lru_cache(maxsize=64)
def _close_tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(name) + rb"\s*>")


@lru_cache(maxsize=64)
def _spaced_close_tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(name) + rb"\s+>")
