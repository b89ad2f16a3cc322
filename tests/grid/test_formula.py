"""Copies of a formula are equal in R1C1 form, and the way back gives the formula again."""

from __future__ import annotations

import pytest
from hypothesis import given

from pik_excel.grid.formula import a1, r1c1, shifted
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.workbook import Cell
from tests.grid.formulas_at_random import COLUMNS, FORMULAS, NO_REFERENCES, ROWS


@pytest.mark.parametrize(
    "formula",
    [
        '"A1"&"sagt ""B2"""',
        "LOG10(2)+ATAN2(1,2)",
        "Tabelle1[[#This Row],[A1]]*Tabelle1[Summe]",
        "XFE1+A1048577+ABCD1",
        "Satz_A1+A1.b+_A1+A1_+ÄA1+straße1",
        "1E5+2.5E-3+.5",
        "#REF!+#N/A+Satz",
        "{1,2;3,4}",
    ],
)
def test_what_only_looks_like_a_reference_stays(formula: str) -> None:
    assert r1c1(formula, 7, 9) == formula


@pytest.mark.parametrize(
    ("formula", "form"),
    [
        ("SUM(D4:G4)", "SUM(RC[-4]:RC[-1])"),
        ("C4/C$25004", "RC[-5]/R25004C[-5]"),
        ("$A$1+$B3", "R1C1+R[-1]C2"),
        ("SUM(C:C,$D:E,4:6,$1:$2)", "SUM(C[-5]:C[-5],C4:C[-3],R:R[2],R1:R2)"),
        ("'A1'!H4+Jan:Mar!H5+[1]Plan!$H$4", "'A1'!RC+Jan:Mar!R[1]C+[1]Plan!R4C8"),
        ("H3:INDEX(A:A,3)", "R[-1]C:INDEX(C[-7]:C[-7],3)"),
        ("A1#", "R[-3]C[-7]#"),
        ("#REF!A1", "#REF!R[-3]C[-7]"),
        ("sum(a1,b2)", "sum(R[-3]C[-7],R[-2]C[-6])"),
        ("TAX2024", "R[2020]C[13562]"),  # a cell: TAX lies before XFD, so Excel allows no such name
    ],
)
def test_distances_from_h4(formula: str, form: str) -> None:
    assert r1c1(formula, 4, 8) == form


@given(FORMULAS, ROWS, COLUMNS)
def test_the_way_back_gives_the_formula_again(formula: str, row: int, column: int) -> None:
    assert a1(r1c1(formula, row, column), row, column) == formula


@given(FORMULAS, ROWS, COLUMNS, ROWS, COLUMNS)
def test_a_copy_has_the_same_form_unless_it_leaves_the_grid(
    formula: str, row: int, column: int, to_row: int, to_column: int
) -> None:
    form = r1c1(formula, row, column)
    copy = a1(form, to_row, to_column)
    assert copy == shifted(formula, to_row - row, to_column - column)
    if "#REF!" not in copy:
        assert r1c1(copy, to_row, to_column) == form


@given(FORMULAS, ROWS, COLUMNS)
def test_a_follower_has_the_formula_written_out(formula: str, row: int, column: int) -> None:
    group = SharedFormula(formula, 5, 5)
    follower = Cell(row, column, None, group)
    written = shifted(formula, row - 5, column - 5)
    assert follower.formula == written
    assert follower == Cell(row, column, None, written)
    assert hash(follower) == hash(Cell(row, column, None, written))
    if "#REF!" not in written:
        assert follower.r1c1 == r1c1(written, row, column)


@given(NO_REFERENCES, ROWS, COLUMNS)
def test_no_reference_no_change(formula: str, row: int, column: int) -> None:
    assert r1c1(formula, row, column) == formula == a1(formula, row, column) == shifted(formula, row, column)


def test_a_cell_takes_its_formula_by_keyword_and_by_replacing() -> None:
    cell = Cell(row=4, column=8, value=None, formula="SUM(D4:G4)")
    assert (cell.formula, cell.r1c1) == ("SUM(D4:G4)", "SUM(RC[-4]:RC[-1])")
    assert cell._replace(formula="D4").formula == "D4"
    assert Cell(1, 1, None).formula is None
