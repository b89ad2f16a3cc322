"""What the label of a row says."""

from __future__ import annotations

import pytest

from pik_excel.budget.names import name_key
from pik_excel.grid.reference import Address
from pik_excel.layout.labels import label_of, product_key, role_of, years_in
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.schema import built_in

WORDS = vocabulary(built_in())
HERE = Address("Blatt", 1, 1)


@pytest.mark.parametrize(
    "label",
    [
        "Gesamtelternbeirat",
        "Summer School",
        "Totalsanierung Bad",
        "Saldenbestätigung",
        "Konzept gesamtstädtisch",
        "Finanzbedarfsplanung Software",
        "davonlaufende Kosten",
        "VELO-Weg",
        "2. Bauabschnitt",
        "=1+1",
        "=B4",
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_measure_is_no_total_for_how_it_begins(label: str) -> None:
    assert role_of(label, WORDS) == "measure"


@pytest.mark.parametrize(
    "label",
    ["Summe", "SUMME:", "Summe ergänzende Maßnahmen 2020 und 2021", "Insgesamt", "Maßnahmen gesamt", "Σ",
     "Finanzbedarf", "= Ordentliche Erträge", "Zwischensumme Amt 50", "Gesamtkosten (TEUR)", "Su\u00admme",
     "Summe\u00a02022"],
)  # fmt: skip
def test_totals_are_known_by_their_words(label: str) -> None:
    assert role_of(label, WORDS) == "total"


@pytest.mark.parametrize(
    "label", ["davon Personal", "- davon Sachkosten", "nachrichtlich: Vorjahr", "VE 2023", "darunter Land"]
)
def test_memo_rows_are_told_apart(label: str) -> None:
    assert role_of(label, WORDS) == "memo"


@pytest.mark.parametrize(
    ("text", "name", "number", "marks"),
    [
        ("3. OMID*", "OMID", 3, ("*",)),
        ("8. Stuttgarter Ausbildungscampus**", "Stuttgarter Ausbildungscampus", 8, ("**",)),
        ("2) Refugio Stuttgart e. V. 1)", "Refugio Stuttgart e. V.", 2, ("1)",)),
        ("a) Beratung", "Beratung", None, ()),
        ("– Empowerment", "Empowerment", None, ()),
        ("Kita (Stufe 1)", "Kita (Stufe 1)", None, ()),
        ("Integrationsmanager*innen", "Integrationsmanager*innen", None, ()),
        ("100 Bäume", "100 Bäume", None, ()),
        ("  Arrival\u00a0Aid\n ", "Arrival Aid", None, ()),
    ],
)
def test_number_and_marks_are_taken_off_a_name(
    text: str, name: str, number: int | None, marks: tuple[str, ...]
) -> None:
    assert label_of(text) == (name, number, marks)


def test_names_are_compared_without_case_padding_and_invisible_characters() -> None:
    assert name_key("Arrival\u00a0 Aid") == name_key("ARRIVAL Aid\u00ad")
    assert name_key("Stufe 1") != name_key("Stufe 2")


def test_a_product_key_is_taken_apart() -> None:
    key = product_key("31.60.01.00.00-500 Förderung fr. Träger d. Wohlfahrtspflege/430 Transferaufwendungen", HERE)
    assert key is not None
    assert (key.product, key.office, key.account_group, key.account_name) == (
        "31.60.01.00.00",
        "500",
        "430",
        "Transferaufwendungen",
    )
    assert product_key("Ausbau 2. Stufe/Abschnitt 4 Nord", HERE) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Haushaltsmittel stehen auch für die Jahre 2022 und 2023 bereit", (2022, 2023)),
        ("stehen auch für das Jahr 2022 bereit", (2022,)),
        ("für 2022 bis 2025", (2022, 2023, 2024, 2025)),
        ("Doppelhaushalt 2022/23", (2022, 2023)),
        ("laut Antrag", ()),
    ],
)
def test_the_years_a_note_names(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years
