"""Dependents through cells, ranges and whole columns; the order of calculation; circles."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Workbook
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.feeding import feeding
from pik_excel.recalc.graph import Dependents, Order, upstream
from tests.tables import workbook


def book(formulas: dict[tuple[int, int], str]) -> Workbook:
    empty = workbook("| | A |\n|-|-|\n|1| x |")
    cells = {place: Cell(*place, None, formula) for place, formula in formulas.items()}
    return replace(empty, sheets=(replace(empty.sheets[0], cells=cells),))


def downstream(formulas: dict[tuple[int, int], str], start: tuple[int, int]) -> set[str]:
    found = Dependents(Contents(book(formulas))).downstream([Address("Tabelle1", *start)])
    return {at.a1 for at in found}


CHAIN = {
    (1, 2): "A1*2",
    (2, 2): "B1+1",
    (3, 2): "SUM(B1:B2)",
    (4, 2): "SUM(A:A)",
    (5, 2): "SUM(A1:A500)",
    (6, 2): "SUM(2:2)",
    (7, 2): "SUM(C1:C500)",
    (8, 2): "5",
}


def test_a_cell_reaches_all_that_reads_it_directly_or_through_others() -> None:
    assert downstream(CHAIN, (1, 1)) == {"B1", "B2", "B3", "B4", "B5", "B6"}


def test_a_cell_far_down_reaches_only_the_large_ranges_around_it() -> None:
    assert downstream(CHAIN, (400, 1)) == {"B4", "B5"}
    assert downstream(CHAIN, (501, 1)) == {"B4"}
    assert downstream(CHAIN, (500, 3)) == {"B7"}


def test_what_depends_on_nothing_is_reached_by_nothing() -> None:
    assert "B8" not in downstream(CHAIN, (1, 1))


def test_each_formula_comes_after_those_it_reads() -> None:
    order = Order(Contents(book(CHAIN | {(9, 2): "B10*2", (10, 2): "B11", (11, 2): "A1"})))
    settled = [at.a1 for at in order.settled]
    assert order.left == ()
    assert settled.index("B11") < settled.index("B10") < settled.index("B9")


def test_a_circle_is_found_and_not_what_hangs_on_it() -> None:
    circle = {(1, 1): "A2+1", (2, 1): "SUM(A3:A4)", (4, 1): "A1*2", (5, 1): "A1+1", (6, 1): "2"}
    order = Order(Contents(book(circle)))
    assert [[at.a1 for at in each] for each in order.circles()] == [["A1", "A2", "A4"]]
    assert {at.a1 for at in order.left} == {"A1", "A2", "A4", "A5"}


def test_a_formula_that_reads_itself_is_a_circle_of_one() -> None:
    order = Order(Contents(book({(3, 1): "SUM(A1:A3)", (9, 1): "A9+1", (1, 1): "7"})))
    assert [[at.a1 for at in each] for each in order.circles()] == [["A3"], ["A9"]]


def test_two_circles_are_two() -> None:
    order = Order(Contents(book({(1, 1): "B1", (1, 2): "A1", (2, 1): "B2+A1", (2, 2): "A2"})))
    assert len(order.circles()) == 2


def test_many_cells_reach_together_what_each_of_them_reaches() -> None:
    """Copies below each other over their own row, the row above, all rows so far, a window and fixed rows."""
    texts = ("A{0}*2", "B{0}+C{1}", "SUM(C$1:C{0})", "SUM(A{1}:B{0})+SUM(A$3:A$5)", "MAX(A{0}:$A$9)")
    formulas = {
        (row, column): text.format(row, row - 1) for row in range(2, 40) for column, text in enumerate(texts, 2)
    }
    contents = Contents(book(formulas))
    for starts in ([Address("Tabelle1", row, 1) for row in range(5, 30)], [Address("Tabelle1", 20, 3)]):
        graph = Dependents(contents)
        reached = graph.reached(starts)
        assert reached == graph.downstream(starts).keys()
        assert feeding(contents, reached) == {at for at in upstream(contents, reached) if at not in reached}


cells = st.tuples(st.integers(1, 6), st.integers(1, 3))
references = st.builds(
    lambda one, other: f"SUM({'ABC'[one[1] - 1]}{one[0]}:{'ABC'[other[1] - 1]}{other[0]})", cells, cells
) | st.builds(lambda one: f"{'ABC'[one[1] - 1]}{one[0]}*2", cells)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(cells, references, min_size=1, max_size=10), cells)
def test_the_graph_is_what_walking_every_reference_gives(
    formulas: dict[tuple[int, int], str], start: tuple[int, int]
) -> None:
    contents = Contents(book(formulas))
    reads = {
        at: {(row, column) for _, area in contents.reads(at) for row in range(area.top, area.bottom + 1)
             for column in range(area.left, area.right + 1)}
        for at in contents.trees
    }  # fmt: skip
    found: set[tuple[int, int]] = set()
    while True:
        more = {(at.row, at.column) for at, read in reads.items() if start in read or read & found}
        if more <= found:
            break
        found |= more
    reached = Dependents(contents).downstream([Address("Tabelle1", *start)])
    assert {(at.row, at.column) for at in reached} == found
    together = Dependents(contents).reached([Address("Tabelle1", *start), Address("Tabelle1", 1, 1)])
    assert together == {*reached, *Dependents(contents).downstream([Address("Tabelle1", 1, 1)])}
    assert feeding(contents, together) == {at for at in upstream(contents, together) if at not in together}
    order = Order(contents)
    assert [at for at in order.settled if reads[at] & {(each.row, each.column) for each in order.left}] == []
    inside = {at for each in order.circles() for at in each}
    assert inside == {at for at in contents.trees if at in upstream(contents, [at])}
