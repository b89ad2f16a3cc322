"""What tells Excel that it must calculate anew, and what must not be left in its list of formulas?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import cell_of
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, relations, relations_part, workbook_part
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.patterns import pattern

_BEFORE_CALC_PR = {
    b"fileVersion", b"fileSharing", b"workbookPr", b"workbookProtection", b"bookViews",
    b"sheets", b"functionGroups", b"externalReferences", b"definedNames",
}  # fmt: skip


_ENTRY = pattern(rb"""(<((?:[^\s/>"'<:=]+:)?c)(?=[\s/>])(?:[^>"']++|"[^"]*+"|'[^']*+')*+>)(?:(?<=/>)|\s*</\2\s*>)""")
_SHEET = pattern(rb"""\si\s*=\s*["'](\d+)["']""")


class ChainEntry(NamedTuple):
    """A formula in the calculation chain: where it stands there, its start tag, and its sheet by id; one without an id
    of its own has that of the one before."""

    start: int
    inner: int
    end: int
    tag: bytes
    sheet: int
    names_sheet: bool


def chain_entries(structure: bytes) -> Iterator[ChainEntry]:
    """All entries of a calculation chain; a large workbook has 100,000."""
    sheet = 0
    for found in _ENTRY.finditer(structure):
        tag = found[1]
        own = _SHEET.search(tag) if b"i" in tag else None
        if own is not None:
            sheet = int(own[1])
        yield ChainEntry(found.start(), found.end(1), found.end(), tag, sheet, own is not None)


def calculate_on_load(text: bytes, structure: bytes) -> Iterator[Splice]:
    """The splice of the workbook part that sets `fullCalcOnLoad`; none where it is set already."""
    top = xml.root(structure)
    given = xml.child(structure, top, b"calcPr")
    if given is None:
        before = [element for element in xml.children(structure, top) if element.name in _BEFORE_CALC_PR]
        at = before[-1].end if before else top.inner
        prefix = top.prefix + b":" if top.prefix else b""
        yield Splice(at, at, b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>')
        return
    tag = text[given.start : given.inner]
    flag = xml.attributes(structure, given).get("fullCalcOnLoad")
    if flag in ("1", "true"):
        return
    if flag is None:
        at = given.start + len(tag.rstrip(b">").rstrip(b"/").rstrip())
        yield Splice(at, at, b' fullCalcOnLoad="1"')
    else:
        yield xml.attribute_splice(text, given, "fullCalcOnLoad", "1")


def without_formulas(
    package: Package, gone: Mapping[int, AbstractSet[tuple[int, int]]]
) -> tuple[dict[str, bytes], set[str]]:
    """The parts that change, and those that go, when cells (by sheet id) have no formula any more.

    Excel repairs a file whose calculation chain names a cell without a formula.
    """
    book = workbook_part(package)
    chains = related(package, book, "calcChain")
    if not chains or not any(gone.values()):
        return {}, set()
    chain = chains[0]
    text, structure = package.text(chain), package.structure(chain)
    splices, left = _chain_splices(structure, gone)
    if not splices:
        return {}, set()
    if left:
        return {chain: xml.encoded_as(package.part(chain), spliced(text, splices))}, set()
    return without_part(package, book, chain), {chain}


def _chain_splices(structure: bytes, gone: Mapping[int, AbstractSet[tuple[int, int]]]) -> tuple[list[Splice], int]:
    """The entries to drop, and how many are left. An entry without a sheet id has that of the one before."""
    splices: list[Splice] = []
    left, named = 0, True
    for entry in chain_entries(structure):
        named = named or entry.names_sheet
        own = gone.get(entry.sheet)
        if own and cell_of(dict(xml.attributes_of(entry.tag)).get("r", "")) in own:
            splices.append(Splice(entry.start, entry.end, b""))
            named = named and not entry.names_sheet
            continue
        left += 1
        if not named:
            at = entry.start + len(entry.tag.rstrip(b">").rstrip(b"/").rstrip())
            splices.append(Splice(at, at, f' i="{entry.sheet}"'.encode()))
            named = True
    return splices, left


def without_part(package: Package, owner: str, part: str) -> dict[str, bytes]:
    """The owner's relationships and the content types without a part that goes."""
    rels, types = package.find(relations_part(owner)), package.find("[Content_Types].xml")
    ids = {relation.id for relation in relations(package, owner) if relation.part == part}
    changed = {}
    for name in (rels, types):
        if name is None:
            continue
        text, structure = package.text(name), package.structure(name)
        drop = [
            Splice(row.start, row.end, b"")
            for row in xml.children(structure, xml.root(structure))
            if _speaks_of(package, xml.attributes(structure, row), part, ids if name == rels else set())
        ]
        changed[name] = xml.encoded_as(package.part(name), spliced(text, drop))
    return changed


def _speaks_of(package: Package, given: Mapping[str, str], part: str, ids: AbstractSet[str]) -> bool:
    named = given.get("PartName")
    return given.get("Id") in ids or (named is not None and package.find(posixpath.normpath(named)) == part)
