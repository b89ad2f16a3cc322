"""What keeps the followers of a shared formula right when the cell that holds its text is overwritten?

A shared formula is written out once, at its master; the followers only name its number. The first cell that is left
becomes the new master, with the formula as it reads from there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range
from pik_excel.ooxml.sheetxml import CellSpan, Shared, SheetXml
from pik_excel.ooxml.shift import shifted


class NewMaster(NamedTuple):
    """The `<f>` that a follower gets, and where its old one lies."""

    element: xml.Element
    formula: bytes


def new_masters(sheet: SheetXml, overwritten: Mapping[tuple[int, int], CellSpan]) -> dict[tuple[int, int], NewMaster]:
    """For each shared formula whose master is overwritten: the cell that takes over, with its new `<f>`."""
    groups = {group for cell in overwritten.values() if (group := _group_of(sheet, cell)) is not None}
    found = {}
    for group in sorted(groups):
        found.update(_taken_over(sheet, sheet.shared(group), overwritten))
    return found


def _group_of(sheet: SheetXml, cell: CellSpan) -> str | None:
    """The number of the shared formula that a cell is the master of."""
    if b"shared" not in sheet.structure[cell.inner : cell.inner_end]:
        return None
    formula = next(
        (part for part in xml.elements(sheet.structure, cell.inner, cell.inner_end) if part.name == b"f"), None
    )
    given = xml.attributes(sheet.structure, formula) if formula is not None else {}
    return given.get("si", "").strip() if given.get("t") == "shared" else None


def _taken_over(
    sheet: SheetXml, members: list[Shared], overwritten: Collection[tuple[int, int]]
) -> dict[tuple[int, int], NewMaster]:
    master = next((member for member in members if member.has_text), None)
    if master is None or (master.row, master.column) not in overwritten:
        return {}
    left = [member for member in members if (member.row, member.column) not in overwritten]
    if not left:
        return {}
    heir = left[0]
    area = Range(
        min(member.row for member in left),
        min(member.column for member in left),
        max(member.row for member in left),
        max(member.column for member in left),
    )
    text = shifted(xml.content(sheet.text, master.element), heir.row - master.row, heir.column - master.column)
    return {(heir.row, heir.column): NewMaster(heir.element, _master(sheet, heir.element, area, text))}


def _master(sheet: SheetXml, element: xml.Element, area: Range, text: str) -> bytes:
    given = xml.attributes(sheet.structure, element) | {"ref": str(area)}
    listed = "".join(f' {name}="{xml.escaped(value)}"' for name, value in given.items())
    name = sheet.prefix + b"f"
    return b"<" + name + listed.encode("utf-8") + b">" + xml.escaped(text).encode("utf-8") + b"</" + name + b">"
