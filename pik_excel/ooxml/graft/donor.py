"""What does a workbook that XlsxWriter wrote bring along?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import SheetPart, worksheets
from pik_excel.records import dataclass


@dataclass(frozen=True)
class DefinedName:
    """A name as the workbook part has it; `sheet` is the sheet it belongs to, None for the whole workbook."""

    name: str
    sheet: str | None
    content: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Donor:
    """The workbook that gives, and which of its sheets are wanted, in the order in which they are to stand."""

    package: Package
    sheets: tuple[SheetPart, ...]

    @cached_property
    def book(self) -> str:
        """Its workbook part."""
        return workbook_part(self.package)

    @cached_property
    def staying(self) -> frozenset[str]:
        """The names of its sheets that are not wanted, without case."""
        wanted = {sheet.name for sheet in self.sheets}
        return frozenset(one.name.casefold() for one in worksheets(self.package) if one.name not in wanted)

    @cached_property
    def texts(self) -> tuple[bytes, ...]:
        """What stands inside each entry of the shared strings, rich text included."""
        parts = related(self.package, self.book, "sharedStrings")
        if not parts:
            return ()
        text, structure = self.package.text(parts[0]), self.package.structure(parts[0])
        items = (item for item in xml.children(structure, xml.root(structure)) if item.name == b"si")
        return tuple(text[item.inner : item.inner_end] for item in items)

    @cached_property
    def names(self) -> tuple[DefinedName, ...]:
        """All its names, those of sheets that are not wanted left out."""
        return tuple(
            name
            for name in defined_names(self.package)
            if name.sheet is None or name.sheet.casefold() not in self.staying
        )


def donor(data: bytes, wanted: Sequence[str] | None) -> Donor:
    """Read a donor; all worksheets are wanted where none is named. ValueError where one is not there."""
    package = Package.from_bytes(data, Path("Vorlage.xlsx"))
    there = {sheet.name: sheet for sheet in worksheets(package) if sheet.kind == "worksheet"}
    chosen = tuple(there if wanted is None else dict.fromkeys(wanted))
    missing = [name for name in chosen if name not in there]
    if missing or not chosen:
        raise ValueError(f"the donor has no worksheet {missing}")
    return Donor(package, tuple(there[name] for name in chosen))


def defined_names(package: Package) -> tuple[DefinedName, ...]:
    """The names of a workbook, hidden and built-in ones too."""
    book = workbook_part(package)
    text, structure = package.text(book), package.structure(book)
    listed = xml.child(structure, xml.root(structure), b"definedNames")
    sheets = [sheet.name for sheet in worksheets(package)]
    found = []
    for element in xml.children(structure, listed) if listed is not None else ():
        given = xml.attributes(structure, element)
        place = given.get("localSheetId", "")
        sheet = sheets[int(place)] if place.isdigit() and int(place) < len(sheets) else None
        found.append(DefinedName(given.get("name", ""), sheet, xml.content(text, element), given))
    return tuple(found)
