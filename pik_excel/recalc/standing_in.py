"""What is the tree of a formula that differs from a known one only in its fixed rows?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import cast

from pik_excel.recalc.syntax import Edge, Node

WithRows = Callable[[Sequence[int]], Node]
"""Fixed rows -> the tree with them."""
_Maker = Callable[[Sequence[int]], object]


def with_rows(tree: Node, standing_in: range) -> WithRows:
    """Makes trees as this one, in which the nth of these fixed rows gives way to the nth row given."""
    maker = _maker(tree, standing_in)
    return cast("WithRows", maker) if maker is not None else lambda _rows: tree


def _maker(part: object, standing_in: range) -> _Maker | None:
    """None where the part has no such row."""
    if isinstance(part, Edge):
        place = part.number - standing_in.start
        return (lambda rows: Edge(rows[place], fixed=True)) if part.fixed and part.number in standing_in else None
    if isinstance(part, tuple):
        inner = _makers(part, standing_in)
        return (lambda rows: tuple([make(rows) for make in inner])) if inner else None
    if not is_dataclass(part):
        return None
    kind: Callable[..., object] = part.__class__
    inner = _makers([getattr(part, one.name) for one in fields(part)], standing_in)
    return (lambda rows: kind(*[make(rows) for make in inner])) if inner else None


def _makers(parts: Sequence[object], standing_in: range) -> list[_Maker]:
    """Empty where none of the parts has one."""
    makers = [_maker(part, standing_in) for part in parts]
    if all(make is None for make in makers):
        return []
    return [make or _same(part) for make, part in zip(makers, parts, strict=True)]


def _same(part: object) -> _Maker:
    return lambda _rows: part
