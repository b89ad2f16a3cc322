"""Which nodes of a graph run in circles?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar


class _Sortable(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...  # as `sorted` asks

    def __hash__(self) -> int: ...


Node = TypeVar("Node", bound=_Sortable)


def strong_components(reads: Mapping[Node, Sequence[Node]]) -> list[tuple[Node, ...]]:
    """Tarjan's components of more than one node, and nodes that read themselves; each sorted. Without recursion."""
    number: dict[Node, int] = {}
    low: dict[Node, int] = {}
    path: list[Node] = []
    on_path: set[Node] = set()
    found: list[tuple[Node, ...]] = []
    for root in reads:
        work = [(root, iter(reads[root]))] if root not in number else []
        while work:
            at, rest = work[-1]
            if at not in number:
                number[at] = low[at] = len(number)
                path.append(at)
                on_path.add(at)
            for cell in rest:
                if cell not in number:
                    work.append((cell, iter(reads.get(cell, ()))))
                    break
                if cell in on_path:
                    low[at] = min(low[at], number[cell])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == number[at]:
                    component = _taken_down_to(at, path, on_path)
                    if len(component) > 1 or at in reads.get(at, ()):
                        found.append(tuple(sorted(component)))
    return found


def _taken_down_to(at: Node, path: list[Node], on_path: set[Node]) -> list[Node]:
    component: list[Node] = []
    while True:
        cell = path.pop()
        on_path.discard(cell)
        component.append(cell)
        if cell == at:
            return component
