"""What is a copy of what, what adds up, and how cells become areas."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.constants import typed_amounts
from pik_excel.checks.runs import blocks, formulas, named, once
from pik_excel.grid.reference import Area
from pik_excel.layout.reading import Reading
from pik_excel.recalc.syntax import parse
from pik_excel.schema.files import built_in
from tests.asking import places
from tests.tables import workbook

CELLS = st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=40)


def subject(text: str) -> Subject:
    from pik_excel.budget.tables import Budget

    return Subject(Reading(workbook(text), Budget()), built_in())


@given(CELLS)
@settings(deadline=None)
def test_blocks_hold_each_cell_once_and_no_other(cells: set[tuple[int, int]]) -> None:
    held = [
        (row, column)
        for area in blocks(cells)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert sorted(held) == sorted(cells)


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 9), st.integers(0, 9))
def test_a_rectangle_is_one_block(top: int, left: int, height: int, width: int) -> None:
    area = Area(top, left, top + height, left + width)
    cells = [(row, column) for row in range(top, top + height + 1) for column in range(left, left + width + 1)]
    assert blocks(cells) == [area]


def test_copies_share_a_shape_and_others_do_not() -> None:
    text = """
        |   | A   | B         | C         |
        |---|-----|-----------|-----------|
        | 1 | 1   | =A1*2 → 2 | =B1*2 → 4 |
        | 2 | 2   | =A2*2 → 4 | =A2*2 → 4 |
        | 3 | 3   | =$A$1 → 1 | =$A$1 → 1 |
    """
    shapes = formulas(subject(text)).grids[0].shapes
    assert shapes[1, 2] is shapes[2, 2] is shapes[1, 3]
    assert shapes[2, 3] is not shapes[1, 2]
    assert shapes[3, 2] is shapes[3, 3]


@pytest.mark.parametrize(
    ("formula", "adds"),
    [
        ("SUM(A1:A9)", 1),
        ("A1+A2+A3", 3),
        ("+A1+A2", 2),
        ("SUM(A1:A3,A5)+A7", 3),
        ("ROUND(SUM(A1:A9),0)", 1),
        ("SUBTOTAL(9,A1:A9)", 1),
        ("SUBTOTAL(109,A1:A9)", 1),
        ("SUM(A1:A9)+5", 1),
        ("A1", 0),
        ("A1-A2", 0),
        ("SUM(A1:A9)/2", 0),
        ("SUM(A1:A9)*A10", 0),
        ("SUBTOTAL(1,A1:A9)", 0),
        ("SUM(A1:A9)-A10", 0),
        ("-SUM(A1:A9)", 0),
        ("AVERAGE(A1:A9)", 0),
        ("5+6", 0),
    ],
)
def test_what_only_adds_up(formula: str, adds: int) -> None:
    shape = formulas(subject(f"| | A | B |\n| 1 | 1 | ={formula} → 1 |\n")).grids[0].shapes[1, 2]
    assert (len(shape.sum.references) if shape.sum else 0) == adds


@given(st.integers(0, 99), st.sampled_from(("A1+{}", "A1*{}", "A1/{}", "ROUND(A1,{})", "IF(A1>{},1,0)", "A1+A{}0")))
def test_small_numbers_beside_a_cell_are_no_amounts(value: int, form: str) -> None:
    assert typed_amounts(parse(form.format(value or 1), 5, 5)) == ()


@given(st.integers(1900, 2100))
def test_years_are_no_amounts(year: int) -> None:
    assert typed_amounts(parse(f"A1+A2-{year}", 5, 5)) == ()


@given(st.integers(1001, 10**7).filter(lambda value: not 1900 <= value <= 2100 and str(value).strip("0") != "1"))
def test_large_numbers_added_to_cells_are(value: int) -> None:
    assert typed_amounts(parse(f"SUM(A1:A4)+{value}", 5, 5)) == (Decimal(value),)


def test_whole_columns_and_rows_are_named_as_such() -> None:
    assert named("Plan", Area(1, 2, 1_048_576, 3)) == "Plan!B:C"
    assert named("Plan", Area(4, 1, 4, 16_384)) == "Plan!4:4"
    assert named("Plan", Area(4, 2, 9, 2)) == "Plan!B4:B9"


def test_what_is_remembered_belongs_to_its_subject() -> None:
    asked = []

    @once
    def answer(one: Subject) -> int:
        asked.append(one)
        return len(asked)

    first, second = subject("| | A |\n| 1 | 1 |\n"), subject("| | A |\n| 1 | 1 |\n")
    assert [answer(first), answer(second), answer(first), answer(second)] == [1, 2, 1, 2]


SECTIONS = """
|   | A            | B             | C           | D             |
|---|--------------|---------------|-------------|---------------|
| 1 | in TEUR      | Ergebnis 2023 | Ansatz 2024 | Plan 2025     |
| 2 | Erträge      | 198           | 203         | 207           |
| 3 | Aufwendungen | 218           | 216         | 221           |
| 4 | Ergebnis     | =B2-B3 → -20  | ={}         | =D2-D3 → -14  |
"""


@pytest.mark.parametrize("formula", ["C2-C3 → -13", "C2*2-D3 → 185", "C3-C2 → 13", "C2/C3 → 0.94"])
def test_a_formula_that_reads_otherwise_among_few_is_left_alone(formula: str) -> None:
    assert not places(SECTIONS.format(formula), "FRM01")


@pytest.mark.parametrize("formula", ["C2-C3*2 → -229", "C2-C3+5 → -8", "(C2-C3)*1.19 → -15.47"])
def test_one_typed_number_more_is_seen_among_few(formula: str) -> None:
    assert places(SECTIONS.format(formula), "FRM01") == ["FRM01 warning C4"]
