"""Circles: what looks like one and is none must stay silent; then those that Excel cannot calculate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Cell
from pik_excel.recalc.circles import circles
from pik_excel.recalc.coarse import suspects
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.graph import Order
from tests.tables import workbook


def contents(text: str) -> Contents:
    return Contents(workbook(text))


def column(*formulas: str) -> Contents:
    """The formulas in A1, A2 …, a number where it is one."""
    return contents("| | A |\n|-|-|\n" + "\n".join(f"| {row} | {cell} |" for row, cell in enumerate(formulas, 1)))


def ways(found: Contents) -> list[str]:
    return [" → ".join(at.a1 for at in circle.way) for circle in circles(found)]


NO_CIRCLE = [
    ("asks for its place", ["=ROW(A1)", "=COLUMN(A2)+ROWS(A1:A9)", "=FORMULATEXT(A3)", '=CELL("filename",A4)']),
    ("chooses among cells", ["=INDEX(A1:A9,3)", "=OFFSET(A2,1,0)", "=INDIRECT(A3)", "=SUM(OFFSET(A4,0,1,3,1))"]),
    ("in a branch that does not hold", ["=IF(A3=1,A2,5)", "=A1*2", "0"]),
    ("in a branch of which nobody knows", ['=IF(TEXT(A3,"0")="1",A2,5)', "=A1*2", "0"]),
    ("in what replaces an error", ["=IFERROR(A3/2,A2)", "=A1*2", "4"]),
    ("the cell of a range in its own row", ["=C:C*2 → 4", "=A1+1"]),
    ("a running total", ["5", "=A1+1", "=A2+1", "=A3+1", "=SUM(A1:A4)"]),
    ("a total above its rows", ["=SUM(A2:A9)", "5", "=A2*2"]),
    ("the rows below", ["=SUM(A2:A9)/A4", "5", "=A2*2", "7"]),
]


@pytest.mark.parametrize("formulas", [formulas for _, formulas in NO_CIRCLE], ids=[name for name, _ in NO_CIRCLE])
def test_what_only_looks_like_a_circle_is_none(formulas: list[str]) -> None:
    assert ways(column(*formulas)) == []


@pytest.mark.parametrize(
    ("formulas", "way"),
    [
        (["=A1+1"], "A1"),
        (["5", "7", "=SUM(A1:A3)"], "A3"),
        (["5", "7", "=SUM(A:A)"], "A3"),
        (["5", "=SUBTOTAL(9,A1:A2)"], "A2"),
        (["=A2*10%", "=A1+5"], "A1 → A2"),
        (["=A3", "=A1", "=A2"], "A1 → A3 → A2"),
        (["=A2+A3", "=A1", "=A2"], "A1 → A2"),
        (["=IF(A2>0,1,2)", "=A1"], "A1 → A2"),
        (["=IF(A3=1,A2,5)", "=A1*2", "1"], "A1 → A2"),
        (["=IF(A3=1,5,A2)", "=A1*2", "0"], "A1 → A2"),
        (["=IFERROR(A2,0)", "=A1"], "A1 → A2"),
        (["=SUMPRODUCT((A1:A2>0)*1)", "2"], "A1"),
        (["=TEXT(A2,0)", "=A1"], "A1 → A2"),
        (["=VLOOKUP(3,A1:B9,2,FALSE)"], "A1"),
        (["=INDEX(B1:B9,A2)", "=A1"], "A1 → A2"),
    ],
)
def test_a_circle_is_found_with_a_way_round(formulas: list[str], way: str) -> None:
    assert ways(column(*formulas)) == [way]


def test_circles_come_in_the_order_of_the_file_each_with_all_its_cells() -> None:
    found = circles(
        contents("""
        Blatt "Zuletzt":

        |   | A  | B              |
        |---|----|----------------|
        | 1 | =B1| =Anfang!A1+A1  |

        Blatt "Anfang":

        |   | A           | B   |
        |---|-------------|-----|
        | 1 | =Zuletzt!B1 | =B1 |
        """)
    )
    assert [[str(at) for at in circle.cells] for circle in found] == [
        ["Zuletzt!A1", "Zuletzt!B1", "Anfang!A1"],
        ["Anfang!B1"],
    ]


def test_thousands_of_filled_formulas_are_told_from_their_rectangles() -> None:
    rows = range(2, 3000)
    cells = {(row, 2): Cell(row, 2, None, f"A{row}*2+B{row - 1}") for row in rows}
    cells |= {(row, 3): Cell(row, 3, None, f"B{row}/B$3001+D{row - 1}") for row in rows}
    cells |= {(row, 4): Cell(row, 4, None, f"C{row}+D{row - 1}") for row in rows}
    cells[3001, 2] = Cell(3001, 2, None, "SUM(B2:B2999)")
    plain = workbook("| | A |\n|-|-|\n| 1 | x |")

    def formulas() -> Contents:
        return Contents(replace(plain, sheets=(replace(plain.sheets[0], cells=cells),)))

    assert suspects(formulas()) == []
    cells[2500, 1] = Cell(2500, 1, None, "B2400")
    assert suspects(formulas()) == []
    cells[2500, 1] = Cell(2500, 1, None, "B2700")
    assert len(suspects(formulas())) == 2999
    assert [way[:30] for way in ways(formulas())] == ["B2500 → A2500 → B2700 → B2699 "]


cells = st.tuples(st.integers(1, 12), st.integers(1, 4))
offsets = st.tuples(st.integers(-3, 3), st.integers(-2, 2))


@st.composite
def filled(draw: st.DrawFn) -> dict[tuple[int, int], str]:
    """A few formulas, each filled over a rectangle, with relative and fixed references."""
    found: dict[tuple[int, int], str] = {}
    for _ in range(draw(st.integers(1, 5))):
        (top, left), (height, width) = draw(cells), draw(st.tuples(st.integers(1, 8), st.integers(1, 3)))
        down, across = draw(offsets)
        fixed = draw(st.booleans())
        rows = draw(st.integers(1, 4))
        for row in range(top, top + height):
            for number in range(left, left + width):
                first = max(1, (5 if fixed else row) + down)
                letters = column_letters(max(1, number + across))
                sign = "$" if fixed else ""
                found[row, number] = f"SUM({letters}{sign}{first}:{letters}{sign}{first + rows})"
    return found


@settings(max_examples=200, deadline=None)
@given(filled())
def test_no_circle_escapes_the_rectangles(formulas: dict[tuple[int, int], str]) -> None:
    plain = workbook("| | A |\n|-|-|\n| 1 | x |")
    sheet = replace(plain.sheets[0], cells={at: Cell(*at, None, formula) for at, formula in formulas.items()})
    found = Contents(replace(plain, sheets=(sheet,)))
    every = {at for circle in Order(found).circles() for at in circle}
    assert every <= set(suspects(found))
    assert every == {at for circle in circles(found) for at in circle.cells}
    for circle in circles(found):
        for at, following in zip(circle.way, (*circle.way[1:], circle.way[0]), strict=True):
            assert any(area.holds(following.row, following.column) for _, area in found.reads(at))
