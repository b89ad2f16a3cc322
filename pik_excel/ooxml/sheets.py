"""Which sheets does a workbook have, and in which part is each?"""

from __future__ import annotations

from dataclasses import dataclass

from pik_excel.errors import Refused
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import relations, workbook_part


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook, in the order of its tabs."""

    name: str
    part: str
    state: str  # visible, hidden, veryHidden
    kind: str  # worksheet, chartsheet, dialogsheet, xlMacrosheet
    sheet_id: int


def worksheets(package: Package) -> tuple[SheetPart, ...]:
    """All sheets, chart sheets too (`kind`); raises `Refused` where the list cannot be read or a part is missing."""
    book = workbook_part(package)
    try:
        text = xml.structure(package.text(book))
        listed = xml.child(text, xml.root(text), b"sheets")
        rows = [xml.attributes(text, row) for row in xml.children(text, listed)] if listed else []
    except ValueError as error:
        raise _unreadable(package, str(error)) from None
    targets = {relation.id: relation for relation in relations(package, book)}
    sheets = []
    for row in rows:
        relation = targets.get(next((value for name, value in row.items() if name.endswith(":id")), ""))
        if relation is None or relation.part is None:
            raise _unreadable(package, row.get("name", "?"))
        sheets.append(
            SheetPart(row.get("name", ""), relation.part, row.get("state", "visible"), relation.kind, _number(row))
        )
    return tuple(sheets)


def sheet_named(package: Package, name: str) -> SheetPart | None:
    """The sheet of that name; Excel does not look at the case."""
    return next((sheet for sheet in worksheets(package) if sheet.name.casefold() == name.casefold()), None)


def _number(row: dict[str, str]) -> int:
    given = row.get("sheetId", "0")
    return int(given) if given.isdigit() else 0


def _unreadable(package: Package, what: str) -> Refused:
    return Refused(
        "sheets-unreadable",
        _("{file} ist beschädigt: die Liste der Blätter passt nicht zum Inhalt ({what}).").format(
            file=package.path.name, what=what
        ),
        _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
    )
