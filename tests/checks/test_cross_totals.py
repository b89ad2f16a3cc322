"""SUM06, SUM08, SUM09: what a total may not add, and whether totals go together. First what must stay silent."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

# --- SUM06 ---


def test_totals_that_leave_memo_rows_out_are_silent() -> None:
    text = """
    |   | A                  | B                 | C                 |
    |---|--------------------|-------------------|-------------------|
    | 1 | Maßnahme           | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID               | 290               | 290               |
    | 3 | davon Personal     | 200               | 210               |
    | 4 | Refugio            | 40                | 40                |
    | 5 | Summe              | =B2+B4 → 330      | =SUM(C2,C4) → 330 |
    | 6 | nachrichtlich: VE  | 100               | 100               |
    """
    assert not places(text, "SUM06", "SUM01")


def test_a_davon_below_a_row_without_an_amount_is_what_there_is_to_add() -> None:
    text = """
    |   | A              | B                 | C                 |
    |---|----------------|-------------------|-------------------|
    | 1 | Maßnahme       | 2022 TEUR         | 2023 TEUR         |
    | 2 | Refugio        | 40                | 40                |
    | 3 | OMID           |                   |                   |
    | 4 | davon Personal | 200               | 210               |
    | 5 | davon Sachkosten | 90              | 80                |
    | 6 | Summe          | =SUM(B2:B5) → 330 | =SUM(C2:C5) → 330 |
    """
    assert not places(text, "SUM06", "SUM01")


def test_a_memo_row_without_amounts_is_silent() -> None:
    text = """
    |   | A              | B                 | C                 |
    |---|----------------|-------------------|-------------------|
    | 1 | Maßnahme       | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID           | 290               | 290               |
    | 3 | davon Personal | 0                 |                   |
    | 4 | Refugio        | 40                | 40                |
    | 5 | Summe          | =SUM(B2:B4) → 330 | =SUM(C2:C4) → 330 |
    """
    assert not places(text, "SUM06")


@pytest.mark.parametrize("label", ["davon Personal", "nachrichtlich: Landesmittel", "VE 2024", "- davon Personal"])
def test_a_memo_row_in_every_column_is_one_finding(label: str) -> None:
    text = f"""
    |   | A        | B                 | C                 |
    |---|----------|-------------------|-------------------|
    | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID     | 290               | 290               |
    | 3 | {label}  | 200               | 210               |
    | 4 | Refugio  | 40                | 40                |
    | 5 | Summe    | =SUM(B2:B4) → 530 | =SUM(C2:C4) → 540 |
    """
    assert places(text, "SUM01", "SUM03", "SUM06") == ["SUM06 error B5:C5"]
    assert "330" in findings(text, "SUM06")[0].message


def test_a_typed_total_with_the_memo_row_is_found_by_its_arithmetic() -> None:
    text = """
    |   | A              | B         | C         |
    |---|----------------|-----------|-----------|
    | 1 | Maßnahme       | 2022 TEUR | 2023 TEUR |
    | 2 | OMID           | 290       | 290       |
    | 3 | davon Personal | 200       | 210       |
    | 4 | Refugio        | 40        | 40        |
    | 5 | Summe          | 530       | 330       |
    """
    assert places(text, "SUM01", "SUM06") == ["SUM06 error B5"]


ACROSS = """
|   | A        | B                 | C                 | D             | E                     |
|---|----------|-------------------|-------------------|---------------|-----------------------|
| 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         | {head}        | Gesamt TEUR           |
| 2 | OMID     | 290               | 290               | {first}       | =SUM(B2:{to}2) → {one} |
| 3 | Refugio  | 40                | 40                | {second}      | =SUM(B3:{to}3) → {two} |
| 4 | Jobcafé  | 66                | 66                | 0             | =SUM(B4:{to}4) → 132  |
"""


def test_row_totals_that_stop_before_the_open_end_are_silent() -> None:
    text = ACROSS.format(head="2024 ff. TEUR", first=290, second=40, to="C", one=580, two=80)
    assert not places(text, "SUM06", "SUM08")


@pytest.mark.parametrize("head", ["2024 ff. TEUR", "VE 2024 TEUR"])
def test_an_open_end_or_ve_column_in_the_row_totals_is_one_error(head: str) -> None:
    text = ACROSS.format(head=head, first=290, second=40, to="D", one=870, two=120)
    assert places(text, "SUM06", "SUM08") == ["SUM06 error E2:E4"]


def test_an_open_end_of_nothing_but_0_is_a_warning() -> None:
    text = ACROSS.format(head="2024 ff. TEUR", first=0, second=0, to="D", one=580, two=80)
    assert places(text, "SUM06", "SUM08") == ["SUM06 warning E2:E4"]


# --- SUM08 ---

CROSS = """
|   | A        | B                 | C                 | D                 | E      |
|---|----------|-------------------|-------------------|-------------------|--------|
| 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         | 2024 TEUR         | Gesamt |
| 2 | OMID     | 290               | 290               | 280               | {one}  |
| 3 | Refugio  | 40                | 40                | 45                | {two}  |
| 4 | Jobcafé  | 66                | 66                | 60                | {three} |
| 5 | Summe    | {total}           | =SUM(C2:C4) → 396 | =SUM(D2:D4) → 385 | {all}  |
"""
RIGHT = {"one": "860", "two": "125", "three": "192", "total": "=SUM(B2:B4) → 396", "all": "1177"}


def test_totals_that_agree_are_silent_typed_or_not() -> None:
    assert not places(CROSS.format(**RIGHT), "SUM08")
    assert not places(CROSS.format(**{**RIGHT, "one": "=SUM(B2:D2) → 860"}), "SUM08")


def test_a_column_of_whole_costs_with_earlier_years_is_no_total_of_the_row() -> None:
    text = CROSS.format(**{**RIGHT, "one": "2860", "two": "500", "three": "250", "all": "3610"})
    assert not places(text, "SUM08")


def test_a_column_that_adds_some_of_the_years_throughout_is_silent() -> None:
    text = CROSS.format(**{**RIGHT, "one": "570", "two": "85", "three": "126", "all": "781"})
    assert not places(text, "SUM08")


def test_a_wrong_total_of_a_column_is_said_once_and_not_again_where_it_crosses() -> None:
    text = CROSS.format(**{**RIGHT, "total": "400", "all": "=SUM(E2:E4) → 1177"})
    assert places(text, "SUM01", "SUM08") == ["SUM01 error B5"]


def test_a_wrong_total_of_a_row_is_said_there_and_not_where_it_is_added() -> None:
    text = CROSS.format(**{**RIGHT, "two": "135", "all": "=SUM(E2:E4) → 1187"})
    assert places(text, "SUM01", "SUM08") == ["SUM08 error E3"]


def test_a_grand_total_that_neither_way_gives_is_said_with_both() -> None:
    (found,) = findings(CROSS.format(**{**RIGHT, "all": "1200"}), "SUM08")
    assert found.range == "E5"
    assert (found.stated, found.expected) == ("1200", "1177")


def test_a_formula_that_misses_a_year_in_one_row_is_found() -> None:
    rows = {"one": "=SUM(B2:D2) → 860", "two": "=SUM(B3:C3) → 80", "three": "=SUM(B4:D4) → 192"}
    text = CROSS.format(**{**RIGHT, **rows, "all": "=SUM(E2:E4) → 1132"})
    assert places(text, "SUM08", "FRM01", "FRM02", "SUM02") == ["SUM08 error E3"]


# --- SUM09 ---


def test_two_measures_and_measures_added_elsewhere_need_no_total() -> None:
    text = """
    Blatt "Plan":

    |   | A        | B         |
    |---|----------|-----------|
    | 1 | Maßnahme | 2022 TEUR |
    | 2 | OMID     | 290       |
    | 3 | Refugio  | 40        |
    | 4 | Jobcafé  | 66        |

    Blatt "Übersicht":

    |   | A      | B                      |
    |---|--------|------------------------|
    | 1 | Gesamt | =SUM(Plan!B2:B4) → 396 |
    """
    assert not places(text, "SUM09")
    assert places(text.replace("=SUM(Plan!B2:B4) → 396", "396"), "SUM09") == ["SUM09 notice Plan!A1"]


def test_measures_fetched_one_by_one_and_added_there_need_no_total() -> None:
    assert not places(FETCHED.format(one="=A!B2/1000 → 290", two="=A!B3/1000 → 40", three="=A!B4/1000 → 66"), "SUM09")


def test_what_is_added_elsewhere_together_with_other_amounts_still_needs_its_own_total() -> None:
    text = FETCHED.format(one="=A!B2+C2 → 290000", two="=A!B3+C3 → 40000", three="=A!B4+C4 → 66000")
    assert places(text, "SUM09") == ["SUM09 notice A!A1"]


FETCHED = """
    Blatt "A":

    |   | A        | B        |
    |---|----------|----------|
    | 1 | Maßnahme | 2022 EUR |
    | 2 | OMID     | 290000   |
    | 3 | Refugio  | 40000    |
    | 4 | Jobcafé  | 66000    |

    Blatt "B":

    |   | A        | B       |
    |---|----------|---------|
    | 1 | Maßnahme | 2022    |
    | 2 | OMID     | {one}   |
    | 3 | Refugio  | {two}   |
    | 4 | Jobcafé  | {three} |
    | 5 | Summe    | =SUM(B2:B4) |
    """
