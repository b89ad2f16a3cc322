"""What is true of a planted defect: its code and the cells at which it may rightly be named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.quality.book import Place, Sheet


@dataclass(frozen=True)
class Truth:
    """`same`: codes that are as right at these cells (where the catalogue's rules overlap). `beside`: codes that may
    fairly speak anywhere in this workbook, because the one defect makes them true as well. `anywhere`: a defect of the
    workbook, not of a cell."""

    code: str
    cells: frozenset[tuple[str, Place]]
    what: str
    same: frozenset[str] = frozenset()
    beside: frozenset[str] = field(default=frozenset())
    anywhere: bool = False


def truth(
    code: str, sheet: Sheet, places: Iterable[Place], what: str, same: Iterable[str] = (), beside: Iterable[str] = ()
) -> Truth:
    """A defect of cells of one sheet."""
    return Truth(code, frozenset((sheet.name, one) for one in places), what, frozenset(same), frozenset(beside))


def joined(one: Truth, sheet: Sheet, places: Iterable[Place]) -> Truth:
    """The same defect, which may be named at these cells of another sheet too."""
    more = frozenset((sheet.name, place) for place in places)
    return Truth(one.code, one.cells | more, one.what, one.same, one.beside, one.anywhere)
