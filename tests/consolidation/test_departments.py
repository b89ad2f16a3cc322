"""Whose measures are these? Only what is written there, and only where it is one name."""

from __future__ import annotations

import pytest

from pik_excel.consolidation.departments import named_in
from tests.consolidation.asked import entries, source

TABLE = """
| 5 | Maßnahme | 2025 EUR | 2026 EUR |
| 6 | Sprachkurse | 10 | 20 |
| 7 | Lesepaten | 20 | 30 |
"""


def departments(head: str, name: str = "probe.xlsx", sheet: str = "Plan") -> set[str]:
    text = f'Blatt "{sheet}":\n| | A | B | C |\n|---|---|---|---|\n{head}\n{TABLE.strip()}\n'
    return {entry.department for entry in source(text, name).gathered.entries}


@pytest.mark.parametrize(
    "text",
    ["Insgesamt in EUR", "Ehrenamt im Stadtteil", "Maßnahmen des Amtes", "Gesamt 2025", "Anmeldung 2025", "amtlich"],
)
def test_no_department_is_made_of_other_words(text: str) -> None:
    assert list(named_in(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anmeldungen Sozialamt 2025", "Sozialamt"),
        ("Amt 50/51 – Maßnahmen", "Amt 50/51"),
        ("Amt 50 Sozialamt, Anmeldung", "Amt 50 Sozialamt"),
        ("Haushalt Amt für Umwelt, Angaben in TEUR", "Amt für Umwelt"),
        ("Amt für Jugend, Familie und Bildung: Plan", "Amt für Jugend, Familie und Bildung"),
        ("Stabsstelle Klimaschutz: Klimaanpassung (Mio. EUR)", "Stabsstelle Klimaschutz"),
        ("THH 400", "THH 400"),
    ],
)
def test_departments_are_known_by_their_words(text: str, name: str) -> None:
    assert list(named_in(text)) == [name]


def test_the_title_names_it() -> None:
    assert departments("| 1 | Anmeldungen Sozialamt, Angaben in EUR | | |") == {"Sozialamt"}


def test_a_form_names_it_beside_the_word() -> None:
    assert departments("| 1 | Amt: | 51 Jugend | |") == {"51 Jugend"}


def test_the_sheet_or_the_file_names_it() -> None:
    assert departments("| 1 | Anmeldungen | | |", sheet="Amt 37") == {"Amt 37"}
    assert departments("| 1 | Anmeldungen | | |", name="Anmeldung_Tiefbauamt_2025.xlsx") == {"Tiefbauamt"}


def test_two_names_are_none() -> None:
    assert departments("| 1 | Anmeldungen von Sozialamt / Jugendamt | | |") == {""}


def test_a_recipient_in_the_rows_is_no_department() -> None:
    lines = entries("""
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | Träger | 2025 EUR |
    | 2 | Sprachkurse | Gesundheitsamt | 10 |
    | 3 | Lesepaten | Caritas | 20 |
    """)
    assert {line.department for line in lines} == {""}


def test_a_column_of_its_own_goes_before_everything() -> None:
    lines = entries("""
    | | A | B | C |
    |---|---|---|---|
    | 1 | Anmeldungen Sozialamt | | |
    | 2 | Maßnahme | Amt | 2025 EUR |
    | 3 | Sprachkurse | Amt 9 | 10 |
    | 4 | Lesepaten | Amt 10 | 20 |
    """)
    assert [line.department for line in lines] == ["Amt 9", "Amt 10"]
