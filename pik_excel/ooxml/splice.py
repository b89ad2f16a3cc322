"""How are several changes put into the same bytes, the rest staying as it is?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """The bytes from `start` to `end` give way to `text`; an insertion where both are the same."""

    start: int
    end: int
    text: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """`data` with all splices; insertions at one place stay in their order. ValueError where two overlap."""
    pieces, at = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        if splice.start < at or splice.end < splice.start:
            raise ValueError(f"two changes overlap at {splice.start}")
        pieces += [data[at : splice.start], splice.text]
        at = splice.end
    return b"".join([*pieces, data[at:]])
