"""Changed assumptions: the cells of an earlier projection that must be others are written anew, no other cell is."""

from __future__ import annotations

import os
import random
from decimal import Decimal

import pytest

from pik_excel.grid.formula import a1, r1c1
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.schema import built_in
from pik_excel.writeback.moving import with_columns_inserted, with_rows_inserted
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from pik_excel.writeback.refresh import refreshed
from tests.writeback.assumptions_at_random import SHEET, assumed, redrawn
from tests.writeback.building import package_of

SEEDS = range(400 if os.environ.get("PIK_EXCEL_FULL") else 4)
BOOK = """
Blatt "Maßnahmen":

|   | A           | B         | C         | D                |
|---|-------------|-----------|-----------|------------------|
| 1 | Maßnahme    | 2024 TEUR | 2025 TEUR | Bemerkung        |
| 2 | Sprachkurse | 10        | 12        | bleibt           |
| 3 | Beratung    | 5         | 5         |                  |
| 4 | Jugendtreff | 7         | 7         |                  |
| 5 | Summe       | =SUM(B2:B4) → 22 | =SUM(C2:C4) → 24 | |

Blatt "Annahmen":

|   | A           | B     | C          | D    | E    | F     | G        |
|---|-------------|-------|------------|------|------|-------|----------|
| 1 | Maßnahme    | Regel | Bedarf EUR | von  | bis  | Steigerung je Jahr | Szenario |
| 2 | Sprachkurse | befristet | 12500  | 2026 | 2027 |       |          |
| 3 | Beratung    | halten |           |      |      |       |          |
| 4 | Jugendtreff | liste |            |      |      |       |          |
"""


def projected(package: Package, to: int, scenario: str = "basis", *, sheet: bool = False) -> Written:
    reading = read_budget(read_workbook(package), built_in())
    return projected_workbook(package, reading, built_in(), to, scenario, sheet=sheet)


def typed(package: Package, sheet: str, *cells: tuple[int, int, Content]) -> Package:
    return patched(package, [CellEdit(sheet, *cell) for cell in cells])


def saved(package: Package) -> Package:
    """As Excel saves it: with true stored values."""
    return refreshed(package, read_workbook(package)).package


def contents(package: Package) -> dict[tuple[str, int, int], tuple[str | None, object]]:
    """Formula and value of each cell of the lists."""
    return {
        (sheet.name, *at): (cell.formula, cell.value)
        for sheet in read_workbook(package).sheets
        if sheet.name not in (SHEET, "Projektion")
        for at, cell in sheet.cells.items()
        if cell.value is not None or cell.has_formula
    }


def row_of(package: Package, row: int) -> list[object]:
    sheet = read_workbook(package).sheet("Maßnahmen")
    assert sheet is not None
    return [sheet.value(row, column) for column in range(4, 8)]


@pytest.fixture(scope="module")
def first() -> Package:
    return projected(package_of(BOOK), 2028).package


def test_nothing_changes_where_nothing_was_changed(first: Package) -> None:
    assert row_of(first, 2) == [Decimal(13), Decimal(13), 0, "bleibt"]
    again = projected(first, 2028)
    assert again.package is first
    assert again.renewed == again.skipped[1:] == ()


def test_another_rule_writes_its_measures_cells_anew_and_says_so(first: Package) -> None:
    new = projected(typed(first, SHEET, (2, 2, Text("index")), (2, 6, Number(Decimal("0.1")))), 2028)
    assert row_of(new.package, 2) == [Decimal(13), Decimal(14), 0, "bleibt"]
    told = [(one.at.a1, one.year, one.old_value, one.new_value) for one in new.renewed]
    assert told == [("D2", 2026, "13", "13"), ("E2", 2027, "13", "14"), ("F2", 2028, "0", "0")]
    assert [row_of(new.package, row) for row in (3, 4)] == [row_of(first, row) for row in (3, 4)]
    assert projected(new.package, 2028).package is new.package


def test_a_blank_that_is_filled_in_counts(first: Package) -> None:
    new = projected(typed(first, SHEET, (3, 5, Number(Decimal(2026)))), 2028)
    assert row_of(new.package, 3)[:3] == [5, 5, 5]  # the period of „halten“ was asked for already: no other formula


def test_a_rule_that_gives_nothing_empties_its_cells_and_another_fills_them(first: Package) -> None:
    none = projected(typed(first, SHEET, (2, 2, Text("liste"))), 2028)
    assert row_of(none.package, 2) == [None, None, None, "bleibt"]
    assert [(one.old_value, one.new) for one in none.renewed] == [("13", None), ("13", None), ("0", None)]
    assert projected(none.package, 2028).package is none.package
    back = projected(typed(none.package, SHEET, (2, 2, Text("befristet"))), 2028)
    assert row_of(back.package, 2) == row_of(first, 2)
    held = projected(typed(first, SHEET, (4, 2, Text("halten"))), 2028)
    assert row_of(held.package, 4)[:3] == [7, 7, 7]


@pytest.mark.parametrize(
    "content", [Number(Decimal(99)), Formula("C2*2", Decimal(24)), Formula("$C2", Decimal(12)), Blank()]
)
def test_what_somebody_typed_stays_and_is_named(first: Package, content: Content) -> None:
    source = typed(first, "Maßnahmen", (2, 5, content))
    new = projected(typed(source, SHEET, (2, 2, Text("index")), (2, 6, Number(Decimal("0.1")))), 2028)
    before, after = contents(source), contents(new.package)
    assert before.get(("Maßnahmen", 2, 5)) == after.get(("Maßnahmen", 2, 5))
    assert [one.at.a1 for one in new.renewed] == ["D2", "F2"]
    named = [one for one in new.skipped if one.measure == "Sprachkurse"]
    assert [(one.at.a1, one.years) for one in named] == [("E2", (2027,))]
    assert projected(new.package, 2028).package is new.package


def test_the_formula_of_another_measure_is_the_staffs_own(first: Package) -> None:
    source = typed(
        first,
        "Maßnahmen",
        (
            3,
            5,
            Formula(
                'IF(AND(2027>=Annahmen!$D$2,OR(Annahmen!$E$2="",2027<=Annahmen!$E$2)),ROUND(Annahmen!$C$2/1000,0),0)',
                Decimal(13),
            ),
        ),
    )
    new = projected(typed(source, SHEET, (3, 2, Text("liste"))), 2028)
    assert row_of(new.package, 3) == [None, 13, None, None]


def test_a_staffs_own_formula_that_reads_like_ours_is_never_touched() -> None:
    """`=$C2` in the staff's own column is what „halten“ would give."""
    text = BOOK.replace("| 12        |", "| =$B2 → 10 |").replace("→ 24", "→ 22")
    source = typed(package_of(text), SHEET, (2, 2, Text("halten")))
    done = projected(source, 2028)
    new = projected(typed(done.package, SHEET, (2, 2, Text("index")), (2, 6, Number(Decimal("0.1")))), 2028)
    assert contents(new.package)["Maßnahmen", 2, 3] == ("$B2", Decimal(10))


def test_later_years_go_on_after_that(first: Package) -> None:
    source = typed(first, SHEET, (3, 2, Text("index")), (3, 6, Number(Decimal("0.2"))))
    new = projected(source, 2030)
    assert new.renewed
    assert contents(new.package) == contents(projected(projected(source, 2028).package, 2030).package)
    sheet = read_workbook(new.package).sheet("Maßnahmen")
    assert sheet is not None
    assert [sheet.value(3, column) for column in range(4, 9)] == [6, 7, 9, 10, 12]


def test_in_another_scenario_nothing_is_overwritten(first: Package) -> None:
    edits = (5, 1, Text("Beratung")), (5, 2, Text("befristet")), (5, 3, Number(Decimal(9000))), (5, 7, Text("mehr"))
    source = typed(first, SHEET, *edits)
    new = projected(source, 2028, "mehr")
    assert new.package is source
    assert [one.measure for one in new.skipped if "Szenario" in one.reason] == ["Beratung"]


@pytest.mark.parametrize("heading", [Text("Amt"), Blank()])
def test_inserted_rows_and_columns_do_not_matter(first: Package, heading: Content) -> None:
    moved = with_rows_inserted(with_columns_inserted(first, SHEET, 3).package, "Maßnahmen", 3).package
    moved = with_rows_inserted(with_columns_inserted(moved, "Maßnahmen", 1).package, SHEET, 1).package
    moved = typed(moved, SHEET, (2, 3, heading))
    new = projected(typed(moved, SHEET, (3, 2, Text("liste"))), 2028)
    assert [one.at.a1 for one in new.renewed] == ["E2", "F2", "G2"]


def test_a_renamed_measure_is_followed_where_its_former_name_is_recorded(first: Package) -> None:
    renamed = typed(first, "Maßnahmen", (2, 1, Text("Deutschkurse")))
    sheet = [(2, 1, Text("Deutschkurse")), (2, 2, Text("liste")), (1, 8, Text("frühere Bezeichnung"))]
    new = projected(typed(renamed, SHEET, *sheet, (2, 8, Text("Sprachkurse"))), 2028)
    assert [(one.at.a1, one.measure) for one in new.renewed] == [(f"{one}2", "Deutschkurse") for one in "DEF"]
    assert projected(new.package, 2028).package is new.package


def test_sorted_assumptions_are_followed(first: Package) -> None:
    """Excel leaves the formulas of other sheets as they are when it sorts: they take another measure's figures."""
    sheet = read_workbook(first).sheet(SHEET)
    assert sheet is not None
    rows = {2: 4, 3: 2, 4: 3}
    edits = []
    for old, to in rows.items():
        for column in range(1, 8):
            value = sheet.value(old, column)
            content = (
                Blank() if value is None else Text(value) if isinstance(value, str) else Number(Decimal(str(value)))
            )
            edits.append((to, column, content))
    source = typed(first, SHEET, *edits)
    new = projected(source, 2028)
    assert row_of(new.package, 2) == row_of(first, 2)
    assert {one.measure for one in new.renewed} == {"Sprachkurse", "Beratung"}
    assert [row_of(new.package, row) for row in (3, 4)] == [row_of(first, row) for row in (3, 4)]


def test_a_sorted_list_is_followed(first: Package) -> None:
    sheet = read_workbook(first).sheet("Maßnahmen")
    assert sheet is not None
    edits = []
    for old, to in {2: 4, 3: 2, 4: 3}.items():
        for column in range(1, 8):
            cell = sheet.cells.get((old, column))
            content: Content = Blank()
            if cell is not None and cell.formula is not None:
                content = Formula(a1(r1c1(cell.formula, old, column), to, column), cell.value)  # as Excel sorts
            elif cell is not None and cell.value is not None:
                content = Text(cell.value) if isinstance(cell.value, str) else Number(Decimal(str(cell.value)))
            edits.append((to, column, content))
    source = typed(first, "Maßnahmen", *edits)
    assert projected(source, 2028).package is source
    new = projected(typed(source, SHEET, (2, 2, Text("liste"))), 2028)
    assert [one.at.a1 for one in new.renewed] == ["D4", "E4", "F4"]


def test_the_sheet_with_all_scenarios_follows_too() -> None:
    done = projected(package_of(BOOK), 2028, sheet=True)
    new = projected(typed(done.package, SHEET, (4, 2, Text("halten"))), 2028, sheet=True)
    assert new.made == ("Projektion",)
    assert projected(new.package, 2028, sheet=True).package is new.package


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_always_as_if_it_had_been_assumed_from_the_start(seed: int) -> None:
    """Projected, assumptions changed, projected again: as if projected with these at once; and so it stays."""
    case = assumed(seed)
    edits = redrawn(case, seed)
    done = projected(case.package, case.to)
    late = projected(saved(patched(done.package, edits)), case.to)
    at_once = projected(patched(case.package, edits), case.to)
    assert contents(late.package) == contents(at_once.package)
    assert projected(late.package, case.to).package is late.package
    changed = {one.at for one in late.renewed}
    old, new = contents(saved(patched(done.package, edits))), contents(late.package)
    others = {at for at in old.keys() | new.keys() if (old.get(at) or (None,))[0] != (new.get(at) or (None,))[0]}
    assert {Address(*at) for at in others} == changed
    further = projected(late.package, case.to + 2)
    assert contents(further.package) == contents(projected(at_once.package, case.to + 2).package)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_typed_stays(seed: int) -> None:
    case, dice = assumed(seed), random.Random(seed)
    done = projected(case.package, case.to)
    ours = sorted(cell.at for cell in done.cells if cell.formula is not None)
    if not ours:
        return
    mine = dice.sample(ours, min(3, len(ours)))
    values: list[Content] = [Number(Decimal(dice.randrange(1, 999))), Blank(), Formula("1+2", Decimal(3))]
    source = patched(done.package, [CellEdit(*at, dice.choice(values)) for at in mine])
    source = saved(patched(source, redrawn(case, seed)))
    new = projected(source, case.to)
    before, after = contents(source), contents(new.package)
    for at in mine:
        assert before.get(tuple(at)) == after.get(tuple(at)) or (before.get(tuple(at)) or ("",))[0] == "1+2"
    assert not {one.at for one in new.renewed} & set(mine)
    assert projected(new.package, case.to).package is new.package
    assert not compare(source, new.package).removed
