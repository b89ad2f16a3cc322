"""Months across with their sum; income, expenses and balance under one year; one measure with its years below."""

from __future__ import annotations

import pytest

from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.asking import places
from tests.tables import workbook

RULES = ("SUM01", "SUM02", "SUM03", "SUM08", "NUM01", "FRM01", "FRM02", "YRS01", "YRS02", "YRS03", "DOC01", "NUM05")

MONTHS = """
|   | A                       | B     | C     | D     | E     | F     | G     | H                      |
|---|-------------------------|-------|-------|-------|-------|-------|-------|------------------------|
| 1 | Mittelabfluss 2025, EUR |       |       |       |       |       |       |                        |
| 3 | Maßnahme                | Jan   | Feb   | März  | April | Mai   | Juni  | Jahr 2025              |
| 4 | Beratung                | 4100  | 4200  | 4100  | 4300  | 4100  | 4250  | =SUM(B4:G4) → 25050    |
| 5 | Sprachkurs              | 1800  | 1800  | 1850  | 1800  | 1900  | 1800  | =SUM(B5:G5) → 10950    |
| 6 | Miete                   | 950   | 950   | 950   | 950   | 950   | 950   | =SUM(B6:G6) → 5700     |
| 7 | Summe | =SUM(B4:B6) → 6850 | =SUM(C4:C6) → 6950 | =SUM(D4:D6) → 6900 | =SUM(E4:E6) → 7050 | \
=SUM(F4:F6) → 6950 | =SUM(G4:G6) → 7000 | =SUM(H4:H6) → 41700 |
"""

FLOWS = """
|   | A                           | B                  | C                  | D                   |
|---|-----------------------------|--------------------|--------------------|---------------------|
| 1 | Teilhaushalt Kultur, TEUR   |                    |                    |                     |
| 3 | Produkt                     | Ansatz 2025        |                    |                     |
| 4 |                             | Erträge            | Aufwendungen       | Saldo               |
| 5 | Bibliothek                  | 100                | 900                | =B5-C5 → -800       |
| 6 | Museum                      | 200                | 1200               | =B6-C6 → -1000      |
| 7 | Musikschule                 | 800                | 1500               | =B7-C7 → -700       |
| 8 | Summe                       | =SUM(B5:B7) → 1100 | =SUM(C5:C7) → 3600 | =SUM(D5:D7) → -2500 |
"""

DOWN = """
|   | A                               | B                    |
|---|---------------------------------|----------------------|
| 1 | Zuschuss Jugendhaus             |                      |
| 3 | Jahr                            | TEUR                 |
| 4 | 2024                            | 120                  |
| 5 | 2025                            | 125                  |
| 6 | 2026                            | 130                  |
| 7 | Summe                           | =SUM(B4:B6) → 375    |
"""


def families(text: str) -> list[str]:
    return [one.family for one in read_budget(workbook(text), built_in()).budget.tables]


@pytest.mark.parametrize(("text", "family"), [(MONTHS, "months"), (FLOWS, "flows"), (DOWN, "years-down")])
def test_the_table_is_read_and_a_right_one_stays_silent(text: str, family: str) -> None:
    assert families(text) == [family] and places(text, *RULES) == []


def test_the_measure_of_a_table_with_its_unit_alone_is_what_the_title_names() -> None:
    (table,) = read_budget(workbook(DOWN), built_in()).budget.lists
    assert [one.name for one in table.measures] == ["Zuschuss Jugendhaus"]


@pytest.mark.parametrize(
    ("text", "old", "new", "found"),
    [
        (MONTHS, "=SUM(B5:G5) → 10950", "10590", "SUM08 error H5"),
        (MONTHS, "=SUM(D4:D6) → 6900", "6990", "SUM01 error D7"),
        (MONTHS, "| 4300  |", "| '4.300 |", "NUM01 error E4"),
        (MONTHS, "=SUM(E4:E6) → 7050", "=SUM(E4:E5) → 6100", "SUM03 error E7"),
        (FLOWS, "=SUM(C5:C7) → 3600", "3500", "SUM01 error C8"),
        (FLOWS, "=SUM(B5:B7) → 1100", "=SUM(B5:B6) → 300", "SUM03 error B8"),
        (DOWN, "=SUM(B4:B6) → 375", "357", "SUM01 error B7"),
    ],
)
def test_what_is_wrong_in_it_is_found(text: str, old: str, new: str, found: str) -> None:
    assert old in text
    assert found in places(text.replace(old, new), *RULES)


def test_months_beside_columns_of_years_are_left_to_the_years() -> None:
    text = MONTHS.replace("| Jahr 2025              |", "| 2025 |").replace("| Juni  |", "| 2024  |")
    assert families(text) == ["measures-by-year"]


def test_months_of_visits_are_no_money() -> None:
    text = MONTHS.replace("Mittelabfluss 2025, EUR", "Besucher 2025").replace("Maßnahme ", "Monat ")
    assert "months" not in families(text)


def test_two_tables_of_a_year_each_side_by_side() -> None:
    """The year stands above each."""
    text = """
    |   | A                     | B                 | C | D           | E                 |
    |---|-----------------------|-------------------|---|-------------|-------------------|
    | 1 | Mittelanmeldung (EUR) |                   |   |             |                   |
    | 2 | Ansatz 2025           |                   |   | Ansatz 2026 |                   |
    | 3 | Maßnahme              | Betrag            |   | Maßnahme    | Betrag            |
    | 4 | Beratung              | 100               |   | Beratung    | 110               |
    | 5 | Treff                 | 200               |   | Treff       | 210               |
    | 6 | Fahrten               | 300               |   | Fahrten     | 330               |
    | 7 | Summe                 | =SUM(B4:B6) → 600 |   | Summe       | =SUM(E4:E6) → 650 |
    """
    assert families(text) == ["approvals", "approvals"] and places(text, *RULES) == []
    assert places(text.replace("=SUM(B4:B6) → 600", "610"), *RULES) == ["SUM01 error B7"]


QUARTERS = """
|   | A   | B          | C          | D           | E            | F           | G                        |
|---|-----|------------|------------|-------------|--------------|-------------|--------------------------|
| 1 | Mittelabfluss 2025, EUR | | |   |             |              |             |
| 3 | Nr. | Maßnahme   | I. Quartal | II. Quartal | III. Quartal | IV. Quartal | Jahr 2025                |
| 4 | 1   | Beratung   | 4100       | 4200        | 4100         | 4300        | =SUM(C4:{last}4) → {one} |
| 5 | 2   | Sprachkurs | 1800       | 1800        | 1850         | 1800        | =SUM(C5:{last}5) → {two} |
| 6 | 3   | Miete      | 950        | 950         | 950          | 950         | =SUM(C6:{last}6) → {three} |
| 7 | {nr} | Fest      | 100        | 120         | 130          | 120         | =SUM(C7:{last}7) → {four} |
| 8 |     | Summe | =SUM(C4:C7) → 6950 | =SUM(D4:D7) → 7070 | =SUM(E4:E7) → 7030 | =SUM(F4:F7) → 7170 | \
=SUM(C8:F8) → 28220 |
"""
WHOLE = {"last": "F", "one": 16700, "two": 7250, "three": 3800, "four": 470}
SHORT = {"last": "E", "one": 12400, "two": 5450, "three": 2850, "four": 350}


def test_numbers_left_of_the_names_belong_to_the_table() -> None:
    assert not places(QUARTERS.format(nr=4, **WHOLE), *RULES, "MSR07")
    assert places(QUARTERS.format(nr=5, **WHOLE), "MSR07") == ["MSR07 notice A7"]


def test_a_quarter_with_a_unit_of_its_own_is_still_one() -> None:
    text = QUARTERS.format(nr=4, **WHOLE).replace("IV. Quartal", "IV. Quartal (TEUR)")
    assert families(text) == ["months"] and places(text, "NUM04") == ["NUM04 warning F3"]


def test_the_heading_of_a_quarter_explains_no_footnote() -> None:
    text = QUARTERS.format(nr=4, **WHOLE).replace("II. Quartal ", "2. Quartal ").replace("Miete ", "Miete 2) ")
    assert places(text, "MSR03") == ["MSR03 warning B6"]


def test_sums_of_the_year_that_all_forget_the_last_quarter_are_still_sums() -> None:
    assert places(QUARTERS.format(nr=4, **SHORT), "SUM08") == ["SUM08 error G8"]
