"""Which cells do the charts and pictures of a sheet cover?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.grid.reference import Area
from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related
from pik_excel.ooxml.sheets import sheet_named


def drawn_areas(package: Package, sheet: str) -> tuple[Area, ...]:
    """The area under each chart, picture or shape that is anchored to cells at both corners."""
    part = sheet_named(package, sheet)
    if part is None or not part.part:
        return ()
    return tuple(area for drawing in related(package, part.part, "drawing") for area in _anchored(package, drawing))


def _anchored(package: Package, drawing: str) -> Iterator[Area]:
    text = package.structure(drawing)
    for anchor in xml.children(text, xml.root(text)):
        first, last = xml.child(text, anchor, b"from"), xml.child(text, anchor, b"to")
        if first is not None and last is not None:
            yield Area(*_corner(text, first), *_corner(text, last))


def _corner(text: bytes, corner: xml.Element) -> tuple[int, int]:
    """Row and column, from 1."""
    row, column = (xml.child(text, corner, name) for name in (b"row", b"col"))
    return _number(text, row), _number(text, column)


def _number(text: bytes, element: xml.Element | None) -> int:
    return int(xml.content(text, element) or 0) + 1 if element is not None else 1
