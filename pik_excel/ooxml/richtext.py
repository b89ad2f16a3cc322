"""Is the text of a cell formatted within itself (rich text), so that a plain text in its place would lose something?"""

from __future__ import annotations

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import sheet_named
from pik_excel.ooxml.sheetxml import sheet_xml


def is_rich(package: Package, sheet: str, row: int, column: int) -> bool:
    """Whether the cell's text has runs of its own, inline or in the shared strings."""
    found = sheet_named(package, sheet)
    if found is None or found.kind != "worksheet":
        return False
    part = sheet_xml(package, found.part)
    cells = (cell for one in part.rows if one.number == row for cell in part.cells(one) if cell.column == column)
    cell = next(cells, None)
    if cell is None:
        return False
    given = dict(xml.attributes_of(part.structure[cell.start : cell.inner]))
    inside = part.inside(cell)
    if given.get("t") == "s":
        index = next((xml.content(part.text, one).strip() for one in inside if one.name == b"v"), "")
        return index.isdigit() and int(index) in _rich_strings(package)
    return any(_has_runs(part.structure, one) for one in inside if one.name == b"is")


def _rich_strings(package: Package) -> frozenset[int]:
    """The numbers of the shared strings that have runs."""
    parts = related(package, workbook_part(package), "sharedStrings")
    if not parts:
        return frozenset()
    structure = package.structure(parts[0])

    def found() -> frozenset[int]:
        items = (one for one in xml.children(structure, xml.root(structure)) if one.name == b"si")
        return frozenset(index for index, item in enumerate(items) if _has_runs(structure, item))

    return package.found_in(parts[0], "rich texts", found)


def _has_runs(structure: bytes, element: xml.Element) -> bool:
    return any(child.name == b"r" for child in xml.children(structure, element))
