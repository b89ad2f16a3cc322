"""Which sheets does a workbook have, and in which part is each?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pik_excel.errors import Refused
from pik_excel.language import _, number
from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import Relation, relations, workbook_part
from pik_excel.records import dataclass

_KINDS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook, in the order of its tabs."""

    name: str
    part: str
    state: str  # visible, hidden, veryHidden
    kind: str  # worksheet, chartsheet, dialogsheet, xlMacrosheet, module (no part)
    sheet_id: int


def worksheets(package: Package) -> tuple[SheetPart, ...]:
    """All sheets, chart sheets too (`kind`); raises `Refused` where the list cannot be read or a part is missing."""
    return package.told_by_all("sheets", lambda: _worksheets(package))


def sheet_named(package: Package, name: str) -> SheetPart | None:
    """The sheet of that name; Excel does not look at the case."""
    return package.told_by_all("sheets by name", lambda: _by_name(package)).get(name.casefold())


def _by_name(package: Package) -> dict[str, SheetPart]:
    return {sheet.name.casefold(): sheet for sheet in worksheets(package)}


def _worksheets(package: Package) -> tuple[SheetPart, ...]:
    book = workbook_part(package)
    text = package.structure(book)
    root = xml.root(text)
    if root.name != b"workbook":
        raise _unreadable(package, root.name.decode("utf-8"))
    listed = xml.child(text, root, b"sheets")
    above = xml.attributes(text, root) | (xml.attributes(text, listed) if listed else {})
    rows = [xml.attributes(text, row) for row in xml.children(text, listed)] if listed else []
    _refuse_number(package, len(rows))
    targets = _targets(package, book)
    found = tuple(_sheet(package, row, _relation_id(row, above | row), targets) for row in rows)
    parts = Counter(sheet.part for sheet in found if sheet.part)
    if not parts:  # a workbook that consists of nothing but code
        raise _unreadable(package, found[0].name)
    names = Counter(sheet.name.casefold() for sheet in found)
    twice = next((sheet for sheet in found if parts[sheet.part] > 1 or names[sheet.name.casefold()] > 1), None)
    if twice is not None:  # what is written to one of the two would stand in the other, or nobody knew in which
        raise _unreadable(package, twice.name)
    return found


def _relation_id(row: Mapping[str, str], declared: Mapping[str, str]) -> str:
    """The `r:id` of a sheet, by whatever prefix; an "id" of another namespace says nothing."""
    for key, value in row.items():
        prefix, _colon, name = key.rpartition(":")
        if prefix and name == "id" and declared.get(f"xmlns:{prefix}", "").endswith("/relationships"):
            return value
    return ""


def _sheet(package: Package, row: Mapping[str, str], target: str, targets: Mapping[str, Relation]) -> SheetPart:
    name, state = row.get("name", ""), row.get("state", "visible")
    if not target:  # Excel lists a sheet of Visual Basic code so, without a part
        return SheetPart(name, "", state, "module", xml.whole(row, "sheetId"))
    relation = targets.get(target)
    if relation is None or relation.part is None or relation.kind not in _KINDS:
        raise _unreadable(package, name)
    return SheetPart(name, relation.part, state, relation.kind, xml.whole(row, "sheetId"))


def _targets(package: Package, book: str) -> dict[str, Relation]:
    """The relationships of the workbook by their ids; one id for two parts has two meanings."""
    targets: dict[str, Relation] = {}
    for relation in relations(package, book):
        if targets.setdefault(relation.id, relation).part != relation.part:
            raise _unreadable(package, relation.id)
    return targets


def _refuse_number(package: Package, count: int) -> None:
    if not count:
        raise Refused(
            "no-sheets",
            _("{file} hat kein Blatt.").format(file=package.path.name),
            _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
        )
    if count > package.limits.sheets:
        raise Refused(
            "too-many-sheets",
            _("{file} hat {count} Blätter, erlaubt sind {limit}.").format(
                file=package.path.name, count=number(count), limit=number(package.limits.sheets)
            ),
            _("Bitte die Mappe aufteilen, oder die Grenze in pik-excel.toml unter [preflight] höher setzen."),
        )


def _unreadable(package: Package, what: str) -> Refused:
    return Refused(
        "sheets-unreadable",
        _("{file} ist beschädigt: die Liste der Blätter passt nicht zum Inhalt ({what}).").format(
            file=package.path.name, what=what
        ),
        _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
    )
