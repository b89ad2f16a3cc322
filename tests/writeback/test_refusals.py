"""Where columns would have to be inserted, nothing is written: place, cause and the next step are named."""

from __future__ import annotations

import re

import pytest
import xlsxwriter

from pik_excel.errors import NotWritten
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


def test_a_remark_column_to_the_right() -> None:
    error = refused(package_of(text("Bemerkung", "läuft weiter", "endet", "")))
    assert error.code == "no-room"
    assert error.message == (
        "Tabelle1!D1: rechts von „2021“ ist kein Platz für 2 Spalten (2022 bis 2023), dort steht „Bemerkung“."
    )
    assert error.hint == "Bitte in Excel rechts neben der Spalte C 2 leere Spalten schaffen und noch einmal aufrufen."


def test_a_total_column_to_the_right() -> None:
    error = refused(package_of(text("Summe", "=B2+C2 → 22", "=B3+C3 → 41", "=SUM(D2:D3) → 63")))
    assert error.message.startswith("Tabelle1!D1: ")


def test_a_column_2022_ff() -> None:
    error = refused(package_of(text("2022 ff. TEUR", "1", "2", "=SUM(D2:D3) → 3")))
    assert error.code == "open-ended-column"
    assert re.match(r"Tabelle1!D1: die Spalte „2022 ff\.“ .* bis 2023 ", error.message)


def test_room_for_one_year_is_room_for_one_year_only() -> None:
    book = text().replace(
        "| 2 | Alpha-Programm | 10        | 12        |  | |", "| 2 | Alpha-Programm | 10 | 12 | | x |"
    )
    assert projected(package_of(book), 2022)[1].edits
    assert refused(package_of(book)).message.startswith("Tabelle1!E2: ")


def test_merged_cells_to_the_right() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.get_worksheet_by_name("Tabelle1").merge_range("D2:E3", None)

    assert "die Zellen D2:E3 verbunden" in refused(package_of(text(), decorate)).message


def test_a_chart_to_the_right() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Tabelle1!$C$2:$C$3"})
        book.get_worksheet_by_name("Tabelle1").insert_chart("D2", chart)

    assert "ein Diagramm oder Bild (D2:" in refused(package_of(text(), decorate)).message


def test_an_excel_table() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        heads = [{"header": name} for name in ("Maßnahme", "2020 TEUR", "2021 TEUR")]
        book.get_worksheet_by_name("Tabelle1").add_table("A1:C3", {"columns": heads, "name": "Liste"})

    assert "die Excel-Tabelle „Liste“" in refused(package_of(text(), decorate)).message


def test_a_comment_to_the_right() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.get_worksheet_by_name("Tabelle1").write_comment("D3", "offen")

    assert refused(package_of(text(), decorate)).message.startswith("Tabelle1!D3: ")


def test_a_hidden_column_to_the_right() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.get_worksheet_by_name("Tabelle1").set_column("E:E", None, None, {"hidden": True})

    assert "die Spalte E ist ausgeblendet" in refused(package_of(text(), decorate)).message


def test_years_that_do_not_ascend() -> None:
    book = text().replace("2020", "2022")
    assert re.match(
        r"Tabelle1!C1: rechts steht 2021, das späteste Jahr ist aber 2022", refused(package_of(book)).message
    )
