"""Texts that grow without end are not calculated; all others are."""

from __future__ import annotations

import pytest

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.recalc.calculation import Calculation
from pik_excel.recalc.values import recalculate
from tests.recalc.test_recalculate import at
from tests.tables import workbook

BOOK = workbook("| | A | B |\n|-|-|-|\n|1| Grünflächen | 3 |\n|2| Straßen | 5 |")


def below_each_other(formula: str, count: int) -> Calculation:
    """The formula in C2 and below, with {above} for the row above; C1 holds a text."""
    changed: dict[Address, Value | str] = {at("C1"): "Amt"}
    changed |= {at(f"C{row}"): "=" + formula.format(above=row - 1, row=row) for row in range(2, count + 2)}
    return Calculation(BOOK, changed)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('A1&" und "&A2', "Grünflächen und Straßen"),
        ('TEXTJOIN(", ",TRUE,A1:A2)', "Grünflächen, Straßen"),
        ('REPT("|",B1)&A2', "|||Straßen"),
        ("CONCAT(A:A)", "GrünflächenStraßen"),
        ('SUBSTITUTE(A2,"ß","ss")', "Strassen"),
        ('LEN(REPT("x",32767))', 32767),
    ],
)
def test_usual_texts_are_joined(formula: str, value: Value) -> None:
    assert recalculate(BOOK, {at("C1"): f"={formula}"}).values[at("C1")] == value


def test_a_list_that_grows_line_by_line_is_calculated() -> None:
    result = below_each_other('C{above}&"; "&A2', 300)
    assert result.values[at("C301")] == "Amt" + "; Straßen" * 300


@pytest.mark.parametrize(
    "formula",
    [
        "C{above}&C{above}",
        "CONCAT(C$1:C{above},C{above})",
        'SUBSTITUTE(C{above},"m",C{above})',
        "IF(TRUE,C{above}&C{above},1)",
        'TEXTJOIN(C{above},FALSE,C{above},"x")',
    ],
)
def test_what_doubles_with_each_line_ends_in_time(formula: str) -> None:
    result = below_each_other(formula, 80)
    assert "Zelle fasst" in result.not_evaluated[at("C60")] or "hängt ab" in result.not_evaluated[at("C60")]
    assert at("C3") in result.values


def test_beyond_what_a_cell_holds_excel_gives_an_error() -> None:
    result = recalculate(BOOK, {at("C1"): '=REPT("x",32767)&"y"', at("C2"): '=REPT("x",32766)&"y"'})
    assert set(result.not_evaluated) == {at("C1")}
    assert len(str(result.values[at("C2")])) == 32767


def test_texts_in_a_circle_are_none() -> None:
    result = recalculate(BOOK, {at("C1"): "=C2&A1", at("C2"): "=C1&C1"})
    assert set(result.not_evaluated) == {at("C1"), at("C2")}
