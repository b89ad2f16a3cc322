"""The heading of a sheet states the unit for all its tables of amounts, and for no others."""

from __future__ import annotations

import pytest

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.tables import workbook

SHEET = """
|    | A | B | C | D |
|----|---|---|---|---|
| 1  | Theater und Orchester GmbH | | | |
| 2  | {unit} | | | |
| 4  | A. Erträge | 2025 | 2026 | 2027 |
| 5  | Karten | 1840 | 1880 | 1915 |
| 6  | Gastspiele | 310 | 295 | 330 |
| 7  | Summe A | =SUM(B5:B6) → 2150 | =SUM(C5:C6) → 2175 | =SUM(D5:D6) → 2245 |
| 9  | {second} | 2025 | 2026 | 2027 |
| 10 | {row} | 7120 | 7330 | 7550 |
| 11 | Technik | 3890 | 4010 | 4130 |
"""


def tables(unit: str, second: str = "B. Aufwendungen", row: str = "Ensemble") -> tuple[MeasureTable, ...]:
    text = SHEET.format(unit=unit, second=second, row=row)
    return read_budget(workbook(text), built_in()).budget.measure_tables


@pytest.mark.parametrize(
    ("unit", "meant"),
    [("in T€", Unit.TEUR), ("Angaben in Mio. EUR", Unit.MIO), ("alle Beträge in CHF", Unit.CHF), ("£000", Unit.TGBP)],
)
def test_a_table_further_below_is_in_the_unit_of_the_sheet(unit: str, meant: Unit) -> None:
    assert [table.unit for table in tables(unit)] == [meant, meant]
    assert [one.unit for table in tables(unit) for one in table.measures[0].amounts] == [meant] * 6


@pytest.mark.parametrize("second", ["Stellen (VZÄ)", "Quote in %", "Fallzahlen", "Schüler"])
def test_a_table_of_figures_that_are_no_money_is_not(second: str) -> None:
    assert len(tables("in T€", second)) == 1


def test_a_table_that_states_its_own_unit_is_in_that() -> None:
    assert [table.unit for table in tables("in T€", "B. Aufwendungen EUR")] == [Unit.TEUR, Unit.EUR]


def test_a_heading_that_states_two_units_says_nothing_of_what_is_below() -> None:
    assert [table.unit for table in tables("Erträge in TEUR, übrige Beträge in EUR")][1:] == []


def test_costs_a_head_of_two_years_in_another_currency_are_no_plan() -> None:
    text = """
|   | A | B | C |
|---|---|---|---|
| 1 | Spending per pupil (£) | | |
| 3 | Phase | 2001 | 2000 |
| 4 | Infant | 155 | 150 |
| 5 | Junior | 190 | 188 |
| 6 | Total | 172 | 169 |
"""
    assert not read_budget(workbook(text), built_in()).budget.measure_tables


def test_the_proposals_of_a_savings_programme_are_its_measures() -> None:
    text = """
|   | A | B | C | D | E |
|---|---|---|---|---|---|
| 1 | Savings Programme | | | | |
| 2 | £000 (savings shown as negatives) | | | | |
| 4 | Directorate | Proposal | 2025/26 | 2026/27 | 2027/28 |
| 5 | Adult Social Care | Reablement | -420 | -780 | -780 |
| 6 | Adult Social Care | Transport | -90 | -90 | -90 |
| 7 | Place | LED lighting | 180 | -210 | -340 |
| 8 | Total | | =SUM(C5:C7) → -330 | =SUM(D5:D7) → -1080 | =SUM(E5:E7) → -1210 |
"""
    (table,) = read_budget(workbook(text), built_in()).budget.measure_tables
    assert (table.unit, [one.name for one in table.measures]) == (
        Unit.TGBP,
        ["Reablement", "Transport", "LED lighting"],
    )


def test_french_headings_of_years_are_read() -> None:
    text = """
|   | A | B | C | D |
|---|---|---|---|---|
| 1 | Dépenses ordinaires (EUR) | | | |
| 2 | Libellé | Compte 2024 | Budget rectifié 2025 | Prévision 2026 |
| 3 | Voirie | 742 | 780 | 805 |
| 4 | Culture | 188 | 195 | 198 |
"""
    (table,) = read_budget(workbook(text), built_in()).budget.measure_tables
    assert [one.year.value for one in table.columns] == [2024, 2025, 2026]
