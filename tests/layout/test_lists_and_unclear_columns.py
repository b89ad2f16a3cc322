"""Lists whose columns are no years, rows and columns that hold no amounts, and what is left to a person."""

from __future__ import annotations

import pytest

from pik_excel.budget.tables import Aside, MeasureList, Status
from pik_excel.layout.asides import aside_label
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.layout.structure import Item, sums
from pik_excel.layout.vocabulary import fold
from pik_excel.schema import built_in
from tests.tables import workbook


def reading(text: str) -> Reading:
    return read_budget(workbook(text), built_in())


def only_list(text: str) -> MeasureList:
    found = reading(text)
    assert not found.unclear
    (table,) = found.budget.lists
    assert not found.budget.measure_tables
    return table


@pytest.mark.parametrize(
    "label",
    [
        *("Entwicklung Sprachkurse", "Differenzierte Förderung", "Veränderungsprozess", "Mehr Grün in der Stadt"),
        *("Anteil Stadt am Verkehrsverbund", "Vergleichende Studie", "Änderung Bebauungsplan", "+ Zuschlag", "-Kita"),
    ],
)
def test_names_that_only_begin_like_a_change_are_names(label: str) -> None:
    assert aside_label(label) is None


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("Veränderung zum Vorjahr", Aside.DIFFERENCE),
        ("Abweichung vom Plan (TEUR)", Aside.DIFFERENCE),
        ("Mehr (+) / Weniger (-)", Aside.DIFFERENCE),
        ("in %", Aside.SHARE),
        ("Steigerung ggü. Vorjahr in %", Aside.SHARE),
        ("In % des Gesamthaushalts", Aside.SHARE),
    ],
)
def test_changes_and_shares_are_no_amounts(label: str, why: Aside) -> None:
    assert aside_label(label) is why


@pytest.mark.parametrize("head", ["2027-2030", "24/25", "Sondervermögen 2026"])
def test_a_column_of_figures_that_names_a_year_in_unknown_words_is_unclear(head: str) -> None:
    found = reading(
        f"""
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Maßnahme (TEUR) | 2024 | 2025 | {head} |
        | 2 | Radweg | 290 | 290 | 10 |
        | 3 | Brücke | 119 | 123 | 5 |
        """
    )
    (unclear,) = found.unclear
    assert unclear.at.a1 == "D1"
    assert head in unclear.what


def test_two_units_in_the_line_above_the_years_are_unclear() -> None:
    found = reading(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Angaben in TEUR | Angaben in EUR | |
        | 2 | Maßnahme | 2024 | 2025 |
        | 3 | Radweg | 290 | 5 |
        | 4 | Brücke | 119 | 6 |
        """
    )
    (unclear,) = found.unclear
    assert (unclear.at.a1, unclear.readings) == ("A1", ("TEUR", "EUR"))


def test_a_row_of_a_long_list_without_a_year_is_unclear() -> None:
    rows = "\n".join(f"        | {row} | Angebot {row} | 202{row} | 290 |" for row in range(2, 8))
    found = reading(
        f"""
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | Jahr | Betrag (EUR) |
{rows}
        | 8 | Brücke | | 119 |
        """
    )
    (unclear,) = found.unclear
    assert unclear.at.a1 == "B8"


def test_names_said_once_hold_for_the_years_below() -> None:
    table = only_list(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | Jahr | Betrag EUR |
        | 2 | Radweg | 2024 | 290 |
        | 3 | | 2025 | 119 |
        | 4 | Brücke | 2024 | 300 |
        | 5 | | 2025 | 120 |
        """
    )
    assert [(measure.name, str(measure.year)) for measure in table.measures] == [
        ("Radweg", "2024"),
        ("Radweg", "2025"),
        ("Brücke", "2024"),
        ("Brücke", "2025"),
    ]


def test_stages_below_years_are_approvals_and_no_year_twice() -> None:
    table = only_list(
        """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | Haushaltsanmeldungen in TEUR | | | | |
        | 2 | Maßnahme | beantragt 2024 | beschlossen 2024 | beantragt 2025 | beschlossen 2025 |
        | 3 | Radweg | 290 | 280 | 300 | 290 |
        | 4 | Brücke | 119 | 100 | 120 | 100 |
        """
    )
    assert [(str(column.year), column.status) for column in table.columns] == [
        ("2024", Status.REQUESTED),
        ("2024", Status.DECIDED),
        ("2025", Status.REQUESTED),
        ("2025", Status.DECIDED),
    ]


def test_the_date_of_a_list_is_not_its_year() -> None:
    table = only_list(
        """
        | | A | B |
        |---|---|---|
        | 1 | Zuschussliste 2024 | |
        | 2 | Stand: 24.06.2023, GRDrs 198/2021 | |
        | 3 | Zuwendungsempfänger | Zuschuss in EUR |
        | 4 | Caritas | 290 |
        | 5 | Diakonie | 119 |
        """
    )
    assert [str(year) for year in table.years] == ["2024"]


@pytest.mark.parametrize(
    "text",
    [
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Datum | Empfänger | Verwendungszweck | Betrag EUR |
        | 2 | 2024-01-02 | Caritas | Miete | 100 |
        | 3 | 2024-01-03 | Caritas | Miete | 100 |
        """,
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Year | Temperature | CO2 | Total |
        | 2 | 2001 | 1 | 2 | 3 |
        | 3 | 2002 | 1 | 2 | 3 |
        """,
        """
        | | A | B |
        |---|---|---|
        | 1 | Item | Price |
        | 2 | Pen | 2 |
        | 3 | Total | 2 |
        """,
    ],
)
def test_bookings_measurements_and_prices_are_no_lists_of_measures(text: str) -> None:
    assert reading(text).budget.lists == ()


def test_a_grand_total_on_top_adds_the_subtotals_below_their_groups() -> None:
    items = [
        Item(kind, row) for row, kind in enumerate(("total", "measure", "measure", "total", "measure", "total"), 1)
    ]
    assert {row: one.rows for row, one in sums(items).items()} == {1: (4, 6), 4: (2, 3), 6: (5,)}


@pytest.mark.parametrize("head", ["Sondervermögen 2025", "Übertrag aus 2023", "Ist 31.03.2025"])
def test_one_more_figure_of_a_known_year_or_of_an_earlier_one_leaves_the_run_of_years_clear(head: str) -> None:
    found = reading(
        f"""
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Maßnahme (TEUR) | 2024 | 2025 | {head} |
        | 2 | Radweg | 290 | 290 | 10 |
        | 3 | Brücke | 119 | 123 | 5 |
        """
    )
    assert not found.unclear


def test_what_formulas_make_of_the_years_leaves_them_clear() -> None:
    found = reading(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Maßnahme (TEUR) | 2024 | 2025 | Mittelwert 2024-2026 |
        | 2 | Radweg | 290 | 290 | =AVERAGE(B2:C2) → 290 |
        | 3 | Brücke | 119 | 123 | =AVERAGE(B3:C3) → 121 |
        """
    )
    assert not found.unclear


def test_a_header_that_stands_again_begins_the_next_table() -> None:
    found = reading(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Ergebnishaushalt (in T€) | 2024 | 2025 |
        | 2 | Personal | 1410 | 1470 |
        | 3 | Sachaufwand | 980 | 1005 |
        | 4 | Summe | =SUM(B2:B3) → 2390 | =SUM(C2:C3) → 2475 |
        | 5 | Finanzhaushalt (in T€) | 2024 | 2025 |
        | 6 | Baumaßnahmen | 640 | 1550 |
        | 7 | Tilgung | 95 | 98 |
        | 8 | Summe | =SUM(B6:B7) → 735 | =SUM(C6:C7) → 1648 |
        """
    )
    assert [str(table.area.a1) for table in found.budget.measure_tables] == ["A1:C4", "A5:C8"]


def test_a_word_that_is_hyphenated_at_the_end_of_a_line_is_one_word() -> None:
    assert fold("Rechnungs-\nergebnis\n2023") == "rechnungsergebnis 2023"
    assert fold("Personal-\nund Sachkosten") == "personal- und sachkosten"
    assert fold("Ist-\nWert, Plan-Ist") == "ist- wert, plan-ist"


def test_years_before_a_part_of_the_land_are_years_and_no_list() -> None:
    read = reading(
        """
        |   | A                  | B            | C       | D       | E                   |
        |---|--------------------|--------------|---------|---------|---------------------|
        | 1 | IT – Maßnahmen 2019 bis 2020 in EUR | | |      |                     |
        | 2 | Maßnahme           | Träger       | HJ 2019 | HJ 2020 | davon Zuschuss Land |
        | 3 | Geodatenportal     | Stadt        | 54000   | 54000   |                     |
        | 4 | Rechenzentrum      | Zweckverband | 486000  | 490000  | 200000              |
        | 5 | Offenes WLAN       | Stadt        | 32000   | 32000   |                     |
        | 6 | Gesamt             |              | 572000  | 576000  | 200000              |
        """
    )
    (table,) = read.budget.measure_tables
    assert [column.year.value for column in table.columns] == [2019, 2020] and not read.budget.lists


def test_a_table_on_whose_top_the_total_stands_and_that_says_no_unit_is_read_for_who_gets_the_money() -> None:
    read = reading(
        """
        |   | A                         | B                 | C      | D      |
        |---|---------------------------|-------------------|--------|--------|
        | 1 | Klimaschutz 2020 und 2021 |                   |        |        |
        | 2 | Bezeichnung               | Empfänger         | 2020   | 2021   |
        | 3 | Gesamtsumme               |                   | 171600 | 172700 |
        | 4 | Lastenradförderung        | Private Haushalte | 56100  | 56100  |
        | 5 | Stadtradeln               | Stabsstelle       | 10200  | 10300  |
        | 6 | Entsiegelung              | Hauseigentümer    | 105300 | 106300 |
        """
    )
    (table,) = read.budget.measure_tables
    assert len(table.measures) == 3


def test_an_empty_column_of_rates_between_names_and_years_parts_no_table() -> None:
    read = reading(
        """
        |    | A              | B     | C   | D      | E      |
        |----|----------------|-------|-----|--------|--------|
        | 1  | Beschlossene Maßnahmen 2026/2027 in EUR | | | | |
        | 2  | Maßnahme       | Index | THH | 2026   | 2027   |
        | 3  | Spielplätze    | 1 %   | 670 | 183300 | 186200 |
        | 4  | Sandwechsel    | 1 %   | 670 | 79700  | 83400  |
        | 5  | Brunnen        | 1 %   | 670 | 89000  | 102400 |
        | 6  | Summe          |       |     | 352000 | 372000 |
        | 9  | Anmeldungen 2028/2029 in EUR | | |  |        |
        | 10 | Maßnahme       | Index | THH |        |        |
        | 11 |                |       |     | 2028   | 2029   |
        | 12 | Spielplätze    |       | 670 | 190800 | 195300 |
        | 13 | Sandwechsel    |       | 670 | 87300  | 91400  |
        | 14 | Brunnen        |       | 670 | 105400 | 108400 |
        | 15 | Summe          |       |     | 383500 | 395100 |
        """
    )
    assert [[column.year.value for column in table.columns] for table in read.budget.measure_tables] == [
        [2026, 2027],
        [2028, 2029],
    ]
