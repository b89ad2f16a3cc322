"""The copies of a formula are held as rows by column; nothing is lost or there twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pik_excel.grid.reference import Address
from pik_excel.grid.store import ByRow
from pik_excel.recalc.copies import Copies, copies_of

rows = st.dictionaries(st.integers(1, 30), st.dictionaries(st.integers(1, 4), st.sampled_from(["x", "y", "z"])))


@given(rows)
def test_each_cell_is_among_the_copies_of_what_is_told_of_it(told: dict[int, dict[int, str]]) -> None:
    expected: dict[str, list[tuple[int, int]]] = {}
    for row, columns in told.items():
        for column, one in columns.items():
            expected.setdefault(one, []).append((row, column))
    found = dict(copies_of(ByRow(told)))
    assert {one: list(copies) for one, copies in found.items()} == {
        one: sorted(places) for one, places in expected.items()
    }
    for copies in found.values():
        assert len(copies) == len(list(copies))
        assert copies.first == min(copies)
        assert all(at in copies for at in copies)


def test_rows_that_share_what_is_told_of_them_share_their_numbers() -> None:
    alike = {1: "x", 2: "y"}
    found = dict(copies_of(ByRow(dict.fromkeys(range(4, 9), alike))))
    assert found["x"].by_column[1] is found["y"].by_column[2]


def test_a_cell_that_is_no_copy_is_not_in_it() -> None:
    copies = Copies({2: [4, 5, 9]})
    assert (4, 2) in copies
    assert (6, 2) not in copies
    assert (4, 3) not in copies
    assert list(copies.on("Plan")) == [Address("Plan", row, 2) for row in (4, 5, 9)]
