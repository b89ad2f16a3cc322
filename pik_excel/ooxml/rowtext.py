"""What do the cells of a row say, where they are written as nearly all are?

`sheetxml` and `cellxml` take any cell apart that a file may have. A large sheet has a million, nearly all of them
written alike: reference, style and type, then a formula, a value, or both. A row of such cells is cut at their
references, which is enough to see which of them differ from those of another row; only these are taken apart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import MAX_COLUMN, MAX_ROW, column_of
from pik_excel.ooxml.cellxml import Written, decoded
from pik_excel.ooxml.sheetxml import Row, SheetXml
from pik_excel.patterns import pattern

BEGIN = b'<c r="'
_REFERENCE = rb"""<c r="(%s[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])(%s[1-9]\d*)\""""
_REST = (
    rb"""(?: s="(%s\d+)")?(?: t="(%s\w+)")?(?:/>|>"""
    rb"""(?:(%s<f(?=[\s/>])[^<>]*+>)(?:(?<=/>)|(%s[^<]*+)</f>))?"""
    rb"""(?:(%s<v(?=[\s>])[^<>]*+(?<!/)>)(%s[^<]*+)</v>)?"""
    rb"""(?:(%s<is><t(?=[\s>])[^<>]*+(?<!/)>)(%s[^<]*+)</t></is>)?</c>)"""
)
_AFTER_REFERENCE = pattern(_REST % ((b"",) * 8) + rb"\s*+")
_NUMBERS = (b"", b"n")
_SHARED_TEXT = b"s"
_CELL = pattern((_REFERENCE + _REST) % ((b"",) * 10))
_DATA = pattern(
    rb"<sheetData>\s*(?:<row(?=[\s/>])[^<>]*+(?:(?<=/)>|>\s*(?:"
    + ((_REFERENCE + _REST) % ((b"?:",) * 10)).replace(rb"<f(?=[\s/>])[^<>]*+>", b"<f>")
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


def cut(sheet: SheetXml, row: Row) -> dict[bytes, bytes] | None:
    """The cells of the row by the letters of their columns, each as it is written after its reference; None where the
    row cannot be cut so. What stands between one cell and the next goes with the first."""
    if not sheet.bare or sheet.prefix or row.number > MAX_ROW:
        return None
    before, *cells = sheet.text[row.inner : row.inner_end].split(BEGIN)
    if before.strip() or sheet.text.count(b"<c", row.inner, row.inner_end) != len(cells):
        return None  # there is a cell without a reference, or one that does not begin with it
    number = b"%d" % row.number
    pairs = [cell.split(b'"', 1) for cell in cells]
    found = {pair[0].removesuffix(number): pair[1] for pair in pairs}
    return found if len(found) == len(cells) and in_order(tuple(found)) is not None else None


def taken_apart(sheet: SheetXml, row: Row) -> dict[bytes, tuple[bytes, ...]] | None:
    """The cells of the row by the letters of their columns, each as these, its row and the fields of its `CellText`;
    None where one of them is written in another way than nearly all are. All are taken apart in one go."""
    if not sheet.bare or sheet.prefix or row.number > MAX_ROW:
        return None
    cells = _CELL.findall(sheet.text, row.inner, row.inner_end)
    found = {cell[0]: cell for cell in cells}
    number = b"%d" % row.number
    if not len(found) == len(cells) == sheet.text.count(b"<c", row.inner, row.inner_end):
        return None
    return found if not cells or {cell[1] for cell in cells} == {number} else None


@lru_cache(maxsize=256)
def in_order(letters: tuple[bytes, ...]) -> tuple[tuple[int, bytes], ...] | None:
    """These columns from left to right, with their letters; None where some are no columns in upper case. The rows of
    a sheet have few sets of them."""
    if not all(one.isalpha() and one.isupper() and len(one) <= 3 for one in letters):
        return None
    found = sorted((column_of(one.decode("ascii")), one) for one in letters)
    return tuple(found) if not found or found[-1][0] <= MAX_COLUMN else None


def usual(cell: bytes) -> CellText | None:
    """The cell, as `cut` gives it, taken apart; None where it is written in another way than nearly all are."""
    found = _AFTER_REFERENCE.fullmatch(cell)
    return None if found is None else tuple.__new__(CellText, found.groups(b""))


def surely_differ(one: tuple[bytes, ...], other: tuple[bytes, ...]) -> bool:
    """Whether two cells that `taken_apart` gives say something else, so far as that is seen without what they say in
    full: by their formulas, their styles, numbers that are not even nearly the same, or a number beside a text."""
    _column, _row, style, kind, _tag, formula, _value_tag, value, inline, _text = one
    _column, _row, other_style, other_kind, _tag, other_formula, _value_tag, other_value, other_inline, _text = other
    if formula != other_formula:
        return b"&" not in formula + other_formula
    if style != other_style and int(style or 0) != int(other_style or 0):
        return True
    if inline or other_inline:
        return False
    if kind in _NUMBERS and other_kind in _NUMBERS:
        if not value or not other_value:
            return not (value + other_value).isspace() and value != other_value
        one_number, other_number = _number(value), _number(other_value)
        return None not in (one_number, other_number) and one_number != other_number
    if (kind == _SHARED_TEXT and other_kind in _NUMBERS) or (kind in _NUMBERS and other_kind == _SHARED_TEXT):
        return _number(value if kind in _NUMBERS else other_value) is not None
    return False


def _number(value: bytes) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


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
