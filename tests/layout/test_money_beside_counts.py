"""Figures that are no money, beside money: units by row, rates and numbers that are multiplied, tonnes of CO2."""

from __future__ import annotations

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Aside, MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.tables import workbook


def table(text: str) -> MeasureTable:
    found = read_budget(workbook(text), built_in())
    assert not found.unclear
    (only,) = found.budget.measure_tables
    return only


def names(found: MeasureTable) -> list[str]:
    return [measure.name for measure in found.measures]


def test_each_row_states_its_own_unit() -> None:
    found = table(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Zuschüsse an Gesellschaften | | | |
        | 2 | Gesellschaft | Einheit | 2024 | 2025 |
        | 3 | Stadtwerke | TEUR | 1400 | 1450 |
        | 4 | Theater | EUR | 5020000 | 5150000 |
        | 5 | Klinikum | Mio. EUR | 3.8 | 4.2 |
        """
    )
    assert [measure.amounts[0].unit for measure in found.measures] == [Unit.TEUR, Unit.EUR, Unit.MIO]
    assert [measure.amounts[1].eur for measure in found.measures] == [1_450_000, 5_150_000, 4_200_000]


def test_one_unit_for_all_rows_is_that_of_the_table() -> None:
    found = table(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Position | Einheit | Plan 2024 | Plan 2025 |
        | 2 | Wachdienst | TEUR | 648 | 670 |
        | 3 | Sprachmittlung | TEUR | 93 | 95 |
        | 4 | Plätze | Anzahl | 400 | 420 |
        """
    )
    assert found.unit is Unit.TEUR
    assert names(found) == ["Wachdienst", "Sprachmittlung"]
    assert [(one.label, one.why) for one in found.left_out if one.row] == [("Plätze", Aside.COUNT)]


def test_a_table_of_figures_with_few_amounts_among_them_stays_one_of_figures() -> None:
    found = read_budget(
        workbook(
            """
            | | A | B | C | D |
            |---|---|---|---|---|
            | 1 | Kennzahl | Einheit | Ist 2024 | Plan 2025 |
            | 2 | Zuschussbedarf | EUR | 1290000 | 1315000 |
            | 3 | Vereine | Anzahl | 64 | 65 |
            | 4 | Auslastung | % | 87 | 88 |
            """
        ),
        built_in(),
    )
    assert not found.budget.measure_tables
    assert len(found.budget.indicators) == 1


def test_what_is_multiplied_is_no_amount() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | in EUR | | |
        | 2 | Position | Plan 2024 | Plan 2025 |
        | 3 | Personen | 955 | 1020 |
        | 4 | Kosten je Person | 7510 | 7700 |
        | 5 | Unterbringung | =B3*B4 → 7172050 | =C3*C4 → 7854000 |
        | 6 | Wachdienst | 648000 | 670000 |
        | 7 | Summe | =SUM(B5:B6) → 7820050 | =SUM(C5:C6) → 8524000 |
        """
    )
    assert names(found) == ["Unterbringung", "Wachdienst"]
    assert found.totals[0].rows == (5, 6)


def test_a_share_of_an_amount_leaves_it_one() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | in EUR | | |
        | 2 | Position | Plan 2024 | Plan 2025 |
        | 3 | Personal | 100000 | 110000 |
        | 4 | Gemeinkosten | =B3*20% → 20000 | =C3*20% → 22000 |
        | 5 | Summe | =SUM(B3:B4) → 120000 | =SUM(C3:C4) → 132000 |
        """
    )
    assert names(found) == ["Personal", "Gemeinkosten"]


def test_tonnes_beside_money_are_left_out_and_said_so() -> None:
    found = table(
        """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | | Kosten in TEUR | | CO2-Minderung in t/a | |
        | 2 | Maßnahme | 2025 | 2026 | 2025 | 2026 |
        | 3 | PV auf Schulen | 420 | 650 | 85 | 210 |
        | 4 | Wärmenetz | 90 | 180 | 10 | 20 |
        | 5 | Summe | 510 | 830 | 95 | 230 |
        """
    )
    assert [column.at.a1 for column in found.columns] == ["B2", "C2"]
    assert [one.at.a1 for one in found.left_out if one.why is Aside.COUNT] == ["D2", "E2"]


def test_an_amount_times_a_share_stays_an_amount() -> None:
    found = table(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | in EUR | | |
        | 2 | Position | Plan 2024 | Plan 2025 |
        | 3 | Unterdeckung | 13760 | 14785 |
        | 4 | Ausgleich in Teilen | 0.7 | 0.7 |
        | 5 | Zuweisung | =ROUND(B3*B4,-2) → 9600 | =ROUND(C3*C4,-2) → 10300 |
        """
    )
    assert "Unterdeckung" in names(found)
