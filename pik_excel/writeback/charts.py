"""Which charts show all years of a table that has grown? They show its new years too.

A chart counts where each of its series runs along a row of the table, from its first year to its last one. What it
remembers of the cells is made longer with it, so that it looks right before anything is calculated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Area, column_letters, column_number
from pik_excel.grid.workbook import Sheet
from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.relations import related
from pik_excel.ooxml.sheets import worksheets
from pik_excel.ooxml.splice import Splice
from pik_excel.patterns import pattern
from pik_excel.writeback.extension import Extension

_RANGE = pattern(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!,()]+))!\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)"
    r":\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+)"
)
_REFERENCES = (b"numRef", b"strRef")
_CACHES = (b"numCache", b"strCache")


def with_longer_charts(package: Package, extensions: Sequence[Extension]) -> Package:
    """The workbook, in which the new years are written already, with its charts along them."""
    parts = list(_charts(package)) if extensions else []
    if not parts:
        return package
    sheets = {sheet.name.casefold(): sheet for sheet in read_workbook(package).sheets}
    splices = {part: list(_longer(package, part, extensions, sheets)) for part in parts}
    splices = {part: found for part, found in splices.items() if found}
    return patched(package, (), splices) if splices else package


def _charts(package: Package) -> Iterator[str]:
    for sheet in worksheets(package):
        for drawing in related(package, sheet.part, "drawing") if sheet.part else ():
            yield from related(package, drawing, "chart")


def _longer(package: Package, part: str, extensions: Iterable[Extension], sheets: dict[str, Sheet]) -> Iterator[Splice]:
    structure = package.structure(part)
    series = list(xml.descendants(structure, xml.root(structure), b"ser"))
    for extension in extensions:
        sheet = sheets.get(extension.table.sheet.casefold())
        found = [list(_along(package.text(part), structure, one, extension)) for one in series]
        if sheet is not None and found and all(found):
            for references in found:
                for reference, formula, row in references:
                    yield from _grown(structure, reference, formula, row, extension, sheet)


def _along(
    text: bytes, structure: bytes, series: xml.Element, extension: Extension
) -> Iterator[tuple[xml.Element, xml.Element, int]]:
    """The values and the categories of a series that run along all years of the table: the reference, its formula and
    its row; nothing where only one of the two does."""
    found = []
    for word in (b"cat", b"val"):
        holder = xml.child(structure, series, word)
        if holder is None:
            if word == b"val":
                return
            continue
        reference = next((one for one in xml.children(structure, holder) if one.name in _REFERENCES), None)
        formula = xml.child(structure, reference, b"f") if reference is not None else None
        if reference is None or formula is None:
            return
        row = _row_along(xml.content(text, formula), extension)
        if row is None:
            return
        found.append((reference, formula, row))
    yield from found


def _row_along(formula: str, extension: Extension) -> int | None:
    given = _RANGE.fullmatch(formula.strip())
    if given is None:
        return None
    sheet = (given["quoted"] or given["plain"] or "").replace("''", "'")
    area = Area(int(given["top"]), column_number(given["left"]), int(given["bottom"]), column_number(given["right"]))
    first = min(column.at.column for column in extension.closed)
    table = extension.area
    inside = table.top <= area.top == area.bottom <= table.bottom
    spans = area.left == first < area.right == extension.last.at.column
    return area.top if sheet.casefold() == extension.table.sheet.casefold() and inside and spans else None


def _grown(
    structure: bytes, reference: xml.Element, formula: xml.Element, row: int, extension: Extension, sheet: Sheet
) -> Iterator[Splice]:
    """The formula up to the last new year, and what the chart remembers of the new cells."""
    old, new = column_letters(extension.last.at.column), column_letters(extension.area.right)
    text = structure[formula.inner : formula.inner_end].decode()
    head, _colon, end = text.rpartition(":")
    yield Splice(formula.inner, formula.inner_end, f"{head}:{end.replace(old, new, 1)}".encode())
    cache = next((one for one in xml.children(structure, reference) if one.name in _CACHES), None)
    count = xml.child(structure, cache, b"ptCount") if cache is not None else None
    known = xml.attributes(structure, count).get("val", "") if count is not None else ""
    if cache is None or count is None or not known.isdigit():
        return
    columns = extension.columns.values()
    yield xml.attribute_splice(structure, count, "val", str(int(known) + len(columns)))
    prefix = cache.prefix.decode() + ":" if cache.prefix else ""
    points = "".join(
        f'<{prefix}pt idx="{int(known) + place}"><{prefix}v>{value}</{prefix}v></{prefix}pt>'
        for place, column in enumerate(columns)
        if (value := _remembered(sheet.value(row, column), cache.name == b"numCache")) is not None
    )
    at = [one.end for one in xml.children(structure, cache) if one.name in (b"ptCount", b"pt")][-1]
    yield Splice(at, at, points.encode())


def _remembered(value: object, number: bool) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if number or value is None else xml.escaped(str(value))
