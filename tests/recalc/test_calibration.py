"""The engine must reproduce what a calculating program stored before it is believed, and only what a change touches is
calculated anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pik_excel.grid.reference import Address, column_number
from pik_excel.grid.workbook import Calculation, Cell, Workbook
from pik_excel.recalc.values import recalculate
from tests.tables import workbook


def at(cell: str, sheet: str = "Tabelle1") -> Address:
    letters = cell.rstrip("0123456789")
    return Address(sheet, int(cell[len(letters) :]), column_number(letters))


BOOK = """
| | A         | B                    | C                       | D                  |
|-|-----------|----------------------|-------------------------|--------------------|
|1| 66        | =A1*2 → 132          | =MEINE(A2) → 17         | =B1+1 → 133        |
|2| 290       | =A2*2 → 580          | =C1+1 → 18              | =LEN("abc") → 4    |
|3| Summe     | =SUM(B1:B2) → 712    | =C2+A1 → 84             | =LEN("abcd") → 4   |
"""


def test_a_shape_that_the_engine_does_not_reproduce_is_not_trusted_anywhere() -> None:
    book = workbook("| | A | B |\n|-|-|-|\n|1| abc | =LEN(A1) → 4 |\n|2| abcd | =LEN(A2) → 4 |\n|3| x | =B2+1 → 5 |")
    result = recalculate(book)
    assert "gespeicherten Wert" in result.not_evaluated[at("B1")]
    assert "gespeicherten Wert" in result.not_evaluated[at("B2")]
    assert "hängt ab von Tabelle1!B" in result.not_evaluated[at("B3")]


def test_a_circle_is_called_one_and_no_failure_of_the_engine() -> None:
    result = recalculate(workbook("| | A |\n|-|-|\n|1| =A2*0.08 → 8 |\n|2| =A1+100 → 100 |\n|3| =A2+1 → 101 |"))
    assert ["Zirkelbezug" in result.not_evaluated[at(cell)] for cell in ("A1", "A2", "A3")] == [True, True, False]


def test_a_stale_value_of_a_plain_formula_does_not_discredit_the_engine() -> None:
    result = recalculate(workbook(BOOK.replace("→ 580", "→ 500").replace("→ 712", "→ 632")))
    assert (result.values[at("B2")], result.values[at("B3")]) == (580, 712)


def test_a_chain_of_stale_values_does_not_discredit_the_engine_however_long() -> None:
    chain = "".join(f"|{row}| =A{row - 1}*2 → 7 |\n" for row in range(2, 42))
    result = recalculate(workbook("| | A |\n|-|-|\n|1| 1 |\n" + chain))
    assert result.values[at("A41")] == 2**40
    assert not result.not_evaluated


def test_without_a_calculating_program_stored_values_prove_nothing() -> None:
    zeros = workbook("| | A | B |\n|-|-|-|\n|1| abc | =LEN(A1) → 0 |\n|2| abcd | =LEN(A2) → 0 |")
    for book in [replace(zeros, application=""), replace(zeros, calculation=Calculation(full_on_load=True))]:
        assert recalculate(book).values == {at("B1"): 3, at("B2"): 4}


def test_only_what_depends_on_the_change_is_calculated() -> None:
    result = recalculate(workbook(BOOK), {at("A1"): Decimal(100)})
    assert result.affected == {at("B1"), at("B3"), at("D1"), at("C3")}
    assert (result.values[at("B1")], result.values[at("B3")], result.values[at("D1")]) == (200, 780, 201)


def test_a_value_that_no_change_touches_stands_even_if_it_could_not_be_calculated() -> None:
    result = recalculate(workbook(BOOK), {at("A1"): Decimal(100)})
    assert result.values[at("C1")] == 17  # MEINE, whatever it does, has not been touched
    assert result.values[at("C3")] == 118  # and what reads it may
    assert result.not_evaluated == {}


def test_what_a_change_touches_and_cannot_be_calculated_is_withheld_with_all_behind_it() -> None:
    result = recalculate(workbook(BOOK), {at("A2"): Decimal(300)})
    assert set(result.not_evaluated) == {at("C1"), at("C2"), at("C3")}
    assert result.values[at("B3")] == 732


def test_without_a_change_nothing_is_taken_over_unseen() -> None:
    result = recalculate(workbook(BOOK))
    assert set(result.not_evaluated) == {at("C1"), at("C2"), at("C3"), at("D2")}


def test_a_typed_value_replaces_a_formula_and_a_formula_a_value() -> None:
    result = recalculate(workbook(BOOK), {at("B1"): Decimal(7), at("A2"): "=A1*10"})
    assert at("B1") not in result.values
    assert (result.values[at("A2")], result.values[at("B3")]) == (660, 1327)


def test_a_blanked_cell_counts_as_nothing() -> None:
    assert recalculate(workbook(BOOK), {at("A2"): None}).values[at("B3")] == 132


def test_a_sheet_may_be_named_in_any_case() -> None:
    book: Workbook = workbook('Blatt "Plan":\n| | A | B |\n|-|-|-|\n|1| 5 | =PLAN!A1*2 → 10 |')
    assert recalculate(book, {at("A1", "plan"): Decimal(6)}).values[at("B1", "Plan")] == 12


def test_a_matrix_formula_that_a_change_touches_takes_its_whole_range_along() -> None:
    book = workbook("| | A | B | C |\n|-|-|-|-|\n|1| 2 | 4 | =B2+1 → 7 |\n|2| 3 | 6 | =A1 → 2 |")
    cells = {**book.sheets[0].cells, (1, 2): Cell(1, 2, Decimal(4), "A1:A2*2", 0, "B1:B2")}
    book = replace(book, sheets=(replace(book.sheets[0], cells=cells),))
    assert set(recalculate(book, {at("A2"): Decimal(9)}).not_evaluated) == {at("B1"), at("C1")}
    assert recalculate(book, {at("A9"): Decimal(9)}).not_evaluated == {}


@pytest.mark.parametrize("count", [3, 300])
def test_a_long_chain_is_followed_to_its_end(count: int) -> None:
    rows = "\n".join(f"|{row}| =A{row - 1}+1 → {row} |" for row in range(2, count + 1))
    book = workbook(f"| | A |\n|-|-|\n|1| 1 |\n{rows}")
    assert recalculate(book, {at("A1"): Decimal(11)}).values[at(f"A{count}")] == count + 10


def test_a_new_formula_of_a_shape_that_is_not_reproduced_is_not_trusted_either() -> None:
    book = workbook("| | A | B |\n|-|-|-|\n|1| abc | =LEN(A1) → 4 |\n|2| abcd | |\n|3| abc | =LEN(A3) → 4 |")
    result = recalculate(book, {at("A1"): "xy", at("B2"): "=LEN(A2)"})
    assert set(result.not_evaluated) == {at("B1"), at("B2")}


def test_a_stale_value_that_feeds_a_change_is_put_right_too() -> None:
    book = workbook("| | A | B |\n|-|-|-|\n|1| 5 | =A1*2 → 11 |\n|2| 6 | =B1+A2 → 17 |\n|3| 1 | =A3+1 → 7 |")
    for result in [
        recalculate(book, {at("A2"): Decimal(7)}),
        recalculate(book, {at("A1"): Decimal(5), at("A2"): Decimal(7)}),
    ]:
        assert (result.values[at("B1")], result.values[at("B2")]) == (10, 17)
        assert at("B3") not in result.affected
