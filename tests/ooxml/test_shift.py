"""A formula that moves keeps its meaning, and nothing that only looks like a reference is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from pik_excel.ooxml.cellref import a1
from pik_excel.ooxml.shift import shifted


@pytest.mark.parametrize(
    "formula",
    [
        '"A1"&"sagt ""B2"""',
        "LOG10(2)+ATAN2(1,2)",
        "Tabelle1[[#This Row],[A1]]*Tabelle1[Summe]",
        "Tabelle1[It''s A1]+Tabelle1[a'[A1']b]",
        "$A$1+$B:$B+$3:$3",
        "XFE1+A1048577+ABCD1",
        "R1C1+Satz_A1+A1.b+_A1+A1_",
        "1E5+2.5E-3+.5",
        "{1,2;3,4}",
        "#REF!+#N/A",
        "'A1'!$B$2+Jan!$C$3+[1]A!$D$4",
        "ÄA1+straße1",
        "SUM(Jan:Mar!$A$1)",
    ],
)
def test_these_stay_as_they_are(formula: str) -> None:
    assert shifted(formula, 3, 2) == formula


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$B2+C$3+$D$4", "B2+$B3+D$3+$D$4"),
        ("SUM(A1:B2,C:D,5:6)", "SUM(B2:C3,D:E,6:7)"),
        ("$A:C+$1:3", "$A:D+$1:4"),
        ("'It''s A1'!D4+Jan!D4+[1]Jan!D4+'[2]A B'!D4", "'It''s A1'!E5+Jan!E5+[1]Jan!E5+'[2]A B'!E5"),
        ("SUM(Jan:Mar!A1)", "SUM(Jan:Mar!B2)"),
        ("A1:INDEX(B:B,3)", "B2:INDEX(C:C,3)"),
        ("A1# + -A1%", "B2# + -B2%"),
        ("IF(A1>1.5E3,B1,.5)", "IF(B2>1.5E3,C2,.5)"),
        ("a1+sum(b2:c3)", "B2+sum(C3:D4)"),
        ("Tabelle1[Summe]*A1", "Tabelle1[Summe]*B2"),
        ("A1 B2", "B2 C3"),
    ],
)
def test_relative_references_move_along(formula: str, moved: str) -> None:
    assert shifted(formula, 1, 1) == moved


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "moved"),
    [
        ("A1", -1, 0, "#REF!"),
        ("B2:A1", 0, -1, "#REF!"),
        ("Jan!A1+$A1", 0, -1, "Jan!#REF!+$A1"),
        ("XFD1048576", 1, 0, "#REF!"),
        ("A:A", 0, -1, "#REF!"),
        ("1:1", -1, 0, "#REF!"),
    ],
)
def test_what_leaves_the_grid_is_a_lost_reference(formula: str, rows: int, columns: int, moved: str) -> None:
    assert shifted(formula, rows, columns) == moved


CELL = st.builds(
    lambda row, column, fixed: f"{'$' * fixed[0]}{a1(1, column)[:-1]}{'$' * fixed[1]}{row}",
    st.integers(50, 900),
    st.integers(50, 900),
    st.tuples(st.booleans(), st.booleans()),
)
TERM = st.one_of(
    CELL,
    st.builds("{}:{}".format, CELL, CELL),
    st.builds("Jan!{}".format, CELL),
    st.builds("'A 1'!{}".format, CELL),
    st.builds("SUM({},2)".format, CELL),
    st.sampled_from(['"A1"', "LOG10(7)", "1.5", "Satz", "C:C", "$C:$D", "7:8", "TRUE", "#N/A"]),
)
FORMULA = st.lists(TERM, min_size=1, max_size=5).map("+".join)


@given(FORMULA, st.integers(-40, 40), st.integers(-40, 40))
def test_openpyxl_says_the_same(formula: str, rows: int, columns: int) -> None:
    formula = formula.replace("C:C", "CC:CC").replace("$C:$D", "$CC:$DD").replace("7:8", "77:88")
    theirs = Translator(f"={formula}", "BZ100").translate_formula(a1(100 + rows, 78 + columns))
    assert f"={shifted(formula, rows, columns)}" == theirs


@given(FORMULA, st.integers(0, 40), st.integers(0, 40))
def test_there_and_back_is_the_same(formula: str, rows: int, columns: int) -> None:
    assert shifted(shifted(formula, rows, columns), -rows, -columns) == formula
