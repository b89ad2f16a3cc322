"""A sheet is passed over only where nothing on it names the sheet whose columns move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.formula import moved_formula
from pik_excel.ooxml.structure.insertion import inserted_columns
from pik_excel.ooxml.structure.mention import mentioned
from pik_excel.ooxml.structure.move import Axis, Move
from tests.ooxml.building import HEAD, SHEET_TYPE, parts, relationships, sheet, zipped

ASIDE = "xl/worksheets/sheet2.xml"
REMARK = "<!-- looked into -->"
NAMES = ("Plan", "Maßnahmen", "MASSNAHMEN 2020", "Müller's Blatt", "''", "A & B", "Kita\u212a", "7", "ﬁnanzen", "Ä<")
WRITTEN: tuple[Callable[[str], str], ...] = (
    xml.escaped,
    lambda text: "".join(f"&#{ord(one)};" for one in text),
    lambda text: "".join(f"&#x{ord(one):X};" if one.isalpha() or one in "'!" else xml.escaped(one) for one in text),
)


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from([str, str.upper, str.lower, str.casefold, str.title]),
    st.sampled_from(WRITTEN),
    st.sampled_from(["{}!F4", 'SUM({}!$A$1:$H9)&"Plan"', "IF(A1>0,{}!F:F,'x''y'!F4)", "F4+{}!A1"]),
)
@example("Maßnahmen", "Maßnahmen", str.upper, xml.escaped, "{}!F4")
def test_what_a_move_changes_is_always_seen(
    name: str, other: str, case: Callable[[str], str], written: Callable[[str], str], form: str
) -> None:
    """Whatever other sheet a formula names, and however it is written."""
    move = Move(name, Axis.COLUMN, 2, 3)
    formula = form.format(quoted(case(other)))
    part = sheet(f'<sheetData><row r="1"><c r="A1"><f>{written(formula)}</f></c></row></sheetData>').encode()
    assert mentioned(part, [name]) or moved_formula(formula, "Rechnung", move) == formula


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_that_does_not_say_the_name_is_passed_over(name: str) -> None:
    part = sheet('<sheetData><row r="1"><c r="A1"><f>SUM(B1:C1)+Übersicht!F4*2</f></c></row></sheetData>').encode()
    assert not mentioned(part, [name])


def test_a_name_behind_a_piece_of_any_length_is_found() -> None:
    cells = "".join(f'<c r="A1"><f>Übersicht!A{number}</f></c>' for number in range(60_000))
    for row in (f"{cells}<c r='B1'><f>pLAN!F4</f></c>", f"<c r='B1'><f>pLAN!F4</f></c>{cells}", f"{cells}"):
        part = sheet(f'<sheetData><row r="1">{row}</row></sheetData>').encode()
        assert bool(mentioned(part, ["Plan", "Nirgends"])) is ("pLAN" in row)


ON_THE_OTHER_SHEET = {
    "a formula": '<sheetData><row r="1"><c r="A1"><f>Maßnahmen!F4*2</f><v>8</v></c></row></sheetData>',
    "in other letters": '<sheetData><row r="1"><c r="A1"><f>MASSNAHMEN!F4</f><v>8</v></c></row></sheetData>',
    "with references": '<sheetData><row r="1"><c r="A1"><f>Ma&#223;nahmen&#33;F4</f><v>8</v></c></row></sheetData>',
    "a shared formula": (
        '<sheetData><row r="1"><c r="A1"><f t="shared" si="0" ref="A1:C1">\'Maßnahmen\'!E4</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1"><f t="shared" si="0"/><v>3</v></c></row></sheetData>'
    ),
    "an array formula": (
        '<sheetData><row r="1"><c r="A1"><f t="array" ref="A1">SUM(Maßnahmen!E4:F9)</f><v>1</v></c></row></sheetData>'
    ),
    "through several sheets": '<sheetData><row r="1"><c r="A1"><f>SUM(Maßnahmen:Ende!F4)</f></c></row></sheetData>',
    "a conditional format": (
        '<sheetData/><conditionalFormatting sqref="A1:A9"><cfRule type="expression" dxfId="0" priority="1">'
        "<formula>Maßnahmen!$F$4&gt;1</formula></cfRule></conditionalFormatting>"
    ),
    "a data bar": (
        '<sheetData/><conditionalFormatting sqref="A1"><cfRule type="dataBar" priority="1"><dataBar>'
        '<cfvo type="formula" val="Maßnahmen!$F$4"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule>'
        "</conditionalFormatting>"
    ),
    "a list to choose from": (
        '<sheetData/><dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>Maßnahmen!$F$4:$F$9'
        "</formula1></dataValidation></dataValidations>"
    ),
    "a consolidation": (
        '<sheetData/><dataConsolidate><dataRefs count="1"><dataRef ref="F4:F9" sheet="Maßnahmen"/></dataRefs>'
        "</dataConsolidate>"
    ),
    "nothing": '<sheetData><row r="1"><c r="A1"><f>SUM(B1:F4)+Andere!F4</f><v>8</v></c></row></sheetData>',
}


@pytest.mark.parametrize("what", ON_THE_OTHER_SHEET)
def test_the_other_sheet_becomes_what_it_becomes_when_it_is_taken_apart(what: str) -> None:
    """A comment before the cells makes the sheet be taken apart whatever stands there."""
    inside = ON_THE_OTHER_SHEET[what]
    short, long = (inserted_columns(two_sheets(before + inside), "Maßnahmen", 6, 2) for before in ("", REMARK))
    assert long.part(ASIDE).replace(REMARK.encode(), b"") == short.part(ASIDE)
    assert (short.part(ASIDE) == two_sheets(inside).part(ASIDE)) is (what in {"nothing", "through several sheets"})


def test_names_and_charts_follow_where_the_sheet_that_shows_them_is_passed_over() -> None:
    """The large sheet says "Budget"; what that is stands in the workbook."""
    asked = '<sheetData><row r="1"><c r="A1"><f>SUM(Budget)</f><v>8</v></c></row></sheetData><drawing r:id="rId1"/>'
    package = two_sheets(
        asked, "<definedNames><definedName name=\"Budget\">'Maßnahmen'!$F$4:$F$9</definedName></definedNames>"
    )
    moved = inserted_columns(package, "Maßnahmen", 6, 2)
    assert moved.part(ASIDE) == package.part(ASIDE)
    assert "'Maßnahmen'!$H$4:$H$9" in moved.text("xl/workbook.xml").decode()
    assert "Maßnahmen!$H$4:$H$9" in moved.text("xl/charts/chart1.xml").decode()


def two_sheets(aside: str, inside_workbook: str = "") -> Package:
    """ "Maßnahmen", and a sheet "Rechnung" with a drawing that holds a chart of the first."""
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    made = parts(sheet('<sheetData><row r="4"><c r="F4"><v>4</v></c></row></sheetData>'), inside_workbook)
    named = (
        made["xl/workbook.xml"]
        .decode()
        .replace(
            '<sheet name="Blatt" sheetId="1" r:id="rId1"/>',
            '<sheet name="Maßnahmen" sheetId="1" r:id="rId1"/><sheet name="Rechnung" sheetId="2" r:id="rId2"/>',
        )
    )
    types = (
        made["[Content_Types].xml"]
        .decode()
        .replace("</Types>", f'<Override PartName="/{ASIDE}" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>')
    )
    return Package.from_bytes(zipped(made | {
        "xl/workbook.xml": named.encode(),
        "[Content_Types].xml": types.encode(),
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
        ),
        ASIDE: sheet(aside).encode(),
        "xl/worksheets/_rels/sheet2.xml.rels": relationships(("rId1", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f'{HEAD}<xdr:wsDr xmlns:xdr="{drawing}"/>'.encode(),
        "xl/drawings/_rels/drawing1.xml.rels": relationships(("rId1", "chart", "../charts/chart1.xml")),
        "xl/charts/chart1.xml": f'{HEAD}<c:chart xmlns:c="{chart}"><c:f>Maßnahmen!$F$4:$F$9</c:f></c:chart>'.encode(),
    }))  # fmt: skip
