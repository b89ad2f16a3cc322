"""What stands in the file is read, however it is spelled; what cannot be read is said."""

from __future__ import annotations

import io
import warnings
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from pik_excel.errors import Refused
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Calculation, Cell, DefinedName, ErrorValue, ExcelTable, Sheet, Style, Workbook
from pik_excel.ooxml.package import Package
from tests.ooxml.building import HEAD, MAIN, RELATIONS, SHEET, parts, relationships, rows, sheet, workbook, zipped
from tests.ooxml.sheets_at_random import RandomSheet, sheets

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
TABLE = "xl/tables/table1.xml"


def read(package: Package) -> Sheet:
    return read_workbook(package).sheets[0]


def cell(inside: str) -> Cell | None:
    return read(rows(f'<row r="1">{inside}</row>')).cells.get((1, 1))


def with_parts(
    package: dict[str, bytes], *, of_sheet: bytes = b"", of_book: bytes = b"", name: str = "Mappe.xlsx"
) -> Workbook:
    """A workbook of these parts, with further relationships of the sheet and of the workbook."""
    if of_sheet:
        package["xl/worksheets/_rels/sheet1.xml.rels"] = of_sheet
    if of_book:
        package["xl/_rels/workbook.xml.rels"] = of_book
    return read_workbook(Package.from_bytes(zipped(package), Path(name)))


@pytest.mark.parametrize(
    ("inside", "value"),
    [
        ('<c r="A1"/>', None),
        ('<c r="A1" s="0" />', None),
        ('<c r="A1"></c>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1"><v></v></c>', None),
        ('<c r="A1"><v>290</v></c>', Decimal(290)),
        ('<c r="A1"><v> 290 </v></c>', Decimal(290)),
        ('<c r="A1" t="n"><v>-65.5</v></c>', Decimal("-65.5")),
        ('<c r="A1"><v>1.1840687409111914e-05</v></c>', Decimal("1.1840687409111914e-05")),
        ('<c r="A1"><v>1.1000000000000001</v></c>', Decimal("1.1")),
        ('<c r="A1"><v>0.28999999999999998</v></c>', Decimal("0.29")),
        ('<c r="A1"><v>16271218.33</v></c>', Decimal("16271218.33")),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>false</v></c>', False),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
        ('<c r="A1" t="str"><f>A2</f><v>Träger &amp; Amt</v></c>', "Träger & Amt"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A1" t="inlineStr"><is><t>OMID</t></is></c>', "OMID"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> OMID </t></is></c>', " OMID "),
        ('<c r="A1" t="inlineStr"><is><r><t>OM</t></r><r><rPr><b/></rPr><t>ID</t></r></is></c>', "OMID"),
        ('<c r="A1" t="inlineStr"><is><t>Zeile_x000D_Zeile</t></is></c>', "Zeile\rZeile"),
        ('<c r="A1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
        ('<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "\N{GRINNING FACE}"),
        ('<c r="A1" t="inlineStr"><is><t>a_xD83D_b</t></is></c>', "a\N{REPLACEMENT CHARACTER}b"),
        ('<c r="A1" t="inlineStr"><is><t>&#8364;&#x20ac;&lt;&quot;</t></is></c>', '€€<"'),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[<b> & ]]>x</t></is></c>', "<b> & x"),
        ('<c r="A1"><v>2<!-- nicht -->9</v></c>', Decimal(29)),
        ('<c r="A1" t="d"><v>2022-12-31</v></c>', Decimal(44926)),
        ('<c r="A1" t="d"><v>2022-12-31T12:00:00Z</v></c>', Decimal("44926.5")),
        ("<c r='A1' t='b'><v>1</v></c>", True),
        ('<c t="b" r="A1"><v>1</v></c>', True),
        ("<c><v>7</v></c>", Decimal(7)),
        ('<c r="$a$1"><v>7</v></c>', Decimal(7)),
        ('<c r="A1"\n s="0"><v>7</v>\n</c>', Decimal(7)),
        ('<c r="A1" ><v >7</v ></c >', Decimal(7)),
        ('<c r="A1"><v>7</v><extLst><ext uri="x"><v xmlns="y">8</v></ext></extLst></c>', Decimal(7)),
        ('<c r="A1" cm="1" vm="2"><v>7</v></c>', Decimal(7)),
    ],
)
def test_a_value(inside: str, value: object) -> None:
    found = cell(inside)
    assert found is not None
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("inside", "formula"),
    [
        ('<c r="A1"><v>1</v></c>', None),
        ('<c r="A1"><f/><v>1</v></c>', None),
        ('<c r="A1"><f></f><v>1</v></c>', None),
        ('<c r="A1"><f>SUM(B1:B9)</f></c>', "SUM(B1:B9)"),
        ('<c r="A1"><f ca="1">NOW()</f><v>1</v></c>', "NOW()"),
        ('<c r="A1"><f xml:space="preserve"> B1 </f><v>1</v></c>', " B1 "),
        ('<c r="A1"><f>IF(B1&lt;&gt;"&amp;",1,2)</f><v>1</v></c>', 'IF(B1<>"&",1,2)'),
        ('<c r="A1"><f><![CDATA[B1>2]]></f><v>1</v></c>', "B1>2"),
        ('<c r="A1"><f t="dataTable" ref="A1:B2" dt2D="1" dtr="1" r1="D1" r2="D2"/><v>1</v></c>', "TABLE(D1,D2)"),
        ('<c r="A1"><f t="dataTable" ref="A1:A2" r1="D1"/><v>1</v></c>', "TABLE(,D1)"),
        ('<c r="A1"><f t="dataTable" ref="A1:B1" dtr="1" r1="D1"/><v>1</v></c>', "TABLE(D1,)"),
    ],
)
def test_a_formula(inside: str, formula: str | None) -> None:
    found = cell(inside)
    assert found is not None
    assert found.formula == formula


def test_the_followers_of_a_shared_formula_have_it_written_out_wherever_its_first_cell_stands() -> None:
    found = read(
        rows(
            '<row r="3"><c r="C3"><f t="shared" si="0"/><v>6</v></c></row>'
            '<row r="2"><c r="C2"><f t="shared" ref="C2:C4" si="0">A2*$B$1+"A2"</f><v>4</v></c></row>'
            '<row r="4"><c r="C4"><f t="shared" si="0"></f><v>8</v></c><c r="D4"><f t="shared" si="0">1+1</f></c></row>'
        )
    )
    assert [found.cells[row, 3].formula for row in (2, 3, 4)] == ['A2*$B$1+"A2"', 'A3*$B$1+"A2"', 'A4*$B$1+"A2"']
    assert found.cells[3, 3].r1c1 == found.cells[4, 3].r1c1 == 'RC[-2]*R1C2+"A2"'
    assert found.cells[4, 4].formula == "1+1"
    assert found.unread == ()


def test_an_array_formula_stands_at_its_first_cell_and_says_how_far_it_reaches() -> None:
    found = read(rows('<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3*2</f><v>2</v></c></row>'))
    assert found.cells[1, 1] == Cell(1, 1, Decimal(2), "B1:B3*2", 0, "A1:A3")
    assert found.arrays == (Area(1, 1, 3, 1),)


def test_cells_without_an_address_follow_one_another() -> None:
    found = read(
        rows('<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>')
    )
    assert sorted(found.cells) == [(1, 1), (1, 4), (1, 5), (3, 1)]


@pytest.mark.parametrize(
    ("before", "row", "hidden"),
    [
        ("", '<row r="2" hidden="1"/>', {2}),
        ("", '<row r="2" hidden="true" outlineLevel="1"/>', {2}),
        ("", '<row r="2" ht="0" customHeight="1"/>', {2}),
        ("", '<row r="2" ht="0.75" hidden="0"/>', set()),
    ],
)
def test_hidden_rows(before: str, row: str, hidden: set[int]) -> None:
    assert read(rows(row, before)).hidden_rows == hidden


def test_hidden_columns() -> None:
    columns = (
        '<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0"/><col min="6" max="6"/></cols>'
    )
    assert read(rows("", columns)).hidden_columns == {2, 3, 5}


def test_columns_that_have_no_width_of_their_own_are_hidden_where_the_usual_width_is_none() -> None:
    before = '<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/><cols><col min="1" max="1" width="9"/></cols>'
    found = read(rows('<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>', before))
    assert found.hidden_columns == {3}


def test_merged_areas() -> None:
    merges = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="$B$4:B6"/></mergeCells>'
    assert read(rows("", after=merges)).merges == (Area(1, 1, 1, 3), Area(4, 2, 6, 2))


@pytest.mark.parametrize(
    ("after", "filtered"),
    [
        ("", False),
        ('<autoFilter ref="A1:B9"/>', False),
        ('<autoFilter ref="A5:B9"><filterColumn colId="0"/></autoFilter>', False),
        ('<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>', True),
    ],
)
def test_a_filter_counts_where_it_hides_a_row(after: str, filtered: bool) -> None:
    assert read(rows('<row r="2" hidden="1"/>', after=after)).filtered is filtered


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ('<c r="A1"><v>1.151,00</v></c>', "A1: „1.151,00“ ist keine Zahl."),
        ('<c r="A1"><v>NaN</v></c>', "A1: „NaN“ ist keine Zahl."),
        ('<c r="A1"><v>1_000</v></c>', "A1: „1_000“ ist keine Zahl."),
        ('<c r="A1"><v>9e999</v></c>', "A1: „9e999“ ist keine Zahl."),
        ('<c r="A1" t="b"><v>2</v></c>', "A1: Der Inhalt „2“ passt nicht zur Art der Zelle."),
        ('<c r="A1" t="d"><v>31.12.2022</v></c>', "A1: Der Inhalt „31.12.2022“ passt nicht zur Art der Zelle."),
        ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', "A1: Bild oder Datentyp in der Zelle (#VALUE!)."),
        (
            '<c r="A1"><f t="shared" si="7"/></c>',
            "A1: Die Formel fehlt; sie ist mit einer Zelle geteilt, die es nicht gibt.",
        ),
    ],
)
def test_what_is_not_readable_is_said_and_not_guessed(inside: str, sentence: str) -> None:
    found = read(rows(f'<row r="1">{inside}<c r="B1"><v>5</v></c></row>'))
    assert found.value(1, 1) is None
    assert found.value(1, 2) == 5
    assert found.unread == (sentence,)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "cell-twice"),
        ('<row r="1"><c r="A1" t="s"><v>4</v></c></row>', "string-missing"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "string-missing"),
        ('<row r="1"><c r="A1" s="-1"/></row>', "style-missing"),
        ('<row r="0"><c r="A0"/></row>', "off-grid"),
        ('<row r="1"><c r="XFE1"/></row>', "off-grid"),
        ('<row r="x"/>', "off-grid"),
    ],
)
def test_what_has_no_meaning_or_two_is_refused(inside: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(rows(inside))
    assert refused.value.code == code
    assert "Blatt „Blatt“" in refused.value.message
    assert refused.value.hint


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_any_spelling_is_read_as_openpyxl_reads_it(made: RandomSheet) -> None:
    package = workbook(made.part)
    found = read(package)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shown = openpyxl.load_workbook(io.BytesIO(package.data), data_only=True).active
        written = openpyxl.load_workbook(io.BytesIO(package.data)).active
    assert found.unread == ()
    theirs = {(one.row, one.column): one for line in shown.iter_rows() for one in line}
    for key, one in theirs.items():
        ours = found.cells.get(key)
        assert (ours.value if ours else None) == (
            Decimal(str(one.value)) if type(one.value) in (int, float) else one.value
        )
    for key, ours in found.cells.items():
        stated = written.cell(*key)
        assert ours.formula == (str(stated.value).removeprefix("=") if stated.data_type == "f" else None)


def test_strict_files_are_read_alike() -> None:
    package = parts(sheet('<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c></row></sheetData>'))
    strict = {name: content.replace(MAIN.encode(), STRICT.encode()) for name, content in package.items()}
    assert read_workbook(Package.from_bytes(zipped(strict))).sheets[0].value(1, 1) is True


def test_shared_texts() -> None:
    texts = (
        "<si><t>OMID</t></si><si/><si><t/></si><si><t>a &amp; b</t></si><si><r><rPr><b/></rPr><t>fett</t></r>"
        '<r><t xml:space="preserve"> x</t></r></si>'
        '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>'
        "<si><t>Zeile_x000D_\nZeile</t></si>"
    )
    expected = ["OMID", "", "", "a & b", "fett x", "課", "Zeile\r\nZeile"]
    for spelled in (texts, texts.replace("<si>", "<!-- nein --><si>"), texts.replace("</t>", "<![CDATA[]]></t>")):
        package = parts(
            sheet(
                '<sheetData><row r="1">'
                + "".join(f'<c t="s"><v>{index}</v></c>' for index in range(len(expected)))
                + "</row></sheetData>"
            )
        )
        package["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}" count="7">{spelled}</sst>'.encode()
        links = relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
        )
        found = with_parts(package, of_book=links).sheets[0]
        assert [found.value(1, column) for column in range(1, 8)] == expected


def test_styles() -> None:
    package = parts(sheet("<sheetData/>"))
    package["xl/styles.xml"] = (
        f'{HEAD}<styleSheet xmlns="{MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0, &quot;T€&quot;"/></numFmts>'
        '<fonts><font/><font><b/></font><font><b val="0"/></font></fonts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/>'
        '<xf numFmtId="14" fontId="2"><alignment indent="2"/></xf><xf numFmtId="99" fontId="9"/></cellXfs></styleSheet>'
    ).encode()
    links = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    found = with_parts(package, of_book=links)
    assert found.styles == (Style(), Style('#,##0, "T€"', True), Style("mm-dd-yy", indent=2), Style())
    assert found.number_formats == ("General", '#,##0, "T€"', "mm-dd-yy", "General")


def test_names_and_calculation() -> None:
    found = read_workbook(
        workbook(
            sheet("<sheetData/>"),
            "<definedNames><definedName name='Satz'>Blatt!$A$1</definedName>"
            "<definedName name='_xlnm.Print_Area' localSheetId='0' hidden='1'>Blatt!$A$1:$B$2</definedName>"
            "</definedNames>"
            "<calcPr calcMode='manual' iterate='1' fullPrecision='0' fullCalcOnLoad='true'/>",
        )
    )
    assert found.names == (
        DefinedName("Satz", "Blatt!$A$1"),
        DefinedName("_xlnm.Print_Area", "Blatt!$A$1:$B$2", "Blatt", True),
    )
    assert found.calculation == Calculation(True, True, False, True, True)


def test_tables_and_comments() -> None:
    package = parts(sheet('<sheetData><row r="3" hidden="1"/></sheetData>'))
    package[TABLE] = (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="T" displayName="Maßnahmen" ref="A1:B9" totalsRowCount="1">'
        '<autoFilter ref="A1:B8"><filterColumn colId="0"/></autoFilter><tableColumns count="2">'
        '<tableColumn id="1" name="Träger"/><tableColumn id="2" name="2022_x000a_TEUR"/></tableColumns></table>'
    ).encode()
    package["xl/comments1.xml"] = (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author>x</author></authors><commentList>'
        '<comment ref="B2" authorId="0"><text><r><t>rd. </t></r><r><t>65.500</t></r></text></comment>'
        '<comment ref="C2" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
    ).encode()
    package["xl/threadedComments/threadedComment1.xml"] = (
        f'{HEAD}<ThreadedComments xmlns="{THREADS}">'
        '<threadedComment ref="C2" id="1"><text>Stimmt das?</text></threadedComment>'
        '<threadedComment ref="C2" id="2" parentId="1"><text>Ja.</text></threadedComment></ThreadedComments>'
    ).encode()
    links = relationships(
        ("rId1", "table", "../tables/table1.xml"),
        ("rId2", "comments", "/xl/comments1.xml"),
        ("rId3", "threadedComment", "../threadedComments/threadedComment1.xml"),
    )
    found = with_parts(package, of_sheet=links).sheets[0]
    assert found.tables == (ExcelTable("Maßnahmen", Area(1, 1, 9, 2), ("Träger", "2022\nTEUR"), 1, 1),)
    assert found.filtered
    assert found.comments == {(2, 2): "rd. 65.500", (2, 3): "Stimmt das?\nJa."}


def test_links_program_and_active_content() -> None:
    package = parts(sheet("<sheetData/>"), "<externalReferences><externalReference r:id='rId3'/></externalReferences>")
    package["xl/externalLinks/externalLink1.xml"] = f'{HEAD}<externalLink xmlns="{MAIN}"/>'.encode()
    package["xl/externalLinks/_rels/externalLink1.xml.rels"] = relationships(
        ("rId1", "externalLinkPath", "file:///C:/Users/x/Plan.xlsx")
    ).replace(b"/>", b' TargetMode="External"/>')
    package["xl/vbaProject.bin"] = b"\0"
    package["docProps/app.xml"] = (
        b"<Properties><Application>LibreOffice</Application><AppVersion>7.4</AppVersion></Properties>"
    )
    package["_rels/.rels"] = relationships(
        ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "extended-properties", "docProps/app.xml")
    )
    links = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "vbaProject", "vbaProject.bin"),
        ("rId3", "externalLink", "externalLinks/externalLink1.xml"),
    )
    found = with_parts(package, of_book=links, name="Mappe.xlsm")
    assert found.external_links == ("file:///C:/Users/x/Plan.xlsx",)
    assert found.active_content == ("Makros (VBA)",)
    assert found.application == "LibreOffice 7.4"


def test_sheets_keep_their_order_and_state_and_chart_sheets_are_left_out() -> None:
    package = parts(sheet("<sheetData/>"))
    package["xl/chartsheets/sheet1.xml"] = f'{HEAD}<chartsheet xmlns="{MAIN}"/>'.encode()
    package["xl/worksheets/sheet2.xml"] = package[SHEET]
    package["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="Bild" sheetId="3" r:id="rId3"/><sheet name="Ü" sheetId="2" state="veryHidden" r:id="rId2"/>'
        '<sheet name="Blatt" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ).encode()
    links = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "worksheets/sheet2.xml"),
        ("rId3", "chartsheet", "chartsheets/sheet1.xml"),
    )
    found = with_parts(package, of_book=links)
    assert [(one.name, one.state) for one in found.sheets] == [("Ü", "veryHidden"), ("Blatt", "visible")]
    assert found.calculation.date1904
