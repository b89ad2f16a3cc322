"""Does a table with more columns still print legibly, and which of its marks are not for the new columns?

A page that is fitted to its width and would be printed at less than two thirds of its size is turned to landscape. A
conditional format that speaks of the last column alone (`$C6<>$B6`: "2021 differs from 2020") stays there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pik_excel.grid.reference import column_letters
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, range_of
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.sheets import sheet_named
from pik_excel.ooxml.sheetxml import SheetXml, sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.rewrite import with_attribute

_PAPER_INCHES = {"1": 8.5, "5": 8.5, "8": 11.69, "9": 8.27, "11": 5.83}  # the short side; A4 where not said
_CHARACTERS_AN_INCH = 13.7  # 7 pixels a character at 96 dots an inch
_USUAL_WIDTH = 8.43
_SMALLEST = 2 / 3


@dataclass(frozen=True)
class Widening:
    """Splices by part that go with new columns; `turned` where the page was set to landscape."""

    splices: Mapping[str, Sequence[Splice]]
    turned: bool


def fitting(package: Package, sheet: str, last: int, new: int, given: Mapping[str, Sequence[Splice]]) -> Widening:
    """The splices of `widened` for `new` columns right of column `last`, but for formats that are not meant for them,
    and with the page turned where it would print too small."""
    found = sheet_named(package, sheet)
    assert found is not None
    own = sheet_xml(package, found.part)
    kept = [splice for splice in given.get(found.part, ()) if not _is_inside(splice, _only_of_column(own, last))]
    turn = _landscape(own, last + new)
    return Widening({**given, found.part: [*kept, *turn]}, bool(turn))


def _only_of_column(sheet: SheetXml, column: int) -> list[xml.Element]:
    """Conditional formats of this column alone, whose formula fixes it."""
    fixed = re.compile(rf"\${column_letters(column)}(?=\$?\d)")
    return [
        element
        for element in sheet.top
        if element.name == b"conditionalFormatting"
        and all(area.left == area.right == column for area in _areas(sheet, element))
        and fixed.search(sheet.text[element.inner : element.inner_end].decode("utf-8"))
    ]


def _areas(sheet: SheetXml, element: xml.Element) -> list[Range]:
    pieces = xml.attributes(sheet.structure, element).get("sqref", "").split()
    return [area for area in map(range_of, pieces) if area is not None]


def _is_inside(splice: Splice, elements: Sequence[xml.Element]) -> bool:
    return any(element.start <= splice.start and splice.end <= element.end for element in elements)


def _landscape(sheet: SheetXml, last: int) -> list[Splice]:
    """The splice that turns the page, where its columns up to `last` do not fit an upright one at a legible size."""
    setup, margins = sheet.first(b"pageSetup"), sheet.first(b"pageMargins")
    if setup is None or not _fits_to_width(sheet, setup):
        return []
    given = xml.attributes(sheet.structure, setup)
    if given.get("orientation", "default") == "landscape":
        return []
    edges = xml.attributes(sheet.structure, margins) if margins is not None else {}
    paper = _PAPER_INCHES.get(given.get("paperSize", "9"), _PAPER_INCHES["9"])
    room = paper - float(edges.get("left", "0.7")) - float(edges.get("right", "0.7"))
    if room * _CHARACTERS_AN_INCH >= _SMALLEST * sum(_width(sheet, column) for column in range(1, last + 1)):
        return []
    tag = sheet.text[setup.start : setup.inner]
    return [Splice(setup.start, setup.inner, with_attribute(tag, "orientation", "landscape"))]


def _fits_to_width(sheet: SheetXml, setup: xml.Element) -> bool:
    properties = sheet.first(b"sheetPr")
    fit = xml.child(sheet.structure, properties, b"pageSetUpPr") if properties is not None else None
    on = fit is not None and xml.attributes(sheet.structure, fit).get("fitToPage") in {"1", "true"}
    return on and xml.attributes(sheet.structure, setup).get("fitToWidth", "1") == "1"


def _width(sheet: SheetXml, column: int) -> float:
    """Characters; a new column is as wide as the last one before it."""
    width = _USUAL_WIDTH
    for element in sheet.columns:
        given = xml.attributes(sheet.structure, element)
        if int(given.get("min", "0")) <= column:
            width = 0.0 if given.get("hidden") in {"1", "true"} else float(given.get("width", _USUAL_WIDTH))
    return width
