"""How do columns that are inserted move the cells of a large sheet, all rows at once?

`sheetdata` and `fill` take any sheet apart that a file may have. Where all rows are written as nearly all are, and
formulas each for their own cell, it is enough to put other letters into the references of the cells that move, and
formulas that differ only in their rows become the same ones.
"""

from __future__ import annotations

import re

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import column_of, letters
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
    there = {one: column_of(one.decode()) for one in set(_COLUMNS.findall(data))}
    places = {one: move.line(column) for one, column in there.items() if column >= move.at}
    if None in places.values():
        return None
    data = _FORMULA.sub(formulas.element, data)
    if places:
        new = {one: b'<c r="' + letters(column).encode() for one, column in places.items() if column}
        heads = re.compile(rb'<c r="(' + b"|".join(new) + rb")(?=\d)")
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
    columns = {one: column_of(one.decode()) for one in set(_COLUMNS.findall(data))}
    new = {letters(lines.start - 1).encode(): lines for _at, lines in move.inserted if lines.start > 1}
    beside = rb'<c r="(' + b"|".join(columns.keys() & new.keys() or {b"(?!)"}) + rb")(?=\d)"
    cell = re.compile(beside + rb'(\d+)"(?: s="(\d+)")?[^<>]*+(?:(?<=/)>|>.*?</c>)(?=\s*(?:</row>|<c r="([A-Z]+)\d))')
    tags = {one: [letters(column).encode() for column in lines] for one, lines in new.items()}
    astray = False  # a cell that is not followed by one further right

    def followed(found: re.Match[bytes]) -> bytes:
        nonlocal astray
        column, number, style, after = found.groups()
        astray = astray or (after is not None and columns[after] < new[column].stop)
        if style is None or style == b"0":
            return found[0]
        return found[0] + b"".join([b'<c r="%s%s" s="%s"/>' % (one, number, style) for one in tags[column]])

    filled, count = cell.subn(followed, data)
    return filled if count == len(re.findall(beside, data)) and not astray else None


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
