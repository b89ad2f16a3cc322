"""How does what XlsxWriter wrote read in a workbook that was saved as "Strict Open XML"?

Excel's other dialect (ISO 29500 Strict) has other namespaces and relationship types, and percentages with their sign.
"""

from __future__ import annotations

import re

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import workbook_part
from pik_excel.patterns import pattern

_HOME = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_SPACES = (
    ("officeDocument/2006/relationships", "officeDocument/relationships"),
    ("officeDocument/2006/extended-properties", "officeDocument/extendedProperties"),
    ("officeDocument/2006/docPropsVTypes", "officeDocument/docPropsVTypes"),
    ("spreadsheetml/2006/main", "spreadsheetml/main"),
    ("drawingml/2006/main", "drawingml/main"),
    ("drawingml/2006/chart", "drawingml/chart"),
    ("drawingml/2006/chartDrawing", "drawingml/chartDrawing"),
    ("drawingml/2006/spreadsheetDrawing", "drawingml/spreadsheetDrawing"),
)
_PERCENT = pattern(
    rb"(<c:(?:gapWidth|gapDepth|overlap|holeSize|hPercent|depthPercent|bubbleScale|secondPieSize)\s+val=\"-?\d+)\""
)
_THOUSANDTHS = pattern(
    rb"<a:(?:(?:lumMod|lumOff|satMod|satOff|hueMod|hueOff|tint|shade|alpha|alphaMod|alphaOff)\s+val"
    rb"|gs\s+pos|(?:fillToRect|tileRect|srcRect)\s)[^>]*>"
)
_NUMBER = pattern(rb'="(-?\d+)"')


def is_strict(package: Package) -> bool:
    """Whether the workbook is written in the Strict dialect."""
    text = package.structure(workbook_part(package))
    root = xml.root(text)
    return any(value.startswith(_STRICT) for value in xml.attributes(text, root).values())


def strict_part(text: bytes) -> bytes:
    """A part (UTF-8) in the Strict dialect; VML, which has no such dialect, stays."""
    for old, new in _SPACES:
        text = text.replace(f'"{_HOME}/{old}"'.encode(), f'"{_STRICT}/{new}"'.encode())
    text = _PERCENT.sub(rb'\1%"', text)
    return _THOUSANDTHS.sub(lambda tag: _NUMBER.sub(_percent, tag[0]), text)


def strict_type(relationship: str) -> str:
    """A relationship type in the Strict dialect."""
    old, new = _SPACES[0]
    return relationship.replace(f"{_HOME}/{old}/", f"{_STRICT}/{new}/")


def _percent(found: re.Match[bytes]) -> bytes:
    return f'="{int(found[1]) / 1000:g}%"'.encode()
