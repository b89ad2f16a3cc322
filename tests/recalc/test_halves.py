"""A range that reads halves of a column reads just its cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pik_excel.recalc.halves import Halves

rows = st.integers(1, 60)


@given(st.sets(rows), rows, rows)
def test_the_nodes_of_a_range_lead_to_each_of_its_cells_once(held: set[int], top: int, bottom: int) -> None:
    here = sorted(held)
    halves = Halves(here, [100 + row for row in here], -7)
    reads = halves.reads()
    waiting, found = halves.between(top, bottom), []
    while waiting:
        node = waiting.pop()
        found += [node] if node > 0 else []
        waiting += reads.get(node, [])
    assert sorted(found) == [100 + row for row in here if top <= row <= bottom]


def test_a_range_of_a_thousand_cells_is_few_nodes() -> None:
    halves = Halves(range(1, 1001), range(1000), 0)
    assert len(halves.between(2, 999)) < 20
    assert all(node < 0 for node in halves.reads())
