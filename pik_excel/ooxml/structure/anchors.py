"""Where do charts, pictures, controls and comment boxes stand after the move?"""

from __future__ import annotations

from collections.abc import Mapping

from pik_excel.ooxml import xml
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.ooxml.structure.move import Axis, Move


def moved_anchor(data: bytes, blanked: bytes, move: Move) -> bytes:
    """A drawing's anchor element with its corners `from` and `to`.

    Excel's three ways: it moves and sizes with the cells, only moves (`editAs="oneCell"`), or stays ("absolute").
    """
    element = xml.root(blanked)
    way = _way(element, xml.attributes(blanked, element))
    corners = [child for child in xml.children(blanked, element) if child.name in {b"from", b"to"}]
    if way == "absolute" or not corners:
        return data
    name = b"col" if move.axis is Axis.COLUMN else b"row"
    lines = [line for line in (xml.child(blanked, corner, name) for corner in corners) if line is not None]
    offsets = [xml.child(blanked, corner, name + b"Off") for corner in corners]
    numbers = [int(xml.content(data, line)) for line in lines]
    ends = [offset is not None and int(xml.content(data, offset) or 0) > 0 for offset in offsets]
    fresh = _moved_edges(numbers, ends, way == "oneCell", move)
    return spliced(
        data,
        [Splice(line.inner, line.inner_end, str(new).encode()) for line, new in zip(lines, fresh, strict=True)],
    )


def _way(element: xml.Element, given: Mapping[str, str]) -> str:
    if element.name != b"anchor":
        return given.get("editAs", "twoCell")
    moves, sizes = (given.get(name, "0") in {"1", "true"} for name in ("moveWithCells", "sizeWithCells"))
    return "twoCell" if moves and sizes else "oneCell" if moves else "absolute"  # of a form control


def moved_box(anchor: str, move: Move) -> str:
    """The `x:Anchor` of a comment box or control: left, its offset, top, offset, right, offset, bottom, offset."""
    numbers = [int(part) for part in anchor.split(",")]
    if len(numbers) != 8:
        return anchor
    first, last = (0, 4) if move.axis is Axis.COLUMN else (2, 6)
    numbers[first], numbers[last] = _moved_edges([numbers[first], numbers[last]], [True, True], True, move)
    return ", ".join(map(str, numbers))


def moved_edge(line: int, move: Move) -> int:
    """A line counted from 0; on a deleted one it comes to stand where the deletion began."""
    return (move.line(line + 1) or move.at) - 1


def _moved_edges(lines: list[int], reaches_in: list[bool], keeps_size: bool, move: Move) -> list[int]:
    first = moved_edge(lines[0], move)
    if len(lines) == 1:
        return [first]
    if keeps_size:
        return [first, lines[1] + first - lines[0]]
    if reaches_in[1] or lines[0] == lines[1] or (first != lines[0] and move.count < 0):
        return [first, moved_edge(lines[1], move)]
    return [first, moved_edge(lines[1] - 1, move) + 1]  # it ends exactly on the left border of its last line
