"""The 42 things that must follow when a column is inserted before the total in column F, each by a test of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.insertion import inserted_columns
from tests.ooxml.structure.furnished import MAIN, furnished
from tests.oracles import validation_errors

SHEET = "xl/worksheets/sheet1.xml"
OTHER = "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
CHART = "xl/charts/chart1.xml"
VML = "xl/drawings/vmlDrawing1.vml"

FOLLOWS = {  # point: (part, what must stand there afterwards and did not before)
    "relative, absolute and mixed references": (SHEET, "<f>G2/$G$10+H1</f>"),
    "a range that spans the column grows": (SHEET, "<f>SUM(C2:H2)+G$2</f>"),
    "a range that ends before it stays": (SHEET, '<c r="G2" s="1"><f>SUM(B2:E2)</f>'),
    "whole columns": (SHEET, "<f>SUM(G:G)+SUM($C:$G)</f>"),
    "a reference that names its own sheet": (SHEET, "<f>'Ergebnis HH'!G4+Liste!F4</f>"),
    "text, LOG10 and INDIRECT are not taken for references": (SHEET, '<f>"F4"&amp;LOG10(G4)&amp;INDIRECT("F4")</f>'),
    "array formula: text and range": (SHEET, '<f t="array" ref="H12:I12">G2:H2*2</f>'),
    "dynamic array: text, range and cm": (SHEET, 'cm="1"><f t="array" ref="H13:H14">_xlfn.UNIQUE(G2:G3)</f>'),
    "union and intersection": (SHEET, "<f>SUM((G2:H3,I4) G1:I9)</f>"),
    "other sheets: a cell": (OTHER, "<f>'Ergebnis HH'!G4</f>"),
    "other sheets: a range that spans": (OTHER, "<f>SUM('Ergebnis HH'!B4:G4)</f>"),
    "other sheets: whole columns": (OTHER, "<f>SUM('Ergebnis HH'!G:G)</f>"),
    "name: cell": (BOOK, "<definedName name=\"Zelle\">'Ergebnis HH'!$G$4<"),
    "name: range that spans": (BOOK, ">'Ergebnis HH'!$C$4:$G$4<"),
    "name: formula": (BOOK, ">SUM('Ergebnis HH'!$G$2:$G$9)*2<"),
    "name: of the sheet": (BOOK, '<definedName name="Lokal" localSheetId="0">\'Ergebnis HH\'!$H$4<'),
    "print area": (BOOK, ">'Ergebnis HH'!$A$1:$I$20<"),
    "print titles": (BOOK, ">'Ergebnis HH'!$A:$G,'Ergebnis HH'!$1:$2<"),
    "filter's hidden name": (BOOK, ">'Ergebnis HH'!$A$1:$I$9<"),
    "chart: series and title": (CHART, "<c:f>'Ergebnis HH'!$G$2:$G$9</c:f>"),
    "chart: title": (CHART, "<c:f>'Ergebnis HH'!$H$1</c:f>"),
    "chart on another sheet": ("xl/charts/chart2.xml", "<c:f>'Ergebnis HH'!$B$10:$G$10</c:f>"),
    "chart's anchor": (
        "xl/drawings/drawing1.xml",
        "</xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:from><xdr:col>8</xdr:col>",
    ),
    "picture's anchor": ("xl/drawings/drawing1.xml", 'editAs="oneCell"><xdr:from><xdr:col>8</xdr:col>'),
    "conditional format: range": (SHEET, '<conditionalFormatting sqref="G2:G9"><cfRule type="expression"'),
    "conditional format: formula": (SHEET, "<formula>$G2&gt;$H2</formula>"),
    "conditional format on another sheet": (OTHER, "<formula>'Ergebnis HH'!$G$4&gt;1</formula>"),
    "data bar: range": (SHEET, "<xm:sqref>H2:H9</xm:sqref>"),
    "data bar: limit by formula": (SHEET, "<xm:f>$G$2</xm:f>"),
    "data validation: range": (SHEET, 'sqref="G2:H9"><formula1>'),
    "data validation: formula": (SHEET, "<formula1>$G$2:$G$9</formula1>"),
    "data validation on another sheet": (OTHER, "<formula1>'Ergebnis HH'!$G$2:$G$9</formula1>"),
    "merged cells that span grow": (SHEET, '<mergeCell ref="E16:H16"/>'),
    "merged cells to the right move": (SHEET, '<mergeCell ref="H17:I17"/>'),
    "table that spans: range": ("xl/tables/table1.xml", 'ref="A25:I28" totalsRowShown'),
    "table that spans: columns": ("xl/tables/table1.xml", '<tableColumns count="9">'),
    "table to the right": ("xl/tables/table2.xml", 'ref="K25:L28" totalsRowShown'),
    "column width": (SHEET, '<col min="7" max="7" width="18.7109375" customWidth="1"/>'),
    "hidden column": (SHEET, '<col min="8" max="8" width="9.7109375" hidden="1" customWidth="1"/>'),
    "grouped column": (SHEET, '<col min="9" max="9" width="11.7109375" customWidth="1" outlineLevel="1"/>'),
    "filter: range": (SHEET, '<autoFilter ref="A1:I9">'),
    "filter: column": (SHEET, '<filterColumn colId="7">'),
    "sparkline: place": (SHEET, "<xm:sqref>I22</xm:sqref>"),
    "sparkline: range": (SHEET, "<xm:f>'Ergebnis HH'!B2:G2</xm:f>"),
    "comment: cell": ("xl/comments1.xml", 'ref="H3"'),
    "comment: box": (VML, "<x:Column>7</x:Column>"),
    "hyperlink": (SHEET, '<hyperlink ref="H20"'),
    "column break": (SHEET, '<brk id="7" max="1048575" man="1"/>'),
    "protected range": (SHEET, 'sqref="G2:H9" name="Eingabe"'),
    "ignored errors": (SHEET, '<ignoredError sqref="G2:G9"'),
    "frozen panes": (SHEET, 'xSplit="7" ySplit="1" topLeftCell="H2"'),
    "stored values": (SHEET, "<f>SUM(C9:H9)+G$2</f><v>3009</v>"),
}
STAYS = {  # what must be the same afterwards
    "rows and structured references": (SHEET, "<f>SUM(4:4)+SUM(Tab[Wert])</f>"),
    "the other sheet's own cells": (OTHER, "<f>F4</f>"),
    "other workbooks and several sheets at once": (OTHER, "<f>'[1]Ergebnis HH'!F4+SUM('Ergebnis HH:Liste'!F4)</f>"),
    "a name of another sheet": (BOOK, ">Liste!$F$4<"),
    "conditional format that looks at another sheet": (SHEET, "<formula>Übersicht!$B$2&gt;1</formula>"),
    "row break": (SHEET, '<brk id="12" max="16383" man="1"/>'),
    "the comment to the left": ("xl/comments1.xml", 'ref="B3"'),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return furnished(tmp_path_factory.mktemp("furnished"))


@pytest.fixture(scope="module")
def after(before: Package) -> Package:
    return inserted_columns(before, MAIN, before=6)


def text(package: Package, part: str) -> str:
    return package.part(part).decode("utf-8")


@pytest.mark.parametrize("point", FOLLOWS)
def test_it_follows(point: str, before: Package, after: Package) -> None:
    part, expected = FOLLOWS[point]
    assert expected in text(after, part)
    assert expected not in text(before, part), "the test could not fail"


@pytest.mark.parametrize("point", STAYS)
def test_it_stays(point: str, before: Package, after: Package) -> None:
    part, expected = STAYS[point]
    assert expected in text(before, part)
    assert expected in text(after, part)


def test_shared_formulas_say_the_right_thing_in_every_cell(after: Package) -> None:
    from pik_excel.grid.read import read_workbook

    sheet = read_workbook(after).sheet(MAIN)
    assert sheet is not None
    formulas = {cell.column: cell.formula for (row, _column), cell in sheet.cells.items() if row == 15}
    assert formulas == {5: "E4*2+$G$4", 7: "G4*2+$G$4", 8: "H4*2+$G$4", 9: "I4*2+$G$4"}


def test_the_new_cells_look_like_their_left_neighbours(after: Package) -> None:
    assert '<c r="F2" s="1"/>' in text(after, SHEET)


def test_the_new_table_column_has_a_heading_in_its_cell(after: Package) -> None:
    assert 'name="Spalte1"' in text(after, "xl/tables/table1.xml")
    assert '<c r="F25" t="inlineStr"><is><t>Spalte1</t></is></c>' in text(after, SHEET)


def test_cells_stand_in_order(after: Package) -> None:
    for row in re.findall(r"<row [^>]*>.*?</row>", text(after, SHEET)):
        places = [(len(name), name) for name in re.findall(r'<c r="([A-Z]+)\d+"', row)]
        assert places == sorted(places)
        assert len(places) == len(set(places))


def test_the_validator_finds_no_error(before: Package, after: Package, tmp_path: Path) -> None:
    target = tmp_path / "nachher.xlsx"
    target.write_bytes(after.data)
    assert validation_errors(target) == validation_errors(before.path)
