"""What do the cells of a row say, where they are written as nearly all are?

`sheetxml` and `cellxml` take any cell apart that a file may have. A large sheet has a million, nearly all of them
written alike: reference, style and type, then a formula, a value, or both. Such rows are read here in one go; of any
other one nothing is said.
"""

from __future__ import annotations

from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import MAX_ROW
from pik_excel.ooxml.cellxml import Written, decoded
from pik_excel.ooxml.sheetxml import Row, SheetXml
from pik_excel.patterns import pattern

_CELL = (
    rb"""<c r="(%s[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])(%s[1-9]\d*)"(?: s="(%s\d+)")?(?: t="(%s\w+)")?(?:/>|>"""
    rb"""(?:(%s<f(?=[\s/>])[^<>]*+>)(?:(?<=/>)|(%s[^<]*+)</f>))?"""
    rb"""(?:(%s<v(?=[\s>])[^<>]*+(?<!/)>)(%s[^<]*+)</v>)?"""
    rb"""(?:(%s<is><t(?=[\s>])[^<>]*+(?<!/)>)(%s[^<]*+)</t></is>)?</c>)"""
)
_CELLS = pattern(_CELL % ((b"",) * 10))
_ROW = pattern(rb"\s*(?:" + _CELL % ((b"?:",) * 10) + rb"\s*)*+")


_DATA = pattern(
    rb"<sheetData>\s*(?:<row(?=[\s/>])[^<>]*+(?:(?<=/)>|>\s*(?:"
    + (_CELL % ((b"?:",) * 10)).replace(rb"<f(?=[\s/>])[^<>]*+>", b"<f>")
    + rb"\s*)*+</row>)\s*)*+</sheetData>"
)


class CellText(NamedTuple):
    """A cell as it is written, without its reference: start tags and texts, each empty where there is none."""

    style: bytes
    kind: bytes
    formula_tag: bytes
    formula: bytes
    value_tag: bytes
    value: bytes
    inline_tag: bytes
    inline: bytes


def cells_of(sheet: SheetXml, row: Row) -> dict[bytes, CellText] | None:
    """The cells of the row by the letters of their column; None where one is written in another way."""
    text = sheet.text
    if not sheet.bare or row.number > MAX_ROW or _ROW.fullmatch(text, row.inner, row.inner_end) is None:
        return None
    number, new = b"%d" % row.number, tuple.__new__
    found: dict[bytes, CellText] = {}
    for given in _CELLS.findall(text, row.inner, row.inner_end):
        if given[1] != number or given[0] in found:
            return None
        found[given[0]] = new(CellText, given[2:])
    return found


def is_usual(data: bytes) -> bool:
    """Whether all rows of a `<sheetData>` element are written in that way, and no formula goes with another."""
    return _DATA.fullmatch(data) is not None


def said(cell: CellText) -> Written:
    """What the cell says; as `cellxml.written`."""
    formula = value = None
    formula_kind = ""
    if cell.formula_tag:
        formula = xml.unescaped(cell.formula.decode("utf-8"))
        formula_kind = dict(xml.attributes_of(cell.formula_tag)).get("t", "normal")
    if cell.value_tag:
        value = xml.unescaped(cell.value.decode("utf-8"))
    if cell.inline_tag:
        value = xml.unescaped(cell.inline.decode("utf-8"))
    kind = cell.kind.decode("utf-8") or "n"
    if kind in ("str", "inlineStr") and value is not None:
        value = decoded(value)
    return Written(kind, int(cell.style or 0), formula, formula_kind, value)
