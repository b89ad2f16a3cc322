"""How do columns that are inserted move the cells of a large sheet, all rows at once?

`sheetdata` and `fill` take any sheet apart that a file may have. Where all rows are written as nearly all are, and
formulas each for their own cell, it is enough to put other letters into the references of the cells that move, and
formulas that differ only in their rows become the same ones.
"""

from __future__ import annotations

import re

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import MAX_COLUMN, column_of, letters
from pik_excel.ooxml.rowtext import is_usual
from pik_excel.ooxml.structure.formula import moved_formula
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import element_text
from pik_excel.patterns import pattern

_COLUMNS = pattern(rb'<c r="([A-Z]+)')
_FORMULA = pattern(rb"<f>([^<]*+)</f>")
_WITH_SHEET = pattern(rb"<f>([^<!&]*+[!&][^<]*+)</f>")  # the mark behind the name of a sheet may be a reference, too
_SPANS = pattern(rb'(<row\b[^<>]*?\sspans=")([^"]*)"')
_ROW = pattern(r"(?<=[A-Z$])([1-9][0-9]{0,5})(?![\w.!(\[\\?])")
_UNCLEAR = pattern(r"[\"'\[\\]")  # in these, what looks like the row of a cell may be none


def moved_at_once(data: bytes, home: str, move: Move) -> bytes | None:
    """The `<sheetData>` element after columns were inserted; None where it has to be taken apart."""
    if move.axis is not Axis.COLUMN or move.count < 0 or not is_usual(data):
        return None
    formulas = MovedFormulas(home, move)
    if not move.is_on(home):
        return _WITH_SHEET.sub(formulas.element, data)
    moving = {one: column_of(one.decode()) for one in set(_COLUMNS.findall(data))}
    moving = {one: column + move.count for one, column in moving.items() if column >= move.at}
    if max(moving.values(), default=0) > MAX_COLUMN:
        return None
    data = _FORMULA.sub(formulas.element, data)
    if moving:
        new = {one: b'<c r="' + letters(column).encode() for one, column in moving.items()}
        heads = re.compile(rb'<c r="(' + b"|".join(moving) + rb")(?=\d)")
        data = heads.sub(lambda head: new[head[1]], data)
    spans: dict[bytes, bytes] = {}

    def wider(found: re.Match[bytes]) -> bytes:
        if found[2] not in spans:
            spans[found[2]] = _wider(found[2], move)
        return found[1] + spans[found[2]] + b'"'

    return _SPANS.sub(wider, data)


def filled_at_once(data: bytes, move: Move) -> bytes | None:
    """The `<sheetData>` element, moved already, with empty cells formatted like their left neighbour; None where it
    has to be taken apart."""
    if move.axis is not Axis.COLUMN or not is_usual(data):
        return None
    beside = re.escape(letters(move.at - 1).encode()) if move.at > 1 else b"(?!)"
    later = b"|".join(one for one in set(_COLUMNS.findall(data)) if column_of(one.decode()) >= move.at) or b"(?!)"
    cell = re.compile(
        rb'<c r="' + beside + rb'(\d+)"(?: s="(\d+)")?[^<>]*+(?:(?<=/)>|>.*?</c>)(?=\s*(?:</row>|<c r="(?:' + later
        + rb")\d))"
    )  # fmt: skip
    new = [letters(column).encode() for column in range(move.at, move.at + move.count)]

    def followed(found: re.Match[bytes]) -> bytes:
        number, style = found[1], found[2]
        if style is None or style == b"0":
            return found[0]
        return found[0] + b"".join([b'<c r="%s%s" s="%s"/>' % (column, number, style) for column in new])

    filled, count = cell.subn(followed, data)
    there = len(re.findall(rb'<c r="' + beside + rb"(?=\d)", data))
    return filled if count == there else None


class MovedFormulas:
    """Formulas on one sheet after a move of columns; those that differ only in their rows are worked out once."""

    def __init__(self, home: str, move: Move) -> None:
        self._home = home
        self._move = move
        self._known: dict[tuple[str, ...], list[str] | None] = {}

    def of(self, formula: str) -> str:
        """As `moved_formula`."""
        if _UNCLEAR.search(formula):
            return moved_formula(formula, self._home, self._move)
        cut = _ROW.split(formula)
        key = tuple(cut[::2])
        if key not in self._known:
            new = _ROW.split(moved_formula(formula, self._home, self._move))
            self._known[key] = new[::2] if new[1::2] == cut[1::2] else None
        texts = self._known[key]
        if texts is None:
            return moved_formula(formula, self._home, self._move)
        cut[::2] = texts
        return "".join(cut)

    def element(self, found: re.Match[bytes]) -> bytes:
        """An `<f>` without attributes."""
        old = xml.unescaped(found[1].decode("utf-8"))
        new = self.of(old)
        return found[0] if new == old else b"<f>" + element_text(new) + b"</f>"


def _wider(spans: bytes, move: Move) -> bytes:
    ends = [part.split(":") for part in spans.decode("ascii").split()]
    moved = [move.lines(int(first), int(last)) for first, last in ends]
    return " ".join(f"{one[0]}:{one[1]}" for one in moved if one).encode() or spans
