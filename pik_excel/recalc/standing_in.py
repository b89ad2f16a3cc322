"""What is the tree of a formula that differs from a known one only in its rows and numbers?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from operator import itemgetter
from typing import cast

from pik_excel.recalc.syntax import Edge, Node, Number, Reference, references

Given = Edge | Number
"""A row, fixed or by its distance, or a number."""
WithNumbers = Callable[[Sequence[Given]], Node]
"""What is given -> the tree with it."""
_Maker = Callable[[Sequence[Given]], object]
_FIRST = 1_000_000  # from here on a row or number stands for the nth that is given
_MOST = 40_000  # so that the last one is still a row of the sheet
_TAIL = Decimal("0.123456789")  # by which a number that stands in is known


def row_standing_in(place: int) -> str:
    """What is written for the row that is given at that place."""
    return str(_FIRST + place)


def number_standing_in(place: int) -> str:
    """What is written for the number that is given at that place."""
    return str(_FIRST + place + _TAIL)


def with_numbers(tree: Node, count: int) -> WithNumbers | None:
    """Makes trees as this one, of a formula at row 0 in which so many rows and numbers stand in for those given. None
    where it cannot be said of each what it stands for."""
    places = set(_places(tree))
    moving = (edge for one in references(tree) for edge in (one.top, one.bottom) if not edge.fixed)
    if count > _MOST or places != set(range(count)) or any(_place(edge) is None for edge in moving):
        return None
    maker = _maker(tree)
    return cast("WithNumbers", maker) if maker is not None else None


def _places(part: object) -> Iterator[int]:
    place = _place(part)
    if place is not None:
        yield place
    for inner in _parts(part):
        yield from _places(inner)


def _place(part: object) -> int | None:
    if isinstance(part, Edge) and part.number >= _FIRST:
        place = part.number - _FIRST
        return place if place < _MOST else None  # else the last row of all
    if isinstance(part, Number) and part.value >= _FIRST and part.value % 1 == _TAIL:
        return int(part.value) - _FIRST
    return None


def _parts(part: object) -> Sequence[object]:
    if isinstance(part, (Edge, Number)):
        return ()
    if isinstance(part, tuple):
        return part
    return [getattr(part, one.name) for one in fields(part)] if is_dataclass(part) else ()


def _maker(part: object) -> _Maker | None:
    """None where nothing stands in for what is given."""
    place = _place(part)
    if place is not None:
        return itemgetter(place)
    if isinstance(part, Reference) and part.single:
        return _single(part)
    parts = _parts(part)
    makers = [_maker(one) for one in parts]
    if all(make is None for make in makers):
        return None
    inner = [make or _same(one) for make, one in zip(makers, parts, strict=True)]
    if isinstance(part, tuple):
        return lambda given: tuple([make(given) for make in inner])
    kind: Callable[..., object] = part.__class__
    return lambda given: kind(*[make(given) for make in inner])


def _single(cell: Reference) -> _Maker | None:
    """Of a single cell both corners are the same."""
    place, sheet, column = _place(cell.top), cell.sheet, cell.left
    if place is None:
        return None

    def made(given: Sequence[Given]) -> Reference:
        row = cast(Edge, given[place])
        return Reference(sheet, row, column, row, column, single=True)

    return made


def _same(part: object) -> _Maker:
    return lambda _given: part
