"""What is a stand that is taken over from the year before, in the years that nobody stated?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pik_excel.projection.carried import Carried
from pik_excel.projection.record import Part, ProjectedAmount, ProjectedMeasure, Standing


def with_stands(measures: tuple[ProjectedMeasure, ...]) -> tuple[ProjectedMeasure, ...]:
    """The measures, those that take over a stand with what it is in each year."""
    taking = [(measure, measure.carried) for measure in measures if measure.carried is not None]
    if not taking:
        return measures
    known = {measure.at: list(measure.amounts) for measure in measures}
    for place in range(1, len(measures[0].amounts)):
        for measure, carried in sorted(taking, key=lambda one: one[1].same_year):  # which may come to stands
            amount = known[measure.at][place]
            if amount.year > carried.until and not amount.parts:
                then = place if carried.same_year else place - 1
                before = [(known[at][then], times) for at, times in carried.adds.items()]
                known[measure.at][place] = _taken_over(amount, carried, before)
    return tuple(replace(one, amounts=tuple(known[one.at])) if one.carried else one for one in measures)


def _taken_over(
    amount: ProjectedAmount, carried: Carried, before: Sequence[tuple[ProjectedAmount, int]]
) -> ProjectedAmount:
    """What the rows of the closing stand `before` come to; in the cell of an earlier run, where it says so."""
    unread = tuple(at for one, _times in before for at in one.not_readable)
    if unread or all(one.value is None for one, _times in before):
        return amount._replace(not_readable=unread)
    value = sum(((one.value or Decimal(0)) * times for one, times in before), Decimal(0))
    there = carried.own.get(amount.year)
    if there is not None and there.eur == value:
        return amount._replace(parts=(Part(Standing.PROJECTED, value, None, there.at, there.unit, by_rule=True),))
    return amount._replace(parts=(Part(Standing.PROJECTED, value, by_rule=True),))
