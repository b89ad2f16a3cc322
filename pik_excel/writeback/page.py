"""Does a table with more columns still print legibly?

A page that is fitted to its width and would be printed at less than two thirds of its size is turned to landscape.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices
from pik_excel.ooxml.sheets import sheet_named
from pik_excel.ooxml.sheetxml import SheetXml, sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.rewrite import with_attribute

_PAPER_INCHES = {"1": 8.5, "5": 8.5, "8": 11.69, "9": 8.27, "11": 5.83}  # the short side; A4 where not said
_CHARACTERS_AN_INCH = 13.7  # 7 pixels a character at 96 dots an inch
_USUAL_WIDTH, _USUAL_MARGIN = 8.43, 0.7
_SMALLEST = 2 / 3


def turned(package: Package, sheet: str, right: int) -> PartSplices:
    """The splice by part that turns the page to landscape, where the columns up to `right` would print too small."""
    found = sheet_named(package, sheet)
    assert found is not None
    turn = _landscape(sheet_xml(package, found.part), right)
    return {found.part: turn} if turn else {}


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
    room = paper - _measure(edges, "left", _USUAL_MARGIN) - _measure(edges, "right", _USUAL_MARGIN)
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
        if xml.whole(given, "min") <= column:
            width = 0.0 if given.get("hidden") in {"1", "true"} else _measure(given, "width", _USUAL_WIDTH)
    return width


def _measure(given: Mapping[str, str], key: str, usual: float) -> float:
    """The number there; the usual one where there is none, or none that measures anything."""
    try:
        found = float(given[key])
    except (KeyError, ValueError):
        return usual
    return found if isfinite(found) else usual
