"""What cannot be written without damage is not: place, cause and the next step are named."""

from __future__ import annotations

import re

import pytest
import xlsxwriter

from pik_excel.errors import NotWritten
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.package import Package
from pik_excel.schema import built_in
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of, projected

LIST = """
|   | A              | B         | C         | D | E |
|---|----------------|-----------|-----------|---|---|
| 1 | Maßnahme       | 2020 TEUR | 2021 TEUR | {head} | |
| 2 | Alpha-Programm | 10        | 12        | {alpha} | |
| 3 | Beta-Programm  | 20        | 21        | {beta} | |
| 4 | Summe          | =SUM(B2:B3) → 30 | =SUM(C2:C3) → 33 | {total} | |
"""


def text(head: str = "", alpha: str = "", beta: str = "", total: str = "") -> str:
    return LIST.format(head=head, alpha=alpha, beta=beta, total=total)


def refused(package: object, to: int = 2023) -> NotWritten:
    with pytest.raises(NotWritten) as caught:
        projected(package, to)  # type: ignore[arg-type]
    return caught.value


def test_years_that_do_not_ascend() -> None:
    book = text().replace("2020", "2022")
    assert re.match(
        r"Tabelle1!C1: rechts steht 2021, das späteste Jahr ist aber 2022", refused(package_of(book)).message
    )


def test_an_open_end_that_is_not_the_last_year() -> None:
    error = refused(package_of(text().replace("2020 TEUR", "2020 ff. TEUR")))
    assert error.code == "open-ended-column"
    assert error.message.startswith("Tabelle1!B1: vor „2020 ff.“ ")


def test_a_part_beside_each_year() -> None:
    book = """
|   | A              | B         | C              | D         | E              |
|---|----------------|-----------|----------------|-----------|----------------|
| 1 | Maßnahme       | 2020 TEUR | davon VE 2020 TEUR | 2021 TEUR | davon VE 2021 TEUR |
| 2 | Alpha-Programm | 10        | 1              | 12        | 1              |
| 3 | Beta-Programm  | 20        | 2              | 21        | 2              |
"""
    error = refused(package_of(book))
    assert error.code == "columns-between-years"
    assert error.message.startswith("Tabelle1!E1: ")


def test_an_excel_table_above_in_the_same_columns() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        heads = [{"header": name} for name in ("Amt", "Name", "Ort", "Telefon")]
        book.get_worksheet_by_name("Tabelle1").add_table("A8:D10", {"columns": heads, "name": "Kontakte"})

    error = refused(package_of(text("Bemerkung", "läuft weiter", "endet"), decorate))
    assert error.code == "no-room"
    assert "zerteilen" in error.message


def test_cells_that_would_leave_the_sheet() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.get_worksheet_by_name("Tabelle1").write("XFD2", "Ende")

    assert refused(package_of(text(), decorate)).code == "off-the-grid"


def test_a_heading_merged_across_the_columns_of_the_new_years() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.get_worksheet_by_name("Tabelle1").merge_range("C1:XFD1", "2021 TEUR")

    error = refused(package_of(text(), decorate))
    assert error.code == "heading-merged"
    assert error.message.startswith("Tabelle1!D1: ")
    assert "C1:XFD1" in error.message


@pytest.mark.parametrize("name", ["http://a.invalid/b", "[a.xlsx]Plan", "2024/25", "C:\\Plan", "'Plan"])
def test_a_sheet_whose_name_in_a_formula_would_mean_another_file(name: str) -> None:
    package = package_of(text())
    book = package.text("xl/workbook.xml").replace(b'name="Tabelle1"', f'name="{name}"'.encode())
    error = refused(Package.from_bytes(package.replaced({"xl/workbook.xml": book})))
    assert error.code == "sheet-name" and name in error.message


def test_a_total_that_is_larger_than_any_number_excel_stores() -> None:
    largest = "9" + "0" * 307
    package = package_of(text().replace("| 12 ", f"| {largest} ").replace("| 21 ", f"| {largest} "))
    reading = read_budget(read_workbook(package), built_in())
    with pytest.raises(NotWritten) as caught:
        projected_workbook(package, reading, built_in(), 2023)
    assert caught.value.code == "amount-too-large"


def test_an_open_end_before_a_year_that_stands_beside_it_is_left_where_there_is_nothing_to_open() -> None:
    """Not refused: it says "2020 ff.", the last year wanted is there."""
    book = (
        text()
        .replace("2020 TEUR | 2021 TEUR", "2021 TEUR | 2020 ff. TEUR")
        .replace("| B         | C         |", "| B | C |")
    )
    _projection, written = projected(package_of(book), 2021)
    assert not [cell for cell in written.cells if cell.at.sheet == "Tabelle1"]
