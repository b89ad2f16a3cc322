"""How does a graph hold a thousand ranges over the same thousand cells? By nodes that stand for halves of a column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class Halves:
    """The cells of one column as the leaves of a tree; a range is the few nodes that cover it, not all its cells.

    `cells` are the nodes of the cells in the `rows`, which ascend; the nodes between are negative, below `last`, as all
    others of the graph are positive.
    """

    def __init__(self, rows: Sequence[int], cells: Sequence[int], last: int) -> None:
        self._rows = rows
        self._cells = cells
        self._last = last

    def reads(self) -> dict[int, list[int]]:
        """What the nodes between read: each its two halves."""
        count = len(self._cells)
        return {self._node(index): [self._node(2 * index), self._node(2 * index + 1)] for index in range(1, count)}

    def between(self, top: int, bottom: int) -> list[int]:
        """The nodes that cover the cells from row `top` to row `bottom`."""
        low = bisect_left(self._rows, top) + len(self._cells)
        high = bisect_right(self._rows, bottom) + len(self._cells)
        found = []
        while low < high:
            if low & 1:
                found.append(self._node(low))
                low += 1
            if high & 1:
                high -= 1
                found.append(self._node(high))
            low >>= 1
            high >>= 1
        return found

    def _node(self, index: int) -> int:
        count = len(self._cells)
        return self._cells[index - count] if index >= count else self._last - index
