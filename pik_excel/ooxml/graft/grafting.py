"""Bring sheets that XlsxWriter wrote into a workbook of which nothing else may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pik_excel.errors import NotWritten, Refused
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.book import Book, NewSheet
from pik_excel.ooxml.graft.donor import Donor, donor
from pik_excel.ooxml.graft.listing import TYPES, types_of, with_relations, with_types
from pik_excel.ooxml.graft.metadata import Metadata
from pik_excel.ooxml.graft.naming import arrival
from pik_excel.ooxml.graft.parts import NewParts
from pik_excel.ooxml.graft.place import place_after
from pik_excel.ooxml.graft.properties import with_titles
from pik_excel.ooxml.graft.sheet import Translation
from pik_excel.ooxml.graft.strict import is_strict, strict_part, strict_type
from pik_excel.ooxml.graft.styles import Styles
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.readback import PlanMissed
from pik_excel.ooxml.relations import related, relations_part, workbook_part
from pik_excel.ooxml.sheets import worksheets

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def grafted(package: Package, data: bytes, sheets: Sequence[str] | None = None, *, after: str | None = None) -> Package:
    """The workbook with the worksheets of a donor (`data`, a file written by XlsxWriter), read back and compared.

    `sheets` are the donor's sheets that are wanted, in that order (default: all); they stand behind the sheet `after`
    (default: at the end). Nothing that is there is renumbered; of its parts only the list of sheets with its
    relationships, the content types, the styles (longer at the end) and the titles in the file's properties differ.
    Raises `NotWritten` where that cannot be done; ValueError where the donor holds what cannot be grafted.
    """
    _refuse_shared_workbook(package)
    at = place_after(package, after)
    giver = donor(data, sheets)
    graft = _Graft(package, giver, at)
    new = graft.written()
    _check(package, new, graft)
    return new


class _Graft:
    """One graft under way; `replaced` and `added` are the parts of the result, `names` the new sheets."""

    def __init__(self, package: Package, giver: Donor, at: int) -> None:
        self._package = package
        self._giver = giver
        self._at = at
        self._strict = is_strict(package)
        self._arrival = arrival(package, giver)
        self._styles = Styles(package, giver)
        self._metadata = Metadata(package, giver)
        translation = Translation(giver, self._styles, self._arrival, self._metadata)
        self._parts = NewParts(package, translation, strict=self._strict)
        self.names = [self._arrival.sheet(sheet.name) for sheet in giver.sheets]
        self.replaced: dict[str, bytes] = {}
        self.added: Mapping[str, bytes] = {}

    def written(self) -> Package:
        """The result, which has passed preflight as any other file must."""
        listed = [("worksheet", self._parts.sheet(sheet)) for sheet in self._giver.sheets]
        if self._metadata.needed is not None:
            listed.append(("sheetMetadata", self._parts.metadata(self._metadata.needed)))
        types = types_of(self._giver.package, self._parts.origin, self._parts.content)
        self.added = self._parts.content
        if self._styles.part is None:
            name = self._parts.free_name("xl/styles.xml")
            listed.append(("styles", name))
            types[name] = _TYPE + "styles+xml"
            text = self._styles.text
            self.added = {**self.added, name: strict_part(text) if self._strict else text}
        else:
            self._put(self._styles.part, self._styles.text)
        self._put(TYPES, with_types(self._package, types))
        self._list(listed)
        try:
            return self._package.followed_by(self._package.replaced(self.replaced, added=self.added))
        except Refused as error:
            raise PlanMissed(f"the output is not readable: {error.code}: {error.message}") from error

    def _list(self, listed: Sequence[tuple[str, str]]) -> None:
        """Make the new parts known to the workbook and to the file's properties."""
        book = workbook_part(self._package)
        rows = [(self._type(kind), part) for kind, part in listed]
        relations, ids = with_relations(self._package, book, rows)
        self._put(relations_part(book), relations)
        new = [
            NewSheet(name, relation, sheet.state)
            for name, relation, sheet in zip(self.names, ids[: len(self.names)], self._giver.sheets, strict=True)
        ]
        self._put(book, Book(self._package, self._at).with_sheets(new, self._arrival.names))
        titles = with_titles(self._package, self._at, self.names, self._arrival.names)
        if titles is not None:
            self._put(*titles)

    def _type(self, kind: str) -> str:
        return strict_type(_RELATION + kind) if self._strict else _RELATION + kind

    def _put(self, part: str, text: bytes) -> None:
        self.replaced[self._package.find(part) or part] = xml.encoded_as(self._package.part(part), text)


def _refuse_shared_workbook(package: Package) -> None:
    """Excel's old way of working together keeps a record of every change, and allows neither tables nor charts."""
    if related(package, workbook_part(package), "revisionHeaders"):
        raise NotWritten(
            "shared-workbook",
            _("{file} ist in Excel freigegeben (alte Funktion „Arbeitsmappe freigeben“); neue Blätter mit Diagrammen "
              "sind darin nicht erlaubt.").format(file=package.path.name),
            _("Bitte die Freigabe in Excel aufheben und die Mappe speichern."),
        )  # fmt: skip


def _check(old: Package, new: Package, graft: _Graft) -> None:
    """Raise `PlanMissed` unless exactly the planned parts differ and every sheet that was there is where it was."""
    changed = {name for name in old.names if new.find(name) != name or old.part(name) != new.part(name)}
    added = {*new.names} - {*old.names}
    if not changed <= graft.replaced.keys() or added != graft.added.keys():
        raise PlanMissed(f"parts without a plan: {sorted(changed)}, added {sorted(added)}")
    there = [sheet for sheet in worksheets(new) if sheet.name not in graft.names]
    if there != [*worksheets(old)]:
        raise PlanMissed(f"sheets without a plan: {there}")
