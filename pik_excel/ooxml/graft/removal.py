"""Take out a sheet that was grafted once, so that a new one can take its place. Nothing else changes.

Formulas that refer to the sheet by its name stay as they are: they are right again once the new one is there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from collections.abc import Set as AbstractSet

from pik_excel.ooxml import xml
from pik_excel.ooxml.calc import without_formulas
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import relations, relations_part, workbook_part
from pik_excel.ooxml.sheets import SheetPart, worksheets
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.patterns import pattern

_TYPES = "[Content_Types].xml"
_FORMULA_CELL = pattern(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<f\b')


def without_sheet(package: Package, name: str, names: Container[str]) -> tuple[Package, int]:
    """The workbook without that sheet, its drawings and charts, and without its own names and these (in lower case);
    and the place among the tabs (from 0) where it stood."""
    listed = worksheets(package)
    place = next(number for number, sheet in enumerate(listed) if sheet.name.casefold() == name.casefold())
    sheet = listed[place]
    package = _without_chain(package, sheet)
    book = workbook_part(package)
    gone = _parts_of_its_own(package, sheet.part)
    replaced = {
        book: xml.encoded_as(package.part(book), spliced(package.text(book), _book(package, book, place, names))),
        **_rows(package, relations_part(book), lambda row: _leads_to(package, book, row, sheet.part)),
    }
    types = {"/" + part.replace("\\", "/").casefold() for part in gone}
    replaced |= _rows(package, _TYPES, lambda row: row.get("PartName", "").casefold() in types)
    return package.followed_by(package.replaced(replaced, removed=gone)), place


def _without_chain(package: Package, sheet: SheetPart) -> Package:
    """Excel repairs a file whose calculation chain names a sheet that is not there."""
    cells = {(int(row), _number(letters)) for letters, row in _FORMULA_CELL.findall(package.text(sheet.part))}
    replaced, gone = without_formulas(package, {sheet.sheet_id: cells})
    if not replaced and not gone:
        return package
    return package.followed_by(package.replaced(replaced, removed=gone))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _parts_of_its_own(package: Package, part: str) -> set[str]:
    """The sheet and all that only it refers to, with the lists of relationships."""
    own = _reached(package, part, set())
    others = _reached(package, "", {part})
    found = own - others
    found |= {listed for one in found if (listed := package.find(relations_part(one))) is not None}
    return found


def _reached(package: Package, start: str, leave: AbstractSet[str]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        part = waiting.pop()
        if part in found or part in leave:
            continue
        found.add(part)
        waiting += [relation.part for relation in relations(package, part) if relation.part is not None]
    return found - {""}


def _book(package: Package, book: str, place: int, names: Container[str]) -> Iterator[Splice]:
    structure = package.structure(book)
    root = xml.root(structure)
    listed = xml.child(structure, root, b"sheets")
    assert listed is not None
    row = list(xml.children(structure, listed))[place]
    yield Splice(row.start, row.end, b"")
    defined = xml.child(structure, root, b"definedNames")
    rows = list(xml.children(structure, defined)) if defined is not None else []
    kept = [one for one in rows if not _is_own(xml.attributes(structure, one), place, names)]
    if defined is not None and rows and not kept:
        yield Splice(defined.start, defined.end, b"")
    elif kept:
        yield from (Splice(one.start, one.end, b"") for one in rows if one not in kept)
        for one in kept:
            yield from _counted_back(structure, one, ("localSheetId",), place)
    views = xml.child(structure, root, b"bookViews")
    for view in xml.children(structure, views) if views is not None else ():
        yield from _counted_back(structure, view, ("activeTab", "firstSheet"), max(place - 1, 0))


def _is_own(given: dict[str, str], place: int, names: Container[str]) -> bool:
    return given.get("localSheetId") == str(place) or given.get("name", "").casefold() in names


def _counted_back(structure: bytes, element: xml.Element, names: tuple[str, ...], place: int) -> Iterator[Splice]:
    given = xml.attributes(structure, element)
    for name in names:
        if given.get(name, "").isdigit() and int(given[name]) > place:
            yield xml.attribute_splice(structure, element, name, str(int(given[name]) - 1))


def _leads_to(package: Package, owner: str, row: dict[str, str], part: str) -> bool:
    return any(one.id == row.get("Id") and one.part == part for one in relations(package, owner))


def _rows(package: Package, name: str, goes: Callable[[dict[str, str]], bool]) -> dict[str, bytes]:
    found = package.find(name)
    if found is None:
        return {}
    text, structure = package.text(found), package.structure(found)
    drop = [
        Splice(row.start, row.end, b"")
        for row in xml.children(structure, xml.root(structure))
        if goes(xml.attributes(structure, row))
    ]
    return {found: xml.encoded_as(package.part(found), spliced(text, drop))}
