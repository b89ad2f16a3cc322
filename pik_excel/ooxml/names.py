"""How do hidden names of ours get into a workbook, or give way to newer ones?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices
from pik_excel.ooxml.relations import workbook_part
from pik_excel.ooxml.splice import Splice

_BEFORE = (b"sheets", b"functionGroups", b"externalReferences")


def hidden_names(package: Package, beginning: str, names: Mapping[str, str]) -> PartSplices:
    """The splices that put these names with their formulas in place of all names that begin so."""
    part = workbook_part(package)
    return {part: list(_splices(package.structure(part), beginning.casefold(), names))}


def _splices(structure: bytes, beginning: str, names: Mapping[str, str]) -> Iterator[Splice]:
    root = xml.root(structure)
    listed = xml.child(structure, root, b"definedNames")
    prefix = root.prefix.decode() + ":" if root.prefix else ""
    rows = "".join(
        f'<{prefix}definedName name="{name}" hidden="1">{xml.escaped(formula)}</{prefix}definedName>'
        for name, formula in names.items()
    ).encode()
    around = f"<{prefix}definedNames>".encode() + rows + f"</{prefix}definedNames>".encode()
    if listed is None:
        place = [one.end for one in xml.children(structure, root) if one.name in _BEFORE][-1]
        yield Splice(place, place, around)
        return
    if listed.empty:
        yield Splice(listed.start, listed.end, around)
        return
    for one in xml.children(structure, listed):
        if xml.attributes(structure, one).get("name", "").casefold().startswith(beginning):
            yield Splice(one.start, one.end, b"")
    yield Splice(listed.inner_end, listed.inner_end, rows)
