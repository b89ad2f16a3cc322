"""How does one year's need become another's in a projection?"""

from __future__ import annotations

from pik_excel.budget.bridge import Bridge, Position
from pik_excel.budget.bridge import bridge as over
from pik_excel.projection.record import Projection


def bridge(projection: Projection, from_year: int, to_year: int) -> Bridge:
    """The bridge between two years of a projection; what is not stated counts as 0."""
    return over(
        Position(measure.name, before.value, after.value, before.at, after.at)
        for measure in projection.measures
        for before, after in [(measure.amount(from_year), measure.amount(to_year))]
    )
