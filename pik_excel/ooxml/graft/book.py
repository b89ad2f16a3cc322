"""How does the workbook part read with new sheets in it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pik_excel.ooxml import xml
from pik_excel.ooxml.calc import calculate_on_load
from pik_excel.ooxml.graft.donor import DefinedName
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import workbook_part
from pik_excel.ooxml.sheets import worksheets
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.ooxml.structure.rewrite import element_text
from pik_excel.records import dataclass

_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_BEFORE_NAMES = (b"sheets", b"functionGroups", b"externalReferences")


@dataclass(frozen=True)
class NewSheet:
    """A sheet to be listed: its name, the id of its relationship, and whether it is hidden."""

    name: str
    relation: str
    state: str


@dataclass(frozen=True)
class Book:
    """The workbook part, and the place among the tabs (from 0) at which the new sheets stand."""

    package: Package
    at: int

    def with_sheets(self, new: Sequence[NewSheet], names: Sequence[DefinedName]) -> bytes:
        """The part (UTF-8); what counts places among the tabs (names of a sheet, the open tab) counts on."""
        part = workbook_part(self.package)
        text, structure = self.package.text(part), self.package.structure(part)
        root = xml.root(structure)
        listed = xml.child(structure, root, b"sheets")
        if listed is None:
            raise ValueError("no list of sheets")
        splices = [
            *_views(structure, root, listed, self.at, len(new)),
            self._listed(text, structure, listed, new),
            *self._names(structure, new, names),
            *calculate_on_load(text, structure),
        ]
        return spliced(text, splices)

    def _listed(self, text: bytes, structure: bytes, listed: xml.Element, new: Sequence[NewSheet]) -> Splice:
        numbers = (sheet.sheet_id for sheet in worksheets(self.package))
        first = max(numbers, default=0) + 1
        prefix = _prefix(listed)
        declared, relation = _relation_prefix(structure, listed)
        rows = "".join(
            f'<{prefix}sheet{declared} name="{xml.escaped(sheet.name)}" sheetId="{number}"'
            + (f' state="{sheet.state}"' if sheet.state != "visible" else "")
            + f' {relation}:id="{sheet.relation}"/>'
            for number, sheet in enumerate(new, first)
        ).encode()
        if listed.empty:
            opened = text[listed.start : listed.end].rstrip(b">").rstrip(b"/").rstrip() + b">"
            return Splice(listed.start, listed.end, opened + rows + f"</{prefix}sheets>".encode())
        there = list(xml.children(structure, listed))
        place = there[self.at - 1].end if self.at else listed.inner
        return Splice(place, place, rows)

    def _names(self, structure: bytes, new: Sequence[NewSheet], names: Sequence[DefinedName]) -> Iterator[Splice]:
        root = xml.root(structure)
        listed = xml.child(structure, root, b"definedNames")
        for element in xml.children(structure, listed) if listed is not None else ():
            yield from _counted_on(structure, element, ("localSheetId",), self.at, len(new))
        if not names:
            return
        prefix = _prefix(root)
        places = {sheet.name: self.at + number for number, sheet in enumerate(new)}
        rows = b"".join(_name(prefix, name, places) for name in names)
        if listed is None:
            place = [one.end for one in xml.children(structure, root) if one.name in _BEFORE_NAMES][-1]
            yield Splice(place, place, _around(prefix, rows))
        elif listed.empty:
            yield Splice(listed.start, listed.end, _around(prefix, rows))
        else:
            yield Splice(listed.inner_end, listed.inner_end, rows)


def _views(structure: bytes, root: xml.Element, listed: xml.Element, at: int, by: int) -> Iterator[Splice]:
    """The windows of the workbook; a sheet must have one to be seen in."""
    views = xml.child(structure, root, b"bookViews")
    if views is None:
        prefix = _prefix(root)
        written = f"<{prefix}bookViews><{prefix}workbookView/></{prefix}bookViews>"
        yield Splice(listed.start, listed.start, written.encode())
        return
    for view in xml.children(structure, views):
        yield from _counted_on(structure, view, ("activeTab", "firstSheet"), at, by)


def _counted_on(structure: bytes, element: xml.Element, names: Sequence[str], at: int, by: int) -> Iterator[Splice]:
    given = xml.attributes(structure, element)
    for name in names:
        if given.get(name, "").isdigit() and int(given[name]) >= at:
            yield xml.attribute_splice(structure, element, name, str(int(given[name]) + by))


def _relation_prefix(structure: bytes, listed: xml.Element) -> tuple[str, str]:
    """What must be declared at a sheet, and the prefix that its relationship id has then."""
    for element in (listed, xml.root(structure)):
        for name, value in xml.attributes(structure, element).items():
            if name.startswith("xmlns:") and value in _RELATIONS:
                return "", name.removeprefix("xmlns:")
    root = xml.attributes(structure, xml.root(structure))
    strict = any(value.startswith("http://purl.oclc.org/") for value in root.values())
    return f' xmlns:r="{_RELATIONS[strict]}"', "r"


def _name(prefix: str, name: DefinedName, places: dict[str, int]) -> bytes:
    given = {key: value for key, value in name.attributes.items() if key not in ("name", "localSheetId")}
    place = {"localSheetId": str(places[name.sheet])} if name.sheet is not None else {}
    attributes = "".join(
        f' {key}="{xml.escaped(value)}"' for key, value in ({"name": name.name} | place | given).items()
    )
    tag = f"{prefix}definedName"
    return f"<{tag}{attributes}>".encode() + element_text(name.content) + f"</{tag}>".encode()


def _around(prefix: str, rows: bytes) -> bytes:
    return f"<{prefix}definedNames>".encode() + rows + f"</{prefix}definedNames>".encode()


def _prefix(element: xml.Element) -> str:
    return element.prefix.decode() + ":" if element.prefix else ""
