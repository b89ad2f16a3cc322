"""Two columns a year, one for income and one for expenses: two tables, each with its own years and unit."""

from __future__ import annotations

import pytest

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.asking import places
from tests.tables import workbook

_PLAN = """
    | | A | B | C | D | E |
    |---|---|---|---|---|---|
    | 1 | | 2025 | | 2026 | |
    | 2 | Projekt | {income} | {expense} | {income} | {expense} |
    | 3 | | TEUR | TEUR | TEUR | TEUR |
    | 4 | Gründerzentrum | 85 | 240 | 88 | 246 |
    | 5 | Messe | 10 | 38 | 12 | 40 |
    | 6 | Summe | =SUM(B4:B5) → 95 | =SUM(C4:C5) → 278 | {total} | =SUM(E4:E5) → 286 |
    """
_RIGHT = "=SUM(D4:D5) → 100"


def tables(text: str) -> tuple[MeasureTable, ...]:
    found = read_budget(workbook(text), built_in())
    assert not found.unclear
    return found.budget.measure_tables


@pytest.mark.parametrize(
    ("income", "expense"), [("Ertrag", "Aufwand"), ("Einnahmen", "Ausgaben"), ("Einzahlungen", "Auszahlungen")]
)
def test_each_side_is_a_table_of_its_own(income: str, expense: str) -> None:
    one, other = tables(_PLAN.format(income=income, expense=expense, total=_RIGHT))
    assert [column.at.a1 for column in one.columns] == ["B1", "D1"]
    assert [column.at.column for column in other.columns] == [3, 5]
    assert {one.unit, other.unit} == {Unit.TEUR}
    assert income in one.title
    assert expense in other.title


def test_a_right_plan_with_two_sides_is_silent() -> None:
    text = _PLAN.format(income="Ertrag", expense="Aufwand", total=_RIGHT)
    assert places(text, "YRS01", "YRS02", "SUM01", "SUM03", "DOC01", "NUM04") == []


def test_a_total_over_the_other_side_is_found() -> None:
    text = _PLAN.format(income="Ertrag", expense="Aufwand", total="=SUM(C4:C5) → 278")
    assert places(text, "SUM03") == ["SUM03 error D6"]


def test_plain_years_that_begin_anew_are_years() -> None:
    found = tables(
        """
        | | A | B | C | D | E | F |
        |---|---|---|---|---|---|---|
        | 1 | in TEUR | Ergebnishaushalt | | | Finanzhaushalt | |
        | 2 | Maßnahme | 2025 | 2026 | 2027 | 2025 | 2026 |
        | 3 | Gemeindestraßen | 3390 | 3480 | 3570 | 2400 | 2750 |
        | 4 | Friedhöfe | 950 | 965 | 980 | 180 | 120 |
        """
    )
    assert [[column.year.value for column in one.columns] for one in found] == [[2025, 2026, 2027], [2025, 2026]]


def test_two_figures_a_year_that_words_tell_apart_are_two_tables() -> None:
    found = tables(
        """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | Beträge in Euro | | | | |
        | 2 | Gemeinde | Umlagegrundlagen 2025 | Umlage 2025 | Umlagegrundlagen 2026 | Umlage 2026 |
        | 3 | Aurach | 4210000 | 1789250 | 4380000 | 1861500 |
        | 4 | Ornbau | 1870000 | 794750 | 1905000 | 809625 |
        """
    )
    assert [[column.at.a1 for column in one.columns] for one in found] == [["B2", "D2"], ["C2", "E2"]]


def test_one_word_of_its_own_over_one_year_parts_nothing() -> None:
    (found,) = tables(
        """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | Beträge in Euro | | | | |
        | 2 | Maßnahme | R 2023 | B 2024 | B 2025 | FP 2026 |
        | 3 | Honorare | 310500 | 322000 | 331000 | 340000 |
        | 4 | Mieten | 41200 | 42000 | 43500 | 43500 |
        """
    )
    assert len(found.columns) == 4


def test_a_timetable_is_no_plan() -> None:
    (found,) = tables(
        """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | | Zuschuss in Mio. EUR | | Fahrplan-km in Tsd. | |
        | 2 | Linienbündel | 2025 | 2026 | 2025 | 2026 |
        | 3 | Nord | 4.2 | 4.4 | 1120 | 1130 |
        | 4 | Süd | 3.1 | 3.2 | 890 | 890 |
        | 5 | Summe | 7.3 | 7.6 | 2010 | 2020 |
        """
    )
    assert [column.at.a1 for column in found.columns] == ["B2", "C2"]
