"""Ranges that reach far below and beyond what a sheet holds give the same, and cost nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.engine import Engine
from pik_excel.recalc.values import recalculate
from tests.recalc.test_recalculate import at
from tests.tables import workbook

CUT = (
    "SUM(A2:D2600)", "MAX($A$2:$A$2600)", "MIN(A2:A2600)", "COUNT(A2:D2600)", "COUNTA(A2:A2600)", "AVERAGE(A2:A2600)",
    "MEDIAN(A2:A2600)", "PRODUCT(A2:A2600)", "SUMSQ(A2:A2600)", "STDEV(A2:A2600)", "LARGE(A2:A2600,2)",
    "CONCAT(A2:A2600)", "SUBTOTAL(9,A2:A2600)", "RANK(3,A2:A2600)", "NPV(0.1,A2:A2600)", "AND(A2:A2600)",
    "MATCH(3,A2:A2600,0)", "VLOOKUP(3,A2:B2600,2,FALSE)", "VLOOKUP(3,A2:ZZ2600,9,FALSE)", "HLOOKUP(3,A2:ZZ9,4,FALSE)",
    'SUMIF(A2:A2600,">1",B2:B2600)', 'SUMIF(A2:A2600,"",B2:B2600)', 'SUMIFS(B1:B2599,A2:A2600,"<>3")',
    'COUNTIF(A2:A2600,">1")', 'COUNTIFS(A2:A2600,"<>1",B2:B2600,"<9")', "SUMPRODUCT(A2:A2600,B2:B2600)",
    'AVERAGEIF(A2:A2600,"<>3")', 'IF(SUM(A2:A2600)>3,"viel",-MAX(B2:XFD9))',
)  # fmt: skip
KEPT = (
    "ROWS(A2:A2600)", "COLUMNS(A2:ZZ2)", "INDEX(A2:A2600,3)", "COUNTBLANK(A2:A2600)", 'COUNTIF(A2:A2600,"<>1")',
    'COUNTIF(A2:A2600,"")', "COUNTIF(A2:A2600,B2)", 'SUMPRODUCT((A2:A2600="")*1)', "VLOOKUP(3,A2:ZZ9,600,FALSE)",
    "MATCH(3,A2:B2600,0)", "SUM(A2:B2600 A3:A3000)", "COUNTIF(A2:A2600,F1)",
)  # fmt: skip


def book(a: list[int], b: list[int]) -> Workbook:
    rows = "\n".join(f"|{row}| {one} | {other} |" for row, (one, other) in enumerate(zip(a, b, strict=True), 2))
    return workbook(f"| | A | B |\n|-|-|-|\n{rows}")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=3, max_size=3), st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_what_the_engine_is_given_gives_what_is_written(a: list[int], b: list[int]) -> None:
    changed: dict[Address, Value | str] = {
        Address("Tabelle1", 1, 10 + number): f"={one}" for number, one in enumerate(CUT + KEPT)
    }
    contents = Contents(book(a, b), changed)
    found = []
    for text in (contents.text, lambda cell: str(changed[cell])[1:]):
        engine = Engine(contents.sheets)
        for key, value in contents.values_in({("Tabelle1", 1), ("Tabelle1", 2)}, besides=()):
            engine.put(key, value)
        for cell in changed:
            engine.put_formula(cell, text(cell))
        engine.calculate()
        found.append({changed[cell]: engine.value(cell) for cell in changed})
    assert found[0] == found[1]


@pytest.mark.parametrize("formula", CUT)
def test_they_end_where_the_sheet_does(formula: str) -> None:
    cell = at("F1")
    assert "2600" not in Contents(book([1, 2, 3], [1, 2, 3]), {cell: f"={formula}"}).text(cell)


def test_a_sum_over_all_of_the_sheet_takes_no_time() -> None:
    assert recalculate(book([1, 2, 3], [4, 5, 6]), {at("F1"): "=SUM(A2:E1048576)"}).values[at("F1")] == Decimal(21)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(ROW(A1:A1048576)*COLUMN(A1:XFD1))",
        "SUMPRODUCT(ROW(A1:A1048576)*COLUMN(A1:XFD1))",
        "SUMPRODUCT((A1:A1048576>0)*A1:XFD1)",
        'COUNTIF(A2:XFD1048576,"")',
    ],
)
def test_what_would_fill_the_memory_is_not_calculated(formula: str) -> None:
    assert recalculate(book([1, 2, 3], [4, 5, 6]), {at("F1"): f"={formula}"}).not_evaluated[at("F1")]
