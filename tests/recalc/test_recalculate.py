"""Recalculating a workbook: what is computed, what is withheld, and what stays as it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.grid.reference import Address, column_number
from pik_excel.grid.workbook import ErrorValue, Value, Workbook
from pik_excel.recalc.values import recalculate
from tests.tables import workbook


def at(cell: str, sheet: str = "Tabelle1") -> Address:
    letters = cell.rstrip("0123456789")
    return Address(sheet, int(cell[len(letters) :]), column_number(letters))


def one(formula: str) -> Value:
    """The value of a formula beside a little table: A1 2, A2 3, A3 the text "=1+1", A4 nothing, A5 0.1."""
    book = workbook(f"""
    |   | A     | C          |
    |---|-------|------------|
    | 1 | 2     | ={formula} |
    | 2 | 3     |            |
    | 3 | '=1+1 |            |
    | 5 | 0.1   |            |
    """)
    result = recalculate(book)
    assert not result.not_evaluated
    return result.values[at("C1")]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("A1+A2*2", Decimal(8)),
        ("-A1^2", Decimal(4)),
        ("A1/A2*3", Decimal(2)),
        ("A2*10%", Decimal("0.3")),
        ("SUM(A1:A5)", Decimal("5.1")),
        ("SUM(A1,A2,10)", Decimal(15)),
        ("ROUND(A2/A1,0)", Decimal(2)),
        ("ROUND(-A2/A1,0)", Decimal(-2)),
        ("MIN(A1:A2)", Decimal(2)),
        ("MAX(A1:A2,7)", Decimal(7)),
        ('IF(A1>=A2,"ja","nein")', "nein"),
        ("AND(A1=2,A2=3)", True),
        ("OR(A1=3,A2=2)", False),
        ("EOMONTH(DATE(2022,12,31),3)", Decimal(45016)),
        ("A3", "=1+1"),
        ("A4", Decimal(0)),
        ("A1/A4", ErrorValue("#DIV/0!")),
    ],
)
def test_a_formula_gives_what_excel_gives(formula: str, value: Value) -> None:
    assert one(formula) == pytest.approx(value) if isinstance(value, Decimal) else one(formula) == value


BOOK = """
Blatt "Annahmen '22":

|   | A | B               |
|---|---|-----------------|
| 1 |   | 290             |
| 2 |   | 50%             |

Blatt "Plan":

|   | A | B                            | C              |
|---|---|------------------------------|----------------|
| 1 |   | ='Annahmen ''22'!B1*2 → 580  | =B1+1 → 581    |
| 2 |   | =TEXT(B1,"0,00") → 580,00    | =B2&"x" → 580,00x |
| 3 |   | =IFERROR(C2,"leer") → 580,00x | =5 → 5        |
"""


def test_references_to_other_sheets_are_followed() -> None:
    values = recalculate(workbook(BOOK)).values
    assert values[at("B1", "Plan")] == 580
    assert values[at("C1", "Plan")] == 581


def test_a_changed_cell_moves_all_that_depends_on_it() -> None:
    values = recalculate(workbook(BOOK), {at("B1", "Annahmen '22"): Decimal(300)}).values
    assert values[at("C1", "Plan")] == 601


def test_a_new_formula_in_a_new_cell_is_evaluated() -> None:
    values = recalculate(workbook(BOOK), {at("D9", "Plan"): "=SUM(B1:C1)", at("A1", "Neu"): "=Plan!D9*2"}).values
    assert values[at("D9", "Plan")] == 1161
    assert values[at("A1", "Neu")] == 2322


def test_what_is_not_evaluated_is_named_and_so_is_all_that_depends_on_it() -> None:
    withheld = recalculate(workbook(BOOK)).not_evaluated
    assert withheld == {
        at("B2", "Plan"): "nicht berechnet: Funktion TEXT",
        at("C2", "Plan"): "nicht berechnet: hängt ab von Plan!B2",
        at("B3", "Plan"): "nicht berechnet: hängt ab von Plan!B2",
    }


def evaluated(book: Workbook) -> set[str]:
    return {address.a1 for address in recalculate(book).values}


def test_each_formula_is_either_evaluated_or_named() -> None:
    book = workbook(BOOK)
    result = recalculate(book)
    formulas = {sheet.address(*key) for sheet in book.sheets for key, cell in sheet.cells.items() if cell.formula}
    assert set(result.values) | set(result.not_evaluated) == formulas
    assert not set(result.values) & set(result.not_evaluated)
