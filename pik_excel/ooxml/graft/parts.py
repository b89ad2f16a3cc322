"""Which parts come along with a sheet, under which free names, and what do they refer to?"""

from __future__ import annotations

import posixpath
import re
from itertools import count
from urllib.parse import unquote

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.chart import outspoken
from pik_excel.ooxml.graft.sheet import Translation
from pik_excel.ooxml.graft.strict import strict_part, strict_type
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import Relation, related, relations, relations_part, resolved
from pik_excel.ooxml.sheets import SheetPart, worksheets
from pik_excel.ooxml.structure.rewrite import Rules, rewritten, with_attribute

_KINDS = frozenset({
    "worksheet", "drawing", "chart", "image", "hyperlink", "comments", "vmlDrawing", "table", "sheetMetadata",
})  # fmt: skip


class NewParts:
    """The parts that are added: `content` by their new names, `origin` of each (new name -> the donor's part).

    Numbers of relationships inside a part stay: each copied part brings its own list of them.
    """

    def __init__(self, package: Package, translation: Translation, *, strict: bool) -> None:
        self._donor = translation.donor.package
        self._translation = translation
        self._strict = strict
        self._taken = _taken_names(package)
        self._new: dict[str, str] = {}
        self._tables = count(_highest_table(package) + 1)
        self.content: dict[str, bytes] = {}
        self.origin: dict[str, str] = {}

    def sheet(self, sheet: SheetPart) -> str:
        """Copy a sheet with all that belongs to it; the new name of its part."""
        return self._copied(sheet.part, "worksheet", sheet.name)

    def metadata(self, part: str) -> str:
        """Copy the part about dynamic arrays."""
        return self._copied(part, "sheetMetadata", "")

    def free_name(self, name: str) -> str:
        """The name, else with another number, so that no part and no reference to a part has it already."""
        stem, ending = posixpath.splitext(name)
        stem = re.sub(r"\d+\Z", "", stem)
        names = (f"{stem}{number or ''}{ending}" for number in count(0 if stem + ending == name else 1))
        fresh = next(one for one in names if not self._taken & {one.casefold(), relations_part(one).casefold()})
        self._taken.add(fresh.casefold())
        return fresh

    def _copied(self, part: str, kind: str, home: str) -> str:
        if part in self._new:
            return self._new[part]
        if kind not in _KINDS:
            raise ValueError(f"{part}: a {kind} cannot be grafted")
        name = self._new[part] = self.free_name(part)
        self.origin[name] = part
        self.content[name] = self._translated(part, kind, home)
        rows = {relation.id: relation for relation in relations(self._donor, part)}
        if rows:
            self.content[relations_part(name)] = self._relations(part, name, rows, home)
        return name

    def _translated(self, part: str, kind: str, home: str) -> bytes:
        content = self._donor.part(part)
        if kind in ("worksheet", "table", "drawing", "chart", "vmlDrawing"):
            self._donor.structure(part)  # refuses what is not well-formed
        match kind:
            case "worksheet":
                content = self._translation.sheet(content, home)
            case "table":
                content = self._translation.table(content, home, next(self._tables))
            case "drawing" | "vmlDrawing":
                content = self._translation.drawing(content)
            case "chart":
                content = outspoken(self._translation.drawing(content))
        return strict_part(content) if self._strict and kind not in ("image", "vmlDrawing") else content

    def _relations(self, part: str, name: str, rows: dict[str, Relation], home: str) -> bytes:
        def row(data: bytes, _shape: bytes) -> bytes:
            relation = rows[dict(xml.attributes_of(data))["Id"]]
            if self._strict:
                data = with_attribute(data, "Type", strict_type(relation.type))
            return with_attribute(data, "Target", self._target(relation, name, home))

        listed = self._donor.part(relations_part(part))
        return rewritten(listed, Rules(whole={b"Relationship": row}))

    def _target(self, relation: Relation, owner: str, home: str) -> str:
        if relation.target.startswith("#"):  # a picture that links to a place in the workbook
            return "#" + self._translation.arrival.renaming.link(unquote(relation.target[1:]))
        if relation.external:
            return relation.target
        if relation.part is None:
            raise ValueError(f"the donor has no {relation.target}")
        return posixpath.relpath(self._copied(relation.part, relation.kind, home), posixpath.dirname(owner))


def _taken_names(package: Package) -> set[str]:
    """All parts, and all that relationships and content types speak of though it is not there."""
    taken = {name.replace("\\", "/").casefold() for name in package.names}
    for name in package.names:
        if name.casefold().endswith(".rels"):
            owner = re.sub(r"_rels/([^/]*)\.rels\Z", r"\1", name.replace("\\", "/"), flags=re.IGNORECASE)
            taken |= {
                unquote(resolved(owner, one.target)).casefold() for one in relations(package, owner) if not one.external
            }
    types = package.structure("[Content_Types].xml")
    for row in xml.children(types, xml.root(types)):
        taken.add(xml.attributes(types, row).get("PartName", "").lstrip("/").casefold())
    return taken


def _highest_table(package: Package) -> int:
    numbers = [0]
    for sheet in worksheets(package):
        for part in related(package, sheet.part, "table") if sheet.part else ():
            text = package.structure(part)
            numbers.append(xml.whole(xml.attributes(text, xml.root(text)), "id"))
    return max(numbers)
