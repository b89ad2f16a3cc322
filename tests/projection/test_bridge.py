"""The bridge closes to 0, whatever the two years hold."""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.budget.bridge import Change
from pik_excel.grid.reference import Address
from pik_excel.projection.bridge import bridge
from pik_excel.projection.lines import Line
from pik_excel.projection.record import Part, ProjectedAmount, ProjectedMeasure, Projection, Standing

amounts = st.one_of(st.none(), st.decimals(-(10**6), 10**6, places=2))


def _measure(name: str, old: Decimal | None, new: Decimal | None) -> ProjectedMeasure:
    line = Line(name, Address("Maßnahmen", 1, 1), (), None)
    years = ((2021, old), (2022, new))
    return ProjectedMeasure(line, None, tuple(ProjectedAmount(year, _parts(value)) for year, value in years))


def _parts(value: Decimal | None) -> tuple[Part, ...]:
    return () if value is None else (Part(Standing.DECIDED, value),)


@settings(max_examples=1000 if os.environ.get("PIK_EXCEL_FULL") else 200, deadline=None)
@given(st.lists(st.tuples(amounts, amounts), max_size=12))
def test_the_steps_always_explain_the_whole_change(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    measures = tuple(_measure(str(number), *pair) for number, pair in enumerate(pairs))
    found = bridge(Projection("basis", (), (2021, 2022), None, measures, ()), 2021, 2022)
    assert found.rest == 0
    assert found.after(Change.CHANGED) == found.end


def test_dropped_new_and_changed_are_told_apart() -> None:
    measures = (_measure("a", Decimal(5), None), _measure("b", None, Decimal(3)), _measure("c", Decimal(1), Decimal(2)))
    found = bridge(Projection("basis", (), (2021, 2022), None, measures, ()), 2021, 2022)
    assert [(step.measure, step.change, step.amount) for step in found.steps] == [
        ("a", Change.DROPPED, -5),
        ("b", Change.NEW, 3),
        ("c", Change.CHANGED, 1),
    ]
