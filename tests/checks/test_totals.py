"""SUM01 to SUM05 and SUM07: what must stay silent first, then what must be found."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

FAMILY = ("SUM01", "SUM02", "SUM03", "SUM04", "SUM05", "SUM07", "FRM02", "FRM04", "FRM06", "NUM01", "NUM03", "NUM05")

SILENT = {
    "a total of sums": """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID     | 290               | 290               |
        | 3 | Refugio  | 40                | 40                |
        | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |
    """,
    "blanks and dashes count nothing": """
        |   | A        | B                 | C                |
        |---|----------|-------------------|------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR        |
        | 2 | OMID     | 290               | –                |
        | 3 | Refugio  |                   | 40               |
        | 4 | Campus   | 0                 | 10               |
        | 5 | Summe    | =SUM(B2:B4) → 290 | =SUM(C2:C4) → 50 |
    """,
    "an amount that is not given makes the sum unknown": """
        |   | A        | B         | C                 |
        |---|----------|-----------|-------------------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR         |
        | 2 | OMID     | 290       | 290               |
        | 3 | Refugio  | k. A.     | 40                |
        | 4 | Summe    | 350       | =SUM(C2:C3) → 330 |
    """,
    "davon rows are in their measure already": """
        |   | A                | B                 | C                 |
        |---|------------------|-------------------|-------------------|
        | 1 | Maßnahme         | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID             | 290               | 290               |
        | 3 | davon Personal   | 200               | 200               |
        | 4 | davon Sachkosten | 90                | 90                |
        | 5 | Refugio          | 40                | 40                |
        | 6 | Summe            | =B2+B5 → 330      | =C2+C5 → 330      |
        | 7 | nachrichtlich VE | 500               | 500               |
    """,
    "group totals and their total, added as cells": """
        |   | A             | B                 | C                 |
        |---|---------------|-------------------|-------------------|
        | 1 | Maßnahme      | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID          | 290               | 290               |
        | 3 | Refugio       | 40                | 40                |
        | 4 | Zwischensumme | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |
        | 5 | Arrival Aid   | 18                | 18                |
        | 6 | Campus        | 119               | 123               |
        | 7 | Zwischensumme | =SUM(B5:B6) → 137 | =SUM(C5:C6) → 141 |
        | 8 | Gesamt        | =B4+B7 → 467      | =SUM(C4,C7) → 471 |
    """,
    "SUBTOTAL over everything skips the subtotals": """
        |   | A             | B                        | C                          |
        |---|---------------|--------------------------|----------------------------|
        | 1 | Maßnahme      | 2022 TEUR                | 2023 TEUR                  |
        | 2 | OMID          | 290                      | 290                        |
        | 3 | Refugio       | 40                       | 40                         |
        | 4 | Zwischensumme | =SUBTOTAL(9,B2:B3) → 330 | =SUBTOTAL(109,C2:C3) → 330 |
        | 5 | Arrival Aid   | 18                       | 18                         |
        | 6 | Campus        | 119                      | 123                        |
        | 7 | Zwischensumme | =SUBTOTAL(9,B5:B6) → 137 | =SUBTOTAL(109,C5:C6) → 141 |
        | 8 | Gesamt        | =SUBTOTAL(9,B2:B7) → 467 | =SUBTOTAL(109,C2:C7) → 471 |
    """,
    "a doubled sum that is halved again": """
        |   | A             | B                   | C                   |
        |---|---------------|---------------------|---------------------|
        | 1 | Maßnahme      | 2022 TEUR           | 2023 TEUR           |
        | 2 | OMID          | 290                 | 290                 |
        | 3 | Refugio       | 40                  | 40                  |
        | 4 | Zwischensumme | =SUM(B2:B3) → 330   | =SUM(C2:C3) → 330   |
        | 5 | Arrival Aid   | 18                  | 18                  |
        | 6 | Campus        | 119                 | 123                 |
        | 7 | Zwischensumme | =SUM(B5:B6) → 137   | =SUM(C5:C6) → 141   |
        | 8 | Gesamt        | =SUM(B2:B7)/2 → 467 | =SUM(C2:C7)/2 → 471 |
    """,
    "every row added by its own reference": """
        |   | A        | B               | C                  |
        |---|----------|-----------------|--------------------|
        | 1 | Maßnahme | 2022 TEUR       | 2023 TEUR          |
        | 2 | OMID     | 290             | 290                |
        | 3 | Refugio  | 40              | 40                 |
        | 4 | Campus   | 119             | 123                |
        | 5 | Summe    | =B2+B3+B4 → 449 | =+C2+C3+C4 → 453   |
    """,
    "a header and a blank line in the range": """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | Soziales |                   |                   |
        | 3 | OMID     | 290               | 290               |
        | 4 | Refugio  | 40                | 40                |
        | 6 | Summe    | =SUM(B1:B5) → 330 | =SUM(C1:C5) → 330 |
    """,
    "a balance of revenue and cost": """
        |   | A              | B            | C            |
        |---|----------------|--------------|--------------|
        | 1 | Maßnahme       | 2022 TEUR    | 2023 TEUR    |
        | 2 | Aufwendungen   | 290          | 290          |
        | 3 | Erträge        | 40           | 40           |
        | 4 | Zuschussbedarf | =B2-B3 → 250 | =C2-C3 → 250 |
    """,
    "a total taken from another sheet": """
        Blatt "Plan":

        |   | A        | B                      | C                      |
        |---|----------|------------------------|------------------------|
        | 1 | Maßnahme | 2022 TEUR              | 2023 TEUR              |
        | 2 | OMID     | 290                    | 290                    |
        | 3 | Refugio  | 40                     | 40                     |
        | 4 | Summe    | =SUM(Daten!B2:B3) → 330 | =SUM(Daten!C2:C3) → 330 |

        Blatt "Daten":

        |   | A       | B   | C   |
        |---|---------|-----|-----|
        | 1 | Name    | x   | y   |
        | 2 | OMID    | 290 | 290 |
        | 3 | Refugio | 40  | 40  |
    """,
    "a hidden row that is blank, and rows that are folded away as a whole": """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID     | 290               | 290               |
        | 3 | Refugio  | 40                | 40                |
        | 4 (ausgeblendet) | Alt |            | 0                 |
        | 5 | Summe    | =SUM(B2:B4) → 330 | =SUM(C2:C4) → 330 |
    """,
    "an outline folded up": """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 (ausgeblendet) | OMID | 290      | 290               |
        | 3 (ausgeblendet) | Refugio | 40    | 40                |
        | 4 | Zwischensumme | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |
        | 5 | Arrival Aid | 18             | 18                |
        | 6 | Gesamt   | =B4+B5 → 348      | =C4+C5 → 348      |
    """,
    "a hidden row that SUBTOTAL leaves out": """
        |   | A        | B                          | C                          |
        |---|----------|----------------------------|----------------------------|
        | 1 | Maßnahme | 2022 TEUR                  | 2023 TEUR                  |
        | 2 | OMID     | 290                        | 290                        |
        | 3 (ausgeblendet) | Refugio | 40          | 40                         |
        | 4 | Campus   | 10                         | 10                         |
    """,
    "amounts with cents as a program stores them": """
        |   | A        | B                                | C         |
        |---|----------|----------------------------------|-----------|
        | 1 | Maßnahme | 2022 EUR                         | 2023 EUR  |
        | 2 | OMID     | 0.1                              | 290.35    |
        | 3 | Refugio  | 0.2                              | 40.15     |
        | 4 | Summe    | =SUM(B2:B3) → 0.30000000000000004 | =SUM(C2:C3) → 330.5 |
    """,
    "a total above its rows": """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | Summe    | =SUM(B3:B5) → 348 | =SUM(C3:C5) → 348 |
        | 3 | OMID     | 290               | 290               |
        | 4 | Refugio  | 40                | 40                |
        | 5 | Arrival  | 18                | 18                |
    """,
    "whole columns of another sheet": """
        Blatt "Plan":

        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | 290       | 290       |
        | 3 | Refugio  | 40        | 40        |

        Blatt "Kopf":

        |   | A        | B                    |
        |---|----------|----------------------|
        | 1 | zusammen | =SUM(Plan!B:B) → 330 |
    """,
    "years as numbers above a sum are no amounts": """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | in TEUR  |                   |                   |
        | 2 | Maßnahme | 2022              | 2023              |
        | 3 | OMID     | 290               | 290               |
        | 4 | Refugio  | 40                | 40                |
        | 5 | Summe    | =SUM(B3:B4) → 330 | =SUM(C3:C4) → 330 |
    """,
    "a sum of a year over its own row is not a total row": """
        |   | A        | B                 | C                 | D                 |
        |---|----------|-------------------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         | Summe             |
        | 2 | OMID     | 290               | 290               | =SUM(B2:C2) → 580 |
        | 3 | Refugio  | 40                | 40                | =SUM(B3:C3) → 80  |
        | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 | =SUM(D2:D3) → 660 |
    """,
    "the grand total of a cross table by its other direction": """
        |   | A        | B                 | C                 | D                 |
        |---|----------|-------------------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         | Summe             |
        | 2 | OMID     | 290               | 290               | =SUM(B2:C2) → 580 |
        | 3 | Refugio  | 40                | 40                | =SUM(B3:C3) → 80  |
        | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 | =SUM(B4:C4) → 660 |
    """,
    "a running total": """
        |   | A        | B         | C                  |
        |---|----------|-----------|--------------------|
        | 1 | Monat    | Betrag    | aufgelaufen        |
        | 2 | Januar   | 10        | =SUM(B$2:B2) → 10  |
        | 3 | Februar  | 20        | =SUM(B$2:B3) → 30  |
        | 4 | März     | 30        | =SUM(B$2:B4) → 60  |
        | 5 | April    | 40        | =SUM(B$2:B5) → 100 |
    """,
    "an average below a sum": """
        |   | A         | B                    |
        |---|-----------|----------------------|
        | 1 | Stelle    | Anzahl               |
        | 2 | Nord      | 10                   |
        | 3 | Süd       | 20                   |
        | 4 | West      | 30                   |
        | 5 | Summe     | =SUM(B2:B4) → 60     |
        | 6 | Mittel    | =AVERAGE(B2:B4) → 20 |
    """,
    "a memo row between the rows and their sum": """
        |   | A             | B                |
        |---|---------------|------------------|
        | 1 | Stelle        | Anzahl           |
        | 2 | Nord          | 10               |
        | 3 | Süd           | 20               |
        | 4 | West          | 30               |
        | 5 | davon Frauen  | 12               |
        | 6 | Summe         | =SUM(B2:B4) → 60 |
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert [(one.code, one.message) for one in findings(text, *FAMILY)] == []


def test_a_wrong_typed_total_is_one_error() -> None:
    text = """
        |   | A        | B         | C                 |
        |---|----------|-----------|-------------------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR         |
        | 2 | OMID     | 290       | 290               |
        | 3 | Refugio  | 40        | 40                |
        | 4 | Summe    | 331       | =SUM(C2:C3) → 330 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated, found.expected) == ("SUM01", "B4", "331", "330")
    assert found.message == "Tabelle1!B4: 331 TEUR statt 330 TEUR; die Zeilen B2 bis B3 ergeben 290 + 40 = 330."
    assert found.related == ("Tabelle1!B2:B3",)


def test_typed_totals_of_a_workbook_without_formulas_are_a_notice() -> None:
    """It may be an export of values, where nothing was typed over."""
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | 290       | 290       |
        | 3 | Refugio  | 40        | 40        |
        | 4 | Summe    | 330       | 330       |
    """
    assert places(text, *FAMILY) == ["SUM02 notice B4:C4"]


def test_a_wrong_total_is_found_without_any_formula_too() -> None:
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
        | 2 | OMID     | 290       | 290       |
        | 3 | Refugio  | 40        | 40        |
        | 4 | Summe    | 331       | 330       |
    """
    assert places(text, *FAMILY) == ["SUM01 error B4"]


def test_typed_totals_side_by_side_are_one_finding() -> None:
    text = """
        |   | A        | B         | C         | D                 |
        |---|----------|-----------|-----------|-------------------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR         |
        | 2 | OMID     | 290       | 290       | 290               |
        | 3 | Refugio  | 40        | 40        | 40                |
        | 4 | Summe    | 330       | 330       | =SUM(D2:D3) → 330 |
    """
    assert places(text, *FAMILY) == ["SUM02 warning B4:C4"]


@pytest.mark.parametrize(
    ("formula", "stored", "missed"),
    [
        ("=SUM(B3:B6)", 150, "B2"),
        ("=SUM(B2:B5)", 420, "B6"),
        ("=SUM(B2:B3,B5:B6)", 400, "B4"),
        ("=B2+B3+B5+B6", 400, "B4"),
        ("=SUM(B2,B3,B5,B6)", 400, "B4"),
        ("=ROUND(SUM(B2:B5),0)", 420, "B6"),
    ],
)
def test_each_way_to_miss_a_row(formula: str, stored: int, missed: str) -> None:
    text = f"""
        |   | A        | B                    | C                 |
        |---|----------|----------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR            | 2023 TEUR         |
        | 2 | OMID     | 290                  | 290               |
        | 3 | Refugio  | 40                   | 40                |
        | 4 | Campus   | 40                   | 40                |
        | 5 | Arrival  | 50                   | 50                |
        | 6 | Café     | 20                   | 20                |
        | 7 | Summe    | {formula} → {stored} | =SUM(C2:C6) → 440 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.related) == ("SUM03", "B7", (f"Tabelle1!{missed}",))
    assert found.expected == "B2:B6"


def test_all_years_that_miss_the_same_row_are_one_finding() -> None:
    text = """
        |   | A        | B                 | C                 | D                 |
        |---|----------|-------------------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         | 2024 TEUR         |
        | 2 | OMID     | 290               | 290               | 290               |
        | 3 | Refugio  | 40                | 40                | 40                |
        | 4 | Arrival  |                   | 18                | 18                |
        | 5 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 | =SUM(D2:D3) → 330 |
    """
    assert places(text, *FAMILY) == ["SUM03 error B5:D5"]


def test_rows_and_their_subtotal_in_a_chain_of_plus_signs() -> None:
    text = """
        |   | A             | B                 | C                    |
        |---|---------------|-------------------|----------------------|
        | 1 | Maßnahme      | 2022 TEUR         | 2023 TEUR            |
        | 2 | OMID          | 290               | 290                  |
        | 3 | Refugio       | 40                | 40                   |
        | 4 | Zwischensumme | =B2+B3 → 330      | =C2+C3 → 330         |
        | 5 | Arrival Aid   | 18                | 18                   |
        | 6 | Gesamt        | =B4+B5 → 348      | =C2+C3+C4+C5 → 678   |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated, found.expected) == ("SUM04", "C6", "678", "348")


def test_doubled_subtotals_are_found_on_any_sheet() -> None:
    text = """
        |    | A        | B                  |
        |----|----------|--------------------|
        | 1  | Region   | Sold               |
        | 2  | North    | 12                 |
        | 3  | South    | 30                 |
        | 4  | Domestic | =SUM(B2:B3) → 42   |
        | 5  | France   | 5                  |
        | 6  | Italy    | 6                  |
        | 7  | Foreign  | =SUM(B5:B6) → 11   |
        | 8  | Total    | =SUM(B2:B7) → 106  |
    """
    assert places(text, *FAMILY) == ["SUM04 error B8"]


def test_doubled_subtotals_in_a_row() -> None:
    text = """
        |   | A      | B  | C  | D                | E  | F  | G                | H                 |
        |---|--------|----|----|------------------|----|----|------------------|-------------------|
        | 1 | Region | Q1 | Q2 | H1               | Q3 | Q4 | H2               | Year              |
        | 2 | North  | 1  | 2  | =SUM(B2:C2) → 3  | 3  | 4  | =SUM(E2:F2) → 7  | =SUM(B2:G2) → 20  |
    """
    assert places(text, *FAMILY) == ["SUM04 error H2"]


def test_a_row_added_below_the_range_is_found_on_any_sheet() -> None:
    text = """
        |   | A      | B                |
        |---|--------|------------------|
        | 1 | Region | Sold             |
        | 2 | North  | 12               |
        | 3 | South  | 30               |
        | 4 | West   | 8                |
        | 5 | Total  | =SUM(B2:B3) → 42 |
    """
    assert places(text, *FAMILY) == ["SUM03 error B5"]


def test_a_sum_that_reaches_less_than_those_beside_it() -> None:
    text = """
        |   | A      | B                | C                | D                | E                |
        |---|--------|------------------|------------------|------------------|------------------|
        | 1 | Region | Q1               | Q2               | Q3               | Q4               |
        | 2 | North  | 12               | 13               | 14               | 15               |
        | 3 | South  | 30               | 31               | 32               | 33               |
        | 4 | West   | 8                | 8                | 8                | 8                |
        | 5 | Total  | =SUM(B2:B4) → 50 | =SUM(C3:C4) → 39 | =SUM(D2:D4) → 54 | =SUM(E2:E4) → 56 |
    """
    assert places(text, *FAMILY) == ["SUM03 error C5"]


def test_hidden_rows_beside_each_other_are_one_finding_at_the_first() -> None:
    text = """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID     | 290               | 290               |
        | 3 (ausgeblendet) | Refugio | 40   | 40                |
        | 4 (ausgeblendet) | Campus | 10    | 10                |
        | 5 | Summe    | =SUM(B2:B4) → 340 | =SUM(C2:C4) → 340 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.related) == ("SUM05", "A3", ("Tabelle1!B5", "Tabelle1!C5"))
    assert (found.stated, found.expected) == ("340", "290")


def test_a_hidden_column_in_the_sum_of_a_row() -> None:
    text = """
        |   | A      | B  | C (ausgeblendet) | D  | E                |
        |---|--------|----|------------------|----|------------------|
        | 1 | Region | Q1 | Q2               | Q3 | Year             |
        | 2 | North  | 12 | 13               | 14 | =SUM(B2:D2) → 39 |
        | 3 | South  | 30 | 31               | 32 | =SUM(B3:D3) → 93 |
    """
    assert places(text, *FAMILY) == ["SUM05 warning C1"]


ROUNDED = """
    Blatt "Bedarf":

    |   | A        | B          |
    |---|----------|------------|
    | 1 | Maßnahme | Bedarf EUR |
    | 2 | OMID     | 65500      |
    | 3 | Campus   | 149810     |

    Blatt "Plan":

    |   | A        | B                             | C                             |
    |---|----------|-------------------------------|-------------------------------|
    | 1 | Maßnahme | 2022 TEUR                     | 2023 TEUR                     |
    | 2 | OMID     | =ROUND(Bedarf!$B2/1000,0) → 66  | =ROUND(Bedarf!$B2/1000,0) → 66  |
    | 3 | Campus   | =ROUND(Bedarf!$B3/1000,0) → 150 | 0                             |
    | 4 | Summe    | {total}                       | =SUM(C2:C3) → 66              |
"""


@pytest.mark.parametrize(
    ("total", "stated", "expected"),
    [
        ("=SUM(B2:B3) → 216", "216", "215"),
        ("=ROUND(SUM(Bedarf!B2:B3)/1000,0) → 215", "215", "216"),
        ("=SUM(Bedarf!B2:B3)/1000 → 215.31", "215.31", "216"),
        ("215", "215", "216"),
    ],
)
def test_a_rounding_difference_is_a_notice_and_nothing_else(total: str, stated: str, expected: str) -> None:
    (found,) = findings(ROUNDED.replace("{total}", total), *FAMILY)
    assert (found.code, found.severity.value, found.range) == ("SUM07", "notice", "B4")
    assert (found.stated, found.expected) == (stated, expected)


def test_more_than_rounding_is_an_error() -> None:
    assert places(ROUNDED.replace("{total}", "219"), *FAMILY) == ["SUM01 error Plan!B4"]


def test_a_number_that_is_text_is_reported_where_it_stands_and_not_at_the_sum() -> None:
    text = """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID     | 290               | 290               |
        | 3 | Refugio  | '40               | 40                |
        | 4 | Summe    | =SUM(B2:B3) → 290 | =SUM(C2:C3) → 330 |
    """
    assert places(text, *FAMILY) == ["NUM01 error B3"]


def test_a_stale_sum_is_reported_as_stale_only() -> None:
    text = """
        |   | A        | B                 | C                 |
        |---|----------|-------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID     | 290               | 290               |
        | 3 | Refugio  | 40                | 40                |
        | 4 | Summe    | =SUM(B2:B3) → 320 | =SUM(C2:C3) → 330 |
    """
    assert places(text, *FAMILY) == ["FRM06 warning B4"]


def test_a_unit_slip_under_a_typed_total_is_reported_at_the_slip() -> None:
    text = """
        |   | A        | B         | C         | D         | E                 |
        |---|----------|-----------|-----------|-----------|-------------------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR         |
        | 2 | OMID     | 290       | 290000    | 290       | 290               |
        | 3 | Refugio  | 40        | 40        | 40        | 40                |
        | 4 | Campus   | 10        | 10        | 10        | 10                |
        | 5 | Summe    | =SUM(B2:B4) → 340 | 340 | =SUM(D2:D4) → 340 | =SUM(E2:E4) → 340 |
    """
    assert places(text, "SUM01", "NUM03") == ["NUM03 error C2"]


def test_an_amount_typed_into_a_total_that_makes_it_wrong_is_an_error() -> None:
    text = """
        |   | A        | B                   | C                 |
        |---|----------|---------------------|-------------------|
        | 1 | Maßnahme | 2022 TEUR           | 2023 TEUR         |
        | 2 | OMID     | 290                 | 290               |
        | 3 | Refugio  | 40                  | 40                |
        | 4 | Summe    | =SUM(B2:B3)+5 → 335 | =SUM(C2:C3) → 330 |
    """
    assert places(text, *FAMILY) == ["FRM04 error B4"]
    assert places(text.replace("+5 → 335", "+1 → 331"), *FAMILY) == ["SUM01 error B4"]
    both = text.replace("=SUM(C2:C3) → 330", "=SUM(C2:C3)+5 → 335")
    assert places(both, *FAMILY) == ["FRM04 error B4:C4"]


def test_amounts_that_only_their_format_rounds() -> None:
    text = """
        |   | A        | B                              | C                             |
        |---|----------|--------------------------------|-------------------------------|
        | 1 | Maßnahme | 2022 TEUR                      | 2023 TEUR                     |
        | 2 | OMID     | 65.5 {#,##0}                   | 65.5 {#,##0}                  |
        | 3 | Refugio  | 149.81 {#,##0}                 | 150 {#,##0}                   |
        | 4 | Summe    | =SUM(B2:B3) → 215.31 {#,##0}   | =SUM(C2:C3) → 215.5 {#,##0}   |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.stated, found.expected) == ("SUM07", "B4", "215", "216")
    assert places(text.replace("#,##0", "#,##0.00"), *FAMILY) == []


def test_a_total_that_adds_the_year_above_its_rows() -> None:
    text = """
        |   | A        | B                  | C                 |
        |---|----------|--------------------|-------------------|
        | 1 | in TEUR  |                    |                   |
        | 2 | Maßnahme | 2022               | 2023              |
        | 3 | OMID     | 290                | 290               |
        | 4 | Refugio  | 40                 | 40                |
        | 5 | Summe    | =SUM(B2:B4) → 2352 | =SUM(C3:C4) → 330 |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.expected) == ("SUM01", "B5", "330")
    assert "B2 (2.022)" in found.message


def test_a_total_over_two_tables_is_no_wrong_total_of_one() -> None:
    text = """
        |    | A            | B                   | C                   |
        |----|--------------|---------------------|---------------------|
        | 1  | Maßnahme     | 2022 TEUR           | 2023 TEUR           |
        | 2  | OMID         | 290                 | 290                 |
        | 3  | Refugio      | 40                  | 40                  |
        | 4  | Summe        | =SUM(B2:B3) → 330   | =SUM(C2:C3) → 330   |
        | 6  | Bisher bereitgestellt |            |                     |
        | 7  | Maßnahme     | 2022 TEUR           | 2023 TEUR           |
        | 8  | OMID         | 123                 | 0                   |
        | 9  | Refugio      | 12                  | 12                  |
        | 10 | Summe        | =SUM(B8:B9) → 135   | =SUM(C8:C9) → 12    |
        | 11 | Gesamtbedarf | =B4+B10 → 465       | 342                 |
    """
    assert places(text, *FAMILY) == ["SUM02 warning C11"]


def test_subtotals_of_another_year() -> None:
    text = """
        |   | A             | B                 | C                 |
        |---|---------------|-------------------|-------------------|
        | 1 | Maßnahme      | 2022 TEUR         | 2023 TEUR         |
        | 2 | OMID          | 290               | 290               |
        | 3 | Refugio       | 40                | 41                |
        | 4 | Zwischensumme | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 331 |
        | 5 | Arrival Aid   | 18                | 18                |
        | 6 | Campus        | 119               | 123               |
        | 7 | Zwischensumme | =SUM(B5:B6) → 137 | =SUM(C5:C6) → 141 |
        | 8 | Gesamt        | =B4+B7 → 467      | =B4+B7 → 467      |
    """
    assert places(text, *FAMILY) == ["SUM03 error C8"]


def test_the_one_sum_that_reaches_the_first_row_tells_on_the_others() -> None:
    text = """
        |   | A       | B                | C                | D                | E                |
        |---|---------|------------------|------------------|------------------|------------------|
        | 1 | Team    | Bund             | Land             | Stadt            | Dritte           |
        | 2 | North   | 0                | 0                | 0                | 44               |
        | 3 | South   | 30               | 31               | 32               | 33               |
        | 4 | West    | 8                | 8                | 8                | 8                |
        | 5 | Sources | =SUM(B3:B4) → 38 | =SUM(C3:C4) → 39 | =SUM(D3:D4) → 40 | =SUM(E2:E4) → 85 |
    """
    assert places(text, *FAMILY) == ["SUM03 error B5:D5"]


def test_of_sums_over_rows_the_one_that_counts_the_year_above_is_named_and_not_the_others() -> None:
    text = """
        |   | A      | B                | C                | D                  |
        |---|--------|------------------|------------------|--------------------|
        | 1 | Team   | 2020             | 2021             | 2022               |
        | 2 | South  | 30               | 31               | 32                 |
        | 3 | West   | 8                | 8                | 8                  |
        | 4 | Total  | =SUM(B2:B3) → 38 | =SUM(C2:C3) → 39 | =SUM(D1:D3) → 2062 |
    """
    assert places(text, *FAMILY) == ["SUM03 warning D4"]


def test_a_chain_of_subtotals_that_leaves_one_out_is_not_told_to_become_a_range() -> None:
    text = """
        |   | A          | B                | C                |
        |---|------------|------------------|------------------|
        | 1 | Maßnahme   | 2022 EUR         | 2023 EUR         |
        | 2 | Empfang    | 12               | 12               |
        | 3 | Druckerei  | 38               | 39               |
        | 4 | Summe I    | =SUM(B2:B3) → 50 | =SUM(C2:C3) → 51 |
        | 5 | Bücherei   | 18               | 19               |
        | 6 | Kultur     | 60               | 61               |
        | 7 | Summe II   | =SUM(B5:B6) → 78 | =SUM(C5:C6) → 80 |
        | 8 | Grünpflege | 45               | 46               |
        | 9 | Parken     | 140              | 141              |
        | 10 | Summe III | =SUM(B8:B9) → 185 | =SUM(C8:C9) → 187 |
        | 11 | Insgesamt | =B4+B7+B10 → 313 | =C4+C7 → 131     |
    """
    (found,) = findings(text, "SUM03")
    assert found.range == "C11"
    assert found.hint == "Auch C8, C9 addieren, oder nur die Zwischensumme davon."
