"""Which of several columns of a year holds what is budgeted: Entwurf | Änderung | Ansatz neu, or Ansatz | Ist?

The one that says it takes the place of the others ("neu", "Beschluss"), else the one that is computed from them, else
an Ansatz before a Plan and a result last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pik_excel.grid.reference import column_letters
from pik_excel.patterns import pattern

if TYPE_CHECKING:
    from pik_excel.budget.tables import Measure, YearColumn

_FIRST = ("Ansatz", "Plan", "", "Ist")  # kinds
_TAKEN = pattern(r"(?<![\w.!$])\$?([A-Z]{1,3})\$?(\d{1,7})(?![\w.(!])")
_MOST = 200  # measures looked at


def valid_place(columns: Sequence[YearColumn], measures: Sequence[Measure], places: Sequence[int]) -> int | None:
    """Which of these places, all of one year, that is; None where nothing tells."""
    budgeted = [place for place in places if columns[place].year.kind.value != "Ist"] or list(places)
    revised = [place for place in budgeted if columns[place].revised]
    computed = [place for place in budgeted if _is_computed(place, budgeted, columns, measures)]
    ranks = [_FIRST.index(columns[place].year.kind.value) for place in budgeted]
    firmest = [place for place, rank in zip(budgeted, ranks, strict=True) if rank == min(ranks)]
    return next((found[0] for found in (revised, computed, firmest) if len(found) == 1), None)


def first_place(columns: Sequence[YearColumn], places: Iterable[int]) -> int:
    """The one to go by where nothing tells."""
    return min(places, key=lambda place: _FIRST.index(columns[place].year.kind.value))


def _is_computed(place: int, places: Sequence[int], columns: Sequence[YearColumn], measures: Sequence[Measure]) -> bool:
    """Whether most amounts there are formulas on another column of the year, in their own row."""
    others = {column_letters(columns[other].at.column) for other in places if other != place}
    stated = [measure.amounts[place] for measure in measures[:_MOST] if measure.amounts[place].stated is not None]
    found = sum(
        any(letters in others and int(row) == one.at.row for letters, row in _TAKEN.findall(one.formula or ""))
        for one in stated
    )
    return 2 * found > len(stated)
