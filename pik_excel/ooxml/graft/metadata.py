"""Under which number does a workbook say that a formula spills into its neighbours (a dynamic array)?

Such a cell has an attribute `cm`, which counts the entries of `xl/metadata.xml`.
"""

from __future__ import annotations

from functools import cached_property

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.donor import Donor
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part


class Metadata:
    """What the workbook says of its dynamic arrays; `needed` is the donor's part where the workbook must get it."""

    def __init__(self, package: Package, donor: Donor) -> None:
        self._package = package
        self._donor = donor
        self.needed: str | None = None

    def own(self, number: str) -> str:
        """The number in the workbook for the donor's number."""
        if self._there is None:
            self.needed = related(self._donor.package, self._donor.book, "sheetMetadata")[0]
            return number
        if not self._spilling:
            raise NotWritten(
                "other-metadata",
                _("Das neue Blatt hat Formeln, die in Nachbarzellen überlaufen; diese Mappe lässt das nicht zu."),
                _("Bitte in Excel eine überlaufende Formel anlegen, die Mappe speichern und es noch einmal versuchen."),
            )
        return str(self._spilling)

    @cached_property
    def _there(self) -> str | None:
        found = related(self._package, workbook_part(self._package), "sheetMetadata")
        return found[0] if found else None

    @cached_property
    def _spilling(self) -> int:
        """The number of the entry for dynamic arrays, 0 where there is none."""
        text = self._package.structure(self._there or "")
        lists = {one.name: one for one in xml.children(text, xml.root(text)) if one.name != b"futureMetadata"}
        names = [xml.attributes(text, one).get("name") for one in _children(text, lists.get(b"metadataTypes"))]
        properties = [
            any(xml.attributes(text, found).get("fDynamic") in ("1", "true")
                for found in xml.descendants(text, entry, b"dynamicArrayProperties"))
            for future in xml.children(text, xml.root(text))
            if future.name == b"futureMetadata" and xml.attributes(text, future).get("name") == "XLDAPR"
            for entry in xml.children(text, future)
        ]  # fmt: skip
        for number, entry in enumerate(_children(text, lists.get(b"cellMetadata")), 1):
            records = [xml.attributes(text, record) for record in xml.children(text, entry)]
            if len(records) == 1 and _is_dynamic(records[0], names, properties):
                return number
        return 0


def _children(text: bytes, parent: xml.Element | None) -> list[xml.Element]:
    return list(xml.children(text, parent)) if parent is not None else []


def _is_dynamic(record: dict[str, str], names: list[str | None], properties: list[bool]) -> bool:
    kind, entry = xml.whole(record, "t"), xml.whole(record, "v")
    return 0 < kind <= len(names) and names[kind - 1] == "XLDAPR" and entry < len(properties) and properties[entry]
