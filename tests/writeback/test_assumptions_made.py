"""A workbook without "Annahmen" gets a sheet of them: from its last amounts, its notes and remarks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.budget.tables import Assumption
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.edits import CellEdit, Number
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.projection.project import project
from pik_excel.schema import built_in
from pik_excel.writeback.assumptions import with_assumptions
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of, reading_of
from tests.writeback.layouts_at_random import LAYOUTS, made

BOOK = """
Blatt "Maßnahmen":

| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Maßnahmen, Angaben in TEUR | | | | |
| 2 | Maßnahme | 2024 | 2025 | 2026 | Bemerkung |
| 3 | Sprachkurse | 100 | 110 | 110 | |
| 4 | Beratung | 50 | 50 | 50 | befristet bis 31.12.2027 |
| 5 | Jugendtreff | 70 | 70 | 0 | |
| 6 | Lesepaten | 20 | 20 | | |
| 7 | Elterncafé* | 12 | 13 | 14 | |
| 8 | Summe | 252 | 263 | 174 | |
| 9 | | | | | |
| 10 | *Mittel bewilligt bis 2028 | | | | |
"""


def run(package: Package, to: int, **given: bool) -> Written:
    return projected_workbook(package, reading_of(package), built_in(), to, **given)


def assumptions(package: Package) -> dict[str, Assumption]:
    tables = reading_of(package).budget.assumptions
    return {row.measure: row for table in tables for row in table.rows}


@pytest.fixture(scope="module")
def source() -> Package:
    return package_of(BOOK)


@pytest.fixture(scope="module")
def rows(source: Package) -> dict[str, Assumption]:
    return assumptions(with_assumptions(source, reading_of(source), built_in()).package)


@pytest.mark.parametrize(
    ("measure", "rule", "amount", "until", "why"),
    [
        ("Sprachkurse", "halten", 110_000, None, "2025 bis 2026 gleich"),
        ("Beratung", "befristet", 50_000, 2027, "Ende laut Maßnahmen!E4"),
        ("Jugendtreff", "befristet", 70_000, 2025, "ab 2026 ausdrücklich 0"),
        ("Lesepaten", "liste", None, None, "2026 ist leer"),
        ("Elterncafé", "befristet", 14_000, 2028, "Ende laut Maßnahmen!A10"),
    ],
)
def test_each_measure_has_a_rule_and_the_cell_from_which_it_follows(
    rows: dict[str, Assumption], measure: str, rule: str, amount: int | None, until: int | None, why: str
) -> None:
    row = rows[measure]
    found = row.fields["regel"].text, row.fields["ausgangsbetrag"].decimal, row.fields["bis"].decimal
    assert found == (rule, amount, until)
    assert why in row.fields["bemerkung"].text


def test_an_amount_is_a_formula_on_the_cell_that_states_it(rows: dict[str, Assumption]) -> None:
    assert rows["Sprachkurse"].fields["ausgangsbetrag"].formula == "Maßnahmen!D3*1000"
    assert rows["Jugendtreff"].fields["ausgangsbetrag"].formula == "Maßnahmen!C5*1000"


def test_the_years_written_are_formulas_on_the_sheet(source: Package) -> None:
    written = run(source, 2027)
    formula = next(cell.formula for cell in written.cells if str(cell.at) == "Maßnahmen!E3")
    assert (
        formula
        == 'IF(AND(E$2>=Annahmen!$D$10,OR(Annahmen!$E$10="",E$2<=Annahmen!$E$10)),ROUND(Annahmen!$C$10/1000,0),0)'
    )
    assert "Annahmen" in written.made


def test_a_changed_amount_moves_the_projection(source: Package) -> None:
    first = with_assumptions(source, reading_of(source), built_in()).package
    package = patched(first, [CellEdit("Annahmen", 10, 3, Number(Decimal(95_400)))])
    measure = project(reading_of(package), built_in(), 2027).measure("Sprachkurse")
    assert measure.amount(2027).value == 95_000


def test_what_was_blank_stays_blank(source: Package) -> None:
    written = run(source, 2028)
    amounts = written.projection.measure("Lesepaten").amounts
    assert [amount.value for amount in amounts] == [20_000, 20_000, None, None, None]


def test_where_there_is_a_sheet_it_is_used_as_it_stands(source: Package) -> None:
    once = run(source, 2027).package
    assert with_assumptions(once, reading_of(once), built_in()).package is once


def test_without_anything_to_project_no_sheet_is_made(source: Package) -> None:
    assert run(source, 2026, sheet=False).package is source


def test_a_name_that_two_measures_share_gets_no_row_and_is_no_obstacle() -> None:
    text = BOOK.replace("Lesepaten", "Sprachkurse")
    found = assumptions(run(package_of(text), 2027).package)
    assert "Sprachkurse" not in found
    assert "Beratung" in found


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_in_every_layout_the_sheet_changes_nothing_of_what_is_stated(name: str) -> None:
    source = made(name, 7).package
    before = reading_of(source)
    found = with_assumptions(source, before, built_in())
    assert found.made == "Annahmen"
    assert read_budget(read_workbook(found.package), built_in()).budget.measure_tables == before.budget.measure_tables
    parts = {part for part in source.names if source.part(part) != found.package.part(part)}
    assert {part.rpartition("/")[2] for part in parts} <= {
        "workbook.xml", "workbook.xml.rels", "[Content_Types].xml", "styles.xml", "app.xml",
    }  # fmt: skip


TWO_ENDS = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Investitionen in TEUR | | | |
| 2 | Maßnahme | 2026 | 2027 | 2028 |
| 3 | Kläranlage | 4300 | 4900 | 2000 |
| 4 | Summe | 4300 | 4900 | 2000 |
| 5 | | | | |
| 6 | Kredite in TEUR | | | |
| 7 | Maßnahme | 2025 | 2026 | 2027 |
| 8 | Tilgung | 2400 | 2700 | 3000 |
| 9 | Summe | 2400 | 2700 | 3000 |
"""


def test_a_measure_goes_on_after_the_last_year_of_its_own_table() -> None:
    source = package_of(TWO_ENDS)
    rows = assumptions(with_assumptions(source, reading_of(source), built_in()).package)
    begins = {name: row.fields["von"].value for name, row in rows.items()}
    assert begins == {"Kläranlage": Decimal(2029), "Tilgung": Decimal(2028)}
    written = reading_of(run(source, 2029).package)
    repaid = next(one for table in written.budget.measure_tables for one in table.measures if one.name == "Tilgung")
    assert [amount.stated for amount in repaid.amounts] == [2400, 2700, 3000, 3000, 3000]


DEBT = """
| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Schulden in TEUR | 2024 | 2025 | 2026 | 2027 |
| 2 | Stand 01.01. | 41200 | =B5 → 42600 | =C5 → 44400 | {last} |
| 3 | Kreditaufnahme | 3500 | 4000 | 6200 | 8100 |
| 4 | Tilgung | 2100 | 2200 | 2400 | 2700 |
| 5 | Stand 31.12. | =B2+B3-B4 → 42600 | =C2+C3-C4 → 44400 | =D2+D3-D4 → 48200 | =E2+E3-E4 → 53600 |
"""


@pytest.mark.parametrize(
    ("last", "rule", "because"),
    [
        ("=D5 → 48200", "uebertrag", "übernimmt Tabelle1!D5 aus dem Vorjahr; die Formel ist nach rechts ausgefüllt"),
        ("=$D5 → 48200", "liste", "übernimmt Tabelle1!D5 aus dem Vorjahr; bitte nach rechts ausfüllen"),
    ],
)
def test_what_the_year_before_came_to_is_not_held(last: str, rule: str, because: str) -> None:
    package = package_of(DEBT.format(last=last))
    rows = assumptions(with_assumptions(package, reading_of(package), built_in()).package)
    found = {name: (row.field("regel"), row.field("bemerkung")) for name, row in rows.items()}
    assert [one.value for one in found["Stand 01.01."] if one] == [rule, because]
    assert [one.value for name, (one, _) in found.items() if name != "Stand 01.01." and one] == ["halten", "halten"]


@pytest.mark.parametrize("last", ["48200", "=D2 → 44400", "=D3 → 6200", "=E4 → 2700", "=D5*1.02 → 49164"])
def test_any_other_last_amount_is_held(last: str) -> None:
    package = package_of(DEBT.format(last=last))
    rows = assumptions(with_assumptions(package, reading_of(package), built_in()).package)
    rule = rows["Stand 01.01."].field("regel")
    assert rule is not None and rule.value == "halten"
