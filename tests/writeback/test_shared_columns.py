"""Another table with the same years above or below a list takes the inserted columns as its own, without amounts."""

from __future__ import annotations

import pytest

from pik_excel.errors import NotWritten
from pik_excel.grid.read import read_workbook
from tests.writeback.building import package_of, projected, stored

TWO = """
|   | A              | B         | C         | D |
|---|----------------|-----------|-----------|---|
| 1 | Bedarf in TEUR | | | |
| 2 | Maßnahme       | 2020 | 2021 | Summe |
| 3 | Alpha-Programm | 10        | 12        | =SUM(B3:C3) → 22 |
| 4 | Beta-Programm  | 20        | 21        | =SUM(B4:C4) → 41 |
| 5 | Summe          | =SUM(B3:B4) → 30 | =SUM(C3:C4) → 33 | =SUM(D3:D4) → 63 |
| 8 | {title} in TEUR | | | |
| 9 | Maßnahme       | {first} | {second} | Summe |
| 10 | Alpha-Programm | 1        | 2        | =SUM(B10:C10) → 3 |
| 11 | Beta-Programm  | 3        | 4        | =SUM(B11:C11) → 7 |
| 12 | Summe          | =SUM(B10:B11) → 4 | =SUM(C10:C11) → 6 | =SUM(D10:D11) → 10 |
"""
PROVIDED = "Bereits bereitgestellte Mittel"


def two(title: str = PROVIDED, first: str = "2020", second: str = "2021") -> str:
    return TWO.format(title=title, first=first, second=second)


def test_what_is_provided_gets_the_years_and_no_amounts() -> None:
    before, written = projected(package_of(two()), 2023)
    sheet = read_workbook(written.package).sheet("Tabelle1")
    assert sheet is not None
    assert [str(sheet.value(9, column)) for column in range(2, 7)] == ["2020", "2021", "2022", "2023", "Summe"]
    assert [sheet.value(row, 4) for row in (10, 11, 12)] == [None, None, 0]
    assert [sheet.cells[row, 6].formula for row in (10, 12)] == ["SUM(B10:E10)", "SUM(F10:F11)"]
    assert stored(written.package, "Tabelle1", "F12") == 10
    assert written.remarks[0] == "Tabelle1!D9: die Spalten 2022 bis 2023 sind hier mit eingefügt, ohne Beträge."
    after, again = projected(written.package, 2023)
    assert again.package is written.package
    assert after.totals == before.totals


@pytest.mark.parametrize(("first", "second"), [("2019", "2020"), ("2021", "2022"), ("Ist 2020", "Ist 2021")])
def test_other_years_and_results_are_still_not_cut_apart(first: str, second: str) -> None:
    with pytest.raises(NotWritten) as refused:
        projected(package_of(two(PROVIDED, first, second)), 2023)
    assert refused.value.code == "no-room"
    assert "zerteilen" in refused.value.message


def test_a_table_that_ends_there_gets_no_columns() -> None:
    text = (
        two().replace("| Summe |\n| 10", "|  |\n| 10").replace("=SUM(B10:C10) → 3", "").replace("=SUM(B11:C11) → 7", "")
    )
    written = projected(package_of(text.replace("=SUM(D10:D11) → 10", "")), 2023)[1]
    sheet = read_workbook(written.package).sheet("Tabelle1")
    assert sheet is not None
    assert sheet.value(9, 4) is None


BESIDE = """
|   | A              | B  | C  | D                | F              | G  | H  | I                |
|---|----------------|----|----|------------------|----------------|----|----|------------------|
| 1 | Bedarf in TEUR |    |    |                  | Bedarf in TEUR |    |    |                  |
| 2 | Maßnahme       | 2020 | 2021 | Summe        | Maßnahme       | 2020 | 2021 | Summe        |
| 3 | Alpha-Programm | 10 | 12 | =SUM(B3:C3) → 22 | Gamma-Programm | 10 | 12 | =SUM(G3:H3) → 22 |
| 4 | Beta-Programm  | 20 | 21 | =SUM(B4:C4) → 41 | Delta-Programm | 20 | 21 | =SUM(G4:H4) → 41 |
| 8 |                |    |    |                  | Bereits bereitgestellte Mittel in TEUR | | | |
| 9 |                |    |    |                  | Maßnahme       | 2020 | 2021 | Summe        |
| 10 |               |    |    |                  | Gamma-Programm | 1  | 2  | =SUM(G10:H10) → 3 |
| 11 |               |    |    |                  | Delta-Programm | 3  | 4  | =SUM(G11:H11) → 7 |
"""


def test_what_stands_below_the_right_one_of_two_lists_gets_the_years_too() -> None:
    _projection, written = projected(package_of(BESIDE), 2023)
    sheet = read_workbook(written.package).sheet("Tabelle1")
    assert sheet is not None
    for row, first in ((2, 2), (2, 9), (9, 9)):
        years = [str(sheet.value(row, column)) for column in range(first, first + 5)]
        assert years == ["2020", "2021", "2022", "2023", "Summe"]
    assert [sheet.cells[row, 13].formula for row in (3, 10)] == ["SUM(I3:L3)", "SUM(I10:L10)"]


PARTS = """
|    | A | B | C |
|----|---|---|---|
| 1  | A. Ergebnishaushalt (TEUR) | | |
| 2  | Maßnahme             | {first} | {second} |
| 3  | Beratung             | 12 | 12 |
| 4  | Ordnungsdienst       | 85 | 170 |
| 5  | Summe A              | =SUM(B3:B4) → 97 | =SUM(C3:C4) → 182 |
| 7  | B. Investitionen (TEUR) | | |
| 8  | Maßnahme             | {first} | {second} |
| 9  | Sporthalle           | 180 | 20 |
| 10 | Haltestellen         | 120 | 130 |
| 11 | Summe B              | =SUM(B9:B10) → 300 | =SUM(C9:C10) → 150 |
| 13 | Gesamtsumme A + B    | =B5+B11 → 397 | =C5+C11 → 332 |
"""


@pytest.mark.parametrize(("first", "second"), [("2026", "2027"), ("Ansatz 2026", "Ansatz 2027"), ("2026", "2027 ff.")])
def test_a_total_over_two_tables_goes_on_where_both_get_the_year(first: str, second: str) -> None:
    _, written = projected(package_of(PARTS.format(first=first, second=second)), 2029)
    sheet = read_workbook(written.package).sheet("Tabelle1")
    assert sheet is not None
    assert [sheet.cells[13, column].formula for column in (4, 5)] == ["D5+D11", "E5+E11"]
    assert stored(written.package, "Tabelle1", "D13") == 332
    assert not any("leer" in one for one in written.remarks)


def test_a_total_that_takes_what_does_not_move_along_is_told_not_filled() -> None:
    elsewhere = PARTS.replace("=C5+C11 → 332", "=C5+Übertrag!C1 → 332").replace(
        "=B5+B11 → 397", "=B5+Übertrag!B1 → 397"
    )
    other = (
        'Blatt "Tabelle1":\n'
        + elsewhere
        + '\nBlatt "Übertrag":\n\n|   | A | B | C |\n|---|---|---|---|\n| 1 | B | 300 | 150 |\n'
    )
    _, written = projected(package_of(other.format(first="2026", second="2027")), 2029)
    sheet = read_workbook(written.package).sheet("Tabelle1")
    assert sheet is not None
    assert sheet.value(13, 4) is None
    assert [one for one in written.remarks if "leer" in one] == [
        "Tabelle1!C13: die Summe rechnet nicht nur mit ihrer Tabelle und bleibt 2028 bis 2029 leer; "
        "bitte nach rechts ausfüllen."
    ]
