"""How do the rows and cells of the sheet itself move, and the formulas in the cells of any sheet?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, a1, cell_of, range_of
from pik_excel.ooxml.shift import shifted
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.ooxml.structure.at_once import moved_at_once
from pik_excel.ooxml.structure.formula import moved_area, moved_formula
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import element_text, with_attribute
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_TAGS = pattern(rb"""<(/?)(?:[^\s/>"'<:=]+:)?(row|c|f)(?=[\s/>])((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")


class Item(NamedTuple):
    """A `<row>`, `<c>` or `<f>` of the sheet data; `row` and `column` also where the file leaves `r` out."""

    kind: bytes
    start: int
    inner: int
    end: int
    row: int
    column: int


@dataclass(frozen=True)
class Shared:
    """The master of a shared formula."""

    row: int
    column: int
    text: str


def moved_cells(data: bytes, blanked: bytes, home: str, move: Move) -> bytes:
    """The `<sheetData>` element after the move; formulas everywhere, and on the moved sheet itself rows and cells."""
    new = moved_at_once(data, home, move) if data == blanked else None
    if new is not None:
        return new
    items = list(_items(blanked))
    splices = _formula_splices(data, items, home, move)
    if not move.is_on(home):
        return spliced(data, splices) if splices else data
    placed = _place_splices(data, items, move)
    gone = sorted((splice.start, splice.end) for splice in placed if not splice.text and splice.end > splice.start)
    kept = [splice for splice in splices if not any(start <= splice.start < end for start, end in gone)]
    return spliced(data, [*kept, *placed])


def _items(blanked: bytes) -> Iterator[Item]:
    row = column = 0
    opened: dict[bytes, tuple[int, int, int, int]] = {}
    for tag in _TAGS.finditer(blanked):
        kind = tag[2]
        if tag[1]:
            if kind in opened:
                start, inner, at_row, at_column = opened.pop(kind)
                yield Item(kind, start, inner, tag.end(), at_row, at_column)
            continue
        if kind == b"row":
            given = _attribute(tag[0], "r")
            row, column = int(given) if given else row + 1, 0
        elif kind == b"c":
            place = cell_of(_attribute(tag[0], "r") or "")
            row, column = place or (row, column + 1)
        if tag[3].endswith(b"/"):
            yield Item(kind, tag.start(), tag.end(), tag.end(), row, column)
        else:
            opened[kind] = (tag.start(), tag.end(), row, column)


def _attribute(tag: bytes, name: str) -> str | None:
    found = _named(name).search(tag)  # a large sheet has a million: `attributes_of` would take them all apart
    return xml.unescaped((found[1] or found[2] or b"").decode("utf-8")) if found else None


@lru_cache(maxsize=32)
def _named(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\s" + name.encode() + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _place_splices(data: bytes, items: list[Item], move: Move) -> list[Splice]:
    gone_row = (0, 0)
    splices = []
    for item in sorted(items, key=lambda item: item.start):
        if item.start < gone_row[1]:
            continue
        if item.kind == b"row":
            splice = _row_splice(data, item, move)
            if splice and not splice.text:
                gone_row = (splice.start, splice.end)
        elif item.kind == b"c":
            splice = _cell_splice(data, item, move)
        else:
            continue
        if splice:
            splices.append(splice)
    return splices


def _row_splice(data: bytes, item: Item, move: Move) -> Splice | None:
    tag = data[item.start : item.inner]
    if move.axis is Axis.COLUMN:
        spans = _attribute(tag, "spans")
        fresh = with_attribute(tag, "spans", _moved_spans(spans, move)) if spans else tag
        return Splice(item.start, item.inner, fresh) if fresh != tag else None
    moved = move.line(item.row)
    if moved is None:
        return Splice(item.start, item.end, b"")
    if moved == item.row and _attribute(tag, "r"):
        return None
    return Splice(item.start, item.inner, with_attribute(tag, "r", str(moved)))


def _moved_spans(spans: str, move: Move) -> str | None:
    ends = [part.split(":") for part in spans.split()]
    moved = [move.lines(int(first), int(last)) for first, last in ends]
    return " ".join(f"{one[0]}:{one[1]}" for one in moved if one) or None


def _cell_splice(data: bytes, item: Item, move: Move) -> Splice | None:
    tag = data[item.start : item.inner]
    moved = move.cell(item.row, item.column)
    if moved is None:
        return Splice(item.start, item.end, b"")
    if moved == (item.row, item.column) and _attribute(tag, "r"):
        return None
    return Splice(item.start, item.inner, with_attribute(tag, "r", a1(*moved)))


def _formula_splices(data: bytes, items: list[Item], home: str, move: Move) -> list[Splice]:
    formulas = [item for item in items if item.kind == b"f"]
    masters = dict(_masters(data, formulas))
    found = (_formula_splice(data, item, masters, home, move) for item in formulas)
    return [splice for splice in found if splice]


def _masters(data: bytes, formulas: list[Item]) -> Iterator[tuple[str, Shared]]:
    for item in formulas:
        tag = data[item.start : item.inner]
        group, text = _attribute(tag, "si"), _text(data, item)
        if _attribute(tag, "t") == "shared" and group is not None and text:
            yield group, Shared(item.row, item.column, text)


def _text(data: bytes, item: Item) -> str:
    if item.inner == item.end:
        return ""
    close = data.rindex(b"</", item.inner, item.end)
    return xml.content(data, xml.Element(b"", b"f", item.start, item.inner, close, item.end))


def _formula_splice(data: bytes, item: Item, masters: dict[str, Shared], home: str, move: Move) -> Splice | None:
    tag, text = data[item.start : item.inner], _text(data, item)
    kind, group = _attribute(tag, "t"), _attribute(tag, "si") or ""
    if kind == "shared" and group in masters:
        return _shared_splice(data, item, masters[group], home, move)
    fresh_tag = _moved_tag(tag, home, move) if kind in {"array", "dataTable"} else tag
    fresh = moved_formula(text, home, move)
    if fresh == text and fresh_tag == tag:
        return None
    return Splice(
        item.start,
        item.end,
        _written(data, item, fresh_tag, fresh) if text else fresh_tag + data[item.inner : item.end],
    )


def _moved_tag(tag: bytes, home: str, move: Move) -> bytes:
    if not move.is_on(home):
        return tag
    area = range_of(_attribute(tag, "ref") or "")
    if area is not None:
        _refuse_to_cut(area, move)
    for name in ("ref", "r1", "r2"):
        given = _attribute(tag, name)
        if given:
            tag = with_attribute(tag, name, moved_area(given, move) or given)
    return tag


def _refuse_to_cut(area: Range, move: Move) -> None:
    """Excel: "Teile eines Arrays können nicht geändert werden"."""
    first, last = (area.top, area.bottom) if move.axis is Axis.ROW else (area.left, area.right)
    ends = move.lines(first, last)
    if ends is None or ends[1] - ends[0] == last - first:
        return
    raise NotWritten(
        "inside-array",
        _("{sheet}!{area}: die Änderung würde eine Matrixformel zerschneiden.").format(sheet=move.sheet, area=area),
        _("Bitte die Matrixformel in Excel ganz löschen oder verschieben und den Befehl wiederholen."),
    )


def _shared_splice(data: bytes, item: Item, master: Shared, home: str, move: Move) -> Splice | None:
    """A member stays in its group where the moved master, filled to the member's new place, says the right thing."""
    is_master = (item.row, item.column) == (master.row, master.column)
    old = shifted(master.text, item.row - master.row, item.column - master.column)
    fresh = moved_formula(old, home, move)
    here, there = (item.row, item.column), (master.row, master.column)
    if move.is_on(home):
        moved_here, moved_there = move.cell(*here), move.cell(*there)
        if moved_here is None:
            return None
        if moved_there is None:
            return Splice(item.start, item.end, _plain(data, item, fresh))
        here, there = moved_here, moved_there
    leader = moved_formula(master.text, home, move)
    if is_master:
        tag = data[item.start : item.inner]
        area = _attribute(tag, "ref")
        if area and move.is_on(home):
            tag = with_attribute(tag, "ref", moved_area(area, move) or a1(*here))
        return Splice(item.start, item.end, _written(data, item, tag, leader))
    if shifted(leader, here[0] - there[0], here[1] - there[1]) == fresh:
        return None
    return Splice(item.start, item.end, _plain(data, item, fresh))


def _plain(data: bytes, item: Item, text: str) -> bytes:
    tag = data[item.start : item.inner]
    for name in ("t", "si", "ref"):
        tag = with_attribute(tag, name, None)
    return _written(data, item, tag, text)


def _written(data: bytes, item: Item, tag: bytes, text: str) -> bytes:
    if item.inner != item.end:
        return tag + element_text(text) + data[data.rindex(b"</", item.inner, item.end) : item.end]
    name = re.match(rb"<([^\s/>]+)", tag)
    if name is None:
        raise ValueError(tag)
    return tag.rstrip(b"/>").rstrip() + b">" + element_text(text) + b"</" + name[1] + b">"
