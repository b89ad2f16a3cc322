"""`check -v` says what was read from which cells."""

from __future__ import annotations

from pik_excel.layout.read import read_budget
from pik_excel.report.understood import understood
from pik_excel.schema import built_in
from tests.tables import workbook


def facts(text: str) -> dict[str, str]:
    (one,) = understood(read_budget(workbook(text), built_in()))
    return {"": f"{one.at} {one.family}", **dict(one.facts)}


def test_a_table_by_year_names_its_columns_totals_and_what_it_leaves_out() -> None:
    found = facts(
        """
        | | A | B | C | D (ausgeblendet) | E | F | G |
        |---|---|---|---|---|---|---|---|
        | 1 | Zuschüsse in TEUR | | | | | | |
        | 2 | Maßnahme | Ansatz 2024 | Veränderung zum Vorjahr | Plan 2025 | 2026 ff. | Summe | Bemerkung |
        | 3 | Radweg | 290 | 10 | 300 | 5 | 590 | neu |
        | 4 | Brücke | 119 | 10 | 120 | 5 | 239 | |
        | 5 | davon Personal | 20 | 1 | 20 | 5 | 40 | |
        | 6 | Summe | 409 | 20 | 420 | 10 | 829 | |
        | 7 | in % | 1 | 1 | 2 | | | |
        """
    )
    assert found == {
        "": "Tabelle1!A2:F7 measures-by-year",
        "Titel": "Zuschüsse in TEUR",
        "Einheit": "TEUR aus A1",
        "Maßnahmen": "2 Maßnahmen, Namen in Spalte A",
        "Jahre": "B Ansatz 2024, D Plan 2025, E 2026 ff.",
        "Summen": "Zeile 6 „Summe“ = Zeilen 3–4",
        "Summenspalten": "F „Summe“ = B, D",
        "in keiner Summe": "Zeile 5 „davon Personal“",
        "ausgeblendet": "Spalte D",
        "nicht als Betrag gelesen": "Spalte C „Veränderung zum Vorjahr“: Veränderung; Spalte G „Bemerkung“: Angabe zur"
        " Maßnahme; Zeile 7 „in %“: Anteil in %",
    }


def test_a_long_list_says_where_its_years_stand() -> None:
    found = facts(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | Jahr | Betrag (EUR) |
        | 2 | Radweg | 2024 | 290 |
        | 3 | Radweg | 2025 | 300 |
        | 4 | Summe | | 590 |
        """
    )
    assert found[""] == "Tabelle1!A1:C4 long-list"
    assert found["Maßnahmen"] == "1 Maßnahme, Namen in Spalte A"
    assert found["Beträge"] == "C Betrag (EUR)"
    assert found["Jahre"] == "2024, 2025 (je Zeile)"
    assert found["Summen"] == "Zeile 4 „Summe“ = Zeilen 2–3"


def test_years_down_the_side_name_rows_and_a_column_of_totals() -> None:
    found = facts(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Zuschüsse in EUR | | | |
        | 2 | Jahr | Radweg | Brücke | Summe |
        | 3 | 2024 | 290 | 119 | 409 |
        | 4 | 2025 | 300 | 120 | 420 |
        | 5 | Summe | 590 | 239 | 829 |
        """
    )
    assert found["Jahre"] == "3 2024, 4 2025"
    assert found["Summen"] == "Spalte D „Summe“ = B, C"
    assert found["Summen der Jahre"] == "Zeile 5 „Summe“ = Zeilen 3–4"


def test_sheets_of_which_nothing_was_read_are_named() -> None:
    found = understood(
        read_budget(
            workbook(
                """
                Blatt "Deckblatt":
                | | A |
                |---|---|
                | 1 | Haushaltsplan 2024 |

                Blatt "Plan":
                | | A | B |
                |---|---|---|
                | 1 | Maßnahme | 2024 TEUR |
                | 2 | Radweg | 290 |
                """
            ),
            built_in(),
        )
    )
    assert [(one.at, one.family) for one in found] == [("Plan!A1:B2", "measures-by-year"), ("Deckblatt", "")]
