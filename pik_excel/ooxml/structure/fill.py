"""What stands in the new rows or columns? Empty cells, formatted like their neighbour to the left or above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import a1, cell_of
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.ooxml.structure.at_once import filled_at_once
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import with_attribute


def filled(part: bytes, move: Move, headings: Mapping[tuple[int, int], str]) -> bytes:
    """The worksheet part, moved already, with the new cells; `headings` are texts that must stand in some of them."""
    if move.count < 0:
        return part
    blanked = xml.structure(part)
    data = xml.child(blanked, xml.root(blanked), b"sheetData")
    if data is None or data.empty:
        return part
    whole = part[data.start : data.end]
    new = filled_at_once(whole, move) if not headings and whole == blanked[data.start : data.end] else None
    if new is not None:
        return part[: data.start] + new + part[data.end :]
    rows = _columns_filled if move.axis is Axis.COLUMN else _rows_filled
    return spliced(part, rows(part, blanked, data, move, headings))


def _columns_filled(
    part: bytes, blanked: bytes, data: xml.Element, move: Move, headings: Mapping[tuple[int, int], str]
) -> Iterator[Splice]:
    number = 0
    for row in xml.children(blanked, data):
        given = xml.attributes(blanked, row).get("r")
        number = int(given) if given else number + 1
        cells = [(cell, _column(blanked, cell)) for cell in xml.children(blanked, row)] if not row.empty else []
        texts = {column: text for (line, column), text in headings.items() if line == number}
        for _at, lines in move.inserted:
            before = [cell for cell, column in cells if column < lines.start]
            beside = next((cell for cell, column in cells if column == lines.start - 1), None)
            style = xml.attributes(blanked, beside).get("s") if beside else None
            if not before or (style in {None, "0"} and texts.keys().isdisjoint(lines)):
                continue
            tag = _name(part, before[-1])
            new = (
                _cell(tag, number, column, style, texts.get(column))
                for column in lines
                if style not in {None, "0"} or column in texts
            )
            yield Splice(before[-1].end, before[-1].end, b"".join(new))


def _rows_filled(
    part: bytes, blanked: bytes, data: xml.Element, move: Move, headings: Mapping[tuple[int, int], str]
) -> Iterator[Splice]:
    del headings  # a heading stands in a new column only
    number = 0
    for row in xml.children(blanked, data):
        given = xml.attributes(blanked, row).get("r")
        number = int(given) if given else number + 1
        below = next((lines for _at, lines in move.inserted if lines.start == number + 1), None)
        if below is None:
            continue
        tag = part[row.start : row.inner].rstrip(b"/>").rstrip() + b">"
        for name in ("hidden", "outlineLevel", "collapsed"):
            tag = with_attribute(tag, name, None)
        close = b"</" + _name(part, row) + b">"
        styled = [
            (_column(blanked, cell), xml.attributes(blanked, cell).get("s"), _name(part, cell))
            for cell in (xml.children(blanked, row) if not row.empty else ())
        ]
        fresh = b""
        for line in below:
            cells = b"".join(_cell(name, line, column, style, None) for column, style, name in styled if style)
            fresh += with_attribute(tag, "r", str(line)) + cells + close
        yield Splice(row.end, row.end, fresh)


def _column(blanked: bytes, cell: xml.Element) -> int:
    at = cell_of(xml.attributes(blanked, cell).get("r", ""))
    return at[1] if at else 0


def _name(part: bytes, element: xml.Element) -> bytes:
    found = re.match(rb"<([^\s/>]+)", part[element.start : element.inner])
    return found[1] if found else b"c"


def _cell(tag: bytes, row: int, column: int, style: str | None, text: str | None) -> bytes:
    prefix = tag.rpartition(b":")[0] + b":" if b":" in tag else b""
    head = b'<%s r="%s"%s' % (tag, a1(row, column).encode(), f' s="{style}"'.encode() if style else b"")
    if text is None:
        return head + b"/>"
    return b'%s t="inlineStr"><%sis><%st>%s</%st></%sis></%s>' % (
        head, prefix, prefix, xml.escaped(text).encode(), prefix, prefix, tag,
    )  # fmt: skip
