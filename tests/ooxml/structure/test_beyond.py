"""What the 42 points leave out, rows as well as columns, deleting as well as inserting."""

from __future__ import annotations

import pytest

from pik_excel.errors import NotWritten, Refused
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.formula import moved_formula
from pik_excel.ooxml.structure.insertion import deleted_columns, deleted_rows, inserted_columns, inserted_rows
from pik_excel.ooxml.structure.move import Axis, Move
from tests.ooxml.building import SHEET, parts, relationships, sheet, workbook, zipped

COLUMN = Move("Blatt", Axis.COLUMN, 6, 1)
ROW = Move("Blatt", Axis.ROW, 4, 2)
WITHOUT_COLUMNS = Move("Blatt", Axis.COLUMN, 6, -2)
WITHOUT_ROWS = Move("Blatt", Axis.ROW, 4, -2)


@pytest.mark.parametrize(
    ("formula", "move", "expected"),
    [
        ("F4", COLUMN, "G4"),
        ("$F$4:$A$1", COLUMN, "$G$4:$A$1"),
        ("F4", ROW, "F6"),
        ("SUM(A1:A3)", ROW, "SUM(A1:A3)"),
        ("SUM(A1:A4)", ROW, "SUM(A1:A6)"),
        ("4:4", ROW, "6:6"),
        ("$3:$5", ROW, "$3:$7"),
        ("A:A", ROW, "A:A"),
        ("4:4", COLUMN, "4:4"),
        ("A1:XFD1", COLUMN, "A1:XFD1"),
        ("F1048576", ROW, "#REF!"),
        ("XFD1", COLUMN, "#REF!"),
        ("F4", WITHOUT_COLUMNS, "#REF!"),
        ("E4:H4", WITHOUT_COLUMNS, "E4:F4"),
        ("E4:F4", WITHOUT_COLUMNS, "E4:E4"),
        ("G4:J4", WITHOUT_COLUMNS, "F4:H4"),
        ("F:G", WITHOUT_COLUMNS, "#REF!"),
        ("Blatt!F4", WITHOUT_COLUMNS, "Blatt!#REF!"),
        ("4:5", WITHOUT_ROWS, "#REF!"),
        ("A3:A9", WITHOUT_ROWS, "A3:A7"),
        ("#REF!F4", COLUMN, "#REF!F4"),
        ("Jan:Blatt!F4", COLUMN, "Jan:Blatt!F4"),
        ("'[2]Blatt'!F4", COLUMN, "'[2]Blatt'!F4"),
        ("[2]Blatt!F4", COLUMN, "[2]Blatt!F4"),
        ("Tabelle1[[#This Row],[F4]]", COLUMN, "Tabelle1[[#This Row],[F4]]"),
        ("(A1:F4 B2:F9,F1)", COLUMN, "(A1:G4 B2:G9,G1)"),
        ("F4#", COLUMN, "G4#"),
        ("@F4", COLUMN, "@G4"),
        ("F4:INDEX(F:F,3)", COLUMN, "G4:INDEX(G:G,3)"),
        ("LOG10(F4)&\"F4\"&'F4'!F4", COLUMN, "LOG10(G4)&\"F4\"&'F4'!F4"),
        ("F4_neu+_F4+F4.neu+ZZZ4", COLUMN, "F4_neu+_F4+F4.neu+ZZZ4"),
        ("{1,2;3,4}+F4%", COLUMN, "{1,2;3,4}+G4%"),
        ("1E5+F4", COLUMN, "1E5+G4"),
    ],
)
def test_a_formula_of_the_sheet_follows(formula: str, move: Move, expected: str) -> None:
    assert moved_formula(formula, "Blatt", move) == expected


@pytest.mark.parametrize("name", ["R1C1", "Amt 50's", "2022", "A1", "Über-sicht", "Summe(neu)"])
def test_a_sheet_that_needs_quotes_is_known_by_its_name(name: str) -> None:
    written = "'" + name.replace("'", "''") + "'!F4"
    move = Move(name, Axis.COLUMN, 6, 1)
    assert moved_formula(written, "Blatt", move) == written.replace("F4", "G4").replace("'G4", "'F4")
    assert moved_formula("F4", "Blatt", move) == "F4"


def around(inside: str, cells: str = '<row r="4"><c r="F4"><v>1</v></c></row>', before: str = "") -> Package:
    return workbook(sheet(f"{before}<sheetData>{cells}</sheetData>{inside}"))


def after(package: Package, part: str = SHEET) -> str:
    return package.part(part).decode()


def test_scenarios_follow() -> None:
    given = around('<scenarios sqref="F9"><scenario name="a"><inputCells r="F4" val="3"/></scenario></scenarios>')
    assert '<scenarios sqref="G9"><scenario name="a"><inputCells r="G4" val="3"/>' in after(
        inserted_columns(given, "Blatt", 6)
    )
    assert '<inputCells r="F6"' in after(inserted_rows(given, "Blatt", 4, 2))


def test_data_consolidation_follows_by_the_sheet_it_names() -> None:
    given = around('<dataConsolidate><dataRefs><dataRef ref="F4:F9" sheet="Blatt"/></dataRefs></dataConsolidate>')
    assert '<dataRef ref="G4:G9" sheet="Blatt"/>' in after(inserted_columns(given, "Blatt", 6))


def test_page_breaks_follow_both_ways() -> None:
    breaks = (
        '<rowBreaks count="2" manualBreakCount="2"><brk id="3" max="16383" man="1"/><brk id="8" man="1"/></rowBreaks>'
        '<colBreaks count="1" manualBreakCount="1"><brk id="5" man="1"/></colBreaks>'
    )
    given = around(breaks)
    assert '<brk id="5" max="16383" man="1"/><brk id="10" man="1"/>' in after(inserted_rows(given, "Blatt", 4, 2))
    assert '<colBreaks count="1" manualBreakCount="1"><brk id="6" man="1"/>' in after(
        inserted_columns(given, "Blatt", 6)
    )
    fewer = after(deleted_rows(given, "Blatt", 4, 1))
    assert '<rowBreaks count="1" manualBreakCount="1"><brk id="7" man="1"/></rowBreaks>' in fewer
    assert "colBreaks" not in after(deleted_columns(given, "Blatt", 6))


def test_custom_views_follow() -> None:
    view = (
        '<customSheetViews><customSheetView guid="{0}"><pane xSplit="6" topLeftCell="G1" state="frozen"/>'
        '<autoFilter ref="A1:F9"/></customSheetView></customSheetViews>'
    )
    shown = after(inserted_columns(around(view), "Blatt", 6))
    assert '<pane xSplit="7" topLeftCell="H1" state="frozen"/>' in shown
    assert '<autoFilter ref="A1:G9"/>' in shown


def test_cell_metadata_stays_with_its_cell() -> None:
    given = around(
        "", '<row r="4"><c r="F4" cm="1" vm="2"><f t="array" ref="F4:F5">UNIQUE(A1:F1)</f><v>1</v></c></row>'
    )
    assert '<c r="G4" cm="1" vm="2"><f t="array" ref="G4:G5">UNIQUE(A1:G1)</f>' in after(
        inserted_columns(given, "Blatt", 6)
    )


def test_a_data_table_keeps_its_input_cells() -> None:
    cell = '<row r="4"><c r="F4"><f t="dataTable" ref="F4:F6" dt2D="0" dtr="0" r1="G1"/><v>1</v></c></row>'
    assert '<f t="dataTable" ref="G4:G6" dt2D="0" dtr="0" r1="H1"/>' in after(
        inserted_columns(around("", cell), "Blatt", 6)
    )


@pytest.mark.parametrize(
    "change", [lambda book: inserted_rows(book, "Blatt", 5), lambda book: deleted_rows(book, "Blatt", 5)]
)
def test_an_array_formula_is_not_cut(change) -> None:
    cells = '<row r="4"><c r="F4"><f t="array" ref="F4:F6">A4:A6*2</f><v>1</v></c></row>'
    with pytest.raises(NotWritten, match="Matrixformel"):
        change(around("", cells))


def test_cells_without_a_reference_are_numbered_when_they_move() -> None:
    given = around("", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    shown = after(inserted_columns(given, "Blatt", 2))
    assert '<c r="C1"><v>2</v>' in shown
    assert '<row r="3"' in after(inserted_rows(given, "Blatt", 2))


def test_shared_formulas_are_written_out_where_they_no_longer_agree() -> None:
    cells = (
        '<row r="4"><c r="D4"><f t="shared" ref="D4:F4" si="0">E9+$A$1</f><v>1</v></c>'
        '<c r="E4"><f t="shared" si="0"/><v>2</v></c><c r="F4"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    shown = after(inserted_columns(around("", cells), "Blatt", 6))
    assert '<c r="D4"><f t="shared" ref="D4:G4" si="0">E9+$A$1</f>' in shown
    assert '<c r="E4"><f>G9+$A$1</f><v>2</v>' in shown
    assert '<c r="G4"><f t="shared" si="0"/><v>3</v>' in shown


def test_a_shared_formula_survives_its_deleted_master() -> None:
    cells = (
        '<row r="4"><c r="D4"><f t="shared" ref="D4:F4" si="0">D9</f><v>1</v></c>'
        '<c r="E4"><f t="shared" si="0"/><v>2</v></c><c r="F4"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    shown = after(deleted_columns(around("", cells), "Blatt", 4))
    assert '<c r="D4"><f>D9</f><v>2</v></c><c r="E4"><f>E9</f><v>3</v></c>' in shown


def test_what_loses_its_whole_range_goes() -> None:
    given = around(
        '<conditionalFormatting sqref="F1:F9"><cfRule type="expression" priority="1"><formula>F1</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="2"><dataValidation sqref="F1"/><dataValidation sqref="A1 F2"/>'
        '</dataValidations><mergeCells count="1"><mergeCell ref="F1:G1"/></mergeCells>'
    )
    shown = after(deleted_columns(given, "Blatt", 6))
    assert "conditionalFormatting" not in shown
    assert '<dataValidations count="1"><dataValidation sqref="A1"/></dataValidations>' in shown
    assert "mergeCell" not in shown, "a merge of one cell is none"


def test_nothing_is_pushed_off_the_grid() -> None:
    with pytest.raises(NotWritten, match="XFD4"):
        inserted_columns(around("", '<row r="4"><c r="XFD4"><v>1</v></c></row>'), "Blatt", 6)


def with_relations(rows: tuple[tuple[str, str, str], ...], more: dict[str, bytes], inside: str = "") -> Package:
    content = parts(sheet(f'<sheetData><row r="4"><c r="F4"><v>1</v></c></row></sheetData>{inside}'))
    content["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(*rows)
    return Package.from_bytes(zipped(content | more))


def test_threaded_comments_follow() -> None:
    part = "xl/threadedComments/threadedComment1.xml"
    given = with_relations(
        (("rId1", "threadedComment", "../threadedComments/threadedComment1.xml"),),
        {part: b'<ThreadedComments><threadedComment ref="F4" id="{1}"/></ThreadedComments>'},
    )
    assert 'threadedComment ref="G4"' in after(inserted_columns(given, "Blatt", 6), part)
    assert "<threadedComment " not in after(deleted_columns(given, "Blatt", 6), part)


def test_form_controls_keep_the_cell_they_are_linked_to() -> None:
    part = "xl/ctrlProps/ctrlProp1.xml"
    given = with_relations(
        (("rId1", "ctrlProp", "../ctrlProps/ctrlProp1.xml"),),
        {part: b'<formControlPr objectType="CheckBox" fmlaLink="$F$4" fmlaRange="Blatt!$F$1:$F$9"/>'},
        '<controls><control shapeId="1" r:id="rId1"><controlPr linkedCell="F4"><anchor moveWithCells="1">'
        "<from><col>6</col><colOff>0</colOff></from><to><col>8</col><colOff>0</colOff></to></anchor></controlPr></control></controls>",
    )
    new = inserted_columns(given, "Blatt", 6)
    assert 'fmlaLink="$G$4" fmlaRange="Blatt!$G$1:$G$9"' in after(new, part)
    assert 'linkedCell="G4"' in after(new)
    assert "<from><col>7</col>" in after(new)
    assert "<to><col>9</col>" in after(new)


def test_a_pivot_cache_knows_where_its_data_went() -> None:
    part = "xl/pivotCache/pivotCacheDefinition1.xml"
    source = (
        b'<pivotCacheDefinition><cacheSource type="worksheet"><worksheetSource ref="A1:F9" sheet="Blatt"/>'
        b"</cacheSource></pivotCacheDefinition>"
    )
    content = parts(sheet('<sheetData><row r="4"><c r="F4"><v>1</v></c></row></sheetData>'))
    content["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
    )
    given = Package.from_bytes(zipped(content | {part: source}))
    assert 'ref="A1:G9" sheet="Blatt"' in after(inserted_columns(given, "Blatt", 6), part)
    assert 'ref="A1:F11"' in after(inserted_rows(given, "Blatt", 4, 2), part)


def test_a_pivot_table_moves_whole_and_is_not_cut() -> None:
    part = "xl/pivotTables/pivotTable1.xml"
    given = with_relations(
        (("rId1", "pivotTable", "../pivotTables/pivotTable1.xml"),),
        {part: b'<pivotTableDefinition><location ref="F4:H9" firstHeaderRow="1"/></pivotTableDefinition>'},
    )
    assert 'ref="G4:I9"' in after(inserted_columns(given, "Blatt", 6), part)
    with pytest.raises(NotWritten, match="Pivot"):
        inserted_columns(given, "Blatt", 7)


def table_book(formula: str = "SUM(Tab[Wert])") -> tuple[Package, str]:
    part = "xl/tables/table1.xml"
    table = (
        '<table id="1" name="Tab" displayName="Tab" ref="A1:C4" totalsRowShown="0"><autoFilter ref="A1:C4">'
        '<filterColumn colId="2"/></autoFilter><tableColumns count="3"><tableColumn id="1" name="Name"/>'
        '<tableColumn id="2" name="Wert"/><tableColumn id="3" name="Rest"/></tableColumns></table>'
    )
    cells = (
        '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Wert</v></c>'
        '<c r="C1" t="str"><v>Rest</v></c></row>'
        f'<row r="9"><c r="A9"><f>{formula}</f><v>1</v></c></row>'
    )
    content = parts(sheet(f"<sheetData>{cells}</sheetData>"))
    content["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("rId1", "table", "../tables/table1.xml"))
    return Package.from_bytes(zipped(content | {part: table.encode()})), part


def test_a_table_grows_with_a_row_and_with_a_column() -> None:
    given, part = table_book()
    assert 'ref="A1:C5"' in after(inserted_rows(given, "Blatt", 3), part)
    wider = inserted_columns(given, "Blatt", 3)
    assert '<tableColumn id="4" name="Spalte1"/><tableColumn id="3" name="Rest"/>' in after(wider, part)
    assert '<filterColumn colId="3"/>' in after(wider, part)
    assert '<c r="C1" t="inlineStr"><is><t>Spalte1</t></is></c>' in after(wider)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(Tab[Wert])", "SUM(#REF!)"),
        ("SUM(Tab[Rest])", "SUM(Tab[Rest])"),
        ("SUM(Tab[[#Totals],[Wert]])", "SUM(#REF!)"),
        ("Tab[@Wert]+1", "#REF!+1"),
        ('"Tab[Wert]"&amp;Tab[Rest]', '"Tab[Wert]"&amp;Tab[Rest]'),
    ],
)
def test_a_deleted_table_column_is_a_lost_reference(formula: str, expected: str) -> None:
    given, part = table_book(formula)
    fewer = deleted_columns(given, "Blatt", 2)
    assert '<tableColumns count="2"><tableColumn id="1" name="Name"/><tableColumn id="3" name="Rest"/>' in after(
        fewer, part
    )
    assert f"<f>{expected}</f>" in after(fewer)


def test_a_deleted_table_column_is_lost_in_the_formulas_of_tables_too() -> None:
    given, part = table_book("1")
    formula = "<calculatedColumnFormula>Tab[[#This Row],[{}]]*2</calculatedColumnFormula>"
    table = after(given, part).replace('name="Rest"/>', f'name="Rest">{formula.format("Wert")}</tableColumn>')
    package = Package.from_bytes(given.replaced({part: table.encode()}))
    assert "<calculatedColumnFormula>#REF!*2</" in after(deleted_columns(package, "Blatt", 2), part)
    assert formula.format("Wert") in after(deleted_columns(package, "Blatt", 1), part)


def test_a_tables_header_row_is_not_deleted() -> None:
    with pytest.raises(NotWritten, match="Kopfzeile"):
        deleted_rows(table_book()[0], "Blatt", 1)


def test_the_list_of_formulas_follows() -> None:
    part = "xl/calcChain.xml"
    content = parts(
        sheet('<sheetData><row r="4"><c r="F4"><f>A1</f><v>1</v></c><c r="G4"><f>A1</f></c></row></sheetData>')
    )
    content["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "calcChain", "calcChain.xml")
    )
    given = Package.from_bytes(zipped(content | {part: b'<calcChain><c r="F4" i="1"/><c r="G4"/></calcChain>'}))
    assert after(inserted_columns(given, "Blatt", 6), part) == '<calcChain><c r="G4" i="1"/><c r="H4"/></calcChain>'
    assert after(deleted_columns(given, "Blatt", 6), part) == '<calcChain><c r="F4" i="1"/></calcChain>'


def test_a_list_of_formulas_that_is_empty_goes() -> None:
    content = parts(sheet('<sheetData><row r="4"><c r="F4"><f>A1</f><v>1</v></c></row></sheetData>'))
    content["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "calcChain", "calcChain.xml")
    )
    given = Package.from_bytes(zipped(content | {"xl/calcChain.xml": b'<calcChain><c r="F4" i="1"/></calcChain>'}))
    fewer = deleted_columns(given, "Blatt", 6)
    assert "xl/calcChain.xml" not in fewer.names
    assert b"calcChain" not in fewer.part("xl/_rels/workbook.xml.rels")


def test_new_rows_look_like_the_row_above() -> None:
    cells = (
        '<row r="3" ht="20" customHeight="1" hidden="1"><c r="A3" s="5"><v>1</v></c></row><row r="4"><c r="A4"/></row>'
    )
    shown = after(inserted_rows(around("", cells), "Blatt", 4))
    assert '<row r="4" ht="20" customHeight="1"><c r="A4" s="5"/></row><row r="5"><c r="A5"/></row>' in shown


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(NotWritten, match="Nirgends"):
        inserted_columns(around(""), "Nirgends", 1)


VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="a">'
    "<v:textbox><div>{text}</div></v:textbox><x:ClientData><x:Anchor>6, 0, 3, 0, 8, 0, 9, 0</x:Anchor></x:ClientData>"
    "</v:shape></xml>"
)


def with_button(text: str) -> Package:
    more = {
        "xl/drawings/vmlDrawing1.vml": VML.format(text=text).encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml")),
    }
    return workbook(sheet('<sheetData/><legacyDrawing r:id="rId1"/>'), more=more)


@pytest.mark.parametrize("text", ["Ein<br>Knopf", "Ein<br/>Knopf", "a <b>b", ""])
def test_a_button_follows_whatever_html_its_text_is(text: str) -> None:
    new = inserted_columns(with_button(text), "Blatt", 6)
    assert after(new, "xl/drawings/vmlDrawing1.vml") == VML.format(text=text).replace("6, 0, 3, 0, 8", "7, 0, 3, 0, 9")


def test_a_drawing_that_is_broken_elsewhere_is_still_refused() -> None:
    package = with_button("")
    broken = package.part("xl/drawings/vmlDrawing1.vml").replace(b"</v:shape>", b"")
    with pytest.raises(Refused, match="kein lesbares XML"):
        inserted_columns(Package.from_bytes(package.replaced({"xl/drawings/vmlDrawing1.vml": broken})), "Blatt", 6)
