"""Which formulas may run in circles at all? Told from shapes and rectangles, long before cell by cell.

A large workbook has 100,000 formulas and a handful of shapes. The formulas of one shape on one sheet are taken as the
rectangle around them. What does not run in circles among these rectangles does not among their cells, and a circle
needs a way back: where all ways lead upward, or all to the left, there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pik_excel.grid.reference import Address, Area
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.copies import Copies
from pik_excel.recalc.strong import strong_components
from pik_excel.recalc.syntax import Edge, Node, Reference
from pik_excel.records import dataclass

_WORTH_IT = 30  # times as many pairs of rectangles as formulas, and going cell by cell is quicker


@dataclass(frozen=True)
class _Way:
    """From the rectangle of the formulas to one that they read; how far that is at least and at most."""

    start: int
    end: int
    down: tuple[int, int]
    right: tuple[int, int]


def suspects(contents: Contents) -> list[Address]:
    """The formulas that may run in circles; those left out do not."""
    groups = contents.copies
    if len(groups) ** 2 > _WORTH_IT * len(contents.trees):
        return list(contents.trees)
    ways = list(_ways(contents, groups))
    left = -1
    while ways and len(ways) != left:
        left = len(ways)
        ways = [way for circle in _circles(ways) for way in _both_ways(circle)]
    in_circles = (groups[number] for number in sorted({way.start for way in ways}))
    return [at for sheet, _tree, cells in in_circles for at in cells.on(sheet)]


def _ways(contents: Contents, groups: Sequence[tuple[str, Node, Copies]]) -> Iterator[_Way]:
    boxes = [_around(cells) for _sheet, _tree, cells in groups]
    columns: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, box in enumerate(boxes):
        for column in range(box.left, box.right + 1):
            columns[groups[number][0], column].append(number)
    for number, (box, (home, tree, _cells)) in enumerate(zip(boxes, groups, strict=True)):
        for reference in contents.references(tree):
            sheet, read = reference.sheet or home, _read(reference, box)
            last = min(read.right, contents.widest(sheet))
            met = {other for column in range(read.left, last + 1) for other in columns.get((sheet, column), ())}
            for other in met:
                if boxes[other].top <= read.bottom and read.top <= boxes[other].bottom:
                    down = _distance(reference.top, reference.bottom, (box.top, box.bottom))
                    right = _distance(reference.left, reference.right, (box.left, box.right))
                    yield _Way(number, other, down, right)


def _around(cells: Copies) -> Area:
    rows = cells.by_column.values()
    return Area(min(one[0] for one in rows), min(cells.by_column), max(one[-1] for one in rows), max(cells.by_column))


def _read(reference: Reference, box: Area) -> Area:
    """All that formulas within the rectangle read by this reference."""
    one, other = reference.area(box.top, box.left), reference.area(box.bottom, box.right)
    return Area(
        min(one.top, other.top), min(one.left, other.left), max(one.bottom, other.bottom), max(one.right, other.right)
    )


def _distance(one: Edge, other: Edge, origins: tuple[int, int]) -> tuple[int, int]:
    """How far the reference lies from formulas between these rows (or columns), at least and at most."""
    reached = [edge.at(origin) - origin for edge in (one, other) for origin in origins]
    return min(reached), max(reached)


def _circles(ways: list[_Way]) -> list[list[_Way]]:
    """The ways within each circle of rectangles."""
    reads: dict[int, list[int]] = defaultdict(list)
    for way in ways:
        reads[way.start].append(way.end)
    circle_of = {number: index for index, found in enumerate(strong_components(reads)) for number in found}
    circles: dict[int, list[_Way]] = defaultdict(list)
    for way in ways:
        circle = circle_of.get(way.start)
        if circle is not None and circle == circle_of.get(way.end):
            circles[circle].append(way)
    return list(circles.values())


def _both_ways(circle: list[_Way]) -> list[_Way]:
    """Where no way leads down (or up, right, left), those that lead the other way for certain are in no circle."""
    for distances in ([way.down for way in circle], [way.right for way in circle]):
        if all(most <= 0 for _, most in distances):
            return [way for way, (_, most) in zip(circle, distances, strict=True) if most == 0]
        if all(least >= 0 for least, _ in distances):
            return [way for way, (least, _) in zip(circle, distances, strict=True) if least == 0]
    return circle
