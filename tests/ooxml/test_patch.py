"""An edit changes its cell and nothing else."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pik_excel.errors import NotWritten
from pik_excel.ooxml import xml
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Failed, Formula, Number, Stored, Text, Truth
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.sheetxml import CellSpan, sheet_xml
from tests.ooxml.building import SHEET, SHEET_TYPE, relationships, rows, sheet, text_of, workbook
from tests.ooxml.sheets_at_random import CONTENTS, PLACES, RandomSheet, sheets

Values = dict[tuple[int, int], object]


def edit(place: str, content: Content, style: int | None = None) -> CellEdit:
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()  # type: ignore[union-attr]
    return CellEdit("Blatt", int(row), openpyxl.utils.column_index_from_string(column), content, style)


def number(place: str, value: str = "7") -> CellEdit:
    return edit(place, Number(Decimal(value)))


def data_of(package: Package) -> str:
    """The rows as text."""
    found = re.search(r"<(\w+:)?sheetData.*(</(\w+:)?sheetData>|sheetData/>)", text_of(package), re.DOTALL)
    assert found
    return found[0].removeprefix("<sheetData>").removesuffix("</sheetData>")


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        # the cell is there
        (
            '<row r="1"><c r="A1" s="3"><v>1</v></c></row>',
            number("A1"),
            '<row r="1"><c r="A1" s="3"><v>7</v></c></row>',
        ),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', number("A1"), '<row r="1"><c r="A1"><v>7</v></c></row>'),
        ("<row><c/></row>", number("A1"), "<row><c><v>7</v></c></row>"),
        ("<row><c></c></row>", number("A1"), "<row><c><v>7</v></c></row>"),
        ('<row r="1"><c s="3" r="A1"><v/></c></row>', edit("A1", Blank()), '<row r="1"><c s="3" r="A1"/></row>'),
        (
            "<row r='1'><c r='A1' vm='1' cm='1' new='>'><f>1</f></c></row>",
            number("A1"),
            "<row r='1'><c r='A1' new='>'><v>7</v></c></row>",
        ),
        (
            '<row r="1"><c r="A1"><v>1</v><extLst><ext uri="x"/></extLst></c></row>',
            number("A1"),
            '<row r="1"><c r="A1"><v>7</v><extLst><ext uri="x"/></extLst></c></row>',
        ),
        (
            '<row r="1"><c r="A1" s="3"/></row>',
            edit("A1", Number(Decimal("1E-7")), 5),
            '<row r="1"><c r="A1" s="5"><v>0.0000001</v></c></row>',
        ),
        ('<row r="1"><c r="A1"/></row>', edit("A1", Truth(True)), '<row r="1"><c r="A1" t="b"><v>1</v></c></row>'),
        (
            '<row r="1"><c r="A1"/></row>',
            edit("A1", Text(" a<b\n")),
            '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a&lt;b\n</t></is></c></row>',
        ),
        (
            '<row r="1"><c r="A1"/></row>',
            edit("A1", Formula('B1&"<"', "x<")),
            '<row r="1"><c r="A1" t="str"><f>B1&amp;"&lt;"</f><v>x&lt;</v></c></row>',
        ),
        # only the stored value
        (
            '<row r="1"><c r="A1" t="str"><f ca="1">B1</f><v>alt</v></c></row>',
            edit("A1", Stored(Decimal("66.5"))),
            '<row r="1"><c r="A1"><f ca="1">B1</f><v>66.5</v></c></row>',
        ),
        (
            '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row>',
            edit("A1", Stored(Failed("#REF!"))),
            '<row r="1"><c r="A1" cm="1" t="e"><f t="array" ref="A1:A2">B1:B2</f><v>#REF!</v></c></row>',
        ),
        (
            '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>',
            edit("A1", Stored(None)),
            '<row r="1"><c r="A1"><f>B1</f></c></row>',
        ),
        # the cell, the row or all rows are missing
        (
            '<row r="1"><c r="A1"/><c r="D1"/></row>',
            number("B1"),
            '<row r="1"><c r="A1"/><c r="B1"><v>7</v></c><c r="D1"/></row>',
        ),
        ('<row r="1" ht="5"/>', number("B1"), '<row r="1" ht="5"><c r="B1"><v>7</v></c></row>'),
        ('<row r="1"></row>', number("B1"), '<row r="1"><c r="B1"><v>7</v></c></row>'),
        (
            '<row r="1" spans="2:3"><c r="B1"/></row>',
            number("C1"),
            '<row r="1" spans="2:3"><c r="B1"/><c r="C1"><v>7</v></c></row>',
        ),
        (
            '<row r="1" spans="2:3"><c r="B1"/></row>',
            number("E1"),
            '<row r="1" spans="2:5"><c r="B1"/><c r="E1"><v>7</v></c></row>',
        ),
        (
            "<row><c/></row><row><c/><c/></row>",
            number("C2"),
            '<row><c/></row><row><c/><c/><c r="C2"><v>7</v></c></row>',
        ),
        ('<row r="1"/><row r="5"/>', number("A3"), '<row r="1"/><row r="3"><c r="A3"><v>7</v></c></row><row r="5"/>'),
        ('<row r="1"/>\r\n', number("A3"), '<row r="1"/><row r="3"><c r="A3"><v>7</v></c></row>\r\n'),
        (
            '<row r="2" s="4" customFormat="1"/>',
            number("A2"),
            '<row r="2" s="4" customFormat="1"><c r="A2" s="4"><v>7</v></c></row>',
        ),
        ('<row r="1"/>', edit("C9", Blank()), '<row r="1"/>'),
    ],
)
def test_a_cell_is_spliced(before: str, change: CellEdit, after: str) -> None:
    assert data_of(patched(rows(before), [change])) == after


def test_a_sheet_without_rows_gets_them_in_order() -> None:
    package = workbook(sheet("<x:sheetData/>", "x:"))
    output = patched(package, [number("B5"), number("A5"), number("A2")])
    assert data_of(output) == (
        '<x:sheetData><x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c></x:row>'
        '<x:row r="5"><x:c r="A5"><x:v>7</x:v></x:c><x:c r="B5"><x:v>7</x:v></x:c></x:row></x:sheetData>'
    )


def test_a_new_cell_has_the_format_of_its_column() -> None:
    package = rows("", before='<cols><col min="2" max="4" width="9" style="6"/></cols>')
    assert data_of(patched(package, [number("C1"), number("E1")])) == (
        '<row r="1"><c r="C1" s="6"><v>7</v></c><c r="E1"><v>7</v></c></row>'
    )


def test_the_dimension_grows_only_where_it_must() -> None:
    package = rows('<row r="1"><c r="A1"/></row>', before='<dimension ref="A1:B2"/>')
    assert '<dimension ref="A1:B2"/>' in text_of(patched(package, [number("B2")]))
    assert '<dimension ref="A1:C9"/>' in text_of(patched(package, [number("C9")]))
    assert '<dimension ref="A1:B2"/>' in text_of(patched(package, [edit("F9", Blank())]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"></calcPr>', '<calcPr fullCalcOnLoad="1" calcId="1"></calcPr>'),
        ('<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="1"/>'),
        (
            "<definedNames><definedName name='a'>1</definedName></definedNames><extLst/>",
            "<definedNames><definedName name='a'>1</definedName></definedNames><calcPr fullCalcOnLoad=\"1\"/><extLst/>",
        ),
    ],
)
def test_excel_is_told_to_calculate(before: str, after: str) -> None:
    package = workbook(sheet("<sheetData/>"), before)
    book = patched(package, [number("A1")]).part("xl/workbook.xml").decode()
    assert book.partition("</sheets>")[2] == f"{after}</workbook>"


def with_chain(chain: str) -> Package:
    base = workbook(sheet("<sheetData/>"))
    types = (
        base.part("[Content_Types].xml")
        .decode()
        .replace(
            "</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{SHEET_TYPE}.calcChain+xml"/></Types>'
        )
    )
    cells = '<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f>2</f></c><c r="C1"><f>3</f></c></row>'
    return workbook(
        sheet(f"<sheetData>{cells}</sheetData>"),
        more={
            "[Content_Types].xml": types.encode(),
            "xl/calcChain.xml": f"<calcChain>{chain}</calcChain>".encode(),
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "calcChain", "calcChain.xml")
            ),
        },
    )


@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ([edit("A1", Formula("5"))], '<c r="A1" i="1"/><c r="B1"/><c r="C1" l="1"/>'),
        ([edit("A1", Stored(Decimal(5)))], '<c r="A1" i="1"/><c r="B1"/><c r="C1" l="1"/>'),
        ([number("A1")], '<c r="B1" i="1"/><c r="C1" l="1"/>'),
        ([number("B1")], '<c r="A1" i="1"/><c r="C1" l="1"/>'),
        ([number("A1"), edit("B1", Blank())], '<c r="C1" l="1" i="1"/>'),
        ([number("D1")], '<c r="A1" i="1"/><c r="B1"/><c r="C1" l="1"/>'),
    ],
)
def test_the_calculation_chain_loses_only_formulas_that_go(edits: list[CellEdit], left: str) -> None:
    output = patched(with_chain('<c r="A1" i="1"/><c r="B1"/><c r="C1" l="1"/>'), edits)
    assert output.part("xl/calcChain.xml").decode() == f"<calcChain>{left}</calcChain>"


def test_an_empty_calculation_chain_goes_with_all_that_names_it() -> None:
    output = patched(with_chain('<c r="A1" i="1"/>'), [number("A1")])
    assert output.find("xl/calcChain.xml") is None
    assert b"calcChain" not in output.part("[Content_Types].xml") + output.part("xl/_rels/workbook.xml.rels")


ARRAY = (
    '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
)
DATA_TABLE = '<row r="2"><c r="B2"><f t="dataTable" ref="B2:C3" dt2D="1" r1="A1" r2="A2"/><v>1</v></c></row>'
MERGED = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'


@pytest.mark.parametrize(
    ("package", "place", "code"),
    [
        (rows(ARRAY), "A1", "inside-array"),
        (rows(ARRAY), "A2", "inside-array"),
        (rows(DATA_TABLE), "C3", "inside-data-table"),
        (rows("", after=MERGED), "C2", "inside-merge"),
        (rows('<row r="1"><c r="A1"/><c r="A1"/></row>'), "A1", "sheet-out-of-order"),
    ],
)
def test_what_would_do_damage_is_refused(package: Package, place: str, code: str) -> None:
    with pytest.raises(NotWritten) as refused:
        patched(package, [number("Z99"), number(place)])
    assert refused.value.code == code
    assert f"{place}" in refused.value.message or code == "sheet-out-of-order"
    assert refused.value.hint


@pytest.mark.parametrize(
    ("package", "change"),
    [
        (rows(ARRAY.replace("A1:A2", "A1")), number("A1")),
        (rows(ARRAY), number("A3")),
        (rows(ARRAY), edit("A2", Stored(Decimal(9)))),
        (rows("", after=MERGED), number("B2")),
    ],
)
def test_what_only_lies_near_is_not_refused(package: Package, change: CellEdit) -> None:
    assert patched(package, [change]) is not package


def test_the_frame_of_an_excel_table_is_refused_and_its_body_is_not() -> None:
    table = b'<table ref="A1:B4" name="t" displayName="Stellen" totalsRowCount="1"/>'
    rels = relationships(("rId1", "table", "../tables/table1.xml"))
    package = workbook(
        sheet("<sheetData/>"), more={"xl/tables/table1.xml": table, "xl/worksheets/_rels/sheet1.xml.rels": rels}
    )
    for place, code in (("A1", "table-header"), ("B4", "table-totals")):
        with pytest.raises(NotWritten) as refused:
            patched(package, [number(place)])
        assert refused.value.code == code
        assert "Stellen" in refused.value.message
    patched(package, [number("A2"), number("C1"), number("A5")])


def test_sheets_without_cells_and_unknown_sheets_are_named() -> None:
    package = rows("")
    with pytest.raises(NotWritten) as refused:
        patched(package, [CellEdit("Fehlt", 1, 1, Blank())])
    assert refused.value.code == "no-such-sheet"
    assert patched(package, [CellEdit("BLATT", 1, 1, Number(Decimal(1)))]) is not package


def test_a_sheet_without_a_place_for_cells_is_refused() -> None:
    with pytest.raises(NotWritten) as refused:
        patched(workbook(sheet("<pageMargins/>")), [number("A1")])
    assert refused.value.code == "no-sheet-data"


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(NotWritten) as refused:
        patched(rows(""), [edit("A1", Text("x" * 40_000))])
    assert refused.value.code == "too-long"


def test_a_bug_in_the_caller_is_loud() -> None:
    for edits in (
        [number("A1"), number("A1")],
        [edit("A1", Stored(Decimal(1)))],
        [edit("A1", Formula("=1"))],
        [edit("A1", Number(Decimal("NaN")))],
        [CellEdit("Blatt", 0, 1, Blank())],
    ):
        with pytest.raises(ValueError):
            patched(rows(""), edits)


# What must hold for every sheet


def span_of(package: Package, row: int, column: int) -> CellSpan | None:
    own = sheet_xml(package, SHEET)
    return next(
        (cell for line in own.rows for cell in own.cells(line) if (cell.row, cell.column) == (row, column)), None
    )


def cells_of(found: RandomSheet) -> Package:
    return workbook(found.part)


def read_by_openpyxl(package: Package, formulas: bool = False) -> Values:
    book = openpyxl.load_workbook(io.BytesIO(package.data), data_only=not formulas)
    return {(c.row, c.column): c.value for line in book["Blatt"].iter_rows() for c in line if c.value is not None}


def read_by_calamine(package: Package) -> Values:
    found = CalamineWorkbook.from_filelike(io.BytesIO(package.data)).get_sheet_by_name("Blatt")
    lines = found.to_python(skip_empty_area=False)
    return {(r, c): v for r, line in enumerate(lines, 1) for c, v in enumerate(line, 1) if v != ""}


@settings(max_examples=100, deadline=None)
@given(sheets())
def test_no_edit_gives_the_same_bytes(found: RandomSheet) -> None:
    package = cells_of(found)
    assert patched(package, []) is package
    assert package.replaced({SHEET: xml.encoded_as(found.part, package.text(SHEET))}) == package.data


@settings(max_examples=150, deadline=None)
@given(sheets(), PLACES, CONTENTS)
def test_one_edit_changes_one_cell_and_its_span_only(
    found: RandomSheet, place: tuple[int, int], content: Content
) -> None:
    package = cells_of(found)
    span = span_of(package, *place)
    output = patched(package, [CellEdit("Blatt", *place, content)])
    difference = compare(package, output)
    assert set(difference.changed) <= {SHEET, "xl/workbook.xml"}
    assert not (difference.added or difference.removed)
    assert all((change.row, change.column) == place or place in found.shared for change in difference.cells)
    if span is not None and place not in found.shared[:1]:
        before, after = package.text(SHEET), output.text(SHEET)
        assert after[: span.start] == before[: span.start]
        assert after.endswith(before[span.end :])
    assert xml.encoding_of(output.part(SHEET)) == xml.encoding_of(found.part)


@settings(max_examples=100, deadline=None)
@given(sheets(), st.dictionaries(PLACES, CONTENTS, min_size=1, max_size=5))
def test_two_other_readers_see_the_edits_and_all_else_as_before(
    found: RandomSheet, contents: dict[tuple[int, int], Content]
) -> None:
    assume(all(ord(letter) >= 32 for c in contents.values() if isinstance(c, Text) for letter in c.value))
    package = cells_of(found)
    output = patched(package, [CellEdit("Blatt", *place, content) for place, content in contents.items()])
    readers = [read_by_openpyxl] + [read_by_calamine] * found.utf8
    for read in readers:
        before, after = read(package), read(output)
        for place in {*before, *after} - set(contents):
            assert before.get(place) == after.get(place), (read.__name__, place)
        for place, content in contents.items():
            assert _shown(after.get(place)) == _shown(_value(content)), (read.__name__, place)


@settings(max_examples=80, deadline=None)
@given(sheets(shared_at_least=2), st.sets(st.integers(2, 7), min_size=1, max_size=3))
def test_followers_of_a_shared_formula_keep_their_formulas(found: RandomSheet, lines: set[int]) -> None:
    package = cells_of(found)
    overwritten = {(row, found.shared[0][1]) for row in lines}
    output = patched(package, [CellEdit("Blatt", *place, Number(Decimal(1))) for place in sorted(overwritten)])
    before, after = read_by_openpyxl(package, formulas=True), read_by_openpyxl(output, formulas=True)
    for place in set(found.shared) - overwritten:
        assert before[place] == after[place]


def _value(content: Content) -> object:
    match content:
        case Number(value) | Text(value) | Truth(value) | Formula(stored=value):
            return value
    return None


def _shown(value: object) -> object:
    if isinstance(value, (Decimal, int, float)) and not isinstance(value, bool):
        return float(value)
    return value if value != "" else None
