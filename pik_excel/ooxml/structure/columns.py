"""What becomes of column widths, page breaks, frozen panes and filters that count their columns?"""

from __future__ import annotations

from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import range_of
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.ooxml.structure.formula import moved_area
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import with_attribute

_HIDES = ("hidden", "outlineLevel", "collapsed")


def moved_widths(data: bytes, blanked: bytes, move: Move) -> bytes | None:
    """`<cols>`: each run of columns moves; an inserted column is as wide as its left neighbour, unless that is hidden
    or grouped."""
    if move.axis is Axis.ROW:
        return data
    pieces = []
    for column in xml.children(blanked, xml.root(blanked)):
        tag = data[column.start : column.end]
        given = dict(xml.attributes_of(tag))
        first, last = int(given["min"]), int(given["max"])
        ends = move.lines(first, last)
        if ends is None:
            continue
        behind = next((lines for at, lines in move.inserted if at == last + 1), ())
        grown = behind and not any(given.get(name, "0") != "0" for name in _HIDES)
        end = min(ends[1] + len(behind), move.limit) if grown else ends[1]
        pieces.append(with_attribute(with_attribute(tag, "min", str(ends[0])), "max", str(end)))
    if not pieces:
        return None
    root = xml.root(blanked)
    return data[: root.inner] + b"".join(pieces) + data[root.inner_end :]


def moved_breaks(data: bytes, blanked: bytes, move: Move) -> bytes | None:
    """`<colBreaks>` or `<rowBreaks>` of the move's axis: a break stands before line id + 1 and goes with it."""
    root = xml.root(blanked)
    splices, left, manual = [], 0, 0
    for one in xml.children(blanked, root):
        tag = data[one.start : one.end]
        given = dict(xml.attributes_of(tag))
        line = move.line(int(given.get("id", "0")) + 1)
        if line is None or line == 1:
            splices.append(Splice(one.start, one.end, b""))
            continue
        splices.append(Splice(one.start, one.end, with_attribute(tag, "id", str(line - 1))))
        left, manual = left + 1, manual + (given.get("man", "0") in {"1", "true"})
    if not left:
        return None
    head = data[root.start : root.inner]
    for name, number in (("count", left), ("manualBreakCount", manual)):
        if any(key == name for key, _value in xml.attributes_of(head)):
            head = with_attribute(head, name, str(number))
    return spliced(data, [Splice(root.start, root.inner, head), *splices])


def moved_pane(data: bytes, blanked: bytes, move: Move) -> bytes:
    """A frozen `<pane>`: what is inserted within the frozen lines is frozen too."""
    tag = data[: xml.root(blanked).inner]
    given = dict(xml.attributes_of(tag))
    name = "xSplit" if move.axis is Axis.COLUMN else "ySplit"
    if not given.get("state", "").startswith("frozen") or not given.get(name, "").isdigit():
        return data
    ends = move.lines(1, int(given[name]))
    fresh = with_attribute(tag, name, str(ends[1]) if ends else None)
    corner = given.get("topLeftCell")
    if corner:
        fresh = with_attribute(fresh, "topLeftCell", moved_area(corner, move) or corner)
    return fresh + data[len(tag) :]


def moved_filter(data: bytes, blanked: bytes, move: Move) -> bytes | None:
    """`<autoFilter>`: its range, and the columns it filters, which are counted from the range's left."""
    root = xml.root(blanked)
    tag = data[: root.inner]
    area = range_of(dict(xml.attributes_of(tag)).get("ref", ""))
    fresh = area and move.area(area)
    if area is None or fresh is None:
        return None if area else data
    splices = [Splice(0, root.inner, with_attribute(tag, "ref", str(fresh)))]
    for column in xml.children(blanked, root):
        if column.name == b"sortState":
            head = data[column.start : column.inner]
            moved = moved_area(dict(xml.attributes_of(head)).get("ref", ""), move)
            splices.append(_replaced(column, with_attribute(head, "ref", moved) if moved else None))
            splices += _sort_conditions(data, blanked, column, move) if moved else []
        if column.name != b"filterColumn" or move.axis is Axis.ROW:
            continue
        head = data[column.start : column.inner]
        number = move.line(area.left + int(dict(xml.attributes_of(head)).get("colId", "0")))
        splices.append(_replaced(column, with_attribute(head, "colId", str(number - fresh.left)) if number else None))
    return spliced(data, splices)


def _sort_conditions(data: bytes, blanked: bytes, state: xml.Element, move: Move) -> list[Splice]:
    found = []
    for condition in xml.children(blanked, state):
        head = data[condition.start : condition.inner]
        moved = moved_area(dict(xml.attributes_of(head)).get("ref", ""), move)
        found.append(_replaced(condition, with_attribute(head, "ref", moved) if moved else None))
    return found


def _replaced(element: xml.Element, head: bytes | None) -> Splice:
    """A new start tag, or the whole element gone."""
    return Splice(element.start, element.end, b"") if head is None else Splice(element.start, element.inner, head)
