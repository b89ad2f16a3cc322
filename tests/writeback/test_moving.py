"""Rows and columns come and go, and no stored value is wrong afterwards: it is renewed, or gone and named."""

from __future__ import annotations

import io
import os
import random
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.errors import NotWritten, Refused
from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.ooxml.edits import CellEdit, Stored
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.sheets import worksheets
from pik_excel.writeback.moving import with_columns_inserted, with_rows_inserted, without_columns, without_rows
from pik_excel.writeback.refresh import Refreshed, refreshed
from tests.office import office
from tests.writeback.building import package_of, projected, stored

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
LIST = """
|   | A       | B    | C    | D    | E |
|---|---------|------|------|------|---|
| 1 | Name    | 2020 | 2021 | 2022 | Summe |
| 2 | Alpha   | 10   | 12   | 14   | =SUM(B2:D2) → 36 |
| 3 | Beta    | 20   | 21   | 22   | =SUM(B3:D3) → 63 |
| 4 | Gamma   | 1    | 2    | 3    | =SUM(B4:D4) → 6 |
| 5 | Summe   | =SUM(B2:B4) → 31 | =SUM(C2:C4) → 35 | =SUM(D2:D4) → 39 | =SUM(B5:D5) → 105 |
| 7 | Anteil  | =B3/E3 → 0.3174603174603175 | =COLUMN() → 3 | =ROW(A5) → 5 | =E5*2 → 210 |
| 8 | Spalten | =COLUMNS(B2:D2) → 3 | =VLOOKUP("Beta",A2:E4,5,FALSE) → 63 | =INDEX(B2:D4,2,3) → 22 | =E7+1 → 211 |
"""


def values(found: Refreshed, sheet: str = "Tabelle1") -> dict[str, Value]:
    """New stored values by cell."""
    return {change.at.a1: change.new for change in found.changes if change.at.sheet == sheet}


def test_sums_of_fewer_cells_are_stored_anew_and_what_lost_its_cell_says_so() -> None:
    found = without_rows(package_of(LIST), "Tabelle1", 3)
    assert values(found) == {
        "B4": 11, "C4": 14, "D4": 17, "E4": 42, "E6": 84, "E7": 85, "D6": 4,
        "B6": "#REF!", "C7": "#N/A", "D7": 3,
    }  # fmt: skip
    assert stored(found.package, "Tabelle1", "E4") == 42
    assert found.not_evaluated == {}


def test_a_deleted_column_is_gone_from_the_totals_and_what_is_not_certain_is_named() -> None:
    found = without_columns(package_of(LIST), "Tabelle1", 4)
    share = Decimal("0.4878048780487805")
    assert values(found) == {
        "D2": 22, "D3": 41, "D4": 3, "D5": 66, "D7": 132, "D8": 133, "B7": share, "B8": 2, "C8": None,
    }  # fmt: skip
    assert [at.a1 for at in found.not_evaluated] == ["C8"]
    assert stored(found.package, "Tabelle1", "C8") is None


def test_an_inserted_column_changes_only_what_asks_for_places() -> None:
    found = with_columns_inserted(package_of(LIST), "Tabelle1", 3)
    assert values(found) == {"D7": 4, "B8": 4, "D8": 22, "E8": 21}
    assert with_columns_inserted(package_of(LIST), "Tabelle1", 9).changes == ()


def test_nothing_is_computed_where_nothing_can_change() -> None:
    text = LIST.replace("=COLUMN() → 3", "1").replace("=ROW(A5) → 5", "1").replace("=COLUMNS(B2:D2) → 3", "3")
    found = with_rows_inserted(package_of(text), "Tabelle1", 6)
    assert (found.changes, found.not_evaluated, found.evaluated) == ((), {}, 0)


def test_an_array_formula_over_what_went_loses_all_its_values() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        sheet = book.get_worksheet_by_name("Tabelle1")
        sheet.write_array_formula("G2:G4", "{=B2:B4*2}", None, 20)
        sheet.write_number("G3", 40)
        sheet.write_number("G4", 2)
        sheet.write_formula("H2", "=SUM(G2:G4)", None, 62)

    found = without_columns(package_of(LIST, decorate), "Tabelle1", 2)
    assert {at: value for at, value in values(found).items() if at[0] in "FG"} == dict.fromkeys(
        ("F2", "F3", "F4", "G2"), None
    )
    assert {at.a1 for at in found.not_evaluated} >= {"F2", "G2"}


def test_formulas_on_other_sheets_follow() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        other = book.add_worksheet("Übersicht")
        other.write_formula("A1", "=Tabelle1!E5/1000", None, 0.105)
        other.write_formula("A2", "=Tabelle1!C3", None, 21)

    found = without_columns(package_of(LIST, decorate), "Tabelle1", 3)
    assert values(found, "Übersicht") == {"A1": Decimal("0.07"), "A2": "#REF!"}


KINDS = (
    "SUM(A{row}:F{row})",
    "SUM({left}1:{right}{row})",
    "{right}{row}*2+$A$1",
    "AVERAGE(A1:F{to})",
    "COUNTBLANK(A{row}:F12)",
    "COLUMNS(B1:{right}1)*10+ROW(A{to})",
    "INDEX(A1:F12,{to},{few})",
    "VLOOKUP(A{row},A1:F12,{few},FALSE)",
    'SUMIF(A1:A12,">4",{left}1:{left}12)',
    "ROUND(SUM(C:C)/{few},2)+MATCH(A{row},A1:A12,0)",
    "OFFSET(A1,{few},{few})+COLUMN()",
)


def formula(dice: random.Random, row: int) -> str:
    kind = dice.choice(KINDS if dice.random() < 0.1 else KINDS[:-1])
    return "=" + kind.format(
        row=row, left=dice.choice("ABC"), right=dice.choice("DEF"), to=dice.randint(2, 12), few=dice.randint(2, 4)
    )


def at_random(seed: int) -> Package:
    """Numbers in A1:F12, formulas over them in G and H, and formulas over these in I and on a second sheet."""
    dice = random.Random(seed)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet("Liste"), book.add_worksheet("Über sicht")
        for row in range(12):
            for column in range(6):
                if not column or dice.random() < 0.85:
                    sheet.write_number(row, column, dice.randint(1, 9))
            for column in (6, 7):
                sheet.write_formula(row, column, formula(dice, row + 1))
            sheet.write_formula(row, 8, f"=IF(G{row + 1}>H{row + 1},G{row + 1},SUM(G{row + 1}:H{row + 1}))")
            other.write_formula(row, 0, f"='Liste'!{dice.choice('ABGHI')}{row + 1}+SUM('Liste'!B{row + 1}:I{row + 1})")
            there = f"'Liste'!{'ABGHI'[row % 5]}{row + 1}"
            other.write_formula(row, 1, f"=COLUMN({there})*100+ROW({there})+COLUMNS('Liste'!B1:H1)+ROW()+COLUMN()")
            other.write_formula(row, 2, f"=ROWS(A1:A{row + 1})+COLUMNS(A1:B1)+OFFSET(A1,{row},0)")
    package = Package.from_bytes(stream.getvalue(), Path("zufall.xlsx"))
    found = refreshed(package, read_workbook(package))
    right = patched(found.package, [CellEdit(*at, Stored(None)) for at in found.not_evaluated])  # XlsxWriter writes 0
    book = right.part("xl/workbook.xml").replace(
        b' fullCalcOnLoad="1"', b"" if seed % 8 < 4 else b' fullCalcOnLoad="1"'
    )
    return Package.from_bytes(right.replaced({"xl/workbook.xml": book}), package.path)


def changed(package: Package, seed: int) -> Refreshed:
    dice = random.Random(seed)
    sheet = next(one.name for one in worksheets(package) if one.kind == "worksheet")
    change = (with_columns_inserted, with_rows_inserted, without_columns, without_rows)[seed % 4]
    return change(package, sheet, dice.randint(1, 7), dice.randint(1, 2))


def test_libreoffice_gives_what_is_stored_after_a_change(tmp_path: Path) -> None:
    paths = []
    for seed in range(200 if FULL else 12):
        paths.append(tmp_path / f"{seed}.xlsx")
        paths[-1].write_bytes(changed(at_random(seed), seed).package.data)
    kept = gone = 0
    for path, answer in zip(paths, office([{"path": str(p), "steps": [["recalculate"]]} for p in paths]), strict=True):
        for at, value in shown(path).items():
            gone += value is None
            kept += value is not None
            if value is not None:
                assert agree(value, answer["cells"][at][1]), (path.name, at, value, answer["cells"][at])
    assert kept > 3 * gone


def shown(path: Path) -> dict[str, Value]:
    """The stored value of each formula."""
    sheets = read_workbook(path).sheets
    cells = ((one, cell) for one in sheets for cell in one.cells.values() if cell.has_formula)
    return {str(one.address(cell.row, cell.column)): cell.value for one, cell in cells}


def agree(value: Value, office: object) -> bool:
    if isinstance(value, ErrorValue):
        return office is None
    if isinstance(value, bool):
        return float(value) == office
    if isinstance(value, Decimal) and isinstance(office, int | float):
        return abs(float(value) - office) <= 1e-9 * max(1.0, abs(office))
    return value == office


def test_what_asks_for_places_is_renewed_where_these_are_others_then() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        other = book.add_worksheet("Übersicht")
        other.write_formula("A1", "=COLUMN(Tabelle1!C3)", None, 3)
        other.write_formula("A2", "=ROW(Tabelle1!C3)*10+COLUMN()", None, 31)
        other.write_formula("A3", "=COLUMNS(Tabelle1!A1:C1)", None, 3)
        other.write_formula("A4", "=OFFSET(Tabelle1!B1,1,1)", None, 12)
        other.write_formula("A5", '=INDIRECT("Tabelle1!C3")', None, 21)
        other.write_formula("A6", "=COLUMN(Ende)", None, 5)
        book.define_name("Ende", "=Tabelle1!$E$5")

    found = with_columns_inserted(package_of(LIST, decorate), "Tabelle1", 3)
    there = values(found, "Übersicht")
    assert {at: there[at] for at in ("A1", "A3", "A6")} == {"A1": 4, "A3": 4, "A6": 6}
    assert "A2" not in there
    assert there["A4"] is None
    assert there["A5"] is None


def test_what_asks_for_places_elsewhere_is_left_as_it_is() -> None:
    """Whatever is stored there: it is not touched by the insertion."""

    def decorate(book: xlsxwriter.Workbook) -> None:
        other = book.add_worksheet("Übersicht")
        for row, formula in enumerate(("ROW()", "COLUMN()", "OFFSET(A1,1,0)", "COLUMNS(A1:C1)", "ROW(Tabelle1!C3)")):
            other.write_formula(row, 0, f"={formula}", None, 77)

    found = with_columns_inserted(package_of(LIST, decorate), "Tabelle1", 3)
    assert values(found, "Übersicht") == {}
    assert [at for at in found.not_evaluated if at.sheet == "Übersicht"] == []
    assert [stored(found.package, "Übersicht", f"A{row}") for row in range(1, 6)] == [77] * 5


SPAN = """
Blatt "{first}":

|   | A       | B    | C    |
|---|---------|------|------|
| 1 | 1       | 2    | 3    |

Blatt "{second}":

|   | A       | B    | C    |
|---|---------|------|------|
| 1 | 1       | 2    | 3    |

Blatt "Summe":

|   | A       |
|---|---------|
| 1 | =SUM({span}!B1) → 4 |
| 2 | 5       |
"""


@pytest.mark.parametrize(("first", "second", "span"), [("Jan", "Feb", "Jan:Feb"), ("A 1", "B's", "'A 1:B''s'")])
def test_a_sum_through_sheets_loses_its_value_only_where_one_of_them_changes(
    first: str, second: str, span: str
) -> None:
    package = package_of(SPAN.format(first=first, second=second, span=span))
    assert [str(at) for at in with_columns_inserted(package, second, 2).not_evaluated] == ["Summe!A1"]
    assert with_rows_inserted(package, "Summe", 2).not_evaluated == {}


def test_a_projection_renews_what_counts_columns() -> None:
    text = (
        LIST.replace("=COLUMN() → 3", "=SUM(B2:C2) → 22").replace("=ROW(A5) → 5", "").replace("| 7 | Anteil", "| 9 | x")
    )
    written = projected(package_of(text.replace("2020", "2020 TEUR")), 2023)[1]
    assert stored(written.package, "Tabelle1", "B8") == 3
    assert stored(written.package, "Tabelle1", "C8") == 22  # the fifth column is the new one


CHANGES = {
    "a column out": (without_columns, 2),
    "a row out": (without_rows, 3),
    "a column in": (with_columns_inserted, 2),
    "a row in": (with_rows_inserted, 3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_renewed_in_real_workbooks_is_what_libreoffice_gives(
    change: str, corpus: list[Path], tmp_path: Path
) -> None:
    """Every 30th file by default, all of up to 400 kB with PIK_EXCEL_FULL=1 (about half an hour)."""
    move, line = CHANGES[change]
    renewed = {}
    for path in (one for one in (corpus if FULL else corpus[::30]) if one.stat().st_size < 400_000):
        try:
            package = open_package(path)
            sheet = next(one.name for one in worksheets(package) if one.kind == "worksheet")
            found = move(package, sheet, line)
        except (NotWritten, Refused, StopIteration):
            continue
        expected = {str(one.at): one.new for one in found.changes if one.new is not None}
        if expected:
            renewed[tmp_path / path.name] = expected
            (tmp_path / path.name).write_bytes(found.package.data)
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path in renewed])
    for (path, expected), answer in zip(renewed.items(), answers, strict=True):
        for at, value in expected.items():
            if path.name == "test-data__spreadsheet__59132.xlsx":
                continue  # LibreOffice shows an error there before the change too
            assert agree(value, answer["cells"][at][1]), (path.name, at, value, answer["cells"][at])
