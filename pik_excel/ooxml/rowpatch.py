"""How does a row read once cells of it are edited, where it is written as nearly all are?

Such a row is cut at its cells and put together again, those that stay byte for byte. `sheetpatch` edits any other row
that a file may have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import letters
from pik_excel.ooxml.cellxml import with_content
from pik_excel.ooxml.edits import Blank, CellEdit, Stored
from pik_excel.ooxml.rowtext import BEGIN, cut, in_order, usual
from pik_excel.ooxml.sheetxml import Row, SheetXml
from pik_excel.ooxml.splice import Splice
from pik_excel.patterns import pattern

_SPANS = pattern(rb"""(\sspans\s*=\s*["'])([^"']*)(["'])""")


class PatchedRow(NamedTuple):
    """The row with the edits made, the edits of cells that were not there, and the columns whose formula goes."""

    splice: Splice
    added: list[CellEdit]
    gone: list[int]


def patched_row(sheet: SheetXml, row: Row, edits: Mapping[int, CellEdit]) -> PatchedRow | None:
    """The row with these edits by column; None where it has to be taken apart: an edited cell is written in another
    way than nearly all are, cells are not in their order, or a formula is shared."""
    cells = cut(sheet, row)
    if not cells or sheet.text.find(b"shared", row.inner, row.inner_end) >= 0:
        return None
    order = in_order(tuple(cells)) or ()
    last = cells[order[-1][1]]
    if [name for _column, name in order] != list(cells) or usual(last) is None or not last.endswith(b">"):
        return None
    there = dict(order)
    gone = []
    before = cell_before = new = None
    for column, edit in edits.items():
        if column in there:
            old = cells[there[column]]
            if not (before and old == cell_before and edit.content is before.content and edit.style == before.style):
                new = _changed(old, edit)
            before, cell_before = edit, old
            if new is None:
                return None
            if b"<f>" in old and b"<f>" not in new:
                gone.append(column)
            cells[there[column]] = new
    added = [edit for column, edit in edits.items() if column not in there]
    made = [edit for edit in added if leaves_a_trace(edit)]
    for edit in made:
        cells[letters(edit.column).encode()] = new_after_reference(sheet, edit, row)
    tag = sheet.text[row.start : row.inner]
    start = with_spans(tag, made) + sheet.text[row.inner : sheet.text.index(BEGIN, row.inner)]
    number = b'%d"' % row.number
    pieces = [BEGIN + name + number + cells[name] for _column, name in in_order(tuple(cells)) or ()]
    return PatchedRow(Splice(row.start, row.inner_end, start + b"".join(pieces)), added, gone)


def _changed(cell: bytes, edit: CellEdit) -> bytes | None:
    """What is written after the reference of the cell, with its new content; None where it is written in another way
    than nearly all are."""
    said = usual(cell)
    if said is None or said.formula_tag not in (b"", b"<f>") or not cell.endswith(b">"):
        return None
    style = b"%d" % edit.style if edit.style is not None else said.style
    kept = b""
    if isinstance(edit.content, Stored):
        if not said.formula_tag:
            return None
        kept = b"<f>" + said.formula + b"</f>"
    return with_content(b' s="' + style + b'"' if style else b"", b"", edit.content, kept)


def leaves_a_trace(edit: CellEdit) -> bool:
    """Whether a cell that is not there must be made for the edit."""
    return not isinstance(edit.content, Blank) or edit.style is not None


def new_after_reference(sheet: SheetXml, edit: CellEdit, row: Row | None) -> bytes:
    """What is written after the reference of a cell that was not there."""
    style = edit.style if edit.style is not None else _inherited_style(sheet, row, edit.column)
    return with_content(b' s="%d"' % style if style else b"", sheet.prefix, edit.content)


def _inherited_style(sheet: SheetXml, row: Row | None, column: int) -> int | None:
    """The style that Excel gives a new cell: the row's if it has one of its own, else the column's."""
    if row is not None:
        given = dict(xml.attributes_of(sheet.structure[row.start : row.inner]))
        if given.get("customFormat") in ("1", "true") and given.get("s", "").isdigit():
            return int(given["s"])
    return next((style for low, high, style in sheet.column_styles if low <= column <= high), None)


def with_spans(tag: bytes, edits: Sequence[CellEdit]) -> bytes:
    """The row's tag with `spans` widened to the new columns, where it has that hint."""
    found = _SPANS.search(tag) if edits else None
    if found is None:
        return tag
    columns = [edit.column for edit in edits]
    bounds = [int(number) for number in re.findall(rb"\d+", found[2])] + columns
    pairs = [tuple(map(int, pair.split(b":"))) for pair in found[2].split() if re.fullmatch(rb"\d+:\d+", pair)]
    if all(any(low <= column <= high for low, high in pairs) for column in columns):
        return tag
    wide = f"{min(bounds)}:{max(bounds)}".encode()
    return tag[: found.start(2)] + wide + tag[found.end(2) :]
