"""Safe repairs: first what is left to a person, then what is put right, and what changes by it."""

from __future__ import annotations

from decimal import Decimal

import pytest
import xlsxwriter

from pik_excel.checks.invisible import mended
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.package import Package
from pik_excel.writeback.repairs.catalogue import repairs as all_repairs
from pik_excel.writeback.repairs.repairing import Repaired
from pik_excel.writeback.repairs.undoing import undone
from tests.writeback.building import package_of, stored
from tests.writeback.repairing import finding, left, made, repairs

TOTALS = """
|   | A                 | B                 | C                 |
|---|-------------------|-------------------|-------------------|
| 1 | Maßnahme          | 2022 EUR          | 2023 EUR          |
| 2 | OMID              | 290               | 290               |
| 3 | Dolmetscherkosten | {b3}              | 60                |
| 4 | Arrival Aid       | 18                | 18                |
| 5 | Summe             | {b5}              | =SUM(C2:C4) → 368 |
"""


def table(b3: str = "80", b5: str = "=SUM(B2:B4) → 388") -> str:
    return TOTALS.format(b3=b3, b5=b5)


def test_every_repair_is_of_a_rule_and_has_a_rank_of_its_own() -> None:
    ranks = [one.rank for one in all_repairs().values()]
    assert {"NUM01", "SUM02", "SUM03", "FRM06", "MSR08", "YRS02"} == {*all_repairs()}
    assert len(set(ranks)) == len(ranks)


def test_a_sound_workbook_is_given_back_as_it_is() -> None:
    package = package_of(table())
    found = repairs(package)
    assert (found.package, found.made, found.followers, found.left) == (package, (), (), ())


# --- NUM01 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("'80*", "das Fußnotenzeichen ginge verloren"),
        ("'rd. 80", "der Betrag ist nur ungefähr angegeben"),
        ("'80 TEUR", "der Text nennt eine andere Einheit als die Spalte, oder die Spalte nennt keine"),
    ],
)
def test_a_text_that_says_more_than_one_number_is_left(text: str, why: str) -> None:
    found = repairs(table(b3=text, b5="=SUM(B2:B4) → 308"), "NUM01")
    assert (made(found), left(found)) == ({}, {"B3": why})


@pytest.mark.parametrize(
    ("text", "value"),
    [("'80", "80"), ("'80,00 €", "80.00"), ("' 80 ", "80"), ("'1 151", "1151"), ("'1.151,5", "1151.5")],
)
def test_a_text_with_one_reading_becomes_the_number_and_the_total_that_changes_is_told(text: str, value: str) -> None:
    found = repairs(table(b3=text, b5="=SUM(B2:B4) → 308"), "NUM01")
    total = Decimal(308) + Decimal(value)
    assert made(found) == {"B3": Decimal(value)}
    assert [(one.at.a1, one.old, one.new) for one in found.followers] == [("B5", Decimal(308), total)]
    assert stored(found.package, "Tabelle1", "B5") == total


def test_a_dot_may_be_a_decimal_point_in_teur_but_not_in_eur() -> None:
    text = table(b3="'1.151", b5="=SUM(B2:B4) → 308")
    in_teur = repairs(text.replace("EUR", "TEUR"), "NUM01")
    assert (made(in_teur), left(in_teur)) == ({}, {"B3": "es kann 1.151 oder 1,151 heißen"})
    assert made(repairs(text, "NUM01")) == {"B3": Decimal(1151)}


def test_an_empty_davon_row_stays_out_of_the_sum() -> None:
    text = """
    |   | A                | B         | C                 |
    |---|------------------|-----------|-------------------|
    | 1 | Maßnahme         | 2022 TEUR | 2023 TEUR         |
    | 2 | OMID             | 290       | 290               |
    | 3 | davon Sachkosten |           | 20                |
    | 4 | Refugio          | 40        | 40                |
    | 5 | Summe            | 330       | =C2+C4 → 330      |
    """
    assert made(repairs(text)) == {"B5": "=B2+B4"}


def test_another_text_of_the_sheet_proves_the_reading() -> None:
    text = table(b3="'1.151", b5="=SUM(B2:B4) → 308").replace("EUR", "TEUR")
    found = repairs(text.replace("| 290    ", "| '290,50", 1), "NUM01")
    assert made(found)["B3"] == Decimal(1151)


def test_a_cell_formatted_as_text_gets_the_format_of_its_neighbours_and_keeps_the_rest() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        sheet = book.worksheets()[0]
        sheet.write_number("B2", 290, book.add_format({"num_format": "#,##0"}))
        sheet.write_string("B3", "80", book.add_format({"num_format": "@", "bold": True, "bg_color": "#FFFF00"}))

    package = package_of(table(b5="=SUM(B2:B4) → 308"), decorate)
    found = repairs(package, "NUM01")
    cell = read_workbook(found.package).cell(Address("Tabelle1", 3, 2))
    assert cell is not None
    look = read_workbook(found.package).styles[cell.style]
    assert (cell.value, look.number_format, look.bold) == (Decimal(80), "#,##0", True)
    assert {*compare(package, found.package).changed} <= {
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
    }


# --- SUM02, SUM03 ---------------------------------------------------------------------------------------------------


def test_a_typed_total_that_is_not_the_sum_stays() -> None:
    assert made(repairs(table(b5="389"))) == {}


def test_a_typed_total_becomes_the_formula_that_gives_it() -> None:
    found = repairs(table(b5="388"))
    assert (made(found), found.followers) == ({"B5": "=SUM(B2:B4)"}, ())
    assert stored(found.package, "Tabelle1", "B5") == Decimal(388)


def test_a_total_over_subtotals_adds_these_and_not_their_rows() -> None:
    text = """
    |   | A             | B                  | C                  |
    |---|---------------|--------------------|--------------------|
    | 1 | Maßnahme      | 2022 TEUR          | 2023 TEUR          |
    | 2 | OMID          | 290                | 290                |
    | 3 | Dolmetscher   | 80                 | 80                 |
    | 4 | Zwischensumme | =SUM(B2:B3) → 370  | =SUM(C2:C3) → 370  |
    | 5 | Refugio       | 40                 | 40                 |
    | 6 | Arrival Aid   | 18                 | 18                 |
    | 7 | Zwischensumme | =SUM(B5:B6) → 58   | =SUM(C5:C6) → 58   |
    | 8 | Gesamt        | 428                | =C4+C7 → 428       |
    """
    assert made(repairs(text)) == {"B8": "=B4+B7"}


def test_a_typed_total_over_a_text_number_is_repaired_only_with_it() -> None:
    text = table(b3="'80", b5="388")
    assert made(repairs(text)) == {"B3": Decimal(80), "B5": "=SUM(B2:B4)"}
    alone = repairs(text, only=("SUM02",))
    assert (made(alone), left(alone)) == ({}, {"B5": "die Formel ergäbe 308"})


def test_a_short_range_reaches_all_rows_and_the_new_total_is_told() -> None:
    found = repairs(table(b5="=SUM(B$2:B$3) → 370"))
    (one,) = found.made
    assert made(found) == {"B5": "=SUM(B$2:B$4)"}
    assert (one.old.value, one.new.value) == (Decimal(370), Decimal(388))


def test_what_depends_on_a_repaired_total_follows() -> None:
    text = table(b5="=SUM(B2:B3) → 370") + "| 7 | doppelt | =B5*2 → 740 |  |\n"
    found = repairs(text)
    assert [(one.at.a1, one.old, one.new) for one in found.followers] == [("B7", Decimal(740), Decimal(776))]


@pytest.mark.parametrize("formula", ["=SUM(C2:C4) → 368", "=SUM(B2:B2)+B3 → 370"])
def test_a_sum_of_another_column_or_of_several_pieces_is_left(formula: str) -> None:
    found = repairs(table(b5=formula))
    assert (made(found), [*left(found)]) == ({}, ["B5"])


# --- FRM06, YRS02, MSR08 --------------------------------------------------------------------------------------------


def test_a_stale_value_becomes_true_and_the_formula_stays() -> None:
    found = repairs(table(b5="=SUM(B2:B4) → 320"))
    assert made(found) == {"B5": "=SUM(B2:B4)"}
    assert stored(found.package, "Tabelle1", "B5") == Decimal(388)


def test_a_stale_short_sum_is_repaired_once_and_the_other_repair_is_told() -> None:
    found = repairs(table(b5="=SUM(B2:B3) → 320"))
    assert made(found) == {"B5": "=SUM(B2:B4)"}
    assert [one.code for one in found.made] == ["SUM03"]
    assert left(found) in ({}, {"B5": "an dieser Zelle geht SUM03 vor; danach noch einmal prüfen"})


YEARS = """
|   | A        | B      | C      | D      | E      |
|---|----------|--------|--------|--------|--------|
| 1 | Maßnahme | {0} | {1} | {2} | {3} |
| 2 | OMID     | 290    | 290    | 290    | 290    |
| 3 | Refugio  | 40     | 40     | 40     | 40     |
"""


@pytest.mark.parametrize("years", ["2022 2023 2025 2026", "2022 2024 2023 2025", "2022 2023 2024 2026"])
def test_a_year_that_may_be_a_missing_column_is_left(years: str) -> None:
    found = repairs(YEARS.format(*(f"{year} TEUR" for year in years.split())))
    assert made(found) == {}
    assert [*left(found).values()] == ["es kann ebenso gut eine Spalte fehlen"]


def test_a_mistyped_year_between_its_neighbours_is_unique() -> None:
    found = repairs(YEARS.format("2022 TEUR", "2023 TEUR", "Plan 2042 in TEUR", "2025 TEUR"))
    assert made(found) == {"D1": "Plan 2024 in TEUR"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("OMID", "OMID"),
        ("Arrival  Aid ", "Arrival Aid"),
        ("Arrival\u00a0Aid", "Arrival Aid"),
        ("Dol\u00admetscher\u200b", "Dolmetscher"),
        ("Zeile 1 \nZeile 2", "Zeile 1\nZeile 2"),
        ("Träger e.\u00a0V.\u200b", "Träger e.\u00a0V."),
        ("ab 290\u00a0TEUR\u00a0jährlich", "ab 290\u00a0TEUR jährlich"),
    ],
)
def test_a_name_is_what_is_seen_of_it(text: str, seen: str) -> None:
    assert mended(text, indented=False) == seen


def test_an_indentation_is_meant_where_others_have_one() -> None:
    assert mended("  davon\u200b Sachkosten", indented=True) == "  davon Sachkosten"


def test_invisible_characters_go_from_the_cell_of_the_finding_alone() -> None:
    text = table().replace("OMID      ", "OMID\u200b\u00adX").replace("Arrival Aid ", "Arrival\u200bAid")
    found = repairs(text, "SUM02", also=(finding("MSR08", "A2"),))
    assert made(found) == {"A2": "OMIDX"}


def test_a_text_formatted_within_itself_is_left() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        bold = book.add_format({"bold": True})
        book.worksheets()[0].write_rich_string("A2", "OM\u200b", bold, "ID", " neu")

    found = repairs(table(), "SUM02", also=(finding("MSR08", "A2"),), decorate=decorate)
    assert left(found) == {"A2": "der Text ist in sich verschieden formatiert; das ginge verloren"}


# --- Which, where not, and back -------------------------------------------------------------------------------------


def both(**chosen: tuple[str, ...]) -> Repaired:
    return repairs(table(b3="'80", b5="=SUM(B2:B3) → 290"), **chosen)


def test_single_repairs_are_chosen_by_code_or_cell() -> None:
    assert {*made(both())} == {"B3", "B5"}
    assert {*made(both(only=("NUM01",)))} == {"B3"}
    assert {*made(both(only=("Tabelle1!B5",)))} == {"B5"}
    assert {*made(both(leave=("SUM",)))} == {"B3"}


def test_a_locked_cell_of_a_protected_sheet_is_left_but_an_unlocked_one_is_not() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        sheet = book.worksheets()[0]
        sheet.protect()
        sheet.write_string("B3", "80", book.add_format({"locked": False}))

    found = repairs(table(b5="=SUM(B2:B3) → 290"), decorate=decorate)
    assert made(found) == {"B3": Decimal(80)}
    assert left(found) == {"B5": "die Zelle ist gesperrt und das Blatt geschützt"}


def test_a_matrix_formula_is_left() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.worksheets()[0].write_array_formula("B5:B5", "{=SUM(B2:B3)}", None, 370)

    found = repairs(table(), decorate=decorate)
    assert (made(found), left(found)) == ({}, {"B5": "es ist eine Matrixformel"})


def test_every_repair_can_be_taken_back_alone() -> None:
    before = package_of(table(b3="'80", b5="=SUM(B2:B3) → 290"))
    found = repairs(before)
    for one in found.made:
        back = undone(found.package, read_workbook(found.package), [one])
        assert _says(back.package, one.at) == _says(before, one.at)
        others = [other for other in found.made if other is not one]
        assert all(_formula(back.package, other.at) == other.new.formula for other in others)
    everything = undone(found.package, read_workbook(found.package), found.made).package
    assert compare(before, everything).cells == ()


def _says(package: Package, at: Address) -> tuple[object, object]:
    cell = read_workbook(package).cell(at)
    assert cell is not None
    return cell.formula, cell.style


def _formula(package: Package, at: Address) -> str | None:
    cell = read_workbook(package).cell(at)
    return cell.formula if cell is not None else None


HEADED = """
| | A | B | C |
|---|---|---|---|
| 1 | Erfolgsplan in TEUR | 2026 | 2027 |
| 2 | 1. Umsatzerlöse | | |
| 3 | a) Gebühren | 60.1 | 61.2 |
| 4 | b) Entgelte | 20.2 | 20.3 |
| 5 | 2. Zuschüsse | 9.9 | 9.7 |
| 6 | Summe | =SUM(B3:B5) → 90.2 | =SUM(C3:C4) → 81.5 |
"""


def test_a_heading_without_amounts_is_not_taken_into_the_longer_range() -> None:
    assert made(repairs(HEADED, "SUM03")) == {"C6": "=SUM(C3:C5)"}
