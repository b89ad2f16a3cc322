"""What follows when columns of figures are appended to the right of a table, as it would if a person filled them in?

Column widths, merged titles, conditional formats, validations and the print area that end at the last column go on to
the new ones. A conditional format that speaks of the last column alone (`$C6<>$B6`: "2021 differs from 2020") stays
there. Charts are left alone: what they show is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.alike import columns_alike
from pik_excel.ooxml.cellref import MAX_COLUMN, Range, letters, range_of
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices
from pik_excel.ooxml.relations import workbook_part
from pik_excel.ooxml.sheets import sheet_named, worksheets
from pik_excel.ooxml.sheetxml import SheetXml, sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.tables import Table, tables_on
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_AREA = pattern(r"\$[A-Z]{1,3}\$\d+:\$[A-Z]{1,3}\$\d+")
_X14_PARENTS = {b"conditionalFormatting", b"dataValidation"}


@dataclass(frozen=True)
class Appended:
    """`by` columns appended right of `column` in the rows `top` to `bottom`; `filled` are cells that get content."""

    column: int
    by: int
    top: int
    bottom: int
    filled: AbstractSet[tuple[int, int]] = frozenset()

    @property
    def new(self) -> Range:
        """The cells that are new."""
        return Range(self.top, self.column + 1, self.bottom, self.column + self.by)

    def ends_here(self, area: Range) -> bool:
        """Whether a range ends at the last column and lies in these rows."""
        return area.right == self.column and self.top <= area.top and area.bottom <= self.bottom

    def meets(self, area: Range) -> bool:
        """Whether a range ends at the last column and touches these rows."""
        return area.right == self.column and area.top <= self.bottom and self.top <= area.bottom


def widened(package: Package, sheet: str, changes: Sequence[Appended]) -> PartSplices:
    """The splices by part, for `patched(..., also=...)`: all changes of the sheet, one after the other.

    A merged range is not widened over a cell in `filled`, whose content would vanish. Raises `NotWritten` where an
    Excel table ends there, or where the sheet has no more columns.
    """
    found = sheet_named(package, sheet)
    if found is None or found.kind != "worksheet":
        raise ValueError(f"no worksheet {sheet}")
    tables = tables_on(package, found.part)
    for change in changes:
        _refuse_beyond_the_grid(sheet, change)
        _refuse_tables(tables, sheet, change)
    own = sheet_xml(package, found.part)
    columns = columns_alike(own, ((change.column, change.by) for change in changes))
    splices = [*columns, *_merges(own, changes), *_formats(own, changes), *_extensions(own, changes)]
    index = [listed.part for listed in worksheets(package)].index(found.part)
    return {found.part: splices, workbook_part(package): list(_print_area(package, index, changes))}


def _merges(sheet: SheetXml, changes: Iterable[Appended]) -> Iterator[Splice]:
    """A merged title that ends at the last column reaches over the new ones; what is merged down is so there."""
    listed = sheet.first(b"mergeCells")
    if listed is None:
        return
    elements = list(xml.children(sheet.structure, listed))
    before = [range_of(xml.attributes(sheet.structure, element).get("ref", "")) for element in elements]
    after = list(before)
    for change in changes:
        for place, area in enumerate(tuple(after)):
            if area is not None and change.ends_here(area):
                after[place], copies = _merged_on(area, change)
                after += copies
    for element, old, new in zip(elements, before, after, strict=False):
        if new != old:
            yield xml.attribute_splice(sheet.text, element, "ref", str(new))
    added = after[len(elements) :]
    if not added:
        return
    tags = (b"<" + sheet.prefix + f'mergeCell ref="{copy}"/>'.encode() for copy in added)
    yield Splice(listed.inner_end, listed.inner_end, b"".join(tags))
    given = xml.attributes(sheet.structure, listed)
    if given.get("count", "").isdigit():
        yield xml.attribute_splice(sheet.text, listed, "count", str(int(given["count"]) + len(added)))


def _merged_on(area: Range, change: Appended) -> tuple[Range, list[Range]]:
    """What becomes of a merged range that ends at the last column, and the ranges that are merged as it is."""
    if area.left < change.column:
        wide = area._replace(right=change.column + change.by)
        return (area if _swallows(wide._replace(left=change.column + 1), change) else wide), []
    columns = range(change.column + 1, change.column + change.by + 1)
    copies = [area._replace(left=column, right=column) for column in columns]
    return area, [copy for copy in copies if not _swallows(copy._replace(top=copy.top + 1), change)]


def _swallows(area: Range, change: Appended) -> bool:
    return any(area.holds(row, column) for row, column in change.filled)


def _formats(sheet: SheetXml, changes: Sequence[Appended]) -> Iterator[Splice]:
    """Conditional formats and validations."""
    for element in sheet.top:
        if element.name == b"conditionalFormatting":
            text = sheet.text[element.inner : element.inner_end].decode("utf-8")
            yield from _sqref(sheet, element, changes, text)
        elif element.name == b"dataValidations":
            for validation in xml.children(sheet.structure, element):
                yield from _sqref(sheet, validation, changes)


def _sqref(sheet: SheetXml, element: xml.Element, changes: Iterable[Appended], text: str = "") -> Iterator[Splice]:
    given = xml.attributes(sheet.structure, element).get("sqref", "")
    wide = _wide(given, changes, text)
    if wide != given:
        yield xml.attribute_splice(sheet.text, element, "sqref", wide)


def _extensions(sheet: SheetXml, changes: Sequence[Appended]) -> Iterator[Splice]:
    """The newer conditional formats and validations, which hold their range as text (`xm:sqref`)."""
    listed = sheet.first(b"extLst")
    if listed is None:
        return
    for name in sorted(_X14_PARENTS):
        for parent in xml.descendants(sheet.structure, listed, name):
            for element in xml.children(sheet.structure, parent):
                given = xml.content(sheet.text, element) if element.name == b"sqref" else ""
                wide = _wide(given, changes)
                if wide != given:
                    yield Splice(element.inner, element.inner_end, wide.encode())


def _wide(sqref: str, changes: Iterable[Appended], text: str = "") -> str:
    """A `sqref` with what ends at the last column in these rows widened; the first range keeps its first cell. `text`
    is what a conditional format says: one for the last column only, whose formula fixes it, stays there."""
    before = [(piece, range_of(piece)) for piece in sqref.split()]
    pieces = before
    for change in changes:
        if not any(area is not None and change.meets(area) for _piece, area in pieces):
            continue
        areas = [area for _piece, area in pieces if area is not None]
        if not _is_of_column_alone(text, areas, change.column):
            pieces = [one for piece, area in pieces for one in _wider(piece, area, change)]
    return " ".join(piece for piece, _area in pieces) if pieces is not before else sqref


def _is_of_column_alone(text: str, areas: Iterable[Range], column: int) -> bool:
    fixed = re.search(rf"\${letters(column)}(?=\$?\d)", text)
    return fixed is not None and all(area.left == area.right == column for area in areas)


def _wider(piece: str, area: Range | None, change: Appended) -> Iterator[tuple[str, Range | None]]:
    if area is None or not change.meets(area):
        yield piece, area
    elif change.ends_here(area):
        wide = area._replace(right=change.column + change.by)
        yield str(wide), wide
    else:
        yield piece, area
        beside = change.new._replace(top=max(area.top, change.top), bottom=min(area.bottom, change.bottom))
        yield str(beside), beside


def _print_area(package: Package, sheet: int, changes: Sequence[Appended]) -> Iterator[Splice]:
    """The sheet's print area (`sheet` is its place among the tabs), where it ends at the last column."""
    book = workbook_part(package)
    text, structure = package.text(book), package.structure(book)
    listed = xml.child(structure, xml.root(structure), b"definedNames")
    for element in xml.children(structure, listed) if listed is not None else ():
        given = xml.attributes(structure, element)
        if given.get("name") != "_xlnm.Print_Area" or given.get("localSheetId") != str(sheet):
            continue
        old = text[element.inner : element.inner_end].decode("utf-8")
        new = _AREA.sub(lambda match: _wide_area(match, changes), old)
        if new != old:
            yield Splice(element.inner, element.inner_end, new.encode("utf-8"))


def _wide_area(match: re.Match[str], changes: Iterable[Appended]) -> str:
    before = area = range_of(match[0].replace("$", ""))
    for change in changes:
        if area is not None and change.meets(area):
            area = area._replace(right=change.column + change.by)
    if area is None or area == before:
        return match[0]
    return f"${letters(area.left)}${area.top}:${letters(area.right)}${area.bottom}"


def _refuse_beyond_the_grid(sheet: str, change: Appended) -> None:
    if change.column + change.by > MAX_COLUMN:
        raise NotWritten(
            "no-more-columns",
            _("{sheet}: rechts von Spalte {column} sind keine {by} Spalten mehr frei.").format(
                sheet=sheet, column=letters(change.column), by=change.by
            ),
            _("Bitte die Tabelle auf ein neues Blatt übernehmen."),
        )


def _refuse_tables(tables: Iterable[Table], sheet: str, change: Appended) -> None:
    """An Excel table does not grow by cells alone; one that holds the new columns already has grown before."""
    for table in tables:
        held = table.area.left <= change.column and change.new.right <= table.area.right
        if not held and (change.meets(table.area) or _overlap(table.area, change.new)):
            raise NotWritten(
                "excel-table",
                _("{sheet}!{range} ist die Excel-Tabelle „{table}“; sie wächst nicht mit den Zellen daneben.").format(
                    sheet=sheet, range=table.area, table=table.name
                ),
                _("Bitte die Tabelle in Excel um die Spalten erweitern und den Befehl wiederholen."),
            )


def _overlap(one: Range, other: Range) -> bool:
    return one.left <= other.right and other.left <= one.right and one.top <= other.bottom and other.top <= one.bottom
