"""31.12.2026 over a column of amounts is its year; most other days stay days."""

from __future__ import annotations

import pytest

from pik_excel.budget.tables import MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from pik_excel.writeback.projected import projected_workbook
from tests.asking import findings
from tests.tables import workbook
from tests.writeback.building import package_of, reading_of

DEBT = """
| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Schulden nach Art{title} | | | | |
| 2 | Art | {heads} | Bemerkung |
| 3 | Investitionskredite | 41200 | 42600 | 44400 | |
| 4 | Kassenkredite | 3500 | 4000 | 4100 | |
| 5 | Summe | =SUM(B3:B4) → 44700 | =SUM(C3:C4) → 46600 | =SUM(D3:D4) → 48500 | |
"""
TERMS = """
| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Maßnahme | Beschlussdatum | Beginn | Ende | Kosten TEUR |
| 2 | Schule | 2025-03-12 | 2025-01-01 | 2026-01-01 | 412 |
| 3 | Kita | 2026-01-01 | 2026-01-01 | 2027-01-01 | 42 |
"""
MILESTONES = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Kosten in TEUR | Start | Mitte | Ende |
| 2 | Termin | {days} |
| 3 | Schule | 100 | 200 | 300 |
| 4 | Kita | 100 | 200 | 300 |
"""
DEADLINES = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Fristen der Zuschüsse in TEUR | | | |
| 2 | Antrag | 31.12.2025 | 31.12.2026 | 31.12.2027 |
| 3 | Nachweis | 31.12.2026 | 31.12.2027 | 31.12.2028 |
| 4 | Betrag | 100 | 200 | 300 |
"""


def debt(heads: str, title: str = " in TEUR") -> str:
    return DEBT.format(heads=heads, title=title)


SILENT = {
    "columns of dates": TERMS,
    "milestones under words": MILESTONES.format(days="2025-12-31 | 2026-12-31 | 2027-12-31"),
    "milestones as text": MILESTONES.format(days="31.12.2025 | 31.12.2026 | 31.12.2027"),
    "days below days": DEADLINES,
    "quarters": debt("31.03.2026 | 30.06.2026 | 31.12.2026"),
    "months": debt("2026-01-01 | 2026-02-01 | 2026-03-01"),
    "another day": debt("Stand 12.03.2025 | Stand 12.03.2026 | Stand 12.03.2027"),
    "the first and the last day": debt("01.01.2026 | 31.12.2026 | 01.01.2027"),
    "years with gaps": debt("31.12.2020 | 31.12.2025 | 31.12.2030"),
    "instalments": debt("fällig 01.01.2026 | fällig 01.01.2027 | fällig 01.01.2028"),
    "two closing days without a word": debt("31.12.2025 | 31.12.2026 | Kosten"),
    "a term": debt("01.01.2025 bis 31.12.2025 | 01.01.2026 bis 31.12.2026 | 01.01.2027 bis 31.12.2027"),
}


@pytest.mark.parametrize("name", SILENT)
def test_most_days_are_no_years(name: str) -> None:
    assert read_budget(workbook(SILENT[name]), built_in()).budget.measure_tables == ()


def test_years_that_are_written_out_above_days_count() -> None:
    text = debt("31.12.2025 | 31.12.2026 | 31.12.2027").replace(
        "| 1 | Schulden nach Art in TEUR | | | | |", "| 1 | Schulden in TEUR | 2026 | 2027 | 2028 | |"
    )
    tables = read_budget(workbook(text), built_in()).budget.measure_tables
    assert all([column.year.value for column in table.columns] != [2025, 2026, 2027] for table in tables)


READ = {
    "as text": debt("31.12.2025 | 31.12.2026 | 31.12.2027"),
    "said to be a stand": debt("Stand 31.12.2025 | Stand 31.12.2026 | Stand 31.12.2027"),
    "with blanks": debt("Stand zum 31. 12. 2025 | Stand zum 31. 12. 2026 | Stand zum 31. 12. 2027"),
    "at the beginning": debt("Bestand am 01.01.2025 | Bestand am 01.01.2026 | Bestand am 01.01.2027"),
    "short": debt("1.1.2025 | 1.1.2026 | 1.1.2027"),
    "as dates": debt("2025-12-31 | 2026-12-31 | 2027-12-31"),
    "as dates shown in full": debt("46022 {dd.mm.yyyy} | 46387 {dd.mm.yyyy} | 46752 {dd.mm.yyyy}"),
    "as dates shown as years": debt("46022 {jjjj} | 46387 {jjjj} | 46752 {jjjj}"),
    "as dates at the beginning": debt("45658 {dd.mm.yy} | 46023 {dd.mm.yy} | 46388 {dd.mm.yy}"),
    "with a kind": debt("Ist 31.12.2025 | Plan 31.12.2026 | Plan 31.12.2027"),
    "with the unit": debt("31.12.2025 TEUR | 31.12.2026 TEUR | 31.12.2027 TEUR", title=""),
    "in francs": debt("31.12.2025 | 31.12.2026 | 31.12.2027", title=" in TCHF"),
}


@pytest.mark.parametrize("name", READ)
def test_closing_days_over_amounts_are_years(name: str) -> None:
    (table,) = read_budget(workbook(READ[name]), built_in()).budget.measure_tables
    assert [column.year.value for column in table.columns] == [2025, 2026, 2027]
    assert [measure.name for measure in table.measures] == ["Investitionskredite", "Kassenkredite"]
    assert [total.rows for total in table.totals] == [(3, 4)]
    assert table.unit is not None and table.unit.factor == 1000


@pytest.mark.parametrize("name", READ)
def test_nothing_is_found_there_but_what_is_wrong(name: str) -> None:
    assert findings(READ[name], "YRS01", "YRS02", "SUM01", "NUM03", "NUM04", "MSR01", "DOC01") == []
    wrong = READ[name].replace("=SUM(D3:D4) → 48500", "49500")
    assert [one.code for one in findings(wrong, "SUM01")] == ["SUM01"]


def test_two_will_do_where_each_says_so() -> None:
    text = debt("Stand 31.12.2025 | Stand 31.12.2026 | Anteil")
    table: MeasureTable
    (table,) = read_budget(workbook(text), built_in()).budget.measure_tables
    assert [column.year.value for column in table.columns] == [2025, 2026]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("as text", "31.12.2028"),
        ("said to be a stand", "Stand 31.12.2028"),
        ("at the beginning", "Bestand am 01.01.2028"),
        ("as dates", "47118"),
        ("as dates at the beginning", "46753"),
        ("with a kind", "Plan 31.12.2028"),
    ],
)
def test_the_next_year_is_headed_alike(name: str, head: str) -> None:
    package = package_of(READ[name])
    written = projected_workbook(package, reading_of(package), built_in(), 2028)
    values = {cell.at.a1: cell.value for cell in written.cells if cell.at.sheet == "Tabelle1"}
    assert values == {"E2": head, "E3": "44400", "E4": "4100", "E5": "48500"}
    (table,) = reading_of(written.package).budget.measure_tables
    assert [column.year.value for column in table.columns] == [2025, 2026, 2027, 2028]


BESIDE_NEEDS = """
Blatt "Plan":

| | A | B | C | D |
|--|--|--|--|--|
| 1 | Maßnahme in TEUR | 2025 | 2026 | 2027 |
| 2 | Sprachkurse | 100 | 110 | 120 |
| 3 | Beratung | 50 | 50 | 50 |

Blatt "Schulden":
""" + READ["as dates"]


def test_what_there_is_on_a_day_is_no_need_of_the_year() -> None:
    package = package_of(BESIDE_NEEDS)
    written = projected_workbook(package, reading_of(package), built_in(), 2028)
    assert [one.need for one in written.projection.totals] == [150_000, 160_000, 170_000, 170_000]
    assert "Schulden!A2:D5: Stände an Stichtagen zählen nicht zum Finanzbedarf." in written.remarks
    values = {str(cell.at): cell.value for cell in written.cells}
    assert values["Schulden!E5"] == "48500"
    assert written.not_evaluated == ()
