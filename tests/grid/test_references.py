"""What a formula reads, as Excel understands it."""

from __future__ import annotations

import pytest
from hypothesis import given
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token as Theirs

from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, Area, area_of
from pik_excel.grid.references import Reference, references
from pik_excel.grid.tokens import tokens
from tests.grid.formulas_at_random import FORMULAS

HERE = "Plan"


@pytest.mark.parametrize("formula", ['"A1"', "LOG10(2)", "1E5+.5", "TRUE", "{1,2}", "#N/A", "LET(_xlpm.x,1,_xlpm.x)"])
def test_reads_nothing(formula: str) -> None:
    assert references(formula, HERE) == ()


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("$B4", Reference("$B4", HERE, Area(4, 2, 4, 2))),
        ("SUM(D9:B4)", Reference("D9:B4", HERE, Area(4, 2, 9, 4))),
        ("SUM(C:D)", Reference("C:D", HERE, Area(1, 3, MAX_ROW, 4))),
        ("SUM($3:$4)", Reference("$3:$4", HERE, Area(3, 1, 4, MAX_COLUMN))),
        ("'It''s A1'!A1", Reference("'It''s A1'!A1", "It's A1", Area(1, 1, 1, 1))),
        ("Übersicht.neu!A1", Reference("Übersicht.neu!A1", "Übersicht.neu", Area(1, 1, 1, 1))),
        ("[1]Jan!A1", Reference("[1]Jan!A1", "Jan", Area(1, 1, 1, 1), book="1")),
        ("[1]!Satz", Reference("[1]!Satz", "", book="1", name="Satz")),
        (r"'C:\Amt\[P.xlsx]J'!A1", Reference(r"'C:\Amt\[P.xlsx]J'!A1", "J", Area(1, 1, 1, 1), book=r"C:\Amt\P.xlsx")),
        ("SUM(Jan:Mai!A1)", Reference("Jan:Mai!A1", "Jan", Area(1, 1, 1, 1), last_sheet="Mai")),
        ("SUM('Jan 22:Mai 22'!A1)", Reference("'Jan 22:Mai 22'!A1", "Jan 22", Area(1, 1, 1, 1), last_sheet="Mai 22")),
        ("Satz*2", Reference("Satz", HERE, name="Satz")),
        ("Plan!Satz", Reference("Plan!Satz", "Plan", name="Satz")),
        ("ABCD1", Reference("ABCD1", HERE, name="ABCD1")),
        ("XFE1", Reference("XFE1", HERE, name="XFE1")),
        ("SUM(T1[Betrag])", Reference("T1[Betrag]", HERE, table="T1", inside="Betrag")),
        ("T_1[[#This Row],[A1]]", Reference("T_1[[#This Row],[A1]]", HERE, table="T_1", inside="[#This Row],[A1]")),
        ("Jan!#REF!", Reference("Jan!#REF!", "Jan", lost=True)),
        ("#REF!$A$1", Reference("#REF!$A$1", "", Area(1, 1, 1, 1), lost=True)),
        ("#REF!", Reference("#REF!", HERE, lost=True)),
    ],
)
def test_reads_one_place(formula: str, read: Reference) -> None:
    assert references(formula, HERE) == (read,)


def test_the_place_of_one_reference_is_not_that_of_the_next() -> None:
    first, second = references("Jan!A1+B2", HERE)
    assert (first.sheet, second.sheet) == ("Jan", HERE)


def test_a_range_between_a_cell_and_a_function_is_two_references() -> None:
    assert [one.text for one in references("SUM(A1:INDEX(B:B,3))", HERE)] == ["A1", "B:B"]


@given(FORMULAS)
def test_the_pieces_joined_are_the_formula(formula: str) -> None:
    pieces = tokens(formula)
    assert "".join(piece.text for piece in pieces) == formula
    assert "unknown" not in {piece.kind for piece in pieces}


@given(FORMULAS)
def test_openpyxl_finds_the_same_operands(formula: str) -> None:
    theirs = [
        item.value.strip()
        for item in Tokenizer("=" + formula).items
        if item.type == Theirs.OPERAND and item.subtype == Theirs.RANGE
    ]
    ours = [one.text for one in references(formula, HERE)]
    assert [text for text in ours if text != "#REF!"] == theirs  # which openpyxl counts among the errors


@pytest.mark.parametrize("text", ["", "A", "1", "A1:B", "A1:B2:C3", "XFE1", "A1048577", "A0", "Jan!A1", "A1:1"])
def test_no_area(text: str) -> None:
    assert area_of(text) is None
