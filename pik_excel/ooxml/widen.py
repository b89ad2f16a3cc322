"""What follows when columns of figures are appended to the right of a table, as it would if a person filled them in?

Column widths, merged titles, conditional formats, validations and the print area that end at the last column go on to
the new ones. A conditional format that speaks of the last column alone (`$C6<>$B6`: "2021 differs from 2020") stays
there. Charts are left alone: what they show is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import MAX_COLUMN, Range, letters, range_of
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices
from pik_excel.ooxml.relations import workbook_part
from pik_excel.ooxml.sheets import sheet_named, worksheets
from pik_excel.ooxml.sheetxml import SheetXml, sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.tables import tables_on
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


def widened(
    package: Package,
    sheet: str,
    column: int,
    by: int,
    rows: tuple[int, int],
    filled: AbstractSet[tuple[int, int]] = frozenset(),
) -> PartSplices:
    """The splices by part, for `patched(..., also=...)`.

    A merged range is not widened over a cell in `filled`, whose content would vanish. Raises `NotWritten` where an
    Excel table ends there, or where the sheet has no more columns.
    """
    found = sheet_named(package, sheet)
    if found is None or found.kind != "worksheet":
        raise ValueError(f"no worksheet {sheet}")
    change = Appended(column, by, *rows, filled)
    _refuse_beyond_the_grid(sheet, change)
    _refuse_tables(package, found.part, sheet, change)
    own = sheet_xml(package, found.part)
    splices = [*_columns(own, change), *_merges(own, change), *_formats(own, change), *_extensions(own, change)]
    index = [listed.part for listed in worksheets(package)].index(found.part)
    return {found.part: splices, workbook_part(package): list(_print_area(package, index, change))}


def _columns(sheet: SheetXml, change: Appended) -> Iterator[Splice]:
    """The entry of the last column (width, format, outline) said for the new columns too."""
    first, last = change.column + 1, change.column + change.by
    entries = [(*_bounds(sheet, element), element) for element in sheet.columns]
    model = next((element for low, high, element in entries if low <= change.column <= high), None)
    if model is None or any(low <= change.column and last <= high for low, high, _element in entries):
        return
    for low, high, element in entries:
        left, right = (low, min(high, change.column)), (max(low, last + 1), high)
        pieces = [_entry(sheet, element, span) for span in (left, right) if span[0] <= span[1]]
        if element is model:
            pieces.insert(1, _entry(sheet, element, (first, last), drop=(b"hidden", b"collapsed")))
            yield Splice(element.start, element.end, b"".join(pieces))
        elif low <= last and high >= first:
            yield Splice(element.start, element.end, b"".join(pieces))


def _bounds(sheet: SheetXml, element: xml.Element) -> tuple[int, int]:
    given = xml.attributes(sheet.structure, element)
    return int(given.get("min", "0")), int(given.get("max", "0"))


def _entry(sheet: SheetXml, element: xml.Element, span: tuple[int, int], drop: Iterable[bytes] = ()) -> bytes:
    """A `<col>` for other columns, otherwise as it is."""
    text = sheet.text[element.start : element.end]
    for name in drop:
        text = re.sub(rb"\s" + name + rb"""\s*=\s*("[^"]*"|'[^']*')""", b"", text)
    for name, value in zip((b"min", b"max"), span, strict=True):
        text = re.sub(rb"(\s" + name + rb"\s*=\s*[\"'])\d+", rb"\g<1>" + str(value).encode(), text, count=1)
    return text


def _merges(sheet: SheetXml, change: Appended) -> Iterator[Splice]:
    """A merged title that ends at the last column reaches over the new ones; what is merged down is so there."""
    listed = sheet.first(b"mergeCells")
    if listed is None:
        return
    added = []
    for element in xml.children(sheet.structure, listed):
        area = range_of(xml.attributes(sheet.structure, element).get("ref", ""))
        if area is None or not change.ends_here(area):
            continue
        if area.left < change.column:
            wide = area._replace(right=change.column + change.by)
            if not _swallows(wide._replace(left=change.column + 1), change):
                yield xml.attribute_splice(sheet.text, element, "ref", str(wide))
            continue
        for column in range(change.column + 1, change.column + change.by + 1):
            copy = area._replace(left=column, right=column)
            if not _swallows(copy._replace(top=copy.top + 1), change):
                added.append(b"<" + sheet.prefix + f'mergeCell ref="{copy}"/>'.encode())
    if not added:
        return
    yield Splice(listed.inner_end, listed.inner_end, b"".join(added))
    given = xml.attributes(sheet.structure, listed)
    if given.get("count", "").isdigit():
        yield xml.attribute_splice(sheet.text, listed, "count", str(int(given["count"]) + len(added)))


def _swallows(area: Range, change: Appended) -> bool:
    return any(area.holds(row, column) for row, column in change.filled)


def _formats(sheet: SheetXml, change: Appended) -> Iterator[Splice]:
    """Conditional formats and validations."""
    for element in sheet.top:
        if element.name == b"conditionalFormatting":
            if not _is_of_column_alone(sheet, element, change.column):
                yield from _sqref(sheet, element, change)
        elif element.name == b"dataValidations":
            for validation in xml.children(sheet.structure, element):
                yield from _sqref(sheet, validation, change)


def _is_of_column_alone(sheet: SheetXml, element: xml.Element, column: int) -> bool:
    """Whether a conditional format is for this column only and its formula fixes it."""
    given = xml.attributes(sheet.structure, element).get("sqref", "")
    areas = [area for piece in given.split() if (area := range_of(piece)) is not None]
    text = sheet.text[element.inner : element.inner_end].decode("utf-8")
    fixed = re.search(rf"\${letters(column)}(?=\$?\d)", text)
    return fixed is not None and all(area.left == area.right == column for area in areas)


def _sqref(sheet: SheetXml, element: xml.Element, change: Appended) -> Iterator[Splice]:
    given = xml.attributes(sheet.structure, element).get("sqref", "")
    wide = _wide(given, change)
    if wide != given:
        yield xml.attribute_splice(sheet.text, element, "sqref", wide)


def _extensions(sheet: SheetXml, change: Appended) -> Iterator[Splice]:
    """The newer conditional formats and validations, which hold their range as text (`xm:sqref`)."""
    listed = sheet.first(b"extLst")
    if listed is None:
        return
    for name in sorted(_X14_PARENTS):
        for parent in xml.descendants(sheet.structure, listed, name):
            for element in xml.children(sheet.structure, parent):
                given = xml.content(sheet.text, element) if element.name == b"sqref" else ""
                wide = _wide(given, change)
                if wide != given:
                    yield Splice(element.inner, element.inner_end, wide.encode())


def _wide(sqref: str, change: Appended) -> str:
    """A `sqref` with what ends at the last column in these rows widened; the first range keeps its first cell."""
    pieces = []
    for piece in sqref.split():
        area = range_of(piece)
        if area is None or not change.meets(area):
            pieces.append(piece)
        elif change.ends_here(area):
            pieces.append(str(area._replace(right=change.column + change.by)))
        else:
            top, bottom = max(area.top, change.top), min(area.bottom, change.bottom)
            pieces += [piece, str(change.new._replace(top=top, bottom=bottom))]
    return " ".join(pieces) if pieces != sqref.split() else sqref


def _print_area(package: Package, sheet: int, change: Appended) -> Iterator[Splice]:
    """The sheet's print area (`sheet` is its place among the tabs), where it ends at the last column."""
    book = workbook_part(package)
    text, structure = package.text(book), package.structure(book)
    listed = xml.child(structure, xml.root(structure), b"definedNames")
    for element in xml.children(structure, listed) if listed is not None else ():
        given = xml.attributes(structure, element)
        if given.get("name") != "_xlnm.Print_Area" or given.get("localSheetId") != str(sheet):
            continue
        old = text[element.inner : element.inner_end].decode("utf-8")
        new = _AREA.sub(lambda match: _wide_area(match, change), old)
        if new != old:
            yield Splice(element.inner, element.inner_end, new.encode("utf-8"))


def _wide_area(match: re.Match[str], change: Appended) -> str:
    area = range_of(match[0].replace("$", ""))
    if area is None or not change.meets(area):
        return match[0]
    wide = area._replace(right=change.column + change.by)
    return f"${letters(wide.left)}${wide.top}:${letters(wide.right)}${wide.bottom}"


def _refuse_beyond_the_grid(sheet: str, change: Appended) -> None:
    if change.column + change.by > MAX_COLUMN:
        raise NotWritten(
            "no-more-columns",
            _("{sheet}: rechts von Spalte {column} sind keine {by} Spalten mehr frei.").format(
                sheet=sheet, column=letters(change.column), by=change.by
            ),
            _("Bitte die Tabelle auf ein neues Blatt übernehmen."),
        )


def _refuse_tables(package: Package, part: str, sheet: str, change: Appended) -> None:
    """An Excel table does not grow by cells alone; one that holds the new columns already has grown before."""
    for table in tables_on(package, part):
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
