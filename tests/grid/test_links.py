"""What a file remembers of other workbooks: their cells by sheet as formulas name it, and nothing that is not there."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import ErrorValue, Value, Workbook
from workbooks.external import ExternalCell, with_external_workbook

LINK = "xl/externalLinks/externalLink1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PREFIX = f'<x:externalLink xmlns:x="{MAIN}"><x:externalBook>'
HEAD = f'<externalLink xmlns="{MAIN}"><externalBook>'
SHEETS = '<sheetNames><sheetName val="Ansatz"/><sheetName val="Plan 2027"/></sheetNames>'


def linked(link: str, folder: Path) -> Workbook:
    """A workbook with one link, whose part reads `link`."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    book.add_worksheet("Plan")
    book.close()
    content = with_external_workbook(written.getvalue(), ExternalCell("Kasse.xlsx", "Ansatz", "B7", 1))
    path = folder / "mappe.xlsx"
    with ZipFile(io.BytesIO(content)) as before, ZipFile(path, "w") as after:
        for name in before.namelist():
            after.writestr(name, link if name == LINK else before.read(name))
    return read_workbook(path)


def values(workbook: Workbook) -> dict[str, dict[str, Value]]:
    found = workbook.other_workbooks.items()
    return {sheet: {f"R{row}C{column}": cell.value for (row, column), cell in cells.items()} for sheet, cells in found}


def test_a_workbook_without_links_remembers_nothing(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "mappe.xlsx")
    book.add_worksheet("Plan")
    book.close()
    assert dict(read_workbook(tmp_path / "mappe.xlsx").other_workbooks) == {}


def test_values_of_each_kind_come_under_the_name_that_formulas_use(tmp_path: Path) -> None:
    cells = (
        '<row r="7"><cell r="B7"><v>325.5</v></cell><cell r="C7" t="n"><v>1E3</v></cell></row>'
        '<row r="8"><cell r="B8" t="str"><v>k. A. &amp; mehr</v></cell><cell r="C8" t="b"><v>1</v></cell>'
        '<cell r="D8" t="e"><v>#REF!</v></cell><cell r="E8"/></row>'
    )
    found = linked(
        f'{HEAD}{SHEETS}<sheetDataSet><sheetData sheetId="1">{cells}</sheetData></sheetDataSet>'
        "</externalBook></externalLink>",
        tmp_path,
    )
    assert found.external_links == ("Kasse.xlsx",)
    assert values(found) == {
        "[1]Ansatz": {},
        "[1]Plan 2027": {
            "R7C2": Decimal("325.5"),
            "R7C3": Decimal(1000),
            "R8C2": "k. A. & mehr",
            "R8C3": True,
            "R8C4": ErrorValue("#REF!"),
        },
    }


def test_values_that_could_not_be_refreshed_are_not_remembered(tmp_path: Path) -> None:
    data = '<sheetData sheetId="0" refreshError="1"><row r="7"><cell r="B7"><v>1</v></cell></row></sheetData>'
    link = f"{HEAD}{SHEETS}<sheetDataSet>{data}</sheetDataSet></externalBook></externalLink>"
    assert values(linked(link, tmp_path)) == {"[1]Ansatz": {}, "[1]Plan 2027": {}}


def test_a_prefix_changes_nothing(tmp_path: Path) -> None:
    link = (
        f'{PREFIX}<x:sheetNames><x:sheetName val="Ansatz"/></x:sheetNames><x:sheetDataSet><x:sheetData sheetId="0">'
        '<x:row r="7"><x:cell r="B7"><x:v>9</x:v></x:cell></x:row></x:sheetData></x:sheetDataSet>'
        "</x:externalBook></x:externalLink>"
    )
    assert values(linked(link, tmp_path)) == {"[1]Ansatz": {"R7C2": Decimal(9)}}


@pytest.mark.parametrize(
    "link",
    [
        f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="x" ddeTopic="y"/></externalLink>',
        f"{HEAD}</externalBook></externalLink>",
        f'{HEAD}<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>1</v></cell></row></sheetData>'
        "</sheetDataSet></externalBook></externalLink>",
    ],
    ids=["DDE", "empty", "no names"],
)
def test_links_without_sheets_remember_nothing(link: str, tmp_path: Path) -> None:
    assert values(linked(link, tmp_path)) == {}
