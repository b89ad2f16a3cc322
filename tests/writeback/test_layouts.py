"""Lists of other cities: other units, headings, places, subtotals, no assumptions. What is written is right in each."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.grid.read import read_workbook
from pik_excel.ooxml.package import Package
from pik_excel.projection.overrides import read_overrides
from pik_excel.projection.project import project
from pik_excel.schema import built_in
from pik_excel.writeback.project import project_edits
from tests.office import office
from tests.writeback.building import formulas, package_of, projected, reading_of, values

ELSEWHERE = """
|    | C                            | D           | E           | F         |
|----|------------------------------|-------------|-------------|-----------|
| 5  | Maßnahmen des Amtes 51 in EUR |            |             |           |
| 7  | Maßnahme                     | Ansatz 2023 | Ansatz 2024 | Plan 2025 |
| 8  | Jugendtreff Nord             | 10500       | 11000       | 11250.50  |
| 9  | Jugendtreff Süd              | 20000       | 20000       | 20000     |
| 10 | Zwischensumme Jugend         | =SUM(D8:D9) → 30500 | =SUM(E8:E9) → 31000 | =SUM(F8:F9) → 31250.5 |
| 11 | Sprachkurse                  | 5000        | 5000        | 0         |
| 12 | Beratung                     | 7000        | 7000        | 7000      |
| 13 | Zwischensumme Integration    | =SUM(D11:D12) → 12000 | =SUM(E11:E12) → 12000 | =SUM(F11:F12) → 7000 |
| 14 | Gesamtsumme                  | =D10+D13 → 42500 | =E10+E13 → 43000 | =F10+F13 → 38250.5 |
"""
TYPED_TOTAL = """
|   | A              | B             | C             |
|---|----------------|---------------|---------------|
| 1 | Maßnahme       | 2020 TEUR     | 2021 TEUR     |
| 2 | Alpha-Programm | 10            | 12            |
| 3 | Beta-Programm  | 20            | 21            |
| 4 | Summe          | 30            | 33            |
"""
PERIODS = """
Blatt "Maßnahmen":

|   | A              | B         | C         |
|---|----------------|-----------|-----------|
| 1 | Maßnahmen, Angaben in TEUR | |        |
| 2 | Maßnahme       | 2020      | 2021      |
| 3 | Alpha-Programm | 10        | 12        |
| 4 | Beta-Programm  | 20        | 21        |
| 5 | Gamma-Kurse    | 20        | 21        |
| 6 | Summe          | =SUM(B3:B5) → 50 | =SUM(C3:C5) → 54 |

Blatt "Annahmen":

|   | A              | B           | C         | D          | E          | F                  |
|---|----------------|-------------|-----------|------------|------------|--------------------|
| 1 | Maßnahme       | Bedarf TEUR | Regel     | von        | bis        | Steigerung je Jahr |
| 2 | Alpha-Programm | 12.5        | befristet | 2021-01-01 | 2022-06-30 |                    |
| 3 | Beta-Programm  |             | index     |            |            | 2.5 %              |
| 4 | Gamma-Kurse    | 22.4        | index     | 2022-01-01 |            | 10 %               |
"""
OTHER_UNIT = """
Blatt "Maßnahmen":

|   | A              | B         | C         |
|---|----------------|-----------|-----------|
| 1 | Beschlossene Maßnahmen, Angaben in TEUR | | |
| 2 | Maßnahme       | 2020      | 2021      |
| 3 | Alpha-Programm | 10        | 12        |
| 4 | Beta-Programm  | 20        | 21        |
| 5 | Summe          | =SUM(B3:B4) → 30 | =SUM(C3:C4) → 33 |

Blatt "Anmeldung":

|   | A              | B         | C         |
|---|----------------|-----------|-----------|
| 1 | Zusätzlicher Bedarf (angemeldet) in EUR | | |
| 2 | Maßnahme       | 2022      | 2023      |
| 3 | Alpha-Programm | 10500     | –         |
| 4 | Neues Angebot  | 20000     | 21000     |
| 5 | Summe          | =SUM(B3:B4) → 30500 | =SUM(C3:C4) → 21000 |
"""
ALL = {
    "elsewhere": (ELSEWHERE, 2028),
    "typed": (TYPED_TOTAL, 2023),
    "periods": (PERIODS, 2024),
    "unit": (OTHER_UNIT, 2023),
}


def test_without_assumptions_each_row_repeats_its_last_amount() -> None:
    _projection, written = projected(package_of(ELSEWHERE), 2027)
    assert [formulas(written)[cell] for cell in ("G8", "G9", "H8")] == ["$F8", "$F9", "$F8"]
    assert written.remarks == ("Die Mappe hat kein Blatt „Annahmen“; es gilt die Regel „halten“ (letzter Betrag).",)
    assert [values(written)[cell] for cell in ("G8", "G11", "H12")] == ["11250.5", "0", "7000"]


def test_subtotals_and_the_total_go_on_in_their_own_manner() -> None:
    _projection, written = projected(package_of(ELSEWHERE), 2026)
    assert [formulas(written)[cell] for cell in ("G10", "G13", "G14")] == ["SUM(G8:G9)", "SUM(G11:G12)", "G10+G13"]
    assert values(written)["G14"] == "38250.5"


def test_a_typed_total_goes_on_as_a_sum_of_its_rows() -> None:
    _projection, written = projected(package_of(TYPED_TOTAL), 2022)
    assert (formulas(written)["D4"], values(written)["D4"]) == ("SUM(D2:D3)", "33")


def test_headings_go_on_in_their_own_words() -> None:
    assert values(projected(package_of(TYPED_TOTAL), 2022)[1])["D1"] == "2022 TEUR"
    assert values(projected(package_of(ELSEWHERE), 2026)[1])["G7"] == "Plan 2026"


def test_later_years_are_called_plan_where_the_workbook_does_so() -> None:
    second = 'Blatt "Planung":\n\n' + TYPED_TOTAL.replace("2020 TEUR", "Ansatz 2022 TEUR").replace(
        "2021 TEUR", "Plan 2023 TEUR"
    )
    first = TYPED_TOTAL.replace("2020 TEUR", "Ansatz 2020 TEUR").replace("2021 TEUR", "Ansatz 2021 TEUR")
    _projection, written = projected(package_of(first.replace("Programm", "Gruppe") + "\n" + second), 2024)
    assert {"Plan 2022 TEUR", "Plan 2024 TEUR"} <= {cell.value for cell in written.cells}


def test_dates_of_a_period_are_compared_as_dates() -> None:
    _projection, written = projected(package_of(PERIODS), 2024)
    assert [values(written)[f"{column}3"] for column in "DEF"] == ["13", "0", "0"]
    assert "DATE(D$2,12,31)>=Annahmen!$D$2" in formulas(written)["D3"]


def test_an_index_rises_from_the_last_amount_or_from_its_need() -> None:
    _projection, written = projected(package_of(PERIODS), 2024)
    assert [values(written)[f"{column}4"] for column in "DEF"] == ["22", "22", "23"]
    assert [values(written)[f"{column}5"] for column in "DEF"] == ["22", "25", "27"]
    assert written.not_evaluated == ()


def test_an_amount_in_another_unit_is_converted_and_rounded() -> None:
    _projection, written = projected(package_of(OTHER_UNIT), 2023)
    assert (formulas(written)["D3"], values(written)["D3"]) == ("ROUND(Anmeldung!B$3/1000,0)", "11")
    assert (formulas(written)["E3"], values(written)["E3"]) == ("ROUND(N(Anmeldung!C$3)/1000,0)", "0")
    assert [(one.measure, one.years) for one in written.skipped] == [("Neues Angebot", (2022, 2023))]


def test_a_blank_last_amount_stays_blank_with_its_reason() -> None:
    _projection, written = projected(
        package_of(TYPED_TOTAL.replace("| 20            | 21            |", "| 20 | |")), 2023
    )
    assert "D3" not in values(written)
    (left,) = written.skipped
    assert (str(left.at), left.years) == ("Tabelle1!D3", (2022, 2023))
    assert left.reason == "Tabelle1!C3 ist leer, es gibt nichts fortzuschreiben"


def test_an_amount_stored_as_text_is_not_built_upon() -> None:
    _projection, written = projected(package_of(TYPED_TOTAL.replace("| 12            |", "| '12           |")), 2022)
    assert "D2" not in values(written)
    assert "steht als Text" in written.skipped[0].reason


def test_a_year_that_another_table_states_needs_no_earlier_amount() -> None:
    text = OTHER_UNIT.replace("| 12        |", "| '12           |").replace("| –         |", "| |")
    _projection, written = projected(package_of(text.replace("→ 33", "→ 21")), 2024)
    assert formulas(written)["D3"] == "ROUND(Anmeldung!B$3/1000,0)"
    assert "E3" not in values(written)


def test_what_rests_on_a_year_left_out_is_left_out_too() -> None:
    text = OTHER_UNIT.replace("| 10500     | –         |", "| '10500    | |").replace("→ 30500", "→ 20000")
    _projection, written = projected(package_of(text), 2024)
    assert not {"D3", "E3", "F3"} & values(written).keys()


def test_two_lists_on_one_sheet_both_go_on() -> None:
    below = (
        "".join(
            line.replace(f"| {row} |", f"| {row + 6} |") + "\n"
            for row, line in enumerate(TYPED_TOTAL.strip().splitlines()[2:], 1)
        )
        .replace("Alpha", "Gamma")
        .replace("Beta", "Delta")
    )
    _projection, written = projected(package_of(TYPED_TOTAL + below), 2023)
    assert {cell: values(written)[cell] for cell in ("D4", "E4", "D10", "E10")} == dict.fromkeys(
        ("D4", "E4", "D10", "E10"), "33"
    )


def test_a_list_that_a_later_one_continues_is_left_alone() -> None:
    later = 'Blatt "2022":\n\n' + TYPED_TOTAL.replace("2021", "2023").replace("2020", "2022")
    _projection, written = projected(package_of('Blatt "2020":\n' + TYPED_TOTAL + "\n" + later), 2024)
    assert {cell.at.sheet for cell in written.cells} == {"2022"}


@pytest.mark.parametrize("layout", ALL)
def test_a_second_run_changes_nothing(layout: str) -> None:
    text, to = ALL[layout]
    before, written = projected(package_of(text), to)
    after, again = projected(written.package, to)
    assert again.package is written.package
    assert [total.need for total in after.totals] == [total.need for total in before.totals]
    standings = ([[one.standing for one in measure.amounts] for measure in each.measures] for each in (before, after))
    assert next(standings) == next(standings)


def test_libreoffice_computes_every_stored_value_of_every_layout(tmp_path: Path) -> None:
    books: list[tuple[Path, Package]] = []
    for layout, (text, to) in ALL.items():
        path = tmp_path / f"{layout}.xlsx"
        package = projected(package_of(text), to)[1].package
        path.write_bytes(package.data)
        books.append((path, package))
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path, _package in books])
    for (_path, package), answer in zip(books, answers, strict=True):
        for sheet in read_workbook(package).sheets:
            for cell in sheet.cells.values():
                if cell.has_formula and isinstance(cell.value, Decimal):
                    at = str(sheet.address(cell.row, cell.column))
                    assert answer["cells"][at][1] == pytest.approx(float(cell.value), abs=1e-6), at


def test_what_belongs_to_the_last_column_goes_on_and_the_rest_of_the_package_stays() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        sheet = book.get_worksheet_by_name("Tabelle1")
        sheet.set_column(2, 2, 17)
        sheet.conditional_format("B2:C3", {"type": "cell", "criteria": "<", "value": 0, "format": book.add_format()})
        sheet.data_validation("B2:C3", {"validate": "decimal", "criteria": ">=", "value": 0})
        sheet.print_area("A1:C4")

    package = package_of(TYPED_TOTAL, decorate)
    _projection, written = projected(package, 2023)
    part = written.package.part("xl/worksheets/sheet1.xml").decode()
    assert part.count('sqref="B2:E3"') == 2
    assert 'min="4" max="5" width="17' in part
    assert "Tabelle1!$A$1:$E$4" in written.package.part("xl/workbook.xml").decode()


def test_formulas_without_a_stored_value_are_computed_first() -> None:
    text = OTHER_UNIT.replace("| 10500     |", "| =2*5250   |").replace("| 21        |", "| =B4+1     |")
    projection, written = projected(package_of(text.replace(" → 33", "")), 2023)
    assert projection.measure("Alpha-Programm").amount(2022).value == 10_500
    assert (values(written)["D3"], values(written)["D4"], values(written)["D5"]) == ("11", "21", "32")


@pytest.mark.parametrize(
    ("own", "requested", "formula", "value"),
    [
        ("12", "", "$C3", "12"),
        ("12.4", "", "$C3", "12.4"),
        ("=B3*1.234 → 12.34", "", "$C3", "12.34"),
        ("–", "", "N($C3)", "0"),
        ("", "10500", "ROUND(Anmeldung!$C$3/1000,0)", "11"),
        ("5", "10500", "$C3+ROUND(Anmeldung!$C$3/1000,0)", "16"),
    ],
)
def test_what_is_held_is_all_that_was_stated_last(own: str, requested: str, formula: str, value: str) -> None:
    text = OTHER_UNIT.replace("| 10        | 12        |", f"| 10 | {own} |").replace("2022      | 2023", "2020 | 2021")
    text = (
        text.replace("| 10500     | –         |", f"| | {requested} |").replace("→ 33", "→ 0").replace("→ 30500", "→ 0")
    )
    _projection, written = projected(package_of(text), 2024)
    assert (formulas(written)["D3"], values(written)["D3"]) == (formula, value)


def test_an_end_that_nobody_gave_yet_is_a_day_where_the_beginnings_are_days() -> None:
    _projection, written = projected(package_of(PERIODS.replace("| 2022-06-30 |", "|            |")), 2023)
    assert formulas(written)["D3"].startswith(
        'IF(AND(DATE(D$2,12,31)>=Annahmen!$D$2,OR(Annahmen!$E$2="",DATE(D$2,1,1)<=Annahmen!$E$2)),'
    )


def test_an_assumption_of_a_file_is_written_as_a_number(tmp_path: Path) -> None:
    path = tmp_path / "annahmen.toml"
    path.write_text('[annahmen."Alpha-Programm"]\nregel = "befristet"\nbedarf = 30_400\nbis = 2022\n', encoding="utf-8")
    package = package_of(TYPED_TOTAL)
    reading = reading_of(package)
    projection = project(reading, built_in(), 2023, overrides=read_overrides(path, built_in()))
    written = project_edits(package, reading, projection)
    assert formulas(written)["D2"] == "IF(2022<=2022,ROUND(30400/1000,0),0)"
    assert [values(written)[cell] for cell in ("D2", "E2")] == ["30", "0"]
