"""What must never come out as a value: what the engine cannot do, hidden or not, and what nobody can know."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pik_excel.grid.reference import Address, Area, column_number
from pik_excel.grid.workbook import Calculation, Cell, DefinedName, ErrorValue, ExcelTable, Workbook
from pik_excel.recalc.stale import stale_values
from pik_excel.recalc.values import Recalculation, recalculate
from tests.tables import workbook


def at(cell: str, sheet: str = "Tabelle1") -> Address:
    letters = cell.rstrip("0123456789")
    return Address(sheet, int(cell[len(letters) :]), column_number(letters))


def calculated(text: str, **changes: object) -> Recalculation:
    """Recalculated without the help of stored values, unless `application` is given."""
    return recalculate(replace(workbook(text), **{"application": "", **changes}))  # type: ignore[arg-type]  # by name


def reason(formula: str, more: str = "", **changes: object) -> str | None:
    """Why the formula in C1 is not evaluated; A1 is 2, A2 3, A3 the text "1.151"."""
    result = calculated(f"| | A | C |\n|-|-|-|\n|1| 2 | ={formula} |\n|2| 3 | |\n|3| '1.151 | |\n{more}", **changes)
    return result.not_evaluated.get(at("C1"))


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("NOW()", "Funktion NOW"),
        ("RAND()", "Funktion RAND"),
        ('INDIRECT("A1")', "Funktion INDIRECT"),
        ("OFFSET(A1,1,0)", "Funktion OFFSET"),
        ('TEXT(A1,"0,00")', "Funktion TEXT"),
        ("MEINE(A1)", "Funktion MEINE"),
        ("[1]Plan!A1", "andere Arbeitsmappe"),
        ("'C:\\Kämmerei\\[Plan 2020.xlsx]Plan'!A1+1", "andere Arbeitsmappe"),
        ("SUM(Januar:März!A1)", "3D-Bezug"),
        ("SUM((A1,A2))", "Vereinigung"),
        ("SUM(A1:A2 A2:A3)", "Vereinigung"),
        ("A1:A2*2", "Matrixformel"),
        ("A1:A2", "Matrixformel"),
        ("SUM(IF(A1:A2>2,1,0))", "Matrixformel"),
        ("@A1", "dynamischer Bereich"),
        ("A1#", "dynamischer Bereich"),
        ("Satz*2", "unbekannter Name"),
        ("Tabelle9[Betrag]", "Excel-Tabelle"),
        ("Fehlt!A1", "Blatt, das es nicht gibt"),
        ("SUM(A1", "nicht lesbar"),
        ("A1+", "nicht lesbar"),
        ("A3*2", "wird als Zahl gelesen"),
        ('"31.12.2022"+1', "wird als Zahl gelesen"),
        ("C1+1", "Zirkelbezug"),
        ("INDEX(A1:A3,0)", "Matrixformel"),
        ("SUMIFS(A1:A3,A1:A2,2)", "diesen 3 Argumenten"),
        ('SUMIF(A1:A3,">1",B1:B2)', "diesen 3 Argumenten"),
        ('SUMIF(A1:A3,">1",B1)', "diesen 3 Argumenten"),
        ('AVERAGEIF(A1:A3,">1",B1:C3)', "diesen 3 Argumenten"),
        ("VLOOKUP(2,A1:B3,2)", "sortierter Liste"),
        ('COUNTIF(A1:A3,">1,5")', "wird als Zahl gelesen"),
    ],
)
def test_it_is_not_evaluated_and_says_why(formula: str, words: str) -> None:
    assert words in (reason(formula) or "evaluated")


@pytest.mark.parametrize(
    "formula",
    [
        "IFERROR(MEINE(A1),0)",
        "IF(ISERROR(MEINE(A1)),0,1)",
        "IFERROR([1]Plan!A1,0)",
        "IFERROR(Satz,0)",
        "COUNT(A1,MEINE(A1))",
        'IFERROR(SUMIF(A1:A3,">1",B1),0)',  # the engine cannot widen B1
        "AND(A1=3,1/0)",  # the engine does not look at the second argument
        "IFERROR(C1+1,0)",
    ],
)
def test_nothing_hides_that_something_was_not_calculated(formula: str) -> None:
    assert reason(formula) is not None


def test_an_error_of_the_users_own_may_be_caught() -> None:
    text = "| | A | B |\n|-|-|-|\n|1| 0 | =IFERROR(5/A1,7) |\n|2| #REF! | =IF(ISERROR(A2),1,2) |"
    values = calculated(text).values
    assert (values[at("B1")], values[at("B2")]) == (7, 1)


def test_behind_a_cell_that_is_not_evaluated_iferror_catches_nothing() -> None:
    text = (
        "| | A | B | C |\n|-|-|-|-|\n|1| =MEINE(1) | =A1+1 | =IFERROR(B1,0) |\n|2| | =IF(ISBLANK(A1),1,2) | =SUM(A:A) |"
    )
    assert calculated(text).values == {}


@pytest.mark.parametrize("text", ["=1+1", "+49 711", "TRUE", "1.151", "#REF!", "'66", "2022-12-31", "", "1E5"])
def test_a_text_stays_a_text_whatever_it_looks_like(text: str) -> None:
    cells = {(1, 1): Cell(1, 1, text), (1, 2): Cell(1, 2, None, "ISTEXT(A1)"), (1, 3): Cell(1, 3, None, "COUNT(A1)")}
    book = workbook("| | A |\n|-|-|\n|1| x |")
    book = replace(book, sheets=(replace(book.sheets[0], cells=cells),))
    values = recalculate(book).values
    assert values[at("B1")] is True
    assert values[at("C1")] == 0
    assert recalculate(book, {at("D1"): "=A1"}).values[at("D1")] == text


def test_a_cell_inside_a_matrix_formula_is_not_known_either() -> None:
    book = workbook("| | A | B |\n|-|-|-|\n|1| 2 | 4 |\n|2| 3 | 6 |\n|3| =SUM(B1:B2) → 10 | |")
    cells = {**book.sheets[0].cells, (1, 2): Cell(1, 2, Decimal(4), "A1:A2*2", 0, "B1:B2")}
    book = replace(book, sheets=(replace(book.sheets[0], cells=cells),))
    assert set(recalculate(book).not_evaluated) == {at("B1"), at("A3")}


def test_a_circle_is_named_and_what_hangs_on_it() -> None:
    result = calculated("| | A |\n|-|-|\n|1| =A2+1 |\n|2| =A1*2 |\n|3| =A1+5 |\n|4| =2+3 |")
    assert set(result.values) == {at("A4")}
    assert "Zirkelbezug" in result.not_evaluated[at("A1")]


def test_a_subtotal_over_hidden_rows_is_not_evaluated() -> None:
    rows = "|1| 2 | =SUBTOTAL(9,A1:A3) |\n|2 (ausgeblendet)| 3 | |\n|3| 4 | =SUBTOTAL(9,A3:A3) |"
    result = calculated(f"| | A | B |\n|-|-|-|\n{rows}")
    assert "ausgeblendete" in result.not_evaluated[at("B1")]
    assert result.values[at("B3")] == 4


def test_as_displayed_nothing_is_evaluated() -> None:
    assert "angezeigt" in (reason("A1+A2", calculation=Calculation(as_displayed=True)) or "")


def test_dates_from_1904_are_not_those_of_the_engine() -> None:
    assert reason("YEAR(A1)", calculation=Calculation(date1904=True)) is not None
    assert reason("A1+A2", calculation=Calculation(date1904=True)) is None


NAMED = """
| | A      | B                              |
|-|--------|--------------------------------|
|1| Betrag | =SUM(Beträge)*Satz             |
|2| 66     | =SUM(Plan[Betrag])             |
|3| 290    | =Plan[[#This Row],[Betrag]]*2  |
"""


def test_names_and_tables_are_followed() -> None:
    book: Workbook = workbook(NAMED)
    table = ExcelTable("Plan", Area(1, 1, 3, 1), ("Betrag",), 1, 0)
    names = (DefinedName("Beträge", "Tabelle1!$A$2:$A$3"), DefinedName("Satz", "2"))
    book = replace(book, names=names, sheets=(replace(book.sheets[0], tables=(table,)),))
    values = recalculate(book).values
    assert (values[at("B1")], values[at("B2")], values[at("B3")]) == (712, 356, 580)


def test_a_sheets_own_name_goes_before_the_workbooks() -> None:
    book = workbook('Blatt "Plan":\n| | A |\n|-|-|\n|1| =Satz*2 |\n\nBlatt "Ist":\n| | A |\n|-|-|\n|1| =satz*2 |')
    book = replace(book, names=(DefinedName("Satz", "5"), DefinedName("Satz", "7", "Plan")))
    values = recalculate(book).values
    assert (values[at("A1", "Plan")], values[at("A1", "Ist")]) == (14, 10)


def test_a_name_relative_to_its_cell_is_refused() -> None:
    assert "relativem" in (reason("Links*2", names=(DefinedName("Links", "Tabelle1!A1"),)) or "")


def test_what_floating_point_leaves_is_nothing_as_in_excel() -> None:
    text = "| | A | B |\n|-|-|-|\n|1| 0.3 | =0.1+0.2-A1 |\n|2| | =IF(B1=0,1,2) |\n|3| | =B1*1000 |\n|4| | =1/B1 |"
    values = calculated(text).values
    assert (values[at("B1")], values[at("B2")], values[at("B3")]) == (0, 1, 0)
    assert values[at("B4")] == ErrorValue("#DIV/0!")


def test_what_would_take_minutes_is_not_begun() -> None:
    rows = 20_000
    cells = {(row, 1): Cell(row, 1, Decimal(row)) for row in range(1, rows + 1)}
    cells |= {(row, 2): Cell(row, 2, None, f"VLOOKUP(A{row},A$1:A${rows},1,FALSE)") for row in range(1, rows + 1)}
    cells[1, 3] = Cell(1, 3, None, f"SUM(A1:A{rows})")
    book = workbook("| | A |\n|-|-|\n|1| x |")
    result = recalculate(replace(book, sheets=(replace(book.sheets[0], cells=cells),)))
    assert set(result.values) == {at("C1")}
    assert "große Bereiche" in result.not_evaluated[at("B1")]


def test_a_sheet_name_that_no_excel_gives_is_no_reason_to_fail() -> None:
    name = "Ein viel zu langer Name für ein Blatt in Excel"
    book = workbook(f'Blatt "{name}":\n| | A |\n|-|-|\n|1| =1+1 → 3 |\n|2| =2+2 → 4 |')
    result = recalculate(book)
    assert result.values == {}
    assert name in result.not_evaluated[at("A1", name)]
    assert stale_values(book) == ()


def test_and_over_an_error_is_not_evaluated_for_the_engine_stops_before_it() -> None:
    text = "| | A | B |\n|-|-|-|\n|1| 1 | =AND(A1=2,A2=1) |\n|2| #N/A | =OR(A1=1,A3=1) |"
    result = calculated(text)
    assert result.values == {at("B2"): True}
    assert "Fehlerwert" in result.not_evaluated[at("B1")]


def test_dates_at_which_the_engine_breaks_off_are_named_and_all_else_is_calculated(
    capfd: pytest.CaptureFixture[str],
) -> None:
    result = calculated(
        "| | A | B | C |\n|-|-|-|-|\n|1| 1000000000 | =A1+1 | =EDATE(1,A1) |\n|2| | =DATE(1,1,A1*9) | =B2+1 |\n"
        "|3| | =DATE(2024,2,30) | =SUM(A1:B1) |"
    )
    assert {
        str(cell).rpartition("!")[2]: why.split(":")[0] for cell, why in result.not_evaluated.items()
    } == dict.fromkeys(("C1", "B2", "C2", "B3"), "nicht berechnet")
    assert "bricht" in result.not_evaluated[at("C1")]
    assert result.values[at("B1")] == 1000000001 and result.values[at("C3")] == 2000000001
    assert capfd.readouterr().err == ""
