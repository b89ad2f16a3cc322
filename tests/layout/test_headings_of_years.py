"""How other towns head their years: abbreviations, short years, key dates, figures of other years beside them."""

from __future__ import annotations

import pytest

from pik_excel.budget.tables import MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.schema import built_in
from tests.tables import workbook


def reading(*heads: str) -> Reading:
    line = " | ".join(heads)
    first = " | ".join("290" for _ in heads)
    second = " | ".join("80" for _ in heads)
    return read_budget(
        workbook(
            f"""
            | | A | {" | ".join("BCDEFG"[: len(heads)])} |
            |---|---|{"---|" * len(heads)}
            | 1 | Beträge in EUR |{" |" * len(heads)}
            | 2 | Maßnahme | {line} |
            | 3 | Jugendhaus | {first} |
            | 4 | Lesepaten | {second} |
            """
        ),
        built_in(),
    )


def table(*heads: str) -> MeasureTable:
    found = reading(*heads)
    assert not found.unclear
    (only,) = found.budget.measure_tables
    return only


def years(*heads: str) -> list[str]:
    return [column.year.shown for column in table(*heads).columns]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (("RA 2023", "VA 2024", "VA 2025", "MEFP 2026"), ["Ist 2023", "Ansatz 2024", "Ansatz 2025", "Plan 2026"]),
        (("R 2023", "B 2024", "B 2025", "FP 2026"), ["2023", "2024", "2025", "Plan 2026"]),
        (("Ist 2023", "V-IST 2024", "Plan 2025"), ["Ist 2023", "Ist 2024", "Plan 2025"]),
        (("vorläufiges Ergebnis 2024", "Ansatz 2025"), ["Ist 2024", "Ansatz 2025"]),
        (("Ansatz 2025", "mittelfr. Planung 2026", "Ausblick 2027"), ["Ansatz 2025", "Plan 2026", "2027"]),
        (("HHJ 25", "HHJ 26", "HHJ 27"), ["2025", "2026", "2027"]),
        (("HJ 25 EUR", "HJ 26 EUR"), ["2025", "2026"]),
        (("Actual 2023", "Budget 2024", "Forecast 2025"), ["Ist 2023", "2024", "Plan 2025"]),
    ],
)
def test_a_year_is_read_under_the_heading_of_other_places(heads: tuple[str, ...], expected: list[str]) -> None:
    assert years(*heads) == expected


@pytest.mark.parametrize(
    "beside",
    [
        "Spend to 31 March 2025",
        "Stand 31. Dezember 2024",
        "verausgabt bis 31.12.2024",
        "bis Ende 2024",
        "Hebesatz 2026",
    ],
)
def test_a_day_and_another_figure_of_a_known_year_are_no_year_and_no_riddle(beside: str) -> None:
    assert years(beside, "2025", "2026") == ["2025", "2026"]


def test_figures_of_another_year_parted_from_the_run_are_no_riddle() -> None:
    assert years("Schüler/-innen 2024", "Satz je Kind (EUR)", "Budget 2025 (EUR)", "Budget 2026 (EUR)") == [
        "2025",
        "2026",
    ]


def test_years_without_a_unit_beside_years_with_one_are_no_amounts() -> None:
    heads = ("Hebesatz 2024", "Hebesatz 2025", "Aufkommen 2024 (EUR)", "Aufkommen 2025 (EUR)", "Aufkommen 2026 (EUR)")
    assert years(*heads) == ["2024", "2025", "2026"]


@pytest.mark.parametrize("heading", ["Mittelabruf 2026", "Kinder 2026"])
def test_a_longer_word_in_the_run_of_years_stays_a_question(heading: str) -> None:
    assert reading("2025", heading, "2027").unclear


def test_the_year_of_the_budget_still_counts_on() -> None:
    found = read_budget(
        workbook(
            """
            | | A | B | C |
            |---|---|---|---|
            | 1 | Haushaltsjahr 2024, in TEUR | | |
            | 2 | Maßnahme | Ansatz HJ | Plan HJ+1 |
            | 3 | Jugendhaus | 290 | 290 |
            | 4 | Lesepaten | 80 | 60 |
            """
        ),
        built_in(),
    )
    (only,) = found.budget.measure_tables
    assert [column.year.shown for column in only.columns] == ["Ansatz 2024", "Plan 2025"]
