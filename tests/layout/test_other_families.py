"""Assumptions, financing, posts and performance figures, as they stand in messy sheets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pik_excel.budget.money import Unit
from pik_excel.grid.reference import Area
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.schema import built_in
from tests.tables import workbook


def reading(text: str, merges: tuple[Area, ...] = ()) -> Reading:
    return read_budget(workbook(text, merges={"Tabelle1": merges}), built_in())


# --- assumptions ------------------------------------------------------------------------------------------------------

ASSUMPTIONS = """
    | | B | C | D | E | F | G | H | I |
    |---|---|---|---|---|---|---|---|---|
    | 3 | Annahmen zur Fortschreibung | | | | | | | |
    | 5 | Maßnahme | Bedarf in TEUR | Regel | von | befristet bis | Anteil (%) | Höchstbetrag EUR | Aliase |
    | 6 | Jobkraftwerk | 65.5 | {rule} | 2022 | 2023-12-31 | | | |
    | 7 | OMID* | =C6*2 → 131 | Anteil | 2022 | '31.12.2023 | 50 | '290.000 EUR | OMID Caritas |
    | 8 | Arrival Aid | | | | | | | |
    | 10 | Regeln: halten heißt, der letzte Betrag gilt weiter, solange niemand etwas anderes einträgt | | | | | | | |
"""


def test_assumptions_have_a_field_for_every_cell_empty_ones_too() -> None:
    (table,) = reading(ASSUMPTIONS.format(rule="befristet")).budget.assumptions
    assert table.area.a1 == "B5:I8"
    assert [row.measure for row in table.rows] == ["Jobkraftwerk", "OMID", "Arrival Aid"]
    first, second, third = table.rows
    need = first.field("bedarf")
    assert need is not None
    assert (need.at.a1, need.value, need.unit) == ("C6", Decimal(65500), Unit.TEUR)
    cap, share, until = second.field("hoechstbetrag"), second.field("anteil"), second.field("bis")
    assert cap is not None and share is not None and until is not None
    assert (cap.value, share.value, until.value) == (Decimal(290000), Decimal("0.5"), date(2023, 12, 31))
    empty = third.field("regel")
    assert empty is not None
    assert (empty.at.a1, empty.value) == ("D8", None)


@pytest.mark.parametrize(
    ("word", "rule"),
    [
        ("befristet", "befristet"),
        ("Halten", "halten"),
        ("stellen_satz", "stellen_satz"),
        ("Stellen × Satz", "stellen_satz"),
        ("Stellen x Satz", "stellen_satz"),
        ("Tarifsteigerung", "index"),
        ("Anteil, höchstens Höchstbetrag", "anteil"),
        ("Liste", "liste"),
    ],
)
def test_rules_are_stated_in_plain_words(word: str, rule: str) -> None:
    found = reading(ASSUMPTIONS.format(rule=word))
    field = found.budget.assumptions[0].rows[0].field("regel")
    assert field is not None
    assert (field.value, field.stated) == (rule, word)
    assert not found.unclear


def test_an_unknown_rule_is_unclear() -> None:
    (unclear,) = reading(ASSUMPTIONS.format(rule="irgendwie")).unclear
    assert unclear.at.a1 == "D6"
    assert "irgendwie" in unclear.what


def test_a_list_of_measures_with_recipients_is_no_assumption() -> None:
    assert not reading(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | Träger | Bemerkung |
        | 2 | OMID | Caritas | neu |
        """
    ).budget.assumptions


# --- financing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "measure", "year"),
    [
        ("OMID – Finanzierung der Aufwendungen 2019", "OMID", 2019),
        ("Finanzierung OMID 2019", "OMID", 2019),
        ("Finanzierung des Ausbildungscampus (2023)", "Ausbildungscampus", 2023),
        ("Kosten- und Finanzierungsplan „Sprachcafé Süd“", "Sprachcafé Süd", None),
        ("Refugio e. V.: Finanzierungsplan 2022", "Refugio e. V", 2022),
    ],
)
def test_a_financing_belongs_to_the_measure_of_its_caption(caption: str, measure: str, year: int | None) -> None:
    (one,) = reading(
        f"""
        | | B | C | D |
        |---|---|---|---|
        | 2 | {caption} | | |
        | 3 | Mittelgeber | Betrag | Anteil |
        | 4 | Stadt | 290000 | 44.7 % |
        | 5 | Diözese | '290.000 EUR | '44,7 % |
        | 6 | Eigenmittel | 69412 | 10.6 % |
        | 7 | Gesamtkosten | =SUM(C4:C6) → 649412 | 100 % |
        """
    ).budget.financings
    assert (one.measure, one.year) == (measure, year)
    assert [part.amount.eur for part in one.parts] == [Decimal(290000), Decimal(290000), Decimal(69412)]
    assert [(part.share, part.share_digits) for part in one.parts] == [
        (Decimal("0.447"), 1),
        (Decimal("0.447"), 1),
        (Decimal("0.106"), 1),
    ]
    assert one.total is not None
    assert (one.total.eur, one.total_share) == (Decimal(649412), Decimal(1))


def test_several_financings_on_a_sheet_each_in_its_unit() -> None:
    first, second = reading(
        """
        | | A | B | C | D | E | F |
        |---|---|---|---|---|---|---|
        | 1 | Finanzierung OMID | | | Finanzierung Campus | | |
        | 2 | Quelle | Betrag TEUR | | Quelle | Betrag EUR | Anteil |
        | 3 | Stadt | 290 | | Stadt | 149810 | 53 % |
        | 4 | Land | 290 | | Spenden | 131760 | 47 % |
        """
    ).budget.financings
    assert (first.measure, second.measure) == ("OMID", "Campus")
    assert first.parts[0].amount.eur == Decimal(290000)
    assert second.parts[0].share_digits == 0
    assert first.total is None


# --- posts ------------------------------------------------------------------------------------------------------------


def test_posts_and_rates_in_the_unit_of_their_column() -> None:
    first, second = reading(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Bezeichnung | VZÄ | Satz EUR/Stelle | Ansatz TEUR |
        | 2 | Sachkostenpauschale | 51.1 | 4600 | 227 |
        | 3 | Beratung | 7.1 | | |
        | 4 | Summe | 58.2 | | 227 |
        """
    ).budget.posts
    values = {key: field.value for key, field in first.fields.items()}
    assert values == {"stellen": Decimal("51.1"), "satz": Decimal(4600), "ansatz": Decimal(227000)}
    assert second.name == "Beratung"


def test_a_grant_as_labels_and_values() -> None:
    (grant,) = reading(
        """
        | | B | C |
        |---|---|---|
        | 2 | Landeszuschuss Integrationsmanagement | |
        | 3 | Zuschuss | '16.271.218,33 EUR |
        | 4 | Stellen | 51.1 |
        | 5 | Bewilligungszeitraum von | 2018-01-01 |
        | 6 | Bewilligungszeitraum bis | '31.12.2022 |
        | 7 | Sachbearbeitung | Frau Muster |
        | 8 | Frist in Monaten | 3 |
        """
    ).budget.posts
    assert grant.name == "Landeszuschuss Integrationsmanagement"
    assert {key: field.value for key, field in grant.fields.items()} == {
        "zuschuss": Decimal("16271218.33"),
        "stellen": Decimal("51.1"),
        "foerderzeitraum_von": date(2018, 1, 1),
        "foerderzeitraum_bis": date(2022, 12, 31),
        "nachweisfrist_monate": Decimal(3),
    }


def test_rows_of_a_budget_called_like_fields_of_a_grant_are_no_grant() -> None:
    found = reading(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme | 2022 EUR | 2023 EUR |
        | 2 | Zuschuss | 100 | 100 |
        | 3 | Stellen | 50 | 60 |
        """
    )
    assert not found.budget.posts
    assert len(found.budget.measure_tables) == 1


# --- performance figures ----------------------------------------------------------------------------------------------


def test_performance_figures_with_their_parts() -> None:
    found = reading(
        """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Leistungszahlen OMID | | | |
        | 3 | Kennzahl | Einheit | 2018 | 2019 |
        | 4 | Einzelgespräche | Gespräche | 988 | 1050 |
        | 5 | darunter mit Dolmetscher | Gespräche | | 732 |
        | 6 | Teilnehmende, aufgeteilt in | Personen | | 281 |
        | 7 | davon männlich | Personen | | 155 |
        | 8 | davon weiblich | Personen | | 126 |
        """
    )
    assert not found.budget.measure_tables
    (table,) = found.budget.indicators
    talks, people = table.rows
    assert [(year, field.value) for year, field in talks.values] == [(2018, Decimal(988)), (2019, Decimal(1050))]
    assert [part.name for part in talks.parts] == ["darunter mit Dolmetscher"]
    assert (talks.full_split, people.full_split) == (False, True)
    assert len(people.parts) == 2


def test_several_tables_of_figures_one_below_the_other() -> None:
    first, second = reading(
        """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Leistungszahl | 2018 | 2019 |
        | 2 | Gespräche | 988 | 1050 |
        | 4 | Dolmetscher | | |
        | 5 | Leistungszahl | 2019 | Anteil |
        | 6 | Gespräche | 1738 | |
        | 7 | davon Recht | 181 | 10 % |
        """
    ).budget.indicators
    assert (first.area.a1, second.area.a1) == ("A1:C2", "A5:C7")
    assert [year for year, _ in second.rows[0].values] == [2019]
