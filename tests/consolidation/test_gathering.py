"""Each amount once: what a workbook gives the overview, and what in it only says again what stands elsewhere."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.budget.tables import Status
from pik_excel.consolidation.gathering import gathered
from pik_excel.consolidation.record import Column, Source, WhyNot
from pik_excel.consolidation.together import together
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.consolidation.asked import codes, counted, entries, source, totals
from tests.consolidation.cities import City, city

PLAN = """
| | A | B | C |
|---|---|---|---|
| 1 | Anmeldungen Sozialamt | | |
| 2 | Maßnahme | 2025 TEUR | 2026 TEUR |
| 3 | Sprachkurse | 12 | 14 |
| 4 | Lesepaten | 8 | |
| 5 | Elterncafé | 30 | 0 |
| 6 | Summe | =SUM(B3:B5) → 50 | =SUM(C3:C5) → 14 |
"""


def read(one: City) -> list[Source]:
    found = []
    for made in one.made:
        reading = read_budget(read_workbook(made.path), built_in())
        found.append(Source(made.path, reading.workbook.sha256, gathered=gathered(reading, built_in())))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_a_city_adds_up_to_the_cent_in_every_layout_and_unit(tmp_path: Path, seed: int) -> None:
    made = city(tmp_path, seed, count=4, first=2023 + seed % 4, years=2 + seed % 4)
    found = together(read(made))
    ours = {int(head): eur for head, eur in counted(found).items() if head.isdigit()}
    assert ours == made.totals()
    by_department: dict[str, dict[int, Decimal]] = {}
    for line in found.lines:
        for figure in line.entry.figures if line.entry.counted else ():
            if figure.eur is not None and figure.column.is_added and figure.column.year is not None:
                own = by_department.setdefault(line.department, {})
                own[figure.column.year] = own.get(figure.column.year, Decimal(0)) + figure.eur
    assert by_department == made.of_departments()
    assert all(one.complete for one in found.sources) and found.notes == ()


def test_each_line_says_what_the_department_stated(tmp_path: Path) -> None:
    made = city(tmp_path, 7, count=7)
    sources = read(made)
    for one, result in zip(made.made, sources, strict=True):
        stated = {
            (one.department, entry.name, entry.status.value, figure.column.year): figure.eur
            for entry in result.gathered.entries
            for figure in entry.figures
            if figure.eur is not None and not figure.column.open_ended
        }
        assert stated == one.stated
        codes_ = {entry.name: (entry.product, entry.group) for entry in result.gathered.entries if entry.product}
        assert codes_ == one.keys


def test_a_plain_plan_gives_a_line_a_measure_with_its_cells() -> None:
    first, second, third = entries(PLAN)
    assert (first.name, str(first.at), first.table, first.department) == (
        "Sprachkurse", "Tabelle1!A3", "Tabelle1!A2:C6", "Sozialamt",
    )  # fmt: skip
    assert [(str(figure.at), figure.eur) for figure in first.figures] == [
        ("Tabelle1!B3", Decimal(12_000)), ("Tabelle1!C3", Decimal(14_000)),
    ]  # fmt: skip
    assert first.status is Status.REQUESTED
    assert [figure.eur for figure in second.figures] == [8_000, None]
    assert [figure.eur for figure in third.figures] == [30_000, 0]
    assert codes(PLAN) == set() and source(PLAN).complete


def test_results_and_open_ends_stand_apart_from_the_years() -> None:
    lines = entries("""
    | | A | B | C | D |
    |---|---|---|---|---|
    | 1 | Maßnahme | Ist 2025 EUR | Ansatz 2025 EUR | 2026 ff. EUR |
    | 2 | Sprachkurse | 90 | 100 | 110 |
    | 3 | Lesepaten | 20 | 30 | 40 |
    """)
    assert [figure.column for figure in lines[0].figures] == [
        Column(2025, result=True), Column(2025), Column(2026, open_ended=True),
    ]  # fmt: skip


def test_words_for_amounts_stay_words() -> None:
    (line, *_rest) = entries("""
    | | A | B | C | D |
    |---|---|---|---|---|
    | 1 | Maßnahme | 2025 EUR | 2026 EUR | 2027 EUR |
    | 2 | Sprachkurse | – | k. A. | 110 |
    | 3 | Lesepaten | 20 | 30 | 40 |
    """)
    assert [figure.statement.value for figure in line.figures] == ["dash", "not given", "number"]


def test_an_overview_that_only_fetches_totals_is_left_out_and_named() -> None:
    text = """
    Blatt "Übersicht":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Bereich | 2025 EUR | 2026 EUR |
    | 2 | Nord | ='Nord'!B4 → 30 | ='Nord'!C4 → 50 |
    | 3 | Süd | =SUM('Süd'!B2:B3) → 12 | =SUM('Süd'!C2:C3) → 14 |

    Blatt "Nord":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | 2025 EUR | 2026 EUR |
    | 2 | Sprachkurse | 10 | 20 |
    | 3 | Lesepaten | 20 | 30 |
    | 4 | Summe | =SUM(B2:B3) → 30 | =SUM(C2:C3) → 50 |

    Blatt "Süd":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | 2025 EUR | 2026 EUR |
    | 2 | Elterncafé | 5 | 6 |
    | 3 | Tafelladen | 7 | 8 |
    | 4 | Summe | =SUM(B2:B3) → 12 | =SUM(C2:C3) → 14 |
    """
    assert totals(text) == {"2025": 42, "2026": 64}
    (left,) = source(text).gathered.left_out
    assert (left.at, left.code) == ("Übersicht!A1:C3", "adds-up-others")
    assert "Nord!A1:C4" in left.why and "Süd!A1:C4" in left.why


def test_a_plan_carried_over_from_another_year_by_formula_counts() -> None:
    text = """
    Blatt "Alt":
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2025 EUR |
    | 2 | Sprachkurse | 10 |
    | 3 | Lesepaten | 20 |

    Blatt "Neu":
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2026 EUR |
    | 2 | Sprachkurse | =Alt!B2 → 10 |
    | 3 | Lesepaten | =Alt!B3 → 20 |
    """
    assert totals(text) == {"2025": 30, "2026": 30}


NEED = """
Blatt "Bereitgestellt":
| | A | B | C |
|---|---|---|---|
| 1 | Bereitgestellte Mittel in EUR | | |
| 2 | Maßnahme | 2025 | 2026 |
| 3 | Sprachkurse | 10 | 20 |
| 4 | Lesepaten | 20 | 30 |

Blatt "Zusätzlich":
| | A | B | C |
|---|---|---|---|
| 1 | Zusätzlicher Bedarf in EUR | | |
| 2 | Maßnahme | 2025 | 2026 |
| 3 | Sprachkurse | 1 | 2 |
| 4 | Lesepaten | 3 | 4 |
"""


def test_provided_and_requested_amounts_add_up() -> None:
    assert totals(NEED) == {"2025": 34, "2026": 56}


@pytest.mark.parametrize("title", ["Gesamtbedarf in EUR", "Mittel zusammen in EUR"])
def test_a_typed_total_need_is_not_counted_beside_its_parts(title: str) -> None:
    total = f"""
    Blatt "Gesamt":
    | | A | B | C |
    |---|---|---|---|
    | 1 | {title} | | |
    | 2 | Maßnahme | 2025 | 2026 |
    | 3 | Sprachkurse | 11 | 22 |
    | 4 | Lesepaten | 23 | 34 |
    """
    assert totals(NEED + total) == {"2025": 34, "2026": 56}
    assert [left.code for left in source(NEED + total).gathered.left_out] == ["total-need"]


STAGES = """
Blatt "Liste":
| | A | B | C | D |
|---|---|---|---|---|
| 1 | Haushalt 2026, Beträge in EUR | | | |
| 2 | Maßnahme | beantragt | Verwaltungsvorschlag | beschlossen |
| 3 | Sprachkurse | 100 | 80 | {first} |
| 4 | Lesepaten | 50 | 40 | {second} |
| 5 | Elterncafé | 30 | 30 | |
"""


def test_of_several_stages_only_the_firmest_counts() -> None:
    text = STAGES.format(first=70, second=40)
    assert totals(text) == {"2026": 110}
    shown = {(entry.name, entry.status): entry.why_not for entry in entries(text)}
    assert shown["Sprachkurse", Status.REQUESTED] is WhyNot.OTHER_STAGE
    assert shown["Sprachkurse", Status.DECIDED] is WhyNot.COUNTED
    assert codes(text) == {"stages"}


def test_a_stage_that_nobody_has_filled_in_yet_does_not_count() -> None:
    assert totals(STAGES.format(first="", second="")) == {"2026": 150}


def test_a_list_of_stages_beside_the_same_measures_by_year_is_not_counted() -> None:
    table = """
    Blatt "Plan":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | 2026 EUR | 2027 EUR |
    | 2 | Sprachkurse | 100 | 100 |
    | 3 | Lesepaten | 50 | 60 |
    | 4 | Elterncafé | 30 | 35 |
    """
    text = STAGES.format(first=70, second=40) + table
    assert totals(text) == {"2026": 180, "2027": 195}
    assert "list-and-table" in codes(text)


def test_a_table_typed_twice_counts_once_and_is_named() -> None:
    again = """
    Blatt "Anlage 2":
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2025 TEUR |
    | 2 | Sprachkurse | 12 |
    | 3 | Lesepaten | 8 |
    | 4 | Tafelladen | 5 |
    """
    assert totals(PLAN + again) == {"2025": 55_000, "2026": 14_000}
    (note,) = source(PLAN + again).gathered.notes
    assert note.code == "stated-again" and "Tabelle1!A2:C6" in note.message and "Anlage 2!A1:B4" in note.message


@pytest.mark.parametrize("amount", [12, 13])
def test_one_measure_of_the_same_name_elsewhere_is_a_measure_of_its_own(amount: int) -> None:
    other = f"""
    Blatt "Kita Süd":
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2025 TEUR |
    | 2 | Sprachkurse | {amount} |
    | 3 | Dachsanierung | 40 |
    """
    assert totals(PLAN + other)["2025"] == 50_000 + amount * 1000 + 40_000
    assert codes(PLAN + other) == set()


def test_names_that_come_again_with_other_amounts_are_no_repetition() -> None:
    other = """
    Blatt "Kita Süd":
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2025 TEUR |
    | 2 | Sprachkurse | 12 |
    | 3 | Lesepaten | 8 |
    | 4 | Elterncafé | 31 |
    """
    assert totals(PLAN + other)["2025"] == 101_000


def test_a_year_taken_over_by_formula_is_not_counted_again_and_the_new_ones_are() -> None:
    newer = """
    Blatt "Fortsetzung":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | 2026 TEUR | 2027 TEUR |
    | 2 | Sprachkurse | =Tabelle1!C3 → 14 | 15 |
    | 3 | Elterncafé | =Tabelle1!C5 → 0 | 33 |
    """
    assert totals(PLAN + newer) == {"2025": 50_000, "2026": 14_000, "2027": 48_000}
    assert codes(PLAN + newer) == {"taken-by-formula"}


def test_revenue_is_shown_and_not_added_to_the_need() -> None:
    text = """
    | | A | B | C |
    |---|---|---|---|
    | 1 | Bezeichnung | 2025 EUR | 2026 EUR |
    | 2 | Gebühren | 10 | 20 |
    | 3 | Kostenersatz | 5 | 5 |
    | 4 | Summe Erträge | =SUM(B2:B3) → 15 | =SUM(C2:C3) → 25 |
    | 5 | Personal Musikschule | 70 | 80 |
    | 6 | Mieten Musikschule | 30 | 40 |
    | 7 | Summe Aufwendungen | =SUM(B5:B6) → 100 | =SUM(C5:C6) → 120 |
    """
    assert totals(text) == {"2025": 100, "2026": 120}
    assert codes(text) == {"revenue"}


def test_several_columns_of_money_without_a_stage_are_shown_and_none_is_chosen() -> None:
    text = """
    | | A | B | C | D |
    |---|---|---|---|---|
    | 1 | Zuschüsse an freie Träger 2026, Beträge in EUR | | | |
    | 2 | Zuwendungsempfänger | Maßnahme | Förderung EUR | Zuwendung EUR |
    | 3 | Caritas | Sprachkurse | 100 | 80 |
    | 4 | Diakonie | Lesepaten | 50 | 40 |
    | 5 | AWO | Elterncafé | 30 | 20 |
    """
    assert totals(text) == {}
    assert {entry.stage for entry in entries(text)} == {"Förderung EUR", "Zuwendung EUR"}
    assert codes(text) == {"columns-unclear"} and not source(text).complete


def test_of_the_whole_cost_and_its_parts_the_citys_own_counts() -> None:
    text = """
    | | A | B | C | D | E |
    |---|---|---|---|---|---|
    | 1 | Zuschüsse an freie Träger 2026, Beträge in EUR | | | | |
    | 2 | Zuwendungsempfänger | Maßnahme | Gesamtkosten EUR | Zuwendung EUR | Eigenmittel EUR |
    | 3 | Caritas | Sprachkurse | 100 | 80 | 20 |
    | 4 | Diakonie | Lesepaten | 50 | 40 | 10 |
    | 5 | AWO | Elterncafé | 30 | 20 | 10 |
    """
    assert totals(text) == {"2026": 140}
    assert codes(text) == {"columns"} and source(text).complete


def test_what_is_no_amount_is_said_and_missing() -> None:
    text = PLAN.replace("| Lesepaten | 8 |", "| Lesepaten | #REF! |")
    assert totals(text)["2025"] == 42_000
    assert codes(text) == {"not-readable"} and not source(text).complete


def test_a_second_column_of_a_year_is_left_out_by_name() -> None:
    text = """
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | Ansatz 2025 EUR | Plan 2025 EUR |
    | 2 | Sprachkurse | 10 | 11 |
    | 3 | Lesepaten | 20 | 21 |
    """
    assert totals(text) == {"2025": 30}
    (left,) = source(text).gathered.left_out
    assert (left.code, left.at) == ("second-column", "Tabelle1!C")


def test_what_is_in_francs_is_shown_and_not_counted() -> None:
    swiss = """
    | | A | B | C |
    |---|---|---|---|
    | 1 | Erfolgsrechnung (in CHF) | | |
    | 2 | Konto | Bezeichnung | Budget 2025 |
    | 3 | 30 | Personalaufwand | 8650000 |
    | 4 | 36 | Transferaufwand | 12050000 |
    """
    found = source(swiss).gathered
    assert [(entry.name, entry.why_not, entry.revenue) for entry in found.entries] == [
        ("Personalaufwand", WhyNot.OTHER_CURRENCY, False),
        ("Transferaufwand", WhyNot.OTHER_CURRENCY, False),
    ]
    assert [note.code for note in found.notes] == ["other-currency"]
