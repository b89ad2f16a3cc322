"""Stored values that are not what their formulas give: the cell itself, not those that inherit from it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Calculation, Workbook
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.stale import inputs_text, stale_values
from tests.tables import workbook

RIGHT = """
| | A         | B                            | C                           |
|-|-----------|------------------------------|-----------------------------|
|1| Maßnahme  | 2022 TEUR                    | Anteil                      |
|2| OMID      | 290                          | =B2/B$5 → 0.5620155038759690 |
|3| Jobkraft  | 66                           | =B3/B$5 → 0.12790697674418605 |
|4| Rest      | =B2-130 → 160                | =ROUND(B4/B$5,2) → 0.31     |
|5| Summe     | =SUM(B2:B4) → 516            | =IF(B5>500,"viel","wenig") → viel |
"""


def stale(text: str, **changes: object) -> list[tuple[str, object, object]]:
    book = replace(workbook(text), **changes)  # type: ignore[arg-type]  # fields by name
    return [(str(each.at), each.stored, each.computed) for each in stale_values(book)]


def test_right_values_are_not_stale() -> None:
    assert stale(RIGHT) == []


def test_one_stale_total_is_one_stale_cell_although_others_inherit_it() -> None:
    text = (
        RIGHT.replace("→ 516", "→ 520")
        .replace("0.5620155038759690", str(290 / 520))
        .replace("0.12790697674418605", str(66 / 520))
    )
    assert stale(text) == [("Tabelle1!B5", Decimal(520), Decimal(516))]


def test_a_stale_cell_in_the_middle_is_the_only_one_named() -> None:
    text = RIGHT.replace("→ 160", "→ 150").replace("→ 516", "→ 506").replace("0.5620155038759690", str(290 / 506))
    text = text.replace("0.12790697674418605", str(66 / 506)).replace("0.31", "0.3")
    assert stale(text) == [("Tabelle1!B4", Decimal(150), Decimal(160))]


def test_a_wrong_value_is_named_also_where_those_that_read_it_are_right() -> None:
    assert stale(RIGHT.replace("→ 516", "→ 520")) == [("Tabelle1!B5", Decimal(520), Decimal(516))]
    assert stale(RIGHT.replace("→ 160", "→ 150")) == [("Tabelle1!B4", Decimal(150), Decimal(160))]


def test_two_wrong_values_are_two() -> None:
    text = RIGHT.replace("→ 160", "→ 150").replace("→ 516", "→ 400").replace("→ viel", "→ wenig")
    found = [at for at, _, _ in stale(text)]
    assert found[0] == "Tabelle1!B4"
    assert "Tabelle1!B5" in found


def test_the_values_it_was_computed_from_are_named() -> None:
    book = workbook(RIGHT.replace("→ viel", "→ wenig"))
    [found] = stale_values(book)
    assert (found.at, found.stored, found.computed) == (Address("Tabelle1", 5, 3), "wenig", "viel")
    assert inputs_text(Contents(book), found.at) == "B5 = 516"


def test_a_value_that_is_missing_among_others_is_stale() -> None:
    assert stale(RIGHT.replace("→ 160", "")) == [("Tabelle1!B4", None, Decimal(160))]


def test_a_file_without_any_stored_value_is_not_stale_cell_by_cell() -> None:
    without = "\n".join(
        "|".join(cell.split("→")[0] if cell.strip().startswith("=") else cell for cell in line.split("|"))
        for line in RIGHT.splitlines()
    )
    assert stale(without) == []


def test_the_zeros_of_a_library_that_does_not_calculate_are_not_stale() -> None:
    zeros = "\n".join(
        "|".join(cell.split("→")[0] + "→ 0" if "→" in cell else cell for cell in line.split("|"))
        for line in RIGHT.splitlines()
    )
    assert stale(zeros, calculation=Calculation(full_on_load=True)) == []


@pytest.mark.parametrize("application", ["Microsoft Excel 16.0300", "LibreOffice/7.4.7.2$Linux_X86_64", ""])
def test_one_stale_value_is_found_whatever_program_saved_the_file(application: str) -> None:
    text = RIGHT.replace("→ viel", "→ wenig")
    assert len(stale(text, application=application, calculation=Calculation(full_on_load=True))) == 1


def test_what_floating_point_leaves_is_not_stale() -> None:
    text = """
    | | A   | B                                  |
    |-|-----|------------------------------------|
    |1| 0.1 | =A1+A2-A3 → 0.00000000000000005551 |
    |2| 0.2 | =A1+A2-A3 → 0                      |
    |3| 0.3 | =SUM(A1:A2,-A3) → 0.0000000000000000278 |
    """
    assert stale(text) == []


def test_a_workbook_that_calculates_as_displayed_is_left_alone() -> None:
    assert stale(RIGHT.replace("→ 516", "→ 515"), calculation=Calculation(as_displayed=True)) == []


def test_what_only_one_of_the_two_can_compute_is_not_stale() -> None:
    text = '| | A |\n|-|-|\n|1| 2 |\n|2| =TEXT(A1,"0") → 5 |\n|3| =A1*2 → 4 |'
    assert stale(text) == []


def test_a_total_far_down_is_computed_over_all_rows() -> None:
    rows = "\n".join(f"|{row}| {row} |" for row in range(1, 301))
    text = f"| | A |\n|-|-|\n{rows}\n|301| =SUM(A1:A300) → 45151 |\n|302| =SUM(A$1:A300)-A300 → 44850 |"
    assert stale(text) == [("Tabelle1!A301", Decimal(45151), Decimal(45150))]


def test_another_sheet_and_a_name_are_followed() -> None:
    text = """
    Blatt "Annahmen '22":

    | | A   |
    |-|-----|
    |1| 290 |

    Blatt "Plan":

    | | A                              |
    |-|--------------------------------|
    |1| ='Annahmen ''22'!A1*2 → 590    |
    """
    book: Workbook = workbook(text)
    [found] = stale_values(book)
    assert found.computed == 580
    assert inputs_text(Contents(book), found.at) == "Annahmen '22!A1 = 290"


def test_formulas_in_a_circle_have_no_stale_values() -> None:
    text = """
    | | A                   | B            |
    |-|---------------------|--------------|
    |1| 6                   | =A1*2 → 12   |
    |2| =0.1*(A1+A3) → 1.33 | =B1+1 → 13   |
    |3| =A1+A2 → 7          |              |
    """
    assert stale(text) == []


def test_an_empty_text_may_be_left_out_of_the_file() -> None:
    assert stale('| | A | B |\n|-|-|-|\n|1| | =IF(A1="","",A1) |\n|2| 3 | =IF(A2="","",A2) → 3 |') == []
