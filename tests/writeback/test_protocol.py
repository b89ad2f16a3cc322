"""The annotated copy: a protocol that can be worked with, marks that vanish, and nothing else that differs."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Finding
from pik_excel.errors import NotWritten
from pik_excel.grid.own import own_protocol, without_own_sheets
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.package import Package, open_package
from pik_excel.schema import built_in
from pik_excel.writeback.protocol import About, annotated
from tests.conftest import PROJECT
from tests.oracles import new_errors
from tests.writeback.building import package_of, reading_of
from tests.writeback.repairing import finding

ABOUT = About("probe.xlsx", "0123456789abcdef", date(2021, 6, 24), "pik-excel 0.1.0", 30)
WRONG = """
|   | A                 | B                 | C                 |
|---|-------------------|-------------------|-------------------|
| 1 | Maßnahme          | 2022 EUR          | 2023 EUR          |
| 2 | OMID              | 290               | 290               |
| 3 | Dolmetscherkosten | '80               | 60                |
| 4 | Arrival Aid       | 18                | 18                |
| 5 | Summe             | =SUM(B2:B4) → 308 | =SUM(C2:C3) → 350 |
"""
SHEET = "xl/worksheets/sheet1.xml"


def findings_in(package: Package) -> tuple[Finding, ...]:
    return examine(Subject(reading_of(package), built_in()), [catalogue()[code] for code in ("NUM01", "SUM03")])


def annotate(package: Package, findings: tuple[Finding, ...] | None = None, about: About = ABOUT) -> Package:
    return annotated(package, reading_of(package), findings_in(package) if findings is None else findings, about)


def protocol(package: Package, name: str = "Prüfprotokoll") -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(package.data))[name]


def lines(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    """The table: header and rows, up to the first empty number."""
    found = []
    for row in sheet.iter_rows(min_row=7, values_only=True):
        if row[0] is None:
            break
        found.append(list(row))
    return found


def test_each_finding_is_a_row_with_its_place_figures_cause_and_next_step() -> None:
    assert lines(protocol(annotate(package_of(WRONG)))) == [
        ["Nr.", "Schwere", "Regel", "Blatt", "Zelle", "Zeile", "steht da", "erwartet", "Warum", "Was tun", "erledigt",
         "Bemerkung"],
        [1, "Fehler", "NUM01\nZahl als Text gespeichert", "Tabelle1", "B3", "Dolmetscherkosten · 2022", "80", 80,
         "„80“ ist Text, keine Zahl; SUMME zählt 80 EUR nicht mit.", "Als Zahl eintragen: 80.", None, None],
        [2, "Fehler", "SUM03\nSumme erfasst nicht alle Zeilen", "Tabelle1", "C5", "Summe · 2023", "=SUM(C2:C3)",
         "C2:C4", "Die Summe lässt C4 aus (18); sie erfasst C2:C3.", "Den Bereich berichtigen: C2:C4.", None, None],
    ]  # fmt: skip


def test_it_is_a_page_wide_filtered_linked_and_has_a_drop_down() -> None:
    sheet = protocol(annotate(package_of(WRONG)))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.auto_filter.ref) == ("$7:$7", "A8", "A7:L9")
    assert [cell.hyperlink.location for cell in sheet["E"] if cell.hyperlink] == ["'Tabelle1'!B3", "'Tabelle1'!C5"]
    (validation,) = sheet.data_validations.dataValidation
    assert (validation.formula1, str(validation.sqref)) == ('"ja,nein,nicht nötig"', "K8:K9")


def test_the_cells_are_marked_for_as_long_as_their_finding_is_open() -> None:
    text = annotate(package_of(WRONG)).text(SHEET).decode()
    found = re.findall(r'sqref="(\w+)"><cfRule type="expression" dxfId="(\d+)" priority="(\d+)"><formula>([^<]*)', text)
    assert [(cell, priority) for cell, _look, priority, _condition in found] == [("B3", "1"), ("C5", "2")]
    assert found[0][3] == (
        "COUNTIFS(pik_finding_no,1,pik_finding_done,&quot;&lt;&gt;ja&quot;,"
        "pik_finding_done,&quot;&lt;&gt;nicht nötig&quot;)"
    )


def test_marks_come_behind_the_conditional_formats_of_the_staff() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        red = book.add_format({"bg_color": "#FF0000"})
        book.worksheets()[0].conditional_format("B2:C5", {"type": "cell", "criteria": ">", "value": 9, "format": red})

    package = package_of(WRONG, decorate)
    before, after = package.text(SHEET).decode(), annotate(package).text(SHEET).decode()
    assert [*map(int, re.findall(r'priority="(\d+)"', after))] == [1, 2, 3]
    end = "</conditionalFormatting>"
    first, last = after.index(end) + len(end), after.rindex(end) + len(end)
    assert after[:first] + after[last:] == before


def test_nothing_else_differs() -> None:
    package = package_of(WRONG)
    found = compare(package, annotate(package))
    listed = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", SHEET}
    assert {*found.changed} == listed | {"docProps/app.xml"}
    assert found.removed == ()
    assert {change.sheet for change in found.cells} == {"Prüfprotokoll"}


def test_check_does_not_read_its_own_protocol() -> None:
    copy = annotate(package_of(WRONG))
    workbook = read_workbook(copy)
    assert own_protocol(workbook) == "Prüfprotokoll"
    plain = without_own_sheets(workbook)
    assert [sheet.name for sheet in plain.sheets] == ["Tabelle1"]
    reading = read_budget(plain, built_in())
    rules = catalogue().values()
    before = examine(Subject(reading_of(package_of(WRONG)), built_in()), rules)
    assert examine(Subject(reading, built_in()), rules) == before


def test_a_second_protocol_is_refused_because_the_first_holds_work() -> None:
    copy = annotate(package_of(WRONG))
    with pytest.raises(NotWritten, match="steht schon ein Prüfprotokoll"):
        annotate(copy, ())


def test_a_sheet_of_the_staff_may_have_that_name_already() -> None:
    text = f'Blatt "Prüfprotokoll":\n{WRONG}'
    package = package_of(text)
    copy = annotate(package)
    assert own_protocol(read_workbook(copy)) == "Prüfprotokoll (2)"
    sheet = protocol(copy, "Prüfprotokoll (2)")
    assert [cell.hyperlink.location for cell in sheet["E"] if cell.hyperlink] == [
        "'Prüfprotokoll'!B3",
        "'Prüfprotokoll'!C5",
    ]


def test_no_finding_is_worth_a_protocol_too() -> None:
    copy = annotate(package_of(WRONG), ())
    assert protocol(copy)["A8"].value == "Keine Befunde. Geprüft: 30 Regeln."
    assert own_protocol(read_workbook(copy)) == "Prüfprotokoll"
    assert compare(package_of(WRONG), copy).features == (
        ("xl/workbook.xml", "definedNames"),
        ("xl/workbook.xml", "sheets"),
    )


def test_what_was_not_read_stands_on_it() -> None:
    about = About("probe.xlsx", "0", date(2021, 6, 24), "pik-excel", 30, ("Blatt 3: nicht lesbar.",))
    texts = [row[0] for row in protocol(annotate(package_of(WRONG), about=about)).iter_rows(values_only=True)]
    assert texts[texts.index("Nicht gelesen und darum nicht geprüft:") + 1] == "Blatt 3: nicht lesbar."


def test_a_hidden_sheet_is_named_and_not_linked() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Deckblatt").activate()
        book.worksheets()[0].hide()

    sheet = protocol(annotate(package_of(WRONG, decorate)))
    assert sheet["E8"].value == "B3\n(Blatt verborgen)"
    assert not any(cell.hyperlink for cell in sheet["E"])


def test_ranges_whole_columns_and_chart_sheets() -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Tabelle1!$B$2:$B$4"})
        book.add_chartsheet("Verlauf").set_chart(chart)

    package = package_of(WRONG, decorate)
    found = (finding("NUM01", "B2:C4"), finding("SUM05", "C:C"), finding("DOC03", "A1", "Verlauf"))
    text = annotate(package, found).text(SHEET).decode()
    assert re.findall(r'<conditionalFormatting sqref="([^"]+)"', text) == ["B2:C4", "C:C"]


def test_thousands_of_findings() -> None:
    found = tuple(finding("NUM01", f"C{row}") for row in range(2, 1502))
    copy = annotate(package_of(WRONG), found)
    assert copy.text(SHEET).count(b"<cfRule") == 1500
    assert len(lines(protocol(copy))) == 1501


@pytest.mark.parametrize(
    "inside", ["<sheetData/>", '<sheetData/><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><pageMargins '
               'left="1" right="1" top="1" bottom="1" header="0" footer="0"/>']
)  # fmt: skip
def test_sheets_of_the_barest_kind_take_marks(inside: str, tmp_path: Path) -> None:
    from tests.ooxml.building import SHEET as PART
    from tests.ooxml.building import parts, sheet, zipped

    package = Package.from_bytes(zipped(parts(sheet(inside))), Path("karg.xlsx"))
    copy = annotate(package, (finding("DOC01", "A1", "Blatt"),))
    assert b'<conditionalFormatting sqref="A1">' in copy.text(PART)
    old, new = tmp_path / "alt.xlsx", tmp_path / "neu.xlsx"
    old.write_bytes(package.data)
    new.write_bytes(copy.data)
    assert new_errors(old, new) == []


@pytest.mark.parametrize("name", ["haushalt.xlsx", "haushalt-fehler.xlsx"])
def test_the_example_workbooks_annotated_are_valid(name: str, tmp_path: Path) -> None:
    package = open_package(PROJECT / "workbooks" / name)
    reading = read_budget(read_workbook(package), built_in())
    copy = annotated(package, reading, examine(Subject(reading, built_in())), ABOUT)
    output = tmp_path / name
    output.write_bytes(copy.data)
    assert new_errors(PROJECT / "workbooks" / name, output) == []
